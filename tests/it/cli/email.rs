//! Mails from the shell: sent with all they can have, moved, saved and written as files.

use mail_parser::{MessageParser, MimeHeaders as _};
use onebox::api::emails::ListEmails;
use onebox::demo::{Demo, Scale};
use onebox::model::email::{Email, FolderRole};
use onebox::model::id::AccountId;
use serde_json::Value;

use crate::support::profile::Profile;
use crate::support::{KEY, client, err, options, out};

async fn stage() -> (Demo, Profile) {
    let mut options = options();
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
fn onebox(demo: &Demo, profile: &Profile, arguments: &[&str], input: &str) -> std::process::Output {
    let mut command = profile.onebox(arguments);
    command.env("ONEBOX_URL", demo.url()).env("ONEBOX_KEY", KEY);
    command.write_stdin(input.to_owned()).output().unwrap()
}

fn works(demo: &Demo, profile: &Profile, arguments: &[&str]) -> String {
    let output = onebox(demo, profile, arguments, "");
    assert!(output.status.success(), "{arguments:?}: {}", err(&output));
    out(&output)
}

fn text<'a>(record: &'a Value, field: &str) -> &'a str {
    record[field].as_str().unwrap_or_default()
}

async fn at_server(demo: &Demo, mail: &Value) -> Email {
    let account = AccountId::from(text(mail, "account_id"));
    let client = client(demo.url(), KEY);
    let id = text(mail, "id").into();
    let found = client.get_email(&id, Some(&account), None);
    found.await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_goes_out_with_its_people_headers_files_and_words() {
    let (demo, profile) = stage().await;
    let file = profile.data().join("plan für Léa.txt");
    std::fs::write(&file, "step one").unwrap();
    let file = file.to_str().unwrap();
    let arguments = [
        "email",
        "send",
        "--to",
        "Lena <lena@garden.example>",
        "--cc",
        "bo@garden.example",
        "--bcc",
        "quiet@garden.example",
        "--via",
        "ada@martin.example",
        "--from",
        "Ada at home <home@martin.example>",
        "--subject",
        "Süße Pläne 🐝",
        "--header",
        "X-Project: Bees",
        "--track-opens",
        "--attach",
        file,
        "--json",
        "-",
    ];
    let output = onebox(&demo, &profile, &arguments, "Two lines\nand 3 < 4\n");
    let sent: Value =
        serde_json::from_str(&out(&output)).unwrap_or_else(|_| panic!("{}", err(&output)));
    assert_eq!(
        (text(&sent, "kind"), text(&sent, "state")),
        ("outbox", "sent"),
        "{}",
        err(&output)
    );
    let client = client(demo.url(), KEY);
    let params = ListEmails {
        to: Some("lena@garden.example".into()),
        ..ListEmails::default()
    };
    let account = AccountId::from(text(&sent, "account_id"));
    let all = client.list_emails(&account, &params).await.unwrap().items;
    assert_eq!(all.len(), 1);
    let mail = &all[0];
    assert_eq!(mail.subject.as_deref(), Some("Süße Pläne 🐝"));
    assert_eq!(mail.from.as_ref().unwrap().address, "home@martin.example");
    assert_eq!(mail.to[0].name.as_deref(), Some("Lena"));
    assert_eq!(
        (mail.cc[0].address.as_str(), mail.bcc[0].address.as_str()),
        ("bo@garden.example", "quiet@garden.example")
    );
    assert_eq!(mail.body_plain.as_deref(), Some("Two lines\nand 3 < 4"));
    let bytes = client.get_email_attachment_bytes(&mail.id, &mail.attachments[0].id, None);
    assert_eq!(bytes.await.unwrap().0, b"step one");
    assert_eq!(mail.attachments[0].name, "plan für Léa.txt");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_mail_can_have_is_refused_before_anything_is_sent() {
    let (demo, profile) = stage().await;
    for wrong in [
        ["--header", "Subject: no"],
        ["--header", "nothing"],
        ["--from", "nobody"],
    ] {
        let arguments = [
            &[
                "email",
                "send",
                "--to",
                "a@b.example",
                "--via",
                "ada@martin.example",
                "hm",
            ],
            &wrong[..],
        ]
        .concat();
        assert_eq!(
            onebox(&demo, &profile, &arguments, "").status.code(),
            Some(2),
            "{wrong:?}"
        );
    }
    let outbox = profile.out(&["outbox", "--all"]);
    assert!(outbox.contains("Everything is sent"), "{outbox}");
}

#[tokio::test(flavor = "multi_thread")]
async fn mails_are_moved_marked_and_thrown_away_by_their_ids() {
    let (demo, profile) = stage().await;
    let mails = profile.records(&[
        "email",
        "list",
        "--folder",
        "inbox",
        "--account",
        "ada@martin.example",
        "--json",
    ]);
    assert_eq!(
        mails,
        profile.records(&[
            "emails",
            "--folder",
            "inbox",
            "--account",
            "ada@martin.example",
            "--json"
        ])
    );
    let (one, two) = (&mails[0], &mails[1]);
    works(
        &demo,
        &profile,
        &[
            "email",
            "move",
            text(one, "id"),
            text(two, "id"),
            "--to",
            "travel",
        ],
    );
    for mail in [one, two] {
        assert_eq!(at_server(&demo, mail).await.folders, ["Travel"]);
        let there = profile.records(&["email", "list", "--folder", "Travel", "--json"]);
        assert!(there.iter().any(|it| it["id"] == mail["id"]));
    }
    works(&demo, &profile, &["email", "archive", text(one, "id")]);
    assert_eq!(at_server(&demo, one).await.role, FolderRole::Archive);
    let read = at_server(&demo, one).await.is_read;
    works(
        &demo,
        &profile,
        &[
            "email",
            if read { "unread" } else { "read" },
            text(one, "id"),
        ],
    );
    assert_eq!(at_server(&demo, one).await.is_read, !read);
    works(&demo, &profile, &["email", "trash", text(one, "id")]);
    assert_eq!(at_server(&demo, one).await.role, FolderRole::Trash);
    let again = onebox(&demo, &profile, &["email", "trash", text(one, "id")], "");
    assert_eq!(
        again.status.code(),
        Some(2),
        "{}{}",
        out(&again),
        err(&again)
    );
    assert!(err(&again).contains("--for-good"), "{}", err(&again));
    works(
        &demo,
        &profile,
        &["email", "trash", "--for-good", text(one, "id")],
    );
    let shown = profile
        .onebox(&["email", "show", text(one, "id")])
        .output()
        .unwrap();
    assert_eq!(shown.status.code(), Some(2), "{}", out(&shown));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_moved_is_refused_with_a_reason() {
    let (demo, profile) = stage().await;
    let mails = profile.records(&[
        "email",
        "list",
        "--folder",
        "inbox",
        "--account",
        "ada@martin.example",
        "--json",
    ]);
    let two = &mails[1];
    let nowhere = onebox(
        &demo,
        &profile,
        &["email", "move", text(two, "id"), "--to", "no such place"],
        "",
    );
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(
        err(&nowhere).contains("Travel"),
        "says which there are: {}",
        err(&nowhere)
    );
    let readonly = onebox(
        &demo,
        &profile,
        &["--readonly", "email", "spam", text(two, "id")],
        "",
    );
    assert_eq!(readonly.status.code(), Some(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn files_of_mails_are_saved_and_written_into_exports_byte_for_byte() {
    let (demo, profile) = stage().await;
    let mails = profile.records(&["email", "list", "--limit", "0", "--json"]);
    let files = |it: &Value| it["attachments"].as_array().map_or(0, Vec::len);
    let mail = mails.iter().find(|it| files(it) > 0).unwrap();
    let folder = profile.folder().join("saved");
    let to = folder.to_str().unwrap();
    let save = ["email", "save-attachments", text(mail, "id"), "--to", to];
    let first = works(&demo, &profile, &save);
    let again = works(&demo, &profile, &[&save[..], &["--json"]].concat());
    let again: Vec<Value> = again
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(
        (first.lines().count(), again.len()),
        (files(mail), files(mail))
    );
    let client = client(demo.url(), KEY);
    let id = text(mail, "id").into();
    let mut originals = Vec::new();
    for (file, (one, two)) in mail["attachments"]
        .as_array()
        .unwrap()
        .iter()
        .zip(first.lines().zip(&again))
    {
        let attachment = text(file, "id").into();
        let account = AccountId::from(text(mail, "account_id"));
        let bytes = client
            .get_email_attachment_bytes(&id, &attachment, Some(&account))
            .await
            .unwrap()
            .0;
        assert_ne!(one, text(two, "path"));
        assert_eq!(std::fs::read(one).unwrap(), bytes);
        assert_eq!(std::fs::read(text(two, "path")).unwrap(), bytes);
        originals.push(bytes);
    }
    let folder = profile.folder().join("mails");
    let to = folder.to_str().unwrap();
    works(
        &demo,
        &profile,
        &["export", "--format", "eml", "--attachments", "--to", to],
    );
    let written: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    assert_eq!(written.len(), mails.len());
    let mut seen = 0;
    for path in written {
        assert!(path.extension().is_some_and(|it| it == "eml"), "{path:?}");
        let bytes = std::fs::read(&path).unwrap();
        let read = MessageParser::default().parse(&bytes).unwrap();
        let own = read
            .header("X-Unipile-Id")
            .and_then(|it| it.as_text())
            .unwrap();
        let stored = mails.iter().find(|it| text(it, "id") == own).unwrap();
        assert_eq!(
            read.subject().unwrap_or_default(),
            text(stored, "subject").trim()
        );
        assert_eq!(read.attachment_count(), files(stored), "{path:?}");
        if own == text(mail, "id") {
            let found: Vec<_> = read
                .attachments()
                .map(|it| it.contents().to_vec())
                .collect();
            assert!(originals.iter().all(|it| found.contains(it)));
            assert!(read.attachments().all(|it| it.attachment_name().is_some()));
            seen += 1;
        }
    }
    assert_eq!(seen, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_mail_is_written_and_shown_from_every_side() {
    let (demo, profile) = stage().await;
    let mails = profile.records(&["email", "list", "--limit", "0", "--json"]);
    let has_file = |it: &&Value| {
        it["attachments"]
            .as_array()
            .is_some_and(|it| !it.is_empty())
    };
    let mail = mails.iter().find(has_file).unwrap();
    let one = works(&demo, &profile, &["email", "export", text(mail, "id")]);
    assert!(
        one.contains("X-Attachment: "),
        "named where it was not asked for"
    );
    let without = profile
        .onebox(&["export", "--format", "eml"])
        .output()
        .unwrap();
    assert_eq!(without.status.code(), Some(2));
    for (side, part) in [
        ("--headers", "Message-ID:"),
        ("--source", "MIME-Version: 1.0"),
    ] {
        assert!(
            profile
                .out(&["email", "show", text(mail, "id"), side])
                .contains(part),
            "{side}"
        );
    }
}
