//! `onebox sync` and `onebox doctor`.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::weather::{Storm, Weather};
use crate::support::{KEY, bare, demo, err, options, out, run};

/// A world that is fetched in a few seconds.
async fn small() -> onebox::demo::Demo {
    let mut options = options();
    options.scale.chats = 5;
    options.scale.messages = 60;
    options.scale.mails = 10;
    onebox::demo::Demo::start(options).await.unwrap()
}

fn command(home: &TempDir, url: &str, words: &[&str]) -> assert_cmd::Command {
    let mut command = bare();
    command
        .env("ONEBOX_CONFIG", home.path().join("config"))
        .env("ONEBOX_DATA", home.path().join("data"))
        .env("ONEBOX_URL", url)
        .env("ONEBOX_KEY", KEY)
        .args(words);
    command
}

fn lines(text: &str) -> Vec<Value> {
    let lines = text.lines().map(serde_json::from_str);
    lines
        .collect::<Result<_, _>>()
        .unwrap_or_else(|_| panic!("{text}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_key_ends_a_sync_with_its_own_exit_code() {
    let demo = demo().await;
    let home = tempfile::tempdir().unwrap();
    let mut command = command(&home, demo.url(), &["sync", "--once"]);
    command.env("ONEBOX_KEY", "another key");
    let output = run(command).await;
    assert_eq!(output.status.code(), Some(4), "{output:?}");
    assert!(err(&output).contains("key"), "{output:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_not_there_ends_a_sync_and_one_error_does_not() {
    let demo = small().await;
    let line = Weather::before(demo.url()).await;
    line.set(Storm::DEAD);
    let home = tempfile::tempdir().unwrap();
    let output = run(command(&home, &line.url, &["sync"])).await;
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    assert!(line.asked().len() <= 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_tells_of_each_account_and_the_doctor_finds_a_sound_store() {
    let demo = small().await;
    let line = Weather::before(demo.url()).await;
    let home = tempfile::tempdir().unwrap();
    let output = run(command(&home, &line.url, &["sync", "--once", "--json"])).await;
    assert!(output.status.success(), "{output:?}");
    let told = lines(&out(&output));
    let last = told.last().unwrap();
    assert!(last["kind"] == "sync" && last["id"].is_string() && last["state"].is_string());
    let done = told.iter().filter(|it| it["state"] == "done");
    let done: std::collections::BTreeSet<_> = done.map(|it| it["id"].as_str().unwrap()).collect();
    assert!(done.len() >= 9, "{told:?}");

    let output = run(command(&home, &line.url, &["doctor", "--json"])).await;
    let found = lines(&out(&output));
    let state = |id: &str| found.iter().find(|it| it["id"] == id).unwrap()["state"].clone();
    assert_eq!(
        (state("server"), state("store")),
        ("ok".into(), "ok".into())
    );
    // One account of the world has lost its login.
    assert!(
        found
            .iter()
            .any(|it| it["id"] == "account" && it["state"] == "bad")
    );
    assert_eq!(output.status.code(), Some(1));

    line.twist(|what, answer| {
        if what.contains("/messages?") && answer.status == 200 {
            answer.edit(|value| value["items"][0] = Value::Null);
        }
    });
    assert!(
        run(command(&home, &line.url, &["sync"]))
            .await
            .status
            .success()
    );
    let output = run(command(&home, &line.url, &["doctor"])).await;
    assert!(out(&output).contains("unreadable item"), "{output:?}");
}

/// A process that watches, with what it says.
struct Watching {
    child: Child,
    says: std::sync::mpsc::Receiver<String>,
}

impl Watching {
    fn start(home: &TempDir, url: &str) -> Self {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin!("onebox"))
            .env_clear()
            .env("HOME", home.path())
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
            .env("ONEBOX_CONFIG", home.path().join("config"))
            .env("ONEBOX_DATA", home.path().join("data"))
            .env("ONEBOX_URL", url)
            .env("ONEBOX_KEY", KEY)
            .args(["sync", "--watch"])
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let (tell, says) = std::sync::mpsc::channel();
        let text = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || {
            for line in text.lines().map_while(Result::ok) {
                let _ = tell.send(line);
            }
        });
        Self { child, says }
    }

    fn hear(&self, part: &str) {
        let long = std::time::Duration::from_secs(30);
        while !self
            .says
            .recv_timeout(long)
            .unwrap_or_else(|_| panic!("never said {part:?}"))
            .contains(part)
        {}
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_processes_one_fetches_and_the_other_takes_over_when_it_is_killed() {
    let demo = small().await;
    let home = tempfile::tempdir().unwrap();
    let url = demo.url().to_owned();
    tokio::task::spawn_blocking(move || {
        let mut first = Watching::start(&home, &url);
        first.hear("up to date");
        let second = Watching::start(&home, &url);
        second.hear("takes over");
        first.child.kill().unwrap();
        second.hear("up to date");
    })
    .await
    .unwrap();
}
