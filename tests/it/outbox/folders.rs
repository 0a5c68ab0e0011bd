//! Threads in folders: their mails end where they were put, here and at the server, and come back from there.

use std::time::Duration;

use jiff::Timestamp;
use onebox::demo::Mischief;
use onebox::model::account::Provider;
use onebox::model::act::{Act, Correspondent, MailBody, NewMail};
use onebox::model::email::FolderRole;
use onebox::model::id::AccountId;
use onebox::model::inbox::{Conversation, ConversationKey, Entry, StoredFolder};
use onebox::model::outbox::OutboxState;
use onebox::store::outbox::moves::{self, Goal};
use onebox::store::outbox::{Reach, Undone, undo};
use onebox::store::read::{accounts, entries, folders as shown_in};
use onebox::store::{Care, Result};

use super::mails::thread;
use super::{Desk, first_of, is_mail, server};

fn stored(desk: &Desk, key: ConversationKey) -> Vec<Entry> {
    let all = desk.store.read_now(|db| entries::before(db, key, None, 50));
    all.unwrap()
}

/// In which folders each mail of a thread lies, and whether it was sent from here. The server says the same.
async fn places(
    desk: &Desk,
    account: &AccountId,
    key: ConversationKey,
) -> Vec<(bool, Vec<String>)> {
    let mut found = Vec::new();
    for entry in stored(desk, key) {
        let id = entry.uid.as_str().into();
        let there = desk.client.get_email(&id, Some(account), None);
        let (there, head) = (there.await.unwrap(), entry.mail.unwrap());
        assert_eq!((&head.role, &head.folders), (&there.role, &there.folders));
        found.push((entry.own, head.folders));
    }
    found
}

fn folders(desk: &Desk, account: &AccountId) -> Vec<StoredFolder> {
    let all = desk.store.read_now(|db| {
        let key = accounts::all(db)?.into_iter().find(|it| it.id == *account);
        accounts::folders(db, key.unwrap().key)
    });
    all.unwrap()
}

fn of_role(desk: &Desk, account: &AccountId, role: &FolderRole) -> StoredFolder {
    let all = folders(desk, account).into_iter();
    all.into_iter().find(|it| it.role == *role).unwrap()
}

async fn act(desk: &Desk, make: impl FnOnce(&rusqlite::Connection) -> Result<Vec<Act>>) {
    let acts = desk.store.read_now(make).unwrap();
    assert!(!acts.is_empty());
    let ids = desk.submit(acts).await;
    desk.settle().await;
    for id in ids {
        assert_eq!(
            desk.item(id).state,
            OutboxState::Sent,
            "{:?}",
            desk.item(id)
        );
    }
}

async fn take_back(desk: &Desk) {
    let undone = desk.store.write(Care::Kept, move |tx| {
        let reach = Reach {
            since: Timestamp::UNIX_EPOCH,
            words: Duration::ZERO,
        };
        undo(tx, &reach, Timestamp::now())
    });
    assert!(matches!(undone.await.unwrap(), Undone::Done { .. }));
    desk.settle().await;
}

/// A thread of the inbox that the user has answered.
async fn answered(desk: &Desk, account: &AccountId) -> Conversation {
    let it = thread(desk, account);
    let last = stored(desk, it.key).pop().unwrap();
    let to = last.mail.unwrap().from.unwrap();
    let answer = NewMail {
        account: account.clone(),
        thread: Some(it.uid.clone()),
        from: None,
        to: vec![Correspondent::from(&to)],
        cc: vec![],
        bcc: vec![],
        subject: "Re: this".to_owned(),
        body: MailBody::Plain("Thank you".to_owned()),
        reply_to: Some(last.uid.as_str().into()),
        forwards: None,
        attachments: vec![],
        draft: None,
        headers: vec![],
        tracking: None,
        key: String::new(),
    };
    act(desk, |_| Ok(vec![Act::SendEmail(answer)])).await;
    it
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_wrote_is_moved_what_was_sent_stays_and_undo_brings_it_back() {
    let demo = server(Mischief::default()).await;
    let desk = Desk::patient(demo.url());
    let linked = desk.fetch().await;
    for account in linked.iter().filter(|it| is_mail(it)) {
        let id = &account.id;
        let key = answered(&desk, id).await.key;
        let before = places(&desk, id, key).await;
        assert!(before.iter().any(|(own, _)| *own));
        let own = folders(&desk, id);
        let own = own
            .iter()
            .find(|it| it.role == FolderRole::Unknown)
            .unwrap();
        let inbox = of_role(&desk, id, &FolderRole::Inbox).name;
        for (goal, role) in [
            (Some(Goal::Archive), FolderRole::Archive),
            (Some(Goal::Spam), FolderRole::Spam),
            (Some(Goal::Folder(own.key)), FolderRole::Unknown),
            (None, FolderRole::Trash),
        ] {
            act(&desk, |db| match goal {
                Some(goal) => moves::to(db, key, None, goal),
                None => moves::delete(db, key, None),
            })
            .await;
            let target = match role {
                FolderRole::Unknown => own.clone(),
                ref role => of_role(&desk, id, role),
            };
            let after = places(&desk, id, key).await;
            for ((sent, was), (_, now)) in before.iter().zip(&after) {
                if *sent || !was.contains(&inbox) {
                    // Gmail moves threads as a whole.
                    assert!(was == now || account.provider == Provider::Google);
                } else {
                    assert_eq!(now.first(), Some(&target.name), "{role:?}");
                }
            }
            // The folder's own list has it.
            let edge = onebox::model::inbox::Edge::Top;
            let list = desk
                .store
                .read_now(|db| shown_in::window(db, target.account, &target.uid, edge, 500));
            assert!(list.unwrap().iter().any(|it| it.key == key), "{role:?}");
            take_back(&desk).await;
            let again = places(&desk, id, key).await;
            if account.provider == Provider::Google {
                // Labels are those of the whole thread there.
                let in_inbox = |it: &&(bool, Vec<String>)| it.1.contains(&inbox);
                assert!(
                    again.iter().filter(in_inbox).count() >= before.iter().filter(in_inbox).count()
                );
            } else {
                assert_eq!(again, before, "{role:?}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_trash_only_what_lies_there_is_deleted_and_anything_can_be_brought_back() {
    let demo = server(Mischief::default()).await;
    let desk = Desk::patient(demo.url());
    let linked = desk.fetch().await;
    for account in linked.iter().filter(|it| is_mail(it)).map(|it| &it.id) {
        let key = answered(&desk, account).await.key;
        let count = stored(&desk, key).len();
        let trash = of_role(&desk, account, &FolderRole::Trash);
        act(&desk, |db| moves::delete(db, key, None)).await;
        let thrown = |all: &[(bool, Vec<String>)]| {
            all.iter().filter(|it| it.1 == [trash.name.clone()]).count()
        };
        let there = thrown(&places(&desk, account, key).await);
        assert!(there > 0);
        act(&desk, |db| moves::to(db, key, Some(trash.key), Goal::Inbox)).await;
        assert_eq!(thrown(&places(&desk, account, key).await), 0);
        act(&desk, |db| moves::delete(db, key, None)).await;
        let there = thrown(&places(&desk, account, key).await);
        act(&desk, |db| moves::delete(db, key, Some(trash.key))).await;
        let left = stored(&desk, key);
        assert_eq!(left.len(), count - there);
        assert!(left.iter().any(|it| it.own));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_the_server_does_not_know_is_told_and_the_mails_lie_where_they_lay() {
    let demo = server(Mischief::default()).await;
    let desk = Desk::patient(demo.url());
    let linked = desk.fetch().await;
    let account = first_of(&linked, &Provider::Imap);
    let key = thread(&desk, &account).key;
    let before = places(&desk, &account, key).await;
    let target = of_role(&desk, &account, &FolderRole::Unknown).key;
    let rename = desk.store.write(Care::Cache, move |tx| {
        tx.execute(
            "UPDATE folders SET name = 'Gone since' WHERE id = ?1",
            [target.0],
        )?;
        Ok(())
    });
    rename.await.unwrap();
    let make = |db: &rusqlite::Connection| moves::to(db, key, None, Goal::Folder(target));
    let ids = desk.submit(desk.store.read_now(make).unwrap()).await;
    let shown = |it: &Entry| it.mail.as_ref().unwrap().folders == ["Gone since"];
    assert!(stored(&desk, key).iter().any(shown));
    desk.settle().await;
    for id in ids {
        let item = desk.item(id);
        assert_eq!(item.state, OutboxState::Failed);
        assert!(item.error.unwrap().contains("older"), "says what was wrong");
    }
    assert_eq!(places(&desk, &account, key).await, before);
}
