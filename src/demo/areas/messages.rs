//! Messages: lists, one of them, sending, changing, and the bytes of attachments.

use serde_json::{Map, Value, json};

use super::words::{bit, moment};
use crate::demo::ask::Ask;
use crate::demo::ids::Kind;
use crate::demo::page::Mark;
use crate::demo::problem::Problem;
use crate::demo::reply::Reply;
use crate::demo::rng::{hash, mix};
use crate::demo::world::account::Network;
use crate::demo::world::chat::{Attachment, AttachmentKind, Message};
use crate::demo::world::timeline::Spot;
use crate::demo::world::{ME, World};

pub(in crate::demo) fn list(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    page(world, ask, "messages", |_| true)
}

/// One page of the messages in conversations that pass a filter, newest first.
pub(super) fn page(
    world: &World,
    ask: &Ask,
    name: &str,
    keep: impl Fn(u32) -> bool,
) -> Result<Reply, Problem> {
    let (first, mark) = Mark::open(ask, name)?;
    let accounts = super::chats::accounts(world, &first)?;
    let start = start(&first, mark.as_ref())?;
    let spots = world
        .timeline
        .before(&accounts, start)
        .filter(|spot| keep(spot.chat) && is_there(world, spot.chat));
    answer(world, &first, name, spots)
}

pub(in crate::demo) fn of_chat(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let chat = world.chat_at(ask.part("chat_id"), None)?;
    let (first, mark) = Mark::open(ask, "chat_messages")?;
    let start = start(&first, mark.as_ref())?;
    let times = &world.chat(chat)?.times;
    let count = u32::try_from(times.len()).unwrap_or(u32::MAX);
    let spots = (0..count)
        .rev()
        .zip(times.iter().rev())
        .map(|(n, at)| Spot { at: *at, chat, n });
    // Skip what is newer without looking at each: times are sorted.
    let newer = times.len() - times.partition_point(|at| *at <= start.0);
    let spots = spots.skip(newer).filter(|spot| spot.key() < start);
    answer(world, &first, "chat_messages", spots)
}

fn is_there(world: &World, chat: u32) -> bool {
    world
        .chats
        .get(chat as usize)
        .is_some_and(|chat| !chat.gone)
}

/// The key below which a page begins: the cursor's, or that of `before`.
fn start(ask: &Ask, mark: Option<&Mark>) -> Result<(i64, u64), Problem> {
    let before = ask
        .moment("before")?
        .map_or((i64::MAX, u64::MAX), |before| (before, 0));
    Ok(mark.map_or(before, |mark| mark.last.min(before)))
}

fn answer(
    world: &World,
    ask: &Ask,
    name: &str,
    spots: impl Iterator<Item = Spot>,
) -> Result<Reply, Problem> {
    let limit = ask.limit(250, 100)?;
    let after = ask.moment("after")?.unwrap_or(i64::MIN);
    let sender = ask.query("sender_id");
    let mut found = spots
        .take_while(|spot| spot.at > after)
        .filter(|spot| sender.is_none_or(|id| sender_of(world, *spot).as_deref() == Some(id)));
    let page: Vec<Spot> = found.by_ref().take(limit).collect();
    let more = found.next().is_some();
    let cursor = page
        .last()
        .filter(|_| more)
        .map(|last| Mark::next(ask, name, world.now, last.key(), limit));
    let items: Vec<Value> = page
        .iter()
        .filter_map(|spot| wire(world, spot.chat, spot.n))
        .collect();
    Ok(Reply::ok(
        json!({"object": "MessageList", "items": items, "cursor": cursor}),
    ))
}

fn sender_of(world: &World, spot: Spot) -> Option<String> {
    let message = world.message(spot.chat, spot.n)?;
    let account = world.chats.get(spot.chat as usize)?.account;
    provider_id(world, account, message.from)
}

/// What the network of an account calls somebody.
pub(super) fn provider_id(world: &World, account: u32, person: u32) -> Option<String> {
    let account = world.accounts.get(account as usize)?;
    if person == ME {
        return Some(account.own_id.clone());
    }
    world.person(person)?.provider_id(account.network)
}

/// A message as it goes over the wire.
pub(super) fn wire(world: &World, chat: u32, n: u32) -> Option<Value> {
    let message = world.message(chat, n)?;
    let held = world.chats.get(chat as usize)?;
    let network = world.accounts.get(held.account as usize)?.network;
    let sender =
        provider_id(world, held.account, message.from).unwrap_or_else(|| "unknown".to_owned());
    let mut out = json!({
        "object": "Message",
        "id": world.message_id(chat, n),
        "account_id": world.account_id(held.account),
        "chat_id": world.chat_id(chat),
        "chat_provider_id": held.provider_id,
        "provider_id": provider_message_id(network, chat, n),
        "sender_id": sender,
        "sender_attendee_id": world.attendee_id(held.account, message.from),
        "text": if message.deleted { None } else { message.text.as_deref() },
        "timestamp": moment(message.at),
        "is_sender": bit(message.from == ME),
        "attachments": if message.deleted { Vec::new() } else { attachments(world, chat, n, &message) },
        "reactions": reactions(world, held.account, &message),
        "seen": bit(message.seen),
        "seen_by": {},
        "delivered": bit(message.delivered),
        "hidden": bit(message.hidden),
        "deleted": bit(message.deleted),
        "edited": bit(message.edited),
        "is_event": bit(message.event.is_some()),
        "behavior": if message.silent { json!(0) } else { Value::Null },
        "original": json!({"id": provider_message_id(network, chat, n)}).to_string(),
    });
    let fields = out.as_object_mut()?;
    rarely(world, chat, n, &message, fields);
    if network == Network::Slack {
        threads(world, chat, n, &message, fields);
    }
    if network == Network::Linkedin {
        fields.insert("message_type".into(), "MESSAGE".into());
        let organization = held.organization && message.from == ME;
        let kind = if organization {
            "ORGANIZATION"
        } else {
            "MEMBER"
        };
        fields.insert("attendee_type".into(), kind.into());
    }
    Some(out)
}

/// Fields that only some messages have.
fn rarely(world: &World, chat: u32, n: u32, message: &Message, fields: &mut Map<String, Value>) {
    let Some(held) = world.chats.get(chat as usize) else {
        return;
    };
    let Some(account) = world.accounts.get(held.account as usize) else {
        return;
    };
    if message.from == ME && message.seen {
        let readers = held
            .members
            .iter()
            .filter_map(|at| provider_id(world, held.account, *at));
        let seen: Map<String, Value> = readers.map(|reader| (reader, true.into())).collect();
        fields.insert("seen_by".into(), seen.into());
    }
    if let Some(event) = message.event {
        fields.insert("event_type".into(), event.into());
    }
    if message.forwarded {
        fields.insert("is_forwarded".into(), true.into());
    }
    let subject = held.subject.as_deref().filter(|_| n == 0);
    if let Some(subject) = message.subject.as_deref().or(subject) {
        fields.insert("subject".into(), subject.into());
    }
    let Some((place, quoted)) = message
        .quote
        .and_then(|place| Some((place, world.message(chat, place)?)))
    else {
        return;
    };
    let id = provider_message_id(account.network, chat, place);
    let sender = provider_id(world, held.account, quoted.from).unwrap_or_default();
    let files = attachments(world, chat, place, &quoted);
    let short =
        json!({"provider_id": id, "sender_id": sender, "text": quoted.text, "attachments": files});
    fields.insert("quoted".into(), short);
    let link = json!({
        "id": world.message_id(chat, place),
        "provider_id": id,
        "timestamp": moment(quoted.at),
        "sender_id": sender,
        "text": quoted.text,
    });
    fields.insert("reply_to".into(), link);
}

/// Slack's threads: where a reply belongs, and how many replies a message has.
fn threads(world: &World, chat: u32, n: u32, message: &Message, fields: &mut Map<String, Value>) {
    if let Some(parent) = message.parent {
        fields.insert("parent".into(), world.message_id(chat, parent).into());
    }
    let Some(held) = world.chats.get(chat as usize) else {
        return;
    };
    let replies: Vec<&Message> = held
        .stored
        .values()
        .filter(|other| other.parent == Some(n))
        .collect();
    if !replies.is_empty() {
        let mut by: Vec<String> = replies
            .iter()
            .filter_map(|reply| provider_id(world, held.account, reply.from))
            .collect();
        by.sort_unstable();
        by.dedup();
        fields.insert("replies".into(), replies.len().into());
        fields.insert("reply_by".into(), by.into());
    }
}

fn provider_message_id(network: Network, chat: u32, n: u32) -> String {
    let number = mix(u64::from(chat) << 8 | network as u64, u64::from(n));
    match network {
        Network::Whatsapp => format!("3EB0{number:016X}"),
        Network::Linkedin => format!("2-MTY{number:016x}"),
        _ => number.to_string(),
    }
}

fn reactions(world: &World, account: u32, message: &Message) -> Vec<Value> {
    message
        .reactions
        .iter()
        .map(|(by, emoji)| json!({"value": emoji, "sender_id": provider_id(world, account, *by).unwrap_or_default(), "is_sender": *by == ME}))
        .collect()
}

fn attachments(world: &World, chat: u32, n: u32, message: &Message) -> Vec<Value> {
    (0_u32..)
        .zip(&message.attachments)
        .map(|(at, attachment)| attachment_wire(world, chat, n, at, attachment))
        .collect()
}

/// The id of an attachment: long, with `=` in it, as the networks make them.
fn attachment_id(world: &World, chat: u32, n: u32, at: u32) -> String {
    format!("{}{}==", world.ids().make(Kind::Attachment, chat, n), at)
}

fn attachment_wire(world: &World, chat: u32, n: u32, at: u32, attachment: &Attachment) -> Value {
    use AttachmentKind as K;
    let (mime, bytes, frame) = about(world, attachment);
    let kind = match &attachment.kind {
        K::Image | K::Sticker => "img",
        K::Gif | K::Video => "video",
        K::Voice | K::Audio => "audio",
        K::File => "file",
        K::Post => "linkedin_post",
        K::Meeting => "video_meeting",
        K::Odd(kind) => kind,
    };
    let id = attachment_id(world, chat, n, at);
    let mut out = json!({
        "id": id,
        "type": kind,
        "unavailable": attachment.unavailable,
        "url": format!("att://{}/{}", world.message_id(chat, n), id),
    });
    let Some(fields) = out.as_object_mut() else {
        return out;
    };
    match &attachment.kind {
        K::Post => {
            fields.insert(
                "url".into(),
                format!("https://linkedin.example/feed/{}", hash(&attachment.name)).into(),
            );
        }
        K::Meeting => {
            fields.insert("url".into(), "https://meet.example/nuv-em7".into());
            fields.insert("starts_at".into(), (world.began + 86_400_000).into());
            fields.insert("expires_at".into(), Value::Null);
            fields.insert("time_range".into(), 1_800_000.into());
        }
        K::Odd(_) => {}
        _ => {
            fields.insert("file_size".into(), bytes.into());
            fields.insert("mimetype".into(), mime.into());
        }
    }
    let (width, height) = frame.unwrap_or(UNKNOWN_FRAME);
    let size = json!({"width": width, "height": height});
    match &attachment.kind {
        K::Image | K::Sticker => {
            fields.insert("sticker".into(), (attachment.kind == K::Sticker).into());
            fields.insert("size".into(), size);
        }
        K::Gif | K::Video => {
            fields.insert("gif".into(), (attachment.kind == K::Gif).into());
            fields.insert("size".into(), size);
        }
        K::Voice | K::Audio => {
            fields.insert("duration".into(), attachment.seconds.unwrap_or(7).into());
            fields.insert("voice_note".into(), (attachment.kind == K::Voice).into());
        }
        K::File => {
            fields.insert("file_name".into(), attachment.name.as_str().into());
        }
        K::Post | K::Meeting | K::Odd(_) => {}
    }
    out
}

/// Told of sent films and pictures that cannot be measured.
const UNKNOWN_FRAME: (u32, u32) = (640, 480);

/// Measures a picture without decoding all of it.
fn measure(bytes: &[u8]) -> Option<(u32, u32)> {
    let reader = image::ImageReader::new(std::io::Cursor::new(bytes));
    reader.with_guessed_format().ok()?.into_dimensions().ok()
}

/// What an attachment says of its file: media type, size, and frame where it has one.
fn about(world: &World, attachment: &Attachment) -> (String, usize, Option<(u32, u32)>) {
    if let Some(bytes) = &attachment.bytes {
        return (mime(attachment), bytes.len(), measure(bytes));
    }
    let about = world.gallery.about(&attachment.name, attachment.seconds);
    (about.mime.to_owned(), about.size, about.frame)
}

/// The media type of a file that somebody sent.
fn mime(attachment: &Attachment) -> String {
    let known = attachment.mime.clone();
    known.unwrap_or_else(|| "application/octet-stream".to_owned())
}

/// The bytes of an attachment and their media type.
fn content(world: &World, attachment: &Attachment) -> (Vec<u8>, String) {
    if let Some(bytes) = &attachment.bytes {
        return (bytes.clone(), mime(attachment));
    }
    let file = world.gallery.file(&attachment.name, attachment.seconds);
    (file.bytes.clone(), file.mime.to_owned())
}

/// Finds a message by its id.
pub(super) fn find(world: &World, id: &str) -> Result<(u32, u32), Problem> {
    let (chat, n) = world
        .ids()
        .read(Kind::Message, id)
        .ok_or_else(|| Problem::not_found("message"))?;
    let there = is_there(world, chat) && world.message(chat, n).is_some();
    if there {
        Ok((chat, n))
    } else {
        Err(Problem::not_found("message"))
    }
}

pub(in crate::demo) fn get(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let (chat, n) = find(world, ask.part("message_id"))?;
    wire(world, chat, n)
        .map(Reply::ok)
        .ok_or_else(|| Problem::not_found("message"))
}

pub(in crate::demo) fn attachment(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let (chat, n) = find(world, ask.part("message_id"))?;
    let missing = || Problem::not_found("attachment");
    let message = world
        .message(chat, n)
        .filter(|message| !message.deleted)
        .ok_or_else(missing)?;
    let found = (0_u32..)
        .zip(&message.attachments)
        .find(|(at, _)| attachment_id(world, chat, n, *at) == ask.part("attachment_id"));
    let (_, attachment) = found.ok_or_else(missing)?;
    let has_bytes = !matches!(
        attachment.kind,
        AttachmentKind::Post | AttachmentKind::Meeting | AttachmentKind::Odd(_)
    );
    if attachment.unavailable || !has_bytes {
        return Err(missing().because("The attachment cannot be fetched any more."));
    }
    let (bytes, mime) = content(world, attachment);
    Ok(Reply::bytes(bytes, mime))
}

/// Marks everything from the others as read.
pub(super) fn mark_seen(world: &mut World, chat: u32) {
    let Ok(held) = world.chat_mut(chat) else {
        return;
    };
    for message in held
        .stored
        .values_mut()
        .filter(|message| message.from != ME)
    {
        message.seen = true;
    }
}

/// Adds a grey line.
pub(super) fn event(world: &mut World, chat: u32, event: u8, text: String) {
    let at = world.tick();
    let from = world
        .chats
        .get(chat as usize)
        .and_then(|chat| chat.members.first().copied())
        .unwrap_or(ME);
    let message = Message {
        event: Some(event),
        ..Message::said(from, at, text)
    };
    world.push_message(chat, message);
}

pub(in crate::demo) use super::sending::{delete, edit, forward, react, send, start_chat};
