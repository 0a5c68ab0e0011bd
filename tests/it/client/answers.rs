//! Answers that are not what the contract says.

use std::io::Write as _;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use onebox::api::messaging::ListChats;
use onebox::api::{BadAnswer, Error, Limits, Trouble};

use super::{client, failure, usual};
use crate::support::script::{Piece, Script, answer, json};

/// What is wrong with an answer of status 200.
async fn flaw(body: &[u8]) -> BadAnswer {
    let server = Script::always(answer("200 OK", &[], body)).await;
    match failure(&usual(&server.url)).await {
        Error::Answer { flaw, .. } => flaw,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_body_that_is_no_answer_is_named() {
    assert_eq!(
        flaw(b"<!doctype html><title>Login</title>").await,
        BadAnswer::Html
    );
    assert_eq!(flaw(b"").await, BadAnswer::Empty);
    assert_eq!(flaw(br#"{"items": [{"id": "a"#).await, BadAnswer::CutOff);
    assert_eq!(
        flaw(b"{\"items\": [\"\xff\xfe\"]}").await,
        BadAnswer::NotUtf8
    );
    assert!(matches!(flaw(b"{items: []}").await, BadAnswer::NotJson(_)));
    assert!(matches!(flaw(b"[1, 2]").await, BadAnswer::Shape(_)));
    assert!(matches!(
        flaw(br#"{"object": "ChatList"}"#).await,
        BadAnswer::Shape(_)
    ));
}

#[tokio::test]
async fn a_connection_that_is_cut_in_the_middle_is_told_apart() {
    let half = b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"items\": [".to_vec();
    let server = Script::always(vec![Piece::Bytes(half)]).await;
    let error = failure(&usual(&server.url)).await;
    assert!(
        matches!(
            error,
            Error::Network {
                trouble: Trouble::Cut,
                reached: true,
                ..
            }
        ),
        "{error:?}"
    );
    let nothing = Script::always(Vec::new()).await;
    let error = failure(&usual(&nothing.url)).await;
    assert!(error.may_have_happened(), "{error:?}");
}

#[tokio::test]
async fn an_answer_over_the_limit_is_not_read_on() {
    let limits = Limits {
        json_bytes: 10_000,
        ..Limits::default()
    };
    let long = format!(r#"{{"items": [], "pad": "{}"}}"#, "x".repeat(20_000));
    let server = Script::always(json(&long)).await;
    let error = failure(&client(&server.url, limits.clone())).await;
    let too_large = BadAnswer::TooLarge { limit: 10_000 };
    assert!(matches!(error, Error::Answer { flaw, .. } if flaw == too_large));
    let short = format!(r#"{{"items": [], "pad": "{}"}}"#, "x".repeat(5_000));
    let server = Script::always(json(&short)).await;
    let (client, all) = (client(&server.url, limits), ListChats::default());
    assert!(client.list_chats(&all).await.is_ok());
}

#[tokio::test]
async fn a_small_answer_that_unpacks_to_a_huge_one_is_stopped() {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..16 {
        packer.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    let bomb = packer.finish().unwrap();
    assert!(bomb.len() < 200_000);
    let headers = [
        ("content-encoding", "gzip"),
        ("content-type", "application/json"),
    ];
    let server = Script::always(answer("200 OK", &headers, &bomb)).await;
    let limits = Limits {
        json_bytes: 1 << 20,
        ..Limits::default()
    };
    let error = failure(&client(&server.url, limits)).await;
    let too_large = BadAnswer::TooLarge { limit: 1 << 20 };
    assert!(matches!(error, Error::Answer { flaw, .. } if flaw == too_large));
}

#[tokio::test]
async fn an_answer_of_far_too_many_values_is_not_unpacked() {
    let crowd = |count: usize| format!(r#"{{"items": [], "crowd": [{}0]}}"#, "0,".repeat(count));
    let crowded = flaw(crowd(2_000_000).as_bytes()).await;
    assert!(matches!(crowded, BadAnswer::Shape(_)), "{crowded:?}");
    // In a text they are no values.
    let long = format!(
        r#"{{"items": [], "text": "\\\"{}"}}"#,
        ",[".repeat(1_000_000)
    );
    for fine in [crowd(400_000), long] {
        let server = Script::always(json(&fine)).await;
        let listed = usual(&server.url).list_chats(&ListChats::default()).await;
        assert!(listed.is_ok(), "{listed:?}");
    }
}

#[tokio::test]
async fn an_error_of_any_shape_keeps_its_status() {
    for (body, slug) in [
        (&b"<html>502 Bad Gateway</html>"[..], ""),
        (b"", ""),
        (b"{\"type\": 7, \"title\": [], \"status\": \"x\"}", ""),
        (
            b"{\"type\": \"errors/proxy_error\", \"title\": \"P\\u001b[31m\"}",
            "proxy_error",
        ),
        (b"\xff\xff", ""),
    ] {
        let server = Script::always(answer("502 Bad Gateway", &[], body)).await;
        let Error::Refused(refusal) = failure(&usual(&server.url)).await else {
            panic!("not refused");
        };
        assert_eq!((refusal.status, refusal.slug()), (502, slug));
        assert!(!refusal.to_string().contains('\x1b'));
    }
}

#[tokio::test]
async fn the_wait_that_a_server_asks_for_is_read() {
    let date = "Sun, 06 Nov 1994 08:49:37 GMT";
    let until = "Sun, 06 Nov 1994 08:50:07 GMT";
    for (headers, wait) in [
        (vec![("retry-after", "7")], Some(7)),
        (vec![("retry-after", until), ("date", date)], Some(30)),
        (vec![("retry-after", "soon")], None),
        (vec![], None),
    ] {
        let body = br#"{"type": "errors/too_many_requests", "status": 429}"#;
        let server = Script::always(answer("429 Too Many", &headers, body)).await;
        let error = failure(&usual(&server.url)).await;
        assert_eq!(error.retry_after(), wait.map(Duration::from_secs));
        assert!(error.is_retryable());
    }
}
