//! Calendars and events against the contract.

use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::*;
use crate::api::contract::{Server, every_field_counts, items, one, read};
use crate::api::operation::Area;
use crate::api::page::Cursor;

#[test]
fn the_examples_of_the_contract_are_read_without_a_flaw() {
    let calendar: Calendar = one(&rows::GET_CALENDAR);
    assert_eq!(calendar.zone.as_deref(), Some("Europe/Paris"));
    assert_eq!(items::<Calendar>(&rows::LIST_CALENDARS), [calendar]);
    let event: CalendarEvent = one(&rows::GET_CALENDAR_EVENT);
    let start = event.start.timestamp(&TimeZone::UTC);
    assert_eq!(start, "2026-03-02T13:30:00Z".parse().ok());
    assert_eq!(event.availability, Some(Availability::Busy));
    let other: CalendarEvent = one(&rows::GET_CALENDAR_EVENT_SEED_FORM);
    assert_eq!(other, event);
    assert_eq!(items::<CalendarEvent>(&rows::LIST_CALENDAR_EVENTS), [event]);
}

#[test]
fn every_field_of_the_contract_reaches_the_model() {
    every_field_counts::<Calendar>("Calendar", &[]);
    every_field_counts::<CalendarEvent>("CalendarEvent", &[]);
}

#[test]
fn a_moment_is_written_back_as_it_was_read() {
    for moment in [
        json!({ "date_time": "2026-03-02T14:30:00+01:00", "time_zone": "Europe/Paris" }),
        json!({ "date_time": "2026-03-02T14:30:00", "time_zone": "W. Europe Standard Time" }),
        json!({ "date_time": "2026-03-02T14:30:00-08:00" }),
        json!({ "date": "2026-03-02" }),
    ] {
        assert_eq!(written(&read(&moment).unwrap()), moment);
    }
    let zulu = json!({ "date_time": "2026-03-02T14:30:00.000Z", "time_zone": "UTC" });
    let again: Moment = read(&written(&read(&zulu).unwrap())).unwrap();
    assert_eq!(read(&zulu), Ok(again));
    let outlook = json!({ "date_time": "2026-03-02T14:30:00.0000000", "time_zone": "UTC" });
    assert!(matches!(read(&outlook), Ok(Moment::Clock { .. })));
    assert!(read::<Moment>(&json!({ "date_time": "soon" })).is_err());
}

#[test]
fn clocks_are_told_by_their_zone_and_days_by_ours() {
    let tokyo = TimeZone::get("Asia/Tokyo").unwrap();
    for (moment, expected) in [
        (
            json!({ "date_time": "2026-03-02T14:30:00Z" }),
            "2026-03-02T14:30:00Z",
        ),
        (
            json!({ "date_time": "2026-03-02T14:30:00", "time_zone": "Europe/Paris" }),
            "2026-03-02T13:30:00Z",
        ),
        (
            json!({ "date_time": "2026-03-02T14:30:00", "time_zone": "Nowhere" }),
            "2026-03-02T05:30:00Z",
        ),
        (json!({ "date": "2026-03-02" }), "2026-03-01T15:00:00Z"),
    ] {
        let moment: Moment = read(&moment).unwrap();
        assert_eq!(moment.timestamp(&tokyo), expected.parse().ok());
    }
}

#[tokio::test]
async fn every_call_is_what_the_contract_says() {
    let server = Server::start().await;
    let client = &server.client;
    let (account, calendar) = (&AccountId::from("a"), &CalendarId::from("sam@example.com"));
    let event = &EventId::from("5m8l");
    let params = ListCalendars {
        offset: Some(10),
        ..Default::default()
    };
    client.list_calendars(account, &params).await.unwrap();
    client.get_calendar(account, calendar).await.unwrap();
    client
        .list_calendar_events(account, calendar, &full_filter())
        .await
        .unwrap();
    let new = CreateCalendarEvent {
        title: "Rehearsal".into(),
        start: Moment::Day("2026-03-02".parse().unwrap()),
        end: Moment::Day("2026-03-03".parse().unwrap()),
        guests: vec![],
        details: full_details(),
    };
    let id = client
        .create_calendar_event(account, calendar, &new)
        .await
        .unwrap();
    assert_eq!(id.as_str(), "5m8lexample");
    let edit = EditCalendarEvent {
        title: Some("Moved".into()),
        start: Some(new.start),
        end: Some(new.end),
        guests: Some(vec![Invitee {
            email: "jane@example.com".into(),
            name: Some("Jane".into()),
            is_optional: Some(true),
        }]),
        details: full_details(),
    };
    let nothing = EditCalendarEvent::default();
    for edit in [&edit, &nothing] {
        client
            .edit_calendar_event(account, calendar, event, edit)
            .await
            .unwrap();
        client
            .edit_calendar_event_seed_form(account, event, edit)
            .await
            .unwrap();
    }
    client
        .get_calendar_event(account, calendar, event)
        .await
        .unwrap();
    client
        .get_calendar_event_seed_form(account, event)
        .await
        .unwrap();
    client
        .delete_calendar_event(account, calendar, event)
        .await
        .unwrap();
    client
        .delete_calendar_event_seed_form(account, event)
        .await
        .unwrap();
    server.assert_called_all_of(Area::Calendars);
}

#[tokio::test]
async fn events_are_reached_on_a_server_that_knows_only_the_other_form() {
    let server = Server::start_with_other_forms().await;
    let client = &server.client;
    let (account, calendar) = (&AccountId::from("a"), &CalendarId::from("c"));
    let (event, edit) = (&EventId::from("e"), &EditCalendarEvent::default());
    let read = client.get_calendar_event(account, calendar, event).await;
    assert_eq!(read.unwrap().title, "Rehearsal");
    let edited = client.edit_calendar_event(account, calendar, event, edit);
    assert!(edited.await.is_ok());
    let deleted = client.delete_calendar_event(account, calendar, event);
    assert!(deleted.await.is_ok());
}

fn written(moment: &Moment) -> Value {
    Json::from(moment).0.unwrap()
}

fn full_filter() -> ListCalendarEvents {
    ListCalendarEvents {
        start: Some(Timestamp::UNIX_EPOCH),
        end: Some(Timestamp::UNIX_EPOCH),
        title: Some("t".into()),
        description: Some("d".into()),
        location: Some("l".into()),
        guests: vec!["a@example.com".into(), "b@example.com".into()],
        ical_uid: Some("u".into()),
        kinds: vec![EventKind::Birthday, EventKind::OutOfOffice],
        is_busy: Some(true),
        is_cancelled: Some(false),
        expand_series: Some(true),
        updated_after: Some(Timestamp::UNIX_EPOCH),
        updated_before: Some(Timestamp::UNIX_EPOCH),
        offset: Some(1),
        paging: Paging {
            cursor: Some(Cursor::new("c")),
            limit: Some(50),
        },
    }
}

fn full_details() -> EventDetails {
    EventDetails {
        body: Some("Bring scores".into()),
        location: Some("Lyon".into()),
        recurrence: Some(vec!["RRULE:FREQ=WEEKLY".into()]),
        availability: Some(Availability::Free),
        visibility: Some(Visibility::Private),
        conference: Some(r#"{"provider": "google_meet"}"#.parse().unwrap()),
        hide_guests: Some(true),
        guests_can_modify: Some(false),
        color: Some("1".into()),
        notify: Some(true),
    }
}
