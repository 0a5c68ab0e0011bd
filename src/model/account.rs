//! Linked accounts: who they belong to, how they are doing, and the steps of linking one.

use jiff::Timestamp;

use super::id::AccountId;

/// One linked account.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    pub id: AccountId,
    pub provider: Provider,
    /// Label chosen by the server: a user name, a phone number or a mail address.
    pub name: String,
    pub created_at: Option<Timestamp>,
    pub connection: Connection,
    /// Title of the signature in use.
    pub current_signature: Option<String>,
    pub signatures: Vec<Signature>,
    pub groups: Vec<String>,
    pub sources: Vec<AccountSource>,
    /// Google Calendar only.
    pub sync_token: Option<String>,
    /// Phones only.
    pub last_fetched_at: Option<Timestamp>,
}

impl Account {
    /// How the account is doing: the worst of its sources. One without any is still being set up.
    pub fn status(&self) -> &AccountStatus {
        self.sources
            .iter()
            .map(|source| &source.status)
            .max_by_key(|status| status.severity())
            .unwrap_or(&AccountStatus::Connecting)
    }
}

/// One data source of an account, such as its messages or its mails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountSource {
    pub id: String,
    pub status: AccountStatus,
}

/// How a source, or a whole account, is doing.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum AccountStatus {
    Ok,
    /// Starting or catching up.
    Connecting,
    /// Paused; a restart helps.
    Stopped,
    /// Stopped on an unexpected error.
    Error,
    /// A permission is missing.
    Permissions,
    /// The login has expired or was refused.
    Credentials,
    Other(String),
}

impl AccountStatus {
    /// Higher is worse: what heals by itself is below what needs a restart, and that below a new login.
    fn severity(&self) -> u8 {
        match self {
            Self::Ok => 0,
            Self::Connecting => 1,
            Self::Other(_) => 2,
            Self::Stopped => 3,
            Self::Error => 4,
            Self::Permissions => 5,
            Self::Credentials => 6,
        }
    }
}

/// Where an account, a chat or a mail comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Provider {
    Linkedin,
    Whatsapp,
    Telegram,
    Instagram,
    Messenger,
    /// X.
    Twitter,
    Slack,
    /// Any mailbox over IMAP and SMTP.
    Imap,
    Google,
    Outlook,
    Icloud,
    Exchange,
    GoogleCalendar,
    /// A phone with its text messages and calls.
    Mobile,
    Other(String),
}

impl Provider {
    /// The name people know it by.
    pub fn label(&self) -> &str {
        match self {
            Self::Linkedin => "LinkedIn",
            Self::Whatsapp => "WhatsApp",
            Self::Telegram => "Telegram",
            Self::Instagram => "Instagram",
            Self::Messenger => "Messenger",
            Self::Twitter => "X",
            Self::Slack => "Slack",
            Self::Imap => "E-mail",
            Self::Google => "Google",
            Self::Outlook => "Outlook",
            Self::Icloud => "iCloud",
            Self::Exchange => "Exchange",
            Self::GoogleCalendar => "Google Calendar",
            Self::Mobile => "Phone",
            Self::Other(word) => word,
        }
    }
}

/// A signature stored with the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    pub title: String,
    pub content: String,
}

/// What an account is connected to.
#[derive(Debug, Clone, PartialEq)]
pub enum Connection {
    Linkedin(LinkedinLogin),
    Whatsapp {
        phone_number: Option<String>,
    },
    /// Telegram, Instagram, Messenger and X.
    Messaging(Login),
    Slack(SlackLogin),
    Mailbox(MailServers),
    /// Google and Outlook; the calendar is there when its scopes were granted.
    Cloud {
        mail: Option<Login>,
        calendar: Option<Login>,
    },
    Calendar {
        name: Option<String>,
    },
    Phone {
        messages: Option<Sim>,
        calls: Option<Sim>,
    },
    /// A type this version does not know; its JSON text without passwords and tokens.
    Other {
        raw: String,
    },
}

/// A user of a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// The owner's own id at the network.
    pub id: Option<String>,
    pub username: Option<String>,
}

/// The LinkedIn side of an account.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkedinLogin {
    /// The owner's own provider id.
    pub id: Option<String>,
    pub username: Option<String>,
    pub public_identifier: Option<String>,
    pub premium_id: Option<String>,
    pub premium_contract_id: Option<String>,
    /// Decides through which LinkedIn products the account may write.
    pub premium_features: Vec<PremiumFeature>,
    /// Company pages whose mailbox is synced too.
    pub organizations: Vec<Organization>,
    pub proxy: Option<AccountProxy>,
}

/// A paid LinkedIn product.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PremiumFeature {
    Recruiter,
    SalesNavigator,
    Premium,
    Other(String),
}

/// One of LinkedIn's products; each has its own inbox.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum LinkedinProduct {
    Classic,
    Recruiter,
    SalesNavigator,
    Other(String),
}

/// A company page of the account's owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    pub name: Option<String>,
    pub messaging_enabled: Option<bool>,
    pub organization_urn: Option<String>,
    pub mailbox_urn: Option<String>,
}

/// The proxy an account goes through. The server also sends its password; that is never kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountProxy {
    /// Who chose it, such as `USER`.
    pub source: Option<String>,
    pub protocol: Option<ProxyProtocol>,
    pub host: Option<String>,
    pub port: Option<u16>,
    pub username: Option<String>,
}

/// What a proxy speaks.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ProxyProtocol {
    Http,
    Https,
    Socks5,
    Other(String),
}

/// A user of a Slack workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlackLogin {
    pub url: Option<String>,
    pub user: Option<String>,
    pub user_id: Option<String>,
    pub team: Option<String>,
    pub team_id: Option<String>,
}

/// The servers of a mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailServers {
    pub imap_host: Option<String>,
    pub imap_port: Option<u16>,
    pub imap_user: Option<String>,
    pub imap_encryption: Option<Encryption>,
    pub smtp_host: Option<String>,
    pub smtp_port: Option<u16>,
    pub smtp_user: Option<String>,
}

/// How the connection to a mail server is protected.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Encryption {
    Tls,
    Ssl,
    Starttls,
    Default,
    Other(String),
}

/// A SIM card of a phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sim {
    pub phone_number: Option<String>,
    pub serial_number: Option<String>,
}

/// What became of an attempt to link an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Linking {
    Linked(AccountId),
    Reconnected(AccountId),
    /// One more step is needed; the id is needed to take it.
    Checkpoint {
        account: AccountId,
        checkpoint: Checkpoint,
    },
}

/// A step that the owner of an account has to take before it is linked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Checkpoint {
    /// Text to draw as a QR code; it ages quickly.
    QrCode(String),
    /// A code from an app or a text message.
    TwoFactor { source: Option<CodeSource> },
    /// A one-time code that the network has sent.
    OneTimeCode,
    /// A phone number, country code in brackets first, such as `(+33)600000001`.
    PhoneNumber,
    /// A confirmation inside the network's own app.
    InApp,
    /// A riddle that could not be solved automatically.
    Captcha {
        public_key: Option<String>,
        data: Option<String>,
    },
    /// The choice of a Recruiter contract; the answer is its id.
    Contract(Vec<Contract>),
    /// A step this version does not know, as JSON text.
    Other { kind: String, raw: String },
}

/// Where a two-factor code comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum CodeSource {
    Sms,
    App,
    Other(String),
}

/// A Recruiter contract to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    pub id: String,
    pub name: String,
}

/// What became of the wish for another checkpoint code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeResent {
    pub account_id: Option<AccountId>,
    /// Whether a new code is on its way, where the server tells.
    pub success: Option<bool>,
}

/// A link to the hosted connection wizard. It dies at its expiry or at the next daily restart of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostedLink {
    pub url: String,
}

/// What became of a restart.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Restart {
    Restarted,
    /// The server answers, but the account does not run.
    StillDown,
    Other(String),
}

/// How far the fetching of old messages is. Asking again after `Done` or `Failed` starts over.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum SyncStatus {
    Started,
    Running,
    /// One part is there, more follows.
    ChunkDone,
    Done,
    Failed,
    /// The chat does not exist any more.
    ChatDeleted,
    Other(String),
}
