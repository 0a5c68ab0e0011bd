//! Keeps a world in a folder, so that it goes on where it stopped.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::phrases::Phrases;
use super::seed::{self, BadText, Scale};
use super::world::World;

/// Why a saved world cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    #[error("{path}: {source}. Choose another folder with --data.")]
    Io {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("{path} was not written by this version ({problem}). Move it away to begin anew.")]
    Unreadable { path: PathBuf, problem: String },
    #[error(transparent)]
    World(#[from] BadText),
}

/// The folder that a world is kept in.
#[derive(Debug, Clone)]
pub(super) struct Shelf {
    file: PathBuf,
}

impl Shelf {
    /// Opens a folder, making it when it is not there, for its owner only.
    pub(super) fn open(folder: &Path) -> Result<Self, SaveError> {
        let failed = |source| SaveError::Io {
            path: folder.to_owned(),
            source,
        };
        let mut builder = std::fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.recursive(true).create(folder).map_err(failed)?;
        Ok(Self {
            file: folder.join("world.json"),
        })
    }

    /// The world that lies here, or a new one.
    pub(super) fn load(&self, scale: &Scale) -> Result<World, SaveError> {
        let text = match std::fs::read(&self.file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(seed::world(scale)?);
            }
            Err(source) => {
                return Err(SaveError::Io {
                    path: self.file.clone(),
                    source,
                });
            }
        };
        let mut world: World =
            serde_json::from_slice(&text).map_err(|error| SaveError::Unreadable {
                path: self.file.clone(),
                problem: error.to_string(),
            })?;
        world.phrases = Phrases::load().map_err(|error| BadText::new("phrases.toml", "", error))?;
        world.index();
        Ok(world)
    }

    /// Writes a world that was turned into text, all of it or nothing.
    pub(super) fn store(&self, text: &[u8]) -> Result<(), SaveError> {
        let failed = |source| SaveError::Io {
            path: self.file.clone(),
            source,
        };
        let folder = self.file.parent().unwrap_or(Path::new("."));
        let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
        file.write_all(text).map_err(failed)?;
        file.as_file().sync_all().map_err(failed)?;
        file.persist(&self.file)
            .map_err(|error| failed(error.error))?;
        Ok(())
    }
}

/// A world as text.
pub(super) fn text(world: &World) -> Vec<u8> {
    serde_json::to_vec(world).unwrap_or_default()
}
