//! The tests of the whole program, in one binary: linking it once is faster than linking it for each file.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail, that is what it is for"
)]

mod cli;
mod client;
mod contract;
mod hooks;
mod house;
mod keys;
mod mail;
mod outbox;
mod properties;
mod screen;
mod store;
mod support;
mod sync;
mod world;
