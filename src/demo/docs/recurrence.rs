//! When an event that repeats takes place: the parts of RRULE that calendars use daily (FREQ, INTERVAL, COUNT, UNTIL,
//! BYDAY, BYMONTHDAY) and EXDATE. Works on wall-clock time; the caller knows the zone.

use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime, Weekday};

/// The most occurrences that one series is unfolded to.
const MOST: usize = 1000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Every {
    Day,
    Week,
    Month,
    Year,
}

/// A rule that was understood.
#[derive(Debug, Clone)]
pub(in crate::demo) struct Rule {
    every: Every,
    interval: i32,
    count: Option<usize>,
    until: Option<DateTime>,
    /// Weekdays, with which one of the month it is where that was said.
    by_day: Vec<(Option<i8>, Weekday)>,
    by_month_day: Vec<i8>,
    except: Vec<DateTime>,
}

impl Rule {
    /// Reads the lines of a series; `None` when there is no rule in them or it is not understood.
    pub(in crate::demo) fn read(lines: &[String]) -> Option<Self> {
        let text = lines.iter().find_map(|line| line.strip_prefix("RRULE:"))?;
        let part = |name: &str| {
            text.split(';')
                .filter_map(|part| part.split_once('='))
                .find(|(key, _)| *key == name)
                .map(|(_, value)| value)
        };
        let every = match part("FREQ")? {
            "DAILY" => Every::Day,
            "WEEKLY" => Every::Week,
            "MONTHLY" => Every::Month,
            "YEARLY" => Every::Year,
            _ => return None,
        };
        let interval = part("INTERVAL").map_or(Some(1), |word| {
            word.parse().ok().filter(|n| (1..=1000).contains(n))
        })?;
        let count = part("COUNT").map(str::parse).transpose().ok()?;
        let until = match part("UNTIL") {
            Some(word) => Some(moment(word)?),
            None => None,
        };
        let by_day: Option<Vec<_>> = part("BYDAY").map_or(Some(Vec::new()), |words| {
            words.split(',').map(weekday).collect()
        });
        let by_month_day: Result<Vec<i8>, _> = part("BYMONTHDAY").map_or(Ok(Vec::new()), |words| {
            words.split(',').map(str::parse).collect()
        });
        let except = lines
            .iter()
            .filter(|line| line.starts_with("EXDATE"))
            .filter_map(|line| line.rsplit_once(':'))
            .flat_map(|(_, words)| words.split(','))
            .filter_map(moment)
            .collect();
        Some(Self {
            every,
            interval,
            count,
            until,
            by_day: by_day?,
            by_month_day: by_month_day.ok()?,
            except,
        })
    }

    /// The beginnings of all occurrences up to a moment, the first one at or after `start`.
    pub(in crate::demo) fn occurrences(&self, start: DateTime, horizon: DateTime) -> Vec<DateTime> {
        let end = self.until.map_or(horizon, |until| until.min(horizon));
        let mut found = Vec::new();
        let mut taken = 0;
        for turn in 0..20_000 {
            let Some((days, first)) = self.turn(start.date(), turn) else {
                break;
            };
            for date in days {
                let at = date.to_datetime(start.time());
                if at < start {
                    continue;
                }
                if at > end || self.count.is_some_and(|count| taken >= count) || taken >= MOST {
                    return found;
                }
                taken += 1;
                if !self.except.contains(&at) {
                    found.push(at);
                }
            }
            if first > end.date() {
                break;
            }
        }
        found
    }

    /// The days of one turn of the rule, in order, and the day on which that turn begins.
    fn turn(&self, start: Date, turn: i32) -> Option<(Vec<Date>, Date)> {
        let steps = self.interval.checked_mul(turn)?;
        let (first, mut days) = match self.every {
            Every::Day => {
                let day = start.checked_add(steps.days()).ok()?;
                let kept =
                    self.by_day.is_empty() || self.by_day.iter().any(|(_, w)| *w == day.weekday());
                (day, if kept { vec![day] } else { Vec::new() })
            }
            Every::Week => {
                let back = i32::from(start.weekday().to_monday_zero_offset());
                let monday = start
                    .checked_sub(back.days())
                    .and_then(|day| day.checked_add(steps.weeks()))
                    .ok()?;
                let own = [(None, start.weekday())];
                let wanted = if self.by_day.is_empty() {
                    own.as_slice()
                } else {
                    &self.by_day
                };
                let days = wanted.iter().filter_map(|(_, weekday)| {
                    let ahead = i32::from(weekday.to_monday_zero_offset());
                    monday.checked_add(ahead.days()).ok()
                });
                (monday, days.collect())
            }
            Every::Month => {
                let first = start.first_of_month().checked_add(steps.months()).ok()?;
                (first, self.of_month(first, start.day()))
            }
            Every::Year => {
                let year = i16::try_from(i32::from(start.year()).checked_add(steps)?).ok()?;
                let first = Date::new(year, start.month(), 1).ok()?;
                (
                    first,
                    Date::new(year, start.month(), start.day())
                        .into_iter()
                        .collect(),
                )
            }
        };
        days.sort_unstable();
        days.dedup();
        Some((days, first))
    }

    fn of_month(&self, first: Date, own: i8) -> Vec<Date> {
        if !self.by_day.is_empty() {
            let days = self.by_day.iter().flat_map(|(nth, weekday)| match nth {
                Some(nth) => first
                    .nth_weekday_of_month(*nth, *weekday)
                    .into_iter()
                    .collect::<Vec<_>>(),
                None => (1..=5)
                    .filter_map(|nth| first.nth_weekday_of_month(nth, *weekday).ok())
                    .collect(),
            });
            return days.collect();
        }
        let own = [own];
        let wanted = if self.by_month_day.is_empty() {
            own.as_slice()
        } else {
            &self.by_month_day
        };
        let last = first.days_in_month();
        wanted
            .iter()
            .map(|day| if *day < 0 { last + 1 + day } else { *day })
            .filter_map(|day| Date::new(first.year(), first.month(), day).ok())
            .collect()
    }
}

/// `20260105`, `20260105T093000` or the same with `Z`.
fn moment(word: &str) -> Option<DateTime> {
    let word = word.trim_end_matches('Z');
    match word.split_once('T') {
        Some(_) => DateTime::strptime("%Y%m%dT%H%M%S", word).ok(),
        None => Date::strptime("%Y%m%d", word)
            .ok()
            .map(|date| date.at(23, 59, 59, 0)),
    }
}

/// `MO`, `2TU` or `-1FR`.
fn weekday(word: &str) -> Option<(Option<i8>, Weekday)> {
    let split = word.len().checked_sub(2)?;
    let (nth, name) = word.split_at_checked(split)?;
    let weekday = match name {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    };
    if nth.is_empty() {
        return Some((None, weekday));
    }
    let nth: i8 = nth.parse().ok()?;
    (nth != 0 && (-5..=5).contains(&nth)).then_some((Some(nth), weekday))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn starts(rule: &str, start: DateTime) -> Vec<String> {
        let rule =
            Rule::read(&[format!("RRULE:{rule}"), "EXDATE:20261228T093000".to_owned()]).unwrap();
        rule.occurrences(start, date(2027, 3, 1).at(0, 0, 0, 0))
            .iter()
            .map(|at| at.strftime("%y%m%d").to_string())
            .collect()
    }

    #[test]
    fn a_series_takes_place_when_its_rule_says() {
        // 2026-12-02 is a Wednesday.
        let start = date(2026, 12, 2).at(9, 30, 0, 0);
        assert_eq!(
            starts("FREQ=WEEKLY;BYDAY=MO,WE;COUNT=5", start),
            ["261202", "261207", "261209", "261214", "261216"]
        );
        assert_eq!(
            starts("FREQ=WEEKLY;INTERVAL=2;UNTIL=20261230T093000Z", start),
            ["261202", "261216", "261230"]
        );
        assert_eq!(
            starts("FREQ=MONTHLY;BYDAY=-1MO", start),
            ["270125", "270222"],
            "the one of December is excepted"
        );
        assert_eq!(
            starts("FREQ=MONTHLY;BYMONTHDAY=31", start),
            ["261231", "270131"]
        );
        assert_eq!(starts("FREQ=DAILY;INTERVAL=40;COUNT=9", start).len(), 3);
        assert_eq!(starts("FREQ=YEARLY", start), ["261202"]);
        assert!(Rule::read(&["RRULE:FREQ=SECONDLY".to_owned()]).is_none());
        assert!(Rule::read(&["RRULE:FREQ=WEEKLY;BYDAY=Ü".to_owned()]).is_none());
    }
}
