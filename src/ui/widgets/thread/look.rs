//! What the look of an entry depends on beside itself: the screen, the settings, its neighbours. Taken together in a
//! number, so that what was worked out is worked out again only when something of it has changed.

use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::sync::Arc;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::app::pictures::{self, Pictures};
use crate::app::smalls::Invites;
use crate::app::status::Fetching;
use crate::app::thread::{Aside, Fold, Thread, Told};
use crate::app::{Command, Settings, State};
use crate::mail::letter::Letter;
use crate::model::chat::ChatKind;
use crate::model::inbox::{Entry, StoredAttachment};
use crate::ui::when;
use crate::ui::widgets::avatar;

/// Messages of one person within this time are one run.
const RUN: SignedDuration = SignedDuration::from_mins(5);
/// From this width on there is room for pictures.
const WIDE: u16 = 34;

/// What is the same for all entries of a frame.
#[derive(Debug)]
pub struct Look<'s> {
    pub settings: &'s Settings,
    pub now: Timestamp,
    pub width: u16,
    pub today: Date,
    pub found: &'s [String],
    /// Whether several people write here.
    pub group: bool,
    /// Whether the server can be asked.
    pub online: bool,
    pub subject: Option<&'s str>,
    /// Which pictures can be shown at once.
    pub pictures: &'s Pictures,
    pub invites: &'s Invites,
    /// The file that is on its way.
    pub saving: Option<&'s Fetching>,
    /// A number for all of it.
    pub print: u64,
}

impl<'s> Look<'s> {
    pub fn new(state: &'s State, thread: &'s Thread, width: u16) -> Self {
        let settings = &state.settings;
        let mut look = Self {
            settings,
            now: state.now,
            width,
            today: when::day(state.now, settings),
            found: &thread.found,
            group: thread.conversation.is_mail || thread.conversation.kind != ChatKind::OneToOne,
            online: !matches!(
                state.sync.link,
                crate::app::status::Link::Offline { .. } | crate::app::status::Link::Nowhere
            ),
            subject: thread.conversation.subject.as_deref(),
            pictures: &state.pictures,
            invites: &state.invites,
            saving: state.fetching.as_ref(),
            print: 0,
        };
        let mut hasher = DefaultHasher::new();
        (width, look.today, look.found, look.group, look.online).hash(&mut hasher);
        settings.plain.hash(&mut hasher);
        (settings.clock24, settings.ascii, settings.zone.iana_name()).hash(&mut hasher);
        look.subject.hash(&mut hasher);
        for command in [
            Command::Download,
            Command::OpenLink,
            Command::Open,
            Command::Preview,
            Command::Browser,
            Command::View,
        ] {
            look.key(command).hash(&mut hasher);
        }
        look.print = hasher.finish();
        look
    }

    /// The column where words begin, beside the pictures if there is room for them.
    pub fn column(&self) -> u16 {
        if self.width >= WIDE {
            avatar::WIDTH + 2
        } else {
            1
        }
    }

    pub fn has_faces(&self) -> bool {
        self.width >= WIDE
    }

    /// The column before which everything ends.
    pub fn end(&self) -> u16 {
        self.width.saturating_sub(1)
    }

    pub fn clock(&self, at: Timestamp) -> String {
        when::clock(at, self.settings)
    }

    /// How far a file is on its way; nothing when it is not.
    pub fn progress(&self, entry: &Entry, file: &StoredAttachment) -> Option<String> {
        let it = self.saving?;
        if it.what.0 != entry.uid || it.what.1 != file.id {
            return None;
        }
        let of = it.of.or(file.size).filter(|of| *of > 0);
        Some(match of {
            Some(of) => format!("{} %", it.bytes.min(of) * 100 / of),
            None => "being fetched…".to_owned(),
        })
    }

    /// A key as it is shown, such as `⏎`.
    pub fn key(&self, command: Command) -> String {
        let key = self.settings.keymap.key(command, self.settings.ascii);
        key.unwrap_or_default()
    }
}

/// What is known of a mail beside what is stored of it.
#[derive(Debug)]
pub struct Held<'s> {
    pub letter: Option<&'s Arc<Letter>>,
    /// Another look at it.
    pub aside: Option<&'s Aside>,
    /// Whether all addresses are shown.
    pub addresses: bool,
}

impl<'s> Held<'s> {
    pub fn of(thread: &'s Thread, entry: &Entry) -> Self {
        let aside = thread.aside.as_ref();
        Self {
            letter: thread.letter(entry.key),
            aside: aside.filter(|it| it.key == entry.key),
            addresses: thread.shows_addresses(entry.key),
        }
    }

    fn hash(&self, hasher: &mut DefaultHasher) {
        self.addresses.hash(hasher);
        self.letter.map(Arc::as_ptr).hash(hasher);
        let Some(aside) = self.aside else { return };
        let standing = |told: &Told<_>| matches!(told, Told::Here(_));
        let failed = |told: &Told<_>| matches!(told, Told::Failed(_));
        (aside.mode, standing(&aside.source), failed(&aside.source)).hash(hasher);
        match &aside.headers {
            None => 0,
            Some(Told::Asked(_)) => 1,
            Some(Told::Here(_)) => 2,
            Some(Told::Failed(_)) => 3,
        }
        .hash(hasher);
    }
}

/// What an entry has to do with those around it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    /// It is the first of a day.
    pub day: Option<Date>,
    /// The unread ones begin with it, and how many they are.
    pub new: Option<u64>,
    /// Something is missing before it.
    pub gap: bool,
    pub first: bool,
    /// It goes on a run of the same person.
    pub runs: bool,
    /// It is the first of its minute.
    pub clock: bool,
    /// What stands before it takes a line only.
    pub below_line: bool,
    /// The owner said nothing after it.
    pub last_own: bool,
    pub fold: Fold,
}

impl Place {
    pub fn of(
        thread: &Thread,
        at: usize,
        last_own: Option<usize>,
        look: &Look<'_>,
    ) -> Option<Self> {
        let entry = thread.entries.get(at)?;
        let before = at.checked_sub(1).and_then(|at| thread.entries.get(at));
        let day = when::day(entry.key.time(), look.settings);
        let same_day = before.is_some_and(|it| when::day(it.key.time(), look.settings) == day);
        let new = (thread.unread_from == Some(entry.key)).then_some(thread.new);
        let between = |key| before.is_some_and(|it| it.key < key) && key <= entry.key;
        let gap = thread.gaps.iter().any(|key| between(*key));
        let runs =
            same_day && new.is_none() && !gap && before.is_some_and(|before| is_run(before, entry));
        let minute = |it: &Entry| look.clock(it.key.time());
        Some(Self {
            day: (!same_day && entry.mail.is_none()).then_some(day),
            new,
            gap,
            first: before.is_none(),
            clock: !runs || before.is_none_or(|it| minute(it) != minute(entry)),
            runs,
            below_line: before.is_some_and(|it| {
                it.event.is_some() || it.mail.is_some() && thread.fold(it) == Fold::Line
            }),
            last_own: last_own == Some(at),
            fold: thread.fold(entry),
        })
    }
}

fn is_run(before: &Entry, entry: &Entry) -> bool {
    let near = entry.key.time().duration_since(before.key.time()) <= RUN;
    near && before.event.is_none()
        && entry.event.is_none()
        && entry.mail.is_none()
        && before.own == entry.own
        && before.sender_id == entry.sender_id
        && before.sender_name == entry.sender_name
}

/// A number for all that an entry's lines come from.
pub fn print(entry: &Entry, held: &Held<'_>, place: &Place, look: &Look<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    (look.print, place).hash(&mut hasher);
    held.hash(&mut hasher);
    for invite in look.invites.of(entry) {
        Arc::as_ptr(invite).hash(&mut hasher);
    }
    // What stands for a long text is enough.
    if held.letter.is_none() {
        entry.text.hash(&mut hasher);
    }
    (&entry.subject, &entry.sender_name, entry.own).hash(&mut hasher);
    entry.sender.hash(&mut hasher);
    (entry.edited, entry.deleted, entry.forwarded, entry.starred).hash(&mut hasher);
    (entry.seen, entry.delivered, &entry.event).hash(&mut hasher);
    (&entry.readers, entry.unread).hash(&mut hasher);
    if let Some(quote) = &entry.quote {
        (&quote.by, &quote.text).hash(&mut hasher);
    }
    for it in &entry.attachments {
        (&it.kind, &it.name, &it.mime, it.size, it.width, it.height).hash(&mut hasher);
        (it.duration.map(f64::to_bits), it.variant, it.unavailable).hash(&mut hasher);
        if it.is_picture() {
            let key = pictures::key(entry.key, it);
            (look.pictures.is_here(&key), look.pictures.is_fetching(&key)).hash(&mut hasher);
        }
        look.progress(entry, it).hash(&mut hasher);
    }
    for it in &entry.reactions {
        (&it.value, it.own).hash(&mut hasher);
    }
    if let Some(mail) = &entry.mail {
        for list in [&mail.to, &mail.cc, &mail.bcc] {
            for it in list {
                (&it.name, &it.address).hash(&mut hasher);
            }
        }
        for it in &mail.reply_to {
            (&it.name, &it.address).hash(&mut hasher);
        }
        (&mail.role, &mail.folders, mail.body, mail.is_complete).hash(&mut hasher);
        let from = mail.from.as_ref().map(|it| (&it.name, &it.address));
        from.hash(&mut hasher);
    }
    hasher.finish()
}
