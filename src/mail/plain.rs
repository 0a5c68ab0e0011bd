//! A letter as plain text: to copy, to quote, to send along with HTML, for the shell.

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
        if let Some(before) = last {
            if !part.close {
                mark(&mut out, before.quote.min(part.quote), true);
            }
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
    match empty {
        true => out.push('\n'),
        false if quote > 0 => out.push(' '),
        false => {}
    }
}

fn write(out: &mut String, part: &Part) {
    let (marker, text) = match &part.kind {
        Kind::Paragraph(words) | Kind::Heading(_, words) => ("", words.text.as_str().into()),
        Kind::Item(marker, words) => (marker.as_str(), words.text.as_str().into()),
        Kind::Code(text) => ("", text.as_str().into()),
        Kind::Table(rows) => ("", table(rows).into()),
        Kind::Picture { words, .. } if words.is_empty() => return,
        Kind::Picture { words, .. } => ("", format!("[{words}]").into()),
        Kind::Rule => ("", std::borrow::Cow::Borrowed("---")),
    };
    let text: std::borrow::Cow<'_, str> = text;
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
        out.push_str(line);
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
