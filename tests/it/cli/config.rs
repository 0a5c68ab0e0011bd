//! `onebox config`: mistakes are told before they cost anything, and the key is not.

use crate::support::{bare, err, out};

#[test]
fn config_check_says_every_mistake_with_its_file_and_line_and_exits_with_two() {
    let home = tempfile::tempdir().unwrap();
    let onebox = |arguments: &[&str]| {
        let mut command = bare();
        command
            .env("ONEBOX_CONFIG", home.path())
            .env("ONEBOX_DATA", home.path().join("data"))
            .args(arguments);
        command.output().unwrap()
    };
    let file = home.path().join("config.toml");
    let fine = onebox(&["config", "check"]);
    assert!(fine.status.success(), "{}", err(&fine));
    assert_eq!(
        out(&onebox(&["config", "path"])).trim(),
        file.display().to_string()
    );
    let shown = out(&onebox(&["config", "show"]));
    assert!(shown.contains("#: theme = \"auto\""), "{shown}");

    // A folder for files is checked as well.
    let taken = home.path().join("taken");
    std::fs::write(&taken, "").unwrap();
    let taken = format!("# mine\ndownloads = {:?}\n", taken.display().to_string());
    for (text, words) in [
        (taken.as_str(), "config.toml, line 2: downloads: "),
        ("downloads = \"files\"\n", "whole path"),
    ] {
        std::fs::write(&file, text).unwrap();
        let wrong = onebox(&["config", "check"]);
        assert_eq!(wrong.status.code(), Some(2));
        assert!(err(&wrong).contains(words), "{words}: {}", err(&wrong));
    }

    let text = "[server]\nkey = '''very-\nsecret'''\n[screen]\nclok = \"24h\"\nplain = \"no\"\n";
    std::fs::write(&file, text).unwrap();
    let wrong = onebox(&["config", "check"]);
    assert_eq!(wrong.status.code(), Some(2));
    for words in ["config.toml, line 5: ", "clok", "config.toml, line 6: "] {
        assert!(err(&wrong).contains(words), "{words}: {}", err(&wrong));
    }
    for text in [
        text.replace("clok = \"24h\"\nplain = \"no\"", "clock = \"12h\""),
        "server = { key = \"very-secret\" }\n".to_owned(),
        "[server]\nkey = \"very-secret\"\nurl = \"x:1\"\n".to_owned(),
        "[server]\n# key = \"very-secret\"\n#: key='very-secret'\nurl = \"x:1\" # key = \"very-secret\"\n".to_owned(),
        "# server = { url = \"x:1\", \"key\" = \"very-secret\" }\n# server.key = '''very-\n# secret'''\n".to_owned(),
    ] {
        std::fs::write(&file, &text).unwrap();
        assert!(onebox(&["config", "check"]).status.success());
        let shown = onebox(&["config", "show"]);
        assert!(!out(&shown).contains("secret"), "{}", out(&shown));
        assert_eq!(out(&shown).contains("url"), text.contains("url"));
    }
}
