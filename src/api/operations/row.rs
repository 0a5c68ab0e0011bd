//! Short words for writing the rows of the table, and the parameters that many of them share.

use crate::api::operation::{Kind, Param, Place};

const fn param(name: &'static str, place: Place, kind: Kind, help: &'static str) -> Param {
    Param {
        name,
        place,
        kind,
        many: false,
        required: false,
        choices: &[],
        help,
    }
}

/// A part of the path: always required.
pub(super) const fn path(name: &'static str, kind: Kind, help: &'static str) -> Param {
    param(name, Place::Path, kind, help).required()
}

pub(super) const fn query(name: &'static str, kind: Kind, help: &'static str) -> Param {
    param(name, Place::Query, kind, help)
}

pub(super) const fn header(name: &'static str, kind: Kind, help: &'static str) -> Param {
    param(name, Place::Header, kind, help)
}

pub(super) const fn body(name: &'static str, kind: Kind, help: &'static str) -> Param {
    param(name, Place::Body, kind, help)
}

impl Param {
    pub(super) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub(super) const fn many(mut self) -> Self {
        self.many = true;
        self
    }

    pub(super) const fn one_of(mut self, choices: &'static [&'static str]) -> Self {
        self.choices = choices;
        self
    }
}

pub(super) const CURSOR: Param = query("cursor", Kind::Text, "Token of the previous answer.");
pub(super) const BEFORE: Param = query(
    "before",
    Kind::Text,
    "Older than this moment, such as 2026-03-02T08:15:30.120Z.",
);
pub(super) const AFTER: Param = query(
    "after",
    Kind::Text,
    "Newer than this moment, such as 2026-03-02T08:15:30.120Z.",
);
pub(super) const LIMIT_100: Param = query("limit", Kind::Integer, "Page size, 1 to 100.");
pub(super) const LIMIT_250: Param = query(
    "limit",
    Kind::Integer,
    "Page size, 1 to 250; 100 when absent.",
);
pub(super) const LIMIT_1000: Param = query("limit", Kind::Integer, "Page size, 1 to 1000.");
pub(super) const LIMIT_FREE: Param = query("limit", Kind::Integer, "Page size.");
pub(super) const OFFSET: Param = query("offset", Kind::Number, "For providers without cursors.");
pub(super) const ACCOUNT: Param =
    query("account_id", Kind::Text, "Account that performs the call.").required();
pub(super) const ACCOUNT_FILTER: Param = query(
    "account_id",
    Kind::Text,
    "Only this account; several joined by commas.",
);
pub(super) const ACCOUNT_FILTER_ONE: Param = query("account_id", Kind::Text, "Only this account.");
pub(super) const ACCOUNT_WHEN_PROVIDER_ID: Param = query(
    "account_id",
    Kind::Text,
    "Needed when the id in the path is a provider id.",
);
pub(super) const LINKEDIN_SERVICE: Param =
    query("service", Kind::Text, "LinkedIn product of the posting.")
        .one_of(&["CLASSIC", "RECRUITER"]);
