//! Relations, followers, and those whom one follows.

use serde_json::{Value, json};

use crate::demo::areas::acting::{self, Actor};
use crate::demo::areas::members::{self, headline, page, picture, urn};
use crate::demo::areas::messages::provider_id;
use crate::demo::ask::Ask;
use crate::demo::page::cut;
use crate::demo::problem::Problem;
use crate::demo::reply::Reply;
use crate::demo::rng::mix;
use crate::demo::world::World;
use crate::demo::world::account::Network;

const DAY: i64 = 86_400_000;

pub(in crate::demo) fn relations(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let actor = acting::by_query(world, ask)?.on_linkedin()?;
    let world = &*world;
    let page = cut(ask, "relations", 1000, 100, |ask| {
        let wanted = ask.query("filter").map(str::to_lowercase);
        let mut found: Vec<(i64, u32)> = members::on_linkedin(world)
            .filter(|(at, _)| members::degree(world, *at) == 1)
            .filter(|(_, person)| {
                wanted
                    .as_ref()
                    .is_none_or(|wanted| person.name.to_lowercase().contains(wanted))
            })
            .map(|(at, _)| (since(world, at), at))
            .collect();
        found.sort_unstable_by(|a, b| b.cmp(a));
        Ok(found)
    })?;
    Ok(Reply::ok(
        page.map(|(since, person)| relation(world, actor, person, since).unwrap_or_default())
            .answer("UserRelationsList"),
    ))
}

/// When somebody became a relation.
fn since(world: &World, person: u32) -> i64 {
    let joined = world.docs.circle.joined.get(&person).copied();
    joined.unwrap_or_else(|| {
        let number = world
            .person(person)
            .map_or(0, crate::demo::world::person::Person::number);
        world.began - 20 * DAY - i64::try_from(mix(number, 5) % 220_000_000).unwrap_or(0) * 1000
    })
}

fn relation(world: &World, actor: Actor, at: u32, since: i64) -> Option<Value> {
    let person = world.person(at)?;
    let id = provider_id(world, actor.at, at)?;
    let mut out = json!({
        "object": "UserRelation",
        "first_name": person.first(),
        "last_name": person.last(),
        "headline": headline(person),
        "public_identifier": person.linkedin,
        "public_profile_url": page(person),
        "created_at": since,
        "connection_urn": format!("urn:li:fsd_connection:{id}"),
        "member_urn": urn(person),
        "member_id": id,
    });
    if let (Some(url), Some(fields)) = (picture(person), out.as_object_mut()) {
        fields.insert("profile_picture_url".into(), url.into());
    }
    Some(out)
}

pub(in crate::demo) fn followers(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    circle(world, ask, "UserFollowersList", 41)
}

pub(in crate::demo) fn following(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    circle(world, ask, "UserFollowingList", 42)
}

/// The followers (41) of the owner or somebody else, or those whom they follow (42).
fn circle(world: &World, ask: &Ask, object: &str, salt: u64) -> Result<Reply, Problem> {
    let offered = [Network::Linkedin, Network::Instagram];
    let actor = acting::by_query(world, ask)?.on(&offered)?;
    let page = cut(ask, object, 250, 100, |ask| {
        let whose = ask
            .query("user_id")
            .map(|id| {
                members::look_up(world, actor, id)
                    .ok_or_else(|| Problem::invalid("`user_id` is nobody here."))
            })
            .transpose()?;
        if whose.is_none() && actor.network == Network::Linkedin {
            let circle = &world.docs.circle;
            let list = if salt == 41 {
                &circle.followers
            } else {
                &circle.following
            };
            return Ok(list.clone());
        }
        let number = whose
            .and_then(|at| world.person(at))
            .map_or(0, crate::demo::world::person::Person::number);
        let people = (1_u32..).zip(world.people.iter().skip(1));
        Ok(people
            .filter(|(at, person)| {
                person.handle(actor.network).is_some()
                    && Some(*at) != whose
                    && mix(mix(number, person.number()), salt).is_multiple_of(3)
            })
            .map(|(at, _)| at)
            .collect())
    })?;
    Ok(Reply::ok(
        page.map(|at| follower(world, actor, at).unwrap_or_default())
            .answer(object),
    ))
}

fn follower(world: &World, actor: Actor, at: u32) -> Option<Value> {
    let person = world.person(at)?;
    let mut out = json!({
        "object": "UserFollower",
        "id": provider_id(world, actor.at, at)?,
        "name": person.name,
    });
    let fields = out.as_object_mut()?;
    if let Some(url) = picture(person) {
        fields.insert(
            "profile_picture_url_large".into(),
            format!("{url}?size=large").into(),
        );
        fields.insert("profile_picture_url".into(), url.into());
    }
    if actor.network == Network::Instagram {
        let name = person.instagram.as_deref()?;
        fields.insert("username".into(), name.into());
        fields.insert(
            "profile_url".into(),
            format!("https://instagram.example/{name}").into(),
        );
        fields.insert("is_private".into(), (person.number() % 3 == 0).into());
        fields.insert("is_verified".into(), false.into());
    } else {
        fields.insert("urn".into(), urn(person).into());
        fields.insert("headline".into(), headline(person).into());
        fields.insert("profile_url".into(), page(person)?.into());
    }
    Some(out)
}
