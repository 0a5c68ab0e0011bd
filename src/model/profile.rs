//! Profiles of people.
