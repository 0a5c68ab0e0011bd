//! Mails as they are read: every kind of the zoo at every size, what an open one fetches by itself, and what is saved of
//! it.

use std::sync::Arc;

use onebox::app::effect::{Effect, Wish};
use onebox::app::smalls::{SmallNews, SmallWish};
use onebox::app::status::{Link, Sync};
use onebox::app::{Msg, Settings};
use onebox::config::Images;
use onebox::store::Store;

use super::desk::Desk;
use super::hostile::{borders, check};
use super::looks::{SIZES, compare, sheet};
use crate::support::stage::Screen;
use crate::support::zoo::{INVITE, put, zoo};

/// The mails, and what is pressed once they are open.
const SCENES: &[(&str, &str, &str)] = &[
    ("mail-plain", "Signed", ""),
    ("mail-plain-unfolded", "Signed", "Enter"),
    ("mail-plain-source", "Signed", "H"),
    ("mail-newsletter", "Boiling point", ""),
    ("mail-newsletter-end", "Boiling point", "^D ^D ^D"),
    ("mail-newsletter-source", "Boiling point", "H H"),
    ("mail-newsletter-links", "Boiling point", "o"),
    ("mail-newsletter-file", "Boiling point", "p"),
    ("mail-quotes", "Re: Thursday", ""),
    ("mail-invite", "Invitation: Kettle review", ""),
    ("mail-rtl", "יום חמישי", ""),
    ("mail-cjk", "会議", ""),
    ("mail-large", "Everything", ""),
    ("mail-deep", "Deep", ""),
    ("mail-broken", "Broken", ""),
    ("mail-many-people", "Many people", ""),
    ("mail-addresses", "Signed", "t"),
    ("mail-missing", "Not here yet", ""),
];

fn open(store: Store, size: (u16, u16), ascii: bool) -> Screen {
    let settings = Settings {
        ascii,
        images: Images::Off,
        ..Settings::default()
    };
    let mut screen = Screen::open(store, size, settings);
    screen.theme.ascii = ascii;
    let online = Sync {
        link: Link::Online,
        settled: true,
        ..Sync::default()
    };
    screen.send(Msg::Sync(online));
    screen
}

/// Goes to a mail by its subject and opens it.
fn go(screen: &mut Screen, subject: &str) {
    for _ in 0..40 {
        let row = screen.state.list.current();
        if row.is_some_and(|it| it.subject.as_deref() == Some(subject)) {
            screen.press("Enter");
            return;
        }
        screen.press("j");
    }
    panic!("there is no mail called {subject}");
}

/// Brings the small files that were asked for.
fn come(screen: &mut Screen) {
    for effect in std::mem::take(&mut screen.left) {
        let news = match effect {
            Effect::Small(SmallWish::Invite(key)) => {
                let invite = onebox::mail::invite::read(INVITE.as_bytes());
                SmallNews::Invite(key, invite.map(Arc::new))
            }
            Effect::Small(SmallWish::Words(key)) => {
                SmallNews::Words(key, Ok("kettle,litres\ncopper,1.2\n".into()))
            }
            _ => continue,
        };
        screen.send(Msg::Small(news));
    }
}

fn stored(folder: &tempfile::TempDir) -> Store {
    let store = Store::open(folder.path()).unwrap();
    put(&store, zoo());
    store
}

fn play(ascii: bool, mut look: impl FnMut(&str, &str)) {
    let folder = tempfile::tempdir().unwrap();
    let store = stored(&folder);
    for (name, subject, keys) in SCENES {
        let mut screen = open(store.clone(), SIZES[0], ascii);
        go(&mut screen, subject);
        come(&mut screen);
        for key in keys.split_whitespace() {
            screen.press(key);
            come(&mut screen);
        }
        let sheet = sheet(|(width, height)| {
            screen.resize(width, height);
            screen.buffer().clone()
        });
        look(name, &sheet);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_mail_looks_as_it_did_at_every_size() {
    play(false, |name, sheet| compare("dark", name, sheet));
}

#[tokio::test(flavor = "multi_thread")]
async fn with_ascii_mails_are_there_and_nothing_else_is_drawn() {
    play(true, |name, sheet| {
        let other = sheet.chars().find(|it| !it.is_ascii());
        assert_eq!(other, None, "{name}:\n{sheet}");
        compare("ascii", name, sheet);
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn no_mail_breaks_a_border_or_acts_on_the_terminal_at_any_width() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = open(stored(&folder), (120, 36), false);
    for mail in zoo() {
        let subject = mail.subject.unwrap();
        screen.press("g i");
        go(&mut screen, &subject);
        for keys in ["Enter", "t", "H", "H", "H", "G", "g g", "^D"] {
            for key in keys.split(' ') {
                screen.press(key);
            }
            check(screen.buffer(), &format!("{subject}, {keys}"));
            borders(&screen, &format!("{subject}, {keys}"));
        }
        for width in (1..=200).step_by(13) {
            screen.resize(width, 30);
            check(screen.buffer(), &format!("{subject}, {width}"));
        }
        screen.resize(120, 36);
        screen.press("Esc");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_without_its_text_is_asked_for_once_when_it_is_opened_and_not_when_it_is_looked_at()
{
    let folder = tempfile::tempdir().unwrap();
    let mut screen = open(stored(&folder), (120, 36), false);
    let wishes = |screen: &Screen| {
        let is_one = |it: &&Effect| matches!(it, Effect::Engine(Wish::Mail(_)));
        screen.left.iter().filter(is_one).count()
    };
    for _ in 0..12 {
        screen.press("j");
        screen.pass(std::time::Duration::from_millis(200));
    }
    assert_eq!(wishes(&screen), 0);
    screen.press("g i");
    go(&mut screen, "Not here yet");
    assert_eq!(wishes(&screen), 1);
    screen.press("Enter Enter");
    assert_eq!(wishes(&screen), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_arrives_is_opened_and_its_file_is_saved_byte_for_byte() {
    let desk = Desk::alive().await;
    let mut terminal = desk.start();
    let mail = desk.mail_with_file().await;
    let subject = mail.subject.clone().unwrap();
    let beginning: String = subject.chars().take(14).collect();
    terminal.press("^R");
    terminal.see(beginning.trim());
    terminal.press("^K");
    terminal.see("Go to");
    terminal.type_in(beginning.trim());
    terminal.see("▌ ");
    terminal.press("Enter");
    terminal.miss("Go to ");
    let file = &mail.attachments[0];
    terminal.see(&file.name);
    terminal.press("d");
    terminal.see("Saved");
    let saved = desk.profile.folder().join("Downloads").join(&file.name);
    let account = Some(&mail.account_id);
    let (bytes, _) = desk
        .client
        .get_email_attachment_bytes(&mail.id, &file.id, account)
        .await
        .unwrap();
    assert_eq!(std::fs::read(&saved).unwrap(), bytes);
    // What has this name already is not written over.
    terminal.press("d");
    terminal.see("(1)");
    assert_eq!(std::fs::read(&saved).unwrap(), bytes);
}
