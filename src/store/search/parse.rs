//! Reads what a person typed into the search. While somebody types, everything is half a query: nothing here fails.

use jiff::Zoned;

use super::dates;
use super::fold::has_clusters;
use super::query::{Filter, Has, Is, Query, Span, Term, What};
use super::words::words;

/// Code points of a query that are read.
const LONGEST_QUERY: usize = 2_000;

/// Words and filters of a query together: FTS5 and SQL have bounds of their own, and nobody types as many.
const MOST_PARTS: usize = 64;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    From,
    To,
    In,
    Account,
    Has,
    Is,
    Before,
    After,
    On,
}

const OPERATORS: &[(&str, Operator)] = &[
    ("from", Operator::From),
    ("to", Operator::To),
    ("in", Operator::In),
    ("account", Operator::Account),
    ("has", Operator::Has),
    ("is", Operator::Is),
    ("before", Operator::Before),
    ("after", Operator::After),
    ("on", Operator::On),
];

#[derive(Debug)]
pub(super) struct Parser<'q> {
    rest: &'q str,
    now: &'q Zoned,
    query: Query,
    /// How many words and filters may still come.
    room: usize,
    cut: bool,
}

impl<'q> Parser<'q> {
    pub(super) fn new(text: &'q str, now: &'q Zoned) -> Self {
        let mut ends = text.char_indices().map(|(at, _)| at);
        let end = ends.nth(LONGEST_QUERY).unwrap_or(text.len());
        let rest = text.get(..end).unwrap_or(text);
        Self {
            rest,
            now,
            query: Query::default(),
            room: MOST_PARTS,
            cut: rest.len() < text.len(),
        }
    }

    pub(super) fn read(mut self) -> Query {
        loop {
            self.rest = self.rest.trim_start();
            if self.rest.is_empty() {
                break;
            }
            let excluded = self.after_minus();
            if let Some(quoted) = self.quoted() {
                self.term(quoted, false, excluded);
            } else if let Some(operator) = self.operator() {
                self.filter(operator, excluded);
            } else {
                let word = self.until_space();
                self.suggest(word);
                self.term(word, true, excluded);
            }
        }
        if self.cut {
            let note = "The query is very long: only its first part was searched.";
            self.query.notes.push(note.to_owned());
        }
        self.query
    }

    fn after_minus(&mut self) -> bool {
        let rest = self.rest.strip_prefix('-');
        let rest = rest.filter(|rest| rest.starts_with(|c: char| !c.is_whitespace()));
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// What stands in quotes, if a quote comes now; one that is never closed reaches to the end.
    fn quoted(&mut self) -> Option<&'q str> {
        let inner = self.rest.strip_prefix(is_quote)?;
        let (quoted, rest) = inner.split_once(is_quote).unwrap_or((inner, ""));
        self.rest = rest;
        Some(quoted)
    }

    fn until_space(&mut self) -> &'q str {
        let end = self.rest.find(char::is_whitespace);
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        word
    }

    fn operator(&mut self) -> Option<(&'static str, Operator)> {
        let (name, rest) = self.rest.split_once(is_colon)?;
        let mut known = OPERATORS.iter();
        let found = known.find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        self.rest = rest;
        Some(*found)
    }

    fn filter(&mut self, (name, operator): (&'static str, Operator), excluded: bool) {
        let value = match self.quoted() {
            Some(quoted) => quoted,
            None => self.until_space(),
        };
        let value = value.trim();
        // Nothing to filter by: most likely the value is about to be typed.
        if words(value).next().is_none() {
            return;
        }
        match self.meaning(operator, value) {
            Ok(what) => {
                if self.takes_part() {
                    self.query.filters.push(Filter { what, excluded });
                }
            }
            Err(wanted) => {
                self.query.notes.push(format!(
                    "{name}: takes {wanted}; searched for “{value}” instead."
                ));
                self.term(value, true, excluded);
            }
        }
    }

    /// What an operator makes of its value, or what it takes.
    fn meaning(&self, operator: Operator, value: &str) -> Result<What, String> {
        let days = || {
            dates::days(value, self.now).ok_or_else(|| {
                "a day such as 2026-03-02, 2026-03, 2026, today, monday, 7d or 3w".to_owned()
            })
        };
        Ok(match operator {
            Operator::From => What::From(value.to_owned()),
            Operator::To => What::To(value.to_owned()),
            Operator::In => What::In(value.to_owned()),
            Operator::Account => What::Account(value.to_owned()),
            Operator::Has => What::Has(choice(value, Has::WORDS)?),
            Operator::Is => What::Is(choice(value, Is::WORDS)?),
            Operator::On => What::Sent(days()?),
            Operator::Before => What::Sent(Span {
                since: None,
                until: days()?.since,
            }),
            Operator::After => What::Sent(Span {
                since: days()?.since,
                until: None,
            }),
        })
    }

    /// Says which operator may have been meant, where a word looks like a misspelt one.
    fn suggest(&mut self, word: &str) {
        let Some((name, value)) = word.split_once(is_colon) else {
            return;
        };
        let name = name.to_lowercase();
        let alike = |known: &str| strsim::normalized_damerau_levenshtein(known, &name) >= 0.6;
        let meant = OPERATORS.iter().find(|(known, _)| alike(known));
        if let Some((known, _)) = meant.filter(|_| !value.is_empty() && !value.starts_with('/')) {
            self.query.notes.push(format!(
                "There is no {name}: (did you mean {known}: ?); its words were searched."
            ));
        }
    }

    fn takes_part(&mut self) -> bool {
        let room = self.room.checked_sub(1);
        self.cut |= room.is_none();
        self.room = room.unwrap_or(0);
        room.is_some()
    }

    fn term(&mut self, text: &str, may_go_on: bool, excluded: bool) {
        let mut folded = Vec::new();
        for word in words(text) {
            if !self.takes_part() {
                break;
            }
            folded.push(word.folded.into_owned());
        }
        let Some(last) = folded.last() else { return };
        let long = last.chars().nth(1).is_some();
        // All that begins with one letter is too much; a character of Thai may still get its vowel.
        let prefix = may_go_on && (long || last.chars().all(has_clusters));
        self.query.terms.push(Term {
            words: folded,
            prefix,
            excluded,
        });
    }
}

fn choice<T: Copy>(value: &str, known: &[(&'static str, T)]) -> Result<T, String> {
    let value = value.to_lowercase();
    let fits = |word: &str| value == word || value.strip_suffix('s') == Some(word);
    let found = known.iter().find(|(word, _)| fits(word));
    found.map(|(_, value)| *value).ok_or_else(|| {
        let words: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
        let (last, others) = words.split_last().unwrap_or((&"", &[]));
        format!("{} or {last}", others.join(", "))
    })
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

fn is_colon(c: char) -> bool {
    matches!(c, ':' | '：')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Query {
        Query::parse(text, &"2026-11-21T15:30[Europe/Paris]".parse().unwrap())
    }

    /// Terms as the index is asked for them, excluded ones with a minus.
    fn terms(query: &Query) -> Vec<String> {
        let term = |term: &Term| {
            let minus = if term.excluded { "-" } else { "" };
            let star = if term.prefix { "*" } else { "" };
            format!("{minus}{}{star}", term.words.join(" "))
        };
        query.terms.iter().map(term).collect()
    }

    fn filters(text: &str) -> Vec<What> {
        let query = parse(text);
        assert!(
            query.terms.is_empty() && query.notes.is_empty(),
            "{query:?}"
        );
        query
            .filters
            .into_iter()
            .map(|filter| filter.what)
            .collect()
    }

    #[test]
    fn words_may_go_on_and_quoted_words_may_not() {
        assert_eq!(
            terms(&parse("Réunion a \"Projet Alpha\" -spam -\"pas ça\"")),
            ["reunion*", "a", "projet alpha", "-spam*", "-pas ca"]
        );
        assert_eq!(terms(&parse("“smart quotes” x")), ["smart quotes", "x"]);
        assert_eq!(
            terms(&parse("lea@x.example don't")),
            ["lea x example*", "don t"]
        );
        assert_eq!(
            terms(&parse("東京 ก 24\" tv")),
            ["東 京", "ก*", "24*", "tv*"]
        );
        assert_eq!(
            parse("東京 -大阪 👍").to_fts().unwrap(),
            "(\"東 京\" AND \"👍\") NOT (\"大 阪\")"
        );
    }

    #[test]
    fn filters_take_names_with_and_without_quotes() {
        assert_eq!(
            filters("from:\"Léa Fontaine\" TO:bo@x.example in:Team account: account:work"),
            [
                What::From("Léa Fontaine".into()),
                What::To("bo@x.example".into()),
                What::In("Team".into()),
                What::Account("work".into())
            ]
        );
        assert_eq!(
            filters("has:link has:Images is:unread is:mine"),
            [
                What::Has(Has::Link),
                What::Has(Has::Image),
                What::Is(Is::Unread),
                What::Is(Is::Mine)
            ]
        );
        assert!(parse("-in:work").filters[0].excluded);
    }

    #[test]
    fn times_are_stretches_of_whole_days_where_the_reader_is() {
        let span = |since: Option<&str>, until: Option<&str>| {
            let moment = |text: &str| text.parse().unwrap();
            What::Sent(Span {
                since: since.map(moment),
                until: until.map(moment),
            })
        };
        assert_eq!(
            filters("after:2026-03-02 before:2026-04 on:yesterday"),
            [
                span(Some("2026-03-02T00:00+01"), None),
                span(None, Some("2026-04-01T00:00+02")),
                span(Some("2026-11-20T00:00+01"), Some("2026-11-21T00:00+01"))
            ]
        );
    }

    #[test]
    fn a_broken_query_still_finds_its_words_and_says_what_was_not_understood() {
        for (text, expected, notes) in [
            ("\"open end", vec!["open end"], 0),
            ("from: - \"\" -\"\" :", vec![], 0),
            (
                "12:30 https://x.example re:offer",
                vec!["12 30*", "https x example*", "re offer*"],
                0,
            ),
            ("has:lunch is:-", vec!["lunch*"], 1),
            ("-is:important", vec!["-important*"], 1),
            (
                "before:soonish after:2026-13",
                vec!["soonish*", "2026 13*"],
                2,
            ),
            ("form:lea", vec!["form lea*"], 1),
            (
                "(a OR b) NOT* c^2 {x}",
                vec!["a", "or*", "b", "not*", "c 2", "x"],
                0,
            ),
        ] {
            let query = parse(text);
            assert_eq!(terms(&query), expected, "{text}");
            assert_eq!(query.notes.len(), notes, "{text} {:?}", query.notes);
            assert!(query.filters.is_empty(), "{text}");
        }
        assert_eq!(
            parse("has:lunch form:lea").notes,
            [
                "has: takes attachment, link, image, video, audio or file; searched for “lunch” instead.",
                "There is no form: (did you mean from: ?); its words were searched."
            ]
        );
    }

    #[test]
    fn a_pasted_book_is_cut_and_says_so() {
        for text in [
            "word ".repeat(100_000),
            "in:a ".repeat(300),
            "日".repeat(3_000),
        ] {
            let query = parse(&text);
            let words: usize = query.terms.iter().map(|term| term.words.len()).sum();
            assert_eq!(words + query.filters.len(), MOST_PARTS);
            assert_eq!(query.notes.len(), 1);
        }
    }
}
