//! Stands between those who want something and the client that asks for it: waits, repeats, rations.

mod ask;
pub mod engine;
mod lead;
mod limiter;
pub mod outbox;
pub mod session;
pub mod webhook;

pub use ask::{Asker, Patience};
pub use lead::Lead;
pub use limiter::{Limiter, Rates};
