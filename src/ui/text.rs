//! Text as cells: what one cell shows, how wide a line is, where it is cut and where it breaks.
//!
//! The one way to measure. What comes out of here holds no character that could act on a terminal.

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use crate::model::text::is_hidden;

/// At most so many characters share a cell: enough for any family of emoji, too little for a flood of marks.
const SHARED: usize = 10;

/// So many bytes are looked through for plain letters at once: more than a line of any terminal has, and little of a text
/// that is broken into lines, which looks at all that is left for each of them.
const PLAIN: usize = 512;

/// What one cell shows, or two side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glyph<'t> {
    pub text: Cow<'t, str>,
    pub width: u16,
}

/// The glyphs of a text with the byte each begins at. Tabs are spaces, line breaks too.
pub fn glyphs(text: &str) -> impl Iterator<Item = (usize, Glyph<'_>)> {
    // Most of what is drawn are plain letters, which need no tables; a mark may stand on the last of them.
    let seen = text.len().min(PLAIN);
    let other = text
        .bytes()
        .take(seen)
        .position(|it| !(b' '..=b'~').contains(&it));
    let plain = match other {
        Some(end) => end.saturating_sub(1),
        None if seen == text.len() => seen,
        None => seen.saturating_sub(1),
    };
    let (letters, rest) = text.split_at(plain);
    let letters = letters.char_indices().map(|(at, _)| {
        let text = Cow::Borrowed(letters.get(at..=at).unwrap_or_default());
        (at, Glyph { text, width: 1 })
    });
    let clusters = rest
        .grapheme_indices(true)
        .flat_map(move |(at, cluster)| pieces(plain + at, cluster));
    letters.chain(clusters.filter_map(|(at, piece)| Some((at, glyph(piece)?))))
}

/// What of a cluster goes into cells of its own: all of it together, but for long syllables of Indian scripts, which
/// terminals show letter by letter.
fn pieces(at: usize, cluster: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_whole = cluster.len() < 6 || cluster.width() <= 2;
    let mut rest = Some((at, cluster));
    std::iter::from_fn(move || {
        let (at, text) = rest.take()?;
        if is_whole {
            return Some((at, text));
        }
        let wide = |c: char| unicode_width::UnicodeWidthChar::width(c).unwrap_or(0) > 0;
        let next = text.char_indices().skip(1).find(|(_, c)| wide(*c));
        match next {
            Some((end, _)) => {
                let (head, tail) = text.split_at(end);
                rest = Some((at + end, tail));
                Some((at, head))
            }
            None => Some((at, text)),
        }
    })
}

/// What a piece shows; nothing when all of it is hidden.
fn glyph(cluster: &str) -> Option<Glyph<'_>> {
    if let [byte] = cluster.as_bytes() {
        let text = match byte {
            b' '..=b'~' => cluster,
            b'\t' | b'\n' => " ",
            _ => return None,
        };
        return Some(Glyph {
            text: Cow::Borrowed(text),
            width: 1,
        });
    }
    let harmless = |c: char| !is_hidden(c) && !c.is_control();
    let text = if cluster.chars().all(harmless) && cluster.chars().nth(SHARED).is_none() {
        Cow::Borrowed(cluster)
    } else {
        Cow::Owned(
            cluster
                .chars()
                .filter(|c| harmless(*c))
                .take(SHARED)
                .collect(),
        )
    };
    if text.is_empty() {
        return (cluster == "\r\n").then_some(Glyph {
            text: Cow::Borrowed(" "),
            width: 1,
        });
    }
    match text.width() {
        // A mark with nothing to stand on gets a space, or it would land on its neighbour.
        0 => Some(Glyph {
            text: Cow::Owned(format!(" {text}")),
            width: 1,
        }),
        width => Some(Glyph {
            text,
            width: u16::try_from(width.min(2)).unwrap_or(2),
        }),
    }
}

/// How many cells a line takes.
pub fn width(line: &str) -> u16 {
    let sum: usize = glyphs(line).map(|(_, it)| usize::from(it.width)).sum();
    u16::try_from(sum).unwrap_or(u16::MAX)
}

/// The bytes of as much of a line as fits into so many cells.
pub fn fitting(line: &str, room: u16) -> usize {
    let mut taken = 0_u16;
    for (at, glyph) in glyphs(line) {
        taken = taken.saturating_add(glyph.width);
        if taken > room {
            return at;
        }
    }
    line.len()
}

/// As much of a line as fits, with a sign where something is missing.
pub fn cut(line: &str, room: u16) -> Cow<'_, str> {
    let end = fitting(line, room);
    if end == line.len() {
        return Cow::Borrowed(line);
    }
    let end = fitting(line, room.saturating_sub(1));
    let kept = line.get(..end).unwrap_or_default();
    if room == 0 {
        Cow::Borrowed("")
    } else {
        Cow::Owned(format!("{}…", kept.trim_end()))
    }
}

/// The lines a text breaks into at this width, as bytes of it: at line breaks, between words, within words that are too
/// long. At most `most` lines.
pub fn wrap(text: &str, room: u16, most: usize) -> Vec<Range<usize>> {
    let room = room.max(2);
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let end = start + line.len();
        let mut rest = start;
        loop {
            if lines.len() >= most {
                return lines;
            }
            let tail = text.get(rest..end).unwrap_or_default();
            let fits = fitting(tail, room);
            if fits == tail.len() {
                lines.push(rest..end);
                break;
            }
            // At the last space, unless a word fills the line alone.
            let head = tail.get(..fits).unwrap_or_default();
            let next = tail.get(fits..).unwrap_or_default();
            let cut = if next.starts_with(' ') {
                fits
            } else {
                head.rfind(' ')
                    .filter(|at| *at > 0)
                    .map_or(fits, |at| at + 1)
            };
            // A cluster that is wider than the room still has to go somewhere.
            let cut = cut.max(head.len().min(cut)).max(first(tail));
            let shown = tail.get(..cut).unwrap_or_default().trim_end().len();
            lines.push(rest..rest + shown);
            let after = tail.get(cut..).unwrap_or_default();
            rest += cut + (after.len() - after.trim_start_matches(' ').len());
            if rest >= end {
                break;
            }
        }
        start = end + 1;
    }
    lines
}

/// How many bytes the first cluster has, when nothing fits.
fn first(text: &str) -> usize {
    text.graphemes(true)
        .next()
        .map_or(0, str::len)
        .min(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, room: u16) -> Vec<&str> {
        wrap(text, room, 1000)
            .into_iter()
            .map(|it| &text[it])
            .collect()
    }

    #[test]
    fn text_breaks_between_words_and_within_those_that_are_too_long() {
        assert_eq!(lines("the quick brown fox", 10), ["the quick", "brown fox"]);
        assert_eq!(lines("a\n\nb", 10), ["a", "", "b"]);
        assert_eq!(lines("abcdefghijkl mn", 5), ["abcde", "fghij", "kl mn"]);
        assert_eq!(lines("了解です!明日", 6), ["了解で", "す!明", "日"]);
        assert_eq!(lines("👨‍👩‍👧‍👦👨‍👩‍👧‍👦 ok", 4), ["👨‍👩‍👧‍👦👨‍👩‍👧‍👦", "ok"]);
        assert_eq!(lines("", 4), [""]);
    }

    #[test]
    fn a_long_text_without_a_break_takes_no_more_time_for_each_line_of_it() {
        let text = "x".repeat(2_000_000);
        let begun = std::time::Instant::now();
        assert_eq!(wrap(&text, 40, usize::MAX).len(), 50_000);
        // Looking at the rest for every line would take minutes.
        assert!(begun.elapsed().as_secs() < 20);
    }

    #[test]
    fn no_line_is_wider_than_the_room_and_no_letter_is_lost() {
        let texts = [
            "héllo wörld, ça va?",
            "日本語 とても長い文字列です",
            "🏳️‍🌈🏳️‍🌈🏳️‍🌈 flags",
            "a\u{301}\u{301}b c",
            "עברית זה כיף",
        ];
        for text in texts {
            for room in 2..30 {
                let found = lines(text, room);
                assert!(
                    found.iter().all(|line| width(line) <= room),
                    "{text} {room}: {found:?}"
                );
                let all: String = found.concat().replace(' ', "");
                assert_eq!(all, text.replace(' ', ""));
            }
        }
    }

    #[test]
    fn nothing_that_acts_on_a_terminal_comes_out() {
        let hostile = "a\x1b[31m\u{202e}b\u{9b}c\u{2066}d\u{e0041}\u{7}e\u{feff}\r\nf";
        let out: String = glyphs(hostile)
            .map(|(_, it)| it.text.into_owned())
            .collect();
        assert_eq!(out, "a[31mbcde f");
        let flood = format!("x{}", "\u{301}".repeat(1000));
        let (_, first) = glyphs(&flood).next().unwrap();
        assert!(first.text.chars().count() <= SHARED && first.width == 1);
    }

    #[test]
    fn a_cut_line_says_that_something_is_missing() {
        assert_eq!(cut("hello", 5), "hello");
        assert_eq!(cut("hello there", 7), "hello…");
        assert_eq!(cut("日本語です", 5), "日本…");
        assert_eq!(cut("hello", 0), "");
    }
}
