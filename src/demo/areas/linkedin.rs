//! LinkedIn only (to be written).

use crate::demo::world::World;

pub(super) const ORGANIZATION_URN: &str = "urn:li:organization:71015796";
pub(super) const MAILBOX_URN: &str = "urn:li:fsd_profile:ACoAANuvemPageMailbox";

pub(super) fn inmail_credits(_world: &World) -> u32 {
    12
}

pub(super) fn spend_inmail(_world: &mut World) {}
