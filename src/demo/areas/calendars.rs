//! calendars (to be written).
