//! Drawn files, kept once drawn: a list that tells the size of a picture must not draw it each time.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::media::{self, Media};
use super::rng::{hash, mix};
use super::world::World;
use super::world::chat::AttachmentKind;

/// At most so many files are kept.
const MOST: usize = 2_000;

/// The files of one world, by name and length in seconds.
#[derive(Debug, Default)]
pub(super) struct Gallery(Mutex<HashMap<(String, u32), Arc<Media>>>);

impl Gallery {
    /// The file with a name; the same name is always the same file.
    pub(super) fn file(&self, name: &str, seconds: Option<u32>) -> Arc<Media> {
        let key = (name.to_owned(), seconds.unwrap_or(0));
        if let Some(known) = self.lock().get(&key) {
            return Arc::clone(known);
        }
        let seed = mix(hash(name), u64::from(key.1));
        let drawn = Arc::new(match seconds {
            Some(seconds) => media::file_sized(name, seed, seconds),
            None => media::file(name, seed),
        });
        let mut kept = self.lock();
        if kept.len() < MOST {
            kept.insert(key, Arc::clone(&drawn));
        }
        drawn
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<(String, u32), Arc<Media>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The files that the world as it was written shows, newest first, so that they can be drawn ahead.
pub(super) fn shown(world: &World) -> Vec<(String, Option<u32>)> {
    let messages = world
        .chats
        .iter()
        .flat_map(|chat| chat.stored.values().rev());
    let drawn = |kind: &AttachmentKind| {
        !matches!(
            kind,
            AttachmentKind::Post | AttachmentKind::Meeting | AttachmentKind::Odd(_)
        )
    };
    let chats = messages
        .flat_map(|message| &message.attachments)
        .filter(|file| drawn(&file.kind))
        .map(|file| (file.name.clone(), file.seconds));
    let mails = world
        .mailboxes
        .iter()
        .flat_map(|mailbox| mailbox.mails.iter().rev());
    let mails = mails
        .flat_map(|mail| &mail.attachments)
        .filter(|file| file.text.is_none())
        .map(|file| (file.name.clone(), None));
    let bulk = super::seed::bulk::FILES
        .iter()
        .map(|(_, name)| ((*name).to_owned(), None));
    bulk.chain(chats).chain(mails).collect()
}
