//! The state of the demo world: everything the embedded server knows, and the few rules that keep it consistent.
//!
//! Areas read and change it; `seed` fills it, `live` moves it on. It does no I/O and reads no clock: whoever calls sets
//! `now` first.

pub(super) mod account;
pub(super) mod chat;
pub(super) mod mail;
pub(super) mod person;
pub(super) mod plan;
pub(super) mod timeline;

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::gallery::Gallery;
use super::ids::{Ids, Kind};
use super::phrases::Phrases;
use super::problem::Problem;
use super::rng::{Rng, mix};
use account::{Account, Status};
use chat::{Chat, Message};
use mail::Mailbox;
use person::Person;
use plan::Plan;
use timeline::Timeline;

/// Position of the owner among the people.
pub(super) const ME: u32 = 0;

/// Everything that exists.
#[derive(Debug, Serialize, Deserialize)]
pub struct World {
    pub(super) seed: u64,
    /// The current moment in milliseconds.
    #[serde(skip)]
    pub(super) now: i64,
    /// The last moment given to something that happened; the next gets a later one.
    pub(super) last: i64,
    /// When this world began.
    pub(super) began: i64,
    pub(super) accounts: Vec<Account>,
    pub(super) people: Vec<Person>,
    pub(super) chats: Vec<Chat>,
    pub(super) mailboxes: Vec<Mailbox>,
    /// What belongs to profiles, posts, hiring and calendars.
    pub(super) docs: super::docs::Docs,
    pub(super) webhooks: Vec<super::areas::webhooks::Webhook>,
    pub(super) links: super::areas::linking::Links,
    pub(super) plans: Vec<Plan>,
    /// Mails sent under an idempotency key: until when it counts, the key, what was asked, what was answered.
    pub(super) idempotency: Vec<(i64, String, u64, Value)>,
    pub(super) rng_state: u64,
    /// When which message was written, of all chats.
    #[serde(skip)]
    pub(super) timeline: Timeline,
    #[serde(skip)]
    pub(super) phrases: Phrases,
    /// Files that were drawn.
    #[serde(skip)]
    pub(super) gallery: Arc<Gallery>,
    /// What has happened since the events were last collected.
    #[serde(skip)]
    pub(super) events: Vec<Event>,
    /// Grows with every change; tells whether there is something to save.
    #[serde(skip)]
    pub(super) version: u64,
}

/// Something that webhooks hear of: which source and event, of which account, and the payload.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    pub(super) source: &'static str,
    pub(super) event: &'static str,
    pub(super) account: u32,
    pub(super) payload: Value,
}

impl World {
    pub(super) fn ids(&self) -> Ids {
        Ids::new(self.seed)
    }

    /// A fresh moment, later than any given before.
    pub(super) fn tick(&mut self) -> i64 {
        self.last = self.now.max(self.last + 1);
        self.version += 1;
        self.last
    }

    /// The next of the world's random numbers, as a generator for one decision.
    pub(super) fn dice(&mut self) -> Rng {
        self.rng_state = mix(self.rng_state, 1);
        Rng::new(self.rng_state)
    }

    /// Finds an account by its id; one that was unlinked is gone.
    pub(super) fn account(&self, id: &str) -> Result<(u32, &Account), Problem> {
        let (at, _) = self
            .ids()
            .read(Kind::Account, id)
            .ok_or_else(|| Problem::not_found("account"))?;
        let account = self
            .accounts
            .get(at as usize)
            .filter(|account| !account.gone);
        account
            .map(|account| (at, account))
            .ok_or_else(|| Problem::not_found("account"))
    }

    /// Finds an account that can act at its network right now.
    pub(super) fn acting_account(&self, id: &str) -> Result<(u32, &Account), Problem> {
        let (at, account) = self.account(id)?;
        match account.status {
            Status::Ok | Status::Connecting => Ok((at, account)),
            _ => Err(Problem::disconnected()),
        }
    }

    /// Finds an account by the key used in the texts of the world.
    pub(super) fn account_by_key(&self, key: &str) -> Option<u32> {
        let at = self
            .accounts
            .iter()
            .position(|account| account.key == key)?;
        u32::try_from(at).ok()
    }

    /// Place of the mailbox of an account.
    pub(super) fn mailbox_of(&self, account: u32) -> Option<usize> {
        let mut mailboxes = self.mailboxes.iter();
        mailboxes.position(|mailbox| mailbox.account == account)
    }

    pub(super) fn account_id(&self, at: u32) -> String {
        self.ids().make(Kind::Account, at, 0)
    }

    pub(super) fn chat_id(&self, chat: u32) -> String {
        self.ids().make(Kind::Chat, chat, 0)
    }

    pub(super) fn message_id(&self, chat: u32, n: u32) -> String {
        self.ids().make(Kind::Message, chat, n)
    }

    pub(super) fn attendee_id(&self, account: u32, person: u32) -> String {
        self.ids().make(Kind::Attendee, account, person)
    }

    pub(super) fn person(&self, at: u32) -> Option<&Person> {
        self.people.get(at as usize)
    }

    /// Finds a person by the key used in the texts of the world.
    pub(super) fn person_by_key(&self, key: &str) -> Option<u32> {
        let at = self.people.iter().position(|person| person.key == key)?;
        u32::try_from(at).ok()
    }

    /// Finds a chat by Unipile id, or by provider id where the account is known.
    pub(super) fn chat_at(&self, id: &str, account: Option<u32>) -> Result<u32, Problem> {
        let by_provider = || {
            let account = account?;
            let at = self
                .chats
                .iter()
                .position(|chat| chat.account == account && chat.provider_id == id)?;
            u32::try_from(at).ok()
        };
        let at = self
            .ids()
            .read(Kind::Chat, id)
            .map(|(at, _)| at)
            .or_else(by_provider);
        at.filter(|at| {
            self.chats
                .get(*at as usize)
                .is_some_and(|chat| !chat.gone && !self.is_gone(chat.account))
        })
        .ok_or_else(|| Problem::not_found("chat"))
    }

    pub(super) fn chat(&self, at: u32) -> Result<&Chat, Problem> {
        self.chats
            .get(at as usize)
            .ok_or_else(|| Problem::not_found("chat"))
    }

    pub(super) fn chat_mut(&mut self, at: u32) -> Result<&mut Chat, Problem> {
        self.version += 1;
        self.chats
            .get_mut(at as usize)
            .ok_or_else(|| Problem::not_found("chat"))
    }

    fn is_gone(&self, account: u32) -> bool {
        self.accounts
            .get(account as usize)
            .is_none_or(|account| account.gone)
    }

    /// A message as it stands: the stored one, or the one made up for this place in a generated chat.
    pub(super) fn message(&self, chat: u32, n: u32) -> Option<Message> {
        let held = self.chats.get(chat as usize)?;
        if n as usize >= held.times.len() {
            return None;
        }
        held.stored
            .get(&n)
            .cloned()
            .or_else(|| Some(super::seed::bulk::message(self, chat, held, n)))
    }

    /// A message that can be changed from now on; a generated one becomes a stored one.
    pub(super) fn message_mut(&mut self, chat: u32, n: u32) -> Option<&mut Message> {
        let message = self.message(chat, n)?;
        self.version += 1;
        Some(
            self.chats
                .get_mut(chat as usize)?
                .stored
                .entry(n)
                .or_insert(message),
        )
    }

    /// Adds a message at the end of a chat and gives its place.
    pub(super) fn push_message(&mut self, chat: u32, message: Message) -> Option<u32> {
        let held = self.chats.get_mut(chat as usize)?;
        let n = u32::try_from(held.times.len()).ok()?;
        held.times.push(message.at);
        self.timeline.add(held.account, message.at, chat, n);
        held.stored.insert(n, message);
        self.version += 1;
        Some(n)
    }

    /// Rebuilds what is not saved.
    pub(super) fn index(&mut self) {
        self.timeline = Timeline::of(&self.chats, self.accounts.len());
    }

    pub(super) fn emit(
        &mut self,
        source: &'static str,
        event: &'static str,
        account: u32,
        payload: Value,
    ) {
        self.events.push(Event {
            source,
            event,
            account,
            payload,
        });
    }
}
