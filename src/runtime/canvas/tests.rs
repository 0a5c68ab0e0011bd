//! What a terminal shows of what was written, and how much that was.

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
    // From line to line, and each once.
    let sorted = |cells: Vec<(u16, u16, Cell)>| {
        let by_place = cells.into_iter().map(|it| ((it.1, it.0), it));
        let sorted: std::collections::BTreeMap<_, _> = by_place.collect();
        sorted.into_values().collect()
    };
    proptest::collection::vec(cell, 0..60).prop_map(sorted)
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

/// A row of two lines as the list draws it, on a ground of its own when the cursor is on it.
fn row(y: u16, selected: bool) -> Vec<(u16, u16, Cell)> {
    let ground = if selected {
        Color::Rgb(34, 40, 52)
    } else {
        Color::Rgb(20, 22, 27)
    };
    let text = |x: u16, y: u16, text: &str, (red, green, blue): (u8, u8, u8)| {
        let style = Style::new().fg(Color::Rgb(red, green, blue)).bg(ground);
        let cells = text.chars().enumerate().map(move |(nth, letter)| {
            let mut cell = Cell::default();
            cell.set_char(letter).set_style(style);
            (x + u16::try_from(nth).unwrap(), y, cell)
        });
        cells.collect::<Vec<_>>()
    };
    let (bar, letters, faint, network, quiet) = (
        (122, 162, 247),
        (211, 215, 224),
        (98, 106, 122),
        (90, 169, 240),
        (127, 135, 152),
    );
    let mark = if selected { "▌" } else { " " };
    [
        text(30, y, mark, bar),
        text(35, y, "Ada Lovelace                  ", letters),
        text(65, y, "12:30 ", faint),
        text(30, y + 1, mark, bar),
        text(35, y + 1, "in ", network),
        text(38, y + 1, "the engine weaves patterns just… ", quiet),
    ]
    .concat()
}

#[test]
fn a_move_of_the_cursor_says_each_colour_once_for_each_row() {
    let mut canvas = Canvas::new(Vec::new());
    canvas.clear().unwrap();
    let mut show = |rows: [Vec<(u16, u16, Cell)>; 2]| {
        let before = canvas.to.len();
        let cells = rows.concat();
        canvas
            .draw(cells.iter().map(|(x, y, cell)| (*x, *y, cell)))
            .unwrap();
        Backend::flush(&mut canvas).unwrap();
        canvas.to.len() - before
    };
    show([row(4, true), row(6, false)]);
    let bytes = show([row(4, false), row(6, true)]);
    assert!(bytes <= 380, "{bytes}");
}
