//! How far everything has been fetched, what is wanted next, and what went wrong on the way.

pub mod lists;
pub mod ranges;
mod stamps;
pub mod troubles;
pub mod wanted;

pub use stamps::{raise_stamp, stored_stamp};
