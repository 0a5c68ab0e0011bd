//! What people have written, with its links numbered and the words of the last search marked.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;

use super::block::{Block, Mark, Piece, Role};
use crate::mail::links::links;

/// So much of a text is looked through for the words of a search.
const SEARCHED: usize = 100_000;

/// Writes a text, or the part of it that is shown; gives whether it fitted into `most` lines.
pub fn write(
    block: &mut Block,
    (x, room): (u16, u16),
    text: &str,
    shown: Range<usize>,
    found: &[String],
    most: usize,
) -> bool {
    let text = text.get(shown).unwrap_or(text);
    let (words, pieces) = numbered(text);
    let hits = hits(&words, found);
    let pieces = layered(pieces, &hits);
    block.wrapped(x, room, &words, &pieces, Role::Text, most)
}

/// The text with a number behind each link.
fn numbered(text: &str) -> (Cow<'_, str>, Vec<Piece>) {
    let links = links(text);
    if links.is_empty() {
        return (Cow::Borrowed(text), Vec::new());
    }
    let (mut words, mut pieces, mut done) = (String::with_capacity(text.len() + 40), Vec::new(), 0);
    for (number, link) in links.iter().enumerate() {
        words.push_str(text.get(done..link.at.end).unwrap_or_default());
        let start = words.len() - link.at.len();
        pieces.push(Piece {
            at: start..words.len(),
            role: Role::Link,
            mark: Some(Mark::Link(number)),
        });
        let start = words.len();
        words.extend([" [", &(number + 1).to_string(), "]"]);
        pieces.push(Piece {
            at: start..words.len(),
            role: Role::Faint,
            mark: Some(Mark::Link(number)),
        });
        done = link.at.end;
    }
    words.push_str(text.get(done..).unwrap_or_default());
    (Cow::Owned(words), pieces)
}

/// A letter without case and marks, as search compares them.
fn plain(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let base = c.nfd().next().unwrap_or(c);
    base.to_lowercase().next().unwrap_or(base)
}

/// Where words begin with what was searched for.
pub fn hits(text: &str, found: &[String]) -> Vec<Range<usize>> {
    let wanted: Vec<Vec<char>> = found
        .iter()
        .map(|word| word.chars().map(plain).collect())
        .filter(|word: &Vec<char>| !word.is_empty())
        .collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut hits: Vec<Range<usize>> = Vec::new();
    let mut before = ' ';
    for (at, c) in text.char_indices().take_while(|(at, _)| *at < SEARCHED) {
        let begins = !before.is_alphanumeric() && c.is_alphanumeric() || !c.is_alphanumeric();
        before = c;
        if !begins || hits.last().is_some_and(|it| it.end > at) {
            continue;
        }
        let rest = text.get(at..).unwrap_or_default();
        let ends = wanted.iter().filter_map(|word| {
            let mut letters = rest.char_indices();
            for wanted in word {
                let (_, letter) = letters.next()?;
                if plain(letter) != *wanted {
                    return None;
                }
            }
            Some(at + letters.next().map_or(rest.len(), |(at, _)| at))
        });
        if let Some(end) = ends.max() {
            hits.push(at..end);
        }
    }
    hits
}

/// Hits over links, without overlap and in order.
pub fn layered(pieces: Vec<Piece>, hits: &[Range<usize>]) -> Vec<Piece> {
    if hits.is_empty() {
        return pieces;
    }
    let hit = |at: &Range<usize>| Piece {
        at: at.clone(),
        role: Role::Hit,
        mark: None,
    };
    let mut all: Vec<Piece> = hits.iter().map(hit).collect();
    for piece in pieces {
        let mut from = piece.at.start;
        for hit in hits {
            if hit.start >= piece.at.end || hit.end <= from {
                continue;
            }
            if hit.start > from {
                all.push(Piece {
                    at: from..hit.start,
                    ..piece.clone()
                });
            }
            from = hit.end;
        }
        if from < piece.at.end {
            let at = from..piece.at.end;
            all.push(Piece { at, ..piece });
        }
    }
    all.sort_unstable_by_key(|it| it.at.start);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_searched_for_is_marked_whatever_its_case_and_accents() {
        let text = "Déjeuner: the deck, a Deckchair, no bedeck";
        let found = ["deck".to_owned(), "dejeuner".to_owned()];
        let marked: Vec<&str> = hits(text, &found).into_iter().map(|it| &text[it]).collect();
        assert_eq!(marked, ["Déjeuner", "deck", "Deck"]);
        let (words, pieces) = numbered("see https://deck.example/deck now");
        let all = layered(pieces, &hits(&words, &found));
        let parts: Vec<(&str, Role)> = all
            .iter()
            .map(|it| (&words[it.at.clone()], it.role))
            .collect();
        assert_eq!(
            parts,
            [
                ("https://", Role::Link),
                ("deck", Role::Hit),
                (".example/", Role::Link),
                ("deck", Role::Hit),
                (" [1]", Role::Faint)
            ]
        );
    }
}
