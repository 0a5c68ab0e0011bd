//! Keeps the key of a login: in the system's keyring, or in a file that only its owner can read.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret as _, SecretString};

use super::{Failure, keyring, output};
use crate::api::BaseUrl;
use crate::config::{Profile, private};

/// Where a key is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kept {
    Keyring,
    File {
        path: PathBuf,
        /// Why it is not the keyring, where that was wanted.
        keyring: Option<keyring::Trouble>,
    },
}

/// What became of the wish to forget a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Forgotten {
    /// Whether there was one.
    pub(super) found: bool,
    /// Why the keyring, which may hold one, could not be asked.
    pub(super) unasked: Option<keyring::Trouble>,
}

/// The name of a key in the keyring. It holds the server, so that no key is ever found for another one.
fn entry(profile: &Profile, base: &BaseUrl) -> String {
    format!("{} at {base}", profile.name)
}

/// Keeps a key. None of the profile may be kept already: see [`forget`].
pub(super) fn write(
    profile: &Profile,
    base: &BaseUrl,
    key: &SecretString,
    use_keyring: bool,
) -> Result<Kept, Failure> {
    let mut trouble = None;
    if use_keyring && profile.keyring {
        match keyring::write(&entry(profile, base), key.expose_secret()) {
            Ok(()) => return Ok(Kept::Keyring),
            Err(words) => trouble = Some(words),
        }
    }
    let path = profile.key_file();
    let text = format!("{}\n", key.expose_secret());
    private::write(&path, text.as_bytes()).map_err(|error| unwritten(&path, &error))?;
    Ok(Kept::File {
        path,
        keyring: trouble,
    })
}

/// The key that a login has kept for a server.
pub(super) fn read(profile: &Profile, base: &BaseUrl) -> Result<SecretString, Failure> {
    let keyring = if profile.keyring {
        keyring::read(&entry(profile, base))
    } else {
        Ok(None)
    };
    if let Ok(Some(key)) = keyring {
        return Ok(SecretString::from(key));
    }
    let path = profile.key_file();
    match std::fs::read_to_string(&path) {
        Ok(text) => {
            if private::others_can_read(&path) {
                output::error(&exposed(&path));
            }
            Ok(SecretString::from(text.trim().to_owned()))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let why = match keyring {
                Err(trouble) => format!(" (the keyring: {trouble})"),
                Ok(_) => String::new(),
            };
            Err(Failure::auth(format!(
                "There is a server in profile {} and no key for it{why}. Log in with `onebox login`, or give the key as ONEBOX_KEY.",
                profile.name
            )))
        }
        Err(error) => Err(Failure::auth(format!(
            "The key in {} cannot be read: {error}. Log in again with `onebox login`.",
            path.display()
        ))),
    }
}

/// Removes the key that is kept for the server of a profile.
pub(super) fn forget(profile: &Profile, base: Option<&BaseUrl>) -> Result<Forgotten, Failure> {
    let path = profile.key_file();
    let in_file = match std::fs::remove_file(&path) {
        Ok(()) => true,
        Err(error) if error.kind() == ErrorKind::NotFound => false,
        Err(error) => {
            return Err(Failure::usage(format!(
                "The key in {} cannot be removed: {error}. Remove the file by hand.",
                path.display()
            )));
        }
    };
    let in_keyring = match base {
        Some(base) if profile.keyring => keyring::remove(&entry(profile, base)),
        _ => Ok(false),
    };
    Ok(Forgotten {
        found: in_file || in_keyring == Ok(true),
        unasked: in_keyring.err().filter(|_| !in_file),
    })
}

/// Warns of a key that others can read.
pub(super) fn exposed(path: &Path) -> String {
    format!(
        "{} holds your key, and other users of this machine can read it. Forbid it with `chmod 600`.",
        path.display()
    )
}

/// Says that a file could not be written.
pub(super) fn unwritten(path: &Path, error: &std::io::Error) -> Failure {
    Failure::usage(format!(
        "{} cannot be written: {error}. Make room or change its permissions, then try again.",
        path.display()
    ))
}
