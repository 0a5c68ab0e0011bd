//! Keys as the program knows them, and how they are written: `r`, `^K`, `alt-Enter`, `PgDn`.

use std::fmt;
use std::str::FromStr;

/// One press of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    pub code: Code,
    pub ctrl: bool,
    pub alt: bool,
    /// Never set for characters: a capital letter says it already.
    pub shift: bool,
}

/// Which key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    Char(char),
    Enter,
    Esc,
    Tab,
    Backspace,
    Delete,
    Insert,
    Home,
    End,
    PageUp,
    PageDown,
    Up,
    Down,
    Left,
    Right,
    F(u8),
}

/// Names of the keys that are no characters; the first of several is the one shown.
const NAMES: [(Code, &str); 18] = [
    (Code::Enter, "Enter"),
    (Code::Enter, "Return"),
    (Code::Esc, "Esc"),
    (Code::Esc, "Escape"),
    (Code::Tab, "Tab"),
    (Code::Backspace, "Backspace"),
    (Code::Delete, "Del"),
    (Code::Delete, "Delete"),
    (Code::Insert, "Ins"),
    (Code::Home, "Home"),
    (Code::End, "End"),
    (Code::PageUp, "PgUp"),
    (Code::PageDown, "PgDn"),
    (Code::Up, "Up"),
    (Code::Down, "Down"),
    (Code::Left, "Left"),
    (Code::Right, "Right"),
    (Code::Char(' '), "Space"),
];

impl Key {
    /// A key with nothing held.
    pub const fn plain(code: Code) -> Self {
        Self {
            code,
            ctrl: false,
            alt: false,
            shift: false,
        }
    }

    /// A character as it is typed.
    pub const fn char(it: char) -> Self {
        Self::plain(Code::Char(it))
    }

    /// A letter with Ctrl held.
    pub const fn ctrl(it: char) -> Self {
        Self {
            ctrl: true,
            ..Self::char(it)
        }
    }

    /// The character that this key types, if it types one.
    pub fn typed(&self) -> Option<char> {
        match self.code {
            Code::Char(it) if !self.ctrl && !self.alt => Some(it),
            _ => None,
        }
    }

    /// How it is shown to people: `⏎` for Enter, `↓` for Down.
    pub fn label(&self, ascii: bool) -> String {
        if ascii {
            return self.to_string();
        }
        let short = match self.code {
            Code::Enter => "⏎",
            Code::Up => "↑",
            Code::Down => "↓",
            Code::Left => "←",
            Code::Right => "→",
            _ => return self.to_string(),
        };
        let alt = if self.alt { "⌥" } else { "" };
        let shift = if self.shift { "⇧" } else { "" };
        let ctrl = if self.ctrl { "^" } else { "" };
        format!("{ctrl}{alt}{shift}{short}")
    }
}

/// A key that nobody can press.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no key; keys are written like r, G, ^K, alt-Enter, shift-Tab, PgDn, F5 or Space")]
pub struct NoKey(String);

impl FromStr for Key {
    type Err = NoKey;

    fn from_str(text: &str) -> Result<Self, NoKey> {
        let mut key = Self::plain(Code::Esc);
        let mut rest = text;
        loop {
            if let Some(after) = strip(rest, &["ctrl-", "c-", "^"]) {
                key.ctrl = true;
                rest = after;
            } else if let Some(after) = strip(rest, &["alt-", "a-", "m-"]) {
                key.alt = true;
                rest = after;
            } else if let Some(after) = strip(rest, &["shift-", "s-"]) {
                key.shift = true;
                rest = after;
            } else {
                break;
            }
        }
        key.code = code(rest).ok_or_else(|| NoKey(text.to_owned()))?;
        if let Code::Char(it) = key.code {
            // Terminals report Ctrl with small letters, and Shift as a capital.
            let it = if key.shift {
                it.to_ascii_uppercase()
            } else {
                it
            };
            key.code = Code::Char(if key.ctrl {
                it.to_ascii_lowercase()
            } else {
                it
            });
            key.shift = false;
        }
        Ok(key)
    }
}

/// Takes the first prefix that is there, as long as something is left behind it.
fn strip<'t>(text: &'t str, prefixes: &[&str]) -> Option<&'t str> {
    prefixes.iter().find_map(|prefix| {
        let head = text.get(..prefix.len())?;
        let rest = text.get(prefix.len()..)?;
        (head.eq_ignore_ascii_case(prefix) && !rest.is_empty()).then_some(rest)
    })
}

fn code(name: &str) -> Option<Code> {
    let mut chars = name.chars();
    if let (Some(only), None) = (chars.next(), chars.next()) {
        return (!only.is_control()).then_some(Code::Char(only));
    }
    let number = name.strip_prefix(['F', 'f']).and_then(|it| it.parse().ok());
    if let Some(number @ 1..=24) = number {
        return Some(Code::F(number));
    }
    let named = NAMES
        .iter()
        .find(|(_, known)| known.eq_ignore_ascii_case(name));
    named.map(|(code, _)| *code)
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.alt {
            f.write_str("alt-")?;
        }
        if self.shift {
            f.write_str("shift-")?;
        }
        if self.ctrl {
            f.write_str("^")?;
        }
        if let Some((_, name)) = NAMES.iter().find(|(code, _)| *code == self.code) {
            return f.write_str(name);
        }
        match self.code {
            Code::Char(it) if self.ctrl => write!(f, "{}", it.to_ascii_uppercase()),
            Code::Char(it) => write!(f, "{it}"),
            Code::F(number) => write!(f, "F{number}"),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_they_are_written() {
        for text in [
            "r",
            "G",
            "^K",
            "alt-Enter",
            "shift-Tab",
            "PgDn",
            "F5",
            "Space",
            "?",
            "^",
            "-",
            "+",
            "alt-^B",
            "é",
        ] {
            let key: Key = text.parse().unwrap();
            assert_eq!(key.to_string(), text);
        }
        assert_eq!("ctrl-k".parse(), Ok(Key::ctrl('k')));
        assert_eq!("C-K".parse(), Ok(Key::ctrl('k')));
        assert_eq!("shift-g".parse(), Ok(Key::char('G')));
        for text in ["", "gg", "Hyper", "F0", "F99", "\u{7}"] {
            assert!(text.parse::<Key>().is_err(), "{text:?}");
        }
    }
}
