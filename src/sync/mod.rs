//! Stands between those who want something and the client that asks for it: waits, repeats, rations.

mod ask;
mod limiter;
pub mod outbox;
pub mod webhook;

pub use ask::{Asker, Patience};
pub use limiter::{Limiter, Rates};
