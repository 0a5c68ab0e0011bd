//! Fills a new world: reads the hand-written texts, then makes up the rest from the seed.

pub(super) mod accounts;
pub(super) mod bulk;
mod letters;
mod mails;
mod names;
mod people;
mod script;
pub(super) mod when;

pub(super) use bulk::thread_id;
pub(super) use mails::{address, by_address, escape, folder_name, folders, html_of};
pub(super) use names::LANGUAGES;

use std::sync::Arc;

use super::areas::linking::Links;
use super::docs::Docs;
use super::phrases::Phrases;
use super::rng::mix;
use super::world::World;
use super::world::timeline::Timeline;

/// What kind of world to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    pub seed: u64,
    /// The moment at which the world begins, in milliseconds.
    pub began: i64,
    pub chats: usize,
    pub messages: usize,
    pub mails: usize,
}

/// Something wrong in the built-in texts; a test reads them all, so users never see this.
#[derive(Debug, thiserror::Error)]
#[error("assets/demo/{file}, {place}: {problem}")]
pub struct BadText {
    pub file: String,
    pub place: String,
    pub problem: String,
}

impl BadText {
    pub(super) fn new(
        file: &str,
        place: impl std::fmt::Display,
        problem: impl std::fmt::Display,
    ) -> Self {
        Self {
            file: file.to_owned(),
            place: place.to_string(),
            problem: problem.to_string(),
        }
    }
}

/// Makes a world.
pub fn world(scale: &Scale) -> Result<World, BadText> {
    let phrases = Phrases::load().map_err(|error| BadText::new("phrases.toml", "", error))?;
    let people = people::load()?;
    let mut world = World {
        seed: scale.seed,
        now: scale.began,
        last: scale.began,
        began: scale.began,
        accounts: accounts::all(scale.began),
        people,
        chats: Vec::new(),
        mailboxes: Vec::new(),
        docs: Docs::default(),
        webhooks: Vec::new(),
        links: Links::default(),
        plans: Vec::new(),
        idempotency: Vec::new(),
        rng_state: mix(scale.seed, 0xda7a),
        timeline: Timeline::default(),
        phrases,
        gallery: Arc::default(),
        events: Vec::new(),
        version: 0,
    };
    script::load(&mut world)?;
    mails::load(&mut world)?;
    world.docs = Docs::load(&world)?;
    bulk::chats(&mut world, scale.chats, scale.messages);
    letters::mails(&mut world, scale.mails);
    world.index();
    Ok(world)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale() -> Scale {
        Scale {
            seed: 7,
            began: 1_795_000_000_000,
            chats: 160,
            messages: 5_200,
            mails: 620,
        }
    }

    #[test]
    fn the_written_world_reads_without_a_fault_and_has_its_size() {
        let world = world(&scale()).unwrap_or_else(|error| panic!("{error}"));
        let written = world
            .chats
            .iter()
            .filter(|chat| !chat.key.is_empty())
            .count();
        let messages: usize = world.chats.iter().map(|chat| chat.times.len()).sum();
        let mails: usize = world
            .mailboxes
            .iter()
            .map(|mailbox| mailbox.mails.len())
            .sum();
        assert!(written >= 40 && world.chats.len() >= 150 && messages >= 5_000 && mails >= 600);
        assert!(world.people.len() >= 81);
        for chat in &world.chats {
            assert!(chat.times.is_sorted(), "{}", chat.key);
            assert!(
                chat.times.last().is_none_or(|last| *last <= scale().began),
                "{} ends later than now",
                chat.key
            );
            let network = world.accounts[chat.account as usize].network;
            for member in &chat.members {
                let person = &world.people[*member as usize];
                assert!(
                    person.provider_id(network).is_some(),
                    "{} is not on the network of {}",
                    person.key,
                    chat.key
                );
            }
        }
    }
}
