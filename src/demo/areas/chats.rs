//! Conversations: lists, one of them, changes to them.

use serde_json::{Value, json};

use super::words::{bit, moment};
use crate::demo::ask::Ask;
use crate::demo::page::Mark;
use crate::demo::problem::Problem;
use crate::demo::reply::Reply;
use crate::demo::world::World;
use crate::demo::world::account::Network;
use crate::demo::world::chat::{Chat, Muted, Shape};

const TYPES: &[&str] = &[
    "WHATSAPP",
    "LINKEDIN",
    "SLACK",
    "TWITTER",
    "MESSENGER",
    "INSTAGRAM",
    "TELEGRAM",
];

pub(in crate::demo) fn list(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    page(world, ask, "chats", |_| true)
}

/// One page of the conversations that pass a filter, latest activity first.
///
/// A walk sees the world as it was when it began: what happens meanwhile does not move a conversation past the cursor.
pub(super) fn page(
    world: &World,
    ask: &Ask,
    name: &str,
    keep: impl Fn(&Chat) -> bool,
) -> Result<Reply, Problem> {
    let (first, mark) = Mark::open(ask, name)?;
    let limit = first.limit(250, 100)?;
    let began = mark
        .as_ref()
        .map_or(world.now.max(world.last), |mark| mark.began);
    let filter = Filter::read(world, &first)?;
    let mut found: Vec<((i64, u64), u32)> = (0_u32..)
        .zip(&world.chats)
        .filter(|(_, chat)| filter.keeps(chat) && keep(chat))
        .filter_map(|(at, chat)| Some((position(chat, at, began)?, at)))
        .filter(|(key, at)| {
            mark.as_ref().is_none_or(|mark| *key < mark.last) && filter.is_in_time(*key, *at)
        })
        .collect();
    let more = found.len() > limit;
    if more {
        found.select_nth_unstable_by(limit, |a, b| b.cmp(a));
        found.truncate(limit);
    }
    found.sort_unstable_by(|a, b| b.cmp(a));
    let cursor = found
        .last()
        .filter(|_| more)
        .map(|(key, _)| Mark::next(&first, name, began, *key, limit));
    let items: Vec<Value> = found
        .iter()
        .filter_map(|(_, at)| Some(wire(world, *at, world.chats.get(*at as usize)?)))
        .collect();
    Ok(Reply::ok(
        json!({"object": "ChatList", "items": items, "cursor": cursor}),
    ))
}

/// Where a conversation stood in the list at a moment; `None` when it did not exist yet.
fn position(chat: &Chat, at: u32, moment: i64) -> Option<(i64, u64)> {
    if chat.times.is_empty() {
        return Some((i64::MIN / 2, u64::from(at)));
    }
    let before = chat.times.partition_point(|time| *time <= moment);
    let last = before.checked_sub(1).and_then(|n| chat.times.get(n))?;
    Some((*last, u64::from(at)))
}

/// The filters of a list of conversations.
struct Filter {
    unread: Option<bool>,
    accounts: Vec<u32>,
    before: Option<i64>,
    after: Option<i64>,
}

impl Filter {
    fn read(world: &World, ask: &Ask) -> Result<Self, Problem> {
        let kind = ask.one_of("account_type", TYPES)?;
        let mut accounts = accounts(world, ask)?;
        if let Some(kind) = kind {
            accounts.retain(|at| {
                world
                    .accounts
                    .get(*at as usize)
                    .is_some_and(|account| account.network.word() == kind)
            });
        }
        Ok(Self {
            unread: ask.flag("unread")?,
            accounts,
            before: ask.moment("before")?,
            after: ask.moment("after")?,
        })
    }

    fn keeps(&self, chat: &Chat) -> bool {
        !chat.gone
            && self.unread.is_none_or(|unread| unread == (chat.unread > 0))
            && self.accounts.contains(&chat.account)
    }

    fn is_in_time(&self, key: (i64, u64), _at: u32) -> bool {
        self.before.is_none_or(|before| key.0 < before)
            && self.after.is_none_or(|after| key.0 > after)
    }
}

/// The accounts that a request names, joined by commas; all that are still linked when it names none.
pub(super) fn accounts(world: &World, ask: &Ask) -> Result<Vec<u32>, Problem> {
    match ask.names("account_id") {
        Some(ids) => ids
            .into_iter()
            .map(|id| world.account(id).map(|(at, _)| at))
            .collect(),
        None => Ok((0_u32..)
            .zip(&world.accounts)
            .filter(|(_, account)| !account.gone)
            .map(|(at, _)| at)
            .collect()),
    }
}

/// The account that a request names to make sense of provider ids.
pub(super) fn hint(world: &World, ask: &Ask) -> Result<Option<u32>, Problem> {
    ask.query("account_id")
        .map(|id| world.account(id).map(|(at, _)| at))
        .transpose()
}

/// A conversation as it goes over the wire.
pub(super) fn wire(world: &World, at: u32, chat: &Chat) -> Value {
    let network = world
        .accounts
        .get(chat.account as usize)
        .map_or(Network::Whatsapp, |account| account.network);
    let mut out = json!({
        "object": "Chat",
        "id": world.chat_id(at),
        "account_id": world.account_id(chat.account),
        "account_type": network.word(),
        "provider_id": chat.provider_id,
        "name": chat.name,
        "type": chat.shape as u8,
        "timestamp": chat.times.last().map(|at| moment(*at)),
        "unread_count": chat.unread,
        "archived": bit(chat.archived),
        "pinned": bit(chat.pinned),
        "muted_until": match chat.muted {
            Muted::No => Value::Null,
            Muted::ForEver => json!(-1),
            Muted::Until(at) => json!(moment(at)),
        },
        "read_only": chat.read_only,
        "disabledFeatures": chat.disabled,
    });
    let Some(fields) = out.as_object_mut() else {
        return out;
    };
    if chat.shape == Shape::Single {
        let person = chat
            .members
            .first()
            .and_then(|person| world.person(*person));
        if let Some(id) = person.and_then(|person| person.provider_id(network)) {
            fields.insert("attendee_provider_id".into(), id.into());
        }
    }
    if network == Network::Linkedin {
        let rarely = [
            ("subject", &chat.subject),
            ("content_type", &chat.content_type),
        ];
        for (name, value) in rarely {
            if let Some(value) = value {
                fields.insert(name.into(), value.as_str().into());
            }
        }
        let product = if chat.organization {
            "INBOX_LINKEDIN_ORGANIZATION"
        } else {
            "INBOX_LINKEDIN_CLASSIC"
        };
        fields.insert("folder".into(), json!(["INBOX", product]));
        if chat.organization {
            fields.insert(
                "organization_id".into(),
                super::linkedin::ORGANIZATION_URN.into(),
            );
            fields.insert("mailbox_id".into(), super::linkedin::MAILBOX_URN.into());
        }
    }
    out
}

pub(in crate::demo) fn get(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let at = world.chat_at(ask.part("chat_id"), hint(world, ask)?)?;
    let chat = world.chat(at)?;
    let mut out = wire(world, at, chat);
    let last = chat
        .times
        .len()
        .checked_sub(1)
        .and_then(|n| u32::try_from(n).ok());
    let last = last.and_then(|n| super::messages::wire(world, at, n));
    if let Some(fields) = out.as_object_mut() {
        fields.insert("lastMessage".into(), last.unwrap_or(Value::Null));
    }
    Ok(Reply::ok(out))
}

pub(in crate::demo) fn patch(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let at = world.chat_at(ask.part("chat_id"), None)?;
    let action = ask.need_text("action")?;
    let account = world.account_id(world.chat(at)?.account);
    let network = world.acting_account(&account)?.1.network;
    let offered: &[Network] = match action.as_str() {
        "setReadStatus" => &[
            Network::Whatsapp,
            Network::Linkedin,
            Network::Telegram,
            Network::Instagram,
            Network::Messenger,
            Network::Slack,
            Network::Twitter,
        ],
        "setMuteStatus" => &[Network::Whatsapp, Network::Linkedin],
        "setArchiveStatus" | "setPinnedStatus" | "setLabel" => &[Network::Whatsapp],
        "addParticipant" | "removeParticipant" | "getInviteLink" => {
            &[Network::Whatsapp, Network::Telegram]
        }
        _ => {
            return Err(Problem::new(400, "invalid_action", "Invalid action")
                .because(format!("`{action}` is no action.")));
        }
    };
    if !offered.contains(&network) {
        return Err(Problem::not_offered(format!(
            "{} does not offer {action}.",
            network.word()
        )));
    }
    if matches!(action.as_str(), "addParticipant" | "removeParticipant") {
        return participant(world, ask, at, network, action == "addParticipant");
    }
    let flag = || ask.yes("value")?.ok_or_else(|| Problem::missing("value"));
    let flag = match action.as_str() {
        "setLabel" | "getInviteLink" => false,
        _ => flag()?,
    };
    let label = if action == "setLabel" {
        Some(ask.need_text("value")?)
    } else {
        None
    };
    let link = format!("https://chat.example/invite/{}", world.chat_id(at));
    let chat = world.chat_mut(at)?;
    match action.as_str() {
        "setReadStatus" => chat.unread = if flag { 0 } else { chat.unread.max(1) },
        "setMuteStatus" => chat.muted = if flag { Muted::ForEver } else { Muted::No },
        "setArchiveStatus" => chat.archived = flag,
        "setPinnedStatus" => chat.pinned = flag,
        "setLabel" => chat.label = label,
        _ if chat.shape == Shape::Single => {
            return Err(Problem::refused("invalid_recipient", "Not a group"));
        }
        _ => {
            return Ok(Reply::ok(
                json!({"object": "ChatPatched", "invite_link": link}),
            ));
        }
    }
    if action == "setReadStatus" && flag {
        super::messages::mark_seen(world, at);
    }
    Ok(Reply::ok(json!({"object": "ChatPatched"})))
}

fn participant(
    world: &mut World,
    ask: &Ask,
    at: u32,
    network: Network,
    add: bool,
) -> Result<Reply, Problem> {
    let id = ask.need_text("value")?;
    let person = super::attendees::by_provider_id(world, network, &id)
        .ok_or_else(|| Problem::refused("invalid_recipient", "Invalid recipient"))?;
    let chat = world.chat_mut(at)?;
    if chat.shape == Shape::Single {
        return Err(Problem::refused("invalid_recipient", "Not a group"));
    }
    let known = chat.members.contains(&person);
    if known == add {
        return Err(Problem::refused(
            "cannot_invite_attendee",
            if add {
                "Already a member"
            } else {
                "Not a member"
            },
        ));
    }
    if add {
        chat.members.push(person);
    } else {
        chat.members.retain(|member| *member != person);
        chat.left.push(person);
    }
    let name = world
        .person(person)
        .map(|person| person.name.clone())
        .unwrap_or_default();
    let (event, words) = if add {
        (5, "was added")
    } else {
        (6, "was removed")
    };
    super::messages::event(world, at, event, format!("{name} {words}"));
    Ok(Reply::ok(json!({"object": "ChatPatched"})))
}

pub(in crate::demo) fn delete(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let at = world.chat_at(ask.part("chat_id"), None)?;
    let account = world.account_id(world.chat(at)?.account);
    let network = world.acting_account(&account)?.1.network;
    if !matches!(network, Network::Whatsapp | Network::Linkedin) {
        return Err(Problem::not_offered(format!(
            "{} does not delete chats.",
            network.word()
        )));
    }
    world.chat_mut(at)?.gone = true;
    Ok(Reply::ok(json!({"object": "ChatDeleted"})))
}

/// Starts fetching the history of a conversation, or tells how far that is; after the end it starts over.
pub(in crate::demo) fn sync(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let at = world.chat_at(ask.part("chat_id"), None)?;
    let now = world.now;
    let chat = world.chat_mut(at)?;
    let status = match chat.sync_until {
        None => {
            chat.sync_until = Some(now + 2_000);
            "SYNC_STARTED"
        }
        Some(until) if now < until => "SYNC_RUNNING",
        Some(_) => {
            chat.sync_until = None;
            "SYNC_DONE"
        }
    };
    Ok(Reply::ok(
        json!({"object": "ChatHistorySync", "chat_id": world.chat_id(at), "status": status}),
    ))
}
