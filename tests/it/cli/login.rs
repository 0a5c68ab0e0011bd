//! `onebox login`, `onebox logout` and where they keep what they are told.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use onebox::demo::Demo;
use tempfile::TempDir;

use crate::support::script::{Script, answer, json};
use crate::support::tls::{self, Secured};
use crate::support::{KEY, bare, demo, err, out, run};

/// A user of this machine, with folders of their own.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn config(&self) -> PathBuf {
        self.0.path().join("config")
    }

    fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }

    fn at_home(&self, command: &mut Command) {
        command
            .env("ONEBOX_CONFIG", self.config())
            .env("ONEBOX_DATA", self.data());
    }

    fn onebox(&self, arguments: &[&str]) -> Command {
        let mut command = bare();
        self.at_home(&mut command);
        command.args(arguments);
        command
    }

    async fn says(&self, arguments: &[&str], input: &str) -> Output {
        let mut command = self.onebox(arguments);
        command.write_stdin(input);
        run(command).await
    }

    async fn login(&self, server: &str, more: &[&str]) -> Output {
        let arguments = [&["login", "--url", server], more].concat();
        let output = self.says(&arguments, &format!("{KEY}\n")).await;
        assert!(
            !(out(&output) + &err(&output)).contains(KEY),
            "the key is shown"
        );
        output
    }

    /// Everything that is written anywhere, but the file that holds the key.
    fn written(&self) -> String {
        let files = files_below(self.0.path());
        let open = files.iter().filter(|file| !file.ends_with("key"));
        open.map(|file| fs::read_to_string(file).unwrap()).collect()
    }
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .flat_map(|entry| match entry.path() {
            path if path.is_dir() => files_below(&path),
            path => vec![path],
        })
        .collect()
}

async fn works(home: &Home, arguments: &[&str]) -> bool {
    let arguments = [&["api", "listAccounts"], arguments].concat();
    let output = home.says(&arguments, "").await;
    assert!(!err(&output).contains(KEY));
    output.status.success()
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_login_names_the_accounts_and_lies_in_files_nobody_else_can_read_whatever_the_umask() {
    use std::os::unix::fs::PermissionsExt as _;
    let demo = demo().await;
    let home = Home::new();
    let program = assert_cmd::cargo::cargo_bin!("onebox");
    let line = format!(
        "umask 000; exec '{}' login --url '{}/api/v1/'",
        program.display(),
        demo.url()
    );
    let mut command = bare_shell(&line);
    command.env("HOME", home.0.path());
    command.write_stdin(format!("  {KEY} \n"));
    let output = run(command).await;
    assert!(output.status.success(), "{}", err(&output));
    let told = out(&output);
    let count = format!("{} accounts", demo.about().accounts);
    for words in [
        demo.url(),
        &count,
        "LinkedIn",
        "WhatsApp",
        "OK",
        "no keyring",
        ".config/onebox/key",
    ] {
        assert!(told.contains(words), "{words} is missing in {told}");
    }
    assert!(!told.contains(KEY) && !home.written().contains(KEY));
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    let config = home.0.path().join(".config/onebox");
    assert_eq!(mode(&config), 0o700);
    let files = files_below(home.0.path());
    assert_eq!(files.len(), 2, "{files:?}");
    for file in files {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
    let again = || {
        let mut command = bare();
        command
            .env("HOME", home.0.path())
            .args(["api", "listAccounts"]);
        command
    };
    let quiet = run(again()).await;
    assert!(quiet.status.success() && quiet.stderr.is_empty());
    fs::set_permissions(config.join("key"), fs::Permissions::from_mode(0o644)).unwrap();
    let warned = run(again()).await;
    assert!(warned.status.success() && err(&warned).contains("chmod 600"));
}

#[cfg(target_os = "linux")]
fn bare_shell(line: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", line]).env_clear();
    for (name, value) in bare().get_envs() {
        command.env(name, value.unwrap_or_default());
    }
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn each_thing_that_can_be_wrong_with_address_port_or_key_is_called_by_its_name() {
    let demo = demo().await;
    let portal = answer(
        "200 OK",
        &[("content-type", "text/html")],
        b"<!doctype html><p>Hello",
    );
    let portal = Script::always(portal).await;
    let missing = answer("404 Not Found", &[], b"no such page");
    let missing = Script::always(missing).await;
    let other = Script::always(json("{\"hello\": \"world\"}")).await;
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = closed.local_addr().unwrap();
    drop(closed);
    let plain = format!("https://{}", port_of(&demo));
    let cases = [
        ("not an address", 2, "is not a server address"),
        ("http://api27.unipile.com", 2, "clear text"),
        ("no-such-host.invalid:15796", 3, "is not known"),
        (&port.to_string(), 3, "Nothing listens"),
        (&plain, 3, "does not speak TLS"),
        (&portal.url, 1, "with a web page"),
        (&missing.url, 1, "not as a Unipile does"),
        (&other.url, 1, "not as a Unipile does"),
    ];
    for (server, code, words) in cases {
        let home = Home::new();
        let output = home.login(server, &[]).await;
        assert_eq!(
            output.status.code(),
            Some(code),
            "{server}: {}",
            err(&output)
        );
        assert!(err(&output).contains(words), "{server}: {}", err(&output));
        assert!(
            files_below(home.0.path()).is_empty(),
            "{server} left something"
        );
    }
    let home = Home::new();
    let wrong = home
        .says(&["login", "--url", demo.url()], "another-key\n")
        .await;
    assert_eq!(wrong.status.code(), Some(4));
    assert!(err(&wrong).contains("refuses the key") && !err(&wrong).contains("another-key"));
    let none = home.says(&["login", "--url", demo.url()], "\n").await;
    assert_eq!(none.status.code(), Some(4));
    let nowhere = home.says(&["login"], KEY).await;
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(files_below(home.0.path()).is_empty());
}

fn port_of(demo: &Demo) -> &str {
    demo.url().trim_start_matches("http://")
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_is_not_right_is_named_and_not_a_byte_is_sent_to_it() {
    let cases = [
        ("self-signed", "self-signed"),
        ("expired", "has expired"),
        ("other-name", "belongs to another name"),
    ];
    for (certificate, words) in cases {
        let (home, server) = (Home::new(), Secured::open(certificate));
        let mut command = home.onebox(&["login", "--url", &server.url]);
        command
            .env("SSL_CERT_FILE", tls::file("ca"))
            .write_stdin(KEY);
        let output = run(command).await;
        assert_eq!(output.status.code(), Some(3), "{}", err(&output));
        assert!(
            err(&output).contains(words),
            "{certificate}: {}",
            err(&output)
        );
        assert_eq!(server.heard(), 0, "{certificate}");
        assert!(files_below(home.0.path()).is_empty());
    }
    let (home, server) = (Home::new(), Secured::open("good"));
    let mut command = home.onebox(&["login", "--url", &server.url]);
    command
        .env("SSL_CERT_FILE", tls::file("ca"))
        .write_stdin(KEY);
    let output = run(command).await;
    assert!(output.status.success(), "{}", err(&output));
    assert!(out(&output).contains("no account is linked there yet") && server.heard() > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_logout_forgets_address_and_key_and_keeps_what_was_fetched_unless_told() {
    let demo = demo().await;
    let home = Home::new();
    assert!(home.login(demo.url(), &[]).await.status.success());
    let store = home.data().join("profiles/default");
    fs::create_dir_all(&store).unwrap();
    fs::write(store.join("store"), "messages").unwrap();
    let output = home.says(&["logout"], "").await;
    assert!(output.status.success(), "{}", err(&output));
    assert!(out(&output).contains(demo.url()) && out(&output).contains(store.to_str().unwrap()));
    assert!(!home.config().join("key").exists() && !home.written().contains(demo.url()));
    assert!(store.join("store").exists());
    let output = home.says(&["api", "listAccounts"], "").await;
    assert_eq!(output.status.code(), Some(4));
    assert_eq!(err(&output).lines().count(), 2, "{}", err(&output));
    assert!(err(&output).contains("onebox login") && err(&output).contains("onebox demo"));

    assert!(home.login(demo.url(), &[]).await.status.success());
    let unsure = home.says(&["logout", "--erase"], "yes\n").await;
    assert_eq!(unsure.status.code(), Some(2));
    assert!(err(&unsure).contains(store.to_str().unwrap()) && err(&unsure).contains("--yes"));
    assert!(works(&home, &[]).await && store.join("store").exists());
    let output = home.says(&["logout", "--erase", "--yes"], "").await;
    assert!(output.status.success() && !store.exists());
    assert!(out(&home.says(&["logout"], "").await).contains("had no login"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_erased_under_a_process_that_syncs_and_its_number_is_named() {
    let demo = demo().await;
    let home = Home::new();
    assert!(home.login(demo.url(), &[]).await.status.success());
    let data = home.data().join("profiles/default");
    drop(onebox::store::Store::open(&data).unwrap());
    let lead = onebox::sync::Lead::take(&data).unwrap();
    let output = home.says(&["logout", "--erase", "--yes"], "").await;
    assert_eq!(output.status.code(), Some(2));
    let process = format!("(process {})", std::process::id());
    assert!(err(&output).contains(&process), "{}", err(&output));
    assert!(err(&output).contains("Nothing was done"));
    assert!(works(&home, &[]).await && onebox::store::Store::is_there(&data));
    drop(lead);
    let output = home.says(&["logout", "--erase", "--yes"], "").await;
    assert!(output.status.success() && !data.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_leaves_comments_and_other_settings_as_they_were_and_replaces_an_old_key() {
    let demo = demo().await;
    let home = Home::new();
    fs::create_dir_all(home.config()).unwrap();
    let file = home.config().join("config.toml");
    let before = "# my settings\nread_marks = \"manual\" # I decide\n\n[server]\nkey = \"old-key\"\n# soon:\n#: url = \"x\"\n\n\
                  [sending]\nundo_seconds = 30\n";
    fs::write(&file, before).unwrap();
    assert!(home.login(demo.url(), &[]).await.status.success());
    let after = fs::read_to_string(&file).unwrap();
    let line = format!("#: url = \"x\"\nurl = \"{}\"\n", demo.url());
    let expected = before
        .replace("key = \"old-key\"\n", "")
        .replace("#: url = \"x\"\n", &line);
    assert_eq!(after, expected);
    assert!(works(&home, &[]).await);
    let command = format!("printf {KEY}");
    let output = home
        .says(
            &["login", "--url", demo.url(), "--key-command", &command],
            "",
        )
        .await;
    assert!(output.status.success(), "{}", err(&output));
    assert!(
        !home.config().join("key").exists(),
        "an old key is left behind"
    );
    assert!(
        fs::read_to_string(&file)
            .unwrap()
            .contains("key_command = [\"printf\"")
    );
    assert!(works(&home, &[]).await);
    fs::write(&file, "[server]\nurl = \"x\"\nhistory = 3\n").unwrap();
    let broken = home.login(demo.url(), &[]).await;
    assert_eq!(broken.status.code(), Some(2));
    assert!(err(&broken).contains("line 3"));
}

#[tokio::test(flavor = "multi_thread")]
async fn profiles_know_nothing_of_each_other() {
    let demo = demo().await;
    let home = Home::new();
    assert!(
        home.login(demo.url(), &["--profile", "work"])
            .await
            .status
            .success()
    );
    assert!(works(&home, &["--profile", "work"]).await);
    assert!(!works(&home, &[]).await && !works(&home, &["--profile", "home"]).await);
    let mut command = home.onebox(&["api", "listAccounts"]);
    command.env("ONEBOX_PROFILE", "work");
    assert!(run(command).await.status.success());
    let hint = home
        .says(&["api", "listAccounts", "--profile", "home"], "")
        .await;
    assert!(err(&hint).contains("onebox login --profile home"));
    for name in ["../work", "", "Work", &"x".repeat(41)] {
        let arguments = [&format!("--profile={name}"), "api", "listAccounts"];
        let refused = home.says(&arguments, "").await;
        assert_eq!(refused.status.code(), Some(2), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_key_is_shown_to_no_other_server_than_its_own() {
    let demo = demo().await;
    let home = Home::new();
    assert!(home.login(demo.url(), &[]).await.status.success());
    let stranger = Script::always(json("{\"items\": []}")).await;
    let output = home
        .says(&["api", "listAccounts", "--url", &stranger.url], "")
        .await;
    assert_eq!(output.status.code(), Some(4));
    assert!(err(&output).contains("belongs to"), "{}", err(&output));
    assert!(stranger.seen().is_empty());
    let same = format!("{}/api/v1", demo.url());
    assert!(works(&home, &["--url", &same]).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_only_read_sends_nothing_that_changes_the_world() {
    let demo = demo().await;
    let home = Home::new();
    assert!(home.login(demo.url(), &[]).await.status.success());
    assert!(works(&home, &["--readonly"]).await);
    let server = Script::always(json("{}")).await;
    let mut command = home.onebox(&["--readonly", "api", "sendMessage", "chat_id=x", "text=y"]);
    command
        .env("ONEBOX_URL", &server.url)
        .env("ONEBOX_KEY", KEY);
    let output = run(command).await;
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("--readonly"), "{}", err(&output));
    assert!(server.seen().is_empty());
}
