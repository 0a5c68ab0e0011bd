//! How pictures are drawn.

use serde::Deserialize;

/// The way pictures reach the terminal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Images {
    /// As well as the terminal is known to do it; within a multiplexer as coloured blocks.
    #[default]
    Auto,
    Kitty,
    Sixel,
    Iterm2,
    /// Coloured blocks, which every terminal with colours can show.
    Halfblocks,
    /// Initials only.
    Off,
}
