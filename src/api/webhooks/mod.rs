//! Webhooks: where the server reports events.

mod decode;
mod delivery;
#[cfg(test)]
mod delivery_tests;
#[cfg(test)]
mod tests;

pub use delivery::{BadDelivery, read_delivery};

use super::client::Client;
use super::error::Result;
use super::fields::{Decode, Fields, Flaw};
use super::operations::webhooks as rows;
use super::page::{Page, Paging};
use super::request::{Json, Request};
use crate::model::id::{AccountId, WebhookId};
use crate::model::webhook::{
    Webhook, WebhookEvent, WebhookField, WebhookFormat, WebhookHeader, WebhookSource,
};

/// A webhook to create.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateWebhook {
    pub source: WebhookSource,
    pub request_url: String,
    /// Comes back with every event.
    pub name: Option<String>,
    pub format: Option<WebhookFormat>,
    /// All accounts, future ones too, when empty.
    pub account_ids: Vec<AccountId>,
    pub enabled: Option<bool>,
    /// Sent with every event, and the only proof of where it comes from. The content type is not set unless here.
    pub headers: Vec<WebhookHeader>,
    pub data: Vec<WebhookField>,
    /// The usual ones of the source when empty.
    pub events: Vec<WebhookEvent>,
}

impl CreateWebhook {
    /// A webhook for all accounts and the usual events of a source.
    pub fn new(source: WebhookSource, request_url: impl Into<String>) -> Self {
        Self {
            source,
            request_url: request_url.into(),
            name: None,
            format: None,
            account_ids: Vec::new(),
            enabled: None,
            headers: Vec::new(),
            data: Vec::new(),
            events: Vec::new(),
        }
    }
}

impl Client {
    /// Lists the webhooks.
    pub async fn list_webhooks(&self, paging: &Paging) -> Result<Page<Webhook>> {
        self.page(&Request::to(&rows::LIST_WEBHOOKS).page(paging))
            .await
    }

    /// Creates a webhook.
    pub async fn create_webhook(&self, params: &CreateWebhook) -> Result<WebhookId> {
        let Created(id) = self.one(&create(params)).await?;
        Ok(id)
    }

    /// Deletes a webhook.
    pub async fn delete_webhook(&self, id: &WebhookId) -> Result<()> {
        self.done(&Request::to(&rows::DELETE_WEBHOOK).path("webhook_id", id))
            .await
    }
}

fn create(params: &CreateWebhook) -> Request {
    Request::to(&rows::CREATE_WEBHOOK)
        .json("source", &params.source)
        .json("request_url", params.request_url.as_str())
        .json("name", Json::maybe(params.name.as_deref()))
        .json("format", Json::maybe(params.format.as_ref()))
        .json(
            "account_ids",
            Json::list_or_none(params.account_ids.iter().map(AccountId::as_str)),
        )
        .json("enabled", Json::maybe(params.enabled))
        .json("headers", Json::list_or_none(&params.headers))
        .json("data", Json::list_or_none(&params.data))
        .json("events", Json::list_or_none(&params.events))
}

impl From<&WebhookHeader> for Json {
    fn from(header: &WebhookHeader) -> Self {
        Self::object([
            ("key", header.key.as_str().into()),
            ("value", header.value.as_str().into()),
        ])
    }
}

impl From<&WebhookField> for Json {
    fn from(field: &WebhookField) -> Self {
        Self::object([
            ("name", field.name.as_str().into()),
            ("key", field.key.as_str().into()),
        ])
    }
}

struct Created(WebhookId);

impl Decode for Created {
    const NAME: &'static str = "WebhookCreated";

    fn decode(f: &Fields<'_>) -> std::result::Result<Self, Flaw> {
        Ok(Self(f.need("webhook_id")?.into()))
    }
}
