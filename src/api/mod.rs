//! The typed client of the Unipile API v1. Paths and field names of the wire live here and nowhere else.
//!
//! `client` sends a request once and judges nothing; waiting, repeating and rationing are done above, in `sync`. Each
//! area has a file with its calls and a folder row in `operations/`. Answers become values of the model through
//! `fields`, the tolerant reader. A second version of the API would be a second folder like this one.

pub mod accounts;
mod answer;
mod attachment;
mod base_url;
pub mod by_name;
pub mod calendars;
mod client;
#[cfg(test)]
mod contract;
mod either;
pub mod emails;
mod error;
mod fields;
mod form;
mod hurdle;
mod json_text;
pub mod linkedin;
pub mod messaging;
pub mod operation;
pub mod operations;
mod page;
pub mod posts;
mod request;
pub mod users;
pub mod webhooks;
mod wire;
mod words;

pub use base_url::{BadBaseUrl, BaseUrl};
pub use client::{Client, Download, Limits};
pub use error::{BadAnswer, Error, Refusal, Result, Trouble};
pub use fields::Flaw;
pub use hurdle::Hurdle;
pub use json_text::{BadJson, JsonText};
pub use page::{Cursor, Page, Paging, pages};
pub use request::{Json, Part, Payload, Request, Source, Upload, Word};
