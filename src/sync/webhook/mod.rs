//! Hears from the server when something happens, instead of asking again and again.
//!
//! The receiver is a small door on this machine: one address that cannot be guessed, one secret that has to come along.
//! Registration tells the server about it and takes that back. What arrives is a hint: asking the API repairs what
//! never came.

mod address;
mod door;
mod line;
mod memory;
mod receiver;
mod registration;

pub use address::BadPublicUrl;
pub use receiver::{Counts, Receiver, ReceiverLimits, StartError};
pub use registration::{Leftover, Refused, Registration, register};
