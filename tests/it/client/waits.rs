//! How long the client waits: for the first byte, between two pieces, for the whole.

use std::time::Duration;

use onebox::api::messaging::{ListChats, SendMessage};
use onebox::api::{Error, Limits, Trouble};

use super::{client, failure, short};
use crate::support::script::{Piece, Script, json};

const LONG: Piece = Piece::Pause(Duration::from_secs(20));

fn trouble(error: &Error) -> Option<Trouble> {
    match error {
        Error::Network { trouble, .. } => Some(*trouble),
        _ => None,
    }
}

#[tokio::test]
async fn a_server_that_says_nothing_is_given_up() {
    let server = Script::always(vec![LONG]).await;
    let client = client(&server.url, short());
    let error = failure(&client).await;
    assert_eq!(trouble(&error), Some(Trouble::NoAnswer));
    let message = SendMessage {
        text: Some("Hello?".into()),
        ..SendMessage::default()
    };
    let error = client.send_message(&"chat".into(), &message).await;
    let error = error.unwrap_err();
    assert_eq!(trouble(&error), Some(Trouble::NoAnswer));
    assert!(error.may_have_happened());
}

#[tokio::test]
async fn an_answer_that_stops_is_given_up() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"items\": [".to_vec();
    let server = Script::always(vec![Piece::Bytes(head), LONG]).await;
    let error = failure(&client(&server.url, short())).await;
    assert_eq!(trouble(&error), Some(Trouble::Stalled));
}

#[tokio::test]
async fn an_answer_that_trickles_for_ever_is_given_up() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 50000\r\n\r\n".to_vec();
    let mut pieces = vec![Piece::Bytes(head)];
    for _ in 0..400 {
        pieces.push(Piece::Bytes(b" ".to_vec()));
        pieces.push(Piece::Pause(Duration::from_millis(50)));
    }
    let server = Script::always(pieces).await;
    let limits = Limits {
        whole: Duration::from_millis(400),
        ..short()
    };
    let begun = std::time::Instant::now();
    let error = failure(&client(&server.url, limits)).await;
    assert_eq!(trouble(&error), Some(Trouble::Stalled));
    assert!(begun.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn an_answer_in_small_pieces_is_read_whole() {
    let [Piece::Bytes(bytes)] = &json(r#"{"items": []}"#)[..] else {
        panic!("one piece");
    };
    let pieces = bytes.chunks(9).flat_map(|chunk| {
        let pause = Piece::Pause(Duration::from_millis(2));
        [Piece::Bytes(chunk.to_vec()), pause]
    });
    let server = Script::always(pieces.collect()).await;
    let limits = Limits {
        first_byte: Duration::from_secs(10),
        between: Duration::from_secs(10),
        ..short()
    };
    let listed = client(&server.url, limits);
    assert!(listed.list_chats(&ListChats::default()).await.is_ok());
}
