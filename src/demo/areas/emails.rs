//! emails (to be written).
