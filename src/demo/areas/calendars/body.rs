//! Reads the events that clients write.

use jiff::civil::{Date, DateTime, Time};
use jiff::{Timestamp, Zoned};
use serde_json::Value;

use crate::demo::ask::Ask;
use crate::demo::docs::calendar::{Event, Guest, Span, zone};
use crate::demo::docs::recurrence::Rule;
use crate::demo::problem::Problem;

/// Puts the fields of a body into an event; those that are not there stay as they are.
pub(super) fn fill(event: &mut Event, ask: &Ask, home: &str) -> Result<(), Problem> {
    if let Some(title) = ask.text("title")? {
        event.title = title;
    }
    // An empty text clears these two.
    for (name, slot) in [("body", &mut event.body), ("location", &mut event.location)] {
        if ask.field(name).is_some() {
            *slot = ask.text(name)?;
        }
    }
    if let Some(span) = span(event, ask, home)? {
        event.time = span;
    }
    if let Some(guests) = ask.field("attendees") {
        event.guests = read_guests(&event.guests, &guests)?;
    }
    if ask.field("recurrence").is_some() {
        let lines = ask.texts("recurrence");
        if !lines.is_empty() && Rule::read(&lines).is_none() {
            return Err(Problem::invalid(
                "`recurrence` holds no rule that is understood.",
            ));
        }
        event.recurrence = lines;
    }
    if let Some(word) = word(ask, "transparency", &["opaque", "transparent"])? {
        event.transparency = word;
    }
    if let Some(word) = word(ask, "visibility", &["public", "private"])? {
        event.visibility = word;
    }
    if let Some(conference) = ask.field("conference") {
        if !conference.is_object() {
            return Err(Problem::invalid("`conference` must be an object."));
        }
        event.conference = Some(conference);
    }
    if let Some(color) = ask.text("color")? {
        event.color = Some(color);
    }
    if let Some(flag) = ask.yes("is_attendees_list_hidden")? {
        event.guests_hidden = flag;
    }
    if let Some(flag) = ask.yes("guests_can_modify")? {
        event.guests_can_modify = flag;
    }
    ask.yes("notify")?;
    Ok(())
}

fn word(ask: &Ask, name: &str, words: &[&str]) -> Result<Option<String>, Problem> {
    match ask.text(name)? {
        Some(word) if !words.contains(&word.as_str()) => Err(Problem::invalid(format!(
            "`{name}` must be one of {}.",
            words.join(", ")
        ))),
        word => Ok(word),
    }
}

/// The new time of an event, where the body gives one. A new beginning alone keeps the length.
fn span(event: &Event, ask: &Ask, home: &str) -> Result<Option<Span>, Problem> {
    let start = ask.field("start").map(|value| time("start", &value, home));
    let end = ask.field("end").map(|value| time("end", &value, home));
    let (start, end) = (start.transpose()?, end.transpose()?);
    let span = match (start, end) {
        (None, None) => return Ok(None),
        (Some(start), Some(end)) => Span {
            start: start.at,
            end: end.in_zone(&start.zone),
            whole_days: start.whole_day,
            zone: start.zone,
        },
        (Some(start), None) => Span {
            whole_days: start.whole_day,
            zone: start.zone,
            ..event.time.moved(start.at)
        },
        (None, Some(end)) => Span {
            end: end.in_zone(&event.time.zone),
            ..event.time.clone()
        },
    };
    if span.end < span.start || (span.whole_days && span.end == span.start) {
        return Err(Problem::invalid("`end` lies before `start`."));
    }
    Ok(Some(span))
}

/// A moment that a client wrote.
struct Given {
    at: DateTime,
    zone: String,
    whole_day: bool,
}

impl Given {
    /// The same moment on the clock of another zone.
    fn in_zone(&self, other: &str) -> DateTime {
        match (zone(&self.zone), zone(other)) {
            (Some(own), Some(other)) if !self.whole_day => own
                .to_ambiguous_zoned(self.at)
                .compatible()
                .map_or(self.at, |zoned| zoned.with_time_zone(other).datetime()),
            _ => self.at,
        }
    }
}

fn time(name: &str, value: &Value, home: &str) -> Result<Given, Problem> {
    let wrong = || Problem::invalid(format!("`{name}` must hold `date_time` or `date`."));
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    if let Some(date) = text("date") {
        let date: Date = date.parse().map_err(|_| wrong())?;
        return Ok(Given {
            at: date.to_datetime(Time::midnight()),
            zone: home.to_owned(),
            whole_day: true,
        });
    }
    let written = text("date_time").ok_or_else(wrong)?;
    let name_of_zone = text("time_zone").unwrap_or(home);
    let known = zone(name_of_zone)
        .ok_or_else(|| Problem::invalid(format!("`{name_of_zone}` is not a known time zone.")))?;
    // With an offset it is a moment, without one a wall-clock time in the zone.
    let at = match written.parse::<Timestamp>() {
        Ok(at) => Zoned::new(at, known).datetime(),
        Err(_) => written.parse::<DateTime>().map_err(|_| wrong())?,
    };
    Ok(Given {
        at,
        zone: name_of_zone.to_owned(),
        whole_day: false,
    })
}

/// Those who are invited; who was invited before keeps their answer.
fn read_guests(before: &[Guest], value: &Value) -> Result<Vec<Guest>, Problem> {
    let wrong = || Problem::invalid("`attendees` must be a list of objects with an `email`.");
    let items = value.as_array().ok_or_else(wrong)?;
    items
        .iter()
        .map(|item| {
            let email = item
                .get("email")
                .and_then(Value::as_str)
                .ok_or_else(wrong)?;
            let known = before.iter().find(|guest| guest.email == email);
            let name = item.get("display_name").and_then(Value::as_str);
            Ok(Guest {
                email: email.to_owned(),
                name: name
                    .map(str::to_owned)
                    .or_else(|| known.and_then(|guest| guest.name.clone())),
                answer: known.map_or("noreply", |guest| &guest.answer).to_owned(),
                optional: item
                    .get("is_optional")
                    .and_then(Value::as_bool)
                    .unwrap_or(false),
            })
        })
        .collect()
}
