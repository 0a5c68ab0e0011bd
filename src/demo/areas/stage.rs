//! A small world and requests to it, for the tests of the areas.

use serde_json::{Map, Value};

use crate::demo::ask::{Ask, FormPart, Given};
use crate::demo::problem::Problem;
use crate::demo::reply::{Reply, ReplyBody};
use crate::demo::routes::Handler;
use crate::demo::seed::{self, Scale};
use crate::demo::world::World;
use crate::demo::{contract, live};

/// A world with the written conversations and little more.
pub(in crate::demo) fn world() -> World {
    let scale = Scale {
        seed: 7,
        began: 1_795_000_000_000,
        chats: 0,
        messages: 0,
        mails: 0,
    };
    seed::world(&scale).unwrap()
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

/// Asks and expects a JSON answer of a status that keeps to a schema.
pub(in crate::demo) fn good(
    world: &mut World,
    handler: Handler,
    ask: &Ask,
    (status, schema): (u16, &str),
) -> Value {
    let reply = handler(world, ask).unwrap();
    let ReplyBody::Json(body) = reply.body else {
        panic!("not JSON: {reply:?}");
    };
    assert_eq!(reply.status, status, "{body}");
    contract::fits(schema, &body);
    body
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

/// What happened since the last time, as pairs of source and event.
pub(in crate::demo) fn news(world: &mut World) -> Vec<&'static str> {
    std::mem::take(&mut world.events)
        .into_iter()
        .map(|event| event.event)
        .collect()
}
