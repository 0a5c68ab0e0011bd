//! Whether the server can be reached. One failure means little; several in a row mean offline, and then one question
//! at a time finds out when it is over.

use std::time::Duration;

use tokio::time::Instant;

/// The state of the connection.
#[derive(Debug, Clone, PartialEq)]
pub enum Link {
    /// Nothing was asked yet.
    Unknown,
    Online,
    Offline {
        since: Instant,
        /// When the next question goes out.
        next_try: Instant,
        /// What the last one ended with, in words.
        reason: String,
        tries: u32,
    },
    /// The key was refused. Nobody asks again before somebody logs in anew.
    Refused {
        reason: String,
    },
}

/// Failures in a row that mean offline.
const ENOUGH: u32 = 3;
/// Questions without an answer after which nobody who waits should wait longer.
const HOPELESS: u32 = 4;

impl Link {
    /// Whether it makes no sense to wait for the server now.
    pub fn is_hopeless(&self) -> bool {
        match self {
            Self::Refused { .. } => true,
            Self::Offline { tries, .. } => *tries >= HOPELESS,
            Self::Unknown | Self::Online => false,
        }
    }
}

/// What has been learned about the connection.
#[derive(Debug)]
pub struct Watch {
    pub link: Link,
    failures: u32,
}

impl Default for Watch {
    fn default() -> Self {
        Self {
            link: Link::Unknown,
            failures: 0,
        }
    }
}

impl Watch {
    /// An answer came, good or bad. Tells whether that ends a time offline.
    pub fn answered(&mut self) -> bool {
        self.failures = 0;
        let was_away = matches!(self.link, Link::Offline { .. });
        if !matches!(self.link, Link::Refused { .. }) {
            self.link = Link::Online;
        }
        was_away
    }

    /// No answer came, or one that says the server is down.
    pub fn failed(&mut self, now: Instant, reason: &str, jitter: f64) {
        self.failures = self.failures.saturating_add(1);
        let (since, tries) = match &self.link {
            Link::Offline { since, tries, .. } => (*since, tries.saturating_add(1)),
            Link::Refused { .. } => return,
            Link::Online if self.failures < ENOUGH => return,
            Link::Unknown | Link::Online => (now, 1),
        };
        self.link = Link::Offline {
            since,
            next_try: now + pause(now.duration_since(since), tries, jitter),
            reason: reason.to_owned(),
            tries,
        };
    }

    /// A request was turned down with a failure of the server. Several in a row raise the question whether anybody is
    /// there at all.
    pub fn doubted(&mut self) {
        self.failures = self.failures.saturating_add(1);
    }

    /// Whether nothing should be asked before it is known that somebody is there.
    pub fn is_doubtful(&self) -> bool {
        self.failures >= ENOUGH
    }

    /// The key was refused.
    pub fn refused(&mut self, reason: &str) {
        self.link = Link::Refused {
            reason: reason.to_owned(),
        };
    }

    /// Somebody wants to try again at once.
    pub fn retry(&mut self, now: Instant) {
        match &mut self.link {
            Link::Offline { next_try, .. } => *next_try = now,
            Link::Refused { .. } => self.link = Link::Unknown,
            Link::Unknown | Link::Online => {}
        }
    }
}

/// How long to wait for the next question: two seconds while it may be a hiccup, less than thirty when it is not. That
/// keeps sixty questions from going out in ten minutes, and a server that is back from waiting longer than half a minute.
fn pause(away: Duration, tries: u32, jitter: f64) -> Duration {
    let longest = if away < Duration::from_secs(60) {
        2.2
    } else {
        28.0
    };
    let doubled = 0.5 * 2_f64.powi(i32::try_from(tries.min(10)).unwrap_or(10) - 1);
    Duration::from_secs_f64(doubled.min(longest) * (0.95 + jitter * 0.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_dead_server_is_asked_seldom_and_one_that_is_back_is_noticed_soon() {
        let begin = Instant::now();
        for jitter in [0.0, 0.5, 1.0] {
            let mut watch = Watch::default();
            let mut now = begin;
            let mut asked = Vec::new();
            while now < begin + Duration::from_secs(600) {
                asked.push(now);
                watch.failed(now, "no answer", jitter);
                let Link::Offline { next_try, .. } = watch.link else {
                    panic!("{watch:?}");
                };
                let limit = if now - begin < Duration::from_secs(60) {
                    2.5
                } else {
                    30.0
                };
                assert!(next_try - now <= Duration::from_secs_f64(limit));
                now = next_try;
            }
            assert!(
                asked.len() <= 54,
                "{} questions in ten minutes",
                asked.len()
            );
            assert!(watch.answered());
            assert_eq!(watch.link, Link::Online);
        }
    }

    #[tokio::test]
    async fn one_failure_is_not_offline_and_a_refused_key_is_not_asked_with_again() {
        let now = Instant::now();
        let mut watch = Watch::default();
        watch.answered();
        watch.failed(now, "cut", 0.0);
        watch.failed(now, "cut", 0.0);
        assert_eq!(watch.link, Link::Online);
        watch.refused("The key was refused.");
        watch.failed(now, "cut", 0.0);
        watch.answered();
        assert!(matches!(watch.link, Link::Refused { .. }));
        watch.retry(now);
        assert_eq!(watch.link, Link::Unknown);
    }
}
