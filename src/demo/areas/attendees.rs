//! People as the messaging accounts know them, and their pictures.

use serde_json::{Value, json};

use super::words::bit;
use crate::demo::ask::Ask;
use crate::demo::ids::Kind;
use crate::demo::media::{self, Media};
use crate::demo::page::cut;
use crate::demo::problem::Problem;
use crate::demo::reply::Reply;
use crate::demo::rng::{hash, mix};
use crate::demo::world::account::Network;
use crate::demo::world::chat::{Chat, Shape};
use crate::demo::world::{ME, World};

/// Finds a person by what a network calls them, or by their public name there.
pub(in crate::demo) fn by_provider_id(world: &World, network: Network, id: &str) -> Option<u32> {
    let wanted = |at: u32| {
        let person = world.person(at)?;
        let found = person.provider_id(network).as_deref() == Some(id)
            || person.handle(network) == Some(id);
        found.then_some(at)
    };
    let count = u32::try_from(world.people.len()).unwrap_or(u32::MAX);
    (1..count).find_map(wanted)
}

/// Finds attendees by Unipile ids or provider ids, several joined by commas: account (if known) and person.
fn find(
    world: &World,
    ids: &str,
    account: Option<u32>,
) -> Result<Vec<(Option<u32>, u32)>, Problem> {
    ids.split(',')
        .map(|id| {
            let id = id.trim();
            if let Some((account, person)) = world.ids().read(Kind::Attendee, id) {
                let there = world
                    .accounts
                    .get(account as usize)
                    .is_some_and(|account| !account.gone)
                    && world.person(person).is_some();
                return if there {
                    Ok((Some(account), person))
                } else {
                    Err(Problem::not_found("attendee"))
                };
            }
            let own = (0_u32..)
                .zip(&world.accounts)
                .find(|(_, account)| account.own_id == id)
                .map(|(at, _)| (Some(at), ME));
            let networks = world.accounts.iter().map(|account| account.network);
            let person = networks
                .clone()
                .find_map(|network| by_provider_id(world, network, id));
            own.or(person.map(|person| (account, person)))
                .ok_or_else(|| Problem::not_found("attendee"))
        })
        .collect()
}

/// A person as one account knows them.
fn wire(world: &World, account: u32, person: u32) -> Option<Value> {
    let about = world.accounts.get(account as usize)?;
    let network = about.network;
    let (name, id, handle) = if person == ME {
        (
            "Ada Martin".to_owned(),
            about.own_id.clone(),
            Some(about.login.as_str()),
        )
    } else {
        let someone = world.person(person)?;
        (
            someone.name.clone(),
            someone.provider_id(network)?,
            someone.handle(network),
        )
    };
    let mut out = json!({
        "object": "ChatAttendee",
        "id": world.attendee_id(account, person),
        "account_id": world.account_id(account),
        "provider_id": id,
        "name": name,
        "is_self": bit(person == ME),
        "hidden": 0,
    });
    let fields = out.as_object_mut()?;
    let site = match network {
        Network::Linkedin => "https://linkedin.example/in/",
        Network::Instagram => "https://instagram.example/",
        Network::Twitter => "https://x.example/",
        Network::Telegram => "https://t.example/",
        _ => "",
    };
    if let Some(handle) = handle.filter(|_| !site.is_empty()) {
        fields.insert("profile_url".into(), format!("{site}{handle}").into());
        fields.insert("public_identifier".into(), handle.into());
    }
    if network == Network::Linkedin && person != ME {
        let someone = world.person(person)?;
        fields.insert("specifics".into(), json!({
            "provider": "LINKEDIN",
            "member_urn": format!("urn:li:member:{}", someone.number() % 1_000_000_000),
            "occupation": someone.headline,
            "headline": someone.headline,
            "location": someone.location,
            "network_distance": format!("DISTANCE_{}", someone.degree.unwrap_or(1)),
            "pending_invitation": false,
            "contact_info": {"emails": someone.email.iter().collect::<Vec<_>>(), "phone_numbers": [], "websites": [], "social_handles": []},
        }));
    }
    Some(out)
}

/// Everybody an account has a conversation with, and the owner.
fn of_account(world: &World, account: u32) -> Vec<(u32, u32)> {
    let chats = world
        .chats
        .iter()
        .filter(|chat| chat.account == account && !chat.gone);
    let mut people: Vec<u32> = chats
        .flat_map(|chat| chat.members.iter().chain(&chat.left).copied())
        .chain([ME])
        .collect();
    people.sort_unstable();
    people.dedup();
    people.into_iter().map(|person| (account, person)).collect()
}

pub(in crate::demo) fn list(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let page = cut(ask, "attendees", 250, 100, |ask| {
        let accounts = super::chats::accounts(world, ask)?;
        let chatty = accounts.into_iter().filter(|at| {
            world
                .accounts
                .get(*at as usize)
                .is_some_and(|account| !account.network.is_mail())
        });
        Ok(chatty
            .flat_map(|account| of_account(world, account))
            .collect())
    })?;
    Ok(Reply::ok(
        page.map(|(account, person)| wire(world, account, person).unwrap_or_default())
            .answer("ChatAttendeeList"),
    ))
}

pub(in crate::demo) fn of_chat(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let chat = world.chat(world.chat_at(ask.part("chat_id"), None)?)?;
    let page = cut(ask, "chat_attendees", 250, 100, |_| {
        Ok(chat
            .members
            .iter()
            .copied()
            .chain([ME])
            .collect::<Vec<u32>>())
    })?;
    Ok(Reply::ok(
        page.map(|person| wire(world, chat.account, person).unwrap_or_default())
            .answer("ChatAttendeeList"),
    ))
}

pub(in crate::demo) fn get(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let hint = super::chats::hint(world, ask)?;
    let found = find(world, ask.part("id"), hint)?;
    let (account, person) = found
        .first()
        .copied()
        .ok_or_else(|| Problem::not_found("attendee"))?;
    let account = account.or_else(|| {
        (0_u32..)
            .zip(&world.accounts)
            .find(|(at, _)| of_account(world, *at).contains(&(*at, person)))
            .map(|(at, _)| at)
    });
    account
        .and_then(|account| wire(world, account, person))
        .map(Reply::ok)
        .ok_or_else(|| Problem::not_found("attendee"))
}

pub(in crate::demo) fn picture(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let id = ask.part("id");
    let drawn = match world.chat_at(id, None).and_then(|at| world.chat(at)) {
        Ok(chat) => picture_of_chat(world, chat),
        Err(_) => picture_of_person(world, id)?,
    };
    Ok(Reply::bytes(drawn.bytes, drawn.mime))
}

fn picture_of_chat(world: &World, chat: &Chat) -> Media {
    let person = chat.members.first().and_then(|at| world.person(*at));
    match (chat.shape, person) {
        (Shape::Single, Some(person)) => media::portrait(&person.name, person.number()),
        _ => media::group(
            chat.name.as_deref().unwrap_or_default(),
            hash(&chat.provider_id),
        ),
    }
}

fn picture_of_person(world: &World, id: &str) -> Result<Media, Problem> {
    let found = find(world, id, None)?;
    let person = found
        .first()
        .and_then(|(_, at)| world.person(*at))
        .ok_or_else(|| Problem::not_found("attendee"))?;
    // About one in six has no picture.
    if mix(person.number(), 9).is_multiple_of(6) {
        return Err(Problem::not_found("picture"));
    }
    Ok(media::portrait(&person.name, person.number()))
}

pub(in crate::demo) fn chats(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let people = find(world, ask.part("attendee_id"), None)?;
    super::chats::page(world, ask, "attendee_chats", |chat| {
        chat.shape == Shape::Single
            && people.iter().any(|(account, person)| {
                account.is_none_or(|account| account == chat.account)
                    && chat.members.contains(person)
            })
    })
}

pub(in crate::demo) fn messages(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let people = find(world, ask.part("attendee_id"), None)?;
    super::messages::page(world, ask, "attendee_messages", |chat| {
        world.chats.get(chat as usize).is_some_and(|chat| {
            people.iter().any(|(account, person)| {
                account.is_none_or(|account| account == chat.account)
                    && (*person == ME
                        || chat.members.contains(person)
                        || chat.left.contains(person))
            })
        })
    })
}
