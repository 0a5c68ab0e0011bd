//! The first sync.

use std::sync::Arc;
use std::time::{Duration, Instant};

use onebox::sync::engine::Settings;
use onebox::sync::{Asker, Rates};

use super::truth::assert_equal;
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

#[tokio::test(flavor = "multi_thread")]
async fn a_first_sync_through_a_storm_still_brings_everything_once() {
    let demo = demo().await;
    let line = Weather::before(demo.url()).await;
    line.set(Storm {
        errors: 0.15,
        cuts: 0.15,
        ..Storm::default()
    });
    let desk = Desk::with(tempfile::tempdir().unwrap(), &line.url, settings(30)).await;
    desk.until("history to be complete", |db| {
        let open = "SELECT count(*) FROM accounts a WHERE (has_chats OR has_mail) AND status IN ('OK', 'CONNECTING')
            AND NOT EXISTS (SELECT 1 FROM ranges WHERE lo < 0 AND scope IN ('messages:' || a.id, 'mails:' || a.id))";
        let accounts = "SELECT count(*) FROM accounts";
        let number = |query: &str| db.query_row(query, [], |row| row.get::<_, i64>(0)).unwrap();
        number(accounts) > 5 && number(open) == 0
    })
    .await;
    line.set(Storm::default());
    desk.settled().await;
    assert_equal(&desk, &client(demo.url(), KEY)).await;
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
