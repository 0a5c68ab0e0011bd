//! What profiles, posts, hiring and calendars are made of: small tables read from `assets/demo/*.toml` and changed by
//! the areas. It knows nothing of requests or of JSON on the wire.

pub(super) mod calendar;
pub(super) mod companies;
pub(super) mod hiring;
pub(super) mod network;
pub(super) mod posts;
pub(super) mod recurrence;

use serde::{Deserialize, Serialize};

use super::rng::mix;
use super::seed::BadText;
use super::world::{ME, World};
use calendar::Calendars;
use companies::Companies;
use hiring::Hiring;
use network::Circle;
use posts::Feed;

/// The parts of the world that are neither talk nor mail.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Docs {
    pub(super) companies: Companies,
    pub(super) circle: Circle,
    pub(super) feed: Feed,
    pub(super) hiring: Hiring,
    pub(super) calendars: Calendars,
}

impl Docs {
    /// Reads the built-in texts.
    pub(super) fn load(world: &World) -> Result<Self, BadText> {
        let circle = Circle::load(world)?;
        Ok(Self {
            companies: Companies::load(&circle)?,
            feed: Feed::load(world)?,
            hiring: Hiring::load(world)?,
            calendars: Calendars::load(world)?,
            circle,
        })
    }
}

/// Reads the names of people and the ages that a text gives.
struct Reader<'a> {
    world: &'a World,
    file: &'static str,
}

impl Reader<'_> {
    fn fault(&self, place: impl std::fmt::Display, problem: impl std::fmt::Display) -> BadText {
        BadText::new(self.file, place, problem)
    }

    fn person(&self, key: &str) -> Result<u32, BadText> {
        if key == "me" {
            return Ok(ME);
        }
        self.world
            .person_by_key(key)
            .ok_or_else(|| self.fault(key, "is nobody"))
    }

    fn people(&self, keys: &[String]) -> Result<Vec<u32>, BadText> {
        keys.iter().map(|key| self.person(key)).collect()
    }

    /// The moment that lies so long before the beginning, such as `3h20m`.
    fn ago(&self, age: &str) -> Result<i64, BadText> {
        super::seed::when::length(age)
            .map(|length| self.world.began - length)
            .ok_or_else(|| self.fault(age, "is no length of time"))
    }
}

/// A long number as LinkedIn gives to what people make there.
fn long_number(seed: u64, n: u64) -> String {
    (7_000_000_000_000_000_000 + mix(seed, n) % 999_999_999_999_999).to_string()
}
