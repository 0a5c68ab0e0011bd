//! The drawing board: a picture of RGBA pixels and one way to put ink on it, the anti-aliased filled path.
//!
//! Scenes draw in their own units (a photo is 960 by 640 of them) and the board scales, so the same drawing
//! serves a photo, a video frame and a sticker. It must stay quick without optimisation: whole runs of
//! pixels are filled at once, and only edges are computed one by one.

use super::colour::{Colour, Paint};
use super::path::Path;

/// How many lines are sampled within a row of pixels.
const SUB: i32 = 4;

type Crossing = (f32, i32);
type Span = (f32, f32);

#[derive(Debug, Clone)]
pub(crate) struct Canvas {
    width: usize,
    height: usize,
    scale: f32,
    pixels: Vec<Colour>,
}

impl Canvas {
    /// Makes a board of pixels on which `units` spread over the width.
    pub(crate) fn new(width: u16, height: u16, units: f32, ground: Colour) -> Self {
        let (wide, high) = (usize::from(width), usize::from(height));
        Self {
            width: wide,
            height: high,
            scale: f32::from(width) / units,
            pixels: vec![ground; wide * high],
        }
    }

    pub(crate) fn width(&self) -> u32 {
        self.width as u32
    }

    pub(crate) fn height(&self) -> u32 {
        self.height as u32
    }

    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.pixels.into_flattened()
    }

    /// Fills a path; where outlines overlap the ink is laid once.
    pub(crate) fn fill(&mut self, path: &Path, paint: impl Into<Paint>) {
        let paint = paint.into();
        let Some((first, rows)) = self.crossings(path) else {
            return;
        };
        let mut spans: [Vec<Span>; SUB as usize] = Default::default();
        for (at, lines) in rows.chunks(SUB as usize).enumerate() {
            let row = first + at;
            for (spans, line) in spans.iter_mut().zip(lines) {
                join(line, spans);
            }
            let ink = paint.at((row as f32 + 0.5) / self.scale);
            let start = row * self.width;
            let Some(pixels) = self.pixels.get_mut(start..start + self.width) else {
                return;
            };
            lay_row(pixels, &spans, ink);
        }
    }

    /// A soft round light, strongest at its centre.
    pub(crate) fn glow(&mut self, x: f32, y: f32, radius: f32, colour: Colour) {
        let (x, y, radius) = (x * self.scale, y * self.scale, radius * self.scale);
        let (top, bottom) = bounds(y - radius, y + radius, self.height);
        let (left, right) = bounds(x - radius, x + radius, self.width);
        let rows = self.pixels.chunks_mut(self.width).enumerate();
        for (row, pixels) in rows.skip(top).take(bottom - top) {
            let dy = row as f32 - y;
            for (column, pixel) in pixels.iter_mut().enumerate().take(right).skip(left) {
                let dx = column as f32 - x;
                let near = 1.0 - (dx * dx + dy * dy) / (radius * radius);
                if near > 0.0 {
                    blend(pixel, colour, (near * near * 255.0) as u8);
                }
            }
        }
    }

    /// Where the path's edges cross each sampled line, with the first row of pixels they reach.
    fn crossings(&self, path: &Path) -> Option<(usize, Vec<Vec<Crossing>>)> {
        let step = SUB as f32 * self.scale;
        let (mut low, mut high) = (f32::MAX, f32::MIN);
        for (_, y) in path.points() {
            low = low.min(y * self.scale);
            high = high.max(y * self.scale);
        }
        let (top, bottom) = bounds(low, high, self.height);
        if top >= bottom {
            return None;
        }
        let offset = top as i32 * SUB;
        let mut lines = vec![Vec::new(); (bottom - top) * SUB as usize];
        let count = lines.len() as i32;
        for ((ax, ay), (bx, by)) in path.edges() {
            let (ay, by) = (ay * step - 0.5, by * step - 0.5);
            let turn = if ay < by { 1 } else { -1 };
            let (from, to) = (ay.min(by).ceil() as i32, ay.max(by).ceil() as i32);
            let (from, to) = ((from - offset).max(0), (to - offset).min(count));
            let slope = (bx - ax) * self.scale / (by - ay);
            for line in from..to {
                let x = ax * self.scale + ((line + offset) as f32 - ay) * slope;
                if let Some(crossed) = lines.get_mut(line as usize) {
                    crossed.push((x, turn));
                }
            }
        }
        for line in &mut lines {
            line.sort_by(|a: &Crossing, b| a.0.total_cmp(&b.0));
        }
        Some((top, lines))
    }
}

/// The whole pixels from `low` to `high`, within the board.
fn bounds(low: f32, high: f32, limit: usize) -> (usize, usize) {
    let end = (high.ceil().max(0.0) as usize).min(limit);
    ((low.floor().max(0.0) as usize).min(end), end)
}

/// Turns crossings into the stretches that lie inside the path.
fn join(line: &[Crossing], spans: &mut Vec<Span>) {
    spans.clear();
    let (mut winding, mut since) = (0, 0.0);
    for &(x, turn) in line {
        if winding == 0 {
            since = x;
        }
        winding += turn;
        if winding == 0 {
            spans.push((since, x));
        }
    }
}

/// Lays ink on one row: fast where all sampled lines agree on the stretches, pixel by pixel elsewhere.
fn lay_row(pixels: &mut [Colour], spans: &[Vec<Span>; SUB as usize], ink: Colour) {
    let [a, b, c, d] = spans;
    if a.len() == b.len() && b.len() == c.len() && c.len() == d.len() {
        for (((a, b), c), d) in a.iter().zip(b).zip(c).zip(d) {
            lay(pixels, &[*a, *b, *c, *d], ink);
        }
    } else {
        let all: Vec<Span> = spans.iter().flatten().copied().collect();
        lay_edge(pixels, &all, ink, 0, usize::MAX);
    }
}

fn lay(pixels: &mut [Colour], spans: &[Span], ink: Colour) {
    let (mut inner, mut outer) = ((f32::MIN, f32::MAX), (f32::MAX, f32::MIN));
    for &(from, to) in spans {
        inner = (inner.0.max(from), inner.1.min(to));
        outer = (outer.0.min(from), outer.1.max(to));
    }
    let (left, right) = bounds(outer.0, outer.1, pixels.len());
    let full = (inner.0.ceil().max(0.0) as usize).min(pixels.len());
    let over = (inner.1.floor().max(0.0) as usize).min(pixels.len());
    if full >= over {
        lay_edge(pixels, spans, ink, left, right);
        return;
    }
    lay_edge(pixels, spans, ink, left, full);
    lay_edge(pixels, spans, ink, over, right);
    if let Some(run) = pixels.get_mut(full..over) {
        if ink[3] == 255 {
            run.fill(ink);
        } else {
            for pixel in run {
                blend(pixel, ink, 255);
            }
        }
    }
}

/// Lays ink on each pixel between two columns by how much of it the stretches cover.
fn lay_edge(pixels: &mut [Colour], spans: &[Span], ink: Colour, left: usize, right: usize) {
    let (mut low, mut high) = (f32::MAX, f32::MIN);
    for &(from, to) in spans {
        low = low.min(from);
        high = high.max(to);
    }
    let (first, last) = bounds(low, high, pixels.len());
    let (first, last) = (first.max(left), last.min(right));
    for (column, pixel) in pixels.iter_mut().enumerate().take(last).skip(first) {
        let x = column as f32;
        let covered: f32 = spans
            .iter()
            .map(|&(from, to)| (to.min(x + 1.0) - from.max(x)).max(0.0))
            .sum();
        blend(pixel, ink, (covered * 255.0 / SUB as f32) as u8);
    }
}

/// Puts ink over a pixel, which may itself be transparent.
fn blend(pixel: &mut Colour, ink: Colour, cover: u8) {
    let alpha = u32::from(ink[3]) * u32::from(cover) / 255;
    if alpha == 0 {
        return;
    }
    let under = u32::from(pixel[3]) * (255 - alpha) / 255;
    let total = alpha + under;
    for (old, new) in pixel.iter_mut().zip(ink).take(3) {
        *old = ((u32::from(new) * alpha + u32::from(*old) * under) / total) as u8;
    }
    pixel[3] = total as u8;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::media::colour::{CLEAR, WHITE, rgb};

    #[test]
    fn edges_are_soft_the_inside_is_full_and_overlaps_are_laid_once() {
        let mut board = Canvas::new(8, 8, 8.0, CLEAR);
        board.fill(&Path::rect(1.5, 1.0, 4.0, 4.0), rgb(0xFF0000));
        let row = &board.pixels[16..24];
        assert_eq!(row.map_alpha(), [0, 127, 255, 255, 255, 127, 0, 0]);

        let half = [255, 0, 0, 128];
        let mut board = Canvas::new(4, 4, 4.0, WHITE);
        let twice = Path::rect(0.0, 0.0, 3.0, 4.0).and(Path::rect(1.0, 0.0, 3.0, 4.0));
        board.fill(&twice, half);
        assert!(board.pixels.iter().all(|pixel| *pixel == board.pixels[0]));
    }

    #[test]
    fn ink_outside_the_board_is_lost_quietly() {
        let mut board = Canvas::new(8, 8, 8.0, WHITE);
        board.fill(&Path::circle(-20.0, -20.0, 5.0), rgb(0));
        board.fill(&Path::circle(40.0, 3.0, 5.0), rgb(0));
        board.glow(100.0, -90.0, 4.0, rgb(0));
        assert!(board.pixels.iter().all(|pixel| *pixel == WHITE));
    }

    trait Alphas {
        fn map_alpha(&self) -> Vec<u8>;
    }
    impl Alphas for [Colour] {
        fn map_alpha(&self) -> Vec<u8> {
            self.iter().map(|pixel| pixel[3]).collect()
        }
    }
}
