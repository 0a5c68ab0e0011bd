//! Calendars and their events, read from `assets/demo/calendars.toml`. Events are kept as wall-clock time in a zone.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as STANDARD;
use jiff::ToSpan as _;
use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::Reader;
use crate::demo::assets::CALENDARS;
use crate::demo::rng::mix;
use crate::demo::seed::BadText;
use crate::demo::world::World;
use crate::demo::world::account::Network;

/// All calendars and events.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(in crate::demo) struct Calendars {
    pub(in crate::demo) calendars: Vec<Calendar>,
    pub(in crate::demo) events: Vec<Event>,
    pub(in crate::demo) made: u64,
}

/// A calendar.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::demo) struct Calendar {
    pub(in crate::demo) account: u32,
    pub(in crate::demo) id: String,
    pub(in crate::demo) name: String,
    pub(in crate::demo) color: String,
    pub(in crate::demo) default: bool,
    pub(in crate::demo) read_only: bool,
    pub(in crate::demo) timezone: String,
}

/// An event, or a series of them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::demo) struct Event {
    pub(in crate::demo) id: String,
    pub(in crate::demo) uid: String,
    /// Place of its calendar.
    pub(in crate::demo) calendar: usize,
    pub(in crate::demo) created: i64,
    pub(in crate::demo) updated: i64,
    pub(in crate::demo) title: String,
    pub(in crate::demo) body: Option<String>,
    pub(in crate::demo) location: Option<String>,
    pub(in crate::demo) cancelled: bool,
    pub(in crate::demo) time: Span,
    pub(in crate::demo) guests: Vec<Guest>,
    pub(in crate::demo) organizer: Guest,
    pub(in crate::demo) recurrence: Vec<String>,
    /// The series that this is one changed occurrence of.
    pub(in crate::demo) master: Option<String>,
    /// Beginnings of occurrences that were deleted or changed, in milliseconds.
    pub(in crate::demo) without: Vec<i64>,
    pub(in crate::demo) conference: Option<serde_json::Value>,
    pub(in crate::demo) visibility: String,
    pub(in crate::demo) transparency: String,
    pub(in crate::demo) kind: String,
    pub(in crate::demo) color: Option<String>,
    pub(in crate::demo) guests_hidden: bool,
    pub(in crate::demo) guests_can_modify: bool,
}

/// From when to when; whole days end on the day after the last one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::demo) struct Span {
    pub(in crate::demo) start: DateTime,
    pub(in crate::demo) end: DateTime,
    pub(in crate::demo) whole_days: bool,
    pub(in crate::demo) zone: String,
}

/// Somebody who is invited.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::demo) struct Guest {
    pub(in crate::demo) email: String,
    pub(in crate::demo) name: Option<String>,
    pub(in crate::demo) answer: String,
    pub(in crate::demo) optional: bool,
}

/// A zone by its name. Paris is known even where the system has no zones.
pub(in crate::demo) fn zone(name: &str) -> Option<TimeZone> {
    match name {
        "UTC" | "Etc/UTC" | "GMT" => Some(TimeZone::UTC),
        "Europe/Paris" => TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").ok(),
        name => TimeZone::get(name).ok(),
    }
}

impl Span {
    fn at(&self, when: DateTime) -> i64 {
        let zone = zone(&self.zone).unwrap_or(TimeZone::UTC);
        zone.to_ambiguous_timestamp(when)
            .compatible()
            .map_or(0, jiff::Timestamp::as_millisecond)
    }

    pub(in crate::demo) fn begins(&self) -> i64 {
        self.at(self.start)
    }

    pub(in crate::demo) fn ends(&self) -> i64 {
        self.at(self.end)
    }

    /// The same length from another beginning.
    pub(in crate::demo) fn moved(&self, start: DateTime) -> Self {
        let length = self.start.duration_until(self.end);
        Self {
            start,
            end: start.checked_add(length).unwrap_or(start),
            ..self.clone()
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    calendars: Vec<TextCalendar>,
    events: Vec<TextEvent>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextCalendar {
    key: String,
    account: String,
    id: String,
    name: String,
    color: String,
    default: bool,
    read_only: bool,
    timezone: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextEvent {
    calendar: String,
    day: i32,
    start: Option<String>,
    end: Option<String>,
    #[serde(default)]
    all_day: bool,
    days: Option<i32>,
    title: String,
    body: Option<String>,
    location: Option<String>,
    #[serde(default)]
    attendees: Vec<String>,
    #[serde(default)]
    responses: BTreeMap<String, String>,
    organizer: Option<String>,
    #[serde(default)]
    recurrence: Vec<String>,
    conference: Option<String>,
    visibility: Option<String>,
    transparency: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    color: Option<String>,
    #[serde(default)]
    cancelled: bool,
}

impl Calendars {
    pub(super) fn load(world: &World) -> Result<Self, BadText> {
        let read = Reader {
            world,
            file: "calendars.toml",
        };
        let text: Text = toml::from_str(CALENDARS).map_err(|error| read.fault("", error))?;
        let mut all = Self::default();
        let mut keys = Vec::new();
        for item in text.calendars {
            let account = world
                .account_by_key(&item.account)
                .ok_or_else(|| read.fault(&item.key, "belongs to no account"))?;
            zone(&item.timezone).ok_or_else(|| read.fault(&item.key, "is in no known zone"))?;
            keys.push(item.key);
            all.calendars.push(Calendar {
                account,
                id: item.id,
                name: item.name,
                color: item.color,
                default: item.default,
                read_only: item.read_only,
                timezone: item.timezone,
            });
        }
        for item in text.events {
            let place = keys.iter().position(|key| *key == item.calendar);
            let place = place.ok_or_else(|| read.fault(&item.title, "is in no calendar"))?;
            let event = all.event(&read, place, item)?;
            all.events.push(event);
        }
        Ok(all)
    }

    fn event(
        &mut self,
        read: &Reader<'_>,
        place: usize,
        item: TextEvent,
    ) -> Result<Event, BadText> {
        let calendar = self
            .calendars
            .get(place)
            .cloned()
            .ok_or_else(|| read.fault(&item.title, "is in no calendar"))?;
        let time = span(read, &calendar, &item)?;
        let owner = self.owner(read.world, place);
        let guest = |key: &String| guest(read, &owner, key, item.responses.get(key));
        let mut guests = item
            .attendees
            .iter()
            .map(guest)
            .collect::<Result<Vec<_>, _>>()?;
        let organizer = match &item.organizer {
            Some(key) => guest(key)?,
            None => owner.clone(),
        };
        if !guests.is_empty() && !guests.iter().any(|guest| guest.email == owner.email) {
            guests.push(owner);
        }
        let (id, uid) = self.names(read.world, calendar.account);
        let created = read.world.began - (mix(self.made, 1) % 40 + 4).cast_signed() * 86_400_000;
        Ok(Event {
            id,
            uid,
            calendar: place,
            created,
            updated: created + (mix(self.made, 2) % 70).cast_signed() * 3_600_000,
            title: item.title,
            body: item.body,
            location: item.location,
            cancelled: item.cancelled,
            time,
            guests,
            organizer,
            recurrence: item.recurrence,
            master: None,
            without: Vec::new(),
            conference: item
                .conference
                .map(|url| serde_json::json!({"provider": "unknown", "url": url})),
            visibility: item.visibility.unwrap_or_else(|| "public".to_owned()),
            transparency: item.transparency.unwrap_or_else(|| "opaque".to_owned()),
            kind: item.kind.unwrap_or_else(|| "default".to_owned()),
            color: item.color,
            guests_hidden: false,
            guests_can_modify: false,
        })
    }

    /// The owner as they are invited by others.
    pub(in crate::demo) fn owner(&self, world: &World, calendar: usize) -> Guest {
        let account = self
            .calendars
            .get(calendar)
            .and_then(|calendar| world.accounts.get(calendar.account as usize));
        Guest {
            email: account
                .map(|account| account.login.clone())
                .unwrap_or_default(),
            name: world.people.first().map(|me| me.name.clone()),
            answer: "yes".to_owned(),
            optional: false,
        }
    }

    /// An id and a calendar-wide unique id for a new event. Both kinds of ids need escaping in a path.
    pub(in crate::demo) fn names(&mut self, world: &World, account: u32) -> (String, String) {
        self.made += 1;
        let number = |n: u64| mix(world.seed ^ n, 0xca1 + self.made);
        let google = world
            .accounts
            .get(account as usize)
            .is_some_and(|account| account.network == Network::Google);
        let id = if google {
            format!("_{:016x}{:08x}", number(1), number(2) & 0xffff_ffff)
        } else {
            let bytes: Vec<u8> = (1..5).flat_map(|n| number(n).to_be_bytes()).collect();
            format!("AAMkADAx{}", STANDARD.encode(bytes))
        };
        let home = if google { "nuvem" } else { "atelier-martin" };
        (id, format!("{:016x}@{home}.example", number(9)))
    }
}

fn span(read: &Reader<'_>, calendar: &Calendar, item: &TextEvent) -> Result<Span, BadText> {
    let fault = |problem: &str| read.fault(&item.title, problem);
    let zone = zone(&calendar.timezone).ok_or_else(|| fault("is in no known zone"))?;
    let today = jiff::Timestamp::from_millisecond(read.world.began)
        .map_err(|error| read.fault(&item.title, error))?
        .to_zoned(zone)
        .date();
    let day = |n: i32| {
        today
            .checked_add(n.days())
            .map_err(|error| read.fault(&item.title, error))
    };
    let clock = |text: Option<&String>| {
        text.and_then(|text| Time::strptime("%H:%M", text).ok())
            .ok_or_else(|| fault("needs a beginning and an end"))
    };
    let (start, end) = if item.all_day {
        let end = day(item.day + item.days.unwrap_or(1).max(1))?;
        (
            day(item.day)?.to_datetime(Time::midnight()),
            end.to_datetime(Time::midnight()),
        )
    } else {
        (
            day(item.day)?.to_datetime(clock(item.start.as_ref())?),
            day(item.day)?.to_datetime(clock(item.end.as_ref())?),
        )
    };
    if end <= start {
        return Err(fault("ends before it begins"));
    }
    Ok(Span {
        start,
        end,
        whole_days: item.all_day,
        zone: calendar.timezone.clone(),
    })
}

/// A person by key, the owner, or `Name <address>`.
fn guest(
    read: &Reader<'_>,
    owner: &Guest,
    key: &str,
    answer: Option<&String>,
) -> Result<Guest, BadText> {
    if key == "me" {
        return Ok(owner.clone());
    }
    let answer = answer.map_or("noreply", String::as_str).to_owned();
    let (name, email) = if let Some((name, address)) = key.split_once('<') {
        (
            name.trim().to_owned(),
            address.trim_end_matches('>').to_owned(),
        )
    } else {
        let person = read.world.person(read.person(key)?);
        let found = person.and_then(|person| Some((person.name.clone(), person.email.clone()?)));
        found.ok_or_else(|| read.fault(key, "has no mail address"))?
    };
    Ok(Guest {
        email,
        name: Some(name),
        answer,
        optional: false,
    })
}
