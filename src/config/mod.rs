//! Settings: command line over environment over file over defaults. A word nobody knows is an error, not a shrug.

pub mod edit;
mod images;
mod mistake;
pub mod private;
mod profile;
mod screen;
mod settings;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

use secrecy::SecretString;
use serde::Deserialize;
use toml::de::{DeTable, DeValue};

pub use images::Images;
pub use mistake::Mistake;
pub use profile::{DEFAULT_PROFILE, Profile, ProfileError};
pub use screen::{AUTO, Clock, Enter, Keys, Screen};
pub use settings::{Folder, History, ReadMarks, Sending, Sync, Webhooks};

/// The file with every setting and its default, commented; also what a new user gets.
pub const DEFAULTS: &str = include_str!("../../assets/config.toml");

/// Settings as the file holds them.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    pub read_marks: ReadMarks,
    /// Where files of messages are saved; where the system puts downloads when absent.
    pub downloads: Option<Folder>,
    pub server: Server,
    pub sync: Sync,
    pub sending: Sending,
    /// Texts to insert while writing, by name.
    pub snippets: BTreeMap<String, String>,
    /// What stands below mails, by the address or the id of the account.
    pub signatures: BTreeMap<String, String>,
    pub screen: Screen,
    pub keys: Keys,
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
    #[error("{path} has {}:\n{}", if .mistakes.len() == 1 { "a mistake" } else { "mistakes" }, lines(.mistakes))]
    Wrong {
        path: PathBuf,
        mistakes: Vec<Mistake>,
    },
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
        Self::read(&text).map_err(|mistakes| ConfigError::Wrong {
            path: path.to_owned(),
            mistakes,
        })
    }

    /// Reads settings, or tells every mistake in them.
    pub fn read(text: &str) -> Result<Self, Vec<Mistake>> {
        Self::parse(text).map_err(|first| mistakes(text, &first))
    }

    fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }
}

/// All mistakes of settings that could not be read: each is tried alone, so that one does not hide the next.
fn mistakes(text: &str, first: &toml::de::Error) -> Vec<Mistake> {
    let (spans, broken) = DeTable::parse_recoverable(text);
    if !broken.is_empty() {
        let all = broken.iter().map(|error| Mistake::of(text, error));
        return all.collect();
    }
    let mut found = Vec::new();
    let whole: toml::Table = text.parse().unwrap_or_default();
    let mut alone = |at: Range<usize>, table: toml::Table| {
        if let Err(error) = table.try_into::<Config>() {
            found.push(Mistake::at(text, at, error.message()));
        }
    };
    for (section, value) in whole {
        let Some((name, inside)) = spans.get_ref().get_key_value(section.as_str()) else {
            continue;
        };
        match (value, inside.get_ref()) {
            (toml::Value::Table(table), DeValue::Table(inside)) if !table.is_empty() => {
                for (setting, value) in table {
                    let at = inside.get_key_value(setting.as_str());
                    let at = at.map_or(name.span(), |(key, _)| key.span());
                    let one = toml::Table::from_iter([(setting, value)]);
                    alone(at, toml::Table::from_iter([(section.clone(), one.into())]));
                }
            }
            (value, _) => alone(name.span(), toml::Table::from_iter([(section, value)])),
        }
    }
    if found.is_empty() {
        found.push(Mistake::of(text, first));
    }
    found.sort_by_key(|it| it.line);
    found
}

/// The line of a setting of a file that could be read; those that stand in no section have an empty one.
pub fn line_of(text: &str, section: &str, setting: &str) -> usize {
    let root = DeTable::parse(text).ok();
    let place = root.as_ref().and_then(|root| {
        let section = match section {
            "" => root.get_ref(),
            name => root.get_ref().get(name)?.get_ref().as_table()?,
        };
        Some(section.get_key_value(setting)?.0.span())
    });
    Mistake::at(text, place.unwrap_or_default(), "").line
}

fn lines(mistakes: &[Mistake]) -> String {
    let all: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
    all.join("\n")
}

/// Reads the key straight into the type that never shows it.
fn secret<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<SecretString>, D::Error> {
    Ok(Option::<String>::deserialize(from)?.map(SecretString::from))
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
                && !config.snippets.is_empty()
                && !config.signatures.is_empty()
                && config
                    .webhooks
                    .is_some_and(|hooks| hooks.public_url.is_some())
        );
        // The examples of what has a default are the defaults.
        let usual = Config::default();
        assert_eq!(
            (
                config.read_marks,
                config.sync,
                config.sending,
                config.screen
            ),
            (usual.read_marks, usual.sync, usual.sending, usual.screen)
        );
        assert_eq!(config.keys.all()["archive"], ["e", "^E"]);
        for name in [
            "read_marks",
            "history",
            "undo_seconds",
            "listen = \"127.0.0.1:0\"",
            "theme",
            "clock",
            "enter",
            "images",
            "mouse",
            "ascii",
            "plain",
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
            ("[window]", "unknown field"),
            ("[screen]\nclock = \"13h\"", "24h"),
            ("[screen]\nenter = \"x\"", "sends"),
            ("[keys]\narchive = 3", "keys are written"),
        ] {
            let text = format!("# settings\n{setting}\n");
            let problem = lines(&Config::read(&text).unwrap_err());
            let line = 1 + setting.lines().count();
            assert!(
                problem.starts_with(&format!("line {line}: ")) && problem.contains(words),
                "{setting}: {problem}"
            );
        }
    }

    #[test]
    fn one_mistake_does_not_hide_the_next() {
        let text = "read_marks = \"x\"\n[screen]\nplain = 1\nclock = \"12h\"\nascci = true\n[keys]\nstar = {}\n";
        let wrong = Config::read(text).unwrap_err();
        let lines: Vec<_> = wrong.iter().map(|it| it.line).collect();
        assert_eq!(lines, [1, 3, 5, 7], "{wrong:?}");
        assert_eq!(line_of(text, "screen", "clock"), 4);
    }

    #[test]
    fn a_mistake_is_located_and_never_shows_the_key() {
        let text = "[server]\nurl = \"x\"\nkey = \"very-secret\" oops\n";
        let problem = lines(&Config::read(text).unwrap_err());
        assert!(problem.starts_with("line 3"), "{problem}");
        assert!(!problem.contains("very-secret"), "{problem}");
        let config = Config::parse("[server]\nkey = \"very-secret\"\n").unwrap();
        assert!(!format!("{config:?}").contains("very-secret"));
        assert!(Config::parse("[server]\nurll = \"x\"\n").is_err());
    }
}
