//! What people love to photograph at home: the cat, the birthday cake.

use super::indoor::choose;
use super::props::{ground, pot_plant, room, window};
use super::{HEIGHT, WIDTH};
use crate::demo::media::canvas::Canvas;
use crate::demo::media::colour::{Colour, WHITE, darker, faint, fall, hsl, lighter, rgb};
use crate::demo::media::path::{Path, Point};
use crate::demo::rng::Rng;

pub(super) fn cat(art: &mut Canvas, rng: &mut Rng) {
    let wall = choose(rng, &[0x86B2B8, 0xE4B48C, 0xB4A0C8, 0x9CB88A]);
    room(art, wall, rgb(0xB08A5C), 450.0);
    let sky = fall(rgb(0x90CDF2), rgb(0xF6EFD8), 40.0, 300.0);
    window(art, (600.0, 50.0), (270.0, 260.0), sky, rgb(0x68A062));
    pot_plant(art, (110.0, 500.0), 130.0, rgb(0xE8E2D6));
    art.fill(
        &Path::oval(450.0, 580.0, 380.0, 52.0),
        hsl(rng.between(0.0, 360.0), 0.5, 0.6),
    );
    art.fill(
        &Path::oval(450.0, 576.0, 330.0, 42.0),
        hsl(rng.between(0.0, 360.0), 0.45, 0.75),
    );
    let fur = choose(rng, &[0xE89A4A, 0x55575F, 0xCFC4B8, 0x3A2F2C]);
    art.fill(&Path::oval(450.0, 575.0, 190.0, 26.0), [30, 20, 20, 90]);
    art.fill(
        &Path::bow((590.0, 520.0), (110.0, 85.0), (-0.18, 0.3), 40.0),
        darker(fur, 0.15),
    );
    let body = [
        (450.0, 270.0),
        (345.0, 340.0),
        (318.0, 520.0),
        (360.0, 580.0),
        (540.0, 580.0),
        (582.0, 520.0),
        (555.0, 340.0),
    ];
    art.fill(
        &Path::blob(&body),
        fall(lighter(fur, 0.08), darker(fur, 0.2), 270.0, 580.0),
    );
    art.fill(
        &Path::oval(450.0, 480.0, 72.0, 92.0),
        faint(lighter(fur, 0.65), 210),
    );
    for x in [395.0, 505.0] {
        art.fill(
            &Path::round(x - 30.0, 470.0, 60.0, 108.0, 30.0),
            lighter(fur, 0.06),
        );
        art.fill(&Path::oval(x, 568.0, 37.0, 19.0), lighter(fur, 0.5));
    }
    for stripe in [340.0, 385.0, 430.0] {
        for (x, way) in [(338.0, 1.0), (562.0, -1.0)] {
            let mark = [(x, stripe + 60.0), (x + way * 50.0, stripe + 48.0)];
            art.fill(&Path::line(&mark, 13.0), faint(darker(fur, 0.45), 170));
        }
    }
    cat_head(art, (450.0, 240.0), 120.0, fur);
}

/// A cat's face, looking at you.
pub(in crate::demo::media) fn cat_head(art: &mut Canvas, (x, y): Point, size: f32, fur: Colour) {
    let at = |dx: f32, dy: f32| (x + dx * size, y + dy * size);
    for side in [-1.0, 1.0] {
        let ear = [
            at(side * 0.92, -0.35),
            at(side * 0.86, -1.25),
            at(side * 0.2, -0.8),
        ];
        art.fill(&Path::polygon(&ear), darker(fur, 0.1));
        let inner = [
            at(side * 0.8, -0.5),
            at(side * 0.78, -1.02),
            at(side * 0.38, -0.74),
        ];
        art.fill(&Path::polygon(&inner), rgb(0xF0A6A6));
    }
    art.fill(
        &Path::oval(x, y, size * 1.05, size * 0.9),
        fall(lighter(fur, 0.12), fur, y - size, y + size),
    );
    for dx in [-0.28, 0.0, 0.28] {
        let mark = [at(dx, -0.82), at(dx * 0.8, -0.52)];
        art.fill(
            &Path::line(&mark, size * 0.1),
            faint(darker(fur, 0.45), 180),
        );
    }
    for side in [-1.0, 1.0] {
        cat_cheek(art, (x, y), size, side, fur);
    }
    let nose = [at(-0.12, 0.2), at(0.12, 0.2), at(0.0, 0.34)];
    art.fill(&Path::polygon(&nose), rgb(0xE56B7B));
}

/// The eye, whiskers and half of the smile on one side.
fn cat_cheek(art: &mut Canvas, (x, y): Point, size: f32, side: f32, fur: Colour) {
    let at = |dx: f32, dy: f32| (x + side * dx * size, y + dy * size);
    let (eye, glint, cheek) = (at(0.4, -0.08), at(0.4 - side * 0.07, -0.19), at(0.2, 0.42));
    let ball = Path::oval(eye.0, eye.1, size * 0.23, size * 0.25);
    art.fill(&ball, rgb(0xC9E265));
    let slit = Path::oval(eye.0, eye.1, size * 0.09, size * 0.22);
    art.fill(&slit, rgb(0x121216));
    art.fill(&Path::circle(glint.0, glint.1, size * 0.06), WHITE);
    let puff = Path::oval(cheek.0, cheek.1, size * 0.27, size * 0.2);
    art.fill(&puff, lighter(fur, 0.6));
    for rise in [-0.06, 0.08, 0.2] {
        let hair = [at(0.42, 0.42 + rise * 0.4), at(1.35, 0.3 + rise * 1.6)];
        art.fill(&Path::line(&hair, size * 0.025), [250, 250, 250, 210]);
    }
    let round = (size * 0.14, size * 0.13);
    let smile = Path::bow(at(0.14, 0.4), round, (0.0, 0.5), size * 0.04);
    art.fill(&smile, rgb(0x502A30));
}

pub(super) fn cake(art: &mut Canvas, rng: &mut Rng) {
    ground(art, 0x582E6E, 0xD86A92, 0.0, 480.0);
    art.glow(480.0, 240.0, 420.0, [255, 214, 130, 160]);
    for flag in 0u8..13 {
        let x = f32::from(flag) * 80.0 - 20.0;
        let y = 60.0 - ((x - 480.0) / 480.0).powi(2) * 50.0 + 30.0;
        let cloth = hsl(f32::from(flag) * 47.0, 0.8, 0.62);
        art.fill(
            &Path::polygon(&[(x - 30.0, y), (x + 30.0, y), (x, y + 60.0)]),
            cloth,
        );
    }
    for (x, y) in [
        (110.0, 250.0),
        (190.0, 180.0),
        (790.0, 190.0),
        (865.0, 270.0),
    ] {
        let rubber = hsl(rng.between(0.0, 360.0), 0.8, 0.6);
        art.fill(
            &Path::line(&[(x, y), (x + 8.0, 330.0), (x - 4.0, 480.0)], 2.5),
            [255, 255, 255, 130],
        );
        art.fill(
            &Path::oval(x, y, 46.0, 56.0),
            fall(
                lighter(rubber, 0.25),
                darker(rubber, 0.1),
                y - 56.0,
                y + 56.0,
            ),
        );
        art.fill(
            &Path::oval(x - 15.0, y - 20.0, 9.0, 14.0),
            [255, 255, 255, 150],
        );
    }
    ground(art, 0xF7E8D4, 0xD4B090, 480.0, HEIGHT);
    art.fill(
        &Path::oval(480.0, 565.0, 330.0, 40.0),
        fall(WHITE, rgb(0xC9CED8), 530.0, 600.0),
    );
    let icing = hsl(rng.between(300.0, 400.0), 0.75, 0.75);
    tier(art, (480.0, 390.0), (240.0, 170.0), rgb(0xF6DDB0), icing);
    tier(art, (480.0, 275.0), (165.0, 125.0), rgb(0xB87850), WHITE);
    for candle in 0u8..5 {
        let x = 380.0 + f32::from(candle) * 50.0;
        art.fill(
            &Path::rect(x - 6.0, 195.0, 12.0, 75.0),
            hsl(f32::from(candle) * 70.0, 0.75, 0.65),
        );
        art.glow(x, 178.0, 50.0, [255, 220, 120, 200]);
        let flame = [(x, 150.0), (x + 10.0, 180.0), (x, 194.0), (x - 10.0, 180.0)];
        art.fill(
            &Path::blob(&flame),
            fall(rgb(0xFFF6C0), rgb(0xFF9A2A), 150.0, 194.0),
        );
    }
    for _ in 0..90 {
        let (x, y) = (rng.between(0.0, WIDTH), rng.between(0.0, HEIGHT));
        let bit = Path::rect(x, y, 11.0, 6.0).turned((x, y), rng.unit());
        art.fill(&bit, faint(hsl(rng.between(0.0, 360.0), 0.9, 0.65), 220));
    }
}

fn tier(art: &mut Canvas, (x, top): Point, (half, high): Point, sponge: Colour, icing: Colour) {
    let side = Path::round(x - half, top, half * 2.0, high, 22.0);
    art.fill(
        &side,
        fall(lighter(sponge, 0.1), darker(sponge, 0.15), top, top + high),
    );
    art.fill(
        &Path::rect(x - half, top + high * 0.55, half * 2.0, 16.0),
        faint(icing, 220),
    );
    let mut drips = Path::round(x - half - 6.0, top - 16.0, half * 2.0 + 12.0, 46.0, 22.0);
    for drip in 0u8..8 {
        let part = f32::from(drip);
        let left = x - half + part * half * 0.26;
        drips = drips.and(Path::round(
            left,
            top,
            half * 0.17,
            40.0 + (part * 2.3).sin().abs() * 36.0,
            14.0,
        ));
    }
    art.fill(
        &drips,
        fall(lighter(icing, 0.3), icing, top - 16.0, top + 70.0),
    );
}
