//! Draws the state. Nothing here decides, waits or remembers anything that matters: [`Scratch`] may be lost at any time.
//!
//! All text goes through [`Pen`], which lets nothing through that could act on a terminal, and measures it with the one
//! function there is.

mod draw;
pub mod pen;
pub mod pictures;
pub mod scratch;
pub mod screens;
pub mod text;
pub mod theme;
mod when;
mod widgets;
mod windows;

pub use draw::draw;
pub use pen::Pen;
pub use scratch::Scratch;
pub use theme::Theme;
