//! Calendars and their events.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};

use super::id::{CalendarId, EventId};

/// A calendar of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    pub id: CalendarId,
    pub name: String,
    pub description: Option<String>,
    pub is_read_only: bool,
    pub is_own: bool,
    pub is_default: bool,
    /// Such as `#9fe1e7`.
    pub background: Option<String>,
    pub foreground: Option<String>,
    pub zone: Option<String>,
}

/// An event of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarEvent {
    pub id: EventId,
    pub calendar: CalendarId,
    /// The series that this is one occurrence of.
    pub series: Option<EventId>,
    /// Id that all calendars share for the event.
    pub ical_uid: Option<String>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    pub title: String,
    pub body: Option<String>,
    pub location: Option<String>,
    pub start: Moment,
    pub end: Moment,
    pub is_all_day: bool,
    pub is_cancelled: bool,
    pub organizer: Option<Organizer>,
    pub guests: Vec<Guest>,
    pub are_guests_hidden: bool,
    pub can_guests_modify: bool,
    /// RRULE, EXRULE, RDATE and EXDATE lines.
    pub recurrence: Vec<String>,
    /// The video call, as JSON text; its shape differs by provider.
    pub conference: Option<String>,
    pub visibility: Option<Visibility>,
    pub availability: Option<Availability>,
    pub kind: Option<EventKind>,
    pub color: Option<String>,
}

/// When an event starts or ends, exactly as its calendar tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moment {
    /// A moment with its offset, and the zone it was planned in.
    At {
        when: Timestamp,
        offset: Offset,
        zone: Option<String>,
    },
    /// A time on the clocks of a zone, whatever offset they have then.
    Clock {
        when: DateTime,
        zone: Option<String>,
    },
    /// A whole day.
    Day(Date),
}

impl Moment {
    /// The moment in time; clocks without a zone that is known here, and days, are taken as `here`.
    pub fn timestamp(&self, here: &TimeZone) -> Option<Timestamp> {
        let (when, zone) = match self {
            Self::At { when, .. } => return Some(*when),
            Self::Clock { when, zone } => (*when, zone.as_deref()),
            Self::Day(date) => (date.at(0, 0, 0, 0), None),
        };
        let zone = zone
            .and_then(|name| TimeZone::get(name).ok())
            .unwrap_or_else(|| here.clone());
        zone.to_ambiguous_timestamp(when).compatible().ok()
    }
}

/// Who an event belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organizer {
    pub email: Option<String>,
    pub name: Option<String>,
}

/// Somebody, or something, invited to an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guest {
    pub email: String,
    pub name: Option<String>,
    pub comment: Option<String>,
    pub is_organizer: bool,
    pub is_optional: bool,
    /// A room or a thing, not a person.
    pub is_resource: bool,
    pub kind: Option<GuestKind>,
    pub answer: Option<GuestAnswer>,
}

/// How much a guest is needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GuestKind {
    Required,
    Optional,
    Resource,
    Other(String),
}

/// What a guest has answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GuestAnswer {
    Yes,
    No,
    Maybe,
    None,
    Other(String),
}

/// Who may see what an event is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Visibility {
    Public,
    Private,
    Other(String),
}

/// Whether an event blocks its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Availability {
    Busy,
    Free,
    Other(String),
}

/// What kind of event it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventKind {
    Default,
    Birthday,
    FromMail,
    OutOfOffice,
    Other(String),
}
