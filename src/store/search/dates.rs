//! Days as people write them into a query, as stretches of time where the reader is.

use jiff::civil::Date;
use jiff::{Span as Length, Timestamp, ToSpan as _, Zoned};

use super::query::Span;
use crate::model::weekday::weekday as named_day;

/// The day, month or year that a word names: `2026-03-02`, `2026-03`, `2026`, `today`, `yesterday`, `monday` (the last
/// one, today included), `7d`, `3w`, `2m`, `1y` (that day so long ago).
pub(super) fn days(word: &str, now: &Zoned) -> Option<Span> {
    let word = word.to_lowercase();
    let (first, length) = stretch(&word, now.date())?;
    let start = |day: Date| -> Option<Timestamp> {
        let zoned = day.to_zoned(now.time_zone().clone()).ok()?;
        Some(zoned.timestamp())
    };
    Some(Span {
        since: Some(start(first)?),
        until: Some(start(first.checked_add(length).ok()?)?),
    })
}

/// The first day and the length.
fn stretch(word: &str, today: Date) -> Option<(Date, Length)> {
    let day = match word {
        "today" => Some(today),
        "yesterday" => today.yesterday().ok(),
        _ => weekday(word, today).or_else(|| ago(word, today)),
    };
    if let Some(day) = day {
        return Some((day, 1.day()));
    }
    let mut parts = word.split(['-', '/']);
    let year = parts.next().filter(|year| year.len() == 4)?;
    let (month, day, rest) = (parts.next(), parts.next(), parts.next());
    if rest.is_some() {
        return None;
    }
    let number = |part: Option<&str>| part.map_or(Some(1), |part| digits(part)?.parse().ok());
    let first = Date::new(digits(year)?.parse().ok()?, number(month)?, number(day)?).ok()?;
    let length = match (month, day) {
        (_, Some(_)) => 1.day(),
        (Some(_), None) => 1.month(),
        (None, None) => 1.year(),
    };
    Some((first, length))
}

fn digits(part: &str) -> Option<&str> {
    Some(part).filter(|part| part.bytes().all(|b| b.is_ascii_digit()))
}

fn weekday(word: &str, today: Date) -> Option<Date> {
    let day = named_day(word)?;
    let since = i64::from(today.weekday().since(day));
    today.checked_sub(since.days()).ok()
}

fn ago(word: &str, today: Date) -> Option<Date> {
    let unit = word.chars().next_back()?;
    let number: i64 = digits(word.strip_suffix(unit)?)?.parse().ok()?;
    let length = match unit {
        'd' => Length::new().try_days(number),
        'w' => Length::new().try_weeks(number),
        'm' => Length::new().try_months(number),
        'y' => Length::new().try_years(number),
        _ => return None,
    };
    today.checked_sub(length.ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days_at(word: &str, now: &str) -> Option<(String, String)> {
        let now: Zoned = now.parse().unwrap();
        let span = days(word, &now)?;
        let show = |moment: Option<Timestamp>| {
            let zoned = moment.unwrap().to_zoned(now.time_zone().clone());
            zoned.strftime("%F %H:%M").to_string()
        };
        Some((show(span.since), show(span.until)))
    }

    #[test]
    fn a_day_is_named_in_many_ways() {
        // A Saturday.
        let now = "2026-11-21T15:30[Europe/Paris]";
        for (word, first, next) in [
            ("2026-03-02", "2026-03-02", "2026-03-03"),
            ("2026/3/2", "2026-03-02", "2026-03-03"),
            ("2026-12", "2026-12-01", "2027-01-01"),
            ("2024", "2024-01-01", "2025-01-01"),
            ("Today", "2026-11-21", "2026-11-22"),
            ("yesterday", "2026-11-20", "2026-11-21"),
            ("saturday", "2026-11-21", "2026-11-22"),
            ("sun", "2026-11-15", "2026-11-16"),
            ("MONDAY", "2026-11-16", "2026-11-17"),
            ("7d", "2026-11-14", "2026-11-15"),
            ("3w", "2026-10-31", "2026-11-01"),
            ("9m", "2026-02-21", "2026-02-22"),
            ("1y", "2025-11-21", "2025-11-22"),
        ] {
            let expected = (format!("{first} 00:00"), format!("{next} 00:00"));
            assert_eq!(days_at(word, now), Some(expected), "{word}");
        }
    }

    #[test]
    fn what_names_no_day_is_none() {
        for word in [
            "",
            "-",
            "d",
            "2026-",
            "2026-13",
            "2026-02-30",
            "2026-1-1-1",
            "26-01-01",
            "+026-01-01",
            "99999999999d",
            "9999999d",
            "20000y",
            "someday",
            "mo",
            "7é",
            "9999",
            "９d",
        ] {
            assert_eq!(
                days_at(word, "2026-11-21T15:30[Europe/Paris]"),
                None,
                "{word}"
            );
        }
    }

    #[test]
    fn a_day_begins_where_the_clock_says_even_if_midnight_is_missing() {
        // Beirut skipped from 0:00 to 1:00 on this day.
        let now = "2026-11-21T12:00[Asia/Beirut]";
        let (first, next) = days_at("2022-03-27", now).unwrap();
        assert_eq!(
            (first.as_str(), next.as_str()),
            ("2022-03-27 01:00", "2022-03-28 00:00")
        );
        let far = days_at("today", "2026-11-21T15:30[Pacific/Kiritimati]").unwrap();
        assert_eq!(far.0, "2026-11-21 00:00");
    }
}
