//! `onebox config`: where the settings are, what they are, and whether anything is wrong with them.

use clap::{Args, Subcommand};

use super::{Exit, Failure, Globals, output};
use crate::config::{DEFAULTS, edit};
use crate::runtime::look::{Look, Terminal};

/// Looks at the settings.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Say every mistake in settings, keys and themes; exit code 2 if there is one
    Check,
    /// Print where the settings file is, or would be
    Path,
    /// Print the settings file, or all settings with their defaults where there is none
    Show,
}

/// Does what the command line says.
pub(super) fn run(arguments: &Arguments, globals: &Globals) -> Result<(), Failure> {
    let look = Look {
        dir: globals.profile.config_dir.clone(),
        flags: globals.screen,
        terminal: Terminal::here(),
        readonly: globals.readonly,
    };
    let path = look.file();
    match arguments.what {
        What::Path => output::line(&path.display().to_string()),
        What::Show => {
            let text = match std::fs::read_to_string(&path) {
                Ok(text) => text,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => DEFAULTS.to_owned(),
                Err(error) => {
                    let path = path.display();
                    return Err(Failure::usage(format!("{path} cannot be read: {error}.")));
                }
            };
            output::raw(without_key(&text)?.as_bytes())
        }
        What::Check => {
            let wrong = look.mistakes();
            if wrong.is_empty() {
                let path = path.display();
                return output::line(&if look.file().exists() {
                    format!("{path}: nothing is wrong.")
                } else {
                    format!("{path} is not there; the defaults are used, and nothing is wrong.")
                });
            }
            let lines: Vec<_> = wrong.iter().map(ToString::to_string).collect();
            Err(Failure {
                exit: Exit::Usage,
                message: output::safe(&lines.join("\n")),
            })
        }
    }
}

/// The settings without the key, which is nobody's business on a screen: its lines are left out, as far as they are
/// known for sure.
fn without_key(text: &str) -> Result<String, Failure> {
    let Ok(without) = edit::keyless(text) else {
        return Err(Failure::usage(
            "The settings hold the key in a way that cannot be left out; they are not shown.",
        ));
    };
    Ok(uncommented(&without))
}

/// A key that was put out of use with a mark before its line is a key all the same.
fn uncommented(text: &str) -> String {
    let mut shown = String::new();
    // What ends a text of several lines that is not shown.
    let mut hidden: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        let comment = line.find('#').and_then(|at| line.get(at..));
        if let Some(end) = hidden {
            let goes_on = comment.is_some_and(|it| !it.contains(end));
            hidden = hidden.filter(|_| goes_on);
            if comment.is_some() {
                continue;
            }
        }
        let Some(value) = comment.and_then(value_of_key) else {
            shown.push_str(line);
            continue;
        };
        let before = line.strip_suffix(value).unwrap_or_default();
        shown.push_str(before);
        shown.push_str(" (not shown)\n");
        let value = value.trim();
        hidden = ["\"\"\"", "'''"]
            .into_iter()
            .find(|it| value.starts_with(it) && value.matches(it).count() < 2);
    }
    shown
}

/// What a comment gives as the key, up to the end of the line.
fn value_of_key(comment: &str) -> Option<&str> {
    comment.match_indices("key").find_map(|(at, word)| {
        let before = comment.get(..at)?.chars().next_back();
        let after = comment
            .get(at + word.len()..)?
            .trim_start_matches(['"', '\'']);
        let value = after.trim_start().strip_prefix('=')?;
        let alone = before.is_none_or(|it| !it.is_alphanumeric() && it != '_');
        alone.then_some(value)
    })
}
