//! Tests of the emails area.
