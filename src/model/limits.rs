//! What the networks refuse, as far as it is known. The server passes most of it on only as an error after sending, so
//! it is better said while typing; nothing here forbids to try.

use jiff::SignedDuration;

use super::account::Provider;

/// A part of what is written that has a length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Message,
    InmailSubject,
    InmailBody,
}

/// The most characters, and who says so. Numbers of clients are what their own programs let one type.
const LONGEST: &[(Provider, Part, usize)] = &[
    // LinkedIn's help, "Message character limit".
    (Provider::Linkedin, Part::Message, 8_000),
    // LinkedIn's help, "InMail messages: subject line and body".
    (Provider::Linkedin, Part::InmailSubject, 200),
    (Provider::Linkedin, Part::InmailBody, 1_900),
    // The client of WhatsApp.
    (Provider::Whatsapp, Part::Message, 65_536),
    // Telegram's API, `message_length_max`.
    (Provider::Telegram, Part::Message, 4_096),
    // Instagram's messaging API, "text: 1000 characters".
    (Provider::Instagram, Part::Message, 1_000),
    // The client of Messenger.
    (Provider::Messenger, Part::Message, 20_000),
    // X's API, direct messages.
    (Provider::Twitter, Part::Message, 10_000),
    // Slack's API, `chat.postMessage`.
    (Provider::Slack, Part::Message, 40_000),
];

/// How many characters a network takes at most.
pub fn longest(provider: &Provider, part: Part) -> Option<usize> {
    let found = LONGEST
        .iter()
        .find(|(it, of, _)| it == provider && *of == part);
    found.map(|(_, _, most)| *most)
}

/// How a text stands to a limit: how many characters it has and may have, once that is worth saying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    pub has: usize,
    pub most: usize,
}

impl Count {
    /// The count when the text is near the limit or over it.
    pub fn of(text: &str, provider: &Provider, part: Part) -> Option<Self> {
        let most = longest(provider, part)?;
        let near = most - most / 10;
        // A character has a byte at least.
        if text.len() < near {
            return None;
        }
        let has = text.chars().count();
        (has >= near).then_some(Self { has, most })
    }

    pub fn is_over(self) -> bool {
        self.has > self.most
    }
}

/// How long after sending a network lets a message be changed; absent where it does not.
pub fn editable(provider: &Provider) -> Option<SignedDuration> {
    match provider {
        Provider::Linkedin => Some(SignedDuration::from_mins(60)),
        Provider::Whatsapp => Some(SignedDuration::from_mins(15)),
        _ => None,
    }
}

/// Whether a network passes messages on.
pub fn forwards(provider: &Provider) -> bool {
    *provider == Provider::Whatsapp
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_told_from_a_tenth_below_the_limit_on_and_counts_letters_not_bytes() {
        let of = |count: usize| Count::of(&"é".repeat(count), &Provider::Instagram, Part::Message);
        assert_eq!(of(899), None);
        assert!(of(950).is_some_and(|it| it.has == 950 && !it.is_over()));
        assert!(of(1000).is_some_and(|it| !it.is_over()));
        assert!(of(1001).is_some_and(Count::is_over));
        let long = "x".repeat(1 << 20);
        assert_eq!(Count::of(&long, &Provider::Mobile, Part::Message), None);
    }
}
