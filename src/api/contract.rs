//! What the contract says, for the tests of the areas: its example answers, and whether a request keeps to it.

use std::sync::OnceLock;

use serde_json::Value;

use super::client::read_page;
use super::fields::{Decode, Fields, Flaws};
use super::operation::{Operation, Param, Place};
use super::operations;
use super::page::Page;
use super::request::{Part, Payload, Request};

fn contract() -> &'static Value {
    static CONTRACT: OnceLock<Value> = OnceLock::new();
    CONTRACT.get_or_init(|| {
        let text = include_str!("../../assets/openapi.yaml");
        serde_yaml_ng::from_str(text).unwrap()
    })
}

/// The examples that a description of a body holds.
fn examples(media: &Value) -> impl Iterator<Item = &Value> {
    let named = media["examples"].as_object().into_iter().flatten();
    media
        .get("example")
        .into_iter()
        .chain(named.map(|(_, example)| &example["value"]))
}

/// The example answers of an operation.
pub(super) fn answers(id: &str) -> Vec<&'static Value> {
    let operation = operations::find(id).unwrap();
    let method = operation.method.as_str().to_ascii_lowercase();
    let responses = contract()["paths"][operation.path][&method]["responses"]
        .as_object()
        .unwrap();
    let answers: Vec<_> = responses
        .iter()
        .filter(|(status, _)| status.starts_with('2'))
        .flat_map(|(_, response)| examples(&response["content"]["application/json"]))
        .collect();
    assert!(!answers.is_empty(), "{id} has no example");
    answers
}

/// Reads every example answer of an operation as one object, without a flaw.
pub(super) fn ones<T: Decode>(id: &str) -> Vec<T> {
    answers(id).into_iter().map(one).collect()
}

/// Reads the example answer of an operation as one object, without a flaw.
pub(super) fn only<T: Decode>(id: &str) -> T {
    let [answer] = answers(id)[..] else {
        panic!("{id} has several examples");
    };
    one(answer)
}

/// Reads an answer as one object, without a flaw.
pub(super) fn one<T: Decode>(answer: &Value) -> T {
    let flaws = Flaws::default();
    let value = Fields::read(answer, &flaws).unwrap_or_else(|flaw| panic!("{flaw}: {answer}"));
    assert_eq!(flaws.into_vec(), [], "{answer}");
    value
}

/// Reads the example answer of an operation as a page, without a flaw.
pub(super) fn page<T: Decode>(id: &str) -> Page<T> {
    let operation = operations::find(id).unwrap();
    let [answer] = answers(id)[..] else {
        panic!("{id} has several examples");
    };
    let page: Page<T> = read_page(operation, answer).unwrap();
    assert_eq!(page.flaws, [], "{id}");
    assert_eq!(
        Some(page.items.len()),
        answer["items"].as_array().map(Vec::len)
    );
    page
}

/// Fails unless all that a request sends is known to its operation, in its place, and all that is required is sent.
pub(super) fn keeps_to_contract(request: &Request) {
    let operation = request.operation();
    assert!(
        !request.path.contains('{'),
        "{}: {}",
        operation.id,
        request.path
    );
    let sent = sent(request);
    for (name, place) in &sent {
        let known = param(operation, name).is_some_and(|param| param.place == *place);
        assert!(known, "{} sends {name} as {place:?}", operation.id);
    }
    for param in operation.params.iter().filter(|param| param.required) {
        let here = param.place == Place::Path || sent.contains(&(param.name, param.place));
        assert!(here, "{} goes without {}", operation.id, param.name);
    }
}

fn param(operation: &Operation, name: &str) -> Option<&'static Param> {
    operation
        .params
        .iter()
        .find(|param| param.name.eq_ignore_ascii_case(name))
}

fn sent(request: &Request) -> Vec<(&str, Place)> {
    let query = request
        .query
        .iter()
        .map(|(name, _)| (name.as_str(), Place::Query));
    let headers = request
        .headers
        .iter()
        .map(|(name, _)| (*name, Place::Header));
    let body: Vec<&str> = match &request.payload {
        Payload::Nothing => Vec::new(),
        Payload::Json(fields) => fields.keys().map(String::as_str).collect(),
        Payload::Form(parts) => parts.iter().map(|(name, _)| name.as_str()).collect(),
    };
    let body = body.into_iter().map(|name| (name, Place::Body));
    query.chain(headers).chain(body).collect()
}

/// The text fields of a form, in order; a file is shown by its name in angle brackets.
pub(super) fn form(request: &Request) -> Vec<(&str, String)> {
    let Payload::Form(parts) = &request.payload else {
        panic!("{} sends no form", request.operation().id);
    };
    parts
        .iter()
        .map(|(name, part)| match part {
            Part::Text(text) => (name.as_str(), text.clone()),
            Part::File(upload) => (name.as_str(), format!("<{}>", upload.name)),
        })
        .collect()
}

/// The JSON body of a request.
pub(super) fn json(request: &Request) -> Value {
    match &request.payload {
        Payload::Json(fields) => Value::Object(fields.clone()),
        _ => panic!("{} sends no JSON", request.operation().id),
    }
}
