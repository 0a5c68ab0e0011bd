//! The client against servers that misbehave: each answer is a real one over a real socket.

mod answers;
mod downloads;
mod forms;
mod redirects;
mod waits;

use std::time::Duration;

use onebox::api::messaging::ListChats;
use onebox::api::{BaseUrl, Client, Error, Limits};
use secrecy::SecretString;

/// The key that must never show up anywhere but in its header.
const KEY: &str = "very-secret-key-4711";

/// A client with short limits.
fn client(url: &str, limits: Limits) -> Client {
    let base = BaseUrl::parse(url).unwrap();
    Client::with_limits(base, &SecretString::from(KEY), limits).unwrap()
}

fn usual(url: &str) -> Client {
    client(url, Limits::default())
}

fn short() -> Limits {
    let short = Duration::from_millis(150);
    Limits {
        connect: Duration::from_secs(5),
        first_byte: short,
        first_byte_sending: short,
        between: short,
        ..Limits::default()
    }
}

/// The error of listing chats, which must not give the key away.
async fn failure(client: &Client) -> Error {
    let listed = client.list_chats(&ListChats::default()).await;
    let error = listed.unwrap_err();
    let told = format!("{error} {error:?}");
    assert!(!told.contains(KEY), "{told}");
    error
}

#[test]
fn the_key_is_not_in_what_a_client_shows_of_itself() {
    let shown = format!("{:?}", usual("https://api27.unipile.com:15796"));
    assert!(!shown.contains(KEY), "{shown}");
}

#[tokio::test]
async fn a_server_that_is_not_there_was_not_reached() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = failure(&usual(&url)).await;
    assert!(
        error.is_retryable() && !error.may_have_happened(),
        "{error:?}"
    );
}
