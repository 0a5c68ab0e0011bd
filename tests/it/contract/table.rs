//! The table of operations against the contract, row by row, and against the routes of the server.

use std::collections::{BTreeMap, BTreeSet};

use onebox::api::operation::{Answer, Body, Operation, Place};
use onebox::api::operations;
use serde_json::Value;

use super::schema::contract;
use crate::support::{KEY, Stage};

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// Every operation of the contract: path, method, entry.
fn entries() -> impl Iterator<Item = (&'static str, &'static str, &'static Value)> {
    let paths = contract().document["paths"].as_object().unwrap();
    paths.iter().flat_map(|(path, item)| {
        METHODS
            .into_iter()
            .filter_map(move |method| Some((path.as_str(), method, item.get(method)?)))
    })
}

/// What both sides say about an operation, in a form that can be compared.
type Row = BTreeMap<&'static str, String>;

fn row_of_table(operation: &Operation) -> Row {
    let params: BTreeSet<String> = operation
        .params
        .iter()
        .filter(|param| param.place != Place::Body)
        .map(|param| {
            let place = match param.place {
                Place::Path => "path",
                Place::Query => "query",
                Place::Header | Place::Body => "header",
            };
            let name = param.name.to_ascii_lowercase();
            format!("{place} {name} {}", param.required)
        })
        .collect();
    let bodies = match operation.body {
        Body::None => vec![],
        Body::Json => vec!["json"],
        Body::Form => vec!["form"],
        Body::JsonOrForm => vec!["json", "form"],
    };
    let bytes = operation.answer == Answer::Bytes;
    BTreeMap::from([
        ("area", operation.area.as_str().to_owned()),
        ("method", operation.method.as_str().to_ascii_lowercase()),
        ("parameters", format!("{params:?}")),
        ("bodies", format!("{bodies:?}")),
        ("path", operation.path.to_owned()),
        ("bytes", bytes.to_string()),
    ])
}

fn row_of_contract(operation: &Operation, path: &str, method: &str, entry: &'static Value) -> Row {
    let params: BTreeSet<String> = contract()
        .parameters(entry)
        .into_iter()
        .map(|param| {
            let [place, name] = ["in", "name"].map(|word| param[word].as_str().unwrap());
            let required = param["required"] == true;
            format!("{place} {} {required}", name.to_ascii_lowercase())
        })
        .collect();
    let content = contract().resolve(&entry["requestBody"])["content"].as_object();
    let has = |media: &str| content.is_some_and(|content| content.contains_key(media));
    let bodies: Vec<&str> = match (has("application/json"), has("multipart/form-data")) {
        (false, false) => vec![],
        // Where both are offered, the client sends forms, unless JSON is what the sources know better.
        (true, true) if operation.body == Body::Form => vec!["form"],
        (true, true) => vec!["json", "form"],
        (true, false) => vec!["json"],
        (false, true) => vec!["form"],
    };
    let answers = entry["responses"].as_object().unwrap();
    let good = answers.iter().filter(|(status, _)| status.starts_with('2'));
    let json = good
        .map(|(_, answer)| contract().resolve(answer))
        .any(|answer| answer["content"].get("application/json").is_some());
    BTreeMap::from([
        ("area", entry["tags"][0].as_str().unwrap().to_owned()),
        ("method", method.to_owned()),
        ("parameters", format!("{params:?}")),
        ("bodies", format!("{bodies:?}")),
        ("path", path.to_owned()),
        ("bytes", (!json).to_string()),
    ])
}

#[test]
fn the_table_says_what_the_contract_says() {
    let mut ids = BTreeSet::new();
    for (path, method, entry) in entries() {
        let id = entry["operationId"].as_str().unwrap();
        ids.insert(id);
        let operation = operations::find(id).unwrap_or_else(|| panic!("{id} is not in the table"));
        assert_eq!(
            row_of_table(operation),
            row_of_contract(operation, path, method, entry),
            "{id}"
        );
    }
    let table: BTreeSet<&str> = operations::all().map(|operation| operation.id).collect();
    assert_eq!(table, ids);
    assert_eq!(operations::all().count(), ids.len(), "an id stands twice");
}

#[test]
fn the_table_names_the_fields_of_every_body() {
    for (_, _, entry) in entries() {
        let id = entry["operationId"].as_str().unwrap();
        let operation = operations::find(id).unwrap();
        let content = contract().resolve(&entry["requestBody"])["content"].as_object();
        let Some(content) = content else { continue };
        let schemas: Vec<&Value> = content.values().map(|media| &media["schema"]).collect();
        let fields = shared(
            &schemas
                .iter()
                .map(|schema| fields(schema))
                .collect::<Vec<_>>(),
        );
        let open = schemas
            .iter()
            .any(|schema| contract().resolve(schema)["additionalProperties"] == true);
        // The path may hold a name that the body holds too.
        let here = || operation.params.iter().filter(|p| p.place == Place::Body);
        for param in here() {
            let root = param.name.split('[').next().unwrap();
            let known = fields.contains_key(param.name) || fields.contains_key(root);
            assert!(known || open, "{id} has no field {}", param.name);
        }
        for (name, required) in fields {
            let param = here().find(|param| param.name == name);
            let nested = here().any(|param| param.name.starts_with(&format!("{name}[")));
            assert!(param.is_some() || nested, "{id} does not know {name}");
            if let Some(param) = param {
                assert_eq!(param.required, required, "{id} {name}");
            }
        }
    }
}

/// The fields of a body, and whether each is required in all its variants.
fn fields(schema: &'static Value) -> BTreeMap<String, bool> {
    let schema = contract().resolve(schema);
    let names = schema["properties"].as_object().into_iter().flatten();
    let required = |name: &String| {
        let list = schema["required"].as_array().into_iter().flatten();
        list.into_iter().any(|one| one == name.as_str())
    };
    let mut fields: BTreeMap<String, bool> = names
        .map(|(name, _)| (name.clone(), required(name)))
        .collect();
    let variants: Vec<_> = ["anyOf", "oneOf"]
        .into_iter()
        .flat_map(|word| schema[word].as_array().into_iter().flatten())
        .map(self::fields)
        .collect();
    fields.extend(shared(&variants));
    fields
}

/// The fields of all variants; what is required in each of them is required.
fn shared(variants: &[BTreeMap<String, bool>]) -> BTreeMap<String, bool> {
    let names: BTreeSet<&String> = variants.iter().flat_map(BTreeMap::keys).collect();
    let everywhere = |name: &String| variants.iter().all(|one| one.get(name) == Some(&true));
    names
        .into_iter()
        .map(|name| (name.clone(), everywhere(name)))
        .collect()
}

#[tokio::test]
async fn the_server_has_a_route_for_every_operation_and_says_so_where_it_has_none() {
    let stage = Stage::open().await;
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let detail = async |method: &str, path: &str| {
        let call = http.request(
            reqwest::Method::from_bytes(method.to_ascii_uppercase().as_bytes()).unwrap(),
            format!("{}{path}", stage.demo.url()),
        );
        let answer = call.header("x-api-key", KEY).send().await.unwrap();
        let text = answer.text().await.unwrap();
        let value: Value = serde_json::from_str(&text).unwrap_or_default();
        value["detail"].as_str().unwrap_or_default().to_owned()
    };
    let mut missing = Vec::new();
    for (path, method, _) in entries() {
        let path = path.replace(['{', '}'], "~");
        if detail(method, &path).await.starts_with("Cannot ") {
            missing.push(format!("{method} {path}"));
        }
    }
    assert_eq!(missing, [""; 0]);
    let unknown = detail("get", "/api/v1/no/such/route").await;
    assert_eq!(unknown, "Cannot GET /api/v1/no/such/route");
}
