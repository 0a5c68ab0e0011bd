//! The table of keys in the documentation is the table of commands.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use onebox::app::command::{ALL, About};

/// The table as it should stand in the documentation.
fn table() -> String {
    let mut text = String::new();
    for about in [
        About::Move,
        About::Go,
        About::Conversation,
        About::Message,
        About::Write,
        About::Program,
    ] {
        let title = about.title();
        write!(
            text,
            "## {title}\n\n| keys | name | what it does |\n|---|---|---|\n"
        )
        .unwrap();
        for row in ALL.iter().filter(|row| row.about == about) {
            let keys: Vec<String> = row.keys.iter().map(|key| format!("`{key}`")).collect();
            let keys = keys.join(" ");
            writeln!(text, "| {keys} | {} | {} |", row.name, row.says).unwrap();
        }
        text.push('\n');
    }
    text
}

#[test]
fn the_documented_keys_are_those_that_work() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/keys.md");
    let text = fs::read_to_string(&path).unwrap();
    let (head, rest) = text.split_once("<!-- keys -->\n").unwrap();
    let (found, tail) = rest.split_once("<!-- end -->").unwrap();
    let wanted = table();
    if std::env::var_os("ONEBOX_RENEW").is_some() {
        let whole = format!("{head}<!-- keys -->\n{wanted}<!-- end -->{tail}");
        fs::write(&path, whole).unwrap();
    } else {
        assert_eq!(found, wanted, "ONEBOX_RENEW=1 writes docs/keys.md anew");
    }
}
