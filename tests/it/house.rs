//! The walls of the house: who may import whom, how long files and functions may get, what every file must say.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Which floor may use which; `main.rs` and `lib.rs` stand outside.
const FLOORS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("config", &["model"]),
    ("mail", &["model"]),
    ("api", &["model"]),
    ("store", &["model", "mail"]),
    ("sync", &["api", "store", "mail", "model", "config"]),
    ("demo", &[]),
    ("app", &["mail", "model", "config"]),
    ("ui", &["app", "mail", "model", "config"]),
    (
        "runtime",
        &[
            "ui", "app", "sync", "store", "api", "mail", "model", "config",
        ],
    ),
    (
        "cli",
        &[
            "runtime", "ui", "app", "sync", "store", "api", "mail", "model", "config", "demo",
        ],
    ),
];

const LONGEST_FILE: usize = 500;
const LONGEST_FUNCTION: usize = 80;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

fn sources() -> Vec<(String, String)> {
    ["src", "tests"]
        .iter()
        .flat_map(|folder| files_below(&root().join(folder)))
        .map(|path| {
            let name = path.strip_prefix(root()).unwrap().display().to_string();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect()
}

/// The floors that a source file names with `crate::`.
fn used(text: &str) -> BTreeSet<String> {
    let code = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| {
        line.split("crate::")
            .skip(1)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    })
    .flat_map(|rest| {
        let names = match rest.strip_prefix('{') {
            Some(group) => group.split(',').map(str::trim).map(str::to_owned).collect(),
            None => vec![rest],
        };
        names.into_iter().map(|name| {
            name.chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect()
        })
    })
    .filter(|name: &String| FLOORS.iter().any(|(floor, _)| floor == name))
    .collect()
}

#[test]
fn every_floor_uses_only_the_floors_below_it() {
    for (name, text) in sources() {
        let Some(floor) = name
            .strip_prefix("src/")
            .and_then(|rest| rest.split_once('/'))
            .map(|(floor, _)| floor)
        else {
            continue;
        };
        let (_, allowed) = FLOORS
            .iter()
            .find(|(known, _)| *known == floor)
            .unwrap_or_else(|| panic!("{floor} is no floor"));
        for other in used(&text) {
            assert!(
                other == floor || allowed.contains(&other.as_str()),
                "{name} uses {other}, which is not below {floor}"
            );
        }
    }
}

#[test]
fn files_and_functions_stay_readable() {
    for (name, text) in sources() {
        assert!(
            text.lines().count() <= LONGEST_FILE,
            "{name} has more than {LONGEST_FILE} lines: split it along a seam"
        );
        let mut begin: Option<(usize, usize, &str)> = None;
        for (number, line) in text.lines().enumerate() {
            let indent = line.len() - line.trim_start().len();
            let head = line
                .trim_start()
                .trim_start_matches("pub ")
                .trim_start_matches("async ")
                .trim_start_matches("const ");
            let is_function = head.starts_with("fn ")
                || head
                    .split_once(") ")
                    .is_some_and(|(scope, rest)| scope.starts_with("pub(") && rest.contains("fn "));
            if is_function && begin.is_none() && line.contains("fn ") {
                begin = Some((number, indent, line.trim()));
            }
            if let Some((from, depth, head)) = begin
                && (line.trim() == "}" && indent == depth
                    || number == from && line.trim_end().ends_with('}'))
            {
                assert!(
                    number - from < LONGEST_FUNCTION,
                    "{name}: {head} has {} lines",
                    number - from
                );
                begin = None;
            }
        }
    }
}

#[test]
fn every_file_opens_with_what_lives_there() {
    for (name, text) in sources() {
        assert!(
            text.starts_with("//! "),
            "{name} does not open with what lives in it"
        );
    }
}

#[test]
fn every_test_file_is_run() {
    for (name, _) in sources()
        .iter()
        .filter(|(name, _)| name.starts_with("tests/it/") && !name.ends_with("main.rs"))
    {
        let path = root().join(name);
        let (stem, folder) = (
            path.file_stem().unwrap().to_str().unwrap(),
            path.parent().unwrap(),
        );
        let (word, parents) = if stem == "mod" {
            (
                folder.file_name().unwrap().to_str().unwrap(),
                folder.parent().unwrap(),
            )
        } else {
            (stem, folder)
        };
        let declared = ["mod.rs", "main.rs"].iter().any(|file| {
            fs::read_to_string(parents.join(file)).is_ok_and(|text| {
                text.lines()
                    .any(|line| line.trim().ends_with(&format!("mod {word};")))
            })
        });
        assert!(declared, "{name} belongs to no module and is never run");
    }
}
