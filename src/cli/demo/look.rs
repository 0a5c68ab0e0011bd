//! The demo in the look of its user: the part of the settings about screen and keys, and the themes. Nothing else of a
//! profile gets there, no address, no key, no account.

use std::fs;
use std::path::Path;

use crate::config::private;
use crate::runtime::look::Look;

/// Copies it into the folder of the demo's settings; what has a mistake in it is left out.
pub(super) fn lend(own: &Look, to: &Path) {
    if own.mistakes().is_empty() && private::folder(to).is_ok() {
        let text = fs::read_to_string(own.file()).unwrap_or_default();
        if let Some(text) = of_screen(&text) {
            let _ = private::write(&to.join("config.toml"), text.as_bytes());
        }
        let _ = themes(&own.dir.join("themes"), &to.join("themes"));
    }
}

/// What settings say about screen and keys.
fn of_screen(text: &str) -> Option<String> {
    let mut table: toml::Table = text.parse().ok()?;
    table.retain(|name, _| matches!(name, "screen" | "keys"));
    toml::to_string(&table).ok()
}

fn themes(from: &Path, to: &Path) -> std::io::Result<()> {
    private::folder(to)?;
    for entry in fs::read_dir(from)?.flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|it| it == "toml") {
            private::write(&to.join(entry.file_name()), &fs::read(&path)?)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::look::{Flags, Terminal};

    #[test]
    fn the_demo_has_the_themes_and_keys_of_its_user_and_nothing_else_of_them() {
        let home = tempfile::tempdir().unwrap();
        let (own, demo) = (home.path().join("own"), home.path().join("demo"));
        fs::create_dir_all(own.join("themes")).unwrap();
        let look = |dir: &Path| Look {
            dir: dir.to_owned(),
            flags: Flags::default(),
            terminal: Terminal::default(),
            readonly: false,
        };
        let settings = "[server]\nkey = \"very-secret\"\n[screen]\ntheme = \"mine\"\n[keys]\narchive = \"F5\"\n";
        fs::write(own.join("config.toml"), settings).unwrap();
        fs::write(own.join("themes/mine.toml"), "").unwrap();
        lend(&look(&own), &demo);
        let (settings, _) = look(&demo).read().unwrap();
        assert_eq!(settings.theme, "mine");
        assert!(settings.themes.contains(&"mine".to_owned()));
        let key = settings.keymap.key(crate::app::Command::Archive, true);
        assert_eq!(key.as_deref(), Some("F5"));
        let text = fs::read_to_string(demo.join("config.toml")).unwrap();
        assert!(
            !text.contains("secret") && !text.contains("server"),
            "{text}"
        );
    }
}
