//! A zip archive without compression: readable by everything, and a few lines long.

use super::bytes::{crc32, size};

/// The first of January 2024, as the clock of an old PC.
const DATE: u16 = (44 << 9) | (1 << 5) | 1;

pub(super) fn archive(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let offset = size(&out);
        let shared = shared_fields(name, bytes);
        out.extend(b"PK\x03\x04");
        out.extend(&shared);
        out.extend(name.as_bytes());
        out.extend(bytes);

        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&shared);
        directory.extend([0; 10]); // no comment, first disk, no attributes
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (start, length) = (size(&out), size(&directory));
    let count = u16::try_from(files.len()).unwrap_or(u16::MAX).to_le_bytes();
    out.extend(directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([count, count].as_flattened());
    out.extend([length.to_le_bytes(), start.to_le_bytes()].as_flattened());
    out.extend([0; 2]);
    out
}

/// What a file's own header and its line in the directory both say, from version to extra length.
fn shared_fields(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut fields = vec![20, 0, 0, 0x08, 0, 0, 0, 0]; // version 2.0, UTF-8 names, stored, midnight
    fields.extend(DATE.to_le_bytes());
    fields.extend(crc32(bytes).to_le_bytes());
    fields.extend(size(bytes).to_le_bytes());
    fields.extend(size(bytes).to_le_bytes());
    fields.extend(u16::try_from(name.len()).unwrap_or(0).to_le_bytes());
    fields.extend([0, 0]);
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(bytes: &[u8], at: usize, wide: usize) -> usize {
        bytes[at..at + wide]
            .iter()
            .rev()
            .fold(0, |sum, byte| sum << 8 | usize::from(*byte))
    }

    #[test]
    fn the_directory_leads_to_every_file() {
        let files = [("a.txt", b"alpha".to_vec()), ("deep/b.bin", vec![0; 300])];
        let zip = archive(&files);
        let end = zip.len() - 22;
        assert_eq!(&zip[end..end + 4], b"PK\x05\x06");
        assert_eq!(number(&zip, end + 10, 2), files.len());
        let mut at = number(&zip, end + 16, 4);
        assert_eq!(at + number(&zip, end + 12, 4), end);
        for (name, bytes) in &files {
            assert_eq!(&zip[at..at + 4], b"PK\x01\x02");
            assert_eq!(number(&zip, at + 16, 4), crc32(bytes) as usize);
            let local = number(&zip, at + 42, 4);
            assert_eq!(&zip[local..local + 4], b"PK\x03\x04");
            assert_eq!(zip[local + 4..local + 30], zip[at + 6..at + 32]);
            let start = local + 30 + number(&zip, local + 26, 2);
            assert_eq!(&zip[local + 30..start], name.as_bytes());
            assert_eq!(&zip[start..start + number(&zip, at + 24, 4)], bytes);
            at += 46 + name.len();
        }
        assert_eq!(at, end);
    }
}
