//! What the tests of the areas share: a small world, requests, and a check of answers against the contract.

use serde_json::Value;

use crate::demo::ask::{Ask, Given};
use crate::demo::problem::Problem;
use crate::demo::reply::{Reply, ReplyBody};
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

pub(super) fn world() -> World {
    let mut world = seed::world(&Scale {
        seed: 7,
        began: 1_795_000_000_000,
        chats: 60,
        messages: 900,
        mails: 100,
    })
    .unwrap_or_else(|error| panic!("{error}"));
    world.events.clear();
    world
}

/// Id of an account by its key.
pub(super) fn account(world: &World, key: &str) -> String {
    let at = world.accounts.iter().position(|one| one.key == key);
    world.account_id(u32::try_from(at.unwrap()).unwrap())
}

pub(super) fn ask() -> Ask {
    Ask::default()
}

/// A request with values in its path and its query.
pub(super) fn query(values: &[(&'static str, &str)]) -> Ask {
    let mut ask = Ask::default();
    for (name, value) in values {
        if PARTS.contains(name) {
            ask.path.insert(name, (*value).to_owned());
        }
        ask.query.push(((*name).to_owned(), (*value).to_owned()));
    }
    ask
}

/// The same with a JSON body.
pub(super) fn body(values: &[(&'static str, &str)], body: Value) -> Ask {
    let Value::Object(fields) = body else {
        panic!("a body is an object")
    };
    Ask {
        body: Given::Json(fields),
        ..query(values)
    }
}

/// The JSON of a good answer.
pub(super) fn get_json(answer: Result<Reply, Problem>) -> Value {
    match answer {
        Ok(Reply {
            body: ReplyBody::Json(value),
            ..
        }) => value,
        other => panic!("{other:?}"),
    }
}

/// Fails unless a value fits a schema of the contract.
pub(super) fn fits(schema: &str, value: &Value) {
    static CONTRACT: std::sync::OnceLock<Value> = std::sync::OnceLock::new();
    let contract = CONTRACT.get_or_init(|| {
        let text = include_str!("../../../assets/openapi.yaml");
        serde_yaml_ng::from_str(text).unwrap_or_else(|error| panic!("{error}"))
    });
    let rule = serde_json::json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": format!("#/components/schemas/{schema}"),
        "components": contract["components"],
    });
    let validator = jsonschema::validator_for(&rule).unwrap_or_else(|error| panic!("{error}"));
    let faults: Vec<String> = validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{schema}: {faults:#?}");
}
