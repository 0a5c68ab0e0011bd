//! The form of a mail: from whom, to whom, about what, the words. An answer stands under the conversation and a new mail
//! in a window; both are the same form with the same keys.

mod begin;
mod options;
mod people;
mod resume;
mod send;
#[cfg(test)]
mod tests;
mod typing;
mod words;

use jiff::Timestamp;

use super::sheet::Sheet;
use crate::app::effect::{Effect, Ticket};
use crate::app::input::Input;
use crate::app::layer::Layer;
use crate::app::state::{Pane, State};
use crate::mail::address::{self, Named};
use crate::mail::answer::{Answer, Mine};
use crate::mail::said;
use crate::model::account::Provider;
use crate::model::act::{Correspondent, MailTracking};
use crate::model::correspondence::{Desk, Mailbox};
use crate::model::id::{AccountId, EmailId};
use crate::model::inbox::{AccountKey, ConversationKey};
use crate::model::outbox::{AwaitedFile, DraftBody, MailDraft, MailFormat};

pub use begin::Start;
pub(in crate::app) use begin::{begin, compose, from_link, quote};
pub(super) use begin::{follows, precedes};
pub use options::Choice;
pub(super) use options::offers;
pub(in crate::app) use options::{changed, open as options};
pub use people::{Lookup, Offer, Offers, People};
pub(in crate::app) use resume::{mirror, take_up};
pub use send::Doubt;
pub(in crate::app) use send::{answered_doubt, gather, gathered, online, send, sent};
pub use typing::window_width;
pub(in crate::app) use typing::{clicked, command, pasted, pointed, pressed};

/// The widest the window of a new mail is, borders included.
pub const WIDEST: u16 = 90;

/// A mail that is being written.
#[derive(Debug, Clone)]
pub struct MailForm {
    pub sheet: Sheet,
    /// All addresses to write from, and the one it comes from.
    pub identities: Vec<Identity>,
    pub from: usize,
    pub to: People,
    pub cc: People,
    pub bcc: People,
    pub subject: Input,
    pub field: Field,
    pub format: MailFormat,
    pub headers: Vec<(String, String)>,
    pub tracking: MailTracking,
    /// The conversation it answers or passes something on from.
    pub conversation: Option<String>,
    /// The same on this machine, when it stands under it.
    pub place: Option<ConversationKey>,
    pub answers: Option<EmailId>,
    pub forwards: Option<EmailId>,
    /// Files of the mail that is passed on which are not here yet.
    pub awaited: Vec<AwaitedFile>,
    /// They are being fetched.
    pub gathering: bool,
    /// Why they could not be fetched.
    pub trouble: Option<String>,
    /// It goes out as soon as they are here; at a time when there is one.
    pub armed: Option<Option<Timestamp>>,
    /// Handed to the outbox, which does not have it yet.
    pub leaving: Option<Ticket>,
    /// Over the whole screen.
    pub wide: bool,
    /// The words of the mail that is answered have not come yet.
    quotes: Option<Answer>,
    /// What it held before anybody typed.
    pristine: DraftBody,
    /// The latest mail that was left unfinished was asked for.
    pub(super) draft_asked: Option<Ticket>,
}

/// An address to write from.
#[derive(Debug, Clone, PartialEq)]
pub struct Identity {
    pub account: AccountKey,
    pub id: AccountId,
    pub provider: Provider,
    pub person: Correspondent,
    /// Not the account's own address.
    pub is_alias: bool,
    pub signature: Option<String>,
}

/// A part of the form that is typed into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    From,
    To,
    Cc,
    Bcc,
    Subject,
    Text,
}

impl Field {
    pub const ALL: [Self; 6] = [
        Self::From,
        Self::To,
        Self::Cc,
        Self::Bcc,
        Self::Subject,
        Self::Text,
    ];
}

impl MailForm {
    fn new(identities: Vec<Identity>, ticket: Ticket) -> Self {
        Self {
            sheet: Sheet::new(ticket),
            identities,
            from: 0,
            to: People::default(),
            cc: People::default(),
            bcc: People::default(),
            subject: Input::default(),
            field: Field::To,
            format: MailFormat::default(),
            headers: Vec::new(),
            tracking: MailTracking::default(),
            conversation: None,
            place: None,
            answers: None,
            forwards: None,
            awaited: Vec::new(),
            gathering: false,
            trouble: None,
            armed: None,
            leaving: None,
            wide: false,
            quotes: None,
            pristine: DraftBody::default(),
            draft_asked: None,
        }
    }

    pub fn identity(&self) -> Option<&Identity> {
        self.identities.get(self.from)
    }

    /// Those who get it, with the field they stand in.
    pub fn everybody(&self) -> impl Iterator<Item = &Named> {
        self.to
            .chips
            .iter()
            .chain(&self.cc.chips)
            .chain(&self.bcc.chips)
    }

    /// The fields that are shown: copies only when somebody is in them or about to be.
    pub fn fields(&self) -> Vec<Field> {
        let shown = |field: &Field| match field {
            Field::From => self.place.is_none() || self.wide || self.field == Field::From,
            Field::Cc => !self.cc.is_empty() || self.copies(),
            Field::Bcc => !self.bcc.is_empty() || self.copies(),
            Field::To | Field::Subject | Field::Text => true,
        };
        Field::ALL.into_iter().filter(shown).collect()
    }

    fn copies(&self) -> bool {
        matches!(self.field, Field::Cc | Field::Bcc)
    }

    pub fn people(&self, field: Field) -> Option<&People> {
        match field {
            Field::To => Some(&self.to),
            Field::Cc => Some(&self.cc),
            Field::Bcc => Some(&self.bcc),
            Field::From | Field::Subject | Field::Text => None,
        }
    }

    fn people_mut(&mut self, field: Field) -> Option<&mut People> {
        match field {
            Field::To => Some(&mut self.to),
            Field::Cc => Some(&mut self.cc),
            Field::Bcc => Some(&mut self.bcc),
            Field::From | Field::Subject | Field::Text => None,
        }
    }

    /// How many bytes all files have, those included that are still to come.
    pub fn size(&self) -> u64 {
        let awaited = self.awaited.iter().filter_map(|it| it.size);
        self.sheet
            .files
            .iter()
            .map(|it| it.size)
            .chain(awaited)
            .sum()
    }

    /// What it is, for the title.
    pub fn kind(&self) -> &'static str {
        if self.forwards.is_some() {
            "Forward"
        } else if self.answers.is_none() {
            "New mail"
        } else if self.everybody().count() > 1 {
            "Reply to all"
        } else {
            "Reply"
        }
    }

    pub fn is_signed(&self) -> bool {
        let signature = self.identity().and_then(|it| it.signature.as_deref());
        let text = self.sheet.editor.text();
        signature.is_some_and(|it| said::unsigned(&text, it).is_some())
    }

    /// What a draft of it holds.
    pub fn body(&self) -> DraftBody {
        let all = |people: &People| -> Vec<Correspondent> {
            let chips = people.chips.iter().map(|it| it.person.clone());
            // What is typed and not taken yet is not lost either.
            let typed = address::list(people.input.text()).into_iter();
            chips.chain(typed.map(|it| it.person)).collect()
        };
        let identity = self.identity();
        let alias = identity.filter(|it| it.is_alias);
        DraftBody {
            account: identity.map(|it| it.id.clone()),
            conversation: self.conversation.clone(),
            text: self.sheet.editor.text(),
            subject: self.subject.text().to_owned(),
            to: all(&self.to),
            cc: all(&self.cc),
            bcc: all(&self.bcc),
            attachments: self.sheet.files.clone(),
            mail: Some(Box::new(MailDraft {
                from: alias.map(|it| it.person.clone()),
                answers: self.answers.clone(),
                forwards: self.forwards.clone(),
                awaited: self.awaited.clone(),
                format: self.format,
                headers: self.headers.clone(),
                tracking: Some(self.tracking.clone()).filter(|it| *it != MailTracking::default()),
            })),
            ..DraftBody::default()
        }
    }

    /// Whether nothing was written into it yet.
    pub fn is_blank(&self) -> bool {
        self.sheet.draft.is_none() && self.body() == self.pristine
    }

    /// Writes it down if it has changed; what nobody has written into is no draft.
    pub(in crate::app) fn keep(&mut self) -> Option<Effect> {
        if self.leaving.is_some() {
            return None;
        }
        let body = self.body();
        let body = if body == self.pristine {
            DraftBody::default()
        } else {
            body
        };
        self.sheet.keep(body)
    }

    /// From now on this is how it is when nobody has typed.
    fn settle(&mut self) {
        self.pristine = self.body();
    }

    /// Puts the signature in, or takes it out again.
    fn sign(&mut self, now: Timestamp) {
        let Some(signature) = self.identity().and_then(|it| it.signature.clone()) else {
            return;
        };
        let text = self.sheet.editor.text();
        let text =
            said::unsigned(&text, &signature).unwrap_or_else(|| said::signed(&text, &signature));
        self.sheet.editor.revise(&text);
        self.sheet.touch(now);
    }

    /// Comes from another address; the signature follows.
    fn write_from(&mut self, at: usize, now: Timestamp) {
        let old = self.identity().and_then(|it| it.signature.clone());
        self.from = at;
        let new = self.identity().and_then(|it| it.signature.clone());
        if old == new {
            return;
        }
        let text = self.sheet.editor.text();
        let bare = old.as_deref().and_then(|it| said::unsigned(&text, it));
        // Who has taken the signature out wants none.
        if old.is_some() && bare.is_none() {
            return;
        }
        let bare = bare.unwrap_or(text);
        let text = new.map_or(bare.clone(), |it| said::signed(&bare, &it));
        self.sheet.editor.revise(&text);
        self.sheet.touch(now);
    }
}

impl State {
    /// The mail that keys are for.
    pub fn form(&mut self) -> Option<&mut MailForm> {
        let windows = self
            .layers
            .iter()
            .any(|it| matches!(it, Layer::Mail(_) | Layer::NewChat(_)));
        if windows {
            return self.layers.iter_mut().rev().find_map(|it| match it {
                Layer::Mail(form) => Some(&mut **form),
                _ => None,
            });
        }
        let focus = self.focus == Pane::Compose;
        self.letter.as_deref_mut().filter(|_| focus)
    }

    /// All addresses to write mails from.
    pub(in crate::app) fn identities(&self) -> Vec<Identity> {
        let desk = self.desk();
        let signature = |it: &Mailbox| {
            let own = self.settings.signatures.iter();
            let mut own = own.filter(|(name, _)| {
                name.eq_ignore_ascii_case(&it.own.address) || **name == *it.id.as_str()
            });
            match own.next() {
                Some((_, text)) => Some(text.trim().to_owned()),
                None => it.signatures.first().map(|it| it.content.clone()),
            }
            .filter(|it| !it.is_empty())
        };
        let one = |it: &Mailbox| -> Vec<Identity> {
            let all =
                std::iter::once((&it.own, false)).chain(it.aliases.iter().map(|it| (it, true)));
            all.map(|(person, is_alias)| Identity {
                account: it.account,
                id: it.id.clone(),
                provider: it.provider.clone(),
                person: person.clone(),
                is_alias,
                signature: signature(it),
            })
            .collect()
        };
        desk.mailboxes.iter().flat_map(one).collect()
    }

    /// The mailboxes as far as they are known: in the very first moment only their accounts are.
    fn desk(&self) -> Desk {
        let mut desk = self.desk.clone();
        for it in self
            .places
            .overview
            .accounts
            .iter()
            .filter(|it| it.has_mail)
        {
            let address = it.identity.clone().unwrap_or_else(|| it.name.clone());
            if desk.mailboxes.iter().all(|known| known.account != it.key) && address.contains('@') {
                desk.mailboxes.push(Mailbox {
                    account: it.key,
                    id: it.id.clone(),
                    provider: it.provider.clone(),
                    own: Correspondent {
                        name: None,
                        address,
                    },
                    aliases: Vec::new(),
                    signatures: Vec::new(),
                });
            }
        }
        desk
    }

    /// The user's own addresses.
    fn mine(&self) -> Mine {
        Mine::new(self.desk().addresses())
    }
}
