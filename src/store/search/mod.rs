//! Finds words in everything that is stored: the query language, the folding of words, the hits.
//!
//! Text and query become words in one place, [`words()`], so that they meet. The index holds folded words with a space
//! between them ([`index_text`]); whatever is shown comes from the original text, where [`highlights`] and [`excerpt()`]
//! find the hits again. [`find`] asks the store, in windows.

mod dates;
mod excerpt;
mod find;
#[cfg(test)]
mod find_tests;
mod fold;
mod highlight;
mod hit;
mod matcher;
mod named;
mod parse;
mod query;
#[cfg(test)]
mod samples;
mod sieve;
mod spelled;
#[cfg(test)]
mod tests;
mod words;

pub use excerpt::{Excerpt, excerpt};
pub use find::{Hits, Order, Place, find, find_in};
pub use highlight::highlights;
pub use hit::Hit;
pub use named::{NamedConversation, NamedPerson, Names, find_names};
pub use query::{Filter, Has, Is, Query, Span, Term, What};
pub use words::{LONGEST_WORD, MOST_WORDS, Word, Words, index_text, words};
