//! The stored file: kills, damage, and what outlives both.

mod crash;
