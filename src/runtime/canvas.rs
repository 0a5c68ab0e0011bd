//! Writes cells to the terminal in as few bytes as they can be said in: over a slow line, a frame is what it weighs.

mod order;
#[cfg(test)]
mod tests;

use std::io::{self, Write};

use crossterm::terminal::{self, BeginSynchronizedUpdate, EndSynchronizedUpdate};
use crossterm::{Command as _, cursor};
use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};

/// So many changed cells are written in the order that takes the fewest bytes; more of them from top to bottom.
const FEW: usize = 400;

/// A frame up to here goes out in one piece, so no terminal shows half of it.
const SMALL: usize = 1024;

/// Attributes that are seen where there is nothing but a blank.
const ON_BLANKS: Modifier = Modifier::UNDERLINED
    .union(Modifier::REVERSED)
    .union(Modifier::CROSSED_OUT);

/// What the terminal puts on.
const ATTRIBUTES: [(Modifier, u8); 8] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

/// A frame that is being written.
#[derive(Debug)]
pub struct Canvas<W: Write> {
    to: W,
    frame: Vec<u8>,
    /// How the terminal writes at the moment; absent when that is not known.
    look: Option<Look>,
    /// Whether the cursor is seen, and where it is; absent when that is not known.
    seen: Option<bool>,
    at: Option<Position>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Look {
    const PLAIN: Self = Self {
        fg: Color::Reset,
        bg: Color::Reset,
        modifier: Modifier::empty(),
    };

    fn of(cell: &Cell) -> Self {
        Self {
            fg: cell.fg,
            bg: cell.bg,
            modifier: cell.modifier,
        }
    }

    /// Whether a blank looks the same either way.
    fn fits_blank(self, wanted: Self) -> bool {
        let both = self.modifier.union(wanted.modifier);
        self.bg == wanted.bg && !both.intersects(ON_BLANKS)
    }
}

impl<W: Write> Canvas<W> {
    pub fn new(to: W) -> Self {
        Self {
            to,
            frame: Vec::new(),
            look: None,
            seen: None,
            at: None,
        }
    }

    /// Nothing is known of the terminal any longer.
    pub fn forget(&mut self) {
        (self.look, self.seen, self.at) = (None, None, None);
    }

    fn say(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to memory does not fail.
        let _ = self.frame.write_fmt(text);
    }

    fn go(&mut self, to: Position) {
        match self.at {
            Some(at) if at == to => {}
            // Nothing lies to the right of the last column, where going on would mean something else.
            Some(at) if at.y == to.y && at.x < to.x && to.x - at.x < 10 => {
                self.say(format_args!("\x1b[{}C", to.x - at.x));
            }
            Some(at) if at.y == to.y => self.say(format_args!("\x1b[{}G", to.x + 1)),
            _ => self.say(format_args!("\x1b[{};{}H", to.y + 1, to.x + 1)),
        }
        self.at = Some(to);
    }

    fn put(&mut self, x: u16, y: u16, cell: &Cell) {
        self.go(Position { x, y });
        let symbol = cell.symbol();
        let wanted = Look::of(cell);
        let fits = |look: Look| look == wanted || symbol == " " && look.fits_blank(wanted);
        if !self.look.is_some_and(fits) {
            self.wear(wanted);
        }
        self.frame.extend_from_slice(symbol.as_bytes());
        self.at = Some(Position { x: x + 1, y });
        if symbol.len() > 1 && !tame(symbol) {
            // How wide such a glyph is, terminals do not agree on; and pictures speak for themselves.
            self.at = None;
        }
        if symbol.contains('\x1b') {
            self.look = None;
        }
    }

    /// Changes how the terminal writes, saying only what is different.
    fn wear(&mut self, wanted: Look) {
        let codes = codes(self.look, wanted);
        self.look = Some(wanted);
        self.say(format_args!("\x1b[{codes}m"));
    }
}

/// What changes one look into another.
fn codes(worn: Option<Look>, wanted: Look) -> String {
    let mut codes = String::new();
    let mut code = |it: &str| {
        if !codes.is_empty() {
            codes.push(';');
        }
        codes.push_str(it);
    };
    let before = match worn {
        Some(look) if wanted.modifier.contains(look.modifier) => look,
        // Taking one attribute away costs as much as beginning anew.
        Some(look) if look.bg == Color::Reset => {
            code("0");
            Look::PLAIN
        }
        Some(look) => {
            for it in ended(look.modifier, wanted.modifier) {
                code(it);
            }
            Look {
                modifier: left(look.modifier, wanted.modifier),
                ..look
            }
        }
        None => {
            code("0");
            Look::PLAIN
        }
    };
    for (attribute, number) in ATTRIBUTES {
        if wanted.modifier.contains(attribute) && !before.modifier.contains(attribute) {
            code(&number.to_string());
        }
    }
    if wanted.fg != before.fg {
        code(&colour(wanted.fg, 30));
    }
    if wanted.bg != before.bg {
        code(&colour(wanted.bg, 40));
    }
    codes
}

/// Glyphs every terminal gives one cell: Latin letters, their dashes, quotes and dots, ticks, lines and blocks.
fn tame(symbol: &str) -> bool {
    let mut all = symbol.chars();
    let one = all.next().is_some_and(|it| {
        matches!(it, '\u{20}'..='\u{7e}' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{24f}' | '\u{2010}'..='\u{2027}' | '\u{2500}'..='\u{259f}' | '\u{2713}')
    });
    one && all.next().is_none()
}

/// What ends the attributes that are not wanted any longer.
fn ended(worn: Modifier, wanted: Modifier) -> impl Iterator<Item = &'static str> {
    let gone = worn.difference(wanted);
    let ends = [
        (Modifier::BOLD.union(Modifier::DIM), "22"),
        (Modifier::ITALIC, "23"),
        (Modifier::UNDERLINED, "24"),
        (Modifier::SLOW_BLINK, "25"),
        (Modifier::REVERSED, "27"),
        (Modifier::HIDDEN, "28"),
        (Modifier::CROSSED_OUT, "29"),
    ];
    ends.into_iter()
        .filter(move |(attribute, _)| gone.intersects(*attribute))
        .map(|(_, code)| code)
}

/// What is still worn after that: bold and dim end together.
fn left(worn: Modifier, wanted: Modifier) -> Modifier {
    let weight = Modifier::BOLD.union(Modifier::DIM);
    let stays = worn.intersection(wanted);
    if worn.difference(wanted).intersects(weight) {
        stays.difference(weight)
    } else {
        stays
    }
}

fn colour(colour: Color, base: u8) -> String {
    let plain = |nth: u8| (base + nth).to_string();
    let bright = |nth: u8| (base + 60 + nth).to_string();
    match colour {
        Color::Reset => plain(9),
        Color::Black => plain(0),
        Color::Red => plain(1),
        Color::Green => plain(2),
        Color::Yellow => plain(3),
        Color::Blue => plain(4),
        Color::Magenta => plain(5),
        Color::Cyan => plain(6),
        Color::Gray => plain(7),
        Color::DarkGray => bright(0),
        Color::LightRed => bright(1),
        Color::LightGreen => bright(2),
        Color::LightYellow => bright(3),
        Color::LightBlue => bright(4),
        Color::LightMagenta => bright(5),
        Color::LightCyan => bright(6),
        Color::White => bright(7),
        Color::Indexed(nth) => format!("{};5;{nth}", base + 8),
        Color::Rgb(red, green, blue) => format!("{};2;{red};{green};{blue}", base + 8),
    }
}

impl<W: Write> Write for Canvas<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.frame.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.frame.is_empty() {
            return Ok(());
        }
        if self.frame.len() > SMALL {
            let mut frame = String::new();
            let _ = BeginSynchronizedUpdate.write_ansi(&mut frame);
            self.frame.splice(..0, frame.bytes());
            frame.clear();
            let _ = EndSynchronizedUpdate.write_ansi(&mut frame);
            self.frame.extend_from_slice(frame.as_bytes());
        }
        let written = self.to.write_all(&self.frame);
        self.frame.clear();
        written.and_then(|()| self.to.flush())
    }
}

impl<W: Write> Backend for Canvas<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let cells: Vec<_> = content.collect();
        if cells.len() > FEW {
            for (x, y, cell) in cells {
                self.put(x, y, cell);
            }
            return Ok(());
        }
        let mut pieces = order::pieces(&cells);
        while let Some(next) = order::nearest(&pieces, self.at, self.look) {
            for (x, y, cell) in pieces.remove(next) {
                self.put(*x, *y, cell);
            }
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.seen != Some(false) {
            self.seen = Some(false);
            self.say(format_args!("\x1b[?25l"));
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.seen != Some(true) {
            self.seen = Some(true);
            self.say(format_args!("\x1b[?25h"));
        }
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        cursor::position().map(|(x, y)| Position { x, y })
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.go(position.into());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, clear: ClearType) -> io::Result<()> {
        // It takes the colour of the ground that is worn, and after a change of size the cursor may be anywhere.
        self.at = None;
        self.wear(Look::PLAIN);
        self.say(format_args!(
            "{}",
            match clear {
                ClearType::All => "\x1b[2J",
                ClearType::AfterCursor => "\x1b[J",
                ClearType::BeforeCursor => "\x1b[1J",
                ClearType::CurrentLine => "\x1b[2K",
                ClearType::UntilNewLine => "\x1b[K",
            }
        ));
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        terminal::size().map(Size::from)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        let found = terminal::window_size()?;
        Ok(WindowSize {
            columns_rows: Size::new(found.columns, found.rows),
            pixels: Size::new(found.width, found.height),
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        Write::flush(self)
    }
}
