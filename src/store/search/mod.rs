//! Finds words in everything that is stored: the query language, the folding of words, the hits.
//!
//! Text and query become words in one place, [`words()`], so that they meet. The index holds folded words with a space
//! between them ([`index_text`]).

mod fold;
#[cfg(test)]
mod tests;
mod words;

pub use words::{LONGEST_WORD, MOST_WORDS, Word, Words, index_text, words};
