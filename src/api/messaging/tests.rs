//! Tests of the messaging area, on the examples of the contract.

use std::time::Duration;

use serde_json::{Value, json};

use super::chats::{Patched, list, patch, start};
use super::messages::{Reacted, Sent, list as list_messages, send};
use super::*;
use crate::api::client::read_page;
use crate::api::contract::{
    answers, every_field_counts, form, items, json_body, keeps_to_contract, one, whole,
};
use crate::api::operations::messaging as rows;
use crate::api::page::{Cursor, Page, Paging};
use crate::api::request::{Json, Upload};
use crate::model::account::{LinkedinProduct, Provider, SyncStatus};
use crate::model::attachment::{AttachmentKind, PixelSize};
use crate::model::chat::{Chat, ChatContent, ChatFolder, ChatKind, Muted, StartedChat};
use crate::model::id::{ChatId, MessageId, ProviderId};
use crate::model::message::{Message, MessageEvent, Seen};
use crate::model::network::Distance;
use crate::model::person::{Attendee, Specifics};

#[test]
fn every_example_of_the_contract_is_read() {
    for list in [&rows::LIST_CHATS, &rows::LIST_ATTENDEE_CHATS] {
        assert!(!items::<Chat>(list).is_empty());
    }
    for list in [
        &rows::LIST_MESSAGES,
        &rows::LIST_CHAT_MESSAGES,
        &rows::LIST_ATTENDEE_MESSAGES,
    ] {
        assert!(!items::<Message>(list).is_empty());
    }
    for list in [&rows::LIST_ATTENDEES, &rows::LIST_CHAT_ATTENDEES] {
        assert!(!items::<Attendee>(list).is_empty());
    }
    one::<Message>(&rows::GET_MESSAGE);
    let started: StartedChat = one(&rows::START_CHAT);
    assert_eq!(started.chat_id, Some("u9KcD4jXSb2eYpO7tLr1Qg".into()));
    for row in [&rows::SEND_MESSAGE, &rows::FORWARD_MESSAGE] {
        let Sent(message) = one(row);
        assert_eq!(message, Some("b4XyK8tGSj1uQm6HfPd0Zw".into()));
    }
    let Reacted(success) = one(&rows::ADD_MESSAGE_REACTION);
    assert_eq!(success, Some(true));
    let Patched(link) = one(&rows::PATCH_CHAT);
    assert_eq!(link, None);
    assert_eq!(
        one::<SyncStatus>(&rows::SYNC_CHAT_HISTORY),
        SyncStatus::Started
    );
}

#[test]
fn every_field_of_the_contract_reaches_the_model() {
    // The provider's own text is large and left out; the type counts for events only, and the sample is none.
    let except = ["original", "event_type"];
    every_field_counts::<Chat>("Chat", &except);
    every_field_counts::<Chat>("ChatDetails", &except);
    every_field_counts::<Message>("Message", &except);
    every_field_counts::<Attendee>("ChatAttendee", &[]);
    every_field_counts::<StartedChat>("ChatStarted", &[]);
}

#[test]
fn chats_keep_their_key_facts() {
    let [inmail, pinned, group] = &items::<Chat>(&rows::LIST_CHATS)[..] else {
        panic!("other examples than expected");
    };
    assert_eq!(inmail.provider, Some(Provider::Linkedin));
    assert_eq!(inmail.content, Some(ChatContent::Inmail));
    assert_eq!(
        inmail.folders,
        [ChatFolder::Inbox, ChatFolder::LinkedinClassic]
    );
    assert_eq!((inmail.unread_count, inmail.is_writable()), (2, true));
    assert_eq!((pinned.pinned, &pinned.muted), (Some(true), &Muted::No));
    assert_eq!(
        (&group.kind, &group.muted),
        (&ChatKind::Group, &Muted::ForEver)
    );
    assert_eq!(
        (group.name.as_deref(), group.is_writable()),
        (Some("Choir"), false)
    );
    let last = one::<Chat>(&rows::GET_CHAT).last_message.unwrap();
    assert_eq!(last.text.as_deref(), Some("The photo as promised"));
    assert_eq!(last.reactions[0].value, "👍");
}

#[test]
fn messages_keep_their_key_facts() {
    let [photo, answer, call] = &items::<Message>(&rows::LIST_MESSAGES)[..] else {
        panic!("other examples than expected");
    };
    let size = Some(PixelSize {
        width: 1280,
        height: 960,
    });
    let image = AttachmentKind::Image {
        size,
        sticker: false,
    };
    assert_eq!(photo.attachments[0].kind, image);
    assert_eq!(photo.attachments[0].id.as_str(), "att_7f3c==");
    let reader = ProviderId::from("33600000002@s.whatsapp.net");
    let when = "2026-03-01T19:00:02Z".parse().unwrap();
    assert_eq!(answer.seen_by.get(&reader), Some(&Seen::At(when)));
    assert_eq!(answer.quoted.as_ref().unwrap().sender_id, Some(reader));
    assert!(answer.is_sender && !photo.is_sender);
    assert_eq!(call.event, Some(MessageEvent::MissedVoiceCall));
    assert_eq!((&call.text, &photo.event), (&None, &None));
}

#[test]
fn a_broken_message_costs_that_message_only() {
    let mut answer = answers(&rows::LIST_MESSAGES)[0].clone();
    answer["items"][1]["timestamp"] = json!("yesterday");
    answer["items"][2]["attachments"] =
        json!([{"type": "img"}, {"type": "file", "id": "f", "file_name": "a.pdf"}]);
    let page: Page<Message> = read_page(&rows::LIST_MESSAGES, &answer).unwrap();
    let ids: Vec<&str> = page.items.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["h7LpV3sYT0qNw9ZkRb2EcA", "t1RsN5vCQk8wLz3JgYh7Bg"]);
    assert_eq!(page.items[1].attachments.len(), 1);
    let flaws: Vec<&str> = page.flaws.iter().map(|flaw| flaw.place.as_str()).collect();
    assert_eq!(flaws, ["Message.timestamp", "Attachment.id"]);
}

#[test]
fn spellings_and_kinds_nobody_knows_are_kept() {
    let message: Message = whole(&json!({
        "id": "m", "account_id": "a", "chat_id": "c", "timestamp": "2026-03-01T19:02:11Z", "text": "x\u{1b}[2J",
        "is_sender": "true", "is_event": true, "event_type": 13, "seen_by": {"p": true, "q": "soon", "r": "false"},
        "mentions": {"p": {"at": 3}}, "parent": "", "attachments": [{"type": "contact_card", "id": "k", "vcard": "V"}],
    }));
    assert_eq!(message.text.as_deref(), Some("x[2J"));
    assert!(message.is_sender);
    assert_eq!(message.event, Some(MessageEvent::Other("13".into())));
    let seen: Vec<&Seen> = message.seen_by.values().collect();
    assert_eq!(seen, [&Seen::Yes, &Seen::Other("soon".into()), &Seen::No]);
    assert_eq!(message.mentions.as_deref(), Some(r#"{"p":{"at":3}}"#));
    assert_eq!(message.parent, None);
    let AttachmentKind::Other { kind, raw } = &message.attachments[0].kind else {
        panic!("{message:?}");
    };
    assert_eq!(
        (kind.as_str(), raw.contains("vcard")),
        ("contact_card", true)
    );

    let muted = |until: Value| {
        whole::<Chat>(&json!({"id": "c", "account_id": "a", "type": 0, "muted_until": until})).muted
    };
    assert_eq!(muted(json!("-1")), Muted::ForEver);
    assert_eq!(
        muted(json!("2026-03-01T19:02:11Z")),
        Muted::Until("2026-03-01T19:02:11Z".parse().unwrap())
    );
    assert_eq!(muted(json!("tomorrow")), Muted::Other("tomorrow".into()));
}

#[test]
fn what_a_network_tells_about_a_person_is_kept() {
    let Some(Specifics::Linkedin(person)) = one::<Attendee>(&rows::GET_ATTENDEE).specifics else {
        panic!("not a LinkedIn person");
    };
    assert_eq!(person.distance, Some(Distance::First));
    assert_eq!(person.headline.as_deref(), Some("Type designer"));
    let other: Specifics = whole(&json!({"provider": "WHATSAPP", "about": "Busy"}));
    let raw = r#"{"provider":"WHATSAPP","about":"Busy"}"#.to_owned();
    assert_eq!(other, Specifics::Other { raw });
}

#[test]
fn a_new_chat_is_a_form_with_brackets_and_repeated_parts() {
    let mut chat = StartChat::new("a".into(), vec!["p".into(), "q".into()]);
    chat.text = Some("Hello".into());
    chat.group_name = Some("Choir".into());
    chat.attachments = vec![
        Upload::from_bytes("1.png", *b"1"),
        Upload::from_bytes("2.png", *b"2"),
    ];
    chat.linkedin.product = Some(LinkedinProduct::Classic);
    chat.linkedin.inmail = Some(true);
    let request = start(&chat);
    keeps_to_contract(&request);
    let expected = [
        ("account_id", "a"),
        ("attendees_ids", "p"),
        ("attendees_ids", "q"),
        ("text", "Hello"),
        ("subject", "Choir"),
        ("title", "Choir"),
        ("attachments", "<1.png>"),
        ("attachments", "<2.png>"),
        ("linkedin[api]", "classic"),
        ("linkedin[inmail]", "true"),
    ];
    assert_eq!(
        form(&request),
        expected.map(|(name, text)| (name, text.to_owned()))
    );
    assert_eq!(request.account(), Some("a"));
}

#[test]
fn a_message_carries_all_it_can() {
    let message = SendMessage {
        text: Some("Hello".into()),
        account_id: Some("a".into()),
        quote_id: Some(MessageId::from("m")),
        thread_id: Some("t".into()),
        attachments: vec![Upload::from_bytes("1.png", *b"1")],
        voice_message: Some(Upload::from_bytes("v.m4a", *b"v")),
        video_message: Some(Upload::from_bytes("v.mp4", *b"v")),
        typing_duration: Some(Duration::from_secs(2)),
    };
    let request = send(&ChatId::from("-c="), &message);
    keeps_to_contract(&request);
    assert_eq!(request.path, "/api/v1/chats/-c%3D/messages");
    let fields = form(&request);
    assert_eq!(fields.len(), 8);
    assert!(fields.contains(&("typing_duration", "2000".into())));
}

#[test]
fn a_change_to_a_chat_says_what_and_how() {
    for (change, expected) in [
        (
            ChatChange::Read(true),
            json!({"action": "setReadStatus", "value": true}),
        ),
        (
            ChatChange::Pinned(false),
            json!({"action": "setPinnedStatus", "value": false}),
        ),
        (
            ChatChange::AddParticipant("p".into()),
            json!({"action": "addParticipant", "value": "p"}),
        ),
        (ChatChange::InviteLink, json!({"action": "getInviteLink"})),
        (
            ChatChange::Other {
                action: "setColour".into(),
                value: Json::from("blue"),
            },
            json!({"action": "setColour", "value": "blue"}),
        ),
    ] {
        let request = patch(&ChatId::from("c"), &change);
        keeps_to_contract(&request);
        assert_eq!(json_body(&request), expected);
    }
}

#[test]
fn a_cursor_travels_without_the_filters_it_holds() {
    let mut params = ListChats {
        unread: Some(true),
        provider: Some(Provider::Whatsapp),
        account_ids: vec!["a".into(), "b".into()],
        before: Some("2026-03-02T08:15:30Z".parse().unwrap()),
        ..ListChats::default()
    };
    let first = list(&params);
    keeps_to_contract(&first);
    let names: Vec<&str> = first.query.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["unread", "account_type", "account_id", "before"]);
    assert_eq!(first.query[2].1, "a,b");

    params.paging = Paging {
        cursor: Some(Cursor::new("next")),
        limit: Some(50),
    };
    let next = list(&params);
    let pairs: Vec<_> = next
        .query
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    assert_eq!(pairs, [("cursor", "next"), ("limit", "50")]);

    let request = list_messages(&ListMessages {
        account_id: Some("a".into()),
        paging: params.paging,
        ..ListMessages::default()
    });
    assert_eq!(request.account(), Some("a"));
}
