//! A server that is away, or asks to be left alone.

use std::sync::Arc;
use std::time::{Duration, Instant};

use onebox::api::messaging::{ListChats, SendMessage};
use onebox::sync::Asker;
use onebox::sync::engine::{Link, Settings};

use super::{Desk, brisk, demo, one, settings};
use crate::support::weather::{Storm, Weather};
use crate::support::{KEY, client};

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_is_told_to_wait_waits_while_the_others_go_on() {
    let demo = demo().await;
    for is_date in [false, true] {
        let line = Weather::before(demo.url()).await;
        let desk = Desk::with(tempfile::tempdir().unwrap(), &line.url, brisk()).await;
        desk.settled().await;
        let accounts = desk.accounts();
        let id = accounts[0].id.to_string();
        line.twist({
            let id = id.clone();
            move |what, answer| {
                if what.contains(&id) {
                    // Dates have whole seconds, so this is 3 s or more by the clock of the server.
                    let stamp =
                        |at: jiff::Timestamp| at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
                    let now = jiff::Timestamp::now();
                    let date = stamp(now + jiff::SignedDuration::from_secs(4));
                    answer.head("date", &stamp(now));
                    answer.head("retry-after", if is_date { &date } else { "3" });
                    answer.say(429, "{}");
                }
            }
        });
        line.forget();
        desk.engine.now();
        desk.until("the account to be asked twice", |_| {
            let first = line.asked().into_iter().find(|it| it.what.contains(&id));
            let late = |at: Instant| at.elapsed() > Duration::from_secs(1);
            first.is_some_and(|first| {
                let again = |at: Instant| at.duration_since(first.at) > Duration::from_millis(900);
                late(first.at)
                    && line
                        .asked()
                        .iter()
                        .any(|it| it.what.contains(&id) && again(it.at))
            })
        })
        .await;
        let times = |part: &str| -> Vec<Instant> {
            let asked = line.asked().into_iter().filter(|it| it.what.contains(part));
            asked.map(|it| it.at).collect()
        };
        let mine = times(&id);
        // Two of its requests may have been under way together.
        let gap = mine
            .iter()
            .map(|at| at.duration_since(mine[0]))
            .find(|gap| *gap > Duration::from_millis(900));
        assert!(gap.unwrap() >= Duration::from_millis(2_900), "{gap:?}");
        let meanwhile = times(accounts[1].id.as_str());
        let meanwhile = meanwhile
            .iter()
            .filter(|at| **at > mine[0] && at.duration_since(mine[0]) < Duration::from_secs(3));
        assert!(meanwhile.count() > 3, "the others stood still");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_server_is_asked_little_and_what_it_missed_is_here_soon_after_it_is_back() {
    let demo = demo().await;
    let direct = client(demo.url(), KEY);
    for dead in [
        Storm::DEAD,
        Storm {
            errors: 1.0,
            ..Storm::default()
        },
    ] {
        let line = Weather::before(demo.url()).await;
        let dir = tempfile::tempdir().unwrap();
        // The first fetch with a large budget, the rest as for a person.
        let first = Desk::with(dir, &line.url, settings(30)).await;
        first.settled().await;
        first.engine.stop().await;
        let dir = first.dir;
        let desk = Desk::budgeted(
            dir,
            &line.url,
            Settings::default(),
            Arc::new(Asker::default()),
        )
        .await;
        desk.settled().await;
        line.set(dead);
        line.forget();
        desk.engine.now();
        desk.until_status(
            "the outage to be seen",
            |status| matches!(&status.link, Link::Offline { tries, .. } if *tries >= 4),
        )
        .await;
        let asked = line.asked().len();
        assert!(asked <= 20, "{asked} questions to nobody");
        let chat = direct
            .list_chats(&ListChats::default())
            .await
            .unwrap()
            .items
            .remove(0);
        let words = SendMessage {
            text: Some("said meanwhile".to_owned()),
            ..SendMessage::default()
        };
        let id = direct
            .send_message(&chat.id, &words)
            .await
            .unwrap()
            .unwrap();

        line.set(Storm::default());
        line.forget();
        let back = Instant::now();
        desk.until("what was said meanwhile", |db| {
            one(db, "SELECT text FROM messages WHERE uid = ?1", id.as_str()).is_some()
        })
        .await;
        assert!(
            back.elapsed() < Duration::from_secs(6),
            "{:?}",
            back.elapsed()
        );
        let times: Vec<_> = line.asked().iter().map(|it| it.at).collect();
        for start in &times {
            let burst = times.iter().filter(|at| {
                **at >= *start && at.duration_since(*start) < Duration::from_millis(950)
            });
            assert!(burst.count() <= 11, "more than ten requests in a second");
        }
        desk.engine.stop().await;
    }
}
