//! The mouse in what is being written: it puts the cursor, takes a file off and takes an offer.

use super::complete::Chosen;
use super::keys::insert_offer;
use super::mail;
use super::new_chat::Field;
use crate::app::layer::Layer;
use crate::app::state::{Pane, State};

/// A row of the words was clicked, in a column of it.
pub(in crate::app) fn words(state: &mut State, width: u16, row: usize, column: usize) {
    begin(state);
    if let Some(sheet) = state.sheet() {
        sheet.complete = None;
        sheet.editor.click(row, column, width);
    }
}

/// The sign behind a file was clicked: it is not to go along.
pub(in crate::app) fn file(state: &mut State, at: usize) {
    let now = state.now;
    if let Some(sheet) = state.sheet().filter(|it| at < it.files.len()) {
        sheet.files.remove(at);
        sheet.touch(now);
    }
}

/// One of those that may be meant was clicked.
pub(in crate::app) fn offer(state: &mut State, at: usize) {
    let now = state.now;
    if let Some(sheet) = state.sheet()
        && let Some(complete) = &sheet.complete
        && let Chosen::Offer(chars, text) = complete.choose(at)
    {
        insert_offer(sheet, chars, &text, now);
    }
}

/// The words get the keys.
fn begin(state: &mut State) {
    match state.layers.last_mut() {
        Some(Layer::NewChat(chat)) => chat.field = Field::Text,
        Some(Layer::Mail(form)) => form.field = mail::Field::Text,
        _ => {
            state.focus = Pane::Compose;
            if let Some(form) = &mut state.letter {
                form.field = mail::Field::Text;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Key;
    use crate::app::compose::tests::{press, state_with, write};
    use crate::app::pointer::{Pointer, Press, Target};
    use crate::app::{Msg, update};
    use crate::model::act::FileRef;

    fn click(state: &mut State, target: Target, x: u16) {
        let pointer = Pointer {
            press: Press::Click,
            x,
            y: 0,
            shift: false,
            target: Some(target),
        };
        update(state, Msg::Mouse(pointer));
    }

    #[test]
    fn the_mouse_puts_the_cursor_takes_an_offer_and_takes_a_file_off() {
        let mut state = state_with(None);
        press(&mut state, Key::char('i'));
        write(&mut state, "Hallo");
        state.focus = Pane::Thread;
        let place = Target::Words {
            width: 40,
            row: 0,
            from: 10,
        };
        click(&mut state, place, 11);
        assert_eq!(state.focus, Pane::Compose);
        write(&mut state, "\u{e4}");
        let text = |state: &mut State| state.sheet().unwrap().editor.text();
        assert_eq!(text(&mut state), "Häallo");
        press(&mut state, "End".parse().unwrap());
        write(&mut state, " :smil");
        let offered = state.sheet().unwrap().complete.clone().unwrap();
        click(&mut state, Target::Offer(1), 0);
        assert!(text(&mut state).ends_with(&offered.offers[1].text));
        let file = |name: &str| FileRef {
            path: name.into(),
            name: name.to_owned(),
            size: 1,
            mime: None,
            sha256: String::new(),
        };
        state.sheet().unwrap().files = vec![file("a"), file("b")];
        click(&mut state, Target::Chip(0), 0);
        assert_eq!(state.sheet().unwrap().files, [file("b")]);
    }
}
