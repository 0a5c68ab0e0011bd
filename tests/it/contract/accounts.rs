//! Accounts: how they are linked step by step, how they are doing, the hosted wizard.

use std::time::Duration;

use onebox::api::Paging;
use onebox::api::accounts::{
    Connect, ConnectOptions, Feature, HostedAuth, ImapLogin, Offer, Proxy, Purpose, Reach,
    ResyncAccount, SyncLimit, TRY_ANOTHER_WAY, WizardOption,
};
use onebox::api::operation::Area;
use onebox::model::account::{
    AccountStatus, Checkpoint, Encryption, LinkedinProduct, Linking, Provider, ProxyProtocol,
    Restart, SyncStatus,
};
use onebox::model::id::AccountId;
use secrecy::SecretString;

use super::{Scene, after, limit, refused, some};

#[tokio::test]
async fn accounts_keep_to_the_contract() {
    let scene = Scene::open().await;
    accounts_are_listed_and_read(&scene).await;
    every_login_is_understood(&scene).await;
    checkpoints_lead_to_an_account(&scene).await;
    a_code_is_scanned(&scene).await;
    a_lost_login_is_given_again(&scene).await;
    history_is_fetched_anew(&scene).await;
    the_wizard_is_offered(&scene).await;
    an_account_is_unlinked(&scene).await;
    what_is_not_there_is_refused(&scene).await;
    scene.end(Area::Accounts).await;
}

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

fn linkedin(username: &str) -> Connect {
    Connect::Linkedin {
        username: username.to_owned(),
        password: secret("correct horse"),
        user_agent: Some("Mozilla/5.0 (X11; Linux x86_64)".into()),
        recruiter_contract_id: None,
    }
}

fn mailbox(user: &str) -> Connect {
    Connect::Imap(Box::new(ImapLogin {
        imap_host: "imap.lunch.example".into(),
        imap_port: 993,
        imap_encryption: Encryption::Tls,
        imap_user: user.into(),
        imap_password: secret("correct horse"),
        smtp_host: "smtp.lunch.example".into(),
        smtp_port: 465,
        smtp_user: user.into(),
        smtp_password: secret("correct horse"),
    }))
}

async fn accounts_are_listed_and_read(scene: &Scene) {
    let client = &scene.client;
    let first = client.list_accounts(&limit(4)).await.unwrap();
    let next = after(first.cursor.clone(), 250);
    let mut accounts = some(first);
    accounts.extend(some(client.list_accounts(&next).await.unwrap()));
    assert_eq!(accounts.len(), 11);
    for account in &accounts {
        assert_eq!(client.get_account(&account.id).await.unwrap(), *account);
    }
}

fn limits() -> SyncLimit {
    SyncLimit {
        no_old_mails: true,
        chats: Some(Reach::Last(20)),
        messages: Some(Reach::Since("2026-01-01T00:00:00Z".parse().unwrap())),
    }
}

/// Each kind of login but the ones that the other tests try.
fn logins() -> Vec<Connect> {
    let password = || secret("correct horse");
    let username = || "ada.other".to_owned();
    vec![
        Connect::Whatsapp {
            pairing_phone_number: Some("33639980000".into()),
        },
        Connect::Telegram,
        Connect::InstagramPassword {
            username: username(),
            password: password(),
            user_agent: None,
        },
        Connect::InstagramCookie {
            cookie: secret("1%3A2"),
            user_agent: None,
        },
        Connect::Messenger {
            username: username(),
            password: password(),
        },
        Connect::Twitter {
            username: username(),
            email: "ada@lunch.example".into(),
            password: password(),
        },
        mailbox("ada@lunch.example"),
        Connect::Google {
            refresh_token: secret("1//0g"),
            access_token: secret("ya29"),
        },
        Connect::Outlook {
            id: "ada-outlook".into(),
            username: "ada@outlook.example".into(),
            refresh_token: secret("M.R3"),
            access_token: secret("EwB"),
        },
    ]
}

async fn every_login_is_understood(scene: &Scene) {
    let client = &scene.client;
    let limited = ConnectOptions {
        sync_limit: limits(),
        ..ConnectOptions::default()
    };
    for login in logins() {
        let linking = client.connect_account(&login, &limited).await;
        let linking = linking.unwrap_or_else(|error| panic!("{login:?}: {error}"));
        assert!(!matches!(linking, Linking::Reconnected(_)), "{login:?}");
    }
    // LinkedIn takes all the options.
    let by_cookie = Connect::LinkedinCookie {
        cookie: secret("AQED"),
        premium_cookie: Some(secret("AQEE")),
        user_agent: Some("Mozilla/5.0".into()),
        recruiter_contract_id: None,
    };
    let options = ConnectOptions {
        country: Some("FR".into()),
        ip: None,
        proxy: Some(Proxy {
            protocol: Some(ProxyProtocol::Socks5),
            host: "proxy.example".into(),
            port: 1080,
            username: Some("me".into()),
            password: Some(secret("hush")),
        }),
        sync_limit: limits(),
        disabled_features: vec![Feature::LinkedinRecruiter],
    };
    let linked = client.connect_account(&by_cookie, &options).await;
    assert!(matches!(linked.unwrap(), Linking::Linked(_)));
}

async fn checkpoints_lead_to_an_account(scene: &Scene) {
    let client = &scene.client;
    let provider = Provider::Linkedin;
    let connect = async |username: &str| {
        let options = ConnectOptions::default();
        let linking = client.connect_account(&linkedin(username), &options).await;
        waiting(linking.unwrap())
    };
    let solve = async |account: &AccountId, code: &str| {
        client
            .solve_checkpoint(account, &provider, &secret(code))
            .await
    };
    let (account, step) = connect("ada+app@lunch.example").await;
    assert_eq!(step, Checkpoint::InApp);
    let (_, step) = waiting(solve(&account, TRY_ANOTHER_WAY).await.unwrap());
    assert!(matches!(step, Checkpoint::TwoFactor { source: Some(_) }));
    refused(solve(&account, "000000").await, 401);
    refused(client.resend_checkpoint(&account, &provider).await, 422);
    scene.stage.pass(Duration::from_secs(31));
    let resent = client.resend_checkpoint(&account, &provider).await.unwrap();
    assert_eq!(resent.success, Some(true));
    let done = solve(&account, "123456").await.unwrap();
    assert_eq!(done, Linking::Linked(account.clone()));
    scene.stage.pass(Duration::from_secs(30));
    let linked = client.get_account(&account).await.unwrap();
    assert_eq!(linked.status(), &AccountStatus::Ok);

    let (account, step) = connect("ada+phone@lunch.example").await;
    assert_eq!(step, Checkpoint::PhoneNumber);
    let (_, step) = waiting(solve(&account, "(+33)600000001").await.unwrap());
    assert_eq!(step, Checkpoint::OneTimeCode);
    solve(&account, "123456").await.unwrap();
    let (_, step) = connect("ada+captcha@lunch.example").await;
    assert!(matches!(step, Checkpoint::Captcha { .. }));
    let (account, step) = connect("ada+contract@lunch.example").await;
    let Checkpoint::Contract(contracts) = step else {
        panic!("{step:?}");
    };
    solve(&account, &contracts[0].id).await.unwrap();
    let (_, step) = connect("ada+otp@lunch.example").await;
    assert_eq!(step, Checkpoint::OneTimeCode);
    let again = linkedin("ada+otp@lunch.example");
    let options = ConnectOptions::default();
    refused(client.connect_account(&again, &options).await, 425);
}

/// The step that linking waits for.
fn waiting(linking: Linking) -> (AccountId, Checkpoint) {
    match linking {
        Linking::Checkpoint {
            account,
            checkpoint,
        } => (account, checkpoint),
        other => panic!("nothing to do: {other:?}"),
    }
}

async fn a_code_is_scanned(scene: &Scene) {
    let client = &scene.client;
    let login = Connect::Whatsapp {
        pairing_phone_number: None,
    };
    let options = ConnectOptions::default();
    let linking = client.connect_account(&login, &options).await;
    let (account, step) = waiting(linking.unwrap());
    assert!(matches!(step, Checkpoint::QrCode(text) if !text.is_empty()));
    refused(client.get_account(&account).await, 404);
    scene.stage.pass(Duration::from_secs(60));
    let linked = client.get_account(&account).await.unwrap();
    assert_eq!(linked.provider, Provider::Whatsapp);
}

async fn a_lost_login_is_given_again(scene: &Scene) {
    let client = &scene.client;
    let accounts = some(client.list_accounts(&Paging::default()).await.unwrap());
    let lost = accounts
        .iter()
        .find(|account| account.status() == &AccountStatus::Credentials);
    let lost = &lost.unwrap().id;
    let still = client.restart_account(lost).await.unwrap();
    assert_eq!(still, Restart::StillDown);
    let login = Connect::InstagramCookie {
        cookie: secret("2%3A3"),
        user_agent: Some("Mozilla/5.0".into()),
    };
    let options = ConnectOptions::default();
    let back = client.reconnect_account(lost, &login, &options).await;
    assert_eq!(back.unwrap(), Linking::Reconnected(lost.clone()));
    let restarted = client.restart_account(lost).await.unwrap();
    assert_eq!(restarted, Restart::Restarted);
    let whatsapp = scene.account(Provider::Whatsapp).await;
    let login = Connect::Whatsapp {
        pairing_phone_number: None,
    };
    let again = client.reconnect_account(&whatsapp, &login, &options).await;
    assert_eq!(waiting(again.unwrap()).0, whatsapp);
}

async fn history_is_fetched_anew(scene: &Scene) {
    let client = &scene.client;
    let account = scene.account(Provider::Linkedin).await;
    let params = ResyncAccount {
        linkedin_product: Some(LinkedinProduct::Classic),
        after: Some("2026-01-01T00:00:00Z".parse().unwrap()),
        before: Some("2026-11-01T00:00:00Z".parse().unwrap()),
        partial: Some(true),
        chunk_size: Some(50),
    };
    let started = client.resync_account(&account, &params).await.unwrap();
    assert_eq!(started, SyncStatus::Started);
    scene.stage.pass(Duration::from_secs(3));
    let chunk = client.resync_account(&account, &params).await.unwrap();
    assert_eq!(chunk, SyncStatus::ChunkDone);
    scene.stage.pass(Duration::from_secs(60));
    let plain = ResyncAccount::default();
    let done = client.resync_account(&account, &plain).await.unwrap();
    assert_eq!(done, SyncStatus::Done);
    let messenger = scene.account(Provider::Messenger).await;
    refused(client.resync_account(&messenger, &plain).await, 501);
}

async fn the_wizard_is_offered(scene: &Scene) {
    let client = &scene.client;
    let expires = "2026-12-01T00:00:00Z".parse().unwrap();
    let instagram = scene.account(Provider::Instagram).await;
    for purpose in [
        Purpose::Create(Offer::Everything),
        Purpose::Create(Offer::Mailing),
        Purpose::Create(Offer::Messaging),
        Purpose::Create(Offer::Only(vec![
            Provider::Google,
            Provider::Imap,
            Provider::Linkedin,
        ])),
        Purpose::Reconnect(instagram),
    ] {
        let wish = HostedAuth {
            name: Some("Ada".into()),
            notify_url: Some("https://relay.example/linked".into()),
            success_redirect_url: Some("https://relay.example/yes".into()),
            failure_redirect_url: Some("https://relay.example/no".into()),
            sync_limit: SyncLimit {
                no_old_mails: true,
                chats: Some(Reach::Last(20)),
                messages: Some(Reach::Last(100)),
            },
            disabled_features: vec![Feature::LinkedinSalesNavigator],
            disabled_options: vec![WizardOption::Proxy],
            bypass_success_screen: Some(true),
            ..HostedAuth::new(purpose, scene.tap.url.as_str(), expires)
        };
        let link = client.create_hosted_auth_link(&wish).await.unwrap();
        assert!(link.url.starts_with("http"));
    }
    let late = HostedAuth::new(
        Purpose::Create(Offer::Everything),
        scene.tap.url.as_str(),
        "2020-01-01T00:00:00Z".parse().unwrap(),
    );
    refused(client.create_hosted_auth_link(&late).await, 400);
}

async fn an_account_is_unlinked(scene: &Scene) {
    let client = &scene.client;
    let account = scene.account(Provider::Twitter).await;
    client.delete_account(&account).await.unwrap();
    refused(client.get_account(&account).await, 404);
}

async fn what_is_not_there_is_refused(scene: &Scene) {
    let client = &scene.client;
    let nobody = AccountId::from("no/body?");
    let options = ConnectOptions::default();
    refused(scene.stranger.list_accounts(&Paging::default()).await, 401);
    refused(client.get_account(&nobody).await, 404);
    let wrong = Connect::Messenger {
        username: "ada".into(),
        password: secret("wrong"),
    };
    refused(client.connect_account(&wrong, &options).await, 401);
    let login = linkedin("ada");
    let again = client.reconnect_account(&nobody, &login, &options).await;
    refused(again, 404);
    refused(client.delete_account(&nobody).await, 404);
    let params = ResyncAccount::default();
    refused(client.resync_account(&nobody, &params).await, 404);
    let code = secret("123456");
    let solved = client.solve_checkpoint(&nobody, &Provider::Linkedin, &code);
    refused(solved.await, 404);
    let resent = client.resend_checkpoint(&nobody, &Provider::Linkedin);
    refused(resent.await, 404);
    refused(client.restart_account(&nobody).await, 404);
}
