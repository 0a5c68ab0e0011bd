//! Pictures that stand for more than one person: groups and companies.

use super::canvas::Canvas;
use super::colour::{Colour, WHITE, darker, faint, fall, hsl, lighter, rgb};
use super::glyphs::centred;
use super::path::Path;
use super::portrait::{SIZE, UNITS};
use super::sticker;
use crate::demo::rng::{Rng, hash, mix};

/// A group's picture: what its name speaks of on a plain ground, or a few people side by side.
pub(super) fn group(name: &str, seed: u64) -> Canvas {
    let mut rng = Rng::new(mix(hash(name), seed));
    let mut art = Canvas::new(SIZE, SIZE, UNITS, WHITE);
    let hue = rng.between(0.0, 360.0);
    let ground = hsl(hue, 0.6, 0.5);
    art.fill(
        &Path::rect(0.0, 0.0, UNITS, UNITS),
        fall(lighter(ground, 0.35), ground, 0.0, UNITS),
    );
    let ray = [(128.0, 128.0), (400.0, 98.0), (400.0, 158.0)];
    let rays = (0u8..10).fold(Path::default(), |path, at| {
        path.and(Path::polygon(&ray).turned((128.0, 128.0), f32::from(at) / 10.0))
    });
    art.fill(&rays, faint(WHITE, 46));
    if !sticker::named(&mut art, &mut rng, name) {
        people(&mut art, &mut rng);
    }
    art
}

fn people(art: &mut Canvas, rng: &mut Rng) {
    let skins = [0xF3CFB0, 0xD9A070, 0x9A6238, 0x5C3824];
    for (x, y, size) in [
        (62.0, 100.0, 0.85),
        (194.0, 100.0, 0.85),
        (128.0, 116.0, 1.1),
    ] {
        let cloth = hsl(rng.between(0.0, 360.0), 0.75, 0.5);
        let skin = rgb(rng.pick(&skins).copied().unwrap_or_default());
        let hair = rgb(rng
            .pick(&[0x221A1C, 0x5A3420, 0xD9A84A, 0x9A3A2A])
            .copied()
            .unwrap_or_default());
        let body = Path::round(
            x - 56.0 * size,
            y + 36.0 * size,
            112.0 * size,
            200.0,
            50.0 * size,
        );
        art.fill(
            &body,
            fall(lighter(cloth, 0.15), darker(cloth, 0.2), y, UNITS),
        );
        art.fill(&Path::circle(x, y - 6.0 * size, 42.0 * size), hair);
        art.fill(
            &Path::oval(x, y + 8.0 * size, 33.0 * size, 37.0 * size),
            skin,
        );
        art.fill(
            &Path::bow(
                (x, y + 14.0 * size),
                (13.0 * size, 11.0 * size),
                (0.06, 0.44),
                4.0 * size,
            ),
            darker(skin, 0.6),
        );
        for side in [-1.0, 1.0] {
            art.fill(
                &Path::circle(x + side * 12.0 * size, y + 2.0 * size, 4.0 * size),
                rgb(0x1C1A20),
            );
        }
    }
}

/// A company's mark: a sign of simple geometry, or its initials.
pub(super) fn logo(name: &str, seed: u64) -> Canvas {
    let mut rng = Rng::new(mix(hash(name), seed));
    let mut art = Canvas::new(SIZE, SIZE, UNITS, WHITE);
    let hue = rng.between(0.0, 360.0);
    let (main, second) = (hsl(hue, 0.72, 0.46), hsl(hue + 50.0, 0.8, 0.56));
    let dark = rng.chance(60);
    let (back, mark, spark) = if dark {
        (main, WHITE, lighter(second, 0.35))
    } else {
        (WHITE, main, second)
    };
    art.fill(
        &Path::rect(0.0, 0.0, UNITS, UNITS),
        fall(
            back,
            if dark {
                darker(back, 0.25)
            } else {
                rgb(0xECEFF4)
            },
            0.0,
            UNITS,
        ),
    );
    if rng.chance(45) {
        initials(&mut art, name, mark, spark);
    } else {
        sign(&mut art, &mut rng, mark, spark);
    }
    art
}

fn initials(art: &mut Canvas, name: &str, mark: Colour, spark: Colour) {
    let letters: String = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()))
        .take(2)
        .collect();
    let size = if letters.chars().count() > 1 {
        92.0
    } else {
        132.0
    };
    centred(art, (128.0, 118.0), size, &letters, mark);
    art.fill(&Path::round(64.0, 200.0, 128.0, 14.0, 7.0), spark);
}

fn sign(art: &mut Canvas, rng: &mut Rng, mark: Colour, spark: Colour) {
    let (main, extra) = match rng.below(7) {
        0 => (
            Path::bow((128.0, 128.0), (68.0, 68.0), (0.1, 0.9), 34.0),
            Path::circle(196.0, 128.0, 22.0),
        ),
        1 => (
            Path::polygon(&[(128.0, 40.0), (220.0, 204.0), (36.0, 204.0)]),
            Path::polygon(&[(128.0, 118.0), (176.0, 204.0), (80.0, 204.0)]),
        ),
        2 => (
            Path::rect(48.0, 118.0, 40.0, 90.0).and(Path::rect(108.0, 80.0, 40.0, 128.0)),
            Path::rect(168.0, 44.0, 40.0, 164.0),
        ),
        3 => (
            (0u8..6).fold(Path::default(), |path, at| {
                let petal = Path::oval(128.0, 76.0, 24.0, 44.0);
                path.and(petal.turned((128.0, 128.0), f32::from(at) / 6.0))
            }),
            Path::circle(128.0, 128.0, 22.0),
        ),
        4 => (
            Path::star(128.0, 128.0, 3, 100.0, 86.0).turned((128.0, 128.0), 0.25),
            Path::slice(128.0, 128.0, (48.0, 48.0), (0.5, 1.0)),
        ),
        5 => (
            Path::line(
                &[(44.0, 170.0), (92.0, 90.0), (140.0, 160.0), (212.0, 66.0)],
                30.0,
            ),
            Path::circle(212.0, 66.0, 26.0),
        ),
        _ => (
            Path::slice(128.0, 128.0, (90.0, 90.0), (0.25, 0.75)),
            Path::slice(136.0, 128.0, (76.0, 76.0), (-0.25, 0.25)),
        ),
    };
    art.fill(&main, mark);
    art.fill(&extra, spark);
}
