//! All the program knows.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::accounts::Accounts;
use super::ahead::Ahead;
use super::command::{Command, In};
use super::compose::mail::{Lookup, MailForm, Start};
use super::compose::{Composer, started::Started};
use super::effect::{Effect, Read, Ticket, Wish};
use super::key::Key;
use super::keymap::Keymap;
use super::layer::Layer;
use super::layout::{Areas, Size, Widths, areas, inside};
use super::list::List;
use super::msg::Msg;
use super::pictures::Pictures;
use super::places::Places;
use super::pointer::Target;
use super::search::Search;
use super::status::{Fetching, Link, Sync};
use super::thread::Thread;
use super::toast::Toasts;
use super::update::Clicked;
use crate::config::{AUTO, Images, ReadMarks};
use crate::model::correspondence::Desk;
use crate::model::inbox::{ConversationKey, EntryKey};

const SECOND: SignedDuration = SignedDuration::from_secs(1);

/// What the settings decide about the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    pub keymap: Keymap,
    pub read_marks: ReadMarks,
    /// Whether Enter sends and Alt-Enter breaks the line, or the other way round.
    pub enter_sends: bool,
    /// 14:02 or 2:02 pm.
    pub clock24: bool,
    pub zone: TimeZone,
    /// Nothing outside ASCII is drawn.
    pub ascii: bool,
    /// No boxes and nothing that moves, for screen readers.
    pub plain: bool,
    /// Nothing is changed at the server.
    pub readonly: bool,
    /// How long a message can be taken back.
    pub undo_seconds: u16,
    pub mouse: bool,
    /// How pictures reach the terminal.
    pub images: Images,
    /// Name of the theme.
    pub theme: String,
    /// Names of all themes there are.
    pub themes: Vec<String>,
    /// Where files of messages are saved; where the system puts downloads when absent.
    pub downloads: Option<PathBuf>,
    /// Texts to insert while writing, by name.
    pub snippets: BTreeMap<String, String>,
    /// What stands below mails, by the address or the id of the account.
    pub signatures: BTreeMap<String, String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            keymap: Keymap::default(),
            read_marks: ReadMarks::default(),
            enter_sends: true,
            clock24: true,
            zone: TimeZone::UTC,
            ascii: false,
            plain: false,
            readonly: false,
            undo_seconds: 8,
            mouse: true,
            images: Images::default(),
            theme: AUTO.to_owned(),
            themes: Vec::new(),
            downloads: None,
            snippets: BTreeMap::new(),
            signatures: BTreeMap::new(),
        }
    }
}

/// A part of the main screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pane {
    Places,
    #[default]
    List,
    Thread,
    Compose,
}

/// What fills the screen below the bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Screen {
    #[default]
    Inbox,
    Accounts,
}

/// All the program knows.
#[derive(Debug)]
pub struct State {
    pub settings: Settings,
    pub now: Timestamp,
    pub size: Size,
    pub widths: Widths,
    pub screen: Screen,
    pub focus: Pane,
    pub places: Places,
    pub list: List,
    /// What is shown before the store has it.
    pub ahead: Ahead,
    pub thread: Option<Thread>,
    /// What is being written into it.
    pub composer: Option<Composer>,
    /// The mail that is being written under it.
    pub letter: Option<Box<MailForm>>,
    /// The user's mailboxes, and whom they write to.
    pub desk: Desk,
    pub book: Lookup,
    /// The folder the last file was attached from, as typed.
    pub attach_from: String,
    /// A draft was asked for because its words were taken back.
    pub(super) given_back: Option<Ticket>,
    /// The first message whose conversation is still to come.
    pub(super) started: Option<Started>,
    /// The conversation that was asked for and has not come yet.
    pub opening: Option<Opening>,
    /// What was typed for it meanwhile.
    pub(super) held: Vec<Msg>,
    /// When the conversation under the resting cursor is looked at.
    pub peek_at: Option<Timestamp>,
    pub pictures: Pictures,
    pub layers: Vec<Layer>,
    /// Keys of a sequence that is not complete.
    pub begun: Vec<Key>,
    pub toasts: Toasts,
    pub sync: Sync,
    /// Commands that were used from the palette, the latest last.
    pub recent: Vec<Command>,
    /// The last search that led somewhere.
    pub searched: Option<Box<Search>>,
    /// Where the words of that search are in a conversation that is still to come.
    pub(super) hits: Option<(ConversationKey, Vec<String>, Vec<EntryKey>)>,
    /// Whether the terminal's window is looked at.
    pub looked_at: bool,
    /// When `^C` was pressed last.
    pub interrupted: Option<Timestamp>,
    /// What was clicked last.
    pub(super) clicked: Clicked,
    pub accounts: Accounts,
    /// The file that is being fetched.
    pub fetching: Option<Fetching>,
    /// The border that is being dragged.
    pub dragged: Option<Target>,
    /// Something was asked for that needs the accounts, before they were known.
    pub(super) early: bool,
    pub(super) overview_asked: Option<Ticket>,
    pub(super) overview_stale: bool,
    /// The mailboxes were asked for the first time.
    pub(super) desk_asked: Option<Ticket>,
    tickets: u64,
}

/// A conversation that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    pub ticket: Ticket,
    pub key: ConversationKey,
    pub then: Then,
    /// The entry to show, such as a hit.
    pub around: Option<crate::model::inbox::EntryKey>,
}

/// What happens when a conversation has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// It is only looked at.
    Peek,
    /// The cursor goes into it.
    Read,
    /// The composer opens.
    Write(Start),
}

impl State {
    pub fn new(settings: Settings, now: Timestamp, size: Size) -> Self {
        Self {
            settings,
            now,
            size,
            widths: Widths::default(),
            screen: Screen::default(),
            focus: Pane::default(),
            places: Places::default(),
            list: List::default(),
            ahead: Ahead::default(),
            thread: None,
            composer: None,
            letter: None,
            desk: Desk::default(),
            book: Lookup::default(),
            attach_from: "~/".to_owned(),
            given_back: None,
            started: None,
            opening: None,
            held: Vec::new(),
            peek_at: None,
            pictures: Pictures::default(),
            layers: Vec::new(),
            begun: Vec::new(),
            toasts: Toasts::default(),
            sync: Sync::default(),
            recent: Vec::new(),
            searched: None,
            hits: None,
            looked_at: true,
            interrupted: None,
            clicked: Clicked::default(),
            accounts: Accounts::default(),
            fetching: None,
            dragged: None,
            early: false,
            overview_asked: None,
            overview_stale: false,
            desk_asked: None,
            tickets: 0,
        }
    }

    /// The questions with which the program begins.
    pub fn begin(&mut self) -> Vec<Effect> {
        let (page, ticket) = (self.list_page(), self.ticket());
        let mut effects = vec![self.list.begin(page, ticket)];
        effects.extend(self.refresh_overview());
        let ticket = self.ticket();
        self.desk_asked = Some(ticket);
        effects.push(Effect::Read(ticket, Read::Desk));
        effects
    }

    /// Whether nothing is known of the accounts yet, and will be soon.
    pub(super) fn knows_nobody_yet(&self) -> bool {
        let accounts = self.overview_asked.is_some() && self.places.overview.accounts.is_empty();
        accounts || self.desk_asked.is_some()
    }

    pub fn ticket(&mut self) -> Ticket {
        self.tickets += 1;
        Ticket(self.tickets)
    }

    pub fn areas(&self) -> Areas {
        areas(self.size, self.focus, self.widths)
    }

    /// How many conversations the list shows at once.
    pub fn list_page(&self) -> usize {
        let height = self.areas().list.map_or(0, |area| inside(area).height);
        usize::from(height / 2).max(1)
    }

    /// Where keys are looked up, the closest place first.
    pub fn contexts(&self) -> &'static [In] {
        if self.screen == Screen::Accounts {
            return &[In::Accounts, In::Main, In::Everywhere];
        }
        match self.focus {
            Pane::Places => &[In::Places, In::Main, In::Everywhere],
            Pane::List => &[In::List, In::Main, In::Everywhere],
            Pane::Thread => &[In::Thread, In::Main, In::Everywhere],
            Pane::Compose => &[In::Compose, In::Everywhere],
        }
    }

    /// Counts anew what the left pane counts.
    pub fn refresh_overview(&mut self) -> Option<Effect> {
        if self.overview_asked.is_some() {
            self.overview_stale = true;
            return None;
        }
        let ticket = self.ticket();
        self.overview_asked = Some(ticket);
        self.overview_stale = false;
        let account = self.list.filter.account;
        Some(Effect::Read(ticket, Read::Overview { account }))
    }

    /// Asks for a conversation.
    pub fn open(
        &mut self,
        key: ConversationKey,
        around: Option<crate::model::inbox::EntryKey>,
        then: Then,
    ) -> Vec<Effect> {
        use super::effect::From;
        let ticket = self.ticket();
        self.peek_at = None;
        if let Some(draft) = key.draft() {
            // It has no conversation to be shown: the window it is written in opens.
            self.thread = None;
            self.opening = None;
            if then == Then::Peek {
                return Vec::new();
            }
            self.given_back = Some(ticket);
            return vec![Effect::Read(ticket, Read::Draft(draft))];
        }
        self.opening = Some(Opening {
            ticket,
            key,
            then,
            around,
        });
        let from = around.map_or(From::Unread, From::Around);
        vec![
            Effect::Read(
                ticket,
                Read::Thread {
                    conversation: key,
                    from,
                    limit: super::thread::WINDOW,
                },
            ),
            Effect::Engine(Wish::Focus(Some(key))),
        ]
    }

    /// Whether keys have to wait for a conversation that is about to come: they are meant for it. The same goes for a
    /// window that cannot open before the accounts are known.
    pub(super) fn holds_keys(&self) -> bool {
        let wanted = self.opening.is_some_and(|it| it.then != Then::Peek);
        wanted && self.layers.is_empty() || self.early && self.knows_nobody_yet()
    }

    /// When something on the screen changes by itself next.
    pub fn wakes_at(&self) -> Option<Timestamp> {
        let toast = self.toasts.shown(self.now).map(|it| it.until);
        let thread = self.thread.as_ref();
        let countdown = thread.and_then(|it| it.wakes_at(self.now));
        // Seconds are counted down only for somebody who looks.
        let counts = match self.sync.link {
            Link::Offline { next_try, .. } if self.looked_at && next_try > self.now => {
                self.now.checked_add(SECOND).ok()
            }
            _ => None,
        };
        [toast, self.peek_at, self.draft_due(), countdown, counts]
            .into_iter()
            .flatten()
            .min()
    }
}
