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

mod canvas;
mod colour;
mod encode;
mod glyphs;
mod path;
mod scenes;

/// A file's bytes and what a server says about them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    pub bytes: Vec<u8>,
    pub mime: &'static str,
    pub width: Option<u32>,
    pub height: Option<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[ignore = "writes pictures to look at"]
    fn dump() {
        let names = std::env::var("NAMES").unwrap_or_default();
        std::fs::create_dir_all("/tmp/media").unwrap();
        for name in names.split(' ') {
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
    }
}
