//! The command line as a person or a script uses it.

mod api;
mod config;
mod demo;
mod email;
mod exports;
mod hostile;
mod login;
mod records;
mod send;
mod sync;
mod tables;
mod targets;
