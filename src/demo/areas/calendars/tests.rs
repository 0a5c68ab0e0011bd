//! Calendars and events, walked through as the owner would.

use super::*;
use crate::demo::areas::stage::{account, body, get_json, query, world};

const GMAIL: &str = "gmail";
const WORK: &str = "ada@nuvem.example";

#[test]
fn a_series_unfolds_and_one_of_its_occurrences_can_go_its_own_way() {
    let mut world = world();
    let gmail = account(&world, GMAIL);
    let stand_up = [
        ("calendar_id", WORK),
        ("account_id", &gmail),
        ("title", "weather"),
    ];
    let masters = get_json(events(&mut world, &query(&stand_up)));
    assert_eq!(masters["data"].as_array().unwrap().len(), 1);
    assert!(masters["data"][0]["recurrence"].is_array());

    let (from, to) = (world.began, world.began + 14 * 86_400_000);
    let [from, to] = [from, to].map(crate::demo::areas::words::moment);
    let window = [
        &stand_up[..],
        &[
            ("expand_recurring", "true"),
            ("start", &from),
            ("end", &to),
            ("limit", "4"),
        ],
    ]
    .concat();
    let first = get_json(events(&mut world, &query(&window)));
    let cursor = first["next_cursor"].as_str().unwrap().to_owned();
    let rest = get_json(events(
        &mut world,
        &query(&[
            ("calendar_id", WORK),
            ("account_id", &gmail),
            ("cursor", &cursor),
            ("limit", "50"),
        ]),
    ));
    assert_eq!(first["data"].as_array().unwrap().len(), 4);
    assert_eq!(rest["data"].as_array().unwrap().len(), 6);
    let one = first["data"][1]["id"].as_str().unwrap().to_owned();
    assert!(first["data"][1]["master_event_id"].is_string());

    let path = [("event_id", one.as_str()), ("account_id", &gmail)];
    let change = body(&path, serde_json::json!({"title": "Weather, in hats"}));
    get_json(edit(&mut world, &change));
    let event_now = get_json(event(&mut world, &query(&path)));
    assert_eq!(event_now["title"], "Weather, in hats");
    assert_eq!(event_now["master_event_id"], masters["data"][0]["id"]);
    get_json(delete(&mut world, &query(&path)));
    assert_eq!(event(&mut world, &query(&path)).unwrap_err().status, 404);
    let names: Vec<_> = world.events.iter().map(|event| event.event).collect();
    assert_eq!(names, ["calendar_event_updated", "calendar_event_deleted"]);
}

#[test]
fn an_event_is_made_where_the_owner_may_write() {
    let mut world = world();
    let gmail = account(&world, GMAIL);
    let new = serde_json::json!({
        "title": "Tea", "attendees": [{"email": "lea@nuvem.example"}],
        "start": {"date_time": "2026-12-01T15:00:00Z", "time_zone": "Europe/Paris"},
        "end": {"date_time": "2026-12-01T15:30:00Z", "time_zone": "Europe/Paris"},
    });
    let at = |calendar: &'static str| [("calendar_id", calendar), ("account_id", gmail.as_str())];
    let made = get_json(create(&mut world, &body(&at(WORK), new.clone())));
    let id = made["event_id"].as_str().unwrap();
    let shown = get_json(event(
        &mut world,
        &query(&[("event_id", id), ("account_id", &gmail)]),
    ));
    assert_eq!(shown["start"]["date_time"], "2026-12-01T16:00:00+01:00");
    let holidays = at("holidays.nuvem@group.nuvem.example");
    assert_eq!(
        create(&mut world, &body(&holidays, new))
            .unwrap_err()
            .status,
        403
    );
    let whatsapp = account(&world, "whatsapp");
    let wrong = list(&mut world, &query(&[("account_id", &whatsapp)]));
    assert_eq!(wrong.unwrap_err().status, 501);
    assert_eq!(
        list(&mut world, &query(&[])).unwrap_err().slug,
        "missing_parameters"
    );
}
