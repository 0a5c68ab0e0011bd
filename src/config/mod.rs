//! Settings: command line over environment over file over defaults. A word nobody knows is an error, not a shrug.

pub mod edit;
mod images;
pub mod private;
mod profile;
mod settings;

use std::path::{Path, PathBuf};
use std::process::Command;

use secrecy::SecretString;
use serde::Deserialize;

pub use images::Images;
pub use profile::{DEFAULT_PROFILE, Profile, ProfileError};
pub use settings::{History, ReadMarks, Sending, Sync, Webhooks};

/// The file with every setting and its default, commented; also what a new user gets.
pub const DEFAULTS: &str = include_str!("../../assets/config.toml");

/// Settings as the file holds them.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    pub read_marks: ReadMarks,
    pub server: Server,
    pub sync: Sync,
    pub sending: Sending,
    /// Absent when the server shall not call by itself.
    pub webhooks: Option<Webhooks>,
}

/// Which server to speak to.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Server {
    /// Address that comes with the key.
    pub url: Option<String>,
    #[serde(deserialize_with = "secret")]
    pub key: Option<SecretString>,
    /// A program and its arguments that print the key.
    pub key_command: Vec<String>,
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("{path} cannot be read: {source}.")]
    Read {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("{path} has a mistake:\n{problem}")]
    Wrong { path: PathBuf, problem: String },
    #[error("The key_command `{program}` failed: {problem}. Run it by hand to see why.")]
    KeyCommand { program: String, problem: String },
}

impl Config {
    /// Reads a file; one that is not there is the same as an empty one.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self::default());
            }
            Err(source) => {
                return Err(ConfigError::Read {
                    path: path.to_owned(),
                    source,
                });
            }
        };
        Self::parse(&text).map_err(|error| ConfigError::Wrong {
            path: path.to_owned(),
            problem: located(&text, &error),
        })
    }

    fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }
}

/// Reads the key straight into the type that never shows it.
fn secret<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<SecretString>, D::Error> {
    Ok(Option::<String>::deserialize(from)?.map(SecretString::from))
}

/// Says where a mistake is without repeating the line: it may hold the key.
fn located(text: &str, error: &toml::de::Error) -> String {
    let before = error.span().and_then(|span| text.get(..span.start));
    match before {
        Some(before) => format!(
            "line {}: {}",
            before.matches('\n').count() + 1,
            error.message()
        ),
        None => error.message().to_owned(),
    }
}

impl Server {
    /// The key of the file: written there, or printed by a command.
    pub fn key(&self) -> Result<Option<SecretString>, ConfigError> {
        if let Some(key) = &self.key {
            return Ok(Some(key.clone()));
        }
        let Some((program, arguments)) = self.key_command.split_first() else {
            return Ok(None);
        };
        let failed = |problem: String| ConfigError::KeyCommand {
            program: program.clone(),
            problem,
        };
        let output = Command::new(program)
            .args(arguments)
            .env_remove("ONEBOX_KEY")
            .output()
            .map_err(|error| failed(error.to_string()))?;
        if !output.status.success() {
            return Err(failed(output.status.to_string()));
        }
        let key = String::from_utf8(output.stdout)
            .map_err(|_| failed("its output is not text".to_owned()))?;
        if key.trim().is_empty() {
            return Err(failed("it printed nothing".to_owned()));
        }
        Ok(Some(SecretString::from(key.trim().to_owned())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_defaults_is_valid_and_names_every_setting() {
        assert!(Config::parse(DEFAULTS).is_ok());
        let uncommented: String = DEFAULTS
            .lines()
            .map(|line| line.strip_prefix("#: ").unwrap_or(line).to_owned() + "\n")
            .collect();
        let config = Config::parse(&uncommented).unwrap();
        assert!(
            config.server.url.is_some()
                && config.server.key.is_some()
                && !config.server.key_command.is_empty()
                && config
                    .webhooks
                    .is_some_and(|hooks| hooks.public_url.is_some())
        );
        // The examples of what has a default are the defaults.
        let usual = Config::default();
        assert_eq!(
            (config.read_marks, config.sync, config.sending),
            (usual.read_marks, usual.sync, usual.sending)
        );
        for name in [
            "read_marks",
            "history",
            "undo_seconds",
            "listen = \"127.0.0.1:0\"",
        ] {
            assert!(DEFAULTS.contains(&format!("#: {name}")), "{name}");
        }
    }

    #[test]
    fn words_and_numbers_that_mean_nothing_are_refused_with_their_line() {
        let days = Config::parse("[sync]\nhistory = \"90d\"\n").unwrap();
        assert_eq!(days.sync.history, History::Days(90));
        for (setting, words) in [
            ("read_marks = \"never\"", "open"),
            ("[sync]\nhistory = \"0d\"", "90d"),
            ("[sync]\nhistory = 90", "string"),
            ("[sync]\nhistroy = \"all\"", "history"),
            ("[sending]\nundo_seconds = -1", "u16"),
            ("[webhooks]\nlisten = \"here\"", "socket address"),
            ("[webhooks]\npublic_url = \"example.org\"", "https://"),
            ("[screen]\n", "unknown field"),
        ] {
            let text = format!("# settings\n{setting}\n");
            let problem = located(&text, &Config::parse(&text).unwrap_err());
            let line = 1 + setting.lines().count();
            assert!(
                problem.starts_with(&format!("line {line}: ")) && problem.contains(words),
                "{setting}: {problem}"
            );
        }
    }

    #[test]
    fn a_mistake_is_located_and_never_shows_the_key() {
        let text = "[server]\nurl = \"x\"\nkey = \"very-secret\" oops\n";
        let problem = located(text, &Config::parse(text).unwrap_err());
        assert!(problem.starts_with("line 3"), "{problem}");
        assert!(!problem.contains("very-secret"), "{problem}");
        let config = Config::parse("[server]\nkey = \"very-secret\"\n").unwrap();
        assert!(!format!("{config:?}").contains("very-secret"));
        assert!(Config::parse("[server]\nurll = \"x\"\n").is_err());
    }
}
