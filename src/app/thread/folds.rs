//! What of an entry is folded away: older mails to a line, quoted history and floods of text to a word about them.

use std::ops::Range;

use super::Thread;
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
        self.folds.get(&entry.key).copied().unwrap_or(usual)
    }

    /// Unfolds what was not read when it came, and the newest.
    pub(super) fn unfold_new(&mut self, entries: &[Entry], newest: bool) {
        let last = entries.last().filter(|_| newest).map(|it| it.key);
        let wanted = entries
            .iter()
            .filter(|it| it.mail.is_some() && (it.unread || Some(it.key) == last));
        let keys: Vec<EntryKey> = wanted.map(|it| it.key).collect();
        for key in keys {
            self.folds.entry(key).or_insert(Fold::Brief);
        }
    }

    /// Shows more of an entry, or less when all is shown. Gives whether there was anything to do.
    pub(super) fn turn_fold(&mut self, key: EntryKey) -> bool {
        let Some(entry) = self.entries.iter().find(|it| it.key == key) else {
            return false;
        };
        let hides = Hidden::of(entry) != Hidden::Nothing;
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
