//! What all commands that list things have in common.

use clap::Args;

/// How answers look.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Form {
    /// Print one JSON object a line, with every field
    #[arg(long)]
    pub(super) json: bool,
    /// Show ids as well
    #[arg(long, conflicts_with = "json")]
    pub(super) ids: bool,
}

/// How many rows a window has.
pub(super) const WINDOW: u32 = 200;

/// Counts down from a limit, where 0 means that there is none.
#[derive(Debug)]
pub(super) struct Left(Option<u32>);

impl Left {
    pub(super) fn of(limit: u32) -> Self {
        Self((limit > 0).then_some(limit))
    }

    /// How many to ask for next; `None` when it was enough.
    pub(super) fn next(&self) -> Option<u32> {
        let next = self.0.map_or(WINDOW, |left| left.min(WINDOW));
        (next > 0).then_some(next)
    }

    /// Keeps as many of these as there is room for.
    pub(super) fn take<T>(&mut self, items: &mut Vec<T>) {
        if let Some(left) = &mut self.0 {
            items.truncate(*left as usize);
            *left -= u32::try_from(items.len()).unwrap_or(*left).min(*left);
        }
    }
}
