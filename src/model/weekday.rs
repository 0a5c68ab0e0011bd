//! Days of the week as people write them.

use jiff::civil::Weekday;

const DAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// The day that a word in small letters means: its name, or the first three letters or more of it.
pub fn weekday(word: &str) -> Option<Weekday> {
    let named = |name: &str| word.len() >= 3 && name.starts_with(word);
    let day = DAYS.into_iter().find(|(name, _)| named(name));
    day.map(|(_, day)| day)
}
