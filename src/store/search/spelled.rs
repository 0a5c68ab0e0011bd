//! Words that may go on, spelled out. FTS5 puts all entries of all words that begin so together before it gives the first
//! one, unless its index of prefixes has beginnings of just that length. Those it walks lazily, and whole words too, so the
//! index is asked for these instead: a beginning of three letters is put together from those of four, and a long one from
//! the words that begin so, where they are few.

use rusqlite::{Connection, OptionalExtension as _};

use super::query::{Query, Term, joined};
use crate::store::error::Result;

/// Letters of the beginnings that the index of prefixes has.
const SHORT: usize = 2;
const LONG: usize = 4;
/// Most beginnings that stand in for a shorter one: there are not many more letters and digits in a script.
const STARTS: usize = 48;
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
    let letters = start.chars().count();
    if !term.prefix || letters <= SHORT || letters == LONG {
        return Ok(term.to_fts());
    }
    let (length, most) = if letters < LONG {
        (Some(LONG), STARTS)
    } else {
        (None, *room)
    };
    let Some(found) = words_from(db, start, length, most)?.filter(|found| !found.is_empty()) else {
        return Ok(term.to_fts());
    };
    if length.is_none() {
        *room -= found.len();
    }
    Ok(format!("({})", found.join(" OR ")))
}

/// All words of the index that begin so, or their beginnings of a length, quoted, if they are not too many. Jumps from one
/// to the next.
fn words_from(
    db: &Connection,
    start: &str,
    length: Option<usize>,
    most: usize,
) -> Result<Option<Vec<String>>> {
    let mut seek = db.prepare_cached("SELECT term FROM vocabulary WHERE term >= ?1 LIMIT 1")?;
    let mut found = Vec::new();
    let mut from = start.to_owned();
    loop {
        let next: Option<String> = seek.query_row([&from], |row| row.get(0)).optional()?;
        let Some(word) = next.filter(|word| word.starts_with(start)) else {
            return Ok(Some(found));
        };
        if found.len() == most {
            return Ok(None);
        }
        let end = length.and_then(|length| word.char_indices().nth(length - 1));
        if let Some(cut) = end.and_then(|(at, last)| word.get(..at + last.len_utf8())) {
            found.push(format!("\"{cut}\"*"));
            // No word holds the last of all characters, so nothing that begins so lies behind it.
            from = format!("{cut}\u{10ffff}");
        } else {
            found.push(format!("\"{word}\""));
            // Nor a control character, so nothing lies between this word and that place.
            from = format!("{word}\u{1}");
        }
    }
}
