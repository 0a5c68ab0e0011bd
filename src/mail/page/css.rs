//! Styles that fetch nothing and run nothing.

/// Words with which old browsers ran what stood in a style.
const RUNS: [&str; 4] = ["expression", "behavior", "-moz-binding", "javascript:"];
/// Words with which a style fetches something.
const FETCHES: [&str; 5] = ["url(", "image(", "image-set(", "src(", "@import"];

/// An inline style without what it may not do, and how many pictures that were.
pub(super) fn inline(style: &str, allow_remote: bool) -> (String, usize) {
    let mut cut = 0;
    let mut out = String::with_capacity(style.len());
    // A picture in the style itself may hold any sign; it is small and goes.
    for rule in style.split(';').filter(|it| !it.trim().is_empty()) {
        let plain = plain(rule);
        let has = |words: &[&str]| words.iter().any(|it| plain.contains(it));
        if has(&FETCHES) && !allow_remote {
            cut += 1;
        }
        if has(&RUNS) || has(&FETCHES) && !allow_remote || plain.contains('{') {
            continue;
        }
        if !out.is_empty() {
            out.push(';');
        }
        out.push_str(rule.trim());
    }
    (out, cut)
}

/// A style sheet without what it may not do: rule by rule, so that one that goes takes no other with it.
pub(super) fn sheet(text: &str, allow_remote: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(['{', '}', ';']) {
        let (rule, end) = match piece.char_indices().next_back() {
            Some((at, c @ ('{' | '}' | ';'))) => (piece.get(..at).unwrap_or_default(), Some(c)),
            _ => (piece, None),
        };
        let plain = plain(rule);
        let has = |words: &[&str]| words.iter().any(|it| plain.contains(it));
        // An imported sheet may hold anything.
        let goes = has(&RUNS) || plain.contains("@import") || has(&FETCHES) && !allow_remote;
        if !goes {
            out.push_str(rule);
        }
        out.extend(end);
    }
    out
}

/// A rule as browsers read it: in small letters, with what is spelled in numbers resolved; with comments and without,
/// since what looks like one may be text.
fn plain(rule: &str) -> String {
    let mut out = resolved(rule, false);
    if rule.contains("/*") {
        out.push('\n');
        out.push_str(&resolved(rule, true));
    }
    out
}

fn resolved(rule: &str, without_comments: bool) -> String {
    let mut out = String::with_capacity(rule.len());
    let mut rest = rule;
    while let Some(c) = rest.chars().next() {
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        if without_comments && c == '/' && rest.starts_with('*') {
            rest = rest.split_once("*/").map_or("", |(_, rest)| rest);
        } else if c == '\\' {
            let digits = rest
                .bytes()
                .take(6)
                .take_while(u8::is_ascii_hexdigit)
                .count();
            let (code, tail) = rest.split_at_checked(digits).unwrap_or(("", rest));
            out.extend(u32::from_str_radix(code, 16).ok().and_then(char::from_u32));
            rest = match digits {
                0 => tail,
                _ => tail.strip_prefix(char::is_whitespace).unwrap_or(tail),
            };
        } else {
            out.push(c);
        }
    }
    out.to_lowercase()
}
