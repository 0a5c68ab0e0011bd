//! The parts of screens.

pub mod avatar;
pub mod bar;
pub mod composer;
pub mod first_sync;
pub mod footer;
pub mod frame;
pub mod list;
pub mod mail_form;
pub mod picture;
pub mod places;
mod plain;
pub mod thread;
