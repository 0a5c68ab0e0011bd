//! What many tests need: a running embedded server, and the program as a person starts it.

pub mod dump;
pub mod fuse;
pub mod peak;
pub mod profile;
pub mod script;
pub mod stage;
pub mod terminal;
pub mod tls;
pub mod weather;
pub mod zoo;

use std::net::{IpAddr, Ipv4Addr};
use std::process::Output;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use assert_cmd::Command;
use onebox::api::{BaseUrl, Client};
use onebox::demo::{Clock, Demo, Mischief, Options, Scale};
use secrecy::SecretString;

/// The key of every test server.
pub const KEY: &str = "test-key";
/// When the test worlds begin: 2026-11-20T15:00:00Z.
pub const BEGAN: i64 = 1_795_186_800_000;

/// How test servers run: on a free port, with a world that stands still and always is the same.
pub fn options() -> Options {
    Options {
        bind: IpAddr::V4(Ipv4Addr::LOCALHOST),
        port: 0,
        key: KEY.to_owned(),
        scale: Scale {
            seed: 7,
            began: BEGAN,
            chats: 120,
            messages: 3_000,
            mails: 300,
        },
        clock: Clock::by_hand(|| BEGAN),
        live: false,
        data: None,
        mischief: Mischief::default(),
        retry_gap: Duration::from_millis(1),
    }
}

/// A running embedded server.
pub async fn demo() -> Demo {
    Demo::start(options()).await.unwrap()
}

/// A running embedded server whose clock stands still until the test turns it.
#[derive(Debug)]
pub struct Stage {
    pub demo: Demo,
    clock: Arc<AtomicI64>,
}

impl Stage {
    /// Starts a server with a world of some dozens of chats.
    pub async fn open() -> Self {
        let clock = Arc::new(AtomicI64::new(BEGAN));
        let hand = Arc::clone(&clock);
        let mut options = options();
        options.clock = Clock::by_hand(move || hand.load(Ordering::SeqCst));
        options.scale = Scale {
            chats: 60,
            messages: 1_200,
            mails: 240,
            ..options.scale
        };
        let demo = Demo::start(options).await.unwrap();
        Self { demo, clock }
    }

    /// Lets time pass in the world.
    pub fn pass(&self, time: Duration) {
        let millis = i64::try_from(time.as_millis()).unwrap();
        self.clock.fetch_add(millis, Ordering::SeqCst);
    }
}

/// A client of the server at an address.
pub fn client(address: &str, key: &str) -> Client {
    let base = BaseUrl::parse(address).unwrap();
    Client::new(base, &SecretString::from(key)).unwrap()
}

/// The program, told where the server is and nothing else.
pub fn onebox(demo: &Demo) -> Command {
    let mut command = bare();
    command.env("ONEBOX_URL", demo.url()).env("ONEBOX_KEY", KEY);
    command
}

/// The program in an empty environment.
pub fn bare() -> Command {
    let mut command = assert_cmd::cargo_bin_cmd!("onebox");
    let home = std::env::temp_dir().join("onebox-test-home-that-is-not-there");
    command
        .env_clear()
        .env("HOME", home)
        // The keyring of whoever runs the tests is none of their business.
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
        .env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command
}

/// Runs the program off the runtime, so that the server of the test can answer it.
pub async fn run(mut command: Command) -> Output {
    tokio::task::spawn_blocking(move || command.output().unwrap())
        .await
        .unwrap()
}

/// Standard output as text.
pub fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Standard error as text.
pub fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}
