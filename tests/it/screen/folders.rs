//! Mails in folders, as somebody moves them about: the server has them where the screen says they are.

use onebox::api::emails::ListEmails;
use onebox::model::account::Provider;
use onebox::model::email::FolderRole;
use onebox::model::id::AccountId;

use super::desk::{Desk, THREAD};
use super::flows::{in_list, in_thread, not_in_list};

/// What the thread is about.
const NAME: &str = "Mise en demeure";

/// Where the mails of a thread lie that others wrote, and where those lie that were sent.
async fn lies(desk: &Desk, account: &AccountId, subject: &str) -> (Vec<String>, Vec<FolderRole>) {
    let params = ListEmails::default();
    let all = desk.client.list_emails(account, &params).await.unwrap();
    let mails = all.items.into_iter().filter(|it| {
        let words = it.subject.as_deref().unwrap_or_default();
        words.contains(subject)
    });
    let (mut theirs, mut sent) = (Vec::new(), Vec::new());
    for mail in mails {
        let own = mail
            .from
            .is_some_and(|it| it.address == "ada@martin.example");
        if own {
            sent.push(mail.role);
        } else {
            theirs.extend(mail.folders);
        }
    }
    theirs.dedup();
    (theirs, sent)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_is_moved_taken_back_thrown_away_found_in_the_trash_and_brought_back() {
    let desk = Desk::open().await;
    let accounts = desk
        .client
        .list_accounts(&onebox::api::Paging::default())
        .await;
    let accounts = accounts.unwrap().items.into_iter();
    let imap = accounts
        .into_iter()
        .find(|it| it.provider == Provider::Imap)
        .unwrap()
        .id;
    let until = async |folder: &str| {
        Desk::until(async || {
            let (theirs, sent) = lies(&desk, &imap, NAME).await;
            assert!(sent.iter().all(|it| *it == FolderRole::Sent), "{sent:?}");
            theirs == [folder]
        })
        .await;
    };
    let mut terminal = desk.start();
    terminal.press("^K");
    terminal.see("Go to");
    terminal.type_in("mise en demeure");
    terminal.see("▌ Gérard");
    terminal.press("Enter");
    terminal.miss("Go to ");
    in_thread(&terminal, NAME);
    terminal.press("v");
    terminal.see("Move to a folder");
    terminal.type_in("travel");
    terminal.see("▌ Travel");
    terminal.press("Enter");
    terminal.see("to Travel");
    not_in_list(&terminal, NAME);
    until("Travel").await;
    terminal.press("z");
    terminal.see("Taken back");
    in_list(&terminal, NAME);
    until("INBOX").await;
    terminal.press("#");
    terminal.see("to the trash");
    not_in_list(&terminal, NAME);
    until("INBOX/Trash").await;
    terminal.press("^K");
    terminal.see("Go to");
    terminal.type_in("trash ada@martin");
    terminal.see("▌ Trash");
    terminal.press("Enter");
    terminal.see("─ Trash · ");
    in_list(&terminal, NAME);
    // Here it would be for good.
    let row = terminal.with(|screen| {
        let mut rows = screen.rows(24, THREAD - 24);
        rows.position(|row| row.contains(NAME))
    });
    terminal.click(30, u16::try_from(row.unwrap()).unwrap());
    terminal.press("#");
    terminal.see("It cannot be taken back");
    terminal.press("n");
    terminal.press("e");
    not_in_list(&terminal, NAME);
    terminal.see("to the inbox");
    until("INBOX").await;
    terminal.press("g");
    terminal.press("i");
    in_list(&terminal, NAME);
}
