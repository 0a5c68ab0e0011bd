//! The index as SQLite has it, and the words, queries and hits of this folder: they have to agree.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// The random choices are the same in every run.
pub(super) fn same_every_time() -> ProptestConfig {
    ProptestConfig {
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}
