//! The floor: the least that shows a list with ratatui and moves a cursor in it.

use std::io;

use ratatui::crossterm::event::{Event, KeyCode, read};
use ratatui::style::Stylize as _;
use ratatui::text::Line;

pub fn run() -> io::Result<()> {
    let mut terminal = ratatui::try_init()?;
    let (mut first, mut selected) = (0, 0);
    loop {
        terminal.draw(|frame| {
            let area = frame.area();
            frame.render_widget(Line::from("hello").bold(), area);
            let rows = usize::from(area.height) - 2;
            first = first.clamp((selected + 1_usize).saturating_sub(rows), selected);
            for row in 0..rows {
                let at = first + row;
                let line = Line::from(format!(
                    "{at:>7}  Somebody {:<8} What they said, number {at}",
                    at % 977
                ));
                let line = if at == selected {
                    line.reversed()
                } else {
                    line
                };
                let place = ratatui::layout::Rect {
                    y: area.y + 1 + u16::try_from(row).unwrap_or(0),
                    height: 1,
                    ..area
                };
                frame.render_widget(line, place);
            }
        })?;
        if let Event::Key(key) = read()? {
            match key.code {
                KeyCode::Char('j') => selected += 1,
                KeyCode::Char('k') => selected = selected.saturating_sub(1),
                KeyCode::PageDown => selected += 30,
                KeyCode::Char('q') => break,
                _ => {}
            }
        }
    }
    ratatui::try_restore()
}
