//! What makes the world live: answers, read marks, reactions, new messages and mails at human intervals.

use super::world::World;

/// Sets in motion what follows from a message of the owner.
pub(super) fn after_sending(_world: &mut World, _chat: u32, _n: u32) {}
