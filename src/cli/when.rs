//! Times as people read and write them, in the zone of this machine.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _, Unit, Zoned};

/// A place in time to tell other times from.
#[derive(Debug, Clone)]
pub(super) struct When {
    now: Zoned,
}

impl When {
    /// Here and now.
    pub(super) fn here() -> Self {
        Self::at(Timestamp::now(), TimeZone::system())
    }

    fn at(now: Timestamp, zone: TimeZone) -> Self {
        Self {
            now: now.to_zoned(zone),
        }
    }

    fn local(&self, at: Timestamp) -> Zoned {
        at.to_zoned(self.now.time_zone().clone())
    }

    /// The day of a moment.
    pub(super) fn date(&self, at: Timestamp) -> Date {
        self.local(at).date()
    }

    /// As short as a list needs it: `14:02`, `Yesterday`, `Tue`, `3 Oct`, `3 Oct 2024`.
    pub(super) fn short(&self, at: Timestamp) -> String {
        let local = self.local(at);
        let pattern = match self.days_ago(local.date()) {
            0 => "%H:%M",
            1 => return "Yesterday".to_owned(),
            2..=6 => "%a",
            _ if local.year() == self.now.year() => "%-d %b",
            _ => "%-d %b %Y",
        };
        local.strftime(pattern).to_string()
    }

    /// The time of day: `14:02`.
    pub(super) fn clock(&self, at: Timestamp) -> String {
        self.local(at).strftime("%H:%M").to_string()
    }

    /// A day, as a heading.
    pub(super) fn day(&self, date: Date) -> String {
        let pattern = match self.days_ago(date) {
            0 => return "Today".to_owned(),
            1 => return "Yesterday".to_owned(),
            _ if date.year() == self.now.year() => "%A, %-d %B",
            _ => "%A, %-d %B %Y",
        };
        date.strftime(pattern).to_string()
    }

    /// Day and time in full: `Tue 3 Oct 2024, 14:02`.
    pub(super) fn full(&self, at: Timestamp) -> String {
        self.local(at).strftime("%a %-d %b %Y, %H:%M").to_string()
    }

    fn days_ago(&self, date: Date) -> i32 {
        date.until((Unit::Day, self.now.date()))
            .map_or(i32::MAX, |span| span.get_days())
    }

    /// Reads `2026-10-03T14:02:00Z`, `2026-10-03`, `2026-10-03 14:02`, `14:02`, `today`, `yesterday`, or how long ago,
    /// as `3d`, `2h`, `1w`; `None` when it is none of these.
    pub(super) fn read(&self, text: &str) -> Option<Timestamp> {
        let text = text.trim();
        if let Ok(at) = text.parse::<Timestamp>() {
            return Some(at);
        }
        let today = self.now.date();
        let civil = match text.to_lowercase().as_str() {
            "now" => return Some(self.now.timestamp()),
            "today" => Some(today.at(0, 0, 0, 0)),
            "yesterday" => today.yesterday().ok().map(|day| day.at(0, 0, 0, 0)),
            _ => DateTime::strptime("%Y-%m-%d %H:%M", text)
                .ok()
                .or_else(|| text.parse::<DateTime>().ok())
                .or_else(|| {
                    let time = jiff::civil::Time::strptime("%H:%M", text).ok()?;
                    Some(today.to_datetime(time))
                }),
        };
        if let Some(civil) = civil {
            let zoned = civil.to_zoned(self.now.time_zone().clone()).ok()?;
            return Some(zoned.timestamp());
        }
        let number: i64 = text.get(..text.len().checked_sub(1)?)?.parse().ok()?;
        let number = (0..=36_500).contains(&number).then_some(number)?;
        let span = match text.chars().next_back()? {
            'h' => number.hours(),
            'd' => number.days(),
            'w' => number.weeks(),
            _ => return None,
        };
        Some(self.now.checked_sub(span).ok()?.timestamp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paris() -> When {
        let zone = TimeZone::fixed(jiff::tz::offset(1));
        When::at("2026-11-20T15:00:00Z".parse().unwrap(), zone)
    }

    #[test]
    fn the_nearer_a_time_the_shorter_its_name() {
        let when = paris();
        let cases = [
            ("2026-11-20T13:02:00Z", "14:02", "Today"),
            ("2026-11-19T23:30:00Z", "00:30", "Today"),
            ("2026-11-19T12:00:00Z", "Yesterday", "Yesterday"),
            ("2026-11-17T12:00:00Z", "Tue", "Tuesday, 17 November"),
            ("2026-10-03T12:00:00Z", "3 Oct", "Saturday, 3 October"),
            (
                "2024-10-03T12:00:00Z",
                "3 Oct 2024",
                "Thursday, 3 October 2024",
            ),
            ("2026-11-22T12:00:00Z", "22 Nov", "Sunday, 22 November"),
        ];
        for (at, short, day) in cases {
            let at: Timestamp = at.parse().unwrap();
            assert_eq!(when.short(at), short);
            assert_eq!(when.day(when.date(at)), day);
        }
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        let when = paris();
        let cases = [
            ("2026-10-03T14:02:00Z", "2026-10-03T14:02:00Z"),
            ("2026-10-03", "2026-10-02T23:00:00Z"),
            ("2026-10-03 14:02", "2026-10-03T13:02:00Z"),
            ("14:02", "2026-11-20T13:02:00Z"),
            ("yesterday", "2026-11-18T23:00:00Z"),
            ("3d", "2026-11-17T15:00:00Z"),
        ];
        for (text, at) in cases {
            assert_eq!(when.read(text), Some(at.parse().unwrap()), "{text}");
        }
        for wrong in ["", "d", "soon", "9999999999999d", "-3d", "é"] {
            assert_eq!(when.read(wrong), None, "{wrong}");
        }
    }
}
