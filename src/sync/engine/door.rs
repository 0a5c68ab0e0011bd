//! What decides whether a job may go out now: whether somebody is there, whether the account is to be asked at all, and
//! whether there is a place to write what comes.

use tokio::time::Instant;

use super::link::{Link, Watch};
use super::schedule::Job;
use crate::model::id::AccountId;
use crate::model::inbox::StoredAccount;

/// The account of a job as the budget knows it.
pub(super) fn name(job: &Job) -> Option<&str> {
    job.account().map(AccountId::as_str)
}

/// What decides whether a job may go out now.
pub(super) struct Door<'a> {
    pub(super) watch: &'a Watch,
    pub(super) accounts: &'a [StoredAccount],
    pub(super) stuck_until: Option<Instant>,
    pub(super) now: Instant,
}

impl Door<'_> {
    pub(super) fn is_open_for(&self, job: &Job) -> bool {
        if self.stuck_until.is_some_and(|until| self.now < until) {
            return false;
        }
        match &self.watch.link {
            Link::Unknown => *job == Job::Accounts,
            Link::Offline { next_try, .. } => *job == Job::Accounts && *next_try <= self.now,
            Link::Refused { .. } => false,
            Link::Online if self.watch.is_doubtful() => *job == Job::Accounts,
            Link::Online => job.account().is_none_or(|id| {
                self.accounts
                    .iter()
                    .any(|account| account.id == *id && !account.paused)
            }),
        }
    }
}
