//! Calendars of Google and Outlook accounts. Google pages with cursors, Outlook with an offset.

mod body;
mod events;
mod wire;

#[cfg(test)]
mod tests;

use serde_json::{Value, json};

pub(in crate::demo) use events::{create, delete, edit, event, events};

use super::acting::{self, Actor};
use crate::demo::ask::Ask;
use crate::demo::docs::calendar::Calendar;
use crate::demo::page::cut;
use crate::demo::problem::Problem;
use crate::demo::reply::Reply;
use crate::demo::world::World;
use crate::demo::world::account::Network;

pub(in crate::demo) fn list(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let actor = actor(world, ask)?;
    let calendars = world.docs.calendars.calendars.iter();
    let items: Vec<Value> = calendars
        .filter(|calendar| calendar.account == actor.at)
        .map(wire)
        .collect();
    page(ask, actor, "calendars", |_| Ok(items))
}

pub(in crate::demo) fn get(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let actor = actor(world, ask)?;
    let (_, calendar) = find(world, actor, ask.part("calendar_id"))?;
    Ok(Reply::ok(wire(calendar)))
}

/// The account of the query, which must have calendars.
fn actor(world: &World, ask: &Ask) -> Result<Actor, Problem> {
    acting::by_query(world, ask)?.on(&[Network::Google, Network::Outlook])
}

/// A calendar of an account, with its place. `primary` is Google's name for the default one.
fn find<'a>(world: &'a World, actor: Actor, id: &str) -> Result<(usize, &'a Calendar), Problem> {
    let calendars = world.docs.calendars.calendars.iter().enumerate();
    let mut own = calendars.filter(|(_, calendar)| calendar.account == actor.at);
    own.find(|(_, calendar)| calendar.id == id || (id == "primary" && calendar.default))
        .ok_or_else(|| Problem::not_found("calendar"))
}

/// A calendar as it goes over the wire.
fn wire(calendar: &Calendar) -> Value {
    json!({
        "object": "Calendar",
        "id": calendar.id,
        "name": calendar.name,
        "description": null,
        "is_read_only": calendar.read_only,
        "is_owned_by_user": !calendar.read_only && !calendar.id.contains("group."),
        "is_default": calendar.default,
        "background_color": calendar.color,
        "text_color": "#ffffff",
        "timezone": calendar.timezone,
    })
}

/// One page the way the account's network pages.
fn page(
    ask: &Ask,
    actor: Actor,
    name: &str,
    items: impl FnOnce(&Ask) -> Result<Vec<Value>, Problem>,
) -> Result<Reply, Problem> {
    if actor.network == Network::Google {
        let page = cut(ask, name, 10_000, 250, items)?;
        return Ok(Reply::ok(
            json!({"data": page.page, "next_cursor": page.cursor}),
        ));
    }
    if ask.query("cursor").is_some() {
        return Err(Problem::invalid("Outlook pages with `offset`."));
    }
    let offset = ask.number("offset", 0, 1_000_000)?.unwrap_or(0);
    let offset = usize::try_from(offset).unwrap_or(usize::MAX);
    let limit = ask.limit(10_000, 250)?;
    let data: Vec<Value> = items(ask)?.into_iter().skip(offset).take(limit).collect();
    Ok(Reply::ok(json!({"data": data, "next_cursor": null})))
}
