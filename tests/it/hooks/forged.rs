//! What strangers, impatient servers and slow lines can do to the receiver: nothing.

use std::time::Duration;

use onebox::model::delivery::Delivery;
use onebox::sync::Asker;
use onebox::sync::webhook::{Counts, ReceiverLimits};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::{LONG, Post, hear, message, receiver, registered};
use crate::support::{KEY, client, demo};

#[tokio::test(flavor = "multi_thread")]
async fn none_of_a_thousand_forged_or_repeated_events_is_heard_of() {
    let demo = demo().await;
    let client = client(demo.url(), KEY);
    let (receiver, mut deliveries) = receiver(ReceiverLimits::default()).await;
    let made = registered(&client, &receiver).await;
    let post = Post::of(&client).await;
    let other = |change: &dyn Fn(&mut Post)| {
        let mut other = post.clone();
        change(&mut other);
        other
    };
    let secret = post.headers[0].1.clone();
    let forgers = [
        other(&|post| post.headers.clear()),
        other(&|post| post.headers[0].1 = String::new()),
        other(&|post| post.headers[0].1.insert(0, '0')),
        other(&|post| post.headers[0].1 = "0".repeat(secret.len())),
        other(&|post| post.headers[0].0 = "x-secret".to_owned()),
        other(&|post| post.url.push('/')),
        other(&|post| post.url.truncate(post.url.len() - 1)),
        other(&|post| post.url.truncate(post.url.len() - 33)),
    ];
    assert_eq!(post.send(message("real")).await, Some(200));
    for n in 0..500 {
        let forger = &forgers[n % forgers.len()];
        assert_eq!(
            forger.send(message("forged")).await,
            Some(404),
            "{forger:?}"
        );
        assert_eq!(post.send(message("real")).await, Some(200));
    }
    assert_eq!(post.send(message("last")).await, Some(200));
    for id in ["real", "last"] {
        let heard = hear(&mut deliveries, Some).await;
        let Delivery::Message(heard) = heard else {
            panic!("{heard:?}");
        };
        assert_eq!(heard.message.as_str(), id);
    }
    assert!(deliveries.try_recv().is_err());
    let expected = Counts {
        accepted: 2,
        refused: 500,
        repeated: 500,
        missed: 0,
    };
    assert_eq!(receiver.counts(), expected);
    assert!(!receiver.take_missed());
    assert!(made.remove(&client, &Asker::default()).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_is_refused_before_a_byte_of_the_body_is_read() {
    let (receiver, _deliveries) = receiver(ReceiverLimits::default()).await;
    let mut line = TcpStream::connect(receiver.address()).await.unwrap();
    let head = "POST /onebox/guess HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000\r\nx-onebox-secret: guess\r\n\r\n";
    line.write_all(head.as_bytes()).await.unwrap();
    let mut answer = String::new();
    let read = timeout(LONG, line.read_to_string(&mut answer));
    read.await.expect("the line stays open").unwrap();
    assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
    assert!(!answer.contains("onebox"), "{answer}");
    assert_eq!(receiver.counts().refused, 1);
    receiver.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_nobody_listens_the_server_is_answered_and_the_loss_is_told() {
    let demo = demo().await;
    let client = client(demo.url(), KEY);
    let limits = ReceiverLimits {
        waiting: 3,
        ..ReceiverLimits::default()
    };
    let (receiver, mut deliveries) = receiver(limits).await;
    let _made = registered(&client, &receiver).await;
    let post = Post::of(&client).await;
    for n in 0..50 {
        assert_eq!(post.send(message(&format!("m{n}"))).await, Some(200));
    }
    assert_eq!(
        (receiver.counts().accepted, receiver.counts().missed),
        (3, 47)
    );
    assert!(receiver.take_missed() && !receiver.take_missed());
    // What was lost was not heard of, so it may come again.
    while deliveries.try_recv().is_ok() {}
    assert_eq!(post.send(message("m49")).await, Some(200));
    assert_eq!(receiver.counts().accepted, 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_large_or_unreadable_is_answered_and_counts_as_a_loss() {
    let demo = demo().await;
    let client = client(demo.url(), KEY);
    let limits = ReceiverLimits {
        body: 4_000,
        ..ReceiverLimits::default()
    };
    let (receiver, mut deliveries) = receiver(limits).await;
    let _made = registered(&client, &receiver).await;
    let post = Post::of(&client).await;
    assert_eq!(post.send("\u{0}not json").await, Some(200));
    assert_eq!(post.send(message(&"x".repeat(100_000))).await, Some(200));
    assert!(receiver.take_missed());
    let flood = post.send(message(&"x".repeat(1_000_000))).await;
    assert!(matches!(flood, Some(413) | None), "{flood:?}");
    let counts = receiver.counts();
    assert_eq!((counts.accepted, counts.refused, counts.missed), (0, 1, 2));
    assert_eq!(post.send(message("fine")).await, Some(200));
    hear(&mut deliveries, |_| Some(())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_that_say_nothing_or_never_end_keep_nobody_out() {
    let demo = demo().await;
    let client = client(demo.url(), KEY);
    let limits = ReceiverLimits {
        connections: 4,
        patience: Duration::from_millis(300),
        ..ReceiverLimits::default()
    };
    let (receiver, mut deliveries) = receiver(limits).await;
    let _made = registered(&client, &receiver).await;
    let post = Post::of(&client).await;
    let mut lines = Vec::new();
    for n in 0..12 {
        let mut line = TcpStream::connect(receiver.address()).await.unwrap();
        if n % 2 == 0 {
            let path = post.url.rsplit_once("/onebox/").unwrap().1;
            let secret = &post.headers[0].1;
            let head = format!(
                "POST /onebox/{path} HTTP/1.1\r\nhost: x\r\ncontent-length: 99\r\nx-onebox-secret: {secret}\r\n\r\n{{"
            );
            line.write_all(head.as_bytes()).await.unwrap();
        }
        lines.push(line);
    }
    assert_eq!(post.send(message("real")).await, Some(200));
    hear(&mut deliveries, |_| Some(())).await;
    for line in &mut lines {
        let mut rest = Vec::new();
        let end = timeout(LONG, line.read_to_end(&mut rest)).await;
        end.expect("a line is still open").ok();
    }
    assert_eq!(receiver.counts().accepted, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn stopping_waits_for_no_line() {
    let (receiver, mut deliveries) = receiver(ReceiverLimits::default()).await;
    let address = receiver.address();
    let mut line = TcpStream::connect(address).await.unwrap();
    line.write_all(b"POST /").await.unwrap();
    timeout(Duration::from_secs(10), receiver.stop())
        .await
        .expect("it waits for the line");
    assert!(TcpStream::connect(address).await.is_err());
    assert!(deliveries.recv().await.is_none(), "the queue stays open");
}
