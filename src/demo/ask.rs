//! A request as the areas see it: path, query and body already taken apart, with readers that check as they read.

use std::collections::HashMap;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::problem::Problem;

/// One request to the embedded server.
#[derive(Debug, Clone, Default)]
pub struct Ask {
    /// Values of the placeholders in the path, decoded.
    pub path: HashMap<&'static str, String>,
    /// Query parameters in the order they came.
    pub query: Vec<(String, String)>,
    pub headers: HashMap<String, String>,
    pub body: Given,
    /// Where this server is reached, such as `http://127.0.0.1:4010`.
    pub origin: String,
}

/// Body of a request.
#[derive(Debug, Clone, Default)]
pub enum Given {
    #[default]
    Nothing,
    Json(Map<String, Value>),
    Form(Vec<FormPart>),
}

/// One part of a form.
#[derive(Debug, Clone)]
pub struct FormPart {
    pub name: String,
    /// Present when the part is a file.
    pub file_name: Option<String>,
    pub mime: Option<String>,
    pub bytes: Vec<u8>,
}

impl FormPart {
    pub(super) fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok()
    }
}

impl Ask {
    /// A value of the path; the router guarantees that it is there.
    pub(super) fn part(&self, name: &str) -> &str {
        self.path.get(name).map_or("", String::as_str)
    }

    /// A query parameter that is not empty.
    pub(super) fn query(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().find(|(key, _)| key == name);
        found
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    pub(super) fn need_query(&self, name: &str) -> Result<&str, Problem> {
        self.query(name).ok_or_else(|| Problem::missing(name))
    }

    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, Problem> {
        self.query(name)
            .map(|word| read_flag(name, word))
            .transpose()
    }

    /// A whole number between two bounds.
    pub(super) fn number(&self, name: &str, low: u64, high: u64) -> Result<Option<u64>, Problem> {
        let Some(word) = self.query(name) else {
            return Ok(None);
        };
        let number = word
            .parse::<u64>()
            .ok()
            .filter(|number| (low..=high).contains(number));
        number.map(Some).ok_or_else(|| {
            Problem::invalid(format!("`{name}` must be a number from {low} to {high}."))
        })
    }

    /// The page size, 1 to `most`.
    pub(super) fn limit(&self, most: u64, default: usize) -> Result<usize, Problem> {
        Ok(self
            .number("limit", 1, most)?
            .map_or(default, |limit| usize::try_from(limit).unwrap_or(default)))
    }

    /// A moment written the one way that is accepted: `2026-03-02T08:15:30.120Z`.
    pub(super) fn moment(&self, name: &str) -> Result<Option<i64>, Problem> {
        let Some(text) = self.query(name) else {
            return Ok(None);
        };
        exact_moment(text).map(Some).ok_or_else(|| {
            Problem::invalid(format!("`{name}` must look like 2026-03-02T08:15:30.120Z."))
        })
    }

    /// A query parameter whose value is one of a few words.
    pub(super) fn one_of(&self, name: &str, words: &[&str]) -> Result<Option<&str>, Problem> {
        match self.query(name) {
            Some(word) if !words.contains(&word) => Err(Problem::invalid(format!(
                "`{name}` must be one of {}.",
                words.join(", ")
            ))),
            word => Ok(word),
        }
    }

    /// Names joined by commas in a query parameter.
    pub(super) fn names(&self, name: &str) -> Option<Vec<&str>> {
        self.query(name).map(|text| {
            text.split(',')
                .map(str::trim)
                .filter(|part| !part.is_empty())
                .collect()
        })
    }

    /// A field of the body as JSON; form fields are texts.
    pub(super) fn field(&self, name: &str) -> Option<Value> {
        match &self.body {
            Given::Nothing => None,
            Given::Json(fields) => fields.get(name).filter(|value| !value.is_null()).cloned(),
            Given::Form(parts) => {
                let part = parts
                    .iter()
                    .find(|part| part.name == name && part.file_name.is_none())?;
                part.text().map(Value::from)
            }
        }
    }

    /// A text of the body that is not empty.
    pub(super) fn text(&self, name: &str) -> Result<Option<String>, Problem> {
        match self.field(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text).filter(|text| !text.is_empty())),
            Some(_) => Err(Problem::invalid(format!("`{name}` must be a text."))),
        }
    }

    pub(super) fn need_text(&self, name: &str) -> Result<String, Problem> {
        self.text(name)?.ok_or_else(|| Problem::missing(name))
    }

    /// A yes or no of the body.
    pub(super) fn yes(&self, name: &str) -> Result<Option<bool>, Problem> {
        match self.field(name) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(flag)),
            Some(Value::String(word)) => read_flag(name, &word).map(Some),
            Some(_) => Err(Problem::invalid(format!("`{name}` must be true or false."))),
        }
    }

    /// All values given under one name: repeated form fields, or a JSON array.
    pub(super) fn texts(&self, name: &str) -> Vec<String> {
        match &self.body {
            Given::Nothing => Vec::new(),
            Given::Json(fields) => match fields.get(name) {
                Some(Value::Array(items)) => items
                    .iter()
                    .filter_map(Value::as_str)
                    .map(str::to_owned)
                    .collect(),
                Some(Value::String(text)) => vec![text.clone()],
                _ => Vec::new(),
            },
            Given::Form(parts) => parts
                .iter()
                .filter(|part| {
                    (part.name == name || part.name.strip_suffix("[]") == Some(name))
                        && part.file_name.is_none()
                })
                .filter_map(|part| part.text().map(str::to_owned))
                .collect(),
        }
    }

    /// A field that holds JSON as text (forms) or as it is (JSON bodies).
    pub(super) fn json_text(&self, name: &str) -> Result<Option<Value>, Problem> {
        match self.field(name) {
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(Value::String(text)) => serde_json::from_str(&text)
                .map(Some)
                .map_err(|_| Problem::invalid(format!("`{name}` must be JSON text."))),
            other => Ok(other),
        }
    }

    /// The files sent under one name.
    pub(super) fn files(&self, name: &str) -> Vec<&FormPart> {
        match &self.body {
            Given::Form(parts) => parts
                .iter()
                .filter(|part| part.name == name && part.file_name.is_some())
                .collect(),
            Given::Nothing | Given::Json(_) => Vec::new(),
        }
    }

    /// The whole JSON body; an empty object for anything else.
    pub(super) fn json(&self) -> Map<String, Value> {
        match &self.body {
            Given::Json(fields) => fields.clone(),
            Given::Nothing | Given::Form(_) => Map::new(),
        }
    }
}

/// Reads a moment written as `2026-03-02T08:15:30.120Z` and in no other way.
pub(super) fn exact_moment(text: &str) -> Option<i64> {
    let exact = text.len() == 24 && text.ends_with('Z') && text.as_bytes().get(19) == Some(&b'.');
    let at = text.parse::<Timestamp>().ok().filter(|_| exact)?;
    Some(at.as_millisecond())
}

fn read_flag(name: &str, word: &str) -> Result<bool, Problem> {
    match word {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(Problem::invalid(format!("`{name}` must be true or false."))),
    }
}
