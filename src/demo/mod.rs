//! The embedded Unipile: the same API on loopback, over a world of invented people that comes alive.
//!
//! `seed` makes a `world` from the texts in assets/demo, `areas` answer requests from it, `live` moves it on, and
//! `server` speaks HTTP. Nothing here reuses the client's reading of the contract: two independent readings catch each
//! other's mistakes.

mod aftermath;
mod areas;
mod ask;
mod assets;
mod deliver;
mod docs;
mod gallery;
mod ids;
mod incoming;
mod line;
mod live;
pub mod media;
mod mischief;
mod news;
mod page;
mod phrases;
mod post;
mod problem;
mod reply;
mod rng;
mod routes;
mod save;
mod seed;
mod server;
mod world;

pub use mischief::{Aftermath, Mischief};
pub use news::{About, News};
pub use save::SaveError;
pub use seed::{BadText, Scale};
pub use server::{Clock, Demo, Options, StartError};
pub use world::World;
