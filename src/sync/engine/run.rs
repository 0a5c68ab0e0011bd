//! The one task that runs the engine: takes wishes, starts jobs that are due, and learns from how they end.

mod changes;
mod show;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::OptionFuture;
use tokio::sync::{broadcast, mpsc, oneshot, watch};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::ctx::{Ctx, Done, JobError, Result};
use super::door::{Door, name};
use super::link::{Link, Watch};
use super::schedule::{Job, Schedule, kinds};
use super::status::Status;
use super::{Command, hints, jobs};
use crate::api::Error;
use crate::model::account::Provider;
use crate::model::id::{AccountId, ChatId};
use crate::model::inbox::StoredAccount;
use crate::store::{self, Change};
use crate::sync::ask::chance;
use crate::sync::lead::Lead;

/// Jobs that run at once.
const AT_ONCE: usize = 6;
/// What cannot be had now is asked for again after this.
const NOT_SOON: Duration = Duration::from_secs(300);

pub(super) struct Runner {
    ctx: Arc<Ctx>,
    wishes: mpsc::UnboundedReceiver<Command>,
    shown: watch::Sender<Status>,
    changes: broadcast::Receiver<BTreeSet<Change>>,
    schedule: Schedule,
    watch: Watch,
    status: Status,
    accounts: Vec<StoredAccount>,
    focus: Option<(AccountId, ChatId)>,
    /// Everything is to be fetched once more, as soon as the accounts are known.
    repair: bool,
    running: JoinSet<Result<Done>>,
    /// Which job each task does, also for one that ends in a panic.
    tasks: HashMap<tokio::task::Id, Job>,
    /// When the store may be written again after it could not be.
    stuck_until: Option<Instant>,
    _lead: Lead,
}

impl Runner {
    pub(super) fn new(
        ctx: Ctx,
        wishes: mpsc::UnboundedReceiver<Command>,
        shown: watch::Sender<Status>,
        lead: Lead,
    ) -> Self {
        Self {
            changes: ctx.store.changes(),
            ctx: Arc::new(ctx),
            wishes,
            shown,
            schedule: Schedule::default(),
            watch: Watch::default(),
            status: Status::default(),
            accounts: Vec::new(),
            focus: None,
            repair: false,
            running: JoinSet::new(),
            tasks: HashMap::new(),
            stuck_until: None,
            _lead: lead,
        }
    }

    pub(super) async fn run(mut self) {
        let mut others = tokio::time::interval(self.ctx.settings.pace.others);
        others.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        self.schedule.at(Job::Accounts, Instant::now());
        self.schedule.at(Job::Sending, Instant::now());
        let ended = loop {
            self.start_due();
            self.show();
            let wake = self.next_wake();
            tokio::select! {
                wish = self.wishes.recv() => match wish {
                    Some(Command::Stop(done)) => break Some(done),
                    Some(wish) => self.wish(wish).await,
                    None => break None,
                },
                Some(ended) = self.running.join_next_with_id() => match ended {
                    Ok((task, outcome)) => {
                        if let Some(job) = self.tasks.remove(&task) {
                            self.ended(&job, outcome).await;
                        }
                    }
                    Err(error) => self.panicked(&error),
                },
                change = self.changes.recv() => self.noticed(&change),
                _ = others.tick() => self.look_around().await,
                Some(()) = OptionFuture::from(wake.map(tokio::time::sleep_until)) => {}
            }
        };
        self.finish(ended).await;
    }

    /// Lets what runs come to its end, within reason.
    async fn finish(mut self, ended: Option<oneshot::Sender<()>>) {
        if ended.is_some() {
            self.store_drafts();
        }
        let all = async { while self.running.join_next().await.is_some() {} };
        if tokio::time::timeout(Duration::from_secs(5), all)
            .await
            .is_err()
        {
            self.running.shutdown().await;
        }
        // The lead is free for the next one before anybody hears that this one has ended.
        drop(self);
        if let Some(done) = ended {
            let _ = done.send(());
        }
    }

    fn start_due(&mut self) {
        let now = Instant::now();
        while self.running.len() < AT_ONCE {
            let door = Door {
                watch: &self.watch,
                accounts: &self.accounts,
                stuck_until: self.stuck_until,
                now,
            };
            let limiter = self.ctx.asker.limiter();
            // One that was told to wait must not take the place of others while it does.
            let waits = |job: &Job| limiter.paused_until(name(job)).is_some_and(|it| it > now);
            let Some(job) = self
                .schedule
                .take(now, |job| door.is_open_for(job) && !waits(job))
            else {
                return;
            };
            let ctx = Arc::clone(&self.ctx);
            let (task, planned) = (job.clone(), job);
            let handle = self
                .running
                .spawn(async move { jobs::perform(&ctx, &task).await });
            self.tasks.insert(handle.id(), planned);
        }
    }

    /// A job that ends in a panic is a failure like others, and takes nothing with it.
    fn panicked(&mut self, error: &tokio::task::JoinError) {
        tracing::error!(%error, "a job ended in a panic");
        if let Some(job) = self.tasks.remove(&error.id()) {
            self.schedule
                .failed(&job, Instant::now(), NOT_SOON, chance());
        }
    }

    fn next_wake(&self) -> Option<Instant> {
        if self.running.len() >= AT_ONCE {
            return None;
        }
        let now = Instant::now();
        let waiting = match &self.watch.link {
            Link::Offline { next_try, .. } => {
                Some((*next_try).max(self.schedule.next(|job| *job == Job::Accounts)?))
            }
            Link::Refused { .. } => return None,
            Link::Unknown => self.schedule.next(|job| *job == Job::Accounts),
            Link::Online => self.next_of_open(now),
        };
        // Nothing goes out earlier, so waking up earlier would only be to wake up again.
        let held = self.ctx.asker.limiter().paused_until(None);
        waiting.map(|at| Some(at).max(self.stuck_until).max(held).unwrap_or(at))
    }

    /// The next moment at which a job is due, its account allowed to ask, and nothing else in the way.
    fn next_of_open(&self, now: Instant) -> Option<Instant> {
        let door = Door {
            watch: &self.watch,
            accounts: &self.accounts,
            stuck_until: None,
            now,
        };
        let limiter = self.ctx.asker.limiter();
        let free = |job: &Job| limiter.paused_until(name(job)).filter(|it| *it > now);
        let soon = self
            .schedule
            .next(|job| door.is_open_for(job) && free(job).is_none());
        let pauses = self.accounts.iter().map(|it| Some(it.id.as_str()));
        let freed = pauses
            .chain([None])
            .filter_map(|account| limiter.paused_until(account))
            .filter(|until| *until > now)
            .min();
        soon.into_iter().chain(freed).min()
    }

    async fn wish(&mut self, wish: Command) {
        let now = Instant::now();
        match wish {
            Command::Focus(None) => self.focus = None,
            Command::Focus(Some(key)) => {
                self.focus = jobs::place(&self.ctx, key).await.ok().flatten();
                if let Some((account, chat)) = self.focus.clone() {
                    self.schedule.now(&Job::Chat(account, chat), now);
                }
            }
            Command::Older(key) => {
                if let Ok(Some((account, chat))) = jobs::place(&self.ctx, key).await {
                    self.schedule.now(&Job::Older(account, chat), now);
                }
            }
            Command::Folder(key, folder) => self.folder(key, folder.into(), now),
            Command::Now => self.news_now(now),
            Command::Repair => {
                self.repair = true;
                self.schedule.now(&Job::Accounts, now);
            }
            Command::Retry => {
                self.watch.retry(now);
                self.schedule.now(&Job::Accounts, now);
            }
            Command::Pause(key, paused) => {
                let done = self.ctx.store.write(store::Care::Cache, move |tx| {
                    store::progress::lists::pause(tx, key, paused)
                });
                if let Err(error) = done.await {
                    tracing::error!(%error, "an account could not be paused");
                }
                self.schedule.now(&Job::Accounts, now);
                self.reload().await;
            }
            Command::Hooked(hooked) => self.hooked(hooked, now),
            Command::Unhooked(problem) => {
                self.hooked(false, now);
                self.status.hook_problem = Some(problem);
            }
            Command::Hint(delivery) => {
                for job in hints::jobs(&delivery) {
                    self.schedule.at(job, now);
                }
            }
            Command::Stop(_) => {}
        }
    }

    /// What was put off while the server reported by itself is due when it does so no more.
    fn hooked(&mut self, hooked: bool, now: Instant) {
        if std::mem::replace(&mut self.status.hooked, hooked) && !hooked {
            self.news_now(now);
        }
    }

    fn news_now(&mut self, now: Instant) {
        self.schedule.now(&Job::Accounts, now);
        self.schedule.now(&Job::Sending, now);
        for account in &self.accounts {
            for kind in kinds(account) {
                self.schedule.now(&Job::News(account.id.clone(), kind), now);
                self.schedule
                    .now(&Job::Recent(account.id.clone(), kind), now);
            }
            if account.has_chats {
                self.schedule.now(&Job::Chats(account.id.clone()), now);
            }
        }
    }

    async fn ended(&mut self, job: &Job, outcome: Result<Done>) {
        let now = Instant::now();
        match outcome {
            Ok(done) => self.worked(job, done, now).await,
            Err(JobError::Api(error)) => self.unanswered(job, &error, now).await,
            Err(JobError::Store(error)) => {
                tracing::error!(?job, %error, "the store refused");
                self.status.stuck = Some(error.to_string());
                let wait = self
                    .schedule
                    .failed(job, now, Duration::from_secs(1), chance());
                self.stuck_until = Some(now + wait.min(Duration::from_secs(30)));
            }
        }
    }

    async fn worked(&mut self, job: &Job, done: Done, now: Instant) {
        self.status.stuck = None;
        self.stuck_until = None;
        if self.watch.answered() {
            self.ctx.sender.wake();
            self.schedule.forgive(now, chance);
            self.ctx.forgive();
            self.news_now(now);
        }
        if let Some(account) = job.account() {
            self.status.problems.remove(account);
        }
        let focused =
            matches!((job, &self.focus), (Job::Chat(a, b), Some((c, d))) if a == c && b == d);
        let again = match job {
            // Nobody looks at it any more.
            Job::Chat(..) if !focused => None,
            // The server says itself what is new; a look finds what it forgot to say.
            Job::News(..) | Job::Recent(..) | Job::Chats(_) if self.status.hooked && !done.more => {
                done.again.map(|it| it.max(self.ctx.settings.pace.hooked))
            }
            _ => done.again,
        };
        let again = again.map(|time| match job {
            // What is due at a moment is not spread.
            Job::Sending => time,
            _ => time.mul_f64(0.9 + chance() * 0.2),
        });
        self.schedule.done(job, now, again, done.more);
        for next in done.then {
            self.schedule.at(next, now);
        }
        if *job == Job::Accounts {
            self.reload().await;
        }
    }

    /// Knows the accounts anew, and plans what each of them needs.
    async fn reload(&mut self) {
        match self.ctx.store.read(store::read::accounts::all).await {
            Ok(accounts) => self.accounts = accounts,
            Err(error) => {
                tracing::error!(%error, "the accounts could not be read");
                return;
            }
        }
        let now = Instant::now();
        let accounts = &self.accounts;
        self.schedule
            .keep(|id| accounts.iter().any(|it| it.id == *id));
        let pace = self.ctx.settings.pace.clone();
        for account in accounts.iter().filter(|it| !it.paused) {
            for kind in kinds(account) {
                self.schedule.once(Job::News(account.id.clone(), kind), now);
                self.schedule
                    .later(&Job::Recent(account.id.clone(), kind), now + pace.recent);
            }
            if account.has_chats {
                self.schedule.once(Job::Chats(account.id.clone()), now);
                self.schedule.once(Job::People(account.id.clone()), now);
            }
            if account.has_mail {
                self.schedule.once(Job::Folders(account.id.clone()), now);
                self.schedule.once(Job::Drafts(account.id.clone()), now);
                if matches!(account.provider, Provider::Google | Provider::Outlook) {
                    self.schedule.once(Job::Book(account.id.clone()), now);
                }
            }
        }
        if std::mem::take(&mut self.repair) {
            self.repair_all(now).await;
        }
    }

    /// Everything once more: all lists from their start, and who is in which group.
    async fn repair_all(&mut self, now: Instant) {
        self.ctx.forgive();
        self.ctx.walks().clear();
        let keys: Vec<_> = self.accounts.iter().map(|it| it.key).collect();
        let stamp = self.ctx.stamp();
        let forgotten = self.ctx.store.write(store::Care::Cache, move |tx| {
            for key in &keys {
                store::progress::lists::forget(tx, *key, stamp)?;
            }
            Ok(())
        });
        if let Err(error) = forgotten.await {
            tracing::error!(%error, "the lists could not be begun anew");
        }
        for account in &self.accounts {
            for kind in kinds(account) {
                self.schedule
                    .now(&Job::Repair(account.id.clone(), kind), now);
            }
            if account.has_chats {
                self.schedule.now(&Job::People(account.id.clone()), now);
            }
            if account.has_mail {
                self.schedule.now(&Job::Folders(account.id.clone()), now);
            }
        }
        self.news_now(now);
    }

    async fn unanswered(&mut self, job: &Job, error: &Error, now: Instant) {
        let text = error.in_words();
        tracing::debug!(?job, %error, "a job failed");
        if error.is_bad_key() {
            self.watch.refused(&text);
            self.schedule.done(job, now, Some(NOT_SOON), true);
            return;
        }
        let is_down = matches!(error, Error::Network { .. })
            || (*job == Job::Accounts && error.is_retryable());
        if is_down {
            self.watch.failed(now, &text, chance());
            if let Link::Offline { next_try, .. } = &self.watch.link {
                // Whichever job has found out, somebody has to knock when the link says.
                self.schedule.at(Job::Accounts, *next_try);
            }
        } else if error.status().is_some_and(|status| status >= 500) {
            self.watch.doubted();
        }
        if let Some(account) = job.account() {
            self.status.problems.insert(account.clone(), text.clone());
        }
        if error.is_retryable() || *job == Job::Accounts {
            let least = error.retry_after().unwrap_or_default();
            self.schedule.failed(job, now, least, chance());
            if let (Job::Accounts, Link::Offline { next_try, .. }) = (job, &self.watch.link) {
                // How often to knock at a closed door is for the link to say.
                self.schedule.put_off(job, (*next_try).max(now + least));
            }
            if !is_down {
                // Is it this account only, or is nobody there any more?
                self.schedule
                    .at(Job::Accounts, now + Duration::from_secs(1));
            }
            return;
        }
        let account = match job.account() {
            Some(id) => self
                .accounts
                .iter()
                .find(|it| it.id == *id)
                .map(|it| it.key),
            None => None,
        };
        if let Err(error) = self.ctx.trouble(account, "refused request", &text).await {
            tracing::error!(%error, "a trouble could not be noted");
        }
        let again = match job {
            Job::Chat(..) | Job::Older(..) | Job::Message(..) | Job::Mail(..) => None,
            _ if error.status() == Some(501) => Some(self.ctx.settings.pace.whole),
            _ => Some(NOT_SOON),
        };
        self.schedule.done(job, now, again, false);
    }

    /// Another process may have written something that has to go out.
    async fn look_around(&mut self) {
        let store = self.ctx.store.clone();
        let written = tokio::task::spawn_blocking(move || store.was_written()).await;
        if matches!(written, Ok(Ok(true))) {
            self.schedule.now(&Job::Sending, Instant::now());
            self.drafts_changed();
        }
    }
}
