//! The demo's own dice: a splitmix64 generator and the hash that seeds it.
//!
//! The whole demo world follows from one seed, so this must give the same numbers on every machine and in
//! every release: no clock, no operating system entropy, no hasher whose algorithm may change.

const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// Draws reproducible numbers from a seed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rng(u64);

impl Rng {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub const fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        finish(self.0)
    }

    /// Draws from `0..n`; zero when `n` is zero.
    pub fn below(&mut self, n: u64) -> u64 {
        self.next_u64().checked_rem(n).unwrap_or(0)
    }

    /// Draws from `a..b`; `a` when the range is empty.
    pub fn range(&mut self, a: u64, b: u64) -> u64 {
        a.saturating_add(self.below(b.saturating_sub(a)))
    }

    /// Draws a length of time from `a..b`; `a` when the range is empty.
    pub fn span(&mut self, a: i64, b: i64) -> i64 {
        let width = u64::try_from(b.saturating_sub(a)).unwrap_or(0);
        a.saturating_add(i64::try_from(self.below(width)).unwrap_or(0))
    }

    /// Says yes in about `percent` of a hundred cases.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// Draws from `0.0..1.0`.
    pub fn unit(&mut self) -> f32 {
        let top = u16::try_from(self.next_u64() >> 48).unwrap_or(0);
        f32::from(top) / 65_536.0
    }

    /// Draws a fraction from `a..b`.
    pub fn between(&mut self, a: f32, b: f32) -> f32 {
        a + (b - a) * self.unit()
    }

    /// Picks one of the items; nothing from an empty slice.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let count = u64::try_from(items.len()).ok()?;
        items.get(usize::try_from(self.below(count)).ok()?)
    }
}

/// Joins two numbers into a seed that depends on both and on their order.
pub const fn mix(a: u64, b: u64) -> u64 {
    finish(finish(a.wrapping_add(GOLDEN)) ^ b.wrapping_mul(GOLDEN))
}

/// Hashes a text (FNV-1a, then scrambled so that near texts are far apart).
pub fn hash(text: &str) -> u64 {
    let folded = text.bytes().fold(0xCBF2_9CE4_8422_2325, |sum: u64, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    });
    finish(folded)
}

const fn finish(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_the_published_splitmix64() {
        let mut rng = Rng::new(1_234_567);
        let drawn = [rng.next_u64(), rng.next_u64(), rng.next_u64()];
        assert_eq!(
            drawn,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423
            ]
        );
    }

    #[test]
    fn draws_stay_in_their_range_and_empty_ranges_are_harmless() {
        let mut rng = Rng::new(7);
        assert!((0..1000).all(|_| (3..9).contains(&rng.range(3, 9))));
        assert!((0..1000).all(|_| (0.0..1.0).contains(&rng.unit())));
        assert_eq!((rng.below(0), rng.range(5, 5), rng.range(9, 2)), (0, 5, 9));
        assert_eq!(rng.pick::<u8>(&[]), None);
        assert!((0..100).all(|_| rng.chance(100) && !rng.chance(0)));
    }

    #[test]
    fn near_texts_and_swapped_numbers_give_other_seeds() {
        assert_ne!(hash("ada"), hash("adb"));
        assert_ne!(mix(1, 2), mix(2, 1));
        assert_eq!(hash("ada"), hash("ada"));
    }
}
