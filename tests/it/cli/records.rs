//! JSON for programs: every line as docs/shell.md describes it.

use std::collections::{BTreeMap, BTreeSet};

use onebox::model::outbox::DraftBody;
use onebox::store::{Care, outbox};
use serde_json::Value;

use crate::support::profile::Profile;

const DOCUMENT: &str = include_str!("../../../docs/shell.md");

/// The fields of each kind, as the tables of the document name them.
fn documented() -> BTreeMap<String, BTreeSet<String>> {
    let mut kinds: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut kind = None;
    for line in DOCUMENT.lines() {
        if let Some(title) = line.strip_prefix("### ") {
            kind = title.trim_matches('`').split('`').next().map(str::to_owned);
        } else if let (Some(kind), Some(row)) = (&kind, line.strip_prefix("| `")) {
            let field = row.split('`').next().unwrap().to_owned();
            kinds.entry(kind.clone()).or_default().insert(field);
        }
    }
    kinds
}

fn check(record: &Value, kinds: &BTreeMap<String, BTreeSet<String>>) {
    let kind = record["kind"]
        .as_str()
        .unwrap_or_else(|| panic!("{record} has no kind"));
    assert!(!record["id"].as_str().unwrap().is_empty(), "{record}");
    let fields: BTreeSet<String> = record.as_object().unwrap().keys().cloned().collect();
    assert_eq!(Some(&fields), kinds.get(kind), "fields of {kind}");
    for (name, value) in record.as_object().unwrap() {
        let is_time = name == "time" || name.ends_with("_at") || name == "status_since";
        if let (true, Some(text)) = (is_time, value.as_str()) {
            text.parse::<jiff::Timestamp>().unwrap();
            assert!(text.ends_with('Z'), "{text} is not in UTC");
        }
    }
    for name in ["attachments", "handles", "members"] {
        for inner in record[name].as_array().into_iter().flatten() {
            if name == "attachments" {
                check(inner, kinds);
            } else {
                assert!(!inner["id"].as_str().unwrap().is_empty(), "{inner}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_line_is_an_object_with_the_fields_the_document_names() {
    let profile = Profile::of_demo().await;
    let kinds = documented();
    let draft = DraftBody {
        text: "not yet".to_owned(),
        ..DraftBody::default()
    };
    let now = jiff::Timestamp::UNIX_EPOCH;
    profile
        .store()
        .write_now(Care::Kept, move |tx| {
            outbox::drafts::save(tx, None, &draft, now)
        })
        .unwrap();
    let everything = profile.records(&["export"]);
    let mut seen = BTreeSet::new();
    for record in &everything {
        check(record, &kinds);
        seen.insert(record["kind"].as_str().unwrap().to_owned());
    }
    assert!(
        everything
            .iter()
            .any(|it| !it["attachments"].as_array().unwrap_or(&vec![]).is_empty())
    );
    for kind in [
        "account", "folder", "person", "chat", "message", "email", "draft",
    ] {
        assert!(seen.contains(kind), "no {kind}");
    }
    let id = |kind: &str| {
        let it = everything.iter().find(|it| it["kind"] == kind).unwrap();
        it["id"].as_str().unwrap().to_owned()
    };
    let (chat, message, email, account) = (id("chat"), id("message"), id("email"), id("account"));
    let lists: [&[&str]; 10] = [
        &["search", "a", "--json", "--limit", "0"],
        &["search", "--best", "has:attachment", "--json"],
        &["accounts", "--json"],
        &["chats", "--json", "--limit", "0"],
        &["messages", &chat, "--json"],
        &["emails", "--json", "--limit", "0"],
        &["show", &chat, "--json"],
        &["show", &message, "--json"],
        &["show", &email, "--json"],
        &["show", &account, "--json"],
    ];
    for arguments in lists {
        let records = profile.records(arguments);
        assert!(!records.is_empty(), "{arguments:?}");
        for record in &records {
            check(record, &kinds);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_holds_each_stored_thing_once() {
    let profile = Profile::of_demo().await;
    let everything = profile.records(&["export"]);
    let mut seen = BTreeSet::new();
    for record in &everything {
        let name = (
            record["kind"].to_string(),
            record["id"].to_string(),
            record["account_id"].to_string(),
        );
        assert!(
            record["kind"] == "person" || seen.insert(name),
            "{record} twice"
        );
    }
    let count = |table: &str| {
        let query = format!("SELECT count(*) FROM {table}");
        let count: i64 = profile
            .store()
            .read_now(|db| Ok(db.query_row(&query, [], |row| row.get(0))?))
            .unwrap();
        usize::try_from(count).unwrap()
    };
    let exported = |kinds: &[&str]| {
        everything
            .iter()
            .filter(|it| kinds.contains(&it["kind"].as_str().unwrap()))
            .count()
    };
    assert_eq!(exported(&["message", "email"]), count("messages"));
    assert_eq!(exported(&["email"]), count("mails"));
    assert_eq!(exported(&["chat"]), count("conversations"));
    assert_eq!(exported(&["person"]), count("people"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stretch_of_a_conversation_is_what_was_asked_for() {
    let profile = Profile::of_demo().await;
    let chats = profile.records(&["chats", "--chat", "--json", "--limit", "0"]);
    let all = chats.iter().map(|it| {
        let id = it["id"].as_str().unwrap().to_owned();
        (
            profile.records(&["messages", &id, "--json", "--limit", "0"]),
            id,
        )
    });
    let (all, chat) = all.max_by_key(|(all, _)| all.len()).unwrap();
    assert!(all.len() > 12, "{}", all.len());
    let times: Vec<_> = all
        .iter()
        .map(|it| it["time"].as_str().unwrap().to_owned())
        .collect();
    assert!(times.is_sorted());
    let ask = |more: &[&str]| {
        let arguments = [&["messages", chat.as_str(), "--json"], more].concat();
        profile.records(&arguments)
    };
    let id = |at: usize| all[at]["id"].as_str().unwrap();
    assert_eq!(ask(&["--limit", "3"]), all[all.len() - 3..]);
    assert_eq!(ask(&["--limit", "3", "--before", id(8)]), all[5..8]);
    assert_eq!(ask(&["--limit", "3", "--after", id(4)]), all[5..8]);
    assert_eq!(
        ask(&["--limit", "0", "--after", id(4), "--before", id(8)]),
        all[5..8]
    );
    assert!(ask(&["--before", "2001-01-01"]).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_tells_where_the_words_are_and_counts_as_asked() {
    let profile = Profile::of_demo().await;
    let hits = profile.records(&["search", "the", "--json", "--limit", "0"]);
    let said: Vec<_> = hits
        .iter()
        .filter(|it| matches!(it["type"].as_str(), Some("message" | "email")))
        .collect();
    assert!(said.len() > 20, "{}", said.len());
    for it in &said {
        for field in ["subject", "text", "file"] {
            for range in it[format!("{field}_ranges")].as_array().unwrap() {
                let place = |at: usize| usize::try_from(range[at].as_u64().unwrap()).unwrap();
                let chars: Vec<char> = it[field].as_str().unwrap().chars().collect();
                let word: String = chars[place(0)..place(1)].iter().collect();
                assert!(word.to_lowercase().starts_with("th"), "{word} in {it}");
            }
        }
    }
    let some = profile.records(&["search", "the", "--json", "--limit", "7"]);
    let some: Vec<_> = some.iter().filter(|it| !it["time"].is_null()).collect();
    assert_eq!(some, said[..7]);
}
