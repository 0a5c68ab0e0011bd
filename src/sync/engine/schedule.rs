//! What to do next: a plan of jobs with the moment each one is due. Pure: time comes in as a value, nothing is done.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::time::Instant;

use crate::model::id::{AccountId, ChatId, EmailId, FolderId, MessageId};
use crate::model::inbox::StoredAccount;

/// Whether it is about chats or mails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Chats,
    Mails,
}

/// What an account has.
pub fn kinds(account: &StoredAccount) -> impl Iterator<Item = Kind> + use<> {
    let chats = account.has_chats.then_some(Kind::Chats);
    let mails = account.has_mail.then_some(Kind::Mails);
    chats.into_iter().chain(mails)
}

/// One unit of work; each is a handful of requests at most.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Job {
    /// What the user did goes out.
    Sending,
    /// The list of accounts and how they are doing.
    Accounts,
    /// The newest page of a conversation that somebody looks at.
    Chat(AccountId, ChatId),
    /// A page of the history of a conversation that somebody reads.
    Older(AccountId, ChatId),
    /// A message somebody heard of.
    Message(AccountId, MessageId),
    /// A mail somebody heard of.
    Mail(AccountId, EmailId),
    /// The next mails of a folder that somebody looks at.
    Folder(AccountId, FolderId),
    /// What is newer than the newest.
    News(AccountId, Kind),
    /// A page of the list of chats.
    Chats(AccountId),
    /// What is known to be missing: chats that were mentioned, last messages, members.
    Missing(AccountId),
    Folders(AccountId),
    /// The newest page again: edits, deletions, marks.
    Recent(AccountId, Kind),
    /// The text of mails of which only the head is here.
    Bodies(AccountId),
    /// Whether drafts of mails have changed, which takes no request.
    Mirror(AccountId),
    /// Drafts of mails, here and there.
    Drafts(AccountId),
    /// A page of the address book.
    Book(AccountId),
    /// A page of the list of people.
    People(AccountId),
    Pictures,
    /// A page of what is older, or of a gap.
    History(AccountId, Kind),
    /// Everything once more, a page at a time.
    Repair(AccountId, Kind),
}

impl Job {
    /// The account whose turn it takes.
    pub fn account(&self) -> Option<&AccountId> {
        match self {
            Self::Sending | Self::Accounts | Self::Pictures => None,
            Self::Chat(account, _)
            | Self::Older(account, _)
            | Self::Message(account, _)
            | Self::Mail(account, _)
            | Self::Folder(account, _)
            | Self::News(account, _)
            | Self::Mirror(account)
            | Self::Drafts(account)
            | Self::Book(account)
            | Self::Chats(account)
            | Self::Missing(account)
            | Self::Folders(account)
            | Self::Recent(account, _)
            | Self::Bodies(account)
            | Self::People(account)
            | Self::History(account, _)
            | Self::Repair(account, _) => Some(account),
        }
    }

    /// Smaller goes first; the order of the variants is the order of the first fetch.
    fn rank(&self) -> u8 {
        match self {
            Self::Sending => 0,
            Self::Accounts => 1,
            Self::Chat(..)
            | Self::Older(..)
            | Self::Message(..)
            | Self::Mail(..)
            | Self::Folder(..) => 2,
            Self::News(..) | Self::Chats(_) => 3,
            Self::Missing(_) => 4,
            Self::Folders(_) | Self::Recent(..) => 5,
            Self::Bodies(_) | Self::Mirror(_) | Self::Drafts(_) => 6,
            Self::People(_) | Self::Book(_) => 7,
            Self::Pictures => 8,
            Self::History(..) | Self::Repair(..) => 9,
        }
    }
}

#[derive(Debug)]
struct Plan {
    due: Instant,
    running: bool,
    /// Asked for again while it was running.
    again: bool,
    /// Whether there is something to fetch, as far as known, and not only another look to take.
    more: bool,
    failures: u32,
}

/// All jobs that are planned or running.
#[derive(Debug, Default)]
pub struct Schedule {
    plans: BTreeMap<Job, Plan>,
}

/// Jobs of one account that run at once.
const PER_ACCOUNT: usize = 2;

impl Schedule {
    /// Plans a job for a moment, or brings a planned one forward. One that has failed keeps its place at the back.
    pub fn at(&mut self, job: Job, due: Instant) {
        let plan = self.plans.entry(job).or_insert(Plan {
            due,
            running: false,
            again: false,
            more: true,
            failures: 0,
        });
        plan.more = true;
        if plan.running {
            plan.again = true;
        } else if plan.failures == 0 {
            plan.due = plan.due.min(due);
        }
    }

    /// The same, whatever went wrong before: somebody is waiting for it.
    pub fn now(&mut self, job: &Job, now: Instant) {
        self.at(job.clone(), now);
        if let Some(plan) = self.plans.get_mut(job) {
            plan.due = now;
        }
    }

    /// Plans a job for a moment unless it is planned already.
    pub fn once(&mut self, job: Job, due: Instant) {
        if !self.plans.contains_key(&job) {
            self.at(job, due);
        }
    }

    /// Plans another look for later, unless one is planned already. Nobody waits for it.
    pub fn later(&mut self, job: &Job, due: Instant) {
        if !self.plans.contains_key(job) {
            self.at(job.clone(), due);
            if let Some(plan) = self.plans.get_mut(job) {
                plan.more = false;
            }
        }
    }

    /// The same for one that may be planned already, which is brought forward.
    pub fn soon(&mut self, job: &Job, due: Instant) {
        self.later(job, due);
        if let Some(plan) = self.plans.get_mut(job) {
            if plan.running {
                plan.again = true;
            } else if plan.failures == 0 {
                plan.due = plan.due.min(due);
            }
        }
    }

    /// Takes the most important job that is due and allowed, and counts it as running.
    pub fn take(&mut self, now: Instant, allowed: impl Fn(&Job) -> bool) -> Option<Job> {
        let job = self
            .plans
            .iter()
            .filter(|(job, plan)| !plan.running && plan.due <= now && allowed(job))
            .filter(|(job, _)| !self.is_busy(job.account()))
            .min_by_key(|(job, plan)| (job.rank(), plan.due))
            .map(|(job, _)| job.clone())?;
        self.plans.get_mut(&job)?.running = true;
        Some(job)
    }

    /// Whether an account has as many jobs running as it may.
    fn is_busy(&self, account: Option<&AccountId>) -> bool {
        account.is_some_and(|account| {
            let running = self.plans.iter().filter(|(_, plan)| plan.running);
            running
                .filter(|(job, _)| job.account() == Some(account))
                .count()
                >= PER_ACCOUNT
        })
    }

    /// A job worked out: it comes again after some time, or never.
    pub fn done(&mut self, job: &Job, now: Instant, again_in: Option<Duration>, more: bool) {
        let Some(plan) = self.plans.get_mut(job) else {
            return;
        };
        plan.running = false;
        plan.failures = 0;
        let asked_meanwhile = std::mem::take(&mut plan.again).then_some(now);
        plan.more = more || asked_meanwhile.is_some();
        match (asked_meanwhile, again_in.map(|time| now + time)) {
            (None, None) => {
                self.plans.remove(job);
            }
            (a, b) => plan.due = a.into_iter().chain(b).min().unwrap_or(now),
        }
    }

    /// A job failed: it comes again later each time. Gives back how long that is.
    pub fn failed(&mut self, job: &Job, now: Instant, least: Duration, jitter: f64) -> Duration {
        let Some(plan) = self.plans.get_mut(job) else {
            return least;
        };
        plan.running = false;
        plan.again = false;
        plan.failures = plan.failures.saturating_add(1);
        let wait = wait(plan.failures, jitter).max(least.mul_f64(1.0 + jitter / 10.0));
        plan.due = now + wait;
        wait
    }

    /// Forgets the jobs of accounts that are no more.
    pub fn keep(&mut self, known: impl Fn(&AccountId) -> bool) {
        self.plans
            .retain(|job, plan| plan.running || job.account().is_none_or(&known));
    }

    /// When the next job is due that can be taken then. Those of a busy account wait for the end of another one.
    pub fn next(&self, allowed: impl Fn(&Job) -> bool) -> Option<Instant> {
        self.plans
            .iter()
            .filter(|(job, plan)| !plan.running && allowed(job))
            .filter(|(job, _)| !self.is_busy(job.account()))
            .map(|(_, plan)| plan.due)
            .min()
    }

    /// Whether there is nothing left to fetch that is known of; another look at what is here does not count. What has
    /// failed and has to wait long is not waited for.
    pub fn is_settled(&self, now: Instant, allowed: impl Fn(&Job) -> bool) -> bool {
        let waits = |plan: &Plan| plan.failures > 0 && plan.due > now + PATIENCE;
        !self
            .plans
            .iter()
            .any(|(job, plan)| plan.more && (plan.running || (!waits(plan) && allowed(job))))
    }

    /// Sets the moment of a job that has failed; somebody else knows better when that can help.
    pub fn put_off(&mut self, job: &Job, due: Instant) {
        if let Some(plan) = self.plans.get_mut(job) {
            plan.due = due;
        }
    }

    /// The jobs that have something left to fetch.
    pub fn unfinished(&self) -> impl Iterator<Item = &Job> {
        self.plans
            .iter()
            .filter(|(_, plan)| plan.more)
            .map(|(job, _)| job)
    }

    /// After the network came back nothing has to wait for earlier failures; a little spread avoids a stampede.
    pub fn forgive(&mut self, now: Instant, jitter: impl Fn() -> f64) {
        for plan in self.plans.values_mut() {
            if plan.failures > 0 {
                plan.failures = 0;
                plan.due = plan.due.min(now + Duration::from_secs_f64(jitter()));
            }
        }
    }
}

const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(300);
/// Nobody waits longer than this for something that fails.
const PATIENCE: Duration = Duration::from_secs(20);

/// Twice as long after each failure, spread by chance.
fn wait(failures: u32, jitter: f64) -> Duration {
    FIRST_WAIT
        .saturating_mul(2_u32.saturating_pow(failures.saturating_sub(1)))
        .min(LONGEST_WAIT)
        .mul_f64(0.5 + jitter / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(name: &str) -> AccountId {
        name.into()
    }

    #[tokio::test]
    async fn what_somebody_waits_for_goes_first() {
        let now = Instant::now();
        let mut schedule = Schedule::default();
        schedule.at(Job::History(account("a"), Kind::Chats), now);
        schedule.at(Job::News(account("a"), Kind::Chats), now);
        schedule.at(Job::Sending, now);
        assert_eq!(schedule.take(now, |_| true), Some(Job::Sending));
        assert_eq!(
            schedule.take(now, |_| true),
            Some(Job::News(account("a"), Kind::Chats))
        );
        assert_eq!(
            schedule.take(now, |_| true),
            Some(Job::History(account("a"), Kind::Chats))
        );
        assert_eq!(schedule.take(now, |_| true), None);
    }

    #[tokio::test]
    async fn one_account_never_takes_all_places() {
        let now = Instant::now();
        let mut schedule = Schedule::default();
        for job in [
            Job::Chats(account("a")),
            Job::Folders(account("a")),
            Job::People(account("a")),
        ] {
            schedule.at(job, now);
        }
        schedule.at(Job::History(account("b"), Kind::Chats), now);
        let mut taken = Vec::new();
        while let Some(job) = schedule.take(now, |_| true) {
            taken.push(job);
        }
        assert_eq!(
            taken,
            [
                Job::Chats(account("a")),
                Job::Folders(account("a")),
                Job::History(account("b"), Kind::Chats)
            ]
        );
        assert_eq!(
            schedule.next(|_| true),
            None,
            "nothing to wake up for before one of them ends"
        );
    }

    #[tokio::test]
    async fn failures_wait_longer_and_longer_but_never_less_than_the_server_asked() {
        let now = Instant::now();
        let mut schedule = Schedule::default();
        let job = Job::Accounts;
        let mut waits = Vec::new();
        for _ in 0..12 {
            schedule.now(&job, now);
            schedule.take(now, |_| true);
            waits.push(schedule.failed(&job, now, Duration::ZERO, 1.0).as_secs());
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
        schedule.now(&job, now);
        schedule.take(now, |_| true);
        assert!(
            schedule.failed(&job, now, Duration::from_secs(900), 0.0) >= Duration::from_secs(900)
        );
    }

    #[tokio::test]
    async fn what_is_asked_for_while_it_runs_runs_again() {
        let now = Instant::now();
        let mut schedule = Schedule::default();
        schedule.at(Job::Accounts, now);
        schedule.take(now, |_| true);
        schedule.at(Job::Accounts, now);
        schedule.done(&Job::Accounts, now, Some(Duration::from_secs(60)), false);
        assert_eq!(schedule.take(now, |_| true), Some(Job::Accounts));
    }
}
