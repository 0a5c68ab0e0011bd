//! When a meeting is.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Zoned};

use super::lines::Line;

/// A moment of a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// A whole day.
    Day(Date),
    At(Zoned),
    /// At this time wherever one is, or in a zone that nobody here knows.
    Local(DateTime),
}

/// What Windows calls the zones that most invitations come from.
const WINDOWS: [(&str, &str); 32] = [
    ("GMT Standard Time", "Europe/London"),
    ("Greenwich Standard Time", "Atlantic/Reykjavik"),
    ("W. Europe Standard Time", "Europe/Berlin"),
    ("Romance Standard Time", "Europe/Paris"),
    ("Central Europe Standard Time", "Europe/Budapest"),
    ("Central European Standard Time", "Europe/Warsaw"),
    ("E. Europe Standard Time", "Europe/Chisinau"),
    ("FLE Standard Time", "Europe/Kyiv"),
    ("GTB Standard Time", "Europe/Bucharest"),
    ("Russian Standard Time", "Europe/Moscow"),
    ("Turkey Standard Time", "Europe/Istanbul"),
    ("Israel Standard Time", "Asia/Jerusalem"),
    ("Egypt Standard Time", "Africa/Cairo"),
    ("South Africa Standard Time", "Africa/Johannesburg"),
    ("Morocco Standard Time", "Africa/Casablanca"),
    ("Arabian Standard Time", "Asia/Dubai"),
    ("Arab Standard Time", "Asia/Riyadh"),
    ("India Standard Time", "Asia/Kolkata"),
    ("China Standard Time", "Asia/Shanghai"),
    ("Singapore Standard Time", "Asia/Singapore"),
    ("Tokyo Standard Time", "Asia/Tokyo"),
    ("Korea Standard Time", "Asia/Seoul"),
    ("AUS Eastern Standard Time", "Australia/Sydney"),
    ("New Zealand Standard Time", "Pacific/Auckland"),
    ("Eastern Standard Time", "America/New_York"),
    ("Central Standard Time", "America/Chicago"),
    ("Mountain Standard Time", "America/Denver"),
    ("Pacific Standard Time", "America/Los_Angeles"),
    ("Atlantic Standard Time", "America/Halifax"),
    ("E. South America Standard Time", "America/Sao_Paulo"),
    ("SA Pacific Standard Time", "America/Bogota"),
    ("Argentina Standard Time", "America/Buenos_Aires"),
];

impl When {
    pub(super) fn read(line: &Line) -> Option<Self> {
        let value = line.value.trim();
        let date = date(value.get(..8)?)?;
        let Some(clock) = value.get(8..).and_then(|it| it.strip_prefix(['T', 't'])) else {
            return Some(Self::Day(date));
        };
        let local = date.to_datetime(time(clock.get(..6)?)?);
        let zone = match clock.get(6..) {
            Some("Z" | "z") => Some(TimeZone::UTC),
            _ => line.parameter("TZID").and_then(zone),
        };
        let known = zone.and_then(|it| local.to_zoned(it).ok());
        Some(known.map_or(Self::Local(local), Self::At))
    }

    /// So much later.
    pub(super) fn after(&self, lasts: SignedDuration) -> Option<Self> {
        Some(match self {
            Self::Day(day) => Self::Day(day.checked_add(lasts).ok()?),
            Self::At(at) => Self::At(at.checked_add(lasts).ok()?),
            Self::Local(at) => Self::Local(at.checked_add(lasts).ok()?),
        })
    }
}

fn zone(name: &str) -> Option<TimeZone> {
    // Some programs put their own name before it.
    let name = name.trim_matches(['"', ' ']);
    let known = WINDOWS
        .iter()
        .find(|(windows, _)| *windows == name)
        .map_or(name, |(_, it)| it);
    let tail = || known.rsplitn(3, '/').take(2).collect::<Vec<_>>();
    TimeZone::get(known)
        .ok()
        .or_else(|| match tail().as_slice() {
            [city, area] => TimeZone::get(&format!("{area}/{city}")).ok(),
            _ => None,
        })
}

fn number<T: std::str::FromStr>(digits: &str) -> Option<T> {
    digits
        .bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| digits.parse().ok())
        .flatten()
}

fn date(digits: &str) -> Option<Date> {
    let (year, rest) = digits.split_at_checked(4)?;
    let (month, day) = rest.split_at_checked(2)?;
    Date::new(number(year)?, number(month)?, number(day)?).ok()
}

fn time(digits: &str) -> Option<Time> {
    let (hour, rest) = digits.split_at_checked(2)?;
    let (minute, second) = rest.split_at_checked(2)?;
    // A leap second is one as well.
    let second: i8 = number(second)?;
    Time::new(number(hour)?, number(minute)?, second.min(59), 0).ok()
}

/// How long something lasts: `PT1H30M`, `P1D`.
pub(super) fn duration(value: &str) -> Option<SignedDuration> {
    let rest = value.trim().trim_start_matches('+').strip_prefix('P')?;
    let (mut seconds, mut digits) = (0_i64, String::new());
    for c in rest.chars() {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        let unit = match c {
            'W' => 604_800,
            'D' => 86_400,
            'H' => 3_600,
            'M' => 60,
            'S' => 1,
            'T' => continue,
            _ => return None,
        };
        let count: i64 = std::mem::take(&mut digits).parse().ok()?;
        seconds = seconds.checked_add(count.checked_mul(unit)?)?;
    }
    Some(SignedDuration::from_secs(seconds))
}

/// A day without dashes, as rules of repetition name it.
pub(super) fn day(value: &str) -> Option<Date> {
    date(value.trim().get(..8)?)
}
