//! Asks a person at the terminal. Questions go to stderr, so that stdout holds answers only.

use std::io::{self, BufRead as _, IsTerminal as _, Read as _};
use std::process::{Command, Stdio};

use secrecy::{SecretString, zeroize::Zeroizing};

use super::{Failure, block_on, output};
use crate::runtime::signals::Signals;

/// No answer is longer than this, whatever is piped in.
const LONGEST: u64 = 16 << 10;

/// Whether somebody is there to ask.
pub(super) fn somebody() -> bool {
    io::stdin().is_terminal()
}

/// Asks for a line of text.
pub(super) fn line(question: &str) -> Result<String, Failure> {
    output::ask(question);
    Ok(read()?.trim().to_owned())
}

/// Asks whether to go on; everything but a yes is a no.
pub(super) fn yes(question: &str) -> Result<bool, Failure> {
    let answer = line(&format!("{question} [y/N] "))?;
    Ok(matches!(answer.to_lowercase().as_str(), "y" | "yes"))
}

/// Reads a secret from standard input: the first line of it.
pub(super) fn piped_secret() -> Result<SecretString, Failure> {
    Ok(SecretString::from(read()?.trim()))
}

/// Asks for a line that does not show on the terminal.
pub(super) fn secret(question: &str) -> Result<SecretString, Failure> {
    block_on(async {
        // From here on Ctrl-C does not end the program before the terminal is as it was.
        let mut signals = Signals::listen();
        let quiet = Quiet::begin();
        if quiet.is_none() {
            output::error("This terminal cannot hide what you type: look around before you go on.");
        }
        output::ask(question);
        let answer = tokio::task::spawn_blocking(piped_secret);
        tokio::select! {
            answer = answer => {
                drop(quiet);
                output::ask("\n");
                answer.unwrap_or_else(|error| Err(unread(&error)))
            }
            _ = signals.next() => {
                drop(quiet);
                output::ask("\n");
                // The thread that reads would hold the runtime until somebody types.
                std::process::exit(130)
            }
        }
    })
}

fn read() -> Result<Zeroizing<String>, Failure> {
    let mut text = Zeroizing::new(String::new());
    io::stdin()
        .lock()
        .take(LONGEST)
        .read_line(&mut text)
        .map_err(|error| unread(&error))?;
    Ok(text)
}

fn unread(error: &dyn std::fmt::Display) -> Failure {
    Failure::usage(format!("The answer cannot be read: {error}."))
}

/// A terminal that does not show what is typed, until this is dropped.
struct Quiet {
    /// How the terminal was set, as `stty` writes it.
    before: String,
}

impl Quiet {
    fn begin() -> Option<Self> {
        let before = stty(&["-g"])?;
        let quiet = Self {
            before: before.trim().to_owned(),
        };
        stty(&["-echo"]).map(|_| quiet)
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        // There is nobody to tell if the terminal has gone away.
        let _ = stty(&[&self.before]);
    }
}

/// Sets the terminal on standard input with the program that every Unix has for it.
fn stty(words: &[&str]) -> Option<String> {
    let output = Command::new("stty")
        .args(words)
        .env_remove("ONEBOX_KEY")
        .stdin(Stdio::inherit())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then_some(text)
}
