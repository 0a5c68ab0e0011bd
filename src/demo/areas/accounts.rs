//! accounts (to be written).
