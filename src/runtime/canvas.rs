//! Writes cells to the terminal in as few bytes as they can be said in: over a slow line, a frame is what it weighs.

use std::io::{self, Write};

use crossterm::terminal::{self, BeginSynchronizedUpdate, EndSynchronizedUpdate};
use crossterm::{Command as _, cursor};
use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};

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
        let mut codes = String::new();
        let mut code = |it: &str| {
            if !codes.is_empty() {
                codes.push(';');
            }
            codes.push_str(it);
        };
        let before = match self.look {
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
        self.look = Some(wanted);
        self.say(format_args!("\x1b[{codes}m"));
    }
}

/// Glyphs every terminal gives one cell: Latin letters, lines and blocks.
fn tame(symbol: &str) -> bool {
    let mut all = symbol.chars();
    let one = all.next().is_some_and(|it| {
        matches!(it, '\u{20}'..='\u{7e}' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{24f}' | '\u{2500}'..='\u{259f}')
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
        for (x, y, cell) in content {
            self.put(x, y, cell);
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::style::Style;

    use super::*;

    fn style() -> impl Strategy<Value = Style> {
        let colours = [
            Color::Reset,
            Color::Red,
            Color::LightBlue,
            Color::Indexed(130),
            Color::Rgb(1, 2, 3),
            Color::Rgb(200, 100, 0),
        ];
        let colour = || proptest::sample::select(colours.to_vec());
        let attributes = [
            Modifier::BOLD,
            Modifier::ITALIC,
            Modifier::UNDERLINED,
            Modifier::REVERSED,
        ];
        let some = proptest::sample::subsequence(attributes.to_vec(), 0..3);
        (colour(), colour(), some).prop_map(|(fg, bg, some)| {
            let style = Style::new().fg(fg).bg(bg);
            some.into_iter().fold(style, Style::add_modifier)
        })
    }

    fn cells() -> impl Strategy<Value = Vec<(u16, u16, Cell)>> {
        let symbols = proptest::sample::select(vec![" ", "a", "é", "─", "田", "👍"]);
        let cell = (0_u16..10, 0_u16..4, symbols, style());
        let cell = cell.prop_map(|(x, y, symbol, style)| {
            let mut cell = Cell::default();
            cell.set_symbol(symbol).set_style(style);
            // Wide ones keep apart, as the lists of changes from ratatui have it.
            (x * 2, y, cell)
        });
        proptest::collection::vec(cell, 0..60)
    }

    proptest! {
        #[test]
        fn the_terminal_shows_what_was_drawn_whatever_was_there_before(frames in proptest::collection::vec(cells(), 1..4)) {
            let mut canvas = Canvas::new(Vec::new());
            canvas.clear().unwrap();
            let mut wanted = std::collections::BTreeMap::new();
            for frame in &frames {
                canvas.draw(frame.iter().map(|(x, y, cell)| (*x, *y, cell))).unwrap();
                Backend::flush(&mut canvas).unwrap();
                wanted.extend(frame.iter().map(|(x, y, cell)| ((*y, *x), cell)));
            }
            let mut parser = vt100::Parser::new(4.try_into().unwrap(), 20.try_into().unwrap(), 0);
            parser.process(&canvas.to);
            for ((y, x), cell) in wanted {
                let shown = parser.screen().cell(y, x).unwrap();
                let blank = cell.symbol() == " ";
                prop_assert_eq!(if shown.has_contents() { shown.contents() } else { " " }, cell.symbol());
                prop_assert_eq!(shown.bgcolor(), colour_of(cell.bg));
                let has = |it| cell.modifier.contains(it);
                prop_assert_eq!(shown.underline(), has(Modifier::UNDERLINED));
                prop_assert_eq!(shown.inverse(), has(Modifier::REVERSED));
                if !blank {
                    prop_assert_eq!(shown.fgcolor(), colour_of(cell.fg));
                    prop_assert_eq!(shown.bold(), has(Modifier::BOLD));
                    prop_assert_eq!(shown.italic(), has(Modifier::ITALIC));
                }
            }
        }
    }

    fn colour_of(colour: Color) -> vt100::Color {
        match colour {
            Color::Red => vt100::Color::Idx(1),
            Color::LightBlue => vt100::Color::Idx(12),
            Color::Indexed(nth) => vt100::Color::Idx(nth),
            Color::Rgb(red, green, blue) => vt100::Color::Rgb(red, green, blue),
            _ => vt100::Color::Default,
        }
    }

    #[test]
    fn a_frame_without_changes_writes_nothing() {
        let mut canvas = Canvas::new(Vec::new());
        canvas.hide_cursor().unwrap();
        Backend::flush(&mut canvas).unwrap();
        let before = canvas.to.len();
        canvas.hide_cursor().unwrap();
        canvas.draw(std::iter::empty()).unwrap();
        Backend::flush(&mut canvas).unwrap();
        assert_eq!(canvas.to.len(), before);
    }
}
