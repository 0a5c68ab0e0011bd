//! Another look at one mail: its plain text, its source, its headers.

use std::sync::Arc;

use super::Thread;
use crate::app::effect::{Ask, Effect, Read, Ticket};
use crate::model::id::AccountId;
use crate::model::inbox::{Entry, EntryKey, MailSource};

/// How a mail is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    /// As its writer sent it without looks.
    Plain,
    Source,
    Headers,
}

/// Something that is asked for when it is wanted.
#[derive(Debug, Clone, PartialEq)]
pub enum Told<T> {
    Asked(Ticket),
    Here(T),
    Failed(String),
}

/// Names and values of header lines.
pub type Headers = Arc<Vec<(String, String)>>;

/// Another look at one mail.
#[derive(Debug, Clone, PartialEq)]
pub struct Aside {
    pub key: EntryKey,
    pub mode: Mode,
    /// Its source, with the headers that are stored.
    pub source: Told<Arc<MailSource>>,
    /// The headers that only the server has.
    pub headers: Option<Told<Headers>>,
}

impl Aside {
    /// What the line above says about it.
    pub fn title(&self) -> &'static str {
        match self.mode {
            Mode::Plain => "plain text",
            Mode::Source => "source",
            Mode::Headers => "headers",
        }
    }

    fn asks(
        &mut self,
        ticket: Ticket,
        entry: &Entry,
        account: Option<&AccountId>,
    ) -> Option<Effect> {
        let Told::Here(source) = &self.source else {
            return None;
        };
        let is_here = matches!(self.headers, Some(Told::Here(_) | Told::Asked(_)));
        if self.mode != Mode::Headers || !source.headers.is_empty() || is_here {
            return None;
        }
        self.headers = Some(Told::Asked(ticket));
        let account = account?.clone();
        let mail = entry.uid.as_str().into();
        Some(Effect::Ask(ticket, Ask::Headers(account, mail)))
    }
}

impl Thread {
    /// Looks at a mail in the next way; behind the last one is the usual one again.
    pub fn turn_aside(
        &mut self,
        key: EntryKey,
        ticket: Ticket,
        account: Option<&AccountId>,
    ) -> Option<Effect> {
        let entry = self.entries.iter().find(|it| it.key == key)?;
        let mail = entry.mail.as_ref()?;
        let now = self.aside.as_ref().filter(|it| it.key == key);
        let next = match now.map(|it| it.mode) {
            // Without HTML the plain text is the source.
            None if mail.has_html => Mode::Plain,
            None | Some(Mode::Plain) => Mode::Source,
            Some(Mode::Source) => Mode::Headers,
            Some(Mode::Headers) => {
                self.aside = None;
                return None;
            }
        };
        if let Some(aside) = self.aside.as_mut().filter(|it| it.key == key) {
            aside.mode = next;
            return aside.asks(ticket, entry, account);
        }
        self.aside = Some(Aside {
            key,
            mode: next,
            source: Told::Asked(ticket),
            headers: None,
        });
        Some(Effect::Read(ticket, Read::Source(key)))
    }

    /// The source of the mail that is looked at in another way.
    pub fn sourced(&mut self, ticket: Ticket, source: MailSource) {
        if let Some(aside) = &mut self.aside
            && aside.source == Told::Asked(ticket)
        {
            aside.source = Told::Here(Arc::new(source));
        }
    }

    /// Asks the server for headers, once it is known that they are not stored.
    pub fn ask_headers(&mut self, ticket: Ticket, account: Option<&AccountId>) -> Option<Effect> {
        let aside = self.aside.as_mut()?;
        let entry = self.entries.iter().find(|it| it.key == aside.key)?;
        aside.asks(ticket, entry, account)
    }

    /// The headers of the mail that is looked at in another way.
    pub fn headed(&mut self, ticket: Ticket, headers: Vec<(String, String)>) {
        if let Some(aside) = &mut self.aside
            && aside.headers == Some(Told::Asked(ticket))
        {
            aside.headers = Some(Told::Here(Arc::new(headers)));
        }
    }

    /// What was asked for it cannot be told. Gives whether it was asked here.
    pub fn aside_failed(&mut self, ticket: Ticket, why: &str) -> bool {
        let Some(aside) = &mut self.aside else {
            return false;
        };
        if aside.source == Told::Asked(ticket) {
            aside.source = Told::Failed(why.to_owned());
        } else if aside.headers == Some(Told::Asked(ticket)) {
            aside.headers = Some(Told::Failed(why.to_owned()));
        } else {
            return false;
        }
        true
    }
}
