//! The window for the first message to somebody: from which account, to whom, and the words.

mod typing;

use jiff::Timestamp;

use super::Effects;
use super::sheet::Sheet;
use crate::app::effect::{Answer, Ask, Deed, Effect, Reached, Read, Ticket};
use crate::app::input::Input;
use crate::app::layer::Layer;
use crate::app::picker::{Item, Picker};
use crate::app::state::{Pane, State};
use crate::app::toast::Tone;
use crate::model::account::Provider;
use crate::model::id::AccountId;
use crate::model::inbox::{AccountKey, Handle, StoredAccount};
use crate::model::limits::{Count, Part};
use crate::model::outbox::{Draft, DraftBody};

pub(in crate::app) use typing::{clicked, pasted, pressed};

/// The widest the window is, borders included.
pub const WIDEST: u16 = 84;
/// So many people are asked for anew when the store changes.
const FEW: usize = 500;

/// A first message.
#[derive(Debug, Clone)]
pub struct NewChat {
    pub sheet: Sheet,
    /// Accounts that have chats, and the one it goes out from.
    pub accounts: Vec<Sender>,
    pub from: usize,
    pub to: Vec<Reached>,
    /// The line of the recipients and whom it may mean.
    pub people: Picker,
    known: Vec<Reached>,
    /// Name of a group.
    pub title: Input,
    pub inmail: bool,
    /// How many InMails are left, as far as told.
    pub inmails: Option<u64>,
    pub subject: Input,
    pub field: Field,
    /// Somebody is being looked up at the network.
    pub looking: Option<Ticket>,
    /// Handed to the outbox, which does not have it yet.
    pub leaving: Option<Ticket>,
    people_asked: Option<Ticket>,
    inmails_asked: Option<Ticket>,
    draft_asked: Option<Ticket>,
}

/// An account to write from.
#[derive(Debug, Clone, PartialEq)]
pub struct Sender {
    pub key: AccountKey,
    pub id: AccountId,
    pub name: String,
    pub provider: Provider,
}

/// A part of the window that is typed into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    From,
    To,
    Title,
    Inmail,
    Subject,
    Text,
}

impl NewChat {
    pub fn sender(&self) -> Option<&Sender> {
        self.accounts.get(self.from)
    }

    fn is_linkedin(&self) -> bool {
        self.sender()
            .is_some_and(|it| it.provider == Provider::Linkedin)
    }

    /// The fields this message has, in their order.
    pub fn fields(&self) -> Vec<Field> {
        let mut fields = vec![Field::From, Field::To];
        if self.to.len() > 1 {
            fields.push(Field::Title);
        } else if self.is_linkedin() {
            fields.push(Field::Inmail);
            if self.inmail {
                fields.push(Field::Subject);
            }
        }
        fields.push(Field::Text);
        fields
    }

    fn step(&mut self, by: isize) {
        let fields = self.fields();
        let at = fields.iter().position(|it| *it == self.field).unwrap_or(0);
        let to = at.saturating_add_signed(by).min(fields.len() - 1);
        self.field = fields.get(to).copied().unwrap_or(Field::Text);
    }

    /// What a draft of it holds.
    pub fn body(&self) -> DraftBody {
        let inmail = self.inmail && self.is_linkedin() && self.to.len() < 2;
        DraftBody {
            account: self.sender().map(|it| it.id.clone()),
            text: self.sheet.editor.text(),
            subject: if inmail {
                self.subject.text().to_owned()
            } else {
                String::new()
            },
            title: (self.to.len() > 1 && !self.title.is_empty())
                .then(|| self.title.text().to_owned()),
            inmail,
            attendees: self.to.iter().map(|it| it.id.clone()).collect(),
            names: self.to.iter().map(|it| it.name.clone()).collect(),
            attachments: self.sheet.files.clone(),
            ..DraftBody::default()
        }
    }

    pub(super) fn keep(&mut self) -> Option<Effect> {
        if self.leaving.is_some() {
            return None;
        }
        let body = self.body();
        self.sheet.keep(body)
    }

    pub(super) fn waits_for(&self, ticket: Ticket) -> bool {
        [
            self.people_asked,
            self.inmails_asked,
            self.draft_asked,
            self.looking,
        ]
        .contains(&Some(ticket))
    }

    /// How the words stand to the limit of their network.
    pub fn count(&self) -> Option<Count> {
        let provider = &self.sender()?.provider;
        if self.inmail && self.is_linkedin() {
            let subject = Count::of(self.subject.text(), provider, Part::InmailSubject);
            let body = Count::of(&self.sheet.editor.text(), provider, Part::InmailBody);
            return subject.filter(|it| it.is_over()).or(body).or(subject);
        }
        Count::of(&self.sheet.editor.text(), provider, Part::Message)
    }

    /// Asks who can be written to from the account.
    fn ask(&mut self, people: Ticket, inmails: Ticket) -> Effects {
        let Some(sender) = self.sender().cloned() else {
            return Effects::new();
        };
        self.people_asked = Some(people);
        self.inmails = None;
        let mut effects = vec![Effect::Read(people, Read::People(sender.key))];
        if sender.provider == Provider::Linkedin {
            self.inmails_asked = Some(inmails);
            effects.push(Effect::Ask(inmails, Ask::Inmails(sender.id)));
        }
        effects
    }

    /// Offers those who are not named yet.
    fn offer(&mut self) {
        let item = |it: &Reached| Item {
            also: it.id.to_string(),
            ..Item::new(&it.name, &it.about)
        };
        self.people.offer(self.known.iter().map(item).collect());
    }

    fn add(&mut self, person: Reached) {
        if !self.to.iter().any(|it| it.id == person.id) {
            self.to.push(person);
        }
        self.people.input.clear();
        self.offer();
    }

    fn take_up(&mut self, draft: &Draft) {
        let body = &draft.body;
        self.sheet = Sheet::of(draft, self.sheet.ticket);
        let at = self
            .accounts
            .iter()
            .position(|it| Some(&it.id) == body.account.as_ref());
        self.from = at.unwrap_or(self.from);
        let names = body.names.iter().map(Some).chain(std::iter::repeat(None));
        self.to = body
            .attendees
            .iter()
            .zip(names)
            .map(|(id, name)| Reached {
                id: id.clone(),
                name: name.map_or_else(|| "somebody".to_owned(), Clone::clone),
                about: String::new(),
            })
            .collect();
        self.title.set(body.title.as_deref().unwrap_or_default());
        self.subject.set(&body.subject);
        self.inmail = body.inmail;
        self.field = if self.to.is_empty() {
            Field::To
        } else {
            Field::Text
        };
    }
}

/// Opens the window, with the draft that was left there last.
pub(in crate::app) fn begin(state: &mut State) -> Effects {
    if state.settings.readonly {
        let word = "onebox runs read-only: nothing is sent.";
        state.toasts.say(word, Tone::Bad, state.now);
        return Effects::new();
    }
    let here = at_hand(state);
    let has = |it: &&StoredAccount| Some(it.key) == here;
    let account = state.places.overview.accounts.iter().find(has);
    let chats = state.places.overview.accounts.iter().any(|it| it.has_chats);
    if account.is_some_and(|it| it.has_mail && !it.has_chats) || account.is_none() && !chats {
        return super::mail::compose(state, here);
    }
    let ticket = state.ticket();
    let mut effects = open(state, None);
    if let Some(Layer::NewChat(chat)) = state.layers.last_mut() {
        chat.draft_asked = Some(ticket);
        effects.push(Effect::Read(ticket, Read::NewDraft { mail: false }));
    }
    effects
}

/// The account that is shown alone, or that of the conversation at hand.
fn at_hand(state: &State) -> Option<AccountKey> {
    let read = state
        .thread
        .as_ref()
        .filter(|_| state.focus == Pane::Thread);
    let here = state.list.filter.account;
    let here = here.or(read.map(|it| it.conversation.account));
    here.or(state.list.current().map(|it| it.account))
}

/// Opens the window, with a draft where there is one.
pub(super) fn open(state: &mut State, draft: Option<&Draft>) -> Effects {
    let accounts: Vec<Sender> = state
        .places
        .overview
        .accounts
        .iter()
        .filter(|it| it.has_chats)
        .map(|it| Sender {
            key: it.key,
            id: it.id.clone(),
            name: it.name.clone(),
            provider: it.provider.clone(),
        })
        .collect();
    if accounts.is_empty() {
        let word = "No account with chats is linked, so there is nobody to write to.";
        state.toasts.say(word, Tone::Bad, state.now);
        return Effects::new();
    }
    let here = at_hand(state);
    let from = accounts.iter().position(|it| Some(it.key) == here);
    let mut people = Picker::new("", Vec::new());
    "a name, a public name or a phone number".clone_into(&mut people.hint);
    let mut chat = NewChat {
        sheet: Sheet::new(state.ticket()),
        accounts,
        from: from.unwrap_or(0),
        to: Vec::new(),
        people,
        known: Vec::new(),
        title: Input::default(),
        inmail: false,
        inmails: None,
        subject: Input::default(),
        field: Field::To,
        looking: None,
        leaving: None,
        people_asked: None,
        inmails_asked: None,
        draft_asked: None,
    };
    if let Some(draft) = draft {
        chat.take_up(draft);
    }
    let effects = chat.ask(state.ticket(), state.ticket());
    state.layers.push(Layer::NewChat(Box::new(chat)));
    effects
}

/// Takes an answer in. Gives what is to be said about it.
pub(super) fn answered(chat: &mut NewChat, ticket: Ticket, answer: Answer) -> Option<String> {
    if chat.looking == Some(ticket) {
        chat.looking = None;
        match answer {
            Answer::Person(person) => chat.add(person),
            Answer::Failed(why) => return Some(why),
            _ => {}
        }
        return None;
    }
    match answer {
        Answer::People(handles) if chat.people_asked == Some(ticket) => {
            chat.people_asked = None;
            chat.known = handles.into_iter().map(reached).collect();
            chat.offer();
        }
        Answer::Inmails(left) if chat.inmails_asked == Some(ticket) => {
            chat.inmails_asked = None;
            chat.inmails = left;
        }
        // Whoever has begun to type does not want another text under the cursor.
        Answer::Draft(Some(draft))
            if chat.draft_asked == Some(ticket)
                && chat.body().is_empty()
                && chat.people.input.is_empty() =>
        {
            chat.take_up(&draft);
        }
        _ => {}
    }
    None
}

fn reached(handle: Handle) -> Reached {
    let public = handle.public_id.map(|it| format!("@{it}"));
    Reached {
        id: handle.provider_id,
        name: handle.name,
        about: handle.headline.or(public).unwrap_or_default(),
    }
}

/// Hands it over; the window closes when the outbox has it.
pub(super) fn send(state: &mut State, at: Option<Timestamp>) -> Effects {
    let now = state.now;
    let Some(Layer::NewChat(chat)) = state.layers.last_mut() else {
        return Effects::new();
    };
    let word = if chat.to.is_empty() {
        chat.field = Field::To;
        Some("Nobody is named to send it to.")
    } else if chat.sheet.editor.is_blank() && chat.sheet.files.is_empty() {
        chat.field = Field::Text;
        Some("There is nothing to send yet.")
    } else if chat.sheet.attaching > 0 {
        Some("One moment: a file is being read.")
    } else {
        None
    };
    if let Some(word) = word {
        state.toasts.say(word, Tone::Plain, now);
        return Effects::new();
    }
    chat.leaving = Some(chat.sheet.ticket);
    vec![Effect::Do(Deed::Send(
        chat.sheet.ticket,
        chat.sheet.draft,
        Box::new(chat.body()),
        at,
    ))]
}

fn leave(state: &mut State) -> Effects {
    let Some(Layer::NewChat(mut chat)) = state.layers.pop() else {
        return Effects::new();
    };
    if !chat.body().is_empty() {
        let word = "Kept: it is among the drafts.";
        state.toasts.say(word, Tone::Plain, state.now);
    }
    chat.keep().into_iter().collect()
}

/// Empties it; the words can be brought back as long as it is open.
fn throw_away(state: &mut State) -> Effects {
    let now = state.now;
    let Some(Layer::NewChat(chat)) = state.layers.last_mut() else {
        return Effects::new();
    };
    chat.to.clear();
    chat.people.input.clear();
    chat.title.clear();
    chat.subject.clear();
    chat.field = Field::To;
    chat.sheet.throw_away(now);
    Effects::new()
}

/// More people may be known by now.
pub(in crate::app) fn refresh(state: &mut State) -> Option<Effect> {
    let ticket = state.ticket();
    let Some(Layer::NewChat(chat)) = state.layers.last_mut() else {
        return None;
    };
    // Those who are there do not go away; it is the first fetch that brings many.
    if chat.people_asked.is_some() || chat.known.len() > FEW {
        return None;
    }
    let sender = chat.sender()?.key;
    chat.people_asked = Some(ticket);
    Some(Effect::Read(ticket, Read::People(sender)))
}
