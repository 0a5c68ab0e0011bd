//! What people build and climb: a city at night, a bouldering wall.

use super::props::ground;
use super::{HEIGHT, WIDTH};
use crate::demo::media::canvas::Canvas;
use crate::demo::media::colour::{Colour, WHITE, darker, faint, fall, hsl, lighter, rgb};
use crate::demo::media::path::{Path, Point};
use crate::demo::rng::Rng;

pub(super) fn city(art: &mut Canvas, rng: &mut Rng) {
    let shore = 520.0;
    ground(art, 0x131638, 0xC85F86, 0.0, shore);
    for _ in 0..70 {
        let star = Path::circle(
            rng.between(0.0, WIDTH),
            rng.between(0.0, 240.0),
            rng.between(0.8, 2.2),
        );
        art.fill(&star, [255, 255, 255, 190]);
    }
    let moon = rng.between(120.0, 840.0);
    art.glow(moon, 100.0, 150.0, [255, 240, 210, 110]);
    art.fill(&Path::circle(moon, 100.0, 34.0), rgb(0xFFF3D6));
    towers(art, rng, 330.0, rgb(0x594278), 34.0);
    towers(art, rng, 400.0, rgb(0x2C2A5A), 46.0);
    spire(art, rng.between(380.0, 600.0));
    towers(art, rng, 455.0, rgb(0x151836), 60.0);
    ground(art, 0x3A2E5E, 0x090B20, shore, HEIGHT);
    for _ in 0..60 {
        let (x, y) = (rng.between(0.0, WIDTH), rng.between(shore, HEIGHT));
        let warm = hsl(rng.between(20.0, 60.0), 0.9, 0.68);
        art.fill(
            &Path::round(x, y, 4.0, rng.between(10.0, 46.0), 2.0),
            faint(warm, 80),
        );
    }
    art.fill(&Path::rect(0.0, shore - 5.0, WIDTH, 8.0), rgb(0x080A1C));
}

fn towers(art: &mut Canvas, rng: &mut Rng, level: f32, colour: Colour, step: f32) {
    let mut x = -10.0;
    while x < WIDTH {
        let wide = step * rng.between(0.8, 1.7);
        let top = level - rng.between(0.0, 170.0);
        art.fill(
            &Path::rect(x, top, wide, 525.0 - top),
            fall(lighter(colour, 0.1), colour, top, 525.0),
        );
        if rng.chance(30) {
            art.fill(
                &Path::rect(x + wide / 2.0 - 2.0, top - 38.0, 4.0, 40.0),
                colour,
            );
            art.fill(
                &Path::circle(x + wide / 2.0, top - 38.0, 4.0),
                rgb(0xFF5A5A),
            );
        }
        windows(art, rng, (x, top), wide, step);
        x += wide + rng.between(2.0, 12.0);
    }
}

fn windows(art: &mut Canvas, rng: &mut Rng, (x, top): Point, wide: f32, step: f32) {
    let size = step * 0.15;
    let mut lit = Path::default();
    let mut y = top + size * 1.5;
    while y < 505.0 {
        let mut at = x + size;
        while at < x + wide - size * 1.6 {
            if rng.chance(38) {
                lit = lit.and(Path::rect(at, y, size, size * 1.3));
            }
            at += size * 2.0;
        }
        y += size * 2.8;
    }
    let warm = rng.pick(&[0xFFD98A, 0xFFC25C, 0xBFE2FF]);
    art.fill(&lit, faint(rgb(*warm.unwrap_or(&0)), 220));
}

fn spire(art: &mut Canvas, x: f32) {
    let sides = [
        (x, 120.0),
        (x + 12.0, 250.0),
        (x + 38.0, 530.0),
        (x - 38.0, 530.0),
        (x - 12.0, 250.0),
    ];
    art.fill(
        &Path::polygon(&sides),
        fall(rgb(0x755E9A), rgb(0x222350), 120.0, 530.0),
    );
    art.fill(&Path::rect(x - 1.5, 70.0, 3.0, 55.0), rgb(0x755E9A));
    art.glow(x, 70.0, 26.0, [255, 80, 80, 220]);
    for row in 0u8..9 {
        let y = 262.0 + f32::from(row) * 26.0;
        art.fill(&Path::rect(x - 9.0, y, 18.0, 7.0), [255, 226, 150, 210]);
    }
}

pub(super) fn climbing(art: &mut Canvas, rng: &mut Rng) {
    ground(art, 0xD8DEE6, 0xB4BDC9, 0.0, HEIGHT);
    let panels: [(&[Point], u32, u32); 4] = [
        (
            &[(0.0, 0.0), (300.0, 0.0), (250.0, 560.0), (0.0, 560.0)],
            0xF2B84B,
            0xDB9530,
        ),
        (
            &[(300.0, 0.0), (560.0, 0.0), (620.0, 300.0), (250.0, 560.0)],
            0x498FA8,
            0x2F6F8B,
        ),
        (
            &[(620.0, 300.0), (640.0, 560.0), (250.0, 560.0)],
            0x387C96,
            0x255B75,
        ),
        (
            &[
                (560.0, 0.0),
                (960.0, 0.0),
                (960.0, 560.0),
                (640.0, 560.0),
                (620.0, 300.0),
            ],
            0xE9E3D6,
            0xC4BBA9,
        ),
    ];
    for (points, top, low) in panels {
        art.fill(&Path::polygon(points), fall(rgb(top), rgb(low), 0.0, 560.0));
    }
    let bolts = (0..110).fold(Path::default(), |path, _| {
        path.and(Path::circle(
            rng.between(0.0, WIDTH),
            rng.between(0.0, 560.0),
            2.6,
        ))
    });
    art.fill(&bolts, [20, 25, 35, 110]);
    for _ in 0..44 {
        hold(art, rng);
    }
    ground(art, 0x324A78, 0x1C2C50, 560.0, HEIGHT);
    for seam in 0u8..6 {
        let x = f32::from(seam) * 190.0;
        art.fill(
            &Path::line(&[(x, 562.0), (x - 50.0, HEIGHT)], 4.0),
            [255, 255, 255, 60],
        );
    }
    climber(art, rng.between(440.0, 560.0), 250.0);
}

fn hold(art: &mut Canvas, rng: &mut Rng) {
    let (x, y) = (rng.between(25.0, 935.0), rng.between(20.0, 530.0));
    let size = rng.between(9.0, 27.0);
    let colour = rng.pick(&[0xE53E4B, 0x2EB872, 0xF6D32D, 0x7A4FD0, 0xFF7A1A, 0x232730]);
    let colour = rgb(*colour.unwrap_or(&0));
    let points: Vec<Point> = (0u8..6)
        .map(|corner| {
            let angle = f32::from(corner) * 1.047;
            let reach = size * rng.between(0.65, 1.2);
            (x + reach * angle.cos() * 1.25, y + reach * angle.sin())
        })
        .collect();
    let shape = Path::blob(&points);
    art.fill(&shape.clone().moved(4.0, 6.0), [10, 15, 30, 80]);
    art.fill(
        &shape,
        fall(
            lighter(colour, 0.25),
            darker(colour, 0.2),
            y - size,
            y + size,
        ),
    );
    art.fill(&Path::circle(x, y, size * 0.16), [0, 0, 0, 130]);
}

fn climber(art: &mut Canvas, x: f32, y: f32) {
    let (skin, shirt, trousers) = (rgb(0xC68A62), rgb(0xD72F5B), rgb(0x272F49));
    art.fill(
        &Path::line(&[(x + 4.0, -10.0), (x + 2.0, y + 70.0)], 4.5),
        rgb(0x30D0A0),
    );
    let limbs: [(&[Point], f32, Colour); 8] = [
        (
            &[
                (x - 12.0, y + 82.0),
                (x - 70.0, y + 112.0),
                (x - 52.0, y + 180.0),
            ],
            25.0,
            trousers,
        ),
        (
            &[
                (x + 12.0, y + 82.0),
                (x + 55.0, y + 130.0),
                (x + 62.0, y + 215.0),
            ],
            25.0,
            trousers,
        ),
        (
            &[(x - 52.0, y + 182.0), (x - 74.0, y + 190.0)],
            17.0,
            rgb(0xF2C230),
        ),
        (
            &[(x + 62.0, y + 218.0), (x + 86.0, y + 222.0)],
            17.0,
            rgb(0xF2C230),
        ),
        (&[(x - 20.0, y - 12.0), (x - 72.0, y - 45.0)], 20.0, skin),
        (&[(x - 72.0, y - 45.0), (x - 60.0, y - 118.0)], 15.0, skin),
        (&[(x + 20.0, y - 12.0), (x + 74.0, y - 22.0)], 20.0, skin),
        (&[(x + 74.0, y - 22.0), (x + 92.0, y - 92.0)], 15.0, skin),
    ];
    for (points, wide, colour) in limbs {
        art.fill(&Path::line(points, wide), colour);
    }
    let torso = [
        (x - 30.0, y - 18.0),
        (x + 30.0, y - 18.0),
        (x + 22.0, y + 78.0),
        (x - 22.0, y + 78.0),
    ];
    art.fill(
        &Path::blob(&torso),
        fall(lighter(shirt, 0.15), shirt, y - 20.0, y + 80.0),
    );
    art.fill(
        &Path::line(&[(x - 22.0, y + 68.0), (x + 22.0, y + 68.0)], 9.0),
        rgb(0x161A26),
    );
    art.fill(&Path::circle(x, y - 52.0, 25.0), rgb(0x382318));
    art.fill(
        &Path::line(&[(x, y - 35.0), (x + 8.0, y - 8.0)], 13.0),
        rgb(0x382318),
    );
    art.fill(&Path::circle(x - 60.0, y - 120.0, 9.0), WHITE);
}
