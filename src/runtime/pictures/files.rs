//! Pictures that hang on messages, once the user has looked at them: files that only their owner can read, under names
//! of our own, and the oldest go when there are too many.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::PathBuf;
use std::time::SystemTime;

use sha2::{Digest as _, Sha256};

use crate::api::Error;
use crate::api::operations::{emails, messaging};
use crate::config::private;
use crate::model::id::{EmailId, MessageId};
use crate::model::inbox::{AttachmentKey, StoredAttachment};
use crate::runtime::online::Online;
use crate::store::read::entries::{self, Origin};
use crate::store::{self, Store};
use crate::sync::Patience;

/// No picture is larger.
const LARGEST: u64 = 20 << 20;
/// So much the folder holds.
const ROOM: u64 = 200 << 20;

/// The folder of pictures.
#[derive(Debug, Clone)]
pub struct Files {
    folder: PathBuf,
    room: u64,
    store: Store,
}

/// Why a picture could not be fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    #[error("The picture could not be fetched: {0}")]
    Api(#[from] Error),
    #[error("The picture cannot be kept: {0}.")]
    Disk(#[from] io::Error),
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error("The picture is no longer there.")]
    Missing,
    #[error("The picture is larger than 20 MB. Save it to look at it elsewhere.")]
    Large,
}

impl Files {
    pub fn new(store: &Store) -> Self {
        Self {
            folder: store.dir().join("pictures"),
            room: ROOM,
            store: store.clone(),
        }
    }

    /// Which of these are here.
    pub fn here(&self, keys: &[AttachmentKey]) -> Vec<AttachmentKey> {
        let is_here = |key: &&AttachmentKey| self.path(key).is_some_and(|it| it.is_file());
        keys.iter().filter(is_here).cloned().collect()
    }

    /// A picture that is here.
    pub fn read(&self, key: &AttachmentKey) -> Option<Vec<u8>> {
        let path = self.path(key)?;
        if !path.symlink_metadata().ok()?.is_file() {
            return None;
        }
        let file = File::options().read(true).write(true).open(path).ok()?;
        // What is looked at goes last; where that cannot be noted, it goes earlier.
        let _ = file.set_modified(SystemTime::now());
        let mut bytes = Vec::new();
        file.take(LARGEST).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    /// Fetches a picture from the server and keeps it.
    pub async fn fetch(&self, online: &Online, key: &AttachmentKey) -> Result<(), FetchError> {
        let (entry, id) = (key.entry, key.attachment.clone());
        let found = self
            .store
            .read(move |db| {
                let files = entries::attachments(db, entry)?;
                Ok((entries::origin(db, entry)?, files))
            })
            .await?;
        let (Some(origin), files) = found else {
            return Err(FetchError::Missing);
        };
        let file = files.iter().find(|it| it.id == id);
        let file = file
            .filter(|it| !it.unavailable)
            .ok_or(FetchError::Missing)?;
        if file.size.is_some_and(|size| size > LARGEST) {
            return Err(FetchError::Large);
        }
        let bytes = ask(online, &origin, file).await?;
        if u64::try_from(bytes.len()).is_ok_and(|it| it > LARGEST) {
            return Err(FetchError::Large);
        }
        let (files, path) = (self.clone(), self.path_of(&origin, key));
        let kept = tokio::task::spawn_blocking(move || files.keep(&path, &bytes)).await;
        kept.map_err(io::Error::other)??;
        Ok(())
    }

    fn path(&self, key: &AttachmentKey) -> Option<PathBuf> {
        let entry = key.entry;
        let origin = self.store.read_now(|db| entries::origin(db, entry));
        Some(self.path_of(&origin.ok()??, key))
    }

    /// A name that nobody outside can choose.
    fn path_of(&self, origin: &Origin, key: &AttachmentKey) -> PathBuf {
        let mut hash = Sha256::new();
        for part in [
            origin.account.as_str(),
            origin.uid.as_str(),
            key.attachment.as_str(),
        ] {
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        }
        let digest = hash.finalize();
        let digits: Vec<String> = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        self.folder.join(digits.concat())
    }

    fn keep(&self, path: &std::path::Path, bytes: &[u8]) -> io::Result<()> {
        private::write(path, bytes)?;
        self.make_room()
    }

    /// Removes what was not looked at for the longest time, until the rest fits.
    fn make_room(&self) -> io::Result<()> {
        let mut files = Vec::new();
        let mut sum = 0_u64;
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let facts = entry.metadata()?;
            if facts.is_file() {
                sum = sum.saturating_add(facts.len());
                files.push((facts.modified()?, facts.len(), entry.path()));
            }
        }
        files.sort();
        for (_, size, path) in files {
            if sum <= self.room {
                break;
            }
            fs::remove_file(path)?;
            sum = sum.saturating_sub(size);
        }
        Ok(())
    }
}

async fn ask(online: &Online, origin: &Origin, file: &StoredAttachment) -> Result<Vec<u8>, Error> {
    let Online { client, asker } = online;
    let (patience, account) = (Patience::default(), Some(origin.account.as_str()));
    let (bytes, _) = if origin.is_mail {
        let mail = EmailId::from(origin.uid.as_str());
        let call = || client.get_email_attachment_bytes(&mail, &file.id, Some(&origin.account));
        asker
            .ask(&emails::GET_EMAIL_ATTACHMENT, account, &patience, call)
            .await?
    } else {
        let message = MessageId::from(origin.uid.as_str());
        let call = || client.get_message_attachment_bytes(&message, &file.id);
        asker
            .ask(&messaging::GET_MESSAGE_ATTACHMENT, account, &patience, call)
            .await?
    };
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn the_folder_holds_so_much_and_what_was_looked_at_last_stays() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let files = Files {
            room: 250,
            ..Files::new(&store)
        };
        let now = SystemTime::now();
        for (name, age) in [("old", 30), ("older", 40), ("new", 10)] {
            let path = files.folder.join(name);
            private::write(&path, &[0; 100]).unwrap();
            let file = File::options().write(true).open(&path).unwrap();
            file.set_modified(now - Duration::from_secs(age)).unwrap();
        }
        files.keep(&files.folder.join("newest"), &[0; 100]).unwrap();
        let mut left: Vec<_> = fs::read_dir(&files.folder)
            .unwrap()
            .map(|it| it.unwrap().file_name().into_string().unwrap())
            .collect();
        left.sort();
        assert_eq!(left, ["new", "newest"]);
    }
}
