//! Linked accounts and how they are linked.
