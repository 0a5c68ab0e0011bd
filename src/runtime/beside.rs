//! Fetching and sending beside the screen: takes the lead when nobody has it, and tells how it goes.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::mpsc::UnboundedSender;
use tokio::time::Instant;

use super::online::Online;
use crate::app::Msg;
use crate::app::effect::Wish;
use crate::app::msg::Changes;
use crate::app::status::{Link, Sync};
use crate::config::Webhooks;
use crate::store::Store;
use crate::sync::Lead;
use crate::sync::engine::{self, Engine, Settings, Status};
use crate::sync::session::Session;

/// How often a screen without the lead looks whether it can have it, and whether something was written.
const LOOK: Duration = Duration::from_secs(1);

/// What is needed to fetch.
#[derive(Debug)]
pub struct Beside {
    pub online: Online,
    pub store: Store,
    pub settings: Settings,
    pub webhooks: Option<Webhooks>,
    pub profile: String,
    pub told: UnboundedSender<Msg>,
    pub running: Running,
}

/// The engine, once it runs; wishes made before wait for it.
#[derive(Debug, Clone, Default)]
pub struct Running {
    inner: Arc<Mutex<Inner>>,
}

#[derive(Debug, Default)]
struct Inner {
    engine: Option<Arc<Engine>>,
    waiting: Vec<Wish>,
}

impl Running {
    /// Tells the engine something.
    pub fn wish(&self, wish: Wish) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(engine) = &inner.engine {
            grant(engine, &wish);
            return;
        }
        // Only the last look counts.
        if matches!(wish, Wish::Focus(_)) {
            inner.waiting.retain(|it| !matches!(it, Wish::Focus(_)));
        }
        inner.waiting.push(wish);
    }

    fn begin(&self, engine: Arc<Engine>) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        for wish in std::mem::take(&mut inner.waiting) {
            grant(&engine, &wish);
        }
        inner.engine = Some(engine);
    }

    fn end(&self) {
        self.inner
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .engine = None;
    }
}

fn grant(engine: &Engine, wish: &Wish) {
    match wish {
        Wish::Focus(key) => engine.focus(*key),
        Wish::Older(key) => engine.older(*key),
        Wish::Folder(account, folder) => engine.folder(*account, folder.clone()),
        Wish::Now => engine.now(),
        Wish::Retry => engine.retry(),
        Wish::Repair => engine.repair(),
        Wish::Pause(account, paused) => engine.pause(*account, *paused),
    }
}

impl Beside {
    /// Runs until it is told to stop.
    pub async fn run(self, stop: tokio_util::sync::CancellationToken) {
        let lead = tokio::select! {
            lead = self.lead() => lead,
            () = stop.cancelled() => return,
        };
        let session = Session::start(
            self.online.client.clone(),
            Arc::clone(&self.online.asker),
            self.store.clone(),
            self.settings.clone(),
            self.webhooks.clone(),
            &self.profile,
            lead,
        );
        let session = match session.await {
            Ok(session) => session,
            Err(error) => {
                let _ = self.told.send(Msg::Notice(error.to_string()));
                return;
            }
        };
        self.running.begin(Arc::clone(&session.engine));
        let mut status = session.engine.status();
        loop {
            let now = sync(&status.borrow_and_update());
            let _ = self.told.send(Msg::Sync(now));
            tokio::select! {
                changed = status.changed() => if changed.is_err() { break },
                () = stop.cancelled() => break,
            }
        }
        self.running.end();
        session.stop().await;
    }

    /// Waits for the lead; meanwhile another onebox writes, and the screen follows it.
    async fn lead(&self) -> Lead {
        let mut told = false;
        loop {
            if let Ok(Some(lead)) = Lead::take(self.store.dir()) {
                return lead;
            }
            if !told {
                told = true;
                let elsewhere = Sync {
                    link: Link::Elsewhere,
                    ..Sync::default()
                };
                let _ = self.told.send(Msg::Sync(elsewhere));
            }
            let store = self.store.clone();
            let written = tokio::task::spawn_blocking(move || store.was_written()).await;
            if let Ok(Ok(true)) = written {
                let changes = Changes {
                    anything: true,
                    ..Changes::default()
                };
                let _ = self.told.send(Msg::Changed(changes));
            }
            tokio::time::sleep(LOOK).await;
        }
    }
}

/// What the screen needs to know of the engine.
fn sync(status: &Status) -> Sync {
    Sync {
        link: match &status.link {
            engine::Link::Unknown => Link::Unknown,
            engine::Link::Online => Link::Online,
            engine::Link::Offline {
                since,
                next_try,
                reason,
                ..
            } => Link::Offline {
                since: moment(*since),
                next_try: moment(*next_try),
                reason: reason.clone(),
            },
            engine::Link::Refused { reason } => Link::Refused {
                reason: reason.clone(),
            },
        },
        working: status.working.clone(),
        problems: status.problems.clone(),
        settled: status.settled,
        hooked: status.hooked,
        trouble: status.stuck.clone().or_else(|| status.hook_problem.clone()),
    }
}

/// A moment of the engine's clock on the wall.
fn moment(at: Instant) -> Timestamp {
    let (now, wall) = (Instant::now(), Timestamp::now());
    let span = |time: Duration| SignedDuration::try_from(time).unwrap_or(SignedDuration::ZERO);
    let ahead = span(at.saturating_duration_since(now));
    let behind = span(now.saturating_duration_since(at));
    wall.checked_add(ahead)
        .and_then(|it| it.checked_sub(behind))
        .unwrap_or(wall)
}
