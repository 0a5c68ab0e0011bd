//! Whatever a mail holds, reading it ends soon and gives nothing that could harm.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use onebox::mail::letter::{Kind, Letter, Words};
use onebox::mail::{history, html, invite, page, plain, quote, text, write};
use onebox::model::text::clean;
use proptest::prelude::*;

/// Pieces that mean something, to be put together in every wrong way.
const PIECES: [&str; 44] = [
    "<div>",
    "</div>",
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<a href='https://a.example/x'>",
    "<a href=javascript:x>",
    "</a>",
    "<table>",
    "<tr>",
    "<td colspan=9999999>",
    "</td>",
    "</table>",
    "<ul>",
    "<ol start=-9>",
    "<li>",
    "</ul>",
    "<blockquote type=cite>",
    "</blockquote>",
    "<pre>",
    "</pre>",
    "<br>",
    "<hr>",
    "<h1>",
    "</h2>",
    "<img src=cid:a alt=b>",
    "<img src=//x.example/o.gif width=1>",
    "<style>",
    "</style>",
    "<!--",
    "-->",
    "<span style='display:none'>",
    "</span>",
    "&nbsp;",
    "&#27;",
    "&#x202e;",
    "&#769;&#769;",
    "On Tue, Ana wrote:",
    "> ",
    "\n",
    " x ",
    "é中",
    "<div class=gmail_quote",
];

fn check_words(words: &Words, links: usize) {
    assert_eq!(clean(&words.text), words.text);
    let mut done = 0;
    for span in &words.spans {
        assert!(
            span.at.start >= done && span.at.start < span.at.end,
            "{words:?}"
        );
        assert!(words.text.get(span.at.clone()).is_some(), "{words:?}");
        assert!(span.link.is_none_or(|it| it < links), "{words:?}");
        done = span.at.end;
    }
}

/// What holds for every letter.
fn check(letter: &Letter) {
    let links = letter.links.len();
    for part in &letter.parts {
        match &part.kind {
            Kind::Paragraph(it) | Kind::Heading(_, it) | Kind::Item(_, it) => {
                check_words(it, links);
            }
            Kind::Code(text) => assert_eq!(&clean(text), text),
            Kind::Table(rows) => rows.iter().flatten().for_each(|it| check_words(it, links)),
            Kind::Picture { cid, words } => {
                assert_eq!((clean(cid), clean(words)), (cid.clone(), words.clone()));
            }
            Kind::Rule => {}
        }
    }
    for link in &letter.links {
        assert_eq!(clean(&link.target), link.target);
        let (scheme, _) = link.target.split_once(':').unwrap();
        assert!(
            ["http", "https", "mailto", "tel"].contains(&scheme),
            "{}",
            link.target
        );
    }
    assert!(letter.trackers <= letter.remote);
    let words = letter.plain();
    assert_eq!(clean(&words), words);
}

fn all(source: &str) {
    check(&html::letter(source));
    check(&text::letter(source));
    let sent = write::html(source);
    check(&html::letter(&sent));
    check(&html::letter(&write::markdown(source)));
    let page = page::safe(source, false);
    assert!(!page.to_lowercase().contains("<script"));
    check(&html::letter(&page));
    if let Some(at) = history::quoted_from(source) {
        assert!(source.is_char_boundary(at));
    }
    assert!(plain::snippet(source, 80).chars().count() <= 80);
    let _ = quote::words(&text::letter(source));
    let _ = invite::read(source.as_bytes());
}

proptest! {
    #[test]
    fn any_text_becomes_a_letter_without_harm(source in "\\PC{0,200}|[<>&;/a-c =\"'!\\-\\x00-\\x1f\u{200b}-\u{202e}]{0,200}") {
        all(&source);
    }

    #[test]
    fn pieces_of_html_in_any_order_become_a_letter_without_harm(pieces in prop::collection::vec(0..PIECES.len(), 0..120)) {
        let source: String = pieces.into_iter().map(|it| PIECES[it]).collect();
        all(&source);
    }

    #[test]
    fn any_bytes_may_come_as_an_invitation(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut ics = b"BEGIN:VEVENT\nSUMMARY:x\n".to_vec();
        ics.extend(bytes);
        let _ = invite::read(&ics);
    }
}

/// How long it takes at best of three.
fn took(what: impl Fn()) -> Duration {
    let once = || {
        let began = Instant::now();
        what();
        began.elapsed()
    };
    (0..3).map(|_| once()).min().unwrap()
}

#[test]
fn hostile_mails_take_a_time_that_grows_with_their_length_only() {
    let mut attributes = String::from("<a ");
    for number in 0..50_000 {
        let _ = write!(attributes, "a{number} ");
    }
    for piece in [
        "<div>",
        "<blockquote>x",
        "<table><tr><td>x",
        "<ul><li>x",
        "<b><i>",
        "<b><div>x",
        "&",
        "<",
        "<!--",
        "<a href=x>",
        "<p>On:<",
        "&gt; x<br>",
        "<style>.a{",
        "<td>",
        "> x\n",
        "From: a\n",
        "[](<",
        "**",
        "- ",
    ] {
        let once = |size: usize| {
            let source = piece.repeat(size / piece.len());
            took(|| {
                check(&html::letter(&source));
                check(&text::letter(&source));
                let _ = write::html(&source);
                let _ = page::safe(&source, false);
            })
        };
        let (small, large) = (once(20_000), once(160_000));
        // Eight times the length, and room for a machine that is busy.
        let fair = small * 8 * 4 + Duration::from_millis(150);
        assert!(large < fair, "{piece}: {small:?}, then {large:?}");
    }
    let began = Instant::now();
    check(&html::letter(&attributes));
    let _ = page::safe(&attributes, false);
    assert!(began.elapsed() < Duration::from_secs(5));
}

#[test]
fn ten_thousand_levels_of_nesting_are_read_to_the_last_word() {
    for tag in ["div", "blockquote", "table><tr><td", "ul><li", "b", "span"] {
        let close = tag.split("><").collect::<Vec<_>>();
        let end = close
            .iter()
            .rev()
            .fold(String::new(), |all, it| all + "</" + it + ">");
        let source = format!(
            "{}innermost{}after",
            format!("<{tag}>").repeat(10_000),
            end.repeat(10_000)
        );
        let letter = html::letter(&source);
        let words = letter.plain();
        assert!(
            words.contains("innermost") && words.trim_end().ends_with("after"),
            "{tag}"
        );
        assert!(!letter.cut);
    }
}

#[test]
fn a_mail_that_is_too_long_is_cut_and_says_so() {
    let source = "<p>Five million letters, or some more.</p>".repeat(130_000);
    let letter = html::letter(&source);
    assert!(letter.cut && letter.parts.len() > 10_000);
    let letter = text::letter(&"Some words on a line.\n".repeat(250_000));
    assert!(letter.cut && letter.plain().len() <= (1 << 20) + 1);
}
