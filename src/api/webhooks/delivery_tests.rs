//! Tests of the deliveries, on the examples of the contract.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::api::contract::posted;
use crate::model::account::{AccountStatus, Provider};
use crate::model::delivery::{Delivery, LinkedDelivery, OtherDelivery};

fn read(value: &Value) -> Delivery {
    let body = value.to_string();
    read_delivery(Some("application/json; charset=utf-8"), body.as_bytes()).unwrap()
}

#[test]
fn every_delivery_of_the_contract_is_recognised() {
    let Delivery::Message(message) = read(posted("message")) else {
        panic!("no message");
    };
    assert_eq!(message.event, WebhookEvent::MessageReceived);
    assert_eq!(message.message.as_str(), "h7LpV3sYT0qNw9ZkRb2EcA");
    assert_eq!(message.text.as_deref(), Some("Hello Sam"));
    assert!(message.has_attachments && message.at.is_some());
    let sender = message.sender.unwrap();
    assert_eq!(sender.name.as_deref(), Some("Jane Doe"));
    let Delivery::Mail(mail) = read(posted("email")) else {
        panic!("no mail");
    };
    assert_eq!(mail.email.as_str(), "--R9exampleKIu80oAF0lJA");
    assert_eq!(mail.is_complete, Some(false));
    let Delivery::Account(account) = read(posted("accountStatus")) else {
        panic!("no account");
    };
    assert_eq!(account.status, Some(AccountStatus::Credentials));
    assert_eq!(account.event, WebhookEvent::AccountCredentials);
    assert_eq!(account.provider, Some(Provider::Linkedin));
    let Delivery::Tracking(tracking) = read(posted("emailTracking")) else {
        panic!("no tracking");
    };
    assert_eq!(tracking.event_id.as_deref(), Some("ev-1"));
    let Delivery::Relation(relation) = read(posted("newRelation")) else {
        panic!("no relation");
    };
    assert_eq!(relation.name.as_deref(), Some("Jane Doe"));
    let Delivery::Calendar(calendar) = read(posted("calendarEvent")) else {
        panic!("no calendar");
    };
    assert_eq!(calendar.title.as_deref(), Some("Rehearsal"));
    assert_eq!(
        read(posted("hostedAuth")),
        Delivery::Linked(LinkedDelivery {
            account: "kT3vQ9sRTz2mWn8LpYc4Aw".into(),
            event: WebhookEvent::AccountCreated,
            name: Some("onebox".into()),
        })
    );
}

#[test]
fn a_form_says_the_same_as_json() {
    let json = json!({
        "event": "message_reaction", "account_id": "a", "chat_id": "c", "message_id": "m=", "message": "[1] & {}",
        "is_sender": "false", "reaction": "👍", "reaction_sender": {"attendee_name": "Zoë"}, "attachments": [],
    });
    let form = "event=message_reaction&account_id=a&chat_id=c&message_id=m%3D&message=%5B1%5D+%26+%7B%7D\
        &is_sender=false&reaction=%F0%9F%91%8D&attachments=%5B%5D";
    for sender in [
        "reaction_sender%5Battendee_name%5D=Zo%C3%AB",
        "reaction_sender=%7B%22attendee_name%22%3A%22Zo%C3%AB%22%7D",
    ] {
        let form = format!("{form}&{sender}&provider_message_id=");
        for kind in [Some("application/x-www-form-urlencoded"), None] {
            let delivery = read_delivery(kind, form.as_bytes()).unwrap();
            assert_eq!(delivery, read(&json), "{form}");
        }
    }
}

#[test]
fn an_own_message_is_known_by_its_flag_or_by_the_owners_id() {
    let is_own = |more: Value| {
        let mut payload = json!({"event": "message_received", "account_id": "a", "chat_id": "c", "message_id": "m",
            "sender": {"attendee_provider_id": "me"}});
        let fields = payload.as_object_mut().unwrap();
        fields.extend(more.as_object().unwrap().clone());
        let Delivery::Message(message) = read(&payload) else {
            panic!("no message");
        };
        message.is_sender
    };
    assert_eq!(is_own(json!({"is_sender": "true"})), Some(true));
    assert_eq!(is_own(json!({"is_sender": 0})), Some(false));
    assert_eq!(
        is_own(json!({"account_info": {"user_id": "me"}})),
        Some(true)
    );
    assert_eq!(
        is_own(json!({"account_info": {"user_id": "you"}})),
        Some(false)
    );
    assert_eq!(is_own(json!({})), None);
}

#[test]
fn what_is_new_is_passed_on_and_what_is_broken_is_named() {
    assert_eq!(
        read(&json!({"event": "comet_seen", "account_id": "a"})),
        Delivery::Other(OtherDelivery {
            event: Some(WebhookEvent::Other("comet_seen".into())),
            account: Some("a".into()),
        })
    );
    let broken = |body: &str| read_delivery(None, body.as_bytes()).unwrap_err();
    let lacking = broken(r#"{"event": "message_read", "account_id": "a", "message_id": "m"}"#);
    assert!(
        lacking
            .to_string()
            .ends_with("Delivery.chat_id: is missing"),
        "{lacking}"
    );
    assert_eq!(broken(""), BadDelivery::Body(crate::api::BadAnswer::Empty));
    assert_eq!(
        broken("<html>a=b"),
        BadDelivery::Body(crate::api::BadAnswer::Html)
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_upset_the_reader(
        is_form: bool,
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        form in "(event|sender|AccountStatus|folders|status)(\\[.{0,4}\\]?){0,2}=(message_read|%[0-9a-f]{0,2}|.{0,9})(&.{0,20}){0,3}",
    ) {
        let kind = is_form.then_some("application/x-www-form-urlencoded");
        let _ = read_delivery(kind, &bytes);
        let _ = read_delivery(kind, form.as_bytes());
    }

    #[test]
    fn a_delivery_cut_or_damaged_anywhere_upsets_nobody(which in 0_usize..7, at: prop::sample::Index, byte: u8) {
        let names = ["message", "email", "accountStatus", "emailTracking", "newRelation", "calendarEvent", "hostedAuth"];
        let mut body = posted(names[which]).to_string().into_bytes();
        let at = at.index(body.len());
        prop_assert!(read_delivery(None, &body[..at]).is_err());
        body[at] = byte;
        let _ = read_delivery(None, &body);
    }
}
