//! How soon everything is fresh after an outage, and how little is asked during a long one, at the pace and with the
//! budget of a person. Long times pass at once where nothing but waiting happens in them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};
use onebox::api::Client;
use onebox::api::messaging::{ListChats, SendMessage};
use onebox::demo::Demo;
use onebox::model::account::AccountStatus;
use onebox::sync::Asker;
use onebox::sync::engine::{Link, Settings};
use tempfile::TempDir;

use super::{Desk, demo, one, settings};
use crate::support::weather::{Storm, Weather};
use crate::support::{KEY, client};

/// Kinds of being away: cut lines, a server that fails, resets.
fn deaths() -> [Storm; 3] {
    let none = Storm::default();
    [
        Storm::DEAD,
        Storm {
            errors: 1.0,
            ..none
        },
        Storm {
            resets: 2.0,
            ..none
        },
    ]
}

/// A profile into which everything has been fetched.
async fn fetched(demo: &Demo) -> TempDir {
    let line = Weather::before(demo.url()).await;
    let desk = Desk::with(tempfile::tempdir().unwrap(), &line.url, settings(30)).await;
    desk.settled().await;
    desk.engine.stop().await;
    desk.dir
}

/// Somebody with a copy of a profile, which is kept up to date as for a person.
async fn person(profile: &TempDir, line: &Weather) -> Desk {
    let dir = tempfile::tempdir().unwrap();
    for entry in profile.path().read_dir().unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), dir.path().join(entry.file_name())).unwrap();
    }
    let asker = Arc::new(Asker::default());
    let desk = Desk::budgeted(dir, &line.url, Settings::default(), asker).await;
    desk.settled().await;
    desk
}

/// How long as many questions take now as it needs to find one message: much where others keep the machine busy.
async fn slowness(direct: &Client) -> Duration {
    let begin = Instant::now();
    for _ in 0..10 {
        direct.list_chats(&ListChats::default()).await.unwrap();
    }
    begin.elapsed()
}

/// Cuts the line of one person several times for a short while. Gives how long it took each time from the return of the
/// network until the list showed what was said meanwhile, less what the machine needed for it.
async fn outages(demo: &Demo, profile: &TempDir, seed: usize) -> Vec<Duration> {
    let direct = client(demo.url(), KEY);
    let line = Weather::before(demo.url()).await;
    let desk = person(profile, &line).await;
    let chats = direct
        .list_chats(&ListChats::default())
        .await
        .unwrap()
        .items;
    let accounts = desk.accounts();
    let is_linked = |id| {
        let mut linked = accounts.iter().filter(|it| it.status == AccountStatus::Ok);
        linked.any(|it| it.id == id)
    };
    let writable = chats
        .into_iter()
        .filter(|chat| chat.is_writable() && is_linked(chat.account_id.clone()));
    let writable: Vec<_> = writable.collect();
    let mut waits = Vec::new();
    for n in 0..4 {
        let dice = (seed * 4 + n) * 7919 % 40;
        line.set(deaths()[n % 3]);
        desk.engine.now();
        // Until soon after the third question: who comes back then waits longest for the fourth.
        let spell = Duration::from_millis(200 + 50 * dice as u64);
        tokio::time::sleep(spell).await;
        let chat = &writable[dice % writable.len()].id;
        let words = SendMessage {
            text: Some("said meanwhile".to_owned()),
            ..SendMessage::default()
        };
        let id = direct.send_message(chat, &words).await.unwrap().unwrap();
        line.set(Storm::default());
        let back = Instant::now();
        desk.until("what was said meanwhile", |db| {
            one(db, "SELECT text FROM messages WHERE uid = ?1", id.as_str()).is_some()
        })
        .await;
        let waited = back.elapsed();
        waits.push(waited.saturating_sub(slowness(&direct).await));
        desk.until_status("the connection", |status| status.link == Link::Online)
            .await;
    }
    desk.engine.stop().await;
    waits
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_short_outage_the_list_is_fresh_within_seconds() {
    let demo = demo().await;
    let profile = fetched(&demo).await;
    let people = (0..5).map(|seed| outages(&demo, &profile, seed));
    let mut waits = join_all(people).await.concat();
    waits.sort();
    println!("{waits:?}");
    assert!(waits.len() >= 20);
    assert!(
        waits[waits.len() / 2] <= Duration::from_secs(2),
        "{waits:?}"
    );
    assert!(
        waits[waits.len() - 1] <= Duration::from_secs(5),
        "{waits:?}"
    );
}

#[tokio::test]
async fn a_server_that_is_dead_for_ten_minutes_is_asked_sixty_times_at_most() {
    let demo = demo().await;
    let profile = fetched(&demo).await;
    for dead in deaths() {
        let line = Weather::before(demo.url()).await;
        let desk = person(&profile, &line).await;
        line.set(dead);
        line.forget();
        tokio::time::pause();
        desk.engine.now();
        tokio::time::sleep(Duration::from_secs(600)).await;
        let asked = line.asked().len();
        tokio::time::resume();
        assert!((20..=60).contains(&asked), "{asked} questions to nobody");
        assert!(matches!(
            desk.engine.status().borrow().link,
            Link::Offline { .. }
        ));
        desk.engine.stop().await;
    }
}

#[tokio::test]
async fn nobody_asks_before_the_moment_that_the_server_named() {
    let demo = demo().await;
    let profile = fetched(&demo).await;
    for is_date in [false, true] {
        let line = Weather::before(demo.url()).await;
        let desk = person(&profile, &line).await;
        line.twist(move |_, answer| {
            let stamp = |at: Timestamp| at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
            let now = Timestamp::now();
            let date = stamp(now + SignedDuration::from_secs(300));
            answer.head("date", &stamp(now));
            answer.head("retry-after", if is_date { &date } else { "300" });
            answer.say(503, "{}");
        });
        tokio::time::pause();
        desk.engine.now();
        // Some are under way together before the first one is told.
        tokio::time::sleep(Duration::from_secs(20)).await;
        line.forget();
        for _ in 0..10 {
            desk.engine.now();
            desk.engine.retry();
            tokio::time::sleep(Duration::from_secs(25)).await;
        }
        assert_eq!(line.asked().len(), 0, "{:?}", line.asked());
        tokio::time::sleep(Duration::from_secs(120)).await;
        assert!(!line.asked().is_empty(), "nobody ever asks again");
        tokio::time::resume();
        desk.engine.stop().await;
    }
}

#[tokio::test]
async fn a_server_that_reports_by_itself_is_asked_half_as_often() {
    let demo = demo().await;
    let profile = fetched(&demo).await;
    let line = Weather::before(demo.url()).await;
    let desk = person(&profile, &line).await;
    let half_an_hour = Duration::from_secs(1800);
    tokio::time::pause();
    let asked = async || {
        line.forget();
        tokio::time::sleep(half_an_hour).await;
        line.count("GET")
    };
    let alone = asked().await;
    desk.engine.hooked(true);
    // What was planned before is still asked for in time.
    tokio::time::sleep(Duration::from_secs(200)).await;
    let told = asked().await;
    assert!(told * 2 < alone, "{told} questions instead of {alone}");
    assert!(
        told > desk.accounts().len(),
        "what was not told is not repaired"
    );

    // From here on the clock is the real one: nobody waits five minutes.
    tokio::time::resume();
    line.forget();
    desk.engine.unhooked("The reports have stopped.".to_owned());
    let ids = desk.accounts().into_iter().filter(|it| it.has_chats);
    let ids: Vec<_> = ids.map(|it| it.id).collect();
    desk.until("a look at every account", |_| {
        let asked = line.asked();
        let news = |it: &str, id: &str| it.contains("/messages?") && it.contains(id);
        ids.iter()
            .all(|id| asked.iter().any(|it| news(&it.what, id.as_str())))
    })
    .await;
    println!("{alone} alone, {told} told");
    desk.engine.stop().await;
}
