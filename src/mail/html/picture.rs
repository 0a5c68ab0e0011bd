//! What a picture in a mail is to a reader: something that came with it, something to fetch, or somebody who watches.

use super::lex::Lexer;
use super::style::{Style, pixels};
use crate::model::text::{beginning, clean};

/// What is shown of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shown {
    Nothing,
    /// It only tells its server that the mail was opened.
    Tracker,
    /// It came with the mail.
    Here {
        cid: String,
        words: String,
    },
    /// Its words stand for it.
    Elsewhere {
        remote: bool,
        large: bool,
        words: String,
    },
}

/// Longer words than this are no words for a picture.
const WORDS: usize = 300;
/// So much of an address is looked at.
const ADDRESS: usize = 400;

/// Parts of addresses that count openings, in small letters.
const WATCHERS: [&str; 22] = [
    "/track/open",
    "/open.php",
    "/open.aspx",
    "/open.gif",
    "/open?",
    "/wf/open",
    "/o.gif",
    "/e/o/",
    "/ei/open",
    "/trk/",
    "/pixel",
    "pixel.gif",
    "/beacon",
    "spacer.gif?",
    "blank.gif?",
    "clear.gif?",
    "/collect?",
    "mailtrack.io",
    "emltrk.com",
    "list-manage.com/track",
    "/mpss/o",
    "sp_open",
];

pub(super) fn of(style: &Style, lexer: &Lexer<'_>, unseen: bool) -> Shown {
    let source = lexer.attribute("src").unwrap_or_default();
    let source = source.trim();
    let words = words(lexer);
    let starts = |word: &str| {
        source
            .get(..word.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(word))
    };
    if starts("cid:") {
        let cid = source.get(4..).unwrap_or_default();
        if unseen {
            return Shown::Nothing;
        }
        let cid = clean(cid.trim_matches(['<', '>']));
        return Shown::Here { cid, words };
    }
    let remote = starts("http:") || starts("https:") || starts("//");
    let measure =
        |name: &str, style: Option<u32>| style.or_else(|| pixels(&lexer.attribute(name)?));
    let size = (
        measure("width", style.width),
        measure("height", style.height),
    );
    if remote && (unseen || watches(source, size)) {
        return Shown::Tracker;
    }
    if unseen {
        return Shown::Nothing;
    }
    let large = size.0.is_none_or(|it| it >= 100);
    Shown::Elsewhere {
        remote,
        large,
        words,
    }
}

fn words(lexer: &Lexer<'_>) -> String {
    let words = lexer.attribute("alt").unwrap_or_default();
    let words = words.trim();
    beginning(words, WORDS).to_owned()
}

/// Whether a picture is there to be fetched and not to be seen.
fn watches(source: &str, size: (Option<u32>, Option<u32>)) -> bool {
    let dot = |it: Option<u32>| it.is_some_and(|it| it <= 3);
    // A line that divides is wide.
    let wide = |it: Option<u32>| it.is_some_and(|it| it > 3);
    if dot(size.0) && !wide(size.1) || dot(size.1) && !wide(size.0) {
        return true;
    }
    if wide(size.0) && wide(size.1) {
        return false;
    }
    let lower = beginning(source, ADDRESS).to_ascii_lowercase();
    WATCHERS.iter().any(|it| lower.contains(it))
}
