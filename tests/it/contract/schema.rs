//! Holds what travelled against `assets/openapi.yaml`: requests and answers, down to the last field.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

use axum::http::{HeaderMap, HeaderValue};
use jsonschema::error::ValidationErrorKind as Kind;
use jsonschema::{Draft, ValidationError, Validator};
use serde_json::{Value, json};

use super::form;
use super::tap::Exchange;

/// The contract, ready to be asked.
#[derive(Debug)]
pub(crate) struct Contract {
    pub(crate) document: Value,
    validators: Mutex<HashMap<String, Arc<Validator>>>,
}

/// The operation that a request calls.
#[derive(Debug)]
pub(crate) struct Called {
    pub(crate) id: &'static str,
    entry: &'static Value,
    /// What stands for the placeholders, decoded.
    parts: Vec<(&'static str, String)>,
}

/// The one contract.
pub(crate) fn contract() -> &'static Contract {
    static CONTRACT: LazyLock<Contract> = LazyLock::new(|| {
        let text = include_str!("../../../assets/openapi.yaml");
        let mut document = serde_yaml_ng::from_str(text).unwrap();
        allow_other_attachments(&mut document);
        Contract {
            document,
            validators: Mutex::default(),
        }
    });
    &CONTRACT
}

/// The contract says in words that attachments of other types exist in the field; here as a schema.
fn allow_other_attachments(document: &mut Value) {
    let union = &mut document["components"]["schemas"]["Attachment"];
    let known: Vec<String> = union["discriminator"]["mapping"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    union["oneOf"].as_array_mut().unwrap().push(json!({
        "type": "object",
        "required": ["type", "id", "unavailable"],
        "properties": {
            "type": { "type": "string", "not": { "enum": known } },
            "id": { "type": "string" },
            "unavailable": { "type": "boolean" },
        },
    }));
}

/// What is wrong with an exchange; nothing, if the contract is kept.
pub(crate) async fn faults(exchange: &Exchange) -> Vec<String> {
    let contract = contract();
    let Some(called) = contract.called(&exchange.method, &exchange.path) else {
        return vec![format!(
            "{} {}: no such operation",
            exchange.method, exchange.path
        )];
    };
    let mut faults = Vec::new();
    contract.check_parameters(&called, exchange, &mut faults);
    contract.check_body(&called, exchange, &mut faults).await;
    contract.check_answer(&called, exchange, &mut faults);
    let name = |fault| format!("{} ({}): {fault}", called.id, exchange.status);
    faults.into_iter().map(name).collect()
}

/// What is wrong with the answer alone; the request may be anything.
pub(crate) fn answer_faults(exchange: &Exchange) -> Vec<String> {
    let mut faults = Vec::new();
    if let Some(called) = contract().called(&exchange.method, &exchange.path) {
        contract().check_answer(&called, exchange, &mut faults);
    }
    faults
}

/// Fields that the official SDK insists on and the contract leaves out without forbidding them.
const WANTED_BY_THE_SDK: &[&str] = &[
    "entities",
    "listed_count",
    "favourites_count",
    "default_profile",
    "default_profile_image",
    "withheld_in_countries",
];

impl Contract {
    /// Finds the operation of a request; a path with more literal segments wins.
    pub(crate) fn called(&'static self, method: &str, path: &str) -> Option<Called> {
        let given: Vec<String> = path.split('/').map(decode).collect();
        let method = method.to_ascii_lowercase();
        let paths = self.document["paths"].as_object()?;
        let fitting = paths.iter().filter_map(|(template, item)| {
            let entry = item.get(&method)?;
            let wanted: Vec<&'static str> = template.split('/').collect();
            let mut parts = Vec::new();
            for (want, have) in wanted.iter().zip(&given) {
                match want.strip_prefix('{').and_then(|w| w.strip_suffix('}')) {
                    Some(name) => parts.push((name, have.clone())),
                    None if want == have => {}
                    None => return None,
                }
            }
            let called = Called {
                id: entry["operationId"].as_str()?,
                entry,
                parts,
            };
            (wanted.len() == given.len()).then_some(called)
        });
        fitting.min_by_key(|called| called.parts.len())
    }

    /// The parameters of an operation, looked up.
    pub(crate) fn parameters(&self, entry: &'static Value) -> Vec<&Value> {
        let list = entry["parameters"].as_array().into_iter().flatten();
        list.map(|parameter| self.resolve(parameter)).collect()
    }

    /// What a value refers to, or the value itself.
    pub(crate) fn resolve<'v>(&'v self, value: &'v Value) -> &'v Value {
        match value.get("$ref").and_then(Value::as_str) {
            Some(target) => {
                let target = self.document.pointer(target.trim_start_matches('#'));
                self.resolve(target.unwrap())
            }
            None => value,
        }
    }

    fn check_parameters(&self, called: &Called, exchange: &Exchange, faults: &mut Vec<String>) {
        let query: Vec<(String, String)> =
            reqwest::Url::parse(&format!("http://x/?{}", exchange.query))
                .unwrap()
                .query_pairs()
                .into_owned()
                .collect();
        let known = self.parameters(called.entry);
        for (name, _) in &query {
            let declared = known
                .iter()
                .any(|one| one["in"] == "query" && one["name"] == **name);
            if !declared {
                faults.push(format!("query parameter `{name}` is not declared"));
            }
        }
        for one in known {
            let name = one["name"].as_str().unwrap();
            let given: Vec<String> = match one["in"].as_str().unwrap() {
                "path" => values(&called.parts, name),
                "query" => values(&query, name),
                _ => exchange
                    .headers
                    .get_all(name)
                    .iter()
                    .map(|value| value.to_str().unwrap().to_owned())
                    .collect(),
            };
            if given.is_empty() && one["required"] == true {
                faults.push(format!("parameter `{name}` is required"));
            }
            for text in given {
                let value = self.coerce(&one["schema"], &text);
                self.check(&one["schema"], &value, &format!("parameter {name}"), faults);
            }
        }
        let key = exchange.headers.get("x-api-key");
        if key.is_none_or(HeaderValue::is_empty) {
            faults.push("no X-API-KEY".to_owned());
        }
    }

    async fn check_body(&self, called: &Called, exchange: &Exchange, faults: &mut Vec<String>) {
        let wanted = self.resolve(&called.entry["requestBody"]);
        let kind = header(&exchange.headers, "content-type");
        if wanted.is_null() || exchange.body.is_empty() {
            if !exchange.body.is_empty() {
                faults.push("a body that is not declared".to_owned());
            }
            if wanted["required"] == true {
                faults.push("no body".to_owned());
            }
            return;
        }
        let media = essence(&kind);
        let Some(schema) = wanted["content"].get(media).map(|media| &media["schema"]) else {
            faults.push(format!("body as `{kind}` is not declared"));
            return;
        };
        let value = if media == "multipart/form-data" {
            form::read(self, schema, &kind, exchange.body.clone(), faults).await
        } else {
            match serde_json::from_slice(&exchange.body) {
                Ok(value) => value,
                Err(error) => {
                    faults.push(format!("body: {error}"));
                    return;
                }
            }
        };
        self.check(schema, &value, "body", faults);
        self.check_names(&[schema], &value, "body", faults);
    }

    fn check_answer(&self, called: &Called, exchange: &Exchange, faults: &mut Vec<String>) {
        let status = exchange.status.to_string();
        let family = format!("{}XX", exchange.status / 100);
        let declared = [status.as_str(), &family, "default"]
            .into_iter()
            .find_map(|status| called.entry["responses"].get(status))
            .or_else(|| self.of_any_account(exchange));
        let kind = header(&exchange.answer_headers, "content-type");
        let text = String::from_utf8_lossy(&exchange.answer);
        let Some(declared) = declared.map(|answer| self.resolve(answer)) else {
            faults.push(format!(
                "status {status} is not declared: {}",
                short(&text, 300)
            ));
            return;
        };
        let media = essence(&kind);
        // What is declared as mere bytes may call itself anything but a text of the server's own.
        let generic = || {
            let own = matches!(media, "application/json" | "text/html" | "");
            declared["content"]
                .get("application/octet-stream")
                .filter(|_| !own)
        };
        let Some(media_type) = declared["content"].get(media).or_else(generic) else {
            faults.push(format!(
                "answer as `{kind}` is not declared: {}",
                short(&text, 300)
            ));
            return;
        };
        if media != "application/json" {
            if exchange.answer.is_empty() {
                faults.push("an answer without bytes".to_owned());
            }
            return;
        }
        let value: Value = match serde_json::from_str(&text) {
            Ok(value) => value,
            Err(error) => {
                faults.push(format!("answer: {error}"));
                return;
            }
        };
        self.check(&media_type["schema"], &value, "answer", faults);
        self.check_names(&[&media_type["schema"]], &value, "answer", faults);
        if exchange.status >= 400 && value["status"] != exchange.status {
            faults.push(format!("answer/status: {} is another", value["status"]));
        }
    }

    /// What holds for every request on behalf of an account, where the contract lists it only for some: the account may
    /// not be there, and its network may not offer the act.
    fn of_any_account(&self, exchange: &Exchange) -> Option<&Value> {
        let body = String::from_utf8_lossy(&exchange.body);
        let names_account = exchange.query.contains("account_id=") || body.contains("account_id");
        let name = match exchange.status {
            404 => "E404",
            501 => "E501",
            _ => return None,
        };
        names_account.then(|| &self.document["components"]["responses"][name])
    }

    /// Checks a value against a schema of the document.
    pub(crate) fn check(
        &self,
        schema: &Value,
        value: &Value,
        place: &str,
        faults: &mut Vec<String>,
    ) {
        let mut validators = self.validators.lock().unwrap();
        let key = schema.to_string();
        let validator = validators.entry(key).or_insert_with(|| {
            let mut whole = schema.clone();
            let schemas = &self.document["components"]["schemas"];
            whole["components"] = json!({ "schemas": schemas });
            let options = jsonschema::options()
                .with_draft(Draft::Draft202012)
                .should_validate_formats(true);
            Arc::new(options.build(&whole).unwrap())
        });
        for error in validator.iter_errors(value) {
            explain(&error, place, faults);
        }
    }

    /// Notes every field that no variant of the schemas knows.
    fn check_names(
        &self,
        schemas: &[&Value],
        value: &Value,
        place: &str,
        faults: &mut Vec<String>,
    ) {
        let mut variants = Vec::new();
        for schema in schemas {
            self.variants(schema, &mut variants);
        }
        match value {
            Value::Object(fields) => {
                let open = variants.iter().any(|variant| {
                    let more = variant.get("additionalProperties");
                    let says = |word| variant.get(word).is_some();
                    let says_nothing = !["properties", "anyOf", "oneOf", "allOf"]
                        .into_iter()
                        .any(says);
                    more.is_some_and(|more| *more != false) || says_nothing && is_object(variant)
                });
                for (name, field) in fields {
                    let inner: Vec<&Value> = variants
                        .iter()
                        .filter_map(|variant| variant["properties"].get(name))
                        .collect();
                    let place = format!("{place}/{name}");
                    if inner.is_empty() && !open && !WANTED_BY_THE_SDK.contains(&name.as_str()) {
                        let field = short(&field.to_string(), 80);
                        faults.push(format!("{place}: a field that is not declared: {field}"));
                    }
                    if !inner.is_empty() {
                        self.check_names(&inner, field, &place, faults);
                    }
                }
            }
            Value::Array(items) => {
                let inner: Vec<&Value> = variants.iter().filter_map(|v| v.get("items")).collect();
                for (n, item) in items.iter().enumerate().filter(|_| !inner.is_empty()) {
                    self.check_names(&inner, item, &format!("{place}/{n}"), faults);
                }
            }
            _ => {}
        }
    }

    /// A schema and all that it may stand for.
    fn variants<'v>(&'v self, schema: &'v Value, into: &mut Vec<&'v Value>) {
        let schema = self.resolve(schema);
        into.push(schema);
        for word in ["anyOf", "oneOf", "allOf"] {
            for one in schema[word].as_array().into_iter().flatten() {
                self.variants(one, into);
            }
        }
    }

    /// Reads a text as the type that a schema wants, if it can be read so.
    pub(crate) fn coerce(&self, schema: &Value, text: &str) -> Value {
        let mut variants = Vec::new();
        self.variants(schema, &mut variants);
        let wants = |kind: &str| {
            variants.iter().any(|variant| {
                let types = &variant["type"];
                types == kind
                    || types
                        .as_array()
                        .is_some_and(|all| all.contains(&json!(kind)))
            })
        };
        let read = match serde_json::from_str::<Value>(text) {
            Ok(value @ Value::Bool(_)) if wants("boolean") => Some(value),
            Ok(value @ Value::Number(_)) if wants("integer") || wants("number") => Some(value),
            Ok(value @ (Value::Object(_) | Value::Array(_))) if wants("object") => Some(value),
            _ => None,
        };
        read.unwrap_or_else(|| text.into())
    }
}

/// Whether a schema allows objects by its type.
fn is_object(schema: &Value) -> bool {
    match &schema["type"] {
        Value::Null => true,
        Value::String(kind) => kind == "object",
        kinds => {
            let kinds = kinds.as_array();
            kinds.is_some_and(|all| all.contains(&json!("object")))
        }
    }
}

/// Says what is wrong where; of several variants, the one that was probably meant.
fn explain(error: &ValidationError<'_>, place: &str, faults: &mut Vec<String>) {
    if let Kind::AnyOf { context } | Kind::OneOfNotValid { context } = error.kind() {
        let tags = |variant: &Vec<ValidationError<'_>>| {
            let tag = |one: &&ValidationError<'_>| matches!(one.kind(), Kind::Constant { .. });
            variant.iter().filter(tag).count()
        };
        let meant = context
            .iter()
            .filter(|variant| !variant.is_empty())
            .min_by_key(|variant| (tags(variant), variant.len()));
        for inner in meant.into_iter().flatten() {
            explain(inner, place, faults);
        }
        return;
    }
    let value = short(&error.instance().to_string(), 160);
    let path = error.instance_path();
    faults.push(format!("{place}{path}: {}, being {value}", error.masked()));
}

fn values<N: AsRef<str>>(pairs: &[(N, String)], name: &str) -> Vec<String> {
    let named = pairs.iter().filter(|(one, _)| one.as_ref() == name);
    named.map(|(_, value)| value.clone()).collect()
}

fn header(headers: &HeaderMap, name: &str) -> String {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.unwrap_or_default().to_owned()
}

/// A media type without its parameters.
fn essence(kind: &str) -> &str {
    kind.split(';').next().unwrap_or_default().trim()
}

pub(crate) fn short(text: &str, most: usize) -> String {
    let mut cut: String = text.chars().take(most).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    cut
}

/// Reads a percent-encoded segment of a path.
fn decode(segment: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = segment.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}
