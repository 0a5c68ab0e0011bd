//! What many tests need: a running embedded server, and the program as a person starts it.

use std::net::{IpAddr, Ipv4Addr};
use std::process::Output;

use assert_cmd::Command;
use onebox::demo::{Clock, Demo, Mischief, Options, Scale};

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
    }
}

/// A running embedded server.
pub async fn demo() -> Demo {
    Demo::start(options()).await.unwrap()
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
