//! The links of a text, found where people write them, with or without `https://`.

use std::ops::Range;

use linkify::{LinkFinder, LinkKind};

/// So much of a text is looked through, and so many links of it count: enough for any letter, too little for a flood.
const BYTES: usize = 200_000;
const MOST: usize = 99;

/// A link of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it stands.
    pub at: Range<usize>,
    /// Where it leads.
    pub url: String,
}

/// The links of a text, in order; they are numbered from one.
pub fn links(text: &str) -> Vec<Link> {
    // Most messages have none, and this is quick.
    if !text.contains('.') && !text.contains(':') {
        return Vec::new();
    }
    let end = (0..=text.len().min(BYTES))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0);
    let mut finder = LinkFinder::new();
    finder.url_must_have_scheme(false);
    let found = finder.links(text.get(..end).unwrap_or_default());
    found
        .filter_map(|it| {
            let url = target(it.as_str(), it.kind())?;
            let at = it.start()..it.end();
            Some(Link { at, url })
        })
        .take(MOST)
        .collect()
}

/// Whom or what a link leads to: the host of a page, the address of a person.
pub fn host(target: &str) -> &str {
    let Some((scheme, rest)) = target.split_once(':') else {
        return target;
    };
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return rest.split('?').next().unwrap_or(rest);
    }
    let rest = rest.trim_start_matches(['/', '\\']);
    let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
    let place = rest.get(..end).unwrap_or(rest);
    // What stands before an @ is a name and leads nowhere.
    place.rsplit('@').next().unwrap_or(place)
}

/// Where it leads; nowhere for what only looks like a link, such as the name of a file, or may not be opened.
fn target(written: &str, kind: &LinkKind) -> Option<String> {
    if *kind == LinkKind::Email {
        return Some(format!("mailto:{written}"));
    }
    match written.split_once("://") {
        Some((scheme, _)) => ["http", "https"]
            .iter()
            .any(|it| scheme.eq_ignore_ascii_case(it))
            .then(|| written.to_owned()),
        None => (written.contains('/') || written.starts_with("www."))
            .then(|| format!("https://{written}")),
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
        for (target, to) in [
            ("https://paypal.com@evil.example/x?y", "evil.example"),
            ("HTTP://a.example:8080#x", "a.example:8080"),
            ("mailto:ana@x.example?subject=hi", "ana@x.example"),
        ] {
            assert_eq!(host(target), to);
        }
        assert_eq!(links(&"a.example/c ".repeat(200)).len(), MOST);
    }
}
