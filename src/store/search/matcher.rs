//! Reads texts for the terms of a query without asking the index: whether they are there, and how well they fit.

use std::collections::VecDeque;

use super::highlight::ending;
use super::query::{Query, Term};
use super::words::{Word, words};

/// What an entry is found by.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields {
    pub(super) text: String,
    pub(super) subject: String,
    /// Names of all files, with a space between them.
    pub(super) files: String,
}

/// The terms of a query, for many texts.
#[derive(Debug)]
pub(super) struct Matcher<'q> {
    terms: Vec<&'q Term>,
    longest: usize,
}

/// How often a term stands in a text: with its last word whole, or only begun.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    whole: u32,
    begun: u32,
}

impl Tally {
    fn count(self) -> u32 {
        self.whole.saturating_add(self.begun)
    }
}

impl<'q> Matcher<'q> {
    pub(super) fn new(query: &'q Query) -> Self {
        let terms: Vec<_> = query.terms.iter().collect();
        let longest = terms.iter().map(|term| term.words.len()).max();
        Self {
            terms,
            longest: longest.unwrap_or(0),
        }
    }

    /// Whether every term to find is in one of the fields, and no term to avoid is.
    pub(super) fn fits(&self, fields: &Fields) -> bool {
        let tallies = [&fields.text, &fields.subject, &fields.files].map(|it| self.tally(it).0);
        self.terms.iter().enumerate().all(|(nth, term)| {
            let there = tallies
                .iter()
                .any(|tally| tally.get(nth).is_some_and(|it| it.count() > 0));
            there != term.excluded
        })
    }

    /// How well an entry fits that has all terms, after BM25. A word that is whole counts three times as much as one that
    /// only begins so, in a subject four times, in a file name twice as much; how rare it is makes no difference, since
    /// every hit has it.
    pub(super) fn weight(&self, fields: &Fields) -> f64 {
        const SATURATION: f64 = 1.2;
        const LENGTH: f64 = 0.6;
        const USUAL_LENGTH: f64 = 20.0;
        let (text, length) = self.tally(&fields.text);
        let (subject, _) = self.tally(&fields.subject);
        let (files, _) = self.tally(&fields.files);
        let damping =
            SATURATION * (1.0 - LENGTH + LENGTH * f64::from(length).max(1.0) / USUAL_LENGTH);
        let times = |tallies: &[Tally], nth: usize| {
            let tally = tallies.get(nth).copied().unwrap_or_default();
            f64::from(tally.whole) * 3.0 + f64::from(tally.begun)
        };
        let wanted = self.terms.iter().enumerate();
        wanted
            .filter(|(_, term)| !term.excluded)
            .map(|(nth, _)| {
                let times =
                    times(&text, nth) + 4.0 * times(&subject, nth) + 2.0 * times(&files, nth);
                times / (times + damping)
            })
            .sum()
    }

    /// How often each term is in a text, and how many words the text has.
    fn tally(&self, text: &str) -> (Vec<Tally>, u32) {
        let mut tallies = vec![Tally::default(); self.terms.len()];
        let mut length = 0_u32;
        if text.is_empty() || self.terms.is_empty() {
            return (tallies, length);
        }
        let mut recent: VecDeque<Word<'_>> = VecDeque::with_capacity(self.longest + 1);
        for word in words(text) {
            length = length.saturating_add(1);
            recent.push_back(word);
            if recent.len() > self.longest {
                recent.pop_front();
            }
            for (tally, term) in tallies.iter_mut().zip(&self.terms) {
                if ending(&recent, term).is_none() {
                    continue;
                }
                let last = recent.back().map(|word| &*word.folded);
                let whole = last == term.words.last().map(String::as_str);
                let count = if whole {
                    &mut tally.whole
                } else {
                    &mut tally.begun
                };
                *count = count.saturating_add(1);
            }
        }
        (tallies, length)
    }
}
