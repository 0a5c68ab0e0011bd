//! Prints what the table of operations holds.

use std::fmt::Write as _;

use clap::CommandFactory as _;
use serde_json::json;

use super::super::{Failure, Line, output};
use crate::api::operation::{Answer, Body, Kind, Operation, Param, Place, Standing};
use crate::api::operations;

/// Prints every operation.
pub(super) fn print(as_json: bool) -> Result<(), Failure> {
    if as_json {
        let rows: Vec<_> = operations::all()
            .map(|operation| {
                json!({
                    "operationId": operation.id,
                    "method": operation.method.as_str(),
                    "path": operation.path,
                    "area": operation.area.as_str(),
                    "summary": operation.summary,
                })
            })
            .collect();
        return output::json(&rows.into());
    }
    let mut out = String::new();
    let mut area = "";
    for operation in operations::all() {
        if operation.area.as_str() != area {
            area = operation.area.as_str();
            let _ = writeln!(out, "{}{area}", if out.is_empty() { "" } else { "\n" });
        }
        let _ = writeln!(
            out,
            "  {:<28} {:<6} {:<58} {}",
            operation.id,
            operation.method.as_str(),
            operation.path,
            operation.summary
        );
    }
    output::raw(out.as_bytes())
}

/// Prints the help of `onebox api`.
pub(super) fn help() -> Result<(), Failure> {
    let mut line = Line::command();
    line.build();
    let help = line
        .find_subcommand_mut("api")
        .map(clap::Command::render_long_help);
    output::line(&help.map(|help| help.to_string()).unwrap_or_default())
}

/// Prints what one operation does and takes.
pub(super) fn operation(operation: &'static Operation) -> Result<(), Failure> {
    let mut out = format!(
        "{}: {}\n\n  {} {}\n",
        operation.id,
        operation.summary,
        operation.method.as_str(),
        operation.path
    );
    if let Some(note) = standing(operation) {
        let _ = writeln!(out, "\n{note}");
    }
    for (title, place) in [
        ("Path", Place::Path),
        ("Query", Place::Query),
        ("Header", Place::Header),
        ("Body", Place::Body),
    ] {
        let params: Vec<&Param> = operation
            .params
            .iter()
            .filter(|param| param.place == place)
            .collect();
        if params.is_empty() {
            continue;
        }
        let kind = match (place, operation.body) {
            (Place::Body, Body::Form) => " (sent as a form)",
            (Place::Body, Body::JsonOrForm) => " (sent as JSON, with files as a form)",
            (Place::Body, _) => " (sent as JSON)",
            _ => "",
        };
        let _ = writeln!(out, "\n{title}{kind}");
        for param in params {
            describe(&mut out, param);
        }
    }
    if operation.answer == Answer::Bytes {
        out.push_str("\nAnswers with a file: give -o FILE.\n");
    }
    output::raw(out.as_bytes())
}

fn standing(operation: &Operation) -> Option<String> {
    match operation.standing {
        Standing::Settled => None,
        Standing::Verified { other } => Some(format!(
            "The sources disagree about this one; {other} is its other form."
        )),
        Standing::Unverified { other } => Some(format!(
            "This form is not confirmed; {other} is the one to use."
        )),
    }
}

fn describe(out: &mut String, param: &Param) {
    let kind = match param.kind {
        Kind::Text => "text",
        Kind::Integer => "whole number",
        Kind::Number => "number",
        Kind::Flag => "true or false",
        Kind::File => "file (=@path)",
        Kind::Json => "JSON (:=…)",
        Kind::JsonText => "JSON, or addresses",
    };
    let required = if param.required { ", required" } else { "" };
    let many = if param.many { ", several" } else { "" };
    let _ = writeln!(out, "  {:<24} {kind}{many}{required}", param.name);
    if !param.help.is_empty() {
        let _ = writeln!(out, "  {:<24} {}", "", param.help);
    }
    if !param.choices.is_empty() {
        let _ = writeln!(out, "  {:<24} one of: {}", "", param.choices.join(", "));
    }
}
