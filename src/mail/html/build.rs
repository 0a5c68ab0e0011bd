//! Makes the parts of a letter from tags and text.

use std::collections::HashMap;

use super::open::Stack;
use super::style::Sheet;
use super::table::Frame;
use super::words::{Look, Writer};
use crate::mail::history::Hint;
use crate::mail::letter::{Kind, Letter, Link, Part, Role};
use crate::mail::links;
use crate::model::text::beginning;

/// So many links of a letter are told apart.
const MOST_LINKS: usize = 2_000;
/// So much of what a link shows is looked at.
const SHOWN: usize = 300;

/// What is known while a mail is read.
#[derive(Debug, Default)]
pub(super) struct Builder<'a> {
    pub letter: Letter,
    pub sheet: Sheet<'a>,
    /// Bytes of text so far.
    pub written: usize,
    pub(super) stack: Stack<'a>,
    pub(super) writer: Writer,
    /// An empty line comes before the next part.
    pub(super) gap: bool,
    /// The bullet or number that the next text gets.
    pub(super) marker: Option<String>,
    pub(super) lists: Vec<List>,
    pub(super) tables: Vec<Frame>,
    pub(super) anchor: Option<Anchor>,
    targets: HashMap<String, usize>,
    pub(super) hints: Vec<(usize, Hint)>,
}

/// A list that is open.
#[derive(Debug)]
pub(super) struct List {
    /// The next number; none for bullets.
    pub next: Option<i64>,
    pub style: u8,
}

/// A link that is open.
#[derive(Debug)]
pub(super) struct Anchor {
    target: String,
    /// Its place among the links, once there is something to see of it.
    at: Option<usize>,
    shown: String,
    /// There is a picture in it.
    pub picture: bool,
}

impl Builder<'_> {
    pub fn finish(mut self) -> (Letter, Vec<(usize, Hint)>) {
        self.end_cell();
        self.close_at(0);
        (self.letter, self.hints)
    }

    pub fn text(&mut self, raw: &str) {
        let now = self.stack.now();
        if now.unseen() {
            return;
        }
        // The line break that follows a tag for code is none.
        let raw = match raw.strip_prefix('\n') {
            Some(rest) if now.pre && self.writer.is_empty() => rest,
            _ => raw,
        };
        self.write(raw, |writer, look| writer.spelled(raw, look, now.keep));
    }

    /// Says the words of a picture, which is seen where letters are too small.
    pub(super) fn say(&mut self, text: &str) {
        if !self.stack.now().hidden {
            self.write(text, |writer, look| writer.text(text, look, false));
        }
    }

    fn write(&mut self, text: &str, write: impl FnOnce(&mut Writer, Look)) {
        let mut look = self.stack.now().look;
        if self.anchor.is_some() && !text.bytes().all(|b| b.is_ascii_whitespace()) {
            look.link = self.link();
        }
        let before = self.writer.len();
        write(&mut self.writer, look);
        self.written += self.writer.len() - before;
        if let Some(anchor) = &mut self.anchor
            && anchor.shown.len() < SHOWN
        {
            let new = self.writer.since(before);
            anchor.shown.push_str(beginning(new, SHOWN));
        }
    }

    /// The number of the link that is open; it counts from its first letter on.
    fn link(&mut self) -> Option<usize> {
        let anchor = self.anchor.as_mut()?;
        if anchor.at.is_none() {
            anchor.at = match self.targets.get(&anchor.target) {
                Some(at) => Some(*at),
                None if self.letter.links.len() < MOST_LINKS => {
                    let at = self.letter.links.len();
                    self.targets.insert(anchor.target.clone(), at);
                    self.letter.links.push(Link {
                        target: anchor.target.clone(),
                        pretends: None,
                    });
                    Some(at)
                }
                None => None,
            };
        }
        anchor.at
    }

    pub(super) fn begin_anchor(&mut self, target: Option<String>) {
        self.end_anchor();
        self.anchor = target.map(|target| Anchor {
            target,
            at: None,
            shown: String::new(),
            picture: false,
        });
    }

    pub(super) fn end_anchor(&mut self) {
        let Some(anchor) = &self.anchor else { return };
        if anchor.picture && anchor.at.is_none() && !self.stack.now().unseen() {
            // A picture that nobody sees may be all there is of a link.
            let host = links::host(&anchor.target).to_owned();
            let look = Look {
                link: self.link(),
                ..self.stack.now().look
            };
            self.writer.text(&host, look, false);
        }
        let Some(anchor) = self.anchor.take() else {
            return;
        };
        let link = anchor.at.and_then(|at| self.letter.links.get_mut(at));
        if let Some(link) = link.filter(|it| it.pretends.is_none()) {
            link.pretends = links::pretends(&anchor.shown, &link.target);
        }
    }

    /// Ends the part that is being written.
    fn end_part(&mut self) {
        let held_open = self.writer.held_open();
        let words = self.writer.take();
        if words.text.is_empty() {
            self.gap |= held_open;
            return;
        }
        let now = self.stack.now();
        let code = now.pre && words.spans.iter().all(|it| it.link.is_none());
        let kind = match (self.marker.take(), now.heading) {
            (Some(marker), _) => Kind::Item(marker, words),
            (None, _) if code => Kind::Code(words.text),
            (None, Some(level)) => Kind::Heading(level, words),
            (None, None) => Kind::Paragraph(words),
        };
        self.push(kind);
    }

    pub(super) fn push(&mut self, kind: Kind) {
        let now = self.stack.now();
        let close = !self.gap && !self.letter.parts.is_empty();
        self.gap = false;
        self.letter.parts.push(Part {
            kind,
            role: now.role.unwrap_or(Role::Said),
            quote: now.quote,
            indent: now.indent,
            close,
        });
    }

    /// Ends the part at the edge of a block, with an empty line or without.
    pub(super) fn edge(&mut self, gap: bool) {
        self.end_part();
        self.gap |= gap;
    }
}
