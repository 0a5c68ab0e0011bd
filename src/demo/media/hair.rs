//! What grows or sits on the heads of people who do not exist.

use super::canvas::Canvas;
use super::colour::{WHITE, darker, fall, lighter, rgb};
use super::path::{Path, Point};
use super::portrait::Looks;

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Cut {
    Short,
    Side,
    Bald,
    Afro,
    Bob,
    Long,
    Bun,
    Curls,
    Spikes,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Hat {
    None,
    Beanie,
    Cap,
    Brim,
    Scarf,
}

pub(super) const CUTS: [Cut; 9] = [
    Cut::Short,
    Cut::Side,
    Cut::Bald,
    Cut::Afro,
    Cut::Bob,
    Cut::Long,
    Cut::Bun,
    Cut::Curls,
    Cut::Spikes,
];

/// Draws what hangs behind the shoulders.
pub(super) fn behind(art: &mut Canvas, looks: &Looks) {
    let dark = darker(looks.hair, 0.22);
    let shape = match looks.cut {
        _ if looks.hat == Hat::Scarf => Path::default(),
        Cut::Long => Path::round(54.0, 56.0, 148.0, 176.0, 70.0),
        Cut::Bob => Path::round(52.0, 50.0, 152.0, 132.0, 58.0),
        Cut::Afro if looks.hat == Hat::None => Path::circle(128.0, 92.0, 88.0),
        Cut::Afro => Path::oval(128.0, 112.0, 88.0, 62.0),
        Cut::Bun if looks.hat == Hat::None => Path::circle(128.0, 32.0, 27.0),
        Cut::Curls => many(12, |at| {
            let angle = (at / 11.0 * 0.74 - 0.62) * std::f32::consts::TAU;
            Path::circle(128.0 + 66.0 * angle.cos(), 104.0 + 64.0 * angle.sin(), 27.0)
        }),
        _ => Path::default(),
    };
    art.fill(&shape, dark);
}

/// Draws what falls over the forehead.
pub(super) fn before(art: &mut Canvas, looks: &Looks) {
    if looks.hat == Hat::Scarf {
        return;
    }
    let cap = Path::slice(128.0, 96.0, (64.0, 62.0), (0.5, 1.0));
    let shape = match looks.cut {
        Cut::Bald => Path::default(),
        Cut::Short => Path::blob(&[
            (62.0, 112.0),
            (64.0, 58.0),
            (128.0, 28.0),
            (192.0, 58.0),
            (194.0, 112.0),
            (178.0, 82.0),
            (128.0, 72.0),
            (78.0, 82.0),
        ]),
        Cut::Side => Path::blob(&[
            (60.0, 116.0),
            (58.0, 60.0),
            (100.0, 24.0),
            (170.0, 30.0),
            (200.0, 70.0),
            (192.0, 110.0),
            (176.0, 66.0),
            (120.0, 84.0),
            (78.0, 84.0),
        ]),
        Cut::Afro | Cut::Curls => many(7, |at| {
            let angle = (0.56 + at / 6.0 * 0.38) * std::f32::consts::TAU;
            Path::circle(128.0 + 54.0 * angle.cos(), 96.0 + 50.0 * angle.sin(), 22.0)
        }),
        Cut::Bob => cap
            .and(Path::rect(64.0, 74.0, 128.0, 18.0))
            .and(Path::round(54.0, 76.0, 24.0, 92.0, 12.0))
            .and(Path::round(178.0, 76.0, 24.0, 92.0, 12.0)),
        Cut::Long | Cut::Bun => {
            let left = [
                (128.0, 34.0),
                (66.0, 52.0),
                (58.0, 128.0),
                (72.0, 118.0),
                (86.0, 86.0),
                (128.0, 58.0),
            ];
            let right: Vec<Point> = left.iter().map(|&(x, y)| (256.0 - x, y)).collect();
            Path::blob(&left).and(Path::blob(&right))
        }
        Cut::Spikes => many(7, |at| {
            let foot = 66.0 + at * 18.0;
            Path::polygon(&[
                (foot - 8.0, 82.0),
                (foot + 24.0, 82.0),
                (foot - 4.0 + at * 4.0, 14.0 + (at - 3.0).abs() * 8.0),
            ])
        })
        .and(Path::rect(66.0, 74.0, 124.0, 14.0)),
    };
    art.fill(
        &shape,
        fall(lighter(looks.hair, 0.14), looks.hair, 30.0, 110.0),
    );
}

pub(super) fn hat(art: &mut Canvas, looks: &Looks) {
    let ink = looks.accent;
    match looks.hat {
        Hat::None => {}
        Hat::Beanie => {
            art.fill(&Path::circle(128.0, 16.0, 17.0), lighter(ink, 0.5));
            let dome = Path::slice(128.0, 82.0, (70.0, 66.0), (0.5, 1.0));
            art.fill(
                &dome,
                fall(lighter(ink, 0.1), darker(ink, 0.15), 16.0, 82.0),
            );
            art.fill(
                &Path::round(52.0, 64.0, 152.0, 28.0, 12.0),
                lighter(ink, 0.3),
            );
        }
        Hat::Cap => {
            let dome = Path::slice(128.0, 84.0, (68.0, 64.0), (0.5, 1.0));
            art.fill(&dome, fall(lighter(ink, 0.12), ink, 20.0, 84.0));
            art.fill(&Path::oval(150.0, 84.0, 84.0, 13.0), darker(ink, 0.35));
            art.fill(&Path::circle(128.0, 52.0, 13.0), WHITE);
        }
        Hat::Brim => {
            art.fill(&Path::oval(128.0, 74.0, 112.0, 18.0), darker(ink, 0.25));
            art.fill(
                &Path::round(76.0, 8.0, 104.0, 68.0, 24.0),
                fall(lighter(ink, 0.15), ink, 8.0, 76.0),
            );
            art.fill(&Path::rect(76.0, 54.0, 104.0, 16.0), rgb(0x1E1C26));
        }
        Hat::Scarf => {
            let folds = [
                (128.0, 22.0),
                (58.0, 60.0),
                (48.0, 140.0),
                (70.0, 214.0),
                (128.0, 232.0),
                (186.0, 214.0),
                (208.0, 140.0),
                (198.0, 60.0),
            ];
            let opening = Path::blob(&[
                (128.0, 68.0),
                (84.0, 84.0),
                (78.0, 132.0),
                (100.0, 174.0),
                (128.0, 184.0),
                (156.0, 174.0),
                (178.0, 132.0),
                (172.0, 84.0),
            ]);
            art.fill(
                &Path::blob(&folds).without(opening),
                fall(lighter(ink, 0.15), darker(ink, 0.2), 22.0, 232.0),
            );
        }
    }
}

/// Several of a shape, told which one each is.
pub(super) fn many(count: u8, shape: impl Fn(f32) -> Path) -> Path {
    (0..count).fold(Path::default(), |path, at| path.and(shape(f32::from(at))))
}
