//! Parts from which generated talk and mail are put together; the words are in `assets/demo/phrases.toml`.

use std::collections::HashMap;

use serde::Deserialize;

use super::rng::Rng;

/// All parts.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Phrases {
    /// Little exchanges between somebody (even lines) and the owner (odd lines).
    pub(super) talk: Vec<Talk>,
    /// Little exchanges in groups.
    pub(super) group: Vec<Talk>,
    pub(super) mail: Vec<MailPart>,
    pub(super) values: HashMap<String, Vec<String>>,
    /// Short answers by language.
    pub(super) acks: HashMap<String, Vec<String>>,
}

/// A coherent little exchange.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Talk {
    pub(super) lang: String,
    #[allow(
        dead_code,
        reason = "for those who write the file: it keeps the topics apart"
    )]
    topic: String,
    pub(super) lines: Vec<String>,
}

/// A mail with blanks.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MailPart {
    pub(super) kind: String,
    pub(super) subject: String,
    pub(super) from: Option<String>,
    pub(super) body: String,
    pub(super) reply: Option<String>,
}

impl Phrases {
    /// Reads the parts that are built in.
    pub(super) fn load() -> Result<Self, toml::de::Error> {
        toml::from_str(super::assets::PHRASES)
    }

    /// Fills the blanks of a text.
    pub(super) fn fill(&self, text: &str, first: &str, rng: &mut Rng) -> String {
        if !text.contains('{') {
            return text.to_owned();
        }
        let mut out = text.replace("{first}", first);
        for (name, words) in &self.values {
            let blank = format!("{{{name}}}");
            if out.contains(&blank) {
                out = out.replace(&blank, rng.pick(words).map_or("", String::as_str));
            }
        }
        if out.contains("{n}") {
            out = out.replace("{n}", &(2 + rng.below(40)).to_string());
        }
        out
    }

    /// A short answer in a language, English where that is missing.
    pub(super) fn ack(&self, lang: &str, rng: &mut Rng) -> String {
        let words = self.acks.get(lang).or_else(|| self.acks.get("en"));
        words
            .and_then(|words| rng.pick(words))
            .cloned()
            .unwrap_or_else(|| "👍".to_owned())
    }
}
