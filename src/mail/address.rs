//! Mail addresses as people type and paste them: lists with names, `mailto:` links, and what is wrong with one.

use std::fmt;

use crate::model::act::Correspondent;
use crate::model::text::clean;

/// Longest address and longest part before the `@`, by RFC 5321.
const LONGEST: usize = 254;
const LONGEST_USER: usize = 64;

/// Why mail cannot be sent to an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Flaw {
    NoAt,
    TwoAts,
    NoUser,
    NoHost,
    NoDot,
    Space,
    Dots,
    Sign(char),
    TooLong,
    OpenBracket,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAt => f.write_str("it has no @"),
            Self::TwoAts => f.write_str("it has more than one @"),
            Self::NoUser => f.write_str("nothing stands before the @"),
            Self::NoHost => f.write_str("nothing stands behind the @"),
            Self::NoDot => f.write_str("the part behind the @ has no dot"),
            Self::Space => f.write_str("there is a space in it"),
            Self::Dots => f.write_str("a dot stands where none can be"),
            Self::Sign(sign) => write!(f, "{sign} cannot stand there"),
            Self::TooLong => f.write_str("it is too long"),
            Self::OpenBracket => f.write_str("the > is missing"),
        }
    }
}

/// One of those whom a typed list names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub person: Correspondent,
    /// What is wrong with the address, if anything.
    pub flaw: Option<Flaw>,
}

/// What is wrong with an address.
pub fn flaw(address: &str) -> Option<Flaw> {
    if address.contains(char::is_whitespace) {
        return Some(Flaw::Space);
    }
    let Some((user, host)) = address.rsplit_once('@') else {
        return Some(Flaw::NoAt);
    };
    if user.is_empty() {
        return Some(Flaw::NoUser);
    }
    if address.len() > LONGEST || user.len() > LONGEST_USER {
        return Some(Flaw::TooLong);
    }
    flaw_of_user(user).or_else(|| flaw_of_host(host))
}

fn flaw_of_user(user: &str) -> Option<Flaw> {
    // Within quotes nearly everything may stand.
    if user.len() > 2 && user.starts_with('"') && user.ends_with('"') {
        return None;
    }
    if user.contains('@') {
        return Some(Flaw::TwoAts);
    }
    if user.starts_with('.') || user.ends_with('.') || user.contains("..") {
        return Some(Flaw::Dots);
    }
    let fits = |c: char| c.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c) || !c.is_ascii();
    user.chars().find(|c| !fits(*c)).map(Flaw::Sign)
}

fn flaw_of_host(host: &str) -> Option<Flaw> {
    if host.is_empty() {
        return Some(Flaw::NoHost);
    }
    if let Some(number) = host.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
        let number = number.strip_prefix("IPv6:").unwrap_or(number);
        let is_one = number.parse::<std::net::IpAddr>().is_ok();
        return (!is_one).then_some(Flaw::Sign('['));
    }
    if host.starts_with('.') || host.ends_with('.') || host.contains("..") {
        return Some(Flaw::Dots);
    }
    let fits = |c: char| c.is_alphanumeric() || c == '-' || c == '.' || !c.is_ascii();
    if let Some(sign) = host.chars().find(|c| !fits(*c)) {
        return Some(Flaw::Sign(sign));
    }
    if !host.contains('.') {
        return Some(Flaw::NoDot);
    }
    let hangs = |label: &str| label.starts_with('-') || label.ends_with('-');
    host.split('.').any(hangs).then_some(Flaw::Sign('-'))
}

/// Everybody a typed or pasted text names: between commas, semicolons and line ends, quotes and brackets kept together.
pub fn list(text: &str) -> Vec<Named> {
    pieces(text)
        .into_iter()
        .flat_map(|it| several(&it))
        .filter(|it| !it.person.address.is_empty() || it.flaw == Some(Flaw::NoUser))
        .collect()
}

/// What lies between the signs that part people.
fn pieces(text: &str) -> Vec<String> {
    let (mut all, mut piece) = (Vec::new(), String::new());
    let (mut quoted, mut bracket, mut escaped) = (false, false, false);
    for c in text.chars() {
        let ends = matches!(c, ',' | ';' | '\n' | '\r' | '、' | '，' | '；');
        if escaped {
            escaped = false;
        } else if c == '\\' && quoted {
            escaped = true;
        } else if c == '"' && !bracket && (quoted || piece.trim().is_empty() || ends_word(&piece)) {
            quoted = !quoted;
        } else if !quoted && matches!(c, '<' | '>') {
            bracket = c == '<';
        } else if ends && !quoted && (!bracket || c == '\n') {
            all.push(std::mem::take(&mut piece));
            bracket = false;
            continue;
        }
        piece.push(c);
    }
    // A quote that never ends would swallow the others.
    if quoted && let Some((before, rest)) = piece.split_once('"') {
        let mut split: Vec<String> = pieces(&format!("{before}{}", rest.replace('"', "")));
        all.append(&mut split);
    } else {
        all.push(piece);
    }
    all.retain(|it| !it.trim().is_empty());
    all
}

fn ends_word(piece: &str) -> bool {
    piece.ends_with(char::is_whitespace)
}

/// One piece is one person, or several addresses with nothing but spaces between them.
fn several(piece: &str) -> Vec<Named> {
    let words: Vec<&str> = piece.split_whitespace().collect();
    let plain = |it: &&str| it.contains('@') && !it.contains(['<', '>', '"']);
    if words.len() > 1 && words.iter().all(plain) {
        return words.into_iter().map(one).collect();
    }
    vec![one(piece)]
}

/// `ada@x.io`, `Ada <ada@x.io>`, `"Martin, Ada" <ada@x.io>`, `ada@x.io (Ada)`, `<ada@x.io>`, `mailto:ada@x.io`.
pub fn one(text: &str) -> Named {
    let text = clean(text).replace(['\n', '\t'], " ");
    let text = text.trim();
    let (name, address) = match text.rsplit_once('<') {
        Some((name, rest)) => {
            let Some((address, _)) = rest.split_once('>') else {
                return named(name, rest.trim(), Some(Flaw::OpenBracket));
            };
            (name, address)
        }
        None => match text.strip_suffix(')').and_then(|it| it.split_once('(')) {
            Some((address, name)) if address.contains('@') => (name, address),
            _ => ("", text),
        },
    };
    let address = address.trim();
    let address = match address.get(..7) {
        Some(start) if start.eq_ignore_ascii_case("mailto:") => address.get(7..).unwrap_or(address),
        _ => address,
    };
    named(name, address, flaw(address))
}

fn named(name: &str, address: &str, flaw: Option<Flaw>) -> Named {
    let name = unquoted(name.trim());
    // Many programs put the address in place of a name they do not know.
    let says = !name.is_empty() && !name.eq_ignore_ascii_case(address);
    Named {
        person: Correspondent {
            name: says.then_some(name),
            address: address.to_owned(),
        },
        flaw,
    }
}

fn unquoted(name: &str) -> String {
    for quote in ['"', '\''] {
        let inner = name
            .strip_prefix(quote)
            .and_then(|it| it.strip_suffix(quote));
        if let Some(inner) = inner {
            let mut out = String::with_capacity(inner.len());
            let mut chars = inner.chars();
            while let Some(c) = chars.next() {
                out.extend(if c == '\\' { chars.next() } else { Some(c) });
            }
            return out.trim().to_owned();
        }
    }
    name.to_owned()
}

/// A person as they can be typed: read again, it is the same person.
pub fn spelled(person: &Correspondent) -> String {
    let name = person.name.as_deref().map(str::trim).unwrap_or_default();
    if name.is_empty() {
        return person.address.clone();
    }
    let plain = |c: char| c.is_alphanumeric() || c == ' ' || "-'.&!?+".contains(c);
    let bare = name.chars().all(plain) && !name.starts_with('\'');
    if bare {
        return format!("{name} <{}>", person.address);
    }
    let name = name.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{name}\" <{}>", person.address)
}

/// Hosts whose mailboxes take `name+anything@` for `name@`.
const TAGS: &[&str] = &[
    "gmail.com",
    "outlook.com",
    "hotmail.com",
    "live.com",
    "icloud.com",
    "me.com",
    "mac.com",
    "fastmail.com",
    "proton.me",
    "protonmail.com",
    "pm.me",
    "zoho.com",
];

/// What two addresses of one mailbox have in common: without regard to case, and without tags and dots where the host is
/// known to pass over them.
pub fn mailbox(address: &str) -> String {
    let address = address.trim().to_lowercase();
    let Some((user, host)) = address.rsplit_once('@') else {
        return address;
    };
    let host = if host == "googlemail.com" {
        "gmail.com"
    } else {
        host
    };
    if !TAGS.contains(&host) {
        return format!("{user}@{host}");
    }
    let user = user
        .split('+')
        .next()
        .filter(|it| !it.is_empty())
        .unwrap_or(user);
    if host == "gmail.com" {
        return format!("{}@{host}", user.replace('.', ""));
    }
    format!("{user}@{host}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Vec<(String, String)> {
        let all = list(text).into_iter();
        all.map(|it| (it.person.name.unwrap_or_default(), it.person.address))
            .collect()
    }

    #[test]
    fn people_are_understood_however_their_addresses_are_written() {
        for (text, name, address) in [
            ("ada@x.io", "", "ada@x.io"),
            ("  <ada@x.io> ", "", "ada@x.io"),
            ("Ada Martin <ada@x.io>", "Ada Martin", "ada@x.io"),
            ("Ada Martin<ada@x.io>", "Ada Martin", "ada@x.io"),
            ("\"Martin, Ada\" <ada@x.io>", "Martin, Ada", "ada@x.io"),
            ("'Ada Martin' <ada@x.io>", "Ada Martin", "ada@x.io"),
            (
                r#""Ada \"the\" M." <ada@x.io>"#,
                "Ada \"the\" M.",
                "ada@x.io",
            ),
            (
                "Léa Fontaine <léa@exemple.fr>",
                "Léa Fontaine",
                "léa@exemple.fr",
            ),
            ("山田太郎 <taro@例え.jp>", "山田太郎", "taro@例え.jp"),
            ("ada@x.io (Ada Martin)", "Ada Martin", "ada@x.io"),
            ("ada@x.io <ada@x.io>", "", "ada@x.io"),
            ("mailto:ada@x.io", "", "ada@x.io"),
            ("Ada <mailto:ada@x.io>", "Ada", "ada@x.io"),
            ("o'neil+news@x.co.uk", "", "o'neil+news@x.co.uk"),
            ("Sean O'Neil <sean@x.io>", "Sean O'Neil", "sean@x.io"),
            ("root@[127.0.0.1]", "", "root@[127.0.0.1]"),
            ("Ada\t<ada@x.io>", "Ada", "ada@x.io"),
        ] {
            let found = read(text);
            assert_eq!(found, [(name.to_owned(), address.to_owned())], "{text}");
            assert_eq!(list(text)[0].flaw, None, "{text}");
        }
    }

    #[test]
    fn a_pasted_list_is_taken_apart_between_people_and_never_within_a_name() {
        let addresses =
            |text: &str| -> Vec<String> { read(text).into_iter().map(|it| it.1).collect() };
        for text in [
            "a@x.io, b@x.io",
            "a@x.io;b@x.io;",
            "a@x.io\nb@x.io\n",
            "a@x.io\r\n b@x.io",
            "A <a@x.io>, \"B, C\" <b@x.io>",
            "A <a@x.io> ; B <b@x.io>",
            "a@x.io b@x.io",
            "a@x.io,,b@x.io,",
            "\"A; the first\" <a@x.io>\n\"B\nC\" <b@x.io>",
            "A \"the first\" <a@x.io>, b@x.io",
        ] {
            assert_eq!(addresses(text), ["a@x.io", "b@x.io"], "{text:?}");
        }
        assert_eq!(addresses("\"Ada <a@x.io>, b@x.io"), ["a@x.io", "b@x.io"]);
        assert_eq!(addresses(" , ;\n"), Vec::<String>::new());
    }

    #[test]
    fn what_is_wrong_with_an_address_is_said() {
        for (address, wrong) in [
            ("ada", Flaw::NoAt),
            ("@x.io", Flaw::NoUser),
            ("ada@", Flaw::NoHost),
            ("ada@x", Flaw::NoDot),
            ("ada@@x.io", Flaw::TwoAts),
            ("ada@b@x.io", Flaw::TwoAts),
            ("ada martin@x.io", Flaw::Space),
            (".ada@x.io", Flaw::Dots),
            ("ada.@x.io", Flaw::Dots),
            ("a..da@x.io", Flaw::Dots),
            ("ada@x..io", Flaw::Dots),
            ("ada@x.io.", Flaw::Dots),
            ("ada@.x.io", Flaw::Dots),
            ("ada@-x.io", Flaw::Sign('-')),
            ("ada@x_y.io", Flaw::Sign('_')),
            ("ada@x,io", Flaw::Sign(',')),
            ("a:da@x.io", Flaw::Sign(':')),
            ("ada@[300.1.1.1]", Flaw::Sign('[')),
        ] {
            assert_eq!(flaw(address), Some(wrong), "{address}");
        }
        assert_eq!(
            flaw(&format!("{}@x.io", "a".repeat(65))),
            Some(Flaw::TooLong)
        );
        assert_eq!(list("Ada <ada@x.io")[0].flaw, Some(Flaw::OpenBracket));
        assert_eq!(list("Ada Martin")[0].flaw, Some(Flaw::Space));
    }

    #[test]
    fn one_mailbox_is_known_by_its_other_spellings_and_no_other_is_taken_for_it() {
        for (one, other) in [
            ("Ada@X.io", "ada@x.io"),
            ("ada.martin+shop@gmail.com", "AdaMartin@googlemail.com"),
            ("ada+x@outlook.com", "ada@outlook.com"),
        ] {
            assert_eq!(mailbox(one), mailbox(other), "{one}");
        }
        for (one, other) in [
            ("ada+x@work.io", "ada@work.io"),
            ("ada.martin@outlook.com", "adamartin@outlook.com"),
            ("ada@x.io", "ada@y.io"),
            ("+a@gmail.com", "+b@gmail.com"),
        ] {
            assert_ne!(mailbox(one), mailbox(other), "{one}");
        }
    }

    proptest! {
        #[test]
        fn whoever_is_spelled_out_is_read_as_the_same_person(
            name in "[ -~äé漢]{0,20}", user in "[a-z0-9.+_-]{1,10}", host in "[a-z]{1,8}\\.[a-z]{2,3}",
        ) {
            let name = name.trim().to_owned();
            let person = Correspondent {
                name: (!name.is_empty()).then_some(name),
                address: format!("{user}@{host}"),
            };
            let same = person.name.as_deref() != Some(person.address.as_str());
            prop_assume!(same);
            let read = list(&spelled(&person));
            prop_assert_eq!(read.len(), 1);
            prop_assert_eq!(&read[0].person, &person);
        }

        #[test]
        fn nothing_that_is_pasted_does_any_harm(text in any::<String>()) {
            for it in list(&text) {
                prop_assert!(!it.person.address.contains('\n'));
                prop_assert_eq!(clean(&it.person.address), it.person.address.clone());
            }
        }
    }
}
