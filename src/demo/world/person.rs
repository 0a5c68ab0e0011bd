//! People of the demo world, as `assets/demo/people/*.toml` describes them, and what each network calls them.

use serde::{Deserialize, Serialize};

use super::account::Network;
use crate::demo::rng::{hash, mix};

/// A person. A network's key is there when the person can be reached on it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(in crate::demo) struct Person {
    pub(in crate::demo) key: String,
    pub(in crate::demo) name: String,
    pub(in crate::demo) headline: String,
    pub(in crate::demo) company: Option<String>,
    pub(in crate::demo) location: String,
    pub(in crate::demo) linkedin: Option<String>,
    pub(in crate::demo) degree: Option<u8>,
    pub(in crate::demo) whatsapp: Option<String>,
    pub(in crate::demo) email: Option<String>,
    pub(in crate::demo) telegram: Option<String>,
    pub(in crate::demo) instagram: Option<String>,
    pub(in crate::demo) messenger: Option<String>,
    pub(in crate::demo) x: Option<String>,
    pub(in crate::demo) slack: Option<String>,
    pub(in crate::demo) about: String,
    pub(in crate::demo) languages: Vec<String>,
    pub(in crate::demo) skills: Vec<String>,
    pub(in crate::demo) work: Vec<Stage>,
    pub(in crate::demo) education: Vec<School>,
}

/// A job somebody had.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(in crate::demo) struct Stage {
    pub(in crate::demo) title: String,
    pub(in crate::demo) company: String,
    pub(in crate::demo) from: String,
    pub(in crate::demo) to: Option<String>,
    pub(in crate::demo) location: Option<String>,
    pub(in crate::demo) description: Option<String>,
}

/// Where somebody learned.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(in crate::demo) struct School {
    pub(in crate::demo) school: String,
    pub(in crate::demo) degree: Option<String>,
    pub(in crate::demo) field: Option<String>,
    pub(in crate::demo) from: Option<String>,
    pub(in crate::demo) to: Option<String>,
}

impl Person {
    /// A number that is this person's own.
    pub(in crate::demo) fn number(&self) -> u64 {
        hash(&self.key)
    }

    /// First word of the name.
    pub(in crate::demo) fn first(&self) -> &str {
        self.name.split_whitespace().next().unwrap_or(&self.name)
    }

    /// The rest of the name.
    pub(in crate::demo) fn last(&self) -> &str {
        self.name
            .split_once(char::is_whitespace)
            .map_or("", |(_, last)| last.trim())
    }

    /// What the person types to be found on a network: a public name, a number or an address.
    pub(in crate::demo) fn handle(&self, network: Network) -> Option<&str> {
        match network {
            Network::Linkedin => self.linkedin.as_deref(),
            Network::Whatsapp => self.whatsapp.as_deref(),
            Network::Telegram => self.telegram.as_deref(),
            Network::Instagram => self.instagram.as_deref(),
            Network::Messenger => self.messenger.as_deref(),
            Network::Twitter => self.x.as_deref(),
            Network::Slack => self.slack.as_deref(),
            Network::Google | Network::Outlook | Network::Mail => self.email.as_deref(),
        }
    }

    /// What the network calls the person; `None` when they are not on it.
    pub(in crate::demo) fn provider_id(&self, network: Network) -> Option<String> {
        let handle = self.handle(network)?;
        let number = mix(self.number(), network as u64);
        Some(match network {
            Network::Linkedin => linkedin_id("ACoAA", number),
            Network::Whatsapp => format!("{}@s.whatsapp.net", handle.trim_start_matches('+')),
            Network::Telegram => (100_000_000 + number % 6_000_000_000).to_string(),
            Network::Instagram => (1_000_000_000 + number % 60_000_000_000).to_string(),
            Network::Messenger => (100_000_000_000_000 + number % 900_000_000_000).to_string(),
            Network::Twitter => (10_000_000 + number % 1_700_000_000).to_string(),
            Network::Slack => format!("U0{:08X}", number & 0xffff_ffff),
            Network::Google | Network::Outlook | Network::Mail => handle.to_owned(),
        })
    }
}

/// An id as LinkedIn writes them: a prefix for the product and 34 more characters.
pub(in crate::demo) fn linkedin_id(prefix: &str, number: u64) -> String {
    use base64::Engine as _;
    let bytes: Vec<u8> = (0..4)
        .flat_map(|n| mix(number, n).to_be_bytes())
        .take(25)
        .collect();
    format!(
        "{prefix}{}",
        base64::prelude::BASE64_URL_SAFE_NO_PAD.encode(bytes)
    )
}
