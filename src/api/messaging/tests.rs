//! Tests of the messaging area.
