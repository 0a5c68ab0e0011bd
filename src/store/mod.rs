//! Everything onebox knows, in one SQLite file per profile: network writes it, screens and shell read it.

pub mod search;
