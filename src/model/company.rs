//! Companies and what a search finds.
