//! How the screen looks and which keys do what.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Images;

/// How the screen looks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Screen {
    /// Name of a theme; `auto` is dark or light as the terminal is.
    pub theme: String,
    pub clock: Clock,
    pub enter: Enter,
    /// How pictures reach the terminal.
    pub images: Images,
    /// Whether clicks and the wheel mean something.
    pub mouse: bool,
    /// Nothing outside ASCII is drawn.
    pub ascii: bool,
    /// No boxes and nothing that moves, for screen readers.
    pub plain: bool,
}

impl Default for Screen {
    fn default() -> Self {
        Self {
            theme: AUTO.to_owned(),
            clock: Clock::default(),
            enter: Enter::default(),
            images: Images::default(),
            mouse: true,
            ascii: false,
            plain: false,
        }
    }
}

/// Dark or light, as the terminal is.
pub const AUTO: &str = "auto";

/// How the time of day is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub enum Clock {
    #[default]
    #[serde(rename = "24h")]
    Day,
    #[serde(rename = "12h")]
    HalfDay,
}

/// What Enter does in the composer; Alt-Enter does the other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Enter {
    #[default]
    Sends,
    Breaks,
}

/// Keys by the name of their command.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Keys {
    commands: BTreeMap<String, OneOrMore>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(
    untagged,
    expecting = "keys are written like \"e\" or [\"e\", \"^E\"]; [] takes all keys away"
)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl Keys {
    /// All keys that a command shall have, by its name.
    pub fn all(&self) -> BTreeMap<String, Vec<String>> {
        let keys = |it: &OneOrMore| match it {
            OneOrMore::One(key) => vec![key.clone()],
            OneOrMore::More(keys) => keys.clone(),
        };
        let all = self.commands.iter();
        all.map(|(name, it)| (name.clone(), keys(it))).collect()
    }
}
