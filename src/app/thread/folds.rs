//! What of an entry is folded away: older mails to a line, quoted history and floods of text to a word about them.

use std::ops::Range;

use super::{Thread, brief, unfolded};
use crate::mail::history::quoted_from;
use crate::model::inbox::{Entry, EntryKey};
use crate::model::text::beginning;

/// How much of an entry is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fold {
    /// A line: who and when.
    Line,
    /// Without what was quoted below it, and not more than can be read at once.
    Brief,
    /// All of it.
    Full,
}

/// What a brief look leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hidden {
    Nothing,
    /// From here on lines of older mails.
    Quoted {
        from: usize,
        lines: usize,
    },
    /// From here on text that is too much.
    Long {
        from: usize,
        lines: usize,
    },
}

/// So many lines or bytes are enough for a first look.
const LINES: usize = 300;
const BYTES: usize = 24_000;
impl Hidden {
    /// What of this entry a brief look leaves out.
    pub fn of(entry: &Entry) -> Self {
        let text = entry.text.as_str();
        let quoted = if entry.mail.is_some() {
            quoted_from(text)
        } else {
            None
        };
        let end = enough(text.get(..quoted.unwrap_or(text.len())).unwrap_or(text));
        let rest = |from: usize| {
            let rest = text.get(from..).unwrap_or_default().trim();
            rest.lines().count()
        };
        match (end, quoted) {
            (Some(from), _) => Self::Long {
                from,
                lines: rest(from),
            },
            (None, Some(from)) => Self::Quoted {
                from,
                lines: rest(from),
            },
            (None, None) => Self::Nothing,
        }
    }

    /// What of a text of so many bytes is shown.
    pub fn shown(&self, len: usize) -> Range<usize> {
        match self {
            Self::Nothing => 0..len,
            Self::Quoted { from, .. } | Self::Long { from, .. } => 0..*from,
        }
    }
}

/// Where a text is long enough; nowhere for one that may be shown as it is.
fn enough(text: &str) -> Option<usize> {
    let line = text.match_indices('\n').nth(LINES).map(|(at, _)| at);
    let byte = (text.len() > BYTES + BYTES / 4).then(|| beginning(text, BYTES).len());
    match (line, byte) {
        (Some(line), Some(byte)) => Some(line.min(byte)),
        (line, byte) => line.or(byte),
    }
}

impl Thread {
    /// How much of an entry is shown.
    pub fn fold(&self, entry: &Entry) -> Fold {
        let usual = if entry.mail.is_some() {
            Fold::Line
        } else {
            Fold::Brief
        };
        if self.is_coming(entry) {
            return Fold::Line;
        }
        self.folds.get(&entry.key).copied().unwrap_or(usual)
    }

    /// Whether a first look at an entry leaves anything out.
    pub(super) fn hides(&self, entry: &Entry) -> bool {
        match self.letter(entry.key) {
            Some(letter) => brief::hides(letter),
            None => Hidden::of(entry) != Hidden::Nothing,
        }
    }

    /// Unfolds what was not read when it came, and the newest.
    pub(super) fn unfold_new(&mut self, entries: &[Entry], newest: bool) {
        for key in unfolded(entries, newest) {
            self.folds.entry(key).or_insert(Fold::Brief);
        }
    }

    /// Unfolds a mail that is gone to: all of it, since what is looked for may be in what a first look leaves out.
    pub(super) fn unfold_mail(&mut self, entries: &[Entry], key: EntryKey) {
        if entries.iter().any(|it| it.key == key && it.mail.is_some()) {
            self.folds.insert(key, Fold::Full);
        }
    }

    /// Shows more of an entry, or less when all is shown. Gives whether there was anything to do.
    pub(super) fn turn_fold(&mut self, key: EntryKey) -> bool {
        let Some(entry) = self.entries.iter().find(|it| it.key == key) else {
            return false;
        };
        let hides = self.hides(entry);
        // A mail that is alone has nothing to make room for.
        let to_line = entry.mail.is_some() && self.entries.len() > 1;
        let next = match self.fold(entry) {
            Fold::Brief if hides => Fold::Full,
            Fold::Brief | Fold::Full if to_line => Fold::Line,
            Fold::Brief => return false,
            Fold::Line | Fold::Full => Fold::Brief,
        };
        self.folds.insert(key, next);
        true
    }

    /// Unfolds a mail that is a line.
    pub fn unfold(&mut self, key: EntryKey) {
        let fold = self.folds.entry(key).or_insert(Fold::Brief);
        if *fold == Fold::Line {
            *fold = Fold::Brief;
        }
    }

    /// Whether all addresses of a mail are shown.
    pub fn shows_addresses(&self, key: EntryKey) -> bool {
        self.heads.contains(&key)
    }

    /// Shows all addresses of a mail, or their names only.
    pub fn turn_addresses(&mut self, key: EntryKey) {
        if !self.heads.remove(&key) {
            self.heads.insert(key);
        }
        // They are shown above the words, which the mail has to be unfolded for.
        self.unfold(key);
    }

    /// Mails that are unfolded and whose text is not here, or not all of it; each is told once.
    pub fn missing(&mut self) -> Vec<EntryKey> {
        let is_missing = |it: &&Entry| {
            let fold = self.folds.get(&it.key);
            let mail = it.mail.as_ref();
            fold.is_some_and(|fold| *fold != Fold::Line)
                && mail.is_some_and(|it| it.body.is_none() || it.is_complete == Some(false))
        };
        let missing = self.entries.iter().filter(is_missing).map(|it| it.key);
        let missing: Vec<EntryKey> = missing.collect();
        let new = missing.into_iter().filter(|it| self.missed.insert(*it));
        new.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_of_text_is_cut_where_a_letter_ends() {
        let text = "é".repeat(40_000);
        let end = enough(&text).unwrap();
        assert!(text.is_char_boundary(end) && end <= BYTES);
        assert_eq!(enough(&"x\n".repeat(LINES)), None);
        assert_eq!(enough(&"x\n".repeat(LINES + 2)), Some(LINES * 2 + 1));
    }
}
