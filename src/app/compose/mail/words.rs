//! The words an answer begins with: what is answered, quoted, or passed on with the lines from its head.

use jiff::tz::TimeZone;

use crate::mail::address;
use crate::mail::answer::Answer;
use crate::mail::said::FORWARDED;
use crate::model::act::Correspondent;
use crate::model::email::Address;
use crate::model::inbox::{Entry, MailHead};

/// Nobody reads more than this of a history; the text area has an end as well.
const LONGEST: usize = 40_000;

/// What stands in the form before anybody types.
pub(super) fn first(answer: Answer, entry: &Entry, zone: &TimeZone) -> String {
    let Some(head) = entry.mail.as_deref() else {
        return String::new();
    };
    match answer {
        Answer::Reply | Answer::ReplyAll => quoted(entry, head, zone),
        Answer::Forward => passed_on(entry, head, zone),
    }
}

fn quoted(entry: &Entry, head: &MailHead, zone: &TimeZone) -> String {
    let text = shortened(entry.text.trim_end());
    if text.trim().is_empty() {
        return String::new();
    }
    let by = head.from.as_ref().map(spelled).unwrap_or_default();
    let mut out = format!("\n\nOn {}, {by} wrote:\n", moment(entry, zone));
    for line in text.lines() {
        // What was quoted there already gets one more sign and no space between.
        let gap = if line.is_empty() || line.starts_with('>') {
            ""
        } else {
            " "
        };
        out.push('>');
        out.push_str(gap);
        out.push_str(line);
        out.push('\n');
    }
    out.truncate(out.trim_end_matches('\n').len());
    out
}

fn passed_on(entry: &Entry, head: &MailHead, zone: &TimeZone) -> String {
    let all = |list: &[Address]| list.iter().map(spelled).collect::<Vec<_>>().join(", ");
    let from = head.from.as_ref().map(spelled).unwrap_or_default();
    let subject = entry.subject.clone().unwrap_or_default();
    // Whoever got it without the others knowing is not named.
    let lines = [
        ("From", from),
        ("Date", moment(entry, zone)),
        ("Subject", subject),
        ("To", all(&head.to)),
        ("Cc", all(&head.cc)),
    ];
    let mut out = format!("\n\n{FORWARDED}\n");
    for (name, value) in lines.into_iter().filter(|it| !it.1.is_empty()) {
        out.push_str(&format!("{name}: {value}\n"));
    }
    out.push('\n');
    out.push_str(shortened(entry.text.trim_end()));
    out
}

fn spelled(person: &Address) -> String {
    address::spelled(&Correspondent::from(person))
}

fn moment(entry: &Entry, zone: &TimeZone) -> String {
    let at = entry.key.time().to_zoned(zone.clone());
    at.strftime("%a, %-d %b %Y at %H:%M").to_string()
}

fn shortened(text: &str) -> &str {
    let end = text.char_indices().nth(LONGEST);
    let text = end.and_then(|(at, _)| text.get(..at)).unwrap_or(text);
    text
}
