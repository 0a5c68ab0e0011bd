//! The words an answer begins with: what is answered, quoted, or passed on with the lines from its head.

use jiff::tz::TimeZone;

use crate::mail::answer::Answer;
use crate::mail::quote::{Quoted, answered, passed_on, words};
use crate::mail::text;
use crate::model::inbox::Entry;

/// Nobody reads more than this of a history; the text area has an end as well.
const LONGEST: usize = 40_000;

/// What stands in the form before anybody types; nothing where there are no words to quote.
pub(super) fn first(answer: Answer, entry: &Entry, zone: &TimeZone) -> String {
    let Some(head) = entry.mail.as_deref() else {
        return String::new();
    };
    let at = entry.key.time().to_zoned(zone.clone());
    let all = shortened(&entry.text);
    let mail = Quoted {
        at: Some(&at),
        from: head.from.as_ref(),
        to: &head.to,
        cc: &head.cc,
        subject: entry.subject.as_deref(),
        text: all,
    };
    let history = match answer {
        Answer::Forward => passed_on(&mail),
        Answer::Reply | Answer::ReplyAll => {
            // What somebody signs with is not what they say.
            let said = words(&text::letter(all));
            if said.trim().is_empty() {
                return String::new();
            }
            answered(&Quoted {
                text: &said,
                ..mail
            })
        }
    };
    format!("\n\n{}", history.trim_end())
}

fn shortened(text: &str) -> &str {
    let end = text.char_indices().nth(LONGEST);
    end.and_then(|(at, _)| text.get(..at)).unwrap_or(text)
}
