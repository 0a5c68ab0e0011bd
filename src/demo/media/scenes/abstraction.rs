//! Compositions for names that say nothing.

use super::{HEIGHT, WIDTH};
use crate::demo::media::canvas::Canvas;
use crate::demo::media::colour::{faint, fall, hsl, lighter};
use crate::demo::media::path::Path;
use crate::demo::rng::Rng;

pub(super) fn shapes(art: &mut Canvas, rng: &mut Rng) {
    let hue = rng.between(0.0, 360.0);
    art.fill(
        &Path::rect(0.0, 0.0, WIDTH, HEIGHT),
        fall(hsl(hue, 0.4, 0.93), hsl(hue + 30.0, 0.5, 0.82), 0.0, HEIGHT),
    );
    for index in 0u8..11 {
        let (x, y) = (rng.between(60.0, 900.0), rng.between(60.0, 580.0));
        let size = rng.between(40.0, 170.0);
        let apart = match index % 3 {
            0 => 0.0,
            1 => 150.0,
            _ => 210.0,
        };
        let ink = hsl(hue + apart, 0.7, rng.between(0.4, 0.65));
        let shape = match rng.below(5) {
            0 => Path::circle(x, y, size),
            1 => Path::round(x - size, y - size / 2.0, size * 2.0, size, size * 0.2),
            2 => Path::slice(x, y, (size, size), (0.5, 1.0)),
            3 => Path::star(x, y, 3, size * 1.2, size * 0.6),
            _ => Path::bow((x, y), (size, size), (0.0, 0.75), size * 0.28),
        };
        let shape = shape.turned((x, y), rng.unit());
        art.fill(
            &shape,
            fall(
                faint(lighter(ink, 0.3), 235),
                faint(ink, 235),
                y - size,
                y + size,
            ),
        );
    }
}

pub(super) fn waves(art: &mut Canvas, rng: &mut Rng) {
    let hue = rng.between(0.0, 360.0);
    art.fill(
        &Path::rect(0.0, 0.0, WIDTH, HEIGHT),
        fall(hsl(hue, 0.7, 0.85), hsl(hue + 40.0, 0.8, 0.7), 0.0, HEIGHT),
    );
    art.glow(
        rng.between(200.0, 760.0),
        140.0,
        260.0,
        [255, 255, 240, 190],
    );
    for band in 0u8..9 {
        let level = 150.0 + f32::from(band) * 58.0;
        let line = super::props::ridge(rng, level, 55.0, 0.0);
        let ink = hsl(
            hue + f32::from(band) * 14.0,
            0.65,
            0.68 - f32::from(band) * 0.055,
        );
        art.fill(
            &super::props::below(&line, HEIGHT),
            fall(ink, hsl(hue + 30.0, 0.6, 0.3), level - 60.0, HEIGHT + 200.0),
        );
    }
}
