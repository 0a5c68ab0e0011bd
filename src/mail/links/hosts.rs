//! The hosts of links, and whether what a link shows is another one than it leads to.

use unicode_normalization::UnicodeNormalization as _;

/// Endings of two words below which everybody can have a name of their own: those of countries begin with one of these.
const SECOND: [&str; 17] = [
    "co", "com", "org", "net", "gov", "gob", "gouv", "ac", "edu", "or", "ne", "go", "mil", "nom",
    "asso", "sch", "ltd",
];
/// Hosts that lend names to anybody.
const LENT: [&str; 29] = [
    "github.io",
    "gitlab.io",
    "blogspot.com",
    "wordpress.com",
    "herokuapp.com",
    "web.app",
    "firebaseapp.com",
    "pages.dev",
    "workers.dev",
    "netlify.app",
    "vercel.app",
    "azurewebsites.net",
    "amazonaws.com",
    "cloudfront.net",
    "appspot.com",
    "weebly.com",
    "wixsite.com",
    "myshopify.com",
    "fly.dev",
    "onrender.com",
    "glitch.me",
    "r2.dev",
    "windows.net",
    "sharepoint.com",
    "zendesk.com",
    "atlassian.net",
    "ngrok.io",
    "ngrok.app",
    "duckdns.org",
];
/// Endings that a name without `www.` is known by; those of two letters are countries.
const ENDINGS: [&str; 29] = [
    "com", "net", "org", "info", "biz", "edu", "gov", "mil", "int", "app", "dev", "shop", "store",
    "online", "site", "xyz", "club", "bank", "cloud", "tech", "live", "email", "blog", "news",
    "world", "page", "link", "pro", "example",
];
/// Endings of files that are countries too.
const FILES: [&str; 13] = [
    "md", "py", "rs", "sh", "pl", "ps", "so", "js", "ts", "cs", "rb", "db", "gz",
];

/// Whom or what a link leads to: the host of a page, the address of a person.
pub fn host(target: &str) -> &str {
    let Some((scheme, rest)) = target.split_once(':') else {
        return target;
    };
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return rest.split('?').next().unwrap_or(rest);
    }
    let authority = authority(rest);
    // What stands before an @ is a name and leads nowhere.
    authority.rsplit('@').next().unwrap_or(authority)
}

/// The host of a page or of an address, in small letters and without its port.
fn host_of(target: &str) -> Option<String> {
    let (scheme, _) = target.split_once(':')?;
    let place = host(target);
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => named(place),
        "mailto" => named(place.rsplit_once('@')?.1),
        _ => None,
    }
}

/// What stands between the slashes.
fn authority(rest: &str) -> &str {
    let rest = rest.trim_start_matches(['/', '\\']);
    rest.split(['/', '\\', '?', '#']).next().unwrap_or_default()
}

/// A host without port and last dot.
fn named(host: &str) -> Option<String> {
    let host = host.split(':').next()?.trim_end_matches('.');
    (!host.is_empty()).then(|| host.to_lowercase())
}

/// The host that a link shows, when it leads to another one.
pub fn pretends(shown: &str, target: &str) -> Option<String> {
    let host = host_of(target)?;
    let (_, rest) = target.split_once(':')?;
    // `https://bank.example@evil.example/` leads to what stands after the sign.
    if !target.starts_with("mailto:")
        && let Some((user, _)) = authority(rest).rsplit_once('@')
        && let Some(user) = bare(user.split(':').next()?)
    {
        return Some(user);
    }
    if let Some(twin) = twin(&host) {
        return Some(twin);
    }
    let shown = hosts_in(shown, target.starts_with("mailto:"));
    // One that is right among several is enough: `example.com via news.example.net`.
    let owner = registrable(&to_unicode(&host)).to_owned();
    let same = |it: &String| registrable(&to_unicode(it)) == owner;
    if shown.iter().any(same) {
        return None;
    }
    shown.into_iter().next()
}

/// The part of a host that somebody owns.
fn registrable(host: &str) -> &str {
    if host.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return host;
    }
    let lent = |it: &&&str| {
        host.strip_suffix(**it)
            .is_some_and(|rest| rest.ends_with('.'))
    };
    let mut words = 2;
    if let Some(ending) = LENT.iter().find(lent) {
        words = ending.split('.').count() + 1;
    } else {
        let mut from_end = host.rsplit('.');
        let country = from_end.next().is_some_and(|it| it.len() == 2);
        if country && from_end.next().is_some_and(|it| SECOND.contains(&it)) {
            words = 3;
        }
    }
    let at = host
        .rmatch_indices('.')
        .nth(words - 1)
        .map_or(0, |(at, _)| at + 1);
    host.get(at..).unwrap_or(host)
}

/// The hosts that a text shows.
fn hosts_in(shown: &str, mail: bool) -> Vec<String> {
    let words = shown.split(|c: char| c.is_whitespace() || "<>()[]\"'“”«»,;|".contains(c));
    let mut found = Vec::new();
    let mut count = 0;
    for word in words.filter(|it| !it.is_empty()) {
        count += 1;
        if let Some((scheme, rest)) = word.split_once("://") {
            let known = scheme.len() <= 5 && scheme.to_ascii_lowercase().ends_with("http");
            if known || scheme.to_ascii_lowercase().ends_with("https") {
                found.extend(host_of(&format!("https://{rest}")).filter(|it| it.contains('.')));
            }
            continue;
        }
        if let Some((_, host)) = word.rsplit_once('@') {
            // An address that leads to a page is a contact, not a promise.
            if mail {
                found.extend(bare(host));
            }
            continue;
        }
        found.extend(bare(word));
    }
    // In a sentence a name with a dot may be that of a firm.
    if count > 8 {
        found.retain(|it| shown.contains("://") || it.starts_with("www."));
    }
    found
}

/// A name as people know it for a host, with a path or without.
fn bare(word: &str) -> Option<String> {
    let host = authority(word).trim_matches(['.', ':', '!', '?', '…']);
    let host = named(host)?;
    let (before, ending) = host.rsplit_once('.')?;
    let label = |it: &str| {
        !it.is_empty()
            && it
                .chars()
                .all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    if !host.split('.').all(label) || !before.chars().any(char::is_alphabetic) {
        return None;
    }
    let country = ending.len() == 2 && ending.bytes().all(|b| b.is_ascii_alphabetic());
    let known = ENDINGS.contains(&ending)
        || country && !FILES.contains(&ending)
        || ending.starts_with("xn--")
        || !ending.is_ascii();
    (known || host.starts_with("www.")).then_some(host)
}

/// The Latin host that this one looks like, letter by letter.
fn twin(host: &str) -> Option<String> {
    let shown = to_unicode(host);
    if shown.is_ascii() {
        return None;
    }
    shown
        .chars()
        .map(|c| if c.is_ascii() { Some(c) } else { latin(c) })
        .collect()
}

/// The Latin letter that a letter of another script looks like.
fn latin(c: char) -> Option<char> {
    Some(match c {
        'а' | 'α' | 'ɑ' => 'a',
        'Ь' | 'ь' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' => 'e',
        'ɡ' | 'ց' => 'g',
        'һ' | 'հ' => 'h',
        'і' | 'ι' | 'ı' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'ӏ' | 'ⅼ' => 'l',
        'м' => 'm',
        'ո' | 'п' => 'n',
        'о' | 'ο' | 'օ' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'г' => 'r',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' | 'ս' => 'u',
        'ν' | 'ѵ' => 'v',
        'ԝ' | 'ω' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        'ᴢ' => 'z',
        _ => return None,
    })
}

/// A host as it is shown: with its letters, and those in their usual form.
fn to_unicode(host: &str) -> String {
    let words: Vec<String> = host
        .split('.')
        .map(|word| match word.strip_prefix("xn--") {
            Some(code) => punycode(code).unwrap_or_else(|| word.to_owned()),
            None => word.nfkc().collect(),
        })
        .collect();
    words.join(".").to_lowercase()
}

/// Letters that are spelled with plain ones (RFC 3492).
fn punycode(code: &str) -> Option<String> {
    let (basic, rest) = code.rsplit_once('-').unwrap_or(("", code));
    let mut out: Vec<char> = basic.chars().collect();
    let (mut n, mut i, mut bias) = (128_u32, 0_u32, 72_u32);
    let mut digits = rest.bytes();
    // No host has a longer word.
    if code.len() > 63 {
        return None;
    }
    while digits.len() > 0 {
        let (old, mut weight, mut k) = (i, 1_u32, 36_u32);
        loop {
            let digit = match digits.next()? {
                b @ b'a'..=b'z' => u32::from(b - b'a'),
                b @ b'0'..=b'9' => u32::from(b - b'0') + 26,
                _ => return None,
            };
            i = i.checked_add(digit.checked_mul(weight)?)?;
            let threshold = k.saturating_sub(bias).clamp(1, 26);
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(36 - threshold)?;
            k += 36;
        }
        let len = u32::try_from(out.len()).ok()? + 1;
        bias = adapted(i - old, len, old == 0);
        n = n.checked_add(i / len)?;
        i %= len;
        out.insert(usize::try_from(i).ok()?, char::from_u32(n)?);
        i += 1;
    }
    Some(out.into_iter().collect())
}

fn adapted(delta: u32, len: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / len;
    let mut k = 0;
    while delta > 455 {
        delta /= 35;
        k += 36;
    }
    k + 36 * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_that_shows_another_host_than_it_leads_to_is_told() {
        for (shown, target, host) in [
            ("paypal.com", "https://evil.example/x", Some("paypal.com")),
            (
                "https://bank.example/login",
                "http://evil.example",
                Some("bank.example"),
            ),
            (
                "www.bank.example",
                "https://bank.example.evil.example/",
                Some("www.bank.example"),
            ),
            (
                "Sign in at bank.example now",
                "https://evil.example",
                Some("bank.example"),
            ),
            ("bank.co.uk", "https://evil.co.uk", Some("bank.co.uk")),
            (
                "ada.github.io",
                "https://eve.github.io",
                Some("ada.github.io"),
            ),
            (
                "click here",
                "https://bank.example@evil.example/",
                Some("bank.example"),
            ),
            (
                "https://bank.example",
                "https://evil.example\\@bank.example",
                Some("bank.example"),
            ),
            (
                "apple.com",
                "https://xn--80ak6aa92e.com/",
                Some("apple.com"),
            ),
            ("here", "https://рауpal.com/", Some("paypal.com")),
            (
                "help@bank.example",
                "mailto:eve@evil.example",
                Some("bank.example"),
            ),
            ("bank.example", "https://203.0.113.7/", Some("bank.example")),
        ] {
            assert_eq!(
                pretends(shown, target).as_deref(),
                host,
                "{shown} → {target}"
            );
        }
    }

    #[test]
    fn honest_links_are_left_alone() {
        for (shown, target) in [
            ("bank.example", "https://www.bank.example/login"),
            ("www.bank.example", "https://bank.example:8443/"),
            (
                "https://bank.example/",
                "https://login.bank.example/?next=%2F",
            ),
            ("news.bbc.co.uk", "https://www.bbc.co.uk/news"),
            ("Read on", "https://click.mailer.example/c/1"),
            ("report-v4.pdf", "https://files.example/r"),
            ("README.md", "https://git.example/r"),
            ("Version 2.1 at 10.30", "https://files.example/r"),
            ("Node.js", "https://files.example/r"),
            ("ana@x.example", "mailto:ana@x.example?subject=Hi"),
            ("ana@x.example", "https://x.example/people/ana"),
            ("münchen.example", "https://xn--mnchen-3ya.example/"),
            ("президент.рф", "https://xn--d1abbgf6aiiy.xn--p1ai"),
            ("", "https://a.example"),
            ("+33 6 39 98 01 02", "tel:+33639980102"),
        ] {
            assert_eq!(pretends(shown, target), None, "{shown} → {target}");
        }
    }

    #[test]
    fn where_a_link_leads_is_told_in_a_word() {
        for (target, to) in [
            ("https://paypal.com@evil.example/x?y", "evil.example"),
            ("HTTP://a.example:8080#x", "a.example:8080"),
            ("mailto:ana@x.example?subject=hi", "ana@x.example"),
        ] {
            assert_eq!(host(target), to);
        }
    }

    #[test]
    fn spelled_letters_are_read_and_nonsense_is_not() {
        assert_eq!(to_unicode("xn--mnchen-3ya.example"), "münchen.example");
        assert_eq!(to_unicode("xn--fiqs8s"), "中国");
        assert_eq!(to_unicode("xn--99999999999999"), "xn--99999999999999");
    }
}
