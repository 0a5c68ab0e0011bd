//! Calls that are documented in two forms: the other one is tried once, and what works is remembered.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::usual;
use crate::support::script::{Script, answer, json};

const VERIFIED: &str = "GET /api/v1/folders";
const OTHER: &str = "GET /api/v1/emails/folders";
const FOLDERS: &str = r#"{"object": "FolderList", "items": []}"#;

#[tokio::test]
async fn the_other_form_is_tried_where_the_first_is_unknown_and_then_kept() {
    for status in ["404 Not Found", "405 Method Not Allowed"] {
        let server = Script::open(move |head| {
            if head.starts_with(VERIFIED) {
                answer(status, &[], b"{}")
            } else {
                json(FOLDERS)
            }
        })
        .await;
        let client = usual(&server.url);
        for _ in 0..2 {
            assert!(client.list_folders(None).await.is_ok(), "{status}");
        }
        // A copy of the client knows it too.
        assert!(client.clone().list_folders(None).await.is_ok());
        assert_eq!(server.asked(), [VERIFIED, OTHER, OTHER, OTHER], "{status}");
    }
}

#[tokio::test]
async fn the_first_form_is_kept_once_it_has_answered() {
    let broken = Arc::new(AtomicBool::new(false));
    let later = Arc::clone(&broken);
    let server = Script::open(move |_| {
        if later.load(Ordering::SeqCst) {
            answer("404 Not Found", &[], b"{}")
        } else {
            json(FOLDERS)
        }
    })
    .await;
    let client = usual(&server.url);
    assert!(client.list_folders(None).await.is_ok());
    broken.store(true, Ordering::SeqCst);
    let error = client.list_folders(None).await.unwrap_err();
    assert_eq!(error.status(), Some(404));
    assert_eq!(server.asked(), [VERIFIED, VERIFIED]);
}

#[tokio::test]
async fn where_both_are_unknown_the_first_answer_counts() {
    let server = Script::open(|head| {
        if head.starts_with(VERIFIED) {
            answer("404 Not Found", &[], br#"{"title": "first"}"#)
        } else {
            answer("405 Not Allowed", &[], br#"{"title": "second"}"#)
        }
    })
    .await;
    let client = usual(&server.url);
    for _ in 0..2 {
        let error = client.list_folders(None).await.unwrap_err();
        assert_eq!(error.status(), Some(404), "{error}");
    }
    assert_eq!(server.asked(), [VERIFIED, OTHER, VERIFIED, OTHER]);
}

#[tokio::test]
async fn any_other_failure_is_not_tried_in_another_form() {
    for status in ["400 Bad", "401 Unauthorized", "429 Too Many", "500 Oops"] {
        let server = Script::always(answer(status, &[], b"{}")).await;
        assert!(usual(&server.url).list_folders(None).await.is_err());
        assert_eq!(server.asked(), [VERIFIED], "{status}");
    }
}
