//! Webhooks: what happens at the server is heard of at once, and nobody else can say a word.

mod forged;
mod living;
mod register;

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use onebox::api::{Client, Paging};
use onebox::model::delivery::Delivery;
use onebox::model::webhook::Webhook;
use onebox::sync::Asker;
use onebox::sync::webhook::{Receiver, ReceiverLimits, Registration, register};
use tokio::sync::mpsc;
use tokio::time::timeout;

/// How long anything may take.
const LONG: Duration = Duration::from_secs(20);

/// A receiver on a free port of this machine.
async fn receiver(limits: ReceiverLimits) -> (Receiver, mpsc::Receiver<Delivery>) {
    Receiver::start_with(anywhere(), limits).await.unwrap()
}

fn anywhere() -> SocketAddr {
    (Ipv4Addr::LOCALHOST, 0).into()
}

/// Registers a receiver for the profile `main`, which no test server may refuse.
async fn registered(client: &Client, receiver: &Receiver) -> Registration {
    let made = register(client, &Asker::default(), receiver, None, "main").await;
    let made = made.unwrap();
    assert!(made.refused().is_empty(), "{made:?}");
    made
}

async fn hooks(client: &Client) -> Vec<Webhook> {
    let page = client.list_webhooks(&Paging::default()).await.unwrap();
    page.items
}

/// Waits for the first delivery that a test picks something from.
async fn hear<T>(
    deliveries: &mut mpsc::Receiver<Delivery>,
    mut pick: impl FnMut(Delivery) -> Option<T>,
) -> T {
    let heard = async {
        loop {
            let delivery = deliveries.recv().await.expect("the receiver is gone");
            if let Some(picked) = pick(delivery) {
                return picked;
            }
        }
    };
    timeout(LONG, heard).await.expect("nothing was heard of it")
}

/// A door as the server knows it: where to post, and the headers that come along.
#[derive(Debug, Clone)]
struct Post {
    http: reqwest::Client,
    url: String,
    headers: Vec<(String, String)>,
}

impl Post {
    async fn of(client: &Client) -> Self {
        let hook = hooks(client).await.remove(0);
        let headers = hook.headers.into_iter();
        Self {
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
            url: hook.request_url,
            headers: headers.map(|header| (header.key, header.value)).collect(),
        }
    }

    /// The status that a body is answered with; `None` where the connection is cut.
    async fn send(&self, body: impl Into<reqwest::Body>) -> Option<u16> {
        let mut request = self.http.post(&self.url).body(body);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let answer = timeout(LONG, request.send()).await.expect("no answer");
        answer.ok().map(|answer| answer.status().as_u16())
    }
}

/// A message event as the server writes it.
fn message(id: &str) -> String {
    format!(
        r#"{{"event": "message_received", "account_id": "a", "chat_id": "c", "message_id": "{id}", "is_sender": "false"}}"#
    )
}
