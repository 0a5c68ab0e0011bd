//! What every job works with: the client behind the budget, the store, and the numbering of requests.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use super::pace::Settings;
use super::schedule::{Job, Kind};
use super::walk::Walk;
use crate::api::operation::Operation;
use crate::api::{self, Client, Flaw, Page};
use crate::model::id::AccountId;
use crate::model::inbox::AccountKey;
use crate::store::apply::{Applied, Stamp};
use crate::store::progress::{raise_stamp, troubles};
use crate::store::{self, Care, Store, Tx};
use crate::sync::outbox::Sender;
use crate::sync::{Asker, Patience};

/// Why a job did not work out.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    #[error(transparent)]
    Api(#[from] api::Error),
    #[error(transparent)]
    Store(#[from] store::Error),
}

pub type Result<T> = std::result::Result<T, JobError>;

/// How a job ended.
#[derive(Debug, Default)]
pub struct Done {
    /// When it wants to come again; never when absent.
    pub again: Option<Duration>,
    /// Whether there is more to fetch right now, or only another look to take later.
    pub more: bool,
    /// What it found to do.
    pub then: Vec<Job>,
}

impl Done {
    pub fn again_in(time: Duration) -> Self {
        Self {
            again: Some(time),
            ..Self::default()
        }
    }

    pub fn more_in(time: Duration) -> Self {
        Self {
            more: true,
            ..Self::again_in(time)
        }
    }

    #[must_use]
    pub fn then(mut self, jobs: impl IntoIterator<Item = Job>) -> Self {
        self.then.extend(jobs);
        self
    }
}

/// What every job works with.
#[derive(Debug)]
pub struct Ctx {
    pub client: Client,
    pub asker: Arc<Asker>,
    pub store: Store,
    pub settings: Settings,
    pub sender: Sender,
    /// Held by who compares drafts with those of the provider.
    pub mirroring: tokio::sync::Mutex<()>,
    stamps: AtomicI64,
    walks: Mutex<HashMap<Job, Walk>>,
    /// How often single things were asked for in vain.
    tries: Mutex<HashMap<String, u8>>,
}

impl Ctx {
    pub fn new(
        client: Client,
        asker: Arc<Asker>,
        store: Store,
        settings: Settings,
        last: Stamp,
    ) -> Self {
        Self {
            client,
            asker,
            store,
            settings,
            sender: Sender::default(),
            mirroring: tokio::sync::Mutex::default(),
            stamps: AtomicI64::new(last.0),
            walks: Mutex::default(),
            tries: Mutex::default(),
        }
    }

    /// The number of a request that is about to go out.
    pub fn stamp(&self) -> Stamp {
        Stamp(self.stamps.fetch_add(1, Ordering::SeqCst).saturating_add(1))
    }

    /// Asks once: what failed is planned anew, so that nothing blocks a place for long.
    pub async fn ask<T, A>(
        &self,
        operation: &Operation,
        account: Option<&AccountId>,
        call: impl FnMut() -> A,
    ) -> Result<T>
    where
        A: Future<Output = api::Result<T>>,
    {
        let once = Patience {
            tries: 1,
            ..Patience::default()
        };
        Ok(self
            .asker
            .ask(operation, account.map(AsRef::as_ref), &once, call)
            .await?)
    }

    /// Writes what a request brought.
    pub async fn apply(
        &self,
        stamp: Stamp,
        work: impl FnOnce(&Tx<'_>) -> store::Result<Applied> + Send + 'static,
    ) -> Result<Applied> {
        Ok(self
            .store
            .write(Care::Cache, move |tx| {
                raise_stamp(tx, stamp)?;
                work(tx)
            })
            .await?)
    }

    /// The key of an account; `None` when it has gone meanwhile.
    pub async fn account(&self, id: &AccountId) -> Result<Option<AccountKey>> {
        let id = id.clone();
        let known = self.store.read(store::read::accounts::all).await?;
        Ok(known.into_iter().find(|it| it.id == id).map(|it| it.key))
    }

    /// Counts what could not be read in a page.
    pub async fn flaws<T>(&self, account: Option<AccountKey>, page: &Page<T>) -> Result<()> {
        for flaw in page.flaws.iter().take(20) {
            self.trouble(account, "unreadable item", &flaw_text(flaw))
                .await?;
        }
        Ok(())
    }

    /// Counts something that went wrong and is being lived with.
    pub async fn trouble(
        &self,
        account: Option<AccountKey>,
        kind: &'static str,
        detail: &str,
    ) -> Result<()> {
        tracing::warn!(?account, kind, detail, "trouble");
        let detail = detail.to_owned();
        Ok(self
            .store
            .write(Care::Cache, move |tx| {
                troubles::note(tx, account, kind, &detail, Timestamp::now())
            })
            .await?)
    }

    pub fn walks(&self) -> MutexGuard<'_, HashMap<Job, Walk>> {
        self.walks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps the walk of a job that failed for the next try, unless its cursor may be what was refused.
    pub fn keep_walk(&self, job: &Job, walk: Walk, error: &JobError) {
        let is_passing = match error {
            JobError::Api(error) => error.is_retryable(),
            JobError::Store(_) => true,
        };
        if is_passing {
            self.walks().insert(job.clone(), walk);
        }
    }

    /// Some of the things that are wanted: what failed before stands back, what failed too often is left alone.
    pub fn some_of<T: AsRef<str>>(&self, what: &str, mut wanted: Vec<T>, most: usize) -> Vec<T> {
        let tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        let count = |it: &T| tries.get(&format!("{what}:{}", it.as_ref())).copied();
        wanted.retain(|it| count(it).unwrap_or(0) < VAIN);
        wanted.sort_by_key(|it| count(it).unwrap_or(0));
        wanted.truncate(most);
        wanted
    }

    /// Counts that something was asked for.
    pub fn tried(&self, what: &str, id: &str) {
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        let count = tries.entry(format!("{what}:{id}")).or_default();
        *count = count.saturating_add(1);
    }

    /// Whether something was asked for so many times.
    pub fn is_tried(&self, what: &str, id: &str, times: u8) -> bool {
        let tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        tries
            .get(&format!("{what}:{id}"))
            .is_some_and(|count| *count >= times)
    }

    /// Gives another chance to all that was asked for in vain.
    pub fn forgive(&self) {
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        tries.clear();
    }

    /// Takes the walk of a job, or begins one. Tells whether it begins.
    pub fn walk(&self, job: &Job) -> (Walk, bool) {
        let known = self.walks().remove(job);
        match known {
            Some(walk) => (walk, false),
            None => (Walk::new(self.stamp()), true),
        }
    }
}

/// What was asked for so often and is still wanted is not to be had.
const VAIN: u8 = 10;

fn flaw_text(flaw: &Flaw) -> String {
    crate::model::text::clean(&flaw.to_string())
}

/// Names what has been fetched of an account's messages or mails.
pub fn scope(account: AccountKey, kind: Kind) -> String {
    match kind {
        Kind::Chats => format!("messages:{}", account.0),
        Kind::Mails => format!("mails:{}", account.0),
    }
}
