//! Client, server and contract side by side. The typed client talks to the embedded server through a tap, and all that
//! passes is held against `assets/openapi.yaml`: three readings of the same documents that must agree.
//!
//! Each area has one test that walks through all its operations, with a server of its own.

mod accounts;
mod calendars;
mod checker;
mod emails;
mod form;
mod linkedin;
mod messaging;
mod posts;
pub(crate) mod schema;
mod table;
pub(crate) mod tap;
mod users;
mod webhooks;

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use onebox::api::operation::{Area, Operation};
use onebox::api::{Client, Cursor, Error, Page, Paging, operations};
use onebox::model::account::Provider;
use onebox::model::id::AccountId;
use tracing::field::{Field, Visit};
use tracing::subscriber::DefaultGuard;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

use crate::support::{self, KEY, Stage};
use schema::contract;
use tap::Tap;

/// A server, a tap in front of it, and a client that talks to the tap.
pub(crate) struct Scene {
    pub(crate) client: Client,
    /// The same with a key that is wrong.
    pub(crate) stranger: Client,
    pub(crate) stage: Stage,
    pub(crate) tap: Tap,
    flaws: Arc<Mutex<Vec<String>>>,
    _listening: DefaultGuard,
}

impl Scene {
    pub(crate) async fn open() -> Self {
        let (flaws, listening) = flaws_from_now_on();
        let stage = Stage::open().await;
        let tap = Tap::before(stage.demo.url()).await;
        Self {
            client: support::client(&tap.url, KEY),
            stranger: support::client(&tap.url, "not-the-key"),
            stage,
            tap,
            flaws,
            _listening: listening,
        }
    }

    /// The first account of a network.
    pub(crate) async fn account(&self, provider: Provider) -> AccountId {
        let accounts = some(self.client.list_accounts(&Paging::default()).await.unwrap());
        let of_network = accounts.into_iter().find(|one| one.provider == provider);
        of_network.unwrap().id
    }

    /// Fails unless everything that happened keeps to the contract, every operation of the area was done and refused
    /// at least once, and the client could read all that came.
    pub(crate) async fn end(self, area: Area) {
        let mut faults = Vec::new();
        let (mut done, mut refused) = (BTreeSet::new(), BTreeSet::new());
        for exchange in self.tap.seen() {
            faults.extend(schema::faults(&exchange).await);
            let called = contract().called(&exchange.method, &exchange.path);
            if let Some(called) = called {
                match exchange.status {
                    200..=299 => done.insert(called.id),
                    _ => refused.insert(called.id),
                };
            }
        }
        for Operation { id, .. } in operations::all().filter(|one| one.area == area) {
            if !done.contains(id) {
                faults.push(format!("{id} was never done"));
            }
            if !refused.contains(id) {
                faults.push(format!("{id} was never refused"));
            }
        }
        let flaws = self.flaws.lock().unwrap();
        faults.extend(flaws.iter().map(|flaw| format!("the client: {flaw}")));
        let mut seen = BTreeSet::new();
        faults.retain(|fault| seen.insert(fault.clone()));
        assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    }
}

/// What the client leaves out of answers on this thread, as long as the guard is held.
fn flaws_from_now_on() -> (Arc<Mutex<Vec<String>>>, DefaultGuard) {
    let flaws = Arc::<Mutex<Vec<String>>>::default();
    let listener = tracing_subscriber::registry().with(FlawsOf(Arc::clone(&flaws)));
    (flaws, tracing::subscriber::set_default(listener))
}

/// Hears when the client leaves something out of an answer.
struct FlawsOf(Arc<Mutex<Vec<String>>>);

impl<S: tracing::Subscriber> Layer<S> for FlawsOf {
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "onebox::api::fields" {
            let mut words = Words(String::new());
            event.record(&mut words);
            self.0.lock().unwrap().push(words.0);
        }
    }
}

struct Words(String);

impl Visit for Words {
    fn record_debug(&mut self, _: &Field, value: &dyn Debug) {
        self.0 = format!("{} {value:?}", self.0);
    }
}

/// The items of a page, of which there must be some.
pub(crate) fn some<T>(page: Page<T>) -> Vec<T> {
    assert_eq!(page.flaws, []);
    assert!(!page.items.is_empty(), "an empty page");
    page.items
}

/// The first page of a list, so long.
pub(crate) fn limit(limit: u16) -> Paging {
    after(None, limit)
}

/// The page that a cursor stands for.
pub(crate) fn after(cursor: Option<Cursor>, limit: u16) -> Paging {
    Paging {
        cursor,
        limit: Some(limit),
    }
}

/// Fails unless a call was refused with a status.
pub(crate) fn refused<T: Debug>(result: Result<T, Error>, status: u16) {
    match result {
        Err(Error::Refused(refusal)) => {
            assert_eq!(refusal.status, status, "{refusal}");
            assert!(!refusal.slug().is_empty(), "{refusal}");
        }
        other => panic!("not refused with {status}: {other:?}"),
    }
}
