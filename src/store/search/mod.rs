//! Finds words in everything that is stored: the query language, the folding of words, the hits.
//!
//! Text and query become words in one place, [`words()`], so that they meet. The index holds folded words with a space
//! between them ([`index_text`]); a [`Query`] asks for them.

mod dates;
mod fold;
mod parse;
mod query;
#[cfg(test)]
mod tests;
mod words;

pub use query::{Filter, Has, Is, Query, Span, Term, What};
pub use words::{LONGEST_WORD, MOST_WORDS, Word, Words, index_text, words};
