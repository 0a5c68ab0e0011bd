//! All output of the command line: answers on stdout, everything else on stderr, and nothing that steers a terminal.
#![allow(
    clippy::print_stderr,
    reason = "this is the one place that writes to stderr"
)]

use std::fmt::Write as _;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde_json::Value;
use tracing_subscriber::EnvFilter;

use super::Failure;
use crate::config::private;
use crate::model::text::is_hidden;

/// Says what went wrong.
pub(super) fn error(message: &str) {
    eprintln!("onebox: {message}");
}

/// Says something by the way, on stderr.
pub(super) fn note(message: &str) {
    eprintln!("{}", safe(message));
}

/// Asks something, without a line break.
pub(super) fn ask(question: &str) {
    eprint!("{question}");
}

/// Lets the program tell what it does on stderr, where ONEBOX_LOG asks for it: `debug`, or `onebox::api=debug`.
pub(super) fn log() {
    if let Ok(filter) = EnvFilter::try_from_env("ONEBOX_LOG") {
        let ansi = io::stderr().is_terminal();
        let log = tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_writer(io::stderr)
            .with_ansi(ansi);
        if log.try_init().is_err() {
            error("the log could not be started");
        }
    }
}

/// A log beyond this size begins anew; the one before is kept.
const LONGEST_LOG: u64 = 1 << 20;

/// Lets the program tell what it does in a file, while the screen is taken. Gives the file.
pub(super) fn log_to_file(dir: &Path) -> io::Result<PathBuf> {
    let path = dir.join("onebox.log");
    if std::fs::metadata(&path).is_ok_and(|it| it.len() > LONGEST_LOG) {
        std::fs::rename(&path, dir.join("onebox.log.old"))?;
    }
    let file = private::append(&path)?;
    let filter = EnvFilter::try_from_env("ONEBOX_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(Mutex::new(file))
        .with_ansi(false);
    // A log that runs already is as good.
    let _ = log.try_init();
    Ok(path)
}

/// Whether answers go to a person.
pub(super) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Whether what is said by the way goes to a person.
pub(super) fn is_told() -> bool {
    io::stderr().is_terminal()
}

/// Text in a colour or weight, where answers go to a person who has not switched colours off.
pub(super) fn painted(paint: Paint, text: &str) -> String {
    let plain =
        !is_terminal() || std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if plain {
        text.to_owned()
    } else {
        format!("\x1b[{}m{text}\x1b[0m", paint as u8)
    }
}

/// Colours and weights, by their terminal codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paint {
    Bold = 1,
    Dim = 2,
    Red = 31,
    Green = 32,
    Yellow = 33,
    Blue = 34,
    Magenta = 35,
    Cyan = 36,
}

/// How many cells a line has: those of the terminal, what COLUMNS says, or a usual number.
pub(super) fn width() -> usize {
    if let Some((width, _)) = terminal_size::terminal_size() {
        return usize::from(width.0);
    }
    let said = std::env::var("COLUMNS").ok();
    let said = said.and_then(|text| text.parse().ok());
    said.filter(|width| (1..=1_000).contains(width))
        .unwrap_or(100)
}

/// Writes bytes to stdout; a reader that has gone away is the end, not an error.
pub(super) fn raw(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => std::process::exit(0),
        Err(error) => Err(Failure::usage(format!(
            "The output cannot be written: {error}."
        ))),
    }
}

/// Writes text and a line break.
pub(super) fn line(text: &str) -> Result<(), Failure> {
    raw(format!("{text}\n").as_bytes())
}

/// Writes an answer, laid out for reading.
pub(super) fn json(value: &Value) -> Result<(), Failure> {
    line(&shown(
        &serde_json::to_string_pretty(value).unwrap_or_default(),
    ))
}

/// JSON text as a terminal may see it. What goes to a program is left as it came.
pub(super) fn shown(json: &str) -> String {
    if is_terminal() {
        escaped(json)
    } else {
        json.to_owned()
    }
}

/// JSON text in which what could steer a terminal is written as an escape, which means the same in JSON.
pub(super) fn escaped(json: &str) -> String {
    if !json.chars().any(is_hidden) {
        return json.to_owned();
    }
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if is_hidden(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// Text for a person, made harmless.
pub(super) fn safe(text: &str) -> String {
    crate::model::text::clean(text)
}
