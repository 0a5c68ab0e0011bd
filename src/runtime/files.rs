//! Names for files that others have named: always inside the folder, always new, never anything a system takes for more
//! than a name.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization as _;

/// A name is no longer than this, in bytes, with room for a number.
const LONGEST: usize = 120;
/// An ending longer than this is no ending.
const ENDING: usize = 16;
/// Names that some systems take for devices.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];
/// Endings of what runs when it is opened.
const PROGRAMS: &[&str] = &[
    "exe", "bat", "cmd", "com", "scr", "msi", "ps1", "vbs", "vbe", "js", "jse", "wsf", "wsh",
    "hta", "lnk", "pif", "cpl", "reg", "dll", "desktop", "sh", "bash", "zsh", "fish", "command",
    "app", "jar", "appimage", "run", "py", "pl", "rb", "apk", "deb", "rpm", "dmg", "pkg", "url",
    "webloc", "scpt", "workflow",
];

/// A name that is nothing but a name.
pub fn safe(name: &str, mime: Option<&str>) -> String {
    // Only what stands behind the last separator of any system is the name.
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let cleaned: String = last.nfc().map(plain).collect();
    let cleaned = cleaned.trim_matches([' ', '.']);
    let (stem, ending) = match cleaned.rsplit_once('.') {
        Some((stem, ending)) if (1..=ENDING).contains(&ending.len()) && !stem.is_empty() => {
            (stem, Some(ending.to_owned()))
        }
        _ => (cleaned, usual(mime)),
    };
    let room = LONGEST - ENDING - 1;
    let end = (0..=stem.len().min(room))
        .rev()
        .find(|at| stem.is_char_boundary(*at));
    let stem = stem.get(..end.unwrap_or(0)).unwrap_or_default();
    let stem = stem.trim_matches([' ', '.']);
    let mut name = if stem.is_empty() { "file" } else { stem }.to_owned();
    let first = name.split('.').next().unwrap_or_default().to_lowercase();
    let device = first.trim_end_matches(|it: char| it.is_ascii_digit());
    // What begins with a dash is an option to many programs.
    if name.starts_with(['-', '~']) || DEVICES.contains(&device.trim_end()) {
        name.insert(0, '_');
    }
    match ending {
        Some(ending) => format!("{name}.{ending}"),
        None => name,
    }
}

/// The ending that goes with a kind of file.
fn usual(mime: Option<&str>) -> Option<String> {
    let endings = mime_guess::get_mime_extensions_str(mime?)?;
    endings.first().map(|it| (*it).to_owned())
}

/// A letter that means nothing to a system.
fn plain(letter: char) -> char {
    let shown = crate::model::text::clean(letter.encode_utf8(&mut [0; 4]))
        .chars()
        .next();
    match shown {
        Some('<' | '>' | ':' | '"' | '|' | '?' | '*' | '\n' | '\t') | None => '_',
        Some(letter) if letter.is_control() => '_',
        Some(letter) => letter,
    }
}

/// Whether a file runs when it is opened.
pub fn runs(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, it)| it.to_lowercase());
    ending.is_some_and(|it| PROGRAMS.contains(&it.as_str()))
}

/// The name with a number, for where it is taken already.
fn numbered(name: &str, number: u32) -> String {
    match name.rsplit_once('.') {
        _ if number == 0 => name.to_owned(),
        Some((stem, ending)) => format!("{stem} ({number}).{ending}"),
        None => format!("{name} ({number})"),
    }
}

/// Puts a finished file into a folder under a name that nothing has yet. Nothing is replaced and no link followed.
pub fn settle(part: &Path, folder: &Path, name: &str) -> io::Result<PathBuf> {
    for number in 0..10_000 {
        let to = folder.join(numbered(name, number));
        match create(part, &to) {
            Ok(()) => return Ok(to),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::from(io::ErrorKind::AlreadyExists))
}

fn create(part: &Path, to: &Path) -> io::Result<()> {
    match std::fs::hard_link(part, to) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            // Some file systems have no second names.
            let mut from = File::open(part)?;
            let mut new = OpenOptions::new().write(true).create_new(true).open(to)?;
            io::copy(&mut from, &mut new)?;
            new.sync_all()
        }
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_keep_what_people_need_and_lose_what_systems_read_in_them() {
        for (given, kept) in [
            ("agenda.pdf", "agenda.pdf"),
            ("Résumé 2024 (final).docx", "Résumé 2024 (final).docx"),
            ("../../.ssh/authorized_keys", "authorized_keys"),
            ("C:\\Windows\\evil.exe", "evil.exe"),
            (".bashrc", "bashrc"),
            ("-rf", "_-rf"),
            ("CON.txt", "_CON.txt"),
            ("com1", "_com1"),
            ("..", "file"),
            ("", "file"),
            ("a:b?.txt", "a_b_.txt"),
        ] {
            assert_eq!(safe(given, None), kept, "{given}");
        }
        assert_eq!(safe("", Some("application/pdf")), "file.pdf");
        assert!(!safe("photo\u{202e}gpj.exe", None).contains('\u{202e}'));
        assert!(runs("photo.jpg.EXE") && runs("x.desktop") && !runs("x.pdf"));
    }

    proptest! {
        #[test]
        fn whatever_a_file_is_called_it_lies_in_the_folder_under_a_name_of_its_own(
            names in prop::collection::vec("(\\PC|[./\\\\:~ -]|\u{202e}|\u{0}|\n){0,60}", 1..8),
        ) {
            let folder = tempfile::tempdir().unwrap();
            let inside = folder.path().join("downloads");
            std::fs::create_dir(&inside).unwrap();
            let part = folder.path().join("part");
            let mut paths = std::collections::BTreeSet::new();
            for (at, name) in names.iter().chain(&names).enumerate() {
                std::fs::write(&part, at.to_string()).unwrap();
                let safe = safe(name, None);
                prop_assert!(safe.len() <= LONGEST + 1, "{safe:?}");
                let path = settle(&part, &inside, &safe).unwrap();
                std::fs::remove_file(&part).unwrap();
                prop_assert_eq!(path.parent(), Some(inside.as_path()));
                prop_assert_eq!(std::fs::read_to_string(&path).unwrap(), at.to_string());
                prop_assert!(paths.insert(path));
            }
            prop_assert_eq!(std::fs::read_dir(&inside).unwrap().count(), names.len() * 2);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_lies_in_wait_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let (part, target) = (folder.path().join("part"), folder.path().join("target"));
        std::fs::write(&part, "new").unwrap();
        std::os::unix::fs::symlink(&target, folder.path().join("a.txt")).unwrap();
        let path = settle(&part, folder.path(), "a.txt").unwrap();
        assert_eq!(path, folder.path().join("a (1).txt"));
        assert!(!target.exists());
    }
}
