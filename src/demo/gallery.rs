//! Drawn files, the latest kept: somebody who opens a picture often opens it again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::media::{self, Media};
use super::rng::{hash, mix};

/// What a list says of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct About {
    pub(super) mime: &'static str,
    pub(super) size: usize,
    pub(super) frame: Option<(u32, u32)>,
}

/// At most so many files are kept.
const MOST: usize = 64;

/// The files of one world, by name and length in seconds.
#[derive(Debug, Default)]
pub(super) struct Gallery(Mutex<HashMap<(String, u32), Arc<Media>>>);

impl Gallery {
    /// The file with a name; the same name is always the same file.
    pub(super) fn file(&self, name: &str, seconds: Option<u32>) -> Arc<Media> {
        let key = (name.to_owned(), seconds.unwrap_or(0));
        if let Some(known) = self.lock().get(&key) {
            return Arc::clone(known);
        }
        let seed = mix(hash(name), u64::from(key.1));
        let drawn = Arc::new(match seconds {
            Some(seconds) => media::file_sized(name, seed, seconds),
            None => media::file(name, seed),
        });
        let mut kept = self.lock();
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(key, Arc::clone(&drawn));
        drawn
    }

    /// What is known of a file without drawing it; what is made in no time is made.
    pub(super) fn about(&self, name: &str, seconds: Option<u32>) -> About {
        if let Some(said) = media::outline(name, seconds.unwrap_or(media::USUAL)) {
            return About {
                mime: said.mime,
                size: said.size as usize,
                frame: Some((said.width, said.height)),
            };
        }
        let made = self.file(name, seconds);
        About {
            mime: made.mime,
            size: made.bytes.len(),
            frame: made.width.zip(made.height),
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<(String, u32), Arc<Media>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
