//! Redirects: the key stays with the server that it is for.

use onebox::api::Error;
use onebox::api::emails::UpdateEmail;
use onebox::api::messaging::{ChatChange, ListChats};

use super::{KEY, failure, usual};
use crate::support::script::{Script, answer, json};

const NO_CHATS: &str = r#"{"object": "ChatList", "items": [], "cursor": null}"#;

#[tokio::test]
async fn another_origin_is_never_asked_and_never_sees_the_key() {
    let elsewhere = Script::always(json(NO_CHATS)).await;
    let port = elsewhere.url.rsplit(':').next().unwrap().to_owned();
    for status in ["301 Moved", "302 Found", "303 See", "307 Same", "308 Same"] {
        for target in [
            format!("{}/api/v1/chats", elsewhere.url),
            format!("//127.0.0.1:{port}/api/v1/chats"),
            format!("http://localhost:{port}/"),
            format!("https://127.0.0.1:{port}/"),
        ] {
            let headers = [("location", target.as_str())];
            let server = Script::always(answer(status, &headers, b"")).await;
            let error = failure(&usual(&server.url)).await;
            assert!(
                matches!(error, Error::Redirected { .. }),
                "{target}: {error:?}"
            );
            assert!(!error.is_retryable(), "{status}");
        }
    }
    assert_eq!(elsewhere.seen(), Vec::<String>::new());
}

#[tokio::test]
async fn the_same_origin_is_followed_with_the_key() {
    let server = Script::open(|head| {
        if head.starts_with("GET /api/v1/chats ") {
            answer("301 Moved", &[("location", "/api/v1/chats/?a=b")], b"")
        } else {
            json(NO_CHATS)
        }
    })
    .await;
    let page = usual(&server.url).list_chats(&ListChats::default()).await;
    assert_eq!(page.unwrap().items, []);
    assert_eq!(
        server.asked(),
        ["GET /api/v1/chats", "GET /api/v1/chats/?a=b"]
    );
    let key = format!("x-api-key: {KEY}");
    assert!(server.seen().iter().all(|head| head.contains(&key)));
}

#[tokio::test]
async fn what_changes_something_is_repeated_only_where_the_server_says_so() {
    let update = UpdateEmail {
        unread: Some(false),
        ..UpdateEmail::default()
    };
    for (status, times) in [("302 Found", 1), ("307 Same", 2), ("308 Same", 2)] {
        let server = Script::open(move |head| {
            if head.starts_with("PUT /there ") {
                json(r#"{"object": "EmailUpdated"}"#)
            } else {
                answer(status, &[("location", "/there")], b"")
            }
        })
        .await;
        let client = usual(&server.url);
        let done = client.update_email(&"mail".into(), None, &update).await;
        assert_eq!(done.is_ok(), times == 2, "{status}: {done:?}");
        assert_eq!(server.seen().len(), times, "{status}");
    }
}

#[tokio::test]
async fn a_circle_of_redirects_ends() {
    let round = answer("302 Found", &[("location", "/api/v1/chats")], b"");
    let server = Script::always(round).await;
    failure(&usual(&server.url)).await;
    assert!(server.seen().len() <= 6);
    let nowhere = Script::always(answer("302 Found", &[], b"")).await;
    failure(&usual(&nowhere.url)).await;
    assert_eq!(nowhere.seen().len(), 1);
    let sending = usual(&server.url);
    let read = ChatChange::Read(true);
    assert!(sending.patch_chat(&"chat".into(), &read).await.is_err());
}
