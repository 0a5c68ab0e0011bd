//! Header lines: folded, with words in other scripts encoded (RFC 2047), and parameters with them (RFC 2231).

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::model::email::Address;
use crate::model::text::clean;

/// Longest line of a header, where it can be.
pub(super) const LINE: usize = 76;
/// So many bytes of text in one encoded word; it may have 75 characters in all.
const WORD: usize = 42;
/// A word without a space that is longer could make a line that no server takes.
const LONGEST: usize = 900;
/// So many characters of a parameter stand on one line.
const PARAMETER: usize = 54;

/// Writes a header; an empty one is left out. Line breaks in a value cannot make another header of it.
pub(super) fn header(out: &mut String, name: &str, value: &str) {
    let value = one_line(value);
    if value.is_empty() {
        return;
    }
    let parts = if is_plain(&value) {
        value.split(' ').map(str::to_owned).collect()
    } else {
        encoded(&value)
    };
    folded(out, name, &parts);
}

/// Writes ids of mails, each in angle brackets.
pub(super) fn ids(out: &mut String, name: &str, value: Option<&str>) {
    let all = value.unwrap_or_default().split(|c: char| c.is_whitespace());
    let parts: Vec<String> = all
        .map(|id| {
            id.chars()
                .filter(char::is_ascii_graphic)
                .collect::<String>()
        })
        .filter(|id| !id.is_empty() && id.len() <= LONGEST)
        .map(|id| {
            if id.starts_with('<') {
                id
            } else {
                format!("<{id}>")
            }
        })
        .collect();
    if !parts.is_empty() {
        folded(out, name, &parts);
    }
}

pub(super) fn addresses(out: &mut String, name: &str, list: &[Address]) {
    let mut parts = Vec::new();
    for it in list {
        let address = clean(&it.address);
        let address: String = address
            .chars()
            .filter(|c| !c.is_whitespace() && !"<>,;".contains(*c))
            .collect();
        if address.is_empty() {
            continue;
        }
        if let Some(last) = parts.last_mut() {
            let last: &mut String = last;
            last.push(',');
        }
        let called = one_line(it.name.as_deref().unwrap_or_default());
        if called.is_empty() {
            parts.push(address);
        } else if is_plain(&called) {
            let quoted = called.replace('\\', "\\\\").replace('"', "\\\"");
            parts.push(format!("\"{quoted}\" <{address}>"));
        } else {
            parts.extend(encoded(&called));
            parts.push(format!("<{address}>"));
        }
    }
    if !parts.is_empty() {
        folded(out, name, &parts);
    }
}

/// Writes parts with spaces between them, in lines that are not too long.
fn folded(out: &mut String, name: &str, parts: &[String]) {
    let _ = write!(out, "{name}:");
    let mut used = name.len() + 1;
    for (number, part) in parts.iter().enumerate() {
        if number > 0 && used + 1 + part.len() > LINE {
            out.push('\n');
            used = 0;
        }
        out.push(' ');
        out.push_str(part);
        used += 1 + part.len();
    }
    out.push('\n');
}

/// Text on one line, harmless to a terminal.
fn one_line(text: &str) -> String {
    let cleaned = clean(text);
    let spaces = cleaned
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c });
    spaces.collect::<String>().trim().to_owned()
}

/// Whether text can stand as it is: folding and unfolding leaves it so.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, b' '..=b'~'))
        && !text.contains("=?")
        && !text.contains("  ")
        && text.split(' ').all(|word| word.len() <= LONGEST)
}

/// Text as encoded words, cut between characters.
fn encoded(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut piece = String::new();
    let word = |piece: &str| format!("=?UTF-8?B?{}?=", STANDARD.encode(piece));
    for c in text.chars() {
        if piece.len() + c.len_utf8() > WORD {
            words.push(word(&piece));
            piece.clear();
        }
        piece.push(c);
    }
    words.push(word(&piece));
    words
}

/// Writes a parameter of a header that was begun, on lines of its own.
pub(super) fn parameter(out: &mut String, name: &str, value: &str) {
    let value = one_line(value);
    let plain = value.bytes().all(|b| matches!(b, b' '..=b'~'));
    if plain && value.len() <= PARAMETER {
        let quoted = value.replace('\\', "\\\\").replace('"', "\\\"");
        let _ = write!(out, ";\n {name}=\"{quoted}\"");
        return;
    }
    let mut pieces = vec![String::new()];
    for c in value.chars() {
        let mut one = String::new();
        for byte in c.encode_utf8(&mut [0; 4]).bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                one.push(char::from(byte));
            } else {
                let _ = write!(one, "%{byte:02X}");
            }
        }
        match pieces.last_mut() {
            Some(last) if last.len() + one.len() <= PARAMETER => last.push_str(&one),
            _ => pieces.push(one),
        }
    }
    if let [one] = pieces.as_slice() {
        let _ = write!(out, ";\n {name}*=UTF-8''{one}");
        return;
    }
    for (number, piece) in pieces.iter().enumerate() {
        let charset = if number == 0 { "UTF-8''" } else { "" };
        let _ = write!(out, ";\n {name}*{number}*={charset}{piece}");
    }
}
