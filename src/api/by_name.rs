//! Builds requests from names and values, as the shell gives them: the table says where each value goes and what it is.

use serde_json::{Map, Value, json};

use super::client::Client;
use super::error::Result;
use super::fields::{Decode, Fields, Flaw};
use super::operation::{Body, Kind, Operation, Param, Place};
use super::page::{Cursor, Page};
use super::request::{Payload, Request, Upload};

/// A value for a parameter.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    /// Text, to be read as the table says.
    Text(String),
    /// JSON as it stands.
    Json(Value),
    File(Upload),
}

/// Why names and values make no request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("{operation} has no parameter `{name}`.")]
    Unknown {
        operation: &'static str,
        name: String,
    },
    #[error("{operation} needs {}.", names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "))]
    Missing {
        operation: &'static str,
        names: Vec<&'static str>,
    },
    #[error("`{name}` {problem}.")]
    Wrong { name: String, problem: String },
}

/// Builds the request that names and values describe.
pub fn request(
    operation: &'static Operation,
    given: Vec<(String, Given)>,
) -> std::result::Result<Request, Unfit> {
    let mut request = Request::to(operation);
    let form = operation.body == Body::Form
        || operation.body == Body::JsonOrForm
            && given
                .iter()
                .any(|(_, value)| matches!(value, Given::File(_)));
    let mut seen: Vec<&'static Param> = Vec::new();
    for (name, value) in given {
        let (mut param, inner) = find(operation, &name)?;
        if seen.contains(&param) && !param.many && inner.is_none() {
            param =
                namesake(operation, param, &seen).ok_or_else(|| wrong(&name, "was given twice"))?;
        }
        seen.push(param);
        // One value serves both where the same has to stand in the query and in the body.
        if let Some(twin) = namesake(operation, param, &seen).filter(|twin| twin.required) {
            seen.push(twin);
            request = place(request, twin, inner, value.clone(), form)?;
        }
        request = place(request, param, inner, value, form)?;
    }
    let missing: Vec<&'static str> = operation
        .params
        .iter()
        .filter(|param| param.required && !seen.contains(param))
        .map(|param| param.name)
        .collect();
    if !missing.is_empty() {
        return Err(Unfit::Missing {
            operation: operation.id,
            names: missing,
        });
    }
    Ok(if operation.body == Body::Json {
        request.json_body()
    } else {
        request
    })
}

/// Another parameter of the same name that has no value yet, in another place of the request.
fn namesake(
    operation: &'static Operation,
    param: &'static Param,
    seen: &[&'static Param],
) -> Option<&'static Param> {
    let mut all = operation.params.iter();
    all.find(|other| other.name == param.name && !seen.contains(other))
}

/// Puts a value where its parameter belongs.
fn place(
    request: Request,
    param: &'static Param,
    inner: Option<&str>,
    value: Given,
    form: bool,
) -> std::result::Result<Request, Unfit> {
    Ok(match param.place {
        Place::Path => request.path(param.name, word(param, &value)?),
        Place::Query => request.query(param.name, word(param, &value)?),
        Place::Header => request.header(param.name, word(param, &value)?),
        Place::Body if form => field(request, param, value)?,
        Place::Body => put(request, param, inner, value)?,
    })
}

/// Finds the parameter of a name; `start[date_time]` is the inside of `start` where the table has no such name itself.
fn find<'n>(
    operation: &'static Operation,
    name: &'n str,
) -> std::result::Result<(&'static Param, Option<&'n str>), Unfit> {
    if let Some(param) = operation.param(name) {
        return Ok((param, None));
    }
    let unknown = || Unfit::Unknown {
        operation: operation.id,
        name: name.to_owned(),
    };
    let (outer, rest) = name.split_once('[').ok_or_else(unknown)?;
    let inner = rest.strip_suffix(']').ok_or_else(unknown)?;
    let param = operation
        .param(outer)
        .filter(|param| param.kind == Kind::Json && param.place == Place::Body);
    param.map(|param| (param, Some(inner))).ok_or_else(unknown)
}

fn wrong(name: &str, problem: impl Into<String>) -> Unfit {
    Unfit::Wrong {
        name: name.to_owned(),
        problem: problem.into(),
    }
}

/// A value as a word for path, query, header or form, checked against the table.
fn word(param: &Param, value: &Given) -> std::result::Result<String, Unfit> {
    let text = match value {
        Given::Text(text) | Given::Json(Value::String(text)) => text.clone(),
        Given::Json(value) => value.to_string(),
        Given::File(_) => return Err(wrong(param.name, "is no file")),
    };
    check(param, &text)?;
    Ok(text)
}

fn check(param: &Param, text: &str) -> std::result::Result<(), Unfit> {
    match param.kind {
        Kind::Integer if text.parse::<i64>().is_err() => {
            Err(wrong(param.name, "must be a whole number"))
        }
        Kind::Number if text.parse::<f64>().is_err() => Err(wrong(param.name, "must be a number")),
        Kind::Flag if !matches!(text, "true" | "false") => {
            Err(wrong(param.name, "must be true or false"))
        }
        Kind::File => Err(wrong(param.name, "must be a file: write `=@path`")),
        _ => Ok(()),
    }
}

fn field(
    request: Request,
    param: &'static Param,
    value: Given,
) -> std::result::Result<Request, Unfit> {
    match (param.kind, value) {
        (Kind::File, Given::File(upload)) => Ok(request.file(param.name, upload)),
        (Kind::JsonText, Given::Text(text)) if !text.trim_start().starts_with(['[', '{']) => {
            let people = addresses(param, &text)?;
            let one = param.name == "from";
            let value = if one {
                people.into_iter().next().unwrap_or_default()
            } else {
                Value::Array(people)
            };
            Ok(request.field(param.name, value.to_string()))
        }
        (_, value) => {
            let word = word(param, &value)?;
            Ok(request.field(param.name, word))
        }
    }
}

/// Reads `Ada <ada@nuvem.example>, bo@x.example` as the list of people that mails want.
fn addresses(param: &Param, text: &str) -> std::result::Result<Vec<Value>, Unfit> {
    text.split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (name, address) = part.split_once('<').map_or(("", part), |(name, rest)| {
                (name.trim(), rest.trim_end_matches('>').trim())
            });
            if !address.contains('@') {
                return Err(wrong(param.name, format!("holds no mail address: {part}")));
            }
            Ok(if name.is_empty() {
                json!({"identifier": address})
            } else {
                json!({"display_name": name, "identifier": address})
            })
        })
        .collect()
}

/// Puts a value into the JSON body, at its name or inside it.
fn put(
    mut request: Request,
    param: &'static Param,
    inner: Option<&str>,
    value: Given,
) -> std::result::Result<Request, Unfit> {
    let value = match (param.kind, value) {
        (_, Given::Json(value)) => value,
        (_, Given::File(_)) => return Err(wrong(param.name, "is no file")),
        (Kind::Json | Kind::JsonText, Given::Text(text)) => {
            serde_json::from_str(&text).unwrap_or(Value::String(text))
        }
        (Kind::Integer | Kind::Number | Kind::Flag, Given::Text(text)) => {
            check(param, &text)?;
            serde_json::from_str(&text).map_err(|_| wrong(param.name, "is not a JSON value"))?
        }
        (_, Given::Text(text)) => Value::String(text),
    };
    let mut fields = match std::mem::take(&mut request.payload) {
        Payload::Json(fields) => fields,
        Payload::Nothing | Payload::Form(_) => Map::new(),
    };
    if param.name == "account_id" {
        request.account = value.as_str().map(str::to_owned);
    }
    match (inner, param.many) {
        (Some(path), _) => inside(fields.entry(param.name).or_insert(Value::Null), path, value),
        (None, true) if !value.is_array() => {
            match fields.entry(param.name).or_insert_with(|| json!([])) {
                Value::Array(items) => items.push(value),
                other => *other = value,
            }
        }
        (None, _) => {
            fields.insert(param.name.to_owned(), value);
        }
    }
    request.payload = Payload::Json(fields);
    Ok(request)
}

/// Puts a value at a path such as `a][b` (what stands between the outer brackets of `x[a][b]`); an empty step appends.
fn inside(at: &mut Value, path: &str, value: Value) {
    let (step, rest) = path
        .split_once("][")
        .map_or((path, None), |(step, rest)| (step, Some(rest)));
    let place = if step.is_empty() {
        if !at.is_array() {
            *at = json!([]);
        }
        let Value::Array(items) = at else { return };
        items.push(Value::Null);
        items.last_mut()
    } else {
        if !at.is_object() {
            *at = json!({});
        }
        let Value::Object(fields) = at else { return };
        Some(fields.entry(step).or_insert(Value::Null))
    };
    match (place, rest) {
        (Some(place), Some(rest)) => inside(place, rest, value),
        (Some(place), None) => *place = value,
        (None, _) => {}
    }
}

impl Client {
    /// Asks for one page of any list and gives the items as they came.
    pub async fn value_page(
        &self,
        request: &Request,
        cursor: Option<&Cursor>,
    ) -> Result<Page<Value>> {
        let Some(cursor) = cursor else {
            return self.page(request).await;
        };
        // The cursor holds the filters of the first request; only the account and the page size go along.
        let mut next = request.clone();
        let limit = next.query.iter().find(|(name, _)| name == "limit").cloned();
        next.query.retain(|(name, _)| {
            name == "account_id" && request.operation.param(name).is_some_and(|p| p.required)
        });
        next.query.extend(limit);
        self.page(&next.query("cursor", cursor)).await
    }
}

impl Decode for Value {
    const NAME: &'static str = "item";

    fn decode(fields: &Fields<'_>) -> std::result::Result<Self, Flaw> {
        Ok(fields.whole_object())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::operations::{accounts, calendars, emails, linkedin, messaging};

    fn text(name: &str, value: &str) -> (String, Given) {
        (name.to_owned(), Given::Text(value.to_owned()))
    }

    #[test]
    fn the_table_decides_where_a_value_goes() {
        let request = request(
            &messaging::LIST_CHATS,
            vec![text("limit", "5"), text("unread", "true")],
        )
        .unwrap();
        assert_eq!(
            request.query,
            [
                ("limit".into(), "5".into()),
                ("unread".into(), "true".into())
            ]
        );
        let request = super::request(
            &calendars::CREATE_CALENDAR_EVENT,
            vec![
                text("calendar_id", "a@b"),
                text("account_id", "acc"),
                text("title", "Lunch"),
                text("start[date_time]", "2026-11-21T12:00:00"),
                text("start[time_zone]", "Europe/Paris"),
                text("end[date]", "2026-11-21"),
                text("attendees[][email]", "lea@nuvem.example"),
            ],
        );
        let Payload::Json(body) = request.unwrap().payload else {
            panic!("not JSON")
        };
        assert_eq!(
            body.get("start"),
            Some(&json!({"date_time": "2026-11-21T12:00:00", "time_zone": "Europe/Paris"}))
        );
        assert_eq!(
            body.get("attendees"),
            Some(&json!([{"email": "lea@nuvem.example"}]))
        );
    }

    #[test]
    fn a_name_that_stands_in_two_places_reaches_both() {
        let json = |request: Request| match request.payload {
            Payload::Json(body) => Value::Object(body),
            _ => panic!("not JSON"),
        };
        let both = vec![text("account_id", "a"), text("request_url", "https://x")];
        let request = request(&linkedin::GET_RAW_DATA, both).unwrap();
        assert_eq!(request.query, [("account_id".into(), "a".into())]);
        assert_eq!(json(request)["account_id"], "a");
        let given = vec![
            text("id", "acc"),
            text("provider", "OUTLOOK"),
            text("id", "box"),
        ];
        let request = super::request(&accounts::RECONNECT_ACCOUNT, given).unwrap();
        assert_eq!(request.path, "/api/v1/accounts/acc");
        assert_eq!(json(request)["id"], "box");
        let twice = vec![text("chat_id", "a"), text("chat_id", "b")];
        assert!(super::request(&messaging::GET_CHAT, twice).is_err());
    }

    #[test]
    fn addresses_may_be_written_as_people_write_them() {
        let given = vec![
            text("account_id", "a"),
            text("to", "Léa F <lea@x.example>, bo@x.example"),
            text("body", "Hi"),
        ];
        let Payload::Form(parts) = request(&emails::SEND_EMAIL, given).unwrap().payload else {
            panic!("not a form")
        };
        let to = json!([{"display_name": "Léa F", "identifier": "lea@x.example"}, {"identifier": "bo@x.example"}]);
        assert!(parts.contains(&(
            "to".to_owned(),
            super::super::request::Part::Text(to.to_string())
        )));
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let problem = |given| {
            request(&messaging::SEND_MESSAGE, given)
                .unwrap_err()
                .to_string()
        };
        assert_eq!(problem(vec![]), "sendMessage needs `chat_id`.");
        assert_eq!(
            problem(vec![text("txt", "x")]),
            "sendMessage has no parameter `txt`."
        );
        let twice = vec![text("chat_id", "a"), text("chat_id", "b")];
        assert_eq!(problem(twice), "`chat_id` was given twice.");
        let number = request(&messaging::LIST_CHATS, vec![text("limit", "many")]).unwrap_err();
        assert_eq!(number.to_string(), "`limit` must be a whole number.");
    }
}
