//! Tables and conversations for people.

use crate::support::profile::Profile;

/// Whether a record belongs into a list.
type Fits = fn(&serde_json::Value) -> bool;

/// How many cells a line takes at most, by the rule that where terminals disagree the wider answer counts.
fn cells(line: &str) -> usize {
    line.chars()
        .map(|c| match u32::from(c) {
            0x300..=0x36f
            | 0xe31
            | 0xe34..=0xe3a
            | 0xe47..=0xe4e
            | 0x200b..=0x200f
            | 0xfe00..=0xfe0e => 0,
            0x1100..=0x115f
            | 0x231a..=0x231b
            | 0x2e80..=0xa4cf
            | 0xac00..=0xd7a3
            | 0xff00..=0xff60
            | 0x1_0000.. => 2,
            _ => 1,
        })
        .sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_line_is_wider_than_the_terminal() {
    let profile = Profile::of_demo().await;
    let id = profile.records(&["chats", "--json", "--limit", "1"])[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let mail = profile.records(&["emails", "--json", "--limit", "1"])[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let commands: [&[&str]; 9] = [
        &["search", "l"],
        &["accounts"],
        &["chats", "--limit", "0"],
        &["chats", "--archived"],
        &["messages", &id, "--limit", "0"],
        &["read", &id, "--limit", "0"],
        &["emails", "--limit", "0"],
        &["show", &mail],
        &["show", &id],
    ];
    for arguments in commands {
        for width in ["20", "40", "80", "120"] {
            let output = profile
                .onebox(arguments)
                .env("COLUMNS", width)
                .output()
                .unwrap();
            assert!(
                output.status.success(),
                "{arguments:?}: {}",
                crate::support::err(&output)
            );
            for line in crate::support::out(&output).lines() {
                assert!(
                    cells(line) <= width.parse().unwrap(),
                    "{arguments:?} at {width}: {line}"
                );
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_hold_what_was_asked_for_and_no_raw_id() {
    let profile = Profile::of_demo().await;
    let all = profile.records(&["chats", "--json", "--limit", "0"]);
    let wanted: [(&str, Fits); 4] = [
        ("--unread", |it| it["unread"].as_u64().unwrap() > 0),
        ("--needs-reply", |it| it["needs_reply"] == true),
        ("--mail", |it| it["type"] == "thread"),
        ("--chat", |it| it["type"] != "thread"),
    ];
    for (flag, fits) in wanted {
        let found = profile.records(&["chats", "--json", "--limit", "0", flag]);
        let expected: Vec<_> = all.iter().filter(|it| fits(it)).cloned().collect();
        assert_eq!(found, expected, "{flag}");
        assert!(!found.is_empty(), "{flag}");
    }
    let table = profile.out(&["chats", "--limit", "0"]);
    assert!(
        all.iter()
            .all(|it| !table.contains(it["id"].as_str().unwrap()))
    );
    let unread = all
        .iter()
        .find(|it| it["unread"].as_u64().unwrap() > 0)
        .unwrap();
    assert!(
        table.contains(&format!("●{}", unread["unread"])),
        "unread is told without colours"
    );
    let with_ids = profile.out(&["chats", "--limit", "3", "--ids"]);
    assert!(with_ids.contains(all[0]["id"].as_str().unwrap()));
    let inbox = profile.records(&["emails", "--folder", "inbox", "--json", "--limit", "0"]);
    let everything = profile.records(&["export"]);
    let folders: Vec<_> = everything
        .iter()
        .filter(|it| it["role"] == "inbox" && it["kind"] == "folder")
        .collect();
    let lies_in = |mail: &serde_json::Value, folder: &serde_json::Value| {
        mail["account_id"] == folder["account_id"]
            && mail["folders"]
                .as_array()
                .unwrap()
                .contains(&folder["name"])
    };
    let mails = everything.iter().filter(|it| it["kind"] == "email");
    let expected = mails
        .filter(|mail| folders.iter().any(|folder| lies_in(mail, folder)))
        .count();
    assert_eq!(inbox.len(), expected);
    assert!(
        !inbox.is_empty()
            && inbox
                .iter()
                .all(|it| folders.iter().any(|folder| lies_in(it, folder)))
    );
    let times: Vec<_> = inbox
        .iter()
        .map(|it| it["time"].as_str().unwrap())
        .collect();
    assert!(times.is_sorted_by(|a, b| a >= b));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_goes_away_ends_the_program_quietly() {
    let profile = Profile::of_demo().await;
    let program = assert_cmd::cargo::cargo_bin!("onebox");
    let script = format!(
        "'{}' export | head -n 1; echo \"${{PIPESTATUS[0]}}\"",
        program.display()
    );
    let output = std::process::Command::new("bash")
        .args(["-c", &script])
        .env("ONEBOX_DATA", profile.data())
        .output()
        .unwrap();
    let said = crate::support::out(&output);
    assert_eq!(said.lines().last(), Some("0"), "{said}");
    assert!(output.stderr.is_empty(), "{}", crate::support::err(&output));
}
