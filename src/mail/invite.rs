//! Invitations to meetings, as mails bring them (iCalendar, RFC 5545): what a person wants to know of one.

mod lines;
mod repeats;
mod when;

use lines::{Line, unfolded};
pub use when::When;

use crate::model::text::{beginning, clean};

/// No honest invitation is longer.
const LONGEST: usize = 1 << 20;
/// So much of a text is kept.
const TEXT: usize = 4_000;
/// So many people.
const PEOPLE: usize = 500;

/// What a meeting's message is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Somebody asks to come.
    Request,
    /// Somebody answers.
    Reply,
    /// It will not take place.
    Cancel,
    /// It is only told.
    Publish,
}

/// An invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invite {
    pub method: Method,
    /// It will not take place.
    pub cancelled: bool,
    pub uid: String,
    pub summary: String,
    pub start: Option<When>,
    /// For whole days the day after the last.
    pub end: Option<When>,
    pub location: Option<String>,
    pub description: Option<String>,
    pub organizer: Option<Guest>,
    pub attendees: Vec<Guest>,
    /// How it repeats, in words.
    pub repeats: Option<String>,
}

/// Somebody who is asked to come, or asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guest {
    pub name: Option<String>,
    pub address: String,
    pub answer: Answer,
    pub optional: bool,
}

/// What somebody has answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Answer {
    #[default]
    None,
    Accepted,
    Tentative,
    Declined,
    Delegated,
}

/// Reads the first meeting of a calendar file.
pub fn read(ics: &[u8]) -> Option<Invite> {
    let ics = ics.get(..LONGEST).unwrap_or(ics);
    let mut invite = Invite::empty();
    // Which components are open: a reminder in a meeting has properties of the same names.
    let mut inside: Vec<String> = Vec::new();
    let (mut seen, mut lasts) = (false, None);
    for line in unfolded(ics) {
        let Some(line) = Line::read(&line) else {
            continue;
        };
        match line.name.as_str() {
            "BEGIN" if inside.len() < 20 => inside.push(line.value.trim().to_ascii_uppercase()),
            "END" => {
                let ended = inside.pop();
                if ended.as_deref() == Some("VEVENT") {
                    break;
                }
            }
            "METHOD" if inside.len() <= 1 => invite.method = Method::of(&line.value),
            _ if inside.last().is_some_and(|it| it == "VEVENT") => {
                seen = true;
                match line.name.as_str() {
                    "DURATION" => lasts = when::duration(&line.value),
                    _ => invite.take(&line),
                }
            }
            _ => {}
        }
    }
    if let (None, Some(start), Some(lasts)) = (&invite.end, &invite.start, lasts) {
        invite.end = start.after(lasts);
    }
    invite.cancelled |= invite.method == Method::Cancel;
    (seen && (invite.start.is_some() || !invite.summary.is_empty())).then_some(invite)
}

impl Invite {
    fn empty() -> Self {
        Self {
            method: Method::Publish,
            cancelled: false,
            uid: String::new(),
            summary: String::new(),
            start: None,
            end: None,
            location: None,
            description: None,
            organizer: None,
            attendees: Vec::new(),
            repeats: None,
        }
    }

    /// Takes in a property of the meeting; of two the first counts.
    fn take(&mut self, line: &Line) {
        let filled = |text: String| (!text.is_empty()).then_some(text);
        match line.name.as_str() {
            "UID" if self.uid.is_empty() => self.uid = line_of(&line.value),
            "SUMMARY" if self.summary.is_empty() => self.summary = line_of(&line.value),
            "LOCATION" if self.location.is_none() => self.location = filled(line_of(&line.value)),
            "DESCRIPTION" if self.description.is_none() => {
                self.description = filled(text(&line.value));
            }
            "STATUS" => self.cancelled |= line.value.trim().eq_ignore_ascii_case("CANCELLED"),
            "DTSTART" if self.start.is_none() => self.start = When::read(line),
            "DTEND" if self.end.is_none() => self.end = When::read(line),
            "RRULE" if self.repeats.is_none() => self.repeats = repeats::words(&line.value),
            "ORGANIZER" if self.organizer.is_none() => self.organizer = Guest::read(line),
            "ATTENDEE" if self.attendees.len() < PEOPLE => self.attendees.extend(Guest::read(line)),
            _ => {}
        }
    }
}

impl Method {
    fn of(value: &str) -> Self {
        match value.trim().to_ascii_uppercase().as_str() {
            "REQUEST" | "ADD" | "COUNTER" => Self::Request,
            "REPLY" => Self::Reply,
            "CANCEL" => Self::Cancel,
            _ => Self::Publish,
        }
    }
}

impl Guest {
    fn read(line: &Line) -> Option<Self> {
        let value = line_of(&line.value);
        let scheme = value
            .get(..7)
            .is_some_and(|it| it.eq_ignore_ascii_case("mailto:"));
        let address = if scheme {
            value.get(7..)?
        } else {
            value.as_str()
        };
        let name = line.parameter("CN").map(line_of);
        let name = name.filter(|it| !it.is_empty() && it != address);
        if address.is_empty() && name.is_none() {
            return None;
        }
        Some(Self {
            name,
            address: address.to_owned(),
            answer: match line
                .parameter("PARTSTAT")
                .unwrap_or_default()
                .to_ascii_uppercase()
                .as_str()
            {
                "ACCEPTED" => Answer::Accepted,
                "TENTATIVE" => Answer::Tentative,
                "DECLINED" => Answer::Declined,
                "DELEGATED" => Answer::Delegated,
                _ => Answer::None,
            },
            optional: line
                .parameter("ROLE")
                .is_some_and(|it| it.eq_ignore_ascii_case("OPT-PARTICIPANT")),
        })
    }
}

/// A value that is text, clean and not too long.
fn text(value: &str) -> String {
    let mut out = String::new();
    let mut chars = beginning(value, TEXT).chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(c) => out.push(c),
                None => {}
            },
            _ => out.push(c),
        }
    }
    clean(out.trim())
}

/// The same on one line.
fn line_of(value: &str) -> String {
    text(value).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
