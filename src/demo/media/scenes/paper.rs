//! Things people photograph to share what is written on them: a whiteboard, a receipt, a map.

use super::props::ground;
use super::{HEIGHT, WIDTH};
use crate::demo::media::canvas::Canvas;
use crate::demo::media::colour::{Colour, WHITE, faint, fall, rgb};
use crate::demo::media::glyphs::{centred, text, width};
use crate::demo::media::path::{Path, Point};
use crate::demo::rng::Rng;

pub(super) fn whiteboard(art: &mut Canvas, rng: &mut Rng) {
    ground(art, 0xB9AF9F, 0x8F8576, 0.0, HEIGHT);
    art.fill(
        &Path::round(48.0, 44.0, 880.0, 560.0, 14.0),
        [20, 20, 20, 70],
    );
    art.fill(&Path::round(36.0, 30.0, 888.0, 560.0, 12.0), rgb(0x969CA4));
    art.fill(
        &Path::rect(52.0, 46.0, 856.0, 528.0),
        fall(WHITE, rgb(0xE6EBEE), 46.0, 574.0),
    );
    let glare = [
        (120.0, 46.0),
        (330.0, 46.0),
        (130.0, 574.0),
        (52.0, 574.0),
        (52.0, 250.0),
    ];
    art.fill(&Path::polygon(&glare), [255, 255, 255, 120]);
    let (blue, red, green) = (rgb(0x1F55B8), rgb(0xD22F3A), rgb(0x1E8A4C));
    let title = rng
        .pick(&["ROADMAP Q4", "RETRO", "ARCHITECTURE", "LAUNCH PLAN"])
        .copied();
    text(art, (90.0, 76.0), 40.0, title.unwrap_or_default(), blue);
    art.fill(&Path::line(&[(88.0, 134.0), (380.0, 130.0)], 5.0), red);
    for (x, y, label, ink) in [
        (110.0, 190.0, "API", blue),
        (350.0, 190.0, "SYNC", blue),
        (350.0, 340.0, "STORE", green),
        (110.0, 340.0, "QUEUE", green),
    ] {
        box_around(art, (x, y), ink);
        centred(art, (x + 75.0, y + 42.0), 26.0, label, ink);
    }
    arrow(art, (268.0, 232.0), (340.0, 232.0), red);
    arrow(art, (425.0, 284.0), (425.0, 332.0), red);
    arrow(art, (342.0, 382.0), (270.0, 382.0), red);
    for (line, words) in ["1. SHIP BETA", "2. FIX SEARCH", "3. ASK USERS"]
        .iter()
        .enumerate()
    {
        text(
            art,
            (100.0, 460.0 + line as f32 * 38.0),
            21.0,
            words,
            rgb(0x30343C),
        );
    }
    notes(art, rng);
    art.fill(&Path::round(300.0, 584.0, 380.0, 22.0, 8.0), rgb(0x787E86));
    for (x, ink) in [(360.0, blue), (450.0, red), (540.0, green)] {
        art.fill(&Path::round(x, 574.0, 70.0, 14.0, 7.0), ink);
    }
}

fn box_around(art: &mut Canvas, (x, y): Point, ink: Colour) {
    let corners = [
        (x, y),
        (x + 150.0, y + 3.0),
        (x + 147.0, y + 86.0),
        (x + 2.0, y + 83.0),
        (x, y - 4.0),
    ];
    art.fill(&Path::line(&corners, 5.5), ink);
}

fn arrow(art: &mut Canvas, from: Point, to: Point, ink: Colour) {
    art.fill(&Path::line(&[from, to], 5.5), ink);
    let (dx, dy) = ((to.0 - from.0) * 0.25, (to.1 - from.1) * 0.25);
    let head = [
        (to.0 - dx - dy, to.1 - dy + dx),
        to,
        (to.0 - dx + dy, to.1 - dy - dx),
    ];
    art.fill(&Path::line(&head, 5.5), ink);
}

fn notes(art: &mut Canvas, rng: &mut Rng) {
    let colours = [0xFFE066, 0xFF9EB5, 0x8EE3C8, 0x9CCBFF];
    let words = [
        "YES!", "TEST", "UX", "DOCS", "DEMO", "BUG", "SPEED", "WHY?", "PAIR",
    ];
    for cell in 0u8..9 {
        let x = 590.0 + f32::from(cell % 3) * 104.0;
        let y = 90.0 + f32::from(cell / 3) * 120.0;
        let turn = rng.between(-0.015, 0.015);
        let paper = Path::rect(x, y, 88.0, 88.0).turned((x + 44.0, y + 44.0), turn);
        art.fill(&paper.clone().moved(5.0, 7.0), [0, 0, 0, 50]);
        art.fill(&paper, rgb(rng.pick(&colours).copied().unwrap_or_default()));
        let word = rng.pick(&words).copied().unwrap_or_default();
        centred(art, (x + 44.0, y + 44.0), 15.0, word, rgb(0x343038));
    }
    let trend = [
        (600.0, 530.0),
        (660.0, 510.0),
        (720.0, 518.0),
        (780.0, 478.0),
        (860.0, 455.0),
    ];
    art.fill(&Path::line(&trend, 6.0), rgb(0x1E8A4C));
    art.fill(
        &Path::line(&[(590.0, 445.0), (590.0, 548.0), (880.0, 548.0)], 4.0),
        rgb(0x30343C),
    );
}

pub(super) fn receipt(art: &mut Canvas, rng: &mut Rng) {
    ground(art, 0x8A5F3E, 0x5C3B24, 0.0, HEIGHT);
    for board in 0u8..7 {
        let y = f32::from(board) * 95.0;
        art.fill(&Path::rect(0.0, y, WIDTH, 4.0), [30, 15, 5, 110]);
        art.fill(&Path::rect(0.0, y + 4.0, WIDTH, 20.0), [255, 220, 180, 14]);
    }
    let mut paper = vec![(300.0, -10.0), (660.0, -10.0), (660.0, 610.0)];
    for tooth in 0u8..=24 {
        let x = 660.0 - f32::from(tooth) * 15.0;
        paper.push((x, if tooth % 2 == 0 { 610.0 } else { 620.0 }));
    }
    art.fill(&Path::polygon(&paper).moved(10.0, 12.0), [0, 0, 0, 90]);
    art.fill(
        &Path::polygon(&paper),
        fall(WHITE, rgb(0xE9E6DE), 0.0, 620.0),
    );
    let ink = rgb(0x2A2A30);
    let shop = rng
        .pick(&["CAFE LUNA", "LA MARMITE", "HARDWARE CO", "STATION 12"])
        .copied();
    centred(art, (480.0, 52.0), 30.0, shop.unwrap_or_default(), ink);
    centred(art, (480.0, 92.0), 13.0, "14 RUE DES LILAS", ink);
    rule(art, 120.0);
    let goods = [
        "COFFEE", "SANDWICH", "SOUP", "TEA", "CAKE", "WATER", "SALAD", "PAPER", "CABLE",
    ];
    let mut total = 0;
    for line in 0u8..7 {
        let cents = rng.range(120, 1900);
        total += cents;
        let good = rng.pick(&goods).copied().unwrap_or_default();
        priced(art, 148.0 + f32::from(line) * 34.0, 16.0, good, cents);
    }
    rule(art, 396.0);
    priced(art, 420.0, 21.0, "TOTAL", total);
    priced(art, 464.0, 14.0, "VAT 20%", total / 6);
    let mut x = 350.0;
    while x < 610.0 {
        let bar = rng.between(2.0, 8.0);
        art.fill(&Path::rect(x, 512.0, bar, 56.0), ink);
        x += bar + rng.between(2.0, 7.0);
    }
    art.fill(&Path::circle(800.0, 200.0, 95.0), [0, 0, 0, 60]);
    art.fill(&Path::circle(792.0, 190.0, 92.0), rgb(0xF2F0EC));
    art.fill(
        &Path::circle(792.0, 190.0, 68.0),
        fall(rgb(0x6A4228), rgb(0x3C2414), 120.0, 260.0),
    );
    art.fill(&Path::oval(775.0, 170.0, 30.0, 18.0), [214, 170, 120, 120]);
    art.fill(
        &Path::line(&[(110.0, 480.0), (200.0, 180.0)], 20.0),
        rgb(0x224A8A),
    );
    art.fill(
        &Path::line(&[(104.0, 500.0), (110.0, 480.0)], 9.0),
        rgb(0xD8B04A),
    );
}

fn rule(art: &mut Canvas, y: f32) {
    for dash in 0u8..20 {
        art.fill(
            &Path::rect(330.0 + f32::from(dash) * 15.0, y, 9.0, 2.5),
            rgb(0x606068),
        );
    }
}

fn priced(art: &mut Canvas, y: f32, size: f32, what: &str, cents: u64) {
    let ink = rgb(0x2A2A30);
    let price = format!("{}.{:02} €", cents / 100, cents % 100);
    text(art, (330.0, y), size, what, ink);
    text(art, (632.0 - width(&price, size), y), size, &price, ink);
}

pub(super) fn map(art: &mut Canvas, rng: &mut Rng) {
    ground(art, 0xEFEBE0, 0xE6E1D4, 0.0, HEIGHT);
    let parks = [
        (150.0, 150.0, 130.0, 80.0),
        (730.0, 480.0, 170.0, 95.0),
        (520.0, 120.0, 90.0, 60.0),
    ];
    for (x, y, rx, ry) in parks {
        art.fill(
            &Path::oval(x + rng.between(-40.0, 40.0), y, rx, ry),
            rgb(0xB9DDA2),
        );
    }
    let river = [
        (-30.0, 470.0),
        (180.0, 430.0),
        (330.0, 500.0),
        (520.0, 380.0),
        (700.0, 330.0),
        (990.0, 190.0),
    ];
    art.fill(&Path::line(&river, 66.0), rgb(0x9CCDEE));
    for street in 0u8..9 {
        let x = f32::from(street) * 120.0 + rng.between(-25.0, 25.0);
        road(art, &[(x, -10.0), (x + 120.0, 650.0)], 9.0, WHITE);
        let y = f32::from(street) * 88.0 + rng.between(-20.0, 20.0);
        road(art, &[(-10.0, y), (970.0, y - 70.0)], 9.0, WHITE);
    }
    let avenue = [
        (-20.0, 240.0),
        (330.0, 300.0),
        (560.0, 240.0),
        (980.0, 420.0),
    ];
    road(art, &avenue, 24.0, rgb(0xFFD774));
    road(
        art,
        &[(430.0, -20.0), (480.0, 300.0), (400.0, 660.0)],
        18.0,
        rgb(0xFFE9B0),
    );
    let route = [
        (130.0, 545.0),
        (250.0, 520.0),
        (290.0, 290.0),
        (475.0, 270.0),
        (560.0, 240.0),
        (700.0, 300.0),
        (735.0, 165.0),
    ];
    art.fill(&Path::line(&route, 17.0), rgb(0x184FA8));
    art.fill(&Path::line(&route, 11.0), rgb(0x3E8BFF));
    art.fill(&Path::circle(130.0, 545.0, 19.0), WHITE);
    art.fill(&Path::circle(130.0, 545.0, 12.0), rgb(0x3E8BFF));
    pin(art, 735.0, 165.0);
    art.fill(&Path::round(30.0, 26.0, 350.0, 66.0, 16.0), [0, 0, 0, 40]);
    art.fill(&Path::round(26.0, 20.0, 350.0, 66.0, 16.0), WHITE);
    text(art, (50.0, 42.0), 22.0, "12 MIN - 3.4 KM", rgb(0x263040));
}

fn road(art: &mut Canvas, points: &[Point], wide: f32, colour: Colour) {
    art.fill(&Path::line(points, wide + 5.0), faint(rgb(0xB8B0A0), 150));
    art.fill(&Path::line(points, wide), colour);
}

fn pin(art: &mut Canvas, x: f32, y: f32) {
    art.fill(&Path::oval(x, y + 2.0, 24.0, 8.0), [0, 0, 0, 80]);
    let drop = Path::circle(x, y - 74.0, 42.0).and(Path::polygon(&[
        (x - 38.0, y - 58.0),
        (x + 38.0, y - 58.0),
        (x, y),
    ]));
    art.fill(&drop, fall(rgb(0xF45B4F), rgb(0xC92A2A), y - 116.0, y));
    art.fill(&Path::circle(x, y - 74.0, 17.0), WHITE);
}
