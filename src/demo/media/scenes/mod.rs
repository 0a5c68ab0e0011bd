//! Little scenes, picked by the words of a file's name so that `garden-2.jpg` shows a garden.
//! Every scene draws on a board of 960 by 640 units.

mod abstraction;
mod homely;
mod indoor;
mod nature;
mod outdoor;
mod paper;
mod props;
mod screens;

pub(super) use homely::cat_head;

use super::canvas::Canvas;
use super::colour::WHITE;
use crate::demo::rng::{Rng, hash, mix};

pub(crate) const WIDTH: f32 = 960.0;
pub(crate) const HEIGHT: f32 = 640.0;

type Scene = fn(&mut Canvas, &mut Rng);

/// The first row with a word of the name wins: particular things stand before general ones.
const SCENES: &[(&str, Scene)] = &[
    (
        "whiteboard board sketch retro brainstorm",
        paper::whiteboard,
    ),
    (
        "receipt invoice bill ticket scan ticketstub",
        paper::receipt,
    ),
    ("latency p99 chart graph plot trend metrics", screens::chart),
    (
        "dashboard grafana stats report kpi analytics",
        screens::dashboard,
    ),
    (
        "screenshot screen shot bug error ui mockup design",
        screens::window,
    ),
    ("keyboard keycaps desk setup workspace", screens::keyboard),
    ("map route directions location parking", paper::map),
    ("heating radiator boiler leak thermostat", indoor::radiator),
    ("cake birthday party candles", homely::cake),
    ("sofa couch livingroom flat apartment room", indoor::sofa),
    ("cat kitten kitty pet felix", homely::cat),
    (
        "table dinner lunch food kitchen breakfast recipe",
        indoor::table,
    ),
    (
        "climb climbing boulder bouldering wall gym",
        outdoor::climbing,
    ),
    ("city skyline office street night tower", outdoor::city),
    (
        "garden flowers tomatoes allotment plant spring",
        nature::garden,
    ),
    ("snow ski winter cabin christmas", nature::snow),
    ("sunset sunrise evening dusk dawn", nature::sunset),
    (
        "sea sail sailing boat beach lake harbour ocean",
        nature::sea,
    ),
    (
        "mountain mountains hike summit alps peak trail ridge",
        nature::mountain,
    ),
];

const UNNAMED: &[Scene] = &[
    nature::mountain,
    nature::sea,
    nature::sunset,
    outdoor::city,
    abstraction::shapes,
    abstraction::waves,
];

/// Draws the scene the name speaks of, or some view when it speaks of none.
pub(crate) fn draw(name: &str, seed: u64, width: u16, height: u16) -> Canvas {
    let mut rng = Rng::new(mix(hash(name), seed));
    let mut art = Canvas::new(width, height, WIDTH, WHITE);
    let scene = named(name).or_else(|| rng.pick(UNNAMED).copied());
    if let Some(scene) = scene {
        scene(&mut art, &mut rng);
    }
    art
}

fn named(name: &str) -> Option<Scene> {
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).collect();
    let known = |list: &str| list.split(' ').any(|word| words.contains(&word));
    let row = SCENES.iter().find(|(list, _)| known(list));
    row.map(|(_, scene)| *scene)
}
