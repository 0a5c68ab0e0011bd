//! Events: lists with filters, one of them, and changes that webhooks hear of.

use jiff::Timestamp;
use jiff::civil::DateTime;
use serde_json::{Value, json};

use super::body;
use super::wire::{self, Shown};
use super::{actor, find, page};
use crate::demo::areas::acting::Actor;
use crate::demo::ask::Ask;
use crate::demo::docs::calendar::{Event, Guest, Span};
use crate::demo::problem::Problem;
use crate::demo::reply::Reply;
use crate::demo::world::World;

const DAY: i64 = 86_400_000;

pub(in crate::demo) fn events(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let actor = actor(world, ask)?;
    let (calendar, _) = find(world, actor, ask.part("calendar_id"))?;
    let world = &*world;
    page(ask, actor, "calendar_events", |ask| {
        let filter = Filter::read(ask)?;
        let mut found = Vec::new();
        let all = world.docs.calendars.events.iter().enumerate();
        for (at, event) in all.filter(|(_, event)| event.calendar == calendar) {
            if filter.keeps(event) {
                found.extend(filter.shown(at, event, world.now.max(world.began)));
            }
        }
        found.sort_by_key(|(begins, shown)| (*begins, shown.at));
        Ok(found
            .iter()
            .filter_map(|(_, shown)| wire::event(world, shown))
            .collect())
    })
}

/// The filters of a list of events.
struct Filter {
    from: Option<i64>,
    to: Option<i64>,
    title: Option<String>,
    description: Option<String>,
    location: Option<String>,
    attendees: Option<Vec<String>>,
    uid: Option<String>,
    kinds: Option<Vec<String>>,
    busy: Option<bool>,
    cancelled: Option<bool>,
    expand: bool,
    updated_after: Option<i64>,
    updated_before: Option<i64>,
}

impl Filter {
    fn read(ask: &Ask) -> Result<Self, Problem> {
        let lower = |name: &str| ask.query(name).map(str::to_lowercase);
        let owned = |name: &str| {
            ask.names(name)
                .map(|names| names.into_iter().map(str::to_lowercase).collect())
        };
        Ok(Self {
            from: moment(ask, "start")?,
            to: moment(ask, "end")?,
            title: lower("title"),
            description: lower("description"),
            location: lower("location"),
            attendees: owned("attendees"),
            uid: ask.query("ical_uid").map(str::to_owned),
            kinds: owned("event_type"),
            busy: ask.flag("busy")?,
            cancelled: ask.flag("is_cancelled")?,
            expand: ask.flag("expand_recurring")?.unwrap_or(false),
            updated_after: moment(ask, "updated_after")?,
            updated_before: moment(ask, "updated_before")?,
        })
    }

    /// Whether an event passes all filters but those on its time.
    fn keeps(&self, event: &Event) -> bool {
        let says = |wanted: &Option<String>, text: Option<&str>| {
            wanted
                .as_ref()
                .is_none_or(|wanted| text.unwrap_or_default().to_lowercase().contains(wanted))
        };
        let texts = says(&self.title, Some(&event.title))
            && says(&self.description, event.body.as_deref())
            && says(&self.location, event.location.as_deref());
        let invited = |email: &String| {
            let mut guests = event.guests.iter().chain([&event.organizer]);
            guests.any(|guest| guest.email.to_lowercase() == *email)
        };
        texts
            && self
                .attendees
                .as_ref()
                .is_none_or(|emails| emails.iter().all(invited))
            && self.uid.as_ref().is_none_or(|uid| *uid == event.uid)
            && self
                .kinds
                .as_ref()
                .is_none_or(|kinds| kinds.contains(&event.kind.to_lowercase()))
            && self
                .busy
                .is_none_or(|busy| busy == (event.transparency == "opaque"))
            && self.cancelled.is_none_or(|flag| flag == event.cancelled)
            && self.updated_after.is_none_or(|at| event.updated > at)
            && self.updated_before.is_none_or(|at| event.updated < at)
    }

    fn in_time(&self, span: &Span) -> bool {
        self.from.is_none_or(|from| span.begins() >= from)
            && self.to.is_none_or(|to| span.ends() <= to)
    }

    /// What is shown of an event: itself, or the occurrences that lie in the asked time.
    fn shown(&self, at: usize, event: &Event, now: i64) -> Vec<(i64, Shown)> {
        let single = || {
            let shown = Shown { at, only: None };
            vec![(event.time.begins(), shown)]
        };
        if event.recurrence.is_empty() {
            return if self.in_time(&event.time) {
                single()
            } else {
                Vec::new()
            };
        }
        let from = self.from.unwrap_or(i64::MIN / 2);
        let to = self
            .to
            .unwrap_or_else(|| self.from.unwrap_or(now).max(now) + 366 * DAY);
        let fitting: Vec<DateTime> = wire::occurrences(event, from, to)
            .into_iter()
            .filter(|start| self.in_time(&event.time.moved(*start)))
            .collect();
        if !self.expand {
            return if fitting.is_empty() {
                Vec::new()
            } else {
                single()
            };
        }
        let occurrence = |start: DateTime| {
            let shown = Shown {
                at,
                only: Some(start),
            };
            (event.time.moved(start).begins(), shown)
        };
        fitting.into_iter().map(occurrence).collect()
    }
}

/// A moment of the query in RFC 3339.
fn moment(ask: &Ask, name: &str) -> Result<Option<i64>, Problem> {
    let Some(text) = ask.query(name) else {
        return Ok(None);
    };
    // A plus sign that was not escaped arrives as a space.
    let at: Result<Timestamp, _> = text.replace(' ', "+").parse();
    at.map(|at| Some(at.as_millisecond()))
        .map_err(|_| Problem::invalid(format!("`{name}` must be a moment as in RFC 3339.")))
}

/// Finds an event or one occurrence of a series; the path may name its calendar or not.
fn locate(world: &World, ask: &Ask, actor: Actor) -> Result<Shown, Problem> {
    let calendars = &world.docs.calendars;
    let here = match ask.part("calendar_id") {
        "" => None,
        id => Some(find(world, actor, id)?.0),
    };
    let id = ask.part("event_id");
    let own = |event: &Event| match here {
        Some(calendar) => event.calendar == calendar,
        None => calendars
            .calendars
            .get(event.calendar)
            .is_some_and(|calendar| calendar.account == actor.at),
    };
    let all = || calendars.events.iter().enumerate();
    if let Some((at, _)) = all().find(|(_, event)| event.id == id && own(event)) {
        return Ok(Shown { at, only: None });
    }
    let occurrence = || {
        let (master, stamp) = id.rsplit_once('_')?;
        let (at, event) = all().find(|(_, event)| event.id == master && own(event))?;
        let stamp = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", stamp).ok()?;
        let moment = stamp
            .to_zoned(jiff::tz::TimeZone::UTC)
            .ok()?
            .timestamp()
            .as_millisecond();
        let only = wire::occurrences(event, moment, moment)
            .into_iter()
            .find(|start| event.time.moved(*start).begins() == moment)?;
        (!event.recurrence.is_empty()).then_some(Shown {
            at,
            only: Some(only),
        })
    };
    occurrence().ok_or_else(|| Problem::not_found("event"))
}

pub(in crate::demo) fn event(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let actor = actor(world, ask)?;
    let shown = locate(world, ask, actor)?;
    wire::event(world, &shown)
        .map(Reply::ok)
        .ok_or_else(|| Problem::not_found("event"))
}

pub(in crate::demo) fn create(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let actor = actor(world, ask)?;
    let (place, calendar) = find(world, actor, ask.part("calendar_id"))?;
    let (home, read_only) = (calendar.timezone.clone(), calendar.read_only);
    writable(read_only)?;
    for name in ["title", "start", "end", "attendees"] {
        if ask.field(name).is_none() {
            return Err(Problem::missing(name));
        }
    }
    let owner = world.docs.calendars.owner(world, place);
    let now = world.tick();
    let mut event = blank(place, owner, home.clone(), now);
    body::fill(&mut event, ask, &home)?;
    // Names need the world and change the calendars, which are a part of it.
    let mut calendars = std::mem::take(&mut world.docs.calendars);
    (event.id, event.uid) = calendars.names(world, actor.at);
    world.docs.calendars = calendars;
    let id = event.id.clone();
    world.docs.calendars.events.push(event);
    let at = world.docs.calendars.events.len() - 1;
    tell(
        world,
        actor,
        "calendar_event_created",
        &Shown { at, only: None },
    );
    Ok(Reply::created(
        json!({"object": "CalendarEventCreated", "event_id": id}),
    ))
}

/// An event that holds nothing yet.
fn blank(calendar: usize, organizer: Guest, zone: String, now: i64) -> Event {
    Event {
        id: String::new(),
        uid: String::new(),
        calendar,
        created: now,
        updated: now,
        title: String::new(),
        body: None,
        location: None,
        cancelled: false,
        time: Span {
            start: DateTime::ZERO,
            end: DateTime::ZERO,
            whole_days: false,
            zone,
        },
        guests: Vec::new(),
        organizer,
        recurrence: Vec::new(),
        master: None,
        without: Vec::new(),
        conference: None,
        visibility: "public".to_owned(),
        transparency: "opaque".to_owned(),
        kind: "default".to_owned(),
        color: None,
        guests_hidden: false,
        guests_can_modify: false,
    }
}

pub(in crate::demo) fn edit(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let actor = actor(world, ask)?;
    let mut shown = locate(world, ask, actor)?;
    let now = world.tick();
    let calendars = &mut world.docs.calendars;
    let held = calendars
        .events
        .get_mut(shown.at)
        .ok_or_else(|| Problem::not_found("event"))?;
    let calendar = calendars.calendars.get(held.calendar);
    writable(calendar.is_none_or(|calendar| calendar.read_only))?;
    let home = calendar.map(|calendar| calendar.timezone.clone());
    let mut changed = held.clone();
    if let Some(start) = shown.only {
        // One occurrence leaves its series and stands alone from now on.
        changed.id = wire::occurrence_id(held, start);
        changed.master = Some(held.id.clone());
        changed.time = held.time.moved(start);
        changed.recurrence = Vec::new();
        changed.without = Vec::new();
    }
    body::fill(&mut changed, ask, &home.unwrap_or_default())?;
    changed.updated = now;
    let id = changed.id.clone();
    match shown.only {
        Some(start) => {
            held.without.push(held.time.moved(start).begins());
            calendars.events.push(changed);
            let at = calendars.events.len() - 1;
            shown = Shown { at, only: None };
        }
        None => *held = changed,
    }
    tell(world, actor, "calendar_event_updated", &shown);
    Ok(Reply::ok(
        json!({"object": "CalendarEventEdited", "event_id": id}),
    ))
}

pub(in crate::demo) fn delete(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let actor = actor(world, ask)?;
    let shown = locate(world, ask, actor)?;
    world.tick();
    let id = ask.part("event_id").to_owned();
    let calendars = &mut world.docs.calendars;
    let held = calendars
        .events
        .get_mut(shown.at)
        .ok_or_else(|| Problem::not_found("event"))?;
    let calendar = calendars.calendars.get(held.calendar);
    writable(calendar.is_none_or(|calendar| calendar.read_only))?;
    let calendar_id = calendar.map(|calendar| calendar.id.clone());
    if let Some(start) = shown.only {
        held.without.push(held.time.moved(start).begins());
    } else {
        let gone = calendars.events.remove(shown.at);
        // What was changed in a series goes with it.
        calendars
            .events
            .retain(|event| event.master.as_ref() != Some(&gone.id));
    }
    let payload = json!({
        "event": "calendar_event_deleted",
        "account_id": world.account_id(actor.at),
        "webhook_name": null,
        "id": id,
        "calendar_id": calendar_id,
    });
    world.emit(
        "calendar_event",
        "calendar_event_deleted",
        actor.at,
        payload,
    );
    Ok(Reply::ok(
        json!({"object": "CalendarEventDeleted", "event_id": id}),
    ))
}

fn writable(read_only: bool) -> Result<(), Problem> {
    if read_only {
        return Err(
            Problem::new(403, "insufficient_permissions", "Insufficient permissions")
                .because("This calendar can only be read."),
        );
    }
    Ok(())
}

/// Tells the listeners of calendars about an event, flat.
fn tell(world: &mut World, actor: Actor, name: &'static str, shown: &Shown) {
    let Some(mut payload) = wire::event(world, shown) else {
        return;
    };
    if let Some(fields) = payload.as_object_mut() {
        fields.remove("object");
        fields.insert("event".into(), name.into());
        fields.insert("account_id".into(), world.account_id(actor.at).into());
        fields.insert("webhook_name".into(), Value::Null);
    }
    world.emit("calendar_event", name, actor.at, payload);
}
