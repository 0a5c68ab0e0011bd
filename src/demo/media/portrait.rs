//! Faces for people who do not exist: strong shapes and colours, so that two persons differ even when a
//! picture is eight cells wide.

use super::canvas::Canvas;
use super::colour::{Colour, WHITE, between, darker, faint, fall, hsl, lighter, rgb};
use super::hair::{CUTS, Cut, Hat, before, behind, hat, many};
use super::path::Path;
use crate::demo::rng::{Rng, hash, mix};

pub(super) const SIZE: u16 = 256;
pub(super) const UNITS: f32 = 256.0;

const SKINS: [u32; 8] = [
    0xF6D7C0, 0xEFC09A, 0xE0A67A, 0xC98A5A, 0xA86B42, 0x85502F, 0x643A22, 0x4A2A1C,
];
const HAIRS: [u32; 9] = [
    0x1E1A20, 0x3A241A, 0x6A3E22, 0x9A5A2A, 0xC9762E, 0xE8C267, 0xC9C6C4, 0x8A2F2A, 0x34406A,
];

/// The ones that go with a dark skin, undyed but for one.
const DARK_HAIRS: [u32; 5] = [0x1E1A20, 0x3A241A, 0x5A3420, 0xC9C6C4, 0x8A2F2A];

/// What makes one person unlike another.
pub(super) struct Looks {
    pub(super) skin: Colour,
    pub(super) hair: Colour,
    pub(super) cloth: Colour,
    pub(super) accent: Colour,
    pub(super) cut: Cut,
    pub(super) hat: Hat,
    pub(super) beard: bool,
}

pub(super) fn draw(name: &str, seed: u64) -> Canvas {
    let mut rng = Rng::new(mix(hash(name), seed));
    let mut art = Canvas::new(SIZE, SIZE, UNITS, WHITE);
    let looks = looks(&mut rng);
    backdrop(&mut art, &mut rng);
    behind(&mut art, &looks);
    shoulders(&mut art, &mut rng, &looks);
    head(&mut art, &looks);
    face(&mut art, &mut rng, &looks);
    before(&mut art, &looks);
    glasses(&mut art, &mut rng);
    hat(&mut art, &looks);
    art
}

fn looks(rng: &mut Rng) -> Looks {
    let hue = rng.between(0.0, 360.0);
    let cut = rng.pick(&CUTS).copied().unwrap_or(Cut::Short);
    let hat = match rng.below(20) {
        0 => Hat::Beanie,
        1 => Hat::Cap,
        2 => Hat::Brim,
        3 => Hat::Scarf,
        _ => Hat::None,
    };
    let cut = if cut == Cut::Spikes && hat != Hat::None {
        Cut::Short
    } else {
        cut
    };
    let cropped = matches!(cut, Cut::Short | Cut::Side | Cut::Bald | Cut::Spikes);
    let skin = rgb(rng.pick(&SKINS).copied().unwrap_or_default());
    let hairs = if skin[0] < 0xB0 {
        &DARK_HAIRS[..]
    } else {
        &HAIRS[..]
    };
    Looks {
        skin,
        hair: rgb(rng.pick(hairs).copied().unwrap_or_default()),
        cloth: hsl(hue, rng.between(0.5, 0.85), rng.between(0.3, 0.6)),
        accent: hsl(hue + rng.between(90.0, 270.0), 0.75, 0.58),
        cut,
        hat,
        beard: cropped && hat != Hat::Scarf && rng.chance(45),
    }
}

fn backdrop(art: &mut Canvas, rng: &mut Rng) {
    let hue = rng.between(0.0, 360.0);
    let light = rng.pick(&[0.42, 0.6, 0.74, 0.86]).copied().unwrap_or(0.6);
    let ground = hsl(hue, 0.62, light);
    let other = hsl(
        hue + 35.0,
        0.6,
        if light > 0.7 {
            light - 0.14
        } else {
            light + 0.12
        },
    );
    art.fill(
        &Path::rect(0.0, 0.0, UNITS, UNITS),
        fall(lighter(ground, 0.12), ground, 0.0, UNITS),
    );
    let motif = match rng.below(8) {
        0 => Path::rect(0.0, 0.0, 128.0, UNITS),
        1 => Path::circle(128.0, 118.0, 108.0),
        2 => many(7, |at| {
            Path::line(
                &[(at * 52.0 - 80.0, 270.0), (at * 52.0 + 40.0, -20.0)],
                20.0,
            )
        }),
        3 => many(36, |at| {
            Path::circle(
                (at % 6.0) * 50.0 + 4.0,
                (at / 6.0).floor() * 50.0 + 4.0,
                11.0,
            )
        }),
        4 => many(9, |at| {
            let ray = [(128.0, 130.0), (380.0, 100.0), (380.0, 160.0)];
            Path::polygon(&ray).turned((128.0, 130.0), at / 9.0)
        }),
        5 => Path::polygon(&[(0.0, 256.0), (256.0, 0.0), (256.0, 256.0)]),
        6 => Path::rect(0.0, 150.0, UNITS, 106.0),
        _ => Path::default(),
    };
    art.fill(&motif, other);
}

fn shoulders(art: &mut Canvas, rng: &mut Rng, looks: &Looks) {
    let cloth = looks.cloth;
    let body = Path::round(22.0, 196.0, 212.0, 130.0, 66.0);
    art.fill(
        &body,
        fall(lighter(cloth, 0.12), darker(cloth, 0.22), 196.0, UNITS),
    );
    art.fill(
        &Path::round(103.0, 150.0, 50.0, 70.0, 22.0),
        darker(looks.skin, 0.16),
    );
    match rng.below(5) {
        0 => {
            art.fill(
                &Path::slice(128.0, 196.0, (36.0, 34.0), (0.0, 0.5)),
                darker(looks.skin, 0.1),
            );
        }
        1 => {
            art.fill(
                &Path::polygon(&[(92.0, 192.0), (164.0, 192.0), (128.0, 256.0)]),
                WHITE,
            );
            let tie = [
                (120.0, 206.0),
                (136.0, 206.0),
                (144.0, 256.0),
                (112.0, 256.0),
            ];
            art.fill(&Path::polygon(&tie), looks.accent);
            for side in [-1.0, 1.0] {
                let lapel = [
                    (128.0 + side * 38.0, 188.0),
                    (128.0 + side * 70.0, 210.0),
                    (128.0 + side * 8.0, 262.0),
                ];
                art.fill(&Path::polygon(&lapel), darker(cloth, 0.4));
            }
        }
        2 => {
            let roll = Path::round(92.0, 186.0, 72.0, 34.0, 15.0);
            art.fill(&roll, fall(lighter(cloth, 0.3), cloth, 186.0, 220.0));
        }
        3 => {
            let stripes = many(4, |at| Path::rect(40.0, 212.0 + at * 16.0, 176.0, 7.0));
            art.fill(&stripes, faint(looks.accent, 235));
            art.fill(
                &Path::slice(128.0, 196.0, (32.0, 22.0), (0.0, 0.5)),
                darker(looks.skin, 0.1),
            );
        }
        _ => {
            for side in [-1.0, 1.0] {
                let collar = [
                    (128.0 + side * 30.0, 186.0),
                    (128.0 + side * 54.0, 206.0),
                    (128.0 + side * 22.0, 230.0),
                    (128.0, 210.0),
                ];
                art.fill(&Path::polygon(&collar), lighter(looks.accent, 0.25));
            }
            art.fill(
                &Path::line(&[(128.0, 214.0), (128.0, 256.0)], 3.0),
                darker(cloth, 0.4),
            );
        }
    }
}

fn head(art: &mut Canvas, looks: &Looks) {
    let skin = looks.skin;
    for side in [-1.0, 1.0] {
        art.fill(
            &Path::oval(128.0 + side * 60.0, 118.0, 13.0, 17.0),
            darker(skin, 0.1),
        );
    }
    let shape = [
        (128.0, 46.0),
        (72.0, 76.0),
        (70.0, 130.0),
        (96.0, 174.0),
        (128.0, 186.0),
        (160.0, 174.0),
        (186.0, 130.0),
        (184.0, 76.0),
    ];
    art.fill(
        &Path::blob(&shape),
        fall(lighter(skin, 0.1), darker(skin, 0.06), 46.0, 186.0),
    );
}

fn face(art: &mut Canvas, rng: &mut Rng, looks: &Looks) {
    let skin = looks.skin;
    if looks.beard {
        beard(art, looks);
    }
    let eyes: &[u32] = if skin[0] < 0xD0 {
        &[0x3A2418, 0x1A1A1E]
    } else {
        &[0x3A2418, 0x2F5A8A, 0x2F6B4A, 0x1A1A1E]
    };
    let iris = rgb(rng.pick(eyes).copied().unwrap_or_default());
    let brow = rng.between(0.0, 4.0);
    let gap = rng.between(24.0, 29.0);
    for side in [-1.0, 1.0] {
        let x = 128.0 + side * gap;
        art.fill(&Path::oval(x, 112.0, 10.5, 9.0), WHITE);
        art.fill(&Path::circle(x, 112.5, 8.0), iris);
        art.fill(&Path::circle(x - 2.0, 110.5, 2.2), WHITE);
        let arch = [
            (x - side * 13.0, 96.0 - brow),
            (x, 91.0),
            (x + side * 13.0, 95.0 + brow),
        ];
        art.fill(&Path::line(&arch, 5.5), darker(looks.hair, 0.35));
        art.fill(
            &Path::circle(128.0 + side * 38.0, 137.0, 12.0),
            faint(rgb(0xF0605A), 60),
        );
    }
    let nose = [(128.0, 116.0), (124.0 - brow, 136.0), (132.0, 138.0)];
    art.fill(&Path::line(&nose, 4.5), darker(skin, 0.28));
    let lips = between(rgb(0xB8404A), darker(skin, 0.5), 0.35);
    if rng.chance(55) {
        let smile = Path::slice(128.0, 150.0, (21.0, 17.0), (0.0, 0.5));
        art.fill(&smile, darker(lips, 0.25));
        art.fill(&Path::round(112.0, 150.0, 32.0, 6.5, 2.0), WHITE);
    } else {
        art.fill(
            &Path::bow((128.0, 146.0), (20.0, 13.0), (0.06, 0.44), 5.5),
            lips,
        );
    }
}

fn beard(art: &mut Canvas, looks: &Looks) {
    let shape = [
        (72.0, 120.0),
        (84.0, 136.0),
        (104.0, 138.0),
        (128.0, 134.0),
        (152.0, 138.0),
        (172.0, 136.0),
        (184.0, 120.0),
        (178.0, 168.0),
        (128.0, 204.0),
        (78.0, 168.0),
    ];
    art.fill(&Path::blob(&shape), darker(looks.hair, 0.08));
    art.fill(&Path::oval(128.0, 155.0, 25.0, 13.0), looks.skin);
}

fn glasses(art: &mut Canvas, rng: &mut Rng) {
    if !rng.chance(38) {
        return;
    }
    let (round, dark) = (rng.chance(50), rng.chance(25));
    let rim = rgb(rng
        .pick(&[0x18181E, 0x8A2A2A, 0xD9A63A, 0x2A4A8A])
        .copied()
        .unwrap_or_default());
    for side in [-1.0, 1.0] {
        let x = 128.0 + side * 28.0;
        let lens = if round {
            Path::bow((x, 113.0), (20.0, 20.0), (0.0, 1.0), 5.5)
        } else {
            let (l, r) = (x - 22.0, x + 22.0);
            Path::line(
                &[
                    (l, 98.0),
                    (r, 98.0),
                    (r - 3.0, 128.0),
                    (l + 3.0, 128.0),
                    (l, 98.0),
                ],
                5.5,
            )
        };
        let tint = if dark {
            faint(rgb(0x101018), 225)
        } else {
            [255, 255, 255, 70]
        };
        art.fill(&Path::circle(x, 113.0, 19.0), tint);
        art.fill(&lens, rim);
        art.fill(
            &Path::line(
                &[(x + side * 20.0, 108.0), (128.0 + side * 61.0, 106.0)],
                5.0,
            ),
            rim,
        );
    }
    art.fill(&Path::line(&[(119.0, 110.0), (137.0, 110.0)], 5.0), rim);
}
