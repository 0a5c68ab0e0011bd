//! Keys, pastes and clicks in the window for the first message.

use jiff::Timestamp;

use super::{Field, NewChat, WIDEST, leave, send, throw_away};
use crate::app::command::Command;
use crate::app::compose::{Effects, choose, keys, mail};
use crate::app::effect::{Ask, Effect, Ticket};
use crate::app::key::{Code, Key};
use crate::app::layer::Layer;
use crate::app::picker::Picked;
use crate::app::state::State;

/// Gives a key to the window.
pub(in crate::app) fn pressed(state: &mut State, key: Key) -> Effects {
    if let Some(effects) = keys::offered(state, key) {
        return effects;
    }
    let width = state.size.width.min(WIDEST).saturating_sub(4);
    let meant = keys::meant(state, key);
    let ticket = (state.ticket(), state.ticket());
    let now = state.now;
    let Some(Layer::NewChat(chat)) = state.layers.last_mut() else {
        return Effects::new();
    };
    if chat.leaving.is_some() {
        return Effects::new();
    }
    let in_text = chat.field == Field::Text;
    match meant {
        Some(Command::Leave) => return leave(state),
        Some(Command::Discard) => return throw_away(state),
        // In the fields above, Enter goes on.
        Some(Command::Send) if in_text || key.code != Code::Enter => return send(state, None),
        Some(Command::SendLater) => return choose::later(state),
        Some(command) if in_text && command != Command::Send => {
            return keys::command(state, command);
        }
        Some(command @ (Command::Attach | Command::Editor)) => {
            return keys::command(state, command);
        }
        _ => {}
    }
    match (key.code, key.shift) {
        (Code::Tab, false) if chat.to.is_empty() && chat.people.input.is_empty() && !in_text => {
            if chat.from + 1 >= chat.accounts.len() && mail::follows(state) {
                return Effects::new();
            }
            let Some(Layer::NewChat(chat)) = state.layers.last_mut() else {
                return Effects::new();
            };
            chat.from = (chat.from + 1) % chat.accounts.len().max(1);
            chat.known.clear();
            chat.offer();
            return chat.ask(ticket.0, ticket.1);
        }
        (Code::Tab, false) if chat.field != Field::To || chat.people.input.is_empty() => {
            chat.step(1);
            return Effects::new();
        }
        (Code::Tab, true) => {
            chat.step(-1);
            return Effects::new();
        }
        _ => {}
    }
    let onward = matches!(key.code, Code::Right | Code::Char(' '));
    if onward
        && chat.field == Field::From
        && chat.from + 1 >= chat.accounts.len()
        && mail::follows(state)
    {
        return Effects::new();
    }
    let Some(Layer::NewChat(chat)) = state.layers.last_mut() else {
        return Effects::new();
    };
    let effects = in_field(chat, key, ticket, width, now);
    if chat.field != Field::From {
        chat.sheet.touch(now);
    }
    effects
}

fn in_field(
    chat: &mut NewChat,
    key: Key,
    (first, second): (Ticket, Ticket),
    width: u16,
    now: Timestamp,
) -> Effects {
    let line = match chat.field {
        Field::Text => {
            keys::typed(&mut chat.sheet, key, width, &[], now);
            return Effects::new();
        }
        Field::To => return in_to(chat, key, first),
        Field::From => {
            let by = match key.code {
                Code::Left => chat.accounts.len().saturating_sub(1),
                Code::Right | Code::Char(' ') => 1,
                _ => 0,
            };
            if by > 0 {
                chat.from = (chat.from + by) % chat.accounts.len().max(1);
                chat.to.clear();
                chat.known.clear();
                chat.offer();
                return chat.ask(first, second);
            }
            None
        }
        Field::Inmail => {
            if key.typed() == Some(' ') || key.typed() == Some('x') {
                chat.inmail = !chat.inmail;
            }
            None
        }
        Field::Title => Some(&mut chat.title),
        Field::Subject => Some(&mut chat.subject),
    };
    match (key.code, line) {
        (Code::Enter | Code::Down, _) => chat.step(1),
        (Code::Up, _) => chat.step(-1),
        (_, Some(line)) => {
            line.press(key);
        }
        (_, None) => {}
    }
    Effects::new()
}

fn in_to(chat: &mut NewChat, key: Key, ticket: Ticket) -> Effects {
    let empty = chat.people.input.is_empty();
    match key.code {
        Code::Backspace if empty => {
            chat.to.pop();
            return Effects::new();
        }
        Code::Enter | Code::Down if empty && !chat.to.is_empty() => {
            chat.step(1);
            return Effects::new();
        }
        Code::Tab => return in_to(chat, Key::plain(Code::Enter), ticket),
        _ => {}
    }
    match chat.people.press(key) {
        Picked::Item(place) => {
            if let Some(person) = chat.known.get(place).cloned() {
                chat.add(person);
            }
        }
        Picked::Nobody if !empty && chat.looking.is_none() => {
            let name = chat.people.input.text().trim().to_owned();
            if let Some(sender) = chat.sender() {
                let ask = Ask::Person(sender.id.clone(), name);
                chat.looking = Some(ticket);
                return vec![Effect::Ask(ticket, ask)];
            }
        }
        _ => {}
    }
    Effects::new()
}

/// A click on a row of those who may be meant.
pub(in crate::app) fn clicked(state: &mut State, row: usize) -> Effects {
    let now = state.now;
    if let Some(Layer::NewChat(chat)) = state.layers.last_mut() {
        let place = chat.people.click(row);
        if let Some(person) = place.and_then(|place| chat.known.get(place).cloned()) {
            chat.add(person);
            chat.sheet.touch(now);
        }
    }
    Effects::new()
}

/// Takes a pasted text into the field.
pub(in crate::app) fn pasted(state: &mut State, text: &str) -> Effects {
    let now = state.now;
    let Some(Layer::NewChat(chat)) = state.layers.last_mut() else {
        return Effects::new();
    };
    match chat.field {
        Field::Text | Field::From | Field::Inmail => return keys::paste(state, text),
        Field::To => {
            chat.people.paste(text.trim());
        }
        Field::Title => chat.title.insert(text),
        Field::Subject => chat.subject.insert(text),
    }
    chat.sheet.touch(now);
    Effects::new()
}
