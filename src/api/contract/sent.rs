//! Whether what is sent keeps to the contract: a request as data, or one that came over HTTP.

use axum::http::HeaderMap;
use serde_json::Value;

use super::{CONTRACT, entry};
use crate::api::operation::{Body, Operation, Place};
use crate::api::request::{Part, Payload, Request};

/// What a request sends.
pub(super) struct Sent {
    names: Vec<(String, Place)>,
    body: Written,
}

/// How a body is written.
enum Written {
    Nothing,
    Json(Value),
    Form,
}

impl Sent {
    fn of(request: &Request) -> Self {
        let query = request.query.iter().map(|(name, _)| (name, Place::Query));
        let mut names: Vec<_> = query.map(|(name, place)| (name.clone(), place)).collect();
        let headers = request.headers.iter();
        names.extend(headers.map(|(name, _)| ((*name).to_owned(), Place::Header)));
        let body = match &request.payload {
            Payload::Nothing => Written::Nothing,
            Payload::Json(fields) => Written::Json(Value::Object(fields.clone())),
            Payload::Form(parts) => {
                names.extend(parts.iter().map(|(name, _)| (name.clone(), Place::Body)));
                Written::Form
            }
        };
        Self { names, body }.with_fields()
    }

    /// The same of a request to an operation that came over HTTP, where headers of any kind may stand.
    pub(super) fn over_http(
        operation: &Operation,
        query: &str,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Self {
        let name = |text: &str, end| text.split(end).next().unwrap_or_default().to_owned();
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let mut names: Vec<_> = pairs.map(|pair| (name(pair, '='), Place::Query)).collect();
        let known = operation.params.iter();
        let known = known.filter(|param| param.place == Place::Header);
        let there = known.filter(|param| headers.contains_key(param.name));
        names.extend(there.map(|param| (param.name.to_owned(), Place::Header)));
        let text = String::from_utf8_lossy(body);
        let body = if text.starts_with("--") {
            let parts = text.split("form-data; name=\"").skip(1);
            names.extend(parts.map(|part| (name(part, '"'), Place::Body)));
            Written::Form
        } else if body.is_empty() {
            Written::Nothing
        } else {
            Written::Json(serde_json::from_slice(body).unwrap())
        };
        Self { names, body }.with_fields()
    }

    /// Adds the names of a JSON body.
    fn with_fields(mut self) -> Self {
        if let Written::Json(body) = &self.body {
            let fields = body.as_object().unwrap().keys();
            let fields = fields.map(|name| (name.clone(), Place::Body));
            self.names.extend(fields);
        }
        self
    }

    /// Checks that all this is known to the operation, in its place, that all that is required is there, and that a
    /// JSON body is valid.
    pub(super) fn check(&self, operation: &Operation) -> Result<(), String> {
        let id = operation.id;
        for (name, place) in &self.names {
            let mut known = operation.params.iter();
            let may_be_unknown = *place == Place::Body && is_open(operation);
            if !known.any(|param| param.name.eq_ignore_ascii_case(name) && param.place == *place)
                && !may_be_unknown
            {
                return Err(format!("{id} sends {name} as {place:?}"));
            }
        }
        for param in operation.params.iter().filter(|param| param.required) {
            let mut sent = self.names.iter();
            let is_sent = sent.any(|(name, place)| {
                param.name.eq_ignore_ascii_case(name) && param.place == *place
            });
            if param.place != Place::Path && !is_sent {
                return Err(format!("{id} goes without {}", param.name));
            }
        }
        match (operation.body, &self.body) {
            (Body::None, Written::Nothing) | (Body::Form | Body::JsonOrForm, Written::Form) => {
                Ok(())
            }
            (Body::Json | Body::JsonOrForm, Written::Json(body)) => is_valid(operation, body),
            _ => Err(format!("{id} has another kind of body")),
        }
    }
}

/// Whether the contract lets a body hold more than it names.
fn is_open(operation: &Operation) -> bool {
    let kinds = entry(operation)["requestBody"]["content"].as_object();
    kinds.into_iter().flatten().any(|(_, media)| {
        let named = media["schema"]["$ref"].as_str();
        let named = named.and_then(|name| CONTRACT.pointer(name.trim_start_matches('#')));
        named.unwrap_or(&media["schema"])["additionalProperties"] == true
    })
}

fn is_valid(operation: &Operation, body: &Value) -> Result<(), String> {
    let schema = &entry(operation)["requestBody"]["content"]["application/json"]["schema"];
    let mut schema = schema.clone();
    schema["components"] = CONTRACT["components"].clone();
    let validator = jsonschema::validator_for(&schema).map_err(|error| error.to_string())?;
    validator
        .validate(body)
        .map_err(|error| format!("{}: {error} in {body}", operation.id))
}

/// Fails unless all that a request sends is known to its operation, in its place, and all that is required is sent.
pub(in crate::api) fn keeps_to_contract(request: &Request) {
    let operation = request.operation();
    let path = &request.path;
    assert!(!path.contains('{'), "{}: {path}", operation.id);
    let kept = Sent::of(request).check(operation);
    kept.unwrap_or_else(|fault| panic!("{fault}"));
}

/// The text fields of a form, in order; a file is shown by its name in angle brackets.
pub(in crate::api) fn form(request: &Request) -> Vec<(&str, String)> {
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
pub(in crate::api) fn json_body(request: &Request) -> Value {
    match &request.payload {
        Payload::Json(fields) => Value::Object(fields.clone()),
        _ => panic!("{} sends no JSON", request.operation().id),
    }
}
