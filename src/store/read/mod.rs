//! What screens and shell read: windows along an index, never a count of rows skipped. Every query is a prepared
//! statement on a connection that cannot write.

pub mod accounts;
pub mod conversations;
pub mod correspondents;
pub mod entries;
pub mod folders;
pub mod mails;
pub mod people;

use jiff::Timestamp;

/// A stored time; one that is out of range is the beginning of time.
pub(in crate::store) fn time(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
