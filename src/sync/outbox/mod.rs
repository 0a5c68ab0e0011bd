//! Sends what lies in the outbox: every lane in order, lanes beside each other, nothing twice.
//!
//! ```text
//! due ─► files still there? ─► budget ─► begin (on the disk) ─► one request ─► judge ─► written down
//! unknown ─► look for it in the conversation ─► sent, or unknown still
//! ```
//!
//! [`Sender::pass`] does all that is due and says when to come again. Call it at the start, when the outbox changes,
//! at `next_due`, and after [`Sender::wake`] when the network is back. A pass that is dropped in the middle leaves
//! acts behind that may have arrived; the next pass looks for them.

mod after;
mod gate;
mod judge;
mod look;
mod perform;

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use jiff::Timestamp;
use tokio::time::Instant;

use super::Asker;
use super::ask::chance;
use crate::api::{Client, Error};
use crate::model::outbox::{OutboxId, OutboxItem};
use crate::store::apply::Stamp;
use crate::store::outbox::{self, files};
use crate::store::{Care, Change, Result, Store};

pub(super) use perform::letter;

use gate::Gate;
use judge::Verdict;

/// What sending works with. All of it belongs to somebody else.
pub struct Way<'a> {
    pub store: &'a Store,
    pub client: &'a Client,
    pub asker: &'a Asker,
    /// Numbers a request that is about to go out.
    pub stamp: &'a (dyn Fn() -> Stamp + Send + Sync),
    /// This machine's clock.
    pub now: &'a (dyn Fn() -> Timestamp + Send + Sync),
}

impl std::fmt::Debug for Way<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Way").finish_non_exhaustive()
    }
}

/// How sending keeps time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pace {
    /// So many lanes at once.
    pub lanes: usize,
    /// Before the second try of what was certainly not done; doubled before each further one.
    pub first_wait: Duration,
    pub longest_wait: Duration,
    /// Before each look for something unknown.
    pub looks: [Duration; outbox::LOOKS as usize],
    /// No longer wait for a server that cannot be reached.
    pub longest_away: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self {
            lanes: 4,
            first_wait: seconds(1),
            longest_wait: seconds(300),
            looks: [seconds(1), seconds(8), seconds(22)],
            longest_away: seconds(22),
        }
    }
}

/// What a pass came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pass {
    pub sent: usize,
    pub failed: usize,
    /// Acts of which nobody knows whether they arrived, each time that is found.
    pub unknown: usize,
    /// When there is something to do next.
    pub next_due: Option<Timestamp>,
    /// Why the server could not be reached, if that is how it ended.
    pub unreachable: Option<String>,
}

/// Sends. One for each store and server, as long as the program syncs.
#[derive(Debug)]
pub struct Sender {
    pace: Pace,
    gate: Mutex<Gate>,
    running: tokio::sync::Mutex<()>,
}

/// How one act ended.
enum Ended {
    Sent,
    Failed,
    Unknown,
    /// It waits, or somebody else has it.
    Nothing,
}

impl Default for Sender {
    fn default() -> Self {
        Self::new(Pace::default())
    }
}

impl Sender {
    pub fn new(pace: Pace) -> Self {
        Self {
            pace,
            gate: Mutex::default(),
            running: tokio::sync::Mutex::default(),
        }
    }

    /// The network is back: whoever waited for it goes at once.
    pub fn wake(&self) {
        *self.gate() = Gate::default();
    }

    /// Does all that is due, and what becomes due meanwhile.
    pub async fn pass(&self, way: &Way<'_>) -> Result<Pass> {
        let _alone = self.running.lock().await;
        let mut pass = Pass::default();
        // Nobody else sends now, so what is on its way was left behind.
        let left = way
            .store
            .read(|db| {
                Ok(outbox::pending(db)?
                    .iter()
                    .any(|it| it.state == crate::model::outbox::OutboxState::Sending))
            })
            .await?;
        if left {
            let now = (way.now)();
            way.store
                .write(Care::Kept, move |tx| outbox::recover(tx, now))
                .await?;
        }
        let mut changes = way.store.changes();
        let mut busy: HashSet<OutboxId> = HashSet::new();
        let mut under_way = FuturesUnordered::new();
        loop {
            let (todo, next_due) = self.due(way, &busy).await?;
            for (item, is_look) in todo {
                if under_way.len() >= self.lanes() {
                    break;
                }
                busy.insert(item.id);
                under_way.push(async move {
                    let id = item.id;
                    let ended = if is_look {
                        self.look(way, &item).await
                    } else {
                        self.send(way, &item).await
                    };
                    (id, ended)
                });
            }
            if under_way.is_empty() {
                pass.next_due = next_due;
                pass.unreachable = self.gate().reason();
                return Ok(pass);
            }
            tokio::select! {
                Some((id, ended)) = under_way.next() => {
                    busy.remove(&id);
                    match ended? {
                        Ended::Sent => pass.sent += 1,
                        Ended::Failed => pass.failed += 1,
                        Ended::Unknown => pass.unknown += 1,
                        Ended::Nothing => {}
                    }
                }
                () = somebody_acts(&mut changes) => {}
                () = until(next_due, (way.now)()) => {}
            }
        }
    }

    /// What is to be done now, looks first, and when to come again.
    async fn due(
        &self,
        way: &Way<'_>,
        busy: &HashSet<OutboxId>,
    ) -> Result<(Vec<(OutboxItem, bool)>, Option<Timestamp>)> {
        let now = (way.now)();
        let shut = self.gate().shut_until();
        if let Some(at) = shut {
            let (waiting, _) = way.store.read(outbox::open).await?;
            let after = now.checked_add(at.duration_since(Instant::now())).ok();
            let any = way.store.read(move |db| outbox::next_due(db, now)).await?;
            return Ok((Vec::new(), after.filter(|_| waiting > 0 || any.is_some())));
        }
        let (looks, sends, next_due) = way
            .store
            .read(move |db| {
                Ok((
                    outbox::looks(db, now)?,
                    outbox::next(db, now)?,
                    outbox::next_due(db, now)?,
                ))
            })
            .await?;
        let looks = looks.into_iter().map(|it| (it, true));
        let all = looks.chain(sends.into_iter().map(|it| (it, false)));
        let mut paused: Option<Timestamp> = None;
        let mut todo = Vec::new();
        for (item, is_look) in all.filter(|(it, _)| !busy.contains(&it.id)) {
            let until = way
                .asker
                .limiter()
                .paused_until(Some(item.account.as_str()));
            match until.filter(|at| *at > Instant::now()) {
                Some(at) => {
                    let at = now.checked_add(at.duration_since(Instant::now())).ok();
                    paused = paused.into_iter().chain(at).min();
                }
                None => todo.push((item, is_look)),
            }
        }
        let later = next_due.filter(|at| *at > now);
        Ok((todo, later.into_iter().chain(paused).min()))
    }

    /// One lane alone finds out whether the server is back.
    fn lanes(&self) -> usize {
        if self.gate().is_doubtful() {
            1
        } else {
            self.pace.lanes
        }
    }

    async fn send(&self, way: &Way<'_>, item: &OutboxItem) -> Result<Ended> {
        let id = item.id;
        if let Some(reason) = bad_file(item).await {
            let now = (way.now)();
            way.store
                .write(Care::Kept, move |tx| outbox::fail(tx, id, &reason, now))
                .await?;
            return Ok(Ended::Failed);
        }
        let account = Some(item.account.as_str());
        way.asker.limiter().admit(account).await;
        let (now, server_now) = ((way.now)(), way.client.server_time());
        let begun = way
            .store
            .write(Care::Kept, move |tx| outbox::begin(tx, id, now, server_now))
            .await?;
        if !begun {
            return Ok(Ended::Nothing);
        }
        match perform::perform(way.client, item).await {
            Ok(done) => {
                self.wake();
                self.done(way, item, done).await?;
                Ok(Ended::Sent)
            }
            Err(error) => {
                way.asker.heed(&error, account);
                self.undone(way, item, &error).await
            }
        }
    }

    /// Writes down why an act did not work out.
    async fn undone(&self, way: &Way<'_>, item: &OutboxItem, error: &Error) -> Result<Ended> {
        let (id, now, tries) = (item.id, (way.now)(), item.tries.saturating_add(1));
        let verdict = judge::judge(&item.act, error, tries);
        self.learn(error);
        tracing::info!(act = id.0, %error, ?verdict, "an act did not work out");
        match verdict {
            Verdict::Done => {
                self.done(way, item, perform::Done::default()).await?;
                Ok(Ended::Sent)
            }
            Verdict::Refused(reason) => {
                way.store
                    .write(Care::Kept, move |tx| outbox::fail(tx, id, &reason, now))
                    .await?;
                Ok(Ended::Failed)
            }
            Verdict::Unreachable(reason) => {
                // The gate keeps the time, so that it goes at once when somebody opens it.
                way.store
                    .write(Care::Kept, move |tx| outbox::hold(tx, id, &reason, now))
                    .await?;
                Ok(Ended::Nothing)
            }
            Verdict::Later(reason) => {
                let wait = self
                    .wait(tries)
                    .max(error.retry_after().unwrap_or_default());
                let due = now.checked_add(wait).unwrap_or(now);
                way.store
                    .write(Care::Kept, move |tx| {
                        outbox::requeue(tx, id, due, &reason, now)
                    })
                    .await?;
                Ok(Ended::Nothing)
            }
            Verdict::Unknown(reason) => {
                let due = now.checked_add(self.look_gap(0)).unwrap_or(now);
                way.store
                    .write(Care::Kept, move |tx| {
                        outbox::unknown(tx, id, &reason, due, now)
                    })
                    .await?;
                Ok(Ended::Unknown)
            }
        }
    }

    /// Before the next try: doubled each time, and spread.
    fn wait(&self, tries: u32) -> Duration {
        let doubled = self
            .pace
            .first_wait
            .saturating_mul(2_u32.saturating_pow(tries.saturating_sub(1).min(16)));
        doubled
            .min(self.pace.longest_wait)
            .mul_f64(0.5 + chance() / 2.0)
    }

    /// Before the look after so many looks.
    fn look_gap(&self, looks: u32) -> Duration {
        let at = usize::try_from(looks).unwrap_or(usize::MAX);
        let gap = self.pace.looks.get(at).or(self.pace.looks.last());
        gap.copied().unwrap_or_default()
    }

    /// Shuts the gate when the server is away.
    fn learn(&self, error: &Error) {
        self.gate().learn(error, &self.pace);
    }

    fn gate(&self) -> MutexGuard<'_, Gate> {
        self.gate.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why a file of an act cannot go out.
async fn bad_file(item: &OutboxItem) -> Option<String> {
    let all: Vec<_> = item.act.files().cloned().collect();
    if all.is_empty() {
        return None;
    }
    let check = move || all.iter().find_map(|file| files::check(file).err());
    let found = tokio::task::spawn_blocking(check).await.ok().flatten();
    found.map(|trouble| trouble.to_string())
}

/// Returns when somebody has put something into the outbox.
async fn somebody_acts(
    changes: &mut tokio::sync::broadcast::Receiver<std::collections::BTreeSet<Change>>,
) {
    use tokio::sync::broadcast::error::RecvError;
    loop {
        match changes.recv().await {
            Ok(set) if set.contains(&Change::Outbox) || set.contains(&Change::Anything) => return,
            Ok(_) => {}
            Err(RecvError::Lagged(_)) => return,
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}

async fn until(at: Option<Timestamp>, now: Timestamp) {
    match at {
        Some(at) => {
            let wait = Duration::try_from(at.duration_since(now)).unwrap_or_default();
            // Never a busy loop, even where clocks disagree.
            tokio::time::sleep(wait.max(Duration::from_millis(10))).await;
        }
        None => std::future::pending().await,
    }
}
