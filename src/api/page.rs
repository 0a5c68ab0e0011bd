//! One page of a list, and the walk over all pages of it.

use std::collections::HashSet;
use std::future::Future;

use futures_util::stream::{self, Stream};

use super::error::Error;
use super::fields::Flaw;

/// One page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Where the next page starts; absent on the last one.
    pub cursor: Option<Cursor>,
    /// How many there are in all, where the server tells.
    pub total: Option<u64>,
    /// What could not be read and was left out or left empty.
    pub flaws: Vec<Flaw>,
}

/// Opaque token of the next page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cursor(String);

impl Cursor {
    pub fn new(token: impl Into<String>) -> Self {
        Self(token.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Cursor {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// Where a page starts and how long it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paging {
    /// From the page before; absent for the first one.
    pub cursor: Option<Cursor>,
    /// The most items to give.
    pub limit: Option<u16>,
}

/// A list is never asked for more empty pages in a row than this.
const EMPTY_PAGES: u32 = 3;

/// Walks all pages of a list. `fetch` gets the cursor of the page to ask for, `None` first.
///
/// Ends at the last page, at a cursor that was seen before, at a page that repeats the one before it and after some
/// empty pages in a row, so that no server can hold the walk for ever. After an error the walk is over.
pub fn pages<T, F, A>(fetch: F) -> impl Stream<Item = Result<Page<T>, Error>>
where
    T: Clone + PartialEq,
    F: FnMut(Option<Cursor>) -> A,
    A: Future<Output = Result<Page<T>, Error>>,
{
    enum Next {
        First,
        At(Cursor),
        Nothing,
    }
    struct Walk<F, T> {
        fetch: F,
        next: Next,
        seen: HashSet<Cursor>,
        last: Vec<T>,
        empty: u32,
    }
    let walk = Walk {
        fetch,
        next: Next::First,
        seen: HashSet::new(),
        last: Vec::new(),
        empty: 0,
    };
    stream::unfold(walk, |mut walk| async move {
        let cursor = match std::mem::replace(&mut walk.next, Next::Nothing) {
            Next::First => None,
            Next::At(cursor) => Some(cursor),
            Next::Nothing => return None,
        };
        let answer = (walk.fetch)(cursor).await;
        if let Ok(page) = &answer {
            let stuck = if page.items.is_empty() {
                walk.empty += 1;
                walk.empty >= EMPTY_PAGES
            } else {
                walk.empty = 0;
                page.items == walk.last
            };
            walk.last.clone_from(&page.items);
            if let Some(cursor) = &page.cursor
                && walk.seen.insert(cursor.clone())
                && !stuck
            {
                walk.next = Next::At(cursor.clone());
            }
        }
        Some((answer, walk))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::StreamExt as _;

    fn page(items: &[u32], cursor: Option<&str>) -> Page<u32> {
        Page {
            items: items.to_vec(),
            cursor: cursor.map(Cursor::new),
            total: None,
            flaws: vec![],
        }
    }

    async fn asked(answer: impl Fn(u32) -> Page<u32>) -> u32 {
        let count = std::cell::Cell::new(0);
        pages(|_| {
            count.set(count.get() + 1);
            assert!(count.get() <= 50, "asked for ever");
            let page = answer(count.get());
            async move { Ok(page) }
        })
        .collect::<Vec<_>>()
        .await;
        count.get()
    }

    #[tokio::test]
    async fn a_walk_ends_whatever_the_cursor_does() {
        assert_eq!(asked(|_| page(&[1], None)).await, 1);
        assert_eq!(
            asked(|n| page(
                &[n],
                (n < 7)
                    .then_some("x")
                    .map(|_| ["a", "b", "c", "d", "e", "f", "g"][n as usize])
            ))
            .await,
            7
        );
        assert_eq!(asked(|n| page(&[n], Some("same"))).await, 2);
        assert_eq!(
            asked(|n| page(&[n], Some(if n % 2 == 0 { "a" } else { "b" }))).await,
            3
        );
        let fresh: Vec<String> = (0..100).map(|n| format!("new{n}")).collect();
        assert_eq!(asked(|n| page(&[1, 2], Some(&fresh[n as usize]))).await, 2);
        assert_eq!(asked(|n| page(&[], Some(&fresh[n as usize]))).await, 3);
    }
}
