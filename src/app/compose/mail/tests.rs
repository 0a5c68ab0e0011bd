//! Promises of writing mails, on state alone.

use jiff::SignedDuration;

use super::{Field, MailForm};
use crate::app::effect::{Answer, Deed, Done, Effect, Read, Ticket};
use crate::app::layer::Layer;
use crate::app::samples::{account, at, entry, inbox, open, press};
use crate::app::status::{Link, Sync};
use crate::app::{Key, Msg, Pane, State, update};
use crate::model::account::{Provider, Signature};
use crate::model::act::{Correspondent, FileRef};
use crate::model::correspondence::{Book, Desk, Mailbox};
use crate::model::email::{Address, Extent, FolderRole};
use crate::model::inbox::{AccountKey, Entry, MailHead, StoredAccount, StoredAttachment};
use crate::model::outbox::{Draft, DraftBody, DraftKey, MailFormat, OutboxId};

fn people(text: &str) -> Vec<Address> {
    text.split_whitespace().map(Address::new).collect()
}

fn mail(key: i64, from: &str, to: &str, cc: &str) -> Entry {
    Entry {
        subject: Some("Re: Contract".to_owned()),
        mail: Some(Box::new(MailHead {
            message_id: None,
            provider_id: None,
            role: FolderRole::Inbox,
            folders: Vec::new(),
            from: Some(Address::new(from).named("Léa")),
            to: people(to),
            cc: people(cc),
            bcc: people("secret@x.io"),
            reply_to: Vec::new(),
            extent: Extent::Full,
            is_complete: Some(true),
            has_html: false,
            body: None,
        })),
        ..entry(key, "Shall we renew?\n\n> old")
    }
}

fn mailbox() -> StoredAccount {
    StoredAccount {
        provider: Provider::Google,
        identity: Some("ada@work.io".to_owned()),
        has_chats: false,
        has_mail: true,
        ..account(1, "ada@work.io")
    }
}

fn one(name: &str, address: &str) -> Correspondent {
    Correspondent {
        name: Some(name.to_owned()).filter(|it| !it.is_empty()),
        address: address.to_owned(),
    }
}

/// An inbox with one thread of mails that is open.
fn reading(entries: Vec<Entry>) -> State {
    let mut state = inbox(&["Léa"]);
    state.places.overview.accounts = vec![mailbox()];
    for row in &mut state.list.rows {
        row.is_mail = true;
        row.provider = Provider::Google;
    }
    let desk = Desk {
        mailboxes: vec![Mailbox {
            account: AccountKey(1),
            id: "acc-1".into(),
            provider: Provider::Google,
            own: one("Ada Martin", "ada@work.io"),
            aliases: vec![one("Ada", "sales@work.io")],
            signatures: vec![Signature {
                title: "Everyday".to_owned(),
                content: "Ada\nWork".to_owned(),
            }],
        }],
    };
    update(
        &mut state,
        Msg::Answer(Ticket(0), Answer::Desk(Box::new(desk))),
    );
    let book = Book {
        people: vec![one("Tomasz", "tz@x.io")],
        ..Book::default()
    };
    update(
        &mut state,
        Msg::Answer(Ticket(0), Answer::Book(Box::new(book))),
    );
    open(&mut state, entries);
    state
}

fn thread() -> Vec<Entry> {
    vec![
        mail(1, "tz@x.io", "ada@work.io", ""),
        mail(
            2,
            "lea@x.io",
            "ada@work.io tz@x.io",
            "sales@work.io zofia@x.io",
        ),
    ]
}

fn form(state: &mut State) -> &mut MailForm {
    state.form().expect("a mail is written")
}

fn write(state: &mut State, text: &str) -> Vec<Effect> {
    let letters = text.chars();
    letters
        .flat_map(|it| update(state, Msg::Key(Key::char(it))))
        .collect()
}

fn sent(effects: &[Effect]) -> Option<&DraftBody> {
    effects.iter().find_map(|it| match it {
        Effect::Do(Deed::Send(_, _, body, _)) => Some(&**body),
        _ => None,
    })
}

fn addresses(list: &[Correspondent]) -> Vec<&str> {
    list.iter().map(|it| it.address.as_str()).collect()
}

fn file(name: &str, size: u64) -> FileRef {
    FileRef {
        path: format!("/tmp/{name}").into(),
        name: name.to_owned(),
        size,
        mime: None,
        sha256: String::new(),
    }
}

#[test]
fn an_answer_to_all_goes_to_all_others_once_with_the_words_above_what_was_said() {
    let mut state = reading(thread());
    press(&mut state, "a");
    assert_eq!(state.focus, Pane::Compose);
    write(&mut state, "Yes.");
    let effects = press(&mut state, "^S");
    let body = sent(&effects).expect("it is handed over");
    assert_eq!(addresses(&body.to), ["lea@x.io"]);
    assert_eq!(addresses(&body.cc), ["tz@x.io", "zofia@x.io"]);
    assert!(body.bcc.is_empty());
    assert_eq!(body.subject, "Re: Contract");
    let mail = body.mail.as_ref().unwrap();
    assert_eq!(mail.answers.as_ref().unwrap().as_str(), "message-2");
    assert_eq!(body.conversation.as_deref(), Some("chat-1"));
    assert_eq!(mail.from, None, "it comes from where the mail came to");
    assert_eq!(
        body.text,
        "Yes.\n\n-- \nAda\nWork\n\nOn Thu 1 Jan 1970 at 00:00, Léa <lea@x.io> wrote:\n> Shall we renew?\n>\n>> old"
    );
    // It closes when the outbox has it.
    let ticket = form(&mut state).sheet.ticket;
    update(&mut state, Msg::Done(Done::Sent(ticket, OutboxId(1), None)));
    assert!(state.letter.is_none() && state.focus == Pane::Thread);
}

#[test]
fn an_answer_becomes_one_to_all_and_back_until_somebody_else_is_chosen() {
    let mut state = reading(thread());
    press(&mut state, "r");
    write(&mut state, "Hi");
    assert_eq!(form(&mut state).everybody().count(), 1);
    press(&mut state, "Esc a");
    assert_eq!(form(&mut state).everybody().count(), 3);
    assert!(form(&mut state).sheet.editor.text().starts_with("Hi"));
    press(&mut state, "Esc r");
    assert_eq!(form(&mut state).everybody().count(), 1);
    form(&mut state).field = Field::To;
    write(&mut state, "new@x.io,");
    press(&mut state, "Esc a");
    assert_eq!(
        form(&mut state).everybody().count(),
        2,
        "whom the user chose stays"
    );
}

#[test]
fn what_was_not_written_into_leaves_no_draft_and_what_was_is_kept_within_a_second() {
    let mut state = reading(thread());
    press(&mut state, "a Esc");
    assert!(state.letter.is_none());
    press(&mut state, "a");
    write(&mut state, "H");
    let later = at(0).checked_add(SignedDuration::from_secs(1)).unwrap();
    let effects = update(&mut state, Msg::Tick(later));
    let saved = effects.iter().find_map(|it| match it {
        Effect::Do(Deed::SaveDraft(ticket, _, body)) => Some((*ticket, body.clone())),
        _ => None,
    });
    let (ticket, body) = saved.expect("it is on its way to the disk");
    assert!(body.text.starts_with("H\n") && body.mail.is_some());
    update(
        &mut state,
        Msg::Done(Done::DraftSaved(ticket, DraftKey(7), body)),
    );
    press(&mut state, "Esc");
    assert!(
        state.letter.as_ref().is_some_and(|it| it.sheet.saved),
        "it stays in sight"
    );
    press(&mut state, "i");
    write(&mut state, "i");
    assert!(form(&mut state).sheet.editor.text().starts_with("Hi\n"));
}

#[test]
fn a_mail_that_looks_unfinished_asks_once_and_a_wrong_address_refuses() {
    let mut state = reading(thread());
    press(&mut state, "c");
    assert!(matches!(state.layers.last(), Some(Layer::Mail(_))));
    assert!(sent(&press(&mut state, "^S")).is_none(), "nobody is named");
    write(&mut state, "tz@");
    assert!(sent(&press(&mut state, "^S")).is_none());
    let said = state
        .toasts
        .all()
        .next()
        .map(|it| it.text.clone())
        .unwrap_or_default();
    assert!(said.contains("nothing stands behind the @"), "{said}");
    press(&mut state, "Backspace ^U");
    write(&mut state, "tom");
    press(&mut state, "Enter");
    assert_eq!(form(&mut state).everybody().count(), 1);
    form(&mut state).field = Field::Text;
    write(&mut state, "See the attached file.");
    assert!(sent(&press(&mut state, "^S")).is_none());
    assert!(matches!(state.layers.last(), Some(Layer::Doubt(_))));
    press(&mut state, "n");
    assert_eq!(form(&mut state).field, Field::Subject);
    write(&mut state, "Deck");
    assert!(
        sent(&press(&mut state, "^S")).is_none(),
        "there is still no file"
    );
    let effects = press(&mut state, "y");
    assert_eq!(sent(&effects).map(|it| it.subject.as_str()), Some("Deck"));
}

#[test]
fn a_forward_waits_for_its_files_and_goes_when_they_are_here() {
    let mut entries = thread();
    entries[1].attachments = vec![StoredAttachment {
        id: "att".into(),
        kind: "file".to_owned(),
        name: Some("contract.pdf".to_owned()),
        mime: None,
        size: Some(10),
        width: None,
        height: None,
        duration: None,
        variant: false,
        unavailable: false,
        cid: None,
    }];
    let mut state = reading(entries);
    let effects = press(&mut state, "f");
    let ticket = form(&mut state).sheet.ticket;
    assert!(
        effects
            .iter()
            .any(|it| matches!(it, Effect::Gather(to, files) if *to == ticket && files.len() == 1))
    );
    write(&mut state, "zofia@x.io,");
    let text = form(&mut state).sheet.editor.text();
    assert!(
        text.contains("Subject: Re: Contract\nTo: ada@work.io, tz@x.io\nCc: "),
        "{text}"
    );
    assert!(!text.contains("secret"), "{text}");
    assert_eq!(form(&mut state).subject.text(), "Fwd: Contract");
    let gone = Done::Gathered(ticket, "att".into(), Err("offline".to_owned()));
    update(&mut state, Msg::Done(gone));
    let effects = press(&mut state, "^S");
    assert!(sent(&effects).is_none(), "without its file it does not go");
    // The first try of ^S fails as well; when the network is back, it is fetched and goes.
    let gone = Done::Gathered(ticket, "att".into(), Err("offline".to_owned()));
    update(&mut state, Msg::Done(gone));
    let online = Sync {
        link: Link::Online,
        ..Sync::default()
    };
    let effects = update(&mut state, Msg::Sync(online));
    assert!(effects.iter().any(|it| matches!(it, Effect::Gather(..))));
    let came = Done::Gathered(ticket, "att".into(), Ok(file("contract.pdf", 10)));
    let effects = update(&mut state, Msg::Done(came));
    let body = sent(&effects).expect("now it goes");
    assert_eq!(body.attachments.len(), 1);
    assert!(body.mail.as_ref().unwrap().answers.is_none());
}

#[test]
fn everything_comes_back_when_a_mail_is_taken_back() {
    let mut state = reading(thread());
    press(&mut state, "a");
    form(&mut state).field = Field::From;
    press(&mut state, "Right");
    form(&mut state).field = Field::Bcc;
    write(&mut state, "blind@x.io,");
    form(&mut state).field = Field::Text;
    press(&mut state, "alt-m");
    form(&mut state).sheet.files = vec![file("deck.pdf", 12)];
    write(&mut state, "*Yes*");
    let before = form(&mut state).body();
    press(&mut state, "^S");
    let ticket = form(&mut state).sheet.ticket;
    update(&mut state, Msg::Done(Done::Sent(ticket, OutboxId(1), None)));
    let effects = update(
        &mut state,
        Msg::Done(Done::GivenBack(DraftKey(3), "Send mail".to_owned())),
    );
    let asked = effects.iter().find_map(|it| match it {
        Effect::Read(ticket, Read::Draft(_)) => Some(*ticket),
        _ => None,
    });
    let draft = Draft {
        key: DraftKey(3),
        body: before.clone(),
        created_at: at(0),
        updated_at: at(0),
    };
    update(
        &mut state,
        Msg::Answer(asked.unwrap(), Answer::Draft(Some(Box::new(draft)))),
    );
    let form = form(&mut state);
    assert_eq!(form.body(), before);
    assert_eq!(form.identity().unwrap().person.address, "sales@work.io");
    assert_eq!(
        (form.format, form.sheet.files.len()),
        (MailFormat::Markdown, 1)
    );
    assert_eq!(addresses(&before.bcc), ["blind@x.io"]);
}

#[test]
fn the_signature_follows_the_address_and_can_be_taken_out() {
    let mut state = reading(thread());
    press(&mut state, "c");
    form(&mut state).field = Field::Text;
    write(&mut state, "Hello");
    assert_eq!(
        form(&mut state).sheet.editor.text(),
        "Hello\n\n-- \nAda\nWork"
    );
    press(&mut state, "alt-s");
    assert_eq!(form(&mut state).sheet.editor.text(), "Hello");
    write(&mut state, "!");
    press(&mut state, "alt-s");
    assert_eq!(
        form(&mut state).sheet.editor.text(),
        "Hello!\n\n-- \nAda\nWork"
    );
    press(&mut state, "alt-z");
    assert_eq!(form(&mut state).sheet.editor.text(), "Hello!");
}

#[test]
fn an_answer_is_lifted_over_the_screen_and_put_back_with_everything() {
    let mut state = reading(thread());
    press(&mut state, "r");
    write(&mut state, "Hi");
    let before = form(&mut state).body();
    press(&mut state, "alt-w");
    assert!(matches!(state.layers.last(), Some(Layer::Mail(form)) if form.wide));
    assert_eq!(form(&mut state).body(), before);
    press(&mut state, "alt-w");
    assert!(state.layers.is_empty() && state.focus == Pane::Compose);
    assert_eq!(form(&mut state).body(), before);
}

#[test]
fn tab_walks_the_fields_and_enter_never_sends() {
    let mut state = reading(thread());
    press(&mut state, "c");
    let mut seen = vec![form(&mut state).field];
    for _ in 0..5 {
        press(&mut state, "Tab");
        seen.push(form(&mut state).field);
    }
    let [from, rest @ ..] = Field::ALL;
    assert_eq!(seen[..5], rest);
    assert_eq!(seen[5], from);
    press(&mut state, "shift-Tab");
    assert_eq!(form(&mut state).field, Field::Text);
    form(&mut state).to = super::People::of(&[one("", "a@x.io")]);
    form(&mut state).subject.set("x");
    assert!(sent(&press(&mut state, "Enter")).is_none());
}

#[test]
fn files_beyond_what_mail_takes_are_said_before_it_leaves() {
    let mut state = reading(thread());
    press(&mut state, "r");
    form(&mut state).sheet.files = vec![file("a", 20 << 20), file("b", 20 << 20)];
    assert!(sent(&press(&mut state, "^S")).is_none());
    let said = state
        .toasts
        .all()
        .next()
        .map(|it| it.text.clone())
        .unwrap_or_default();
    assert!(said.contains("no more than"), "{said}");
}

#[test]
fn a_link_fills_the_form_and_sends_nothing() {
    let mut state = reading(thread());
    let link = "mailto:tz@x.io?cc=b@x.io&subject=Hi&body=Line%0D%0Atwo".to_owned();
    let effects = update(&mut state, Msg::Link(link));
    assert!(sent(&effects).is_none());
    let body = form(&mut state).body();
    assert_eq!(
        (addresses(&body.to), addresses(&body.cc)),
        (vec!["tz@x.io"], vec!["b@x.io"])
    );
    assert_eq!(body.text, "Line\ntwo\n\n-- \nAda\nWork");
}

#[test]
fn what_is_quoted_comes_when_the_words_of_the_mail_do() {
    let mut entries = thread();
    let words = std::mem::take(&mut entries[1].text);
    entries[1].mail.as_mut().unwrap().extent = Extent::Metadata;
    let mut state = reading(entries);
    press(&mut state, "r");
    write(&mut state, "Yes");
    let thread = state.thread.as_mut().unwrap();
    thread.entries[1].text = words;
    thread.entries[1].mail.as_mut().unwrap().extent = Extent::Full;
    write(&mut state, "!");
    let text = form(&mut state).sheet.editor.text();
    assert!(text.starts_with("Yes!\n\n-- \nAda\nWork\n\nOn "), "{text}");
    assert!(text.ends_with("> Shall we renew?\n>\n>> old"), "{text}");
}
