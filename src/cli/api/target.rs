//! Finds the operation that a person means: by its name, or by method and path.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};

use super::super::Failure;
use super::values::nearest;
use crate::api::by_name::Given;
use crate::api::operation::Operation;
use crate::api::operations;

/// Names with their values.
pub(super) type Values = Vec<(String, Given)>;
/// An operation, and the values that its path held.
pub(super) type Target = (&'static Operation, Values);

const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// Offers the names of all operations to shells, and takes any word: the error for a wrong one is ours.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word;

impl TypedValueParser for Word {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let names = operations::all()
            .map(|operation| operation.id)
            .chain(METHODS);
        // Hidden from the help, which would be all names; completion scripts still know them.
        Some(Box::new(
            names.map(|name| PossibleValue::new(name).hide(false)),
        ))
    }
}

/// Whether a word is an HTTP method.
pub(super) fn is_method(word: &str) -> bool {
    METHODS
        .iter()
        .any(|method| method.eq_ignore_ascii_case(word))
}

/// Finds the operation; a path given with a method may hold values.
pub(super) fn find(word: &str, values: &[String]) -> Result<Target, Failure> {
    if is_method(word) {
        let path = values
            .first()
            .ok_or_else(|| Failure::usage("A path is missing after the method, such as /chats."))?;
        return by_path(word, path);
    }
    if let Some(operation) =
        operations::all().find(|operation| operation.id.eq_ignore_ascii_case(word))
    {
        return Ok((operation, Vec::new()));
    }
    let near = nearest(word, operations::all().map(|operation| operation.id));
    Err(Failure::usage(format!(
        "No operation is called `{word}`. {near} `onebox api --list` prints them all."
    )))
}

fn by_path(method: &str, text: &str) -> Result<Target, Failure> {
    let (path, query) = text.split_once('?').unwrap_or((text, ""));
    let path = path.trim_matches('/');
    let full = if path == "api/v1" || path.starts_with("api/v1/") {
        format!("/{path}")
    } else {
        format!("/api/v1/{path}")
    };
    let fits =
        |operation: &&'static Operation| operation.method.as_str().eq_ignore_ascii_case(method);
    // Fixed paths win over placeholders: /users/me is not a person called "me".
    let mut found: Vec<_> = operations::all()
        .filter(fits)
        .filter_map(|operation| Some((operation, matching(operation.path, &full)?)))
        .collect();
    found.sort_by_key(|(_, parts)| parts.len());
    let Some((operation, mut given)) = found.into_iter().next() else {
        let near = nearest(
            &full,
            operations::all()
                .filter(fits)
                .map(|operation| operation.path),
        );
        return Err(Failure::usage(format!(
            "No operation answers {} {full}. {near}",
            method.to_uppercase()
        )));
    };
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        given.push((decoded(name), Given::Text(decoded(value))));
    }
    Ok((operation, given))
}

/// The values that a path has in the places of a template; `None` when it does not fit.
fn matching(template: &str, path: &str) -> Option<Values> {
    let (wanted, given): (Vec<_>, Vec<_>) =
        (template.split('/').collect(), path.split('/').collect());
    if wanted.len() != given.len() {
        return None;
    }
    let mut values = Vec::new();
    for (wanted, given) in wanted.into_iter().zip(given) {
        if let Some(name) = wanted
            .strip_prefix('{')
            .and_then(|name| name.strip_suffix('}'))
        {
            if given.is_empty() {
                return None;
            }
            // A placeholder written out, as in GET /chats/{chat_id} chat_id=…, gets its value later.
            if given != wanted {
                values.push((name.to_owned(), Given::Text(decoded(given))));
            }
        } else if wanted != given {
            return None;
        }
    }
    Some(values)
}

/// Undoes percent-encoding; what is not encoded properly stays as it is.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        if let Some(byte) = after
            .get(..2)
            .and_then(|hex| u8::from_str_radix(hex, 16).ok())
        {
            bytes.push(byte);
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(b'%');
            rest = after;
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(method: &str, path: &str) -> (&'static str, Vec<(String, Given)>) {
        find(method, &[path.to_owned()])
            .map_or(("none", vec![]), |(operation, given)| (operation.id, given))
    }

    #[test]
    fn a_path_finds_its_operation_and_gives_its_values() {
        assert_eq!(found("GET", "/chats").0, "listChats");
        assert_eq!(found("get", "api/v1/chats/").0, "listChats");
        assert_eq!(found("GET", "/users/me").0, "getOwnProfile");
        let text = |text: &str| Given::Text(text.to_owned());
        assert_eq!(
            found("GET", "/users/a%2Fb?account_id=x"),
            (
                "getUserProfile",
                vec![
                    ("identifier".into(), text("a/b")),
                    ("account_id".into(), text("x"))
                ]
            )
        );
        assert_eq!(found("DELETE", "/nothing/here").0, "none");
    }

    #[test]
    fn a_wrong_name_gets_the_nearest_ones() {
        let failure = find("listChat", &[]).unwrap_err();
        assert!(failure.message.contains("listChats"), "{}", failure.message);
    }
}
