//! emails
