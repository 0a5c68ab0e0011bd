//! Answers that want more memory than there is to give. The program runs as a process of its own, so that what is
//! measured is the program alone.
#![cfg(target_os = "linux")]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use flate2::{Compress, Compression, FlushCompress};
use futures_util::stream;
use onebox::demo::Demo;
use onebox::store::Store;
use tokio::net::TcpListener;
use tokio::time::timeout;

use super::{demo, number, small};
use crate::support::peak::Watched;
use crate::support::weather::Weather;

/// What the program may need at most, in MiB.
const MOST: u64 = 400;

fn stored(folder: &Path) -> Store {
    Store::open(&folder.join("data/profiles/default")).unwrap()
}

/// Four MB that unpack to four GB.
fn bomb() -> Vec<u8> {
    let blank = vec![b' '; 16 << 20];
    let mut block = Vec::with_capacity(1 << 20);
    let mut packer = Compress::new(Compression::best(), false);
    let flush = FlushCompress::Full;
    packer.compress_vec(&blank, &mut block, flush).unwrap();
    let head = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    let mut bomb = head.to_vec();
    for _ in 0..256 {
        bomb.extend_from_slice(&block);
    }
    bomb
}

/// A page as the server gave it, in which every message has become a very long one.
fn swell(page: &mut serde_json::Value) {
    let items = page["items"].as_array_mut().unwrap();
    items.truncate(2);
    for item in items {
        item["text"] = "all work and no play ".repeat(450_000).into();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_that_want_all_memory_do_not_get_it() {
    let demo = demo().await;
    let line = Weather::before(demo.url()).await;
    let (bomb, swollen) = (bomb(), Arc::new(AtomicUsize::new(0)));
    assert!((3 << 20..5 << 20).contains(&bomb.len()), "{}", bomb.len());
    let count = Arc::clone(&swollen);
    line.twist(move |what, answer| {
        if what.contains("/chat_attendees") {
            answer.head("content-encoding", "gzip");
            answer.body.clone_from(&bomb);
        } else if what.contains("/chats?") {
            let long = "x".repeat(50 << 20);
            answer.say(
                200,
                format!(r#"{{"items": [], "cursor": null, "pad": "{long}"}}"#),
            );
        } else if what.contains("/emails?") {
            let crowd = "0,".repeat(10 << 20);
            answer.say(200, format!(r#"{{"items": [{crowd}0], "cursor": null}}"#));
        } else if what.contains("/messages?") && count.fetch_add(1, Ordering::SeqCst) < 3 {
            answer.edit(swell);
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let child = Watched::start(folder.path(), &line.url, &["sync", "--watch"]);
    let folder_of_store = folder.path().join("data/profiles/default");
    let there = |query: &str| {
        // It makes the store only after a while.
        Store::is_there(&folder_of_store) && number(&stored(folder.path()), query) > 0
    };
    let refused = |what: &str| {
        format!(
            "SELECT count(*) >= 2 FROM troubles WHERE kind = 'refused request' AND detail LIKE '%{what}%'"
        )
    };
    let queries = [
        "SELECT count(*) >= 2 FROM messages WHERE length(text) > 5000000".to_owned(),
        refused("larger than"),
        refused("too many values"),
    ];
    let parts = ["/chats?", "/chat_attendees?", "/emails?"];
    let all = async {
        // Asked for again, so that the first answers have been dealt with.
        while parts.iter().any(|part| line.count(part) < 3) || !queries.iter().all(|it| there(it)) {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    };
    let done = timeout(Duration::from_secs(90), all).await;
    let peak = child.peak();
    let asked = parts.map(|part| line.count(part));
    let seen = queries.each_ref().map(|it| there(it));
    assert!(done.is_ok(), "{asked:?} asked, {seen:?} seen, {peak:?} MiB");
    assert!(peak.unwrap() <= MOST, "{peak:?} MiB");
    println!("{peak:?} MiB");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_file_goes_to_the_disk_and_not_to_memory() {
    const PIECES: usize = 300;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let piece = Bytes::from(vec![7; 1 << 20]);
    let file = move || async move {
        let pieces = (0..PIECES).map(move |_| Ok::<_, std::io::Error>(piece.clone()));
        Body::from_stream(stream::iter(pieces))
    };
    let router = Router::new().fallback(file);
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("film.mp4");
    let mut words = vec!["api", "getMessageAttachment"];
    words.extend([
        "message_id=m",
        "attachment_id=a",
        "-o",
        to.to_str().unwrap(),
    ]);
    let mut child = Watched::start(folder.path(), &url, &words);
    let (status, peak) = child.ended().await;
    assert!(status.success(), "{status}");
    assert_eq!(to.metadata().unwrap().len(), (PIECES as u64) << 20);
    assert!(peak <= 100, "{peak} MiB");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_inbox_is_fetched_in_little_memory() {
    let mut options = small();
    let messages = if std::env::var_os("ONEBOX_LONG").is_some() {
        200_000
    } else {
        3_000
    };
    options.scale.messages = messages;
    options.scale.chats = messages / 100;
    let demo = Demo::start(options).await.unwrap();
    let line = Weather::before(demo.url()).await;
    let folder = tempfile::tempdir().unwrap();
    let mut child = Watched::start(folder.path(), &line.url, &["--own-server", "sync"]);
    let (status, peak) = child.ended().await;
    assert!(status.success(), "{status}");
    let there = number(&stored(folder.path()), "SELECT count(*) FROM messages");
    let about = demo.about();
    assert_eq!(there, i64::try_from(about.messages + about.mails).unwrap());
    assert!(peak <= MOST / 2, "{peak} MiB");
    println!("{there} messages and mails: {peak} MiB");
}
