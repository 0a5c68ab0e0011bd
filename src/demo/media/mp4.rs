//! A short film: JPEG pictures in the boxes of an MP4 file.
//!
//! One second is drawn and the tables of the file show it again for every second, so a film of two minutes
//! is hardly larger than one of two seconds.

use super::bytes::size;
use super::canvas::Canvas;
use super::colour::{WHITE, faint, fall, hsl, lighter, rgb};
use super::encode::jpeg_bytes;
use super::path::Path;
use super::scenes;

pub(super) const WIDTH: u16 = 480;
pub(super) const HEIGHT: u16 = 270;
const PER_SECOND: u8 = 8;

pub(super) fn film(name: &str, seed: u64, seconds: u32) -> Vec<u8> {
    let view = scenes::draw(name, seed, WIDTH, HEIGHT);
    let frames: Vec<Vec<u8>> = (0..PER_SECOND)
        .map(|step| frame(&view, f32::from(step) / f32::from(PER_SECOND)))
        .collect();
    let head = boxed(*b"ftyp", &[b"isom\0\0\x02\0isomiso2mp41"]);
    let media = boxed(*b"mdat", &[&frames.concat()]);
    let first = size(&head) + 8;
    let sizes: Vec<u32> = frames.iter().map(|frame| size(frame)).collect();
    [head, media, movie(&sizes, first, seconds)].concat()
}

/// The view with balloons swaying before it, at a part of the second.
fn frame(view: &Canvas, part: f32) -> Vec<u8> {
    let mut art = view.clone();
    for balloon in 0u8..4 {
        let at = f32::from(balloon);
        let turn = (part + at * 0.25) * std::f32::consts::TAU;
        let (x, y) = (
            170.0 + at * 205.0 + turn.sin() * 26.0,
            190.0 + at * 21.0 + turn.cos() * 40.0,
        );
        let rubber = hsl(at * 85.0 + 10.0, 0.85, 0.58);
        art.fill(
            &Path::line(&[(x, y + 50.0), (x - turn.sin() * 14.0, y + 150.0)], 3.0),
            faint(WHITE, 190),
        );
        art.fill(
            &Path::oval(x, y, 44.0, 54.0),
            fall(lighter(rubber, 0.35), rubber, y - 54.0, y + 54.0),
        );
        art.fill(
            &Path::oval(x - 14.0, y - 20.0, 8.0, 13.0),
            faint(WHITE, 170),
        );
    }
    let dot = if part < 0.5 {
        rgb(0xFF3B3B)
    } else {
        rgb(0x7A2A2A)
    };
    art.fill(&Path::circle(916.0, 40.0, 14.0), dot);
    jpeg_bytes(art, 70)
}

fn movie(sizes: &[u32], first: u32, seconds: u32) -> Vec<u8> {
    let time = ints(&[0, 0, 0, 1000, seconds * 1000]);
    let rest = ints(&[0x0001_0000, 0x0100_0000, 0, 0]);
    let spare = ints(&[0, 0, 0, 0, 0, 0, 2]);
    let header = boxed(*b"mvhd", &[&time, &rest, &matrix(), &spare]);
    boxed(*b"moov", &[&header, &track(sizes, first, seconds)])
}

fn track(sizes: &[u32], first: u32, seconds: u32) -> Vec<u8> {
    let time = ints(&[7, 0, 0, 1, 0, seconds * 1000, 0, 0, 0, 0]);
    let extent = ints(&[u32::from(WIDTH) << 16, u32::from(HEIGHT) << 16]);
    let header = boxed(*b"tkhd", &[&time, &matrix(), &extent]);
    let clock = ints(&[
        0,
        0,
        0,
        u32::from(PER_SECOND),
        seconds * u32::from(PER_SECOND),
        0x55C4_0000,
    ]);
    let handler = boxed(*b"hdlr", &[&[0; 8], b"vide", &[0; 12], b"onebox demo\0"]);
    let shown = boxed(*b"vmhd", &[&ints(&[1, 0, 0])]);
    let here = boxed(*b"url ", &[&ints(&[1])]);
    let data = boxed(*b"dinf", &[&boxed(*b"dref", &[&ints(&[0, 1]), &here])]);
    let inner = boxed(*b"minf", &[&shown, &data, &samples(sizes, first, seconds)]);
    let media = boxed(*b"mdia", &[&boxed(*b"mdhd", &[&clock]), &handler, &inner]);
    boxed(*b"trak", &[&header, &media])
}

/// Where the pictures lie: every second is a chunk, and all chunks are the same place.
fn samples(sizes: &[u32], first: u32, seconds: u32) -> Vec<u8> {
    let count = u32::from(PER_SECOND);
    let all = usize::try_from(seconds).unwrap_or(1);
    let mut lengths = ints(&[0, 0, count * seconds]);
    lengths.extend(ints(&sizes.repeat(all)));
    let mut places = ints(&[0, seconds]);
    places.extend(ints(&vec![first; all]));
    boxed(
        *b"stbl",
        &[
            &boxed(*b"stsd", &[&ints(&[0, 1]), &entry()]),
            &boxed(*b"stts", &[&ints(&[0, 1, count * seconds, 1])]),
            &boxed(*b"stsc", &[&ints(&[0, 1, 1, count, 1])]),
            &boxed(*b"stsz", &[&lengths]),
            &boxed(*b"stco", &[&places]),
        ],
    )
}

/// Says that the pictures are JPEG (object type 0x6C of MPEG-4 systems).
fn entry() -> Vec<u8> {
    let mut fields = vec![0, 0, 0, 0, 0, 0, 0, 1];
    fields.extend([0; 16]);
    fields.extend(WIDTH.to_be_bytes());
    fields.extend(HEIGHT.to_be_bytes());
    fields.extend(ints(&[0x0048_0000, 0x0048_0000, 0]));
    fields.extend([0, 1]);
    fields.extend([0; 32]);
    fields.extend([0, 24, 0xFF, 0xFF]);
    let config = [0x04, 13, 0x6C, 0x11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let descriptor = [&[0, 0, 0, 0, 0x03, 21, 0, 1, 0][..], &config, &[0x06, 1, 2]].concat();
    boxed(*b"mp4v", &[&fields, &boxed(*b"esds", &[&descriptor])])
}

fn matrix() -> Vec<u8> {
    ints(&[0x0001_0000, 0, 0, 0, 0x0001_0000, 0, 0, 0, 0x4000_0000])
}

fn ints(values: &[u32]) -> Vec<u8> {
    values
        .iter()
        .flat_map(|value| value.to_be_bytes())
        .collect()
}

fn boxed(kind: [u8; 4], parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    let mut out = (size(&body) + 8).to_be_bytes().to_vec();
    out.extend(kind);
    out.extend(body);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARENTS: [&[u8]; 6] = [b"moov", b"trak", b"mdia", b"minf", b"dinf", b"stbl"];

    fn int(bytes: &[u8], at: usize) -> usize {
        u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap()) as usize
    }

    /// Walks all boxes to the very end of the bytes, noting each kind with its body.
    fn walk<'a>(mut bytes: &'a [u8], seen: &mut Vec<(&'a [u8], &'a [u8])>) {
        while !bytes.is_empty() {
            let (whole, rest) = bytes.split_at(int(bytes, 0));
            seen.push((&whole[4..8], &whole[8..]));
            if PARENTS.contains(&&whole[4..8]) {
                walk(&whole[8..], seen);
            }
            bytes = rest;
        }
    }

    #[test]
    fn boxes_nest_to_the_end_and_every_sample_is_a_picture() {
        let film = film("sea.mp4", 3, 5);
        let mut seen = Vec::new();
        walk(&film, &mut seen);
        let body = |kind: &[u8]| seen.iter().find(|(name, _)| *name == kind).unwrap().1;
        let (sizes, places) = (body(b"stsz"), body(b"stco"));
        assert_eq!((int(sizes, 8), int(places, 4)), (40, 5));
        assert_eq!(int(body(b"mvhd"), 16), 5000);
        let mut at = int(places, 8);
        for sample in 0..8 {
            let next = at + int(sizes, 12 + sample * 4);
            let picture = image::load_from_memory(&film[at..next]).unwrap();
            assert_eq!(picture.width(), u32::from(WIDTH));
            at = next;
        }
    }
}
