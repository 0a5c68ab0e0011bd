//! Colours as numbers: what a terminal with fewer colours shows instead, and how well two can be told apart.

use ratatui::style::{Color, Style};

/// How many colours a terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Depth {
    Sixteen,
    Indexed,
    #[default]
    True,
}

/// The sixteen colours as most terminals show them.
const SIXTEEN: [(Color, [u8; 3]); 16] = [
    (Color::Black, [0, 0, 0]),
    (Color::Red, [205, 0, 0]),
    (Color::Green, [0, 205, 0]),
    (Color::Yellow, [205, 205, 0]),
    (Color::Blue, [0, 0, 238]),
    (Color::Magenta, [205, 0, 205]),
    (Color::Cyan, [0, 205, 205]),
    (Color::Gray, [229, 229, 229]),
    (Color::DarkGray, [127, 127, 127]),
    (Color::LightRed, [255, 0, 0]),
    (Color::LightGreen, [0, 255, 0]),
    (Color::LightYellow, [255, 255, 0]),
    (Color::LightBlue, [92, 92, 255]),
    (Color::LightMagenta, [255, 0, 255]),
    (Color::LightCyan, [0, 255, 255]),
    (Color::White, [255, 255, 255]),
];

/// The steps of the cube of 216 colours.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];

impl Depth {
    /// A style as a terminal of this depth can show it.
    pub fn style(self, style: Style) -> Style {
        Style {
            fg: style.fg.map(|it| self.colour(it)),
            bg: style.bg.map(|it| self.colour(it)),
            ..style
        }
    }

    fn colour(self, colour: Color) -> Color {
        match (self, colour) {
            (Self::Indexed, Color::Rgb(r, g, b)) => indexed([r, g, b]),
            (Self::Sixteen, Color::Rgb(r, g, b)) => sixteen([r, g, b]),
            (Self::Sixteen, Color::Indexed(index)) => sixteen(of_index(index)),
            (_, colour) => colour,
        }
    }
}

fn distance(a: [u8; 3], b: [u8; 3]) -> u32 {
    // The eye tells greens apart best, blues worst.
    let weights = [3, 4, 2];
    let parts = a.into_iter().zip(b).zip(weights);
    parts
        .map(|((a, b), weight)| u32::from(a.abs_diff(b)).pow(2) * weight)
        .sum()
}

fn indexed(rgb: [u8; 3]) -> Color {
    let closest = (16..=255).min_by_key(|index| distance(of_index(*index), rgb));
    Color::Indexed(closest.unwrap_or(7))
}

fn sixteen(rgb: [u8; 3]) -> Color {
    // A colour stays a colour: next to a grey of the same brightness, most would end up grey.
    let span = |rgb: [u8; 3]| rgb.into_iter().max().zip(rgb.into_iter().min());
    let colourful = span(rgb).is_some_and(|(high, low)| high - low > 48);
    let fits = SIXTEEN
        .iter()
        .filter(|(_, it)| !colourful || span(*it).is_some_and(|(high, low)| high != low));
    fits.min_by_key(|(_, it)| distance(*it, rgb))
        .map_or(Color::Gray, |(colour, _)| *colour)
}

fn of_index(index: u8) -> [u8; 3] {
    let step = |at: u8| STEPS.get(usize::from(at)).copied().unwrap_or(0);
    match index {
        0..=15 => SIXTEEN
            .get(usize::from(index))
            .map_or([0; 3], |(_, rgb)| *rgb),
        16..=231 => {
            let at = index - 16;
            [step(at / 36), step(at / 6 % 6), step(at % 6)]
        }
        _ => [8 + 10 * (index - 232); 3],
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    fn rgb(colour: Color) -> [u8; 3] {
        match colour {
            Color::Rgb(r, g, b) => [r, g, b],
            Color::Indexed(index) => of_index(index),
            named => SIXTEEN.iter().find(|(it, _)| *it == named).unwrap().1,
        }
    }

    fn luminance(colour: Color) -> f64 {
        let parts = rgb(colour).map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }

    /// Between 1 and 21, as the accessibility guidelines of the web count it.
    pub fn contrast(one: Color, other: Color) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn a_terminal_with_fewer_colours_shows_the_closest() {
        let blue = Color::Rgb(0x7a, 0xa2, 0xf7);
        assert_eq!(Depth::True.colour(blue), blue);
        assert_eq!(Depth::Indexed.colour(blue), Color::Indexed(111));
        assert_eq!(Depth::Sixteen.colour(blue), Color::LightBlue);
        assert_eq!(
            Depth::Indexed.colour(Color::Rgb(0x14, 0x16, 0x1b)),
            Color::Indexed(233)
        );
        assert_eq!(Depth::Sixteen.colour(Color::Indexed(231)), Color::White);
        assert_eq!(Depth::Sixteen.colour(Color::Red), Color::Red);
    }
}
