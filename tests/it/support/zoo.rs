//! A zoo of mails: what people and programs send, and what nobody should.

use std::fmt::Write as _;

use jiff::Timestamp;
use onebox::model::account::{Account, AccountSource, AccountStatus, Connection, Login, Provider};
use onebox::model::email::{Address, Email, EmailAttachment, Extent, FolderRole};
use onebox::store::apply::{self, Stamp};
use onebox::store::{Care, Store};

/// When the test worlds begin.
const BEGAN: i64 = 1_795_186_800_000;

/// A mail that only has a head and words.
pub fn mail(id: &str, subject: &str, html: Option<&str>, plain: &str) -> Email {
    let to = |it: &str| Address::new(format!("{}@x.example", it.to_lowercase())).named(it);
    Email {
        id: id.into(),
        deprecated_id: None,
        account_id: "box".into(),
        provider: None,
        extent: Some(Extent::Full),
        date: Timestamp::from_millisecond(BEGAN - 3_600_000).unwrap(),
        role: FolderRole::Inbox,
        folders: vec!["INBOX".to_owned(), "Receipts".to_owned()],
        folder_ids: Vec::new(),
        is_read: false,
        read_date: None,
        message_id: Some(format!("<{id}@x.example>")),
        provider_id: None,
        thread_id: Some(id.to_owned()),
        from: Some(to("Ana")),
        to: vec![Address::new("ada@nuvem.example").named("Ada Martin")],
        cc: vec![to("Tomasz"), to("Zofia"), to("Noor")],
        bcc: Vec::new(),
        reply_to: vec![Address::new("answers@list.example")],
        subject: Some(subject.to_owned()),
        body: html.map(str::to_owned),
        body_plain: Some(plain.to_owned()),
        has_attachments: None,
        attachments: Vec::new(),
        headers: Vec::new(),
        origin: None,
        tracking_id: None,
        in_reply_to: None,
        is_complete: Some(true),
        parent_mail: None,
    }
}

/// A file of a mail.
pub fn file(id: &str, name: &str, mime: &str, cid: Option<&str>) -> EmailAttachment {
    EmailAttachment {
        id: id.into(),
        name: name.to_owned(),
        extension: None,
        size: Some(84_000),
        mime: Some(mime.to_owned()),
        cid: cid.map(str::to_owned),
    }
}

/// Puts mails into a store, the first one on top of the list.
pub fn put(store: &Store, mut mails: Vec<Email>) {
    let account = Account {
        id: "box".into(),
        provider: Provider::Google,
        name: "ada@nuvem.example".to_owned(),
        created_at: None,
        connection: Connection::Cloud {
            mail: Some(Login {
                id: None,
                username: Some("ada@nuvem.example".to_owned()),
            }),
            calendar: None,
        },
        current_signature: None,
        signatures: vec![],
        groups: vec![],
        sources: vec![AccountSource {
            id: "box_MAILS".to_owned(),
            status: AccountStatus::Ok,
        }],
        sync_token: None,
        last_fetched_at: None,
    };
    for (minutes, it) in (0_i64..).zip(&mut mails) {
        let at = it.date.as_millisecond() - minutes * 60_000;
        it.date = Timestamp::from_millisecond(at).unwrap();
    }
    let work = move |tx: &onebox::store::Tx<'_>| {
        apply::accounts(tx, &[account], true, Stamp(1), Timestamp::UNIX_EPOCH)?;
        apply::mails(tx, &mails, Stamp(2))
    };
    store.write_now(Care::Cache, work).unwrap();
}

const PLAIN: &str = "Hi Ada,\n\nthe contract is signed. Page 9 says \"the same day, before tea\" now, see \
    https://nuvem.example/contracts/9 for the whole of it.\n\nThree things are left:\n- the deck\n- the annex\n- a cake\n\n\
    Best,\nAna\n-- \nAna Ribeiro\nNuvem, Lyon\n\nOn Tue, 17 Nov 2026 at 10:00, Ada Martin <ada@nuvem.example> wrote:\n\
    > Is it signed?\n>\n> Ada\n>> I will ask.\n";

const NEWSLETTER: &str = r#"<html><head><style>.x{color:red}</style></head><body>
<div style="display:none">Preheader nobody sees</div>
<table width="600" role="presentation"><tr><td><img src="https://cdn.letter.example/logo.png" alt="The Kettle Weekly" width="200" height="60">
<h1>Boiling point</h1>
<p>Good morning! This week: <b>three kettles</b>, <i>one</i> <s>cheap</s> teapot and <code>steam --force</code>.</p>
<ul><li>The <a href="https://letter.example/r/1?u=ada&amp;c=88">copper one</a></li><li>The loud one<ol><li>loud</li><li>louder</li></ol></li></ul>
<table border="1"><tr><th>Kettle</th><th>Litres</th><th>Price</th></tr><tr><td>Copper</td><td>1.2</td><td>71 EUR</td></tr>
<tr><td>Enamel, in the blue that everybody wants</td><td>2</td><td>48 EUR</td></tr></table>
<blockquote>Water is only <em>soft</em> tea.<blockquote>And tea is only water.</blockquote></blockquote>
<pre>$ kettle --boil
  ok</pre>
<p>Your bank says hello: <a href="https://evil.example/login">https://www.paypal.com/signin</a></p>
<p><img src="cid:teapot" alt="A teapot"></p><hr>
<p>Write to <a href="mailto:tea@letter.example?subject=Tea">the editors</a> or <a href="https://letter.example/u/ada">leave</a>.</p>
<img src="https://cdn.letter.example/a.jpg" width="500" height="300"><img src="https://t.letter.example/o.gif?u=ada" width="1" height="1">
</td></tr></table></body></html>"#;

const QUOTES: &str = "Yes to both.\n\n> Shall we meet on Thursday?\nThursday is fine.\n> And bring the cake?\nOf course.\n\n\
    -----Original Message-----\nFrom: Tomasz\nSent: Monday\n\nShall we meet on Thursday?\nAnd bring the cake?\n> An older one\n>> And a very old one\n";

/// The words of an invitation.
pub const INVITE: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1@x.example\r\n\
    DTSTAMP:20261120T090000Z\r\nDTSTART:20261126T130000Z\r\nDTEND:20261126T140000Z\r\nSUMMARY:Kettle review\r\n\
    LOCATION:Room 4\\, second floor\r\nORGANIZER;CN=Ana Ribeiro:mailto:ana@x.example\r\n\
    ATTENDEE;CN=Ada Martin;PARTSTAT=NEEDS-ACTION:mailto:ada@nuvem.example\r\n\
    ATTENDEE;CN=Tomasz;PARTSTAT=ACCEPTED:mailto:tomasz@x.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

/// A megabyte of HTML.
pub fn large() -> String {
    let mut html = String::from("<h1>Everything there is</h1>");
    let mut number = 0;
    while html.len() < 1_000_000 {
        number += 1;
        write!(
            html,
            "<p>Paragraph <b>{number}</b> of a letter that does not end, with <a href=\"https://a.example/{number}\">a link</a>.</p>\
             <table><tr><td>one</td><td>two</td></tr></table>"
        )
        .unwrap();
    }
    html
}

/// Tags in tags, ten thousand deep.
pub fn deep() -> String {
    format!(
        "{}the bottom{}<p>and up again</p>",
        "<blockquote><div>".repeat(5_000),
        "</div></blockquote>".repeat(5_000)
    )
}

/// All of them, by subject.
pub fn zoo() -> Vec<Email> {
    let mut newsletter = mail("n", "Boiling point", Some(NEWSLETTER), "");
    newsletter.attachments = vec![
        file("f1", "teapot.png", "image/png", Some("teapot")),
        file("f2", "prices.csv", "text/csv", None),
    ];
    let mut invite = mail("i", "Invitation: Kettle review", None, "See you there.");
    invite.attachments = vec![file("f3", "invite.ics", "text/calendar", None)];
    if let Some(file) = invite.attachments.first_mut() {
        file.size = Some(900);
    }
    let mut missing = mail("m", "Not here yet", None, "");
    missing.extent = Some(Extent::Metadata);
    missing.body_plain = None;
    let mut many = mail("a", "Many people", None, "Hello everybody.");
    many.to = (0..30)
        .map(|at| Address::new(format!("p{at}@x.example")).named(format!("Person {at}")))
        .collect();
    let rtl = "<div dir=\"rtl\"><p>שלום עדה,</p><p>הפגישה ביום חמישי בשעה 14:00. <b>אל תשכחי</b> את העוגה.</p>\
               <p>مرحبا بك في المدينة</p></div>";
    let cjk = "<p>田中様</p><p>お世話になっております。木曜日の会議は<b>午後二時</b>からです。資料を<a href=\"https://x.example/資料\">こちら</a>に置きました。</p>";
    let broken = "<p>one<p>two<b>bold<i>both</b>italic</i><table><tr><td>a<td>b<tr><td>c</table></div></div>\
                  <a href=\"https://x.example\">never closed <p>&#27;[31mred &bogus; &#x202e;evil <![CDATA[x]]> <img";
    vec![
        mail("p", "Signed", None, PLAIN),
        newsletter,
        mail("q", "Re: Thursday", None, QUOTES),
        invite,
        mail("r", "יום חמישי", Some(rtl), ""),
        mail("c", "会議", Some(cjk), ""),
        mail("l", "Everything", Some(&large()), ""),
        mail("d", "Deep", Some(&deep()), ""),
        mail("b", "Broken", Some(broken), ""),
        many,
        missing,
    ]
}
