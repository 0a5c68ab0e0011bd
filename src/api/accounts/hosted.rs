//! What the hosted connection wizard is asked for.

use jiff::Timestamp;

use super::connect::{Feature, SyncLimit};
use crate::api::request::{Json, Request, Word as _};
use crate::api::words::words;
use crate::model::account::Provider;
use crate::model::id::AccountId;

/// A wish for a link to the hosted connection wizard.
#[derive(Debug, Clone)]
pub struct HostedAuth {
    pub purpose: Purpose,
    /// The address of this same server, scheme and port included.
    pub api_url: String,
    pub expires_at: Timestamp,
    /// Free text that comes back at `notify_url`.
    pub name: Option<String>,
    pub notify_url: Option<String>,
    pub success_redirect_url: Option<String>,
    pub failure_redirect_url: Option<String>,
    pub sync_limit: SyncLimit,
    pub disabled_features: Vec<Feature>,
    /// Choices that the wizard hides.
    pub disabled_options: Vec<WizardOption>,
    /// Whether to go straight to the success redirect.
    pub bypass_success_screen: Option<bool>,
}

impl HostedAuth {
    /// A wish with nothing but what is required.
    pub fn new(purpose: Purpose, api_url: impl Into<String>, expires_at: Timestamp) -> Self {
        Self {
            purpose,
            api_url: api_url.into(),
            expires_at,
            name: None,
            notify_url: None,
            success_redirect_url: None,
            failure_redirect_url: None,
            sync_limit: SyncLimit::default(),
            disabled_features: Vec::new(),
            disabled_options: Vec::new(),
            bypass_success_screen: None,
        }
    }
}

/// What the wizard is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    Create(Offer),
    /// The account keeps its id and its history.
    Reconnect(AccountId),
}

/// Which networks the wizard offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offer {
    Everything,
    Mailing,
    Messaging,
    Only(Vec<Provider>),
}

/// A choice of the wizard.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum WizardOption {
    Proxy,
    CookieAuth,
    CredentialsAuth,
    Other(String),
}

words! {
    WizardOption { "proxy" => Proxy, "cookie_auth" => CookieAuth, "credentials_auth" => CredentialsAuth }
}

impl HostedAuth {
    /// Puts the wish into the body of a request.
    pub(super) fn write(&self, request: Request) -> Request {
        let request = match &self.purpose {
            Purpose::Create(offer) => request.json("type", "create").json("providers", offer),
            Purpose::Reconnect(account) => request
                .json("type", "reconnect")
                .json("reconnect_account", account.as_str()),
        };
        request
            .json("api_url", self.api_url.as_str())
            .json("expiresOn", Json::maybe(self.expires_at.word()))
            .json("name", Json::maybe(self.name.as_deref()))
            .json("notify_url", Json::maybe(self.notify_url.as_deref()))
            .json(
                "success_redirect_url",
                Json::maybe(self.success_redirect_url.as_deref()),
            )
            .json(
                "failure_redirect_url",
                Json::maybe(self.failure_redirect_url.as_deref()),
            )
            .json("sync_limit", sync_limit(&self.sync_limit))
            .json(
                "disabled_features",
                Json::list_or_none(&self.disabled_features),
            )
            .json(
                "disabled_options",
                Json::list_or_none(&self.disabled_options),
            )
            .json(
                "bypass_success_screen",
                Json::maybe(self.bypass_success_screen),
            )
    }
}

impl From<&Offer> for Json {
    fn from(offer: &Offer) -> Self {
        match offer {
            Offer::Everything => "*".into(),
            Offer::Mailing => "*:MAILING".into(),
            Offer::Messaging => "*:MESSAGING".into(),
            Offer::Only(providers) => Self::list(providers.iter().map(|provider| match provider {
                // The wizard alone calls it so.
                Provider::Google => "GOOGLE".into(),
                other => Self::from(other),
            })),
        }
    }
}

/// The wizard links both kinds of account, each with a limit of its own.
fn sync_limit(limit: &SyncLimit) -> Json {
    Json::object([("MAILING", limit.mails()), ("MESSAGING", limit.messaging())]).unless_empty()
}
