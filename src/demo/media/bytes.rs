//! Checksums and the laying of numbers, shared by the hand-made containers.

/// The sum zip and PNG use: reflected, so the low bit goes first.
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    let sum = bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg())
        })
    });
    !sum
}

/// The sum Ogg uses: the same polynomial the other way round, and nothing inverted.
pub(crate) fn ogg_crc(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |sum, byte| {
        (0..8).fold(sum ^ (u32::from(*byte) << 24), |sum, _| {
            (sum << 1) ^ (0x04C1_1DB7 & (sum >> 31).wrapping_neg())
        })
    })
}

/// A length as the 32 bits most formats have room for; nothing made here comes near.
pub(crate) fn size(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_agree_with_published_check_values() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(ogg_crc(b"123456789"), 0x89A1_897F);
    }
}
