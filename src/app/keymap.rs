//! Which keys do what: the defaults of the table of commands, and what the settings change.

use std::collections::BTreeMap;

use super::command::{ALL, Command, In};
use super::key::{Key, NoKey};

/// All bindings.
#[derive(Debug, Clone, PartialEq)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

#[derive(Debug, Clone, PartialEq)]
struct Binding {
    keys: Vec<Key>,
    command: Command,
}

/// What the keys pressed so far mean.
#[derive(Debug, Clone, PartialEq)]
pub enum Meaning {
    Nothing,
    Command(Command),
    /// More keys are needed.
    Begun,
}

/// Why the keys of the settings cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Misbound {
    #[error("no command is called `{0}`{hint}", hint = near(.0))]
    NoCommand(String),
    #[error("{command}: {source}")]
    NoKey {
        command: String,
        #[source]
        source: NoKey,
    },
    #[error("`{keys}` would mean {first} and {second} in the same place")]
    Twice {
        keys: String,
        first: Command,
        second: Command,
    },
}

/// What the user may have meant.
fn near(name: &str) -> String {
    let likeness = |known: &str| strsim::jaro_winkler(known, name);
    let best = ALL
        .iter()
        .max_by(|a, b| likeness(a.name).total_cmp(&likeness(b.name)));
    match best {
        Some(row) if likeness(row.name) > 0.8 => format!("; did you mean `{}`?", row.name),
        _ => String::new(),
    }
}

impl Default for Keymap {
    fn default() -> Self {
        let mut bindings = Vec::new();
        for row in ALL {
            for keys in row.keys {
                // The table's own keys are all readable, which a test sees to.
                if let Ok(keys) = sequence(keys) {
                    bindings.push(Binding {
                        keys,
                        command: row.command,
                    });
                }
            }
        }
        Self { bindings }
    }
}

impl Keymap {
    /// The defaults with the changes of the settings: a command named there has those keys and no others.
    pub fn with(changes: &BTreeMap<String, Vec<String>>) -> Result<Self, Misbound> {
        let mut map = Self::default();
        for (name, keys) in changes {
            let command = Command::named(name).ok_or_else(|| Misbound::NoCommand(name.clone()))?;
            map.bindings.retain(|binding| binding.command != command);
            for written in keys {
                let keys = sequence(written).map_err(|source| Misbound::NoKey {
                    command: name.clone(),
                    source,
                })?;
                // What the user binds is taken from whatever had it in the same place.
                let changed = |it: &Binding| changes.contains_key(it.command.row().name);
                if let Some(other) = map.clash(&keys, command).filter(|it| changed(it)) {
                    return Err(Misbound::Twice {
                        keys: written.clone(),
                        first: other.command,
                        second: command,
                    });
                }
                map.bindings
                    .retain(|it| it.keys != keys || !meet(it.command, command));
                map.bindings.push(Binding { keys, command });
            }
        }
        Ok(map)
    }

    /// Another command that the same keys would mean in the same place.
    fn clash(&self, keys: &[Key], command: Command) -> Option<&Binding> {
        let same =
            |it: &&Binding| it.keys == keys && it.command != command && meet(it.command, command);
        self.bindings.iter().find(same)
    }

    /// What the keys mean in these places, the first place counting most.
    pub fn meaning(&self, keys: &[Key], places: &[In]) -> Meaning {
        for place in places {
            let here = self
                .bindings
                .iter()
                .filter(|it| it.command.row().contexts.contains(place));
            if let Some(found) = here.clone().find(|it| it.keys == keys) {
                return Meaning::Command(found.command);
            }
            if here
                .clone()
                .any(|it| it.keys.len() > keys.len() && it.keys.starts_with(keys))
            {
                return Meaning::Begun;
            }
        }
        Meaning::Nothing
    }

    /// What may follow the keys pressed so far.
    pub fn following(&self, keys: &[Key], places: &[In]) -> Vec<(Key, Command)> {
        let here = |it: &&Binding| {
            it.command
                .row()
                .contexts
                .iter()
                .any(|it| places.contains(it))
        };
        let all = self.bindings.iter().filter(here);
        all.filter(|it| it.keys.starts_with(keys))
            .filter_map(|it| Some((*it.keys.get(keys.len())?, it.command)))
            .collect()
    }

    /// The keys of a command, as people read them, the most usual first.
    pub fn keys(&self, command: Command, ascii: bool) -> Vec<String> {
        let own = self.bindings.iter().filter(|it| it.command == command);
        own.map(|it| {
            it.keys
                .iter()
                .map(|key| key.label(ascii))
                .collect::<Vec<_>>()
                .join(
                    if it.keys.len() > 1 && it.keys.iter().all(|key| key.typed().is_some()) {
                        ""
                    } else {
                        " "
                    },
                )
        })
        .collect()
    }

    /// The most usual keys of a command.
    pub fn key(&self, command: Command, ascii: bool) -> Option<String> {
        self.keys(command, ascii).into_iter().next()
    }
}

/// Whether two commands can be meant at the same place.
fn meet(one: Command, other: Command) -> bool {
    let theirs = other.row().contexts;
    one.row().contexts.iter().any(|it| theirs.contains(it))
}

fn sequence(written: &str) -> Result<Vec<Key>, NoKey> {
    written.split(' ').map(str::parse).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_key_is_readable_and_means_one_thing_in_each_place() {
        let map = Keymap::default();
        let written: usize = ALL.iter().map(|row| row.keys.len()).sum();
        assert_eq!(map.bindings.len(), written);
        for binding in &map.bindings {
            let clash = map.clash(&binding.keys, binding.command);
            assert_eq!(clash, None, "{binding:?}");
        }
    }

    #[test]
    fn keys_of_the_settings_replace_the_defaults_and_take_what_they_need() {
        let changes =
            BTreeMap::from([("archive".to_owned(), vec!["a".to_owned(), "r".to_owned()])]);
        let map = Keymap::with(&changes).unwrap();
        let means = |key: char| map.meaning(&[Key::char(key)], &[In::List, In::Main]);
        assert_eq!(means('a'), Meaning::Command(Command::Archive));
        assert_eq!(means('r'), Meaning::Command(Command::Archive));
        assert_eq!(means('e'), Meaning::Nothing);
        assert_eq!(map.key(Command::Reply, false), None);
    }

    #[test]
    fn a_mistake_in_the_keys_is_told_in_words() {
        let wrong = |name: &str, key: &str| {
            let changes = BTreeMap::from([(name.to_owned(), vec![key.to_owned()])]);
            Keymap::with(&changes).unwrap_err().to_string()
        };
        assert!(wrong("archvie", "a").contains("did you mean `archive`"));
        assert!(wrong("archive", "Hyper-a").contains("is no key"));
        let both = BTreeMap::from([
            ("archive".to_owned(), vec!["a".to_owned()]),
            ("star".to_owned(), vec!["a".to_owned()]),
        ]);
        assert!(
            Keymap::with(&both)
                .unwrap_err()
                .to_string()
                .contains("archive and star")
        );
    }

    #[test]
    fn a_sequence_begins_and_says_what_may_follow() {
        let map = Keymap::default();
        let g = [Key::char('g')];
        assert_eq!(map.meaning(&g, &[In::List, In::Main]), Meaning::Begun);
        let following = map.following(&g, &[In::List, In::Main]);
        assert!(following.contains(&(Key::char('i'), Command::GoInbox)));
        let gi = [Key::char('g'), Key::char('i')];
        assert_eq!(
            map.meaning(&gi, &[In::Main]),
            Meaning::Command(Command::GoInbox)
        );
    }
}
