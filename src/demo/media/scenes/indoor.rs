//! Rooms and what is in them: a set table, a sofa, a radiator.

use super::HEIGHT;
use super::props::{pot_plant, room, window};
use crate::demo::media::canvas::Canvas;
use crate::demo::media::colour::{Colour, WHITE, darker, faint, fall, hsl, lighter, rgb};
use crate::demo::media::path::Path;
use crate::demo::rng::Rng;

pub(super) fn choose(rng: &mut Rng, colours: &[u32]) -> Colour {
    rgb(rng.pick(colours).copied().unwrap_or_default())
}

pub(super) fn table(art: &mut Canvas, rng: &mut Rng) {
    let wall = choose(rng, &[0xC9D8C5, 0xE8CDB0, 0xB9CCDA]);
    room(art, wall, rgb(0x8A6240), 430.0);
    let sky = fall(rgb(0x8CCBF0), rgb(0xE9F5F5), 60.0, 290.0);
    window(art, (110.0, 60.0), (250.0, 230.0), sky, rgb(0x74A86A));
    for x in [590.0, 760.0] {
        art.fill(&Path::rect(x - 2.0, 0.0, 4.0, 120.0), rgb(0x303038));
        art.glow(x, 170.0, 150.0, [255, 220, 140, 130]);
        art.fill(
            &Path::slice(x, 165.0, (55.0, 55.0), (0.5, 1.0)),
            rgb(0xD96B3C),
        );
        art.fill(&Path::circle(x, 168.0, 14.0), rgb(0xFFF4CE));
    }
    for (x, lean) in [(170.0, -30.0), (790.0, 30.0)] {
        art.fill(
            &Path::line(&[(x, 500.0), (x + lean, HEIGHT + 20.0)], 26.0),
            rgb(0x59391F),
        );
    }
    let top = [
        (190.0, 380.0),
        (770.0, 380.0),
        (930.0, 520.0),
        (30.0, 520.0),
    ];
    art.fill(
        &Path::polygon(&top),
        fall(rgb(0xC88E55), rgb(0xA26A38), 380.0, 520.0),
    );
    art.fill(&Path::rect(30.0, 519.0, 900.0, 26.0), rgb(0x744824));
    let runner = [
        (420.0, 380.0),
        (540.0, 380.0),
        (590.0, 520.0),
        (370.0, 520.0),
    ];
    art.fill(
        &Path::polygon(&runner),
        faint(choose(rng, &[0x2E6A8E, 0xB03A48, 0x467A4A]), 220),
    );
    for (x, y) in [(240.0, 455.0), (720.0, 455.0)] {
        plate(art, rng, x, y);
    }
    fruit_bowl(art, rng, 480.0, 425.0);
    for (x, y) in [(345.0, 410.0), (625.0, 410.0)] {
        glass(art, x, y);
    }
}

fn plate(art: &mut Canvas, rng: &mut Rng, x: f32, y: f32) {
    art.fill(&Path::oval(x + 5.0, y + 9.0, 108.0, 34.0), [40, 20, 5, 80]);
    art.fill(
        &Path::oval(x, y, 105.0, 33.0),
        fall(WHITE, rgb(0xDADDE2), y - 30.0, y + 30.0),
    );
    art.fill(&Path::oval(x, y, 76.0, 22.0), rgb(0xEEF0F2));
    for _ in 0..12 {
        let bite = choose(rng, &[0xE05A3A, 0x5AA84A, 0xF0C64A, 0xF3E2B8]);
        let at = (x + rng.between(-48.0, 48.0), y + rng.between(-13.0, 7.0));
        art.fill(&Path::oval(at.0, at.1, 16.0, 9.0), bite);
    }
}

fn fruit_bowl(art: &mut Canvas, rng: &mut Rng, x: f32, y: f32) {
    for (dx, dy) in [
        (-55.0, -38.0),
        (52.0, -36.0),
        (-20.0, -58.0),
        (26.0, -60.0),
        (0.0, -34.0),
    ] {
        let fruit = choose(rng, &[0xE54B3C, 0xF49A2A, 0xA6C83C, 0xF2D03C]);
        let (cx, cy) = (x + dx, y + dy);
        art.fill(
            &Path::circle(cx, cy, 31.0),
            fall(
                lighter(fruit, 0.25),
                darker(fruit, 0.2),
                cy - 31.0,
                cy + 31.0,
            ),
        );
        art.fill(
            &Path::oval(cx - 10.0, cy - 12.0, 8.0, 5.0),
            [255, 255, 255, 130],
        );
    }
    let bowl = Path::slice(x, y - 26.0, (108.0, 66.0), (0.0, 0.5));
    art.fill(
        &bowl,
        fall(rgb(0x437FB0), rgb(0x1E466E), y - 30.0, y + 40.0),
    );
    art.fill(
        &Path::line(&[(x - 106.0, y - 25.0), (x + 106.0, y - 25.0)], 7.0),
        rgb(0x88BBDD),
    );
}

fn glass(art: &mut Canvas, x: f32, y: f32) {
    let sides = [
        (x - 24.0, y - 70.0),
        (x + 24.0, y - 70.0),
        (x + 18.0, y + 18.0),
        (x - 18.0, y + 18.0),
    ];
    art.fill(&Path::polygon(&sides), [235, 245, 255, 120]);
    let drink = [
        (x - 22.0, y - 36.0),
        (x + 22.0, y - 36.0),
        (x + 17.0, y + 14.0),
        (x - 17.0, y + 14.0),
    ];
    art.fill(&Path::polygon(&drink), [190, 40, 70, 190]);
    art.fill(
        &Path::line(&[(x - 14.0, y - 60.0), (x - 10.0, y)], 4.0),
        [255, 255, 255, 150],
    );
}

pub(super) fn sofa(art: &mut Canvas, rng: &mut Rng) {
    let wall = choose(rng, &[0xD9C7B4, 0x9FBDB6, 0xD8B0A6, 0xAEB9D2]);
    room(art, wall, rgb(0xA57A4E), 470.0);
    let frames = [
        (330.0, 70.0, 120.0, 150.0),
        (480.0, 50.0, 170.0, 120.0),
        (480.0, 185.0, 90.0, 80.0),
    ];
    for (x, y, w, h) in frames {
        art.fill(
            &Path::rect(x - 8.0, y - 8.0, w + 16.0, h + 16.0),
            rgb(0x342A26),
        );
        let hue = rng.between(0.0, 360.0);
        art.fill(
            &Path::rect(x, y, w, h),
            fall(hsl(hue, 0.55, 0.75), hsl(hue + 50.0, 0.6, 0.5), y, y + h),
        );
        art.fill(
            &Path::slice(x + w / 2.0, y + h, (w * 0.4, h * 0.5), (0.5, 1.0)),
            hsl(hue + 160.0, 0.45, 0.4),
        );
    }
    art.fill(
        &Path::oval(480.0, 590.0, 430.0, 46.0),
        faint(hsl(rng.between(0.0, 360.0), 0.35, 0.7), 230),
    );
    let cloth = choose(rng, &[0x2D7F86, 0xC45A3C, 0x465A9C, 0xB88A2C, 0x7A4A7E]);
    couch(art, cloth);
    for (x, hue, turn) in [
        (320.0, 40.0, -0.03),
        (640.0, 200.0, 0.03),
        (560.0, 350.0, -0.02),
    ] {
        let cushion = Path::round(x - 55.0, 345.0, 110.0, 100.0, 26.0).turned((x, 395.0), turn);
        let paint = hsl(hue + rng.between(-15.0, 15.0), 0.6, 0.62);
        art.fill(
            &cushion,
            fall(lighter(paint, 0.2), darker(paint, 0.12), 345.0, 445.0),
        );
    }
    art.fill(&Path::rect(858.0, 200.0, 8.0, 350.0), rgb(0x282830));
    art.glow(862.0, 180.0, 190.0, [255, 225, 150, 150]);
    let shade = [
        (822.0, 125.0),
        (902.0, 125.0),
        (930.0, 220.0),
        (794.0, 220.0),
    ];
    art.fill(
        &Path::polygon(&shade),
        fall(rgb(0xFFF0C4), rgb(0xF2CE86), 125.0, 220.0),
    );
    pot_plant(art, (85.0, 560.0), 150.0, rgb(0xC76B4A));
}

fn couch(art: &mut Canvas, cloth: Colour) {
    for x in [235.0, 725.0] {
        art.fill(&Path::rect(x - 10.0, 540.0, 20.0, 42.0), rgb(0x442C1C));
    }
    let back = Path::round(190.0, 300.0, 580.0, 240.0, 46.0);
    art.fill(
        &back,
        fall(lighter(cloth, 0.12), darker(cloth, 0.25), 300.0, 540.0),
    );
    for x in [235.0, 482.0] {
        let seat = Path::round(x, 425.0, 243.0, 85.0, 24.0);
        art.fill(
            &seat,
            fall(lighter(cloth, 0.28), lighter(cloth, 0.05), 425.0, 510.0),
        );
    }
    art.fill(
        &Path::round(200.0, 500.0, 560.0, 52.0, 16.0),
        darker(cloth, 0.18),
    );
    for x in [160.0, 710.0] {
        let arm = Path::round(x, 380.0, 90.0, 172.0, 42.0);
        art.fill(
            &arm,
            fall(lighter(cloth, 0.22), darker(cloth, 0.12), 380.0, 552.0),
        );
    }
}

pub(super) fn radiator(art: &mut Canvas, rng: &mut Rng) {
    let wall = choose(rng, &[0xD7DCCB, 0xE3D2C0, 0xC3CED8]);
    room(art, wall, rgb(0x8C6848), 540.0);
    let sky = fall(rgb(0x7A8CA6), rgb(0xD3DAE2), 0.0, 190.0);
    window(art, (250.0, -20.0), (460.0, 200.0), sky, rgb(0xE8EDF2));
    for _ in 0..50 {
        let drop = Path::circle(
            rng.between(255.0, 705.0),
            rng.between(0.0, 175.0),
            rng.between(1.5, 3.5),
        );
        art.fill(&drop, [255, 255, 255, 200]);
    }
    art.fill(
        &Path::round(225.0, 300.0, 530.0, 240.0, 20.0),
        [30, 30, 40, 60],
    );
    for fin in 0u8..12 {
        let x = 208.0 + f32::from(fin) * 44.0;
        art.fill(&Path::round(x, 270.0, 40.0, 242.0, 19.0), rgb(0xC3C6C4));
        art.fill(
            &Path::round(x + 3.0, 272.0, 27.0, 236.0, 14.0),
            fall(WHITE, rgb(0xDDDFDC), 270.0, 512.0),
        );
        art.fill(
            &Path::round(x + 8.0, 290.0, 6.0, 190.0, 3.0),
            [255, 255, 255, 230],
        );
    }
    for y in [306.0, 470.0] {
        art.fill(&Path::rect(206.0, y, 528.0, 9.0), [120, 125, 125, 90]);
    }
    let pipe = [(735.0, 485.0), (800.0, 485.0), (800.0, 560.0)];
    art.fill(&Path::line(&pipe, 17.0), rgb(0xB87A4C));
    art.fill(&Path::round(768.0, 440.0, 64.0, 46.0, 12.0), rgb(0xF4F4F0));
    art.fill(
        &Path::round(776.0, 400.0, 48.0, 48.0, 10.0),
        fall(rgb(0xE04A3A), rgb(0xA82A22), 400.0, 448.0),
    );
    art.fill(&Path::oval(790.0, 600.0, 120.0, 22.0), [120, 170, 215, 170]);
    art.fill(&Path::oval(770.0, 595.0, 40.0, 6.0), [235, 245, 255, 190]);
    for y in [520.0, 556.0] {
        let drop = [
            (822.0, y - 16.0),
            (831.0, y + 2.0),
            (822.0, y + 9.0),
            (813.0, y + 2.0),
        ];
        art.fill(&Path::blob(&drop), rgb(0x70B4E4));
    }
    for x in [300.0, 420.0, 540.0, 650.0] {
        let rise = [
            (x, 255.0),
            (x + 12.0, 238.0),
            (x - 8.0, 222.0),
            (x + 6.0, 205.0),
        ];
        art.fill(&Path::line(&rise, 6.0), [255, 150, 90, 110]);
    }
}
