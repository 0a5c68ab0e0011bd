//! The readable form of a mail: paragraphs, headings, lists, tables, pictures and links, as values that any width can
//! be drawn from. All text in it is clean.

use std::ops::Range;

/// A mail as it is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letter {
    pub parts: Vec<Part>,
    /// In the order in which they stand in the text.
    pub links: Vec<Link>,
    /// Pictures that lie at some server and are never fetched, those that only watch the reader included.
    pub remote: u32,
    /// How many of them only watch the reader.
    pub trackers: u32,
    /// Whether the mail was too much to read to its end.
    pub cut: bool,
}

/// A piece of a mail that stands for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub kind: Kind,
    pub role: Role,
    /// How many quotes it lies in.
    pub quote: u8,
    /// How many lists it lies in.
    pub indent: u8,
    /// Whether it belongs to the part before, without an empty line in between.
    pub close: bool,
}

/// What a part of a mail is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    Said,
    /// History of older mails below what is said, with the words that introduce it.
    History,
    Signature,
}

/// What a part of a mail is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    Paragraph(Words),
    /// From 1 to 6.
    Heading(u8, Words),
    /// An entry of a list, with its bullet or number.
    Item(String, Words),
    /// Lines that stay as they are.
    Code(String),
    /// Rows of cells.
    Table(Vec<Vec<Words>>),
    /// A picture that came with the mail.
    Picture {
        /// Its name in the HTML; the attachment with this `cid`.
        cid: String,
        words: String,
    },
    Rule,
}

/// Text with its looks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// A line feed is a break that was meant.
    pub text: String,
    /// In order, without overlap; what lies between is plain.
    pub spans: Vec<Span>,
}

/// A stretch of text that looks different.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Span {
    /// In bytes.
    pub at: Range<usize>,
    pub strong: bool,
    pub emphasis: bool,
    pub code: bool,
    pub struck: bool,
    /// Which of the links it leads to.
    pub link: Option<usize>,
}

/// Where a piece of text leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Only `http`, `https`, `mailto` and `tel`.
    pub target: String,
    /// The host that the text shows although the link leads to another one.
    pub pretends: Option<String>,
}
