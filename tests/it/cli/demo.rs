//! `onebox demo`.

use std::io::{BufRead as _, BufReader};
#[cfg(unix)]
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::support::bare;

/// A served world that ends with the test.
struct Served {
    child: Child,
    url: String,
    key: String,
}

impl Served {
    fn start(arguments: &[&str]) -> Self {
        let program = assert_cmd::cargo::cargo_bin!("onebox");
        let mut child = Command::new(program)
            .args(["demo", "--serve"])
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut first)
            .unwrap();
        let line: Value = serde_json::from_str(&first).unwrap();
        let text = |name: &str| line[name].as_str().unwrap().to_owned();
        Self {
            child,
            url: text("url"),
            key: text("key"),
        }
    }

    fn ask(&self, arguments: &[&str]) -> Value {
        let output = bare()
            .env("ONEBOX_URL", &self.url)
            .env("ONEBOX_KEY", &self.key)
            .arg("api")
            .args(arguments)
            .output()
            .unwrap();
        serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
    }

    #[cfg(unix)]
    fn interrupt(mut self) {
        // The shell's own `kill`: the program of that name is not on every machine.
        let kill = format!("kill {}", self.child.id());
        let killed = Command::new("sh").args(["-c", &kill]).status().unwrap();
        assert!(killed.success());
        assert!(
            self.child.wait().unwrap().success(),
            "a stop that was asked for is no failure"
        );
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_first_line_tells_address_and_key_and_the_same_seed_gives_the_same_world() {
    let now = ["--now", "2026-11-20T15:00:00Z"];
    let (one, two) = (Served::start(&now), Served::start(&now));
    assert!(one.url.starts_with("http://127.0.0.1:"));
    assert_ne!(one.key, two.key);
    let ask = |served: &Served| served.ask(&["listMessages", "limit=50"])["items"].clone();
    assert_eq!(ask(&one), ask(&two));
}

#[cfg(unix)]
#[test]
fn a_world_that_is_kept_goes_on_where_it_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("world");
    let arguments = ["--data", data.to_str().unwrap()];
    let served = Served::start(&arguments);
    let chat = served.ask(&["listChats", "limit=1", "account_type=WHATSAPP"])["items"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let sent = served.ask(&[
        "sendMessage",
        &format!("chat_id={chat}"),
        "text=remember me",
    ]);
    let id = format!("message_id={}", sent["message_id"].as_str().unwrap());
    served.interrupt();
    let again = Served::start(&arguments);
    assert_eq!(again.ask(&["getMessage", &id])["text"], "remember me");
    again.interrupt();
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(
        (mode(&data), mode(&data.join("world.json"))),
        (0o700, 0o600)
    );
}

/// A folder for temporary files in which something is left, or not.
fn corner() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn is_empty(folder: &tempfile::TempDir) -> bool {
    folder.path().read_dir().unwrap().next().is_none()
}

#[test]
fn a_command_runs_in_a_world_of_its_own_and_nothing_of_it_is_left() {
    let corner = corner();
    let ask = |words: &[&str]| {
        let mut command = bare();
        command
            .env("TMPDIR", corner.path())
            .args(["demo", "--seed", "3", "--still", "--"])
            .args(words);
        command
    };
    let output = ask(&["api", "listAccounts"]).output().unwrap();
    let list: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(list["object"], "AccountList");
    assert!(output.status.success() && output.stderr.is_empty());
    let output = ask(&["login"]).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .contains("Profile demo")
    );
    let typed = ask(&["api", "GET", "/nothing"]).output().unwrap();
    assert_eq!(typed.status.code(), Some(2), "an exit code is passed on");
    let gone = ask(&["api", "getChat", "chat_id=@-"])
        .write_stdin("no such chat")
        .output()
        .unwrap();
    assert_eq!(
        gone.status.code(),
        Some(1),
        "standard input is passed on: {gone:?}"
    );
    assert!(is_empty(&corner));
}

#[cfg(unix)]
#[test]
fn a_command_that_is_stopped_takes_its_world_along() {
    let corner = corner();
    let program = assert_cmd::cargo::cargo_bin!("onebox");
    for signal in ["TERM", "HUP"] {
        let mut outer = Command::new(program)
            .env("TMPDIR", corner.path())
            .args(["demo", "--", "demo", "--serve"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = String::new();
        let mut lines = BufReader::new(outer.stdout.take().unwrap());
        lines.read_line(&mut first).unwrap();
        assert!(first.contains("127.0.0.1") && !is_empty(&corner));
        let kill = format!("kill -{signal} {}", outer.id());
        assert!(
            Command::new("sh")
                .args(["-c", &kill])
                .status()
                .unwrap()
                .success()
        );
        assert!(outer.wait().unwrap().success());
        // The inner program held the other end of the pipe; now nobody does.
        assert_eq!(lines.read_line(&mut first).unwrap(), 0);
        assert!(is_empty(&corner));
    }
}
