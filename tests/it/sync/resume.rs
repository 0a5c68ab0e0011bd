//! Stopping anywhere, and going on from there.

use std::time::Duration;

use super::truth::assert_equal;
use super::{Desk, demo, settings};
use crate::support::weather::{Storm, Weather};
use crate::support::{KEY, client};

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_that_is_stopped_or_dropped_anywhere_goes_on_from_there() {
    let demo = demo().await;
    let line = Weather::before(demo.url()).await;
    line.set(Storm {
        latency: Duration::from_millis(3),
        ..Storm::default()
    });
    let mut dir = tempfile::tempdir().unwrap();
    for run in 1..=8 {
        let desk = Desk::with(dir, &line.url, settings(30)).await;
        let begin = line.asked().len();
        let enough = begin + run * 7;
        desk.until("some answers", |_| line.asked().len() >= enough)
            .await;
        if run % 2 == 0 {
            desk.engine.stop().await;
        }
        dir = desk.dir;
        // The lead is free as soon as what was dropped has ended.
        drop(desk.engine);
        drop(desk.store);
        while onebox::sync::Lead::take(dir.path()).unwrap().is_none() {
            tokio::task::yield_now().await;
        }
    }
    line.set(Storm::default());
    let desk = Desk::with(dir, &line.url, settings(30)).await;
    desk.settled().await;
    assert_equal(&desk, &client(demo.url(), KEY)).await;
    desk.engine.stop().await;
    let (dir, history) = (desk.dir, line.count("before="));
    drop(desk.engine);

    let again = Desk::with(dir, &line.url, settings(30)).await;
    again.settled().await;
    assert_eq!(
        line.count("before="),
        history,
        "what is complete was asked for again"
    );
    assert_equal(&again, &client(demo.url(), KEY)).await;
}
