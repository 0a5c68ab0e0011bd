//! Characters that are spelled with `&`.

use std::borrow::Cow;

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// No entity has a longer name.
const LONGEST: usize = 33;

/// Nor has one a longer name that may do without a semicolon.
const WITHOUT_SEMICOLON: usize = 6;

/// A character or two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spelled {
    pub first: char,
    pub second: Option<char>,
}

/// The character that is spelled at the beginning of a text, which begins with `&`, and how long its spelling is.
pub(super) fn at_start(text: &str, in_attribute: bool) -> Option<(Spelled, usize)> {
    let inside = text.get(1..)?;
    if let Some(number) = inside.strip_prefix('#') {
        let (c, len) = numbered(number)?;
        return Some((one(c), len + 2));
    }
    // These are nearly all there are.
    for (name, c) in [
        ("nbsp;", '\u{a0}'),
        ("amp;", '&'),
        ("lt;", '<'),
        ("gt;", '>'),
        ("quot;", '"'),
    ] {
        if inside.starts_with(name) {
            return Some((one(c), name.len() + 1));
        }
    }
    named(inside, in_attribute)
}

fn one(first: char) -> Spelled {
    Spelled {
        first,
        second: None,
    }
}

fn numbered(text: &str) -> Option<(char, usize)> {
    let (digits, radix, before) = match text.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 1),
        None => (text, 10, 0),
    };
    let len = digits
        .bytes()
        .take_while(|b| char::from(*b).is_digit(radix))
        .count();
    if len == 0 {
        return None;
    }
    let code = digits
        .get(..len)
        .and_then(|it| u32::from_str_radix(it, radix).ok());
    let semicolon = digits.as_bytes().get(len) == Some(&b';');
    let c = match code {
        Some(code @ 0x80..=0x9f) => {
            let at = usize::try_from(code - 0x80).unwrap_or_default();
            C1_REPLACEMENTS
                .get(at)
                .copied()
                .flatten()
                .or(char::from_u32(code))
        }
        Some(0) | None => None,
        Some(code) => char::from_u32(code),
    };
    Some((
        c.unwrap_or('\u{fffd}'),
        before + len + usize::from(semicolon),
    ))
}

/// The longest name that is one.
fn named(text: &str, in_attribute: bool) -> Option<(Spelled, usize)> {
    let bytes = text.as_bytes();
    let word = bytes
        .iter()
        .take(LONGEST)
        .take_while(|b| b.is_ascii_alphanumeric())
        .count();
    if word == 0 {
        return None;
    }
    let end = word + usize::from(bytes.get(word) == Some(&b';'));
    let known = |len: usize| {
        let name = text.get(..len)?;
        let (first, second) = *NAMED_ENTITIES.get(name)?;
        let first = char::from_u32(first).filter(|c| *c != '\0')?;
        let second = char::from_u32(second).filter(|c| *c != '\0');
        Some((Spelled { first, second }, len + 1))
    };
    if let Some(found) = known(end).filter(|_| end > word) {
        return Some(found);
    }
    let found = (2..=word.min(WITHOUT_SEMICOLON)).rev().find_map(known)?;
    // In the address of a link `&copy=1` is a parameter.
    let next = bytes.get(found.1 - 1);
    let goes_on = next.is_some_and(|b| *b == b'=' || b.is_ascii_alphanumeric());
    (!(in_attribute && goes_on)).then_some(found)
}

/// A value with its entities resolved.
pub(super) fn in_attribute(raw: &str) -> Cow<'_, str> {
    if !raw.contains('&') {
        return Cow::Borrowed(raw);
    }
    let (mut out, mut rest) = (String::with_capacity(raw.len()), raw);
    while let Some((before, _)) = rest.split_once('&') {
        out.push_str(before);
        rest = rest.get(before.len()..).unwrap_or_default();
        let (spelled, len) = at_start(rest, true).unwrap_or((one('&'), 1));
        out.push(spelled.first);
        out.extend(spelled.second);
        rest = rest.get(len..).unwrap_or_default();
    }
    out.push_str(rest);
    Cow::Owned(out)
}
