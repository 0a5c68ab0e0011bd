//! What a picture or film will be, known before it is drawn: a list of messages tells sizes, and must not draw for it.
//!
//! The size follows from the name alone. When the file is drawn, it is filled up to that size inside its own format, in
//! parts that every reader skips.

use super::bytes::crc32;
use super::mp4;
use crate::demo::rng::hash;

/// Kind, frame and size of a file that takes time to draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outline {
    pub mime: &'static str,
    pub width: u32,
    pub height: u32,
    pub size: u32,
}

const KB: u32 = 1024;

/// The outline of a picture or film; `None` for files that are made in no time.
pub fn outline(name: &str, seconds: u32) -> Option<Outline> {
    let (_, end) = name.rsplit_once('.')?;
    let seconds = seconds.clamp(1, super::LONGEST);
    let chance = |most: u32| u32::try_from(hash(name) % u64::from(most)).unwrap_or(0);
    let photo = |mime, least| Outline {
        mime,
        width: 960,
        height: 640,
        size: least + chance(900 * KB),
    };
    // The least is more than any drawing of the kind takes.
    Some(match end.to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" => photo("image/jpeg", 240 * KB),
        "png" if name.to_lowercase().contains("logo") => Outline {
            width: 256,
            height: 256,
            ..photo("image/png", 420 * KB)
        },
        "png" => photo("image/png", 600 * KB),
        "webp" => Outline {
            mime: "image/webp",
            width: 256,
            height: 256,
            // RIFF knows even lengths only.
            size: (60 * KB + chance(50 * KB)) & !1,
        },
        "gif" => Outline {
            mime: "image/gif",
            width: 240,
            height: 176,
            size: 400 * KB + chance(500 * KB),
        },
        "mp4" | "mov" | "m4v" => Outline {
            mime: "video/mp4",
            width: u32::from(mp4::WIDTH),
            height: u32::from(mp4::HEIGHT),
            size: 260 * KB + seconds * (20 * KB + chance(50 * KB)),
        },
        _ => return None,
    })
}

/// Fills a file up to a size; one that is larger already stays as it is.
pub(super) fn fill(mut bytes: Vec<u8>, mime: &str, size: u32) -> Vec<u8> {
    let missing = (size as usize).saturating_sub(bytes.len());
    // No format needs more than this for an empty part.
    if missing < 16 {
        return bytes;
    }
    match mime {
        "image/jpeg" => insert(&mut bytes, 2, &comments(missing)),
        "image/png" => insert_before_end(&mut bytes, 12, &chunk(missing)),
        "image/gif" => insert_before_end(&mut bytes, 1, &remarks(missing)),
        "image/webp" => riff(&mut bytes, missing),
        "video/mp4" => {
            bytes.extend(u32::try_from(missing).unwrap_or(u32::MAX).to_be_bytes());
            bytes.extend(b"free");
            bytes.resize(size as usize, 0);
        }
        _ => {}
    }
    bytes
}

fn insert(bytes: &mut Vec<u8>, at: usize, part: &[u8]) {
    let at = at.min(bytes.len());
    bytes.splice(at..at, part.iter().copied());
}

fn insert_before_end(bytes: &mut Vec<u8>, tail: usize, part: &[u8]) {
    insert(bytes, bytes.len().saturating_sub(tail), part);
}

/// JPEG comments of so many bytes in all; each has a head of four bytes and room for 65,533.
fn comments(missing: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(missing);
    while out.len() < missing {
        let left = missing - out.len();
        let whole = if left > 65_537 {
            left.min(65_537 - 4)
        } else {
            left
        };
        let length = u16::try_from(whole - 2).unwrap_or(u16::MAX);
        out.extend([0xff, 0xfe]);
        out.extend(length.to_be_bytes());
        out.resize(out.len() + whole - 4, 0);
    }
    out
}

/// One PNG chunk that readers may skip.
fn chunk(missing: usize) -> Vec<u8> {
    let mut body = b"fiLl".to_vec();
    body.resize(missing - 8, 0);
    let mut out = u32::try_from(missing - 12)
        .unwrap_or(0)
        .to_be_bytes()
        .to_vec();
    let sum = crc32(&body);
    out.extend(body);
    out.extend(sum.to_be_bytes());
    out
}

/// A GIF comment of so many bytes in all: blocks of up to 255, each after its length.
fn remarks(missing: usize) -> Vec<u8> {
    let mut out = vec![0x21, 0xfe];
    while out.len() < missing - 1 {
        let left = missing - 1 - out.len();
        let block = if left > 256 { left.min(256 - 2) } else { left };
        out.push(u8::try_from(block - 1).unwrap_or(u8::MAX));
        out.resize(out.len() + block - 1, b' ');
    }
    out.push(0);
    out
}

/// A RIFF chunk at the end, counted in the head.
fn riff(bytes: &mut Vec<u8>, missing: usize) {
    // Chunks begin at even places and have even lengths.
    let room = (missing - 8) & !1;
    bytes.extend(b"FILL");
    bytes.extend(u32::try_from(room).unwrap_or(0).to_le_bytes());
    bytes.resize(bytes.len() + room, 0);
    let total = u32::try_from(bytes.len() - 8).unwrap_or(0).to_le_bytes();
    if let Some(head) = bytes.get_mut(4..8) {
        head.copy_from_slice(&total);
    }
}

#[cfg(test)]
mod tests {
    use super::super::file_sized;
    use super::*;

    #[test]
    fn a_drawn_file_is_what_its_outline_said_and_still_opens() {
        for name in [
            "sea.jpg",
            "dashboard.png",
            "logo-nuvem.png",
            "cat.webp",
            "hello.webp",
            "party.webp",
            "dance.gif",
            "clip-sea.mp4",
        ] {
            let said = outline(name, 5).unwrap();
            let drawn = file_sized(name, 3, 5);
            assert_eq!(
                (drawn.mime, drawn.width, drawn.height),
                (said.mime, Some(said.width), Some(said.height)),
                "{name}"
            );
            assert_eq!(drawn.bytes.len(), said.size as usize, "{name}");
            if said.mime.starts_with("image/") {
                let opened = image::load_from_memory(&drawn.bytes).unwrap();
                assert_eq!(
                    (opened.width(), opened.height()),
                    (said.width, said.height),
                    "{name}"
                );
            }
        }
        assert_eq!(outline("notes.pdf", 1), None);
    }

    #[test]
    fn every_missing_size_can_be_filled() {
        for missing in (16..700).chain(65_520..65_560).chain(131_060..131_090) {
            assert_eq!(comments(missing).len(), missing);
            assert_eq!(chunk(missing).len(), missing);
            assert_eq!(remarks(missing).len(), missing);
        }
    }
}
