//! `onebox api`.

use serde_json::Value;

use crate::support::{bare, demo, err, onebox, out, run};

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operation_answers_by_name_and_by_path() {
    let demo = demo().await;
    for arguments in [
        vec!["listChats", "limit=3", "unread=true"],
        vec!["GET", "/chats", "-q", "limit=3", "-q", "unread=true"],
        vec!["get", "api/v1/chats?limit=3&unread=true"],
    ] {
        let mut command = onebox(&demo);
        command.arg("api").args(&arguments);
        let output = run(command).await;
        assert!(output.status.success(), "{}", err(&output));
        let answer = json(&out(&output));
        assert_eq!(answer["object"], "ChatList");
        assert_eq!(answer["items"].as_array().unwrap().len(), 3);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_pages_come_as_one_and_each_item_once() {
    let demo = demo().await;
    let mut command = onebox(&demo);
    command.args(["api", "listChats", "limit=50", "--paginate"]);
    let output = run(command).await;
    let all = json(&out(&output));
    let ids: Vec<&str> = all["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["id"].as_str().unwrap())
        .collect();
    let distinct: std::collections::HashSet<&&str> = ids.iter().collect();
    assert_eq!(
        (ids.len(), distinct.len()),
        (demo.about().chats, demo.about().chats)
    );
    let mut command = onebox(&demo);
    command.args(["api", "listChats", "limit=50", "--paginate", "--lines"]);
    let lines = out(&run(command).await);
    assert_eq!(lines.lines().map(json).count(), ids.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_with_a_file_and_text_from_standard_input_arrives() {
    let demo = demo().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("note für dich.txt");
    std::fs::write(&file, "bytes of the file").unwrap();
    let mut command = onebox(&demo);
    command.args(["api", "listChats", "limit=1", "account_type=WHATSAPP"]);
    let chat = json(&out(&run(command).await))["items"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let mut command = onebox(&demo);
    command.args([
        "api",
        "sendMessage",
        &format!("chat_id={chat}"),
        "text=@-",
        &format!("attachments=@{}", file.display()),
    ]);
    command.write_stdin("Grüße 👋\n");
    let sent = run(command).await;
    assert!(sent.status.success(), "{}", err(&sent));
    let id = json(&out(&sent))["message_id"].as_str().unwrap().to_owned();
    let mut command = onebox(&demo);
    command.args(["api", "getMessage", &format!("message_id={id}")]);
    let message = json(&out(&run(command).await));
    assert_eq!(message["text"], "Grüße 👋");
    assert_eq!(message["attachments"][0]["file_name"], "note für dich.txt");
    let attachment = message["attachments"][0]["id"].as_str().unwrap();
    let target = folder.path().join("back.txt");
    let mut command = onebox(&demo);
    command.args([
        "api",
        "getMessageAttachment",
        &format!("message_id={id}"),
        &format!("attachment_id={attachment}"),
    ]);
    command.arg("-o").arg(&target);
    assert!(run(command).await.status.success());
    assert_eq!(
        std::fs::read_to_string(&target).unwrap(),
        "bytes of the file"
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(
            target.metadata().unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_kind_of_failure_has_its_exit_code_and_says_what_to_do() {
    let demo = demo().await;
    let cases: [(&[&str], i32, &str); 6] = [
        (&["getChat", "chat_id=nothing"], 1, "does not exist"),
        (&["listChats", "limit=251"], 1, "limit"),
        (&["listChat"], 2, "Did you mean `listChats`"),
        (&["listChats", "limt=5"], 2, "Did you mean `limit`"),
        (&["sendMessage", "text=x"], 2, "needs `chat_id`"),
        (&["listAccounts", "--key", "wrong"], 4, "key"),
    ];
    for (arguments, code, words) in cases {
        let mut command = onebox(&demo);
        command.arg("api").args(arguments);
        let output = run(command).await;
        assert_eq!(
            output.status.code(),
            Some(code),
            "{arguments:?}: {}",
            err(&output)
        );
        assert!(
            err(&output).contains(words),
            "{arguments:?}: {}",
            err(&output)
        );
        assert!(output.stdout.is_empty(), "{arguments:?}");
    }
    let mut command = bare();
    command.args(["api", "listAccounts", "--url", "127.0.0.1:1", "--key", "k"]);
    assert_eq!(run(command).await.status.code(), Some(3));
    let mut command = bare();
    command.args(["api", "listAccounts"]);
    let output = run(command).await;
    assert_eq!(output.status.code(), Some(4));
    assert!(err(&output).contains("onebox demo"));
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn address_and_key_may_stand_in_the_config_and_a_command_may_print_the_key() {
    let demo = demo().await;
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".config/onebox");
    std::fs::create_dir_all(&folder).unwrap();
    let settings = [
        "key = \"test-key\"",
        "key_command = [\"printf\", \"%s\\\\n\", \"test-key\"]",
    ];
    for key in settings {
        let text = format!("[server]\nurl = \"{}/api/v1\"\n{key}\n", demo.url());
        std::fs::write(folder.join("config.toml"), text).unwrap();
        let mut command = bare();
        command
            .env("HOME", home.path())
            .args(["api", "listAccounts"]);
        let output = run(command).await;
        assert!(output.status.success(), "{}", err(&output));
    }
    std::fs::write(folder.join("config.toml"), "[server]\nulr = \"x\"\n").unwrap();
    let mut command = bare();
    command
        .env("HOME", home.path())
        .args(["api", "listAccounts"]);
    let output = run(command).await;
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("line 2"), "{}", err(&output));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_stands_in_no_log_however_much_is_logged() {
    let demo = demo().await;
    let mut command = onebox(&demo);
    command
        .env("ONEBOX_LOG", "trace")
        .args(["api", "listAccounts"]);
    let output = run(command).await;
    assert!(err(&output).contains("listAccounts"), "nothing was logged");
    assert!(!err(&output).contains(crate::support::KEY));
}

#[test]
fn the_list_names_every_operation_and_help_its_parameters() {
    let output = bare().args(["api", "--list", "--json"]).output().unwrap();
    let rows = json(&out(&output));
    assert_eq!(
        rows.as_array().unwrap().len(),
        onebox::api::operations::all().count()
    );
    let output = bare()
        .args(["api", "--help", "sendEmail"])
        .output()
        .unwrap();
    for word in [
        "account_id",
        "Idempotency-Key",
        "attachments",
        "several",
        "required",
    ] {
        assert!(out(&output).contains(word), "{word}");
    }
    let output = bare().args(["completions", "bash"]).output().unwrap();
    assert!(out(&output).contains("listChats") && out(&output).contains("deleteCalendarEvent"));
}
