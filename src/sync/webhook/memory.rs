//! Remembers what has arrived, so that what is delivered again counts once.

use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher as _, Hash as _, Hasher as _, RandomState};

use crate::model::delivery::Delivery;

/// The last report about each of the things heard of lately.
///
/// A report is a repetition when it says the same, byte for byte, as the last one about the same thing. So a message
/// that is edited there and back, or an account that fails twice, is heard of each time.
#[derive(Debug)]
pub(super) struct Memory {
    most: usize,
    hasher: RandomState,
    last: HashMap<u64, u64>,
    order: VecDeque<u64>,
}

/// What a report is about and what it says, as two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Print {
    about: u64,
    says: u64,
}

impl Memory {
    pub(super) fn new(most: usize) -> Self {
        Self {
            most,
            hasher: RandomState::new(),
            last: HashMap::new(),
            order: VecDeque::new(),
        }
    }

    pub(super) fn print(&self, delivery: &Delivery, body: &[u8]) -> Print {
        let says = self.hasher.hash_one(body);
        let mut about = self.hasher.build_hasher();
        std::mem::discriminant(delivery).hash(&mut about);
        match delivery {
            Delivery::Message(one) => {
                // Each reader and each one who reacts is a story of their own.
                let by = one.reaction_by.as_ref().or(one.read_by.as_ref());
                let by = by.map(|by| (&by.attendee, &by.provider));
                (&one.event, &one.account, &one.message, by).hash(&mut about);
            }
            Delivery::Mail(one) => (&one.event, &one.account, &one.email).hash(&mut about),
            Delivery::Account(one) => one.account.hash(&mut about),
            Delivery::Relation(one) => (&one.account, &one.provider).hash(&mut about),
            Delivery::Calendar(one) => (&one.event, &one.account, &one.id).hash(&mut about),
            Delivery::Linked(one) => one.account.hash(&mut about),
            Delivery::Tracking(_) | Delivery::Other(_) => says.hash(&mut about),
        }
        Print {
            about: about.finish(),
            says,
        }
    }

    pub(super) fn is_known(&self, print: Print) -> bool {
        self.last.get(&print.about) == Some(&print.says)
    }

    pub(super) fn keep(&mut self, print: Print) {
        if self.last.insert(print.about, print.says).is_some() {
            return;
        }
        self.order.push_back(print.about);
        if self.order.len() > self.most
            && let Some(oldest) = self.order.pop_front()
        {
            self.last.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::api::webhooks::read_delivery;

    fn is_new(memory: &mut Memory, body: &serde_json::Value) -> bool {
        let body = body.to_string().into_bytes();
        let delivery = read_delivery(None, &body).unwrap();
        let print = memory.print(&delivery, &body);
        let known = memory.is_known(print);
        memory.keep(print);
        !known
    }

    #[test]
    fn an_account_that_fails_again_is_heard_of_again() {
        let memory = &mut Memory::new(9);
        let word = |word| json!({"AccountStatus": {"account_id": "a", "message": word}});
        for (message, new) in [
            ("OK", true),
            ("ERROR", true),
            ("ERROR", false),
            ("OK", true),
            ("ERROR", true),
        ] {
            assert_eq!(is_new(memory, &word(message)), new, "{message}");
        }
    }

    #[test]
    fn a_message_edited_there_and_back_is_heard_of_each_time() {
        let memory = &mut Memory::new(9);
        let edit = |text| json!({"event": "message_edited", "account_id": "a", "chat_id": "c", "message_id": "m", "message": text});
        let read = |by| json!({"event": "message_read", "account_id": "a", "chat_id": "c", "message_id": "m", "read_by": {"attendee_id": by}});
        for text in ["one", "two", "one"] {
            assert!(is_new(memory, &edit(text)), "{text}");
        }
        assert!(!is_new(memory, &edit("one")));
        assert!(is_new(memory, &read("x")) && is_new(memory, &read("y")));
        assert!(!is_new(memory, &read("x")));
    }

    #[test]
    fn the_memory_never_grows_beyond_its_size() {
        let memory = &mut Memory::new(9);
        let event = |n| json!({"event": "mail_received", "account_id": "a", "email_id": n});
        for n in 0..1_000 {
            assert!(is_new(memory, &event(n)));
        }
        assert_eq!((memory.last.len(), memory.order.len()), (9, 9));
        assert!(!is_new(memory, &event(999)) && is_new(memory, &event(1)));
    }
}
