//! Which account a request acts with, and what must hold for it: known, connected, of a network that offers the act.

use crate::demo::ask::Ask;
use crate::demo::problem::Problem;
use crate::demo::world::World;
use crate::demo::world::account::Network;

/// The account that a request acts with.
#[derive(Debug, Clone, Copy)]
pub(in crate::demo) struct Actor {
    pub(super) at: u32,
    pub(super) network: Network,
}

/// The account that the query names.
pub(super) fn by_query(world: &World, ask: &Ask) -> Result<Actor, Problem> {
    named(world, ask.need_query("account_id")?)
}

/// The account that the body names; some clients repeat it in the query alone.
pub(super) fn by_body(world: &World, ask: &Ask) -> Result<Actor, Problem> {
    match ask.text("account_id")? {
        Some(id) => named(world, &id),
        None => by_query(world, ask),
    }
}

fn named(world: &World, id: &str) -> Result<Actor, Problem> {
    let (at, account) = world.acting_account(id)?;
    Ok(Actor {
        at,
        network: account.network,
    })
}

impl Actor {
    /// Refuses networks that do not offer the act.
    pub(super) fn on(self, offered: &[Network]) -> Result<Self, Problem> {
        if offered.contains(&self.network) {
            Ok(self)
        } else {
            Err(Problem::not_offered(format!(
                "{} does not offer this.",
                self.network.word()
            )))
        }
    }

    pub(super) fn on_linkedin(self) -> Result<Self, Problem> {
        self.on(&[Network::Linkedin])
    }
}
