//! The zone of this machine's clock.

use jiff::tz::TimeZone;

/// The zone of this machine. Its file is read by itself, as the first look for a zone by name walks through all there are.
pub fn here() -> TimeZone {
    if std::env::var_os("TZ").is_some() {
        return TimeZone::system();
    }
    linked("/etc/localtime").unwrap_or_else(TimeZone::system)
}

/// The zone a link such as `/etc/localtime` leads to.
fn linked(path: &str) -> Option<TimeZone> {
    let place = std::fs::read_link(path).ok()?;
    let (_, name) = place.to_str()?.split_once("zoneinfo/")?;
    TimeZone::tzif(name, &std::fs::read(path).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zone_of_the_machine_is_the_one_the_system_names() {
        let here = here();
        assert_eq!(here.iana_name(), TimeZone::system().iana_name());
    }
}
