//! Small files of messages that are shown as what they say: texts in a window that scrolls, invitations as a card.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::compose::wrap::{self, Row};
use super::effect::Effect;
use super::layout::Size;
use super::pictures::key;
use crate::mail::invite::Invite;
use crate::model::inbox::{AttachmentKey, Entry, StoredAttachment};

/// No larger file is shown as words.
pub const LARGEST: u64 = 256 << 10;
/// Endings of files that are words.
const WORDS: &[&str] = &[
    "txt", "md", "markdown", "csv", "tsv", "json", "log", "ics", "vcf", "yml", "yaml", "toml",
    "ini", "diff", "patch", "eml", "asc",
];
/// The window is no wider.
const WIDEST: u16 = 100;

/// So many invitations are kept.
const INVITES: usize = 64;
/// So many files of a mail are looked at as invitations; programs send the same one twice.
const OF_ONE: usize = 3;

/// A small file that is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SmallWish {
    Words(AttachmentKey),
    Invite(AttachmentKey),
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SmallNews {
    Words(AttachmentKey, Result<Arc<str>, String>),
    /// Absent where it could not be fetched or is none.
    Invite(AttachmentKey, Option<Arc<Invite>>),
}

/// Invitations that came as files.
#[derive(Debug, Clone, Default)]
pub struct Invites {
    /// Absent for what was asked for and is not here.
    known: BTreeMap<AttachmentKey, Option<Arc<Invite>>>,
}

impl Invites {
    /// The invitations of a mail, each once.
    pub fn of<'s>(&'s self, entry: &'s Entry) -> impl Iterator<Item = &'s Arc<Invite>> {
        let files = entry.attachments.iter().filter(|it| is_invite(it));
        let found = files.filter_map(|it| self.known.get(&key(entry.key, it))?.as_ref());
        let mut seen: Vec<&Invite> = Vec::new();
        found.filter(move |it| {
            let is_new = !seen.contains(&it.as_ref());
            seen.push(it);
            is_new
        })
    }

    /// Whether an earlier mail was about the same meeting.
    pub fn updates(&self, entry: &Entry, invite: &Invite) -> bool {
        let earlier = self.known.iter().filter(|(key, _)| key.entry < entry.key);
        let mut known = earlier.filter_map(|(_, it)| it.as_ref());
        !invite.uid.is_empty() && known.any(|it| it.uid == invite.uid)
    }

    /// Asks for the invitations of a mail that were not asked for yet.
    pub fn wish(&mut self, entry: &Entry) -> Vec<Effect> {
        let files = entry.attachments.iter().filter(|it| is_invite(it));
        let keys = files.take(OF_ONE).map(|it| key(entry.key, it));
        let new: Vec<_> = keys.filter(|it| !self.known.contains_key(it)).collect();
        while self.known.len() + new.len() > INVITES && self.known.pop_first().is_some() {}
        self.known.extend(new.iter().map(|it| (it.clone(), None)));
        let wishes = new.into_iter().map(SmallWish::Invite);
        wishes.map(Effect::Small).collect()
    }

    /// What could not be had is asked for again.
    pub fn try_again(&mut self) {
        self.known.retain(|_, it| it.is_some());
    }

    pub fn heard(&mut self, key: &AttachmentKey, invite: Option<Arc<Invite>>) {
        if let Some(known) = self.known.get_mut(key) {
            *known = invite;
        }
    }
}

/// Whether a file is an invitation to a meeting.
pub fn is_invite(file: &StoredAttachment) -> bool {
    let mime = file.mime.as_deref().unwrap_or_default();
    let mime = mime.split(';').next().unwrap_or_default().trim();
    let typed = ["text/calendar", "application/ics"]
        .iter()
        .any(|it| it.eq_ignore_ascii_case(mime));
    let named = file
        .name
        .as_deref()
        .is_some_and(|it| it.to_ascii_lowercase().ends_with(".ics"));
    (typed || named) && !file.unavailable && file.size.is_none_or(|it| it <= LARGEST)
}

/// Text files of a message in a window, one at a time.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    files: Vec<(AttachmentKey, String)>,
    at: usize,
    lines: Vec<String>,
    pub rows: Vec<Row>,
    /// The first row that is seen.
    pub top: usize,
    width: u16,
    /// Cells of the screen inside the window, as high as it may be.
    pub height: u16,
    /// Why there is nothing to see; absent when there is.
    pub why_not: Option<String>,
}

/// Whether a file can be shown as words.
pub fn is_words(file: &StoredAttachment) -> bool {
    let named = file.name.as_deref().and_then(|it| it.rsplit_once('.'));
    let ending = named.map(|(_, it)| it.to_ascii_lowercase());
    let typed = matches!(file.mime.as_deref(), Some(it) if it.starts_with("text/") && it != "text/html"
        || it == "application/json");
    let is_small = file.size.is_none_or(|it| it <= LARGEST);
    let is_known = typed || ending.is_some_and(|it| WORDS.contains(&it.as_str()));
    is_small && is_known && !file.unavailable && !file.kind.contains('_')
}

impl Reading {
    /// The text files of an entry; nothing when there are none.
    pub fn of(entry: &Entry, size: Size) -> Option<Self> {
        let files = entry.attachments.iter().filter(|it| is_words(it));
        let files: Vec<_> = files
            .map(|it| (key(entry.key, it), it.name.clone().unwrap_or_default()))
            .collect();
        let mut reading = Self {
            files,
            at: 0,
            lines: Vec::new(),
            rows: Vec::new(),
            top: 0,
            width: 0,
            height: 0,
            why_not: None,
        };
        reading.resize(size);
        (!reading.files.is_empty()).then_some(reading)
    }

    /// Asks for the file that is shown.
    pub fn wish(&mut self) -> Option<Effect> {
        let (key, _) = self.files.get(self.at)?.clone();
        (self.lines, self.rows, self.top) = (Vec::new(), Vec::new(), 0);
        self.why_not = Some("It is being fetched…".to_owned());
        Some(Effect::Small(SmallWish::Words(key)))
    }

    /// What the file is called, and which of several it is.
    pub fn title(&self) -> String {
        let name = self.files.get(self.at).map_or("", |(_, it)| it.as_str());
        match self.files.len() {
            1 => name.to_owned(),
            all => format!("{name} · {} of {all}", self.at + 1),
        }
    }

    /// The outer size of the window.
    pub fn window(size: Size) -> (u16, u16) {
        let height = size.height.saturating_sub(2).max(3);
        (size.width.min(WIDEST), height)
    }

    pub fn heard(&mut self, of: &AttachmentKey, words: &Result<Arc<str>, String>) {
        if self.files.get(self.at).is_none_or(|(key, _)| key != of) {
            return;
        }
        match words {
            Ok(words) => {
                self.lines = words.lines().map(|it| it.replace('\t', "    ")).collect();
                let empty = words.trim().is_empty();
                self.why_not = empty.then(|| "There are no words in it.".to_owned());
            }
            Err(why) => self.why_not = Some(why.clone()),
        }
        self.wrap();
    }

    /// The screen has another size.
    pub fn resize(&mut self, size: Size) {
        let (width, height) = Self::window(size);
        (self.width, self.height) = (width.saturating_sub(4), height.saturating_sub(2));
        let line = self.rows.get(self.top).map(|it| it.line);
        self.wrap();
        if let Some(line) = line {
            self.top = self.rows.partition_point(|it| it.line < line);
        }
        self.scroll(0);
    }

    fn wrap(&mut self) {
        self.rows = wrap::rows(&self.lines, self.width.saturating_add(1));
        self.scroll(0);
    }

    /// Scrolls by rows; negative is up.
    pub fn scroll(&mut self, rows: isize) {
        let last = self.rows.len().saturating_sub(usize::from(self.height));
        self.top = self.top.saturating_add_signed(rows).min(last);
    }

    /// Shows another file. Gives whether there is one.
    pub fn turn(&mut self, forward: bool) -> bool {
        let last = self.files.len().saturating_sub(1);
        let next = if forward {
            (self.at + 1).min(last)
        } else {
            self.at.saturating_sub(1)
        };
        std::mem::replace(&mut self.at, next) != next
    }

    /// The words of a row.
    pub fn row(&self, at: usize) -> Option<&str> {
        let row = self.rows.get(at)?;
        self.lines.get(row.line)?.get(row.bytes.clone())
    }
}
