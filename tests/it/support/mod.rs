//! What all tests share: the embedded server with a small world, always the same one, and a clock that stands still
//! until a test turns it.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use onebox::api::{BaseUrl, Client};
use onebox::demo::{Clock, Demo, Mischief, Options, Scale};
use secrecy::SecretString;

/// The key that the servers of the tests want.
pub(crate) const KEY: &str = "key-of-the-tests-4711";

/// The moment at which the world of the tests begins: 2026-11-18T10:26:40Z.
pub(crate) const BEGAN: i64 = 1_795_000_000_000;

/// A running server and its clock.
#[derive(Debug)]
pub(crate) struct Stage {
    demo: Demo,
    clock: Arc<AtomicI64>,
}

impl Stage {
    /// Starts a server on any free port, with a world of some dozens of chats.
    pub(crate) async fn open() -> Self {
        let clock = Arc::new(AtomicI64::new(BEGAN));
        let hand = Arc::clone(&clock);
        let options = Options {
            bind: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 0,
            key: KEY.to_owned(),
            scale: Scale {
                seed: 7,
                began: BEGAN,
                chats: 60,
                messages: 1_200,
                mails: 240,
            },
            clock: Clock::by_hand(move || hand.load(Ordering::SeqCst)),
            live: false,
            data: None,
            mischief: Mischief::default(),
        };
        let demo = Demo::start(options).await.unwrap();
        Self { demo, clock }
    }

    pub(crate) fn url(&self) -> &str {
        self.demo.url()
    }

    /// Lets time pass in the world.
    pub(crate) fn pass(&self, time: Duration) {
        let millis = i64::try_from(time.as_millis()).unwrap();
        self.clock.fetch_add(millis, Ordering::SeqCst);
    }
}

/// A client of the server at an address.
pub(crate) fn client(address: &str, key: &str) -> Client {
    let base = BaseUrl::parse(address).unwrap();
    Client::new(base, &SecretString::from(key)).unwrap()
}
