//! Answers the questions of the screen on threads of their own, so that no work beside the screen can hold up an answer.

use std::sync::mpsc::{Receiver, Sender, channel};

use tokio::sync::mpsc::UnboundedSender;

use super::{panic, reads};
use crate::app::Msg;
use crate::app::effect::{Answer, Read, Ticket};
use crate::store::Store;

type Question = (Ticket, Read);

const BROKEN: &str = "Something could not be read.";

/// Where questions go.
#[derive(Debug)]
pub struct Reader {
    /// What the hand waits for: lists and conversations.
    quick: Sender<Question>,
    /// What is counted or looked for.
    slow: Sender<Question>,
}

impl Reader {
    /// Starts the threads; they end when this is dropped.
    pub fn start(store: &Store, told: &UnboundedSender<Msg>) -> Self {
        let start = |name: &str| {
            let (ask, asked) = channel();
            let (store, told) = (store.clone(), told.clone());
            let thread = std::thread::Builder::new().name(name.to_owned());
            let answer = move |read: &Read| reads::answer(&store, read);
            if let Err(error) = thread.spawn(move || follow(&asked, &told, answer)) {
                tracing::error!(%error, "no thread to read on");
            }
            ask
        };
        Self {
            quick: start("reads"),
            slow: start("counts"),
        }
    }

    /// Asks; the answer comes as a message.
    pub fn ask(&self, ticket: Ticket, read: Read) {
        let line = match read {
            // Who is asked for before a conversation is known before it, so that an answer to it can begin.
            Read::List { .. }
            | Read::Thread { .. }
            | Read::Older { .. }
            | Read::Newer { .. }
            | Read::Desk => &self.quick,
            _ => &self.slow,
        };
        // Without its thread there is nobody who could answer.
        let _ = line.send((ticket, read));
    }
}

/// Answers one question after the other. One that breaks the answer does not keep the next from being answered.
fn follow(
    asked: &Receiver<Question>,
    told: &UnboundedSender<Msg>,
    answer: impl Fn(&Read) -> Answer,
) {
    while let Ok((ticket, read)) = asked.recv() {
        let answer = panic::caught(|| answer(&read));
        let answer = answer.unwrap_or_else(|| Answer::Failed(BROKEN.to_owned()));
        if told.send(Msg::Answer(ticket, answer)).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::accounts::Totals;

    #[test]
    fn a_question_that_breaks_is_answered_and_so_is_the_next() {
        let (ask, asked) = channel();
        let (told, mut inbox) = tokio::sync::mpsc::unbounded_channel();
        ask.send((Ticket(1), Read::NewDraft { mail: true }))
            .unwrap();
        ask.send((Ticket(2), Read::Totals)).unwrap();
        drop(ask);
        follow(&asked, &told, |read| match read {
            Read::NewDraft { .. } => panic!("broken on purpose"),
            _ => Answer::Totals(Totals::default()),
        });
        let failed = Answer::Failed(BROKEN.to_owned());
        assert_eq!(inbox.try_recv(), Ok(Msg::Answer(Ticket(1), failed)));
        let next = Answer::Totals(Totals::default());
        assert_eq!(inbox.try_recv(), Ok(Msg::Answer(Ticket(2), next)));
    }
}
