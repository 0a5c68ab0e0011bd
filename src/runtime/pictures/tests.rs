//! Pictures that nobody made in good faith, and what reaches each kind of terminal.

use std::io::Cursor;
use std::time::{Duration, Instant};

use image::codecs::gif::GifEncoder;
use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use ratatui::buffer::CellDiffOption;

use super::*;
use crate::model::inbox::{AttachmentKey, EntryKey, HandleKey, PictureOwner};
use crate::store::Care;
use crate::ui::pictures::{Colours, Way};

fn medium(way: Way) -> Medium {
    Medium {
        way,
        cell: (10, 20),
        ..Medium::default()
    }
}

fn face() -> Wanted {
    Wanted {
        of: Of::Face(PictureOwner::Handle(HandleKey(1))),
        width: 4,
        height: 2,
    }
}

fn file() -> Wanted {
    Wanted {
        of: Of::File(AttachmentKey {
            entry: EntryKey(1),
            attachment: "a".into(),
        }),
        width: 40,
        height: 12,
    }
}

fn encoded(bytes: &[u8], wanted: &Wanted, way: Way) -> Option<Encoded> {
    encode::encode(bytes, wanted, medium(way), &Mutex::default())
}

fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let image = RgbaImage::from_fn(width, height, |x, y| {
        let part = |it: u32| u8::try_from(it % 256).unwrap();
        Rgba([part(x), part(y), part(x + y), 255])
    });
    let mut bytes = Cursor::new(Vec::new());
    let image = DynamicImage::from(image).into_rgb8();
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xEDB8_8320 * (sum & 1))
        })
    })
}

/// A picture that says it has another size.
fn lying(width: u32, height: u32, bits: u8) -> Vec<u8> {
    let mut png = picture(8, 8, ImageFormat::Png);
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    png[24] = bits;
    png[25] = if bits == 1 { 0 } else { 6 };
    let sum = checksum(&png[12..29]);
    png[29..33].copy_from_slice(&sum.to_be_bytes());
    png
}

#[test]
fn what_is_no_picture_broken_or_huge_is_nothing_and_soon() {
    let mut hostile: Vec<(String, Vec<u8>)> = vec![
        ("nothing".to_owned(), vec![]),
        ("a page".to_owned(), b"<svg onload=alert(1)></svg>".to_vec()),
        ("1 bit, 30000 x 30000".to_owned(), lying(30000, 30000, 1)),
        ("too long".to_owned(), lying(u32::MAX, 1, 1)),
        ("no size".to_owned(), lying(0, 0, 1)),
        ("too deep".to_owned(), lying(4096, 4096, 16)),
        ("cut short".to_owned(), lying(4096, 4096, 1)),
    ];
    let mut gif = Vec::new();
    let dot = RgbaImage::from_pixel(2, 2, Rgba([1, 2, 3, 255]));
    GifEncoder::new(&mut gif)
        .encode_frame(image::Frame::new(dot))
        .unwrap();
    gif[6..10].copy_from_slice(&[0xFF; 4]);
    hostile.push(("a huge gif".to_owned(), gif));
    for format in [
        ImageFormat::Png,
        ImageFormat::Jpeg,
        ImageFormat::Gif,
        ImageFormat::WebP,
    ] {
        let whole = picture(64, 64, format);
        let head = whole.len().min(20);
        hostile.push((format!("the head of {format:?}"), whole[..head].to_vec()));
        let mut noise = whole[..12].to_vec();
        noise.extend((0..5000_u32).map(|it| u8::try_from(it * it % 251).unwrap()));
        hostile.push((format!("noise as {format:?}"), noise));
    }
    for (name, bytes) in hostile {
        for wanted in [face(), file()] {
            let begin = Instant::now();
            let way = Way::Blocks(Colours::True);
            let found = quietly(|| encoded(&bytes, &wanted, way)).flatten();
            assert_eq!(found, None, "{name}");
            assert!(begin.elapsed() < Duration::from_secs(2), "{name}");
        }
    }
}

#[test]
fn pictures_with_damage_anywhere_harm_nobody() {
    for format in [
        ImageFormat::Png,
        ImageFormat::Jpeg,
        ImageFormat::Gif,
        ImageFormat::WebP,
    ] {
        let whole = picture(90, 60, format);
        for at in (0..whole.len()).step_by(whole.len() / 25 + 1) {
            let mut bent = whole.clone();
            bent[at] ^= 0x5A;
            for bytes in [&whole[..at], &bent] {
                let way = Way::Blocks(Colours::True);
                if let Some(it) = quietly(|| encoded(bytes, &file(), way)).flatten() {
                    assert!(it.drawn.width <= 40 && it.drawn.height <= 12);
                }
            }
        }
    }
}

#[test]
fn pictures_fill_or_fit_their_place_in_every_kind_of_terminal() {
    let png = picture(300, 100, ImageFormat::Png);
    for way in [
        Way::Blocks(Colours::True),
        Way::Blocks(Colours::Indexed),
        Way::Kitty,
        Way::Sixel,
        Way::Iterm2,
    ] {
        let somebody = encoded(&png, &face(), way).unwrap();
        assert_eq!(
            (somebody.drawn.width, somebody.drawn.height),
            (4, 2),
            "{way:?}"
        );
        let it = encoded(&png, &file(), way).unwrap();
        assert_eq!((it.drawn.width, it.drawn.height), (40, 7), "{way:?}");
        assert_eq!(it.drawn.cells.len(), 40 * 7);
        let first = it.drawn.cells[0].symbol();
        match way {
            Way::Blocks(_) => {
                let plain = |it: &ratatui::buffer::Cell| it.diff_option == CellDiffOption::None;
                assert!(it.drawn.cells.iter().all(plain));
            }
            Way::Kitty => {
                assert!(it.sent.starts_with("\x1b_G") && it.sent.ends_with("\x1b\\"));
                assert!(first.starts_with('\u{10EEEE}'), "{first:?}");
                let id = it.drawn.id.unwrap();
                assert!(it.sent.contains(&format!("i={id},")));
            }
            Way::Sixel => assert!(first.contains("\x1bP"), "{first:?}"),
            _ => assert!(first.contains("\x1b]1337;File=inline=1")),
        }
        // Only what goes before the frame is not in the cells.
        assert_eq!(it.sent.is_empty(), way != Way::Kitty);
    }
    let window = Wanted {
        width: 118,
        height: 33,
        ..file()
    };
    let it = encoded(&picture(960, 640, ImageFormat::Jpeg), &window, Way::Kitty).unwrap();
    assert_eq!((it.drawn.width, it.drawn.height), (99, 33));
    let graphic = |it: &ratatui::buffer::Cell| it.diff_option != CellDiffOption::None;
    assert!(it.drawn.cells.iter().all(graphic));
    // What is small is not blown up.
    let small = encoded(&picture(8, 8, ImageFormat::Png), &file(), Way::Sixel).unwrap();
    assert_eq!((small.drawn.width, small.drawn.height), (3, 2));
}

#[tokio::test]
async fn two_pictures_are_worked_out_at_a_time_and_what_is_not_on_the_screen_any_more_is_left_out()
{
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let png = picture(64, 64, ImageFormat::Png);
    let of = |key| PictureOwner::Handle(HandleKey(key));
    store
        .write_now(Care::Cache, move |tx| {
            (0..3).try_for_each(|key| pictures::put(tx, of(key), Some(&png), 0))
        })
        .unwrap();
    let wanted = |key| Wanted {
        of: Of::Face(of(key)),
        ..face()
    };
    let (done, mut made) = tokio::sync::mpsc::unbounded_channel();
    let crew = tokio::runtime::Handle::current();
    let (mut painters, medium) = (Painters::new(&store, done, crew), medium(Way::Kitty));
    painters.want((0..50).map(wanted).collect(), medium);
    assert_eq!(painters.at_work.len(), HANDS);
    painters.want(vec![wanted(0), wanted(2), wanted(9)], medium);
    let mut found = Vec::new();
    for _ in 0..4 {
        let it = made.recv().await.unwrap();
        painters.done(&it, medium);
        assert!(painters.at_work.len() <= HANDS);
        found.push((it.wanted, it.picture.is_some()));
    }
    found.sort_by_key(|(it, _)| format!("{it:?}"));
    // Whether the second had begun when it was not wanted any more, chance decides.
    found.retain(|(it, _)| *it != wanted(1));
    let expected = [(0, true), (2, true), (9, false)];
    assert_eq!(found, expected.map(|(key, drawn)| (wanted(key), drawn)));
    assert!(painters.at_work.is_empty() && painters.waiting.is_empty());
}
