//! When a message is to go out, as a person says it: `mon 9:00`, `tomorrow 8:30`, `18:00`, `2h`, `2026-12-24 18:00`.

use jiff::civil::{Date, Time};
use jiff::{Span, Timestamp, ToSpan as _, Zoned};

use super::weekday::weekday;

/// The hour of a day that is named without one.
const MORNING: i8 = 9;

/// Reads a moment that is still to come. What names no date means the next time that comes.
pub fn moment(text: &str, now: &Zoned) -> Option<Timestamp> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(at);
    }
    let lower = text.trim().to_lowercase();
    if let Some(span) = span(
        lower
            .trim_start_matches(['+'])
            .trim_start_matches("in ")
            .trim(),
    ) {
        return Some(now.checked_add(span).ok()?.timestamp());
    }
    let words: Vec<&str> = lower.split_whitespace().collect();
    match words.as_slice() {
        [one] => match (time(one), date(one, now)) {
            (Some(time), _) => {
                let today = on(now, now.date(), time)?;
                if today > *now {
                    return Some(today.timestamp());
                }
                Some(on(now, now.date().tomorrow().ok()?, time)?.timestamp())
            }
            (None, Some(date)) => {
                future(&on(now, date, Time::constant(MORNING, 0, 0, 0))?, one, now)
            }
            (None, None) => None,
        },
        [day, clock] => future(&on(now, date(day, now)?, time(clock)?)?, day, now),
        _ => None,
    }
}

/// A weekday whose hour has passed today means the one in a week.
fn future(at: &Zoned, day: &str, now: &Zoned) -> Option<Timestamp> {
    if at <= now && weekday(day).is_some() {
        return Some(at.checked_add(7.days()).ok()?.timestamp());
    }
    Some(at.timestamp())
}

fn on(now: &Zoned, date: Date, time: Time) -> Option<Zoned> {
    date.to_datetime(time)
        .to_zoned(now.time_zone().clone())
        .ok()
}

fn span(text: &str) -> Option<Span> {
    let split = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at(split);
    let number: i64 = number.parse().ok().filter(|number| *number <= 10_000)?;
    match unit.trim() {
        "m" | "min" | "minute" | "minutes" => Some(number.minutes()),
        "h" | "hour" | "hours" => Some(number.hours()),
        "d" | "day" | "days" => Some(number.days()),
        "w" | "week" | "weeks" => Some(number.weeks()),
        _ => None,
    }
}

fn time(text: &str) -> Option<Time> {
    let (text, afternoon) = match (text.strip_suffix("am"), text.strip_suffix("pm")) {
        (Some(text), _) => (text, Some(false)),
        (_, Some(text)) => (text, Some(true)),
        _ => (text, None),
    };
    let (hour, minute) = match text.split_once([':', 'h']) {
        Some((hour, "")) => (hour, "0"),
        Some(parts) => parts,
        None if afternoon.is_some() => (text, "0"),
        None => return None,
    };
    let (hour, minute): (i8, i8) = (hour.parse().ok()?, minute.parse().ok()?);
    let hour = match afternoon {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(true) => hour % 12 + 12,
        Some(false) => hour % 12,
        None => hour,
    };
    Time::new(hour, minute, 0, 0).ok()
}

fn date(text: &str, now: &Zoned) -> Option<Date> {
    let today = now.date();
    match text {
        "today" => return Some(today),
        "tomorrow" => return today.tomorrow().ok(),
        _ => {}
    }
    if let Some(day) = weekday(text) {
        return if today.weekday() == day {
            Some(today)
        } else {
            today.nth_weekday(1, day).ok()
        };
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::moment;
    use jiff::Zoned;

    fn said(text: &str) -> Option<String> {
        // A Saturday.
        let now: Zoned = "2026-11-21T15:00:00+01:00[Europe/Paris]".parse().unwrap();
        moment(text, &now).map(|at| {
            at.to_zoned(now.time_zone().clone())
                .strftime("%a %d %H:%M")
                .to_string()
        })
    }

    #[test]
    fn moments_are_read_as_people_say_them() {
        for (text, meant) in [
            ("mon 9:00", "Mon 23 09:00"),
            ("tomorrow 8:30", "Sun 22 08:30"),
            ("18:00", "Sat 21 18:00"),
            ("9:00", "Sun 22 09:00"),
            ("sat 9:00", "Sat 28 09:00"),
            ("sat 16:00", "Sat 21 16:00"),
            ("friday", "Fri 27 09:00"),
            ("2h", "Sat 21 17:00"),
            ("in 90 minutes", "Sat 21 16:30"),
            ("6pm", "Sat 21 18:00"),
            ("2026-12-24 18:00", "Thu 24 18:00"),
            ("2026-11-21T20:00:00Z", "Sat 21 21:00"),
        ] {
            assert_eq!(said(text).as_deref(), Some(meant), "{text}");
        }
        for text in ["", "soon", "25:00", "mon tue", "13pm", "9", "2026-13-01"] {
            assert_eq!(said(text), None, "{text}");
        }
    }
}
