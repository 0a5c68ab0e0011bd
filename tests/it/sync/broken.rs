//! Servers that answer badly: lists without an end, items nobody can read, pages that are somebody else's.

use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;
use std::time::Duration;

use onebox::store::progress::troubles;
use onebox::sync::engine::{Link, Pace, Settings};
use serde_json::{Value, json};

use super::truth::assert_equal;
use super::{Desk, brisk, demo, settings};
use crate::support::weather::{Answer, Storm, Weather};
use crate::support::{KEY, client};

/// The ways in which a cursor can lead nowhere.
#[derive(Debug, Clone, Copy)]
enum Loop {
    Same,
    Cycle,
    EverNew,
    Empty,
}

/// Which list a request is about: its path and its account, without its place in time. A later page says so in the
/// cursor, which is all it sends.
fn list_of(what: &str) -> String {
    let (path, query) = what.split_once('?').unwrap_or((what, ""));
    let part = |name: &str| query.split('&').find_map(|it| it.strip_prefix(name));
    if let Some(cursor) = part("cursor=") {
        return format!("{path} {}", cursor.split('.').next().unwrap_or_default());
    }
    format!("{path} {}", part("account_id=").unwrap_or_default())
}

/// Gives every list a cursor that leads nowhere.
fn endless(how: Loop) -> impl Fn(&str, &mut Answer) + Send + Sync {
    let first = Mutex::new(HashMap::<String, Vec<u8>>::new());
    let count = Mutex::new(0_u64);
    move |what, answer| {
        let list = list_of(what);
        let mut first = first.lock().unwrap();
        if what.contains("cursor=") {
            let body = first.get(&list).cloned().unwrap_or_default();
            answer.say(200, body);
        } else if answer.status == 200 {
            first.insert(list.clone(), answer.body.clone());
        }
        let is_list = serde_json::from_slice::<Value>(&answer.body)
            .is_ok_and(|value| value.get("items").is_some_and(Value::is_array));
        if answer.status != 200 || !is_list {
            return;
        }
        let mut count = count.lock().unwrap();
        *count += 1;
        let place = match how {
            Loop::Same => "again".to_owned(),
            Loop::Cycle => format!("place-{}", *count % 2),
            Loop::EverNew | Loop::Empty => format!("place-{count}"),
        };
        let account = list.split(' ').next_back().unwrap_or_default();
        answer.edit(|value| {
            value["cursor"] = json!(format!("{account}.{place}"));
            if matches!(how, Loop::Empty) && what.contains("cursor=") {
                value["items"] = json!([]);
            }
        });
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_list_without_an_end_is_asked_more_than_fifty_times_and_the_doctor_hears_of_it() {
    let demo = demo().await;
    for how in [Loop::Same, Loop::Cycle, Loop::EverNew, Loop::Empty] {
        let line = Weather::before(demo.url()).await;
        line.twist(endless(how));
        let settings = Settings {
            pace: Pace {
                background: Duration::from_millis(1),
                ..Pace::default()
            },
            ..Settings::default()
        };
        let desk = Desk::with(tempfile::tempdir().unwrap(), &line.url, settings).await;
        desk.settled().await;
        desk.engine.stop().await;
        let mut lists = BTreeMap::<String, usize>::new();
        for asked in line.asked() {
            if asked.what.contains("cursor=") {
                *lists.entry(list_of(&asked.what)).or_default() += 1;
            }
        }
        let most = lists.iter().max_by_key(|(_, count)| **count).unwrap();
        assert!(*most.1 <= 50, "{how:?}: {most:?}");
        let told = desk.get(troubles::all);
        assert!(
            told.iter().any(|it| it.kind == "endless list"),
            "{how:?}: {told:?}"
        );
        assert!(desk.number("SELECT count(*) FROM messages") > 100);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_item_costs_itself_only_and_is_counted() {
    let demo = demo().await;
    let line = Weather::before(demo.url()).await;
    line.twist(|what, answer| {
        let spoiled = [
            "/chats?",
            "/messages?",
            "/emails?",
            "/chat_attendees?",
            "/folders?",
        ];
        if answer.status != 200 || !spoiled.iter().any(|list| what.contains(list)) {
            return;
        }
        answer.edit(|value| {
            if let Some(items) = value["items"].as_array_mut() {
                let mut odd = items.first().cloned().unwrap_or_default();
                odd["id"] = Value::Null;
                let bad = [
                    Value::Null,
                    json!(7),
                    json!("text"),
                    json!([]),
                    json!({}),
                    odd,
                ];
                items.splice(0..0, bad);
            }
        });
        // A lone surrogate, as Node writes one, in an item of its own.
        let text = String::from_utf8(std::mem::take(&mut answer.body)).unwrap();
        answer.body = text
            .replacen("\"items\":[", "\"items\":[{\"id\":\"\\ud83d\"},", 1)
            .into_bytes();
    });
    let desk = Desk::with(tempfile::tempdir().unwrap(), &line.url, settings(30)).await;
    desk.settled().await;
    let told = desk.get(troubles::all);
    let kinds: Vec<_> = told.iter().map(|it| (it.kind.as_str(), it.count)).collect();
    assert!(
        kinds
            .iter()
            .any(|(kind, count)| *kind == "unreadable item" && *count > 10),
        "{kinds:?}"
    );
    // Folders are taken over whole or not at all.
    line.untwist();
    desk.repaired().await;
    assert_equal(&desk, &client(demo.url(), KEY)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_somebody_else_or_none_at_all_never_empties_a_list() {
    let demo = demo().await;
    let line = Weather::before(demo.url()).await;
    let desk = Desk::with(tempfile::tempdir().unwrap(), &line.url, brisk()).await;
    desk.settled().await;
    let all = || {
        (
            desk.accounts().len(),
            desk.number("SELECT count(*) FROM conversations WHERE gone = 0"),
            desk.number("SELECT count(*) FROM messages"),
            desk.number("SELECT count(*) FROM folders WHERE gone = 0"),
        )
    };
    let before = all();
    for body in [
        "<!doctype html><h1>Free Wi-Fi</h1>",
        "",
        "{}",
        "[]",
        "null",
        "{\"items\":null}",
    ] {
        line.twist(move |_, answer| {
            answer.headers.clear();
            answer.say(200, body);
        });
        let asked = line.asked().len();
        desk.engine.now();
        desk.until("some answers", |_| line.asked().len() > asked + 3)
            .await;
        assert_eq!(all(), before, "after {body:?}");
        line.untwist();
        desk.engine.retry();
        desk.until_status("it to go on", |status| {
            status.link == Link::Online && status.working.is_empty()
        })
        .await;
    }
    // An empty list that is well-formed says nothing either, as long as what was on it is still there.
    line.twist(|what, answer| {
        if answer.status == 200 && (what.contains("/chats?") || what.contains("/messages?")) {
            answer.say(200, r#"{"object":"List","items":[],"cursor":null}"#);
        }
    });
    desk.repaired().await;
    assert_eq!(all(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_key_stops_all_asking_until_somebody_says_so() {
    let demo = demo().await;
    let line = Weather::before(demo.url()).await;
    let desk = Desk::with(tempfile::tempdir().unwrap(), &line.url, brisk()).await;
    desk.settled().await;
    line.twist(|_, answer| {
        answer.say(
            401,
            r#"{"status":401,"type":"errors/missing_credentials","title":"Missing credentials"}"#,
        );
    });
    let status = desk
        .until_status("the refusal", |status| {
            matches!(status.link, Link::Refused { .. })
        })
        .await;
    assert!(
        format!("{:?}", status.link).contains("ONEBOX_KEY"),
        "{status:?}"
    );
    desk.until_status("what was under way", |status| {
        !matches!(status.link, Link::Online)
    })
    .await;
    let asked = line.asked().len();
    desk.engine.now();
    desk.engine.focus(None);
    line.untwist();
    desk.engine.retry();
    desk.until_status("it to go on", |status| status.link == Link::Online)
        .await;
    // At most what was already on its way; no storm of refused requests.
    assert!(line.asked().len() - asked < 60);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_fails_or_goes_or_is_paused_never_stops_another() {
    let demo = demo().await;
    let line = Weather::before(demo.url()).await;
    let direct = client(demo.url(), KEY);
    let desk = Desk::with(tempfile::tempdir().unwrap(), &line.url, brisk()).await;
    desk.settled().await;
    let accounts = desk.accounts();
    let states: Vec<_> = accounts
        .iter()
        .map(|it| format!("{:?}", it.status))
        .collect();
    assert!(
        states.iter().any(|it| it == "Credentials") && states.iter().any(|it| it == "Connecting"),
        "{states:?}"
    );
    // One account answers with errors, one is paused, one is removed.
    let (bad, paused, removed) = (&accounts[0], &accounts[1], &accounts[2]);
    desk.engine.pause(paused.key, true);
    direct.delete_account(&removed.id).await.unwrap();
    let id = bad.id.to_string();
    line.twist(move |what, answer| {
        if what.contains(&id) {
            answer.say(500, "{}");
        }
    });
    desk.until_status("the problem to be told", |status| {
        status.problems.contains_key(&bad.id)
    })
    .await;
    desk.until("the account to go", |db| {
        let left = onebox::store::read::accounts::all(db).unwrap();
        let view = onebox::model::inbox::View::Inbox;
        let shown = onebox::store::read::conversations::window(
            db,
            view,
            Some(removed.key),
            onebox::model::inbox::Edge::Top,
            10,
        );
        left.iter().all(|it| it.id != removed.id) && shown.unwrap().is_empty()
    })
    .await;
    desk.until("the pause", |db| {
        onebox::store::read::accounts::all(db).unwrap()[1].paused
    })
    .await;
    desk.settled().await;
    line.forget();
    desk.engine.now();
    let other = accounts[3].id.to_string();
    desk.until("others to be asked", |_| line.count(&other) > 5)
        .await;
    assert_eq!(line.count(paused.id.as_str()), 0);
    assert_eq!(line.count(removed.id.as_str()), 0);
    desk.engine.pause(paused.key, false);
    desk.until("it to be asked again", |_| {
        line.count(paused.id.as_str()) > 0
    })
    .await;
    line.set(Storm::default());
}
