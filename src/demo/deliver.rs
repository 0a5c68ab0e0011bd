//! Sends deliveries to those who want to hear of events: in order for each receiver, again after a failure, and never
//! in the way of a request.
//!
//! A receiver that has something waiting has a task of its own, which ends with its queue. The only HTTP client of the
//! embedded server is here.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::post::{Line, Post};

/// How long a receiver may take.
const LIMIT: Duration = Duration::from_secs(30);
/// Tries after the first one.
const AGAIN: u32 = 5;
/// Deliveries that may wait for one receiver; what comes later is lost.
const WAITING: usize = 1_000;

/// The sender of deliveries. Cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Deliverer(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// Missing when it cannot be made, which is logged once.
    http: Option<reqwest::Client>,
    /// What waits; a line is there as long as its task runs.
    lines: Mutex<HashMap<Line, VecDeque<Post>>>,
    /// The gap before the first repetition; each further one is twice as long.
    gap: Duration,
    stop: CancellationToken,
    tasks: TaskTracker,
}

impl Deliverer {
    pub(super) fn new(gap: Duration, stop: CancellationToken, tasks: TaskTracker) -> Self {
        // A second installation is refused, which is just as well: one provider is all that is needed.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(LIMIT)
            .no_proxy()
            .build()
            .inspect_err(|error| tracing::error!(%error, "webhooks cannot be delivered"))
            .ok();
        Self(Arc::new(Inner {
            http,
            lines: Mutex::default(),
            gap,
            stop,
            tasks,
        }))
    }

    /// Puts a delivery at the end of its line. Needs a runtime, never waits.
    pub(super) fn push(&self, post: Post) {
        let line = post.line.clone();
        let mut lines = self.lines();
        if let Some(waiting) = lines.get_mut(&line) {
            if waiting.len() < WAITING {
                waiting.push_back(post);
            } else {
                tracing::warn!(?line, "too much waits for a webhook, an event is lost");
            }
            return;
        }
        lines.insert(line.clone(), VecDeque::from([post]));
        drop(lines);
        let this = self.clone();
        self.0.tasks.spawn(async move { this.serve(&line).await });
    }

    /// Forgets what waits on the lines that a test picks.
    pub(super) fn forget(&self, dead: impl Fn(&Line) -> bool) {
        for (line, waiting) in self.lines().iter_mut() {
            if dead(line) {
                waiting.clear();
            }
        }
    }

    fn lines(&self) -> MutexGuard<'_, HashMap<Line, VecDeque<Post>>> {
        self.0.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends what waits on a line until nothing does.
    async fn serve(&self, line: &Line) {
        while let Some(post) = self.next(line) {
            tokio::select! {
                biased;
                () = self.0.stop.cancelled() => return,
                () = self.send(&post) => {}
            }
        }
    }

    /// The next delivery of a line; an empty line goes away in the same breath.
    fn next(&self, line: &Line) -> Option<Post> {
        let mut lines = self.lines();
        let post = lines.get_mut(line).and_then(VecDeque::pop_front);
        if post.is_none() {
            lines.remove(line);
        }
        post
    }

    async fn send(&self, post: &Post) {
        let mut gap = self.0.gap;
        for again in 0..=AGAIN {
            if again > 0 {
                tokio::time::sleep(gap).await;
                gap *= 2;
            }
            if self.arrives(post).await {
                return;
            }
        }
        tracing::warn!(line = ?post.line, "an event was refused six times and is lost");
    }

    /// Sends once. Only 200 counts as received.
    async fn arrives(&self, post: &Post) -> bool {
        let Some(http) = &self.0.http else {
            return true;
        };
        let headers: HeaderMap = post
            .headers
            .iter()
            .filter_map(|(name, value)| {
                Some((
                    HeaderName::try_from(name.as_str()).ok()?,
                    HeaderValue::from_str(value).ok()?,
                ))
            })
            .collect();
        let request = http.post(&post.url).headers(headers);
        match request.body(post.body.clone()).send().await {
            Ok(answer) if answer.status() == reqwest::StatusCode::OK => true,
            Ok(answer) => {
                tracing::debug!(line = ?post.line, status = answer.status().as_u16(), "an event was refused");
                false
            }
            Err(error) => {
                tracing::debug!(line = ?post.line, error = %error.without_url(), "an event did not arrive");
                false
            }
        }
    }
}

#[cfg(test)]
mod tests;
