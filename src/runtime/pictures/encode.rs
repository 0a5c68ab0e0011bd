//! Turns a picture into what the terminal understands, for a place of so many cells.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::sync::Mutex;

use image::{DynamicImage, RgbaImage};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Rect, Size};
use ratatui::widgets::Widget as _;
use ratatui_image::Image;
use ratatui_image::protocol::{Protocol, iterm2::Iterm2, kitty::Kitty, sixel::Sixel};

use super::blocks;
use super::decode::{Scale, decode, flatten};
use crate::model::inbox::PictureOwner;
use crate::ui::pictures::{Drawn, Medium, Of, Wanted, Way};

/// A picture smaller than its place is enlarged up to so many times.
const ENLARGED: u32 = 3;
/// With this sign kitty is told where a part of a picture goes.
const PLACEHOLDER: char = '\u{10EEEE}';
/// The terminal's own graphics have so many pixels at most: more would take it too long to take in.
const PIXELS: u64 = 1 << 20;
/// What a cell measures where the terminal does not tell.
const USUAL: (u16, u16) = (10, 20);

/// A picture as cells, and what the terminal has to be sent before they mean anything.
#[derive(Debug, Default, PartialEq)]
pub struct Encoded {
    pub drawn: Drawn,
    pub sent: String,
}

/// Reads a picture and makes it ready. Nothing for what cannot be shown.
pub fn encode(bytes: &[u8], wanted: &Wanted, medium: Medium, turn: &Mutex<()>) -> Option<Encoded> {
    let (wide, high) = cell(medium);
    let room = bounded(
        u32::from(wanted.width) * wide,
        u32::from(wanted.height) * high,
    );
    let scale = match &wanted.of {
        Of::Face(PictureOwner::Handle(_)) if matches!(medium.way, Way::Blocks(_)) => {
            Scale::Close(room.0, room.1)
        }
        Of::Face(_) => Scale::Fill(room.0, room.1),
        Of::File(_) => fitting(bytes, room),
    };
    let image = decode(bytes, scale, turn)?;
    let image = flatten(&image, medium.back);
    let cells = |pixels: u32, cell: u32, most: u16| {
        let cells = u16::try_from(pixels.div_ceil(cell.max(1))).unwrap_or(most);
        cells.clamp(1, most)
    };
    let size = Size {
        width: cells(image.width(), wide, wanted.width),
        height: cells(image.height(), high, wanted.height),
    };
    match medium.way {
        Way::Off => None,
        Way::Blocks(colours) => {
            let (across, down) = (u32::from(size.width) * 2, u32::from(size.height) * 2);
            let image = DynamicImage::from(image)
                .thumbnail_exact(across, down)
                .into_rgba8();
            let cells = blocks::cells(&image, size.width, size.height, colours);
            Some(Encoded {
                drawn: drawn(size, cells, None),
                sent: String::new(),
            })
        }
        Way::Kitty | Way::Sixel | Way::Iterm2 => graphic(image, size, medium),
    }
}

fn cell(medium: Medium) -> (u32, u32) {
    let (wide, high) = medium.cell;
    let (wide, high) = if wide == 0 || high == 0 {
        USUAL
    } else {
        (wide, high)
    };
    let (wide, high) = (u32::from(wide), u32::from(high));
    // Blocks have two dots each way in a cell; a few more pixels than that are enough.
    match medium.way {
        Way::Blocks(_) => (8, (8 * high / wide).clamp(8, 32)),
        _ => (wide, high),
    }
}

/// A room in pixels with the same proportions that is not too large.
fn bounded(wide: u32, high: u32) -> (u32, u32) {
    let pixels = u64::from(wide) * u64::from(high);
    if pixels <= PIXELS {
        return (wide, high);
    }
    // Whole numbers do: by how much each side is shortened, in thousandths.
    let by = (PIXELS * 1_000_000 / pixels).isqrt();
    let side = |it: u32| u32::try_from(u64::from(it) * by / 1000).unwrap_or(it);
    (side(wide).max(1), side(high).max(1))
}

/// A whole picture in its place, not enlarged beyond recognition.
fn fitting(bytes: &[u8], (wide, high): (u32, u32)) -> Scale {
    let reader = image::ImageReader::new(std::io::Cursor::new(bytes)).with_guessed_format();
    let size = reader.ok().and_then(|it| it.into_dimensions().ok());
    // A picture may lie on its side, so that its longer side counts.
    let longest = size.map_or(u32::MAX, |(width, height)| width.max(height));
    let most = longest.saturating_mul(ENLARGED);
    Scale::Fit(wide.min(most), high.min(most))
}

fn drawn(size: Size, cells: Vec<Cell>, id: Option<u32>) -> Drawn {
    Drawn {
        width: size.width,
        height: size.height,
        cells,
        id,
    }
}

/// A picture for a terminal with graphics.
fn graphic(image: RgbaImage, size: Size, medium: Medium) -> Option<Encoded> {
    let image = DynamicImage::from(image);
    let id = (medium.way == Way::Kitty).then(fresh_id);
    let protocol = match medium.way {
        Way::Kitty => Kitty::new(image, size, id?, medium.wrapped, true).map(Protocol::Kitty),
        Way::Sixel => Sixel::new(image, size, medium.wrapped).map(Protocol::Sixel),
        _ => Iterm2::new(image, size, medium.wrapped).map(Protocol::ITerm2),
    };
    let area = Rect::new(0, 0, size.width, size.height);
    let mut buffer = Buffer::empty(area);
    Image::new(&protocol.ok()?).render(area, &mut buffer);
    let mut sent = String::new();
    // Kitty's pictures go before the frame, once; the cells say only where they are shown.
    if id.is_some()
        && let Some(first) = buffer.content.first_mut()
        && let Some((before, sign)) = first.symbol().split_once(PLACEHOLDER)
    {
        before.clone_into(&mut sent);
        let sign = format!("{PLACEHOLDER}{sign}");
        first.set_symbol(&sign);
    }
    Some(Encoded {
        drawn: drawn(size, buffer.content, id),
        sent,
    })
}

/// A number that no picture of another program has, as good as certainly.
fn fresh_id() -> u32 {
    let number = RandomState::new().build_hasher().finish();
    let [a, b, c, d, ..] = number.to_le_bytes();
    u32::from_le_bytes([a, b, c, d]).max(1)
}

/// What makes kitty forget pictures.
pub fn forgotten(ids: &[u32], medium: Medium) -> String {
    let (start, escape, end) = if medium.wrapped {
        ("\x1bPtmux;", "\x1b\x1b", "\x1b\\")
    } else {
        ("", "\x1b", "")
    };
    let words = |id: &u32| format!("{start}{escape}_Gq=2,a=d,d=I,i={id}{escape}\\{end}");
    ids.iter().map(words).collect::<Vec<_>>().concat()
}
