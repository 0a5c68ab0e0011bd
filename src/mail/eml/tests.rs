//! A standard mail parser reads from a written mail what was put into it.

use jiff::Timestamp;
use mail_parser::{HeaderForm, MessageParser, MimeHeaders as _};

use super::*;
use crate::model::email::{Address, FolderRole};
use crate::model::inbox::{ConversationKey, EntryKey};

fn mail(subject: &str, text: &str) -> (Entry, MailHead, MailSource) {
    let entry = Entry {
        key: EntryKey::first_at(Timestamp::from_second(1_790_000_000).unwrap()),
        uid: "mail-1".into(),
        conversation: ConversationKey(1),
        sender: None,
        sender_name: None,
        sender_id: None,
        own: false,
        unread: false,
        starred: false,
        hidden: false,
        deleted: false,
        edited: false,
        forwarded: false,
        delivered: None,
        seen: None,
        event: None,
        subject: Some(subject.to_owned()),
        text: text.to_owned(),
        quote: None,
        attachments: vec![],
        reactions: vec![],
        readers: vec![],
        mail: None,
    };
    let head = MailHead {
        message_id: Some("<one@mail.example>".to_owned()),
        provider_id: None,
        role: FolderRole::Inbox,
        folders: vec!["INBOX".to_owned()],
        from: Some(Address::new("ada@mail.example").named("Ada")),
        to: vec![Address::new("me@mail.example")],
        cc: vec![],
        bcc: vec![],
        reply_to: vec![],
        extent: Extent::Full,
        is_complete: None,
        has_html: false,
        body: None,
    };
    (entry, head, MailSource::default())
}

fn file(name: &str, mime: &str, cid: Option<&str>) -> StoredAttachment {
    StoredAttachment {
        id: name.into(),
        kind: "file".to_owned(),
        name: Some(name.to_owned()),
        mime: Some(mime.to_owned()),
        size: None,
        width: None,
        height: None,
        duration: None,
        variant: false,
        unavailable: false,
        cid: cid.map(str::to_owned),
    }
}

fn plain_lines(text: &str) -> String {
    text.replace("\r\n", "\n").trim_end().to_owned()
}

fn people(list: Option<&mail_parser::Address<'_>>) -> Vec<(Option<String>, String)> {
    let all = list.into_iter().flat_map(mail_parser::Address::iter);
    all.map(|it| {
        let address = it.address().unwrap_or_default().to_owned();
        (it.name().map(str::to_owned), address)
    })
    .collect()
}

/// Words of all kinds that subjects, names and texts are made of.
const ZOO: [&str; 12] = [
    "Lunch on Friday",
    "東京オフィスの新しい鍵について、皆さんへのお知らせです。よろしくお願いいたします",
    "🎉 Party 🥳 at noon 👩‍👩‍👧‍👦 for everybody who likes long subjects with emoji 🚀🚀🚀",
    "Ünïcödé 8-bit: café, naïve, Zażółć gęślą jaźń",
    "A \"quoted\" name, with comma; and \\ backslash",
    "=?UTF-8?B?bm90IGFuIGVuY29kZWQgd29yZA==?=",
    "two  spaces and one at the end of the fold that is far away from here, further on",
    "مرحبا بالعالم",
    "From the beginning",
    "tabs\tin it",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "x",
];

#[test]
fn whatever_a_mail_is_called_and_says_a_mail_parser_reads_it_back() {
    let long = "word ".repeat(400);
    for words in ZOO {
        let text =
            format!("From me to you\n\n.\n..dots\n{words}\n>From quoted\n{long}\ntrailing \nend\t");
        let (mut entry, mut head, mut source) = mail(words, &text);
        let html = format!("<p>{words}</p>\n<p>{long}</p>\nFrom here on =3D");
        source.html = Some(html.clone());
        source.in_reply_to = Some("<parent@mail.example>".to_owned());
        let references: String = (0..30).fold(String::new(), |all, it| {
            format!("{all}<ref-{it}@mail.example> ")
        });
        source.headers = vec![
            ("References".to_owned(), references.clone()),
            ("X-Words".to_owned(), words.to_owned()),
            ("Subject".to_owned(), "never twice".to_owned()),
            ("X-Bad\r\nBcc".to_owned(), "never".to_owned()),
        ];
        head.to = (0..20)
            .map(|it| Address::new(format!("p{it}@mail.example")).named(format!("{words} {it}")))
            .collect();
        head.cc = vec![
            Address::new("a@mail.example"),
            Address::new("b@mail.example").named("B"),
        ];
        entry.starred = true;
        for (whole, is_eml) in [(eml as fn(&Whole<'_>) -> String, true), (mbox, false)] {
            let whole = whole(&Whole {
                entry: &entry,
                head: &head,
                source: &source,
                files: &[],
            });
            assert!(whole.is_ascii() && whole.lines().all(|line| line.len() <= 900));
            let begins = whole
                .lines()
                .filter(|line| line.starts_with("From "))
                .count();
            assert_eq!(begins, usize::from(!is_eml));
            let bare = if is_eml {
                &whole
            } else {
                whole.split_once('\n').unwrap().1
            };
            let read = MessageParser::default().parse(bare.as_bytes()).unwrap();
            let shown = words.replace('\t', " ");
            assert_eq!(read.subject(), Some(shown.as_str()));
            assert_eq!(read.message_id(), Some("one@mail.example"));
            assert_eq!(read.in_reply_to().as_text(), Some("parent@mail.example"));
            assert_eq!(read.references().as_text_list().unwrap().len(), 30);
            assert_eq!(read.date().unwrap().to_timestamp(), 1_790_000_000);
            let wanted: Vec<_> = head
                .to
                .iter()
                .map(|it| {
                    (
                        it.name.clone().map(|it| it.replace('\t', " ")),
                        it.address.clone(),
                    )
                })
                .collect();
            assert_eq!(people(read.to()), wanted);
            assert_eq!(
                people(read.cc()),
                [
                    (None, "a@mail.example".to_owned()),
                    (Some("B".to_owned()), "b@mail.example".to_owned())
                ]
            );
            assert!(people(read.bcc()).is_empty());
            assert_eq!(plain_lines(&read.body_text(0).unwrap()), plain_lines(&text));
            assert_eq!(plain_lines(&read.body_html(0).unwrap()), plain_lines(&html));
            let own = read.header_as("X-Words", HeaderForm::Text);
            let own: Vec<_> = own.iter().filter_map(|it| it.as_text()).collect();
            assert_eq!(own, [shown.as_str()]);
        }
    }
}

#[test]
fn files_and_pictures_of_a_mail_are_in_it_byte_for_byte_under_their_names() {
    let bytes: Vec<u8> = (0..100_000_u32)
        .map(|it| it.to_le_bytes()[0].wrapping_mul(7))
        .collect();
    let names = [
        ("plan.pdf", "application/pdf"),
        (
            "日本語のとても長い名前の書類、何行にもわたるもの（最終版）.xlsx",
            "application/vnd.ms-excel",
        ),
        ("Résumé \"final\".docx", "application/msword"),
        ("x".repeat(200).leak(), "not a type"),
        ("mail.eml", "message/rfc822"),
    ];
    let (mut entry, head, mut source) = mail("Files", "See there");
    source.html = Some("<img src=\"cid:logo@mail\">".to_owned());
    entry.attachments = names
        .iter()
        .map(|(name, mime)| file(name, mime, None))
        .collect();
    entry
        .attachments
        .push(file("logo.png", "image/png", Some("<logo@mail>")));
    entry
        .attachments
        .push(file("far away.zip", "application/zip", None));
    let mut files: Vec<Option<Vec<u8>>> = (0..names.len())
        .map(|at| Some(bytes[at..].to_vec()))
        .collect();
    files.push(Some(b"\x89PNG".to_vec()));
    files.push(None);
    let whole = eml(&Whole {
        entry: &entry,
        head: &head,
        source: &source,
        files: &files,
    });
    let read = MessageParser::default().parse(whole.as_bytes()).unwrap();
    assert_eq!(plain_lines(&read.body_text(0).unwrap()), "See there");
    let found: Vec<_> = read.attachments().collect();
    assert_eq!(found.len(), names.len() + 1);
    for (at, (name, _)) in names.iter().enumerate() {
        let part = found
            .iter()
            .find(|it| it.attachment_name() == Some(name))
            .unwrap_or_else(|| panic!("{name}"));
        assert_eq!(part.contents(), &bytes[at..], "{name}");
    }
    let logo = found.iter().find(|it| it.content_id().is_some()).unwrap();
    assert_eq!(
        (logo.content_id(), logo.contents()),
        (Some("logo@mail"), &b"\x89PNG"[..])
    );
    let missing = read
        .header("X-Attachment")
        .and_then(|it| it.as_text().map(str::to_owned));
    assert_eq!(missing.as_deref(), Some("far away.zip"));
    // The picture belongs to the HTML that shows it.
    let related = whole.find("multipart/related").unwrap();
    assert!(whole.find("multipart/mixed").unwrap() < whole.find("multipart/alternative").unwrap());
    assert!(
        whole.find("multipart/alternative").unwrap() < related
            && related < whole.find("Content-ID").unwrap()
    );
}
