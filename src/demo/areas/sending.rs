//! What the owner does: sending, editing, deleting, forwarding, reacting, starting conversations.

use serde_json::{Value, json};

use super::messages::{find, provider_id};
use crate::demo::ask::{Ask, FormPart};
use crate::demo::live;
use crate::demo::problem::Problem;
use crate::demo::reply::Reply;
use crate::demo::rng::mix;
use crate::demo::world::account::Network;
use crate::demo::world::chat::{Attachment, AttachmentKind, Chat, Message, Shape};
use crate::demo::world::{ME, World};

const MINUTE: i64 = 60_000;
/// Longest text that the server takes.
const LONGEST: usize = 60_000;

pub(in crate::demo) fn send(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let chat = world.chat_at(ask.part("chat_id"), None)?;
    let account = world.chat(chat)?.account;
    let id = world.account_id(account);
    let network = world.acting_account(&id)?.1.network;
    if ask.text("account_id")?.is_some_and(|guard| guard != id) {
        return Err(Problem::new(403, "account_mismatch", "Account mismatch")
            .because("The chat belongs to another account."));
    }
    let held = world.chat(chat)?;
    if held.read_only != 0 {
        return Err(Problem::refused(
            "user_unreachable",
            "This conversation cannot be written to",
        ));
    }
    let mut message = compose(ask, network)?;
    let in_chat = |id: Option<String>, name: &str| -> Result<Option<u32>, Problem> {
        let Some(id) = id else { return Ok(None) };
        let (place, n) = find(world, &id)?;
        if place == chat {
            Ok(Some(n))
        } else {
            Err(Problem::invalid(format!("`{name}` is in another chat.")))
        }
    };
    message.quote = in_chat(ask.text("quote_id")?, "quote_id")?;
    message.parent = match ask.text("thread_id")? {
        Some(_) if network != Network::Slack => {
            return Err(Problem::invalid("`thread_id` is for Slack."));
        }
        thread => in_chat(thread, "thread_id")?,
    };
    let n = say(world, chat, message).ok_or_else(|| Problem::not_found("chat"))?;
    Ok(Reply::created(
        json!({"object": "MessageSent", "message_id": world.message_id(chat, n)}),
    ))
}

/// Reads what is to be sent and checks it as the network would.
fn compose(ask: &Ask, network: Network) -> Result<Message, Problem> {
    let text = ask.text("text")?.unwrap_or_default();
    if text.chars().count() > LONGEST {
        return Err(Problem::new(
            400,
            "too_many_characters",
            "Too many characters",
        ));
    }
    let mut message = Message::said(ME, 0, text);
    message
        .attachments
        .extend(ask.files("attachments").into_iter().map(attachment));
    for part in ask.files("voice_message") {
        let offered = matches!(network, Network::Linkedin | Network::Whatsapp);
        if !offered {
            return Err(Problem::new(
                415,
                "unsupported_media_type",
                "Voice messages are not offered here",
            ));
        }
        message.attachments.push(Attachment {
            kind: AttachmentKind::Voice,
            ..attachment(part)
        });
    }
    for part in ask.files("video_message") {
        if network != Network::Linkedin {
            return Err(Problem::new(
                415,
                "unsupported_media_type",
                "Video messages are not offered here",
            ));
        }
        message.attachments.push(Attachment {
            kind: AttachmentKind::Video,
            ..attachment(part)
        });
    }
    if message.text.is_none() && message.attachments.is_empty() {
        return Err(Problem::missing("text"));
    }
    Ok(message)
}

fn attachment(part: &FormPart) -> Attachment {
    let name = part.file_name.clone().unwrap_or_else(|| "file".to_owned());
    let mime = part
        .mime
        .clone()
        .unwrap_or_else(|| "application/octet-stream".to_owned());
    let kind = match mime.split('/').next() {
        Some("image") => AttachmentKind::Image,
        Some("video") => AttachmentKind::Video,
        Some("audio") => AttachmentKind::Audio,
        _ => AttachmentKind::File,
    };
    Attachment {
        kind,
        name,
        bytes: Some(part.bytes.clone()),
        mime: Some(mime),
        ..Attachment::default()
    }
}

/// Puts a message of the owner into a conversation and sets in motion what follows from it.
pub(super) fn say(world: &mut World, chat: u32, mut message: Message) -> Option<u32> {
    message.at = world.tick();
    let n = world.push_message(chat, message)?;
    if let Ok(held) = world.chat_mut(chat) {
        held.unread = 0;
        held.archived = false;
    }
    live::after_sending(world, chat, n);
    super::hooks::message(world, "message_received", chat, n);
    Some(n)
}

pub(in crate::demo) fn start_chat(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let id = ask.need_text("account_id")?;
    let (account, about) = world.acting_account(&id)?;
    let network = about.network;
    if network.is_mail() {
        return Err(
            Problem::new(403, "disconnected_feature", "Disconnected feature")
                .because("A mail account has no chats."),
        );
    }
    let ids = ask.texts("attendees_ids");
    if ids.is_empty() {
        return Err(Problem::missing("attendees_ids"));
    }
    if let Some(name) = page_of_company(world, network, &ids)? {
        return write_to_company(world, ask, account, name);
    }
    let people = ids
        .iter()
        .map(|id| {
            super::attendees::by_provider_id(world, network, id).ok_or_else(|| {
                Problem::refused("invalid_recipient", "Invalid recipient")
                    .because(format!("`{id}` is nobody here."))
            })
        })
        .collect::<Result<Vec<u32>, _>>()?;
    let inmail = linkedin_option(ask, "inmail").is_some_and(|word| word == "true");
    if network == Network::Linkedin {
        may_write(world, &people, inmail)?;
    }
    let message = compose(ask, network)?;
    let known = match people.as_slice() {
        [person] => single_chat(world, account, *person),
        _ => None,
    };
    let title = ask.text("title")?.or(ask.text("subject")?);
    let chat = match known {
        Some(chat) => chat,
        None => new_chat(world, account, people, title, inmail)?,
    };
    if inmail {
        super::linkedin::spend_inmail(world);
    }
    started(world, chat, message)
}

fn started(world: &mut World, chat: u32, message: Message) -> Result<Reply, Problem> {
    let n = say(world, chat, message).ok_or_else(|| Problem::not_found("chat"))?;
    Ok(Reply::created(
        json!({"object": "ChatStarted", "chat_id": world.chat_id(chat), "message_id": world.message_id(chat, n)}),
    ))
}

/// The name of the company whose `messaging.id` is written to.
fn page_of_company(
    world: &World,
    network: Network,
    ids: &[String],
) -> Result<Option<String>, Problem> {
    let ([id], Network::Linkedin) = (ids, network) else {
        return Ok(None);
    };
    let found = world.docs.companies.find(id);
    match found.filter(|company| company.slug != *id) {
        Some(company) if !company.takes_messages() => Err(Problem::refused(
            "user_unreachable",
            "The company takes no messages",
        )),
        company => Ok(company.map(|company| company.name.clone())),
    }
}

/// Writes to the page of a company: a conversation under its name, in which no person takes part.
fn write_to_company(
    world: &mut World,
    ask: &Ask,
    account: u32,
    name: String,
) -> Result<Reply, Problem> {
    if linkedin_option(ask, "topic").is_none() {
        return Err(Problem::missing("linkedin[topic]"));
    }
    let message = compose(ask, Network::Linkedin)?;
    let known = (0_u32..).zip(&world.chats).find(|(_, chat)| {
        let alone = chat.shape == Shape::Single && chat.members.is_empty();
        alone && !chat.gone && chat.account == account && chat.name.as_ref() == Some(&name)
    });
    let chat = match known {
        Some((chat, _)) => chat,
        None => new_chat(world, account, Vec::new(), Some(name), false)?,
    };
    started(world, chat, message)
}

/// An option of LinkedIn: a flat field with a bracket name in forms, nested in JSON.
fn linkedin_option(ask: &Ask, name: &str) -> Option<String> {
    let flat = ask.field(&format!("linkedin[{name}]"));
    let nested = || {
        ask.field("linkedin")
            .and_then(|options| options.get(name).cloned())
    };
    match flat.or_else(nested)? {
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}

/// LinkedIn lets one write to relations, or to anybody for an InMail credit.
fn may_write(world: &World, people: &[u32], inmail: bool) -> Result<(), Problem> {
    let close = people.iter().all(|at| {
        world
            .person(*at)
            .is_some_and(|person| person.degree.unwrap_or(1) == 1)
    });
    if close {
        return Ok(());
    }
    if !inmail {
        return Err(Problem::refused(
            "no_connection_with_recipient",
            "No connection with recipient",
        )
        .because("The recipient is not a first degree relation."));
    }
    if super::linkedin::inmail_credits(world) == 0 {
        return Err(Problem::refused(
            "insufficient_credits",
            "Insufficient credits",
        ));
    }
    Ok(())
}

/// The conversation that an account already has with one person alone.
fn single_chat(world: &World, account: u32, person: u32) -> Option<u32> {
    let known = |chat: &Chat| {
        !chat.gone
            && chat.account == account
            && chat.shape == Shape::Single
            && chat.members == [person]
            && chat.read_only == 0
    };
    (0_u32..)
        .zip(&world.chats)
        .find(|(_, chat)| known(chat))
        .map(|(at, _)| at)
}

fn new_chat(
    world: &mut World,
    account: u32,
    people: Vec<u32>,
    title: Option<String>,
    inmail: bool,
) -> Result<u32, Problem> {
    let at = u32::try_from(world.chats.len())
        .map_err(|_| Problem::new(500, "unexpected_error", "Too many chats"))?;
    let (group, alone) = (people.len() > 1, people.is_empty());
    let mut chat = Chat {
        account,
        shape: if group { Shape::Group } else { Shape::Single },
        members: people,
        name: title.clone().filter(|_| group || alone),
        subject: title.filter(|_| inmail),
        content_type: inmail.then(|| "inmail".to_owned()),
        lang: "en".to_owned(),
        ..Chat::default()
    };
    chat.provider_id =
        crate::demo::seed::thread_id(world, &chat, mix(world.seed, u64::from(at) + 0x9000));
    world.chats.push(chat);
    if group {
        super::messages::event(world, at, 3, "Group created".to_owned());
    }
    Ok(at)
}

/// The owner's own message, on a network that offers an act, and not too old for it.
fn own(world: &World, id: &str, offered: &[(Network, i64)]) -> Result<(u32, u32), Problem> {
    let (chat, n) = find(world, id)?;
    let account = world.account_id(world.chat(chat)?.account);
    let network = world.acting_account(&account)?.1.network;
    let window = offered
        .iter()
        .find(|(offered, _)| *offered == network)
        .map(|(_, window)| *window);
    let window = window
        .ok_or_else(|| Problem::not_offered(format!("{} does not offer this.", network.word())))?;
    let message = world
        .message(chat, n)
        .ok_or_else(|| Problem::not_found("message"))?;
    if message.from != ME {
        return Err(
            Problem::new(403, "insufficient_permissions", "Insufficient permissions")
                .because("Only own messages."),
        );
    }
    if message.deleted || world.now - message.at > window {
        return Err(Problem::refused(
            "limit_exceeded",
            "It is too late for that",
        ));
    }
    Ok((chat, n))
}

pub(in crate::demo) fn edit(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let text = ask.need_text("text")?;
    let (chat, n) = own(
        world,
        ask.part("message_id"),
        &[
            (Network::Linkedin, 60 * MINUTE),
            (Network::Whatsapp, 15 * MINUTE),
        ],
    )?;
    if let Some(message) = world.message_mut(chat, n) {
        message.text = Some(text);
        message.edited = true;
    }
    super::hooks::message(world, "message_edited", chat, n);
    Ok(Reply::ok(json!({"object": "MessageEdited"})))
}

pub(in crate::demo) fn delete(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let (chat, n) = own(
        world,
        ask.part("message_id"),
        &[
            (Network::Linkedin, 60 * MINUTE),
            (Network::Whatsapp, i64::MAX),
        ],
    )?;
    if let Some(message) = world.message_mut(chat, n) {
        message.deleted = true;
    }
    super::hooks::message(world, "message_deleted", chat, n);
    Ok(Reply::ok(json!({"object": "MessageDeleted"})))
}

pub(in crate::demo) fn forward(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let (chat, n) = find(world, ask.part("message_id"))?;
    let target = world.chat_at(&ask.need_text("chat_id")?, None)?;
    let account = world.chat(chat)?.account;
    let network = world.acting_account(&world.account_id(account))?.1.network;
    if network != Network::Whatsapp {
        return Err(Problem::not_offered(format!(
            "{} does not forward.",
            network.word()
        )));
    }
    if world.chat(target)?.account != account {
        return Err(Problem::new(403, "account_mismatch", "Account mismatch"));
    }
    let original = world
        .message(chat, n)
        .filter(|message| !message.deleted)
        .ok_or_else(|| Problem::not_found("message"))?;
    let copy = Message {
        from: ME,
        text: original.text,
        attachments: original.attachments,
        forwarded: true,
        ..Message::default()
    };
    let place = say(world, target, copy).ok_or_else(|| Problem::not_found("chat"))?;
    Ok(Reply::ok(
        json!({"object": "MessageForwarded", "message_id": world.message_id(target, place)}),
    ))
}

pub(in crate::demo) fn react(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let emoji = ask.need_text("reaction")?;
    let (chat, n) = find(world, ask.part("message_id"))?;
    let account = world.chat(chat)?.account;
    let network = world.acting_account(&world.account_id(account))?.1.network;
    if !matches!(
        network,
        Network::Whatsapp | Network::Linkedin | Network::Telegram | Network::Slack
    ) {
        return Err(Problem::not_offered(format!(
            "{} does not take reactions.",
            network.word()
        )));
    }
    if emoji.chars().count() > 12 || emoji.is_ascii() {
        return Err(Problem::invalid("`reaction` must be one emoji."));
    }
    if let Some(message) = world.message_mut(chat, n) {
        message.reactions.retain(|(by, _)| *by != ME);
        message.reactions.push((ME, emoji.clone()));
    }
    super::hooks::reaction(world, chat, n, ME, &emoji);
    debug_assert!(
        provider_id(world, account, ME).is_some(),
        "the owner has an id everywhere"
    );
    Ok(Reply::ok(
        json!({"object": "MessageReactionAdded", "success": true}),
    ))
}
