//! What messages have beside their words: quotes, files and cards, reactions.

use super::block::{Block, Mark, Role};
use super::look::Look;
use crate::app::Command;
use crate::app::pictures::{self, Pictures};
use crate::app::smalls;
use crate::model::inbox::{AttachmentKey, Entry, Quote, StoredAttachment, StoredReaction};
use crate::ui::text;
use crate::ui::widgets::picture;

/// A quote takes no more lines than this.
const QUOTED: usize = 2;
/// Reactions take no more lines than this.
const REACTED: u16 = 2;
/// Files above this number are only counted.
const FILES: usize = 12;

/// The lines of another message that this one answers.
pub fn quote(block: &mut Block, x: u16, end: u16, quote: &Quote) {
    let mut words = quote.text.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() {
        "an earlier message".clone_into(&mut words);
    }
    let by = quote.by.as_deref().unwrap_or_default();
    if !by.is_empty() {
        words = format!("{by}: {words}");
    }
    let room = end.saturating_sub(x + 2);
    let mut lines = text::wrap(&words, room, QUOTED + 1);
    // The last line says by its sign that there is more.
    if lines.len() > QUOTED {
        lines.truncate(QUOTED);
        if let Some(last) = lines.last_mut() {
            last.end = words.len();
        }
    }
    for line in lines {
        block
            .line()
            .put(x, end, "▎", Role::Name(None), Some(Mark::Quote));
        let words = words.get(line).unwrap_or_default();
        block.put(x + 2, end, words, Role::Muted, Some(Mark::Quote));
    }
}

/// A line for each of the files that are wanted.
pub fn attachments(
    block: &mut Block,
    (x, end): (u16, u16),
    entry: &Entry,
    look: &Look<'_>,
    is_wanted: impl Fn(&StoredAttachment) -> bool,
) {
    let files = entry.attachments.iter().enumerate();
    let files: Vec<_> = files.filter(|(_, it)| is_wanted(it)).collect();
    for (at, file) in files.iter().take(FILES).copied() {
        let mark = Some(Mark::Attachment(at));
        let left = x;
        let it = describe(file);
        let x = block.line().put(x, end, "▏", Role::Faint, mark);
        let x = block.put(x + 1, end, it.sign, Role::Text, mark);
        let role = if file.unavailable {
            Role::Told
        } else {
            Role::Strong
        };
        // A long name leaves room for what it is.
        let facts = text::width(&it.facts);
        let last = end.saturating_sub(facts + 1).max(x + 9);
        let mut x = block.put(x + 1, last.min(end), &it.name, role, mark);
        if !it.facts.is_empty() {
            x = block.put(x + 1, end, &it.facts, Role::Muted, mark);
        }
        if file.unavailable || file.kind.contains('_') {
            continue;
        }
        let key = file.is_picture().then(|| pictures::key(entry.key, file));
        let is = |known: fn(&Pictures, &AttachmentKey) -> bool| {
            key.as_ref().is_some_and(|it| known(look.pictures, it))
        };
        let (here, fetching) = (is(Pictures::is_here), is(Pictures::is_fetching));
        let saving = look.progress(entry, file);
        if let Some(far) = &saving {
            x = block.put(x + 2, end, far, Role::Focus, None);
            let key = look.key(Command::Back);
            x = block.put(x + 2, end, &key, Role::Focus, None);
            block.put(x + 1, end, "stops", Role::Faint, None);
            continue;
        }
        if fetching {
            x = block.put(x + 2, end, "being fetched…", Role::Muted, None);
        }
        let look_at = key.is_some() && !here && !fetching || smalls::is_words(file);
        let offers = [
            look_at.then_some((Command::Preview, "show")),
            Some((Command::Download, "save")),
            Some((Command::OpenLink, "open")),
        ];
        for (command, word) in offers.into_iter().flatten() {
            let key = look.key(command);
            if key.is_empty() || x + 3 + text::width(&key) + text::width(word) > end {
                break;
            }
            x = block.put(x + 2, end, &key, Role::Focus, None);
            x = block.put(x + 1, end, word, Role::Faint, None);
        }
        if let Some(key) = key.filter(|_| here) {
            let room = picture::room(file, end.saturating_sub(left + 2));
            block.picture(left + 2, room, key);
        }
    }
    if let Some(more) = files.len().checked_sub(FILES).filter(|it| *it > 0) {
        let words = format!("… {more} more files");
        block.line().put(x, end, &words, Role::Muted, None);
    }
}

/// What a file or a card is, in words.
#[derive(Debug, PartialEq, Eq)]
pub struct Described {
    pub sign: &'static str,
    pub name: String,
    pub facts: String,
}

/// Says what a file or a card is.
pub fn describe(file: &StoredAttachment) -> Described {
    let (sign, what) = match (file.kind.as_str(), file.variant) {
        ("img", true) => ("🎨", "Sticker"),
        ("img", false) => ("📷", "Picture"),
        ("video", true) => ("🎬", "Moving picture"),
        ("video", false) => ("🎬", "Video"),
        ("audio", true) => ("🎤", "Voice note"),
        ("audio", false) => ("🎵", "Sound"),
        ("linkedin_post", _) => ("📰", "Shared post"),
        ("video_meeting", _) => ("🎥", "Video meeting"),
        ("file", _) => ("📄", "File"),
        _ => ("📎", "Something onebox does not know"),
    };
    let named = file
        .name
        .as_deref()
        .map(str::trim)
        .filter(|it| !it.is_empty());
    let name = named.unwrap_or(what).to_owned();
    if file.unavailable {
        let facts = "no longer available".to_owned();
        return Described { sign, name, facts };
    }
    let mut facts = Vec::new();
    if file.kind == "file" {
        facts.extend(extension(file));
    } else if named.is_some() {
        facts.push(what.to_lowercase());
    }
    if let Some(seconds) = file.duration.filter(|it| it.is_finite() && *it > 0.0) {
        facts.push(length(seconds));
    }
    if let (Some(wide), Some(high)) = (file.width, file.height)
        && matches!(file.kind.as_str(), "img" | "video")
        && !file.variant
    {
        facts.push(format!("{wide} × {high}"));
    }
    facts.extend(file.size.map(size));
    Described {
        sign,
        name,
        facts: facts.join(" · "),
    }
}

/// `PDF`, from the name or the type.
fn extension(file: &StoredAttachment) -> Option<String> {
    let short = |it: &str| {
        let fits = (1..=5).contains(&it.len()) && it.bytes().all(|b| b.is_ascii_alphanumeric());
        fits.then(|| it.to_ascii_uppercase())
    };
    let named = file.name.as_deref().and_then(|it| it.rsplit_once('.'));
    let typed = file.mime.as_deref().and_then(|it| it.rsplit_once('/'));
    named
        .and_then(|(_, it)| short(it))
        .or_else(|| typed.and_then(|(_, it)| short(it)))
}

/// `84 KB`, `1.2 MB`.
pub fn size(bytes: u64) -> String {
    let units = [(1_000_000_000_u64, "GB"), (1_000_000, "MB"), (1_000, "KB")];
    let Some((unit, name)) = units.into_iter().find(|(unit, _)| bytes >= *unit) else {
        return format!("{bytes} B");
    };
    let tenths = bytes / (unit / 10);
    if name == "KB" || tenths >= 1000 {
        return format!("{} {name}", bytes / unit);
    }
    format!("{}.{} {name}", tenths / 10, tenths % 10)
}

/// `0:42`, `1:02:03`.
fn length(seconds: f64) -> String {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to what fits, and fractions of a second are not shown"
    )]
    let all = seconds.round().clamp(0.0, 360_000.0) as u32;
    let (hours, minutes, seconds) = (all / 3600, all / 60 % 60, all % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// Reactions as chips, each kind once with its number.
pub fn reactions(block: &mut Block, x: u16, end: u16, reactions: &[StoredReaction]) {
    let mut kinds: Vec<(&str, usize, bool)> = Vec::new();
    for it in reactions {
        match kinds.iter_mut().find(|(value, ..)| *value == it.value) {
            Some((_, count, own)) => (*count, *own) = (*count + 1, *own || it.own),
            None => kinds.push((&it.value, 1, it.own)),
        }
    }
    let (mut at, mut lines) = (end, 0);
    for (shown, (value, count, own)) in kinds.iter().enumerate() {
        let value = text::cut(value, 8);
        let chip = format!(" {value} {count} ");
        if at + text::width(&chip) > end {
            if lines == REACTED {
                let more = format!("+{}", kinds.len() - shown);
                block.put(at, end + 1, &more, Role::Muted, None);
                return;
            }
            block.line();
            (at, lines) = (x, lines + 1);
        }
        let role = if *own { Role::ChipOwn } else { Role::Chip };
        at = block.put(at, end, &chip, role, None) + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_lengths_are_said_as_people_say_them() {
        for (bytes, said) in [
            (0, "0 B"),
            (999, "999 B"),
            (84_000, "84 KB"),
            (1_230_000, "1.2 MB"),
            (150_000_000, "150 MB"),
            (u64::MAX, "18446744073 GB"),
        ] {
            assert_eq!(size(bytes), said);
        }
        for (seconds, said) in [
            (0.4, "0:00"),
            (42.0, "0:42"),
            (3723.0, "1:02:03"),
            (1e99, "100:00:00"),
        ] {
            assert_eq!(length(seconds), said);
        }
    }
}
