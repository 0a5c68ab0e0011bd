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
mod canvas;
mod colour;
mod encode;
mod glyphs;
mod path;
mod portrait;
mod scenes;
mod sticker;

/// A file's bytes and what a server says about them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    pub bytes: Vec<u8>,
    pub mime: &'static str,
    pub width: Option<u32>,
    pub height: Option<u32>,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[ignore = "writes pictures to look at"]
    fn dump() {
        let names = std::env::var("NAMES").unwrap_or_default();
        std::fs::create_dir_all("/tmp/media").unwrap();
        for name in names.split(' ').filter(|n| !n.is_empty()) {
            let t = std::time::Instant::now();
            let art = scenes::draw(name, 1, 960, 640);
            let drawn = t.elapsed();
            let file = encode::jpeg(art);
            println!(
                "{name}: draw {drawn:?} all {:?} {} bytes",
                t.elapsed(),
                file.bytes.len()
            );
            std::fs::write(format!("/tmp/media/{name}.jpg"), file.bytes).unwrap();
        }
        let save = |name: String, make: &dyn Fn() -> Media| {
            let t = std::time::Instant::now();
            let m = make();
            println!("{name}: draw {:?} {} bytes", t.elapsed(), m.bytes.len());
            std::fs::write(format!("/tmp/media/{name}"), m.bytes).unwrap();
        };
        for i in 0..40 {
            save(format!("p{i:02}.jpg"), &|| {
                portrait(&format!("person {i}"), 1)
            });
        }
        for (i, n) in [
            "team",
            "climbing club",
            "neighbours",
            "family",
            "ABC",
            "x",
            "y",
            "z",
        ]
        .iter()
        .enumerate()
        {
            save(format!("g{i}.jpg"), &|| group(n, 1));
        }
        for i in 0..12 {
            save(format!("l{i:02}.png"), &|| {
                logo(&format!("Acme{i} Works"), 1)
            });
        }
        for n in [
            "heart", "star", "cat", "coffee", "gift", "rocket", "flower", "hike", "sun", "smile",
        ] {
            save(format!("s-{n}.webp"), &|| encode::webp(sticker::draw(n, 1)));
        }
        for i in 0..5 {
            save(format!("a{i}.gif"), &|| {
                encode::gif(sticker::frames("x", i), 90)
            });
        }
        save("shot.png".into(), &|| {
            encode::png(scenes::draw("screenshot", 1, 960, 640))
        });
    }
}
