//! What the terminal reports, as messages.

use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

use crate::app::Msg;
use crate::app::key::{Code, Key};
use crate::app::layout::Size;
use crate::app::pointer::Press;

/// An event of the terminal.
#[derive(Debug, PartialEq)]
pub enum Input {
    Msg(Msg),
    /// The mouse, before it is known what is under it.
    Mouse {
        press: Press,
        x: u16,
        y: u16,
        shift: bool,
    },
}

/// Reads an event; absent for those that mean nothing here.
pub fn read(event: Event) -> Option<Input> {
    let msg = match event {
        Event::Key(it) => Msg::Key(key(it)?),
        Event::Paste(text) => Msg::Paste(text),
        Event::Resize(width, height) => Msg::Resize(Size { width, height }),
        Event::FocusGained => Msg::Looked(true),
        Event::FocusLost => Msg::Looked(false),
        Event::Mouse(it) => return mouse(it),
    };
    Some(Input::Msg(msg))
}

/// Reads a key; releases mean nothing.
fn key(event: KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let held = |it| event.modifiers.contains(it);
    let mut shift = held(KeyModifiers::SHIFT);
    let ctrl = held(KeyModifiers::CONTROL);
    let code = match event.code {
        KeyCode::Char(it) => {
            shift = false;
            Code::Char(if ctrl { it.to_ascii_lowercase() } else { it })
        }
        KeyCode::BackTab => {
            shift = true;
            Code::Tab
        }
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Insert => Code::Insert,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::F(number) => Code::F(number),
        _ => return None,
    };
    Some(Key {
        code,
        ctrl,
        alt: held(KeyModifiers::ALT),
        shift,
    })
}

fn mouse(event: MouseEvent) -> Option<Input> {
    let press = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Press::Click,
        MouseEventKind::Drag(MouseButton::Left) => Press::Drag,
        MouseEventKind::Up(MouseButton::Left) => Press::Release,
        MouseEventKind::ScrollUp => Press::WheelUp,
        MouseEventKind::ScrollDown => Press::WheelDown,
        _ => return None,
    };
    Some(Input::Mouse {
        press,
        x: event.column,
        y: event.row,
        shift: event.modifiers.contains(KeyModifiers::SHIFT),
    })
}
