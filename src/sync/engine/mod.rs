//! Keeps the store true to the server: plans what to fetch, does it in small jobs, and lives with whatever goes wrong.
//!
//! `schedule` decides what is next, `link` whether anybody is there, `walk` when a list has ended; all three are pure.
//! `jobs` do the work. One task runs it all; jobs run beside it and report back.

mod ctx;
mod door;
mod hints;
mod jobs;
mod link;
mod pace;
mod run;
mod schedule;
mod status;
mod walk;

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;

pub use link::Link;
pub use pace::{Pace, Settings};
pub use schedule::{Job, Kind};
pub use status::Status;

use super::lead::Lead;
use super::{Asker, webhook};
use crate::api::Client;
use crate::model::delivery::Delivery;
use crate::model::inbox::{AccountKey, ConversationKey};
use crate::store::progress::stored_stamp;
use crate::store::{self, Care, Store, outbox};

/// How long what was sent stays in the outbox for those who look.
const KEPT_DONE: SignedDuration = SignedDuration::from_hours(24 * 30);

/// A wish of those who use the engine.
#[derive(Debug)]
enum Command {
    Focus(Option<ConversationKey>),
    Older(ConversationKey),
    Folder(AccountKey, String),
    Now,
    Repair,
    Retry,
    Pause(AccountKey, bool),
    Hooked(bool),
    Unhooked(String),
    Hint(Box<Delivery>),
    Stop(oneshot::Sender<()>),
}

/// A running engine. Dropping it stops it at once; `stop` lets what is being written finish.
#[derive(Debug)]
pub struct Engine {
    commands: mpsc::UnboundedSender<Command>,
    status: watch::Receiver<Status>,
    task: JoinHandle<()>,
}

impl Engine {
    /// Starts to fetch. Only who has the lead may.
    pub async fn start(
        client: Client,
        asker: Arc<Asker>,
        store: Store,
        settings: Settings,
        lead: Lead,
    ) -> store::Result<Self> {
        let last = store.read(stored_stamp).await?;
        let now = Timestamp::now();
        let long_ago = now.checked_sub(KEPT_DONE).unwrap_or(now);
        store
            .write(Care::Kept, move |tx| outbox::tidy(tx, long_ago))
            .await?;
        jobs::sweep(&store).await?;
        let ctx = ctx::Ctx::new(client, asker, store, settings, last);
        let (commands, wishes) = mpsc::unbounded_channel();
        let (shown, status) = watch::channel(Status::default());
        let runner = run::Runner::new(ctx, wishes, shown, lead);
        Ok(Self {
            commands,
            status,
            task: tokio::spawn(runner.run()),
        })
    }

    /// How it is doing, now and after every change.
    pub fn status(&self) -> watch::Receiver<Status> {
        self.status.clone()
    }

    /// The conversation that is on screen is looked at every few seconds.
    pub fn focus(&self, conversation: Option<ConversationKey>) {
        self.wish(Command::Focus(conversation));
    }

    /// More of the history of a conversation is wanted.
    pub fn older(&self, conversation: ConversationKey) {
        self.wish(Command::Older(conversation));
    }

    /// A folder is looked at, or more of it; told by its uid.
    pub fn folder(&self, account: AccountKey, folder: String) {
        self.wish(Command::Folder(account, folder));
    }

    /// Looks for news of everything at once.
    pub fn now(&self) {
        self.wish(Command::Now);
    }

    /// Fetches everything once more, to repair what polling cannot see.
    pub fn repair(&self) {
        self.wish(Command::Repair);
    }

    /// Tries to reach the server at once, after a refused key too.
    pub fn retry(&self) {
        self.wish(Command::Retry);
    }

    /// Stops or resumes the fetching of an account.
    pub fn pause(&self, account: AccountKey, paused: bool) {
        self.wish(Command::Pause(account, paused));
    }

    /// Says whether the server reports by itself: polling slows down then.
    pub fn hooked(&self, hooked: bool) {
        self.wish(Command::Hooked(hooked));
    }

    /// Says why the server cannot report by itself.
    pub fn unhooked(&self, problem: String) {
        self.wish(Command::Unhooked(problem));
    }

    /// Takes all reports of a receiver for hints, until it ends.
    pub fn listen(&self, mut deliveries: mpsc::Receiver<Delivery>) -> JoinHandle<()> {
        let commands = self.commands.clone();
        tokio::spawn(async move {
            while let Some(delivery) = deliveries.recv().await {
                if commands.send(Command::Hint(Box::new(delivery))).is_err() {
                    return;
                }
            }
        })
    }

    /// What a receiver could not take in is found by asking.
    pub fn make_up(&self, receiver: &webhook::Receiver) {
        if receiver.take_missed() {
            self.now();
        }
    }

    /// Waits until nothing is left to fetch that is known of, or the server is away.
    pub async fn settled(&self) -> Status {
        let mut status = self.status.clone();
        let done =
            |status: &Status| status.settled || status.stuck.is_some() || status.link.is_hopeless();
        match status.wait_for(done).await {
            Ok(status) => status.clone(),
            Err(_) => Status::default(),
        }
    }

    /// Lets the jobs that are running end, and stops.
    pub async fn stop(&self) {
        let (done, ended) = oneshot::channel();
        self.wish(Command::Stop(done));
        let _ = ended.await;
    }

    fn wish(&self, command: Command) {
        // An engine that has ended has nobody who could do it.
        let _ = self.commands.send(command);
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.task.abort();
    }
}
