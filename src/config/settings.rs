//! The settings that are words and numbers, each with its default.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use serde::{Deserialize, Deserializer};

/// When a conversation counts as read, here and at its network.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReadMarks {
    /// As soon as it is opened.
    #[default]
    Open,
    /// When it is answered.
    Reply,
    /// When the user says so.
    Manual,
}

/// A folder of the user's, as a whole path.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Folder(pub PathBuf);

impl TryFrom<String> for Folder {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let home = text.strip_prefix('~').and_then(|rest| {
            let inside = rest.strip_prefix('/').or(rest.is_empty().then_some(""))?;
            Some(std::env::home_dir()?.join(inside))
        });
        let path = home.unwrap_or_else(|| PathBuf::from(&text));
        if path.is_absolute() {
            Ok(Self(path))
        } else {
            Err(
                "a folder is a whole path such as \"~/Downloads\" or \"/home/ada/files\""
                    .to_owned(),
            )
        }
    }
}

/// What is fetched from the server.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sync {
    pub history: History,
}

/// How far back messages and mails are fetched.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum History {
    #[default]
    All,
    /// Only what comes from now on, and what the user asks for.
    None,
    Days(u32),
}

impl TryFrom<String> for History {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        let days = |word: &str| {
            word.strip_suffix('d')?
                .parse()
                .ok()
                .filter(|days| *days > 0)
        };
        match word.as_str() {
            "all" => Ok(Self::All),
            "none" => Ok(Self::None),
            other => days(other).map(Self::Days).ok_or_else(|| {
                "history is \"all\", \"none\" or a number of days such as \"90d\"".to_owned()
            }),
        }
    }
}

/// How messages leave.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sending {
    /// How long a message can be taken back before it leaves.
    pub undo_seconds: u16,
    /// Whether drafts of mails are kept at the provider, too.
    pub mirror_drafts: bool,
}

impl Default for Sending {
    fn default() -> Self {
        Self {
            undo_seconds: 8,
            mirror_drafts: true,
        }
    }
}

/// How the server tells of news by itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Webhooks {
    /// Where to listen; port 0 takes any free one.
    pub listen: SocketAddr,
    /// Under which address the server reaches that place. For a server on this machine it can be worked out.
    #[serde(deserialize_with = "web_address")]
    pub public_url: Option<String>,
}

impl Default for Webhooks {
    fn default() -> Self {
        Self {
            listen: (Ipv4Addr::LOCALHOST, 0).into(),
            public_url: None,
        }
    }
}

fn web_address<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(from)?;
    let is_web = |url: &reqwest::Url| matches!(url.scheme(), "http" | "https");
    if reqwest::Url::parse(&text).is_ok_and(|url| is_web(&url)) {
        Ok(Some(text))
    } else {
        Err(serde::de::Error::custom(
            "public_url is a whole address such as \"https://hooks.example.org/onebox\"",
        ))
    }
}
