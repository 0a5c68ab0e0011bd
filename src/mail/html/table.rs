//! Tables that hold figures, and tables that only hold a page together, which newsletters are made of.

use std::ops::Range;

use crate::mail::letter::{Kind, Part, Words};

/// A cell of a table of figures is not longer, in bytes.
const LONGEST_CELL: usize = 400;
/// More columns than this nobody reads.
const COLUMNS: usize = 40;
/// Nor more paragraphs in a cell.
const LINES: usize = 3;

/// A table while it is read; its parts are made as if it were a page, and become cells in the end.
#[derive(Debug, Default)]
pub(super) struct Frame {
    /// It says that it is no table.
    presents: bool,
    border: bool,
    pub nested: bool,
    heads: bool,
    rows: Vec<Vec<Cell>>,
    row: Vec<Cell>,
    cell: Option<(usize, usize)>,
}

#[derive(Debug, Clone)]
struct Cell {
    parts: Range<usize>,
    wide: usize,
}

impl Frame {
    pub fn new(presents: bool, border: bool) -> Self {
        Self {
            presents,
            border,
            ..Self::default()
        }
    }

    pub fn begin_cell(&mut self, from: usize, wide: usize, head: bool) {
        self.cell = Some((from, wide.clamp(1, COLUMNS)));
        self.heads |= head;
    }

    pub fn end_cell(&mut self, to: usize) {
        if let Some((from, wide)) = self.cell.take() {
            self.row.push(Cell {
                parts: from..to,
                wide,
            });
        }
    }

    pub fn end_row(&mut self, to: usize) {
        self.end_cell(to);
        if !self.row.is_empty() {
            self.rows.push(std::mem::take(&mut self.row));
        }
    }

    /// Makes a table of the parts when they are one.
    pub fn settle(mut self, parts: &mut Vec<Part>) {
        self.end_row(parts.len());
        let Some(from) = self
            .rows
            .first()
            .and_then(|it| it.first())
            .map(|it| it.parts.start)
        else {
            return;
        };
        if !self.is_figures(parts) {
            return;
        }
        let Some(first) = parts.get(from).cloned() else {
            return;
        };
        let mut cells = parts
            .split_off(from)
            .into_iter()
            .map(Some)
            .collect::<Vec<_>>();
        let mut rows = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let mut words = Vec::with_capacity(row.len());
            for cell in row {
                let range = cell.parts.start - from..cell.parts.end - from;
                let taken = cells.get_mut(range).unwrap_or_default();
                words.push(joined(taken.iter_mut().filter_map(Option::take)));
                words.extend(std::iter::repeat_n(Words::default(), cell.wide - 1));
            }
            rows.push(words);
        }
        rows.retain(|row| row.iter().any(|it| !it.text.is_empty()));
        let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
        for at in (0..columns).rev() {
            if rows
                .iter()
                .all(|row| row.get(at).is_none_or(|it| it.text.is_empty()))
            {
                rows.iter_mut()
                    .filter(|row| at < row.len())
                    .for_each(|row| {
                        row.remove(at);
                    });
            }
        }
        parts.push(Part {
            kind: Kind::Table(rows),
            ..first
        });
    }

    /// Whether what it holds is short, and stands in rows and columns.
    fn is_figures(&self, parts: &[Part]) -> bool {
        if self.presents || self.nested {
            return false;
        }
        let filled = |cell: &Cell| !cell.parts.is_empty();
        let wide = |row: &&Vec<Cell>| row.iter().filter(|it| filled(it)).count() >= 2;
        let rows = self.rows.iter().filter(wide).count();
        let some = self
            .rows
            .iter()
            .filter(|row| row.iter().any(filled))
            .count();
        let certain = self.heads || self.border;
        if rows < 2 && !(self.heads && rows == 1 && some > 1) || !certain && rows * 2 < some {
            return false;
        }
        if self
            .rows
            .iter()
            .any(|it| it.iter().map(|it| it.wide).sum::<usize>() > COLUMNS)
        {
            return false;
        }
        let mut cells = self.rows.iter().flatten();
        let Some(first) = cells
            .clone()
            .find(|it| filled(it))
            .and_then(|it| parts.get(it.parts.start))
        else {
            return false;
        };
        let alike = |it: &Part| {
            it.quote == first.quote && it.role == first.role && it.indent == first.indent
        };
        cells.all(|cell| {
            let inside = parts.get(cell.parts.clone()).unwrap_or_default();
            let length = |it: &Part| match &it.kind {
                Kind::Paragraph(words) => Some(words.text.len()),
                _ => None,
            };
            let lengths: Option<usize> = inside.iter().map(length).sum();
            let most = if certain {
                LONGEST_CELL * 2
            } else {
                LONGEST_CELL
            };
            inside.len() <= LINES
                && inside.iter().all(alike)
                && lengths.is_some_and(|it| it <= most)
        })
    }
}

/// The words of a cell, its paragraphs as lines.
fn joined(parts: impl Iterator<Item = Part>) -> Words {
    let mut all = Words::default();
    for part in parts {
        let Kind::Paragraph(words) = part.kind else {
            continue;
        };
        if !all.text.is_empty() {
            all.text.push('\n');
        }
        let from = all.text.len();
        all.text.push_str(&words.text);
        all.spans.extend(words.spans.into_iter().map(|mut it| {
            it.at = it.at.start + from..it.at.end + from;
            it
        }));
    }
    all
}
