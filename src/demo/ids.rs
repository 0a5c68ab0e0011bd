//! Ids that look opaque and can be read back: 22 characters of base64url that hold what they name, scrambled by the
//! seed of the world. So a million messages need no table of ids, and the same seed gives the same ids.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as URL_SAFE;

use super::rng::mix;

/// What an id names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Kind {
    Account = 1,
    Chat = 2,
    Message = 3,
    Attendee = 4,
    Email = 5,
    Folder = 6,
    Webhook = 7,
    Attachment = 9,
    Other = 12,
}

/// Makes and reads the ids of one world.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ids {
    seed: u64,
}

const ROUNDS: u64 = 4;

impl Ids {
    pub(super) fn new(seed: u64) -> Self {
        Self { seed }
    }

    /// The id of a thing with up to two numbers.
    pub(super) fn make(self, kind: Kind, a: u32, b: u32) -> String {
        let mut left = (kind as u64) << 56;
        let mut right = u64::from(a) << 32 | u64::from(b);
        for round in 0..ROUNDS {
            (left, right) = (right, left ^ mix(self.seed ^ round, right));
        }
        let bits = u128::from(left) << 64 | u128::from(right);
        URL_SAFE.encode(bits.to_be_bytes())
    }

    /// What an id holds; `None` when it was not made for this kind in this world.
    pub(super) fn read(self, kind: Kind, id: &str) -> Option<(u32, u32)> {
        let bits = u128::from_be_bytes(URL_SAFE.decode(id).ok()?.try_into().ok()?);
        let mut left = u64::try_from(bits >> 64).ok()?;
        let mut right = u64::try_from(bits & u128::from(u64::MAX)).ok()?;
        for round in (0..ROUNDS).rev() {
            (left, right) = (right ^ mix(self.seed ^ round, left), left);
        }
        let genuine = left == (kind as u64) << 56;
        let a = u32::try_from(right >> 32).ok()?;
        let b = u32::try_from(right & 0xffff_ffff).ok()?;
        genuine.then_some((a, b))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_gives_back_what_it_names_and_nothing_else() {
        let ids = Ids::new(7);
        for (a, b) in [(0, 0), (1, 2), (u32::MAX, 3), (10_000, 1_000_000)] {
            let id = ids.make(Kind::Message, a, b);
            assert_eq!(id.len(), 22);
            assert_eq!(ids.read(Kind::Message, &id), Some((a, b)));
            assert_eq!(ids.read(Kind::Chat, &id), None);
            assert_eq!(Ids::new(8).read(Kind::Message, &id), None);
        }
        for broken in [
            "",
            "short",
            "!!!!!!!!!!!!!!!!!!!!!!",
            "AAAAAAAAAAAAAAAAAAAAAA",
            "ÄÄÄÄÄÄÄÄÄÄÄ",
        ] {
            assert_eq!(ids.read(Kind::Message, broken), None, "{broken}");
        }
    }
}
