//! Stretches of time that have been fetched without a hole. What lies between two of them is a gap.

use rusqlite::Connection;

use crate::store::error::Result;
use crate::store::tx::Tx;

/// A stretch of time in milliseconds, both ends included. A stretch that begins with the first entry there ever was
/// begins at `START`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Range {
    pub lo: i64,
    pub hi: i64,
}

/// Before everything.
pub const START: i64 = i64::MIN;

/// The scope of what was said in a chat.
pub fn of_chat(uid: &str) -> String {
    format!("chat:{uid}")
}

/// Adds a stretch, and joins it with those it touches.
pub fn add(tx: &Tx<'_>, scope: &str, range: Range) -> Result<()> {
    if range.lo > range.hi {
        return Ok(());
    }
    let touched: Vec<Range> = tx
        .prepare_cached("SELECT lo, hi FROM ranges WHERE scope = ?1 AND lo <= ?3 AND hi >= ?2")?
        .query_map((scope, range.lo, range.hi), |row| {
            Ok(Range {
                lo: row.get(0)?,
                hi: row.get(1)?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    if touched
        .iter()
        .any(|it| it.lo <= range.lo && it.hi >= range.hi)
    {
        return Ok(());
    }
    let joined = touched.iter().fold(range, |all, it| Range {
        lo: all.lo.min(it.lo),
        hi: all.hi.max(it.hi),
    });
    for it in touched {
        tx.prepare_cached("DELETE FROM ranges WHERE scope = ?1 AND lo = ?2")?
            .execute((scope, it.lo))?;
    }
    tx.prepare_cached("INSERT INTO ranges VALUES (?1, ?2, ?3)")?
        .execute((scope, joined.lo, joined.hi))?;
    Ok(())
}

/// All stretches of a scope, the latest first.
pub fn all(db: &Connection, scope: &str) -> Result<Vec<Range>> {
    Ok(db
        .prepare_cached("SELECT lo, hi FROM ranges WHERE scope = ?1 ORDER BY lo DESC")?
        .query_map([scope], |row| {
            Ok(Range {
                lo: row.get(0)?,
                hi: row.get(1)?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?)
}

/// The latest stretch of a scope.
pub fn latest(db: &Connection, scope: &str) -> Result<Option<Range>> {
    Ok(all(db, scope)?.into_iter().next())
}

/// What of a stretch no scope covers, the latest first.
pub fn gaps(db: &Connection, scopes: &[&str], within: Range) -> Result<Vec<Range>> {
    let mut covered = Vec::new();
    for scope in scopes {
        covered.extend(all(db, scope)?);
    }
    Ok(uncovered(covered, within))
}

fn uncovered(mut covered: Vec<Range>, within: Range) -> Vec<Range> {
    covered.sort_unstable_by_key(|it| std::cmp::Reverse(it.hi));
    let mut gaps = Vec::new();
    // All above this is covered or outside.
    let mut top = within.hi;
    for it in covered {
        if top < within.lo {
            break;
        }
        if it.hi < top {
            gaps.push(Range {
                lo: it.hi.saturating_add(1).max(within.lo),
                hi: top,
            });
        }
        if it.hi >= within.lo {
            top = top.min(it.lo.saturating_sub(1));
        } else {
            top = within.lo.saturating_sub(1);
        }
    }
    if top >= within.lo && top != i64::MIN {
        gaps.push(Range {
            lo: within.lo,
            hi: top,
        });
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn range(lo: i64, hi: i64) -> Range {
        Range { lo, hi }
    }

    #[test]
    fn what_lies_between_two_stretches_is_a_gap() {
        let covered = vec![range(10, 20), range(40, 50)];
        assert_eq!(
            uncovered(covered.clone(), range(0, 60)),
            [range(51, 60), range(21, 39), range(0, 9)]
        );
        assert_eq!(uncovered(covered.clone(), range(12, 45)), [range(21, 39)]);
        assert_eq!(uncovered(vec![range(START, 99)], range(0, 60)), []);
        assert_eq!(uncovered(vec![], range(0, 60)), [range(0, 60)]);
        assert_eq!(uncovered(covered, range(22, 30)), [range(22, 30)]);
    }

    proptest! {
        #[test]
        fn every_moment_is_either_covered_or_in_a_gap(
            covered in prop::collection::vec((0_i64..60, 0_i64..15), 0..6),
            lo in 0_i64..40, length in 0_i64..40,
        ) {
            let covered: Vec<_> = covered.into_iter().map(|(lo, length)| range(lo, lo + length)).collect();
            let gaps = uncovered(covered.clone(), range(lo, lo + length));
            for at in lo..=lo + length {
                let is_covered = covered.iter().any(|it| it.lo <= at && at <= it.hi);
                let in_gaps = gaps.iter().filter(|it| it.lo <= at && at <= it.hi).count();
                prop_assert_eq!(in_gaps, usize::from(!is_covered), "at {}", at);
            }
        }
    }
}
