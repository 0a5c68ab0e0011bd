//! The checker itself: a good exchange has no fault, and each way to break it is noticed.

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue};

use super::flaws_from_now_on;
use super::schema::faults;
use super::tap::Exchange;
use crate::support::client;
use crate::support::script::{Script, json};

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let pair = |(name, value): &(&'static str, &str)| {
        let value = HeaderValue::from_str(value).unwrap();
        (HeaderName::from_static(name), value)
    };
    pairs.iter().map(pair).collect()
}

fn good() -> Exchange {
    Exchange {
        method: "PATCH".into(),
        path: "/api/v1/chats/a%2Fb".into(),
        query: String::new(),
        headers: headers(&[("x-api-key", "key"), ("content-type", "application/json")]),
        body: Bytes::from_static(br#"{"action": "setReadStatus", "value": true}"#),
        status: 200,
        answer_headers: headers(&[("content-type", "application/json")]),
        answer: Bytes::from_static(br#"{"object": "ChatPatched"}"#),
    }
}

/// A mail as a form, with some parts.
fn mail(parts: &[(&str, &str)]) -> Exchange {
    let part = |(name, text): &(&str, &str)| {
        format!("--cut\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
    };
    let body: String = parts.iter().map(part).collect();
    Exchange {
        method: "POST".into(),
        path: "/api/v1/emails".into(),
        headers: headers(&[
            ("x-api-key", "key"),
            ("content-type", "multipart/form-data; boundary=cut"),
        ]),
        body: Bytes::from(format!("{body}--cut--\r\n")),
        status: 201,
        answer: Bytes::from_static(br#"{"object": "EmailSent", "tracking_id": "t"}"#),
        ..good()
    }
}

const MAIL: [(&str, &str); 3] = [
    ("account_id", "a"),
    ("to", r#"[{"identifier": "x@y.example"}]"#),
    ("body", "Hello"),
];

async fn noticed(exchange: Exchange, fault: &str) {
    let found = faults(&exchange).await;
    assert!(
        found.iter().any(|one| one.contains(fault)),
        "{fault}: {found:?}"
    );
}

#[tokio::test]
async fn a_good_exchange_has_no_fault() {
    assert_eq!(faults(&good()).await, [""; 0]);
    assert_eq!(faults(&mail(&MAIL)).await, [""; 0]);
}

#[tokio::test]
async fn what_is_wrong_with_a_request_is_noticed() {
    let path = |path: &str| Exchange {
        path: path.into(),
        ..good()
    };
    noticed(path("/api/v1/no/such/thing"), "no such operation").await;
    noticed(path("/api/v1/chats/"), "parameter chat_id").await;
    let list = |query: &str| Exchange {
        method: "GET".into(),
        path: "/api/v1/chats".into(),
        query: query.into(),
        body: Bytes::new(),
        ..good()
    };
    noticed(list("colour=red"), "`colour` is not declared").await;
    noticed(list("limit=251"), "parameter limit").await;
    noticed(list("unread=maybe"), "parameter unread").await;
    noticed(list("before=2026-03-02T08:15:30Z"), "parameter before").await;
    let keyless = headers(&[("content-type", "application/json")]);
    noticed(
        Exchange {
            headers: keyless,
            ..good()
        },
        "X-API-KEY",
    )
    .await;
    let body = |body: &'static str| Exchange {
        body: Bytes::from(body),
        ..good()
    };
    noticed(body(""), "no body").await;
    noticed(body(r#"{"value": true}"#), "required").await;
    noticed(
        body(r#"{"action": "setReadStatus", "value": 7}"#),
        "body/value",
    )
    .await;
    noticed(body(r#"{"action": "x", "val": true}"#), "body/val:").await;
    let invited = Exchange {
        method: "GET".into(),
        path: "/api/v1/users/me".into(),
        body: Bytes::new(),
        ..good()
    };
    noticed(invited, "`account_id` is required").await;
}

#[tokio::test]
async fn what_is_wrong_with_a_form_is_noticed() {
    let with = |name: &'static str, text: &'static str| {
        let mut parts = MAIL.to_vec();
        parts.retain(|(known, _)| *known != name);
        parts.push((name, text));
        mail(&parts)
    };
    noticed(mail(&MAIL[..2]), "required").await;
    noticed(with("colour", "red"), "body/colour").await;
    noticed(with("to", "x@y.example"), "body/to").await;
    noticed(with("to", r#"[{"name": "x"}]"#), "body/to (JSON inside)").await;
    noticed(with("attachments", "text"), "confused").await;
    noticed(
        mail(&[&MAIL[..], &[("body", "again")]].concat()),
        "came twice",
    )
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_an_answer_is_noticed() {
    let answer = |status: u16, answer: &'static str| Exchange {
        status,
        answer: Bytes::from(answer),
        ..good()
    };
    noticed(answer(200, r#"{"object": "ChatDeleted"}"#), "answer/object").await;
    noticed(
        answer(200, r#"{"object": "ChatPatched", "invite_link": 7}"#),
        "invite_link",
    )
    .await;
    noticed(
        answer(200, r#"{"object": "ChatPatched", "colour": 7}"#),
        "answer/colour",
    )
    .await;
    noticed(answer(200, "<html>"), "answer").await;
    noticed(answer(204, ""), "status 204 is not declared").await;
    noticed(
        answer(404, r#"{"type": "errors/x", "title": "x"}"#),
        "required",
    )
    .await;
    let wrong_number = r#"{"type": "errors/x", "title": "x", "status": 400}"#;
    noticed(answer(404, wrong_number), "answer/status").await;
    let page = headers(&[("content-type", "text/html")]);
    noticed(
        Exchange {
            answer_headers: page,
            ..good()
        },
        "text/html",
    )
    .await;
}

#[tokio::test]
async fn what_the_client_leaves_out_is_heard() {
    let (flaws, _listening) = flaws_from_now_on();
    let message = r#"{"id": "m", "account_id": "a", "chat_id": "c", "timestamp": "2026-03-02T08:15:30.120Z",
        "attachments": [{"type": "img"}]}"#;
    let server = Script::always(json(message)).await;
    let read = client(&server.url, "key").get_message(&"m".into()).await;
    assert!(read.unwrap().attachments.is_empty());
    let flaws = flaws.lock().unwrap();
    assert!(
        flaws.iter().any(|flaw| flaw.contains("Attachment.id")),
        "{flaws:?}"
    );
}
