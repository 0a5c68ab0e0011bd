//! What came of it: answers and deeds that concern what is being written.

use jiff::SignedDuration;

use super::choose::{self, What};
use super::editor::Editor;
use super::mail::Start;
use super::mail::{Lookup, MailForm};
use super::sheet::Sheet;
use super::started::{self, Started};
use super::{Effects, keys, mail, new_chat};
use crate::app::effect::{Answer, Done, Effect, Read, Ticket};
use crate::app::layer::Layer;
use crate::app::state::{Pane, State, Then};
use crate::app::toast::Tone;
use crate::app::update::triage;
use crate::model::outbox::{Draft, DraftBody, DraftKey, OutboxId};

/// Takes an answer that was asked for here; gives back one that was not.
pub(in crate::app) fn answered(
    state: &mut State,
    ticket: Ticket,
    answer: Answer,
) -> Result<Effects, Answer> {
    if state.given_back == Some(ticket) {
        state.given_back = None;
        return match answer {
            Answer::Draft(Some(draft)) => Ok(take_up(state, *draft)),
            Answer::Draft(None) => Ok(Effects::new()),
            other => Err(other),
        };
    }
    let answer = match answer {
        Answer::Begun(begun) => return Ok(started::answered(state, ticket, begun)),
        other => other,
    };
    let asked = |layer: &Layer| match layer {
        Layer::Choose(choose) => choose.asked == Some(ticket),
        Layer::NewChat(chat) => chat.waits_for(ticket),
        Layer::Mail(form) => form.draft_asked == Some(ticket),
        _ => false,
    };
    let Some(at) = state.layers.iter().position(asked) else {
        return match answer {
            Answer::Desk(desk) => {
                state.desk = *desk;
                state.desk_asked = None;
                Ok(Effects::new())
            }
            Answer::Book(book) => {
                state.book = Lookup::new(*book);
                Ok(Effects::new())
            }
            // Windows that are closed by now have asked for these.
            Answer::Folder { .. }
            | Answer::Draft(_)
            | Answer::People(_)
            | Answer::Person(_)
            | Answer::Inmails(_) => Ok(Effects::new()),
            other => Err(other),
        };
    };
    let now = state.now;
    match state.layers.get_mut(at) {
        Some(Layer::Choose(choose)) => choose.answered(answer),
        Some(Layer::NewChat(chat)) => {
            if let Some(word) = new_chat::answered(chat, ticket, answer) {
                state.toasts.say(word, Tone::Bad, now);
            }
        }
        Some(Layer::Mail(form)) => {
            form.draft_asked = None;
            // Whoever has begun to type does not want another text under the cursor.
            if let Answer::Draft(Some(draft)) = answer
                && form.is_blank()
            {
                **form = MailForm::of(&draft, (**form).clone());
                return Ok(mail::gather(state));
            }
        }
        _ => {}
    }
    Ok(Effects::new())
}

/// Goes on with words that were taken back, where they belong.
fn take_up(state: &mut State, draft: Draft) -> Effects {
    if draft.body.mail.is_some() {
        return mail::take_up(state, &draft);
    }
    let Some(uid) = draft.body.conversation.clone() else {
        return new_chat::open(state, Some(&draft));
    };
    let here = |uid: &str| {
        let thread = state.thread.as_ref()?;
        (thread.conversation.uid == uid).then(|| thread.key())
    };
    if here(&uid).is_some() {
        if let Some(thread) = &mut state.thread {
            thread.draft = Some(draft);
        }
        state.composer = None;
        super::mirror(state);
        if let Some(composer) = &mut state.composer {
            composer.sheet.saved = true;
            state.focus = Pane::Compose;
        }
        return Effects::new();
    }
    // Another conversation: its draft is there when it is opened.
    let key = state.list.rows.iter().find(|it| it.uid == uid);
    match key.map(|it| it.key) {
        Some(key) => state.open(key, None, Then::Write(Start::GoOn)),
        None => Effects::new(),
    }
}

/// Takes in what came of a deed; gives back what does not concern this.
pub(in crate::app) fn finished(state: &mut State, done: Done) -> Result<Effects, Box<Done>> {
    let now = state.now;
    match done {
        Done::DraftSaved(ticket, key, body) => kept(state, ticket, key, &body),
        Done::DraftUnsaved(ticket, why) => {
            if let Some(sheet) = state.sheet_of(ticket) {
                sheet.unkept(now);
            }
            let word = format!("The draft could not be saved: {why}");
            state.toasts.say(word, Tone::Bad, now);
        }
        Done::Sent(ticket, id, at) => return Ok(sent(state, ticket, id, at)),
        Done::Unsent(ticket, why) => unsent(state, ticket, why),
        Done::GivenBack(key, what) => {
            state
                .toasts
                .say(format!("Taken back: {what}."), Tone::Good, now);
            let ticket = state.ticket();
            state.given_back = Some(ticket);
            return Ok(vec![Effect::Read(ticket, Read::Draft(key))]);
        }
        Done::Attached(ticket, files, trouble) => {
            let mut said = trouble;
            if let Some(sheet) = state.sheet_of(ticket) {
                sheet.attaching = sheet.attaching.saturating_sub(1);
                said = sheet.attach(files, now).or(said);
            }
            if let Some(word) = said {
                state.toasts.say(word, Tone::Bad, now);
            }
        }
        Done::Pasted(ticket, text) => {
            if let Some(sheet) = state.sheet_of(ticket) {
                sheet.attaching = sheet.attaching.saturating_sub(1);
                sheet.editor.insert(&text);
                sheet.touch(now);
            }
        }
        Done::Gathered(ticket, attachment, file) => {
            return Ok(mail::gathered(state, ticket, &attachment, file));
        }
        other => return Err(Box::new(other)),
    }
    Ok(Effects::new())
}

fn kept(state: &mut State, ticket: Ticket, key: DraftKey, body: &DraftBody) {
    if let Some(sheet) = state.sheet_of(ticket) {
        sheet.kept(key, body);
    }
    // The store says so as well, a little later.
    let now = state.now;
    let composer = state.composer.as_ref();
    let mine = composer.filter(|it| it.sheet.ticket == ticket);
    let edits = mine.map(|it| it.edits.clone());
    let letter = state.letter.as_ref();
    let letter = letter.is_some_and(|it| it.sheet.ticket == ticket);
    let edits = edits.or(letter.then_some(None));
    if let (Some(thread), Some(edits)) = (&mut state.thread, edits) {
        thread.keep(edits.as_ref(), key, body.clone(), now);
    }
}

fn sent(state: &mut State, ticket: Ticket, id: OutboxId, at: Option<jiff::Timestamp>) -> Effects {
    let now = state.now;
    let time = SignedDuration::from_secs(state.settings.undo_seconds.into());
    match at {
        Some(at) => {
            let word = format!("Goes out {}", choose::spelled(at, state));
            state.toasts.done(word, now);
        }
        None if time.is_zero() => state.toasts.say("On its way", Tone::Good, now),
        None => state.toasts.sent("On its way", time, now),
    }
    let answers_mail = mail::sent(state, ticket);
    let windows = state.layers.len();
    state
        .layers
        .retain(|layer| !matches!(layer, Layer::NewChat(chat) if chat.leaving == Some(ticket)));
    if answers_mail {
        return triage::answered(state);
    }
    if state.layers.len() < windows && at.is_none() {
        state.started = Some(Started::new(id));
    }
    let answered = state.composer.as_mut().and_then(|composer| {
        composer.left(ticket)?;
        Some(())
    });
    let mut effects: Effects = started::look(state).into_iter().collect();
    effects.extend(answered.iter().flat_map(|()| triage::answered(state)));
    effects
}

/// Puts back what did not go; it comes before what was typed meanwhile, and behind what came back before it.
fn unsent(state: &mut State, ticket: Ticket, why: String) {
    let now = state.now;
    state.toasts.say(why, Tone::Bad, now);
    for layer in &mut state.layers {
        if let Layer::NewChat(chat) = layer
            && chat.leaving == Some(ticket)
        {
            chat.leaving = None;
        }
    }
    if let Some(form) = state.form_of(ticket) {
        form.leaving = None;
        return;
    }
    let Some(composer) = &mut state.composer else {
        return;
    };
    let Some(body) = composer.left(ticket) else {
        return;
    };
    let meanwhile = composer.sheet.editor.text();
    let earlier = composer.sheet.ticket;
    let (ticket, parts) = if earlier < ticket {
        (earlier, [meanwhile.as_str(), body.text.as_str()])
    } else {
        (ticket, [body.text.as_str(), meanwhile.as_str()])
    };
    let parts = parts.into_iter().filter(|it| !it.trim().is_empty());
    let text = parts.collect::<Vec<_>>().join("\n");
    let mut files = body.attachments;
    files.append(&mut composer.sheet.files);
    let mut sheet = Sheet::new(ticket);
    sheet.editor = Editor::new(&text);
    sheet.files = files;
    composer.sheet = sheet;
    composer.quote = body.quote.map(|uid| super::Quoted {
        uid,
        by: String::new(),
        text: "an earlier message".to_owned(),
    });
    composer.sheet.touch(now);
}

/// What came back from `$EDITOR`.
pub(in crate::app) fn edited(state: &mut State, text: Result<String, String>) {
    match text {
        Ok(text) => {
            let now = state.now;
            if let Some(sheet) = state.sheet() {
                // All of it is one step, so that it can be undone.
                sheet.editor.rewrite(text.trim_end());
                sheet.complete = None;
                sheet.touch(now);
            }
        }
        Err(why) => state.toasts.say(why, Tone::Bad, state.now),
    }
}

/// What was picked in a window over it.
pub(super) fn picked(state: &mut State, what: What, place: usize) -> Effects {
    match what {
        What::Snippet(texts) => {
            if let Some(text) = texts.get(place) {
                keys::insert(state, text);
            }
            Effects::new()
        }
        What::Later(moments) => match moments.get(place) {
            Some(at) if state.form().is_some() => mail::send(state, Some(*at)),
            Some(at) => match state.layers.last() {
                Some(Layer::NewChat(_)) => new_chat::send(state, Some(*at)),
                _ => super::send(state, Some(*at)),
            },
            None => Effects::new(),
        },
        What::Reaction(entry, emoji) => {
            let Some(emoji) = emoji.get(place).cloned() else {
                return Effects::new();
            };
            vec![Effect::Do(crate::app::effect::Deed::React(entry, emoji))]
        }
        What::Forward(entry, to) => to.get(place).map_or_else(Effects::new, |to| {
            vec![Effect::Do(crate::app::effect::Deed::Forward(entry, *to))]
        }),
        What::Mail(choices) => match choices.get(place) {
            Some(choice) => mail::changed(state, choice),
            None => Effects::new(),
        },
        What::Path(_) => Effects::new(),
    }
}
