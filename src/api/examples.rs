//! The contract as a test double: its examples as answers, its schemas as a measure of what must be read and sent.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::sync::{Arc, LazyLock, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{Method as HttpMethod, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use secrecy::SecretString;
use serde_json::{Value, json};

use super::base_url::BaseUrl;
use super::client::Client;
use super::fields::{Decode, Fields, Flaw, Flaws};
use super::operation::{Answer, Area, Body, Operation, Place, Standing};
use super::operations;

static CONTRACT: LazyLock<Value> =
    LazyLock::new(|| serde_yaml_ng::from_str(include_str!("../../assets/openapi.yaml")).unwrap());

/// Reads the contract's example of an answer, which must leave no flaw.
pub(super) fn one<T: Decode>(operation: &Operation) -> T {
    read(&example(operation)).unwrap()
}

/// Reads the items of the contract's example of a list, which must leave no flaw.
pub(super) fn items<T: Decode>(operation: &Operation) -> Vec<T> {
    let page = example(operation);
    let items = page.get("items").or_else(|| page.get("data")).unwrap();
    let items = items.as_array().unwrap();
    items.iter().map(|item| read(item).unwrap()).collect()
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

/// Checks that each field of a schema, one by one, makes a difference to what is read from it. `except` names those that
/// may go unread, and `object`, the tag, always may.
pub(super) fn every_field_counts<T: Decode + Debug + PartialEq>(schema: &str, except: &[&str]) {
    let full = sample(&json!({ "$ref": format!("#/components/schemas/{schema}") }));
    let whole: T = read(&full).unwrap();
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
        let is_read = read(&changed).as_ref() != Ok(&whole);
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

/// The contract's own words on an operation.
fn entry(operation: &Operation) -> &'static Value {
    let method = operation.method.as_str().to_ascii_lowercase();
    &CONTRACT["paths"][operation.path][method]
}

fn example(operation: &Operation) -> Value {
    let answers = entry(operation)["responses"].as_object().unwrap();
    let good = answers.iter().find(|(status, _)| status.starts_with('2'));
    good.unwrap().1["content"]["application/json"]["example"].clone()
}

/// A server that answers each call with the contract's example, if the call is what the contract says.
pub(super) struct Server {
    pub(super) client: Client,
    calls: Arc<Calls>,
}

#[derive(Default)]
struct Calls {
    /// Whether the verified forms of operations with two forms are unknown.
    only_other_forms: bool,
    seen: Mutex<BTreeSet<&'static str>>,
}

impl Server {
    /// Starts a server that knows everything.
    pub(super) async fn start() -> Self {
        Self::serve(Calls::default()).await
    }

    /// Starts a server that knows operations with two forms only in the other one.
    pub(super) async fn start_with_other_forms() -> Self {
        Self::serve(Calls {
            only_other_forms: true,
            ..Calls::default()
        })
        .await
    }

    async fn serve(calls: Calls) -> Self {
        let calls = Arc::new(calls);
        let router = Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&calls));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = BaseUrl::parse(&listener.local_addr().unwrap().to_string()).unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        let client = Client::new(base, &SecretString::from("key")).unwrap();
        Self { client, calls }
    }

    /// Checks that each operation of an area was called.
    pub(super) fn assert_called_all_of(&self, area: Area) {
        let seen = self.calls.seen.lock().unwrap();
        let missed: Vec<_> = operations::all()
            .filter(|operation| operation.area == area && !seen.contains(operation.id))
            .map(|operation| operation.id)
            .collect();
        assert!(missed.is_empty(), "not called: {missed:?}");
    }
}

async fn answer(
    State(calls): State<Arc<Calls>>,
    method: HttpMethod,
    uri: Uri,
    body: Bytes,
) -> Response {
    let known = find(method.as_str(), uri.path()).filter(|operation| {
        !(calls.only_other_forms && matches!(operation.standing, Standing::Verified { .. }))
    });
    let Some(operation) = known else {
        return (StatusCode::NOT_FOUND, "{}").into_response();
    };
    if let Err(title) = check(operation, uri.query().unwrap_or_default(), &body) {
        let problem = json!({ "title": title }).to_string();
        return (StatusCode::BAD_REQUEST, problem).into_response();
    }
    calls.seen.lock().unwrap().insert(operation.id);
    match operation.answer {
        Answer::Bytes => ([(header::CONTENT_TYPE, "application/pdf")], "%PDF").into_response(),
        Answer::Json => example(operation).to_string().into_response(),
    }
}

/// The operation of a path; of several the one with the fewest placeholders.
fn find(method: &str, path: &str) -> Option<&'static Operation> {
    let fits = |operation: &&Operation| {
        let (mut given, mut wanted) = (path.split('/'), operation.path.split('/'));
        operation.method.as_str() == method
            && path.split('/').count() == operation.path.split('/').count()
            && given.all(|given| {
                let wanted = wanted.next().unwrap();
                wanted == given || wanted.starts_with('{')
            })
    };
    operations::all()
        .filter(fits)
        .min_by_key(|operation| operation.path.matches('{').count())
}

fn check(operation: &Operation, query: &str, body: &[u8]) -> Result<(), String> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let names: BTreeSet<_> = pairs.filter_map(|pair| pair.split('=').next()).collect();
    check_names(operation, Place::Query, &names)?;
    let text = String::from_utf8_lossy(body);
    if text.starts_with("--") {
        let parts = text.split("form-data; name=\"").skip(1);
        let names = parts.filter_map(|part| part.split('"').next()).collect();
        return check_names(operation, Place::Body, &names);
    }
    match (operation.body, body) {
        (Body::None, []) => Ok(()),
        (Body::Json | Body::JsonOrForm, _) => check_json(operation, body),
        _ => Err(format!("{} has another kind of body", operation.id)),
    }
}

fn check_names(operation: &Operation, place: Place, names: &BTreeSet<&str>) -> Result<(), String> {
    let known = || operation.params.iter().filter(|param| param.place == place);
    let stray = names
        .iter()
        .find(|name| known().all(|param| param.name != **name));
    let lacking = known().find(|param| param.required && !names.contains(param.name));
    match (stray, lacking) {
        (Some(name), _) => Err(format!("{} does not know {name}", operation.id)),
        (None, Some(param)) => Err(format!("{} lacks {}", operation.id, param.name)),
        (None, None) => Ok(()),
    }
}

fn check_json(operation: &Operation, body: &[u8]) -> Result<(), String> {
    let body = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    let schema = &entry(operation)["requestBody"]["content"]["application/json"]["schema"];
    let mut schema = schema.clone();
    schema["components"] = CONTRACT["components"].clone();
    let validator = jsonschema::validator_for(&schema).map_err(|error| error.to_string())?;
    validator
        .validate(&body)
        .map_err(|error| format!("{}: {error} in {body}", operation.id))
}
