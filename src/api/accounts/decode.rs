//! How accounts, their checkpoints and the answers about them are written on the wire.

use serde_json::Value;

use crate::api::fields::{Decode, Fields, Flaw};
use crate::api::words::{sendable, words};
use crate::model::account::{
    Account, AccountProxy, AccountSource, AccountStatus, Checkpoint, CodeResent, CodeSource,
    Connection, Contract, Encryption, HostedLink, LinkedinLogin, LinkedinProduct, Linking, Login,
    MailServers, Organization, PremiumFeature, Provider, ProxyProtocol, Restart, Signature, Sim,
    SlackLogin, SyncStatus,
};
use crate::model::text::clean;

sendable! { Provider AccountStatus }

words! {
    PremiumFeature { "recruiter" => Recruiter, "sales_navigator" => SalesNavigator, "premium" => Premium }
    LinkedinProduct { "classic" => Classic, "recruiter" => Recruiter, "sales_navigator" => SalesNavigator }
    ProxyProtocol { "http" => Http, "https" => Https, "socks5" => Socks5 }
    Encryption { "tls" => Tls, "ssl" => Ssl, "starttls" => Starttls, "default" => Default }
    CodeSource { "SMS" => Sms, "APP" => App }
    Restart { "AccountRestarted" => Restarted, "AccountFailedToRestart" => StillDown }
    SyncStatus {
        "SYNC_STARTED" => Started, "SYNC_RUNNING" => Running, "CHUNK_DONE" => ChunkDone, "SYNC_DONE" => Done,
        "SYNC_ERROR" => Failed, "CHAT_DELETED" => ChatDeleted,
    }
}

impl Decode for Account {
    const NAME: &'static str = "Account";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        let provider = f.need_word("type")?;
        Ok(Self {
            id: f.need("id")?.into(),
            connection: connection(&provider, f),
            provider,
            name: f.text_or_empty("name"),
            created_at: f.time("created_at"),
            current_signature: f.text("current_signature"),
            signatures: f.list("signatures"),
            groups: f.texts("groups"),
            sources: f.list("sources"),
            sync_token: f.token("sync_token"),
            last_fetched_at: f.time("last_fetched_at"),
        })
    }
}

impl Decode for AccountSource {
    const NAME: &'static str = "AccountSource";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.token("id").unwrap_or_default(),
            status: f.need_word("status")?,
        })
    }
}

impl Decode for Signature {
    const NAME: &'static str = "AccountSignature";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            title: f.text_or_empty("title"),
            content: f.text_or_empty("content"),
        })
    }
}

fn connection(provider: &Provider, f: &Fields<'_>) -> Connection {
    let unknown = || Connection::Other {
        raw: f
            .value("connection_params")
            .map(|value| clean(&without_secrets(value).to_string()))
            .unwrap_or_default(),
    };
    let Some(params) = f.inside("connection_params") else {
        return unknown();
    };
    let im = params.inside("im");
    match provider {
        Provider::Linkedin => im.map(|im| Connection::Linkedin(linkedin(&im))),
        Provider::Whatsapp => im.map(|im| Connection::Whatsapp {
            phone_number: im.text("phone_number"),
        }),
        Provider::Telegram => im.map(|im| Connection::Messaging(login(&im, "user_id"))),
        Provider::Instagram | Provider::Messenger | Provider::Twitter => {
            im.map(|im| Connection::Messaging(login(&im, "id")))
        }
        Provider::Slack => im.map(|im| Connection::Slack(slack(&im))),
        Provider::Imap | Provider::Icloud | Provider::Exchange => params
            .inside("mail")
            .map(|mail| Connection::Mailbox(mail_servers(&mail))),
        Provider::Google | Provider::Outlook => Some(Connection::Cloud {
            mail: params.inside("mail").map(|mail| login(&mail, "id")),
            calendar: params.inside("calendar").map(|it| login(&it, "id")),
        }),
        Provider::GoogleCalendar => Some(Connection::Calendar {
            name: params.text("calendar"),
        }),
        Provider::Mobile => Some(Connection::Phone {
            messages: im.map(|im| sim(&im)),
            calls: params.inside("call").map(|call| sim(&call)),
        }),
        Provider::Other(_) => None,
    }
    .unwrap_or_else(unknown)
}

fn login(f: &Fields<'_>, id: &str) -> Login {
    Login {
        id: f.token(id),
        username: f.text("username"),
    }
}

fn linkedin(f: &Fields<'_>) -> LinkedinLogin {
    LinkedinLogin {
        id: f.token("id"),
        username: f.text("username"),
        public_identifier: f.token("publicIdentifier"),
        premium_id: f.token("premiumId"),
        premium_contract_id: f.token("premiumContractId"),
        premium_features: f.words("premiumFeatures"),
        organizations: f.list("organizations"),
        proxy: f.one("proxy"),
    }
}

fn slack(f: &Fields<'_>) -> SlackLogin {
    SlackLogin {
        url: f.text("url"),
        user: f.text("user"),
        user_id: f.token("user_id"),
        team: f.text("team"),
        team_id: f.token("team_id"),
    }
}

fn mail_servers(f: &Fields<'_>) -> MailServers {
    MailServers {
        imap_host: f.text("imap_host"),
        imap_port: f.port("imap_port"),
        imap_user: f.text("imap_user"),
        imap_encryption: f.word("imap_encryption"),
        smtp_host: f.text("smtp_host"),
        smtp_port: f.port("smtp_port"),
        smtp_user: f.text("smtp_user"),
    }
}

fn sim(f: &Fields<'_>) -> Sim {
    Sim {
        phone_number: f.text("phone_number"),
        serial_number: f.token("sim_serial_number"),
    }
}

/// The value without what could be a password or a token, at any depth.
fn without_secrets(value: &Value) -> Value {
    match value {
        Value::Object(map) => map
            .iter()
            .filter(|(name, _)| {
                let name = name.to_ascii_lowercase();
                !["password", "token", "secret", "cookie", "session"]
                    .iter()
                    .any(|secret| name.contains(secret))
            })
            .map(|(name, value)| (name.clone(), without_secrets(value)))
            .collect(),
        Value::Array(items) => items.iter().map(without_secrets).collect(),
        plain => plain.clone(),
    }
}

impl Decode for Organization {
    const NAME: &'static str = "Organization";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            name: f.text("name"),
            messaging_enabled: f.flag("messaging_enabled"),
            organization_urn: f.token("organization_urn"),
            mailbox_urn: f.token("mailbox_urn"),
        })
    }
}

impl Decode for AccountProxy {
    const NAME: &'static str = "AccountProxy";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            source: f.text("source"),
            protocol: f.word("protocol"),
            host: f.text("host"),
            port: f.port("port"),
            username: f.text("username"),
        })
    }
}

impl Decode for Linking {
    const NAME: &'static str = "Linking";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        let account = f.need("account_id")?.into();
        match f.need("object")?.as_str() {
            "AccountCreated" => Ok(Self::Linked(account)),
            "AccountReconnected" => Ok(Self::Reconnected(account)),
            "Checkpoint" => Ok(Self::Checkpoint {
                account,
                checkpoint: f.need_one("checkpoint")?,
            }),
            _ => Err(f.flaw("object", "is none of the known outcomes")),
        }
    }
}

impl Decode for Checkpoint {
    const NAME: &'static str = "Checkpoint";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(match f.need("type")?.as_str() {
            "QRCODE" => Self::QrCode(f.need("qrcode")?),
            "2FA" => Self::TwoFactor {
                source: f.word("source"),
            },
            "OTP" => Self::OneTimeCode,
            "PHONE_REGISTER" => Self::PhoneNumber,
            "IN_APP_VALIDATION" => Self::InApp,
            "CAPTCHA" => Self::Captcha {
                public_key: f.token("public_key"),
                data: f.token("data"),
            },
            "CONTRACT_CHOOSER" => Self::Contract(f.list("contract_options")),
            kind => Self::Other {
                kind: clean(kind),
                raw: f.raw(),
            },
        })
    }
}

impl Decode for Contract {
    const NAME: &'static str = "Contract";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.need("id")?,
            name: f.text_or_empty("name"),
        })
    }
}

impl Decode for CodeResent {
    const NAME: &'static str = "CheckpointResend";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            account_id: f.id("account_id"),
            success: f.flag("success"),
        })
    }
}

impl Decode for HostedLink {
    const NAME: &'static str = "HostedAuthURL";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            url: clean(&f.need("url")?),
        })
    }
}

impl Decode for Restart {
    const NAME: &'static str = "AccountRestarted";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        f.need_word("object")
    }
}

impl Decode for SyncStatus {
    const NAME: &'static str = "Sync";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        f.need_word("status")
    }
}
