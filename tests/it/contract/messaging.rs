//! Chats, messages and the people in them.

use std::collections::BTreeSet;
use std::time::Duration;

use onebox::api::messaging::{
    ChatChange, LinkedinChat, ListAttendeeItems, ListAttendees, ListChatMessages, ListChats,
    ListMessages, PictureOf, SendMessage, StartChat,
};
use onebox::api::operation::Area;
use onebox::api::{Paging, Upload};
use onebox::model::account::{LinkedinProduct, Provider, SyncStatus};
use onebox::model::chat::{Chat, ChatKind};
use onebox::model::id::{AttachmentId, AttendeeId, ChatId, MessageId, ProviderId};

use super::{Scene, after, limit, refused, some};

#[tokio::test]
async fn messaging_keeps_to_the_contract() {
    let scene = Scene::open().await;
    chats_are_listed_and_read(&scene).await;
    a_chat_is_changed(&scene).await;
    a_group_changes_its_members(&scene).await;
    messages_are_sent_and_changed(&scene).await;
    messages_are_listed(&scene).await;
    slack_has_threads(&scene).await;
    files_come_back_as_they_were_sent(&scene).await;
    chats_are_started(&scene).await;
    people_are_known(&scene).await;
    what_is_not_there_is_refused(&scene).await;
    messages_that_are_not_there_are_refused(&scene).await;
    scene.end(Area::Messaging).await;
}

/// Chats of one network, latest first.
async fn chats_of(scene: &Scene, provider: Provider) -> Vec<Chat> {
    let params = ListChats {
        provider: Some(provider),
        ..ListChats::default()
    };
    some(scene.client.list_chats(&params).await.unwrap())
}

/// A chat of two people that can be written to.
async fn single_chat(scene: &Scene, provider: Provider) -> Chat {
    let chats = chats_of(scene, provider).await.into_iter();
    let fits = |chat: &Chat| chat.kind == ChatKind::OneToOne && chat.is_writable();
    chats.into_iter().find(fits).unwrap()
}

fn text(text: &str) -> SendMessage {
    SendMessage {
        text: Some(text.to_owned()),
        ..SendMessage::default()
    }
}

async fn chats_are_listed_and_read(scene: &Scene) {
    let client = &scene.client;
    let all = some(client.list_chats(&ListChats::default()).await.unwrap());
    let unread = ListChats {
        unread: Some(true),
        account_ids: vec![all[0].account_id.clone(), all[1].account_id.clone()],
        before: all[0].last_activity,
        after: Some("2020-01-01T00:00:00Z".parse().unwrap()),
        paging: limit(5),
        provider: None,
    };
    let page = client.list_chats(&unread).await.unwrap();
    assert!(page.items.iter().all(|chat| chat.unread_count > 0));
    let three = ListChats {
        paging: limit(3),
        ..ListChats::default()
    };
    let first = client.list_chats(&three).await.unwrap();
    let next = ListChats {
        paging: after(first.cursor, 3),
        ..ListChats::default()
    };
    let second = some(client.list_chats(&next).await.unwrap());
    assert_eq!(
        second.iter().map(|chat| &chat.id).collect::<Vec<_>>(),
        all[3..6].iter().map(|chat| &chat.id).collect::<Vec<_>>()
    );
    // Every chat of the world, with whatever message came last.
    for chat in &all {
        let whole = client.get_chat(&chat.id, None).await.unwrap();
        assert_eq!(whole.id, chat.id);
    }
}

async fn a_chat_is_changed(scene: &Scene) {
    let client = &scene.client;
    let chat = single_chat(scene, Provider::Whatsapp).await;
    let by_provider_id = ChatId::from(chat.provider_id.clone().unwrap());
    let same = client.get_chat(&by_provider_id, Some(&chat.account_id));
    assert_eq!(same.await.unwrap().id, chat.id);

    let patch = async |change: ChatChange| client.patch_chat(&chat.id, &change).await.unwrap();
    patch(ChatChange::Read(false)).await;
    patch(ChatChange::Muted(true)).await;
    patch(ChatChange::Archived(true)).await;
    patch(ChatChange::Pinned(true)).await;
    patch(ChatChange::Label("Later".into())).await;
    let changed = client.get_chat(&chat.id, None).await.unwrap();
    assert!(changed.unread_count > 0 && changed.archived && changed.pinned == Some(true));
    patch(ChatChange::Read(true)).await;
    assert_eq!(
        client.get_chat(&chat.id, None).await.unwrap().unread_count,
        0
    );

    let started = client.sync_chat_history(&chat.id).await.unwrap();
    assert_eq!(started, SyncStatus::Started);
    let running = client.sync_chat_history(&chat.id).await.unwrap();
    assert_eq!(running, SyncStatus::Running);
    scene.stage.pass(Duration::from_secs(60));
    let done = client.sync_chat_history(&chat.id).await.unwrap();
    assert_eq!(done, SyncStatus::Done);
}

async fn a_group_changes_its_members(scene: &Scene) {
    let client = &scene.client;
    let groups = chats_of(scene, Provider::Whatsapp).await;
    let group = groups.iter().find(|chat| chat.kind == ChatKind::Group);
    let group = &group.unwrap().id;
    let link = client.patch_chat(group, &ChatChange::InviteLink).await;
    assert!(link.unwrap().unwrap().starts_with("https://"));
    let people = some(
        client
            .list_chat_attendees(group, &limit(100))
            .await
            .unwrap(),
    );
    let member = people.iter().find(|one| !one.is_self).unwrap();
    let member = member.provider_id.clone();
    let remove = ChatChange::RemoveParticipant(member.clone());
    client.patch_chat(group, &remove).await.unwrap();
    let add = ChatChange::AddParticipant(member);
    client.patch_chat(group, &add).await.unwrap();
    let back = client.list_chat_attendees(group, &limit(100)).await;
    assert_eq!(some(back.unwrap()).len(), people.len());
}

async fn messages_are_sent_and_changed(scene: &Scene) {
    let client = &scene.client;
    let chat = single_chat(scene, Provider::Whatsapp).await;
    let message = SendMessage {
        account_id: Some(chat.account_id.clone()),
        typing_duration: Some(Duration::from_millis(300)),
        ..text("Hello, how about lunch? – Grüße 🥗")
    };
    let sent = client.send_message(&chat.id, &message).await.unwrap();
    let sent = sent.unwrap();
    let read = client.get_message(&sent).await.unwrap();
    assert_eq!((&read.text, read.is_sender), (&message.text, true));

    client.edit_message(&sent, "At noon?").await.unwrap();
    let reacted = client.add_message_reaction(&sent, "👍").await.unwrap();
    assert_eq!(reacted, Some(true));
    let changed = client.get_message(&sent).await.unwrap();
    assert_eq!(changed.text.as_deref(), Some("At noon?"));
    assert!(changed.edited && changed.reactions[0].is_sender);

    let quote = SendMessage {
        quote_id: Some(sent.clone()),
        ..text("Or later.")
    };
    let quoting = client.send_message(&chat.id, &quote).await.unwrap();
    let quoting = client.get_message(&quoting.unwrap()).await.unwrap();
    assert_eq!(quoting.reply_to.unwrap().id, Some(sent.clone()));

    let others = chats_of(scene, Provider::Whatsapp).await;
    let other = others
        .iter()
        .find(|one| one.account_id == chat.account_id && one.id != chat.id && one.is_writable());
    let copy = client.forward_message(&sent, &other.unwrap().id).await;
    let copy = client.get_message(&copy.unwrap().unwrap()).await.unwrap();
    assert_eq!(copy.is_forwarded, Some(true));

    client.delete_message(&sent).await.unwrap();
    assert!(client.get_message(&sent).await.unwrap().deleted);

    let newest = ListChatMessages {
        sender_id: quoting.sender_id.clone(),
        before: Some("2030-01-01T00:00:00.5Z".parse().unwrap()),
        after: Some("2020-01-01T00:00:00Z".parse().unwrap()),
        paging: limit(1),
    };
    let page = client.list_chat_messages(&chat.id, &newest).await.unwrap();
    assert_eq!(some(page)[0].id, quoting.id);

    // The other side answers in its own time.
    scene.stage.pass(Duration::from_secs(1_800));
    let since = ListMessages {
        account_id: Some(chat.account_id.clone()),
        sender_id: chat.attendee_provider_id.clone(),
        after: Some(quoting.timestamp),
        ..ListMessages::default()
    };
    let answers = client.list_messages(&since).await.unwrap().items;
    assert!(answers.iter().all(|answer| answer.chat_id == chat.id));
    let seen = client.get_message(&quoting.id).await.unwrap();
    assert_eq!(seen.seen, Some(true), "half an hour later");
}

async fn messages_are_listed(scene: &Scene) {
    let client = &scene.client;
    // The newest messages of every account, whatever they are made of.
    let chats = some(client.list_chats(&ListChats::default()).await.unwrap());
    let accounts: BTreeSet<_> = chats.into_iter().map(|chat| chat.account_id).collect();
    for account in accounts {
        let params = ListMessages {
            account_id: Some(account),
            paging: limit(20),
            ..ListMessages::default()
        };
        some(client.list_messages(&params).await.unwrap());
    }
}

async fn slack_has_threads(scene: &Scene) {
    let client = &scene.client;
    let slack = chats_of(scene, Provider::Slack).await;
    let slack = slack.into_iter().find(Chat::is_writable).unwrap();
    let first = client.send_message(&slack.id, &text("A thread?")).await;
    let first = first.unwrap().unwrap();
    let reply = SendMessage {
        thread_id: Some(first.to_string()),
        ..text("A thread.")
    };
    let reply = client.send_message(&slack.id, &reply).await.unwrap();
    let reply = client.get_message(&reply.unwrap()).await.unwrap();
    assert_eq!(reply.parent, Some(first.clone()));
    assert_eq!(client.get_message(&first).await.unwrap().replies, Some(1));
}

async fn files_come_back_as_they_were_sent(scene: &Scene) {
    let client = &scene.client;
    let chat = single_chat(scene, Provider::Linkedin).await;
    let message = SendMessage {
        attachments: vec![
            Upload::from_bytes("näme \"one\".txt", *b"one"),
            Upload::from_bytes("two.bin", [0_u8, 159, 146, 150]),
        ],
        voice_message: Some(Upload::from_bytes("voice.m4a", *b"la la")),
        video_message: Some(Upload::from_bytes("video.mp4", *b"flicker")),
        ..SendMessage::default()
    };
    let sent = client.send_message(&chat.id, &message).await.unwrap();
    let sent = client.get_message(&sent.unwrap()).await.unwrap();
    assert_eq!(sent.attachments.len(), 4);
    let bytes = async |n: usize| {
        let fetched = client.get_message_attachment_bytes(&sent.id, &sent.attachments[n].id);
        fetched.await.unwrap().0
    };
    assert_eq!(bytes(0).await, b"one");
    assert_eq!(bytes(1).await, [0, 159, 146, 150]);

    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("one.txt");
    let file = &sent.attachments[0].id;
    let saved = client.get_message_attachment(&sent.id, file, &to, |_, _| {});
    assert_eq!(saved.await.unwrap().bytes, 3);
    assert_eq!(std::fs::read(&to).unwrap(), b"one");

    // Files of the world are drawn when they are asked for.
    let newest = ListMessages {
        paging: limit(100),
        ..ListMessages::default()
    };
    let messages = some(client.list_messages(&newest).await.unwrap());
    let drawn = messages
        .iter()
        .filter(|message| message.id != sent.id)
        .flat_map(|message| message.attachments.iter().map(move |file| (message, file)))
        .filter(|(_, file)| !file.unavailable && file.file_size.is_some());
    for (message, file) in drawn.take(4) {
        let fetched = client.get_message_attachment_bytes(&message.id, &file.id);
        let (bytes, _) = fetched.await.unwrap();
        assert_eq!(Some(bytes.len() as u64), file.file_size);
    }
}

async fn chats_are_started(scene: &Scene) {
    let client = &scene.client;
    let known = single_chat(scene, Provider::Whatsapp).await;
    let other = chats_of(scene, Provider::Whatsapp).await;
    let other = other.iter().find(|one| {
        one.id != known.id
            && one.account_id == known.account_id
            && one.attendee_provider_id.is_some()
            && one.attendee_provider_id != known.attendee_provider_id
    });
    let [first, second] = [&known, other.unwrap()].map(|chat| chat.attendee_provider_id.clone());
    let [first, second] = [first.unwrap(), second.unwrap()];
    let again = StartChat {
        text: Some("Me again".into()),
        ..StartChat::new(known.account_id.clone(), vec![first.clone()])
    };
    let again = client.start_chat(&again).await.unwrap();
    assert_eq!(again.chat_id, Some(known.id));

    let group = StartChat {
        text: Some("Welcome".into()),
        group_name: Some("Picnic".into()),
        attachments: vec![Upload::from_bytes("plan.pdf", *b"%PDF-1.4")],
        ..StartChat::new(known.account_id.clone(), vec![first, second])
    };
    let started = client.start_chat(&group).await.unwrap().chat_id.unwrap();
    let group = client.get_chat(&started, None).await.unwrap();
    assert_eq!(group.name.as_deref(), Some("Picnic"));
    client.delete_chat(&started).await.unwrap();
    refused(client.get_chat(&started, None).await, 404);

    let linkedin = single_chat(scene, Provider::Linkedin).await;
    let inmail = StartChat {
        text: Some("May I ask you something?".into()),
        subject: Some("A question".into()),
        linkedin: LinkedinChat {
            product: Some(LinkedinProduct::Classic),
            inmail: Some(true),
            ..LinkedinChat::default()
        },
        ..StartChat::new(
            linkedin.account_id,
            vec![linkedin.attendee_provider_id.unwrap()],
        )
    };
    client.start_chat(&inmail).await.unwrap();
}

async fn people_are_known(scene: &Scene) {
    let client = &scene.client;
    let chat = single_chat(scene, Provider::Linkedin).await;
    let params = ListAttendees {
        account_id: Some(chat.account_id.clone()),
        paging: limit(20),
    };
    let first = client.list_attendees(&params).await.unwrap();
    let rest = ListAttendees {
        paging: Paging {
            cursor: first.cursor.clone(),
            limit: None,
        },
        account_id: None,
    };
    let mut people = some(first);
    people.extend(some(client.list_attendees(&rest).await.unwrap()));
    let person = people
        .iter()
        .find(|one| Some(&one.provider_id) == chat.attendee_provider_id.as_ref())
        .unwrap();
    let by_id = client.get_attendee(&person.id, None).await.unwrap();
    assert_eq!(by_id, *person);
    let network_id = AttendeeId::from(person.provider_id.as_str());
    let same = client.get_attendee(&network_id, Some(&chat.account_id));
    assert_eq!(same.await.unwrap().name, person.name);

    let params = ListAttendeeItems {
        account_ids: vec![chat.account_id.clone()],
        before: Some("2030-01-01T00:00:00Z".parse().unwrap()),
        after: Some("2020-01-01T00:00:00Z".parse().unwrap()),
        paging: limit(10),
    };
    let chats = client.list_attendee_chats(&person.id, &params).await;
    assert!(some(chats.unwrap()).iter().any(|one| one.id == chat.id));
    let messages = client.list_attendee_messages(&person.id, &params).await;
    assert!(
        some(messages.unwrap())
            .iter()
            .any(|one| one.chat_id == chat.id)
    );

    let group = PictureOf::Group(&chat.id);
    let (picture, mime) = client.get_attendee_picture_bytes(group).await.unwrap();
    assert!(!picture.is_empty() && mime.unwrap().starts_with("image/"));
    let mut pictures = 0;
    for person in people.iter().filter(|one| !one.is_self).take(12) {
        let of = PictureOf::Person(&person.id);
        match client.get_attendee_picture_bytes(of).await {
            Ok((bytes, _)) => pictures += usize::from(!bytes.is_empty()),
            Err(error) => assert_eq!(error.status(), Some(404), "{error}"),
        }
    }
    assert!(pictures > 0, "nobody has a picture");
}

async fn what_is_not_there_is_refused(scene: &Scene) {
    let (client, stranger) = (&scene.client, &scene.stranger);
    let chat = single_chat(scene, Provider::Whatsapp).await;
    let nothing = ChatId::from("no-such-chat");
    let person = AttendeeId::from("../nobody?");
    let paging = Paging::default();
    let all = ListChats::default();
    refused(stranger.list_chats(&all).await, 401);
    let start = StartChat {
        text: Some("Hello?".into()),
        ..StartChat::new(chat.account_id, vec![ProviderId::from("nobody")])
    };
    refused(client.start_chat(&start).await, 422);
    refused(client.get_chat(&nothing, None).await, 404);
    let archive = ChatChange::Archived(true);
    refused(client.patch_chat(&nothing, &archive).await, 404);
    refused(client.delete_chat(&nothing).await, 404);
    let telegram = chats_of(scene, Provider::Telegram).await.remove(0).id;
    refused(client.patch_chat(&telegram, &archive).await, 501);
    refused(client.delete_chat(&telegram).await, 501);
    refused(client.list_chat_attendees(&nothing, &paging).await, 404);
    refused(client.sync_chat_history(&nothing).await, 404);
    let all = ListAttendees::default();
    refused(stranger.list_attendees(&all).await, 401);
    refused(client.get_attendee(&person, None).await, 404);
    let of = PictureOf::Person(&person);
    refused(client.get_attendee_picture_bytes(of).await, 404);
    let items = ListAttendeeItems::default();
    refused(client.list_attendee_chats(&person, &items).await, 404);
    refused(client.list_attendee_messages(&person, &items).await, 404);
}

async fn messages_that_are_not_there_are_refused(scene: &Scene) {
    let (client, stranger) = (&scene.client, &scene.stranger);
    let nothing = ChatId::from("no-such-chat");
    let message = MessageId::from("no such/message");
    let chat = single_chat(scene, Provider::Whatsapp).await;
    let params = ListChatMessages::default();
    refused(client.list_chat_messages(&nothing, &params).await, 404);
    refused(client.send_message(&nothing, &text("Hello?")).await, 404);
    let guarded = SendMessage {
        account_id: Some(scene.account(Provider::Telegram).await),
        ..text("Hello?")
    };
    refused(client.send_message(&chat.id, &guarded).await, 403);
    let all = ListMessages::default();
    refused(stranger.list_messages(&all).await, 401);
    refused(client.get_message(&message).await, 404);
    refused(client.edit_message(&message, "Hello?").await, 404);
    refused(client.delete_message(&message).await, 404);
    refused(client.forward_message(&message, &nothing).await, 404);
    refused(client.add_message_reaction(&message, "👍").await, 404);
    let file = AttachmentId::from("a/b==");
    let bytes = client.get_message_attachment_bytes(&message, &file);
    refused(bytes.await, 404);
}
