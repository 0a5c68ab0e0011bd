//! Calendars and their events.
