//! A server that answers with whatever bytes a test wants, well-formed or not, and remembers what it was asked.

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// One piece of an answer.
#[derive(Debug, Clone)]
pub enum Piece {
    Bytes(Vec<u8>),
    Pause(Duration),
}

/// A running server of this kind.
#[derive(Debug)]
pub struct Script {
    pub url: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Script {
    /// Starts a server; `answer` gets the head of each request, request line and headers.
    pub async fn open(answer: impl Fn(&str) -> Vec<Piece> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::<Mutex<Vec<String>>>::default();
        let heads = Arc::clone(&seen);
        let answer = Arc::new(answer);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (heads, answer) = (Arc::clone(&heads), Arc::clone(&answer));
                tokio::spawn(async move {
                    let Some(head) = read(&mut stream).await else {
                        return;
                    };
                    heads.lock().unwrap().push(head.clone());
                    for piece in answer(&head) {
                        match piece {
                            // The other side may have hung up, which some tests want.
                            Piece::Bytes(bytes) => drop(stream.write_all(&bytes).await),
                            Piece::Pause(time) => tokio::time::sleep(time).await,
                        }
                    }
                    let _ = stream.shutdown().await;
                });
            }
        });
        Self { url, seen }
    }

    /// Starts a server that gives every request the same answer.
    pub async fn always(answer: Vec<Piece>) -> Self {
        Self::open(move |_| answer.clone()).await
    }

    /// The heads of all requests so far.
    pub fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }

    /// The request lines of all requests so far, such as `GET /api/v1/chats`.
    pub fn asked(&self) -> Vec<String> {
        let line = |head: &String| {
            let line = head.lines().next().unwrap_or_default();
            line.trim_end_matches(" HTTP/1.1").to_owned()
        };
        self.seen().iter().map(line).collect()
    }
}

/// Reads a request and gives its head.
async fn read(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    let end = loop {
        let mut piece = [0; 4096];
        let count = stream.read(&mut piece).await.ok().filter(|n| *n > 0)?;
        bytes.extend_from_slice(&piece[..count]);
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let length = head
        .lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .map_or(0, |(_, length)| length.parse::<usize>().unwrap());
    let mut rest = vec![0; (end + length).saturating_sub(bytes.len())];
    stream.read_exact(&mut rest).await.ok()?;
    Some(head)
}

/// A whole answer: status line, headers, body.
pub fn answer(status: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<Piece> {
    let mut head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        head.extend([name, ": ", value, "\r\n"]);
    }
    head.push_str("connection: close\r\n\r\n");
    let mut bytes = head.into_bytes();
    bytes.extend_from_slice(body);
    vec![Piece::Bytes(bytes)]
}

/// A good answer in JSON.
pub fn json(body: &str) -> Vec<Piece> {
    answer(
        "200 OK",
        &[("content-type", "application/json")],
        body.as_bytes(),
    )
}
