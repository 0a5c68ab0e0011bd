//! In which order the changes of a frame are written: colours cost more bytes than moves, so what looks alike goes together.

use ratatui::buffer::Cell;
use ratatui::layout::Position;

use super::{Look, codes, tame};

/// A cell and where it belongs.
pub(super) type Placed<'c> = (u16, u16, &'c Cell);

/// Cuts changed cells into pieces that lie on one line and look alike.
pub(super) fn pieces<'p, 'c>(cells: &'p [Placed<'c>]) -> Vec<&'p [Placed<'c>]> {
    let lines = cells.chunk_by(|one, next| one.1 == next.1);
    lines.flat_map(cut).collect()
}

fn cut<'p, 'c>(line: &'p [Placed<'c>]) -> Vec<&'p [Placed<'c>]> {
    // A glyph that may be wider than thought is written before what follows it, which mends the harm.
    if line.iter().any(|(_, _, cell)| !tame(cell.symbol())) {
        return vec![line];
    }
    let mut look = None;
    let alike = |(x, _, cell): &Placed<'c>, (next_x, _, next): &Placed<'c>| {
        let worn = *look.get_or_insert(Look::of(cell));
        let wanted = Look::of(next);
        let fits = worn == wanted || next.symbol() == " " && worn.fits_blank(wanted);
        if x + 1 == *next_x && fits {
            return true;
        }
        look = Some(wanted);
        false
    };
    line.chunk_by(alike).collect()
}

/// The piece that takes the fewest bytes to come to from here; the first one where several do.
pub(super) fn nearest(
    pieces: &[&[Placed<'_>]],
    at: Option<Position>,
    worn: Option<Look>,
) -> Option<usize> {
    let cost = |piece: &[Placed<'_>]| {
        let (x, y, cell) = piece.first()?;
        let wanted = Look::of(cell);
        let fits = |look: Look| look == wanted || cell.symbol() == " " && look.fits_blank(wanted);
        let wear = match worn {
            Some(look) if fits(look) => 0,
            _ => codes(worn, wanted).len() + 3,
        };
        Some(wear + way(at, Position { x: *x, y: *y }))
    };
    let all = pieces.iter().enumerate();
    let costs = all.filter_map(|(nth, piece)| Some((cost(piece)?, nth)));
    costs.min().map(|(_, nth)| nth)
}

/// About how many bytes it takes to go somewhere.
fn way(at: Option<Position>, to: Position) -> usize {
    match at {
        Some(at) if at == to => 0,
        Some(at) if at.y == to.y => 5,
        _ => 8,
    }
}
