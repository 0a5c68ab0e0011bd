//! Pages and their cursors. A cursor is padded base64, opaque to the client, and holds the first request's filters,
//! when the walk began and the last item given, so that a walk sees each item once while new ones arrive.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::ask::Ask;
use super::problem::Problem;

/// What a cursor remembers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mark {
    /// Which list it belongs to.
    pub(super) list: String,
    /// The filters of the first request.
    pub(super) filters: Vec<(String, String)>,
    /// When the walk began, in milliseconds; what is newer is not part of it.
    pub(super) began: i64,
    /// Sort key of the last item given; or how many were given, in lists that do not move.
    pub(super) last: (i64, u64),
    pub(super) limit: u64,
}

impl Mark {
    /// Reads the cursor of a request, or starts a walk. `ask` gets the filters of the walk's first request.
    pub(super) fn open(ask: &Ask, list: &str) -> Result<(Ask, Option<Mark>), Problem> {
        let Some(token) = ask.query("cursor") else {
            return Ok((ask.clone(), None));
        };
        let mark = Self::read(token)
            .filter(|mark| mark.list == list)
            .ok_or_else(|| Problem::invalid("`cursor` is not a cursor of this list."))?;
        let mut first = ask.clone();
        first.query.clone_from(&mark.filters);
        if let Some(limit) = ask.query("limit") {
            first.query.push(("limit".into(), limit.into()));
        } else {
            first.query.push(("limit".into(), mark.limit.to_string()));
        }
        Ok((first, Some(mark)))
    }

    /// The cursor after an item.
    pub(super) fn next(
        ask: &Ask,
        list: &str,
        began: i64,
        last: (i64, u64),
        limit: usize,
    ) -> String {
        let filters = ask
            .query
            .iter()
            .filter(|(name, _)| name != "cursor" && name != "limit")
            .cloned()
            .collect();
        let mark = Mark {
            list: list.to_owned(),
            filters,
            began,
            last,
            limit: limit as u64,
        };
        STANDARD.encode(serde_json::to_vec(&mark).unwrap_or_default())
    }

    fn read(token: &str) -> Option<Self> {
        serde_json::from_slice(&STANDARD.decode(token).ok()?).ok()
    }
}

/// Cuts one page out of a list that does not move, and says where the next begins.
pub(super) fn cut<T: Clone>(
    ask: &Ask,
    list: &str,
    most: u64,
    default: usize,
    items: impl FnOnce(&Ask) -> Result<Vec<T>, Problem>,
) -> Result<Cut<T>, Problem> {
    let (first, mark) = Mark::open(ask, list)?;
    let limit = first.limit(most, default)?;
    let items = items(&first)?;
    let start = mark.map_or(0, |mark| usize::try_from(mark.last.1).unwrap_or(usize::MAX));
    let page: Vec<T> = items.iter().skip(start).take(limit).cloned().collect();
    let end = start.saturating_add(page.len());
    let cursor = (end < items.len()).then(|| Mark::next(&first, list, 0, (0, end as u64), limit));
    Ok(Cut {
        page,
        cursor,
        start,
        total: items.len(),
    })
}

/// A page of a list that does not move.
#[derive(Debug, Clone)]
pub(super) struct Cut<T> {
    pub(super) page: Vec<T>,
    pub(super) cursor: Option<String>,
    pub(super) start: usize,
    pub(super) total: usize,
}

impl<T> Cut<T> {
    /// Turns each item into its wire form.
    pub(super) fn map<U>(self, change: impl FnMut(T) -> U) -> Cut<U> {
        Cut {
            page: self.page.into_iter().map(change).collect(),
            cursor: self.cursor,
            start: self.start,
            total: self.total,
        }
    }
}

impl Cut<Value> {
    /// The usual answer of a list: `{object, items, cursor}`.
    pub(super) fn answer(self, object: &str) -> Value {
        json!({"object": object, "items": self.page, "cursor": self.cursor})
    }

    /// The same with the counters that some lists carry.
    pub(super) fn counted(self, object: &str) -> Value {
        let paging =
            json!({"start": self.start, "page_count": self.page.len(), "total_count": self.total});
        json!({"object": object, "items": self.page, "cursor": self.cursor, "paging": paging})
    }
}
