//! An invitation as a card: what, when in the user's own time, where, who asks and who comes.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};

use super::block::{Block, Looks, Piece, Role};
use super::look::Look;
use crate::mail::invite::{Answer, Guest, Invite, Method, When};
use crate::model::inbox::Entry;
use crate::ui::when;

/// So many guests are named.
const GUESTS: usize = 24;

/// Writes the card.
pub fn write(
    block: &mut Block,
    entry: &Entry,
    invite: &Invite,
    look: &Look<'_>,
    (x, end): (u16, u16),
) {
    let (what, role) = match invite.method {
        _ if invite.cancelled => ("✕ Cancelled", Role::Error),
        Method::Reply => ("Answer to an invitation", Role::Muted),
        _ if look.invites.updates(entry, invite) => ("Invitation, changed", Role::Warn),
        Method::Request => ("Invitation", Role::Focus),
        Method::Publish | Method::Cancel => ("Date", Role::Focus),
    };
    let card = Card { x, end, role };
    card.line(block, what, &[], role);
    let strong = Role::Said(Looks {
        strong: true,
        struck: invite.cancelled,
        ..Looks::default()
    });
    if !invite.summary.is_empty() {
        card.line(block, &invite.summary, &[], strong);
    }
    if let Some(time) = time(invite, look) {
        card.line(block, &time, &[], Role::Text);
    }
    if let Some(place) = &invite.location {
        card.line(block, place, &[], Role::Text);
    }
    if let Some(by) = &invite.organizer {
        let words = format!("asked by {}", called(by));
        card.line(block, &words, &[], Role::Muted);
    }
    guests(block, invite, &card);
    block.line();
}

struct Card {
    x: u16,
    end: u16,
    role: Role,
}

impl Card {
    fn line(&self, block: &mut Block, words: &str, pieces: &[Piece], role: Role) {
        let room = self.end.saturating_sub(self.x + 2);
        block.flow((self.x + 2, room), words, pieces, role, 6, |block, _| {
            block.put(self.x, self.end, "▌", self.role, None);
        });
    }
}

fn called(guest: &Guest) -> &str {
    guest.name.as_deref().unwrap_or(&guest.address)
}

/// Everybody who is asked, with a sign for what they have answered.
fn guests(block: &mut Block, invite: &Invite, card: &Card) {
    let by = invite.organizer.as_ref().map(|it| &it.address);
    let guests = invite.attendees.iter().filter(|it| Some(&it.address) != by);
    let (mut words, mut pieces) = (String::new(), Vec::new());
    for guest in guests.clone().take(GUESTS) {
        if !words.is_empty() {
            words.push_str("  ");
        }
        let (sign, role) = match guest.answer {
            Answer::Accepted => ("✓", Role::Focus),
            Answer::Declined => ("✕", Role::Error),
            Answer::Tentative => ("~", Role::Warn),
            Answer::None | Answer::Delegated => ("·", Role::Faint),
        };
        let start = words.len();
        words.push_str(sign);
        pieces.push(Piece {
            at: start..words.len(),
            role,
            mark: None,
        });
        // A name stays together.
        words.push('\u{a0}');
        words.push_str(&called(guest).replace(' ', "\u{a0}"));
    }
    let more = guests.count().saturating_sub(GUESTS);
    if more > 0 {
        words.extend(["  and ", &more.to_string(), " more"]);
    }
    if !words.is_empty() {
        card.line(block, &words, &pieces, Role::Muted);
    }
}

/// When it is, in the user's own time.
fn time(invite: &Invite, look: &Look<'_>) -> Option<String> {
    let day = |day: Date| when::heading(day, look.now, look.settings);
    let mut words = match (invite.start.as_ref()?, invite.end.as_ref()) {
        (When::Day(first), Some(When::Day(behind))) => {
            let last = behind.saturating_sub(1.day());
            if last > *first {
                format!("{} – {}", day(*first), day(last))
            } else {
                format!("{}, all day", day(*first))
            }
        }
        (When::Day(first), _) => format!("{}, all day", day(*first)),
        (When::At(start), end) => {
            let end = match end {
                Some(When::At(end)) => Some(end.timestamp()),
                _ => None,
            };
            between(start.timestamp(), end, look)
        }
        // Nobody knows where that is.
        (When::Local(start), _) => {
            let time = start.time();
            let (hour, minute) = (time.hour(), time.minute());
            format!("{}, {hour:02}:{minute:02} there", day(start.date()))
        }
    };
    if let Some(repeats) = &invite.repeats {
        words.push_str(" · ");
        words.push_str(repeats);
    }
    Some(words)
}

fn between(start: Timestamp, end: Option<Timestamp>, look: &Look<'_>) -> String {
    let day = |at| when::day(at, look.settings);
    let heading = |at| when::heading(day(at), look.now, look.settings);
    let from = format!("{}, {}", heading(start), look.clock(start));
    match end.filter(|end| *end > start) {
        None => from,
        Some(end) if day(end) == day(start) => format!("{from} – {}", look.clock(end)),
        Some(end) => format!("{from} – {}, {}", heading(end), look.clock(end)),
    }
}
