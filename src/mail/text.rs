//! Plain text as a letter: its lines stay as they are, `>` makes quotes, addresses in it are links.

use std::collections::HashMap;

use super::history::{level, quoted_from, signature_from};
use super::letter::{Kind, Letter, Link, Part, Role, Span, Words};
use super::links::links;
use crate::model::text::{beginning, clean};

/// So much text is kept of a mail.
const LONGEST: usize = 1 << 20;
/// So many parts.
const MOST_PARTS: usize = 30_000;

/// What is to be read in a plain mail.
pub fn letter(plain: &str) -> Letter {
    let read = beginning(plain, LONGEST);
    let text = clean(read);
    let history = quoted_from(&text).unwrap_or(text.len());
    let signature = signature_from(text.get(..history).unwrap_or_default()).unwrap_or(history);
    let mut reader = Reader::default();
    let mut at = 0;
    let mut cut = read.len() < plain.len();
    for line in text.split_inclusive('\n') {
        let role = match at {
            _ if at + line.trim_end().len() > history => Role::History,
            _ if at >= signature => Role::Signature,
            _ => Role::Said,
        };
        reader.line(line.trim_end(), role);
        at += line.len();
        if reader.parts.len() > MOST_PARTS {
            cut = true;
            break;
        }
    }
    reader.end();
    let mut letter = Letter {
        parts: reader.parts,
        cut,
        ..Letter::default()
    };
    link(&mut letter);
    letter
}

/// Makes parts of lines.
#[derive(Debug, Default)]
struct Reader {
    parts: Vec<Part>,
    text: String,
    quote: u8,
    role: Option<Role>,
    gap: bool,
}

impl Reader {
    fn line(&mut self, line: &str, role: Role) {
        let (quote, words) = level(line);
        if quote != self.quote || self.role.is_some_and(|it| it != role) {
            self.end();
        }
        self.quote = quote;
        self.role = Some(role);
        if words.trim().is_empty() {
            self.end();
            self.gap = true;
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(words);
    }

    fn end(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let words = Words {
            text: std::mem::take(&mut self.text),
            spans: Vec::new(),
        };
        self.parts.push(Part {
            kind: Kind::Paragraph(words),
            role: self.role.unwrap_or(Role::Said),
            quote: self.quote,
            indent: 0,
            close: !self.gap && !self.parts.is_empty(),
        });
        self.gap = false;
    }
}

/// Finds the links of a letter in which none are marked yet.
fn link(letter: &mut Letter) {
    let mut known: HashMap<String, usize> = HashMap::new();
    for part in &mut letter.parts {
        let Kind::Paragraph(words) = &mut part.kind else {
            continue;
        };
        for found in links(&words.text) {
            let at = *known.entry(found.url.clone()).or_insert_with(|| {
                letter.links.push(Link {
                    target: found.url,
                    pretends: None,
                });
                letter.links.len() - 1
            });
            words.spans.push(Span {
                at: found.at,
                link: Some(at),
                ..Span::default()
            });
        }
    }
}
