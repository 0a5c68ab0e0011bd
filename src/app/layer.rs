//! Windows over the screen. The one on top gets every key before anything else does.

use super::compose::choose::Choose;
use super::compose::mail::{Doubt, MailForm};
use super::compose::new_chat::NewChat;
use super::effect::Effect;
use super::folders::Mover;
use super::openable::Openables;
use super::palette::Commands;
use super::picker::Picker;
use super::pictures::Viewer;
use super::search::Search;
use super::switcher::Switcher;

/// A window.
#[derive(Debug, Clone)]
pub enum Layer {
    /// A question in the footer, before something that cannot be taken back.
    Confirm(Confirm),
    /// To which day of the conversation to go.
    Date(DateAsk),
    /// Links and files of a message, to pick one.
    Openables(Openables),
    /// All that onebox has said; the number is the first one shown.
    Messages(usize),
    /// Pictures of a message over the whole screen.
    Picture(Viewer),
    Palette(Commands),
    Help(Commands),
    Switch(Box<Switcher>),
    Search(Box<Search>),
    /// The themes, and the one to go back to.
    Theme(Picker, String),
    /// A folder to move mails to.
    Move(Box<Mover>),
    /// Something to pick while writing.
    Choose(Box<Choose>),
    /// The first message to somebody.
    NewChat(Box<NewChat>),
    /// A mail that is being written.
    Mail(Box<MailForm>),
    /// A question in the footer, before a mail leaves that looks as if something was forgotten.
    Doubt(Doubt),
}

/// A day in words, as they are typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DateAsk {
    pub words: String,
}

/// Something that cannot be taken back.
#[derive(Debug, Clone, PartialEq)]
pub struct Confirm {
    /// Names the thing.
    pub question: String,
    pub effects: Vec<Effect>,
}
