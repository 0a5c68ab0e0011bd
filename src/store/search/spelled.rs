//! Words that may go on, spelled out. FTS5 puts all entries of all words that begin so together before it gives the first
//! one, unless the beginning is short enough for its index of prefixes. Whole words it walks lazily, so where few words
//! begin so, the index is asked for these instead.

use rusqlite::{Connection, OptionalExtension as _};

use super::query::{Query, Term, joined};
use crate::store::error::Result;

/// Letters of the longest beginning that the index of prefixes has.
const INDEXED: usize = 4;
/// Most words that stand in for the beginnings of a query.
const MOST: usize = 24;

/// The terms of a query for FTS5's MATCH, as it answers them fastest; nothing if there is no term to find.
pub(super) fn to_fts(db: &Connection, query: &Query) -> Result<Option<String>> {
    let mut room = MOST;
    let mut parts = Vec::with_capacity(query.terms.len());
    for term in &query.terms {
        parts.push((term.excluded, spelled(db, term, &mut room)?));
    }
    Ok(joined(parts.into_iter()))
}

fn spelled(db: &Connection, term: &Term, room: &mut usize) -> Result<String> {
    let [start] = term.words.as_slice() else {
        return Ok(term.to_fts());
    };
    if !term.prefix || start.chars().nth(INDEXED).is_none() {
        return Ok(term.to_fts());
    }
    let Some(words) = words_from(db, start, *room)?.filter(|words| !words.is_empty()) else {
        return Ok(term.to_fts());
    };
    *room -= words.len();
    Ok(format!("(\"{}\")", words.join("\" OR \"")))
}

/// All words of the index that begin so, if they are not too many. Jumps from word to word.
fn words_from(db: &Connection, start: &str, most: usize) -> Result<Option<Vec<String>>> {
    let mut seek = db.prepare_cached("SELECT term FROM vocabulary WHERE term >= ?1 LIMIT 1")?;
    let mut words = Vec::new();
    let mut from = start.to_owned();
    loop {
        let next: Option<String> = seek.query_row([&from], |row| row.get(0)).optional()?;
        let Some(word) = next.filter(|word| word.starts_with(start)) else {
            return Ok(Some(words));
        };
        if words.len() == most {
            return Ok(None);
        }
        // No word holds a control character, so nothing lies between this word and that place.
        from = format!("{word}\u{1}");
        words.push(word);
    }
}
