//! What of a mail is history: the older mails it quotes below what it says, with the words that introduce them; and
//! its signature. What is passed on is what a mail is about, and answers between quoted lines are part of it.

mod lines;

use super::letter::{Kind, Letter, Part, Role};

pub use lines::quoted_from;
use lines::{heads, is_signature_line, passes_on, separates};
pub(super) use lines::{introduces, level, signature_from};

/// What a tag tells about what follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hint {
    /// A mail program has quoted this.
    Quoted,
    /// All in it is history, quoted or not.
    Whole,
    /// All below it is history.
    Below,
    /// It says who is quoted.
    Introduction,
    /// It is passed on.
    Forwarded,
    Signature,
}

/// What the class or the id of a tag says; mail programs put `x_` before those of others.
pub(super) fn hint(class: Option<&str>, id: Option<&str>) -> Option<Hint> {
    let own = |name: &'static str| move |it: &str| it.trim_start_matches("x_") == name;
    let id = id.unwrap_or_default().trim_start_matches("x_");
    match id {
        "divRplyFwdMsg" | "appendonsend" | "mail-editor-reference-message-container" => {
            return Some(Hint::Below);
        }
        "Signature" | "signature" | "ms-outlook-mobile-signature" | "mobileBodySignature" => {
            return Some(Hint::Signature);
        }
        "reply-intro" => return Some(Hint::Introduction),
        _ => {}
    }
    if id.starts_with("yahoo_quoted") {
        return Some(Hint::Whole);
    }
    let class = class?;
    let any = |name: &'static str| class.split_ascii_whitespace().any(own(name));
    let one = |names: &[&'static str]| names.iter().any(|it| any(it));
    if one(&["moz-forward-container"]) {
        Some(Hint::Forwarded)
    } else if one(&[
        "yahoo_quoted",
        "yahoo-quoted-begin",
        "zmail_extra",
        "OutlookMessageHeader",
    ]) {
        Some(Hint::Whole)
    } else if one(&["gmail_attr", "moz-cite-prefix", "yahoo-quoted-intro"]) {
        Some(Hint::Introduction)
    } else if one(&[
        "gmail_quote",
        "protonmail_quote",
        "tutanota_quote",
        "freebirdQuote",
        "mcntQuote",
    ]) {
        Some(Hint::Quoted)
    } else if one(&[
        "gmail_signature",
        "moz-signature",
        "protonmail_signature_block",
        "signature",
        "elementToProof-signature",
    ]) {
        Some(Hint::Signature)
    } else {
        None
    }
}

/// Gives each part of an HTML mail its role.
pub(super) fn settle(letter: &mut Letter, hints: &[(usize, Hint)]) {
    let parts = &mut letter.parts;
    let passed_on = hints.iter().any(|(_, it)| *it == Hint::Forwarded)
        || parts
            .iter()
            .filter(|it| it.quote == 0)
            .any(|it| first_lines(it).any(passes_on));
    let start = if passed_on {
        None
    } else {
        begins(parts, hints)
    };
    // A mail that is nothing but a quote is shown.
    let start = start.filter(|at| parts.iter().take(*at).any(says));
    let end = start.unwrap_or(parts.len());
    for part in parts.iter_mut().skip(end) {
        part.role = Role::History;
    }
    if let Some(first) = start.and_then(|at| parts.get_mut(at)) {
        first.close = false;
    }
    let said = parts.get_mut(..end).unwrap_or_default();
    for part in said.iter_mut().filter(|it| it.role == Role::History) {
        part.role = Role::Said;
    }
    sign(said);
}

/// Whether a part says something of its own.
fn says(part: &Part) -> bool {
    part.role != Role::Signature && part.kind != Kind::Rule
}

/// Where the history begins.
fn begins(parts: &[Part], hints: &[(usize, Hint)]) -> Option<usize> {
    let below = |it: &&(usize, Hint)| it.1 == Hint::Below;
    let told = hints.iter().filter(below).map(|(at, _)| *at).min();
    let seen = parts.iter().enumerate().position(|(at, part)| {
        let lines = parts
            .get(at..)
            .unwrap_or_default()
            .iter()
            .take(6)
            .flat_map(first_lines);
        part.quote == 0 && (heads(lines) || first_lines(part).next().is_some_and(separates))
    });
    let start = match (told, seen) {
        (Some(told), Some(seen)) => told.min(seen),
        (None, None) => trails(parts, hints)?,
        (told, seen) => told.or(seen)?,
    };
    // The line above belongs to it.
    let ruled = |at: usize| parts.get(at).is_some_and(|it| it.kind == Kind::Rule);
    let start = if start > 0 && ruled(start - 1) {
        start - 1
    } else {
        start
    };
    (start < parts.len()).then_some(start)
}

/// Where the quotes begin that stand at the end.
fn trails(parts: &[Part], hints: &[(usize, Hint)]) -> Option<usize> {
    let quoted = |it: &Part| it.quote > 0 || it.role == Role::History;
    let passed = |it: &&Part| quoted(it) || !says(it);
    let tail = parts.iter().rev().take_while(passed).count();
    let mut start = parts.len() - tail;
    // Before it stands the signature of what is said.
    while parts.get(start).is_some_and(|it| !quoted(it)) {
        start += 1;
    }
    let first = parts.get(start)?;
    let is = |at: usize, wanted: Hint| {
        hints
            .iter()
            .any(|(place, it)| *place == at && *it == wanted)
    };
    let introduced = start.checked_sub(1).filter(|at| {
        let words = parts.get(*at).and_then(words_of);
        is(*at, Hint::Introduction) || words.is_some_and(introduces)
    });
    // Newsletters quote as well, and mean it.
    let by_program = first.role == Role::History
        || is(start, Hint::Quoted)
        || is(start.saturating_sub(1), Hint::Quoted);
    introduced.or(by_program.then_some(start))
}

/// Finds the signature below the line that begins one.
fn sign(said: &mut [Part]) {
    /// Longer than this is no signature.
    const PARTS: usize = 12;
    let begins = |it: &Part| it.quote == 0 && first_lines(it).next().is_some_and(is_signature_line);
    let Some(at) = said.iter().rposition(begins) else {
        return;
    };
    if said.len() - at <= PARTS && said.iter().take(at).any(says) {
        for part in said.iter_mut().skip(at) {
            part.role = Role::Signature;
        }
    }
}

fn words_of(part: &Part) -> Option<&str> {
    match &part.kind {
        Kind::Paragraph(words) | Kind::Heading(_, words) | Kind::Item(_, words) => {
            Some(&words.text)
        }
        Kind::Code(text) => Some(text),
        Kind::Table(_) | Kind::Picture { .. } | Kind::Rule => None,
    }
}

/// The lines a part begins with; of a table those that its rows make.
fn first_lines(part: &Part) -> impl Iterator<Item = &str> {
    let rows = match &part.kind {
        Kind::Table(rows) => rows.as_slice(),
        _ => &[],
    };
    let cells = rows
        .iter()
        .take(8)
        .filter_map(|row| row.first())
        .map(|it| it.text.as_str());
    let words = words_of(part).into_iter().flat_map(|it| it.lines().take(8));
    words.chain(cells)
}
