//! Events as they go over the wire, and the occurrences of series.

use jiff::Timestamp;
use jiff::civil::DateTime;
use serde_json::{Value, json};

use super::super::words::moment;
use crate::demo::docs::calendar::{Event, Guest, Span, zone};
use crate::demo::docs::recurrence::Rule;
use crate::demo::world::World;

/// An event of its own, a whole series, or one occurrence of a series.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    /// Place of the event that it comes from.
    pub(super) at: usize,
    /// Where one occurrence begins in wall-clock time.
    pub(super) only: Option<DateTime>,
}

impl Shown {
    pub(super) fn time(&self, event: &Event) -> Span {
        match self.only {
            Some(start) => event.time.moved(start),
            None => event.time.clone(),
        }
    }
}

/// The beginnings of a series between two moments in milliseconds; without what was deleted or changed.
pub(super) fn occurrences(event: &Event, from: i64, to: i64) -> Vec<DateTime> {
    let Some(rule) = Rule::read(&event.recurrence) else {
        return vec![event.time.start];
    };
    let zone = zone(&event.time.zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let horizon = Timestamp::from_millisecond(to).map_or(DateTime::MAX, |at| zone.to_datetime(at));
    let all = rule.occurrences(event.time.start, horizon).into_iter();
    all.filter(|start| {
        let span = event.time.moved(*start);
        let begins = span.begins();
        begins <= to && span.ends() >= from && !event.without.contains(&begins)
    })
    .collect()
}

/// Id of one occurrence of a series.
pub(super) fn occurrence_id(event: &Event, start: DateTime) -> String {
    let at = Timestamp::from_millisecond(event.time.moved(start).begins()).unwrap_or_default();
    format!("{}_{}", event.id, at.strftime("%Y%m%dT%H%M%SZ"))
}

/// An event as it goes over the wire.
pub(super) fn event(world: &World, shown: &Shown) -> Option<Value> {
    let event = world.docs.calendars.events.get(shown.at)?;
    let calendar = world.docs.calendars.calendars.get(event.calendar)?;
    let span = shown.time(event);
    let (id, master) = match shown.only {
        Some(start) => (occurrence_id(event, start), Some(&event.id)),
        None => (event.id.clone(), event.master.as_ref()),
    };
    let mut out = json!({
        "object": "CalendarEvent",
        "id": id,
        "ical_uid": event.uid,
        "master_event_id": master,
        "calendar_id": calendar.id,
        "created_at": moment(event.created),
        "updated_at": moment(event.updated),
        "title": event.title,
        "body": event.body,
        "location": event.location,
        "is_cancelled": event.cancelled,
        "is_all_day": span.whole_days,
        "is_attendees_list_hidden": event.guests_hidden,
        "attendees": event.guests.iter().map(|guest| attendee(event, guest)).collect::<Vec<_>>(),
        "start": time(&span, span.start),
        "end": time(&span, span.end),
        "organizer": {"email": event.organizer.email, "display_name": event.organizer.name},
        "visibility": event.visibility,
        "transparency": event.transparency,
        "event_type": event.kind,
        "guests_can_modify": event.guests_can_modify,
    });
    let fields = out.as_object_mut()?;
    if shown.only.is_none() && !event.recurrence.is_empty() {
        fields.insert("recurrence".into(), json!(event.recurrence));
    }
    if let Some(conference) = &event.conference {
        fields.insert("conference".into(), conference.clone());
    }
    if let Some(color) = &event.color {
        fields.insert("color".into(), color.as_str().into());
    }
    Some(out)
}

fn attendee(event: &Event, guest: &Guest) -> Value {
    let mut out = json!({
        "email": guest.email,
        "is_organizer": guest.email == event.organizer.email,
        "is_optional": guest.optional,
        "is_resource": false,
        "type": if guest.optional { "optional" } else { "required" },
        "response_status": guest.answer,
    });
    if let (Some(name), Some(fields)) = (&guest.name, out.as_object_mut()) {
        fields.insert("display_name".into(), name.as_str().into());
    }
    out
}

fn time(span: &Span, when: DateTime) -> Value {
    if span.whole_days {
        return json!({"date": when.date().to_string()});
    }
    let zone = zone(&span.zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let text = zone
        .to_ambiguous_zoned(when)
        .compatible()
        .map(|zoned| zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
        .unwrap_or_default();
    json!({"date_time": text, "time_zone": span.zone})
}
