//! What a person asks for: words, filters and times, and how the index is asked for the words.

use jiff::{Timestamp, Zoned};

use super::parse::Parser;

/// A query that was read. Nothing that can be typed is an error: what was not understood is searched as words, and
/// `notes` says so.
///
/// Everything has to hold at once, but several `from:`, `to:`, `in:` or `account:` of a kind widen each other: nothing
/// is in two conversations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    pub terms: Vec<Term>,
    pub filters: Vec<Filter>,
    /// Sentences for the person who asked.
    pub notes: Vec<String>,
}

/// Folded words that have to stand next to each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    pub words: Vec<String>,
    /// The last word may go on.
    pub prefix: bool,
    /// What has it is not wanted.
    pub excluded: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    pub what: What,
    /// What passes it is not wanted.
    pub excluded: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A name or address as it was typed.
    From(String),
    To(String),
    /// The name of a conversation or folder.
    In(String),
    Account(String),
    Has(Has),
    Is(Is),
    Sent(Span),
}

/// A stretch of time, with its first moment and without its last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Span {
    pub since: Option<Timestamp>,
    pub until: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Has {
    Attachment,
    Link,
    Image,
    Video,
    Audio,
    File,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Is {
    Unread,
    Read,
    Starred,
    Unanswered,
    Archived,
    Muted,
    Mine,
}

impl Has {
    pub(super) const WORDS: &'static [(&'static str, Self)] = &[
        ("attachment", Self::Attachment),
        ("link", Self::Link),
        ("image", Self::Image),
        ("video", Self::Video),
        ("audio", Self::Audio),
        ("file", Self::File),
    ];
}

impl Is {
    pub(super) const WORDS: &'static [(&'static str, Self)] = &[
        ("unread", Self::Unread),
        ("read", Self::Read),
        ("starred", Self::Starred),
        ("unanswered", Self::Unanswered),
        ("archived", Self::Archived),
        ("muted", Self::Muted),
        ("mine", Self::Mine),
    ];
}

impl Query {
    /// Reads a query; `today` and `monday` are understood as of `now` and where it is.
    pub fn parse(text: &str, now: &Zoned) -> Self {
        Parser::new(text, now).read()
    }

    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.filters.is_empty()
    }

    /// The terms to find and to avoid, for FTS5's MATCH; nothing if there is no term to find.
    pub fn to_fts(&self) -> Option<String> {
        joined(self.terms.iter().map(|it| (it.excluded, it.to_fts())))
    }

    /// The terms to avoid, any of them. FTS5 has no way to ask for what lacks a word without one to find, so where
    /// [`Self::to_fts`] has nothing, these matches are to be taken away from everything.
    pub fn excluded_to_fts(&self) -> Option<String> {
        let excluded = self.terms.iter().filter(|term| term.excluded);
        let parts: Vec<String> = excluded.map(Term::to_fts).collect();
        (!parts.is_empty()).then(|| parts.join(" OR "))
    }
}

/// One expression of terms; of each it is said whether it is excluded.
pub(super) fn joined(parts: impl Iterator<Item = (bool, String)>) -> Option<String> {
    let (excluded, wanted): (Vec<_>, Vec<_>) = parts.partition(|(excluded, _)| *excluded);
    let join = |parts: Vec<(bool, String)>, between: &str| {
        let parts: Vec<String> = parts.into_iter().map(|(_, part)| part).collect();
        (!parts.is_empty()).then(|| parts.join(between))
    };
    let wanted = join(wanted, " AND ")?;
    Some(match join(excluded, " OR ") {
        Some(excluded) => format!("({wanted}) NOT ({excluded})"),
        None => wanted,
    })
}

impl Term {
    /// Words hold letters, digits and emoji only, so nothing in the quotes can end them.
    pub(super) fn to_fts(&self) -> String {
        let star = if self.prefix { "*" } else { "" };
        format!("\"{}\"{star}", self.words.join(" "))
    }
}
