//! The left pane: views, then the accounts of each network with their folders. Picking one decides what the list shows.

use std::collections::BTreeSet;

use super::effect::{Counts, Overview};
use crate::model::account::AccountStatus;
use crate::model::email::FolderRole;
use crate::model::inbox::{AccountKey, StoredAccount, View};

/// What the list shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    pub view: View,
    /// All of them when absent.
    pub account: Option<AccountKey>,
    /// The uid of a folder of that account.
    pub folder: Option<String>,
}

/// A row that can be picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    View(View),
    Account(AccountKey),
    Folder(AccountKey, String),
}

/// A row of the pane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    View(View),
    Gap,
    /// By its place among the accounts.
    Account(usize),
    /// By its place among the folders.
    Folder(usize),
}

/// The left pane.
#[derive(Debug, Clone, Default)]
pub struct Places {
    pub overview: Overview,
    /// Mailboxes whose folders are shown.
    pub unfolded: BTreeSet<AccountKey>,
    /// The row the cursor is on, when the pane has the focus.
    pub cursor: usize,
    /// The first row that is shown.
    pub offset: usize,
}

/// The views of the pane, in order.
pub const VIEWS: [View; 6] = [
    View::Inbox,
    View::Unread,
    View::NeedsReply,
    View::Starred,
    View::Drafts,
    View::Archived,
];

/// What a view is called.
pub fn view_name(view: View) -> &'static str {
    match view {
        View::Inbox => "All inboxes",
        View::Unread => "Unread",
        View::NeedsReply => "Needs reply",
        View::Starred => "Starred",
        View::Drafts => "Drafts",
        View::Archived => "Archived",
    }
}

/// How an account is doing, in words.
pub fn status_words(status: &AccountStatus) -> &str {
    match status {
        AccountStatus::Ok => "works",
        AccountStatus::Connecting => "is starting",
        AccountStatus::Stopped => "is stopped",
        AccountStatus::Error => "has stopped on an error",
        AccountStatus::Permissions => "lacks a permission",
        AccountStatus::Credentials => "is logged out",
        AccountStatus::Other(word) => word,
    }
}

/// What the owner of an account can do so that it works again.
pub fn remedy(status: &AccountStatus) -> Option<&'static str> {
    match status {
        AccountStatus::Credentials | AccountStatus::Permissions => {
            Some("Reconnect it in your Unipile dashboard; it goes on by itself then.")
        }
        AccountStatus::Stopped | AccountStatus::Error => {
            Some("Start it again with `onebox api restartAccount`, or in your Unipile dashboard.")
        }
        _ => None,
    }
}

/// Whether an account does not work before its owner does something.
pub fn needs_user(account: &StoredAccount) -> bool {
    matches!(
        account.status,
        AccountStatus::Credentials
            | AccountStatus::Permissions
            | AccountStatus::Error
            | AccountStatus::Stopped
    )
}

impl Places {
    /// One conversation of an account is not unread any longer.
    pub fn one_read(&mut self, account: AccountKey, of_shown: bool) {
        let overview = &mut self.overview;
        let counts = &mut overview.counts.unread;
        *counts = counts.saturating_sub(1);
        if of_shown {
            overview.shown.unread = overview.shown.unread.saturating_sub(1);
        }
        for it in overview.accounts.iter_mut().filter(|it| it.key == account) {
            it.unread = it.unread.saturating_sub(1);
        }
    }

    /// The rows from top to bottom.
    pub fn rows(&self) -> Vec<Row> {
        let mut rows: Vec<Row> = VIEWS.into_iter().map(Row::View).collect();
        if !self.overview.accounts.is_empty() {
            rows.push(Row::Gap);
        }
        for (at, account) in self.overview.accounts.iter().enumerate() {
            rows.push(Row::Account(at));
            if self.unfolded.contains(&account.key) {
                let folders = self.overview.folders.iter().enumerate();
                let own = folders.filter(|(_, folder)| folder.account == account.key);
                rows.extend(own.map(|(at, _)| Row::Folder(at)));
            }
        }
        rows
    }

    /// What a row stands for.
    pub fn place(&self, row: &Row) -> Option<Place> {
        match row {
            Row::View(view) => Some(Place::View(*view)),
            Row::Gap => None,
            Row::Account(at) => {
                let account = self.overview.accounts.get(*at)?;
                Some(Place::Account(account.key))
            }
            Row::Folder(at) => {
                let folder = self.overview.folders.get(*at)?;
                Some(Place::Folder(folder.account, folder.uid.clone()))
            }
        }
    }

    /// Whether the row under the cursor has folders, and of which mailbox it is.
    fn mailbox(&self) -> Option<AccountKey> {
        let rows = self.rows();
        let key = match rows.get(self.cursor)? {
            Row::Account(at) => self.overview.accounts.get(*at)?.key,
            Row::Folder(at) => self.overview.folders.get(*at)?.account,
            Row::View(_) | Row::Gap => return None,
        };
        self.has_folders(key).then_some(key)
    }

    pub fn has_folders(&self, account: AccountKey) -> bool {
        let mut folders = self.overview.folders.iter();
        folders.any(|folder| folder.account == account)
    }

    /// Shows the folders of the mailbox under the cursor. Gives whether they were hidden.
    pub fn unfold(&mut self) -> bool {
        let key = self.mailbox();
        key.is_some_and(|key| self.unfolded.insert(key))
    }

    /// Hides the folders of the mailbox under the cursor, which goes to the mailbox. Gives whether they were shown.
    pub fn fold(&mut self) -> bool {
        let Some(key) = self.mailbox().filter(|key| self.unfolded.remove(key)) else {
            return false;
        };
        let of = |row: &Row| self.place(row) == Some(Place::Account(key));
        self.cursor = self.rows().iter().position(of).unwrap_or(0);
        true
    }

    /// Scrolls until a row is seen.
    pub fn into_view(&mut self, at: usize, page: usize) {
        let (page, rows) = (page.max(1), self.rows().len());
        if at < self.offset {
            self.offset = at;
        } else if at >= self.offset + page {
            self.offset = at + 1 - page;
        }
        self.offset = self.offset.min(rows.saturating_sub(page));
    }

    /// Moves the cursor over rows that can be picked.
    pub fn move_by(&mut self, by: isize) {
        let rows = self.rows();
        let last = rows.len().saturating_sub(1);
        let mut at = self.cursor.saturating_add_signed(by).min(last);
        if rows.get(at) == Some(&Row::Gap) {
            at = if by < 0 {
                at.saturating_sub(1)
            } else {
                (at + 1).min(last)
            };
        }
        self.cursor = at;
    }

    /// The row that stands for what the list shows.
    pub fn row_of(&self, filter: &Filter) -> usize {
        let wanted = match (filter.account, &filter.folder) {
            (Some(account), Some(folder)) => Place::Folder(account, folder.clone()),
            (Some(account), None) => Place::Account(account),
            (None, _) => Place::View(filter.view),
        };
        let rows = self.rows();
        let row = |wanted: Place| {
            let mut rows = rows.iter();
            rows.position(|row| self.place(row).as_ref() == Some(&wanted))
        };
        // A folder that is not shown lies in its mailbox.
        let mailbox = filter.account.map(Place::Account);
        row(wanted).or_else(|| row(mailbox?)).unwrap_or(0)
    }

    /// Why nothing comes and goes in an account before its owner does something; absent when all is well.
    pub fn trouble(&self, key: AccountKey) -> Option<&str> {
        let account = self.account(key).filter(|it| needs_user(it))?;
        Some(status_words(&account.status))
    }

    pub fn account(&self, key: AccountKey) -> Option<&StoredAccount> {
        self.overview.accounts.iter().find(|it| it.key == key)
    }

    /// How many conversations a view has.
    pub fn count(counts: &Counts, view: View) -> u64 {
        match view {
            View::Inbox => counts.inbox,
            View::Unread => counts.unread,
            View::NeedsReply => counts.needs_reply,
            View::Starred => counts.starred,
            View::Drafts => counts.drafts,
            View::Archived => 0,
        }
    }

    /// The account behind or before the one shown alone; all of them come between the last and the first.
    pub fn neighbour(&self, shown: Option<AccountKey>, forward: bool) -> Option<AccountKey> {
        let accounts = &self.overview.accounts;
        let at = shown.and_then(|key| accounts.iter().position(|it| it.key == key));
        let next = match (at, forward) {
            (None, true) => Some(0),
            (None, false) => accounts.len().checked_sub(1),
            (Some(at), true) => at.checked_add(1),
            (Some(at), false) => at.checked_sub(1),
        };
        next.and_then(|at| accounts.get(at)).map(|it| it.key)
    }
}

/// Which folders come first.
pub fn folder_order(role: &FolderRole) -> u8 {
    match role {
        FolderRole::Inbox => 0,
        FolderRole::Starred => 1,
        FolderRole::Important => 2,
        FolderRole::Sent => 3,
        FolderRole::Drafts => 4,
        FolderRole::Archive => 5,
        FolderRole::All => 6,
        FolderRole::Spam => 8,
        FolderRole::Trash => 9,
        _ => 7,
    }
}
