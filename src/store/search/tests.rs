//! The index as SQLite has it, and the words, queries and hits of this folder: they have to agree.

use jiff::Zoned;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use rusqlite::Connection;

use super::words::Word;
use super::*;

/// A full text index of the kind the store has.
struct Index(Connection);

impl Index {
    fn new() -> Self {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(
                "CREATE VIRTUAL TABLE found USING fts5(text, content='', tokenize='ascii', prefix='2 3');",
            )
            .unwrap();
        Self(connection)
    }

    fn of(texts: &[&str]) -> Self {
        let index = Self::new();
        for text in texts {
            index.add(text);
        }
        index
    }

    fn add(&self, text: &str) {
        let mut words = String::new();
        index_text(text, &mut words);
        let insert = "INSERT INTO found (text) VALUES (?1)";
        self.0.execute(insert, [words]).unwrap();
    }

    /// The numbers of the texts that an expression of FTS5 matches, from one.
    fn matches(&self, expression: &str) -> Vec<i64> {
        let select = "SELECT rowid FROM found WHERE found MATCH ?1 ORDER BY rowid";
        let mut statement = self.0.prepare_cached(select).unwrap();
        let rows = statement.query_map([expression], |row| row.get(0)).unwrap();
        rows.map(|row| row.unwrap_or_else(|error| panic!("{expression}: {error}")))
            .collect()
    }

    fn found(&self, query: &str) -> Vec<i64> {
        self.matches(&parse(query).to_fts().unwrap())
    }
}

fn parse(query: &str) -> Query {
    let now: Zoned = "2026-11-21T15:30[Europe/Paris]".parse().unwrap();
    Query::parse(query, &now)
}

/// Texts as they come: words of many scripts, marks, emoji, operators, quotes, and anything else.
fn texts() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "a",
        "Ab",
        "été",
        "e\u{301}",
        "Straße",
        "don't",
        "日本",
        "が",
        "か\u{3099}",
        "ｶﾞ",
        "กิน",
        "ข้",
        "한국어",
        "\u{1112}\u{1161}",
        "नमस्ते",
        "क़",
        "שָׁלוֹם",
        "أحمد",
        "👍🏽",
        "👩\u{200d}💻",
        "🇫🇷",
        "❤️",
        "½",
        "ﷺ",
        "ﬁ",
        "\u{200d}",
        "\u{ad}",
        "\u{301}",
        "\"",
        "“",
        "-",
        ":",
        "from:",
        "has:link",
        "before:",
        "on:7d",
        "*",
        "(",
        ")",
        "AND",
        "NOT",
        "NEAR(",
        "^",
        "+",
        "{",
        "\0",
        " ",
        "  ",
        "\n",
        "\u{3000}",
        "lea@x.example",
        "https://x.example/?a=b",
    ]);
    let piece = prop_oneof![6 => pieces.prop_map(str::to_owned), 1 => any::<String>(), 1 => "[a-zA-Z]{1,8}"];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

#[test]
fn what_people_type_finds_what_they_mean() {
    let index = Index::of(&[
        "Réunion demain à Łódź, café compris",
        "le projet Alpha, pas le projet bêta",
        "東京タワーに行きました",
        "한국어를 공부합니다",
        "ไปกินข้าวกันไหม",
        "Merci 👍🏽 lea.fontaine@nuvem.example",
    ]);
    for (query, expected) in [
        ("reunion LODZ", vec![1]),
        ("reu", vec![1]),
        ("\"reu\"", vec![]),
        ("\"projet alpha\"", vec![2]),
        ("\"alpha projet\"", vec![]),
        ("pro -alpha", vec![]),
        ("ca -alpha", vec![1]),
        ("タワー", vec![3]),
        ("京タ", vec![3]),
        ("京都", vec![]),
        ("한국", vec![4]),
        ("กินข้าว", vec![5]),
        ("กินข", vec![5]),
        ("👍", vec![6]),
        ("lea.fontaine@nuvem", vec![6]),
        ("fontaine", vec![6]),
        ("café OR thé", vec![]),
    ] {
        assert_eq!(index.found(query), expected, "{query}");
    }
}

#[test]
fn words_to_avoid_alone_are_given_by_themselves() {
    let query = parse("-spam -\"buy now\"");
    assert_eq!(query.to_fts(), None);
    let index = Index::of(&["spam", "buy now", "now buy", "spammer"]);
    assert_eq!(index.matches(&query.excluded_to_fts().unwrap()), [1, 2, 4]);
}

/// The random choices are the same in every run.
pub(super) fn same_every_time() -> ProptestConfig {
    ProptestConfig {
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(same_every_time())]
    #[test]
    fn whatever_is_typed_is_a_query(text in texts()) {
        let query = parse(&text);
        let index = Index::new();
        for expression in query.to_fts().into_iter().chain(query.excluded_to_fts()) {
            index.matches(&expression);
        }
    }

    #[test]
    fn every_word_and_its_beginnings_find_the_text(text in texts()) {
        let index = Index::of(&[&text]);
        for word in words(&text).take(20) {
            let (bare, quoted) = (word.folded.to_string(), format!("\"{}\"", word.folded));
            prop_assert_eq!(index.found(&bare), [1], "{}", bare);
            prop_assert_eq!(index.found(&quoted), [1], "{}", quoted);
            for (end, _) in word.folded.char_indices().skip(2) {
                prop_assert_eq!(index.found(&word.folded[..end]), [1], "{}", &word.folded[..end]);
            }
        }
    }

    #[test]
    fn a_part_of_a_text_in_quotes_finds_the_text(text in texts(), from in 0..20_usize, count in 1..8_usize) {
        let words: Vec<Word<'_>> = words(&text).skip(from).take(count).collect();
        let phrase: Vec<&str> = words.iter().map(|word| &*word.folded).collect();
        if !phrase.is_empty() {
            let query = format!("\"{}\"", phrase.join(" "));
            prop_assert_eq!(Index::of(&[&text]).found(&query), [1], "{}", query);
        }
    }

    #[test]
    fn what_the_index_finds_is_highlighted_and_nothing_else(text in texts(), asked in texts()) {
        let query = parse(&asked);
        let wanted = Query { terms: query.terms.into_iter().filter(|term| !term.excluded).collect(), ..Query::default() };
        let index = Index::of(&[&text]);
        for term in &wanted.terms {
            let one = Query { terms: vec![term.clone()], ..Query::default() };
            let found = !index.matches(&one.to_fts().unwrap()).is_empty();
            prop_assert_eq!(found, !highlights(&text, &one).is_empty());
        }
    }

    #[test]
    fn highlights_and_excerpts_can_be_drawn(text in texts(), asked in texts(), own in 0..30_usize, max in 0..50_usize) {
        // Half of the queries are words of the text.
        let own = words(&text).nth(own).map(|word| word.folded.to_string());
        for query in [parse(&asked), parse(&own.unwrap_or_default())] {
            fit(&text, &highlights(&text, &query))?;
            let excerpt = excerpt(&text, &query, max);
            prop_assert!(excerpt.text.chars().count() <= max);
            prop_assert!(!excerpt.text.contains('\n'));
            fit(&excerpt.text, &excerpt.ranges)?;
        }
    }
}

/// Ranges are in order, apart from each other, on characters, and hold something.
fn fit(text: &str, ranges: &[std::ops::Range<usize>]) -> Result<(), TestCaseError> {
    let mut free = 0;
    for range in ranges {
        prop_assert!(
            range.start >= free && range.end > range.start,
            "{:?}",
            ranges
        );
        prop_assert!(text.get(range.clone()).is_some(), "{:?}", ranges);
        free = range.end + 1;
    }
    Ok(())
}
