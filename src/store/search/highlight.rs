//! Where in a text the words of a query stand, in the text as it is shown.

use std::collections::VecDeque;
use std::ops::Range;

use super::fold::belongs;
use super::query::{Query, Term};
use super::words::{Word, Words, words};

/// The places of a text that a query hits: byte ranges, in order, apart from each other. A prefix marks the whole word,
/// a phrase is one range, and no range ends inside what a reader sees as one character.
pub fn highlights(text: &str, query: &Query) -> Vec<Range<usize>> {
    let found: Vec<_> = hits(text, query).collect();
    merged(text, found)
}

/// Sorts ranges, widens them to whole characters and puts together what touches.
pub(super) fn merged(text: &str, mut found: Vec<Range<usize>>) -> Vec<Range<usize>> {
    found.sort_by_key(|range| (range.start, range.end));
    let mut apart: Vec<Range<usize>> = Vec::new();
    for range in found {
        match apart.last_mut() {
            // Widening starts where the last range ended, so that no stretch is walked twice.
            Some(last) if range.start <= last.end => {
                if range.end > last.end {
                    last.end = end_of_character(text, range.end);
                }
            }
            _ => {
                let start = start_of_character(text, range.start);
                let end = end_of_character(text, range.end);
                match apart.last_mut().filter(|last| start <= last.end) {
                    Some(last) => last.end = end,
                    None => apart.push(start..end),
                }
            }
        }
    }
    apart
}

fn end_of_character(text: &str, at: usize) -> usize {
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let mut last = before.chars().next_back().unwrap_or_default();
    let mut end = before.len();
    for c in after.chars() {
        if !belongs(last, c) {
            break;
        }
        end += c.len_utf8();
        last = c;
    }
    end
}

fn start_of_character(text: &str, at: usize) -> usize {
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let mut next = after.chars().next().unwrap_or_default();
    let mut start = before.len();
    for c in before.chars().rev() {
        if !belongs(c, next) {
            break;
        }
        start -= c.len_utf8();
        next = c;
    }
    start
}

/// Walks through the hits of a query in the order in which they end.
pub(super) fn hits<'q, 't>(text: &'t str, query: &'q Query) -> Hits<'q, 't> {
    let wanted = query.terms.iter().filter(|term| !term.excluded);
    let terms: Vec<&Term> = wanted.collect();
    let longest = terms.iter().map(|term| term.words.len()).max();
    Hits {
        words: words(text),
        terms,
        recent: VecDeque::new(),
        longest: longest.unwrap_or(0),
        ready: Vec::new(),
    }
}

#[derive(Debug)]
pub(super) struct Hits<'q, 't> {
    words: Words<'t>,
    terms: Vec<&'q Term>,
    /// The last words, as many as the longest phrase has.
    recent: VecDeque<Word<'t>>,
    longest: usize,
    ready: Vec<Range<usize>>,
}

impl Iterator for Hits<'_, '_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        if self.terms.is_empty() {
            return None;
        }
        while self.ready.is_empty() {
            self.recent.push_back(self.words.next()?);
            if self.recent.len() > self.longest {
                self.recent.pop_front();
            }
            let Self {
                terms,
                recent,
                ready,
                ..
            } = self;
            ready.extend(terms.iter().filter_map(|term| ending(recent, term)));
        }
        self.ready.pop()
    }
}

impl Hits<'_, '_> {
    /// Where the earliest hit that may still come begins at least.
    pub(super) fn reached(&self) -> usize {
        self.recent.front().map_or(0, |word| word.start)
    }
}

/// The range of a term whose last word is the latest one.
pub(super) fn ending(recent: &VecDeque<Word<'_>>, term: &Term) -> Option<Range<usize>> {
    let from = recent.len().checked_sub(term.words.len())?;
    let fits = recent
        .range(from..)
        .zip(&term.words)
        .enumerate()
        .all(|(nth, (word, wanted))| {
            let last = nth + 1 == term.words.len();
            word.folded == *wanted
                || term.prefix && last && word.folded.starts_with(wanted.as_str())
        });
    let first = recent.get(from).filter(|_| fits)?;
    Some(first.start..recent.back()?.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is highlighted in a text.
    fn marked<'t>(text: &'t str, query: &str) -> Vec<&'t str> {
        let query = Query::parse(query, &"2026-11-21T15:30[Europe/Paris]".parse().unwrap());
        let ranges = highlights(text, &query);
        ranges.into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn hits_are_marked_in_the_text_as_it_was_written() {
        assert_eq!(
            marked("Réunion à LÓDŹ, réu!", "reu lodz"),
            ["Réunion", "LÓDŹ", "réu"]
        );
        assert_eq!(
            marked("e\u{301}te\u{301} STRAẞE", "ete strasse"),
            ["e\u{301}te\u{301}", "STRAẞE"]
        );
        assert_eq!(
            marked("one two, one\ntwo one", "\"one two\""),
            ["one two", "one\ntwo"]
        );
        assert_eq!(marked("spam and ham", "ham -spam from:x"), ["ham"]);
        assert!(marked("text", "").is_empty());
    }

    #[test]
    fn hits_that_touch_are_one() {
        assert_eq!(marked("東京タワー", "東京 タワー"), ["東京タワー"]);
        assert_eq!(marked("a b c d", "\"a b\" \"b c\""), ["a b c"]);
        assert_eq!(marked("½", "\"1\" \"2\""), ["½"]);
    }

    #[test]
    fn no_hit_ends_inside_a_character() {
        assert_eq!(marked("go 👩‍💻🏽!", "👩"), ["👩‍💻🏽"]);
        assert_eq!(marked("go 👩‍💻🏽!", "💻"), ["👩‍💻🏽"]);
        assert_eq!(marked("السَّلامُ عليكم", "السلام"), ["السَّلامُ"]);
        assert_eq!(marked("กินข้าว", "ข"), ["ข้"]);
        assert_eq!(marked("が", "が"), ["が"]);
        assert_eq!(marked("か\u{3099}", "が"), ["か\u{3099}"]);
    }

    #[test]
    fn a_flood_of_joined_emoji_costs_little() {
        let flood = "👩\u{200d}".repeat(15_000);
        let begun = std::time::Instant::now();
        assert_eq!(marked(&flood, "👩").len(), 1);
        assert!(begun.elapsed().as_secs() < 2);
    }
}
