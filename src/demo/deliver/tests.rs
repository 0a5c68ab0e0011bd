//! Deliveries to a receiver on loopback, and the whole way from a request to a webhook.

use std::net::Ipv4Addr;

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, Uri};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::*;
use crate::demo::{Clock, Demo, Mischief, Options, Scale};

/// What the receiver got.
struct Got {
    path: String,
    headers: HeaderMap,
    body: String,
}

/// A receiver that answers with these statuses first, then with 200.
struct Receiver {
    url: String,
    got: mpsc::UnboundedReceiver<Got>,
}

impl Receiver {
    async fn start(statuses: &[u16]) -> Self {
        let (send, got) = mpsc::unbounded_channel();
        let statuses = Arc::new(Mutex::new(VecDeque::from(statuses.to_vec())));
        let answer = move |uri: Uri, headers: HeaderMap, body: Bytes| {
            let body = String::from_utf8(body.to_vec()).unwrap();
            let path = uri.path().to_owned();
            send.send(Got {
                path,
                headers,
                body,
            })
            .unwrap();
            let status = statuses.lock().unwrap().pop_front().unwrap_or(200);
            async move { StatusCode::from_u16(status).unwrap() }
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move {
            axum::serve(listener, Router::new().fallback(answer))
                .await
                .unwrap();
        });
        Self { url, got }
    }

    async fn next(&mut self) -> Got {
        let next = timeout(Duration::from_secs(20), self.got.recv());
        next.await.expect("nothing arrived").unwrap()
    }
}

fn deliverer() -> Deliverer {
    Deliverer::new(
        Duration::from_micros(10),
        CancellationToken::new(),
        TaskTracker::new(),
    )
}

fn post(receiver: &Receiver, line: u32, body: &str) -> Post {
    Post {
        line: Line::Webhook(line),
        url: format!("{}/{line}", receiver.url),
        headers: vec![("X-Secret".to_owned(), "s3".to_owned())],
        body: body.to_owned(),
    }
}

#[tokio::test]
async fn a_delivery_carries_its_headers_and_no_content_type_of_its_own() {
    let mut receiver = Receiver::start(&[]).await;
    deliverer().push(post(&receiver, 1, "{}"));
    let got = receiver.next().await;
    assert_eq!((got.path.as_str(), got.body.as_str()), ("/1", "{}"));
    assert_eq!(got.headers["x-secret"], "s3");
    assert!(!got.headers.contains_key("content-type"));
}

#[tokio::test]
async fn what_fails_is_sent_again_before_what_comes_after_it() {
    let mut receiver = Receiver::start(&[500, 302, 201]).await;
    let deliverer = deliverer();
    for body in ["a", "b", "c"] {
        deliverer.push(post(&receiver, 1, body));
    }
    let mut bodies = String::new();
    for _ in 0..6 {
        bodies.push_str(&receiver.next().await.body);
    }
    assert_eq!(bodies, "aaaabc", "only 200 counts as received");
}

#[tokio::test]
async fn after_five_repetitions_a_delivery_is_lost_and_the_next_has_its_turn() {
    let mut receiver = Receiver::start(&[500; 6]).await;
    let deliverer = deliverer();
    deliverer.push(post(&receiver, 1, "a"));
    deliverer.push(post(&receiver, 1, "b"));
    let mut bodies = String::new();
    for _ in 0..7 {
        bodies.push_str(&receiver.next().await.body);
    }
    assert_eq!(bodies, "aaaaaab");
}

#[tokio::test]
async fn one_that_cannot_be_reached_holds_up_nobody_else() {
    let mut receiver = Receiver::start(&[]).await;
    let stop = CancellationToken::new();
    let tasks = TaskTracker::new();
    let deliverer = Deliverer::new(Duration::from_secs(3600), stop.clone(), tasks.clone());
    let mut dead = post(&receiver, 1, "dead");
    dead.url = "http://127.0.0.1:1/".to_owned();
    deliverer.push(dead);
    deliverer.push(post(&receiver, 2, "alive"));
    assert_eq!(receiver.next().await.body, "alive");
    // Waiting for an hour does not keep the server from stopping.
    stop.cancel();
    tasks.close();
    timeout(Duration::from_secs(20), tasks.wait())
        .await
        .unwrap();
}

async fn demo() -> (Demo, reqwest::Client) {
    let began = 1_795_000_000_000;
    let options = Options {
        bind: Ipv4Addr::LOCALHOST.into(),
        port: 0,
        key: "k".to_owned(),
        scale: Scale {
            seed: 7,
            began,
            chats: 0,
            messages: 0,
            mails: 0,
        },
        clock: Clock::by_hand(move || began),
        live: false,
        data: None,
        mischief: Mischief::default(),
        retry_gap: Duration::from_millis(1),
    };
    let demo = Demo::start(options).await.unwrap();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    (demo, client)
}

/// Asks the API and gives the status and the answer.
async fn call(demo: &Demo, request: reqwest::RequestBuilder) -> (u16, Value) {
    let answer = request
        .header("x-api-key", demo.key())
        .send()
        .await
        .unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn a_sent_message_comes_to_the_webhook_in_the_shape_it_asked_for() {
    let mut receiver = Receiver::start(&[]).await;
    let (demo, client) = demo().await;
    let api = format!("{}/api/v1", demo.url());
    let hook = json!({
        "source": "messaging", "request_url": format!("{}/hook", receiver.url),
        "headers": [{"key": "Content-Type", "value": "application/json"}],
        "data": [{"name": "words", "key": "message"}, {"name": "from_me", "key": "is_sender"}],
    });
    let request = client.post(format!("{api}/webhooks")).json(&hook);
    assert_eq!(call(&demo, request).await.0, 201);
    let chats = client.get(format!("{api}/chats?account_type=WHATSAPP"));
    let (_, chats) = call(&demo, chats).await;
    let writable = chats["items"].as_array().unwrap().iter();
    let chat = writable
        .clone()
        .find(|chat| chat["read_only"] == 0)
        .unwrap();
    let url = format!("{api}/chats/{}/messages", chat["id"].as_str().unwrap());
    for text in ["one", "two"] {
        let request = client.post(&url).json(&json!({"text": text}));
        assert_eq!(call(&demo, request).await.0, 201);
    }
    for text in ["one", "two"] {
        let got = receiver.next().await;
        let body: Value = serde_json::from_str(&got.body).unwrap();
        assert_eq!(body, json!({"words": text, "from_me": true}));
        assert_eq!(got.headers["content-type"], "application/json");
    }
    demo.stop().await;
}

#[tokio::test]
async fn the_wizard_needs_no_key_takes_browser_forms_and_notifies() {
    let mut receiver = Receiver::start(&[]).await;
    let (demo, client) = demo().await;
    let api = format!("{}/api/v1", demo.url());
    let link = json!({
        "type": "create", "providers": "*", "api_url": demo.url(), "expiresOn": "2099-01-01T00:00:00.000Z",
        "name": "me", "notify_url": format!("{}/notify", receiver.url),
    });
    let request = client
        .post(format!("{api}/hosted/accounts/link"))
        .json(&link);
    let (status, link) = call(&demo, request).await;
    assert_eq!(status, 201);
    let wizard = link["url"].as_str().unwrap();
    let page = client.get(wizard).send().await.unwrap();
    assert_eq!(page.status(), 200);
    assert!(
        page.text()
            .await
            .unwrap()
            .contains("<form method=\"post\">")
    );
    let form = client
        .post(wizard)
        .header("content-type", "application/x-www-form-urlencoded")
        .body("provider=LINKEDIN&username=ada%40x.example&password=a+b");
    assert_eq!(form.send().await.unwrap().status(), 200);
    let got = receiver.next().await;
    let body: Value = serde_json::from_str(&got.body).unwrap();
    assert_eq!(
        (&body["status"], &body["name"]),
        (&json!("CREATION_SUCCESS"), &json!("me"))
    );
    let id = body["account_id"].as_str().unwrap();
    let about = client.get(format!("{api}/accounts/{id}"));
    assert_eq!(call(&demo, about).await.1["name"], "ada@x.example");
    let without_key = client.get(format!("{api}/accounts")).send().await.unwrap();
    assert_eq!(without_key.status(), 401);
    demo.stop().await;
}
