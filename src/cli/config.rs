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
    Ok(without)
}
