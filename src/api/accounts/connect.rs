//! What it takes to link an account: the login for each network, and the options that all of them share.

use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};

use crate::api::request::{Json, Request, Word as _};
use crate::api::words::words;
use crate::model::account::{Encryption, Provider, ProxyProtocol};

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

words! {
    Feature {
        "linkedin_recruiter" => LinkedinRecruiter, "linkedin_sales_navigator" => LinkedinSalesNavigator,
        "linkedin_organizations_mailboxes" => LinkedinOrganizationsMailboxes,
    }
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
            .json("proxy", Json::maybe(options.proxy.as_ref()))
            .json("sync_limit", sync_limit)
            .json(
                "disabled_features",
                Json::list_or_none(&options.disabled_features),
            )
    }

    fn write_login(&self, request: Request) -> Request {
        if let Self::Imap(login) = self {
            return login.write(request);
        }
        self.texts()
            .into_iter()
            .fold(request, |request, (name, text)| {
                request.json(name, Json::maybe(text))
            })
    }

    /// What the login consists of, under the names of the wire.
    fn texts(&self) -> Vec<(&'static str, Option<&str>)> {
        match self {
            Self::Linkedin {
                username,
                password,
                user_agent,
                recruiter_contract_id,
            } => vec![
                ("username", Some(username)),
                ("password", Some(password.expose_secret())),
                ("user_agent", user_agent.as_deref()),
                ("recruiter_contract_id", recruiter_contract_id.as_deref()),
            ],
            Self::LinkedinCookie {
                cookie,
                premium_cookie,
                user_agent,
                recruiter_contract_id,
            } => vec![
                ("access_token", Some(cookie.expose_secret())),
                ("premium_token", exposed(premium_cookie.as_ref())),
                ("user_agent", user_agent.as_deref()),
                ("recruiter_contract_id", recruiter_contract_id.as_deref()),
            ],
            Self::Whatsapp {
                pairing_phone_number,
            } => vec![("pairing_phone_number", pairing_phone_number.as_deref())],
            Self::Telegram | Self::Imap(_) => Vec::new(),
            Self::InstagramPassword {
                username,
                password,
                user_agent,
            } => vec![
                ("username", Some(username)),
                ("password", Some(password.expose_secret())),
                ("user_agent", user_agent.as_deref()),
            ],
            Self::InstagramCookie { cookie, user_agent } => vec![
                ("sessionid", Some(cookie.expose_secret())),
                ("user_agent", user_agent.as_deref()),
            ],
            Self::Messenger { username, password } => vec![
                ("username", Some(username)),
                ("password", Some(password.expose_secret())),
            ],
            Self::Twitter {
                username,
                email,
                password,
            } => vec![
                ("username", Some(username)),
                ("email", Some(email)),
                ("password", Some(password.expose_secret())),
            ],
            Self::Google {
                refresh_token,
                access_token,
            } => vec![
                ("refresh_token", Some(refresh_token.expose_secret())),
                ("access_token", Some(access_token.expose_secret())),
            ],
            Self::Outlook {
                id,
                username,
                refresh_token,
                access_token,
            } => vec![
                ("id", Some(id)),
                ("username", Some(username)),
                ("refresh_token", Some(refresh_token.expose_secret())),
                ("access_token", Some(access_token.expose_secret())),
            ],
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

impl From<&Proxy> for Json {
    fn from(proxy: &Proxy) -> Self {
        Self::object([
            ("protocol", Self::maybe(proxy.protocol.as_ref())),
            ("host", proxy.host.as_str().into()),
            ("port", proxy.port.into()),
            ("username", Self::maybe(proxy.username.as_deref())),
            ("password", Self::maybe(exposed(proxy.password.as_ref()))),
        ])
    }
}

impl SyncLimit {
    pub(super) fn mails(&self) -> Json {
        Json::maybe(self.no_old_mails.then_some("NO_HISTORY_SYNC"))
    }

    pub(super) fn messaging(&self) -> Json {
        Json::object([
            ("chats", Json::maybe(self.chats)),
            ("messages", Json::maybe(self.messages)),
        ])
        .unless_empty()
    }
}

impl From<Reach> for Json {
    fn from(reach: Reach) -> Self {
        match reach {
            Reach::Since(moment) => Self::maybe(moment.word()),
            Reach::Last(count) => count.into(),
        }
    }
}

fn exposed(value: Option<&SecretString>) -> Option<&str> {
    value.map(SecretString::expose_secret)
}
