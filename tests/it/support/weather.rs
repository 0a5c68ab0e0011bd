//! A line to a server that can be made bad and good again while it is in use, and that remembers what was asked.

use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use futures_util::stream;
use tokio::net::TcpListener;

use super::fuse::{Fuse, Plugs};

/// How bad the line is: shares of requests, 0 to 1.
#[derive(Debug, Clone, Copy, Default)]
pub struct Storm {
    /// Answered with 503 or 500.
    pub errors: f64,
    /// Cut before or within the answer.
    pub cuts: f64,
    /// The same, but with a reset of the connection.
    pub resets: f64,
    /// Answered with somebody else's web page.
    pub pages: f64,
    /// Answered with 429, every other one with a word about when to come again.
    pub limits: f64,
    pub latency: Duration,
}

impl Storm {
    /// Nothing comes through.
    pub const DEAD: Self = Self {
        errors: 0.0,
        cuts: 1.0,
        resets: 0.0,
        pages: 0.0,
        limits: 0.0,
        latency: Duration::ZERO,
    };
}

/// A good answer on its way back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as JSON, changed by hand.
    pub fn edit(&mut self, change: impl FnOnce(&mut serde_json::Value)) {
        let mut value = serde_json::from_slice(&self.body).unwrap();
        change(&mut value);
        self.body = value.to_string().into_bytes();
    }

    pub fn say(&mut self, status: u16, body: impl Into<Vec<u8>>) {
        self.status = status;
        self.body = body.into();
    }

    pub fn head(&mut self, name: &'static str, value: &str) {
        self.headers
            .insert(name, HeaderValue::from_str(value).unwrap());
    }
}

/// One request that came.
#[derive(Debug, Clone)]
pub struct Asked {
    pub at: Instant,
    /// Such as `GET /api/v1/chats?limit=100`.
    pub what: String,
}

type Twist = Arc<dyn Fn(&str, &mut Answer) + Send + Sync>;

/// A line to a server.
pub struct Weather {
    pub url: String,
    line: Arc<Line>,
}

struct Line {
    server: String,
    http: reqwest::Client,
    storm: Mutex<Storm>,
    twist: Mutex<Option<Twist>>,
    asked: Mutex<Vec<Asked>>,
    dice: AtomicU64,
}

impl Weather {
    /// A line to a server, good at first.
    pub async fn before(server: &str) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .unwrap();
        let line = Arc::new(Line {
            server: server.to_owned(),
            http,
            storm: Mutex::default(),
            twist: Mutex::default(),
            asked: Mutex::default(),
            dice: AtomicU64::new(7),
        });
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new()
            .fallback(forward)
            .with_state(Arc::clone(&line))
            .into_make_service_with_connect_info::<Fuse>();
        tokio::spawn(async move { axum::serve(Plugs(listener), router).await.unwrap() });
        Self { url, line }
    }

    pub fn set(&self, storm: Storm) {
        *self.line.storm.lock().unwrap() = storm;
    }

    /// Changes good answers from now on; it is told what was asked.
    pub fn twist(&self, twist: impl Fn(&str, &mut Answer) + Send + Sync + 'static) {
        *self.line.twist.lock().unwrap() = Some(Arc::new(twist));
    }

    pub fn untwist(&self) {
        *self.line.twist.lock().unwrap() = None;
    }

    /// All requests so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.line.asked.lock().unwrap().clone()
    }

    pub fn forget(&self) {
        self.line.asked.lock().unwrap().clear();
    }

    /// How many requests so far named something.
    pub fn count(&self, part: &str) -> usize {
        let asked = self.line.asked.lock().unwrap();
        asked.iter().filter(|it| it.what.contains(part)).count()
    }
}

impl Line {
    /// A number from 0 to 1; the same ones in every run.
    fn dice(&self) -> f64 {
        let at = self.dice.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::SeqCst);
        let mixed = (at ^ (at >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        ((mixed ^ (mixed >> 29)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

async fn forward(
    State(line): State<Arc<Line>>,
    ConnectInfo(fuse): ConnectInfo<Fuse>,
    request: Request,
) -> Response<Body> {
    let (head, body) = request.into_parts();
    let path = head.uri.path_and_query().unwrap().as_str().to_owned();
    let what = format!("{} {path}", head.method);
    line.asked.lock().unwrap().push(Asked {
        at: Instant::now(),
        what: what.clone(),
    });
    if path.contains("/picture") {
        // Drawing faces takes the embedded server longer than all the rest.
        let mut nothing = Response::new(Body::empty());
        *nothing.status_mut() = StatusCode::NOT_FOUND;
        return nothing;
    }
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let storm = *line.storm.lock().unwrap();
    tokio::time::sleep(storm.latency).await;
    let dice = line.dice();
    if dice >= 1.0 - storm.resets / 2.0 {
        fuse.blow();
        return cut(Bytes::new());
    }
    if let Some(bad) = refused(storm, dice) {
        return bad;
    }
    let mut headers = head.headers;
    for own in [
        header::HOST,
        header::CONTENT_LENGTH,
        header::TRANSFER_ENCODING,
    ] {
        headers.remove(own);
    }
    let call = line
        .http
        .request(head.method, format!("{}{path}", line.server))
        .headers(headers)
        .body(body);
    let Ok(came) = call.send().await else {
        return cut(Bytes::new());
    };
    let mut answer = Answer {
        status: came.status().as_u16(),
        headers: came.headers().clone(),
        body: came.bytes().await.unwrap_or_default().to_vec(),
    };
    let twist = line.twist.lock().unwrap().clone();
    if let Some(twist) = twist {
        twist(&what, &mut answer);
    }
    let dice = line.dice();
    let reset = dice >= 1.0 - storm.resets / 2.0;
    if reset {
        fuse.blow();
    }
    if reset || dice < storm.cuts / 2.0 {
        answer.body.truncate(answer.body.len() / 2);
        return cut(answer.body.into());
    }
    for own in [header::CONTENT_LENGTH, header::TRANSFER_ENCODING] {
        answer.headers.remove(own);
    }
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap();
    *response.headers_mut() = answer.headers;
    response
}

fn refused(storm: Storm, dice: f64) -> Option<Response<Body>> {
    let problem = |status: u16, wait: Option<&str>| {
        let mut response = Response::new(Body::from(
            r#"{"status":0,"type":"errors/unexpected_error"}"#,
        ));
        *response.status_mut() = StatusCode::from_u16(status).unwrap();
        if let Some(wait) = wait {
            let value = HeaderValue::from_str(wait).unwrap();
            response.headers_mut().insert(header::RETRY_AFTER, value);
        }
        response
    };
    let mut left = dice;
    for (share, bad) in [
        (storm.cuts, 0),
        (storm.errors, 1),
        (storm.limits, 2),
        (storm.pages, 3),
    ] {
        let share = if bad == 0 && share < 1.0 {
            share / 2.0
        } else {
            share
        };
        if left >= share {
            left -= share;
            continue;
        }
        let early = left < share / 2.0;
        return Some(match bad {
            0 => cut(Bytes::new()),
            1 => problem(if early { 503 } else { 500 }, None),
            2 => problem(429, early.then_some("1")),
            _ => {
                let page = "<!doctype html><title>Free Wi-Fi</title><h1>Please log in</h1>";
                let mut response = Response::new(Body::from(page));
                let html = HeaderValue::from_static("text/html");
                response.headers_mut().insert(header::CONTENT_TYPE, html);
                response
            }
        });
    }
    None
}

/// An answer that breaks off.
fn cut(start: Bytes) -> Response<Body> {
    let broken = Err(std::io::Error::other("the line is cut"));
    let mut response = Response::new(Body::from_stream(stream::iter([Ok(start), broken])));
    response
        .headers_mut()
        .insert(header::CONTENT_LENGTH, HeaderValue::from(1 << 20));
    response
}
