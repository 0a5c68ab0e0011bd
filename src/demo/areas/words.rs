//! Small parts that many answers share.

use jiff::Timestamp;

/// A moment as the server writes it: UTC, three digits, `Z`.
pub(in crate::demo) fn moment(at: i64) -> String {
    format!("{:.3}", Timestamp::from_millisecond(at).unwrap_or_default())
}

/// A yes or no as the number that chats and messages use.
pub(in crate::demo) fn bit(flag: bool) -> u8 {
    u8::from(flag)
}
