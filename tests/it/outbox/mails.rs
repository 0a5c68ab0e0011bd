//! Mails: sent once, moved, marked, deleted.

use onebox::api::emails::ListEmails;
use onebox::demo::{Aftermath, Mischief};
use onebox::model::account::Provider;
use onebox::model::act::{Act, Correspondent, MailBody, NewMail};
use onebox::model::email::{Email, FolderRole};
use onebox::model::id::AccountId;
use onebox::model::inbox::Conversation;
use onebox::model::outbox::OutboxState;
use onebox::store::outbox::{acts, moves};
use onebox::store::read::{conversations, entries};

use super::{Desk, first_of, is_mail, server};

fn mail(account: &AccountId, subject: &str, body: &str) -> Act {
    Act::SendEmail(NewMail {
        account: account.clone(),
        thread: None,
        from: None,
        to: vec![Correspondent {
            name: Some("Lena".into()),
            address: "lena@garden.example".into(),
        }],
        cc: vec![],
        bcc: vec![],
        subject: subject.to_owned(),
        body: MailBody::Plain(body.to_owned()),
        reply_to: None,
        forwards: None,
        attachments: vec![],
        draft: None,
        headers: vec![],
        tracking: None,
        key: String::new(),
    })
}

async fn sent(desk: &Desk, account: &AccountId) -> Vec<Email> {
    let params = ListEmails {
        to: Some("lena@garden.example".into()),
        ..ListEmails::default()
    };
    desk.client
        .list_emails(account, &params)
        .await
        .unwrap()
        .items
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_arrives_once_with_its_words_whatever_becomes_of_the_answer() {
    for aftermath in [
        Aftermath::Cut,
        Aftermath::Status(500),
        Aftermath::Garbage,
        Aftermath::Silence,
    ] {
        let demo = server(Mischief {
            drop_rate: 0.8,
            aftermath: vec![aftermath],
            ..Mischief::default()
        })
        .await;
        let desk = Desk::new(demo.url());
        let accounts = desk.fetch().await;
        for account in accounts.iter().filter(|it| is_mail(it)).map(|it| &it.id) {
            let acts = vec![
                mail(account, "Plants", "First: 3 < 4 & so on\n\nYours"),
                mail(account, "Plants", "Second"),
                mail(account, "Plants", "Second"),
            ];
            desk.submit(acts).await;
            desk.settle().await;
            assert_eq!(desk.unsettled(), [], "{aftermath:?}");
            let mut there: Vec<_> = sent(&desk, account)
                .await
                .into_iter()
                .filter_map(|it| it.body_plain)
                .collect();
            there.sort_unstable();
            assert_eq!(there, ["First: 3 < 4 & so on\n\nYours", "Second", "Second"]);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_the_user_sends_again_carries_its_key_so_that_the_server_knows_it() {
    let demo = server(Mischief::default()).await;
    let desk = Desk::new(demo.url());
    let accounts = desk.fetch().await;
    let account = first_of(&accounts, &Provider::Google);
    let id = desk.submit(vec![mail(&account, "Once", "only")]).await[0];
    desk.settle().await;
    // As if the answer had never come, and the mail had not been found.
    desk.store
        .write(onebox::store::Care::Kept, move |tx| {
            tx.execute(
                "UPDATE outbox SET state = 'queued', result = NULL WHERE id = ?1",
                [id.0],
            )?;
            Ok(())
        })
        .await
        .unwrap();
    desk.settle().await;
    assert_eq!(desk.item(id).state, OutboxState::Sent);
    assert_eq!(sent(&desk, &account).await.len(), 1);
}

/// A thread of the inbox of an account, with mails of others.
pub(super) fn thread(desk: &Desk, account: &AccountId) -> Conversation {
    desk.store
        .read_now(|db| {
            let accounts = onebox::store::read::accounts::all(db)?;
            let key = accounts
                .into_iter()
                .find(|it| it.id == *account)
                .map(|it| it.key);
            conversations::window(
                db,
                onebox::model::inbox::View::Inbox,
                key,
                onebox::model::inbox::Edge::Top,
                50,
            )
        })
        .unwrap()
        .into_iter()
        .find(|it| it.is_mail && !it.last_own)
        .unwrap()
}

async fn roles(desk: &Desk, account: &AccountId, thread: &Conversation) -> Vec<(FolderRole, bool)> {
    let all = desk
        .store
        .read_now(|db| entries::before(db, thread.key, None, 50))
        .unwrap();
    let mut roles = Vec::new();
    for entry in all {
        let there = desk
            .client
            .get_email(&entry.uid.as_str().into(), Some(account), None)
            .await
            .unwrap();
        let head = entry.mail.unwrap();
        assert_eq!(head.role, there.role, "the store and the server disagree");
        assert_eq!(head.folders, there.folders);
        assert_eq!(entry.unread, !there.is_read && !entry.own);
        roles.push((there.role, there.is_read));
    }
    roles
}

#[tokio::test(flavor = "multi_thread")]
async fn threads_are_archived_moved_marked_and_deleted_here_and_there() {
    let demo = server(Mischief::default()).await;
    let desk = Desk::new(demo.url());
    let accounts = desk.fetch().await;
    for account in accounts.iter().filter(|it| is_mail(it)).map(|it| &it.id) {
        let thread = thread(&desk, account);
        let act = async |acts: Vec<Act>| {
            assert!(!acts.is_empty());
            let ids = desk.submit(acts).await;
            let before = desk
                .store
                .read_now(|db| conversations::get(db, thread.key))
                .unwrap();
            desk.settle().await;
            for id in ids {
                assert_eq!(
                    desk.item(id).state,
                    OutboxState::Sent,
                    "{:?}",
                    desk.item(id)
                );
            }
            let after = desk
                .store
                .read_now(|db| conversations::get(db, thread.key))
                .unwrap();
            assert_eq!(before, after, "the server made something else of it");
            after.unwrap()
        };
        let make = |make: &dyn Fn(&rusqlite::Connection) -> onebox::store::Result<Vec<Act>>| {
            desk.store.read_now(make).unwrap()
        };
        let key = thread.key;
        if thread.unread == 0 {
            assert_eq!(act(make(&|db| acts::read(db, key, false))).await.unread, 1);
        }
        assert_eq!(act(make(&|db| acts::read(db, key, true))).await.unread, 0);
        assert!(
            roles(&desk, account, &thread)
                .await
                .iter()
                .all(|(_, read)| *read)
        );
        assert!(
            act(make(&|db| acts::archive(db, key, None, true)))
                .await
                .archived
        );
        let there = roles(&desk, account, &thread).await;
        assert!(there.iter().all(|(role, _)| *role != FolderRole::Inbox));
        assert!(
            !act(make(&|db| acts::archive(db, key, None, false)))
                .await
                .archived
        );
        act(make(&|db| moves::delete(db, key, None))).await;
        let there = roles(&desk, account, &thread).await;
        assert!(
            there
                .iter()
                .all(|(role, _)| matches!(role, FolderRole::Trash | FolderRole::Sent)),
            "{there:?}"
        );
    }
}
