//! Runs the screen: the loop, the terminal, what keys are, and the work that update asks for.
//!
//! The main thread waits for the terminal, takes events, updates the state and draws; everything else that may wait happens
//! on other threads and comes back as a message. All that waits is taken in before the screen is drawn once.

mod asks;
mod beside;
mod canvas;
mod clipboard;
pub mod deeds;
mod editor;
mod event_loop;
mod events;
mod fetching;
pub mod files;
mod ground;
mod input;
pub mod look;
mod loose;
mod online;
mod panic;
mod pictures;
mod reader;
pub mod reads;
mod seek;
pub mod signals;
mod terminal;
mod triage;
pub mod welcome;
mod zone;

use std::io;
use std::path::PathBuf;

use crate::api::Client;
use crate::config::{Config, Profile};
use crate::store::{self, Store};
use crate::sync::engine;

/// What the screen is about.
#[derive(Debug)]
pub struct Program {
    pub profile: Profile,
    pub config: Config,
    pub store: Store,
    /// The server; without one, what is stored can be read.
    pub client: Option<Client>,
    pub engine: engine::Settings,
    /// Nothing is changed at the server.
    pub readonly: bool,
    /// A `mailto:` link to begin a mail from.
    pub link: Option<String>,
    /// What the command line says about the screen.
    pub flags: look::Flags,
    /// Where the log is, for those who have to be told.
    pub log: PathBuf,
    /// Where what waits is done; the screen has the thread of the caller to itself.
    pub crew: tokio::runtime::Handle,
}

/// How the screen was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// By the user.
    Quit,
    /// By a signal of the system.
    Stopped,
}

/// Why the screen could not be shown, or not any longer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("The terminal cannot be used: {0}.")]
    Terminal(#[from] io::Error),
    #[error("The settings cannot be used:\n{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Settings(Vec<look::Wrong>),
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Shows the screen until the user leaves it. What waits is done on the threads of `crew`; the thread of the caller is
/// the screen's, so that no other work can come between a key and its frame.
pub fn run(program: Program) -> Result<Left, Error> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(event_loop::run(program))
}
