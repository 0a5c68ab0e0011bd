//! Reads pictures that anybody may have made: bounded in size, memory and time, whatever they claim to be.

use std::io::Cursor;
use std::sync::Mutex;

use image::imageops::{self, FilterType};
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, Rgba, RgbaImage};

/// No side of a picture is longer.
const LONGEST: u32 = 4096;
/// No picture takes more memory, unpacked.
const MEMORY: u64 = 64 << 20;
/// From here on a picture is large: only one of them is read at a time.
const LARGE: u64 = 4 << 20;

/// How a picture is brought to a size in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// It fills the size; what is too much is cut off.
    Fill(u32, u32),
    /// The same from closer: where there is room for a few dots, they go to the face.
    Close(u32, u32),
    /// All of it fits into the size.
    Fit(u32, u32),
}

/// Reads a picture in the size in which it is needed. Nothing for what is no picture, broken or too large.
pub fn decode(bytes: &[u8], scale: Scale, turn: &Mutex<()>) -> Option<RgbaImage> {
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .ok()?;
    let known = [
        ImageFormat::Png,
        ImageFormat::Jpeg,
        ImageFormat::Gif,
        ImageFormat::WebP,
    ];
    reader.format().filter(|it| known.contains(it))?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST);
    limits.max_image_height = Some(LONGEST);
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    let size = decoder.total_bytes();
    if width == 0 || height == 0 || width > LONGEST || height > LONGEST || size > MEMORY {
        return None;
    }
    let orientation = decoder.orientation().ok()?;
    // Whoever broke while it was their turn has let go of all memory.
    let _turn = (size > LARGE).then(|| {
        turn.lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    });
    let whole = DynamicImage::from_decoder(decoder).ok()?;
    // Lying on its side it needs the same pixels, the other way round.
    let lies = width_after(orientation);
    let scale = if lies { scale.turned() } else { scale };
    let mut small = DynamicImage::from(scale.apply(&whole));
    small.apply_orientation(orientation);
    Some(small.into_rgba8())
}

fn width_after(orientation: image::metadata::Orientation) -> bool {
    use image::metadata::Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(
        orientation,
        Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH
    )
}

impl Scale {
    fn turned(self) -> Self {
        match self {
            Self::Fill(width, height) => Self::Fill(height, width),
            Self::Close(width, height) => Self::Close(height, width),
            Self::Fit(width, height) => Self::Fit(height, width),
        }
    }

    fn apply(self, image: &DynamicImage) -> RgbaImage {
        let (width, height) = (image.width(), image.height());
        match self {
            Self::Fill(wide, high) | Self::Close(wide, high) => {
                // The largest part with the right proportions; of what is too high, more is cut off below than above.
                let close = |length: u32| match self {
                    Self::Close(..) => scaled(length, 3, 4),
                    _ => length,
                };
                let part_width = close(width.min(scaled(height, wide, high))).max(1);
                let part_height = close(height.min(scaled(width, high, wide))).max(1);
                let x = (width - part_width) / 2;
                let y = (height - part_height) / 3;
                let part = image.crop_imm(x, y, part_width, part_height);
                resize(&part, wide, high)
            }
            Self::Fit(wide, high) => {
                let by_width = (wide, scaled(height, wide, width));
                let by_height = (scaled(width, high, height), high);
                let (wide, high) = if by_width.1 <= high {
                    by_width
                } else {
                    by_height
                };
                resize(image, wide.max(1), high.max(1))
            }
        }
    }
}

/// `length` times `by` over `of`.
fn scaled(length: u32, by: u32, of: u32) -> u32 {
    let scaled = u64::from(length) * u64::from(by) / u64::from(of.max(1));
    u32::try_from(scaled).unwrap_or(u32::MAX)
}

fn resize(image: &DynamicImage, wide: u32, high: u32) -> RgbaImage {
    if wide <= image.width() && high <= image.height() {
        // Averages, quickly; also for pictures that are thousands of times larger.
        image.thumbnail_exact(wide, high).into_rgba8()
    } else {
        image
            .resize_exact(wide, high, FilterType::Triangle)
            .into_rgba8()
    }
}

/// Lays a picture on a colour.
pub fn flatten(image: &RgbaImage, [red, green, blue]: [u8; 3]) -> RgbaImage {
    let mut ground =
        RgbaImage::from_pixel(image.width(), image.height(), Rgba([red, green, blue, 255]));
    imageops::overlay(&mut ground, image, 0, 0);
    ground
}
