//! JSON written by hand, for the parts of a request that the contract leaves open. It is read when it is made, so that
//! a request never fails for it.

use std::fmt;
use std::str::FromStr;

use serde_json::Value;

use super::request::{Json, Word};

/// A piece of JSON, known to be well-formed.
#[derive(Debug, Clone, PartialEq)]
pub struct JsonText(Value);

/// A text that is not JSON.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("This is not JSON: {0}.")]
pub struct BadJson(String);

impl FromStr for JsonText {
    type Err = BadJson;

    fn from_str(text: &str) -> Result<Self, BadJson> {
        serde_json::from_str(text)
            .map(Self)
            .map_err(|error| BadJson(error.to_string()))
    }
}

impl fmt::Display for JsonText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl From<Value> for JsonText {
    fn from(value: Value) -> Self {
        Self(value)
    }
}

impl From<&JsonText> for Json {
    fn from(text: &JsonText) -> Self {
        Self(Some(text.0.clone()))
    }
}

impl Word for &JsonText {
    /// As form fields want it: the JSON as a text.
    fn word(self) -> Option<String> {
        Some(self.to_string())
    }
}
