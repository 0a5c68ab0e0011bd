//! The screen of accounts: how each of them is doing and what to do about it.

use std::collections::BTreeMap;

use super::effect::Ticket;
use crate::model::inbox::AccountKey;

/// How many conversations, and how many messages and mails.
pub type Totals = BTreeMap<AccountKey, (u64, u64)>;

/// The screen of accounts.
#[derive(Debug, Clone, Default)]
pub struct Accounts {
    /// By its place among the accounts.
    pub cursor: usize,
    /// What is stored of each; absent until it was counted once.
    pub totals: Option<Totals>,
    pub(super) asked: Option<Ticket>,
    pub(super) counted_at: Option<jiff::Timestamp>,
}

impl Accounts {
    /// Moves the cursor over so many accounts.
    pub fn move_by(&mut self, by: isize, count: usize) {
        let last = count.saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(by).min(last);
    }
}
