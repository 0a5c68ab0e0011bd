//! Messages through everything that makes programs send twice or lose something.

use std::collections::BTreeMap;
use std::time::Duration;

use onebox::api::messaging::ListChats;
use onebox::demo::{Aftermath, Mischief};
use onebox::model::account::Provider;
use onebox::model::act::{Act, NewChat};
use onebox::model::outbox::OutboxState;
use onebox::store::{Care, outbox};

use onebox::sync::outbox::{Pace, Sender};

use super::{Desk, chats_of, fast, own_texts, server};

const ALL: [Aftermath; 9] = [
    Aftermath::Cut,
    Aftermath::CutOff,
    Aftermath::Status(500),
    Aftermath::Status(502),
    Aftermath::Status(503),
    Aftermath::Status(504),
    Aftermath::Garbage,
    Aftermath::NoIds,
    Aftermath::Silence,
];

#[tokio::test(flavor = "multi_thread")]
async fn a_message_the_server_took_and_then_failed_arrives_once_and_in_order() {
    let demo = server(Mischief {
        drop_rate: 0.6,
        aftermath: ALL.to_vec(),
        latency: Some((Duration::ZERO, Duration::from_millis(3))),
        ..Mischief::default()
    })
    .await;
    let desk = Desk::new(demo.url());
    desk.fetch().await;
    let chats = chats_of(&desk.client, Provider::Whatsapp).await;
    let mut said: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for n in 0..45_usize {
        let at = n % 3;
        // The same words again and again are messages of their own.
        let text = if n % 4 == 0 {
            "R8 ok".to_owned()
        } else {
            format!("R8 {n}")
        };
        desk.say(&chats[at], &text).await;
        said.entry(at).or_default().push(text);
    }
    desk.settle().await;
    assert_eq!(desk.unsettled(), []);
    for (at, texts) in said {
        let there = own_texts(&desk.client, &chats[at].id, "R8").await;
        assert_eq!(there, texts);
        let shown = desk.store.read_now(|db| {
            outbox::of_conversation(db, chats[at].account_id.as_str(), chats[at].id.as_str())
        });
        assert_eq!(shown.unwrap(), [], "sent, and not among the messages");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn through_lost_connections_errors_and_limits_nothing_is_lost_and_nothing_comes_twice() {
    let demo = server(Mischief {
        drop_rate: 0.2,
        lose_rate: 0.1,
        error_rate: 0.1,
        aftermath: ALL.to_vec(),
        latency: Some((Duration::ZERO, Duration::from_millis(3))),
        ..Mischief::default()
    })
    .await;
    let desk = Desk::new(demo.url());
    let chats = chats_of(&desk.client, Provider::Whatsapp).await;
    let texts: Vec<String> = (0..60).map(|n| format!("R8 {n}")).collect();
    for (n, text) in texts.iter().enumerate() {
        desk.say(&chats[n % 6], text).await;
    }
    for _ in 0..50 {
        desk.settle().await;
        let open = desk.unsettled();
        if open.is_empty() {
            break;
        }
        // What is unknown was looked for and is not there, so its user sends it again.
        for item in open {
            assert_eq!(item.state, OutboxState::Unknown, "{item:?}");
            assert!(item.error.unwrap().starts_with("It may have arrived"));
            let now = desk.now();
            let retry = desk
                .store
                .write(Care::Kept, move |tx| outbox::retry(tx, item.id, now));
            retry.await.unwrap();
        }
    }
    assert_eq!(desk.unsettled(), []);
    let mut there = Vec::new();
    for chat in &chats[..6] {
        there.extend(own_texts(&desk.client, &chat.id, "R8").await);
    }
    there.sort_unstable();
    let mut expected = texts;
    expected.sort_unstable();
    assert_eq!(there, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_a_day_off_sends_nothing_twice_and_settles_all() {
    for skew in [-86_400_000, 86_400_000] {
        let demo = server(Mischief {
            drop_rate: 0.7,
            ..Mischief::default()
        })
        .await;
        let mut desk = Desk::new(demo.url());
        desk.skew = skew;
        desk.fetch().await;
        let chat = chats_of(&desk.client, Provider::Whatsapp).await.remove(0);
        desk.fetch_chat(&chat.id).await;
        for n in 0..6 {
            desk.say(&chat, if n % 2 == 0 { "R20 ok" } else { "R20 fine" })
                .await;
        }
        desk.settle().await;
        assert_eq!(desk.unsettled(), []);
        let there = own_texts(&desk.client, &chat.id, "R20").await;
        assert_eq!(there, ["R20 ok", "R20 fine"].repeat(3));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_server_everything_waits_and_goes_out_when_it_is_there() {
    let demo = server(Mischief::default()).await;
    let mut desk = Desk::new(demo.url());
    desk.sender = Sender::new(Pace {
        first_wait: Duration::from_secs(60),
        longest_away: Duration::from_secs(60),
        ..fast()
    });
    desk.fetch().await;
    let chats = chats_of(&desk.client, Provider::Whatsapp).await;
    let options = onebox::demo::Options {
        port: demo.address().port(),
        clock: onebox::demo::Clock::system(),
        ..crate::support::options()
    };
    demo.stop().await;
    for chat in &chats[..9] {
        desk.say(chat, "R15 later").await;
    }
    let pass = desk.pass().await;
    assert_eq!((pass.sent, pass.failed, pass.unknown), (0, 0, 0));
    assert!(pass.unreachable.is_some() && pass.next_due.is_some());
    let waiting = desk.unsettled();
    assert!(waiting.iter().all(|it| it.state == OutboxState::Queued));
    let asked = waiting.iter().filter(|it| it.error.is_some()).count();
    assert!((1..=4).contains(&asked), "a storm: {asked}");
    let _demo = onebox::demo::Demo::start(options).await.unwrap();
    desk.sender.wake();
    desk.settle().await;
    assert_eq!(desk.unsettled(), []);
    for chat in &chats[..9] {
        assert_eq!(
            own_texts(&desk.client, &chat.id, "R15").await,
            ["R15 later"]
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_requests_make_it_wait_and_not_fail() {
    let demo = server(Mischief {
        rate_limit: Some((6, Duration::from_millis(900))),
        ..Mischief::default()
    })
    .await;
    let desk = Desk::new(demo.url());
    let chats = chats_of(&desk.client, Provider::Whatsapp).await;
    for n in 0..6 {
        desk.say(&chats[n % 2], &format!("R14 {n}")).await;
    }
    desk.settle().await;
    assert_eq!(desk.unsettled(), []);
    tokio::time::sleep(Duration::from_millis(950)).await;
    assert_eq!(
        own_texts(&desk.client, &chats[0].id, "R14").await,
        ["R14 0", "R14 2", "R14 4"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_chat_and_a_new_group_are_started_once_whatever_becomes_of_the_answer() {
    for aftermath in [Aftermath::Cut, Aftermath::NoIds, Aftermath::Status(503)] {
        let demo = server(Mischief {
            drop_rate: 1.0,
            aftermath: vec![aftermath],
            ..Mischief::default()
        })
        .await;
        let desk = Desk::new(demo.url());
        desk.fetch().await;
        let known = chats_of(&desk.client, Provider::Whatsapp).await;
        let people: Vec<_> = known
            .iter()
            .filter_map(|chat| chat.attendee_provider_id.clone())
            .take(2)
            .collect();
        let account = &known[0].account_id;
        let new = |attendees: &[_], title: Option<&str>, text: &str| {
            Act::StartChat(NewChat {
                account: account.clone(),
                attendees: attendees.to_vec(),
                title: title.map(str::to_owned),
                text: text.to_owned(),
                subject: None,
                inmail: false,
                product: None,
                attachments: vec![],
                voice: None,
            })
        };
        let acts = vec![
            new(&people, Some("Picnic"), "R8 to both"),
            new(&people[..1], None, "R8 to one"),
        ];
        desk.submit(acts).await;
        desk.settle().await;
        assert_eq!(desk.unsettled(), [], "{aftermath:?}");
        let all = desk.client.list_chats(&ListChats::default()).await.unwrap();
        let groups: Vec<_> = all
            .items
            .iter()
            .filter(|chat| chat.name.as_deref() == Some("Picnic"))
            .collect();
        assert_eq!(groups.len(), 1);
        assert_eq!(
            own_texts(&desk.client, &groups[0].id, "R8").await,
            ["R8 to both"]
        );
        let single = known
            .iter()
            .find(|chat| chat.attendee_provider_id.as_ref() == Some(&people[0]))
            .unwrap();
        assert_eq!(
            own_texts(&desk.client, &single.id, "R8").await,
            ["R8 to one"]
        );
    }
}
