//! The table of operations: every call of the API, once. Client, shell and tests read it, so none can be forgotten.

#![allow(
    clippy::wildcard_imports,
    clippy::enum_glob_use,
    reason = "the rows read as a table"
)]

mod row;

pub mod accounts;
pub mod calendars;
pub mod emails;
pub mod linkedin;
pub mod messaging;
pub mod posts;
pub mod users;
pub mod webhooks;

use super::operation::Operation;

/// All operations, in the order of the contract.
pub fn all() -> impl Iterator<Item = &'static Operation> {
    [
        accounts::ALL,
        messaging::ALL,
        users::ALL,
        posts::ALL,
        linkedin::ALL,
        emails::ALL,
        webhooks::ALL,
        calendars::ALL,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// Finds an operation by its name in the contract, such as `listChats`.
pub fn find(id: &str) -> Option<&'static Operation> {
    all().find(|operation| operation.id == id)
}
