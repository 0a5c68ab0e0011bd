//! What is on and before a screen: charts, dashboards, a chat window, a keyboard.

use super::props::ground;
use super::{HEIGHT, WIDTH};
use crate::demo::media::canvas::Canvas;
use crate::demo::media::colour::{Colour, WHITE, darker, faint, fall, hsl, lighter, rgb};
use crate::demo::media::glyphs::{centred, text};
use crate::demo::media::path::{Path, Point};
use crate::demo::rng::Rng;

const NIGHT: Colour = rgb(0x141A26);
const CARD: Colour = rgb(0x1E2636);
const DIM: Colour = rgb(0x78869E);
const BRIGHT: Colour = rgb(0xE8EEF6);

/// Latency over a day, calm but for one incident.
pub(super) fn chart(art: &mut Canvas, rng: &mut Rng) {
    ground(art, 0x161C2A, 0x0E131D, 0.0, HEIGHT);
    text(art, (50.0, 40.0), 30.0, "LATENCY MS", BRIGHT);
    for (x, label, ink) in [
        (560.0, "P50", 0x3FC1C9),
        (680.0, "P95", 0xF5B940),
        (800.0, "P99", 0xFF5C7A),
    ] {
        art.fill(&Path::circle(x, 52.0, 9.0), rgb(ink));
        text(art, (x + 22.0, 43.0), 18.0, label, DIM);
    }
    for row in 0u8..6 {
        let y = 550.0 - f32::from(row) * 85.0;
        art.fill(&Path::rect(110.0, y, 800.0, 2.0), faint(DIM, 70));
        text(
            art,
            (36.0, y - 9.0),
            17.0,
            &format!("{}", u16::from(row) * 200),
            DIM,
        );
    }
    for hour in 0u8..7 {
        let x = 110.0 + f32::from(hour) * 133.0;
        centred(art, (x, 585.0), 16.0, &format!("{:02}:00", hour * 4), DIM);
    }
    let incident = rng.between(0.45, 0.8);
    for (level, swing, spike, ink) in [
        (150.0, 26.0, 280.0, 0xFF5C7A),
        (95.0, 18.0, 190.0, 0xF5B940),
        (45.0, 9.0, 40.0, 0x3FC1C9),
    ] {
        let line: Vec<Point> = (0u8..=80)
            .map(|step| {
                let part = f32::from(step) / 80.0;
                let near = (-((part - incident) * 18.0).powi(2)).exp();
                let height = level + rng.between(-swing, swing) + near * spike;
                (110.0 + part * 800.0, 550.0 - height)
            })
            .collect();
        area(art, &line, 550.0, rgb(ink), 5.0);
    }
    let x = 110.0 + incident * 800.0;
    art.fill(&Path::rect(x - 1.5, 95.0, 3.0, 455.0), [255, 255, 255, 90]);
    art.fill(
        &Path::round(x - 62.0, 82.0, 124.0, 34.0, 8.0),
        rgb(0xFF5C7A),
    );
    centred(art, (x, 99.0), 15.0, "DEPLOY", WHITE);
}

fn area(art: &mut Canvas, line: &[Point], floor: f32, ink: Colour, wide: f32) {
    let mut under = line.to_vec();
    under.extend(line.last().map(|last| (last.0, floor)));
    under.extend(line.first().map(|first| (first.0, floor)));
    let top = line.iter().fold(floor, |top, point| top.min(point.1));
    art.fill(
        &Path::polygon(&under),
        fall(faint(ink, 120), faint(ink, 8), top, floor),
    );
    art.fill(&Path::line(line, wide), ink);
}

pub(super) fn dashboard(art: &mut Canvas, rng: &mut Rng) {
    art.fill(&Path::rect(0.0, 0.0, WIDTH, HEIGHT), NIGHT);
    art.fill(&Path::rect(0.0, 0.0, 70.0, HEIGHT), rgb(0x0E1320));
    for item in 0u8..6 {
        let ink = if item == 1 {
            rgb(0x5B8CFF)
        } else {
            rgb(0x344058)
        };
        art.fill(
            &Path::round(20.0, 28.0 + f32::from(item) * 58.0, 30.0, 30.0, 9.0),
            ink,
        );
    }
    let cards = [
        ("REVENUE", 0x35D0A0),
        ("SIGNUPS", 0x5B8CFF),
        ("CHURN", 0xFF6B81),
        ("NPS", 0xF5B940),
    ];
    for (column, (label, ink)) in cards.into_iter().enumerate() {
        let x = 95.0 + column as f32 * 214.0;
        card(art, x, 28.0, 196.0, 122.0);
        text(art, (x + 18.0, 46.0), 13.0, label, DIM);
        let value = format!("{}.{}K", rng.range(2, 90), rng.below(10));
        text(art, (x + 18.0, 76.0), 30.0, &value, BRIGHT);
        let spark: Vec<Point> = (0u8..9)
            .map(|step| {
                (
                    x + 18.0 + f32::from(step) * 20.0,
                    132.0 - rng.between(0.0, 13.0) - f32::from(step),
                )
            })
            .collect();
        art.fill(&Path::line(&spark, 4.0), rgb(ink));
    }
    card(art, 95.0, 170.0, 530.0, 250.0);
    text(art, (115.0, 190.0), 15.0, "TRAFFIC", BRIGHT);
    for (level, ink) in [(110.0, 0x5B8CFF), (50.0, 0xB06BFF)] {
        let wave = rng.between(0.0, 6.0);
        let line: Vec<Point> = (0u8..=24)
            .map(|step| {
                let x = f32::from(step);
                (
                    115.0 + x * 20.4,
                    400.0 - level - (x * 0.5 + wave).sin() * 32.0 - rng.between(0.0, 14.0),
                )
            })
            .collect();
        area(art, &line, 400.0, rgb(ink), 5.0);
    }
    donut(art, rng);
    bars(art, rng);
}

fn card(art: &mut Canvas, x: f32, y: f32, wide: f32, high: f32) {
    art.fill(&Path::round(x, y, wide, high, 14.0), CARD);
}

fn donut(art: &mut Canvas, rng: &mut Rng) {
    card(art, 645.0, 170.0, 290.0, 250.0);
    let (first, second) = (rng.between(0.3, 0.5), rng.between(0.65, 0.85));
    for (from, to, ink) in [
        (0.0, first, 0x35D0A0),
        (first, second, 0x5B8CFF),
        (second, 1.0, 0xF5B940),
    ] {
        let ring = Path::bow(
            (790.0, 295.0),
            (78.0, 78.0),
            (from + 0.012 - 0.25, to - 0.012 - 0.25),
            34.0,
        );
        art.fill(&ring, rgb(ink));
    }
    centred(
        art,
        (790.0, 295.0),
        30.0,
        &format!("{}%", (first * 100.0) as u8),
        BRIGHT,
    );
}

fn bars(art: &mut Canvas, rng: &mut Rng) {
    card(art, 95.0, 440.0, 840.0, 175.0);
    for bar in 0u8..28 {
        let tall = rng.between(25.0, 135.0);
        let x = 117.0 + f32::from(bar) * 28.6;
        let paint = fall(rgb(0x76E0FF), rgb(0x3A5BE0), 600.0 - tall, 600.0);
        art.fill(&Path::round(x, 600.0 - tall, 18.0, tall, 5.0), paint);
    }
}

/// A screenshot of a chat program with a notice in it.
pub(super) fn window(art: &mut Canvas, rng: &mut Rng) {
    let hue = rng.between(0.0, 360.0);
    art.fill(
        &Path::rect(0.0, 0.0, WIDTH, HEIGHT),
        fall(hsl(hue, 0.6, 0.6), hsl(hue + 70.0, 0.65, 0.4), 0.0, HEIGHT),
    );
    art.fill(&Path::round(72.0, 62.0, 832.0, 540.0, 18.0), [0, 0, 0, 90]);
    art.fill(&Path::round(60.0, 44.0, 840.0, 540.0, 16.0), rgb(0xF6F7FA));
    art.fill(&Path::round(60.0, 44.0, 840.0, 60.0, 16.0), rgb(0x2C3244));
    art.fill(&Path::rect(60.0, 80.0, 840.0, 24.0), rgb(0x2C3244));
    for (x, ink) in [(90.0, 0xFF5F57), (118.0, 0xFEBC2E), (146.0, 0x28C840)] {
        art.fill(&Path::circle(x, 74.0, 9.0), rgb(ink));
    }
    centred(art, (480.0, 74.0), 17.0, "UNTITLED - DRAFT 2", BRIGHT);
    art.fill(&Path::rect(60.0, 104.0, 220.0, 464.0), rgb(0xE2E6EF));
    art.fill(&Path::rect(60.0, 176.0, 220.0, 66.0), rgb(0xC4D4F6));
    for row in 0u8..6 {
        let y = 140.0 + f32::from(row) * 69.0;
        art.fill(
            &Path::circle(98.0, y, 21.0),
            hsl(f32::from(row) * 67.0 + hue, 0.6, 0.6),
        );
        art.fill(
            &Path::round(132.0, y - 15.0, rng.between(70.0, 120.0), 10.0, 5.0),
            rgb(0x4A5266),
        );
        art.fill(
            &Path::round(132.0, y + 6.0, rng.between(60.0, 130.0), 8.0, 4.0),
            rgb(0xA4ACBE),
        );
    }
    let mut y = 128.0;
    for bubble in 0u8..4 {
        let (mine, wide) = (bubble % 2 == 1, rng.between(220.0, 360.0));
        let x = if mine { 870.0 - wide } else { 310.0 };
        let (back, ink) = if mine {
            (rgb(0x3E7BFA), WHITE)
        } else {
            (WHITE, rgb(0x8A93A8))
        };
        art.fill(&Path::round(x, y, wide, 68.0, 20.0), back);
        for (line, part) in [(16.0, 0.78), (40.0, 0.5)] {
            art.fill(
                &Path::round(x + 20.0, y + line, wide * part, 11.0, 5.0),
                faint(ink, 220),
            );
        }
        y += 86.0;
    }
    art.fill(&Path::round(330.0, 482.0, 520.0, 76.0, 14.0), rgb(0xD93A4A));
    art.fill(&Path::circle(374.0, 520.0, 22.0), WHITE);
    centred(art, (375.0, 520.0), 24.0, "!", rgb(0xD93A4A));
    text(art, (414.0, 508.0), 22.0, "ERROR 502", WHITE);
    art.fill(
        &Path::round(704.0, 500.0, 120.0, 40.0, 10.0),
        [255, 255, 255, 60],
    );
    centred(art, (764.0, 520.0), 15.0, "RETRY", WHITE);
}

pub(super) fn keyboard(art: &mut Canvas, rng: &mut Rng) {
    ground(art, 0xD8B78C, 0xB48A5C, 0.0, HEIGHT);
    for grain in 0u8..14 {
        let y = f32::from(grain) * 47.0 + rng.between(-12.0, 12.0);
        art.fill(
            &Path::line(&[(0.0, y), (480.0, y + 9.0), (WIDTH, y - 5.0)], 3.0),
            [110, 70, 30, 45],
        );
    }
    let hue = rng.between(0.0, 360.0);
    art.fill(
        &Path::round(52.0, 222.0, 780.0, 330.0, 26.0),
        [50, 25, 10, 110],
    );
    art.fill(
        &Path::round(40.0, 204.0, 780.0, 330.0, 24.0),
        fall(rgb(0x404656), rgb(0x232733), 204.0, 534.0),
    );
    let rows = [
        "1234567890-=",
        "QWERTYUIOP<>",
        "ASDFGHJKL:+!",
        "ZXCVBNM,./?&",
    ];
    for (row, letters) in rows.iter().enumerate() {
        for (column, letter) in letters.chars().enumerate() {
            let x = 62.0 + column as f32 * 61.5 + row as f32 * 4.0;
            let accent = rng.chance(9) || (row == 0 && column == 0);
            let cap = if accent {
                hsl(hue, 0.75, 0.6)
            } else {
                rgb(0xE9E6DF)
            };
            key(art, (x, 222.0 + row as f32 * 60.0), 53.0, cap, letter);
        }
    }
    for (x, wide, tint) in [
        (62.0, 90.0, 0.3),
        (166.0, 70.0, 0.3),
        (250.0, 330.0, 0.0),
        (594.0, 90.0, 0.3),
        (698.0, 104.0, 0.3),
    ] {
        let cap = if wide > 200.0 {
            hsl(hue + 140.0, 0.5, 0.65)
        } else {
            darker(rgb(0xC6C4BE), tint)
        };
        key(art, (x, 462.0), wide, cap, ' ');
    }
    mug_and_mouse(art, hue);
}

fn mug_and_mouse(art: &mut Canvas, hue: f32) {
    art.fill(&Path::circle(838.0, 112.0, 92.0), [60, 30, 10, 90]);
    art.fill(&Path::circle(830.0, 100.0, 86.0), rgb(0xF4F2EE));
    art.fill(
        &Path::circle(830.0, 100.0, 66.0),
        fall(rgb(0x744A2C), rgb(0x402614), 40.0, 160.0),
    );
    art.fill(
        &Path::round(862.0, 320.0, 80.0, 130.0, 40.0),
        [50, 25, 10, 100],
    );
    art.fill(
        &Path::round(854.0, 306.0, 80.0, 130.0, 40.0),
        fall(rgb(0xF8F8F8), rgb(0xCFD2D6), 306.0, 436.0),
    );
    art.fill(
        &Path::round(890.0, 326.0, 8.0, 28.0, 4.0),
        hsl(hue, 0.75, 0.55),
    );
    let cable = [
        (400.0, 206.0),
        (380.0, 120.0),
        (450.0, 60.0),
        (430.0, -10.0),
    ];
    art.fill(&Path::line(&cable, 11.0), hsl(hue, 0.6, 0.45));
}

fn key(art: &mut Canvas, (x, y): Point, wide: f32, cap: Colour, letter: char) {
    art.fill(&Path::round(x, y + 5.0, wide, 50.0, 9.0), darker(cap, 0.45));
    art.fill(&Path::round(x, y, wide, 48.0, 9.0), darker(cap, 0.12));
    art.fill(
        &Path::round(x + 5.0, y + 2.0, wide - 10.0, 38.0, 8.0),
        lighter(cap, 0.15),
    );
    centred(
        art,
        (x + wide / 2.0, y + 20.0),
        15.0,
        &letter.to_string(),
        rgb(0x363A46),
    );
}
