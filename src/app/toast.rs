//! Short words about what happened: shown for a while, kept for those who ask.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};

/// How many are kept.
const KEPT: usize = 500;
/// How long a word stays.
const STAYS: SignedDuration = SignedDuration::from_secs(4);
/// How long an act can be taken back with one key.
const UNDOABLE: SignedDuration = SignedDuration::from_secs(10);

/// What kind of word it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Good,
    Bad,
}

/// Something to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    pub text: String,
    pub tone: Tone,
    /// Whether `undo` takes it back.
    pub undo: bool,
    pub at: Timestamp,
    pub until: Timestamp,
}

/// All that was said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Toasts {
    said: VecDeque<Toast>,
    /// Whether the last one has been put away.
    put_away: bool,
}

impl Toasts {
    /// Says something.
    pub fn say(&mut self, text: impl Into<String>, tone: Tone, now: Timestamp) {
        self.push(text.into(), tone, false, STAYS, now);
    }

    /// Says what was done, and that it can be taken back.
    pub fn done(&mut self, text: impl Into<String>, now: Timestamp) {
        self.push(text.into(), Tone::Good, true, UNDOABLE, now);
    }

    /// Says what another press of the key would do, and gives until when.
    pub fn ask(&mut self, text: impl Into<String>, now: Timestamp) -> Timestamp {
        self.push(text.into(), Tone::Good, false, UNDOABLE, now);
        self.said.back().map_or(now, |it| it.until)
    }

    /// Says that words were sent, and that they can be taken back for so long.
    pub fn sent(&mut self, text: impl Into<String>, time: SignedDuration, now: Timestamp) {
        self.push(text.into(), Tone::Good, true, time, now);
    }

    fn push(
        &mut self,
        text: String,
        tone: Tone,
        undo: bool,
        stays: SignedDuration,
        now: Timestamp,
    ) {
        if self.said.len() == KEPT {
            self.said.pop_front();
        }
        // A bad word needs time to be read.
        let stays = if tone == Tone::Bad { stays * 2 } else { stays };
        let until = now.checked_add(stays).unwrap_or(now);
        self.said.push_back(Toast {
            text,
            tone,
            undo,
            at: now,
            until,
        });
        self.put_away = false;
    }

    /// The word to show, if there is one.
    pub fn shown(&self, now: Timestamp) -> Option<&Toast> {
        let last = self.said.back().filter(|_| !self.put_away);
        last.filter(|it| it.until > now)
    }

    /// Takes the last one off the screen, unless it is bad news or can be taken back.
    pub fn put_away_good(&mut self, now: Timestamp) {
        let idle = self
            .shown(now)
            .is_some_and(|it| it.tone == Tone::Plain && !it.undo);
        self.put_away |= idle;
    }

    /// All that was said, the latest first.
    pub fn all(&self) -> impl ExactSizeIterator<Item = &Toast> {
        self.said.iter().rev()
    }
}
