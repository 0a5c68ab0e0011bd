//! Outdoors without people's works: garden, snow, sunset, sea, mountains.

use super::props::{below, cloud, clouds, ground, hills, pine, ridge, sun, tree};
use super::{HEIGHT, WIDTH};
use crate::demo::media::canvas::Canvas;
use crate::demo::media::colour::{WHITE, between, darker, faint, fall, hsl, lighter, rgb};
use crate::demo::media::path::Path;
use crate::demo::rng::Rng;

pub(super) fn garden(art: &mut Canvas, rng: &mut Rng) {
    ground(art, 0x79C0EE, 0xE4F4F6, 0.0, 330.0);
    sun(art, (rng.between(620.0, 860.0), 95.0), 42.0, rgb(0xFFE27A));
    clouds(art, rng, 3, 170.0);
    hills(art, rng, 300.0, 45.0, rgb(0x7FB77A).into());
    tree(art, rng, (170.0, 400.0), 210.0, rgb(0x3F8F4B));
    fence(art);
    ground(art, 0x89C75A, 0x408A3A, 385.0, HEIGHT);
    for stripe in 0u8..6 {
        let x = f32::from(stripe) * 190.0 - 60.0;
        let mown = [
            (x + 120.0, 385.0),
            (x + 190.0, 385.0),
            (x + 60.0, HEIGHT),
            (x - 80.0, HEIGHT),
        ];
        art.fill(&Path::polygon(&mown), [255, 255, 200, 28]);
    }
    let path = [
        (560.0, 385.0),
        (610.0, 385.0),
        (560.0, 500.0),
        (660.0, HEIGHT),
        (430.0, HEIGHT),
        (470.0, 500.0),
    ];
    art.fill(
        &Path::blob(&path),
        fall(rgb(0xE8D8B4), rgb(0xC9AE82), 385.0, HEIGHT),
    );
    for row in 0u8..26 {
        let depth = f32::from(row) / 26.0;
        let y = 440.0 + depth * 190.0;
        let left = rng.between(0.0, 400.0 - depth * 60.0);
        let right = rng.between(650.0 + depth * 60.0, WIDTH);
        for x in [left, right] {
            flower(art, rng, x, y, 10.0 + depth * 15.0);
        }
    }
}

fn fence(art: &mut Canvas) {
    for post in 0u8..25 {
        let x = f32::from(post) * 40.0;
        let board = [
            (x, 330.0),
            (x + 12.0, 315.0),
            (x + 24.0, 330.0),
            (x + 24.0, 400.0),
            (x, 400.0),
        ];
        art.fill(
            &Path::polygon(&board),
            fall(rgb(0xFBF7EE), rgb(0xCFC6B6), 315.0, 400.0),
        );
    }
    art.fill(&Path::rect(0.0, 348.0, WIDTH, 9.0), rgb(0xE6DECF));
}

fn flower(art: &mut Canvas, rng: &mut Rng, x: f32, y: f32, size: f32) {
    art.fill(
        &Path::line(&[(x, y), (x - 2.0, y + size * 2.2)], size * 0.2),
        rgb(0x246B2E),
    );
    let leaf = Path::oval(x + size * 0.5, y + size * 1.5, size * 0.6, size * 0.22)
        .turned((x, y + size * 1.5), -0.08);
    art.fill(&leaf, rgb(0x2F7F38));
    let hue = rng.pick(&[350.0, 20.0, 48.0, 290.0, 330.0, 225.0]).copied();
    let petals = hsl(hue.unwrap_or_default(), 0.85, rng.between(0.55, 0.72));
    art.fill(
        &Path::star(x, y, 6, size, size * 0.55),
        darker(petals, 0.12),
    );
    art.fill(&Path::circle(x, y, size * 0.72), petals);
    art.fill(&Path::circle(x, y, size * 0.3), rgb(0xFFE08A));
}

pub(super) fn snow(art: &mut Canvas, rng: &mut Rng) {
    ground(art, 0x223358, 0xB9A7C9, 0.0, 420.0);
    art.glow(760.0, 110.0, 190.0, [255, 250, 220, 120]);
    art.fill(&Path::circle(760.0, 110.0, 36.0), rgb(0xFFF8E0));
    let far = ridge(rng, 300.0, 70.0, 14.0);
    art.fill(
        &below(&far, HEIGHT),
        fall(rgb(0x8D93BC), rgb(0xD8D9EA), 220.0, 420.0),
    );
    hills(
        art,
        rng,
        390.0,
        28.0,
        fall(rgb(0xE9EEF8), rgb(0xB9C8E4), 360.0, HEIGHT),
    );
    for step in 0u8..9 {
        let x = f32::from(step) * 118.0 + rng.between(-30.0, 30.0);
        if !(430.0..740.0).contains(&x) {
            let foot = rng.between(420.0, 480.0);
            pine(art, (x, foot), rng.between(120.0, 210.0), rgb(0x224F4A));
        }
    }
    cabin(art, 480.0, 380.0);
    hills(
        art,
        rng,
        560.0,
        30.0,
        fall(rgb(0xFAFCFF), rgb(0xC4D3EE), 530.0, HEIGHT),
    );
    for _ in 0..130 {
        let flake = Path::circle(
            rng.between(0.0, WIDTH),
            rng.between(0.0, HEIGHT),
            rng.between(1.2, 4.2),
        );
        art.fill(&flake, faint(WHITE, 215));
    }
}

fn cabin(art: &mut Canvas, x: f32, y: f32) {
    art.glow(x + 110.0, y + 90.0, 230.0, [255, 190, 90, 110]);
    art.fill(
        &Path::rect(x, y + 20.0, 220.0, 130.0),
        fall(rgb(0x835233), rgb(0x573321), y, y + 150.0),
    );
    for log in 0u8..6 {
        let level = y + 30.0 + f32::from(log) * 21.0;
        art.fill(&Path::rect(x, level, 220.0, 3.0), [40, 20, 10, 90]);
    }
    art.fill(&Path::rect(x + 160.0, y - 80.0, 28.0, 70.0), rgb(0x6A4A44));
    let roof = [
        (x - 30.0, y + 30.0),
        (x + 110.0, y - 75.0),
        (x + 250.0, y + 30.0),
    ];
    art.fill(&Path::polygon(&roof), rgb(0xF7FAFF));
    art.fill(
        &Path::line(&[(x - 30.0, y + 34.0), (x + 250.0, y + 34.0)], 12.0),
        rgb(0xD5E0F2),
    );
    for left in [x + 28.0, x + 146.0] {
        art.fill(
            &Path::rect(left, y + 62.0, 46.0, 44.0),
            fall(rgb(0xFFE9A0), rgb(0xFFB84A), y + 60.0, y + 110.0),
        );
        art.fill(&Path::rect(left + 21.0, y + 62.0, 4.0, 44.0), rgb(0x5A3522));
    }
    art.fill(
        &Path::round(x + 90.0, y + 70.0, 42.0, 80.0, 8.0),
        rgb(0x3C2418),
    );
    for (dx, dy, r) in [
        (178.0, -100.0, 14.0),
        (190.0, -130.0, 20.0),
        (210.0, -170.0, 27.0),
    ] {
        art.fill(&Path::circle(x + dx, y + dy, r), [240, 240, 250, 70]);
    }
}

pub(super) fn sunset(art: &mut Canvas, rng: &mut Rng) {
    let sea = 410.0;
    let x = rng.between(300.0, 680.0);
    ground(art, 0x2B2A63, 0xD84F7B, 0.0, 250.0);
    ground(art, 0xD84F7B, 0xFFC46B, 250.0, sea);
    sun(art, (x, sea - 45.0), 70.0, rgb(0xFFD98A));
    for _ in 0..9 {
        let (cx, y) = (rng.between(0.0, WIDTH), rng.between(60.0, 330.0));
        let length = rng.between(70.0, 230.0);
        let tint = between(rgb(0x6A3B7E), rgb(0xFF9E7A), y / 330.0);
        art.fill(
            &Path::oval(cx, y, length, rng.between(5.0, 13.0)),
            faint(tint, 170),
        );
    }
    ground(art, 0xE87F6A, 0x241E4E, sea, HEIGHT);
    for step in 0u8..16 {
        let depth = f32::from(step) / 16.0;
        let y = sea + 8.0 + depth * depth * 220.0;
        let half = rng.between(30.0, 70.0) + depth * 60.0;
        let glint = Path::oval(x + rng.between(-14.0, 14.0), y, half, 2.5 + depth * 5.0);
        art.fill(&glint, faint(rgb(0xFFDFA0), 190));
    }
    let coast = ridge(rng, 400.0, 26.0, 2.0);
    let coast: Vec<_> = coast
        .iter()
        .map(|&(px, y)| (px, y + (px - 100.0).max(0.0) * 0.12))
        .collect();
    art.fill(&below(&coast, sea), rgb(0x3A2550));
    palm(art, rng.between(90.0, 200.0), 1.0);
    palm(art, rng.between(790.0, 880.0), -0.8);
    let shore = ridge(rng, 600.0, 14.0, 1.0);
    art.fill(&below(&shore, HEIGHT), rgb(0x140F2A));
}

fn palm(art: &mut Canvas, x: f32, lean: f32) {
    let dark = rgb(0x161030);
    let top = (x + lean * 70.0, 300.0);
    let trunk = [
        (x, 630.0),
        (x + lean * 14.0, 500.0),
        (x + lean * 40.0, 390.0),
        top,
    ];
    art.fill(&Path::line(&trunk, 15.0), dark);
    for turn in [-0.47, -0.36, -0.22, -0.1, 0.02] {
        let frond = [
            top,
            (top.0 + 60.0, top.1 - 26.0),
            (top.0 + 135.0, top.1 + 14.0),
            (top.0 + 62.0, top.1 - 4.0),
        ];
        art.fill(&Path::blob(&frond).turned(top, turn), dark);
    }
}

pub(super) fn sea(art: &mut Canvas, rng: &mut Rng) {
    let line = 300.0;
    ground(art, 0x3F9BE0, 0xDDF1F8, 0.0, line);
    sun(art, (rng.between(90.0, 300.0), 90.0), 40.0, rgb(0xFFEFA0));
    clouds(art, rng, 4, 170.0);
    let coast = ridge(rng, 292.0, 30.0, 3.0);
    art.fill(&below(&coast, line), rgb(0x7DA7A8));
    ground(art, 0x369AC4, 0x093E73, line, HEIGHT);
    let hull = rgb(*rng
        .pick(&[0xD83A3A, 0x223A6B, 0xF5F0E4, 0xE68A1E])
        .unwrap_or(&0));
    boat(art, rng.between(180.0, 300.0), 318.0, 0.3, rgb(0x304050));
    boat(art, rng.between(480.0, 640.0), 455.0, 1.0, hull);
    for row in 0u8..14 {
        let depth = f32::from(row) / 14.0;
        let y = line + 12.0 + depth * depth * 330.0;
        for _ in 0..5 {
            let (x, half) = (
                rng.between(0.0, WIDTH),
                rng.between(14.0, 40.0) * (0.5 + depth * 1.6),
            );
            let crest = Path::slice(x, y, (half, 3.0 + depth * 5.0), (0.5, 1.0));
            art.fill(&crest, faint(rgb(0xC8F0F8), 110));
        }
    }
    for _ in 0..4 {
        let (x, y) = (rng.between(330.0, 900.0), rng.between(60.0, 230.0));
        let wings = [
            (x - 20.0, y - 9.0),
            (x - 8.0, y - 8.0),
            (x, y),
            (x + 8.0, y - 8.0),
            (x + 20.0, y - 9.0),
        ];
        art.fill(&Path::line(&wings, 3.5), rgb(0x384858));
    }
}

fn boat(art: &mut Canvas, x: f32, y: f32, size: f32, colour: [u8; 4]) {
    let at = |dx: f32, dy: f32| (x + dx * size, y + dy * size);
    art.fill(
        &Path::oval(x, y + 36.0 * size, 150.0 * size, 13.0 * size),
        [0, 20, 50, 70],
    );
    art.fill(
        &Path::line(&[at(0.0, 0.0), at(0.0, -330.0)], 7.0 * size),
        rgb(0x6B5038),
    );
    let main = [
        at(10.0, -320.0),
        at(60.0, -180.0),
        at(135.0, -30.0),
        at(10.0, -24.0),
    ];
    art.fill(
        &Path::polygon(&main),
        fall(WHITE, rgb(0xD9E2EA), y - 330.0 * size, y),
    );
    let jib = [at(-10.0, -290.0), at(-10.0, -30.0), at(-120.0, -26.0)];
    art.fill(
        &Path::polygon(&jib),
        fall(lighter(colour, 0.3), colour, y - 300.0 * size, y),
    );
    let hull = [
        at(-150.0, -8.0),
        at(160.0, -14.0),
        at(120.0, 38.0),
        at(-100.0, 38.0),
    ];
    art.fill(
        &Path::polygon(&hull),
        fall(colour, darker(colour, 0.4), y, y + 40.0 * size),
    );
    art.fill(
        &Path::line(&[at(-148.0, -6.0), at(156.0, -12.0)], 8.0 * size),
        lighter(colour, 0.7),
    );
}

pub(super) fn mountain(art: &mut Canvas, rng: &mut Rng) {
    ground(art, 0x4F9FDB, 0xF3E4D0, 0.0, 400.0);
    sun(art, (rng.between(90.0, 850.0), 110.0), 38.0, rgb(0xFFE9B0));
    cloud(
        art,
        (rng.between(200.0, 760.0), 120.0),
        58.0,
        faint(WHITE, 200),
    );
    let far = ridge(rng, 300.0, 60.0, 18.0);
    art.fill(
        &below(&far, HEIGHT),
        fall(rgb(0x93A9C9), rgb(0xC9D2DD), 220.0, 400.0),
    );
    for (middle, top, half) in [
        (0.22, 190.0, 260.0),
        (0.78, 170.0, 280.0),
        (0.5, 90.0, 330.0),
    ] {
        let x = WIDTH * middle + rng.between(-60.0, 60.0);
        let top = top + rng.between(-25.0, 25.0);
        peak(art, rng, x, top, half);
    }
    hills(
        art,
        rng,
        445.0,
        22.0,
        fall(rgb(0x528A5E), rgb(0x255440), 420.0, 520.0),
    );
    for step in 0u8..19 {
        let x = f32::from(step) * 54.0 + rng.between(-18.0, 18.0);
        let tall = rng.between(60.0, 125.0);
        pine(art, (x, rng.between(478.0, 500.0)), tall, rgb(0x1F5B46));
    }
    ground(art, 0x62A9C4, 0x1D4B6E, 496.0, HEIGHT);
    for _ in 0..26 {
        let (x, y) = (rng.between(0.0, WIDTH), rng.between(505.0, HEIGHT));
        let ripple = Path::oval(x, y, (y - 480.0) * rng.between(0.3, 0.9), 1.8);
        art.fill(&ripple, [225, 245, 250, 90]);
    }
}

fn peak(art: &mut Canvas, rng: &mut Rng, x: f32, top: f32, half: f32) {
    let foot = 480.0;
    let rock = [
        (x - half, foot),
        (x - half * 0.42, top + 170.0),
        (x, top),
        (x + half * 0.38, top + 140.0),
        (x + half, foot),
    ];
    art.fill(
        &Path::polygon(&rock),
        fall(rgb(0x777F96), rgb(0x3E4A63), top, foot),
    );
    let dent = x + rng.between(-20.0, 30.0);
    let shade = [
        (x, top),
        (x + half * 0.38, top + 140.0),
        (x + half, foot),
        (dent, foot),
        (x + 26.0, top + 190.0),
        (x - 14.0, top + 90.0),
    ];
    art.fill(&Path::polygon(&shade), [22, 28, 54, 105]);
    let snow = [
        (x, top),
        (x + half * 0.27, top + 100.0),
        (x + half * 0.15, top + 88.0),
        (x + half * 0.06, top + 128.0),
        (x - half * 0.05, top + 84.0),
        (x - half * 0.16, top + 122.0),
        (x - half * 0.27, top + 110.0),
    ];
    art.fill(
        &Path::polygon(&snow),
        fall(WHITE, rgb(0xC9D7EE), top, top + 130.0),
    );
    let blue = [
        (x, top),
        (x + half * 0.27, top + 100.0),
        (x + half * 0.15, top + 88.0),
        (x + half * 0.06, top + 128.0),
        (x + 6.0, top + 60.0),
    ];
    art.fill(&Path::polygon(&blue), [120, 145, 200, 120]);
}
