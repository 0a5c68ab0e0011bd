//! A walk through all pages of a list, and how it ends: no server can hold it for ever.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::api::Cursor;
use crate::store::apply::Stamp;

/// How far a walk is.
#[derive(Debug)]
pub struct Walk {
    /// Of its first request: what is older than this when it ends was not seen.
    pub began: Stamp,
    pub cursor: Option<Cursor>,
    pub pages: u32,
    seen: HashSet<u64>,
    cursors: HashSet<u64>,
    barren: u8,
    /// Whether every page could be read whole.
    pub whole: bool,
    /// Whether its last page was seen; what follows is not about pages.
    pub ended: bool,
}

/// What to do after a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    More,
    End,
    /// The cursor goes round in circles, or brings nothing new.
    Stuck,
}

/// So many pages in a row that bring nothing new are the end.
const BARREN: u8 = 3;

impl Walk {
    pub fn new(began: Stamp) -> Self {
        Self {
            began,
            cursor: None,
            pages: 0,
            seen: HashSet::new(),
            cursors: HashSet::new(),
            barren: 0,
            whole: true,
            ended: false,
        }
    }

    /// Takes a page into account, and says whether there is a next one.
    pub fn turn<'a>(
        &mut self,
        ids: impl Iterator<Item = &'a str>,
        next: Option<Cursor>,
        whole: bool,
    ) -> Turn {
        self.pages = self.pages.saturating_add(1);
        self.whole &= whole;
        let mut new = 0;
        for id in ids {
            new += usize::from(self.seen.insert(hash(id)));
        }
        self.barren = if new == 0 {
            self.barren.saturating_add(1)
        } else {
            0
        };
        let Some(next) = next else {
            self.cursor = None;
            return Turn::End;
        };
        if !self.cursors.insert(hash(next.as_str())) || self.barren >= BARREN {
            self.cursor = None;
            self.whole = false;
            return Turn::Stuck;
        }
        self.cursor = Some(next);
        Turn::More
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(mut page: impl FnMut(u32) -> (Vec<String>, Option<String>)) -> (u32, Turn) {
        let mut walk = Walk::new(Stamp(1));
        for count in 1..=60 {
            let (ids, next) = page(count);
            let turn = walk.turn(ids.iter().map(String::as_str), next.map(Cursor::new), true);
            if turn != Turn::More {
                return (count, turn);
            }
        }
        (60, Turn::More)
    }

    #[test]
    fn a_walk_ends_whatever_the_cursor_does() {
        let id = |n: u32| vec![n.to_string()];
        assert_eq!(
            asked(|n| (id(n), (n < 7).then(|| n.to_string()))),
            (7, Turn::End)
        );
        assert_eq!(asked(|n| (id(n), Some("same".into()))), (2, Turn::Stuck));
        assert_eq!(
            asked(|n| (id(n), Some((n % 2).to_string()))),
            (3, Turn::Stuck)
        );
        assert_eq!(
            asked(|n| (id(n % 2), Some(n.to_string()))),
            (5, Turn::Stuck)
        );
        assert_eq!(asked(|n| (vec![], Some(n.to_string()))), (3, Turn::Stuck));
    }
}
