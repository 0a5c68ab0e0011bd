//! One run of a profile: the engine, and the webhooks that make it quicker where they are wanted.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::Asker;
use super::engine::{Engine, Settings};
use super::lead::Lead;
use super::webhook::{Receiver, register};
use crate::api::Client;
use crate::config::Webhooks;
use crate::model::webhook::WebhookSource;
use crate::store::{self, Store};

/// How long the removal of webhooks may hold up the end.
const FAREWELL: Duration = Duration::from_secs(5);
/// How often reports that could not be taken in are made up for.
const MAKE_UP: Duration = Duration::from_secs(2);

/// What a session runs on that has a process to itself, for hours: one thread, and few that wait for the disk. C's
/// allocator keeps memory apart for each thread that it meets, which with two and six was a fifth of all there was.
pub fn small_runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(2)
        .build()
}

/// A running engine with its webhooks.
#[derive(Debug)]
pub struct Session {
    pub engine: Arc<Engine>,
    hooks: Option<(CancellationToken, JoinHandle<()>)>,
}

impl Session {
    /// Starts to fetch, and asks the server to report by itself where the settings want it.
    pub async fn start(
        client: Client,
        asker: Arc<Asker>,
        store: Store,
        settings: Settings,
        webhooks: Option<Webhooks>,
        profile: &str,
        lead: Lead,
    ) -> store::Result<Self> {
        let engine =
            Engine::start(client.clone(), Arc::clone(&asker), store, settings, lead).await?;
        let engine = Arc::new(engine);
        let hooks = webhooks.map(|wanted| {
            let leaving = CancellationToken::new();
            let hooks = Hooks {
                client,
                asker,
                engine: Arc::clone(&engine),
                wanted,
                profile: profile.to_owned(),
                leaving: leaving.clone(),
            };
            (leaving, tokio::spawn(hooks.run()))
        });
        Ok(Self { engine, hooks })
    }

    /// Takes the webhooks back and lets what is running end.
    pub async fn stop(mut self) {
        if let Some((leaving, task)) = self.hooks.take() {
            leaving.cancel();
            let _ = task.await;
        }
        self.engine.stop().await;
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if let Some((_, task)) = self.hooks.take() {
            // It holds the engine, which would go on for ever otherwise.
            task.abort();
        }
    }
}

struct Hooks {
    client: Client,
    asker: Arc<Asker>,
    engine: Arc<Engine>,
    wanted: Webhooks,
    profile: String,
    leaving: CancellationToken,
}

impl Hooks {
    async fn run(self) {
        if let Err(problem) = self.listen().await {
            tracing::warn!(%problem, "no webhooks");
            self.engine.unhooked(problem);
        }
    }

    async fn listen(&self) -> Result<(), String> {
        let (receiver, deliveries) = Receiver::start(self.wanted.listen)
            .await
            .map_err(|error| error.to_string())?;
        let forward = self.engine.listen(deliveries);
        let registered = tokio::select! {
            it = register(&self.client, &self.asker, &receiver, self.wanted.public_url.as_deref(), &self.profile) => it,
            () = self.leaving.cancelled() => return Ok(()),
        };
        let registration = registered.map_err(|error| error.to_string())?;
        let all = [WebhookSource::Messaging, WebhookSource::Email];
        self.engine
            .hooked(all.iter().all(|source| registration.covers(source)));
        for refused in registration.refused() {
            tracing::warn!(source = ?refused.source, error = %refused.error, "no webhook");
        }
        let mut ticks = tokio::time::interval(MAKE_UP);
        loop {
            tokio::select! {
                _ = ticks.tick() => self.engine.make_up(&receiver),
                () = self.leaving.cancelled() => break,
            }
        }
        let removal = registration.remove(&self.client, &self.asker);
        match tokio::time::timeout(FAREWELL, removal).await {
            Ok(left) => {
                for hook in left {
                    tracing::warn!(error = %hook.error, "a webhook stayed at the server");
                }
            }
            Err(_) => {
                tracing::warn!("the webhooks stayed at the server; the next run removes them");
            }
        }
        receiver.stop().await;
        let _ = forward.await;
        Ok(())
    }
}
