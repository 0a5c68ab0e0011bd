//! What fills the terminal, a file for each screen.

pub mod accounts;
pub mod inbox;
pub mod welcome;
