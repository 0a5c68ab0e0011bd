//! A letter as plain text: to copy, to quote, to send along with HTML, for the shell.

use std::borrow::Cow;

use super::history::{introduces, quoted_from};
use super::letter::{Kind, Letter, Part, Words};

impl Letter {
    /// All of it.
    pub fn plain(&self) -> String {
        plain(&self.parts)
    }
}

/// Parts as text: `>` before what is quoted, bullets and numbers, the cells of a row beside each other.
pub fn plain(parts: &[Part]) -> String {
    let mut out = String::new();
    let mut last: Option<&Part> = None;
    for part in parts {
        if let Some(before) = last
            && !part.close
        {
            mark(&mut out, before.quote.min(part.quote), true);
        }
        write(&mut out, part);
        last = Some(part);
    }
    out
}

/// The signs for quotes at the beginning of a line; an empty line ends with them.
fn mark(out: &mut String, quote: u8, empty: bool) {
    for _ in 0..quote {
        out.push('>');
    }
    if empty {
        out.push('\n');
    } else if quote > 0 {
        out.push(' ');
    }
}

fn write(out: &mut String, part: &Part) {
    let (marker, text): (&str, Cow<'_, str>) = match &part.kind {
        Kind::Paragraph(words) | Kind::Heading(_, words) => ("", words.text.as_str().into()),
        Kind::Item(marker, words) => (marker.as_str(), words.text.as_str().into()),
        Kind::Code(text) => ("", text.as_str().into()),
        Kind::Table(rows) => ("", table(rows).into()),
        Kind::Picture { words, .. } if words.is_empty() => return,
        Kind::Picture { words, .. } => ("", format!("[{words}]").into()),
        Kind::Rule => ("", "---".into()),
    };
    let depth = usize::from(part.indent).saturating_sub(1).min(20);
    for (at, line) in text.lines().enumerate() {
        mark(out, part.quote, false);
        out.extend(std::iter::repeat_n("  ", depth));
        match marker {
            "" if part.indent > 0 => out.push_str("  "),
            "" => {}
            _ if at > 0 => out.push_str("  "),
            marker => out.extend([marker, " "]),
        }
        // A space is a space to those who read it elsewhere.
        out.extend(
            line.split('\u{a0}')
                .enumerate()
                .flat_map(|(at, it)| [if at > 0 { " " } else { "" }, it]),
        );
        let end = out.trim_end_matches([' ', '\t']).len();
        out.truncate(end);
        out.push('\n');
    }
}

/// Rows as lines.
fn table(rows: &[Vec<Words>]) -> String {
    let mut out = String::new();
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                out.push_str(" | ");
            }
            out.extend(cell.text.split('\n').flat_map(|it| [it, " "]));
            let end = out.trim_end().len();
            out.truncate(end);
        }
        out.push('\n');
    }
    out
}

/// Lines with which newsletters begin, and which say nothing.
const IDLE: [&str; 12] = [
    "view in browser",
    "view this email",
    "view online",
    "view it in your browser",
    "read online",
    "open in browser",
    "im browser",
    "voir en ligne",
    "voir dans le navigateur",
    "afficher dans le navigateur",
    "ver en el navegador",
    "visualizza nel browser",
];

/// The first words of a mail on one line: without history, quotes, bare addresses and what newsletters begin with.
pub fn snippet(text: &str, most: usize) -> String {
    let said = quoted_from(text)
        .and_then(|end| text.get(..end))
        .unwrap_or(text);
    let mut lines = said.lines().map(str::trim).peekable();
    let mut out = String::new();
    let mut left = most;
    while let Some(line) = lines.next() {
        let idle = !out.is_empty() || !is_idle(line);
        let quotes = |it: &&str| it.starts_with('>');
        if line.starts_with('>') || !idle || introduces(line) && lines.peek().is_some_and(quotes) {
            continue;
        }
        for word in line.split_whitespace() {
            if left == 0 {
                return out;
            }
            let space = usize::from(!out.is_empty());
            out.extend(
                std::iter::repeat_n(' ', space)
                    .chain(word.chars())
                    .take(left),
            );
            left = left.saturating_sub(word.chars().count() + space);
        }
    }
    if out.is_empty() && said.len() < text.len() {
        let quoted = text.trim_start_matches(['>', ' ', '\n']).lines().next();
        return snippet(quoted.unwrap_or_default(), most);
    }
    out
}

/// Whether a line says nothing to who wonders what a mail is about.
fn is_idle(line: &str) -> bool {
    let bare = line.starts_with("http") && !line.contains(' ');
    let lower = line.chars().take(80).collect::<String>().to_lowercase();
    bare || !line.chars().any(char::is_alphanumeric)
        || line.chars().count() < 60 && IDLE.iter().any(|it| lower.contains(it))
}
