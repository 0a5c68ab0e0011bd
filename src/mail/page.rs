//! A mail as a page for the browser: what it looks like stays, what could run, ask or send is gone. The page is written
//! anew from the tags that are known to be harmless, so that even a browser that ignores the policy at its head runs
//! nothing of it.

mod css;

use super::html::lex::{Lexer, Token};
use super::links::target;
use super::write::escape;
use crate::model::text::beginning;

/// So much of a mail becomes a page.
const LONGEST: usize = 8 << 20;

/// Tags that only show.
const TAGS: [&str; 76] = [
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "main",
    "mark",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
    "rp",
    "rt",
];
/// Tags of which nothing is shown, with all they hold.
const SKIPPED: [&str; 12] = [
    "svg", "math", "object", "audio", "video", "canvas", "template", "select", "datalist",
    "applet", "frameset", "map",
];
/// Attributes that only show.
const ATTRIBUTES: [&str; 32] = [
    "abbr",
    "align",
    "alt",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "class",
    "color",
    "cols",
    "colspan",
    "dir",
    "face",
    "frame",
    "height",
    "hidden",
    "id",
    "lang",
    "nowrap",
    "open",
    "reversed",
    "role",
    "rowspan",
    "rules",
    "scope",
    "size",
    "start",
    "summary",
    "title",
    "type",
    "valign",
    "width",
];

/// What was left out.
#[derive(Debug, Default)]
struct Blocked {
    pictures: usize,
    active: usize,
}

/// A page that any browser may show. Pictures from servers are in it only if that is wanted.
pub fn safe(html: &str, allow_remote: bool) -> String {
    let mut blocked = Blocked::default();
    let body = body(beginning(html, LONGEST), allow_remote, &mut blocked);
    let pictures = if allow_remote {
        "https: data: cid:"
    } else {
        "data: cid:"
    };
    let mut out = String::with_capacity(body.len() + 1_000);
    // The policy comes before anything that it is for.
    out.push_str("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">");
    out.extend([
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src ",
        pictures,
        "; form-action 'none'; base-uri 'none'\">",
    ]);
    out.push_str("<meta name=\"referrer\" content=\"no-referrer\"><meta name=\"viewport\" content=\"width=device-width\">");
    out.push_str("<title>Mail</title></head>\n<body>");
    out.push_str(&banner(&blocked, allow_remote));
    out.push_str(&body);
    out.push_str("</body></html>\n");
    out
}

/// A line on top that says what is missing.
fn banner(blocked: &Blocked, allow_remote: bool) -> String {
    let count = |number: usize, one: &str| match number {
        0 => None,
        1 => Some(format!("1 {one}")),
        many => Some(format!("{many} {one}s")),
    };
    let pictures = count(blocked.pictures, "remote picture").filter(|_| !allow_remote);
    let active = count(blocked.active, "active element");
    let all: Vec<String> = pictures.into_iter().chain(active).collect();
    if all.is_empty() {
        return String::new();
    }
    format!(
        "<div style=\"all:initial;display:block;font:14px sans-serif;padding:8px 12px;background:#fff8dc;color:#333;\
         border-bottom:1px solid #ccc\">Blocked in this mail: {}.</div>\n",
        all.join(", ")
    )
}

/// What is harmless of a mail.
fn body(html: &str, allow_remote: bool, blocked: &mut Blocked) -> String {
    let mut out = String::with_capacity(html.len());
    let mut lexer = Lexer::new(html);
    let mut style = false;
    // The element that is skipped, and how many of its kind are open.
    let mut skipped: Option<(&str, usize)> = None;
    while let Some(token) = lexer.next() {
        if let Some((name, depth)) = skipped {
            skipped = match token {
                Token::Open(it) if it.eq_ignore_ascii_case(name) => Some((name, depth + 1)),
                Token::Close(it) if it.eq_ignore_ascii_case(name) => {
                    (depth > 1).then(|| (name, depth - 1))
                }
                _ => skipped,
            };
            continue;
        }
        match token {
            // What could not be read as a tag must not become one.
            Token::Text(text) => push_text(&mut out, text),
            Token::Raw(text) if style => {
                out.push_str("<style>");
                out.push_str(&css::sheet(text, allow_remote));
                out.push_str("</style>");
            }
            Token::Open(name) => {
                style = name.eq_ignore_ascii_case("style");
                if is(&SKIPPED, name) {
                    blocked.active += 1;
                    skipped = Some((name, 1));
                } else if is(&TAGS, name) {
                    open(&mut out, name, &lexer, allow_remote, blocked);
                } else if name.eq_ignore_ascii_case("body") {
                    open(&mut out, "div", &lexer, allow_remote, blocked);
                } else if is(
                    &[
                        "script", "iframe", "form", "embed", "base", "button", "input",
                    ],
                    name,
                ) || refreshes(name, &lexer)
                {
                    blocked.active += 1;
                }
            }
            Token::Close(name) if is(&TAGS, name) => {
                out.push_str("</");
                out.push_str(&name.to_ascii_lowercase());
                out.push('>');
            }
            Token::Close(_) | Token::Raw(_) => {}
        }
    }
    out
}

fn refreshes(name: &str, lexer: &Lexer<'_>) -> bool {
    name.eq_ignore_ascii_case("meta")
        && lexer
            .attribute("http-equiv")
            .is_some_and(|it| it.eq_ignore_ascii_case("refresh"))
}

fn is(names: &[&str], name: &str) -> bool {
    names.iter().any(|it| it.eq_ignore_ascii_case(name))
}

/// Text with its entities as they are spelled.
fn push_text(out: &mut String, text: &str) {
    for piece in text.split_inclusive(['<', '>']) {
        let (plain, sign) = match piece.strip_suffix('<') {
            Some(plain) => (plain, "&lt;"),
            None => piece
                .strip_suffix('>')
                .map_or((piece, ""), |plain| (plain, "&gt;")),
        };
        out.push_str(plain);
        out.push_str(sign);
    }
}

fn open(
    out: &mut String,
    name: &str,
    lexer: &Lexer<'_>,
    allow_remote: bool,
    blocked: &mut Blocked,
) {
    out.push('<');
    out.push_str(&name.to_ascii_lowercase());
    let mut seen: Vec<&str> = Vec::new();
    for attribute in lexer.attributes() {
        // Of two of the same name the first counts.
        if is(&seen, attribute.name) {
            continue;
        }
        seen.push(attribute.name);
        let value = attribute.value();
        let lower = attribute.name.to_ascii_lowercase();
        let kept = match lower.as_str() {
            "href" if name.eq_ignore_ascii_case("a") => target(&value).map(|it| ("href", it)),
            "src" if name.eq_ignore_ascii_case("img") => {
                picture(&value, allow_remote, blocked).map(|it| ("src", it))
            }
            "background" => picture(&value, allow_remote, blocked).map(|it| ("background", it)),
            "style" => {
                let (style, cut) = css::inline(&value, allow_remote);
                blocked.pictures += cut;
                Some(("style", style))
            }
            known if ATTRIBUTES.contains(&known) => {
                put(out, known, &value);
                None
            }
            event if event.starts_with("on") => {
                blocked.active += 1;
                None
            }
            _ => None,
        };
        if let Some((name, value)) = kept {
            put(out, name, &value);
        }
    }
    if name.eq_ignore_ascii_case("a") {
        out.push_str(" target=\"_blank\" rel=\"noopener noreferrer\"");
    }
    out.push('>');
}

fn put(out: &mut String, name: &str, value: &str) {
    out.extend([" ", name, "=\""]);
    escape(out, value);
    out.push('"');
}

/// The address of a picture that may be shown.
fn picture(source: &str, allow_remote: bool, blocked: &mut Blocked) -> Option<String> {
    let source = source.trim();
    let starts = |word: &str| {
        source
            .get(..word.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(word))
    };
    if starts("cid:") || starts("data:image/") && !starts("data:image/svg") {
        return Some(source.to_owned());
    }
    let remote = target(source).filter(|it| it.starts_with("http"))?;
    if !allow_remote {
        blocked.pictures += 1;
        return None;
    }
    // What is not encrypted is not fetched; most servers have both.
    Some(remote.replacen("http://", "https://", 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(page: &str) -> &str {
        page.split_once("<body>").unwrap().1
    }

    #[test]
    fn nothing_of_a_mail_runs_in_a_browser() {
        let hostile = "<script>alert(1)</script><img src=x onerror=alert(1)><iframe src='//evil.example'></iframe>\
            <svg onload=alert(1)><style><img src=x onerror=alert(1)></style></svg><a href='javascript:alert(1)' onclick=x>a</a>\
            <form action='https://evil.example'><input name=a><button formaction='javascript:x'>go</button></form>\
            <base href='https://evil.example/'><meta http-equiv=refresh content='0;url=https://evil.example'>\
            <div style='background:url(javascript:x);width:expression(alert(1));-moz-binding:url(x)'>b</div>\
            <math><mtext></form><mglyph><style></math><img src onerror=alert(1)></style></math>\
            <img src='data:image/svg+xml,<svg onload=alert(1)>'><object data='x.swf'></object><p title='\"><script>x</script>'>c";
        for allow in [false, true] {
            let page = safe(hostile, allow);
            let lower = text(&page).to_lowercase();
            for word in [
                "<script",
                "onerror=",
                "onload=",
                "onclick=",
                "<iframe",
                "<svg",
                "<form",
                "<input",
                "<base",
                "<meta",
                "<object",
                "expression",
                "-moz-binding",
                "javascript:",
                "<math",
                "svg+xml",
            ] {
                // Spelled as text they may stay.
                let tags = lower
                    .split('<')
                    .skip(1)
                    .map(|it| it.split('>').next().unwrap_or_default());
                let bare = word.trim_start_matches('<');
                for tag in tags {
                    let unquoted: String = tag.split('"').step_by(2).collect();
                    let hit = if word.starts_with('<') {
                        unquoted.starts_with(bare)
                    } else {
                        unquoted.contains(bare)
                    };
                    assert!(!hit, "{word} in <{tag}>");
                }
            }
            assert!(
                !lower.contains("href=\"javascript") && !lower.contains("evil.example\""),
                "{lower}"
            );
        }
    }

    #[test]
    fn nothing_is_fetched_unless_it_is_wanted_and_the_page_says_so() {
        let html = "<head><style>@import url(https://a.example/x.css); .h{background:URL( 'https://a.example/b.png')} p{color:red}</style>\
            </head><body background='https://a.example/c.png'><img src='https://a.example/d.png' srcset='https://a.example/e.png 2x' \
            alt='D'><td style='background-image:u\\72l(//a.example/f.png);color:blue'>x</td><img src='cid:logo'>\
            <link rel=stylesheet href='https://a.example/g.css'><video poster='https://a.example/h.png'></video>";
        let page = safe(html, false);
        assert!(!page.contains("a.example"), "{page}");
        assert!(
            page.contains("color:red") && page.contains("color:blue") && page.contains("cid:logo"),
            "{page}"
        );
        assert!(
            page.contains("Blocked in this mail: 3 remote pictures, 1 active element."),
            "{page}"
        );
        assert!(page.find("Content-Security-Policy").unwrap() < page.find("<style").unwrap());
        let page = safe(html, true);
        assert!(
            page.contains("src=\"https://a.example/d.png\"")
                && page.contains("img-src https: data:"),
            "{page}"
        );
    }

    #[test]
    fn what_a_mail_says_and_looks_like_stays() {
        let html = "<p class=x style='color:red'>3 &lt; 4 &amp; <b>so</b> on</p><a href='https://b.example/?a=1&amp;b=2'>b</a> 1 < 2";
        let page = safe(html, false);
        assert!(
            page.contains("<p class=\"x\" style=\"color:red\">3 &lt; 4 &amp; <b>so</b> on</p>"),
            "{page}"
        );
        assert!(
            page.contains("<a href=\"https://b.example/?a=1&amp;b=2\" target=\"_blank\""),
            "{page}"
        );
        assert!(page.ends_with("1 &lt; 2</body></html>\n"), "{page}");
    }
}
