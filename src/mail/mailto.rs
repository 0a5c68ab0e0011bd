//! `mailto:` links: a mail that somebody else has begun.

use super::address::{Named, list};
use crate::model::text::clean;

/// What a `mailto:` link asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Begun {
    pub to: Vec<Named>,
    pub cc: Vec<Named>,
    pub bcc: Vec<Named>,
    pub subject: String,
    pub body: String,
}

/// Reads a `mailto:` link. Of its headers only those count that the user sees and can change before anything leaves.
pub fn read(link: &str) -> Option<Begun> {
    let scheme = link.get(..7)?;
    if !scheme.eq_ignore_ascii_case("mailto:") {
        return None;
    }
    let rest = link.get(7..)?;
    let rest = rest.split('#').next().unwrap_or(rest);
    let (people, query) = rest.split_once('?').unwrap_or((rest, ""));
    let mut mail = Begun {
        to: encoded_list(people),
        ..Begun::default()
    };
    // Some programs write the `&` as HTML has it.
    for field in query.replace("&amp;", "&").split('&') {
        let (name, value) = field.split_once('=').unwrap_or((field, ""));
        match decoded(name).to_lowercase().as_str() {
            "to" => mail.to.extend(encoded_list(value)),
            "cc" => mail.cc.extend(encoded_list(value)),
            "bcc" => mail.bcc.extend(encoded_list(value)),
            "subject" => mail.subject = clean(&decoded(value)).replace(['\n', '\t'], " "),
            "body" => {
                let body = decoded(value).replace("\r\n", "\n").replace('\r', "\n");
                if !mail.body.is_empty() {
                    mail.body.push('\n');
                }
                mail.body.push_str(&clean(&body));
            }
            _ => {}
        }
    }
    Some(mail)
}

/// A comma that parts people stands for itself; one that is encoded belongs to a name.
fn encoded_list(text: &str) -> Vec<Named> {
    text.split(',').flat_map(|it| list(&decoded(it))).collect()
}

/// `%20` as a space; a `+` stays, as addresses have them.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| *first == b'%');
        let code = code.filter(|it| it.iter().all(u8::is_ascii_hexdigit));
        let code = code.and_then(|it| std::str::from_utf8(it).ok());
        let code = code.and_then(|it| u8::from_str_radix(it, 16).ok());
        bytes.push(code.unwrap_or(*first));
        let skipped = if code.is_some() { 2 } else { 0 };
        rest = after.get(skipped..).unwrap_or_default();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::address::spelled;
    use super::*;

    #[test]
    fn a_link_for_a_mail_fills_the_fields_and_can_attach_nothing() {
        let link = "mailto:ada@x.io,%22Fontaine%2C%20L%C3%A9a%22%20%3Clea@x.io%3E?subject=Caf%C3%A9%20%26%20more\
                    &cc=c@x.io&BCC=d@x.io&body=Hi%2C%0D%0Asee+you&attach=/etc/passwd&to=e+tag@x.io&x-evil=1";
        let mail = read(link).unwrap();
        let names = |all: &[Named]| all.iter().map(|it| spelled(&it.person)).collect::<Vec<_>>();
        assert_eq!(
            names(&mail.to),
            ["ada@x.io", "\"Fontaine, Léa\" <lea@x.io>", "e+tag@x.io"]
        );
        assert_eq!(
            (names(&mail.cc), names(&mail.bcc)),
            (vec!["c@x.io".to_owned()], vec!["d@x.io".to_owned()])
        );
        assert_eq!(mail.subject, "Café & more");
        assert_eq!(mail.body, "Hi,\nsee+you");
        assert_eq!(read("MAILTO:"), Some(Begun::default()));
        assert_eq!(read("https://x.io"), None);
        let evil = read("mailto:a@x.io?subject=a%0d%0aBcc:%20b@x.io%1b[2J").unwrap();
        assert_eq!(evil.subject, "a  Bcc: b@x.io[2J".replace("  ", " "));
        assert!(evil.bcc.is_empty());
        assert!(read("mailto:?body=50%&subject=%zz%é").is_some());
    }

    proptest! {
        #[test]
        fn nothing_that_is_linked_does_any_harm(text in any::<String>()) {
            if let Some(mail) = read(&format!("mailto:{text}")) {
                prop_assert!(!mail.subject.contains('\n'));
                prop_assert_eq!(clean(&mail.body), mail.body.clone());
            }
        }
    }
}
