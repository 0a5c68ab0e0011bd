//! Reads the answers of the area.

mod company;
mod found;
mod hiring;

use crate::api::fields::{Decode, Fields, Flaw};

/// The answer to an endorsement.
pub(super) struct Endorsed(pub(super) bool);

impl Decode for Endorsed {
    const NAME: &'static str = "Endorsed";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self(f.is("endorsed")))
    }
}

/// The answer to an action on a member.
pub(super) struct Performed(pub(super) bool);

impl Decode for Performed {
    const NAME: &'static str = "Performed";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self(f.is("success")))
    }
}
