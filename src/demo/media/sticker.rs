//! Stickers: one thing, on nothing, with the white rim stickers have. Also the moving ones.

use std::f32::consts::TAU;

use super::canvas::Canvas;
use super::colour::{CLEAR, Colour, WHITE, darker, faint, fall, hsl, lighter, rgb};
use super::path::{Path, Point};
use super::scenes::cat_head;
use crate::demo::rng::{Rng, hash, mix};

type Drawing = fn(&mut Canvas, &mut Rng);

/// On a board of 256 units, around its middle.
const STICKERS: &[(&str, Drawing)] = &[
    ("heart love thanks merci hug", heart),
    ("star win bravo congrats champion", star),
    ("cat kitten miaou meow", cat),
    ("coffee tea cafe morning break kaffee", coffee),
    ("cake party birthday gift celebrate family", gift),
    ("rocket launch ship deploy startup team founders", rocket),
    ("garden plant flower neighbours spring green", flower),
    ("climb climbing mountain hike summit ski", peak),
    ("sun summer beach holiday sea sail", sun),
    ("smile laugh lol happy hello hi ok fun", smile),
];

/// A sticker with a clear ground.
pub(super) fn draw(name: &str, seed: u64) -> Canvas {
    let mut rng = Rng::new(mix(hash(name), seed));
    let mut art = Canvas::new(256, 256, 256.0, CLEAR);
    if !named(&mut art, &mut rng, name)
        && let Some((_, drawing)) = rng.pick(STICKERS).copied()
    {
        drawing(&mut art, &mut rng);
    }
    art
}

/// Draws the thing the name speaks of, and says whether there was one.
pub(super) fn named(art: &mut Canvas, rng: &mut Rng, name: &str) -> bool {
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).collect();
    let known = |list: &str| list.split(' ').any(|word| words.contains(&word));
    let row = STICKERS.iter().find(|(list, _)| known(list));
    row.is_some_and(|(_, drawing)| {
        drawing(art, rng);
        true
    })
}

/// The frames of a little animation without end, on a board of 240 by 176.
pub(super) fn frames(name: &str, seed: u64) -> Vec<Canvas> {
    let mut rng = Rng::new(mix(hash(name), seed));
    let hue = rng.between(0.0, 360.0);
    let kind = rng.below(3);
    let count = 8u8;
    (0..count)
        .map(|step| {
            let part = f32::from(step) / f32::from(count);
            let mut art = Canvas::new(240, 176, 240.0, hsl(hue, 0.55, 0.82));
            let mut confetti = Rng::new(mix(seed, 9));
            match kind {
                0 => bounce(&mut art, part, hue),
                1 => dance(&mut art, part, hue),
                _ => applause(&mut art, part),
            }
            for _ in 0..26 {
                let (x, y) = (confetti.between(0.0, 240.0), confetti.between(0.0, 180.0));
                let (y, tint) = ((y + part * 180.0) % 180.0, confetti.between(0.0, 360.0));
                let bit = Path::rect(x, y, 7.0, 4.0).turned((x, y), part + x);
                art.fill(&bit, hsl(tint, 0.85, 0.6));
            }
            art
        })
        .collect()
}

fn bounce(art: &mut Canvas, part: f32, hue: f32) {
    let high = (part * TAU / 2.0).sin();
    let (y, squash) = (132.0 - high * 78.0, 1.0 - high);
    art.fill(
        &Path::oval(120.0, 164.0, 44.0 - high * 18.0, 7.0),
        [0, 0, 0, 70],
    );
    let (rx, ry) = (32.0 + squash * 7.0, 32.0 - squash * 7.0);
    art.fill(&Path::oval(120.0, y, rx, ry), hsl(hue + 180.0, 0.8, 0.55));
    art.fill(&Path::oval(109.0, y - 12.0, 8.0, 5.0), [255, 255, 255, 170]);
    for side in [-1.0, 1.0] {
        art.fill(
            &Path::oval(120.0 + side * 11.0, y - 2.0, 4.0, 6.0),
            rgb(0x1A1A20),
        );
    }
    art.fill(
        &Path::bow((120.0, y + 7.0), (9.0, 7.0), (0.05, 0.45), 3.0),
        rgb(0x1A1A20),
    );
}

fn dance(art: &mut Canvas, part: f32, hue: f32) {
    let sway = (part * TAU).sin();
    let nod = (part * TAU * 2.0).sin() * 6.0;
    art.fill(&Path::oval(120.0, 168.0, 60.0, 8.0), [0, 0, 0, 60]);
    let fur = rgb(0xE89A4A);
    let body = Path::round(88.0 + sway * 8.0, 104.0, 64.0, 64.0, 28.0);
    art.fill(&body, darker(fur, 0.12));
    for side in [-1.0, 1.0] {
        let paw = (120.0 + side * 66.0, 92.0 + sway * side * 30.0);
        art.fill(&Path::line(&[(120.0 + side * 24.0, 122.0), paw], 17.0), fur);
    }
    cat_head(art, (120.0 + sway * 16.0, 80.0 + nod), 42.0, fur);
    art.fill(
        &Path::round(92.0 + sway * 12.0, 116.0 + nod, 56.0, 9.0, 4.0),
        hsl(hue + 150.0, 0.8, 0.5),
    );
}

fn applause(art: &mut Canvas, part: f32) {
    let gap = 10.0 + (part * TAU * 2.0).sin().abs() * 26.0;
    if gap < 20.0 {
        let burst = Path::star(120.0, 84.0, 12, 84.0, 50.0);
        art.fill(&burst, faint(rgb(0xFFE066), 210));
    }
    for side in [-1.0, 1.0] {
        let x = 120.0 + side * gap;
        let skin = if side < 0.0 {
            rgb(0xF2C08A)
        } else {
            rgb(0xD99A62)
        };
        let mut hand = Path::round(x - 20.0, 70.0, 40.0, 66.0, 18.0);
        for finger in 0u8..4 {
            let left = x - 20.0 + f32::from(finger) * 10.2;
            hand = hand.and(Path::round(
                left,
                34.0 + (f32::from(finger) - 1.5).abs() * 5.0,
                9.0,
                60.0,
                4.5,
            ));
        }
        art.fill(&hand.turned((x, 136.0), side * 0.04), skin);
        let sleeve = Path::round(x - 24.0, 126.0, 48.0, 70.0, 8.0);
        art.fill(&sleeve, rgb(0x3A5ACB));
    }
}

/// The thing and the white rim around it.
fn cut_out(art: &mut Canvas, rim: &Path, shape: &Path, ink: Colour) {
    art.fill(rim, WHITE);
    art.fill(
        shape,
        fall(lighter(ink, 0.25), darker(ink, 0.12), 40.0, 220.0),
    );
}

fn heart_shape(size: f32) -> Path {
    let at = |x: f32, y: f32| (128.0 + x * size, 128.0 + y * size);
    Path::blob(&[
        at(0.0, -0.45),
        at(-0.45, -0.85),
        at(-0.95, -0.5),
        at(-0.85, 0.1),
        at(-0.4, 0.6),
        at(0.0, 0.95),
        at(0.4, 0.6),
        at(0.85, 0.1),
        at(0.95, -0.5),
        at(0.45, -0.85),
    ])
}

fn heart(art: &mut Canvas, _: &mut Rng) {
    cut_out(art, &heart_shape(118.0), &heart_shape(102.0), rgb(0xE8304F));
    art.fill(
        &Path::oval(84.0, 84.0, 22.0, 13.0).turned((84.0, 84.0), -0.1),
        [255, 255, 255, 150],
    );
}

fn star(art: &mut Canvas, _: &mut Rng) {
    cut_out(
        art,
        &Path::star(128.0, 134.0, 5, 124.0, 66.0),
        &Path::star(128.0, 134.0, 5, 102.0, 50.0),
        rgb(0xFFB81E),
    );
    eyes_and_smile(art, (128.0, 134.0), 0.6);
}

fn cat(art: &mut Canvas, rng: &mut Rng) {
    let fur = rgb(rng
        .pick(&[0xE89A4A, 0x5A5C66, 0xD9CDBE])
        .copied()
        .unwrap_or_default());
    art.fill(&Path::circle(128.0, 136.0, 112.0), WHITE);
    cat_head(art, (128.0, 146.0), 84.0, fur);
}

fn coffee(art: &mut Canvas, _: &mut Rng) {
    art.fill(&Path::circle(128.0, 128.0, 118.0), WHITE);
    art.fill(
        &Path::bow((186.0, 146.0), (26.0, 26.0), (0.0, 1.0), 14.0),
        rgb(0xD9573B),
    );
    let cup = [(58.0, 104.0), (188.0, 104.0), (172.0, 204.0), (74.0, 204.0)];
    art.fill(
        &Path::polygon(&cup),
        fall(rgb(0xF2745A), rgb(0xC2402A), 104.0, 204.0),
    );
    art.fill(&Path::oval(123.0, 104.0, 65.0, 15.0), rgb(0x4A2A18));
    for x in [98.0, 123.0, 148.0] {
        let steam = [(x, 84.0), (x - 8.0, 68.0), (x + 8.0, 52.0), (x, 34.0)];
        art.fill(&Path::line(&steam, 7.0), rgb(0xC9CED8));
    }
}

fn gift(art: &mut Canvas, rng: &mut Rng) {
    let hue = rng.between(0.0, 360.0);
    art.fill(&Path::circle(128.0, 132.0, 120.0), WHITE);
    let paper = hsl(hue, 0.75, 0.55);
    art.fill(
        &Path::round(56.0, 120.0, 144.0, 100.0, 8.0),
        fall(paper, darker(paper, 0.2), 120.0, 220.0),
    );
    art.fill(
        &Path::round(46.0, 90.0, 164.0, 38.0, 8.0),
        lighter(paper, 0.2),
    );
    art.fill(&Path::rect(114.0, 90.0, 28.0, 130.0), rgb(0xFFD23E));
    for side in [-1.0, 1.0] {
        let bow = Path::bow((128.0 + side * 30.0, 66.0), (26.0, 20.0), (0.0, 1.0), 12.0);
        art.fill(&bow, rgb(0xFFC21E));
    }
}

fn rocket(art: &mut Canvas, _: &mut Rng) {
    art.fill(&Path::circle(128.0, 128.0, 120.0), rgb(0x1E2A5A));
    for (x, y) in [
        (60.0, 90.0),
        (200.0, 70.0),
        (70.0, 180.0),
        (196.0, 176.0),
        (100.0, 46.0),
    ] {
        art.fill(&Path::star(x, y, 4, 9.0, 3.0), rgb(0xFFE9A0));
    }
    let middle = (128.0, 128.0);
    let flame = Path::blob(&[
        (128.0, 168.0),
        (106.0, 190.0),
        (128.0, 240.0),
        (150.0, 190.0),
    ]);
    art.fill(&flame.turned(middle, 0.09), rgb(0xFF9A2A));
    let fins = Path::polygon(&[(128.0, 130.0), (178.0, 190.0), (78.0, 190.0)]);
    art.fill(&fins.turned(middle, 0.09), rgb(0xE5404F));
    let body = Path::blob(&[
        (128.0, 24.0),
        (92.0, 90.0),
        (100.0, 182.0),
        (156.0, 182.0),
        (164.0, 90.0),
    ]);
    art.fill(
        &body.turned(middle, 0.09),
        fall(WHITE, rgb(0xC9D2E2), 30.0, 180.0),
    );
    art.fill(
        &Path::circle(128.0, 100.0, 21.0).turned(middle, 0.09),
        rgb(0x2A6AD0),
    );
    art.fill(
        &Path::circle(128.0, 100.0, 14.0).turned(middle, 0.09),
        rgb(0x8AD0FF),
    );
}

fn flower(art: &mut Canvas, rng: &mut Rng) {
    let petals = hsl(rng.between(280.0, 400.0), 0.8, 0.65);
    art.fill(
        &Path::line(&[(128.0, 130.0), (122.0, 244.0)], 13.0),
        rgb(0x2E8B45),
    );
    art.fill(
        &Path::oval(156.0, 204.0, 34.0, 14.0).turned((126.0, 212.0), -0.08),
        rgb(0x3DA556),
    );
    for (grow, ink) in [(1.15, WHITE), (1.0, petals)] {
        for at in 0u8..7 {
            let petal = Path::oval(128.0, 56.0, 27.0 * grow, 42.0 * grow);
            art.fill(&petal.turned((128.0, 102.0), f32::from(at) / 7.0), ink);
        }
    }
    art.fill(&Path::circle(128.0, 102.0, 32.0), rgb(0xFFC93C));
    eyes_and_smile(art, (128.0, 104.0), 0.45);
}

fn peak(art: &mut Canvas, _: &mut Rng) {
    art.fill(&Path::circle(128.0, 128.0, 120.0), WHITE);
    art.fill(
        &Path::circle(128.0, 128.0, 110.0),
        fall(rgb(0x6CC0F0), rgb(0xE6F4FA), 20.0, 210.0),
    );
    art.fill(&Path::circle(180.0, 76.0, 20.0), rgb(0xFFD84A));
    art.fill(
        &Path::polygon(&[(128.0, 48.0), (206.0, 204.0), (50.0, 204.0)]),
        fall(rgb(0x6A7590), rgb(0x3A4560), 48.0, 204.0),
    );
    art.fill(
        &Path::polygon(&[
            (128.0, 48.0),
            (156.0, 104.0),
            (140.0, 96.0),
            (128.0, 116.0),
            (114.0, 96.0),
            (100.0, 104.0),
        ]),
        WHITE,
    );
    art.fill(
        &Path::line(&[(128.0, 48.0), (128.0, 18.0)], 5.0),
        rgb(0x4A3020),
    );
    art.fill(
        &Path::polygon(&[(130.0, 16.0), (162.0, 26.0), (130.0, 36.0)]),
        rgb(0xE5303F),
    );
}

fn sun(art: &mut Canvas, _: &mut Rng) {
    cut_out(
        art,
        &Path::star(128.0, 128.0, 12, 124.0, 96.0),
        &Path::star(128.0, 128.0, 12, 112.0, 80.0),
        rgb(0xFF9F1E),
    );
    art.fill(&Path::circle(128.0, 128.0, 74.0), rgb(0xFFD23E));
    eyes_and_smile(art, (128.0, 128.0), 0.85);
}

fn smile(art: &mut Canvas, _: &mut Rng) {
    cut_out(
        art,
        &Path::circle(128.0, 128.0, 120.0),
        &Path::circle(128.0, 128.0, 108.0),
        rgb(0xFFCB2E),
    );
    eyes_and_smile(art, (128.0, 124.0), 1.2);
}

fn eyes_and_smile(art: &mut Canvas, (x, y): Point, size: f32) {
    let ink = rgb(0x3A2418);
    for side in [-1.0, 1.0] {
        art.fill(
            &Path::oval(
                x + side * 28.0 * size,
                y - 14.0 * size,
                9.0 * size,
                14.0 * size,
            ),
            ink,
        );
        art.fill(
            &Path::circle(x + side * 50.0 * size, y + 16.0 * size, 12.0 * size),
            faint(rgb(0xFF5A5A), 90),
        );
    }
    art.fill(
        &Path::slice(x, y + 14.0 * size, (34.0 * size, 34.0 * size), (0.0, 0.5)),
        ink,
    );
    art.fill(
        &Path::oval(x, y + 38.0 * size, 16.0 * size, 9.0 * size),
        rgb(0xF0606A),
    );
}
