//! One budget of requests for everything, and one for each account, so that a storm cannot happen.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// How many requests are let through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rates {
    /// In any second, for the whole program.
    pub per_second: usize,
    /// In any second, for one account.
    pub account_per_second: usize,
    /// In any minute, for one account.
    pub account_per_minute: usize,
}

impl Rates {
    /// For a server that this program has started itself: nobody else is held up by it, and no provider stands behind.
    pub fn of_own_server() -> Self {
        Self {
            per_second: 1_000,
            account_per_second: 500,
            account_per_minute: 10_000,
        }
    }
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            per_second: 10,
            account_per_second: 5,
            account_per_minute: 180,
        }
    }
}

/// Hands out the right to ask, one request at a time.
#[derive(Debug)]
pub struct Limiter {
    rates: Rates,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    all: Lane,
    accounts: HashMap<String, Lane>,
}

/// The recent past and the next allowed moment of one budget.
#[derive(Debug, Default)]
struct Lane {
    given: VecDeque<Instant>,
    paused_until: Option<Instant>,
}

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

impl Limiter {
    pub fn new(rates: Rates) -> Self {
        Self {
            rates,
            state: Mutex::default(),
        }
    }

    /// Waits until a request may go out. The place is taken at once, so waiters keep their order.
    pub async fn admit(&self, account: Option<&str>) {
        loop {
            let at = self.reserve(account);
            tokio::time::sleep_until(at).await;
            // A pause may have begun while this one slept.
            if self
                .paused_until(account)
                .is_none_or(|until| until <= Instant::now())
            {
                return;
            }
        }
    }

    /// Holds back the requests of one account, or all of them, for some time.
    pub fn pause(&self, account: Option<&str>, time: Duration) {
        let until = Instant::now() + time;
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let lane = match account {
            Some(account) => state.accounts.entry(account.to_owned()).or_default(),
            None => &mut state.all,
        };
        lane.paused_until = lane.paused_until.max(Some(until));
    }

    /// Until when requests of an account are held back.
    pub fn paused_until(&self, account: Option<&str>) -> Option<Instant> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let lane = account.and_then(|account| state.accounts.get(account));
        state
            .all
            .paused_until
            .max(lane.and_then(|lane| lane.paused_until))
    }

    fn reserve(&self, account: Option<&str>) -> Instant {
        let now = Instant::now();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let state = &mut *state;
        let mut at = state.all.earliest(now, &[(self.rates.per_second, SECOND)]);
        if let Some(account) = account {
            let lane = state.accounts.entry(account.to_owned()).or_default();
            let rates = [
                (self.rates.account_per_second, SECOND),
                (self.rates.account_per_minute, MINUTE),
            ];
            at = lane.earliest(at, &rates);
            lane.take(at, self.rates.account_per_minute);
        }
        state.all.take(at, self.rates.per_second);
        at
    }
}

impl Lane {
    /// The first moment from `from` on at which no rate is broken.
    fn earliest(&self, from: Instant, rates: &[(usize, Duration)]) -> Instant {
        let unpaused = self.paused_until.map_or(from, |until| until.max(from));
        rates.iter().fold(unpaused, |at, (most, window)| {
            let oldest = self
                .given
                .len()
                .checked_sub(*most)
                .and_then(|n| self.given.get(n));
            oldest.map_or(at, |oldest| at.max(*oldest + *window))
        })
    }

    fn take(&mut self, at: Instant, keep: usize) {
        self.given.push_back(at);
        while self.given.len() > keep {
            self.given.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn no_second_sees_more_requests_than_allowed() {
        let limiter = Limiter::new(Rates::default());
        let begin = Instant::now();
        let mut times = Vec::new();
        for n in 0..60 {
            limiter
                .admit(Some(if n % 2 == 0 { "a" } else { "b" }))
                .await;
            times.push(begin.elapsed());
        }
        for window in times.windows(11) {
            assert!(window[10] >= window[0] + SECOND, "{window:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_paused_account_waits_and_the_others_go_on() {
        let limiter = Limiter::new(Rates::default());
        limiter.pause(Some("a"), Duration::from_secs(30));
        let begin = Instant::now();
        limiter.admit(Some("b")).await;
        assert!(begin.elapsed() < SECOND);
        limiter.admit(Some("a")).await;
        assert!(begin.elapsed() >= Duration::from_secs(30));
    }
}
