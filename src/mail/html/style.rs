//! What the style of a tag says that matters to a reader: whether anything is seen at all, and a few looks.

use std::collections::HashSet;

use crate::model::text::beginning;

/// What an inline style says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub hidden: bool,
    /// It is shown, whatever a class says.
    pub shown: bool,
    /// Letters too small to be seen, or large enough again.
    pub tiny: Option<bool>,
    pub strong: Option<bool>,
    pub emphasis: Option<bool>,
    pub struck: bool,
    /// Without room above and below.
    pub flush: bool,
    /// White space stays as it is.
    pub keep: Option<bool>,
    pub width: Option<u32>,
    pub height: Option<u32>,
    /// It wants a picture from a server.
    pub fetches: bool,
}

impl Style {
    pub fn of(text: &str) -> Self {
        let mut style = Self::default();
        let (mut clipped, mut flat) = (false, false);
        for rule in text.split(';').take(RULES) {
            let Some((name, value)) = rule.split_once(':') else {
                continue;
            };
            let (name, value) = (name.trim(), value.trim());
            match name.to_ascii_lowercase().as_str() {
                "overflow" => clipped = starts(value, "hidden"),
                "max-height" | "height" | "max-width" if number(value) == Some(0.0) => flat = true,
                name => style.take(name, value),
            }
        }
        style.hidden |= flat && clipped;
        style
    }

    /// Takes in one rule.
    fn take(&mut self, name: &str, value: &str) {
        let is = |word: &str| starts(value, word);
        match name {
            "display" if is("none") => self.hidden = true,
            "display" => self.shown = true,
            "visibility" if is("hidden") || is("collapse") => self.hidden = true,
            "mso-hide" if is("all") => self.hidden = true,
            "opacity" if number(value) == Some(0.0) => self.hidden = true,
            "font-size" => self.tiny = number(value).map(|it| it < 2.0 && !relative(value)),
            "font-weight" => self.strong = weight(value),
            "font-style" => self.emphasis = Some(is("italic") || is("oblique")),
            "text-decoration" | "text-decoration-line" => {
                self.struck |= value.contains("line-through");
            }
            "white-space" => self.keep = Some(is("pre") || is("break-spaces")),
            "margin" | "margin-bottom" => self.flush = number(value).is_some_and(|it| it < 2.0),
            "width" => self.width = pixels(value),
            "height" => self.height = pixels(value),
            "background" | "background-image" => {
                self.fetches |= value.contains("url(") && value.contains("//");
            }
            _ => {}
        }
    }
}

/// No honest style has more rules.
const RULES: usize = 60;

fn starts(text: &str, word: &str) -> bool {
    text.get(..word.len())
        .is_some_and(|it| it.eq_ignore_ascii_case(word))
}

fn relative(value: &str) -> bool {
    value.contains("em") || value.contains('%')
}

/// The number at the beginning.
fn number(value: &str) -> Option<f32> {
    let end = value
        .bytes()
        .position(|b| !b.is_ascii_digit() && b != b'.')
        .unwrap_or(value.len());
    value.get(..end)?.parse().ok()
}

/// A length in pixels; none for a share of something.
pub(super) fn pixels(value: &str) -> Option<u32> {
    let value = value.trim();
    if value.contains('%') || value.contains("em") {
        return None;
    }
    let end = value
        .bytes()
        .position(|b| !b.is_ascii_digit())
        .unwrap_or(value.len());
    value.get(..end)?.parse().ok()
}

fn weight(value: &str) -> Option<bool> {
    if let Some(number) = number(value) {
        return Some(number >= 600.0);
    }
    if starts(value, "bold") {
        return Some(true);
    }
    starts(value, "normal").then_some(false)
}

/// The classes and ids that the style sheets of a mail hide.
#[derive(Debug, Default)]
pub(super) struct Sheet<'a> {
    hidden: HashSet<&'a str>,
}

/// So much of all style sheets is read.
const SHEET: usize = 200_000;

impl<'a> Sheet<'a> {
    /// Reads a style sheet; rules for certain screens do not count.
    pub fn read(&mut self, text: &'a str) {
        let mut rest = beginning(text, SHEET);
        while let Some((selectors, tail)) = rest.split_once('{') {
            if selectors.contains('@') {
                rest = after_block(tail);
                continue;
            }
            let Some((rules, tail)) = tail.split_once('}') else {
                return;
            };
            if Style::of(rules).hidden {
                for selector in selectors.split(',').take(50) {
                    self.hidden.extend(simple(selector.trim()));
                }
            }
            rest = tail;
        }
    }

    /// Whether something with these classes and this id is hidden.
    pub fn hides(&self, classes: Option<&str>, id: Option<&str>) -> bool {
        if self.hidden.is_empty() {
            return false;
        }
        let mut classes = classes.into_iter().flat_map(str::split_ascii_whitespace);
        classes.any(|it| self.hidden.contains(it)) || id.is_some_and(|it| self.hidden.contains(it))
    }
}

/// The class or id of a selector that is nothing but one.
fn simple(selector: &str) -> Option<&str> {
    let selector = selector.rsplit("*/").next()?.trim();
    let at = selector.find(['.', '#'])?;
    let name = selector.get(at + 1..)?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_') || b >= 0x80;
    let tag = selector.get(..at)?;
    (!name.is_empty() && name.bytes().all(plain) && tag.bytes().all(|b| b.is_ascii_alphanumeric()))
        .then_some(name)
}

/// What follows a block that holds blocks.
fn after_block(text: &str) -> &str {
    let mut depth = 1_u32;
    for (at, b) in text.bytes().enumerate() {
        match b {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return text.get(at + 1..).unwrap_or_default();
        }
    }
    ""
}
