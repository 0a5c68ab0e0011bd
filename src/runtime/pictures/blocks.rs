//! Pictures out of coloured block characters, which every terminal with colours can show. Each cell has four quarters
//! and two colours; which quarters get which is what comes closest.

use image::RgbaImage;
use ratatui::buffer::Cell;
use ratatui::style::Color;

use crate::ui::pictures::Colours;

/// The character that fills these quarters of a cell: 1 above left, 2 above right, 4 below left.
const QUARTERS: [&str; 8] = [" ", "▘", "▝", "▀", "▖", "▌", "▞", "▛"];

type Colour = [u8; 3];

/// Draws a picture with two pixels across and two down in each cell.
pub fn cells(image: &RgbaImage, width: u16, height: u16, colours: Colours) -> Vec<Cell> {
    let mut cells = Vec::with_capacity(usize::from(width) * usize::from(height));
    for y in 0..u32::from(height) {
        for x in 0..u32::from(width) {
            let pixel = |dx, dy| -> Colour {
                let pixel = image.get_pixel_checked(x * 2 + dx, y * 2 + dy);
                pixel.map_or([0; 3], |it| [it.0[0], it.0[1], it.0[2]])
            };
            let quarters = [pixel(0, 0), pixel(1, 0), pixel(0, 1), pixel(1, 1)];
            cells.push(cell(quarters, colours));
        }
    }
    cells
}

fn cell(quarters: [Colour; 4], colours: Colours) -> Cell {
    let mut best = (u32::MAX, 0, [0; 3], [0; 3]);
    for (pattern, _) in QUARTERS.iter().enumerate() {
        let in_front = |at: usize| pattern >> at & 1 == 1;
        let front = mean(&quarters, in_front);
        let back = mean(&quarters, |at| !in_front(at));
        let missed = quarters.iter().enumerate().map(|(at, it)| {
            let shown = if in_front(at) { front } else { back };
            distance(*it, shown)
        });
        let missed = missed.sum();
        if missed < best.0 {
            best = (missed, pattern, front, back);
        }
    }
    let (_, pattern, front, back) = best;
    let mut cell = Cell::default();
    cell.set_symbol(QUARTERS.get(pattern).copied().unwrap_or(" "));
    cell.set_bg(colour(back, colours));
    // An empty cell has one colour only, so that equal ones are the same.
    let front = if pattern == 0 { back } else { front };
    cell.set_fg(colour(front, colours));
    cell
}

fn mean(quarters: &[Colour; 4], counts: impl Fn(usize) -> bool) -> Colour {
    let mut sum = [0_u32; 3];
    let mut number = 0;
    for (_, quarter) in quarters.iter().enumerate().filter(|(at, _)| counts(*at)) {
        number += 1;
        for (sum, part) in sum.iter_mut().zip(quarter) {
            *sum += u32::from(*part);
        }
    }
    sum.map(|part| u8::try_from(part / number.max(1)).unwrap_or(u8::MAX))
}

fn distance(one: Colour, other: Colour) -> u32 {
    let parts = one.into_iter().zip(other);
    parts
        .map(|(one, other)| u32::from(one.abs_diff(other)).pow(2))
        .sum()
}

fn colour(colour: Colour, colours: Colours) -> Color {
    let [red, green, blue] = colour;
    match colours {
        Colours::True => Color::Rgb(red, green, blue),
        Colours::Indexed => Color::Indexed(indexed(colour)),
    }
}

/// The steps of the cube of 216 colours.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The closest of the colours that look the same everywhere.
fn indexed(colour: Colour) -> u8 {
    let step = |part: u8| {
        let steps = (0_u8..).zip(STEPS);
        let closest = steps.min_by_key(|(_, it)| it.abs_diff(part));
        closest.unwrap_or((0, 0))
    };
    let [(red, r), (green, g), (blue, b)] = colour.map(step);
    let cube = (16 + 36 * red + 6 * green + blue, [r, g, b]);
    let sum: u16 = colour.into_iter().map(u16::from).sum();
    let shade = u8::try_from((sum / 3).saturating_sub(3) / 10).map_or(23, |it| it.min(23));
    let grey = (232 + shade, [8 + 10 * shade; 3]);
    let closest = [cube, grey]
        .into_iter()
        .min_by_key(|(_, it)| distance(*it, colour));
    closest.map_or(cube.0, |(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgba;

    #[test]
    fn two_colours_in_a_cell_are_shown_as_they_are() {
        let (red, blue) = (Rgba([200, 0, 0, 255]), Rgba([0, 0, 200, 255]));
        for pattern in 0..16 {
            let image = RgbaImage::from_fn(2, 2, |x, y| {
                if pattern >> (y * 2 + x) & 1 == 1 {
                    red
                } else {
                    blue
                }
            });
            let [cell] = cells(&image, 1, 1, Colours::True).try_into().unwrap();
            let filled = QUARTERS.iter().position(|it| *it == cell.symbol()).unwrap();
            for (at, pixel) in image.pixels().enumerate() {
                let shown = if filled >> at & 1 == 1 {
                    cell.fg
                } else {
                    cell.bg
                };
                let [r, g, b, _] = pixel.0;
                assert_eq!(shown, Color::Rgb(r, g, b), "{pattern} {at}");
            }
        }
    }

    #[test]
    fn few_colours_are_the_closest_there_are() {
        for (rgb, index) in [
            ([0, 0, 0], 16),
            ([255, 255, 255], 231),
            ([95, 135, 255], 69),
            ([128, 128, 128], 244),
        ] {
            assert_eq!(indexed(rgb), index, "{rgb:?}");
        }
    }
}
