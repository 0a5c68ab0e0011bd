//! What a first look at a letter shows: what is said, as much as can be read at once; history and signatures are a word
//! about them.

use std::ops::Range;

use crate::mail::letter::{Kind, Letter, Part, Role, Words};

/// So many lines or bytes are enough for a first look.
const LINES: usize = 300;
const BYTES: usize = 24_000;

/// A stretch of a letter, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stretch {
    /// These parts; only so many bytes of the last one when there is an end.
    Shown {
        parts: Range<usize>,
        end: Option<usize>,
    },
    /// Lines of older mails, and whether a signature is among them or all there is.
    Folded { lines: usize, signature: bool },
    /// So much more than can be read at once.
    More { lines: usize },
}

/// All of a letter.
pub fn whole(letter: &Letter) -> Vec<Stretch> {
    vec![Stretch::Shown {
        parts: 0..letter.parts.len(),
        end: None,
    }]
}

/// What a first look shows.
pub fn brief(letter: &Letter) -> Vec<Stretch> {
    let says = letter.parts.iter().any(|it| it.role == Role::Said);
    let is_shown = |part: &Part| !says || part.role == Role::Said;
    let mut all: Vec<Stretch> = Vec::new();
    let (mut left_lines, mut left_bytes) = (LINES, BYTES);
    for (at, part) in letter.parts.iter().enumerate() {
        let (lines, bytes) = weight(part);
        if !is_shown(part) {
            fold(&mut all, part, lines);
            continue;
        }
        if lines > left_lines || bytes > left_bytes {
            let end = cut(part, left_lines, left_bytes);
            if let Some(end) = end {
                show(&mut all, at, Some(end));
            }
            // What is left after a little is shown is worth no key.
            let rest = letter.parts.iter().skip(at).filter(|it| is_shown(it));
            let lines = rest.map(|it| weight(it).0).sum::<usize>();
            let lines = lines.saturating_sub(end.map_or(0, |_| left_lines.min(lines)));
            all.push(Stretch::More { lines });
            return all;
        }
        (left_lines, left_bytes) = (left_lines - lines, left_bytes - bytes);
        show(&mut all, at, None);
    }
    all
}

/// Whether a first look leaves anything out.
pub fn hides(letter: &Letter) -> bool {
    let hidden = |it: &Stretch| !matches!(it, Stretch::Shown { end: None, .. });
    brief(letter).iter().any(hidden)
}

fn show(all: &mut Vec<Stretch>, at: usize, end: Option<usize>) {
    match all.last_mut() {
        Some(Stretch::Shown {
            parts,
            end: cut @ None,
        }) => (parts.end, *cut) = (at + 1, end),
        _ => all.push(Stretch::Shown {
            parts: at..at + 1,
            end,
        }),
    }
}

fn fold(all: &mut Vec<Stretch>, part: &Part, more: usize) {
    let signs = part.role == Role::Signature;
    match all.last_mut() {
        Some(Stretch::Folded { lines, signature }) => {
            *lines += if signs { 0 } else { more };
            *signature |= signs;
        }
        _ => all.push(Stretch::Folded {
            lines: if signs { 0 } else { more },
            signature: signs,
        }),
    }
}

/// How many lines and bytes a part has as it was written.
fn weight(part: &Part) -> (usize, usize) {
    let words = |it: &Words| (it.text.split('\n').count(), it.text.len());
    match &part.kind {
        Kind::Paragraph(it) | Kind::Heading(_, it) | Kind::Item(_, it) => words(it),
        Kind::Code(text) => (text.lines().count().max(1), text.len()),
        Kind::Table(rows) => {
            let cells = rows.iter().flatten();
            (rows.len(), cells.map(|it| it.text.len() + 1).sum())
        }
        Kind::Picture { .. } | Kind::Rule => (1, 1),
    }
}

/// Where a text that is too long ends for now; nowhere for what is shown whole or not at all.
fn cut(part: &Part, lines: usize, bytes: usize) -> Option<usize> {
    let text = match &part.kind {
        Kind::Paragraph(it) | Kind::Heading(_, it) | Kind::Item(_, it) => it.text.as_str(),
        Kind::Code(text) => text,
        Kind::Table(_) | Kind::Picture { .. } | Kind::Rule => return None,
    };
    let line = text.match_indices('\n').nth(lines.checked_sub(1)?);
    let end = line.map_or(text.len(), |(at, _)| at).min(bytes);
    let end = (0..=end).rev().find(|at| text.is_char_boundary(*at))?;
    (end > 0).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(role: Role, text: &str) -> Part {
        let text = text.to_owned();
        Part {
            kind: Kind::Paragraph(Words {
                text,
                spans: Vec::new(),
            }),
            role,
            quote: 0,
            indent: 0,
            close: false,
        }
    }

    fn letter(parts: &[(Role, &str)]) -> Letter {
        Letter {
            parts: parts.iter().map(|(role, text)| part(*role, text)).collect(),
            ..Letter::default()
        }
    }

    #[test]
    fn history_and_signature_are_a_word_about_them_and_answers_between_stay() {
        let it = letter(&[
            (Role::Said, "Fine."),
            (Role::Signature, "Ana"),
            (Role::History, "On Tuesday:\nIs it?"),
        ]);
        let folded = Stretch::Folded {
            lines: 2,
            signature: true,
        };
        let shown = |parts| Stretch::Shown { parts, end: None };
        assert_eq!(brief(&it), [shown(0..1), folded]);
        assert!(hides(&it));
        let only = letter(&[(Role::History, "nothing but a quote")]);
        assert_eq!(brief(&only), [shown(0..1)]);
        assert!(!hides(&only) && !hides(&Letter::default()));
    }

    #[test]
    fn a_flood_is_cut_where_a_letter_of_it_ends_and_says_how_much_more_there_is() {
        let flood = "é".repeat(40_000);
        let it = letter(&[(Role::Said, "Hello"), (Role::Said, &flood)]);
        let [
            Stretch::Shown { parts, end },
            Stretch::More { lines: 1 | 0 },
        ] = &brief(&it)[..]
        else {
            panic!("{:?}", brief(&it));
        };
        assert_eq!(*parts, 0..2);
        assert!(end.is_some_and(|end| end <= BYTES && flood.is_char_boundary(end)));
        let lines = "x\n".repeat(1000);
        let it = letter(&[(Role::Said, &lines)]);
        assert!(matches!(
            brief(&it)[..],
            [Stretch::Shown { .. }, Stretch::More { lines: 701 }]
        ));
    }
}
