//! The operations of the calendars area; the tests compare them with `assets/openapi.yaml`, row by row.

use super::row::*;
use crate::api::operation::Area::Calendars;
use crate::api::operation::Kind::*;
use crate::api::operation::Method::*;
use crate::api::operation::Standing::*;
use crate::api::operation::{Answer, Body, Operation};

/// Every operation of the area.
pub(super) const ALL: &[&Operation] = &[
    &LIST_CALENDARS,
    &GET_CALENDAR,
    &LIST_CALENDAR_EVENTS,
    &CREATE_CALENDAR_EVENT,
    &GET_CALENDAR_EVENT,
    &EDIT_CALENDAR_EVENT,
    &DELETE_CALENDAR_EVENT,
    &GET_CALENDAR_EVENT_SEED_FORM,
    &EDIT_CALENDAR_EVENT_SEED_FORM,
    &DELETE_CALENDAR_EVENT_SEED_FORM,
];

pub const LIST_CALENDARS: Operation = Operation {
    id: "listCalendars",
    method: Get,
    path: "/api/v1/calendars",
    area: Calendars,
    summary: "List calendars",
    params: &[ACCOUNT, LIMIT_FREE, CURSOR, OFFSET],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const GET_CALENDAR: Operation = Operation {
    id: "getCalendar",
    method: Get,
    path: "/api/v1/calendars/{calendar_id}",
    area: Calendars,
    summary: "Read a calendar",
    params: &[
        path("calendar_id", Text, "Calendar id; percent-encode it."),
        ACCOUNT,
    ],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const LIST_CALENDAR_EVENTS: Operation = Operation {
    id: "listCalendarEvents",
    method: Get,
    path: "/api/v1/calendars/{calendar_id}/events",
    area: Calendars,
    summary: "List events of a calendar",
    params: &[
        path("calendar_id", Text, "Calendar id; percent-encode it."),
        ACCOUNT,
        query("start", Text, "Events starting after, RFC 3339."),
        query("end", Text, "Events ending before, RFC 3339."),
        query("title", Text, ""),
        query("description", Text, ""),
        query("location", Text, ""),
        query("attendees", Text, "Mail addresses joined by commas."),
        query("ical_uid", Text, ""),
        query("event_type", Text, "Joined by commas."),
        query("busy", Flag, ""),
        query("is_cancelled", Flag, ""),
        query("expand_recurring", Flag, "Return single occurrences."),
        query("updated_after", Text, ""),
        query("updated_before", Text, ""),
        LIMIT_FREE,
        CURSOR,
        OFFSET,
    ],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const CREATE_CALENDAR_EVENT: Operation = Operation {
    id: "createCalendarEvent",
    method: Post,
    path: "/api/v1/calendars/{calendar_id}/events",
    area: Calendars,
    summary: "Create an event",
    params: &[
        path("calendar_id", Text, "Calendar id; percent-encode it."),
        ACCOUNT,
        body("title", Text, "").required(),
        body("body", Text, ""),
        body("location", Text, ""),
        body(
            "start",
            Json,
            "Date and time with zone, or a bare date for whole days (second variant inferred).",
        )
        .required(),
        body(
            "end",
            Json,
            "Date and time with zone, or a bare date for whole days (second variant inferred).",
        )
        .required(),
        body("attendees", Json, "").many().required(),
        body("recurrence", Text, "").many(),
        body("transparency", Text, "").one_of(&["opaque", "transparent"]),
        body("visibility", Text, "").one_of(&["public", "private"]),
        body("conference", Json, ""),
        body("is_attendees_list_hidden", Flag, ""),
        body("color", Text, ""),
        body("notify", Flag, "Outlook always notifies."),
        body("guests_can_modify", Flag, ""),
    ],
    body: Body::Json,
    answer: Answer::Json,
    standing: Settled,
};

pub const GET_CALENDAR_EVENT: Operation = Operation {
    id: "getCalendarEvent",
    method: Get,
    path: "/api/v1/calendars/{calendar_id}/events/{event_id}",
    area: Calendars,
    summary: "Read an event",
    params: &[
        path("calendar_id", Text, "Calendar id; percent-encode it."),
        path("event_id", Text, "Event id."),
        ACCOUNT,
    ],
    body: Body::None,
    answer: Answer::Json,
    standing: Verified {
        other: "getCalendarEventSeedForm",
    },
};

pub const EDIT_CALENDAR_EVENT: Operation = Operation {
    id: "editCalendarEvent",
    method: Patch,
    path: "/api/v1/calendars/{calendar_id}/events/{event_id}",
    area: Calendars,
    summary: "Edit an event",
    params: &[
        path("calendar_id", Text, "Calendar id; percent-encode it."),
        path("event_id", Text, "Event id."),
        ACCOUNT,
        body("title", Text, ""),
        body("body", Text, ""),
        body("location", Text, ""),
        body(
            "start",
            Json,
            "Date and time with zone, or a bare date for whole days (second variant inferred).",
        ),
        body(
            "end",
            Json,
            "Date and time with zone, or a bare date for whole days (second variant inferred).",
        ),
        body("attendees", Json, "").many(),
        body("recurrence", Text, "").many(),
        body("transparency", Text, "").one_of(&["opaque", "transparent"]),
        body("visibility", Text, "").one_of(&["public", "private"]),
        body("conference", Json, ""),
        body("is_attendees_list_hidden", Flag, ""),
        body("color", Text, ""),
        body("notify", Flag, "Outlook always notifies."),
        body("guests_can_modify", Flag, ""),
    ],
    body: Body::Json,
    answer: Answer::Json,
    standing: Verified {
        other: "editCalendarEventSeedForm",
    },
};

pub const DELETE_CALENDAR_EVENT: Operation = Operation {
    id: "deleteCalendarEvent",
    method: Delete,
    path: "/api/v1/calendars/{calendar_id}/events/{event_id}",
    area: Calendars,
    summary: "Delete an event",
    params: &[
        path("calendar_id", Text, "Calendar id; percent-encode it."),
        path("event_id", Text, "Event id."),
        ACCOUNT,
    ],
    body: Body::None,
    answer: Answer::Json,
    standing: Verified {
        other: "deleteCalendarEventSeedForm",
    },
};

pub const GET_CALENDAR_EVENT_SEED_FORM: Operation = Operation {
    id: "getCalendarEventSeedForm",
    method: Get,
    path: "/api/v1/calendars/events/{event_id}",
    area: Calendars,
    summary: "Read an event (unconfirmed form)",
    params: &[path("event_id", Text, "Event id."), ACCOUNT],
    body: Body::None,
    answer: Answer::Json,
    standing: Unverified {
        other: "getCalendarEvent",
    },
};

pub const EDIT_CALENDAR_EVENT_SEED_FORM: Operation = Operation {
    id: "editCalendarEventSeedForm",
    method: Patch,
    path: "/api/v1/calendars/events/{event_id}",
    area: Calendars,
    summary: "Edit an event (unconfirmed form)",
    params: &[
        path("event_id", Text, "Event id."),
        ACCOUNT,
        body("title", Text, ""),
        body("body", Text, ""),
        body("location", Text, ""),
        body(
            "start",
            Json,
            "Date and time with zone, or a bare date for whole days (second variant inferred).",
        ),
        body(
            "end",
            Json,
            "Date and time with zone, or a bare date for whole days (second variant inferred).",
        ),
        body("attendees", Json, "").many(),
        body("recurrence", Text, "").many(),
        body("transparency", Text, "").one_of(&["opaque", "transparent"]),
        body("visibility", Text, "").one_of(&["public", "private"]),
        body("conference", Json, ""),
        body("is_attendees_list_hidden", Flag, ""),
        body("color", Text, ""),
        body("notify", Flag, "Outlook always notifies."),
        body("guests_can_modify", Flag, ""),
    ],
    body: Body::Json,
    answer: Answer::Json,
    standing: Unverified {
        other: "editCalendarEvent",
    },
};

pub const DELETE_CALENDAR_EVENT_SEED_FORM: Operation = Operation {
    id: "deleteCalendarEventSeedForm",
    method: Delete,
    path: "/api/v1/calendars/events/{event_id}",
    area: Calendars,
    summary: "Delete an event (unconfirmed form)",
    params: &[path("event_id", Text, "Event id."), ACCOUNT],
    body: Body::None,
    answer: Answer::Json,
    standing: Unverified {
        other: "deleteCalendarEvent",
    },
};
