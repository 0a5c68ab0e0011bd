//! The one thread that writes. It takes what waits, writes it in one step, and answers when that step is safe.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::broadcast;

use super::error::{Error, Result};
use super::open;
use super::tx::{Change, Tx};

/// How sure a write has to be before it is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Care {
    /// May be lost when the power fails: the server has it.
    Cache,
    /// Is on the disk: only this machine has it.
    Kept,
}

/// Most writes that share one step.
const BATCH: usize = 64;

/// A write: does its work, unless there is no step to do it in, and gives back what tells the asker how it ended.
type Work = Box<dyn FnOnce(Option<&Tx<'_>>) -> Answer + Send>;
/// Told with the error that undid the step, or with `None` when it is safe.
type Reply = Box<dyn FnOnce(Option<Error>) + Send>;
/// Whether the work succeeded, and whom to tell.
type Answer = (bool, Reply);

pub(super) struct Job {
    care: Care,
    work: Work,
}

impl Job {
    /// A write whose result goes to `reply`.
    pub(super) fn new<T: Send + 'static>(
        care: Care,
        work: impl FnOnce(&Tx<'_>) -> Result<T> + Send + 'static,
        reply: impl FnOnce(Result<T>) + Send + 'static,
    ) -> Self {
        let work = move |tx: Option<&Tx<'_>>| -> Answer {
            let done = match tx {
                Some(tx) => catch_unwind(AssertUnwindSafe(|| work(tx)))
                    .unwrap_or_else(|_| Err(Error::unreadable("write", "it ended in a panic"))),
                None => Err(Error::Closed),
            };
            let good = done.is_ok();
            (
                good,
                Box::new(move |undone| reply(undone.map_or(done, Err))),
            )
        };
        Self {
            care,
            work: Box::new(work),
        }
    }
}

/// The handle of the thread; dropping it lets waiting writes finish.
pub(super) struct Writer {
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(
        db: Connection,
        dir: PathBuf,
        changes: broadcast::Sender<BTreeSet<Change>>,
    ) -> Result<Self> {
        let (jobs, waiting) = channel();
        let work = move || {
            Thread {
                db,
                dir: dir.clone(),
                changes,
            }
            .run(&waiting);
        };
        let thread = std::thread::Builder::new()
            .name("store".to_owned())
            .spawn(work)
            .map_err(|_| Error::Closed)?;
        Ok(Self {
            jobs: Some(jobs),
            thread: Some(thread),
        })
    }

    pub(super) fn send(&self, job: Job) -> Result<()> {
        let jobs = self.jobs.as_ref().ok_or(Error::Closed)?;
        jobs.send(job).map_err(|_| Error::Closed)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs.take();
        if let Some(thread) = self.thread.take()
            && thread.thread().id() != std::thread::current().id()
        {
            let _ = thread.join();
        }
    }
}

struct Thread {
    db: Connection,
    dir: PathBuf,
    changes: broadcast::Sender<BTreeSet<Change>>,
}

impl Thread {
    fn run(mut self, waiting: &Receiver<Job>) {
        let mut next = None;
        while let Some(first) = next.take().or_else(|| waiting.recv().ok()) {
            let care = first.care;
            let mut batch = vec![first];
            while batch.len() < BATCH
                && let Ok(job) = waiting.try_recv()
            {
                if job.care != care {
                    next = Some(job);
                    break;
                }
                batch.push(job);
            }
            self.step(care, batch);
        }
        // Leaves small files behind for the next start.
        let _ = self.db.execute_batch("PRAGMA wal_checkpoint(PASSIVE);");
    }

    fn step(&mut self, care: Care, batch: Vec<Job>) {
        let mut batch = batch.into_iter();
        let mut answers = Vec::with_capacity(batch.len());
        let outcome = self.write(care, &mut batch, &mut answers);
        answers.extend(batch.map(|job| (job.work)(None).1));
        let Err(error) = outcome else {
            for answer in answers {
                answer(None);
            }
            return;
        };
        if matches!(error, Error::Damaged(_)) {
            open::report_damage(&self.dir);
        }
        tracing::error!(%error, "a step of the store was undone");
        for answer in answers {
            answer(Some(error.again()));
        }
    }

    fn write(
        &mut self,
        care: Care,
        batch: &mut impl ExactSizeIterator<Item = Job>,
        answers: &mut Vec<Reply>,
    ) -> Result<()> {
        self.db.execute_batch(match care {
            Care::Cache => "PRAGMA main.synchronous = NORMAL; PRAGMA kept.synchronous = NORMAL;",
            Care::Kept => "PRAGMA main.synchronous = FULL; PRAGMA kept.synchronous = FULL;",
        })?;
        let mut step = self
            .db
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut touched = BTreeSet::new();
        // One that is alone needs no part of a step to itself; keeping what could be undone has its price.
        if batch.len() == 1
            && let Some(job) = batch.next()
        {
            match run(&step, job, answers) {
                Some(changes) => touched = changes,
                None => return Ok(step.rollback()?),
            }
        }
        for job in batch {
            let part = step.savepoint()?;
            if let Some(changes) = run(&part, job, answers) {
                part.commit()?;
                touched.extend(changes);
            }
        }
        step.commit()?;
        if !touched.is_empty() {
            // Nobody may be listening.
            let _ = self.changes.send(touched);
        }
        Ok(())
    }
}

/// Does the work of a write; gives back what it touched, if it succeeded.
fn run(db: &Connection, job: Job, answers: &mut Vec<Reply>) -> Option<BTreeSet<Change>> {
    let tx = Tx::new(db);
    let (good, answer) = (job.work)(Some(&tx));
    answers.push(answer);
    good.then(|| tx.into_changes())
}
