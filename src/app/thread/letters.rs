//! The readable forms of mails that are unfolded: which are here, and which have to be asked for.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Fold, Thread};
use crate::app::effect::{Effect, Read, Readable, Ticket};
use crate::mail::letter::{Kind, Letter, Part};
use crate::model::inbox::{Entry, EntryKey};

/// How many are kept. A mail whose form had to go is a line again.
const KEPT: usize = 16;
/// So many mails are unfolded by themselves.
const OPENED: usize = 8;

/// The readable forms that are here.
#[derive(Debug, Clone, Default)]
pub(super) struct Letters {
    /// With the number of the answer each was made of; absent for what cannot be read.
    here: BTreeMap<EntryKey, (i64, Option<Arc<Letter>>)>,
    asked: Option<(Ticket, Vec<(EntryKey, i64)>)>,
}

/// Which of these mails are unfolded by themselves: the latest unread ones, and the last of all.
pub fn unfolded(entries: &[Entry], newest: bool) -> Vec<EntryKey> {
    let last = entries.last().filter(|_| newest).map(|it| it.key);
    let wanted = entries
        .iter()
        .rev()
        .filter(|it| it.mail.is_some() && (it.unread || Some(it.key) == last));
    wanted.map(|it| it.key).take(OPENED).collect()
}

/// Whether a mail shows this file among its words.
pub fn stands_in(letter: &Letter, cid: Option<&str>) -> bool {
    let is_it = |part: &Part| match &part.kind {
        Kind::Picture { cid: known, .. } => Some(known.as_str()) == cid,
        _ => false,
    };
    cid.is_some() && letter.parts.iter().any(is_it)
}

fn body(entry: &Entry) -> Option<i64> {
    entry.mail.as_ref().and_then(|it| it.body)
}

impl Letters {
    fn take_in(&mut self, readable: Vec<Readable>) {
        let new = readable
            .into_iter()
            .map(|it| (it.key, (it.body, Some(it.letter))));
        self.here.extend(new);
    }

    /// Whether a mail can be shown as it is read, or never will be.
    fn knows(&self, key: EntryKey) -> bool {
        self.here.contains_key(&key)
    }
}

impl Thread {
    pub(super) fn take_letters(&mut self, readable: Vec<Readable>) {
        self.letters.take_in(readable);
    }

    /// A mail as it is read, once that was worked out.
    pub fn letter(&self, key: EntryKey) -> Option<&Arc<Letter>> {
        let (_, letter) = self.letters.here.get(&key)?;
        letter.as_ref()
    }

    /// Whether an unfolded mail has to stay a line for the moment its form takes.
    pub(super) fn is_coming(&self, entry: &Entry) -> bool {
        body(entry).is_some() && !self.letters.knows(entry.key)
    }

    /// Asks for the forms of unfolded mails that are not here, or of which there is more now.
    pub fn ask_letters(&mut self, ticket: Ticket) -> Option<Effect> {
        if self.letters.asked.is_some() {
            return None;
        }
        let is_wanted = |it: &&Entry| {
            let fold = self.folds.get(&it.key);
            fold.is_some_and(|fold| *fold != Fold::Line)
        };
        let wanted = self.entries.iter().filter(is_wanted).filter_map(|it| {
            let body = body(it)?;
            let known = self.letters.here.get(&it.key).map(|(body, _)| *body);
            (known != Some(body)).then_some((it.key, body))
        });
        let wanted: Vec<(EntryKey, i64)> = wanted.take(OPENED).collect();
        if wanted.is_empty() {
            return None;
        }
        let keys = wanted.iter().map(|(key, _)| *key).collect();
        self.letters.asked = Some((ticket, wanted));
        Some(Effect::Read(ticket, Read::Letters(keys)))
    }

    /// Takes in what was asked for. What cannot be read is shown as the plain text it has.
    pub fn readable(&mut self, ticket: Ticket, readable: Vec<Readable>) {
        let Some((_, asked)) = self.letters.asked.take_if(|(asked, _)| *asked == ticket) else {
            return;
        };
        self.letters.take_in(readable);
        for (key, body) in asked {
            // What was asked for is not asked for again, whatever came; the one there is remains.
            self.letters.here.entry(key).or_default().0 = body;
        }
        self.forget_letters();
    }

    /// Keeps the forms of what is looked at, and of what lies near to it.
    fn forget_letters(&mut self) {
        let near = match self.selected {
            Some(super::Picked::Entry(key)) => key,
            _ => self.laid.top.map_or(EntryKey(i64::MAX), |it| it.entry),
        };
        while self.letters.here.len() > KEPT {
            let folded = |key: &EntryKey| {
                let fold = self.folds.get(key);
                fold.is_none_or(|it| *it == Fold::Line)
            };
            let far = |key: &EntryKey| (folded(key), key.0.abs_diff(near.0));
            let Some(key) = self.letters.here.keys().copied().max_by_key(far) else {
                return;
            };
            self.letters.here.remove(&key);
            self.folds.insert(key, Fold::Line);
        }
    }

    /// It cannot be told what these mails read like.
    pub(super) fn unreadable(&mut self, ticket: Ticket) {
        self.readable(ticket, Vec::new());
    }
}
