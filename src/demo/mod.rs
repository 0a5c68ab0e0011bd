//! The embedded demo server: a living, seeded world served over loopback, so that everything onebox
//! can do may be tried, shown and tested without an account anywhere.

pub mod media;
pub mod rng;
