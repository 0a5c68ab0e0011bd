//! What it takes to link an account: the login for each network, the options all of them share, and the wizard's.

use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Map, Value, json};

use crate::api::request::{Json, Request, Word as _};
use crate::api::words::{Wire, words};
use crate::model::account::{Encryption, Provider, ProxyProtocol};
use crate::model::id::AccountId;

/// The login with which an account is linked or linked again.
#[derive(Debug, Clone)]
pub enum Connect {
    Linkedin {
        /// Mail address or phone number.
        username: String,
        password: SecretString,
        /// Browser to imitate; helps against disconnections.
        user_agent: Option<String>,
        recruiter_contract_id: Option<String>,
    },
    LinkedinCookie {
        /// Value of the `li_at` cookie.
        cookie: SecretString,
        /// Value of the `li_a` cookie; needed for Recruiter and Sales Navigator.
        premium_cookie: Option<SecretString>,
        user_agent: Option<String>,
        recruiter_contract_id: Option<String>,
    },
    /// Answered by a QR code, or by a code for pairing where a phone number is given.
    Whatsapp {
        pairing_phone_number: Option<String>,
    },
    /// Answered by a QR code.
    Telegram,
    InstagramPassword {
        username: String,
        password: SecretString,
        user_agent: Option<String>,
    },
    InstagramCookie {
        /// Value of the `sessionid` cookie.
        cookie: SecretString,
        user_agent: Option<String>,
    },
    Messenger {
        username: String,
        password: SecretString,
    },
    Twitter {
        username: String,
        email: String,
        password: SecretString,
    },
    Imap(Box<ImapLogin>),
    Google {
        refresh_token: SecretString,
        access_token: SecretString,
    },
    Outlook {
        id: String,
        username: String,
        refresh_token: SecretString,
        access_token: SecretString,
    },
}

/// The servers of a mailbox and the logins for them.
#[derive(Debug, Clone)]
pub struct ImapLogin {
    pub imap_host: String,
    pub imap_port: u16,
    pub imap_encryption: Encryption,
    pub imap_user: String,
    pub imap_password: SecretString,
    pub smtp_host: String,
    pub smtp_port: u16,
    pub smtp_user: String,
    pub smtp_password: SecretString,
}

/// What can be said about any account that is linked.
#[derive(Debug, Clone, Default)]
pub struct ConnectOptions {
    /// Two-letter country of the proxy that the server should pick.
    pub country: Option<String>,
    /// IPv4 address near which the server should pick a proxy.
    pub ip: Option<String>,
    pub proxy: Option<Proxy>,
    pub sync_limit: SyncLimit,
    pub disabled_features: Vec<Feature>,
}

/// A proxy of one's own.
#[derive(Debug, Clone)]
pub struct Proxy {
    pub protocol: Option<ProxyProtocol>,
    pub host: String,
    pub port: u16,
    pub username: Option<String>,
    pub password: Option<SecretString>,
}

/// How far back the first sync goes; all of it when nothing is said. Networks differ in what they heed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SyncLimit {
    /// Fetch no old mails at all. Mailboxes know nothing in between.
    pub no_old_mails: bool,
    /// How many chats of each inbox.
    pub chats: Option<Reach>,
    /// How many messages of each chat.
    pub messages: Option<Reach>,
}

/// How far back something reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    Since(Timestamp),
    /// A quantity; 0 means nothing old.
    Last(u32),
}

/// A part of an account that can be left out.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Feature {
    LinkedinRecruiter,
    LinkedinSalesNavigator,
    LinkedinOrganizationsMailboxes,
    Other(String),
}

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
    Feature {
        "linkedin_recruiter" => LinkedinRecruiter, "linkedin_sales_navigator" => LinkedinSalesNavigator,
        "linkedin_organizations_mailboxes" => LinkedinOrganizationsMailboxes,
    }
    WizardOption { "proxy" => Proxy, "cookie_auth" => CookieAuth, "credentials_auth" => CredentialsAuth }
}

impl Connect {
    /// Which network this logs in to.
    pub fn provider(&self) -> Provider {
        match self {
            Self::Linkedin { .. } | Self::LinkedinCookie { .. } => Provider::Linkedin,
            Self::Whatsapp { .. } => Provider::Whatsapp,
            Self::Telegram => Provider::Telegram,
            Self::InstagramPassword { .. } | Self::InstagramCookie { .. } => Provider::Instagram,
            Self::Messenger { .. } => Provider::Messenger,
            Self::Twitter { .. } => Provider::Twitter,
            Self::Imap(_) => Provider::Imap,
            Self::Google { .. } => Provider::Google,
            Self::Outlook { .. } => Provider::Outlook,
        }
    }

    /// Puts the login and its options into the body of a request.
    pub(super) fn write(&self, request: Request, options: &ConnectOptions) -> Request {
        let sync_limit = match self {
            Self::Imap(_) | Self::Google { .. } | Self::Outlook { .. } => {
                options.sync_limit.mails()
            }
            _ => options.sync_limit.messaging(),
        };
        self.write_login(request.json("provider", &self.provider()))
            .json("country", Json::maybe(options.country.as_deref()))
            .json("ip", Json::maybe(options.ip.as_deref()))
            .json("proxy", Json(options.proxy.as_ref().map(Proxy::to_json)))
            .json("sync_limit", Json(sync_limit))
            .json("disabled_features", words_json(&options.disabled_features))
    }

    fn write_login(&self, request: Request) -> Request {
        match self {
            Self::Linkedin {
                username,
                password,
                user_agent,
                recruiter_contract_id,
            } => request
                .json("username", username.as_str())
                .json("password", password.expose_secret())
                .json("user_agent", Json::maybe(user_agent.as_deref()))
                .json(
                    "recruiter_contract_id",
                    Json::maybe(recruiter_contract_id.as_deref()),
                ),
            Self::LinkedinCookie {
                cookie,
                premium_cookie,
                user_agent,
                recruiter_contract_id,
            } => request
                .json("access_token", cookie.expose_secret())
                .json("premium_token", secret(premium_cookie.as_ref()))
                .json("user_agent", Json::maybe(user_agent.as_deref()))
                .json(
                    "recruiter_contract_id",
                    Json::maybe(recruiter_contract_id.as_deref()),
                ),
            Self::Whatsapp {
                pairing_phone_number,
            } => request.json(
                "pairing_phone_number",
                Json::maybe(pairing_phone_number.as_deref()),
            ),
            Self::Telegram => request,
            Self::InstagramPassword {
                username,
                password,
                user_agent,
            } => request
                .json("username", username.as_str())
                .json("password", password.expose_secret())
                .json("user_agent", Json::maybe(user_agent.as_deref())),
            Self::InstagramCookie { cookie, user_agent } => request
                .json("sessionid", cookie.expose_secret())
                .json("user_agent", Json::maybe(user_agent.as_deref())),
            Self::Messenger { username, password } => request
                .json("username", username.as_str())
                .json("password", password.expose_secret()),
            Self::Twitter {
                username,
                email,
                password,
            } => request
                .json("username", username.as_str())
                .json("email", email.as_str())
                .json("password", password.expose_secret()),
            Self::Imap(login) => login.write(request),
            Self::Google {
                refresh_token,
                access_token,
            } => request
                .json("refresh_token", refresh_token.expose_secret())
                .json("access_token", access_token.expose_secret()),
            Self::Outlook {
                id,
                username,
                refresh_token,
                access_token,
            } => request
                .json("id", id.as_str())
                .json("username", username.as_str())
                .json("refresh_token", refresh_token.expose_secret())
                .json("access_token", access_token.expose_secret()),
        }
    }
}

impl ImapLogin {
    fn write(&self, request: Request) -> Request {
        request
            .json("imap_host", self.imap_host.as_str())
            .json("imap_port", self.imap_port)
            .json("imap_encryption", &self.imap_encryption)
            .json("imap_user", self.imap_user.as_str())
            .json("imap_password", self.imap_password.expose_secret())
            .json("smtp_host", self.smtp_host.as_str())
            .json("smtp_port", self.smtp_port)
            .json("smtp_user", self.smtp_user.as_str())
            .json("smtp_password", self.smtp_password.expose_secret())
    }
}

impl Proxy {
    fn to_json(&self) -> Value {
        object([
            ("protocol", Json(self.protocol.as_ref().map(word))),
            ("host", self.host.as_str().into()),
            ("port", self.port.into()),
            ("username", Json::maybe(self.username.as_deref())),
            ("password", secret(self.password.as_ref())),
        ])
    }
}

impl SyncLimit {
    fn mails(&self) -> Option<Value> {
        self.no_old_mails.then(|| json!("NO_HISTORY_SYNC"))
    }

    fn messaging(&self) -> Option<Value> {
        let limits = object([
            ("chats", Json(self.chats.map(Reach::to_json))),
            ("messages", Json(self.messages.map(Reach::to_json))),
        ]);
        (limits != json!({})).then_some(limits)
    }

    fn both(&self) -> Option<Value> {
        let limits = object([
            ("MAILING", Json(self.mails())),
            ("MESSAGING", Json(self.messaging())),
        ]);
        (limits != json!({})).then_some(limits)
    }
}

impl Reach {
    fn to_json(self) -> Value {
        match self {
            Self::Since(moment) => json!(moment.word()),
            Self::Last(count) => json!(count),
        }
    }
}

impl HostedAuth {
    /// Puts the wish into the body of a request.
    pub(super) fn write(&self, request: Request) -> Request {
        let request = match &self.purpose {
            Purpose::Create(offer) => request
                .json("type", "create")
                .json("providers", offer.to_json()),
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
            .json("sync_limit", Json(self.sync_limit.both()))
            .json("disabled_features", words_json(&self.disabled_features))
            .json("disabled_options", words_json(&self.disabled_options))
            .json(
                "bypass_success_screen",
                Json::maybe(self.bypass_success_screen),
            )
    }
}

impl Offer {
    fn to_json(&self) -> Value {
        match self {
            Self::Everything => json!("*"),
            Self::Mailing => json!("*:MAILING"),
            Self::Messaging => json!("*:MESSAGING"),
            Self::Only(providers) => providers
                .iter()
                .map(|provider| match provider {
                    // The wizard alone calls it so.
                    Provider::Google => json!("GOOGLE"),
                    other => word(other),
                })
                .collect(),
        }
    }
}

fn secret(value: Option<&SecretString>) -> Json {
    Json::maybe(value.map(|secret| secret.expose_secret()))
}

fn word(value: &impl Wire) -> Value {
    Value::String(value.to_wire().into_owned())
}

/// Words as a list, absent when there are none.
fn words_json(words: &[impl Wire]) -> Json {
    Json((!words.is_empty()).then(|| words.iter().map(word).collect()))
}

/// An object of those values that are there.
fn object<const N: usize>(fields: [(&str, Json); N]) -> Value {
    let map: Map<String, Value> = fields
        .into_iter()
        .filter_map(|(name, Json(value))| Some((name.to_owned(), value?)))
        .collect();
    Value::Object(map)
}
