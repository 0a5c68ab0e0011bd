//! Calendars and their events.
//!
//! Their lists are written differently from all others (`data`, `next_cursor`); the client reads both. Ids of Google's
//! calendars are often mail addresses.

mod decode;
#[cfg(test)]
mod tests;

use jiff::Timestamp;

use super::client::Client;
use super::error::Result;
use super::json_text::JsonText;
use super::operations::calendars as rows;
use super::page::{Page, Paging};
use super::request::{Json, Request};
use super::words::Spelled as _;
use crate::model::calendar::{
    Availability, Calendar, CalendarEvent, EventKind, Moment, Visibility,
};
use crate::model::id::{AccountId, CalendarId, EventId};
use decode::NewEvent;

/// Which part of the calendars to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListCalendars {
    /// How many to skip, for providers without cursors.
    pub offset: Option<u32>,
    pub paging: Paging,
}

/// Which events of a calendar to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListCalendarEvents {
    /// Only those that start later.
    pub start: Option<Timestamp>,
    /// Only those that end earlier.
    pub end: Option<Timestamp>,
    pub title: Option<String>,
    pub description: Option<String>,
    pub location: Option<String>,
    /// Mail addresses.
    pub guests: Vec<String>,
    pub ical_uid: Option<String>,
    pub kinds: Vec<EventKind>,
    pub is_busy: Option<bool>,
    pub is_cancelled: Option<bool>,
    /// Lists the occurrences of a series one by one.
    pub expand_series: Option<bool>,
    pub updated_after: Option<Timestamp>,
    pub updated_before: Option<Timestamp>,
    /// How many to skip, for providers without cursors.
    pub offset: Option<u32>,
    pub paging: Paging,
}

/// An event to create.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateCalendarEvent {
    pub title: String,
    pub start: Moment,
    pub end: Moment,
    pub guests: Vec<Invitee>,
    pub details: EventDetails,
}

/// What to change in an event; absent fields stay.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EditCalendarEvent {
    pub title: Option<String>,
    pub start: Option<Moment>,
    pub end: Option<Moment>,
    /// All guests from now on.
    pub guests: Option<Vec<Invitee>>,
    pub details: EventDetails,
}

/// What an event may have besides.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EventDetails {
    pub body: Option<String>,
    pub location: Option<String>,
    /// RRULE, EXRULE, RDATE and EXDATE lines; an empty list ends the series.
    pub recurrence: Option<Vec<String>>,
    pub availability: Option<Availability>,
    pub visibility: Option<Visibility>,
    /// The video call; its shape differs by provider.
    pub conference: Option<JsonText>,
    pub hide_guests: Option<bool>,
    pub guests_can_modify: Option<bool>,
    pub color: Option<String>,
    /// Whether guests get a mail; Outlook always sends one.
    pub notify: Option<bool>,
}

/// Somebody to invite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitee {
    pub email: String,
    pub name: Option<String>,
    pub is_optional: Option<bool>,
}

impl Client {
    /// Lists the calendars of an account.
    pub async fn list_calendars(
        &self,
        account: &AccountId,
        params: &ListCalendars,
    ) -> Result<Page<Calendar>> {
        let request = Request::to(&rows::LIST_CALENDARS)
            .page(&params.paging)
            .query("offset", params.offset)
            .query("account_id", account);
        self.page(&request).await
    }

    /// Reads a calendar.
    pub async fn get_calendar(
        &self,
        account: &AccountId,
        calendar: &CalendarId,
    ) -> Result<Calendar> {
        let request = Request::to(&rows::GET_CALENDAR)
            .path("calendar_id", calendar)
            .query("account_id", account);
        self.one(&request).await
    }

    /// Lists the events of a calendar.
    pub async fn list_calendar_events(
        &self,
        account: &AccountId,
        calendar: &CalendarId,
        params: &ListCalendarEvents,
    ) -> Result<Page<CalendarEvent>> {
        // Whether these cursors hold the filters, as all others do, is not documented: they are sent along.
        let request = Request::list(&rows::LIST_CALENDAR_EVENTS, account, &params.paging)
            .path("calendar_id", calendar);
        self.page(&params.fill(request)).await
    }

    /// Creates an event and tells its id.
    pub async fn create_calendar_event(
        &self,
        account: &AccountId,
        calendar: &CalendarId,
        event: &CreateCalendarEvent,
    ) -> Result<EventId> {
        let request = Request::to(&rows::CREATE_CALENDAR_EVENT)
            .path("calendar_id", calendar)
            .query("account_id", account)
            .json("title", event.title.as_str())
            .json("start", &event.start)
            .json("end", &event.end)
            .json("attendees", Json::list(&event.guests));
        let NewEvent(id) = self.one(&event.details.fill(request)).await?;
        Ok(id)
    }

    /// Reads an event.
    pub async fn get_calendar_event(
        &self,
        account: &AccountId,
        calendar: &CalendarId,
        event: &EventId,
    ) -> Result<CalendarEvent> {
        let verified = Request::to(&rows::GET_CALENDAR_EVENT)
            .path("calendar_id", calendar)
            .path("event_id", event)
            .query("account_id", account);
        self.either_one(verified, read_seed_form(account, event))
            .await
    }

    /// Changes an event.
    pub async fn edit_calendar_event(
        &self,
        account: &AccountId,
        calendar: &CalendarId,
        event: &EventId,
        edit: &EditCalendarEvent,
    ) -> Result<()> {
        let verified = Request::to(&rows::EDIT_CALENDAR_EVENT)
            .path("calendar_id", calendar)
            .path("event_id", event)
            .query("account_id", account);
        let other = edit_seed_form(account, event, edit);
        self.either(edit.fill(verified), other).await.map(drop)
    }

    /// Deletes an event.
    pub async fn delete_calendar_event(
        &self,
        account: &AccountId,
        calendar: &CalendarId,
        event: &EventId,
    ) -> Result<()> {
        let verified = Request::to(&rows::DELETE_CALENDAR_EVENT)
            .path("calendar_id", calendar)
            .path("event_id", event)
            .query("account_id", account);
        let other = delete_seed_form(account, event);
        self.either(verified, other).await.map(drop)
    }

    /// Reads an event, in the unconfirmed form.
    pub async fn get_calendar_event_seed_form(
        &self,
        account: &AccountId,
        event: &EventId,
    ) -> Result<CalendarEvent> {
        self.one(&read_seed_form(account, event)).await
    }

    /// Changes an event, in the unconfirmed form.
    pub async fn edit_calendar_event_seed_form(
        &self,
        account: &AccountId,
        event: &EventId,
        edit: &EditCalendarEvent,
    ) -> Result<()> {
        self.done(&edit_seed_form(account, event, edit)).await
    }

    /// Deletes an event, in the unconfirmed form.
    pub async fn delete_calendar_event_seed_form(
        &self,
        account: &AccountId,
        event: &EventId,
    ) -> Result<()> {
        self.done(&delete_seed_form(account, event)).await
    }
}

fn read_seed_form(account: &AccountId, event: &EventId) -> Request {
    Request::to(&rows::GET_CALENDAR_EVENT_SEED_FORM)
        .path("event_id", event)
        .query("account_id", account)
}

fn edit_seed_form(account: &AccountId, event: &EventId, edit: &EditCalendarEvent) -> Request {
    let request = Request::to(&rows::EDIT_CALENDAR_EVENT_SEED_FORM)
        .path("event_id", event)
        .query("account_id", account);
    edit.fill(request)
}

fn delete_seed_form(account: &AccountId, event: &EventId) -> Request {
    Request::to(&rows::DELETE_CALENDAR_EVENT_SEED_FORM)
        .path("event_id", event)
        .query("account_id", account)
}

impl ListCalendarEvents {
    fn fill(&self, request: Request) -> Request {
        let guests = (!self.guests.is_empty()).then(|| self.guests.join(","));
        let kinds: Vec<_> = self.kinds.iter().map(EventKind::to_word).collect();
        let kinds = (!kinds.is_empty()).then(|| kinds.join(","));
        request
            .query("start", self.start)
            .query("end", self.end)
            .query("title", self.title.as_ref())
            .query("description", self.description.as_ref())
            .query("location", self.location.as_ref())
            .query("attendees", guests)
            .query("ical_uid", self.ical_uid.as_ref())
            .query("event_type", kinds)
            .query("busy", self.is_busy)
            .query("is_cancelled", self.is_cancelled)
            .query("expand_recurring", self.expand_series)
            .query("updated_after", self.updated_after)
            .query("updated_before", self.updated_before)
            .query("offset", self.offset)
    }
}

impl EditCalendarEvent {
    fn fill(&self, request: Request) -> Request {
        let request = request
            .json_body()
            .json("title", Json::maybe(self.title.as_deref()))
            .json("start", Json::maybe(self.start.as_ref()))
            .json("end", Json::maybe(self.end.as_ref()))
            .json(
                "attendees",
                Json::maybe(self.guests.as_ref().map(Json::list)),
            );
        self.details.fill(request)
    }
}

impl EventDetails {
    fn fill(&self, request: Request) -> Request {
        request
            .json("body", Json::maybe(self.body.as_deref()))
            .json("location", Json::maybe(self.location.as_deref()))
            .json("recurrence", Json::maybe(self.recurrence.clone()))
            .json("transparency", Json::maybe(self.availability.as_ref()))
            .json("visibility", Json::maybe(self.visibility.as_ref()))
            .json("conference", Json::maybe(self.conference.as_ref()))
            .json("is_attendees_list_hidden", Json::maybe(self.hide_guests))
            .json("color", Json::maybe(self.color.as_deref()))
            .json("notify", Json::maybe(self.notify))
            .json("guests_can_modify", Json::maybe(self.guests_can_modify))
    }
}

impl From<&Invitee> for Json {
    fn from(invitee: &Invitee) -> Self {
        Self::object([
            ("email", invitee.email.as_str().into()),
            ("display_name", Self::maybe(invitee.name.as_deref())),
            ("is_optional", Self::maybe(invitee.is_optional)),
        ])
    }
}
