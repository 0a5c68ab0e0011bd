//! Keys, pastes and commands while something is being written.

use super::choose::{self, Choose};
use super::complete::{self, Chosen, Complete};
use super::editor::Edited;
use super::sheet::Sheet;
use super::{Effects, leave, mail, paths, send, text_width, throw_away};
use crate::app::command::{Command, In};
use crate::app::effect::{Deed, Effect, Read};
use crate::app::key::{Code, Key};
use crate::app::keymap::Meaning;
use crate::app::layer::Layer;
use crate::app::layout::inside;
use crate::app::state::{Pane, State};
use crate::app::toast::Tone;
use crate::app::update::act;

/// Gives a key to the composer.
pub(in crate::app) fn pressed(state: &mut State, key: Key) -> Effects {
    if state.form().is_some() {
        return mail::pressed(state, key);
    }
    let width = state
        .areas()
        .thread
        .map_or(40, |area| text_width(inside(area).width));
    if let Some(effects) = offered(state, key) {
        return effects;
    }
    if let Some(command) = meant(state, key) {
        return act(state, command);
    }
    let now = state.now;
    let Some(composer) = &mut state.composer else {
        return Effects::new();
    };
    if key == Key::plain(Code::Backspace)
        && composer.sheet.editor.at_start()
        && composer.quote.is_some()
    {
        composer.quote = None;
        composer.sheet.touch(now);
        return Effects::new();
    }
    let people = composer.to.people.clone();
    typed(&mut composer.sheet, key, width, &people, now);
    Effects::new()
}

/// The command of a key while something is being written. Enter and Enter with Alt or Shift change places where the
/// settings want it.
pub(in crate::app::compose) fn meant(state: &State, key: Key) -> Option<Command> {
    let held = key.alt || key.shift;
    let key = match key.code {
        Code::Enter if !state.settings.enter_sends && held => Key::plain(Code::Enter),
        Code::Enter if !state.settings.enter_sends && !key.ctrl => Key {
            alt: true,
            ..Key::plain(Code::Enter)
        },
        _ => key,
    };
    match state
        .settings
        .keymap
        .meaning(&[key], &[In::Compose, In::Everywhere])
    {
        Meaning::Command(command) => Some(command),
        Meaning::Begun | Meaning::Nothing => None,
    }
}

/// Gives a key to the words themselves.
pub(in crate::app::compose) fn typed(
    sheet: &mut Sheet,
    key: Key,
    width: u16,
    people: &[String],
    now: jiff::Timestamp,
) {
    match sheet.editor.press(key, width) {
        Edited::Changed => {
            sheet.touch(now);
            if key.typed() == Some(':')
                && let Some((chars, emoji)) = complete::finished(sheet.editor.before())
            {
                sheet.editor.replace(chars, emoji);
            }
            sheet.complete = Complete::of(sheet.editor.before(), people);
        }
        Edited::Moved => sheet.complete = None,
        Edited::Nothing => {}
    }
}

/// Gives a key to the list above the cursor, if there is one.
pub(in crate::app::compose) fn offered(state: &mut State, key: Key) -> Option<Effects> {
    let now = state.now;
    let sheet = state.sheet()?;
    match sheet.complete.as_mut()?.press(key) {
        Chosen::Nothing => return None,
        Chosen::Moved => {}
        Chosen::Closed => sheet.complete = None,
        Chosen::Offer(chars, text) => insert_offer(sheet, chars, &text, now),
    }
    Some(Effects::new())
}

pub(in crate::app::compose) fn insert_offer(
    sheet: &mut Sheet,
    chars: usize,
    text: &str,
    now: jiff::Timestamp,
) {
    sheet.complete = None;
    sheet.editor.replace(chars, text);
    sheet.touch(now);
}

/// Takes a pasted text in where the cursor is.
pub(in crate::app) fn paste(state: &mut State, text: &str) -> Effects {
    if state.form().is_some() {
        return mail::pasted(state, text);
    }
    paste_on_sheet(state, text)
}

/// Takes a pasted text into the words: as files when it names nothing else.
pub(in crate::app::compose) fn paste_on_sheet(state: &mut State, text: &str) -> Effects {
    let paths = paths::pasted(text);
    let now = state.now;
    let editing = state.focus == Pane::Compose
        && state.composer.as_ref().is_some_and(|it| it.edits.is_some());
    let Some(sheet) = state.sheet() else {
        return Effects::new();
    };
    if paths.is_empty() || editing {
        insert(state, text);
        return Effects::new();
    }
    sheet.attaching += 1;
    sheet.touch(now);
    vec![Effect::Do(Deed::Attach(
        sheet.ticket,
        paths,
        Some(text.to_owned()),
    ))]
}

/// Puts a text in at the cursor.
pub(in crate::app::compose) fn insert(state: &mut State, text: &str) {
    let now = state.now;
    let Some(sheet) = state.sheet() else { return };
    sheet.complete = None;
    let whole = sheet.editor.insert(text);
    sheet.touch(now);
    if !whole {
        state.toasts.say(
            "That was too long: it is cut where no more fits.",
            Tone::Bad,
            now,
        );
    }
}

/// Does what a command says about what is being written.
pub(in crate::app) fn command(state: &mut State, command: Command) -> Effects {
    if state.form().is_some() {
        return mail::command(state, command);
    }
    match command {
        Command::Send => send(state, None),
        Command::Leave => leave(state),
        Command::Discard => throw_away(state),
        Command::SendLater => choose::later(state),
        other => on_sheet(state, other),
    }
}

/// Does what a command says about words and files, whatever they are for.
pub(in crate::app::compose) fn on_sheet(state: &mut State, command: Command) -> Effects {
    let now = state.now;
    match command {
        Command::Snippet => choose::snippet(state),
        Command::Attach => return attach(state),
        Command::Editor => {
            if let Some(sheet) = state.sheet() {
                return vec![Effect::Editor(sheet.editor.text())];
            }
        }
        Command::UndoTyping => return undo(state),
        Command::NewLine | Command::Detach | Command::RedoTyping => {
            if let Some(sheet) = state.sheet() {
                change(sheet, command, now);
            }
        }
        _ => {}
    }
    Effects::new()
}

fn change(sheet: &mut Sheet, command: Command, now: jiff::Timestamp) {
    sheet.complete = None;
    match command {
        Command::NewLine => sheet.editor.break_line(),
        Command::Detach => {
            sheet.files.pop();
        }
        _ => {
            sheet.editor.redo();
        }
    }
    sheet.touch(now);
}

/// Takes the last typing back; in an empty composer, what was sent last.
fn undo(state: &mut State) -> Effects {
    let now = state.now;
    let Some(sheet) = state.sheet() else {
        return Effects::new();
    };
    sheet.complete = None;
    if sheet.editor.undo() {
        sheet.touch(now);
        return Effects::new();
    }
    let blank = state
        .composer
        .as_ref()
        .is_some_and(|it| it.is_blank() && it.edits.is_none());
    if blank && state.toasts.shown(now).is_some_and(|it| it.undo) {
        return vec![Effect::Do(Deed::Undo)];
    }
    Effects::new()
}

/// Opens the window that picks a file.
fn attach(state: &mut State) -> Effects {
    let edits = state.composer.as_ref().is_some_and(|it| it.edits.is_some());
    if edits && !matches!(state.layers.last(), Some(Layer::NewChat(_))) {
        let word = "Files cannot be added to a message that was sent.";
        state.toasts.say(word, Tone::Bad, state.now);
        return Effects::new();
    }
    let ticket = state.ticket();
    let folder = state.attach_from.clone();
    let choose = Choose::path(&folder, ticket);
    state.layers.push(Layer::Choose(Box::new(choose)));
    vec![Effect::Read(ticket, Read::Folder(folder))]
}
