//! Tests of the accounts area, on the examples of the contract.

use serde_json::{Value, json};

use super::*;
use crate::api::contract::{
    every_field_counts, items, json_body, keeps_to_contract, one, ones, whole,
};
use crate::model::account::{AccountStatus, Checkpoint, CodeSource, Connection, Encryption};

fn secret() -> SecretString {
    SecretString::from("hunter2")
}

fn imap() -> Connect {
    Connect::Imap(Box::new(ImapLogin {
        imap_host: "imap.example.org".into(),
        imap_port: 993,
        imap_encryption: Encryption::Tls,
        imap_user: "sam".into(),
        imap_password: secret(),
        smtp_host: "smtp.example.org".into(),
        smtp_port: 465,
        smtp_user: "sam".into(),
        smtp_password: secret(),
    }))
}

fn every_login() -> Vec<Connect> {
    let username = || "sam".to_owned();
    vec![
        Connect::Linkedin {
            username: username(),
            password: secret(),
            user_agent: Some("Browser/1".into()),
            recruiter_contract_id: Some("7".into()),
        },
        Connect::LinkedinCookie {
            cookie: secret(),
            premium_cookie: Some(secret()),
            user_agent: None,
            recruiter_contract_id: None,
        },
        Connect::Whatsapp {
            pairing_phone_number: Some("33600000001".into()),
        },
        Connect::Telegram,
        Connect::InstagramPassword {
            username: username(),
            password: secret(),
            user_agent: None,
        },
        Connect::InstagramCookie {
            cookie: secret(),
            user_agent: Some("Browser/1".into()),
        },
        Connect::Messenger {
            username: username(),
            password: secret(),
        },
        Connect::Twitter {
            username: username(),
            email: "sam@example.com".into(),
            password: secret(),
        },
        imap(),
        Connect::Google {
            refresh_token: secret(),
            access_token: secret(),
        },
        Connect::Outlook {
            id: "1".into(),
            username: username(),
            refresh_token: secret(),
            access_token: secret(),
        },
    ]
}

fn every_option() -> ConnectOptions {
    ConnectOptions {
        country: Some("FR".into()),
        ip: Some("203.0.113.7".into()),
        proxy: Some(Proxy {
            protocol: Some(crate::model::account::ProxyProtocol::Socks5),
            host: "proxy.example.org".into(),
            port: 1080,
            username: None,
            password: Some(secret()),
        }),
        sync_limit: SyncLimit {
            no_old_mails: true,
            chats: Some(Reach::Last(20)),
            messages: Some(Reach::Since("2026-01-01T00:00:00Z".parse().unwrap())),
        },
        disabled_features: vec![Feature::LinkedinRecruiter],
    }
}

fn connect(login: &Connect, options: &ConnectOptions) -> Request {
    login.write(Request::to(&rows::CONNECT_ACCOUNT), options)
}

#[test]
fn every_example_of_the_contract_is_read() {
    let accounts = items::<Account>(&rows::LIST_ACCOUNTS);
    let statuses: Vec<_> = accounts
        .iter()
        .map(|it| (&it.provider, it.status()))
        .collect();
    assert_eq!(
        statuses,
        [
            (&Provider::Linkedin, &AccountStatus::Ok),
            (&Provider::Whatsapp, &AccountStatus::Ok),
            (&Provider::Google, &AccountStatus::Ok),
            (&Provider::Telegram, &AccountStatus::Credentials),
        ]
    );
    assert!(
        accounts
            .iter()
            .all(|it| !matches!(it.connection, Connection::Other { .. }))
    );
    assert!(accounts.iter().all(|it| it.created_at.is_some()));
    one::<Account>(&rows::GET_ACCOUNT);
    assert_eq!(
        one::<SyncStatus>(&rows::RESYNC_ACCOUNT),
        SyncStatus::Started
    );
    assert_eq!(one::<Restart>(&rows::RESTART_ACCOUNT), Restart::Restarted);
    assert_eq!(
        one::<CodeResent>(&rows::RESEND_CHECKPOINT).success,
        Some(true)
    );
    assert!(
        one::<HostedLink>(&rows::CREATE_HOSTED_AUTH_LINK)
            .url
            .starts_with("https://")
    );
}

#[test]
fn every_field_of_the_contract_reaches_the_model() {
    for network in [
        "Linkedin",
        "Whatsapp",
        "Telegram",
        "Instagram",
        "Messenger",
        "Twitter",
        "Slack",
        "Mail",
        "Google",
        "Outlook",
        "ICloud",
        "Exchange",
        "GoogleCalendar",
        "Mobile",
    ] {
        every_field_counts::<Account>(&format!("Account{network}"), &["password"]);
    }
}

#[test]
fn linking_ends_well_or_at_any_of_the_checkpoints() {
    let id = AccountId::from("kT3vQ9sRTz2mWn8LpYc4Aw");
    assert_eq!(
        ones::<Linking>(&rows::CONNECT_ACCOUNT)[0],
        Linking::Linked(id)
    );
    assert_eq!(
        ones::<Linking>(&rows::RECONNECT_ACCOUNT)[0],
        Linking::Reconnected("p0Xe7LhUQd6bFqZ1yNs9Jg".into())
    );
    let mut steps: Vec<Checkpoint> = ones(&rows::SOLVE_CHECKPOINT)
        .into_iter()
        .filter_map(|linking| match linking {
            Linking::Checkpoint {
                account,
                checkpoint,
            } => {
                assert_eq!(account.as_str(), "p0Xe7LhUQd6bFqZ1yNs9Jg");
                Some(checkpoint)
            }
            Linking::Linked(_) | Linking::Reconnected(_) => None,
        })
        .collect();
    steps.retain(|step| match step {
        Checkpoint::QrCode(text) => text != "2@ExampleQrText,Abc=,Def=,Ghi=",
        Checkpoint::TwoFactor { source } => *source != Some(CodeSource::App),
        Checkpoint::Contract(contracts) => contracts.is_empty(),
        Checkpoint::Captcha { public_key, data } => public_key.is_none() || data.is_none(),
        Checkpoint::OneTimeCode | Checkpoint::PhoneNumber | Checkpoint::InApp => false,
        Checkpoint::Other { .. } => true,
    });
    assert_eq!(steps, []);
    assert_eq!(ones::<Linking>(&rows::SOLVE_CHECKPOINT).len(), 8);
}

#[test]
fn what_is_unknown_is_kept_without_its_secrets() {
    let account: Account = whole(&json!({
        "object": "Account", "type": "PIGEON", "id": "a", "name": "Loft", "created_at": "2026-01-12T09:30:00.000Z",
        "connection_params": {"loft": {"city": "Ghent", "access_token": "t", "proxy": [{"password": "p"}]}},
        "sources": [{"id": "a_X", "status": "MOULTING"}, {"id": "a_Y", "status": "OK"}],
    }));
    assert_eq!(account.provider, Provider::Other("PIGEON".into()));
    assert_eq!(account.status(), &AccountStatus::Other("MOULTING".into()));
    let raw = r#"{"loft":{"city":"Ghent","proxy":[{}]}}"#.to_owned();
    assert_eq!(account.connection, Connection::Other { raw });

    let linking: Linking = whole(&json!({
        "object": "Checkpoint", "account_id": "a", "checkpoint": {"type": "RIDDLE", "hint": "wings"},
    }));
    let Linking::Checkpoint {
        checkpoint: Checkpoint::Other { kind, raw },
        ..
    } = linking
    else {
        panic!("{linking:?}");
    };
    assert_eq!((kind.as_str(), raw.contains("wings")), ("RIDDLE", true));

    let down: Restart = whole(&json!({"object": "AccountFailedToRestart"}));
    assert_eq!(down, Restart::StillDown);
}

#[test]
fn the_proxy_of_an_account_comes_without_its_password() {
    let account: Account = whole(&json!({
        "type": "LINKEDIN", "id": "a", "name": "Sam", "sources": [],
        "connection_params": {"im": {"id": "ACo", "username": "Sam", "premiumFeatures": ["recruiter", "new"],
            "proxy": {"host": "h", "port": 1080, "protocol": "socks5", "username": "u", "password": "hunter2"}}},
    }));
    assert!(!format!("{account:?}").contains("hunter2"));
    let Connection::Linkedin(login) = &account.connection else {
        panic!("{account:?}");
    };
    assert_eq!(
        login.proxy.as_ref().and_then(|proxy| proxy.port),
        Some(1080)
    );
    assert_eq!(login.premium_features.len(), 2);
    assert_eq!(account.status(), &AccountStatus::Connecting);
}

#[test]
fn every_login_is_written_as_the_contract_wants_it_and_never_shown() {
    for login in every_login() {
        let request = connect(&login, &every_option());
        keeps_to_contract(&request);
        assert!(json_body(&request)["provider"].is_string());
        assert!(!format!("{login:?} {:?} {request:?}", every_option()).contains("hunter2"));
    }
    let mail = json_body(&connect(&imap(), &every_option()));
    assert_eq!(mail["sync_limit"], "NO_HISTORY_SYNC");
    assert_eq!(mail["imap_password"], "hunter2");
    let chat = json_body(&connect(&Connect::Telegram, &every_option()));
    assert_eq!(
        chat["sync_limit"],
        json!({"chats": 20, "messages": "2026-01-01T00:00:00.000Z"})
    );
    let bare = json_body(&connect(&Connect::Telegram, &ConnectOptions::default()));
    assert_eq!(bare, json!({"provider": "TELEGRAM"}));
}

#[test]
fn the_other_calls_keep_to_the_contract() {
    let id = AccountId::from("a");
    let params = ResyncAccount {
        linkedin_product: Some(LinkedinProduct::Recruiter),
        after: Some("2026-03-02T08:15:30.120Z".parse().unwrap()),
        before: None,
        partial: Some(true),
        chunk_size: Some(10),
    };
    let request = resync(&id, &params);
    keeps_to_contract(&request);
    assert!(
        request
            .query
            .contains(&("after".into(), "1772439330120".into()))
    );
    keeps_to_contract(&solve(&id, &Provider::Linkedin, &secret()));
    keeps_to_contract(&resend(&id, &Provider::Linkedin));
}

#[test]
fn the_wizard_is_asked_to_create_or_to_reconnect() {
    let at = "2026-03-02T08:15:30Z".parse().unwrap();
    let write = |wish: &HostedAuth| -> Value {
        let request = wish.write(Request::to(&rows::CREATE_HOSTED_AUTH_LINK));
        keeps_to_contract(&request);
        json_body(&request)
    };
    let offer = Offer::Only(vec![Provider::Google, Provider::Imap]);
    let mut wish = HostedAuth::new(Purpose::Create(offer), "https://api1.example.org:13111", at);
    wish.sync_limit.no_old_mails = true;
    wish.disabled_options = vec![WizardOption::Proxy];
    wish.bypass_success_screen = Some(true);
    assert_eq!(
        write(&wish),
        json!({
            "type": "create", "providers": ["GOOGLE", "MAIL"], "api_url": "https://api1.example.org:13111",
            "expiresOn": "2026-03-02T08:15:30.000Z", "sync_limit": {"MAILING": "NO_HISTORY_SYNC"},
            "disabled_options": ["proxy"], "bypass_success_screen": true,
        })
    );
    let wish = HostedAuth::new(Purpose::Reconnect("a".into()), "https://x", at);
    assert_eq!(write(&wish)["reconnect_account"], "a");
    assert_eq!(write(&wish).get("providers"), None);
}
