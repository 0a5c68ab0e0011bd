//! Reads calendars and events, and reads and writes the moments of an event.

use jiff::fmt::temporal::Pieces;

use crate::api::fields::{Decode, Fields, Flaw};
use crate::api::request::Json;
use crate::api::words::words;
use crate::model::calendar::{
    Availability, Calendar, CalendarEvent, EventKind, Guest, GuestAnswer, GuestKind, Moment,
    Organizer, Visibility,
};
use crate::model::id::EventId;

words! {
    GuestKind { "required" => Required, "optional" => Optional, "resource" => Resource }
    GuestAnswer { "yes" => Yes, "no" => No, "maybe" => Maybe, "noreply" => None }
    Visibility { "public" => Public, "private" => Private }
    Availability { "opaque" => Busy, "transparent" => Free }
    EventKind {
        "default" => Default,
        "birthday" => Birthday,
        "fromGmail" => FromMail,
        "outOfOffice" => OutOfOffice,
    }
}

/// The answer to a new event.
pub(super) struct NewEvent(pub(super) EventId);

impl Decode for NewEvent {
    const NAME: &'static str = "NewEvent";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        f.need("event_id").map(|id| Self(id.into()))
    }
}

impl Decode for Calendar {
    const NAME: &'static str = "Calendar";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.need("id")?.into(),
            name: f.text_or_empty("name"),
            description: f.text("description"),
            is_read_only: f.is("is_read_only"),
            is_own: f.is("is_owned_by_user"),
            is_default: f.is("is_default"),
            background: f.text("background_color"),
            foreground: f.text("text_color"),
            zone: f.text("timezone"),
        })
    }
}

impl Decode for CalendarEvent {
    const NAME: &'static str = "CalendarEvent";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.need("id")?.into(),
            calendar: f.need("calendar_id")?.into(),
            series: f.id("master_event_id"),
            ical_uid: f.token("ical_uid"),
            created_at: f.time("created_at"),
            updated_at: f.time("updated_at"),
            title: f.text_or_empty("title"),
            body: f.text("body"),
            location: f.text("location"),
            start: f.need_one("start")?,
            end: f.need_one("end")?,
            is_all_day: f.is("is_all_day"),
            is_cancelled: f.is("is_cancelled"),
            organizer: f.inside("organizer").map(|organizer| Organizer {
                email: organizer.text("email"),
                name: organizer.text("display_name"),
            }),
            guests: f.list("attendees"),
            are_guests_hidden: f.is("is_attendees_list_hidden"),
            can_guests_modify: f.is("guests_can_modify"),
            recurrence: f.texts("recurrence"),
            conference: f.json_text("conference"),
            visibility: f.word("visibility"),
            availability: f.word("transparency"),
            kind: f.word("event_type"),
            color: f.text("color"),
        })
    }
}

impl Decode for Guest {
    const NAME: &'static str = "Guest";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            email: f.text_or_empty("email"),
            name: f.text("display_name"),
            comment: f.text("comment"),
            is_organizer: f.is("is_organizer"),
            is_optional: f.is("is_optional"),
            is_resource: f.is("is_resource"),
            kind: f.word("type"),
            answer: f.word("response_status"),
        })
    }
}

impl Decode for Moment {
    const NAME: &'static str = "Moment";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        let written = f.token("date_time").map_or_else(|| f.need("date"), Ok)?;
        read_moment(&written, f.text("time_zone"))
            .ok_or_else(|| f.flaw("date_time", "is not a moment in time"))
    }
}

/// Reads a moment as written: with an offset, on the clocks of the zone beside it, or a bare date.
fn read_moment(written: &str, zone: Option<String>) -> Option<Moment> {
    let pieces = Pieces::parse(written.trim()).ok()?;
    let Some(time) = pieces.time() else {
        return Some(Moment::Day(pieces.date()));
    };
    let when = pieces.date().to_datetime(time);
    Some(match pieces.to_numeric_offset() {
        Some(offset) => Moment::At {
            when: offset.to_timestamp(when).ok()?,
            offset,
            zone,
        },
        None => Moment::Clock { when, zone },
    })
}

impl From<&Moment> for Json {
    /// Writes a moment as it was read.
    fn from(moment: &Moment) -> Self {
        let (written, zone) = match moment {
            Moment::At { when, offset, zone } => {
                (when.display_with_offset(*offset).to_string(), zone)
            }
            Moment::Clock { when, zone } => (when.to_string(), zone),
            Moment::Day(date) => return Self::object([("date", date.to_string().into())]),
        };
        Self::object([
            ("date_time", written.into()),
            ("time_zone", Self::maybe(zone.as_deref())),
        ])
    }
}
