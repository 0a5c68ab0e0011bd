//! Mails, folders, drafts and the address book.

use std::time::Duration;

use onebox::api::emails::{ListEmails, NewEmail, SendEmail, Tracking, UpdateEmail};
use onebox::api::operation::Area;
use onebox::api::{Paging, Upload};
use onebox::model::account::Provider;
use onebox::model::email::{Address, Email, EmailRemoval, FolderRole, Header};
use onebox::model::id::{AccountId, AttachmentId, EmailId, FolderId};

use super::{Scene, after, limit, refused, some};

#[tokio::test]
async fn emails_keep_to_the_contract() {
    let scene = Scene::open().await;
    for provider in [Provider::Google, Provider::Outlook, Provider::Imap] {
        mails_are_listed_and_read(&scene, provider).await;
    }
    the_list_is_filtered(&scene).await;
    a_mail_is_sent_once(&scene).await;
    a_draft_becomes_a_mail(&scene).await;
    a_mail_is_moved_and_deleted(&scene).await;
    folders_are_found_in_both_forms(&scene).await;
    the_address_book_is_read(&scene).await;
    what_is_not_there_is_refused(&scene).await;
    scene.end(Area::Emails).await;
}

async fn list(scene: &Scene, account: &AccountId, params: &ListEmails) -> Vec<Email> {
    some(scene.client.list_emails(account, params).await.unwrap())
}

async fn mails_are_listed_and_read(scene: &Scene, provider: Provider) {
    let client = &scene.client;
    let account = scene.account(provider).await;
    let mut params = ListEmails {
        paging: limit(20),
        ..ListEmails::default()
    };
    let page = client.list_emails(&account, &params).await.unwrap();
    params.paging = after(page.cursor.clone(), 20);
    let first = some(page);
    assert!(first.is_sorted_by(|a, b| a.date >= b.date));
    if params.paging.cursor.is_some() {
        let second = list(scene, &account, &params).await;
        assert!(second[0].date <= first.last().unwrap().date);
    }
    let mail = client.get_email(&first[0].id, None, Some(true)).await;
    let mail = mail.unwrap();
    assert!(mail.body.is_some() && !mail.headers.is_empty());
    let provider_id = EmailId::from(mail.provider_id.clone().unwrap());
    let same = client.get_email(&provider_id, Some(&account), None).await;
    assert_eq!(same.unwrap().id, mail.id);

    let files = first
        .iter()
        .flat_map(|mail| mail.attachments.iter().map(move |file| (mail, file)));
    for (mail, file) in files.take(3) {
        let fetched = client.get_email_attachment_bytes(&mail.id, &file.id, Some(&account));
        assert_eq!(Some(fetched.await.unwrap().0.len() as u64), file.size);
    }
}

async fn the_list_is_filtered(scene: &Scene) {
    let account = scene.account(Provider::Google).await;
    let all = ListEmails {
        paging: limit(250),
        ..ListEmails::default()
    };
    let inbox = ListEmails {
        role: Some(FolderRole::Inbox),
        meta_only: Some(true),
        before: Some("2030-01-01T00:00:00Z".parse().unwrap()),
        after: Some("2020-01-01T00:00:00Z".parse().unwrap()),
        ..all.clone()
    };
    let inbox = list(scene, &account, &inbox).await;
    assert!(inbox.iter().all(|mail| mail.role == FolderRole::Inbox));
    let mail = &inbox[0];
    let from = mail.from.as_ref().unwrap().address.clone();
    let params = ListEmails {
        from: Some(from.clone()),
        any_email: vec![from, "somebody@else.example".into()],
        to: mail.to.first().map(|to| to.address.clone()),
        include_headers: Some(true),
        ..all.clone()
    };
    let of_sender = list(scene, &account, &params).await;
    assert!(of_sender.iter().any(|one| one.id == mail.id));
    let params = ListEmails {
        thread_id: mail.thread_id.clone(),
        exclude_folders: vec!["SPAM".into(), "TRASH".into()],
        ..all.clone()
    };
    let thread = list(scene, &account, &params).await;
    assert!(thread.iter().any(|one| one.id == mail.id));
    let params = ListEmails {
        message_id: mail.message_id.clone(),
        ..all.clone()
    };
    assert_eq!(list(scene, &account, &params).await[0].id, mail.id);
    let params = ListEmails {
        folder: Some(mail.folder_ids[0].to_string()),
        ..all
    };
    let in_folder = list(scene, &account, &params).await;
    assert!(in_folder.iter().any(|one| one.id == mail.id));
}

fn mail(account: &AccountId) -> NewEmail {
    NewEmail {
        cc: vec![Address::new("cc@lunch.example")],
        bcc: vec![Address::new("bcc@lunch.example")],
        subject: Some("Lunch – Mittagessen \"am\" Dienstag".into()),
        headers: vec![Header {
            name: "X-Mood".into(),
            value: "hungry".into(),
        }],
        tracking: Some(Tracking {
            opens: Some(true),
            links: Some(false),
            label: Some("lunch".into()),
            custom_domain: None,
        }),
        attachments: vec![
            Upload::from_bytes("menu.txt", *b"soup"),
            Upload::from_bytes("menu.pdf", *b"%PDF-1.4"),
        ],
        ..NewEmail::new(
            account.clone(),
            vec![Address::new("friend@lunch.example").named("Friend, Best")],
            "<p>At noon?</p>",
        )
    }
}

async fn a_mail_is_sent_once(scene: &Scene) {
    let client = &scene.client;
    let account = scene.account(Provider::Outlook).await;
    let answered = list(scene, &account, &ListEmails::default())
        .await
        .remove(0);
    let own = Address::new("lunch@atelier-martin.example").named("Ada at lunch");
    let email = NewEmail {
        from: Some(own.clone()),
        reply_to: Some(answered.id.clone()),
        ..mail(&account)
    };
    let send = SendEmail {
        idempotency_key: Some("lunch-1".into()),
        ..SendEmail::from(email.clone())
    };
    let sent = client.send_email(&send).await.unwrap();
    let again = client.send_email(&send).await.unwrap();
    assert_eq!(again, sent, "the same key, the same mail");
    let other = SendEmail {
        email: NewEmail {
            subject: Some("Dinner".into()),
            ..email
        },
        ..send
    };
    refused(client.send_email(&other).await, 409);

    let params = ListEmails {
        role: Some(FolderRole::Sent),
        ..ListEmails::default()
    };
    let found: Vec<Email> = list(scene, &account, &params).await;
    let found: Vec<&Email> = found
        .iter()
        .filter(|mail| mail.tracking_id.as_ref() == Some(&sent.tracking_id))
        .collect();
    let [stored] = found[..] else {
        panic!("sent {} times", found.len());
    };
    assert_eq!(stored.thread_id, answered.thread_id);
    assert_eq!(stored.from.as_ref().unwrap().address, own.address);
    assert_eq!(stored.to[0].name.as_deref(), Some("Friend, Best"));
    let file = &stored.attachments[0].id;
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("menu.txt");
    let saved = client.get_email_attachment(&stored.id, file, None, &to, |_, _| {});
    saved.await.unwrap();
    assert_eq!(std::fs::read(&to).unwrap(), b"soup");

    // The reader opens it and answers in time.
    scene.stage.pass(Duration::from_secs(3_600));
    let params = ListEmails {
        after: Some(stored.date),
        role: Some(FolderRole::Inbox),
        ..ListEmails::default()
    };
    client.list_emails(&account, &params).await.unwrap();
}

async fn a_draft_becomes_a_mail(scene: &Scene) {
    let client = &scene.client;
    let account = scene.account(Provider::Google).await;
    let draft = client.create_draft(&mail(&account)).await.unwrap();
    client
        .create_draft_seed_form(&mail(&account))
        .await
        .unwrap();
    let params = ListEmails {
        role: Some(FolderRole::Drafts),
        ..ListEmails::default()
    };
    let before = list(scene, &account, &params).await.len();
    let send = SendEmail {
        draft_id: Some(draft),
        ..SendEmail::from(mail(&account))
    };
    client.send_email(&send).await.unwrap();
    assert_eq!(list(scene, &account, &params).await.len(), before - 1);
    refused(client.send_email(&send).await, 404);
}

async fn a_mail_is_moved_and_deleted(scene: &Scene) {
    let client = &scene.client;
    let account = scene.account(Provider::Imap).await;
    let params = ListEmails {
        role: Some(FolderRole::Inbox),
        ..ListEmails::default()
    };
    let mail = list(scene, &account, &params).await.remove(0);
    let update = async |params: UpdateEmail| {
        let done = client.update_email(&mail.id, Some(&account), &params);
        done.await.unwrap();
        client.get_email(&mail.id, None, None).await.unwrap()
    };
    for unread in [true, false] {
        let changed = update(UpdateEmail {
            unread: Some(unread),
            ..UpdateEmail::default()
        });
        assert_eq!(changed.await.is_read, !unread);
    }
    let folders = some(client.list_folders(Some(&account)).await.unwrap());
    let archive = folders
        .iter()
        .find(|folder| folder.role == FolderRole::Archive)
        .unwrap();
    let moved = update(UpdateEmail {
        folders: Some(vec![archive.name.clone()]),
        ..UpdateEmail::default()
    });
    assert_eq!(moved.await.role, FolderRole::Archive);
    let nowhere = UpdateEmail {
        folders: Some(vec!["No such folder".into()]),
        ..UpdateEmail::default()
    };
    refused(client.update_email(&mail.id, None, &nowhere).await, 422);

    let trashed = client.delete_email(&mail.id, Some(&account)).await;
    assert_eq!(trashed.unwrap(), EmailRemoval::Trashed);
    let deleted = client.delete_email(&mail.id, None).await;
    assert_eq!(deleted.unwrap(), EmailRemoval::Deleted);
    refused(client.get_email(&mail.id, None, None).await, 404);
}

async fn folders_are_found_in_both_forms(scene: &Scene) {
    let client = &scene.client;
    let account = scene.account(Provider::Google).await;
    let all = some(client.list_folders(None).await.unwrap());
    let own = some(client.list_folders_seed_form(Some(&account)).await.unwrap());
    assert!(own.len() < all.len() && own.iter().all(|one| all.contains(one)));
    let folder = &own[0];
    let read = client.get_folder(&folder.id, None).await.unwrap();
    assert_eq!(read, *folder);
    let provider_id = FolderId::from(folder.provider_id.as_str());
    let read = client.get_folder_seed_form(&provider_id, Some(&account));
    assert_eq!(read.await.unwrap(), *folder);
}

async fn the_address_book_is_read(scene: &Scene) {
    let client = &scene.client;
    for provider in [Provider::Google, Provider::Outlook] {
        let account = scene.account(provider).await;
        let first = client.list_email_contacts(&account, &limit(3)).await;
        let first = first.unwrap();
        let next = after(first.cursor.clone(), 250);
        some(first);
        some(client.list_email_contacts(&account, &next).await.unwrap());
    }
}

async fn what_is_not_there_is_refused(scene: &Scene) {
    let (client, stranger) = (&scene.client, &scene.stranger);
    let linkedin = scene.account(Provider::Linkedin).await;
    let nobody = AccountId::from("nobody");
    let id = EmailId::from("{\"uid\": 1, \"folder\": \"a/b\"}");
    let file = AttachmentId::from("x:1=");
    let folder = FolderId::from("INBOX/..");
    refused(
        client.list_emails(&nobody, &ListEmails::default()).await,
        404,
    );
    refused(
        client.list_emails(&linkedin, &ListEmails::default()).await,
        401,
    );
    refused(client.send_email(&mail(&nobody).into()).await, 404);
    let rejected = NewEmail::new(
        scene.account(Provider::Imap).await,
        vec![Address::new("nobody@lunch.example")],
        "<p>Hello?</p>",
    );
    refused(client.send_email(&rejected.into()).await, 422);
    refused(client.get_email(&id, None, None).await, 404);
    refused(client.delete_email(&id, None).await, 404);
    let read = UpdateEmail {
        unread: Some(false),
        ..UpdateEmail::default()
    };
    refused(client.update_email(&id, None, &read).await, 404);
    let bytes = client.get_email_attachment_bytes(&id, &file, None).await;
    refused(bytes, 404);
    refused(client.list_folders(Some(&nobody)).await, 404);
    refused(stranger.list_folders_seed_form(None).await, 401);
    refused(client.get_folder(&folder, None).await, 404);
    refused(
        client.get_folder_seed_form(&folder, Some(&nobody)).await,
        404,
    );
    refused(client.create_draft(&mail(&nobody)).await, 404);
    refused(client.create_draft_seed_form(&mail(&nobody)).await, 404);
    let paging = Paging::default();
    refused(client.list_email_contacts(&nobody, &paging).await, 404);
}
