//! Small stores with a bit of everything, for the tests of searching.

use jiff::Timestamp;
use proptest::prelude::*;

use crate::model::attachment::{Attachment, AttachmentKind};
use crate::model::chat::{Chat, ChatKind, Muted};
use crate::model::email::{Address, Email, Extent, Folder, FolderRole};
use crate::model::message::Message;
use crate::model::person::Attendee;
use crate::store::apply::{self, Stamp};
use crate::store::{Care, Store};

/// 14 November 2023.
pub(super) const BEGAN: i64 = 1_700_000_000;
/// Somebody a chat or a mail may be with.
const PEOPLE: &[(&str, &str)] = &[
    ("p0", "Ada Lovelace"),
    ("p1", "Bo Berg"),
    ("p2", "Adam Réunion"),
    ("bo@x.example", "Bo Berg"),
    ("ada@y.example", "Ada Lovelace"),
];
const WORDS: &[&str] = &[
    "alpha",
    "beta",
    "gamma",
    "Alphabet",
    "réunion",
    "東京",
    "https://x.example/alpha",
    "to",
    "be",
];
const SUBJECTS: &[&str] = &["Offer alpha", "Réunion", "Re: offer"];
const FOLDERS: [&str; 3] = ["Inbox", "Receipts", "Team mail"];

pub(super) fn name_of(id: &str) -> Option<&'static str> {
    PEOPLE
        .iter()
        .find(|(known, _)| *known == id)
        .map(|(_, name)| *name)
}

/// Whom a chat is with; nobody for a group without members.
pub(super) fn other(chat: &str) -> Option<&'static str> {
    let nth: usize = chat.strip_prefix("chat")?.parse().ok()?;
    PEOPLE.get(nth).filter(|_| nth < 3).map(|(id, _)| *id)
}

/// What a store is made of.
#[derive(Debug, Clone, Default)]
pub(super) struct Story {
    pub(super) messages: Vec<Said>,
    mails: Vec<Mailed>,
    /// Of each chat: how many are unread, whether it is muted, archived or starred.
    chats: Vec<(u64, bool, bool, bool)>,
}

#[derive(Debug, Clone)]
pub(super) struct Said {
    chat: usize,
    second: i64,
    text: String,
    own: bool,
    file: Option<bool>,
    hidden: bool,
    starred: bool,
}

#[derive(Debug, Clone)]
struct Mailed {
    second: i64,
    text: String,
    subject: usize,
    from: usize,
    to: usize,
    folder: usize,
    read: bool,
    own: bool,
}

/// A plain message of Ada's.
pub(super) fn said(second: i64, text: &str) -> Said {
    Said {
        chat: 0,
        second,
        text: text.to_owned(),
        own: false,
        file: None,
        hidden: false,
        starred: false,
    }
}

fn texts() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(WORDS), 0..6).prop_map(|words| words.join(" "))
}

pub(super) fn stories() -> impl Strategy<Value = Story> {
    let seconds = || 0..4 * 86_400_i64;
    let rarely = || prop::bool::weighted(0.1);
    let said = (
        0..4_usize,
        seconds(),
        texts(),
        any::<bool>(),
        prop::option::weighted(0.3, any::<bool>()),
        rarely(),
        rarely(),
    );
    let said = said.prop_map(|(chat, second, text, own, file, hidden, starred)| Said {
        chat,
        second,
        text,
        own,
        file,
        hidden,
        starred,
    });
    let mailed = (
        seconds(),
        texts(),
        0..SUBJECTS.len(),
        3..5_usize,
        3..5_usize,
        0..FOLDERS.len(),
        any::<bool>(),
        rarely(),
    );
    let mailed = mailed.prop_map(
        |(second, text, subject, from, to, folder, read, own)| Mailed {
            second,
            text,
            subject,
            from,
            to,
            folder,
            read,
            own,
        },
    );
    let chats = prop::collection::vec((0..4_u64, rarely(), rarely(), rarely()), 4);
    let parts = (
        prop::collection::vec(said, 0..40),
        prop::collection::vec(mailed, 0..12),
        chats,
    );
    parts.prop_map(|(messages, mails, chats)| Story {
        messages,
        mails,
        chats,
    })
}

impl Story {
    /// The store in which all of it has happened.
    pub(super) fn told(self) -> (tempfile::TempDir, Store) {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&dir.path().join("profile")).unwrap();
        store
            .write_now(Care::Cache, move |tx| {
                let people: Vec<_> = PEOPLE.iter().take(3).map(|(id, name)| attendee(id, name)).collect();
                apply::attendees(tx, &people, Stamp(1))?;
                let marks = |nth: usize| self.chats.get(nth).copied().unwrap_or_default();
                let chats: Vec<_> = (0..4).map(|nth| chat(nth, &marks(nth))).collect();
                apply::folders(tx, "mail", &FOLDERS.map(folder), Stamp(1))?;
                apply::chats(tx, &chats, Stamp(1))?;
                let messages: Vec<_> = self.messages.iter().enumerate().map(|(nth, it)| message(nth, it)).collect();
                for page in messages.chunks(7) {
                    apply::messages(tx, page, Stamp(1))?;
                }
                let mails: Vec<_> = self.mails.iter().enumerate().map(|(nth, it)| mail(nth, it)).collect();
                apply::mails(tx, &mails, Stamp(1))?;
                tx.execute_batch(
                    "UPDATE accounts SET provider = 'WHATSAPP' WHERE uid = 'acc';
                     UPDATE accounts SET name = 'Work' WHERE uid = 'mail';",
                )?;
                for (nth, _) in self.messages.iter().enumerate().filter(|(_, it)| it.starred) {
                    tx.execute("UPDATE messages SET starred = 1 WHERE uid = ?1", [format!("m{nth}")])?;
                }
                for (nth, _) in self.chats.iter().enumerate().filter(|(_, it)| it.3) {
                    tx.execute(
                        "INSERT INTO settings (conversation, starred) SELECT id, 1 FROM conversations WHERE uid = ?1",
                        [format!("chat{nth}")],
                    )?;
                }
                let ids: Vec<i64> = tx
                    .prepare("SELECT id FROM conversations")?
                    .query_map([], |row| row.get(0))?
                    .collect::<rusqlite::Result<_>>()?;
                for id in ids {
                    apply::refresh(tx, crate::model::inbox::ConversationKey(id))?;
                }
                Ok(())
            })
            .unwrap();
        (dir, store)
    }
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(BEGAN + second).unwrap()
}

fn attendee(id: &str, name: &str) -> Attendee {
    Attendee {
        id: format!("att-{id}").into(),
        provider_id: id.into(),
        ..apply::samples::attendee(name)
    }
}

fn chat(nth: usize, (unread, muted, archived, _): &(u64, bool, bool, bool)) -> Chat {
    let other = other(&format!("chat{nth}"));
    Chat {
        id: format!("chat{nth}").into(),
        attendee_provider_id: other.map(Into::into),
        name: other.is_none().then(|| "Team alpha".to_owned()),
        kind: if other.is_some() {
            ChatKind::OneToOne
        } else {
            ChatKind::Group
        },
        unread_count: *unread,
        archived: *archived,
        muted: if *muted { Muted::ForEver } else { Muted::No },
        ..apply::samples::chat("chat")
    }
}

fn message(nth: usize, said: &Said) -> Message {
    let kind = said.file.map(|image| {
        if image {
            AttachmentKind::Image {
                size: None,
                sticker: false,
            }
        } else {
            AttachmentKind::File {
                name: "Rapport beta.pdf".into(),
            }
        }
    });
    Message {
        chat_id: format!("chat{}", said.chat).into(),
        sender_id: Some(
            if said.own {
                "self"
            } else {
                PEOPLE[said.chat % 3].0
            }
            .into(),
        ),
        is_sender: said.own,
        hidden: said.hidden,
        deleted: said.hidden && nth.is_multiple_of(2),
        attachments: kind
            .map(|kind| Attachment {
                id: "file".into(),
                kind,
                file_size: None,
                unavailable: false,
                mime: None,
                url: None,
                url_expires_at: None,
            })
            .into_iter()
            .collect(),
        timestamp: at(said.second),
        ..apply::samples::message(&format!("m{nth}"), 0, &said.text)
    }
}

fn folder(name: &str) -> Folder {
    Folder {
        id: name.into(),
        account_id: "mail".into(),
        name: name.to_owned(),
        role: FolderRole::Unknown,
        provider_id: name.to_owned(),
        mails: None,
    }
}

fn mail(nth: usize, it: &Mailed) -> Email {
    let address = |nth: usize| {
        let (id, name): (&str, &str) = PEOPLE[nth];
        Address::new(id).named(name)
    };
    Email {
        id: format!("mail{nth}").into(),
        deprecated_id: None,
        account_id: "mail".into(),
        provider: None,
        extent: Some(Extent::Full),
        date: at(it.second),
        role: if it.own {
            FolderRole::Sent
        } else {
            FolderRole::Inbox
        },
        folders: vec![FOLDERS[it.folder].to_owned()],
        folder_ids: vec![],
        is_read: it.read,
        read_date: None,
        message_id: None,
        provider_id: None,
        thread_id: Some(format!("thread{}", nth % 3)),
        from: Some(address(it.from)),
        to: vec![address(it.to)],
        cc: vec![],
        bcc: vec![],
        reply_to: vec![],
        subject: Some(SUBJECTS[it.subject].to_owned()),
        body: None,
        body_plain: Some(it.text.clone()),
        has_attachments: None,
        attachments: vec![],
        headers: vec![],
        origin: None,
        tracking_id: None,
        in_reply_to: None,
        is_complete: Some(true),
        parent_mail: None,
    }
}
