//! The sync engine against the embedded server, in good and in bad weather: what the store holds is what the server has.

mod away;
mod broken;
mod drafts;
mod first;
mod folders;
mod follow;
mod hooked;
mod hungry;
mod outages;
mod resume;
mod truth;

use std::sync::Arc;
use std::time::Duration;

use onebox::demo::{Demo, Options};
use onebox::model::inbox::StoredAccount;
use onebox::store::{self, Store, read};
use onebox::sync::engine::{Engine, Pace, Settings, Status};
use onebox::sync::{Asker, Lead, Rates};
use rusqlite::Connection;
use tempfile::TempDir;
use tokio::time::timeout;

use crate::support::{KEY, client, options};

/// How long anything may take.
const LONG: Duration = Duration::from_secs(60);

/// A profile of its own with an engine that keeps it up to date.
struct Desk {
    dir: TempDir,
    store: Store,
    engine: Engine,
}

/// So many times as often as for a person.
fn settings(times: u32) -> Settings {
    Settings {
        pace: Pace::default().times(times),
        ..Settings::default()
    }
}

/// As often as a test can wait for, and a small machine can do.
fn brisk() -> Settings {
    let millis = Duration::from_millis;
    Settings {
        pace: Pace {
            focus: millis(300),
            busy: millis(700),
            quiet: millis(1500),
            accounts: millis(1500),
            chats: millis(1000),
            recent: millis(1500),
            folders: millis(3000),
            background: millis(2),
            ..Pace::default()
        },
        ..Settings::default()
    }
}

/// An embedded server with a world that is quickly fetched.
async fn demo() -> Demo {
    Demo::start(small()).await.unwrap()
}

fn small() -> Options {
    let mut options = options();
    options.scale.chats = 20;
    options.scale.messages = 300;
    options.scale.mails = 60;
    options
}

fn asker() -> Arc<Asker> {
    Arc::new(Asker::new(Rates {
        per_second: 2_000,
        account_per_second: 2_000,
        account_per_minute: 100_000,
    }))
}

impl Desk {
    async fn at(url: &str) -> Self {
        Self::with(tempfile::tempdir().unwrap(), url, brisk()).await
    }

    async fn with(dir: TempDir, url: &str, settings: Settings) -> Self {
        Self::budgeted(dir, url, settings, asker()).await
    }

    async fn budgeted(dir: TempDir, url: &str, settings: Settings, asker: Arc<Asker>) -> Self {
        let store = Store::open(dir.path()).unwrap();
        let lead = Lead::take(dir.path()).unwrap().unwrap();
        let engine = Engine::start(client(url, KEY), asker, store.clone(), settings, lead)
            .await
            .unwrap();
        Self { dir, store, engine }
    }

    /// Waits until there is nothing left to fetch.
    async fn settled(&self) {
        self.until_status("everything to be here", |status| status.settled)
            .await;
    }

    /// Has everything fetched once more, and waits for the end of it.
    async fn repaired(&self) {
        self.engine.repair();
        let repairs = |status: &Status| {
            let mut lists = status.working.values().flatten();
            lists.any(|word| *word == "everything once more")
        };
        self.until_status("a repair to begin", repairs).await;
        self.until_status("a repair to end", |status| {
            status.settled && !repairs(status)
        })
        .await;
    }

    async fn until_status(&self, what: &str, mut is_so: impl FnMut(&Status) -> bool) -> Status {
        let mut status = self.engine.status();
        match timeout(LONG, status.wait_for(&mut is_so)).await {
            Ok(status) => status.unwrap().clone(),
            Err(late) => panic!("{late}: {what}: {:?}", self.engine.status().borrow()),
        }
    }

    /// Waits until the store shows something.
    async fn until(&self, what: &str, is_so: impl Fn(&Connection) -> bool) {
        let mut changes = self.store.changes();
        let seen = async {
            while !self.get(|db| Ok(is_so(db))) {
                // One who is too slow is told that anything may have changed, which is as good.
                let _ = timeout(Duration::from_millis(250), changes.recv()).await;
            }
        };
        let late = timeout(LONG, seen).await.is_err();
        assert!(
            !late,
            "waited for {what}: {:?}",
            self.engine.status().borrow()
        );
    }

    fn get<T>(&self, query: impl FnOnce(&Connection) -> store::Result<T>) -> T {
        self.store.read_now(query).unwrap()
    }

    fn number(&self, query: &str) -> i64 {
        number(&self.store, query)
    }

    fn accounts(&self) -> Vec<StoredAccount> {
        self.get(read::accounts::all)
    }
}

/// The one number that a query finds.
fn number(store: &Store, query: &str) -> i64 {
    store
        .read_now(|db| Ok(db.query_row(query, [], |row| row.get(0))?))
        .unwrap()
}

fn one(db: &Connection, query: &str, uid: &str) -> Option<String> {
    db.query_row(query, [uid], |row| row.get::<_, Option<String>>(0))
        .ok()
        .flatten()
}
