//! Finds words in everything that is stored: the query language, the folding of words, the hits.
pub mod words;
