//! The tests of the whole program: the embedded server is the only fake, and every byte goes over a real socket.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, its helpers too"
)]

mod contract;
mod support;
