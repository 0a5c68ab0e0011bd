//! Tables of letters: in columns where they fit, with the widest column wrapped where that is enough, and as lines where
//! it is not.

use super::block::{Block, Piece, Role};
use super::letter::Inked;
use crate::ui::text;

/// Cells between two columns.
const GAP: u16 = 2;
/// A column that is wrapped keeps so many cells at least.
const LEAST: u16 = 14;
/// More columns than this are a layout and no table.
const COLUMNS: usize = 12;

/// Writes a table; `before` writes what stands at the beginning of each line.
pub fn write(
    block: &mut Block,
    (x, end): (u16, u16),
    rows: &[Vec<Inked>],
    role: Role,
    mut before: impl FnMut(&mut Block),
) {
    let room = end.saturating_sub(x);
    let Some((widths, widest)) = columns(rows, room) else {
        for row in rows {
            as_line(block, (x, room), row, role, &mut before);
        }
        return;
    };
    let starts: Vec<u16> = widths
        .iter()
        .scan(x, |at, wide| {
            let start = *at;
            *at = at.saturating_add(wide + GAP);
            Some(start)
        })
        .collect();
    for row in rows {
        let beside = |block: &mut Block, number: usize| {
            before(block);
            if number > 0 {
                return;
            }
            for (at, cell) in row.iter().enumerate().filter(|(at, _)| *at != widest) {
                let start = starts.get(at).copied().unwrap_or(x);
                block.run(start, &flat(&cell.text), &cell.pieces, role);
            }
        };
        let empty = Inked {
            text: String::new(),
            pieces: Vec::new(),
        };
        let cell = row.get(widest).unwrap_or(&empty);
        let start = starts.get(widest).copied().unwrap_or(x);
        let wide = widths.get(widest).copied().unwrap_or(room);
        let words = flat(&cell.text);
        block.flow((start, wide), &words, &cell.pieces, role, 200, beside);
    }
}

/// The widths of columns, and which of them is the widest; nothing when they do not fit.
fn columns(rows: &[Vec<Inked>], room: u16) -> Option<(Vec<u16>, usize)> {
    let count = rows.iter().map(Vec::len).max()?;
    if count == 0 || count > COLUMNS {
        return None;
    }
    let mut widths = vec![0_u16; count];
    for row in rows {
        for (wide, cell) in widths.iter_mut().zip(row) {
            *wide = text::width(&cell.text).max(*wide);
        }
    }
    let widest = (0..count).rev().max_by_key(|at| widths.get(*at).copied())?;
    let gaps = GAP.saturating_mul(u16::try_from(count - 1).ok()?);
    let others: u16 = widths
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != widest)
        .fold(gaps, |sum, (_, wide)| sum.saturating_add(*wide));
    let left = room.checked_sub(others)?;
    let wide = widths.get_mut(widest)?;
    if *wide > left {
        if left < LEAST {
            return None;
        }
        *wide = left;
    }
    // A table of one column is paragraphs.
    (count > 1).then_some((widths, widest))
}

/// A cell on one line; bytes stay where they are.
fn flat(text: &str) -> String {
    text.replace('\n', " ")
}

fn as_line(
    block: &mut Block,
    columns: (u16, u16),
    row: &[Inked],
    role: Role,
    before: &mut impl FnMut(&mut Block),
) {
    let (mut words, mut pieces) = (String::new(), Vec::new());
    for cell in row.iter().filter(|it| !it.text.trim().is_empty()) {
        if !words.is_empty() {
            words.push_str(" · ");
        }
        let start = words.len();
        words.push_str(&cell.text);
        pieces.extend(cell.pieces.iter().map(|it| Piece {
            at: it.at.start + start..it.at.end + start,
            ..it.clone()
        }));
    }
    if !words.is_empty() {
        block.flow(columns, &words, &pieces, role, 400, |block, _| {
            before(block);
        });
    }
}
