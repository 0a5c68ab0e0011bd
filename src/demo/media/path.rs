//! Outlines: rectangles, rounds, polygons, soft blobs and strokes, all as closed runs of points.
//! Every outline turns the same way round, so that overlapping ones join instead of cutting holes.

use std::f32::consts::{PI, TAU};

pub(crate) type Point = (f32, f32);

#[derive(Debug, Clone, Default)]
pub(crate) struct Path(Vec<Vec<Point>>);

impl Path {
    pub(crate) fn polygon(points: &[Point]) -> Self {
        let mut points = points.to_vec();
        let area: f32 = closed(&points).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum();
        if area < 0.0 {
            points.reverse();
        }
        Self(vec![points])
    }

    pub(crate) fn rect(x: f32, y: f32, width: f32, height: f32) -> Self {
        let (right, low) = (x + width, y + height);
        Self::polygon(&[(x, y), (right, y), (right, low), (x, low)])
    }

    /// A rectangle with round corners.
    pub(crate) fn round(x: f32, y: f32, width: f32, height: f32, radius: f32) -> Self {
        let radius = radius.min(width / 2.0).min(height / 2.0);
        let (right, low) = (x + width - radius, y + height - radius);
        let corners = [
            (right, low, 0.0),
            (x + radius, low, 0.25),
            (x + radius, y + radius, 0.5),
            (right, y + radius, 0.75),
        ];
        let points: Vec<Point> = corners
            .iter()
            .flat_map(|&(cx, cy, turn)| {
                (0u8..=6).map(move |step| {
                    let angle = (turn + f32::from(step) / 24.0) * TAU;
                    (cx + radius * angle.cos(), cy + radius * angle.sin())
                })
            })
            .collect();
        Self::polygon(&points)
    }

    pub(crate) fn circle(x: f32, y: f32, radius: f32) -> Self {
        Self::oval(x, y, radius, radius)
    }

    pub(crate) fn oval(x: f32, y: f32, rx: f32, ry: f32) -> Self {
        Self::slice(x, y, (rx, ry), (0.0, 1.0))
    }

    /// The part of an oval between two turns (0 is right, a quarter is down), closed by a straight line.
    pub(crate) fn slice(x: f32, y: f32, (rx, ry): Point, (from, to): (f32, f32)) -> Self {
        Self::polygon(&arc(x, y, (rx, ry), (from, to)))
    }

    /// A line of some width through the points, with round ends and corners.
    pub(crate) fn line(points: &[Point], width: f32) -> Self {
        let mut path = Self::default();
        let half = width / 2.0;
        for (&(ax, ay), &(bx, by)) in points.iter().zip(points.iter().skip(1)) {
            let (dx, dy) = (bx - ax, by - ay);
            let length = dx.hypot(dy).max(0.001);
            let (nx, ny) = (-dy / length * half, dx / length * half);
            path = path.and(Self::polygon(&[
                (ax + nx, ay + ny),
                (bx + nx, by + ny),
                (bx - nx, by - ny),
                (ax - nx, ay - ny),
            ]));
        }
        for &(x, y) in points {
            path = path.and(Self::circle(x, y, half));
        }
        path
    }

    /// A line along part of an oval.
    pub(crate) fn bow(at: Point, radius: Point, turns: (f32, f32), width: f32) -> Self {
        Self::line(&arc(at.0, at.1, radius, turns), width)
    }

    pub(crate) fn star(x: f32, y: f32, tips: u16, outer: f32, inner: f32) -> Self {
        let points: Vec<Point> = (0..tips * 2)
            .map(|tip| {
                let radius = if tip % 2 == 0 { outer } else { inner };
                let angle = f32::from(tip) / f32::from(tips) * PI - PI / 2.0;
                (x + radius * angle.cos(), y + radius * angle.sin())
            })
            .collect();
        Self::polygon(&points)
    }

    /// A closed soft shape through the points.
    pub(crate) fn blob(points: &[Point]) -> Self {
        let at = |index: usize| points.get(index % points.len().max(1)).copied();
        let mut soft = Vec::new();
        for index in 0..points.len() {
            let (Some(a), Some(b), Some(c), Some(d)) =
                (at(index), at(index + 1), at(index + 2), at(index + 3))
            else {
                continue;
            };
            for step in 0u8..6 {
                let part = f32::from(step) / 6.0;
                soft.push((
                    curve([a.0, b.0, c.0, d.0], part),
                    curve([a.1, b.1, c.1, d.1], part),
                ));
            }
        }
        Self::polygon(&soft)
    }

    pub(crate) fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// The path with another cut out of it, where that lies inside.
    pub(crate) fn without(mut self, hole: Self) -> Self {
        self.0.extend(hole.0.into_iter().map(|mut outline| {
            outline.reverse();
            outline
        }));
        self
    }

    /// The path turned about a point, in whole turns clockwise.
    pub(crate) fn turned(self, (x, y): Point, turns: f32) -> Self {
        let (sin, cos) = (turns * TAU).sin_cos();
        self.each(|(px, py)| {
            let (dx, dy) = (px - x, py - y);
            (x + dx * cos - dy * sin, y + dx * sin + dy * cos)
        })
    }

    pub(crate) fn moved(self, dx: f32, dy: f32) -> Self {
        self.each(|(x, y)| (x + dx, y + dy))
    }

    pub(crate) fn points(&self) -> impl Iterator<Item = Point> + '_ {
        self.0.iter().flatten().copied()
    }

    pub(crate) fn edges(&self) -> impl Iterator<Item = (Point, Point)> + '_ {
        self.0.iter().flat_map(|outline| closed(outline))
    }

    fn each(mut self, change: impl Fn(Point) -> Point) -> Self {
        for point in self.0.iter_mut().flatten() {
            *point = change(*point);
        }
        self
    }
}

/// Points along an oval between two turns.
pub(crate) fn arc(x: f32, y: f32, (rx, ry): Point, (from, to): (f32, f32)) -> Vec<Point> {
    let size = (rx.abs().max(ry.abs()).sqrt() * 5.0 * (to - from).abs()).clamp(6.0, 72.0);
    let steps = size as u8;
    (0..=steps)
        .map(|step| {
            let turn = from + (to - from) * f32::from(step) / f32::from(steps);
            let angle = turn * TAU;
            (x + rx * angle.cos(), y + ry * angle.sin())
        })
        .collect()
}

fn closed(points: &[Point]) -> impl Iterator<Item = (Point, Point)> + '_ {
    let next = points.iter().skip(1).chain(points.first());
    points.iter().copied().zip(next.copied())
}

/// Catmull and Rom's curve between the middle two of four values.
fn curve([a, b, c, d]: [f32; 4], part: f32) -> f32 {
    let square = part * part;
    0.5 * (2.0 * b
        + (c - a) * part
        + (2.0 * a - 5.0 * b + 4.0 * c - d) * square
        + (3.0 * b - a - 3.0 * c + d) * square * part)
}
