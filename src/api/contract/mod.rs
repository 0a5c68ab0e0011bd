//! What the contract says, for the tests of the areas: its examples and schemas as answers to read, its rules as a
//! measure of what is sent, and a server that keeps to it.

mod sent;
mod server;

use std::fmt::Debug;
use std::sync::LazyLock;

use serde_json::{Value, json};

use super::client::read_page;
use super::fields::{Decode, Fields, Flaw, Flaws};
use super::operation::Operation;
use super::page::Page;

pub(super) use sent::{form, json_body, keeps_to_contract};
pub(super) use server::Server;

static CONTRACT: LazyLock<Value> = LazyLock::new(|| {
    serde_yaml_ng::from_str(include_str!("../../../assets/openapi.yaml")).unwrap()
});

/// The contract's own words on an operation.
fn entry(operation: &Operation) -> &'static Value {
    let method = operation.method.as_str().to_ascii_lowercase();
    &CONTRACT["paths"][operation.path][method]
}

/// The example answers of an operation.
pub(super) fn answers(operation: &Operation) -> Vec<&'static Value> {
    let responses = entry(operation)["responses"].as_object().unwrap();
    let good = responses
        .iter()
        .filter(|(status, _)| status.starts_with('2'))
        .map(|(_, response)| &response["content"]["application/json"]);
    let answers: Vec<_> = good
        .flat_map(|media| {
            let named = media["examples"].as_object().into_iter().flatten();
            let named = named.map(|(_, example)| &example["value"]);
            media.get("example").into_iter().chain(named)
        })
        .collect();
    assert!(!answers.is_empty(), "{} has no example", operation.id);
    answers
}

/// The only example answer of an operation.
fn answer(operation: &Operation) -> &'static Value {
    let [answer] = answers(operation)[..] else {
        panic!("{} has several examples", operation.id);
    };
    answer
}

/// The example of what the server posts, by its name among the webhooks of the contract.
pub(super) fn posted(name: &str) -> &'static Value {
    let example = &CONTRACT["webhooks"][name]["post"]["requestBody"]["content"];
    &example["application/json"]["example"]
}

/// Reads the only example answer of an operation as one object, without a flaw.
pub(super) fn one<T: Decode>(operation: &Operation) -> T {
    whole(answer(operation))
}

/// Reads every example answer of an operation as one object, without a flaw.
pub(super) fn ones<T: Decode>(operation: &Operation) -> Vec<T> {
    answers(operation).into_iter().map(whole).collect()
}

/// Reads the items of the only example answer of an operation, all of them and without a flaw.
pub(super) fn items<T: Decode>(operation: &'static Operation) -> Vec<T> {
    let answer = answer(operation);
    let page: Page<T> = read_page(operation, answer).unwrap();
    assert_eq!(page.flaws, [], "{}", operation.id);
    let items = answer.get("items").or_else(|| answer.get("data"));
    let there = items.and_then(Value::as_array).map(Vec::len);
    assert_eq!(Some(page.items.len()), there, "{}", operation.id);
    page.items
}

/// Reads a value, any flaw inside of it being an error.
pub(super) fn read<T: Decode>(value: &Value) -> Result<T, Flaw> {
    let flaws = Flaws::default();
    let thing = Fields::read(value, &flaws)?;
    match flaws.into_vec().pop() {
        Some(flaw) => Err(flaw),
        None => Ok(thing),
    }
}

/// Reads a value, without a flaw.
pub(super) fn whole<T: Decode>(value: &Value) -> T {
    read(value).unwrap_or_else(|flaw| panic!("{flaw}: {value}"))
}

/// Checks that each field of a schema, one by one, makes a difference to what is read from it. `except` names those that
/// may go unread, and `object`, the tag, always may.
pub(super) fn every_field_counts<T: Decode + Debug + PartialEq>(schema: &str, except: &[&str]) {
    let full = sample(&json!({ "$ref": format!("#/components/schemas/{schema}") }));
    let before: T = whole(&full);
    let mut leaves = Vec::new();
    collect_leaves(&full, String::new(), &mut leaves);
    for leaf in leaves {
        let name = leaf.rsplit('/').next().unwrap();
        if name == "object" || except.contains(&name) {
            continue;
        }
        let mut changed = full.clone();
        let field = changed.pointer_mut(&leaf).unwrap();
        *field = match field {
            Value::Bool(_) => json!(false),
            Value::Number(_) => json!(8),
            _ => json!("2027-04-03T07:05:01.000Z"),
        };
        let is_read = read(&changed).as_ref() != Ok(&before);
        assert!(is_read, "{schema}{leaf} is not read");
    }
}

fn collect_leaves(value: &Value, at: String, leaves: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                collect_leaves(field, format!("{at}/{name}"), leaves);
            }
        }
        Value::Array(items) => {
            for (n, item) in items.iter().enumerate() {
                collect_leaves(item, format!("{at}/{n}"), leaves);
            }
        }
        _ => leaves.push(at),
    }
}

/// Makes a value that has every field of a schema. Its texts are moments, so that they are good for anything.
fn sample(schema: &Value) -> Value {
    if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
        return sample(CONTRACT.pointer(target.trim_start_matches('#')).unwrap());
    }
    for choice in ["anyOf", "oneOf"] {
        if let Some(first) = schema.pointer(&format!("/{choice}/0")) {
            return sample(first);
        }
    }
    if let Some(word) = schema.get("const").or_else(|| schema.pointer("/enum/0")) {
        return word.clone();
    }
    let kind = schema.get("type").unwrap_or(&Value::Null);
    match kind.as_str().or_else(|| kind.get(0)?.as_str()) {
        Some("string") => json!("2026-03-02T08:15:30.120Z"),
        Some("integer" | "number") => json!(7),
        Some("boolean") => json!(true),
        Some("array") => json!([sample(&schema["items"])]),
        _ => match schema.get("properties").and_then(Value::as_object) {
            Some(fields) => fields
                .iter()
                .map(|(name, field)| (name.clone(), sample(field)))
                .collect(),
            None => json!({ "free": "form" }),
        },
    }
}
