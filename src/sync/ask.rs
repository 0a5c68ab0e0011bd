//! Asks the server through the budget, and asks again where that is safe and can help.

use std::future::Future;
use std::time::Duration;

use tokio::time::Instant;

use super::limiter::{Limiter, Rates};
use crate::api::operation::Operation;
use crate::api::{Error, Trouble};

/// How long somebody is ready to wait for an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patience {
    /// At most so many tries in all.
    pub tries: u32,
    /// No waiting that would end later than this after the first try.
    pub total: Duration,
    /// Wait before the second try, doubled before each further one.
    pub first_wait: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            tries: 4,
            total: Duration::from_secs(60),
            first_wait: Duration::from_millis(500),
        }
    }
}

/// No wait of our own is longer.
const LONGEST_WAIT: Duration = Duration::from_secs(300);

/// The one door to the server for everybody.
#[derive(Debug)]
pub struct Asker {
    limiter: Limiter,
    jitter: fn() -> f64,
}

impl Default for Asker {
    fn default() -> Self {
        Self::new(Rates::default())
    }
}

impl Asker {
    pub fn new(rates: Rates) -> Self {
        Self {
            limiter: Limiter::new(rates),
            jitter: chance,
        }
    }

    /// The budget behind this door.
    pub fn limiter(&self) -> &Limiter {
        &self.limiter
    }

    /// Asks, and repeats after failures that may pass: reads, updates and deletions only, since doing those twice is
    /// the same as once. What was begun with POST or PATCH is repeated only if it certainly never left this machine.
    pub async fn ask<T, A>(
        &self,
        operation: &Operation,
        account: Option<&str>,
        patience: &Patience,
        mut call: impl FnMut() -> A,
    ) -> Result<T, Error>
    where
        A: Future<Output = Result<T, Error>>,
    {
        let begin = Instant::now();
        let mut tries = 0;
        loop {
            self.limiter.admit(account).await;
            tries += 1;
            let error = match call().await {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            let wait = self.wait(&error, tries, patience);
            self.slow_down(&error, account, wait);
            let safe = operation.is_repeatable() || is_unsent(&error);
            let late = begin.elapsed() + wait > patience.total;
            if !error.is_retryable() || !safe || tries >= patience.tries || late {
                return Err(error);
            }
            tracing::debug!(operation = operation.id, tries, ?wait, %error, "asking again");
            tokio::time::sleep(wait).await;
        }
    }

    /// Slows down as an error asks for, for those who ask once and decide themselves what to do next.
    pub fn heed(&self, error: &Error, account: Option<&str>) {
        self.slow_down(error, account, self.wait(error, 1, &Patience::default()));
    }

    /// What the server said about waiting is the least; without it the wait doubles. Chance spreads both.
    fn wait(&self, error: &Error, tries: u32, patience: &Patience) -> Duration {
        let spread = (self.jitter)();
        if let Some(asked) = error.retry_after() {
            return asked + patience.first_wait.mul_f64(spread);
        }
        let doubled = patience
            .first_wait
            .saturating_mul(2_u32.saturating_pow(tries.saturating_sub(1)));
        doubled.min(LONGEST_WAIT).mul_f64(0.5 + spread / 2.0)
    }

    /// After a request to slow down, all requests of the account wait, not only this one.
    fn slow_down(&self, error: &Error, account: Option<&str>, wait: Duration) {
        match error.status() {
            Some(429) => self.limiter.pause(account, wait),
            Some(503) if error.retry_after().is_some() => self.limiter.pause(account, wait),
            _ => {}
        }
    }
}

fn is_unsent(error: &Error) -> bool {
    matches!(
        error,
        Error::Network {
            trouble: Trouble::Connect,
            reached: false,
            ..
        }
    )
}

/// A number from 0 to 1 that nobody can foresee well; it only spreads waits.
pub(super) fn chance() -> f64 {
    use std::hash::{BuildHasher as _, Hasher as _};
    let bits = std::hash::RandomState::new().build_hasher().finish();
    f64::from(u32::try_from(bits >> 32).unwrap_or(0)) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::operations::messaging::{LIST_CHATS, SEND_MESSAGE};
    use crate::api::{BadAnswer, Refusal};
    use std::cell::Cell;

    fn refused(status: u16, retry_after: Option<u64>) -> Error {
        Error::Refused(Box::new(Refusal {
            operation: "x",
            status,
            kind: String::new(),
            title: String::new(),
            detail: None,
            instance: None,
            retry_after: retry_after.map(Duration::from_secs),
        }))
    }

    fn lost(trouble: Trouble, reached: bool) -> Error {
        Error::Network {
            operation: "x",
            trouble,
            reached,
            source: None,
        }
    }

    async fn tries(operation: &Operation, error: impl Fn() -> Error) -> u32 {
        let count = Cell::new(0);
        let asker = Asker::default();
        let answer = asker
            .ask(operation, Some("a"), &Patience::default(), || {
                count.set(count.get() + 1);
                let error = error();
                async move { Err::<(), _>(error) }
            })
            .await;
        assert!(answer.is_err());
        count.get()
    }

    #[tokio::test(start_paused = true)]
    async fn a_message_that_may_have_gone_out_is_never_sent_again() {
        for error in [
            || refused(503, None),
            || refused(429, Some(1)),
            || lost(Trouble::NoAnswer, true),
            || lost(Trouble::Cut, true),
            || Error::Answer {
                operation: "x",
                flaw: BadAnswer::Empty,
            },
        ] {
            assert_eq!(tries(&SEND_MESSAGE, error).await, 1);
        }
        assert_eq!(
            tries(&SEND_MESSAGE, || lost(Trouble::Connect, false)).await,
            4
        );
    }

    #[tokio::test(start_paused = true)]
    async fn reads_are_repeated_while_it_can_help() {
        assert_eq!(tries(&LIST_CHATS, || refused(503, None)).await, 4);
        assert_eq!(tries(&LIST_CHATS, || lost(Trouble::Cut, true)).await, 4);
        assert_eq!(tries(&LIST_CHATS, || refused(404, None)).await, 1);
        assert_eq!(tries(&LIST_CHATS, || lost(Trouble::Tls, false)).await, 1);
        assert_eq!(
            tries(&LIST_CHATS, || refused(429, Some(3600))).await,
            1,
            "nobody waits an hour at a prompt"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn retry_after_is_the_least_wait() {
        let begin = Instant::now();
        let first = Cell::new(true);
        let asker = Asker::default();
        let patience = Patience::default();
        let answer = asker.ask(&LIST_CHATS, None, &patience, || {
            let failed = first.replace(false);
            async move {
                if failed {
                    Err(refused(429, Some(20)))
                } else {
                    Ok(begin.elapsed())
                }
            }
        });
        assert!(answer.await.unwrap() >= Duration::from_secs(20));
    }
}
