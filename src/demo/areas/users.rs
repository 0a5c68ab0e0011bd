//! users (to be written).

pub(in crate::demo) fn accepted(_world: &mut crate::demo::world::World, _invitation: &str) {}
