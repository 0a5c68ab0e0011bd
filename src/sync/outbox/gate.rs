//! Shut while the server cannot be reached, so that a full outbox does not become a storm.

use tokio::time::Instant;

use super::Pace;
use super::judge::{Away, is_away};
use crate::api::Error;
use crate::sync::ask::chance;

/// Troubles in a row, other than no connection at all, that mean the server is down.
const ENOUGH: u32 = 3;

/// Whether anything may go out.
#[derive(Debug, Default)]
pub(super) struct Gate {
    /// Troubles in a row.
    troubles: u32,
    shut_until: Option<Instant>,
    reason: Option<String>,
}

impl Gate {
    /// Until when nothing goes out; `None` while it is open.
    pub(super) fn shut_until(&self) -> Option<Instant> {
        self.shut_until.filter(|at| *at > Instant::now())
    }

    /// Whether the last thing that is known is a trouble.
    pub(super) fn is_doubtful(&self) -> bool {
        self.troubles > 0
    }

    pub(super) fn reason(&self) -> Option<String> {
        self.reason.clone()
    }

    /// Shuts when the server is away; opens when it has answered.
    pub(super) fn learn(&mut self, error: &Error, pace: &Pace) {
        let away = is_away(error);
        if away.is_none() {
            *self = Self::default();
            return;
        }
        // Lanes that fail together are one trouble.
        if self.shut_until().is_some() {
            return;
        }
        self.troubles = self.troubles.saturating_add(1);
        if away == Some(Away::Surely) || self.troubles >= ENOUGH {
            let doubled = pace
                .first_wait
                .saturating_mul(2_u32.saturating_pow(self.troubles.saturating_sub(1).min(16)));
            let wait = doubled.min(pace.longest_away).mul_f64(0.8 + chance() * 0.4);
            self.shut_until = Some(Instant::now() + wait);
            self.reason = Some(error.in_words());
        }
    }
}
