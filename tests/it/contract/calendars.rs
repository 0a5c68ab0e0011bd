//! Calendars and their events.

use onebox::api::calendars::{
    CreateCalendarEvent, EditCalendarEvent, EventDetails, Invitee, ListCalendarEvents,
    ListCalendars,
};
use onebox::api::operation::Area;
use onebox::model::account::Provider;
use onebox::model::calendar::{Availability, EventKind, Moment, Visibility};
use onebox::model::id::{AccountId, CalendarId, EventId};
use serde_json::json;

use super::{Scene, after, limit, refused, some};

#[tokio::test]
async fn calendars_keep_to_the_contract() {
    let scene = Scene::open().await;
    for provider in [Provider::Google, Provider::Outlook] {
        let account = scene.account(provider).await;
        calendars_and_events_are_read(&scene, &account).await;
        an_event_is_made_changed_and_deleted(&scene, &account).await;
    }
    pages_follow_the_network(&scene).await;
    what_is_not_there_is_refused(&scene).await;
    scene.end(Area::Calendars).await;
}

async fn default_calendar(scene: &Scene, account: &AccountId) -> CalendarId {
    let all = ListCalendars::default();
    let calendars = some(scene.client.list_calendars(account, &all).await.unwrap());
    let own = calendars.into_iter().find(|calendar| calendar.is_default);
    own.unwrap().id
}

async fn calendars_and_events_are_read(scene: &Scene, account: &AccountId) {
    let client = &scene.client;
    let all = ListCalendars::default();
    for calendar in some(client.list_calendars(account, &all).await.unwrap()) {
        let read = client.get_calendar(account, &calendar.id).await.unwrap();
        assert_eq!(read, calendar);
        let all = ListCalendarEvents::default();
        let events = client.list_calendar_events(account, &calendar.id, &all);
        for event in events.await.unwrap().items.iter().take(8) {
            let read = client.get_calendar_event(account, &calendar.id, &event.id);
            assert_eq!(read.await.unwrap(), *event);
        }
        let unfolded = ListCalendarEvents {
            start: Some("2026-11-20T00:00:00Z".parse().unwrap()),
            end: Some("2026-12-10T00:00:00Z".parse().unwrap()),
            expand_series: Some(true),
            kinds: vec![EventKind::Default, EventKind::Birthday],
            is_cancelled: Some(false),
            is_busy: Some(true),
            updated_after: Some("2020-01-01T00:00:00Z".parse().unwrap()),
            updated_before: Some("2030-01-01T00:00:00Z".parse().unwrap()),
            ..ListCalendarEvents::default()
        };
        let events = client.list_calendar_events(account, &calendar.id, &unfolded);
        for event in events.await.unwrap().items.iter().take(8) {
            let read = client.get_calendar_event_seed_form(account, &event.id);
            assert_eq!(read.await.unwrap().title, event.title);
        }
    }
}

fn at(text: &str) -> Moment {
    Moment::Clock {
        when: text.parse().unwrap(),
        zone: Some("Europe/Paris".into()),
    }
}

fn tea() -> CreateCalendarEvent {
    CreateCalendarEvent {
        title: "Tea ☕".into(),
        start: at("2026-12-01T16:00:00"),
        end: at("2026-12-01T16:30:00"),
        guests: vec![Invitee {
            email: "lea@nuvem.example".into(),
            name: Some("Léa".into()),
            is_optional: Some(true),
        }],
        details: EventDetails {
            body: Some("<p>With biscuits.</p>".into()),
            location: Some("Kitchen".into()),
            recurrence: Some(vec!["RRULE:FREQ=WEEKLY;COUNT=3".into()]),
            availability: Some(Availability::Busy),
            visibility: Some(Visibility::Private),
            conference: Some(json!({"type": "meet"}).into()),
            hide_guests: Some(false),
            guests_can_modify: Some(true),
            color: None,
            notify: Some(false),
        },
    }
}

async fn an_event_is_made_changed_and_deleted(scene: &Scene, account: &AccountId) {
    let client = &scene.client;
    let calendar = default_calendar(scene, account).await;
    let mut ids = Vec::new();
    for event in [
        tea(),
        CreateCalendarEvent {
            title: "Whole day".into(),
            start: Moment::Day("2026-12-24".parse().unwrap()),
            end: Moment::Day("2026-12-25".parse().unwrap()),
            guests: Vec::new(),
            details: EventDetails::default(),
        },
    ] {
        let id = client
            .create_calendar_event(account, &calendar, &event)
            .await;
        let id = id.unwrap();
        let read = client.get_calendar_event(account, &calendar, &id).await;
        let read = read.unwrap();
        assert_eq!(read.title, event.title);
        assert_eq!(read.is_all_day, matches!(event.start, Moment::Day(_)));
        ids.push(id);
    }
    let later = EditCalendarEvent {
        title: Some("Tea, later".into()),
        start: Some(at("2026-12-01T17:00:00")),
        end: Some(at("2026-12-01T17:30:00")),
        guests: Some(Vec::new()),
        details: EventDetails {
            location: Some("Roof".into()),
            ..EventDetails::default()
        },
    };
    client
        .edit_calendar_event(account, &calendar, &ids[0], &later)
        .await
        .unwrap();
    let read = client.get_calendar_event(account, &calendar, &ids[0]).await;
    let read = read.unwrap();
    assert_eq!((read.title.as_str(), read.guests.len()), ("Tea, later", 0));
    let renamed = EditCalendarEvent {
        title: Some("Day off".into()),
        ..EditCalendarEvent::default()
    };
    client
        .edit_calendar_event_seed_form(account, &ids[1], &renamed)
        .await
        .unwrap();
    let read = client.get_calendar_event_seed_form(account, &ids[1]).await;
    assert_eq!(read.unwrap().title, "Day off");
    let found = ListCalendarEvents {
        title: Some("Tea, later".into()),
        location: Some("Roof".into()),
        ..ListCalendarEvents::default()
    };
    let found = client
        .list_calendar_events(account, &calendar, &found)
        .await;
    assert_eq!(some(found.unwrap()).len(), 1);

    client
        .delete_calendar_event(account, &calendar, &ids[0])
        .await
        .unwrap();
    client
        .delete_calendar_event_seed_form(account, &ids[1])
        .await
        .unwrap();
    for id in &ids {
        let read = client.get_calendar_event(account, &calendar, id).await;
        refused(read, 404);
    }
}

/// Google pages with cursors, Outlook with an offset.
async fn pages_follow_the_network(scene: &Scene) {
    let client = &scene.client;
    let google = scene.account(Provider::Google).await;
    let first = ListCalendars {
        paging: limit(1),
        offset: None,
    };
    let first = client.list_calendars(&google, &first).await.unwrap();
    let next = ListCalendars {
        paging: after(first.cursor.clone(), 1),
        offset: None,
    };
    let second = client.list_calendars(&google, &next).await.unwrap();
    assert_ne!(some(first), some(second));
    let calendar = default_calendar(scene, &google).await;
    let first = ListCalendarEvents {
        paging: limit(2),
        ..ListCalendarEvents::default()
    };
    let page = client
        .list_calendar_events(&google, &calendar, &first)
        .await;
    let next = ListCalendarEvents {
        paging: after(page.unwrap().cursor, 100),
        ..ListCalendarEvents::default()
    };
    let page = client.list_calendar_events(&google, &calendar, &next).await;
    some(page.unwrap());

    let outlook = scene.account(Provider::Outlook).await;
    let calendar = default_calendar(scene, &outlook).await;
    let all = ListCalendarEvents::default();
    let all = client.list_calendar_events(&outlook, &calendar, &all).await;
    let all = some(all.unwrap());
    let rest = ListCalendarEvents {
        offset: Some(1),
        paging: limit(100),
        ..ListCalendarEvents::default()
    };
    let rest = client
        .list_calendar_events(&outlook, &calendar, &rest)
        .await;
    assert_eq!(rest.unwrap().items, all[1..]);
}

async fn what_is_not_there_is_refused(scene: &Scene) {
    let client = &scene.client;
    let account = &scene.account(Provider::Google).await;
    let whatsapp = scene.account(Provider::Whatsapp).await;
    let nowhere = CalendarId::from("no/such@group");
    let known = default_calendar(scene, account).await;
    let event = EventId::from("no/such?");
    let all = ListCalendars::default();
    refused(client.list_calendars(&whatsapp, &all).await, 501);
    refused(client.get_calendar(account, &nowhere).await, 404);
    let all = ListCalendarEvents::default();
    refused(
        client.list_calendar_events(account, &nowhere, &all).await,
        404,
    );
    let made = client
        .create_calendar_event(account, &nowhere, &tea())
        .await;
    refused(made, 404);
    refused(
        client.get_calendar_event(account, &known, &event).await,
        404,
    );
    let edit = EditCalendarEvent {
        title: Some("x".into()),
        ..EditCalendarEvent::default()
    };
    let edited = client
        .edit_calendar_event(account, &known, &event, &edit)
        .await;
    refused(edited, 404);
    refused(
        client.delete_calendar_event(account, &known, &event).await,
        404,
    );
    refused(
        client.get_calendar_event_seed_form(account, &event).await,
        404,
    );
    let edited = client
        .edit_calendar_event_seed_form(account, &event, &edit)
        .await;
    refused(edited, 404);
    let deleted = client
        .delete_calendar_event_seed_form(account, &event)
        .await;
    refused(deleted, 404);
}
