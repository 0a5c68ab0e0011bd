//! Killed at any point while it sends through a server that loses connections: nothing lost, nothing twice.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use onebox::demo::{Aftermath, Mischief};
use onebox::model::account::Provider;
use onebox::model::act::{Act, NewMessage};
use onebox::model::outbox::{DraftBody, OutboxState};
use onebox::store::outbox::{self, When, drafts};
use onebox::store::{Care, Store};

use super::{Desk, chats_of, own_texts, server};

const CHILD: &str = "outbox::crash::a_process_that_sends_until_it_is_killed";
/// Where the child works, what it sends to, where it writes to, and what it is called.
const VARIABLES: [&str; 4] = ["CRASH_DIR", "CRASH_URL", "CRASH_CHATS", "CRASH_NAME"];
/// How often it is killed, unless `CRASHES` says otherwise.
const CRASHES: u64 = 200;
/// Messages that each child writes at most.
const MESSAGES: usize = 4;

/// Tells the parent what is promised from now on.
fn promise(words: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "\n@{words}");
    let _ = out.flush();
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "runs as a child of the test below"]
async fn a_process_that_sends_until_it_is_killed() {
    let [dir, url, chats, name] = VARIABLES.map(|name| std::env::var(name).unwrap());
    let desk = Desk::at(&url, Store::open(Path::new(&dir)).unwrap());
    promise("up");
    let store = desk.store.clone();
    tokio::spawn(async move {
        let chats: Vec<(&str, &str)> = chats
            .split_whitespace()
            .filter_map(|it| it.split_once('|'))
            .collect();
        for n in 0..MESSAGES {
            let (account, chat) = chats[(n + name.len()) % chats.len()];
            // Every other message has words that others have too.
            let text = if n % 2 == 0 {
                "crash ok".to_owned()
            } else {
                format!("crash {name}-{n}")
            };
            let typed = DraftBody {
                text: format!("typed {name}-{n}"),
                ..DraftBody::default()
            };
            let (now, body) = (jiff::Timestamp::now(), typed.clone());
            let key = store
                .write(Care::Kept, move |tx| drafts::save(tx, None, &body, now))
                .await
                .unwrap();
            promise(&format!("draft {}", typed.text));
            let act = Act::SendMessage(NewMessage::text(account.into(), chat.into(), text.clone()));
            if n % 4 == 3 {
                // The draft stays; its words are another message's.
                store
                    .write(Care::Kept, move |tx| {
                        outbox::submit(tx, vec![act], now, When::Now)
                    })
                    .await
                    .unwrap();
                promise(&format!("sent {chat} {text}"));
            } else {
                let work = move |tx: &onebox::store::Tx<'_>| {
                    outbox::submit_draft(tx, key, vec![act], now, When::Now)
                };
                store.write(Care::Kept, work).await.unwrap();
                promise(&format!("sent {chat} {text}"));
                promise(&format!("handed {}", typed.text));
            }
        }
    });
    loop {
        let pass = desk.pass().await;
        let wait = pass.next_due.map_or(Duration::from_millis(5), |due| {
            Duration::try_from(due.duration_since(desk.now())).unwrap_or_default()
        });
        tokio::time::sleep(wait.clamp(Duration::from_millis(1), Duration::from_millis(20))).await;
    }
}

/// Runs a child for some time and kills it. Gives what it has promised.
fn live_and_die(
    dir: &Path,
    url: &str,
    chats: &str,
    name: &str,
    life: Duration,
    from_birth: bool,
) -> Vec<String> {
    let values = [dir.to_str().unwrap(), url, chats, name];
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", CHILD, "--ignored", "--nocapture"])
        .envs(VARIABLES.iter().zip(values))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    if !from_birth {
        let up = lines
            .by_ref()
            .any(|line| line.is_ok_and(|line| line == "@up"));
        assert!(up, "the child did not come up");
    }
    std::thread::sleep(life);
    child.kill().unwrap();
    let promised = lines
        .map_while(Result::ok)
        .filter_map(|line| line.strip_prefix('@').map(str::to_owned))
        .collect();
    child.wait().unwrap();
    promised
}

/// A number below `limit` that is different every time.
fn chance(limit: u64) -> u64 {
    use std::hash::{BuildHasher as _, Hasher as _};
    std::hash::RandomState::new().build_hasher().finish() % limit
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_any_point_it_has_sent_every_message_once_and_kept_every_draft() {
    let demo = server(Mischief {
        drop_rate: 0.2,
        lose_rate: 0.1,
        aftermath: vec![
            Aftermath::Cut,
            Aftermath::CutOff,
            Aftermath::Status(503),
            Aftermath::NoIds,
        ],
        latency: Some((Duration::ZERO, Duration::from_millis(6))),
        ..Mischief::default()
    })
    .await;
    let dir = tempfile::tempdir().unwrap();
    let profile = dir.path().join("profile");
    let quiet = Desk::new(demo.url());
    let mut chats = chats_of(&quiet.client, Provider::Whatsapp).await;
    chats.truncate(8);
    let names: Vec<_> = chats
        .iter()
        .map(|it| format!("{}|{}", it.account_id, it.id))
        .collect();
    let (url, names) = (demo.url().to_owned(), names.join(" "));
    let crashes = std::env::var("CRASHES")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(CRASHES);
    let mut promised = Vec::new();
    for n in 0..crashes {
        let (profile, url, names) = (profile.clone(), url.clone(), names.clone());
        let name = format!("{n}{}", "x".repeat(usize::try_from(n % 8).unwrap()));
        let from_birth = n % 10 == 9;
        let life = Duration::from_micros(chance(if from_birth { 80_000 } else { 60_000 }));
        let child = move || live_and_die(&profile, &url, &names, &name, life, from_birth);
        promised.extend(tokio::task::spawn_blocking(child).await.unwrap());
    }
    let opening = Instant::now();
    let desk = Desk::at(demo.url(), Store::open(&profile).unwrap());
    assert!(opening.elapsed() < Duration::from_secs(2));
    assert_eq!(desk.store.notes(), [] as [String; 0]);
    let sound = |db: &rusqlite::Connection| {
        Ok(db.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0))?)
    };
    assert_eq!(desk.store.read_now(sound).unwrap(), "ok");
    send_the_rest(&desk).await;
    let sent = rows(&desk);
    let mut there: BTreeMap<(String, String), usize> = BTreeMap::new();
    for chat in &chats {
        for text in own_texts(&desk.client, &chat.id, "crash").await {
            *there.entry((chat.id.to_string(), text)).or_default() += 1;
        }
    }
    let differ: Vec<_> = there
        .keys()
        .chain(sent.keys())
        .filter(|what| there.get(what) != sent.get(what))
        .map(|what| (what, there.get(what), sent.get(what)))
        .collect();
    assert!(differ.is_empty(), "at the server, and sent: {differ:?}");
    assert_promises(&desk, &promised, &sent);
}

/// Sends what is left; what is not to be found at the server is sent again, as its user would.
async fn send_the_rest(desk: &Desk) {
    for _ in 0..60 {
        desk.settle().await;
        let open = desk.unsettled();
        if open.is_empty() {
            return;
        }
        for item in open {
            assert_eq!(item.state, OutboxState::Unknown, "{item:?}");
            let now = desk.now();
            let work = move |tx: &onebox::store::Tx<'_>| outbox::retry(tx, item.id, now);
            desk.store.write(Care::Kept, work).await.unwrap();
        }
    }
    panic!("{:?}", desk.unsettled());
}

/// How often the outbox has sent which words where.
fn rows(desk: &Desk) -> BTreeMap<(String, String), usize> {
    let mut rows = BTreeMap::new();
    for item in desk.store.read_now(|db| outbox::all(db, u32::MAX)).unwrap() {
        if let Act::SendMessage(message) = item.act {
            *rows
                .entry((message.chat.to_string(), message.text))
                .or_default() += 1;
        }
    }
    rows
}

fn assert_promises(desk: &Desk, promised: &[String], sent: &BTreeMap<(String, String), usize>) {
    let mut expected: BTreeMap<(String, String), usize> = BTreeMap::new();
    let kept: Vec<String> = desk
        .store
        .read_now(drafts::all)
        .unwrap()
        .into_iter()
        .map(|it| it.body.text)
        .collect();
    let handed: Vec<&str> = promised
        .iter()
        .filter_map(|line| line.strip_prefix("handed "))
        .collect();
    let mut lost = 0;
    for line in promised {
        if let Some((chat, text)) = line
            .strip_prefix("sent ")
            .and_then(|line| line.split_once(' '))
        {
            *expected
                .entry((chat.to_owned(), text.to_owned()))
                .or_default() += 1;
        } else if let Some(text) = line.strip_prefix("draft ") {
            let is_there = kept.iter().any(|it| it == text);
            assert!(
                !(is_there && handed.contains(&text)),
                "{text} is a draft and sent"
            );
            lost += usize::from(!is_there && !handed.contains(&text));
        }
    }
    for (what, count) in &expected {
        assert!(
            sent.get(what).is_some_and(|found| found >= count),
            "{what:?} was lost"
        );
    }
    // A child may die between handing over and telling: such a draft has become a message that nobody was promised.
    let untold = sent.values().sum::<usize>() - expected.values().sum::<usize>();
    assert!(
        lost <= untold,
        "{lost} drafts are gone, {untold} messages came of drafts untold"
    );
    let mut out = std::io::stderr().lock();
    let counts = (expected.values().sum::<usize>(), kept.len(), handed.len());
    let _ = writeln!(
        out,
        "promised messages, drafts kept, drafts sent: {counts:?}"
    );
}
