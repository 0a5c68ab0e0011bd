//! Connection requests, in both directions.

use serde_json::{Value, json};

use crate::demo::areas::acting::{self, Actor};
use crate::demo::areas::members::{self, headline, page, picture};
use crate::demo::areas::messages::provider_id;
use crate::demo::areas::words::moment;
use crate::demo::ask::Ask;
use crate::demo::docs::network::{Invitation, State};
use crate::demo::page::cut;
use crate::demo::problem::Problem;
use crate::demo::reply::Reply;
use crate::demo::rng::{hash, mix};
use crate::demo::world::account::Network;
use crate::demo::world::plan::{Plan, What};
use crate::demo::world::{ME, World};

const DAY: i64 = 86_400_000;
/// Longest note; the owner pays for LinkedIn.
const LONGEST: usize = 300;
/// Invitations a week before LinkedIn says no. Small, so that the demo can show it.
const WEEKLY: usize = 20;

pub(in crate::demo) fn sent(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    list(world, ask, "invitations_sent", true)
}

pub(in crate::demo) fn received(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    list(world, ask, "invitations_received", false)
}

fn list(world: &World, ask: &Ask, name: &str, own: bool) -> Result<Reply, Problem> {
    let actor = acting::by_query(world, ask)?.on_linkedin()?;
    let circle = &world.docs.circle;
    let page = cut(ask, name, 100, 100, |_| {
        let all = if own { &circle.sent } else { &circle.received };
        let mut waiting: Vec<&Invitation> = all
            .iter()
            .filter(|item| item.state == State::Pending)
            .collect();
        waiting.sort_by_key(|item| std::cmp::Reverse(item.at));
        Ok(waiting)
    })?;
    Ok(Reply::ok(
        page.map(|item| wire(world, actor, item, own).unwrap_or_default())
            .answer("InvitationList"),
    ))
}

fn wire(world: &World, actor: Actor, item: &Invitation, own: bool) -> Option<Value> {
    let (from, to) = if own {
        (ME, item.person)
    } else {
        (item.person, ME)
    };
    let (inviter, invited) = (world.person(from)?, world.person(to)?);
    Some(json!({
        "object": if own { "InvitationSent" } else { "InvitationReceived" },
        "id": item.id,
        "date": prose(world.now - item.at),
        "parsed_datetime": moment(item.at),
        "invitation_text": item.text,
        "invited_user": invited.name,
        "invited_user_id": provider_id(world, actor.at, to),
        "invited_user_public_id": invited.linkedin,
        "invited_user_description": headline(invited),
        "inviter": {
            "inviter_name": inviter.name,
            "inviter_id": provider_id(world, actor.at, from),
            "inviter_public_identifier": inviter.linkedin,
            "inviter_description": headline(inviter),
            "inviter_profile_picture_url": picture(inviter),
        },
        "specifics": {"provider": "LINKEDIN", "shared_secret": secret(world, &item.id)},
    }))
}

/// How LinkedIn words the age of an invitation.
fn prose(age: i64) -> String {
    let many = |n: i64, unit: &str| {
        let s = if n == 1 { "" } else { "s" };
        format!("Sent {n} {unit}{s} ago")
    };
    match age / DAY {
        days if days < 1 => "Sent today".to_owned(),
        1 => "Sent yesterday".to_owned(),
        days @ ..7 => many(days, "day"),
        days @ ..30 => many(days / 7, "week"),
        days => many(days / 30, "month"),
    }
}

/// What must be shown to answer an invitation.
fn secret(world: &World, id: &str) -> String {
    format!("{:012x}", mix(world.seed, hash(id)) & 0xffff_ffff_ffff)
}

/// Accepts or declines.
pub(in crate::demo) fn handle(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let actor = acting::by_body(world, ask)?.on(&[Network::Linkedin, Network::Instagram])?;
    let provider = ask.need_text("provider")?;
    if provider != actor.network.word() {
        return Err(Problem::invalid("`provider` is not that of this account."));
    }
    let accept = match ask.need_text("action")?.as_str() {
        "accept" => true,
        "decline" => false,
        _ => return Err(Problem::invalid("`action` must be accept or decline.")),
    };
    let id = ask.part("invitation_id");
    let waiting = |item: &&mut Invitation| item.id == id && item.state == State::Pending;
    let right = secret(world, id);
    let now = world.tick();
    let circle = &mut world.docs.circle;
    let found = circle.received.iter_mut().find(waiting);
    let found = found
        .filter(|_| actor.network == Network::Linkedin)
        .ok_or_else(|| Problem::not_found("invitation"))?;
    if ask.need_text("shared_secret")? != right {
        return Err(
            Problem::refused("unprocessable_entity", "Unprocessable entity")
                .because("`shared_secret` is not that of this invitation."),
        );
    }
    found.settled = Some(now);
    found.state = if accept {
        State::Accepted
    } else {
        State::Declined
    };
    let person = found.person;
    if accept {
        connect(world, actor.at, person);
    }
    let status = if accept { "ACCEPTED" } else { "DECLINED" };
    Ok(Reply::ok(
        json!({"object": "UserInvitationHandled", "status": status}),
    ))
}

/// The other side has accepted an invitation of the owner.
pub(in crate::demo) fn accepted(world: &mut World, invitation: &str) {
    let now = world.tick();
    let waiting = |item: &&mut Invitation| item.id == invitation && item.state == State::Pending;
    let Some(found) = world.docs.circle.sent.iter_mut().find(waiting) else {
        return;
    };
    found.state = State::Accepted;
    found.settled = Some(now);
    let (account, person) = (found.account, found.person);
    connect(world, account, person);
}

/// Makes somebody a relation and tells who listens.
fn connect(world: &mut World, account: u32, at: u32) {
    let now = world.tick();
    world.docs.circle.joined.insert(at, now);
    let Some(person) = world.people.get_mut(at as usize) else {
        return;
    };
    person.degree = Some(1);
    let mut payload = json!({
        "event": "new_relation",
        "account_type": "LINKEDIN",
        "webhook_name": null,
        "timestamp": moment(now),
        "user_full_name": person.name,
        "user_public_identifier": person.linkedin,
        "user_profile_url": page(person),
    });
    let shown = picture(person);
    let id = provider_id(world, account, at).unwrap_or_default();
    if let Some(fields) = payload.as_object_mut() {
        fields.insert("account_id".into(), world.account_id(account).into());
        fields.insert("user_provider_id".into(), id.into());
        if let Some(url) = shown {
            fields.insert("user_picture_url".into(), url.into());
        }
    }
    world.emit("users", "new_relation", account, payload);
}

pub(in crate::demo) fn invite(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let actor = acting::by_body(world, ask)?.on_linkedin()?;
    let id = ask.need_text("provider_id")?;
    let text = ask.text("message")?;
    if text
        .as_ref()
        .is_some_and(|text| text.chars().count() > LONGEST)
    {
        return Err(
            Problem::new(400, "too_many_characters", "Too many characters")
                .because(format!("A note has at most {LONGEST} characters.")),
        );
    }
    let person = members::look_up(world, actor, &id)
        .filter(|at| provider_id(world, actor.at, *at).as_ref() == Some(&id))
        .ok_or_else(|| {
            Problem::refused("invalid_recipient", "Recipient cannot be reached")
                .because("`provider_id` must be the internal id of a member.")
        })?;
    may_invite(world, person)?;
    let now = world.tick();
    let invitation = Invitation {
        id: world.docs.circle.next_id(world.seed),
        account: actor.at,
        person,
        at: now,
        text,
        state: State::Pending,
        settled: None,
    };
    let id = invitation.id.clone();
    world.docs.circle.sent.push(invitation);
    // Two of three people accept, after one to three minutes.
    let mood = mix(
        world
            .person(person)
            .map_or(0, crate::demo::world::person::Person::number),
        77,
    );
    if !mood.is_multiple_of(3) {
        world.plans.push(Plan {
            due: now + 60_000 + i64::try_from(mood % 120_000).unwrap_or(0),
            what: What::Accept {
                invitation: id.clone(),
            },
        });
    }
    let mut answer = json!({"object": "UserInvitationSent", "invitation_id": id});
    if let (Some(usage), Some(fields)) = (usage(this_week(world)), answer.as_object_mut()) {
        fields.insert("usage".into(), usage.into());
    }
    Ok(Reply::created(answer))
}

/// What LinkedIn has against inviting somebody.
fn may_invite(world: &World, person: u32) -> Result<(), Problem> {
    if person == ME {
        return Err(
            Problem::refused("cannot_invite_attendee", "Cannot invite attendee")
                .because("This is the owner of the account."),
        );
    }
    if members::degree(world, person) == 1 {
        return Err(Problem::refused("already_connected", "Already connected"));
    }
    match world.docs.circle.waiting(person) {
        Some((_, true)) => {
            return Err(Problem::refused(
                "already_invited_recently",
                "Already invited recently",
            ));
        }
        Some((_, false)) => {
            return Err(
                Problem::refused("cannot_invite_attendee", "Cannot invite attendee")
                    .because("They have invited you: accept that invitation."),
            );
        }
        None => {}
    }
    let withdrawn = |item: &Invitation| {
        item.person == person
            && item.state == State::Withdrawn
            && item.settled.is_some_and(|at| world.now - at < 21 * DAY)
    };
    if world.docs.circle.sent.iter().any(withdrawn) {
        return Err(Problem::refused("cannot_resend_yet", "Cannot resend yet")
            .because("Three weeks must pass after an invitation was withdrawn."));
    }
    if this_week(world) >= WEEKLY {
        return Err(Problem::refused("limit_exceeded", "Limit exceeded")
            .because("The invitations of this week are used up."));
    }
    Ok(())
}

fn this_week(world: &World) -> usize {
    let recent = |item: &&Invitation| world.now - item.at < 7 * DAY && item.at >= world.began;
    world.docs.circle.sent.iter().filter(recent).count()
}

/// Percent of the quota, told only when an invitation passes one of these marks.
fn usage(count: usize) -> Option<usize> {
    let percent = |count: usize| count * 100 / WEEKLY;
    [95, 90, 75, 50]
        .into_iter()
        .find(|mark| percent(count) >= *mark && percent(count.saturating_sub(1)) < *mark)
}

pub(in crate::demo) fn cancel(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    acting::by_query(world, ask)?.on_linkedin()?;
    withdraw(world, ask.part("invitation_id"))
}

pub(in crate::demo) fn cancel_seed_form(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    acting::by_body(world, ask)?.on_linkedin()?;
    withdraw(world, &ask.need_text("invitation_id")?)
}

fn withdraw(world: &mut World, id: &str) -> Result<Reply, Problem> {
    let now = world.tick();
    let waiting = |item: &&mut Invitation| item.id == id && item.state == State::Pending;
    let found = world
        .docs
        .circle
        .sent
        .iter_mut()
        .find(waiting)
        .ok_or_else(|| Problem::not_found("invitation"))?;
    found.state = State::Withdrawn;
    found.settled = Some(now);
    Ok(Reply::ok(json!({"object": "InvitationCanceled"})))
}
