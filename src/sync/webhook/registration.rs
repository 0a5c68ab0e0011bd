//! Tells the server where the receiver is, and takes that back.

use std::pin::pin;
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::future::join_all;

use super::address::{BadPublicUrl, base, is_ours};
use super::door::SECRET_HEADER;
use super::receiver::Receiver;
use crate::api::operations::webhooks::{CREATE_WEBHOOK, DELETE_WEBHOOK, LIST_WEBHOOKS};
use crate::api::webhooks::CreateWebhook;
use crate::api::{Client, Error, Paging, pages};
use crate::model::id::WebhookId;
use crate::model::webhook::{
    Webhook, WebhookEvent as Event, WebhookFormat, WebhookHeader, WebhookSource as Source,
};
use crate::sync::{Asker, Patience};

/// A source that the server does not report about.
#[derive(Debug)]
pub struct Refused {
    pub source: Source,
    pub error: Error,
}

/// A webhook that could not be removed.
#[derive(Debug)]
pub struct Leftover {
    pub id: WebhookId,
    pub error: Error,
}

/// The webhooks of this run. They stay at the server until they are removed.
#[derive(Debug)]
#[must_use = "webhooks stay at the server until they are removed"]
pub struct Registration {
    hooks: Vec<(Source, WebhookId)>,
    refused: Vec<Refused>,
}

/// Asks the server to report to a receiver about messages, mails, accounts and new relations.
///
/// What earlier runs of the profile have left behind is removed first. Without a public address the server must be on
/// this machine.
pub async fn register(
    client: &Client,
    asker: &Asker,
    receiver: &Receiver,
    public_url: Option<&str>,
    profile: &str,
) -> Result<Registration, BadPublicUrl> {
    let base = base(client.base(), receiver.address(), public_url)?;
    let door = receiver.door();
    let registrar = Registrar {
        client,
        asker,
        profile,
        name: format!("onebox {profile} {}", door.mark),
        url: door.address(&base),
        base,
        secret: door.secret(),
    };
    if let Err(error) = registrar.sweep(&[]).await {
        tracing::warn!(%error, "webhooks of an earlier run could not be looked for");
    }
    let mut registration = Registration {
        hooks: Vec::new(),
        refused: Vec::new(),
    };
    for wish in WISHES {
        match registrar.grant(wish, &registration.hooks).await {
            Ok(id) => registration.hooks.push((wish.source.clone(), id)),
            Err(error) => registration.refused.push(Refused {
                source: wish.source.clone(),
                error,
            }),
        }
    }
    Ok(registration)
}

impl Registration {
    /// Whether the server reports about a source.
    pub fn covers(&self, source: &Source) -> bool {
        self.hooks.iter().any(|(known, _)| known == source)
    }

    /// The sources that it does not report about, and why.
    pub fn refused(&self) -> &[Refused] {
        &self.refused
    }

    /// Removes the webhooks, and gives back those that could not be.
    pub async fn remove(self, client: &Client, asker: &Asker) -> Vec<Leftover> {
        let removals = self.hooks.into_iter().map(async |(_, id)| {
            let error = remove(client, asker, &id).await.err()?;
            Some(Leftover { id, error })
        });
        join_all(removals).await.into_iter().flatten().collect()
    }
}

/// What to ask for about one source.
struct Wish {
    source: Source,
    best: Try,
    /// What a server may know that refuses the best.
    less: &'static [Try],
}

/// A source by a name, and the events of it; the usual ones when empty.
type Try = (Source, &'static [Event]);

const WISHES: &[Wish] = &[
    Wish {
        source: Source::Messaging,
        best: (
            Source::Messaging,
            &[
                Event::MessageReceived,
                Event::MessageRead,
                Event::MessageReaction,
                Event::MessageEdited,
                Event::MessageDeleted,
                Event::MessageDelivered,
            ],
        ),
        less: &[
            (
                Source::Messaging,
                &[
                    Event::MessageReceived,
                    Event::MessageRead,
                    Event::MessageReaction,
                ],
            ),
            (Source::Messaging, &[]),
        ],
    },
    Wish {
        source: Source::Email,
        best: (
            Source::Email,
            &[Event::MailReceived, Event::MailSent, Event::MailMoved],
        ),
        less: &[
            (Source::Email, &[Event::MailReceived, Event::MailSent]),
            (Source::Email, &[]),
        ],
    },
    Wish {
        source: Source::AccountStatus,
        best: (Source::AccountStatus, &[]),
        less: &[(Source::Accounts, &[])],
    },
    Wish {
        source: Source::Users,
        best: (Source::Users, &[Event::NewRelation]),
        less: &[(Source::Users, &[])],
    },
];

/// Tries for one webhook while the server only fails.
const TRIES: u32 = 3;
/// Wait before the second of them; twice as long before the third.
const WAIT: Duration = Duration::from_millis(500);

struct Registrar<'a> {
    client: &'a Client,
    asker: &'a Asker,
    profile: &'a str,
    name: String,
    url: String,
    base: String,
    secret: &'a str,
}

impl Registrar<'_> {
    /// Creates the best webhook for a source that the server takes. If none, its word on the best counts.
    async fn grant(&self, wish: &Wish, made: &[(Source, WebhookId)]) -> Result<WebhookId, Error> {
        let is_refusal = |error: &Error| matches!(error.status(), Some(400 | 422));
        let refusal = match self.create(&wish.best, made).await {
            Err(error) if is_refusal(&error) => error,
            answer => return answer,
        };
        for less in wish.less {
            match self.create(less, made).await {
                Err(error) if is_refusal(&error) => {}
                answer => return answer,
            }
        }
        Err(refusal)
    }

    /// Creates a webhook. When it is not known whether that was done, it is undone before it is tried again.
    async fn create(
        &self,
        (source, events): &Try,
        made: &[(Source, WebhookId)],
    ) -> Result<WebhookId, Error> {
        let header = |key: &str, value: &str| WebhookHeader {
            key: key.to_owned(),
            value: value.to_owned(),
        };
        let hook = CreateWebhook {
            name: Some(self.name.clone()),
            format: Some(WebhookFormat::Json),
            enabled: Some(true),
            headers: vec![
                header(SECRET_HEADER, self.secret),
                header("Content-Type", "application/json"),
            ],
            events: events.to_vec(),
            ..CreateWebhook::new(source.clone(), &self.url)
        };
        let patience = Patience::default();
        let mut tries = 0;
        loop {
            let call = || self.client.create_webhook(&hook);
            let error = match self.asker.ask(&CREATE_WEBHOOK, None, &patience, call).await {
                Ok(id) => return Ok(id),
                Err(error) => error,
            };
            tries += 1;
            let settled = !error.may_have_happened() || self.sweep(made).await.is_ok();
            if !settled || tries == TRIES || !error.is_retryable() {
                return Err(error);
            }
            tokio::time::sleep(WAIT * tries).await;
        }
    }

    /// Removes the webhooks of this profile but those that are to be kept.
    async fn sweep(&self, keep: &[(Source, WebhookId)]) -> Result<(), Error> {
        let patience = Patience::default();
        let mut found = Vec::new();
        let mut walk = pin!(pages(|cursor| {
            let paging = Paging {
                cursor,
                limit: Some(250),
            };
            let patience = &patience;
            async move {
                let call = || self.client.list_webhooks(&paging);
                self.asker.ask(&LIST_WEBHOOKS, None, patience, call).await
            }
        }));
        while let Some(page) = walk.next().await {
            found.extend(page?.items);
        }
        let is_kept = |hook: &Webhook| keep.iter().any(|(_, id)| *id == hook.id);
        for hook in found {
            if is_kept(&hook) || !is_ours(&hook, self.profile, &self.base) {
                continue;
            }
            match remove(self.client, self.asker, &hook.id).await {
                Ok(()) => tracing::info!(id = %hook.id, "a webhook of an earlier run is removed"),
                Err(error) => {
                    tracing::warn!(id = %hook.id, %error, "a webhook of an earlier run stays");
                }
            }
        }
        Ok(())
    }
}

/// Removes a webhook; one that is not there any more counts as removed.
async fn remove(client: &Client, asker: &Asker, id: &WebhookId) -> Result<(), Error> {
    let patience = Patience {
        tries: 3,
        total: Duration::from_secs(10),
        ..Patience::default()
    };
    let call = || client.delete_webhook(id);
    match asker.ask(&DELETE_WEBHOOK, None, &patience, call).await {
        Err(error) if error.status() == Some(404) => Ok(()),
        answer => answer,
    }
}
