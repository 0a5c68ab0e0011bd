//! The keyring of the system. Its calls wait for D-Bus and must not run inside the runtime, so each has a thread.

/// Why the keyring did not serve, in words.
pub(super) type Trouble = String;

#[cfg(feature = "keyring")]
mod system {
    use std::sync::mpsc;
    use std::time::Duration;

    use keyring_core::api::CredentialStoreApi as _;
    use keyring_core::{Entry, Error};
    use zbus_secret_service_keyring_store::Store;

    use super::Trouble;

    /// Long enough for somebody to type the password of the keyring.
    const PATIENCE: Duration = Duration::from_secs(120);

    pub(in super::super) fn read(user: &str) -> Result<Option<String>, Trouble> {
        with(user, |entry| entry.get_password())
    }

    pub(in super::super) fn write(user: &str, key: &str) -> Result<(), Trouble> {
        let key = key.to_owned();
        with(user, move |entry| entry.set_password(&key)).map(drop)
    }

    /// Tells whether there was something to remove.
    pub(in super::super) fn remove(user: &str) -> Result<bool, Trouble> {
        with(user, |entry| entry.delete_credential()).map(|gone| gone.is_some())
    }

    /// Does something with an entry; `None` when there is no such entry.
    fn with<T: Send + 'static>(
        user: &str,
        work: impl FnOnce(Entry) -> keyring_core::Result<T> + Send + 'static,
    ) -> Result<Option<T>, Trouble> {
        let user = user.to_owned();
        let (tell, hear) = mpsc::channel();
        std::thread::spawn(move || {
            let done = Store::new()
                .and_then(|store| store.build("onebox", &user, None))
                .and_then(work);
            // Nobody hears it who has lost patience.
            let _ = tell.send(done);
        });
        match hear.recv_timeout(PATIENCE) {
            Ok(Ok(value)) => Ok(Some(value)),
            Ok(Err(Error::NoEntry)) => Ok(None),
            Ok(Err(error)) => Err(words(&error)),
            Err(_) => Err("it does not answer".to_owned()),
        }
    }

    /// An error in words; those that hold what was stored are not shown.
    fn words(error: &Error) -> Trouble {
        match error {
            Error::PlatformFailure(cause) | Error::NoStorageAccess(cause) => {
                crate::model::text::clean(&cause.to_string())
            }
            Error::Ambiguous(_) => "it holds several keys of this name".to_owned(),
            _ => "what it holds cannot be read".to_owned(),
        }
    }
}

#[cfg(not(feature = "keyring"))]
mod system {
    use super::Trouble;

    fn none() -> Trouble {
        "this onebox was built without it".to_owned()
    }

    pub(in super::super) fn read(_: &str) -> Result<Option<String>, Trouble> {
        Err(none())
    }

    pub(in super::super) fn write(_: &str, _: &str) -> Result<(), Trouble> {
        Err(none())
    }

    pub(in super::super) fn remove(_: &str) -> Result<bool, Trouble> {
        Err(none())
    }
}

pub(super) use system::{read, remove, write};
