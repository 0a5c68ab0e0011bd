//! Writing: into the conversation that is shown, and first messages in a window of their own.
//!
//! Every word is a draft on disk within a second, and it stays one until the outbox has it. A draft is never ended by
//! being looked at.

pub mod acts;
pub mod change;
pub mod choose;
pub mod complete;
mod done;
pub mod editor;
mod keys;
pub mod mail;
pub mod new_chat;
pub mod paths;
pub(in crate::app) mod pointed;
pub mod sheet;
pub mod started;
#[cfg(test)]
pub(crate) mod tests;
pub mod wrap;

use jiff::Timestamp;

use super::command::Command;
use super::effect::{Deed, Effect, Ticket};
use super::layer::Layer;
use super::state::{Pane, State};
use super::thread::Thread;
use super::toast::Tone;
use crate::model::account::Provider;
use crate::model::chat::ChatKind;
use crate::model::id::{AccountId, MessageId};
use crate::model::inbox::{ConversationKey, Entry, EntryKey};
use crate::model::limits::{Count, Part};
use crate::model::outbox::{Draft, DraftBody, DraftKey};

use change::Change;
use mail::Start;
use sheet::Sheet;

pub(in crate::app) use acts::{discard, edit, forward, react, send_again};
pub(in crate::app) use done::{answered, edited, finished};
pub(in crate::app) use keys::{command, paste, pressed};

pub(in crate::app) type Effects = Vec<Effect>;

/// What is being written into the conversation that is shown.
#[derive(Debug, Clone)]
pub struct Composer {
    pub sheet: Sheet,
    pub to: To,
    pub quote: Option<Quoted>,
    pub edits: Option<Change>,
    /// What was sent and is not in the outbox yet.
    pub leaving: Vec<(Ticket, DraftBody)>,
}

/// Where it goes and who sends it.
#[derive(Debug, Clone, PartialEq)]
pub struct To {
    pub conversation: ConversationKey,
    pub uid: String,
    pub title: String,
    pub account: AccountId,
    /// The name of the outgoing account.
    pub from: String,
    pub provider: Provider,
    /// Names of the others in a group.
    pub people: Vec<String>,
}

/// The message that is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    pub uid: MessageId,
    pub by: String,
    pub text: String,
}

impl Quoted {
    fn of(entry: &Entry) -> Self {
        let by = if entry.own {
            "You"
        } else {
            entry.sender_name.as_deref().unwrap_or_default()
        };
        let text = if entry.text.is_empty() {
            entry
                .attachments
                .first()
                .map_or("a message", |it| it.name.as_deref().unwrap_or("a file"))
        } else {
            &entry.text
        };
        Self {
            uid: entry.uid.clone(),
            by: by.to_owned(),
            text: text.to_owned(),
        }
    }
}

impl To {
    fn of(state: &State, thread: &Thread) -> Option<Self> {
        let conversation = &thread.conversation;
        let account = state.places.account(conversation.account)?;
        let group = conversation.kind != ChatKind::OneToOne;
        let others = thread.members.iter().filter(|it| group && !it.is_self);
        Some(Self {
            conversation: conversation.key,
            uid: conversation.uid.clone(),
            title: conversation.title.clone(),
            account: account.id.clone(),
            from: account.name.clone(),
            provider: conversation.provider.clone(),
            people: others
                .filter(|it| !it.name.is_empty())
                .map(|it| it.name.clone())
                .collect(),
        })
    }
}

impl Composer {
    fn new(to: To, ticket: Ticket) -> Self {
        Self {
            sheet: Sheet::new(ticket),
            to,
            quote: None,
            edits: None,
            leaving: Vec::new(),
        }
    }

    fn of(to: To, draft: &Draft, thread: &Thread, ticket: Ticket) -> Self {
        let quote = draft.body.quote.as_ref().map(|uid| {
            let entry = thread.entries.iter().find(|it| it.uid == *uid);
            entry.map_or_else(
                || Quoted {
                    uid: uid.clone(),
                    by: String::new(),
                    text: "an earlier message".to_owned(),
                },
                Quoted::of,
            )
        });
        Self {
            sheet: Sheet::of(draft, ticket),
            quote,
            ..Self::new(to, ticket)
        }
    }

    /// What a draft of it holds.
    pub fn body(&self) -> DraftBody {
        if let Some(change) = &self.edits {
            return self.change_body(change);
        }
        DraftBody {
            account: Some(self.to.account.clone()),
            conversation: Some(self.to.uid.clone()),
            text: self.sheet.editor.text(),
            quote: self.quote.as_ref().map(|it| it.uid.clone()),
            attachments: self.sheet.files.clone(),
            ..DraftBody::default()
        }
    }

    /// What was sent under a ticket has left for good, or has to come back.
    fn left(&mut self, ticket: Ticket) -> Option<DraftBody> {
        let at = self.leaving.iter().position(|it| it.0 == ticket)?;
        Some(self.leaving.remove(at).1)
    }

    /// Writes it down if it has changed.
    fn keep(&mut self) -> Option<Effect> {
        let body = self.body();
        self.sheet.keep(body)
    }

    fn is_blank(&self) -> bool {
        self.sheet.editor.is_blank() && self.sheet.files.is_empty()
    }

    /// How the text stands to the limit of its network.
    pub fn count(&self) -> Option<Count> {
        Count::of(&self.sheet.editor.text(), &self.to.provider, Part::Message)
    }
}

/// How wide the text is within a composer of that width.
pub fn text_width(inner: u16) -> u16 {
    inner.saturating_sub(2)
}

/// Opens the composer under the conversation, to answer an entry or to write freely.
pub(in crate::app) fn begin(state: &mut State, start: Start, quote: Option<EntryKey>) -> Effects {
    let ticket = state.ticket();
    let Some(thread) = &state.thread else {
        return Effects::new();
    };
    if let Some(why) = hindrance(state, thread) {
        state.toasts.say(why, Tone::Bad, state.now);
        return Effects::new();
    }
    if thread.conversation.is_mail {
        return mail::begin(state, start, quote);
    }
    let quoted = quote.and_then(|key| thread.entries.iter().find(|it| it.key == key));
    let quoted = quoted
        .filter(|it| it.event.is_none() && !it.deleted)
        .map(Quoted::of);
    let Some(to) = To::of(state, thread) else {
        return Effects::new();
    };
    let composer = state
        .composer
        .get_or_insert_with(|| Composer::new(to, ticket));
    if quoted.is_some() && composer.edits.is_none() {
        composer.quote = quoted;
        composer.sheet.touch(state.now);
    }
    state.focus = Pane::Compose;
    if let Some(thread) = &mut state.thread {
        thread.selected = None;
        thread.peek = false;
        thread.scroll = super::thread::Scroll::End;
    }
    Effects::new()
}

/// Why nobody can write into a conversation.
fn hindrance(state: &State, thread: &Thread) -> Option<String> {
    let it = &thread.conversation;
    if !it.writable && !it.is_mail {
        return Some(format!(
            "Nobody can write into {}: its network only lets it be read.",
            it.title
        ));
    }
    let readonly = state.settings.readonly;
    readonly.then(|| "onebox runs read-only: nothing is sent.".to_owned())
}

/// After every message: keeps the composer with its conversation, and drafts on disk.
pub(in crate::app) fn follow(state: &mut State, effects: &mut Effects) {
    let shown = state.thread.as_ref().map(Thread::key);
    if let Some(composer) = state
        .composer
        .as_mut()
        .filter(|it| Some(it.to.conversation) != shown)
    {
        effects.extend(composer.keep());
        state.composer = None;
    }
    if let Some(form) = state.letter.as_mut().filter(|it| it.place != shown) {
        effects.extend(form.keep());
        state.letter = None;
    }
    effects.extend(put_away(state));
    mirror(state);
    mail::mirror(state);
    mail::quote(state);
    if state.focus == Pane::Compose && state.composer.is_none() && state.letter.is_none() {
        state.focus = if state.thread.is_some() {
            Pane::Thread
        } else {
            Pane::List
        };
    }
    let (now, leaves) = (state.now, effects.contains(&Effect::Quit));
    let ripe = |sheet: &Sheet| leaves || sheet.due().is_some_and(|at| at <= now);
    let mut kept: Effects = Vec::new();
    if let Some(composer) = state.composer.as_mut().filter(|it| ripe(&it.sheet)) {
        kept.extend(composer.keep());
    }
    if let Some(form) = state.letter.as_mut().filter(|it| ripe(&it.sheet)) {
        kept.extend(form.keep());
    }
    for layer in &mut state.layers {
        match layer {
            Layer::NewChat(chat) if ripe(&chat.sheet) => kept.extend(chat.keep()),
            Layer::Mail(form) if ripe(&form.sheet) => kept.extend(form.keep()),
            _ => {}
        }
    }
    // What is to be written down comes before the end.
    effects.splice(..0, kept);
}

/// Nothing that was written into is left standing open.
fn put_away(state: &mut State) -> Option<Effect> {
    let idle = state.focus != Pane::Compose;
    if let Some(form) = state
        .letter
        .as_mut()
        .filter(|it| idle && it.leaving.is_none())
        && form.sheet.attaching == 0
        && (form.is_blank() || form.body().is_empty())
    {
        let kept = form.keep();
        state.letter = None;
        if let Some(thread) = &mut state.thread {
            thread.draft = None;
        }
        return kept;
    }
    let composer = state.composer.as_mut()?;
    let idle = state.focus != Pane::Compose && composer.leaving.is_empty();
    if !idle || composer.edits.is_some() || composer.sheet.attaching > 0 || !composer.is_blank() {
        return None;
    }
    let kept = composer.keep();
    state.composer = None;
    if let Some(thread) = state.thread.as_mut().filter(|_| kept.is_some()) {
        thread.draft = None;
    }
    kept
}

/// Shows the draft of the conversation while nobody types; a draft that is gone is not shown any longer.
fn mirror(state: &mut State) {
    let Some(thread) = state.thread.as_ref().filter(|it| !it.conversation.is_mail) else {
        return;
    };
    let (draft, change) = (thread.draft.as_ref(), thread.change.as_ref());
    let fresh = match &state.composer {
        None => draft.is_some() || change.is_some(),
        Some(it) if it.edits.is_some() => {
            // It was finished elsewhere, or has just been.
            let idle = state.focus != Pane::Compose && it.sheet.draft.is_some();
            idle && change.is_none() && it.sheet.is_written(&it.body())
        }
        Some(it) => {
            let idle = state.focus != Pane::Compose
                && it.leaving.is_empty()
                && it.sheet.is_written(&it.body());
            let same = draft.is_some_and(|draft| draft.body == it.body());
            idle && !same
        }
    };
    if !fresh {
        return;
    }
    let ticket = Ticket::default();
    let composer = To::of(state, thread).and_then(|to| match (change, draft) {
        (Some(change), _) => Composer::of_change(to, change, ticket),
        (None, draft) => Some(Composer::of(to, draft?, thread, ticket)),
    });
    state.composer = composer.map(|mut it| {
        it.sheet.ticket = state.ticket();
        it
    });
}

/// Hands over what is written; the composer empties, and shows it until the outbox has it.
pub(in crate::app) fn send(state: &mut State, at: Option<Timestamp>) -> Effects {
    let ticket = state.ticket();
    let Some(composer) = &mut state.composer else {
        return Effects::new();
    };
    if composer.sheet.attaching > 0 {
        let word = "One moment: a file is being read.";
        state.toasts.say(word, Tone::Plain, state.now);
        return Effects::new();
    }
    if composer.is_blank() {
        state
            .toasts
            .say("There is nothing to send yet.", Tone::Plain, state.now);
        return Effects::new();
    }
    if composer.edits.is_some() {
        return change::hand_over(state).unwrap_or_default();
    }
    let body = composer.body();
    let sheet = std::mem::replace(&mut composer.sheet, Sheet::new(ticket));
    composer.quote = None;
    composer.leaving.push((sheet.ticket, body.clone()));
    let effects = vec![Effect::Do(Deed::Send(
        sheet.ticket,
        sheet.draft,
        Box::new(body),
        at,
    ))];
    if let Some(thread) = &mut state.thread {
        thread.draft = None;
        thread.scroll = super::thread::Scroll::End;
    }
    effects
}

/// Leaves the composer; what is written stays, on disk and under the conversation.
pub(in crate::app) fn leave(state: &mut State) -> Effects {
    state.focus = Pane::Thread;
    let Some(composer) = &mut state.composer else {
        return Effects::new();
    };
    let kept = composer.keep();
    if let (Some(thread), Some(Effect::Do(Deed::SaveDraft(_, Some(key), body)))) =
        (&mut state.thread, &kept)
    {
        thread.keep(composer.edits.as_ref(), *key, (**body).clone(), state.now);
    }
    // A change that was begun stays, as long as it is one.
    if composer.edits.is_some() && composer.body().is_empty() {
        state.composer = None;
        if let Some(thread) = &mut state.thread {
            thread.change = None;
        }
    }
    kept.into_iter().collect()
}

/// Empties the composer; the words can be brought back as long as it is open.
pub(in crate::app) fn throw_away(state: &mut State) -> Effects {
    let now = state.now;
    let undo = state.settings.keymap.key(Command::UndoTyping, true);
    let Some(composer) = &mut state.composer else {
        return Effects::new();
    };
    if composer.edits.is_some() {
        return change::give_up(state).unwrap_or_default();
    }
    composer.quote = None;
    composer.sheet.throw_away(now);
    let word = format!(
        "Thrown away; {} brings the words back.",
        undo.unwrap_or_default()
    );
    state.toasts.say(word, Tone::Plain, now);
    Effects::new()
}

impl Thread {
    /// What was written down is shown until the store tells the same.
    fn keep(&mut self, change: Option<&Change>, key: DraftKey, body: DraftBody, now: Timestamp) {
        let draft = Draft {
            key,
            body,
            created_at: now,
            updated_at: now,
        };
        match change {
            Some(change) => self.change = Some(change.as_left(draft)),
            None => self.draft = Some(draft),
        }
    }
}

impl State {
    /// What is being written in the window on top, or else under the conversation.
    pub fn sheet(&mut self) -> Option<&mut Sheet> {
        let window = self.layers.iter_mut().rev().find_map(|layer| match layer {
            Layer::NewChat(chat) => Some(&mut chat.sheet),
            Layer::Mail(form) => Some(&mut form.sheet),
            _ => None,
        });
        let letter = self.letter.as_mut().map(|it| &mut it.sheet);
        window
            .or(letter)
            .or(self.composer.as_mut().map(|it| &mut it.sheet))
    }

    /// What is being written under this name.
    fn sheet_of(&mut self, ticket: Ticket) -> Option<&mut Sheet> {
        let windows = self.layers.iter_mut().filter_map(|layer| match layer {
            Layer::NewChat(chat) => Some(&mut chat.sheet),
            Layer::Mail(form) => Some(&mut form.sheet),
            _ => None,
        });
        let letter = self.letter.iter_mut().map(|it| &mut it.sheet);
        let composer = self.composer.iter_mut().map(|it| &mut it.sheet);
        windows
            .chain(letter)
            .chain(composer)
            .find(|it| it.ticket == ticket)
    }

    /// When what is being written has to be on disk.
    pub(in crate::app) fn draft_due(&self) -> Option<Timestamp> {
        let windows = self.layers.iter().filter_map(|layer| match layer {
            Layer::NewChat(chat) => chat.sheet.due(),
            Layer::Mail(form) => form.sheet.due(),
            _ => None,
        });
        let letter = self.letter.as_ref().and_then(|it| it.sheet.due());
        let composer = self.composer.as_ref().and_then(|it| it.sheet.due());
        windows.chain(letter).chain(composer).min()
    }
}
