//! The owner's messages that have not arrived: how far they have come, and what can be done about them.

use std::hash::{DefaultHasher, Hash, Hasher as _};

use super::block::{Block, Role};
use super::look::Look;
use super::{body, parts, spoken};
use crate::app::Command;
use crate::app::thread::{COUNTED, seconds_left};
use crate::mail::said;
use crate::model::act::{Act, FileRef, NewMail};
use crate::model::outbox::{OutboxItem, OutboxState};
use crate::ui::{text, when};

/// A message that waits is not shown to more lines than this.
const LINES: usize = 60;

/// How far it has come, in words.
#[derive(Debug, Hash)]
pub struct Standing {
    words: String,
    why: Option<String>,
    role: Role,
    /// What can be done.
    can: Vec<(Command, &'static str)>,
    /// Whether it counts down seconds.
    counts: bool,
}

/// Says how far it has come.
pub fn standing(item: &OutboxItem, look: &Look<'_>) -> Standing {
    let plain = |words: &str| Standing {
        words: words.to_owned(),
        why: None,
        role: Role::Muted,
        can: Vec::new(),
        counts: false,
    };
    match item.state {
        OutboxState::Scheduled => {
            let left = seconds_left(item, look.now);
            let counts = left > 0 && left <= COUNTED;
            let words = match left {
                0 => "◷ going out".to_owned(),
                _ if counts => format!("◷ goes out in {left} s"),
                _ => format!("◷ goes out {}", time(item, look)),
            };
            Standing {
                counts,
                can: vec![(Command::Undo, "undo")],
                ..plain(&words)
            }
        }
        OutboxState::Queued if !look.online => plain("◷ waits for the server"),
        OutboxState::Queued if item.error.is_some() => Standing {
            why: item.error.clone(),
            ..plain("◷ waits, and is tried again")
        },
        OutboxState::Queued => plain("◷ queued"),
        OutboxState::Sending => plain("◷ sending…"),
        OutboxState::Sent => plain("✓ sent"),
        OutboxState::Canceled => plain("✕ taken back"),
        OutboxState::Failed => Standing {
            why: item.error.clone(),
            role: Role::Error,
            can: vec![(Command::SendAgain, "again"), (Command::Delete, "discard")],
            ..plain("⚠ not sent")
        },
        OutboxState::Unknown => Standing {
            why: item.error.clone(),
            role: Role::Warn,
            can: vec![(Command::SendAgain, "again"), (Command::Delete, "discard")],
            ..plain("? may not have arrived")
        },
    }
}

fn time(item: &OutboxItem, look: &Look<'_>) -> String {
    let clock = look.clock(item.due_at);
    let day = when::day(item.due_at, look.settings);
    if day == look.today {
        return format!("at {clock}");
    }
    format!("{}, {clock}", when::heading(day, look.now, look.settings))
}

/// A number for all that the lines come from.
pub fn print(item: &OutboxItem, standing: &Standing, look: &Look<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    (look.print, item.id, standing).hash(&mut hasher);
    said(&item.act).0.hash(&mut hasher);
    hasher.finish()
}

/// The words of an act and its files.
fn said(act: &Act) -> (&str, &[FileRef]) {
    match act {
        Act::SendMessage(it) => (&it.text, &it.attachments),
        Act::StartChat(it) => (&it.text, &it.attachments),
        Act::SendEmail(it) => (own_words(it), &it.attachments),
        Act::ForwardMessage { .. } => ("→ a forwarded message", &[]),
        _ => ("", &[]),
    }
}

/// What the user has written in a mail, without the history below it.
fn own_words(mail: &NewMail) -> &str {
    let text = mail.body.text();
    match said::above(text) {
        "" if mail.forwards.is_some() => "→ a forwarded mail",
        "" => text,
        own => own,
    }
}

/// The lines of a message that has not arrived.
pub fn block(item: &OutboxItem, standing: &Standing, look: &Look<'_>) -> Block {
    let mut block = Block::new(look.width);
    block.line();
    (block.begins, block.lead) = (1, 1);
    block.counts = standing.counts;
    if look.settings.plain {
        spoken::say(
            &mut block,
            &sentence(item, standing, look),
            standing.role,
            look,
        );
        return block;
    }
    let end = look.end();
    let room = (end.saturating_sub(1) / 5 * 4).max(end.saturating_sub(12).min(24));
    let inner = room.saturating_sub(1);
    let (words, files) = said(&item.act);
    if !words.trim().is_empty() {
        let columns = (1, inner.saturating_sub(1));
        if !body::write(&mut block, columns, words, 0..words.len(), &[], LINES) {
            block.line().put(1, inner, "…", Role::Muted, None);
        }
    }
    let voice = match &item.act {
        Act::SendMessage(it) => it.voice.iter().chain(&it.video).collect(),
        _ => Vec::new(),
    };
    for file in files.iter().chain(voice) {
        let x = block.line().put(1, inner, "▏📎", Role::Text, None);
        let facts = parts::size(file.size);
        let last = inner.saturating_sub(text::width(&facts) + 1);
        let x = block.put(x + 1, last, &file.name, Role::Strong, None);
        block.put(x + 1, inner, &facts, Role::Muted, None);
    }
    stands(&mut block, standing, look, inner);
    let wide = (1..block.lines.len())
        .map(|line| block.end_of(line))
        .max()
        .unwrap_or(1);
    block.own(1, wide + 1, end);
    block
}

/// All of it in words.
fn sentence(item: &OutboxItem, standing: &Standing, look: &Look<'_>) -> String {
    let (words, files) = said(&item.act);
    let far = standing
        .words
        .trim_start_matches(|it: char| !it.is_alphanumeric());
    let mut facts = vec![format!("You, {far}: {}", words.trim())];
    facts.extend(files.iter().map(|it| format!("with {}", it.name)));
    facts.extend(standing.why.clone());
    let can = standing.can.iter();
    facts.extend(can.map(|(command, word)| format!("{} {word}", look.key(*command))));
    facts.join("; ")
}

/// The line that says how far it has come, and what can be done.
fn stands(block: &mut Block, standing: &Standing, look: &Look<'_>, end: u16) {
    let words = match &standing.why {
        Some(why) => format!("{}: {why}", standing.words),
        None => standing.words.clone(),
    };
    block.wrapped(1, end.saturating_sub(1), &words, &[], standing.role, 4);
    let last = block.lines.len().saturating_sub(1);
    let mut x = block.end_of(last);
    for (command, word) in &standing.can {
        let key = look.key(*command);
        if key.is_empty() {
            continue;
        }
        let wide = text::width(&key) + 1 + text::width(word);
        if x + 2 + wide > end {
            block.line();
            x = 0;
        } else if x > 1 {
            x = block.put(x + 1, end, "·", Role::Faint, None);
        }
        x = block.put(x + 1, end, &key, Role::Focus, None);
        x = block.put(x + 1, end, word, Role::Muted, None);
    }
}
