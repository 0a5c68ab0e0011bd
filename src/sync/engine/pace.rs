//! How often things are looked at, and how far back.

use std::time::Duration;

use crate::config::{Config, History};
use crate::sync::Rates;

/// What the engine keeps to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    pub history: History,
    pub pace: Pace,
    /// The budget of a session.
    pub rates: Rates,
    /// Whether what lies in the outbox goes out.
    pub sends: bool,
    /// Whether drafts of mails are kept at the provider, too.
    pub drafts: bool,
    /// How long a message that was sent can be taken back.
    pub undo: Duration,
}

impl Settings {
    /// What the user has set.
    pub fn of(config: &Config) -> Self {
        Self {
            history: config.sync.history,
            undo: Duration::from_secs(config.sending.undo_seconds.into()),
            drafts: config.sending.mirror_drafts,
            ..Self::default()
        }
    }

    /// Whether anything about drafts is told to a provider.
    pub(super) fn mirrors(&self) -> bool {
        self.sends && self.drafts
    }

    /// The same with a server that this program has started itself and need not spare: everything is here in seconds.
    /// Only who started it can know that.
    #[must_use]
    pub fn with_own_server(self) -> Self {
        Self {
            pace: Pace {
                background: Duration::from_millis(1),
                ..self.pace
            },
            rates: Rates::of_own_server(),
            ..self
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            history: History::All,
            pace: Pace::default(),
            rates: Rates::default(),
            sends: true,
            drafts: true,
            undo: Duration::from_secs(8),
        }
    }
}

/// Times between two looks at the same thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pace {
    /// At the conversation on screen.
    pub focus: Duration,
    /// For news of an account in which something happened within ten minutes.
    pub busy: Duration,
    /// For news of an account in which nothing happened for a day.
    pub quiet: Duration,
    /// For news while the server reports by itself.
    pub hooked: Duration,
    /// At the list of accounts.
    pub accounts: Duration,
    /// At the top of the list of chats.
    pub chats: Duration,
    /// At the whole list of chats, and at that of people.
    pub whole: Duration,
    /// At the newest page of an account for edits, deletions and marks.
    pub recent: Duration,
    pub folders: Duration,
    /// How long a draft of a mail is left alone before it is stored at the provider.
    pub drafts: Duration,
    /// At the address book.
    pub book: Duration,
    /// Between two pages of background work.
    pub background: Duration,
    /// At what other processes wrote.
    pub others: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self {
            focus: seconds(4),
            busy: seconds(10),
            quiet: seconds(180),
            hooked: seconds(300),
            accounts: seconds(60),
            chats: seconds(60),
            whole: seconds(6 * 3600),
            recent: seconds(120),
            folders: seconds(600),
            drafts: seconds(8),
            book: seconds(24 * 3600),
            background: Duration::from_millis(250),
            others: Duration::from_millis(500),
        }
    }
}

impl Pace {
    /// Everything so many times as often: for tests and soaks.
    #[must_use]
    pub fn times(self, factor: u32) -> Self {
        let quick = |time: Duration| time / factor.max(1);
        Self {
            focus: quick(self.focus),
            busy: quick(self.busy),
            quiet: quick(self.quiet),
            hooked: quick(self.hooked),
            accounts: quick(self.accounts),
            chats: quick(self.chats),
            whole: quick(self.whole),
            recent: quick(self.recent),
            folders: quick(self.folders),
            drafts: quick(self.drafts),
            book: quick(self.book),
            background: quick(self.background),
            others: quick(self.others).max(Duration::from_millis(20)),
        }
    }

    /// How soon to ask an account for news that had its last ones so long ago.
    pub fn news(&self, since_last: Duration) -> Duration {
        let minutes = since_last.as_secs() / 60;
        let wanted = match minutes {
            0..10 => self.busy,
            10..60 => self.busy * 2,
            60..1440 => self.busy * 6,
            _ => self.quiet,
        };
        wanted.min(self.quiet)
    }
}
