//! Reads `name=value` and its relatives, and explains what does not fit.

use std::io::Read as _;

use super::super::Failure;
use crate::api::Upload;
use crate::api::by_name::{Given, Unfit};
use crate::api::operation::{Kind, Operation};

/// Reads one value: `name=text`, `name=@file`, `name=@-`, `name=@@text` (text with an @ in front) or `name:=json`.
pub(super) fn read(operation: &'static Operation, text: &str) -> Result<(String, Given), Failure> {
    let (name, value) = text
        .split_once('=')
        .ok_or_else(|| Failure::usage(format!("`{text}` is no `name=value`.")))?;
    if let Some(name) = name.strip_suffix(':') {
        let value = serde_json::from_str(value)
            .map_err(|error| Failure::usage(format!("`{name}` holds no JSON: {error}.")))?;
        return Ok((name.to_owned(), Given::Json(value)));
    }
    let is_file = operation
        .param(name)
        .is_some_and(|param| param.kind == Kind::File);
    let given = match value.strip_prefix('@') {
        Some(rest) if rest.starts_with('@') => Given::Text(rest.to_owned()),
        Some("-") if is_file => Given::File(Upload::from_bytes("stdin", stdin()?)),
        Some("-") => Given::Text(as_text(stdin()?, "Standard input")?),
        Some(path) if is_file => Given::File(Upload::from_path(path)),
        Some(path) => {
            let bytes = std::fs::read(path)
                .map_err(|error| Failure::usage(format!("{path} cannot be read: {error}.")))?;
            Given::Text(as_text(bytes, path)?)
        }
        None => Given::Text(value.to_owned()),
    };
    Ok((name.to_owned(), given))
}

fn stdin() -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::usage(format!("Standard input cannot be read: {error}.")))?;
    Ok(bytes)
}

/// Text from a file, without the line break that editors and `echo` put at its end.
fn as_text(bytes: Vec<u8>, from: &str) -> Result<String, Failure> {
    let mut text = String::from_utf8(bytes)
        .map_err(|_| Failure::usage(format!("{from} is not text in UTF-8.")))?;
    if text.ends_with('\n') {
        text.pop();
    }
    Ok(text)
}

/// Says what does not fit and what would.
pub(super) fn explain(operation: &'static Operation, unfit: &Unfit) -> Failure {
    let hint = match unfit {
        Unfit::Unknown { name, .. } => {
            nearest(name, operation.params.iter().map(|param| param.name))
        }
        Unfit::Missing { .. } | Unfit::Wrong { .. } => String::new(),
    };
    Failure::usage(
        format!(
            "{unfit} {hint} `onebox api --help {}` tells what it takes.",
            operation.id
        )
        .replace("  ", " "),
    )
}

/// The names most like a word, as a sentence.
pub(super) fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> String {
    let wanted = word.to_lowercase();
    let mut near: Vec<(usize, &str)> = names
        .map(|name| {
            let known = name.to_lowercase();
            let distance = strsim::damerau_levenshtein(&wanted, &known);
            (
                if known.contains(&wanted) {
                    distance / 3
                } else {
                    distance
                },
                name,
            )
        })
        .filter(|(distance, _)| *distance <= word.len().max(6) / 2)
        .collect();
    near.sort_unstable();
    let names: Vec<String> = near
        .iter()
        .take(3)
        .map(|(_, name)| format!("`{name}`"))
        .collect();
    if names.is_empty() {
        String::new()
    } else {
        format!("Did you mean {}?", names.join(" or "))
    }
}
