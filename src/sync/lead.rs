//! Of several processes on one profile only one fetches and sends: the one that holds a lock. The system gives it back
//! when its holder ends, however that happens, and then another one takes over.

use std::fs::{File, TryLockError};
use std::path::Path;

use crate::store::private_file;

/// The right to fetch and send; given back when dropped.
#[derive(Debug)]
pub struct Lead {
    _lock: File,
}

impl Lead {
    /// Takes the lead of the profile whose data lies in a directory; `None` while another process has it.
    pub fn take(dir: &Path) -> std::io::Result<Option<Self>> {
        let file = private_file(&dir.join("sync.lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _lock: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
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
        drop(first);
        assert!(Lead::take(dir.path()).unwrap().is_some());
    }
}
