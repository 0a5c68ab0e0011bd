//! Changes single settings of a file that a person has written: all else, comments included, stays as it
//! is.
//!
//! Every change is tried as text and believed only when the file, read again, holds exactly what it held before and the
//! change. So no way to write TOML can make it destroy anything: at worst it refuses.

use std::ops::Range;

use toml::Value;
use toml::de::{DeTable, DeValue};

/// A file that is written in a way this cannot change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stubborn {
    /// The setting that could not be changed.
    pub name: &'static str,
}

/// Gives the server an address and the command that prints its key, or takes either away. A key that is written in the
/// file goes: it would come before the new one.
pub fn server(text: &str, url: Option<&str>, key_command: &[String]) -> Result<String, Stubborn> {
    let words = (!key_command.is_empty()).then(|| Value::from(key_command.to_vec()));
    let text = set(text, "server", "key", None)?;
    let text = set(&text, "server", "key_command", words)?;
    set(&text, "server", "url", url.map(Value::from))
}

/// Takes a key that is written in the file out.
pub fn keyless(text: &str) -> Result<String, Stubborn> {
    set(text, "server", "key", None)
}

/// Names a theme.
pub fn theme(text: &str, name: &str) -> Result<String, Stubborn> {
    set(text, "screen", "theme", Some(Value::from(name)))
}

fn set(
    text: &str,
    section: &str,
    name: &'static str,
    value: Option<Value>,
) -> Result<String, Stubborn> {
    let stubborn = Stubborn { name };
    let wanted = wanted(text, section, name, value.clone()).ok_or(stubborn)?;
    if read(text).as_ref() == Some(&wanted) {
        return Ok(text.to_owned());
    }
    let tries = match (find(text, section, name), value) {
        (Some(place), Some(value)) => vec![with(text, place.value, &value.to_string())],
        (Some(place), None) => without(text, &place),
        (None, Some(value)) => grown(text, section, name, &value.to_string()),
        (None, None) => vec![],
    };
    tries
        .into_iter()
        .find(|text| read(text).as_ref() == Some(&wanted))
        .ok_or(stubborn)
}

/// What a file says; an empty part says nothing.
fn read(text: &str) -> Option<toml::Table> {
    let mut table: toml::Table = text.parse().ok()?;
    let empty = |part: &Value| part.as_table().is_some_and(toml::Table::is_empty);
    table.retain(|name, part| !(matches!(name, "server" | "screen") && empty(part)));
    Some(table)
}

fn wanted(text: &str, section: &str, name: &str, value: Option<Value>) -> Option<toml::Table> {
    let mut table = read(text)?;
    let server = table
        .entry(section)
        .or_insert_with(|| Value::Table(toml::Table::new()))
        .as_table_mut()?;
    match value {
        Some(value) => server.insert(name.to_owned(), value),
        None => server.remove(name),
    };
    if server.is_empty() {
        table.remove(section);
    }
    Some(table)
}

/// Where a setting stands.
struct Place {
    key: Range<usize>,
    value: Range<usize>,
}

fn find(text: &str, section: &str, name: &str) -> Option<Place> {
    let root = DeTable::parse(text).ok()?;
    let DeValue::Table(server) = root.get_ref().get(section)?.get_ref() else {
        return None;
    };
    let (key, value) = server.get_key_value(name)?;
    Some(Place {
        key: key.span(),
        value: value.span(),
    })
}

/// The text with a piece of it replaced.
fn with(text: &str, place: Range<usize>, new: &str) -> String {
    let before = text.get(..place.start).unwrap_or_default();
    let after = text.get(place.end..).unwrap_or_default();
    [before, new, after].concat()
}

/// Ways to take a setting out: its lines, or its part of a table in one line.
fn without(text: &str, place: &Place) -> Vec<String> {
    let before = text.get(..place.key.start).unwrap_or_default();
    let after = text.get(place.value.end..).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let end = after
        .find('\n')
        .map_or(text.len(), |at| place.value.end + at + 1);
    let comma_before = before
        .trim_end()
        .strip_suffix(',')
        .map_or(before.len(), str::len);
    let comma_after = after.find(',').map_or(0, |at| at + 1);
    vec![
        with(text, line..end, ""),
        with(text, comma_before..place.value.end, ""),
        with(text, place.key.start..place.value.end + comma_after, ""),
        with(text, place.key.start..place.value.end, ""),
    ]
}

/// Ways to put a setting in, the most natural one first: below its example, below the head of its table, in a table of
/// its own, in a table in one line, with its whole name.
fn grown(text: &str, section: &str, name: &str, value: &str) -> Vec<String> {
    let mut whole = text.to_owned();
    if !whole.is_empty() && !whole.ends_with('\n') {
        whole.push('\n');
    }
    let setting = format!("{name} = {value}\n");
    let example = format!("#: {name} =");
    let below = |mark: &dyn Fn(&str) -> bool| {
        let mut at = 0;
        let mut tries = Vec::new();
        for line in whole.split_inclusive('\n') {
            at += line.len();
            if mark(line) {
                tries.push(with(&whole, at..at, &setting));
            }
        }
        tries
    };
    let mut tries = below(&|line| line.starts_with(&example));
    tries.extend(below(&|line| line.trim_start().starts_with('[')));
    let gap = if whole.is_empty() { "" } else { "\n" };
    tries.push(format!("{whole}{gap}[{section}]\n{setting}"));
    if let Some(open) = text
        .find(section)
        .and_then(|at| Some(at + text.get(at..)?.find('{')? + 1))
    {
        tries.push(with(text, open..open, &format!(" {name} = {value},")));
        tries.push(with(text, open..open, &format!(" {name} = {value} ")));
    }
    tries.push(format!("{section}.{setting}{text}"));
    tries
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn a_login_changes_its_lines_and_leaves_all_others_and_every_comment() {
        let before = "# mine\nread_marks = \"reply\" # never at once\n\n[server] # the old one\nurl = \"old:1\" # a note\n\
            key = \"secret\"\n# about the rest\n\n[sync]\nhistory = \"90d\"\n";
        let after = server(before, Some("https://new:2"), &[]).unwrap();
        let expected = before
            .replace("old:1", "https://new:2")
            .replace("key = \"secret\"\n", "");
        assert_eq!(after, expected);
        let gone = server(&after, None, &[]).unwrap();
        assert_eq!(
            gone,
            expected.replace("url = \"https://new:2\" # a note\n", "")
        );
    }

    #[test]
    fn a_new_file_gets_its_settings_below_their_examples() {
        let command = words(&["pass", "show", "a \"quoted\" \\ word"]);
        let text = server(super::super::DEFAULTS, Some("x:1"), &command).unwrap();
        assert!(text.contains("#: url = \"api27.unipile.com:15796\"\nurl = \"x:1\"\n"));
        let config: super::super::Config = toml::from_str(&text).unwrap();
        assert_eq!(config.server.url.as_deref(), Some("x:1"));
        assert_eq!(config.server.key_command, command);
        assert_eq!(server(&text, None, &[]).unwrap(), super::super::DEFAULTS);
    }

    #[test]
    fn every_way_to_write_the_table_can_be_changed_and_taken_back() {
        for text in [
            "",
            "[sync]\nhistory = \"all\"",
            "[server]",
            "  [ server ]  # here\nkey_command = [\n  \"a\", # one\n  \"b\",\n]\n[sync]\n",
            "server = { key = \"k\", url = \"u\" }\n[sync]\n",
            "server = {}\n",
            "server.key = \"k\"\nserver.\"url\" = '''u'''\n[sync]\n",
            "note = \"\"\"\n[server]\n#: url = \"no\"\n\"\"\"\n",
            "[sync]\r\nhistory = \"all\"\r\n[server]\r\nkey = \"k\"\r\n",
        ] {
            let done = server(text, Some("new"), &words(&["c"]))
                .unwrap_or_else(|stubborn| panic!("{text}: {stubborn:?}"));
            let table = read(&done).unwrap();
            assert_eq!(
                table["server"].to_string(),
                "{ key_command = [\"c\"], url = \"new\" }"
            );
            let back = server(&done, None, &[]).unwrap();
            let mut before = read(text).unwrap();
            before.remove("server");
            assert_eq!(read(&back).unwrap(), before, "{back}");
        }
        assert!(server("server = 1\n", Some("u"), &[]).is_err());
    }
}
