//! From the drawing board to the bytes of a picture file.

use std::io::Cursor;

use image::codecs::gif::{GifEncoder, Repeat};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::codecs::webp::WebPEncoder;
use image::{Delay, DynamicImage, ExtendedColorType, Frame, ImageEncoder, RgbaImage};

use super::Media;
use super::canvas::Canvas;

pub(crate) fn jpeg(art: Canvas) -> Media {
    let (width, height) = (art.width(), art.height());
    let bytes = jpeg_bytes(art, 80);
    picture("image/jpeg", bytes, width, height)
}

pub(crate) fn jpeg_bytes(art: Canvas, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(pixels) = pixels(art) {
        let flat = DynamicImage::ImageRgba8(pixels).to_rgb8();
        let encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
        keep(&flat.write_with_encoder(encoder), &mut bytes);
    }
    bytes
}

pub(crate) fn png(art: Canvas) -> Media {
    let (width, height) = (art.width(), art.height());
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::Up);
    let done = encoder.write_image(&art.into_bytes(), width, height, ExtendedColorType::Rgba8);
    keep(&done, &mut bytes);
    picture("image/png", bytes, width, height)
}

pub(crate) fn webp(art: Canvas) -> Media {
    let (width, height) = (art.width(), art.height());
    let mut bytes = Vec::new();
    let encoder = WebPEncoder::new_lossless(&mut bytes);
    let done = encoder.write_image(&art.into_bytes(), width, height, ExtendedColorType::Rgba8);
    keep(&done, &mut bytes);
    picture("image/webp", bytes, width, height)
}

/// An endless animation. Colours are thinned out first: with few of them the encoder needs no search for
/// a palette, which is most of its work.
pub(crate) fn gif(frames: Vec<Canvas>, delay: u32) -> Media {
    let size = frames.first().map(|art| (art.width(), art.height()));
    let (width, height) = size.unwrap_or_default();
    let mut bytes = Cursor::new(Vec::new());
    {
        let mut encoder = GifEncoder::new_with_speed(&mut bytes, 30);
        let mut done = encoder.set_repeat(Repeat::Infinite);
        for mut pixels in frames.into_iter().filter_map(pixels) {
            for pixel in pixels.chunks_exact_mut(4) {
                for value in pixel {
                    *value = (u16::from(*value) * 5 + 127).div_euclid(255) as u8 * 51;
                }
            }
            let frame = Frame::from_parts(pixels, 0, 0, Delay::from_numer_denom_ms(delay, 1));
            done = done.and_then(|()| encoder.encode_frame(frame));
        }
        if done.is_err() {
            return picture("image/gif", Vec::new(), width, height);
        }
    }
    picture("image/gif", bytes.into_inner(), width, height)
}

fn pixels(art: Canvas) -> Option<RgbaImage> {
    RgbaImage::from_raw(art.width(), art.height(), art.into_bytes())
}

fn picture(mime: &'static str, bytes: Vec<u8>, width: u32, height: u32) -> Media {
    Media {
        bytes,
        mime,
        width: Some(width),
        height: Some(height),
    }
}

/// Half a picture is worse than none. Writing to memory does not fail, so this is for completeness.
fn keep(done: &image::ImageResult<()>, bytes: &mut Vec<u8>) {
    if done.is_err() {
        bytes.clear();
    }
}
