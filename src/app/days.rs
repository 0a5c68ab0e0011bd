//! Days as people name them: `today`, `monday`, `3 oct`, `3/10/2024`, `october 2024`, `2 weeks ago`. Of days that could
//! be meant the last one that has been is taken: what is looked for has been said already.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan as _};

use crate::model::weekday::weekday;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The day that is meant; absent when none is.
pub fn read(words: &str, now: Timestamp, zone: &TimeZone) -> Option<Date> {
    let today = now.to_zoned(zone.clone()).date();
    let words = words.trim().to_lowercase();
    if let Ok(date) = words.parse::<Date>() {
        return Some(date);
    }
    let parts: Vec<&str> = words
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '.' | '-'))
        .filter(|it| !it.is_empty() && *it != "ago")
        .collect();
    match parts.as_slice() {
        ["today" | "now"] => Some(today),
        ["yesterday"] => today.yesterday().ok(),
        ["last", unit] | [unit, "last"] => {
            named(unit, today).or_else(|| today.checked_sub(span(1, unit)?).ok())
        }
        ["a" | "an" | "one", unit] => today.checked_sub(span(1, unit)?).ok(),
        [one] => named(one, today)
            .or_else(|| month(one).and_then(|it| past(1, it, today)))
            .or_else(|| year(one).and_then(|it| Date::new(it, 1, 1).ok()))
            .or_else(|| short(one, today)),
        [first, second] => two(first, second, today),
        [first, second, third] => three(first, second, third),
        _ => None,
    }
}

/// The moment a day begins.
pub fn start(day: Date, zone: &TimeZone) -> Option<Timestamp> {
    Some(day.to_zoned(zone.clone()).ok()?.timestamp())
}

fn named(word: &str, today: Date) -> Option<Date> {
    today.nth_weekday(-1, weekday(word)?).ok()
}

fn month(word: &str) -> Option<i8> {
    let at = MONTHS.iter().position(|name| is_short_for(word, name))?;
    i8::try_from(at + 1).ok()
}

fn is_short_for(word: &str, name: &str) -> bool {
    word.len() >= 3 && name.starts_with(word)
}

fn year(word: &str) -> Option<i16> {
    let year = word.parse().ok()?;
    (1970..=9999).contains(&year).then_some(year)
}

fn day(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    digits.parse().ok().filter(|it| (1..=31).contains(it))
}

/// `3d`, `2w`, `1y`: so long ago.
fn short(word: &str, today: Date) -> Option<Date> {
    let at = word.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = word.split_at_checked(at)?;
    today.checked_sub(span(number.parse().ok()?, unit)?).ok()
}

fn span(number: i64, unit: &str) -> Option<Span> {
    let number = (0..=9999).contains(&number).then_some(number)?;
    match unit.trim_end_matches('s') {
        "d" | "day" => Some(number.days()),
        "w" | "week" => Some(number.weeks()),
        "m" | "month" => Some(number.months()),
        "y" | "year" => Some(number.years()),
        _ => None,
    }
}

/// That day of this year, or of the last one when it is still to come.
fn past(day: i8, month: i8, today: Date) -> Option<Date> {
    let years = (0..8).map(|back| today.year() - back);
    years
        .filter_map(|year| Date::new(year, month, day).ok())
        .find(|date| *date <= today)
}

fn two(first: &str, second: &str, today: Date) -> Option<Date> {
    if let (Some(month), Some(year)) = (month(first), year(second)) {
        return Date::new(year, month, 1).ok();
    }
    if let (Some(day), Some(month)) = (day(first), month(second)) {
        return past(day, month, today);
    }
    if let (Some(month), Some(day)) = (month(first), day(second)) {
        return past(day, month, today);
    }
    if let Ok(number) = first.parse()
        && let Some(span) = span(number, second)
    {
        return today.checked_sub(span).ok();
    }
    let month = second.parse().ok().filter(|it| (1..=12).contains(it))?;
    past(day(first)?, month, today)
}

fn three(first: &str, second: &str, third: &str) -> Option<Date> {
    let year = year(third)?;
    let (day, month) = match (month(first), month(second)) {
        (Some(month), _) => (day(second)?, month),
        (_, Some(month)) => (day(first)?, month),
        _ => (day(first)?, second.parse().ok()?),
    };
    Date::new(year, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_understood_as_people_name_them() {
        // A Saturday.
        let now: Timestamp = "2026-11-21T23:30:00Z".parse().unwrap();
        for (words, meant) in [
            ("today", "2026-11-21"),
            (" Yesterday ", "2026-11-20"),
            ("monday", "2026-11-16"),
            ("sat", "2026-11-14"),
            ("last friday", "2026-11-20"),
            ("3 oct", "2026-10-03"),
            ("Oct 3rd", "2026-10-03"),
            ("24 december", "2025-12-24"),
            ("29 feb", "2024-02-29"),
            ("3 oct 2024", "2024-10-03"),
            ("October 3, 2024", "2024-10-03"),
            ("3/10/2024", "2024-10-03"),
            ("3.10.", "2026-10-03"),
            ("oct 2024", "2024-10-01"),
            ("march", "2026-03-01"),
            ("2023", "2023-01-01"),
            ("2024-10-03", "2024-10-03"),
            ("3d", "2026-11-18"),
            ("2 weeks ago", "2026-11-07"),
            ("a month ago", "2026-10-21"),
            ("last year", "2025-11-21"),
        ] {
            let meant: Date = meant.parse().unwrap();
            assert_eq!(read(words, now, &TimeZone::UTC), Some(meant), "{words}");
        }
        for words in [
            "",
            "soon",
            "99 oct",
            "31 feb",
            "1 2 3 4",
            "é",
            "9999999999999999999d",
            "3",
        ] {
            assert_eq!(read(words, now, &TimeZone::UTC), None, "{words}");
        }
    }
}
