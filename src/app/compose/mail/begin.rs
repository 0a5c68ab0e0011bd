//! How a mail begins: new, as an answer, from a link, or where it was left.

use super::people::People;
use super::{Field, Identity, MailForm, words};
use crate::app::compose::{Effects, editor::Editor};
use crate::app::effect::{Effect, Fetch, Read};
use crate::app::layer::Layer;
use crate::app::state::{Pane, State};
use crate::app::thread::{Scroll, Thread};
use crate::app::toast::Tone;
use crate::mail::address::{self, Named};
use crate::mail::answer::{self, Answer, Mine, Recipients};
use crate::mail::mailto;
use crate::mail::said;
use crate::model::email::Extent;
use crate::model::inbox::{AccountKey, Entry, EntryKey};
use crate::model::outbox::AwaitedFile;

/// What is wanted of a thread of mails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    Answer(Answer),
    /// What was begun, or else an answer.
    GoOn,
}

/// Begins to answer a mail of the thread that is shown, or goes on with what was begun.
pub(in crate::app) fn begin(state: &mut State, start: Start, entry: Option<EntryKey>) -> Effects {
    let ticket = state.ticket();
    let Some(thread) = &state.thread else {
        return Effects::new();
    };
    let meant = |it: &&Entry| entry.map_or(it.mail.is_some(), |key| it.key == key);
    let Some(meant) = thread.entries.iter().rev().find(meant) else {
        return Effects::new();
    };
    let here = Some(thread.key());
    if state.letter.as_ref().is_some_and(|it| it.place == here) {
        return go_on(state, start, entry);
    }
    let how = match start {
        Start::Answer(how) => how,
        Start::GoOn => Answer::Reply,
    };
    if how == Answer::Forward && is_unread_yet(meant) {
        let word = "One moment: the mail is still being fetched.";
        state.toasts.say(word, Tone::Plain, state.now);
        return Effects::new();
    }
    let identities = state.identities();
    if identities.is_empty() {
        return nobody(state);
    }
    let mut form = MailForm::new(identities, ticket);
    answer_in(&mut form, state, thread, meant, how);
    state.letter = Some(Box::new(form));
    enter(state);
    let mut effects = state.refresh_book();
    effects.extend(super::gather(state));
    effects
}

/// Whether the words of a mail have not come yet.
fn is_unread_yet(entry: &Entry) -> bool {
    let head = entry.mail.as_deref();
    entry.text.is_empty() && head.is_some_and(|it| it.extent != Extent::Full)
}

fn nobody(state: &mut State) -> Effects {
    let word = "No mailbox is linked, so no mail can be written.";
    state.toasts.say(word, Tone::Bad, state.now);
    Effects::new()
}

/// The keys go into the form under the conversation.
pub(super) fn enter(state: &mut State) {
    state.focus = Pane::Compose;
    if let Some(thread) = &mut state.thread {
        thread.selected = None;
        thread.peek = false;
        thread.scroll = Scroll::End;
    }
}

/// Fills a form with the answer to a mail.
fn answer_in(form: &mut MailForm, state: &State, thread: &Thread, entry: &Entry, how: Answer) {
    let Some(head) = entry.mail.as_deref() else {
        return;
    };
    let mine = state.mine();
    let people = answer::recipients(how, head, entry.own, &mine);
    form.conversation = Some(thread.conversation.uid.clone());
    form.place = Some(thread.key());
    form.to = People::of(&people.to);
    form.cc = People::of(&people.cc);
    form.from = answered_from(&form.identities, thread.conversation.account, entry, &mine);
    let subject = entry.subject.as_deref();
    let subject = subject.or(thread.conversation.subject.as_deref());
    form.subject
        .set(&answer::subject(how, subject.unwrap_or_default()));
    let uid = entry.uid.as_str().into();
    if how == Answer::Forward {
        form.forwards = Some(uid);
        form.awaited = entry
            .attachments
            .iter()
            .filter(|it| !it.unavailable)
            .map(|it| AwaitedFile {
                attachment: it.id.clone(),
                name: it.name.clone().unwrap_or_else(|| "file".to_owned()),
                size: it.size,
                mime: it.mime.clone(),
            })
            .collect();
        form.field = Field::To;
    } else {
        form.answers = Some(uid);
        form.field = Field::Text;
    }
    form.quotes = is_unread_yet(entry).then_some(how);
    write(form, &words::first(how, entry, &state.settings.zone));
}

/// Quotes the mail that is answered as soon as its words are here.
pub(in crate::app) fn quote(state: &mut State) {
    let windows = state.layers.iter_mut().filter_map(|it| match it {
        Layer::Mail(form) => Some(form),
        _ => None,
    });
    let form = windows
        .chain(&mut state.letter)
        .find(|it| it.quotes.is_some());
    let (Some(form), Some(thread)) = (form, &state.thread) else {
        return;
    };
    let Some(how) = form.quotes else { return };
    let uid = form.answers.as_ref().map(AsRef::as_ref);
    let entry = thread
        .entries
        .iter()
        .find(|it| Some(it.uid.as_str()) == uid);
    let Some(entry) = entry.filter(|it| !is_unread_yet(it)) else {
        return;
    };
    form.quotes = None;
    let quoted = words::first(how, entry, &state.settings.zone);
    if quoted.is_empty() {
        return;
    }
    let blank = form.is_blank();
    let text = form.sheet.editor.text();
    form.sheet
        .editor
        .revise(&format!("{}{quoted}", text.trim_end()));
    if blank {
        form.settle();
    } else {
        form.sheet.touch(state.now);
    }
}

/// Puts the first words in, with the signature, and the cursor before them.
fn write(form: &mut MailForm, text: &str) {
    let signature = form.identity().and_then(|it| it.signature.clone());
    let text = signature.map_or_else(|| text.to_owned(), |it| said::signed(text, &it));
    form.sheet.editor = Editor::before_all(&text);
    form.settle();
}

/// The address that a mail came to, so that the answer comes from there; its account's own one otherwise.
fn answered_from(
    identities: &[Identity],
    account: AccountKey,
    entry: &Entry,
    mine: &Mine,
) -> usize {
    let of_account = || {
        identities
            .iter()
            .enumerate()
            .filter(|it| it.1.account == account)
    };
    let own = of_account().next().map_or(0, |it| it.0);
    let Some(head) = entry.mail.as_deref() else {
        return own;
    };
    let wrote = head.from.iter().filter(|_| entry.own);
    let got = head
        .to
        .iter()
        .chain(&head.cc)
        .filter(|it| !entry.own && mine.has(&it.address));
    let is_at = |address: &str| {
        let key = address::mailbox(address);
        of_account().find(|it| address::mailbox(&it.1.person.address) == key)
    };
    wrote
        .chain(got)
        .find_map(|it| is_at(&it.address))
        .map_or(own, |it| it.0)
}

/// Goes on with what stands under the conversation. An answer to one becomes one to all and back, as long as nobody
/// has chosen other people.
fn go_on(state: &mut State, start: Start, entry: Option<EntryKey>) -> Effects {
    let (now, mine) = (state.now, state.mine());
    enter(state);
    let mut effects = state.refresh_book();
    let (Some(form), Some(thread)) = (&mut state.letter, &state.thread) else {
        return effects;
    };
    let uid = form.answers.as_ref().or(form.forwards.as_ref());
    let of_it = thread
        .entries
        .iter()
        .rev()
        .find(|it| Some(it.uid.as_str()) == uid.map(AsRef::as_ref));
    let other = entry.is_some_and(|key| of_it.is_none_or(|it| it.key != key));
    match (start, of_it) {
        (Start::Answer(how @ (Answer::Reply | Answer::ReplyAll)), Some(entry))
            if !other && form.answers.is_some() =>
        {
            readdress(form, entry, how, &mine, now);
        }
        (Start::Answer(how), _) if other || (how == Answer::Forward) != form.forwards.is_some() => {
            let key = state
                .settings
                .keymap
                .key(crate::app::Command::Discard, state.settings.ascii);
            let word = format!(
                "Another mail is begun here already: it goes on. {} throws it away.",
                key.unwrap_or_default()
            );
            state.toasts.say(word, Tone::Plain, now);
        }
        _ => {}
    }
    effects.extend(super::gather(state));
    effects
}

fn readdress(form: &mut MailForm, entry: &Entry, how: Answer, mine: &Mine, now: jiff::Timestamp) {
    let Some(head) = entry.mail.as_deref() else {
        return;
    };
    let is = Recipients {
        to: form.to.persons(),
        cc: form.cc.persons(),
    };
    let of = |how| answer::recipients(how, head, entry.own, mine);
    let untouched = [Answer::Reply, Answer::ReplyAll]
        .into_iter()
        .any(|how| of(how) == is);
    let wanted = of(how);
    if untouched && wanted != is {
        let blank = form.is_blank();
        form.to = People::of(&wanted.to);
        form.cc = People::of(&wanted.cc);
        if blank {
            form.settle();
        } else {
            form.sheet.touch(now);
        }
    }
}

/// Opens the window for a new mail from this account.
fn new(state: &mut State, account: Option<AccountKey>) -> Effects {
    if state.settings.readonly {
        let word = "onebox runs read-only: nothing is sent.";
        state.toasts.say(word, Tone::Bad, state.now);
        return Effects::new();
    }
    let identities = state.identities();
    if identities.is_empty() {
        return nobody(state);
    }
    let mut form = MailForm::new(identities, state.ticket());
    let from = form
        .identities
        .iter()
        .position(|it| Some(it.account) == account);
    form.from = from.unwrap_or(0);
    write(&mut form, "");
    show(state, form)
}

/// Opens the window with the mail that was left there last.
pub(in crate::app) fn compose(state: &mut State, account: Option<AccountKey>) -> Effects {
    let ticket = state.ticket();
    let mut effects = new(state, account);
    if let Some(Layer::Mail(form)) = state.layers.last_mut() {
        form.draft_asked = Some(ticket);
        effects.push(Effect::Read(ticket, Read::NewDraft { mail: true }));
    }
    effects
}

/// The window of a first message becomes that of a new mail: its words and files go along.
pub(in crate::app::compose) fn follows(state: &mut State) -> bool {
    let identities = state.identities();
    let Some(Layer::NewChat(chat)) = state.layers.last() else {
        return false;
    };
    if identities.is_empty() {
        return false;
    }
    let mut form = MailForm::new(identities, chat.sheet.ticket);
    let (text, now) = (chat.sheet.editor.text(), state.now);
    write(&mut form, "");
    form.sheet.draft = chat.sheet.draft;
    form.sheet.files.clone_from(&chat.sheet.files);
    if !text.trim().is_empty() {
        form.sheet.editor.insert(&text);
    }
    form.field = Field::From;
    form.sheet.touch(now);
    state.layers.pop();
    state.layers.push(Layer::Mail(Box::new(form)));
    true
}

/// The window of a new mail becomes that of a first message, where there are accounts with chats.
pub(in crate::app::compose) fn precedes(state: &mut State) -> Option<Effects> {
    let Some(Layer::Mail(form)) = state.layers.last() else {
        return None;
    };
    let chats = state.places.overview.accounts.iter().any(|it| it.has_chats);
    if form.place.is_some() || form.answers.is_some() || form.forwards.is_some() || !chats {
        return None;
    }
    let text = form.sheet.editor.text();
    let signature = form.identity().and_then(|it| it.signature.clone());
    let text = signature
        .and_then(|it| said::unsigned(&text, &it))
        .unwrap_or(text);
    let (files, draft, ticket) = (
        form.sheet.files.clone(),
        form.sheet.draft,
        form.sheet.ticket,
    );
    let now = state.now;
    state.layers.pop();
    let effects = crate::app::compose::new_chat::open(state, None);
    if let Some(Layer::NewChat(chat)) = state.layers.last_mut() {
        chat.from = 0;
        chat.field = crate::app::compose::new_chat::Field::From;
        chat.sheet.ticket = ticket;
        chat.sheet.draft = draft;
        chat.sheet.files = files;
        chat.sheet.editor = Editor::new(text.trim_end());
        chat.sheet.touch(now);
    }
    Some(effects)
}

pub(super) fn show(state: &mut State, form: MailForm) -> Effects {
    state.layers.push(Layer::Mail(Box::new(form)));
    let mut effects = state.refresh_book();
    effects.extend(super::gather(state));
    effects
}

/// Opens the window filled in as a link asks for.
pub(in crate::app) fn from_link(state: &mut State, link: &str) -> Effects {
    let Some(mail) = mailto::read(link) else {
        let word = "That is no link for a mail.";
        state.toasts.say(word, Tone::Bad, state.now);
        return Effects::new();
    };
    let effects = new(state, None);
    let now = state.now;
    if let Some(Layer::Mail(form)) = state.layers.last_mut() {
        let people = |all: Vec<Named>| People {
            chips: all,
            ..People::default()
        };
        form.to = people(mail.to);
        form.cc = people(mail.cc);
        form.bcc = people(mail.bcc);
        form.subject.set(&mail.subject);
        let signature = form.identity().and_then(|it| it.signature.clone());
        let body = mail.body.trim_end();
        let text = signature.map_or_else(|| body.to_owned(), |it| said::signed(body, &it));
        form.sheet.editor = Editor::before_all(&text);
        form.field = if form.to.is_empty() {
            Field::To
        } else {
            Field::Text
        };
        form.sheet.touch(now);
    }
    effects
}

impl MailForm {
    /// What is still to be fetched.
    pub(super) fn wanted(&self) -> Vec<Fetch> {
        let Some(mail) = &self.forwards else {
            return Vec::new();
        };
        self.awaited
            .iter()
            .enumerate()
            .map(|(place, it)| Fetch {
                place,
                account: None,
                message: mail.as_str().into(),
                attachment: it.attachment.clone(),
                is_mail: true,
                name: it.name.clone(),
                mime: it.mime.clone(),
            })
            .collect()
    }
}

impl State {
    /// Asks anew whom mails come from and go to.
    pub(in crate::app) fn refresh_book(&mut self) -> Effects {
        vec![
            Effect::Read(self.ticket(), Read::Desk),
            Effect::Read(self.ticket(), Read::Book),
        ]
    }
}
