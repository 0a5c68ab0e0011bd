//! Posts, comments and reactions.
