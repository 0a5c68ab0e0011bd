//! HTML cut into tags and text, in one pass and without a copy. The rules are those by which browsers cut
//! (<https://html.spec.whatwg.org/#tokenization>); tests compare it with html5ever's tokenizer, which takes a time that
//! grows with the square of the attributes of a tag and so cannot be let near a stranger's mail.

use std::borrow::Cow;

use super::entity;

/// More attributes than this no honest tag has.
const ATTRIBUTES: usize = 60;

/// A piece of HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// With its entities still spelled.
    Text(&'a str),
    /// What stands in a style, a script and the like: no markup.
    Raw(&'a str),
    /// The name as written; [`Lexer::attributes`] has the rest.
    Open(&'a str),
    Close(&'a str),
}

/// An attribute as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Attribute<'a> {
    pub name: &'a str,
    raw: &'a str,
}

impl<'a> Attribute<'a> {
    pub fn value(&self) -> Cow<'a, str> {
        entity::in_attribute(self.raw)
    }
}

/// Goes through a piece of HTML.
#[derive(Debug)]
pub(crate) struct Lexer<'a> {
    rest: &'a str,
    attributes: Vec<Attribute<'a>>,
    /// The tag whose text is no markup.
    raw: Option<&'a str>,
}

impl<'a> Lexer<'a> {
    pub fn new(html: &'a str) -> Self {
        Self {
            rest: html,
            attributes: Vec::with_capacity(16),
            raw: None,
        }
    }

    /// Those of the tag that was opened last.
    pub fn attributes(&self) -> &[Attribute<'a>] {
        &self.attributes
    }

    /// The value of an attribute of the tag that was opened last.
    pub fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let found = self.attributes.iter();
        let mut found = found.filter(|it| it.name.eq_ignore_ascii_case(name));
        found.next().map(Attribute::value)
    }

    pub fn has(&self, name: &str) -> bool {
        let mut all = self.attributes.iter();
        all.any(|it| it.name.eq_ignore_ascii_case(name))
    }

    /// Takes so many bytes.
    fn take(&mut self, len: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(len).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// A tag, when the rest begins with one.
    fn tag(&mut self) -> Option<Token<'a>> {
        let inside = self.rest.get(1..)?;
        let (closes, inside) = match inside.strip_prefix('/') {
            Some(inside) => (true, inside),
            None => (false, inside),
        };
        if !inside.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let ends = |b: u8| is_space(b) || matches!(b, b'/' | b'>');
        let end = inside.bytes().position(ends).unwrap_or(inside.len());
        let (name, after) = inside.split_at_checked(end)?;
        self.attributes.clear();
        // A tag that never ends is none, and neither is what follows.
        let Some(rest) = self.read_attributes(after) else {
            self.rest = "";
            return None;
        };
        self.rest = rest;
        if closes {
            self.attributes.clear();
            return Some(Token::Close(name));
        }
        self.raw = is_raw(name).then_some(name);
        Some(Token::Open(name))
    }

    /// Reads attributes up to the end of the tag; gives what follows it.
    fn read_attributes(&mut self, text: &'a str) -> Option<&'a str> {
        let bytes = text.as_bytes();
        let mut at = 0;
        loop {
            while matches!(bytes.get(at), Some(b) if is_space(*b) || *b == b'/') {
                at += 1;
            }
            if *bytes.get(at)? == b'>' {
                return text.get(at + 1..);
            }
            let from = at;
            // An equals sign at the beginning belongs to the name.
            at += 1;
            while !matches!(bytes.get(at)?, b'=' | b'/' | b'>') && !is_space(*bytes.get(at)?) {
                at += 1;
            }
            let name = text.get(from..at).unwrap_or_default();
            let mut look = at;
            while is_space(*bytes.get(look)?) {
                look += 1;
            }
            let mut raw = "";
            if *bytes.get(look)? == b'=' {
                (raw, at) = value(text, look + 1)?;
            }
            if self.attributes.len() < ATTRIBUTES {
                self.attributes.push(Attribute { name, raw });
            }
        }
    }

    /// Steps over a comment, a doctype or anything else that browsers take for a comment.
    fn step_over(&mut self) {
        let Some(comment) = self.rest.strip_prefix("<!--") else {
            self.rest = self.rest.split_once('>').map_or("", |(_, rest)| rest);
            return;
        };
        self.rest = if let Some(rest) = comment.strip_prefix('>') {
            rest
        } else if let Some(rest) = comment.strip_prefix("->") {
            rest
        } else {
            end_of_comment(comment)
        };
    }

    /// What stands before the end tag of an element that holds no markup.
    fn raw_text(&mut self, name: &str) -> &'a str {
        let mut at = 0;
        while let Some(found) = self.rest.get(at..).and_then(|it| it.find("</")) {
            let end = at + found;
            let after = end + 2 + name.len();
            let same = self.rest.get(end + 2..after);
            let stops = self.rest.as_bytes().get(after);
            if same.is_some_and(|it| it.eq_ignore_ascii_case(name))
                && stops.is_some_and(|b| is_space(*b) || matches!(b, b'/' | b'>'))
            {
                return self.take(end);
            }
            at = end + 2;
        }
        self.take(self.rest.len())
    }
}

impl<'a> Iterator for Lexer<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if let Some(name) = self.raw.take() {
            let text = self.raw_text(name);
            if !text.is_empty() {
                return Some(Token::Raw(text));
            }
        }
        while !self.rest.is_empty() {
            let next = self.rest.as_bytes().get(1).copied();
            if !self.rest.starts_with('<') {
                let end = self.rest.find('<').unwrap_or(self.rest.len());
                return Some(Token::Text(self.take(end)));
            }
            match next {
                Some(b'!' | b'?') => self.step_over(),
                Some(b'/') if self.rest.starts_with("</>") => {
                    self.take(3);
                }
                Some(b'a'..=b'z' | b'A'..=b'Z' | b'/') => match self.tag() {
                    Some(token) => return Some(token),
                    None if next == Some(b'/') && self.rest.len() > 2 => self.step_over(),
                    None => {
                        return (!self.rest.is_empty())
                            .then(|| Token::Text(self.take(self.rest.len())));
                    }
                },
                // A sign that begins nothing, with all its like: one by one would be slow.
                _ => {
                    let end = self.rest.bytes().position(|b| b != b'<');
                    let end = end.unwrap_or(self.rest.len());
                    let begins = self.rest.as_bytes().get(end);
                    let tag = begins.is_some_and(|b| b.is_ascii_alphabetic() || b"/!?".contains(b));
                    return Some(Token::Text(self.take(if tag { end - 1 } else { end })));
                }
            }
        }
        None
    }
}

/// The value that begins here, and where it ends.
fn value(text: &str, from: usize) -> Option<(&str, usize)> {
    let bytes = text.as_bytes();
    let mut at = from;
    while is_space(*bytes.get(at)?) {
        at += 1;
    }
    let first = *bytes.get(at)?;
    if let quote @ (b'"' | b'\'') = first {
        let inside = text.get(at + 1..)?;
        let end = inside.find(char::from(quote))?;
        return Some((inside.get(..end)?, at + 1 + end + 1));
    }
    let inside = text.get(at..)?;
    let end = inside.bytes().position(|b| is_space(b) || b == b'>')?;
    Some((inside.get(..end)?, at + end))
}

fn end_of_comment(text: &str) -> &str {
    let mut rest = text;
    while let Some((_, tail)) = rest.split_once("--") {
        // More dashes may follow.
        let end = tail.trim_start_matches('-');
        if let Some(rest) = end.strip_prefix('>') {
            return rest;
        }
        if let Some(rest) = end.strip_prefix("!>") {
            return rest;
        }
        rest = end;
    }
    ""
}

fn is_space(b: u8) -> bool {
    matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0x0c)
}

/// Whether the text of this element is no markup.
fn is_raw(name: &str) -> bool {
    const NAMES: [&str; 8] = [
        "style", "script", "title", "textarea", "xmp", "iframe", "noembed", "noframes",
    ];
    NAMES.iter().any(|it| it.eq_ignore_ascii_case(name))
}
