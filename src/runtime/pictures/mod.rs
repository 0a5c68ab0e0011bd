//! Works out pictures for the screen, two at a time and never on its thread. What breaks a decoder costs that picture.

mod blocks;
mod decode;
mod encode;
mod files;
mod medium;

use std::sync::{Arc, Mutex};

use tokio::runtime::Handle;
use tokio::sync::mpsc::UnboundedSender;

use super::panic::quietly;
use crate::store::{Store, pictures};
use crate::ui::pictures::{Medium, Of, Wanted};

pub use encode::{Encoded, forgotten};
pub use files::Files;
pub use medium::find as find_medium;

/// So many are worked out at a time.
const HANDS: usize = 2;

/// A picture that was worked out.
#[derive(Debug)]
pub struct Made {
    pub wanted: Wanted,
    /// How pictures were drawn when it was begun.
    pub medium: Medium,
    /// Nothing where there is no picture, or none that can be shown.
    pub picture: Option<Encoded>,
    /// The file is not on this machine any longer.
    pub gone: bool,
}

/// Those who work out pictures.
#[derive(Debug)]
pub struct Painters {
    store: Store,
    files: Files,
    done: UnboundedSender<Made>,
    waiting: Vec<Wanted>,
    at_work: Vec<Wanted>,
    /// Only one large picture is unpacked at a time.
    turn: Arc<Mutex<()>>,
    crew: Handle,
}

impl Painters {
    pub fn new(store: &Store, done: UnboundedSender<Made>, crew: Handle) -> Self {
        Self {
            store: store.clone(),
            files: Files::new(store),
            done,
            waiting: Vec::new(),
            at_work: Vec::new(),
            turn: Arc::default(),
            crew,
        }
    }

    pub fn files(&self) -> &Files {
        &self.files
    }

    /// What the last frame missed; what earlier ones missed is not on the screen any more.
    pub fn want(&mut self, wanted: Vec<Wanted>, medium: Medium) {
        self.waiting = wanted;
        self.waiting.retain(|it| !self.at_work.contains(it));
        self.waiting.reverse();
        self.begin(medium);
    }

    /// Somebody is done.
    pub fn done(&mut self, made: &Made, medium: Medium) {
        self.at_work.retain(|it| *it != made.wanted);
        self.begin(medium);
    }

    fn begin(&mut self, medium: Medium) {
        while self.at_work.len() < HANDS
            && let Some(wanted) = self.waiting.pop()
        {
            self.at_work.push(wanted.clone());
            let (store, files, turn) = (self.store.clone(), self.files.clone(), self.turn.clone());
            let done = self.done.clone();
            self.crew.spawn_blocking(move || {
                let mut made = Made {
                    wanted,
                    medium,
                    picture: None,
                    gone: false,
                };
                match quietly(|| bytes(&store, &files, &made.wanted.of)) {
                    Some(Some(bytes)) => {
                        let paint = || encode::encode(&bytes, &made.wanted, medium, &turn);
                        made.picture = quietly(paint).flatten();
                    }
                    _ => made.gone = matches!(made.wanted.of, Of::File(_)),
                }
                // Nobody listens any more when the program ends.
                let _ = done.send(made);
            });
        }
    }
}

/// The picture as it is stored.
fn bytes(store: &Store, files: &Files, of: &Of) -> Option<Vec<u8>> {
    match of {
        Of::Face(owner) => store.read_now(|db| pictures::get(db, *owner)).ok()?,
        Of::File(key) => files.read(key),
    }
}

#[cfg(test)]
mod tests;
