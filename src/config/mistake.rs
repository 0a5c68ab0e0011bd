//! What is wrong in a file that a person wrote, and where. Never repeats a line: it may hold the key.

use std::fmt;
use std::ops::Range;

/// A mistake in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Counted from one.
    pub line: usize,
    pub problem: String,
}

impl Mistake {
    /// A mistake at a place of a text.
    pub fn at(text: &str, place: Range<usize>, problem: impl Into<String>) -> Self {
        let before = text.get(..place.start).unwrap_or(text);
        Self {
            line: before.matches('\n').count() + 1,
            problem: problem.into(),
        }
    }

    /// What the reader of TOML has against a text.
    pub fn of(text: &str, error: &toml::de::Error) -> Self {
        Self::at(text, error.span().unwrap_or_default(), error.message())
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.problem)
    }
}
