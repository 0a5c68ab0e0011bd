//! What the server or the network does not want is told and taken back.

use std::fs;

use onebox::demo::Mischief;
use onebox::model::account::Provider;
use onebox::model::act::{Act, NewMessage};
use onebox::model::outbox::OutboxState;
use onebox::store::outbox::{acts, files};

use super::{Desk, chats, chats_of, messages, server};

#[tokio::test(flavor = "multi_thread")]
async fn an_act_that_the_network_does_not_offer_is_shown_at_once_and_taken_back_with_a_reason() {
    let demo = server(Mischief::default()).await;
    let desk = Desk::patient(demo.url());
    desk.fetch().await;
    let chat = chats_of(&desk.client, Provider::Telegram).await.remove(0);
    let key = desk.row(chat.id.as_str()).key;
    let acts = desk
        .store
        .read_now(|db| acts::archive(db, key, true))
        .unwrap();
    let id = desk.submit(acts).await[0];
    assert!(desk.row(chat.id.as_str()).archived);
    let pass = desk.pass().await;
    assert_eq!((pass.sent, pass.failed), (0, 1));
    assert!(!desk.row(chat.id.as_str()).archived);
    let item = desk.item(id);
    assert_eq!(item.state, OutboxState::Failed);
    let words = item.error.unwrap();
    assert!(
        words.ends_with("This network does not offer it.") && !words.contains("patchChat"),
        "{words}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn one_conversation_that_refuses_does_not_hold_up_another_or_itself() {
    let demo = server(Mischief::default()).await;
    let desk = Desk::patient(demo.url());
    desk.fetch().await;
    let all = chats(&desk.client).await;
    let closed = all.iter().find(|chat| !chat.is_writable()).unwrap();
    let open = chats_of(&desk.client, Provider::Whatsapp).await.remove(0);
    let refused = desk.say(closed, "nobody reads this").await;
    let long = desk.say(&open, &"x".repeat(60_001)).await;
    let short = desk.say(&open, "short").await;
    desk.settle().await;
    for id in [refused, long] {
        assert_eq!(desk.item(id).state, OutboxState::Failed);
        assert!(desk.item(id).error.is_some());
    }
    assert_eq!(desk.item(short).state, OutboxState::Sent);
}

#[tokio::test(flavor = "multi_thread")]
async fn files_go_out_as_they_were_chosen_and_a_vanished_or_changed_one_is_told_before() {
    let demo = server(Mischief::default()).await;
    let desk = Desk::patient(demo.url());
    desk.fetch().await;
    let chat = chats_of(&desk.client, Provider::Whatsapp).await.remove(0);
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str, text: &str| {
        let path = dir.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let with = |file| {
        let mut message = NewMessage::text(chat.account_id.clone(), chat.id.clone(), "");
        message.attachments = vec![file];
        vec![Act::SendMessage(message)]
    };
    let original = path("plan.txt", "as it was");
    let kept = files::keep(desk.store.dir(), &original).unwrap();
    let changed = files::refer(&original).unwrap();
    let vanished = files::refer(&path("gone.txt", "soon gone")).unwrap();
    fs::write(&original, "as it is").unwrap();
    fs::remove_file(&vanished.path).unwrap();
    let mut ids = Vec::new();
    for file in [kept, changed, vanished] {
        ids.extend(desk.submit(with(file)).await);
    }
    desk.settle().await;
    let words: Vec<_> = ids.iter().map(|id| desk.item(*id)).collect();
    assert_eq!(words[0].state, OutboxState::Sent);
    assert!(words[1].error.as_ref().unwrap().contains("it has changed"));
    assert!(words[2].error.as_ref().unwrap().contains("cannot be read"));
    assert!(
        words[1..]
            .iter()
            .all(|it| it.state == OutboxState::Failed && it.attempted_at.is_none())
    );
    let newest = messages(&desk.client, &chat.id).await.remove(0);
    let (bytes, _) = desk
        .client
        .get_message_attachment_bytes(&newest.id, &newest.attachments[0].id)
        .await
        .unwrap();
    assert_eq!(bytes, b"as it was");
}

#[cfg(unix)]
#[test]
fn a_file_that_is_kept_can_be_read_by_its_owner_only_and_too_large_ones_are_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.bin");
    fs::write(&path, "secret").unwrap();
    let kept = files::keep(dir.path(), &path).unwrap();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&kept.path), 0o600);
    assert_eq!(mode(&dir.path().join("files")), 0o700);
    let large = fs::File::create(&path).unwrap();
    large.set_len((25 << 20) + 1).unwrap();
    assert!(
        files::keep(dir.path(), &path)
            .unwrap_err()
            .to_string()
            .contains("25 MiB")
    );
    large.set_len(16_000_000).unwrap();
    assert!(files::refer(&path).unwrap().is_large());
}
