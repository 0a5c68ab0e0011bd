//! Whole flows of linking, by the handlers.

use serde_json::{Value, json};

use super::*;
use crate::demo::areas::stage::{account, ask, at, bad, fits, form, good, html, news, pass, world};
use crate::demo::areas::{accounts, chats};

const CREATED: (u16, &str) = (201, "AccountCreated");
const CHECKPOINT: (u16, &str) = (202, "CheckpointRequired");

fn linkedin(username: &str) -> Ask {
    ask(json!({"provider": "LINKEDIN", "username": username, "password": "secret"}))
}

fn code(id: &str, code: &str) -> Ask {
    ask(json!({"provider": "LINKEDIN", "account_id": id, "code": code}))
}

fn id(answer: &Value) -> String {
    answer["account_id"].as_str().unwrap().to_owned()
}

fn status(world: &mut World, id: &str) -> String {
    let account = good(
        world,
        accounts::get,
        &at("id", id, ask(Value::Null)),
        (200, "Account"),
    );
    account["sources"][0]["status"].as_str().unwrap().to_owned()
}

#[test]
fn a_qr_code_is_scanned_by_itself_and_the_account_comes_alive_with_chats() {
    let world = &mut world();
    let body = ask(json!({"provider": "WHATSAPP"}));
    let first = good(world, connect, &body, CHECKPOINT);
    let id = id(&first);
    assert_eq!(
        first["checkpoint"]["qrcode"],
        format!("http://127.0.0.1:4010/demo/approve/{id}")
    );
    let about = at("id", &id, ask(Value::Null));
    assert_eq!(
        bad(world, accounts::get, &about),
        (404, "resource_not_found")
    );
    pass(world, 20_000);
    assert_eq!(status(world, &id), "CONNECTING");
    pass(world, 5_000);
    assert_eq!(status(world, &id), "OK");
    assert_eq!(news(world), ["creation_success", "sync_success", "ok"]);
    let mut of_account = ask(Value::Null);
    of_account.query.push(("account_id".into(), id));
    let page = good(world, chats::list, &of_account, (200, "ChatList"));
    assert_eq!(page["items"].as_array().unwrap().len(), 2);
}

#[test]
fn a_newer_qr_code_takes_the_place_of_an_older_one_which_its_page_says() {
    let world = &mut world();
    let body = ask(json!({"provider": "TELEGRAM"}));
    let old = id(&good(world, connect, &body, CHECKPOINT));
    let new = id(&good(world, connect, &body, CHECKPOINT));
    let open = |world: &mut World, id: &str| {
        html(approve_page(world, &at("account_id", id, ask(Value::Null))))
    };
    assert_eq!(open(world, &old).0, 409);
    assert_eq!(open(world, &new).0, 200);
    assert_eq!(status(world, &new), "CONNECTING");
    pass(world, 60_000);
    assert!(world.account(&old).is_err(), "nobody scanned the old code");
}

#[test]
fn codes_are_asked_for_until_one_is_right() {
    let world = &mut world();
    let first = good(world, connect, &linkedin("ada@nuvem.example"), CHECKPOINT);
    assert_eq!(first["checkpoint"], json!({"type": "2FA", "source": "APP"}));
    let id = id(&first);
    assert_eq!(
        bad(world, solve, &code(&id, "000000")),
        (401, "invalid_checkpoint_solution")
    );
    let again = ask(json!({"provider": "LINKEDIN", "account_id": id}));
    assert_eq!(bad(world, resend, &again), (422, "cannot_resend_yet"));
    pass(world, 30_000);
    good(world, resend, &again, (200, "CheckpointResent"));
    let done = good(world, solve, &code(&id, "123456"), CREATED);
    assert_eq!(done["account_id"], *id);
    // A client that missed the answer may ask once more.
    good(world, solve, &code(&id, "123456"), CREATED);
    assert_eq!(news(world), ["creation_success"]);
    pass(world, 5_000);
    assert_eq!(status(world, &id), "OK");
}

#[test]
fn every_checkpoint_has_its_own_way() {
    let world = &mut world();
    let mut begin = |name: &str| {
        let answer = good(world, connect, &linkedin(name), CHECKPOINT);
        let kind = answer["checkpoint"]["type"].as_str().unwrap().to_owned();
        (kind, id(&answer))
    };
    let (app, phone, captcha) = (begin("a+app@x"), begin("a+phone@x"), begin("a+captcha@x"));
    let (otp, contract) = (begin("a+otp@x"), begin("a+contract@x"));
    let kinds = [&app.0, &phone.0, &captcha.0, &otp.0, &contract.0];
    assert_eq!(
        kinds,
        [
            "IN_APP_VALIDATION",
            "PHONE_REGISTER",
            "CAPTCHA",
            "OTP",
            "CONTRACT_CHOOSER"
        ]
    );
    assert_eq!(
        bad(world, solve, &code(&captcha.1, "human")),
        (409, "resource_already_used"),
        "another login took its place"
    );
    let done = good(world, solve, &code(&contract.1, "512001"), CREATED);
    let about = at("id", &id(&done), ask(Value::Null));
    let account = good(world, accounts::get, &about, (200, "Account"));
    let im = &account["connection_params"]["im"];
    assert_eq!(im["premiumContractId"], "512001");

    let id_of = |answer: Value| id(&answer);
    let phone = id_of(good(world, connect, &linkedin("b+phone@x"), CHECKPOINT));
    assert_eq!(
        bad(world, solve, &code(&phone, "0639981234")),
        (401, "invalid_checkpoint_solution")
    );
    let next = good(world, solve, &code(&phone, "(+33)639981234"), CHECKPOINT);
    assert_eq!(next["checkpoint"], json!({"type": "OTP"}));
    good(world, solve, &code(&phone, "123456"), CREATED);

    let app = id_of(good(world, connect, &linkedin("b+app@x"), CHECKPOINT));
    let waits = good(world, solve, &code(&app, "well?"), CHECKPOINT);
    assert_eq!(waits["checkpoint"]["type"], "IN_APP_VALIDATION");
    let other = good(world, solve, &code(&app, "TRY_ANOTHER_WAY"), CHECKPOINT);
    assert_eq!(other["checkpoint"], json!({"type": "2FA", "source": "SMS"}));
    pass(world, 20_000);
    assert!(
        world.account(&app).is_err(),
        "the app is no longer asked: only the code counts"
    );
    good(world, solve, &code(&app, "123456"), CREATED);
}

#[test]
fn three_wrong_codes_or_five_minutes_end_an_attempt() {
    let world = &mut world();
    let id = id(&good(world, connect, &linkedin("ada"), CHECKPOINT));
    assert_eq!(
        bad(world, connect, &linkedin("Ada")),
        (425, "auth_in_progress")
    );
    for _ in 0..2 {
        bad(world, solve, &code(&id, "1"));
    }
    assert_eq!(
        bad(world, solve, &code(&id, "1")),
        (401, "checkpoint_error")
    );
    assert_eq!(
        bad(world, solve, &code(&id, "1")),
        (404, "resource_not_found")
    );
    assert_eq!(news(world), ["creation_fail"]);
    let id = super::tests::id(&good(world, connect, &linkedin("ada"), CHECKPOINT));
    pass(world, 5 * 60_000);
    assert_eq!(
        bad(world, solve, &code(&id, "123456")),
        (408, "request_timeout")
    );
    good(world, connect, &linkedin("ada"), CHECKPOINT);
}

#[test]
fn what_networks_refuse_is_refused() {
    let world = &mut world();
    let mail = json!({
        "provider": "MAIL", "imap_user": "me@x.example", "imap_password": "s", "imap_host": "imap.x.example",
        "imap_port": 993, "imap_encryption": "tls", "smtp_user": "me@x.example", "smtp_password": "s",
        "smtp_host": "smtp.x.example", "smtp_port": 465,
    });
    let with = |body: &Value, name: &str, value: Value| {
        let mut body = body.clone();
        body[name] = value;
        ask(body)
    };
    let linked = good(world, connect, &ask(mail.clone()), CREATED);
    assert_eq!(world.mailboxes.last().unwrap().folders.len(), 6);
    pass(world, 5_000);
    assert_eq!(world.mailboxes.last().unwrap().mails.len(), 1);
    let about = at(
        "id",
        linked["account_id"].as_str().unwrap(),
        ask(Value::Null),
    );
    let account = good(world, accounts::get, &about, (200, "Account"));
    assert_eq!(
        account["connection_params"]["mail"]["smtp_host"],
        "smtp.x.example"
    );
    let cases = [
        (
            json!("imap.wrong.example"),
            "imap_host",
            (401, "invalid_imap_configuration"),
        ),
        (
            json!("smtp.wrong.example"),
            "smtp_host",
            (401, "invalid_smtp_configuration"),
        ),
        (
            json!("wrong"),
            "imap_password",
            (401, "invalid_credentials"),
        ),
        (json!("993"), "imap_port", (400, "invalid_parameters")),
        (json!(""), "smtp_user", (400, "missing_parameters")),
        (json!("SLACK"), "provider", (400, "invalid_parameters")),
        (json!(5), "provider", (400, "invalid_parameters")),
        (
            json!({"chats": 3}),
            "sync_limit",
            (400, "invalid_parameters"),
        ),
        (json!({"host": "h"}), "proxy", (400, "invalid_parameters")),
        (json!("France"), "country", (400, "invalid_parameters")),
    ];
    for (value, name, expected) in cases {
        assert_eq!(
            bad(world, connect, &with(&mail, name, value)),
            expected,
            "{name}"
        );
    }
    let cookie = json!({"provider": "LINKEDIN"});
    assert_eq!(
        bad(world, connect, &ask(cookie.clone())),
        (400, "missing_parameters")
    );
    good(
        world,
        connect,
        &with(&cookie, "access_token", json!("AQED")),
        CREATED,
    );
}

#[test]
fn a_lost_account_comes_back_under_its_own_id() {
    let world = &mut world();
    let instagram = account(world, "instagram");
    assert_eq!(status(world, &instagram), "CREDENTIALS");
    let none = at("id", &instagram, ask(Value::Null));
    let answer = good(world, accounts::restart, &none, (200, "AccountRestarted"));
    assert_eq!(answer["object"], "AccountFailedToRestart");
    let other = at("id", &instagram, linkedin("ada"));
    assert_eq!(bad(world, reconnect, &other), (400, "invalid_parameters"));
    let body = json!({"provider": "INSTAGRAM", "username": "ada.codes", "password": "x"});
    let first = good(
        world,
        reconnect,
        &at("id", &instagram, ask(body)),
        CHECKPOINT,
    );
    assert_eq!(first["account_id"], *instagram);
    let solution = json!({"provider": "INSTAGRAM", "account_id": instagram, "code": "123456"});
    good(world, solve, &ask(solution), (201, "AccountReconnected"));
    assert_eq!(status(world, &instagram), "OK");
    assert_eq!(news(world), ["reconnected", "ok"]);
}

/// A request for a link that lives for an hour.
fn wish(world: &World) -> Value {
    let in_an_hour = crate::demo::areas::words::moment(world.now + 3_600_000);
    json!({
        "type": "create", "providers": ["WHATSAPP", "GOOGLE"], "api_url": "http://127.0.0.1:4010",
        "expiresOn": in_an_hour, "name": "seat 7", "notify_url": "http://127.0.0.1:9/notify",
        "success_redirect_url": "https://app.example/?a=1&b=\"2\"",
    })
}

#[test]
fn a_link_that_could_not_work_is_refused() {
    let world = &mut world();
    let request = wish(world);
    let with = |name: &str, value: Value| {
        let mut body = request.clone();
        body[name] = value;
        ask(body)
    };
    for (name, value) in [
        ("expiresOn", json!("2020-01-01T00:00:00.000Z")),
        ("expiresOn", json!("tomorrow")),
        ("providers", json!(["FAX"])),
        ("providers", json!([])),
        ("api_url", json!("localhost")),
        ("success_redirect_url", json!("javascript:alert(1)")),
    ] {
        assert_eq!(bad(world, hosted_link, &with(name, value)).0, 400, "{name}");
    }
}

#[test]
fn the_wizard_links_once_tells_who_asked_and_expires() {
    let world = &mut world();
    let request = wish(world);
    let answer = good(
        world,
        hosted_link,
        &ask(request.clone()),
        (201, "HostedAuthURL"),
    );
    let url = answer["url"].as_str().unwrap().to_owned();
    let token = url.rsplit('/').next().unwrap().to_owned();
    let open = at("token", &token, ask(Value::Null));
    let (status, page) = html(wizard(world, &open));
    assert_eq!(status, 200);
    assert!(page.contains("WhatsApp") && page.contains("Google") && !page.contains("Telegram"));
    let wrong = at("token", &token, form(&[("provider", "TELEGRAM")]));
    assert_eq!(html(wizard_answer(world, &wrong)).0, 400);
    let filled = [
        ("provider", "GOOGLE_OAUTH"),
        ("username", "ada@home.example"),
        ("refresh_token", "wizard"),
        ("access_token", "wizard"),
    ];
    let (status, page) = html(wizard_answer(world, &at("token", &token, form(&filled))));
    assert_eq!(status, 200);
    assert!(page.contains("https://app.example/?a=1&amp;b=&quot;2&quot;"));
    assert_eq!(world.accounts.last().unwrap().name, "ada@home.example");
    let notice = world
        .events
        .iter()
        .find(|event| event.source == "hosted")
        .unwrap();
    fits("HostedAuthNotification", &notice.payload["body"]);
    assert_eq!(notice.payload["body"]["name"], "seat 7");
    let (status, page) = html(wizard(world, &open));
    assert!(status == 401 && page.contains("Expired link"));
    let unused = good(world, hosted_link, &ask(request), (201, "HostedAuthURL"));
    let token = unused["url"]
        .as_str()
        .unwrap()
        .rsplit('/')
        .next()
        .unwrap()
        .to_owned();
    pass(world, 3_600_000);
    assert_eq!(
        html(wizard(world, &at("token", &token, ask(Value::Null)))).0,
        401
    );
}

#[test]
fn a_saved_world_knows_what_waits() {
    let world = &mut world();
    let id = id(&good(world, connect, &linkedin("ada"), CHECKPOINT));
    let text = serde_json::to_string(world).unwrap();
    let now = world.now;
    *world = serde_json::from_str(&text).unwrap();
    world.now = now;
    good(world, solve, &code(&id, "123456"), CREATED);
}

#[test]
fn a_mailbox_is_linked_again_by_its_passwords_alone_and_is_still_welcomed() {
    let world = &mut world();
    let secrets = json!({"provider": "MAIL", "imap_password": "s", "smtp_password": "s"});
    let mut servers = json!({
        "imap_user": "me@x.example", "imap_host": "imap.x.example", "imap_port": 993, "imap_encryption": "SSL",
        "smtp_user": "me@x.example", "smtp_host": "smtp.x.example", "smtp_port": 465,
    });
    for (name, value) in secrets.as_object().unwrap() {
        servers[name] = value.clone();
    }
    assert_eq!(
        bad(world, connect, &ask(secrets.clone())),
        (400, "missing_parameters")
    );
    let id = id(&good(world, connect, &ask(servers), CREATED));
    let again = at("id", &id, ask(secrets));
    good(world, reconnect, &again, (201, "AccountReconnected"));
    assert_eq!(world.mailboxes.last().unwrap().mails.len(), 1);
    let about = at("id", &id, ask(Value::Null));
    let account = good(world, accounts::get, &about, (200, "Account"));
    let mail = &account["connection_params"]["mail"];
    assert_eq!(mail["imap_encryption"], "ssl");
    assert_eq!(mail["imap_host"], "imap.x.example");
}
