//! What profiles, posts, hiring and calendars are made of.

use serde::{Deserialize, Serialize};

use super::seed::BadText;
use super::world::World;

/// The parts of the world that are neither talk nor mail.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Docs {}

impl Docs {
    /// Reads the built-in texts.
    pub(super) fn load(_world: &World) -> Result<Self, BadText> {
        Ok(Self {})
    }
}
