//! Mails that are written on the screen arrive as they were written, with all that belongs to them.

use onebox::api::emails::ListEmails;
use onebox::mail::quote::{Quoted, answered, words};
use onebox::mail::{outgoing, text};
use onebox::model::act::MailBody;
use onebox::model::email::{Address, Email, FolderRole};
use onebox::model::id::AccountId;
use onebox::store::read::entries;

use super::desk::Desk;
use super::flows::in_thread;
use crate::support::terminal::Terminal;

const THREAD: &str = "Re: Contract renewal";

/// The mailbox the thread is in.
async fn mailbox(desk: &Desk) -> AccountId {
    let all = desk
        .client
        .list_accounts(&onebox::api::Paging::default())
        .await
        .unwrap();
    let account = all
        .items
        .into_iter()
        .find(|it| it.name == "ada@nuvem.example");
    account.unwrap().id
}

async fn mails(desk: &Desk, role: FolderRole) -> Vec<Email> {
    let params = ListEmails {
        role: Some(role),
        ..ListEmails::default()
    };
    let page = desk.client.list_emails(&mailbox(desk).await, &params).await;
    page.unwrap().items
}

/// The mail of the user that holds these words, when the server has it, as the server has it.
async fn sent(desk: &Desk, said: &str) -> Email {
    let has = |it: &Email| it.body.as_deref().is_some_and(|it| it.contains(said));
    sent_one(desk, has).await
}

/// The one mail of the user that is such a one.
async fn sent_one(desk: &Desk, is_it: impl Fn(&Email) -> bool) -> Email {
    Desk::until(async || mails(desk, FolderRole::Sent).await.iter().any(&is_it)).await;
    let mut found = mails(desk, FolderRole::Sent).await;
    found.retain(&is_it);
    assert_eq!(found.len(), 1, "it arrives once");
    let account = mailbox(desk).await;
    let mail = desk
        .client
        .get_email(&found[0].id, Some(&account), Some(true));
    mail.await.unwrap()
}

/// The last mail of the thread, which is the one that is answered.
async fn newest(desk: &Desk) -> Email {
    let all = mails(desk, FolderRole::Inbox).await.into_iter();
    let mut thread: Vec<Email> = all
        .filter(|it| it.subject.as_deref() == Some(THREAD))
        .collect();
    thread.sort_by_key(|it| it.date);
    let id = thread.pop().unwrap().id;
    desk.client
        .get_email(&id, Some(&mailbox(desk).await), None)
        .await
        .unwrap()
}

fn addresses(list: &[Address]) -> Vec<&str> {
    list.iter().map(|it| it.address.as_str()).collect()
}

/// Opens the thread and waits until its last mail is here.
fn read(desk: &Desk) -> Terminal {
    let mut terminal = desk.start();
    go_on(&mut terminal);
    terminal.see("There are no comments in it");
    terminal
}

/// Opens the thread; in the window it is called by its people.
fn go_on(terminal: &mut Terminal) {
    terminal.press("^K");
    terminal.see("Go to");
    terminal.type_in(THREAD);
    terminal.see("▌ Tomasz Zieliński");
    terminal.press("Enter");
    terminal.miss("Go to ");
    in_thread(terminal, THREAD);
    terminal.see("a reply all");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_to_all_with_a_file_arrives_byte_for_byte() {
    let desk = Desk::open().await;
    let bytes: Vec<u8> = (0..90_000_u32).map(|it| (it % 241) as u8).collect();
    std::fs::write(desk.profile.folder().join("numbers.csv"), &bytes).unwrap();
    let original = newest(&desk).await;
    let mut terminal = read(&desk);
    terminal.press("a");
    terminal.see("Reply to all as ada@nuvem.example");
    terminal.see("to 3 people");
    terminal.press("^O");
    terminal.see("Attach a file");
    terminal.type_in("numbers");
    terminal.see("numbers.csv");
    terminal.press("Enter");
    terminal.see("▪ numbers.csv");
    terminal.type_in("Dear all, see page 4 & <all> of it.");
    terminal.press("^S");
    let mail = sent(&desk, "see page 4").await;
    assert_eq!(mail.subject.as_deref(), Some(THREAD));
    assert_eq!(addresses(&mail.to), ["tomasz.zielinski@baltik.example"]);
    assert_eq!(
        addresses(&mail.cc),
        ["lea.fontaine@nuvem.example", "zofia.nowak@baltik.example"]
    );
    assert!(mail.bcc.is_empty());
    let answers = mail
        .in_reply_to
        .as_ref()
        .and_then(|it| it.message_id.clone());
    assert_eq!(answers, original.message_id);
    // The words are those of the form: the user's, the signature, the quoted mail.
    let store = desk.profile.store();
    let entry = store
        .read_now(|db| entries::with_uid(db, original.id.as_str()))
        .unwrap()
        .unwrap();
    let at = entry.key.time().to_zoned(jiff::tz::TimeZone::UTC);
    let quoted = answered(&Quoted {
        at: Some(&at),
        from: original.from.as_ref(),
        to: &[],
        cc: &[],
        subject: None,
        text: &words(&text::letter(&entry.text)),
    });
    let written = format!(
        "Dear all, see page 4 & <all> of it.\n\n-- \nAda Martin\nada@nuvem.example\n\n{}",
        quoted.trim_end()
    );
    assert_eq!(
        mail.body.unwrap(),
        outgoing::html(&MailBody::Plain(written))
    );
    assert!(
        mail.body_plain
            .unwrap()
            .contains("see page 4 & <all> of it.")
    );
    assert_eq!(mail.attachments.len(), 1);
    let file = desk
        .client
        .get_email_attachment_bytes(&mail.id, &mail.attachments[0].id, None);
    assert_eq!(file.await.unwrap().0, bytes);
    in_thread(&terminal, "see page 4");
    terminal.miss("Reply to all as");
    terminal.miss("unsent");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_is_passed_on_with_its_files() {
    let desk = Desk::open().await;
    let original = newest(&desk).await;
    let mut terminal = read(&desk);
    terminal.press("f");
    terminal.see("Forward as ada@nuvem.example");
    terminal.see("▪ annex.docx");
    terminal.type_in("bernadette@else.example,");
    terminal.see("to bernadette@else.example");
    terminal.press("^S");
    let to_her = |it: &Email| addresses(&it.to) == ["bernadette@else.example"];
    let mail = sent_one(&desk, to_her).await;
    assert_eq!(mail.subject.as_deref(), Some("Fwd: Contract renewal"));
    assert_eq!(addresses(&mail.to), ["bernadette@else.example"]);
    assert!(mail.in_reply_to.is_none());
    assert_eq!(mail.attachments.len(), original.attachments.len());
    for (copy, file) in mail.attachments.iter().zip(&original.attachments) {
        assert_eq!(copy.name, file.name);
        let copied = desk
            .client
            .get_email_attachment_bytes(&mail.id, &copy.id, None)
            .await;
        let first = desk
            .client
            .get_email_attachment_bytes(&original.id, &file.id, None)
            .await;
        assert_eq!(copied.unwrap().0, first.unwrap().0);
    }
    assert!(mail.body.unwrap().contains("Subject: Re: Contract renewal"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_is_taken_back_comes_back_with_everything() {
    let desk = Desk::open().await;
    let config = desk.profile.folder().join("config").join("config.toml");
    std::fs::write(config, "[sending]\nundo_seconds = 600\n").unwrap();
    std::fs::write(desk.profile.folder().join("numbers.csv"), "1,2").unwrap();
    let before = mails(&desk, FolderRole::Sent).await.len();
    let mut terminal = read(&desk);
    terminal.press("a");
    terminal.see("to 3 people");
    terminal.type_in("Too early");
    terminal.press("^O");
    terminal.see("Attach a file");
    terminal.type_in("numbers");
    terminal.see("numbers.csv");
    terminal.press("Enter");
    terminal.see("▪ numbers.csv");
    terminal.press("^S");
    terminal.miss("Reply to all as");
    terminal.see("On its way");
    // It is seen where it will be, on its way.
    in_thread(&terminal, "Too early");
    terminal.press("z");
    terminal.see("Reply to all as");
    for part in [
        "to 3 people",
        "Too early",
        "▪ numbers.csv",
        "Léa Fontaine",
        "Zofia Nowak",
    ] {
        in_thread(&terminal, part);
    }
    assert_eq!(mails(&desk, FolderRole::Sent).await.len(), before);
    terminal.type_in(" no more");
    in_thread(&terminal, "no more");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_was_being_written_when_it_was_killed_is_there_again() {
    let desk = Desk::open().await;
    let mut terminal = read(&desk);
    terminal.press("a");
    terminal.see("to 3 people");
    terminal.type_in("Half a letter");
    terminal.see(" saved ");
    terminal.signal("KILL");
    assert_ne!(terminal.end().code, 0);
    let mut terminal = desk.start();
    go_on(&mut terminal);
    in_thread(&terminal, "Half a letter");
    terminal.press("i");
    terminal.see("to 3 people");
    terminal.type_in("Not ");
    in_thread(&terminal, "Not Half a letter");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_for_a_mail_opens_it_filled_in_and_sends_nothing() {
    let desk = Desk::open().await;
    let before = mails(&desk, FolderRole::Sent).await.len();
    let link = "mailto:zofia@else.example?subject=The%20annex&body=Hello%0D%0AZofia";
    let mut terminal = desk.start_with(&[link]);
    terminal.see("New mail");
    for part in ["zofia@else.example", "The annex", "Hello", "Zofia"] {
        terminal.see(part);
    }
    assert_eq!(mails(&desk, FolderRole::Sent).await.len(), before);
    terminal.press("^S");
    let mail = sent(&desk, "Zofia").await;
    assert_eq!(mail.subject.as_deref(), Some("The annex"));
    assert_eq!(addresses(&mail.to), ["zofia@else.example"]);
}
