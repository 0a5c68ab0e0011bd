//! Placeholder until the drawing code joins.
use jiff::Timestamp;
#[derive(Debug, Clone)]
pub struct Media {
    pub bytes: Vec<u8>,
    pub mime: &'static str,
    pub width: Option<u32>,
    pub height: Option<u32>,
}
pub fn file(_name: &str, _seed: u64) -> Media {
    Media {
        bytes: vec![1, 2, 3],
        mime: "application/octet-stream",
        width: None,
        height: None,
    }
}
pub fn file_sized(name: &str, seed: u64, _seconds: u32) -> Media {
    file(name, seed)
}
pub fn portrait(name: &str, seed: u64) -> Media {
    file(name, seed)
}
pub fn group(name: &str, seed: u64) -> Media {
    file(name, seed)
}
pub fn logo(name: &str, seed: u64) -> Media {
    file(name, seed)
}
pub fn ics(
    _title: &str,
    _start: Timestamp,
    _end: Timestamp,
    _organizer: &str,
    _attendees: &[String],
) -> String {
    String::new()
}
