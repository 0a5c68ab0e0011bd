//! Stopping anywhere, and going on from there.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use onebox::model::act::{Act, FileRef, NewMessage};
use onebox::model::outbox::DraftBody;
use onebox::store::outbox::{When, drafts, files, submit};
use onebox::store::{Care, Store};

use super::truth::assert_equal;
use super::{Desk, brisk, demo, one, settings};
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

/// A copy that was made longer ago than any process takes to refer to it.
fn copied(profile: &Path, words: &str) -> FileRef {
    let original = profile.join("plan.txt");
    fs::write(&original, words).unwrap();
    let kept = files::keep(profile, &original).unwrap();
    let long_ago = SystemTime::now() - Duration::from_secs(7200);
    let file = fs::File::options().write(true).open(&kept.path).unwrap();
    file.set_modified(long_ago).unwrap();
    kept
}

#[tokio::test(flavor = "multi_thread")]
async fn the_copy_of_a_file_goes_when_it_was_left_behind_or_sent_and_stays_for_a_draft() {
    let (demo, dir) = (demo().await, tempfile::tempdir().unwrap());
    drop(Store::open(dir.path()).unwrap());
    let left = copied(dir.path(), "its process died");
    let desk = Desk::with(dir, demo.url(), brisk()).await;
    assert!(!left.path.exists());
    desk.settled().await;
    let query =
        "SELECT c.uid || ' ' || a.uid FROM conversations c JOIN accounts a ON a.id = c.account
                 WHERE c.kind = '0' AND c.read_only = 0 AND a.provider = ?1 LIMIT 1";
    let chat = desk.get(|db| Ok(one(db, query, "WHATSAPP"))).unwrap();
    let (chat, account) = chat.split_once(' ').unwrap();
    let [drafted, sent] = ["drafted", "sent"].map(|words| copied(desk.dir.path(), words));
    let body = DraftBody {
        attachments: vec![drafted.clone()],
        ..DraftBody::default()
    };
    let mut message = NewMessage::text(account.into(), chat.into(), "the plan");
    message.attachments = vec![sent.clone()];
    let work = move |tx: &onebox::store::Tx<'_>| {
        drafts::save(tx, None, &body, Timestamp::now())?;
        let acts = vec![Act::SendMessage(message)];
        submit(tx, acts, Timestamp::now(), When::Now)
    };
    desk.store.write(Care::Kept, work).await.unwrap();
    desk.until("the copy to go", |_| !sent.path.exists()).await;
    assert_eq!(
        desk.number("SELECT count(*) FROM outbox WHERE state = 'sent'"),
        1
    );
    files::check(&drafted).unwrap();
    desk.engine.stop().await;
}
