//! The payloads that webhooks get.

use serde_json::{Value, json};

use super::messages::provider_id;
use super::words::moment;
use crate::demo::world::chat::Shape;
use crate::demo::world::{ME, World};

/// Tells the listeners of messages what happened to one.
pub(in crate::demo) fn message(world: &mut World, event: &'static str, chat: u32, n: u32) {
    if let Some((account, payload)) = payload(world, event, chat, n) {
        world.emit("messaging", event, account, payload);
    }
}

/// Tells the listeners of messages that somebody reacted.
pub(in crate::demo) fn reaction(world: &mut World, chat: u32, n: u32, by: u32, emoji: &str) {
    let Some((account, mut payload)) = payload(world, "message_reaction", chat, n) else {
        return;
    };
    if let Some(fields) = payload.as_object_mut() {
        fields.insert("reaction".into(), emoji.into());
        fields.insert("reaction_sender".into(), attendee(world, account, by));
    }
    world.emit("messaging", "message_reaction", account, payload);
}

/// Tells the listeners of messages that somebody read one.
pub(in crate::demo) fn read(world: &mut World, chat: u32, n: u32, by: u32) {
    let Some((account, mut payload)) = payload(world, "message_read", chat, n) else {
        return;
    };
    if let Some(fields) = payload.as_object_mut() {
        fields.insert("read_by".into(), attendee(world, account, by));
    }
    world.emit("messaging", "message_read", account, payload);
}

/// Tells the listeners of accounts how one is.
pub(in crate::demo) fn account(world: &mut World, account: u32, event: &'static str) {
    let word = world
        .accounts
        .get(account as usize)
        .map_or("", |account| account.network.word());
    let payload = json!({"AccountStatus": {"account_id": world.account_id(account), "account_type": word, "message": event.to_uppercase()}});
    world.emit("account_status", event, account, payload);
}

fn payload(world: &World, event: &str, chat: u32, n: u32) -> Option<(u32, Value)> {
    let held = world.chats.get(chat as usize)?;
    let account = world.accounts.get(held.account as usize)?;
    let message = super::messages::wire(world, chat, n)?;
    let from = world.message(chat, n)?.from;
    let others: Vec<Value> = held
        .members
        .iter()
        .map(|person| attendee(world, held.account, *person))
        .collect();
    let feature = if held.organization {
        "organization"
    } else {
        "classic"
    };
    let part = |name: &str| message.get(name).cloned().unwrap_or_default();
    Some((
        held.account,
        json!({
            "event": event,
            "account_id": world.account_id(held.account),
            "account_type": account.network.word(),
            "account_info": {"type": account.network.word(), "feature": feature, "user_id": account.own_id},
            "chat_id": world.chat_id(chat),
            "provider_chat_id": held.provider_id,
            "message_id": part("id"),
            "provider_message_id": part("provider_id"),
            "timestamp": moment(world.message(chat, n)?.at),
            "message": part("text"),
            "subject": held.subject,
            "sender": attendee(world, held.account, from),
            "attendees": others,
            "attachments": part("attachments"),
            "is_sender": from == ME,
            "is_event": part("is_event"),
            "is_group": held.shape != Shape::Single,
            "chat_pinned": held.pinned,
            "chat_content_type": held.content_type,
            "quoted": part("quoted"),
        }),
    ))
}

fn attendee(world: &World, account: u32, person: u32) -> Value {
    let name = world.person(person).map(|person| person.name.clone());
    json!({
        "attendee_id": world.attendee_id(account, person),
        "attendee_name": name,
        "attendee_provider_id": provider_id(world, account, person).unwrap_or_default(),
        "attendee_profile_url": null,
    })
}
