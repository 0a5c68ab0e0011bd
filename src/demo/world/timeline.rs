//! When which message was written: one sorted list for each account, so that a page of a million messages is a walk of
//! a few steps.

use super::chat::Chat;

/// Place of a message in time and in its chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::demo) struct Spot {
    pub(in crate::demo) at: i64,
    pub(in crate::demo) chat: u32,
    pub(in crate::demo) n: u32,
}

impl Spot {
    /// Tells messages of the same millisecond apart, in a fixed order.
    pub(in crate::demo) fn key(self) -> (i64, u64) {
        (self.at, u64::from(self.chat) << 32 | u64::from(self.n))
    }
}

/// The messages of every account in the order of time.
#[derive(Debug, Default)]
pub(in crate::demo) struct Timeline(Vec<Vec<Spot>>);

impl Timeline {
    pub(super) fn of(chats: &[Chat], accounts: usize) -> Self {
        let mut lists = vec![Vec::new(); accounts];
        for (chat, held) in (0_u32..).zip(chats) {
            if let Some(list) = lists.get_mut(held.account as usize) {
                list.extend(
                    (0_u32..)
                        .zip(&held.times)
                        .map(|(n, at)| Spot { at: *at, chat, n }),
                );
            }
        }
        for list in &mut lists {
            list.sort_unstable();
        }
        Self(lists)
    }

    pub(super) fn add(&mut self, account: u32, at: i64, chat: u32, n: u32) {
        let account = account as usize;
        if self.0.len() <= account {
            self.0.resize_with(account + 1, Vec::new);
        }
        if let Some(list) = self.0.get_mut(account) {
            let spot = Spot { at, chat, n };
            let place = list.partition_point(|other| *other < spot);
            list.insert(place, spot);
        }
    }

    /// Walks the messages of some accounts backwards in time, from the newest older than a key.
    pub(in crate::demo) fn before(
        &self,
        accounts: &[u32],
        key: (i64, u64),
    ) -> impl Iterator<Item = Spot> {
        let mut tails: Vec<&[Spot]> = accounts
            .iter()
            .filter_map(|account| self.0.get(*account as usize))
            .map(|list| {
                list.get(..list.partition_point(|spot| spot.key() < key))
                    .unwrap_or_default()
            })
            .collect();
        std::iter::from_fn(move || {
            let newest = tails
                .iter_mut()
                .max_by_key(|tail| tail.last().map(|spot| spot.key()))?;
            let (spot, rest) = newest.split_last()?;
            *newest = rest;
            Some(*spot)
        })
    }
}
