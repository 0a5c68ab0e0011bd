//! Sending from the shell: once, durably, with a word about what became of it.

use onebox::api::messaging::ListChatMessages;
use onebox::demo::{Demo, Mischief, Scale};
use onebox::model::id::ChatId;
use onebox::model::message::Message;
use serde_json::Value;

use crate::support::profile::Profile;
use crate::support::{KEY, client, err, options, out};

async fn stage(mischief: Mischief) -> (Demo, Profile) {
    let mut options = options();
    options.mischief = mischief;
    options.scale = Scale {
        chats: 30,
        messages: 200,
        mails: 60,
        ..options.scale
    };
    let demo = Demo::start(options).await.unwrap();
    let profile = Profile::on(&demo).await;
    (demo, profile)
}

/// A command against the server.
fn onebox(demo: &Demo, profile: &Profile, arguments: &[&str]) -> std::process::Output {
    let mut command = profile.onebox(arguments);
    command.env("ONEBOX_URL", demo.url()).env("ONEBOX_KEY", KEY);
    command.output().unwrap()
}

/// A one-to-one chat into which one can write.
fn somebody(profile: &Profile) -> String {
    let chats = profile.records(&["chats", "--chat", "--limit", "0", "--json"]);
    let chat = chats
        .iter()
        .find(|it| it["type"] == "one_to_one" && it["writable"] == true)
        .unwrap();
    chat["id"].as_str().unwrap().to_owned()
}

async fn said(demo: &Demo, chat: &str, text: &str) -> Vec<Message> {
    let page = client(demo.url(), KEY)
        .list_chat_messages(&ChatId::from(chat), &ListChatMessages::default())
        .await
        .unwrap();
    let mut found = page.items;
    found.retain(|it| it.text.as_deref() == Some(text));
    found
}

fn record(output: &std::process::Output) -> Value {
    serde_json::from_str(&out(output)).unwrap_or_else(|error| panic!("{error}: {}", err(output)))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_sent_once_and_is_in_the_conversation_at_once() {
    let (demo, profile) = stage(Mischief::default()).await;
    let chat = somebody(&profile);
    let output = onebox(
        &demo,
        &profile,
        &["send", "--to", &chat, "--json", "hello there"],
    );
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let sent = record(&output);
    assert_eq!(
        (&sent["kind"], &sent["state"]),
        (&"outbox".into(), &"sent".into())
    );
    let there = said(&demo, &chat, "hello there").await;
    assert_eq!(there.len(), 1);
    assert_eq!(sent["result_id"], there[0].id.as_str());
    assert!(profile.out(&["read", &chat]).contains("hello there"));
}

#[tokio::test(flavor = "multi_thread")]
async fn words_come_from_standard_input_and_files_go_along() {
    let (demo, profile) = stage(Mischief::default()).await;
    let chat = somebody(&profile);
    let file = profile.data().join("plan für Léa.txt");
    std::fs::write(&file, "step one").unwrap();
    let mut command = profile.onebox(&[
        "reply",
        &chat,
        "-",
        "--json",
        "--attach",
        file.to_str().unwrap(),
    ]);
    command.env("ONEBOX_URL", demo.url()).env("ONEBOX_KEY", KEY);
    let output = command.write_stdin("two\nlines\n").output().unwrap();
    assert_eq!(record(&output)["state"], "sent", "{}", err(&output));
    let there = said(&demo, &chat, "two\nlines").await;
    assert_eq!(there.len(), 1);
    let server = client(demo.url(), KEY);
    let bytes = server
        .get_message_attachment_bytes(&there[0].id, &there[0].attachments[0].id)
        .await
        .unwrap();
    assert_eq!(bytes.0, b"step one");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_dies_after_sending_never_sends_twice() {
    let (demo, profile) = stage(Mischief {
        drop_rate: 1.0,
        ..Mischief::default()
    })
    .await;
    let chat = somebody(&profile);
    let output = onebox(
        &demo,
        &profile,
        &["send", "--to", &chat, "--json", "only once"],
    );
    assert_eq!(
        record(&output)["state"],
        "sent",
        "it was found in the conversation: {}",
        err(&output)
    );
    assert_eq!(said(&demo, &chat, "only once").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_server_it_waits_in_the_outbox_and_goes_out_with_the_next_sync() {
    let (demo, profile) = stage(Mischief::default()).await;
    let chat = somebody(&profile);
    let mut command = profile.onebox(&["send", "--to", &chat, "--json", "later then"]);
    command
        .env("ONEBOX_URL", "http://127.0.0.1:9")
        .env("ONEBOX_KEY", KEY);
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", err(&output));
    assert_eq!(record(&output)["state"], "queued");
    assert!(profile.out(&["outbox"]).contains("later then"));
    let synced = onebox(&demo, &profile, &["sync", "--once"]);
    assert!(synced.status.success(), "{}", err(&synced));
    assert_eq!(said(&demo, &chat, "later then").await.len(), 1);
    assert!(profile.out(&["outbox"]).contains("Everything is sent"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_later_can_be_taken_back_and_becomes_a_draft() {
    let (demo, profile) = stage(Mischief::default()).await;
    let chat = somebody(&profile);
    let output = onebox(
        &demo,
        &profile,
        &["send", "--to", &chat, "--later", "2h", "--json", "not yet"],
    );
    let item = record(&output);
    assert_eq!(item["state"], "scheduled", "{}", err(&output));
    let taken = onebox(
        &demo,
        &profile,
        &["outbox", "cancel", item["id"].as_str().unwrap(), "--json"],
    );
    assert_eq!(record(&taken)["state"], "canceled", "{}", err(&taken));
    let exported = profile.records(&["export"]);
    let draft = exported.iter().find(|it| it["kind"] == "draft").unwrap();
    assert_eq!(draft["text"], "not yet");
    assert!(said(&demo, &chat, "not yet").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_to_a_mail_goes_to_its_sender_and_stays_in_the_thread() {
    let (demo, profile) = stage(Mischief::default()).await;
    let threads = profile.records(&["chats", "--mail", "--limit", "0", "--json"]);
    let thread = threads.iter().find(|it| it["last_own"] == false).unwrap();
    let id = thread["id"].as_str().unwrap();
    let output = onebox(
        &demo,
        &profile,
        &["reply", id, "--json", "Thank you, that helps"],
    );
    assert_eq!(record(&output)["state"], "sent", "{}", err(&output));
    let synced = onebox(&demo, &profile, &["sync", "--once"]);
    assert!(synced.status.success(), "{}", err(&synced));
    let shown = profile.out(&["read", id]);
    assert!(shown.contains("Thank you, that helps"), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn readonly_refuses_to_send_and_nothing_is_kept() {
    let (demo, profile) = stage(Mischief::default()).await;
    let chat = somebody(&profile);
    let output = onebox(
        &demo,
        &profile,
        &["--readonly", "send", "--to", &chat, "no"],
    );
    assert_eq!(output.status.code(), Some(2));
    assert!(
        profile
            .out(&["outbox", "--all"])
            .contains("Everything is sent")
    );
    let nobody = onebox(&demo, &profile, &["send", "--to", "nobody at all", "hm"]);
    assert_eq!(nobody.status.code(), Some(2), "{}", err(&nobody));
    let empty = onebox(&demo, &profile, &["send", "--to", &chat, "  "]);
    assert_eq!(empty.status.code(), Some(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_is_in_no_file_that_is_kept() {
    let (demo, profile) = stage(Mischief::default()).await;
    let synced = onebox(&demo, &profile, &["sync", "--once"]);
    assert!(synced.status.success(), "{}", err(&synced));
    let mut folders = vec![profile.data()];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            files += 1;
            let bytes = std::fs::read(&path).unwrap();
            assert!(
                !bytes.windows(KEY.len()).any(|part| part == KEY.as_bytes()),
                "{}",
                path.display()
            );
        }
    }
    assert!(files >= 2);
}
