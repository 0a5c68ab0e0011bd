//! The only way onto the screen: writes glyphs into cells, never outside its area, never anything but text.

use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use unicode_normalization::UnicodeNormalization as _;

use super::text::{self, glyphs};
use super::theme::Theme;

/// Writes into an area of the screen.
#[derive(Debug)]
pub struct Pen<'b> {
    pub area: Rect,
    pub theme: &'b Theme,
    buf: &'b mut Buffer,
}

impl<'b> Pen<'b> {
    pub fn new(buf: &'b mut Buffer, area: Rect, theme: &'b Theme) -> Self {
        let area = area.intersection(buf.area);
        Self { area, theme, buf }
    }

    /// A pen for a part of the area.
    pub fn part(&mut self, area: Rect) -> Pen<'_> {
        Pen {
            area: area.intersection(self.area),
            theme: self.theme,
            buf: self.buf,
        }
    }

    /// Writes a line and gives the column behind it. What does not fit is left out.
    pub fn text(&mut self, x: u16, y: u16, line: &str, style: Style) -> u16 {
        self.within(x, y, self.area.right(), line, style)
    }

    /// Writes a line that ends before a column.
    pub fn within(&mut self, x: u16, y: u16, end: u16, line: &str, style: Style) -> u16 {
        let end = end.min(self.area.right());
        if y < self.area.top() || y >= self.area.bottom() {
            return x;
        }
        let mut x = x;
        for (_, glyph) in glyphs(line) {
            let next = x.saturating_add(glyph.width);
            if next > end {
                break;
            }
            if x >= self.area.left() {
                self.put(x, y, &glyph.text, glyph.width, style);
            }
            x = next;
        }
        x
    }

    /// Writes a line cut to the room before a column, with a sign where something is missing.
    pub fn fitted(&mut self, x: u16, y: u16, end: u16, line: &str, style: Style) -> u16 {
        let room = end.min(self.area.right()).saturating_sub(x);
        let line = text::cut(line, room);
        self.within(x, y, end, &line, style)
    }

    /// Writes a line so that it ends before a column, and gives where it begins.
    pub fn right(&mut self, end: u16, y: u16, line: &str, style: Style) -> u16 {
        let x = end.saturating_sub(text::width(line)).max(self.area.left());
        self.within(x, y, end, line, style);
        x
    }

    fn put(&mut self, x: u16, y: u16, glyph: &str, width: u16, style: Style) {
        let glyph = if self.theme.plain {
            unadorned(glyph)
        } else {
            glyph
        };
        let plain;
        let glyph = if self.theme.ascii && !glyph.is_ascii() {
            plain = to_ascii(glyph, width);
            plain.as_str()
        } else {
            glyph
        };
        if let Some(cell) = self.buf.cell_mut((x, y)) {
            // In ASCII a wide glyph is two letters, each in a cell of its own.
            let (first, second) = if glyph.is_ascii() && glyph.len() == 2 {
                glyph.split_at(1)
            } else {
                (glyph, "")
            };
            // What is written over a picture is text again.
            cell.set_symbol(first)
                .set_style(style)
                .set_diff_option(CellDiffOption::None);
            if width == 2
                && let Some(cell) = self.buf.cell_mut((x + 1, y))
            {
                cell.set_symbol(if second.is_empty() { " " } else { second })
                    .set_style(style)
                    .set_diff_option(CellDiffOption::None);
            }
        }
    }

    /// Changes how cells look without changing what they show.
    pub fn paint(&mut self, area: Rect, style: Style) {
        self.buf.set_style(area.intersection(self.area), style);
    }

    /// Empties cells.
    pub fn clear(&mut self, area: Rect, style: Style) {
        let area = area.intersection(self.area);
        for position in area.positions() {
            if let Some(cell) = self.buf.cell_mut(position) {
                cell.reset();
                cell.set_style(style);
            }
        }
    }

    /// Fills a stretch of a line with a sign.
    pub fn rule(&mut self, x: u16, y: u16, end: u16, sign: &str, style: Style) {
        for x in x..end.min(self.area.right()) {
            self.within(x, y, end, sign, style);
        }
    }

    /// Puts a cell of a picture.
    pub fn set(&mut self, x: u16, y: u16, cell: &Cell, back: Style) {
        let inside = self.area.contains((x, y).into());
        if let Some(it) = self.buf.cell_mut((x, y)).filter(|_| inside) {
            it.clone_from(cell);
            if it.bg == Color::Reset {
                it.bg = back.bg.unwrap_or(Color::Reset);
            }
        }
    }
}

/// What is drawn in place of lines and ornaments, which a screen reader would spell out.
fn unadorned(glyph: &str) -> &str {
    match glyph {
        "│" | "┃" | "▏" | "┆" | "┊" | "─" | "━" | "┄" | "╌" | "╭" | "╮" | "╰" | "╯" | "├" | "┤"
        | "┬" | "┴" | "┼" | "┌" | "┐" | "└" | "┘" | "◌" | "◷" => " ",
        "▌" => ">",
        glyph => glyph,
    }
}

/// The closest a glyph comes to ASCII: a letter without its marks, the sign our own drawings have for it, or a `?` for
/// each cell.
fn to_ascii(glyph: &str, width: u16) -> String {
    let sign = match glyph {
        "│" | "┃" | "▌" | "▎" | "▏" | "┆" | "┊" => "|",
        "─" | "━" | "┄" | "╌" | "☆" | "–" | "—" => "-",
        "╭" | "╮" | "╰" | "╯" | "├" | "┤" | "┬" | "┴" | "┼" | "┌" | "┐" | "└" | "┘" => {
            "+"
        }
        "…" => ".",
        "·" | "•" | "▪" | "★" => "*",
        "●" => "o",
        "◌" | "◷" | "○" | "🎤" | "🎵" => "~",
        "✕" | "✗" | "×" => "x",
        "⚠" => "!",
        "✎" => "%",
        "▸" | "›" | "→" | "▶" | "🎬" | "🎥" => ">",
        "▾" | "↓" | "✓" => "v",
        "↑" | "▴" => "^",
        "∅" => "0",
        "‹" | "←" | "◀" => "<",
        "’" | "‘" => "'",
        "“" | "”" | "«" | "»" => "\"",
        "📄" | "📎" | "📰" => "=",
        "📷" | "🎨" => "#",
        "\u{a0}" => " ",
        _ => "",
    };
    if !sign.is_empty() {
        return sign.to_owned();
    }
    let letter = glyph.nfkd().find(char::is_ascii_graphic);
    match letter {
        Some(letter) if width == 1 => letter.to_string(),
        _ => "?".repeat(usize::from(width)),
    }
}
