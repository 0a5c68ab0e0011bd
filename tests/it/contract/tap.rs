//! A tap on the line: forwards every request to a server as it came and remembers both sides.

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Response, StatusCode, header};
use tokio::net::TcpListener;

/// One request and its answer.
#[derive(Debug, Clone)]
pub(crate) struct Exchange {
    pub(crate) method: String,
    /// As it travelled, percent-encoded.
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) status: u16,
    pub(crate) answer_headers: HeaderMap,
    pub(crate) answer: Bytes,
}

/// A tap in front of a server.
#[derive(Debug)]
pub(crate) struct Tap {
    pub(crate) url: String,
    line: Arc<Line>,
}

#[derive(Debug)]
struct Line {
    server: String,
    http: reqwest::Client,
    seen: Mutex<Vec<Exchange>>,
}

impl Tap {
    /// Puts a tap in front of a server.
    pub(crate) async fn before(server: &str) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .no_gzip()
            .build()
            .unwrap();
        let line = Arc::new(Line {
            server: server.to_owned(),
            http,
            seen: Mutex::default(),
        });
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new()
            .fallback(forward)
            .with_state(Arc::clone(&line));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, line }
    }

    /// Everything that has passed, in order.
    pub(crate) fn seen(&self) -> Vec<Exchange> {
        self.line.seen.lock().unwrap().clone()
    }
}

async fn forward(State(line): State<Arc<Line>>, request: Request) -> Response<Body> {
    let (head, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let whole = head.uri.path_and_query().unwrap().as_str();
    let mut headers = head.headers.clone();
    for own in [
        header::HOST,
        header::CONTENT_LENGTH,
        header::TRANSFER_ENCODING,
    ] {
        headers.remove(own);
    }
    let call = line
        .http
        .request(head.method.clone(), format!("{}{whole}", line.server))
        .headers(headers)
        .body(body.clone());
    let Ok(answer) = call.send().await else {
        return plain(StatusCode::BAD_GATEWAY, Body::empty());
    };
    let (status, answer_headers) = (answer.status(), answer.headers().clone());
    let bytes = answer.bytes().await.unwrap_or_default();
    line.seen.lock().unwrap().push(Exchange {
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: head.headers,
        body,
        status: status.as_u16(),
        answer_headers: answer_headers.clone(),
        answer: bytes.clone(),
    });
    let mut response = plain(status, Body::from(bytes));
    *response.headers_mut() = answer_headers;
    response.headers_mut().remove(header::TRANSFER_ENCODING);
    response
}

fn plain(status: StatusCode, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response
}

/// Reads a percent-encoded segment of a path.
pub(crate) fn decode(segment: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = segment.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}
