//! Misbehaviour on demand: slow answers, errors, limits and cut connections, for whoever wants to test against them.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::problem::Problem;
use super::rng::Rng;

/// How the server misbehaves; by default it does not.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mischief {
    /// Every answer waits between these two.
    pub latency: Option<(Duration, Duration)>,
    /// Share of requests that fail without having had an effect, 0 to 1.
    pub error_rate: f64,
    /// At most so many requests in so much time; more are answered with 429.
    pub rate_limit: Option<(u32, Duration)>,
    /// Share of writing requests that take effect and then lose their connection, 0 to 1.
    pub drop_rate: f64,
    /// What befalls them instead of that, in turn.
    pub aftermath: Vec<Aftermath>,
    /// Share of requests whose connection is lost before anything has happened, 0 to 1.
    pub lose_rate: f64,
}

/// What becomes of the answer to a request that has taken effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aftermath {
    /// The connection is cut before the answer.
    Cut,
    /// The connection is cut in the middle of the answer.
    CutOff,
    /// An error with this status comes instead.
    Status(u16),
    /// The answer is no JSON.
    Garbage,
    /// The answer names nothing that was made.
    NoIds,
    /// The answer does not come.
    Silence,
}

/// What happens to one request.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Fate {
    Answer(Option<Aftermath>),
    /// Cut at once.
    Lose,
    Refuse(Problem, Option<u64>),
    /// A web page, as a proxy in between would send it.
    Page,
}

/// Decides, request by request.
#[derive(Debug)]
pub(super) struct Fates {
    mischief: Mischief,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    rng: Rng,
    /// When the requests of the current window came, in milliseconds.
    recent: std::collections::VecDeque<i64>,
    refused: u64,
    befallen: usize,
}

impl Fates {
    pub(super) fn new(mischief: Mischief, seed: u64) -> Self {
        let state = State {
            rng: Rng::new(seed ^ 0xbad),
            recent: std::collections::VecDeque::new(),
            refused: 0,
            befallen: 0,
        };
        Self {
            mischief,
            state: Mutex::new(state),
        }
    }

    /// How long the next answer waits.
    pub(super) fn delay(&self) -> Option<Duration> {
        let (low, high) = self.mischief.latency?;
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let span = u64::try_from(high.saturating_sub(low).as_millis()).unwrap_or(0);
        Some(low + Duration::from_millis(state.rng.below(span + 1)))
    }

    /// What happens to a request that came at a moment.
    pub(super) fn of(&self, now: i64, writes: bool) -> Fate {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((most, window)) = self.mischief.rate_limit {
            let window = i64::try_from(window.as_millis()).unwrap_or(i64::MAX);
            state.recent.retain(|at| *at > now - window);
            if state.recent.len() >= most as usize {
                state.refused += 1;
                let wait = state.recent.front().map_or(0, |first| first + window - now);
                // Real servers do not always say how long; every other time this one does not either.
                let seconds =
                    (state.refused % 2 == 1).then(|| u64::try_from(wait / 1000 + 1).unwrap_or(1));
                return Fate::Refuse(
                    Problem::new(429, "too_many_requests", "Too many requests"),
                    seconds,
                );
            }
            state.recent.push_back(now);
        }
        if happens(&mut state.rng, self.mischief.error_rate) {
            return match state.rng.below(4) {
                0 => Fate::Refuse(
                    Problem::new(500, "unexpected_error", "Unexpected error"),
                    None,
                ),
                1 => Fate::Refuse(
                    Problem::new(503, "service_unavailable", "Service unavailable"),
                    None,
                ),
                2 => Fate::Refuse(
                    Problem::new(504, "request_timeout", "Request timed out"),
                    None,
                ),
                _ => Fate::Page,
            };
        }
        if happens(&mut state.rng, self.mischief.lose_rate) {
            return Fate::Lose;
        }
        if !writes || !happens(&mut state.rng, self.mischief.drop_rate) {
            return Fate::Answer(None);
        }
        let kinds = &self.mischief.aftermath;
        let turn = state.befallen.checked_rem(kinds.len()).unwrap_or(0);
        state.befallen += 1;
        Fate::Answer(Some(kinds.get(turn).copied().unwrap_or(Aftermath::Cut)))
    }
}

fn happens(rng: &mut Rng, rate: f64) -> bool {
    rate > 0.0 && (rng.below(1 << 32) as f64) < rate * f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_refuses_what_is_over_it_and_lets_go_when_the_window_has_passed() {
        let mischief = Mischief {
            rate_limit: Some((2, Duration::from_secs(60))),
            ..Mischief::default()
        };
        let fates = Fates::new(mischief, 1);
        let answer = Fate::Answer(None);
        assert_eq!(
            [fates.of(0, false), fates.of(1_000, false)],
            [answer.clone(), answer.clone()]
        );
        assert!(
            matches!(fates.of(2_000, false), Fate::Refuse(problem, Some(59)) if problem.status == 429)
        );
        assert!(matches!(fates.of(2_000, false), Fate::Refuse(_, None)));
        assert_eq!(fates.of(60_001, false), answer);
    }

    #[test]
    fn only_writing_requests_lose_their_connection() {
        let fates = Fates::new(
            Mischief {
                drop_rate: 1.0,
                ..Mischief::default()
            },
            1,
        );
        assert_eq!(fates.of(0, true), Fate::Answer(Some(Aftermath::Cut)));
        assert_eq!(fates.of(0, false), Fate::Answer(None));
    }
}
