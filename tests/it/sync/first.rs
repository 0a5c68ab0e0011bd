//! The first sync.

use std::sync::Arc;
use std::time::{Duration, Instant};

use onebox::store::Store;
use onebox::sync::engine::Settings;
use onebox::sync::{Asker, Rates};
use rusqlite::Connection;

use super::truth::{Truth, assert_equal};
use super::{Desk, brisk, settings};
use crate::support::weather::{Storm, Weather};
use crate::support::{KEY, client, demo};

#[tokio::test(flavor = "multi_thread")]
async fn a_first_sync_brings_everything_once() {
    let demo = demo().await;
    let line = Weather::before(demo.url()).await;
    let desk = Desk::with(tempfile::tempdir().unwrap(), &line.url, settings(30)).await;
    desk.settled().await;
    assert_equal(&desk, &client(demo.url(), KEY)).await;
    let twice = "SELECT count(*) - count(DISTINCT uid) FROM messages";
    assert_eq!(desk.number(twice), 0);
    desk.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_inbox_is_useful_before_history_is_here() {
    let demo = demo().await;
    let line = Weather::before(demo.url()).await;
    let mut settings = brisk();
    // History would never come at this pace.
    settings.pace.background = Duration::from_secs(3600);
    let desk = Desk::with(tempfile::tempdir().unwrap(), &line.url, settings).await;
    desk.until("the newest chats with their last messages", |db| {
        let top = "SELECT count(*) FROM (
            SELECT last_message, title FROM conversations WHERE is_mail = 0 AND archived = 0 ORDER BY sort DESC LIMIT 20)
            WHERE last_message IS NOT NULL AND title <> ''";
        let mails = "SELECT count(*) FROM conversations WHERE is_mail = 1 AND archived = 0 AND snippet <> ''";
        let number = |query: &str| db.query_row(query, [], |row| row.get::<_, i64>(0)).unwrap();
        number(top) == 20 && number(mails) > 20
    })
    .await;
    let (all, history) = (line.count("GET"), line.count("before="));
    assert!(
        history <= 12,
        "{history} of {all} requests were for history"
    );
    desk.engine.stop().await;
}

/// What has an id, by kind; what comes twice is in it twice.
fn ids(store: &Store) -> Vec<String> {
    let query = "SELECT 'account ' || uid AS it FROM accounts
        UNION ALL SELECT 'conversation ' || uid FROM conversations UNION ALL SELECT 'entry ' || uid FROM messages
        UNION ALL SELECT 'person ' || uid FROM handles WHERE uid IS NOT NULL ORDER BY it";
    let list = |db: &Connection| {
        let rows = db
            .prepare(query)?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    };
    store.read_now(list).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_sync_through_a_storm_brings_every_id_exactly_once() {
    let demo = demo().await;
    let direct = client(demo.url(), KEY);
    let truth = ids(&Truth::of(&direct).await.store);
    let line = Weather::before(demo.url()).await;
    line.set(Storm {
        errors: 0.1,
        cuts: 0.1,
        resets: 0.1,
        ..Storm::default()
    });
    let desk = Desk::with(tempfile::tempdir().unwrap(), &line.url, settings(30)).await;
    let store = desk.store.clone();
    desk.until("every id, once", |_| ids(&store) == truth).await;
    assert!(truth.len() > 3_000);
    line.set(Storm::default());
    desk.settled().await;
    assert_equal(&desk, &direct).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_of_our_own_is_not_spared() {
    let demo = demo().await;
    let line = Weather::before(demo.url()).await;
    let settings = Settings::default().with_own_server();
    let asker = Arc::new(Asker::new(settings.rates.clone()));
    let dir = tempfile::tempdir().unwrap();
    let desk = Desk::budgeted(dir, &line.url, settings, asker).await;
    desk.settled().await;
    let times: Vec<_> = line.asked().iter().map(|it| it.at).collect();
    let second = Duration::from_secs(1);
    let within = |from| move |at: &&Instant| **at >= from && **at < from + second;
    let busiest = times
        .iter()
        .map(|from| times.iter().filter(within(*from)).count())
        .max();
    assert!(busiest > Some(Rates::default().per_second + 1));
    desk.engine.stop().await;
}
