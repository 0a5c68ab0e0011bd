//! posts (to be written).
