//! How long a page of 250 messages takes: to serve, out of a small world and out of a large one, and to decode. Each
//! stands beside its floor in the same run; docs/benchmarks.md has the figures.
#![allow(clippy::unwrap_used, reason = "a bench may fail")]

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use divan::{Bencher, black_box};
use onebox::api::messaging::read_messages;
use onebox::demo::{Clock, Demo, Mischief, Options, Scale};
use tokio::runtime::Runtime;

const KEY: &str = "bench-key";
const BEGAN: i64 = 1_795_186_800_000;

fn main() {
    divan::main();
}

/// A running server and a plain http client, on one runtime.
struct Stage {
    runtime: Runtime,
    demo: Demo,
    http: reqwest::Client,
}

impl Stage {
    fn new(chats: usize, messages: usize) -> Self {
        let runtime = Runtime::new().unwrap();
        let _ = rustls::crypto::ring::default_provider().install_default();
        let options = Options {
            bind: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 0,
            key: KEY.to_owned(),
            scale: Scale {
                seed: 7,
                began: BEGAN,
                chats,
                messages,
                mails: 640,
            },
            clock: Clock::by_hand(|| BEGAN),
            live: false,
            data: None,
            mischief: Mischief::default(),
            retry_gap: Duration::from_secs(1),
        };
        let demo = runtime.block_on(Demo::start(options)).unwrap();
        Self {
            runtime,
            demo,
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
        }
    }

    fn get(&self, path: &str) -> Vec<u8> {
        let url = format!("{}{path}", self.demo.url());
        let work = async {
            self.http
                .get(url)
                .header("x-api-key", KEY)
                .send()
                .await
                .unwrap()
                .bytes()
                .await
                .unwrap()
        };
        self.runtime.block_on(work).to_vec()
    }
}

/// Floor of serving: the same way through http, with nothing to look up.
#[divan::bench]
fn serve_floor_unknown_route(bencher: Bencher<'_, '_>) {
    let stage = Stage::new(190, 6_000);
    bencher.bench_local(|| black_box(stage.get("/api/v1/nothing")));
}

#[divan::bench(args = [(190, 6_000), (10_000, 1_000_000)])]
fn serve_250_messages(bencher: Bencher<'_, '_>, (chats, messages): (usize, usize)) {
    let stage = Stage::new(chats, messages);
    stage.get("/api/v1/messages?limit=250");
    bencher.bench_local(|| black_box(stage.get("/api/v1/messages?limit=250")));
}

#[divan::bench(args = [(190, 6_000), (10_000, 1_000_000)])]
fn serve_250_chats(bencher: Bencher<'_, '_>, (chats, messages): (usize, usize)) {
    let stage = Stage::new(chats, messages);
    bencher.bench_local(|| black_box(stage.get("/api/v1/chats?limit=250")));
}

/// Floor of decoding: the bytes as untyped JSON.
#[divan::bench]
fn decode_floor_untyped(bencher: Bencher<'_, '_>) {
    let body = Stage::new(190, 6_000).get("/api/v1/messages?limit=250");
    bencher.bench_local(|| black_box(serde_json::from_slice::<serde_json::Value>(&body).unwrap()));
}

#[divan::bench]
fn decode_250_messages(bencher: Bencher<'_, '_>) {
    let body = Stage::new(190, 6_000).get("/api/v1/messages?limit=250");
    assert_eq!(read_messages(&body).unwrap().items.len(), 250);
    bencher.bench_local(|| black_box(read_messages(&body).unwrap()));
}
