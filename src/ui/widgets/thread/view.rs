//! Which lines of the conversation are seen. Everything is told from where the view stands: what lies far away is
//! neither worked out nor counted.

/// A line of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pos {
    pub item: usize,
    pub line: usize,
}

impl Pos {
    pub fn start(item: usize) -> Self {
        Self { item, line: 0 }
    }
}

/// Items under each other, of which the heights are known when asked.
pub trait Items {
    fn count(&self) -> usize;
    fn height(&mut self, item: usize) -> usize;
}

/// What the view should show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    End,
    /// So many lines below the start of an item, or above it.
    At {
        item: usize,
        line: i64,
    },
    /// An item wholly, moving as little as can be from where the view was.
    Show {
        item: usize,
        was: Option<Pos>,
    },
    /// An item so many lines below the top.
    Below {
        item: usize,
        lines: usize,
    },
}

/// Goes up by lines; gives how many there were.
pub fn up(items: &mut impl Items, from: Pos, lines: usize) -> (Pos, usize) {
    let (mut at, mut left) = (from, lines);
    loop {
        if at.line >= left {
            at.line -= left;
            return (at, lines);
        }
        left -= at.line;
        at.line = 0;
        let Some(above) = at.item.checked_sub(1) else {
            return (at, lines - left);
        };
        at = Pos {
            item: above,
            line: items.height(above),
        };
    }
}

/// Goes down by lines, at most behind the last one; gives how many there were.
pub fn down(items: &mut impl Items, from: Pos, lines: usize) -> (Pos, usize) {
    let (mut at, mut left) = (from, lines);
    while at.item < items.count() {
        let here = items.height(at.item).saturating_sub(at.line);
        if left < here {
            at.line += left;
            return (at, lines);
        }
        left -= here;
        at = Pos::start(at.item + 1);
    }
    (at, lines - left)
}

/// The line at the top of a view of so many lines, after scrolling.
pub fn top(items: &mut impl Items, want: Want, pending: i32, height: usize) -> Pos {
    let end = Pos::start(items.count());
    let (lowest, _) = up(items, end, height);
    let wanted = match want {
        Want::End => lowest,
        Want::At { item, line } => by(items, Pos::start(item), line),
        Want::Below { item, lines } => up(items, Pos::start(item), lines).0,
        Want::Show { item, was } => show(items, item, was.unwrap_or(lowest), height),
    };
    let moved = by(items, wanted.min(lowest), pending.into());
    moved.min(lowest)
}

fn by(items: &mut impl Items, from: Pos, lines: i64) -> Pos {
    let many = usize::try_from(lines.unsigned_abs()).unwrap_or(usize::MAX);
    if lines < 0 {
        up(items, from, many).0
    } else {
        down(items, from, many).0
    }
}

fn show(items: &mut impl Items, item: usize, was: Pos, height: usize) -> Pos {
    let (start, end) = (Pos::start(item), Pos::start(item + 1));
    if start < was || items.height(item) >= height {
        return start;
    }
    up(items, end, height).0.max(was)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    struct Fixed(Vec<usize>);

    impl Items for Fixed {
        fn count(&self) -> usize {
            self.0.len()
        }

        fn height(&mut self, item: usize) -> usize {
            self.0[item]
        }
    }

    /// The number of a line over all.
    fn line(items: &Fixed, at: Pos) -> usize {
        items.0[..at.item].iter().sum::<usize>() + at.line
    }

    proptest! {
        #[test]
        fn the_view_never_leaves_the_conversation_and_moves_by_exactly_what_is_wanted(
            heights in prop::collection::vec(0_usize..9, 0..20),
            item in 0_usize..20, start in -30_i64..30, pending in -40_i32..40, height in 1_usize..30,
        ) {
            let mut items = Fixed(heights);
            let all: usize = items.0.iter().sum();
            let item = item.min(items.count());
            let from = line(&items, Pos::start(item)).cast_signed() as i64;
            let lowest = all.saturating_sub(height).cast_signed() as i64;
            let top = top(&mut items, Want::At { item, line: start }, pending, height);
            let expected = ((from + start).clamp(0, all.cast_signed() as i64).min(lowest) + i64::from(pending)).clamp(0, lowest);
            prop_assert_eq!(line(&items, top).cast_signed() as i64, expected);
        }

        #[test]
        fn what_shall_be_shown_is_shown_wholly_if_it_fits(
            heights in prop::collection::vec(1_usize..9, 1..20),
            item in 0_usize..20, was in 0_usize..20, height in 9_usize..30,
        ) {
            let mut items = Fixed(heights);
            let (item, was) = (item.min(items.count() - 1), Pos::start(was.min(items.count() - 1)));
            let top = top(&mut items, Want::Show { item, was: Some(was) }, 0, height);
            let (first, last) = (line(&items, Pos::start(item)), line(&items, Pos::start(item + 1)));
            let top = line(&items, top);
            prop_assert!(top <= first && last <= top + height);
        }
    }
}
