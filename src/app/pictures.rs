//! Pictures that hang on messages: which of them are on this machine, which are being fetched, and the window that shows
//! one over the whole screen. Nothing is fetched before the user asks for it.

use std::collections::{BTreeMap, BTreeSet};

use super::effect::Effect;
use crate::model::inbox::{AttachmentKey, Entry, EntryKey, StoredAttachment};

/// What the program knows of the pictures of messages.
#[derive(Debug, Clone, Default)]
pub struct Pictures {
    /// Whether each picture is on this machine, as far as it was looked for.
    known: BTreeMap<AttachmentKey, bool>,
    fetching: BTreeSet<AttachmentKey>,
    /// Those that were fetched because a mail shows them; what comes of that is not said.
    unasked: BTreeSet<AttachmentKey>,
}

/// Something to be done about pictures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PictureWish {
    /// Says which of these are on this machine.
    Look(Vec<AttachmentKey>),
    /// Fetches one, because the user asked for it.
    Fetch(AttachmentKey),
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PictureNews {
    Looked {
        asked: Vec<AttachmentKey>,
        here: Vec<AttachmentKey>,
    },
    Fetched(AttachmentKey),
    Failed(AttachmentKey, String),
    /// It was on this machine and is not any longer.
    Gone(AttachmentKey),
}

/// The pictures of a message over the whole screen, one at a time.
#[derive(Debug, Clone, PartialEq)]
pub struct Viewer {
    pub entry: EntryKey,
    pub files: Vec<StoredAttachment>,
    pub at: usize,
}

/// The pictures of an entry that can be had.
pub fn of_entry(entry: &Entry) -> impl Iterator<Item = &StoredAttachment> {
    let files = entry.attachments.iter().filter(|_| !entry.deleted);
    files.filter(|it| it.is_picture() && !it.unavailable)
}

impl Pictures {
    /// Whether a picture can be shown at once.
    pub fn is_here(&self, key: &AttachmentKey) -> bool {
        self.known.get(key) == Some(&true)
    }

    pub fn is_fetching(&self, key: &AttachmentKey) -> bool {
        self.fetching.contains(key)
    }

    /// Asks for the pictures of these entries that were not looked for yet.
    pub fn look<'e>(&self, entries: impl Iterator<Item = &'e Entry>) -> Option<Effect> {
        let keys = entries.flat_map(|entry| of_entry(entry).map(|file| key(entry.key, file)));
        let unknown: Vec<_> = keys.filter(|it| !self.known.contains_key(it)).collect();
        (!unknown.is_empty()).then_some(Effect::Picture(PictureWish::Look(unknown)))
    }

    /// Fetches a picture that is not here.
    pub fn fetch(&mut self, key: AttachmentKey) -> Option<Effect> {
        let is_new = !self.is_here(&key) && self.fetching.insert(key.clone());
        is_new.then_some(Effect::Picture(PictureWish::Fetch(key)))
    }

    /// Fetches a picture that stands in a mail, once, when it was looked for and is not here.
    pub fn inline(&mut self, key: AttachmentKey) -> Option<Effect> {
        let is_missing = self.known.get(&key) == Some(&false);
        if is_missing && self.unasked.insert(key.clone()) {
            return self.fetch(key);
        }
        None
    }

    /// Takes in what came of a wish; gives what has to be said.
    pub fn hear(&mut self, news: PictureNews) -> Option<String> {
        match news {
            PictureNews::Looked { asked, here } => {
                for key in asked {
                    self.known.entry(key).or_insert(false);
                }
                self.known.extend(here.into_iter().map(|key| (key, true)));
            }
            PictureNews::Fetched(key) => {
                self.fetching.remove(&key);
                self.known.insert(key, true);
            }
            PictureNews::Gone(key) => {
                self.known.insert(key, false);
            }
            PictureNews::Failed(key, why) => {
                self.fetching.remove(&key);
                return (!self.unasked.contains(&key)).then_some(why);
            }
        }
        None
    }
}

/// The name of a file of an entry.
pub fn key(entry: EntryKey, file: &StoredAttachment) -> AttachmentKey {
    AttachmentKey {
        entry,
        attachment: file.id.clone(),
    }
}

impl Viewer {
    /// The pictures of an entry; nothing when there are none.
    pub fn of(entry: &Entry) -> Option<Self> {
        let files: Vec<_> = of_entry(entry).cloned().collect();
        (!files.is_empty()).then_some(Self {
            entry: entry.key,
            files,
            at: 0,
        })
    }

    /// The pictures of an entry, beginning with this one; nothing when it is none.
    pub fn at(entry: &Entry, file: &StoredAttachment) -> Option<Self> {
        let viewer = Self::of(entry)?;
        let at = viewer.files.iter().position(|it| it == file)?;
        Some(Self { at, ..viewer })
    }

    /// The one that is shown.
    pub fn file(&self) -> Option<&StoredAttachment> {
        self.files.get(self.at)
    }

    pub fn key(&self) -> Option<AttachmentKey> {
        Some(key(self.entry, self.file()?))
    }

    /// Shows another one.
    pub fn turn(&mut self, forward: bool) {
        let last = self.files.len().saturating_sub(1);
        self.at = if forward {
            (self.at + 1).min(last)
        } else {
            self.at.saturating_sub(1)
        };
    }
}
