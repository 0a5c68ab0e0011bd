//! What is going to happen: the world's own small calendar of things due.

use serde::{Deserialize, Serialize};

use super::chat::Message;

/// Something that happens at a moment.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::demo) struct Plan {
    pub(in crate::demo) due: i64,
    pub(in crate::demo) what: What,
}

/// What happens.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::demo) enum What {
    /// A message reaches the other side.
    Deliver { chat: u32, n: u32 },
    /// The other side has read a message.
    Read { chat: u32, n: u32 },
    /// Somebody writes.
    Say { chat: u32, message: Message },
    /// Somebody reacts.
    React {
        chat: u32,
        n: u32,
        by: u32,
        emoji: String,
    },
    /// Something new happens by itself: a message, a mail.
    Stir,
    /// A mail is answered.
    AnswerMail { mailbox: u32, n: u32 },
    /// An account becomes healthy.
    Connect { account: u32 },
    /// An account loses its login.
    Drop { account: u32 },
    /// A linking attempt is finished on the phone.
    Approve { attempt: u32 },
    /// A connection request is accepted.
    Accept { invitation: String },
    /// A sent mail is opened by its reader.
    Open { mailbox: u32, n: u32 },
}
