//! Text that somebody has written as HTML to send: as it stands, or as Markdown.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};

use super::history::level;
use super::links::{links, target};

/// How a quote is set apart, as most programs do.
const QUOTE: &str = "<blockquote type=\"cite\" style=\"margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex\">";
/// Deeper quotes are not set apart any further.
const DEEPEST: u8 = 20;

/// Plain text as HTML: paragraphs, line breaks, links to click on, `>` as quotes.
pub fn html(plain: &str) -> String {
    let mut out = String::with_capacity(plain.len() + plain.len() / 4);
    out.push_str("<div dir=\"auto\">");
    let (mut depth, mut open) = (0, false);
    for line in plain.lines() {
        let (level, words) = level(line.trim_end());
        let level = level.min(DEEPEST);
        if (level != depth || words.trim().is_empty()) && open {
            out.push_str("</p>\n");
            open = false;
        }
        while depth < level {
            out.push_str(QUOTE);
            depth += 1;
        }
        while depth > level {
            out.push_str("</blockquote>\n");
            depth -= 1;
        }
        if words.trim().is_empty() {
            continue;
        }
        out.push_str(if open { "<br>\n" } else { "<p>" });
        open = true;
        push_line(&mut out, words);
    }
    out.push_str(if open { "</p>" } else { "" });
    out.extend(std::iter::repeat_n("</blockquote>", usize::from(depth)));
    out.push_str("</div>");
    out
}

/// A line; the spaces it begins with are meant.
fn push_line(out: &mut String, line: &str) {
    let words = line.trim_start();
    for c in line
        .get(..line.len() - words.len())
        .unwrap_or_default()
        .chars()
    {
        out.push_str(if c == '\t' {
            "&nbsp;&nbsp;&nbsp;&nbsp;"
        } else {
            "&nbsp;"
        });
    }
    push_linked(out, words);
}

/// Text with its links to click on.
fn push_linked(out: &mut String, text: &str) {
    let mut done = 0;
    for link in links(text) {
        escape(out, text.get(done..link.at.start).unwrap_or_default());
        out.push_str("<a href=\"");
        escape(out, &link.url);
        out.push_str("\">");
        escape(out, text.get(link.at.clone()).unwrap_or_default());
        out.push_str("</a>");
        done = link.at.end;
    }
    escape(out, text.get(done..).unwrap_or_default());
}

/// Text that is text in HTML, in an attribute too.
pub(super) fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
}

/// Markdown as HTML. HTML in it is text, and links lead only where links may.
pub fn markdown(text: &str) -> String {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let (mut in_link, mut in_code) = (0_u32, 0_u32);
    let events = Parser::new_ext(text, options).map(|event| {
        match &event {
            Event::Start(Tag::CodeBlock(_)) => in_code += 1,
            Event::End(TagEnd::CodeBlock) => in_code = in_code.saturating_sub(1),
            Event::Start(Tag::Link { .. }) => in_link += 1,
            Event::End(TagEnd::Link) => in_link = in_link.saturating_sub(1),
            _ => {}
        }
        harmless(event, in_link == 0 && in_code == 0)
    });
    let mut out = String::with_capacity(text.len() * 3 / 2);
    pulldown_cmark::html::push_html(&mut out, events);
    out
}

/// What may be sent of a piece of Markdown.
fn harmless(event: Event<'_>, may_link: bool) -> Event<'_> {
    let led = |to: &CowStr<'_>| CowStr::from(target(to).unwrap_or_default());
    match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw),
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }) => Event::Start(Tag::Link {
            link_type,
            dest_url: match link_type {
                pulldown_cmark::LinkType::Email => dest_url,
                _ => led(&dest_url),
            },
            title,
            id,
        }),
        Event::Start(Tag::Image {
            link_type,
            dest_url,
            title,
            id,
        }) => Event::Start(Tag::Image {
            link_type,
            dest_url: if dest_url.starts_with("cid:") {
                dest_url
            } else {
                led(&dest_url)
            },
            title,
            id,
        }),
        // Who breaks a line in a mail means it.
        Event::SoftBreak => Event::HardBreak,
        Event::Text(text) if may_link && !links(&text).is_empty() => {
            let mut out = String::new();
            push_linked(&mut out, &text);
            Event::InlineHtml(out.into())
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::html::letter;

    #[test]
    fn what_is_written_arrives_as_it_was_written() {
        for text in [
            "Hello Ana,\n\nfine & <b>not bold</b>,\nsee you.",
            "Yes.\n\n> Is it?\n> Sure?\n\nSure.",
            "\"quoted\" & it's https://a.example/x?a=1&b=2 fine",
            "> only\n> a quote",
            "شكرا\n\n了解です",
        ] {
            assert_eq!(letter(&html(text)).plain().trim_end(), text);
        }
    }

    #[test]
    fn links_are_there_to_click_on_and_nothing_else_is_markup() {
        let sent = html("<script>alert(1)</script> www.a.example/\"onclick=x, ana@x.example");
        assert!(
            !sent.contains("<script") && !sent.contains("\"onclick"),
            "{sent}"
        );
        assert!(sent.contains("<a href=\"https://www.a.example/"), "{sent}");
        assert!(sent.contains("<a href=\"mailto:ana@x.example\">"), "{sent}");
    }

    #[test]
    fn markdown_is_html_without_the_html_and_the_links_that_may_not_be() {
        let sent = markdown(
            "# Plan\n\n- *one*\n- **two**\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nsee <script>x</script> [bad](javascript:alert(1)) \
             [good](https://a.example) see https://b.example/c `www.c.example`\nnext <img src=x onerror=y>",
        );
        for part in [
            "<h1>Plan</h1>",
            "<em>one</em>",
            "<td>1</td>",
            "&lt;script&gt;",
            "<a href=\"https://a.example\">good</a>",
            "<a href=\"https://b.example/c\">https://b.example/c</a>",
            "<code>www.c.example</code>",
            "<br />",
        ] {
            assert!(sent.contains(part), "{part} in {sent}");
        }
        assert!(
            !sent.contains("<script") && !sent.contains("javascript") && !sent.contains("<img"),
            "{sent}"
        );
    }
}
