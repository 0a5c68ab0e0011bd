//! onebox: one inbox for everything, in the terminal.

pub mod api;
pub mod cli;
pub mod config;
pub mod demo;
pub mod model;
pub mod sync;
