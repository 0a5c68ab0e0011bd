//! Answers the questions of the screen on threads of their own, so that no work beside the screen can hold up an answer.

use std::sync::mpsc::{Receiver, Sender, channel};

use tokio::sync::mpsc::UnboundedSender;

use super::reads;
use crate::app::Msg;
use crate::app::effect::{Read, Ticket};
use crate::store::Store;

type Question = (Ticket, Read);

/// Where questions go.
#[derive(Debug)]
pub struct Reader {
    /// What the hand waits for: lists and conversations.
    quick: Sender<Question>,
    /// What is counted or looked for.
    slow: Sender<Question>,
    /// What mails read like, which may take a while for a large one.
    letters: Sender<Question>,
}

impl Reader {
    /// Starts the threads; they end when this is dropped.
    pub fn start(store: &Store, told: &UnboundedSender<Msg>) -> Self {
        let start = |name: &str| {
            let (ask, asked) = channel();
            let (store, told) = (store.clone(), told.clone());
            let thread = std::thread::Builder::new().name(name.to_owned());
            if let Err(error) = thread.spawn(move || follow(&store, &asked, &told)) {
                tracing::error!(%error, "no thread to read on");
            }
            ask
        };
        Self {
            quick: start("reads"),
            slow: start("counts"),
            letters: start("letters"),
        }
    }

    /// Asks; the answer comes as a message.
    pub fn ask(&self, ticket: Ticket, read: Read) {
        let line = match read {
            Read::List { .. } | Read::Thread { .. } | Read::Older { .. } | Read::Newer { .. } => {
                &self.quick
            }
            Read::Letters(_) | Read::Source(_) => &self.letters,
            _ => &self.slow,
        };
        // Without its thread there is nobody who could answer.
        let _ = line.send((ticket, read));
    }
}

fn follow(store: &Store, asked: &Receiver<Question>, told: &UnboundedSender<Msg>) {
    while let Ok((ticket, read)) = asked.recv() {
        let answer = reads::answer(store, &read);
        if told.send(Msg::Answer(ticket, answer)).is_err() {
            return;
        }
    }
}
