//! Tables for people, as wide as the terminal and no wider.

use super::Failure;
use super::cells::{cut, fitted, one_line, width};
use super::output::{self, Paint, painted};

/// Cells between two columns.
const GAP: usize = 2;

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    title: &'static str,
    /// Below this it says nothing any more.
    least: usize,
    /// Columns with the highest number go first when there is no room.
    rank: u8,
    shrinks: bool,
    paint: Option<Paint>,
}

impl Column {
    /// A column whose values are short and shown whole.
    pub(super) const fn whole(title: &'static str, rank: u8) -> Self {
        Self {
            title,
            least: 0,
            rank,
            shrinks: false,
            paint: None,
        }
    }

    /// A column that gives way, down to `least` cells.
    pub(super) const fn text(title: &'static str, rank: u8, least: usize) -> Self {
        Self {
            title,
            least,
            rank,
            shrinks: true,
            paint: None,
        }
    }

    pub(super) const fn painted(self, paint: Paint) -> Self {
        Self {
            paint: Some(paint),
            ..self
        }
    }
}

/// A table under way. The first rows decide how wide the columns are, so that any number of rows can follow.
#[derive(Debug)]
pub(super) struct Table {
    columns: Vec<Column>,
    /// Which columns are shown, and how wide; empty before the first rows.
    shown: Vec<(usize, usize)>,
    room: usize,
}

impl Table {
    pub(super) fn new(columns: Vec<Column>) -> Self {
        Self::wide(columns, output::width())
    }

    fn wide(columns: Vec<Column>, room: usize) -> Self {
        Self {
            columns,
            shown: Vec::new(),
            room,
        }
    }

    /// Prints some rows; each has a value for every column.
    pub(super) fn print(&mut self, rows: &[Vec<String>]) -> Result<(), Failure> {
        for line in self.lines(rows) {
            output::line(&line)?;
        }
        Ok(())
    }

    fn lines(&mut self, rows: &[Vec<String>]) -> Vec<String> {
        let rows: Vec<Vec<String>> = rows
            .iter()
            .map(|row| {
                row.iter()
                    .map(|cell| output::safe(&one_line(cell)))
                    .collect()
            })
            .collect();
        let mut lines = Vec::with_capacity(rows.len() + 1);
        if self.shown.is_empty() && !rows.is_empty() {
            self.shown = layout(&self.columns, &rows, self.room);
            let titles: Vec<String> = self.columns.iter().map(|it| it.title.to_owned()).collect();
            lines.push(painted(Paint::Dim, self.line(&titles, false).trim_end()));
        }
        lines.extend(rows.iter().map(|row| self.line(row, true)));
        lines
    }

    fn line(&self, row: &[String], colours: bool) -> String {
        let mut out = String::new();
        for (place, (index, room)) in self.shown.iter().enumerate() {
            let cell = row.get(*index).map(String::as_str).unwrap_or_default();
            let last = place + 1 == self.shown.len();
            let text = if last {
                cut(cell, *room)
            } else {
                fitted(cell, *room)
            };
            match self.columns.get(*index).and_then(|it| it.paint) {
                Some(paint) if colours && !cell.is_empty() => out.push_str(&painted(paint, &text)),
                _ => out.push_str(&text),
            }
            if !last {
                out.extend(std::iter::repeat_n(' ', GAP));
            }
        }
        // An empty cell at the end leaves no blanks behind.
        out.truncate(out.trim_end_matches(' ').len());
        out
    }
}

/// Which columns are shown, and how wide each is.
fn layout(columns: &[Column], rows: &[Vec<String>], room: usize) -> Vec<(usize, usize)> {
    let natural = |index: usize, column: &Column| {
        let cells = rows.iter().filter_map(|row| row.get(index));
        let widest = cells.map(|cell| width(cell)).max().unwrap_or(0);
        // A column that is empty everywhere is left out.
        (widest > 0).then(|| widest.max(width(column.title)))
    };
    let mut shown: Vec<(usize, usize)> = columns
        .iter()
        .enumerate()
        .filter_map(|(index, column)| Some((index, natural(index, column)?)))
        .collect();
    let column = |index: usize| columns.get(index).copied().unwrap_or(Column::whole("", 0));
    let taken = |shown: &[(usize, usize)]| -> usize {
        let gaps = shown.len().saturating_sub(1) * GAP;
        shown.iter().map(|(_, width)| width).sum::<usize>() + gaps
    };
    loop {
        let over = taken(&shown).saturating_sub(room);
        if over == 0 {
            return shown;
        }
        let give: usize = shown.iter().map(|it| slack(column(it.0), it.1)).sum();
        if give >= over {
            shrink(&mut shown, over, column);
            return shown;
        }
        if shown.len() <= 1 {
            for it in &mut shown {
                it.1 = it.1.min(room);
            }
            return shown;
        }
        let worst = shown
            .iter()
            .max_by_key(|it| column(it.0).rank)
            .map(|it| it.0);
        shown.retain(|it| Some(it.0) != worst);
    }
}

fn slack(column: Column, width: usize) -> usize {
    if column.shrinks {
        width.saturating_sub(column.least)
    } else {
        0
    }
}

/// Takes so many cells away, each time from the column that has most to give.
fn shrink(shown: &mut [(usize, usize)], over: usize, column: impl Fn(usize) -> Column) {
    for _ in 0..over {
        let widest = shown
            .iter_mut()
            .filter(|it| slack(column(it.0), it.1) > 0)
            .max_by_key(|it| it.1);
        if let Some(it) = widest {
            it.1 -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> Vec<Column> {
        vec![
            Column::whole("", 2),
            Column::text("Who", 0, 8),
            Column::whole("Network", 3),
            Column::text("Last", 4, 10),
            Column::whole("When", 1),
        ]
    }

    fn row(cells: [&str; 5]) -> Vec<String> {
        cells.map(str::to_owned).to_vec()
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let rows = vec![
            row([
                "●3",
                "Léa Martin",
                "LinkedIn",
                "You: 明日の朝に送りますね 👍🏽",
                "14:02",
            ]),
            row([
                "",
                "\u{1b}[31mA group with a very long name",
                "WhatsApp",
                "ok\nfine",
                "3 Oct 2024",
            ]),
        ];
        for room in 1..140 {
            let mut table = Table::wide(columns(), room);
            for line in table.lines(&rows).into_iter().chain(table.lines(&rows)) {
                assert!(width(&line) <= room, "{line:?} is wider than {room}");
                assert!(!line.contains('\u{1b}'));
            }
        }
    }

    #[test]
    fn what_matters_least_goes_first() {
        let rows = vec![row([
            "●3",
            "Léa Martin",
            "LinkedIn",
            "See you tomorrow",
            "14:02",
        ])];
        let lines = Table::wide(columns(), 26).lines(&rows);
        assert_eq!(lines[1], "●3  Léa Martin  14:02");
        let lines = Table::wide(columns(), 60).lines(&rows);
        assert_eq!(
            lines[1],
            "●3  Léa Martin  LinkedIn  See you tomorrow  14:02"
        );
    }
}
