//! What happens before a mail leaves: what refuses it, what is asked once, files that are waited for; and leaving it.

use jiff::Timestamp;

use super::{Field, MailForm};
use crate::app::compose::Effects;
use crate::app::effect::{Deed, Effect, Ticket};
use crate::app::layer::Layer;
use crate::app::state::{Pane, State};
use crate::app::status::Link;
use crate::app::toast::Tone;
use crate::mail::{address, said};
use crate::model::act::{FileRef, LARGEST_FILE};
use crate::model::attachment;
use crate::model::id::AttachmentId;
use crate::model::outbox::Draft;

/// A question before a mail leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    pub question: String,
    /// When it was to go out.
    at: Option<Timestamp>,
    /// Where it is put right.
    field: Field,
}

/// Hands it over, when nothing speaks against it.
pub(in crate::app) fn send(state: &mut State, at: Option<Timestamp>) -> Effects {
    let now = state.now;
    let Some(form) = state.form().filter(|it| it.leaving.is_none()) else {
        return Effects::new();
    };
    for people in [&mut form.to, &mut form.cc, &mut form.bcc] {
        people.settle();
    }
    if let Some((word, field)) = refusal(form) {
        form.field = field.unwrap_or(form.field);
        form.sheet.touch(now);
        state.toasts.say(word, Tone::Bad, now);
        return Effects::new();
    }
    if let Some(doubt) = doubt(form, at) {
        state.layers.push(Layer::Doubt(doubt));
        return Effects::new();
    }
    go(state, at)
}

/// Why it cannot go out, and where that is put right.
fn refusal(form: &MailForm) -> Option<(String, Option<Field>)> {
    let lines = [
        (Field::To, &form.to),
        (Field::Cc, &form.cc),
        (Field::Bcc, &form.bcc),
    ];
    for (field, people) in lines {
        if let Some(it) = people.chips.iter().find(|it| it.flaw.is_some()) {
            let flaw = it.flaw.map(|it| it.to_string()).unwrap_or_default();
            let who = address::spelled(&it.person);
            return Some((format!("“{who}” is no mail address: {flaw}."), Some(field)));
        }
    }
    let word = |text: &str| text.to_owned();
    if form.everybody().next().is_none() {
        return Some((word("Nobody is named to send it to."), Some(Field::To)));
    }
    let blank = form.sheet.editor.is_blank() && form.subject.text().trim().is_empty();
    if blank && form.sheet.files.is_empty() && form.awaited.is_empty() {
        return Some((word("There is nothing to send yet."), Some(Field::Text)));
    }
    if form.sheet.attaching > 0 {
        return Some((word("One moment: a file is being read."), None));
    }
    let size = form.size();
    (size > LARGEST_FILE).then(|| {
        let (has, most) = (attachment::size(size), attachment::size(LARGEST_FILE));
        (
            format!("The files are {has} together, and no more than {most} can be sent."),
            None,
        )
    })
}

/// What looks like a mistake.
fn doubt(form: &MailForm, at: Option<Timestamp>) -> Option<Doubt> {
    let nameless = form.subject.text().trim().is_empty();
    let without = form.sheet.files.is_empty() && form.awaited.is_empty();
    let promised = without && said::promises_file(&form.sheet.editor.text());
    let question = match (nameless, promised) {
        (true, true) => "No subject, and no file though you speak of one. Send it?",
        (true, false) => "It has no subject. Send it?",
        (false, true) => "No file is attached. Send it though you speak of one?",
        (false, false) => return None,
    };
    Some(Doubt {
        question: question.to_owned(),
        at,
        field: if nameless {
            Field::Subject
        } else {
            Field::Text
        },
    })
}

/// The question was answered.
pub(in crate::app) fn answered_doubt(state: &mut State, yes: bool) -> Effects {
    let Some(Layer::Doubt(doubt)) = state.layers.pop() else {
        return Effects::new();
    };
    if yes {
        return go(state, doubt.at);
    }
    if let Some(form) = state.form() {
        form.field = doubt.field;
    }
    Effects::new()
}

/// Nothing speaks against it any more but files that are still to come.
fn go(state: &mut State, at: Option<Timestamp>) -> Effects {
    let now = state.now;
    let Some(form) = state.form() else {
        return Effects::new();
    };
    if !form.awaited.is_empty() {
        form.armed = Some(at);
        form.sheet.touch(now);
        let word = format!("It goes out when {} here.", files(form.awaited.len()));
        state.toasts.say(word, Tone::Plain, now);
        return gather(state);
    }
    vec![hand_over(form, at)]
}

fn files(count: usize) -> String {
    match count {
        1 => "the file of the original is".to_owned(),
        count => format!("the {count} files of the original are"),
    }
}

fn hand_over(form: &mut MailForm, at: Option<Timestamp>) -> Effect {
    form.armed = None;
    form.leaving = Some(form.sheet.ticket);
    let body = Box::new(form.body());
    Effect::Do(Deed::Send(form.sheet.ticket, form.sheet.draft, body, at))
}

/// Fetches what the mail on top still waits for.
pub(in crate::app) fn gather(state: &mut State) -> Effects {
    let Some(form) = state.form().filter(|it| !it.gathering) else {
        return Effects::new();
    };
    fetch(form).into_iter().collect()
}

fn fetch(form: &mut MailForm) -> Option<Effect> {
    let wanted = form.wanted();
    if wanted.is_empty() {
        return None;
    }
    form.gathering = true;
    form.trouble = None;
    Some(Effect::Gather(form.sheet.ticket, wanted))
}

/// The server can be reached again: what is waited for may come now.
pub(in crate::app) fn online(state: &mut State) -> Effects {
    if !matches!(state.sync.link, Link::Online) {
        return Effects::new();
    }
    let windows = state.layers.iter_mut().filter_map(|it| match it {
        Layer::Mail(form) => Some(form),
        _ => None,
    });
    let all = windows.chain(state.letter.iter_mut());
    all.filter(|it| it.trouble.is_some() && !it.gathering)
        .filter_map(|it| fetch(it))
        .collect()
}

/// A file of the original has come, or could not be fetched.
pub(in crate::app) fn gathered(
    state: &mut State,
    ticket: Ticket,
    attachment: &AttachmentId,
    file: Result<FileRef, String>,
) -> Effects {
    let now = state.now;
    let Some(form) = state.form_of(ticket) else {
        return Effects::new();
    };
    let blank = form.is_blank();
    match file {
        Ok(file) => {
            form.awaited.retain(|it| it.attachment != *attachment);
            if !form
                .sheet
                .files
                .iter()
                .any(|it| it.path == file.path && it.name == file.name)
            {
                form.sheet.files.push(file);
            }
            if blank {
                form.settle();
            } else {
                form.sheet.touch(now);
            }
            form.gathering &= !form.awaited.is_empty();
        }
        Err(why) => {
            form.gathering = false;
            form.trouble = Some(why);
        }
    }
    if form.awaited.is_empty()
        && let Some(at) = form.armed
    {
        return vec![hand_over(form, at)];
    }
    Effects::new()
}

/// The outbox has it: the form closes. Tells whether it was an answer.
pub(in crate::app) fn sent(state: &mut State, ticket: Ticket) -> bool {
    let gone = |form: &MailForm| form.leaving == Some(ticket);
    let mut answered = false;
    state.layers.retain(|it| match it {
        Layer::Mail(form) if gone(form) => {
            answered |= form.place.is_some();
            false
        }
        _ => true,
    });
    if state.letter.take_if(|it| gone(it)).is_some() {
        answered = true;
        if let Some(thread) = &mut state.thread {
            thread.draft = None;
            thread.scroll = crate::app::thread::Scroll::End;
        }
    }
    answered
}

/// Leaves the mail; what is written stays.
pub(in crate::app) fn leave(state: &mut State) -> Effects {
    let now = state.now;
    if let Some(Layer::Mail(_)) = state.layers.last() {
        let Some(Layer::Mail(mut form)) = state.layers.pop() else {
            return Effects::new();
        };
        form.armed = None;
        if form.place.is_none() && !form.is_blank() {
            let word = "Kept as a draft: compose brings it back.";
            state.toasts.say(word, Tone::Plain, now);
        }
        let kept = form.keep();
        let here = state.thread.as_ref().map(crate::app::thread::Thread::key);
        if form.place.is_some() && form.place == here && !form.is_blank() {
            state.letter = Some(form);
            state.focus = Pane::Thread;
        }
        return kept.into_iter().collect();
    }
    state.focus = Pane::Thread;
    let Some(form) = &mut state.letter else {
        return Effects::new();
    };
    form.armed = None;
    let kept = form.keep();
    if let (Some(thread), Some(Effect::Do(Deed::SaveDraft(_, Some(key), body)))) =
        (&mut state.thread, &kept)
    {
        thread.draft = Some(Draft {
            key: *key,
            body: (**body).clone(),
            created_at: now,
            updated_at: now,
        });
    }
    kept.into_iter().collect()
}

/// Throws the mail away. Under a conversation it is gone; a window stays open, and the words can be brought back.
pub(in crate::app) fn throw_away(state: &mut State) -> Effects {
    let now = state.now;
    let undo = state
        .settings
        .keymap
        .key(crate::app::Command::UndoTyping, true);
    let Some(form) = state.form() else {
        return Effects::new();
    };
    if form.place.is_none() {
        for people in [&mut form.to, &mut form.cc, &mut form.bcc] {
            *people = super::People::default();
        }
        form.subject.clear();
    }
    form.awaited.clear();
    form.armed = None;
    form.field = Field::Text;
    form.sheet.throw_away(now);
    form.settle();
    let word = format!(
        "Thrown away; {} brings the words back.",
        undo.unwrap_or_default()
    );
    state.toasts.say(word, Tone::Plain, now);
    Effects::new()
}

impl State {
    /// The mail that is written under this name.
    pub(in crate::app::compose) fn form_of(&mut self, ticket: Ticket) -> Option<&mut MailForm> {
        let windows = self.layers.iter_mut().filter_map(|it| match it {
            Layer::Mail(form) => Some(&mut **form),
            _ => None,
        });
        let mut all = windows.chain(self.letter.as_deref_mut());
        all.find(|it| it.sheet.ticket == ticket)
    }
}
