//! Exports that other programs read.

use std::collections::BTreeMap;

use base64::Engine as _;

use crate::support::profile::Profile;

/// A mail of an mbox file, as a mail program reads it.
struct Mail {
    headers: BTreeMap<String, String>,
    /// Bodies by their content type.
    parts: Vec<(String, String)>,
}

fn mbox(text: &str) -> Vec<Mail> {
    let mut mails: Vec<String> = Vec::new();
    let mut last = "";
    for line in text.lines() {
        if line.starts_with("From ") && last.is_empty() {
            mails.push(String::new());
        } else {
            let mail = mails.last_mut().expect("text before the first mail");
            mail.push_str(line);
            mail.push('\n');
        }
        last = line;
    }
    mails.iter().map(|mail| read(mail)).collect()
}

fn headers(text: &str) -> BTreeMap<String, String> {
    let unfolded = text.replace("\n ", " ");
    let pair = |line: &str| {
        let (name, value) = line
            .split_once(':')
            .unwrap_or_else(|| panic!("no header: {line}"));
        (name.to_lowercase(), decoded(value.trim()))
    };
    unfolded.lines().map(pair).collect()
}

/// Undoes encoded words; white space between two of them is none.
fn decoded(value: &str) -> String {
    let mut bytes = Vec::new();
    let mut after_word = false;
    for token in value.split(' ') {
        let word = token
            .strip_prefix("=?UTF-8?B?")
            .and_then(|it| it.split_once("?="));
        if !(bytes.is_empty() || after_word && word.is_some()) {
            bytes.push(b' ');
        }
        match word {
            Some((code, rest)) => {
                bytes.extend(
                    base64::engine::general_purpose::STANDARD
                        .decode(code)
                        .unwrap(),
                );
                bytes.extend(rest.bytes());
            }
            None => bytes.extend(token.bytes()),
        }
        after_word = word.is_some();
    }
    String::from_utf8(bytes).unwrap()
}

fn read(mail: &str) -> Mail {
    let (head, body) = mail.split_once("\n\n").unwrap();
    let headers = headers(head);
    let kind = headers["content-type"].clone();
    let parts = match kind.split_once("boundary=\"") {
        None => vec![part(&headers, body)],
        Some((_, rest)) => {
            let mark = format!("--{}", rest.trim_end_matches('"'));
            let (inside, _) = body.split_once(&format!("{mark}--")).unwrap();
            let begin = format!("{mark}\n");
            let parts = inside.split(&begin).skip(1).map(|text| {
                let (head, body) = text.split_once("\n\n").unwrap();
                part(&self::headers(head), body)
            });
            parts.collect()
        }
    };
    Mail { headers, parts }
}

fn part(headers: &BTreeMap<String, String>, body: &str) -> (String, String) {
    let kind = headers["content-type"]
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let bytes = match headers["content-transfer-encoding"].as_str() {
        "base64" => {
            let code: String = body.split_whitespace().collect();
            base64::engine::general_purpose::STANDARD
                .decode(code)
                .unwrap()
        }
        "quoted-printable" => quoted_printable(body),
        other => panic!("{other}"),
    };
    (kind, String::from_utf8(bytes).unwrap())
}

fn quoted_printable(body: &str) -> Vec<u8> {
    let joined = body.replace("=\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_bytes();
    while let [first, tail @ ..] = rest {
        if *first == b'=' {
            let hex = std::str::from_utf8(&tail[..2]).unwrap();
            bytes.push(u8::from_str_radix(hex, 16).unwrap());
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    bytes
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_program_reads_from_an_mbox_what_is_stored() {
    let profile = Profile::of_demo().await;
    let text = profile.out(&["export", "--format", "mbox"]);
    assert!(text.is_ascii());
    assert!(text.lines().all(|line| line.len() <= 998));
    let mails = mbox(&text);
    let stored: Vec<_> = profile
        .records(&["export"])
        .into_iter()
        .filter(|it| it["kind"] == "email")
        .collect();
    assert_eq!(mails.len(), stored.len());
    let mut beyond_ascii = 0;
    for (mail, stored) in mails.iter().zip(&stored) {
        let field = |name: &str| mail.headers.get(name).cloned().unwrap_or_default();
        let said = |name: &str| stored[name].as_str().unwrap_or_default();
        assert_eq!(field("x-unipile-id"), said("id"));
        assert_eq!(field("subject"), one_line(said("subject")));
        assert_eq!(field("message-id"), said("message_id"));
        let address = stored["from"]["address"].as_str().unwrap();
        assert!(
            field("from").contains(address),
            "{} {address}",
            field("from")
        );
        beyond_ascii += usize::from(!field("from").is_ascii() || !field("subject").is_ascii());
        assert!(
            jiff::fmt::rfc2822::parse(&field("date"))
                .unwrap()
                .timestamp()
                .as_second()
                == said("time").parse::<jiff::Timestamp>().unwrap().as_second()
        );
        for (kind, name) in [("text/plain", "text"), ("text/html", "html")] {
            let part = mail.parts.iter().find(|(it, _)| it == kind);
            let text = part.map(|(_, text)| text.as_str()).unwrap_or_default();
            assert_eq!(
                text.trim_end(),
                said(name).replace("\r\n", "\n").trim_end(),
                "{kind} of {}",
                said("id")
            );
        }
    }
    assert!(beyond_ascii > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_exports_with_all_that_was_said() {
    let profile = Profile::of_demo().await;
    let chats = profile.records(&["chats", "--chat", "--json", "--limit", "0"]);
    let chat = chats.iter().find(|it| it["type"] == "one_to_one").unwrap();
    let id = chat["id"].as_str().unwrap();
    let shown = profile.records(&["show", id, "--json"]);
    let members = shown[0]["members"].as_array().unwrap();
    let other = members.iter().find(|it| it["is_self"] == false).unwrap();
    let lines = profile.records(&["export", other["id"].as_str().unwrap()]);
    assert_eq!(lines[0]["kind"], "person");
    assert!(
        lines
            .iter()
            .any(|it| it["kind"] == "chat" && it["id"] == id)
    );
    assert!(
        lines
            .iter()
            .any(|it| it["kind"] == "message" && it["chat_id"] == id)
    );
    let text = profile.out(&["export", "--format", "md", id]);
    assert!(text.starts_with("# ") && text.contains("\n## "), "{text}");
    let output = profile
        .onebox(&["export", "--format", "mbox", id])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2), "a chat is no mail");
}
