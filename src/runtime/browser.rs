//! A mail as a page for the browser: a private file with nothing in it that runs, and nothing that is fetched unless the
//! user wants that.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::app::effect::Done;
use crate::config::private;
use crate::model::inbox::EntryKey;
use crate::store::Store;
use crate::store::read::entries;

/// So long a page is left for the browser.
const KEPT: Duration = Duration::from_secs(3600);

/// Shows a mail; gives what has gone wrong.
pub fn show(store: &Store, mail: EntryKey, pictures: bool) -> Option<Done> {
    let failed = |why: String| Some(Done::Failed(why));
    let html = match store.read_now(|db| entries::html(db, mail)) {
        Ok(Some(html)) => html,
        Ok(None) => return failed("The mail has no HTML that a browser could show.".to_owned()),
        Err(error) => return failed(error.to_string()),
    };
    let page = crate::mail::page::safe(&html, pictures);
    match write(&folder(store.dir()), &page) {
        Ok(path) => match open::that_detached(&path) {
            Ok(()) => None,
            Err(_) => failed(format!(
                "This system has no program to open {}.",
                path.display()
            )),
        },
        Err(error) => failed(format!("There is no place for the page: {error}.")),
    }
}

/// Where pages lie.
fn folder(dir: &Path) -> PathBuf {
    dir.join("pages")
}

fn write(folder: &Path, page: &str) -> io::Result<PathBuf> {
    private::folder(folder)?;
    sweep_folder(folder, KEPT)?;
    let (mut file, path) = tempfile::Builder::new()
        .prefix("mail-")
        .suffix(".html")
        .tempfile_in(folder)?
        .keep()
        .map_err(|error| error.error)?;
    io::Write::write_all(&mut file, page.as_bytes())?;
    Ok(path)
}

/// Removes the pages that earlier runs have left.
pub fn sweep(store: &Store) {
    match sweep_folder(&folder(store.dir()), KEPT) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            tracing::warn!(%error, "old pages could not be removed");
        }
        _ => {}
    }
}

fn sweep_folder(folder: &Path, kept: Duration) -> io::Result<()> {
    let now = SystemTime::now();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let about = entry.metadata()?;
        let age = now.duration_since(about.modified()?).unwrap_or_default();
        if about.is_file() && age >= kept {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn a_page_is_for_its_reader_alone_and_goes_after_a_while() {
        let dir = tempfile::tempdir().unwrap();
        let folder = folder(dir.path());
        let one = write(&folder, "<p>one</p>").unwrap();
        let two = write(&folder, "<p>two</p>").unwrap();
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&folder), mode(&one)), (0o700, 0o600));
        assert_eq!(fs::read_to_string(&two).unwrap(), "<p>two</p>");
        let old = SystemTime::now() - KEPT * 2;
        let file = fs::File::options().write(true).open(&one).unwrap();
        file.set_modified(old).unwrap();
        sweep_folder(&folder, KEPT).unwrap();
        assert!(!one.exists() && two.exists());
    }
}
