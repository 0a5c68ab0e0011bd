//! Pictures of the running program for the README: `cargo test --test it -- --ignored pictures` makes them anew.

use std::fmt::Write as _;
use std::path::Path;

use onebox::demo::Clock;
use vt100::{Color, Screen};

use crate::support::terminal::Terminal;
use crate::support::{KEY, options};

/// A cell, in pixels.
const WIDE: f64 = 9.0;
const HIGH: f64 = 19.0;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "writes into assets"]
async fn pictures_of_the_running_program() {
    let now = jiff::Timestamp::now().as_millisecond();
    let mut options = options();
    options.scale.began = now;
    options.clock = Clock::by_hand(move || jiff::Timestamp::now().as_millisecond());
    let demo = onebox::demo::Demo::start(options).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let env = [("ONEBOX_URL", demo.url()), ("ONEBOX_KEY", KEY)];
    let mut terminal = Terminal::start((120, 36), folder.path(), &env, &["--own-server"]);
    terminal.see("Léa Fontaine");
    terminal.see("● live");
    terminal.press("/");
    terminal.type_in("from:noor");
    terminal.see("hits");
    save(&terminal, "search");
    terminal.press("Esc");
    terminal.type_in("k");
    terminal.press("^K");
    terminal.type_in("fontaine");
    terminal.see("Léa Fontaine");
    terminal.press("Enter");
    terminal.see("new ─");
    terminal.press("i");
    terminal.see("Write as");
    terminal.type_in("Here it is! Tell me if the numbers on page 4 are the ones that Tomasz needs");
    terminal.see("draft saved");
    save(&terminal, "inbox");
}

/// Writes what the terminal shows into the folder of assets.
fn save(terminal: &Terminal, name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("assets/{name}.svg"));
    std::fs::write(path, terminal.with(svg)).unwrap();
}

fn svg(screen: &Screen) -> String {
    let (rows, columns) = screen.size();
    let (rows, columns) = (rows.get(), columns.get());
    let (width, height) = (f64::from(columns) * WIDE, f64::from(rows) * HIGH);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         font-family=\"'DejaVu Sans Mono', ui-monospace, Menlo, Consolas, monospace\" font-size=\"15\">\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#14161b\"/>\n"
    );
    for row in 0..rows {
        for column in 0..columns {
            cell(&mut out, screen, row, column);
        }
    }
    out.push_str("</svg>\n");
    out
}

fn cell(out: &mut String, screen: &Screen, row: u16, column: u16) {
    let Some(cell) = screen
        .cell(row, column)
        .filter(|it| !it.is_wide_continuation())
    else {
        return;
    };
    let (x, y) = (f64::from(column) * WIDE, f64::from(row) * HIGH);
    let wide = if cell.is_wide() { 2.0 * WIDE } else { WIDE };
    let (mut front, mut back) = (
        colour(cell.fgcolor(), "#d3d7e0"),
        colour(cell.bgcolor(), "#14161b"),
    );
    let cursor = screen.cursor_position() == (row, column) && !screen.hide_cursor();
    if cell.inverse() || cursor {
        std::mem::swap(&mut front, &mut back);
    }
    if back != "#14161b" {
        let _ = writeln!(
            out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{HIGH}\" fill=\"{back}\"/>",
            wide + 0.3
        );
    }
    let text = cell.contents();
    if text.trim().is_empty() {
        return;
    }
    if let Some(parts) = quarters(text) {
        for (at, on) in parts.into_iter().enumerate() {
            if on {
                let (dx, dy) = ([0.0, WIDE / 2.0][at % 2], [0.0, HIGH / 2.0][at / 2]);
                let _ = writeln!(
                    out,
                    "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{front}\"/>",
                    x + dx,
                    y + dy,
                    WIDE / 2.0 + 0.3,
                    HIGH / 2.0 + 0.3
                );
            }
        }
        return;
    }
    let bold = if cell.bold() {
        " font-weight=\"bold\""
    } else {
        ""
    };
    let line = if cell.underline() {
        " text-decoration=\"underline\""
    } else {
        ""
    };
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    let _ = writeln!(
        out,
        "<text x=\"{x}\" y=\"{}\" fill=\"{front}\"{bold}{line}>{text}</text>",
        y + 14.5
    );
}

/// The quarters of a cell that a block fills: above left and right, below left and right.
fn quarters(text: &str) -> Option<[bool; 4]> {
    let bits = match text {
        "▘" => 0b1000,
        "▝" => 0b0100,
        "▀" => 0b1100,
        "▖" => 0b0010,
        "▌" => 0b1010,
        "▞" => 0b0110,
        "▛" => 0b1110,
        "▗" => 0b0001,
        "▚" => 0b1001,
        "▐" => 0b0101,
        "▜" => 0b1101,
        "▄" => 0b0011,
        "▙" => 0b1011,
        "▟" => 0b0111,
        "█" => 0b1111,
        _ => return None,
    };
    Some([8, 4, 2, 1].map(|bit| bits & bit != 0))
}

fn colour(colour: Color, usual: &str) -> String {
    match colour {
        Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
        Color::Default | Color::Idx(_) => usual.to_owned(),
    }
}
