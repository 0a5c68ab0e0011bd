//! onebox: one inbox for everything, in the terminal.

pub mod api;
pub mod demo;
pub mod model;
pub mod sync;
