//! What the person in front of the screen sees and can do, as values: one state, one message type, one update.
//!
//! Nothing here waits, reads a clock, draws or touches disk, network or terminal. Keys and news come in as [`Msg`],
//! [`update`] changes the [`State`] and gives back [`Effect`]s, which the runtime carries out and answers.

pub mod accounts;
pub mod ahead;
pub mod command;
pub mod compose;
pub mod days;
pub mod effect;
pub mod folders;
pub mod input;
pub mod key;
pub mod keymap;
pub mod layer;
pub mod layout;
pub mod list;
pub mod msg;
pub mod openable;
pub mod palette;
pub mod picker;
pub mod pictures;
pub mod places;
pub mod pointer;
#[cfg(test)]
pub(crate) mod samples;
pub mod search;
pub mod seek;
pub mod smalls;
pub mod state;
pub mod status;
pub mod switcher;
pub mod thread;
pub mod toast;
mod update;
pub mod welcome;

pub use command::{Command, In};
pub use effect::{Answer, Effect, Read, Ticket};
pub use key::{Code, Key};
pub use msg::Msg;
pub use state::{Pane, Screen, Settings, State};
pub use update::update;
