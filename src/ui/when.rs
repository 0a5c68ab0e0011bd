//! Times as people say them: `14:02` today, `Yesterday`, `Tue`, `3 Oct`, `3 Oct 2024`.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::app::Settings;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const LONG_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// The local day of a moment.
pub fn day(at: Timestamp, settings: &Settings) -> Date {
    at.to_zoned(settings.zone.clone()).date()
}

/// `14:02` or `2:02 pm`.
pub fn clock(at: Timestamp, settings: &Settings) -> String {
    let time = at.to_zoned(settings.zone.clone()).time();
    if settings.clock24 {
        return format!("{:02}:{:02}", time.hour(), time.minute());
    }
    let half = if time.hour() < 12 { "am" } else { "pm" };
    let hour = match time.hour() % 12 {
        0 => 12,
        hour => hour,
    };
    format!("{hour}:{:02} {half}", time.minute())
}

/// As short as it is clear, for lists.
pub fn short(at: Timestamp, now: Timestamp, settings: &Settings) -> String {
    let (then, today) = (day(at, settings), day(now, settings));
    match days_ago(then, today) {
        i32::MIN..=0 => clock(at, settings),
        1 => "Yesterday".to_owned(),
        2..=6 => weekday(then).get(..3).unwrap_or_default().to_owned(),
        _ if then.year() == today.year() => format!("{} {}", then.day(), month(then, &MONTHS)),
        _ => format!("{} {} {}", then.day(), month(then, &MONTHS), then.year()),
    }
}

/// A day as the line between two days says it.
pub fn heading(then: Date, now: Timestamp, settings: &Settings) -> String {
    let today = day(now, settings);
    match days_ago(then, today) {
        0 => "Today".to_owned(),
        1 => "Yesterday".to_owned(),
        _ if then.year() == today.year() => {
            format!(
                "{} {} {}",
                weekday(then),
                then.day(),
                month(then, &LONG_MONTHS)
            )
        }
        _ => format!(
            "{} {} {} {}",
            weekday(then),
            then.day(),
            month(then, &LONG_MONTHS),
            then.year()
        ),
    }
}

fn days_ago(then: Date, today: Date) -> i32 {
    today.since(then).map_or(i32::MAX, |span| span.get_days())
}

fn month(day: Date, names: &[&'static str; 12]) -> &'static str {
    let at = usize::try_from(day.month() - 1).unwrap_or(0);
    names.get(at).copied().unwrap_or_default()
}

fn weekday(day: Date) -> &'static str {
    let at = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0);
    DAYS.get(at).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_as_short_as_they_are_clear() {
        let settings = Settings::default();
        let now: Timestamp = "2026-11-21T15:00:00Z".parse().unwrap();
        for (at, said) in [
            ("2026-11-21T14:02:00Z", "14:02"),
            ("2026-11-20T23:59:00Z", "Yesterday"),
            ("2026-11-17T10:00:00Z", "Tue"),
            ("2026-10-03T10:00:00Z", "3 Oct"),
            ("2024-10-03T10:00:00Z", "3 Oct 2024"),
            ("2026-11-22T09:00:00Z", "09:00"),
        ] {
            assert_eq!(short(at.parse().unwrap(), now, &settings), said);
        }
        let half_day = Settings {
            clock24: false,
            ..settings
        };
        let noon: Timestamp = "2026-11-21T00:05:00Z".parse().unwrap();
        assert_eq!(clock(noon, &half_day), "12:05 am");
    }
}
