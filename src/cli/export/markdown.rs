//! Conversations as Markdown, for reading.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::super::span::Walk;
use super::super::when::When;
use super::super::{Failure, words};
use super::{Scope, each_chat, text};
use crate::model::inbox::{Conversation, Entry};
use crate::store::Store;

pub(super) fn write(store: &Store, scope: &Scope) -> Result<(), Failure> {
    let when = When::here();
    let mut first = true;
    each_chat(store, scope, |chat| {
        let gap = if first { "" } else { "\n\n" };
        first = false;
        text(&format!("{gap}{}", head(chat)))?;
        let mut day = None;
        let mut walk = Walk::all(chat.key);
        loop {
            let window = walk.step(store)?;
            if window.is_empty() {
                return Ok(());
            }
            for it in &window {
                text(&entry(it, &when, &mut day))?;
            }
        }
    })
}

fn head(chat: &Conversation) -> String {
    let mut out = format!("# {}\n\n{}", plain(&chat.title), chat.provider.label());
    if let Some(subject) = chat.subject.as_deref().filter(|text| !text.is_empty()) {
        let _ = write!(out, " · {}", plain(subject));
    }
    out.push('\n');
    out
}

fn entry(it: &Entry, when: &When, day: &mut Option<Date>) -> String {
    let at = it.key.time();
    let mut out = String::new();
    let date = when.date(at);
    if *day != Some(date) {
        *day = Some(date);
        let _ = writeln!(out, "\n## {}", date.strftime("%A, %-d %B %Y"));
    }
    let _ = write!(out, "\n**{}** {}", plain(words::sender(it)), when.clock(at));
    let marks = words::marks(it);
    if !marks.is_empty() {
        let _ = write!(out, " · {}", marks.join(" · "));
    }
    out.push_str("\n\n");
    if let Some(subject) = it.subject.as_deref().filter(|text| !text.is_empty()) {
        let _ = writeln!(out, "*{}*\n", plain(subject));
    }
    if let Some(quote) = &it.quote {
        let by = quote.by.as_deref().unwrap_or_default();
        let _ = writeln!(out, "> {}: {}\n", plain(by), plain(&quote.text));
    }
    let said = if it.deleted {
        "(deleted)".to_owned()
    } else {
        words::said(it)
    };
    for line in said.lines() {
        // Two spaces keep the line break.
        let _ = writeln!(out, "{}  ", escaped(line));
    }
    for file in &it.attachments {
        let _ = writeln!(out, "- {}", plain(&words::attachment(file)));
    }
    if !it.reactions.is_empty() {
        let one = |it: &crate::model::inbox::StoredReaction| {
            let by = it.by.as_deref().unwrap_or("somebody");
            format!("{} {}", it.value, plain(if it.own { "You" } else { by }))
        };
        let all: Vec<String> = it.reactions.iter().map(one).collect();
        let _ = writeln!(out, "\n{}", all.join(", "));
    }
    out
}

/// Text on one line that Markdown leaves alone.
fn plain(text: &str) -> String {
    escaped(&super::super::cells::one_line(text))
}

/// A line that means to Markdown what it says and nothing more.
fn escaped(line: &str) -> String {
    let line = line.trim_end();
    let mut out = String::with_capacity(line.len());
    let mut begins = true;
    for c in line.chars() {
        let acts = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|')
            || begins && matches!(c, '#' | '+' | '-' | '=' | '~');
        if acts {
            out.push('\\');
        }
        begins = begins && c.is_whitespace();
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_people_type_is_no_markup() {
        assert_eq!(escaped("# not a title"), "\\# not a title");
        assert_eq!(
            escaped("<b>*x*</b> a-b #c"),
            "\\<b\\>\\*x\\*\\</b\\> a-b #c"
        );
    }
}
