//! How the engine is doing, for those who show it.

use std::collections::BTreeMap;

use super::link::Link;
use super::schedule::{Job, Kind};
use crate::model::id::AccountId;

/// How the engine is doing.
#[derive(Debug, Clone, PartialEq)]
pub struct Status {
    pub link: Link,
    /// What has something left to fetch, by account.
    pub working: BTreeMap<AccountId, Vec<&'static str>>,
    /// What went wrong last, by account; gone with the next success.
    pub problems: BTreeMap<AccountId, String>,
    /// Nothing is left to fetch that is known of.
    pub settled: bool,
    /// The server reports by itself.
    pub hooked: bool,
    /// Why it does not, where that was wanted.
    pub hook_problem: Option<String>,
    /// The store cannot be written; nothing is fetched until it can.
    pub stuck: Option<String>,
}

impl Default for Status {
    fn default() -> Self {
        Self {
            link: Link::Unknown,
            working: BTreeMap::new(),
            problems: BTreeMap::new(),
            settled: false,
            hooked: false,
            hook_problem: None,
            stuck: None,
        }
    }
}

/// What a job fetches, in a word.
pub fn word(job: &Job) -> &'static str {
    match job {
        Job::Sending => "sending",
        Job::Accounts => "accounts",
        Job::Chat(..)
        | Job::Older(..)
        | Job::Message(..)
        | Job::News(_, Kind::Chats)
        | Job::Recent(_, Kind::Chats) => "messages",
        Job::Mail(..)
        | Job::Folder(..)
        | Job::Bodies(_)
        | Job::News(_, Kind::Mails)
        | Job::Recent(_, Kind::Mails) => "mails",
        Job::Chats(_) | Job::Missing(_) => "chats",
        Job::Folders(_) => "folders",
        Job::Mirror(_) | Job::Drafts(_) => "drafts",
        Job::People(_) | Job::Book(_) => "people",
        Job::Pictures => "pictures",
        Job::History(..) => "history",
        Job::Repair(..) => "everything once more",
    }
}
