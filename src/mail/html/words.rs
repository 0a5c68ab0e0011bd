//! Text as it is read: white space as a browser shows it, nothing that could act on a terminal, looks as spans.

use super::entity;
use crate::mail::letter::{Span, Words};
use crate::model::text::{MARKS, is_hidden, is_mark};

/// How a stretch of text looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub strong: bool,
    pub emphasis: bool,
    pub code: bool,
    pub struck: bool,
    pub link: Option<usize>,
}

/// White space that may come before the next letter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Gap {
    #[default]
    None,
    Space,
    /// One that no line breaks at.
    Hard,
}

/// Writes one run of text.
#[derive(Debug, Default)]
pub(super) struct Writer {
    words: Words,
    gap: Gap,
    /// Marks on the last letter.
    marks: usize,
    /// A break without text before it.
    blank: bool,
}

impl Writer {
    /// Whether there is nothing to read in it.
    pub fn is_empty(&self) -> bool {
        self.words.text.is_empty()
    }

    /// Whether nothing was written in the line that is being written.
    pub fn at_line_start(&self) -> bool {
        self.is_empty() || self.words.text.ends_with('\n')
    }

    /// How much was written.
    pub fn len(&self) -> usize {
        self.words.text.len()
    }

    /// What was written since.
    pub fn since(&self, from: usize) -> &str {
        self.words.text.get(from..).unwrap_or_default()
    }

    /// Writes text whose entities are still spelled.
    pub fn spelled(&mut self, raw: &str, look: Look, keep: bool) {
        let mut rest = raw;
        while let Some(at) = rest.find('&') {
            let (before, tail) = rest.split_at(at);
            self.text(before, look, keep);
            let mut buffer = [0; 4];
            let Some((spelled, len)) = entity::at_start(tail, false) else {
                self.text("&", look, keep);
                rest = tail.get(1..).unwrap_or_default();
                continue;
            };
            self.text(spelled.first.encode_utf8(&mut buffer), look, keep);
            if let Some(second) = spelled.second {
                self.text(second.encode_utf8(&mut buffer), look, keep);
            }
            rest = tail.get(len..).unwrap_or_default();
        }
        self.text(rest, look, keep);
    }

    /// Writes text; with `keep` its white space stays as it is.
    pub fn text(&mut self, text: &str, look: Look, keep: bool) {
        let before = self.words.text.len();
        let mut from = None;
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let run = letters(rest);
            if run > 0 {
                let (run, tail) = rest.split_at_checked(run).unwrap_or((rest, ""));
                self.fill();
                from.get_or_insert(self.words.text.len());
                self.words.text.push_str(run);
                self.marks = 0;
                rest = tail;
                continue;
            }
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
            if keep && matches!(first, '\n' | ' ' | '\t') {
                from.get_or_insert(self.words.text.len());
                self.words.text.push(first);
            } else if self.letter(first) {
                from.get_or_insert(self.words.text.len() - first.len_utf8());
            }
        }
        if let Some(from) = from {
            self.dress(before, from, look);
        }
    }

    /// Writes one character that is not plain; gives whether it can be seen.
    fn letter(&mut self, c: char) -> bool {
        match c {
            ' ' | '\t' | '\n' | '\r' | '\u{c}' | '\u{b}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                self.gap = Gap::Space;
                return false;
            }
            // Mailers fill the line below a subject with these.
            '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => {
                self.gap = if self.gap == Gap::None {
                    Gap::Hard
                } else {
                    Gap::Space
                };
                return false;
            }
            '\u{34f}' => return false,
            '\u{200c}' | '\u{200d}' if self.gap != Gap::None || self.at_line_start() => {
                return false;
            }
            _ if is_hidden(c) => return false,
            _ if is_mark(c) => {
                self.marks += 1;
                if self.marks > MARKS {
                    return false;
                }
            }
            _ => self.marks = 0,
        }
        self.fill();
        self.words.text.push(c);
        true
    }

    /// Writes the white space that was waiting for a letter.
    fn fill(&mut self) {
        if !self.at_line_start() {
            match self.gap {
                Gap::None => {}
                Gap::Space => self.words.text.push(' '),
                Gap::Hard => self.words.text.push('\u{a0}'),
            }
        }
        self.gap = Gap::None;
    }

    /// Gives what was written last its look.
    fn dress(&mut self, before: usize, from: usize, look: Look) {
        if look == Look::default() {
            return;
        }
        let end = self.words.text.len();
        let same = |it: &Span| {
            it.strong == look.strong
                && it.emphasis == look.emphasis
                && it.code == look.code
                && it.struck == look.struck
                && it.link == look.link
        };
        match self.words.spans.last_mut() {
            Some(last) if last.at.end == before && same(last) => last.at.end = end,
            _ => self.words.spans.push(Span {
                at: from..end,
                strong: look.strong,
                emphasis: look.emphasis,
                code: look.code,
                struck: look.struck,
                link: look.link,
            }),
        }
    }

    /// Begins a new line; gives whether there was nothing in the one before.
    pub fn line_break(&mut self) -> bool {
        let empty = self.at_line_start();
        if !self.is_empty() && !empty {
            self.words.text.push('\n');
        }
        self.blank = true;
        self.gap = Gap::None;
        empty
    }

    /// Whether breaks or hard spaces held a line open in which there is nothing.
    pub fn held_open(&self) -> bool {
        self.is_empty() && (self.blank || self.gap == Gap::Hard)
    }

    /// What was written.
    pub fn take(&mut self) -> Words {
        let mut words = std::mem::take(self).words;
        let end = words.text.trim_end().len();
        words.text.truncate(end);
        while let Some(last) = words.spans.last_mut() {
            if last.at.start < end {
                last.at.end = last.at.end.min(end);
                break;
            }
            words.spans.pop();
        }
        words
    }
}

/// How many bytes at the beginning are letters that need no look at them one by one.
fn letters(text: &str) -> usize {
    let plain = |b: u8| matches!(b, b'!'..=b'~');
    let ascii = text.bytes().position(|b| !plain(b)).unwrap_or(text.len());
    if ascii > 0 {
        return ascii;
    }
    let usual = |c: char| {
        matches!(c, '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{370}'..='\u{482}' | '\u{48a}'..='\u{58f}'
            | '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{64a}' | '\u{660}'..='\u{6ff}' | '\u{2010}'..='\u{2027}'
            | '\u{3001}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{3400}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7a3}' | '\u{ff01}'..='\u{ff5e}')
    };
    text.char_indices()
        .find(|(_, c)| !usual(*c))
        .map_or(text.len(), |(at, _)| at)
}
