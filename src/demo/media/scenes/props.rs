//! Things that stand in more than one scene: skies, hills, trees, rooms.

use super::{HEIGHT, WIDTH};
use crate::demo::media::canvas::Canvas;
use crate::demo::media::colour::{Colour, Paint, WHITE, darker, faint, fall, lighter, rgb};
use crate::demo::media::path::{Path, Point};
use crate::demo::rng::Rng;

pub(super) fn ground(art: &mut Canvas, top: u32, bottom: u32, from: f32, to: f32) {
    let paint = fall(rgb(top), rgb(bottom), from, to);
    art.fill(&Path::rect(0.0, from, WIDTH, to - from), paint);
}

pub(super) fn sun(art: &mut Canvas, at: Point, radius: f32, colour: Colour) {
    art.glow(at.0, at.1, radius * 4.0, faint(colour, 150));
    art.fill(&Path::circle(at.0, at.1, radius), lighter(colour, 0.35));
}

pub(super) fn cloud(art: &mut Canvas, (x, y): Point, size: f32, colour: Colour) {
    let puff = |dx: f32, dy: f32, r: f32| Path::circle(x + dx * size, y + dy * size, r * size);
    let path = puff(-0.9, 0.05, 0.4)
        .and(puff(-0.35, -0.25, 0.55))
        .and(puff(0.3, -0.15, 0.5))
        .and(puff(0.9, 0.1, 0.35))
        .and(Path::round(
            x - 1.3 * size,
            y,
            size * 2.55,
            size * 0.46,
            size * 0.23,
        ));
    art.fill(&path, colour);
}

pub(super) fn clouds(art: &mut Canvas, rng: &mut Rng, count: u8, low: f32) {
    for _ in 0..count {
        let at = (rng.between(40.0, WIDTH - 40.0), rng.between(50.0, low));
        let size = rng.between(35.0, 75.0);
        cloud(art, at, size, faint(WHITE, 190));
    }
}

/// The height of a skyline at each of several places, for hills that are `rough` or rolling.
pub(super) fn ridge(rng: &mut Rng, level: f32, swing: f32, rough: f32) -> Vec<Point> {
    let phase = (rng.between(0.0, 6.0), rng.between(0.0, 6.0));
    let pace = (rng.between(0.004, 0.007), rng.between(0.011, 0.017));
    (0u8..=48)
        .map(|step| {
            let x = f32::from(step) * 20.0;
            let wave = (x * pace.0 + phase.0).sin() * 0.65 + (x * pace.1 + phase.1).sin() * 0.35;
            (x, level - wave * swing + rng.between(-rough, rough))
        })
        .collect()
}

/// Everything under a ridge, down to a depth.
pub(super) fn below(ridge: &[Point], depth: f32) -> Path {
    let mut points = ridge.to_vec();
    points.push((WIDTH, depth));
    points.push((0.0, depth));
    Path::polygon(&points)
}

pub(super) fn hills(art: &mut Canvas, rng: &mut Rng, level: f32, swing: f32, paint: Paint) {
    let line = ridge(rng, level, swing, 0.0);
    art.fill(&below(&line, HEIGHT), paint);
}

pub(super) fn pine(art: &mut Canvas, (x, foot): Point, height: f32, colour: Colour) {
    let trunk = height * 0.08;
    art.fill(
        &Path::rect(x - trunk / 2.0, foot - height * 0.2, trunk, height * 0.2),
        rgb(0x4A3426),
    );
    let mut path = Path::default();
    for (top, low, half) in [(1.0, 0.55, 0.17), (0.78, 0.32, 0.24), (0.55, 0.1, 0.31)] {
        path = path.and(Path::polygon(&[
            (x, foot - height * top),
            (x + height * half, foot - height * low),
            (x - height * half, foot - height * low),
        ]));
    }
    let paint = fall(
        lighter(colour, 0.12),
        darker(colour, 0.3),
        foot - height,
        foot,
    );
    art.fill(&path, paint);
}

/// A leafy tree: a trunk and a crown of rounds, lit from the left.
pub(super) fn tree(art: &mut Canvas, rng: &mut Rng, (x, foot): Point, size: f32, leaf: Colour) {
    let trunk = [
        (x - size * 0.09, foot),
        (x - size * 0.05, foot - size * 0.6),
        (x + size * 0.05, foot - size * 0.6),
        (x + size * 0.1, foot),
    ];
    art.fill(
        &Path::oval(x + size * 0.1, foot, size * 0.5, size * 0.07),
        [20, 40, 20, 60],
    );
    art.fill(&Path::polygon(&trunk), rgb(0x6B4A32));
    let crown = |grow: f32, dx: f32, dy: f32| {
        [
            (-0.32, 0.78, 0.3),
            (0.3, 0.8, 0.28),
            (0.0, 1.05, 0.36),
            (0.02, 0.7, 0.34),
        ]
        .iter()
        .fold(Path::default(), |path, (cx, cy, r)| {
            let (cx, cy) = (x + (cx + dx) * size, foot - (cy + dy) * size);
            path.and(Path::circle(cx, cy, r * size * grow))
        })
    };
    art.fill(&crown(1.0, 0.0, 0.0), darker(leaf, 0.28));
    art.fill(&crown(0.85, -0.04, 0.04), leaf);
    for _ in 0..9 {
        let (dx, dy) = (rng.between(-0.4, 0.2), rng.between(0.75, 1.25));
        let spot = Path::circle(x + dx * size, foot - dy * size, size * 0.06);
        art.fill(&spot, faint(lighter(leaf, 0.5), 120));
    }
}

/// A wall, a skirting board and a wooden floor.
pub(super) fn room(art: &mut Canvas, wall: Colour, floor: Colour, line: f32) {
    let (light, dark) = (lighter(wall, 0.12), darker(wall, 0.08));
    art.fill(
        &Path::rect(0.0, 0.0, WIDTH, line),
        fall(light, dark, 0.0, line),
    );
    let boards = fall(darker(floor, 0.15), lighter(floor, 0.08), line, HEIGHT);
    art.fill(&Path::rect(0.0, line, WIDTH, HEIGHT - line), boards);
    for step in -12i8..=12 {
        let away = f32::from(step);
        let (top, low) = (480.0 + away * 70.0, 480.0 + away * 130.0);
        let seam = Path::line(&[(top, line), (low, HEIGHT)], 2.5);
        art.fill(&seam, faint(darker(floor, 0.5), 110));
    }
    art.fill(
        &Path::rect(0.0, line - 18.0, WIDTH, 18.0),
        lighter(wall, 0.6),
    );
    art.fill(&Path::rect(0.0, line, WIDTH, 8.0), [0, 0, 0, 40]);
}

/// A window with a view: the colours of its sky and of its land.
pub(super) fn window(art: &mut Canvas, (x, y): Point, (w, h): Point, sky: Paint, land: Colour) {
    art.fill(
        &Path::rect(x - 14.0, y - 14.0, w + 28.0, h + 28.0),
        rgb(0xF6F1E7),
    );
    art.fill(&Path::rect(x, y, w, h), sky);
    let hill = Path::slice(x + w * 0.5, y + h, (w * 0.5, h * 0.3), (0.5, 1.0));
    art.fill(&hill, land);
    for bar in [
        Path::rect(x + w / 2.0 - 5.0, y, 10.0, h),
        Path::rect(x, y + h * 0.42, w, 8.0),
    ] {
        art.fill(&bar, rgb(0xF6F1E7));
    }
    let glare = [
        (x + w * 0.1, y),
        (x + w * 0.3, y),
        (x + w * 0.1, y + h),
        (x, y + h * 0.9),
    ];
    art.fill(&Path::polygon(&glare), [255, 255, 255, 45]);
    art.fill(
        &Path::rect(x - 24.0, y + h + 10.0, w + 48.0, 16.0),
        rgb(0xE4DCCB),
    );
}

/// A plant in a pot.
pub(super) fn pot_plant(art: &mut Canvas, (x, foot): Point, size: f32, pot: Colour) {
    for (turn, length) in [
        (-0.17, 0.8),
        (-0.08, 1.0),
        (0.0, 1.15),
        (0.09, 0.95),
        (0.18, 0.75),
    ] {
        let tip = size * length;
        let leaf = Path::blob(&[
            (x, foot - size * 0.45),
            (x - size * 0.11, foot - size * 0.45 - tip * 0.5),
            (x, foot - size * 0.45 - tip),
            (x + size * 0.11, foot - size * 0.45 - tip * 0.5),
        ])
        .turned((x, foot - size * 0.4), turn);
        art.fill(
            &leaf,
            fall(rgb(0x56A85A), rgb(0x1F5A3A), foot - size * 1.5, foot),
        );
    }
    let sides = [
        (x - size * 0.3, foot - size * 0.5),
        (x + size * 0.3, foot - size * 0.5),
        (x + size * 0.2, foot),
        (x - size * 0.2, foot),
    ];
    art.fill(&Path::polygon(&sides), pot);
    let rim = Path::rect(
        x - size * 0.33,
        foot - size * 0.55,
        size * 0.66,
        size * 0.12,
    );
    art.fill(&rim, darker(pot, 0.2));
}
