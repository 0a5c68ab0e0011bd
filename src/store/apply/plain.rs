//! The words of an HTML mail, for the index and for one line in a list: tags, styles and scripts fall away. Reading a
//! mail on screen is another matter.

/// Longest text that is made of one mail.
const LONGEST: usize = 1 << 20;

/// What is written in a piece of HTML.
pub(crate) fn text(html: &str) -> String {
    let mut out = String::with_capacity(html.len().min(LONGEST) / 2);
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, tail) = rest.split_at(at);
        push(&mut out, before);
        if out.len() > LONGEST {
            return out;
        }
        rest = if tail.starts_with('<') {
            tag(tail, &mut out)
        } else {
            entity(tail, &mut out)
        };
    }
    push(&mut out, rest);
    // Entities may have spelled what no text may hold.
    crate::model::text::clean(out.trim())
}

/// Runs of white space become one space, as a browser shows them.
fn push(out: &mut String, text: &str) {
    for c in text.chars() {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.ends_with([' ', '\n']) {
            out.push(' ');
        }
    }
}

/// Steps over a tag, and over all that a style, a script or a comment holds.
fn tag<'a>(tail: &'a str, out: &mut String) -> &'a str {
    if let Some(comment) = tail.strip_prefix("<!--") {
        return after(comment, "-->");
    }
    let inside = tail.get(1..).unwrap_or_default();
    if !inside.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
        out.push('<');
        return inside;
    }
    let name: String = inside
        .trim_start_matches('/')
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .take(12)
        .collect::<String>()
        .to_ascii_lowercase();
    let rest = after(inside, ">");
    if !inside.starts_with('/') && matches!(name.as_str(), "style" | "script" | "head" | "title") {
        return skip(rest, &name);
    }
    let breaks = matches!(
        name.as_str(),
        "br" | "p"
            | "div"
            | "tr"
            | "li"
            | "ul"
            | "ol"
            | "table"
            | "blockquote"
            | "hr"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
    );
    if breaks {
        while out.ends_with(' ') {
            out.pop();
        }
        if !out.is_empty() && !out.ends_with("\n\n") {
            out.push('\n');
        }
    } else if matches!(name.as_str(), "td" | "th") && !out.ends_with([' ', '\n']) {
        out.push(' ');
    }
    rest
}

fn after<'a>(text: &'a str, end: &str) -> &'a str {
    text.split_once(end).map_or("", |(_, rest)| rest)
}

/// What follows the end tag; everything is inside when there is none.
fn skip<'a>(text: &'a str, name: &str) -> &'a str {
    let mut rest = text;
    while let Some((_, tail)) = rest.split_once("</") {
        if tail
            .get(..name.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(name))
        {
            return after(tail, ">");
        }
        rest = tail;
    }
    ""
}

fn entity<'a>(tail: &'a str, out: &mut String) -> &'a str {
    let known = tail.get(1..).and_then(|inside| {
        let end = inside.bytes().take(12).position(|b| b == b';')?;
        let c = decode(inside.get(..end)?)?;
        Some((c, inside.get(end + 1..)?))
    });
    if let Some((c, rest)) = known {
        push(out, c.encode_utf8(&mut [0; 4]));
        return rest;
    }
    out.push('&');
    tail.get(1..).unwrap_or_default()
}

fn decode(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return code.ok().and_then(char::from_u32);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "copy" => '©',
        "reg" => '®',
        "euro" => '€',
        "pound" => '£',
        "hellip" => '…',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "laquo" => '«',
        "raquo" => '»',
        "bull" => '•',
        "middot" => '·',
        "times" => '×',
        "deg" => '°',
        "eacute" => 'é',
        "egrave" => 'è',
        "agrave" => 'à',
        "ccedil" => 'ç',
        "uuml" => 'ü',
        "ouml" => 'ö',
        "auml" => 'ä',
        "szlig" => 'ß',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn the_words_of_a_mail_are_found_without_its_tags() {
        let html = "<html><head><style>p{color:red}</style></head><body><p>Dear&nbsp;Ada,</p><!-- x --><p>3 &lt; 4 &#38; so on<br>\
                    <script>alert('no')</script><a href='https://x.io'>here</a></p>";
        assert_eq!(text(html), "Dear Ada,\n\n3 < 4 & so on\nhere");
    }

    #[test]
    fn broken_html_is_text_and_nothing_hangs() {
        assert_eq!(text("a < b & c &unknown; <"), "a < b & c &unknown; <");
        assert_eq!(text("<style>never ends"), "");
        assert_eq!(text("&#27;[31mred&#x202e;"), "[31mred");
        assert!(text(&"<div>".repeat(200_000)).is_empty());
    }
}
