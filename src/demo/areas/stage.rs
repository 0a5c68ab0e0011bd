//! What the tests of the demo share: a small world, requests to it, and a check of its answers against the contract.

use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use crate::demo::ask::{Ask, FormPart, Given};
use crate::demo::live;
use crate::demo::problem::Problem;
use crate::demo::reply::{Reply, ReplyBody};
use crate::demo::routes::Handler;
use crate::demo::seed::{self, Scale};
use crate::demo::world::World;

/// Names that stand in paths; all others are put into the query.
const PARTS: &[&str] = &[
    "identifier",
    "invitation_id",
    "post_id",
    "id",
    "user_id",
    "job_id",
    "draft_id",
    "applicant_id",
    "calendar_id",
    "event_id",
];

/// A world with the written conversations and a little more.
pub(in crate::demo) fn world() -> World {
    let mut world = seed::world(&Scale {
        seed: 7,
        began: 1_795_000_000_000,
        chats: 60,
        messages: 900,
        mails: 100,
    })
    .unwrap();
    world.events.clear();
    world
}

/// Place of an account by its key.
pub(in crate::demo) fn place(world: &World, key: &str) -> u32 {
    world.account_by_key(key).unwrap()
}

/// Id of an account by its key.
pub(in crate::demo) fn account(world: &World, key: &str) -> String {
    world.account_id(place(world, key))
}

/// A request with a JSON body.
pub(in crate::demo) fn ask(body: Value) -> Ask {
    let body = match body {
        Value::Null => Given::Nothing,
        body => Given::Json(serde_json::from_value::<Map<String, Value>>(body).unwrap()),
    };
    Ask {
        body,
        origin: "http://127.0.0.1:4010".to_owned(),
        ..Ask::default()
    }
}

/// A request with a form as browsers send it.
pub(in crate::demo) fn form(fields: &[(&str, &str)]) -> Ask {
    let part = |(name, value): &(&str, &str)| FormPart {
        name: (*name).to_owned(),
        file_name: None,
        mime: None,
        bytes: value.as_bytes().to_vec(),
    };
    Ask {
        body: Given::Form(fields.iter().map(part).collect()),
        ..ask(Value::Null)
    }
}

/// The request with a value in its path.
pub(in crate::demo) fn at(name: &'static str, id: &str, mut ask: Ask) -> Ask {
    ask.path.insert(name, id.to_owned());
    ask
}

/// A request with values in its path and its query.
pub(in crate::demo) fn query(values: &[(&'static str, &str)]) -> Ask {
    body(values, Value::Null)
}

/// The same with a JSON body.
pub(in crate::demo) fn body(values: &[(&'static str, &str)], body: Value) -> Ask {
    let mut ask = ask(body);
    for (name, value) in values {
        if PARTS.contains(name) {
            ask.path.insert(name, (*value).to_owned());
        }
        ask.query.push(((*name).to_owned(), (*value).to_owned()));
    }
    ask
}

/// Asks and expects a JSON answer of a status that keeps to a schema.
pub(in crate::demo) fn good(
    world: &mut World,
    handler: Handler,
    ask: &Ask,
    (status, schema): (u16, &str),
) -> Value {
    let reply = handler(world, ask).unwrap();
    assert_eq!(reply.status, status, "{reply:?}");
    let body = get_json(Ok(reply));
    fits(schema, &body);
    body
}

/// The JSON of a good answer.
pub(in crate::demo) fn get_json(answer: Result<Reply, Problem>) -> Value {
    match answer.unwrap().body {
        ReplyBody::Json(body) => body,
        body => panic!("not JSON: {body:?}"),
    }
}

/// Asks and expects an error; gives its status and slug.
pub(in crate::demo) fn bad(world: &mut World, handler: Handler, ask: &Ask) -> (u16, &'static str) {
    let Problem { status, slug, .. } = handler(world, ask).map(|_| ()).unwrap_err();
    (status, slug)
}

/// The text of a page.
pub(in crate::demo) fn html(reply: Reply) -> (u16, String) {
    match reply.body {
        ReplyBody::Html(page) => (reply.status, page),
        body => panic!("not a page: {body:?}"),
    }
}

/// Lets time pass, and what is due happen.
pub(in crate::demo) fn pass(world: &mut World, millis: i64) {
    world.now += millis;
    live::advance(world);
}

/// What happened since the last time, by the names of the events.
pub(in crate::demo) fn news(world: &mut World) -> Vec<&'static str> {
    std::mem::take(&mut world.events)
        .into_iter()
        .map(|event| event.event)
        .collect()
}

/// Checks a value against a schema of the contract and says everything that is wrong.
pub(in crate::demo) fn fits(schema: &str, value: &Value) {
    static CONTRACT: LazyLock<Value> = LazyLock::new(|| {
        serde_yaml_ng::from_str(include_str!("../../../assets/openapi.yaml")).unwrap()
    });
    let root = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": format!("#/components/schemas/{schema}"),
        "components": CONTRACT["components"],
    });
    let validator = jsonschema::validator_for(&root).unwrap();
    let faults: Vec<String> = validator
        .iter_errors(value)
        .map(|fault| format!("{} at {}", fault, fault.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{schema}: {faults:#?}\n{value:#}");
}

#[test]
#[should_panic(expected = "AccountCreated")]
fn a_wrong_answer_is_found_out() {
    let answer = json!({"object": "AccountReconnected", "account_id": "x"});
    fits("AccountCreated", &answer);
}
