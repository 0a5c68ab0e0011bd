//! What happens in the world, told to whoever runs the server.

use super::areas::words::moment;
use super::world::{Event, World};

/// One thing that happened, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// When, as the server writes moments.
    pub at: String,
    /// On which network.
    pub place: String,
    pub who: String,
    pub text: String,
}

/// How much there is in the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    pub accounts: usize,
    pub people: usize,
    pub chats: usize,
    pub messages: usize,
    pub mails: usize,
}

impl About {
    pub(super) fn of(world: &World) -> Self {
        Self {
            accounts: world
                .accounts
                .iter()
                .filter(|account| !account.gone)
                .count(),
            people: world.people.len().saturating_sub(1),
            chats: world.chats.iter().filter(|chat| !chat.gone).count(),
            messages: world.chats.iter().map(|chat| chat.times.len()).sum(),
            mails: world
                .mailboxes
                .iter()
                .map(|mailbox| mailbox.mails.len())
                .sum(),
        }
    }
}

/// An event in words; some are not worth telling.
pub(super) fn of(world: &World, event: &Event) -> Option<News> {
    let account = world.accounts.get(event.account as usize)?;
    let word = |path: &str| {
        event
            .payload
            .pointer(path)
            .and_then(|value| value.as_str())
            .unwrap_or_default()
            .to_owned()
    };
    let (who, text) = match event.event {
        "message_received" => {
            let text = word("/message");
            let text = if text.is_empty() {
                "(a file)".to_owned()
            } else {
                text
            };
            (word("/sender/attendee_name"), text)
        }
        "message_reaction" => (
            word("/reaction_sender/attendee_name"),
            format!("reacted with {}", word("/reaction")),
        ),
        "message_read" => (word("/read_by/attendee_name"), "has read it".to_owned()),
        "mail_received" => {
            let name = word("/from_attendee/display_name");
            let name = if name.is_empty() {
                word("/from_attendee/identifier")
            } else {
                name
            };
            (name, word("/subject"))
        }
        "mail_sent" => ("Ada Martin".to_owned(), word("/subject")),
        "mail_opened" => ("Somebody".to_owned(), "opened a tracked mail".to_owned()),
        "new_relation" => (
            word("/user_full_name"),
            "accepted the invitation".to_owned(),
        ),
        _ if event.source == "account_status" => {
            (account.name.clone(), format!("is now {}", event.event))
        }
        _ => return None,
    };
    Some(News {
        at: moment(world.now),
        place: account.network.word().to_lowercase().replace("_oauth", ""),
        who,
        text,
    })
}
