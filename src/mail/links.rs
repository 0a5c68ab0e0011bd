//! The links of mails and messages: where people write them in a text, where they may lead, and what they pretend.

mod hosts;

use std::borrow::Cow;
use std::ops::Range;

use linkify::{LinkFinder, LinkKind};

pub use hosts::{host, pretends};

use crate::model::text::{beginning, clean};

/// So much of a text is looked through, and so many links of it count: enough for any letter, too little for a flood.
const BYTES: usize = 200_000;
const MOST: usize = 99;
/// Longer than this no link is.
const LONGEST: usize = 8_000;

/// A link that stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it stands.
    pub at: Range<usize>,
    /// Where it leads.
    pub url: String,
}

/// The links of a text, in order; they are numbered from one.
pub fn links(text: &str) -> Vec<Found> {
    // Most messages have none, and this is quick.
    if !text.contains('.') && !text.contains(':') {
        return Vec::new();
    }
    let mut finder = LinkFinder::new();
    finder.url_must_have_scheme(false);
    let found = finder.links(beginning(text, BYTES));
    found
        .filter_map(|it| {
            let url = written(it.as_str(), it.kind())?;
            let at = it.start()..it.end();
            Some(Found { at, url })
        })
        .take(MOST)
        .collect()
}

/// Where it leads; nowhere for what only looks like a link, such as the name of a file, or may not be opened.
fn written(text: &str, kind: &LinkKind) -> Option<String> {
    if *kind == LinkKind::Email {
        return Some(format!("mailto:{text}"));
    }
    match text.split_once("://") {
        Some((scheme, _)) => ["http", "https"]
            .iter()
            .any(|it| scheme.eq_ignore_ascii_case(it))
            .then(|| text.to_owned()),
        None => (text.contains('/') || text.starts_with("www.")).then(|| format!("https://{text}")),
    }
}

/// Where a link of an HTML mail leads, if it may be opened.
pub fn target(href: &str) -> Option<String> {
    // A browser leaves out what stands around an address and breaks within it.
    let href = href.trim_matches(|c: char| c <= ' ' || c == '\u{a0}');
    let href: Cow<'_, str> = if href.contains(['\n', '\t', '\r']) {
        href.replace(['\n', '\t', '\r'], "").into()
    } else {
        href.into()
    };
    if href.is_empty() || href.len() > LONGEST {
        return None;
    }
    let href = clean(&href).replace(char::is_whitespace, "%20");
    if let Some(rest) = href.strip_prefix("//") {
        return (!rest.is_empty()).then(|| format!("https://{rest}"));
    }
    let (scheme, rest) = href.split_once(':')?;
    match scheme.to_ascii_lowercase().as_str() {
        web @ ("http" | "https") => {
            let rest = rest.trim_start_matches(['/', '\\']);
            (!rest.is_empty()).then(|| format!("{web}://{rest}"))
        }
        other @ ("mailto" | "tel") => (!rest.is_empty()).then(|| format!("{other}:{rest}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_as_people_write_them_and_file_names_are_none() {
        let text = "See nuvem.example/roadmap, https://a.example/x?y=1. or mail ana@x.example; not agenda.pdf or \
                    javascript://x.example/ at 10:30";
        let found: Vec<String> = links(text).into_iter().map(|it| it.url).collect();
        assert_eq!(
            found,
            [
                "https://nuvem.example/roadmap",
                "https://a.example/x?y=1",
                "mailto:ana@x.example"
            ]
        );
        assert_eq!(links(&"a.example/c ".repeat(200)).len(), MOST);
    }

    #[test]
    fn only_what_may_be_opened_is_a_link() {
        for (href, leads) in [
            ("https://a.example/x y", Some("https://a.example/x%20y")),
            (" HTTP:\\\\a.example\n/b", Some("http://a.example/b")),
            ("//a.example/c", Some("https://a.example/c")),
            ("mailto:ana@x.example", Some("mailto:ana@x.example")),
            ("tel:+33639980102", Some("tel:+33639980102")),
            ("java\nscript:alert(1)", None),
            ("data:text/html,x", None),
            ("file:///etc/passwd", None),
            ("#top", None),
            ("https://", None),
            ("", None),
        ] {
            assert_eq!(target(href).as_deref(), leads, "{href}");
        }
    }
}
