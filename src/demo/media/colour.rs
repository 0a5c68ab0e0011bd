//! Colours and what ink is made of: one colour, or two that run into each other from top to bottom.
//! A run always goes downwards, so that a row of pixels has one colour and can be filled at once.

/// Red, green, blue and how much of it covers.
pub(crate) type Colour = [u8; 4];

pub(crate) const CLEAR: Colour = [0; 4];
pub(crate) const WHITE: Colour = [255; 4];

/// Reads a colour written `0xRRGGBB`.
pub(crate) const fn rgb(hex: u32) -> Colour {
    let [_, red, green, blue] = hex.to_be_bytes();
    [red, green, blue, 255]
}

/// The same colour, covering only so much (0 to 255).
pub(crate) const fn faint(colour: Colour, alpha: u8) -> Colour {
    let [red, green, blue, _] = colour;
    [red, green, blue, alpha]
}

/// The colour `part` of the way from one to the other.
pub(crate) fn between(from: Colour, to: Colour, part: f32) -> Colour {
    let part = part.clamp(0.0, 1.0);
    let mut mixed = from;
    for (value, to) in mixed.iter_mut().zip(to) {
        let start = f32::from(*value);
        *value = (start + (f32::from(to) - start) * part).round() as u8;
    }
    mixed
}

pub(crate) fn darker(colour: Colour, part: f32) -> Colour {
    between(colour, faint(rgb(0x0A0A1E), colour[3]), part)
}

pub(crate) fn lighter(colour: Colour, part: f32) -> Colour {
    between(colour, faint(WHITE, colour[3]), part)
}

/// A colour by its place on the wheel (0 to 360), saturation and lightness (0 to 1).
pub(crate) fn hsl(hue: f32, saturation: f32, lightness: f32) -> Colour {
    let reach = saturation * lightness.min(1.0 - lightness);
    let channel = |turn: f32| {
        let at = (turn + hue / 30.0).rem_euclid(12.0);
        let value = lightness - reach * (at - 3.0).min(9.0 - at).clamp(-1.0, 1.0);
        (value * 255.0).round() as u8
    };
    [channel(0.0), channel(8.0), channel(4.0), 255]
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Paint {
    Flat(Colour),
    Fall {
        top: Colour,
        bottom: Colour,
        from: f32,
        to: f32,
    },
}

/// Ink that runs from one colour at height `from` to another at height `to`.
pub(crate) const fn fall(top: Colour, bottom: Colour, from: f32, to: f32) -> Paint {
    Paint::Fall {
        top,
        bottom,
        from,
        to,
    }
}

impl Paint {
    pub(super) fn at(self, y: f32) -> Colour {
        match self {
            Self::Flat(colour) => colour,
            Self::Fall {
                top,
                bottom,
                from,
                to,
            } => between(top, bottom, (y - from) / (to - from)),
        }
    }
}

impl From<Colour> for Paint {
    fn from(colour: Colour) -> Self {
        Self::Flat(colour)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wheel_has_its_primary_colours_where_they_belong() {
        assert_eq!(hsl(0.0, 1.0, 0.5), rgb(0xFF0000));
        assert_eq!(hsl(120.0, 1.0, 0.5), rgb(0x00FF00));
        assert_eq!(hsl(240.0, 1.0, 0.5), rgb(0x0000FF));
        assert_eq!(hsl(77.0, 0.0, 1.0), WHITE);
    }
}
