//! Files for the demo world, made by code: pictures, animations, sound, films, documents.
//!
//! Everything here is a pure function of a name and a seed, so a test that saw a byte once sees it again, and
//! nothing has to be shipped or licensed. The files are real: any program opens them. It must stay quick,
//! since the demo makes them while somebody waits, and must never do I/O.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "drawing turns bounded fractions into pixels and colours; float casts saturate"
)]
#![allow(
    clippy::unreadable_literal,
    reason = "colours are written as red, green and blue pairs"
)]

mod badge;
mod bytes;
mod canvas;
mod cards;
mod colour;
mod encode;
mod glyphs;
mod hair;
mod mp4;
mod office;
mod ogg;
mod outline;
mod path;
mod pdf;
mod portrait;
mod scenes;
mod sticker;
mod words;
mod zip;

use jiff::Timestamp;

pub use outline::{Outline, outline};

use super::rng::{Rng, hash, mix};

/// The longest sound or film, in seconds.
const LONGEST: u32 = 120;
/// The length of a sound or film that nobody gave one, in seconds.
pub const USUAL: u32 = 12;
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A file's bytes and what a server says about them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    pub bytes: Vec<u8>,
    pub mime: &'static str,
    pub width: Option<u32>,
    pub height: Option<u32>,
}

impl Media {
    fn plain(mime: &'static str, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            bytes: bytes.into(),
            mime,
            width: None,
            height: None,
        }
    }
}

/// A file of the kind its name ends in.
pub fn file(name: &str, seed: u64) -> Media {
    file_sized(name, seed, USUAL)
}

/// The same, with a length for sounds and films (between one second and two minutes).
pub fn file_sized(name: &str, seed: u64, seconds: u32) -> Media {
    let seconds = seconds.clamp(1, LONGEST);
    let drawn = draw(name, seed, seconds);
    match outline(name, seconds) {
        Some(said) => Media {
            bytes: outline::fill(drawn.bytes, said.mime, said.size),
            ..drawn
        },
        None => drawn,
    }
}

fn draw(name: &str, seed: u64, seconds: u32) -> Media {
    let (_, end) = name.rsplit_once('.').unwrap_or_default();
    match end.to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" => encode::jpeg(scenes::draw(name, seed, 960, 640)),
        "png" if name.to_lowercase().contains("logo") => logo(&words::title(name), seed),
        "png" => encode::png(scenes::draw(name, seed, 960, 640)),
        "webp" => encode::webp(sticker::draw(name, seed)),
        "gif" => encode::gif(sticker::frames(name, seed), 90),
        "ogg" | "oga" | "opus" | "mp3" | "m4a" | "aac" => {
            Media::plain("audio/ogg", ogg::voice(seed, seconds))
        }
        "mp4" | "mov" | "m4v" => Media {
            width: Some(u32::from(mp4::WIDTH)),
            height: Some(u32::from(mp4::HEIGHT)),
            ..Media::plain("video/mp4", mp4::film(name, seed, seconds))
        },
        other => document(name, other, seed),
    }
}

/// A PDF of a heading and lines.
pub fn pdf(title: &str, lines: &[String]) -> Vec<u8> {
    pdf::document(title, lines)
}

/// A Word document of a heading and paragraphs.
pub fn docx(title: &str, lines: &[String]) -> Vec<u8> {
    office::docx(title, lines)
}

/// A contact card.
pub fn vcard(name: &str, phone: &str, email: &str) -> String {
    cards::vcard(name, phone, email)
}

/// An invitation to a meeting; `organizer` and `attendees` are addresses.
pub fn ics(
    title: &str,
    start: Timestamp,
    end: Timestamp,
    organizer: &str,
    attendees: &[String],
) -> String {
    cards::invitation(title, start, end, organizer, attendees)
}

/// A person's picture, 256 by 256.
pub fn portrait(name: &str, seed: u64) -> Media {
    encode::jpeg(portrait::draw(name, seed))
}

/// A group's picture, 256 by 256.
pub fn group(name: &str, seed: u64) -> Media {
    encode::jpeg(badge::group(name, seed))
}

/// A company's logo, 256 by 256.
pub fn logo(name: &str, seed: u64) -> Media {
    encode::png(badge::logo(name, seed))
}

fn document(name: &str, end: &str, seed: u64) -> Media {
    let mut rng = Rng::new(mix(hash(name), seed));
    let (rng, title) = (&mut rng, words::title(name));
    match end {
        "pdf" => Media::plain("application/pdf", pdf(&title, &words::lines(name, rng))),
        "docx" => Media::plain(DOCX, docx(&title, &words::lines(name, rng))),
        "xlsx" => Media::plain(XLSX, office::xlsx(&title, &words::table(rng))),
        "zip" => Media::plain("application/zip", bundle(name, rng)),
        "vcf" => Media::plain("text/vcard", contact(rng)),
        "ics" => Media::plain("text/calendar", meeting(&title, rng)),
        "txt" => Media::plain("text/plain", words::lines(name, rng).join("\n")),
        "csv" => Media::plain("text/csv", csv(rng)),
        "md" => Media::plain("text/markdown", words::markdown(name, rng)),
        "json" => Media::plain("application/json", words::json(rng)),
        "log" => Media::plain("text/plain", words::log(rng)),
        _ => {
            let words = (0..rng.range(200, 1200)).flat_map(|_| rng.next_u64().to_le_bytes());
            Media::plain("application/octet-stream", words.collect::<Vec<u8>>())
        }
    }
}

fn bundle(name: &str, rng: &mut Rng) -> Vec<u8> {
    let title = words::title(name);
    zip::archive(&[
        (
            "readme.txt",
            words::lines(name, rng).join("\n").into_bytes(),
        ),
        ("data/table.csv", csv(rng).into_bytes()),
        ("data/log.txt", words::log(rng).into_bytes()),
        ("summary.pdf", pdf(&title, &words::lines(name, rng))),
    ])
}

fn csv(rng: &mut Rng) -> String {
    let rows: Vec<String> = words::table(rng).iter().map(|row| row.join(",")).collect();
    rows.join("\n") + "\n"
}

fn contact(rng: &mut Rng) -> String {
    let name = words::person(rng);
    let phone = format!(
        "+33 6 {:02} {:02} {:02} {:02}",
        rng.below(100),
        rng.below(100),
        rng.below(100),
        rng.below(100)
    );
    vcard(&name, &phone, &address(&name))
}

fn meeting(title: &str, rng: &mut Rng) -> String {
    // At nine or later, on one of the forty days from the second of March 2026.
    let hours = rng.below(40) * 24 + rng.range(9, 17);
    let start = 1_772_409_600 + i64::from(hours as u32) * 3600;
    let at = |second| Timestamp::from_second(second).unwrap_or_default();
    let (host, guest) = (words::person(rng), words::person(rng));
    ics(
        title,
        at(start),
        at(start + 2700),
        &address(&host),
        &[address(&guest)],
    )
}

/// An address in a domain kept for examples; the only accent among the demo's names is unfolded.
fn address(name: &str) -> String {
    let local: String = name
        .replace('è', "e")
        .chars()
        .map(|letter| {
            if letter == ' ' {
                '.'
            } else {
                letter.to_ascii_lowercase()
            }
        })
        .filter(|letter| letter.is_ascii_alphanumeric() || *letter == '.')
        .collect();
    format!("{local}@example.org")
}

#[cfg(test)]
mod tests {
    use image::AnimationDecoder as _;

    use super::*;

    #[test]
    fn pictures_decode_to_the_size_they_announce() {
        let made = [
            file("garden.jpg", 1),
            file("dashboard.png", 1),
            file("company-logo.png", 1),
            file("hello.webp", 1),
            file("party.gif", 1),
            portrait("Ada", 1),
            group("Climbing", 1),
            logo("Acme", 1),
        ];
        for media in made {
            let format = image::guess_format(&media.bytes).unwrap();
            assert_eq!(format.to_mime_type(), media.mime);
            let picture = image::load_from_memory(&media.bytes).unwrap();
            assert_eq!(
                (Some(picture.width()), Some(picture.height())),
                (media.width, media.height)
            );
        }
    }

    #[test]
    fn an_animation_has_frames_that_differ_and_a_sticker_has_holes() {
        let gif = file("dance.gif", 4).bytes;
        let decoder = image::codecs::gif::GifDecoder::new(std::io::Cursor::new(gif)).unwrap();
        let frames = decoder.into_frames().collect_frames().unwrap();
        assert_eq!(frames.len(), 8);
        assert_ne!(frames[0].buffer(), frames[3].buffer());

        let webp = image::load_from_memory(&file("heart.webp", 1).bytes).unwrap();
        let alphas: Vec<u8> = webp.to_rgba8().pixels().map(|pixel| pixel[3]).collect();
        assert!(alphas.contains(&0) && alphas.contains(&255));
    }

    #[test]
    fn the_same_arguments_give_the_same_bytes_and_another_seed_gives_others() {
        let ends = "png jpg gif webp pdf ogg mp4 docx xlsx zip vcf ics txt csv md json log bin";
        for end in ends.split(' ') {
            let name = format!("notes.{end}");
            let media = file(&name, 1);
            assert!(!media.bytes.is_empty(), "{name}");
            assert_eq!(media, file(&name, 1), "{name}");
            assert!((2..9).any(|seed| file(&name, seed) != media), "{name}");
        }
        assert_ne!(portrait("Ada", 1), portrait("Grace", 1));
    }

    #[test]
    fn lengths_follow_the_seconds_up_to_two_minutes() {
        let long = |name, seconds| file_sized(name, 1, seconds).bytes.len();
        assert!(long("voice.ogg", 30) > 2 * long("voice.ogg", 10));
        assert_eq!(long("voice.ogg", 120), long("voice.ogg", 5000));
        assert_eq!(long("voice.ogg", 0), long("voice.ogg", 1));
    }
}
