//! Of several processes on one profile only one fetches and sends: the one that holds a lock. The system gives it back
//! when its holder ends, however that happens, and then another one takes over.

use std::fs::{File, TryLockError};
use std::io::{Read as _, Write as _};
use std::path::Path;

use crate::store::private_file;

const LOCK: &str = "sync.lock";

/// The right to fetch and send; given back when dropped.
#[derive(Debug)]
pub struct Lead {
    _lock: File,
}

impl Lead {
    /// Takes the lead of the profile whose data lies in a directory; `None` while another process has it.
    pub fn take(dir: &Path) -> std::io::Result<Option<Self>> {
        let mut file = private_file(&dir.join(LOCK))?;
        match file.try_lock() {
            Ok(()) => {
                // Who has it is only told to people, so a full disk does not matter.
                let _ = file
                    .set_len(0)
                    .and_then(|()| write!(file, "{}", std::process::id()));
                Ok(Some(Self { _lock: file }))
            }
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// The number of the process that took the lead last, where it can be read.
    pub fn holder(dir: &Path) -> Option<u32> {
        let mut text = String::new();
        let file = File::open(dir.join(LOCK)).ok()?;
        file.take(20).read_to_string(&mut text).ok()?;
        text.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_has_the_lead_and_the_next_one_can_take_it_over() {
        let dir = tempfile::tempdir().unwrap();
        let first = Lead::take(dir.path()).unwrap();
        assert!(first.is_some());
        assert!(Lead::take(dir.path()).unwrap().is_none());
        assert_eq!(Lead::holder(dir.path()), Some(std::process::id()));
        drop(first);
        assert!(Lead::take(dir.path()).unwrap().is_some());
    }
}
