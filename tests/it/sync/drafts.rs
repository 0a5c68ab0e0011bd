//! Drafts of mails, here and at the provider: never lost, never doubled, never overwritten.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use onebox::api::emails::{ListEmails, NewEmail};
use onebox::api::{Client, Source, Upload};
use onebox::demo::Demo;
use onebox::model::account::Provider;
use onebox::model::act::{Act, Correspondent};
use onebox::model::email::{Address, Email, FolderRole};
use onebox::model::id::AccountId;
use onebox::model::outbox::{Draft, DraftBody, DraftKey, MailDraft, OutboxState};
use onebox::store::outbox::{self, When, drafts};
use onebox::store::{Care, Store};
use onebox::sync::engine::{Pace, Settings};

use super::{Desk, LONG, brisk, demo, one};
use crate::support::weather::Weather;
use crate::support::{KEY, client};

/// Stores drafts at once, and looks often at what is there.
fn eager() -> Settings {
    let brisk = brisk();
    Settings {
        pace: Pace {
            drafts: Duration::from_millis(60),
            folders: Duration::from_millis(700),
            ..brisk.pace
        },
        undo: Duration::ZERO,
        ..brisk
    }
}

async fn desk(url: &str) -> (Desk, AccountId) {
    let desk = Desk::with(tempfile::tempdir().unwrap(), url, eager()).await;
    desk.settled().await;
    let account = desk
        .accounts()
        .into_iter()
        .find(|it| it.provider == Provider::Google);
    (desk, account.unwrap().id)
}

fn body(account: &AccountId, subject: &str, text: &str) -> DraftBody {
    DraftBody {
        account: Some(account.clone()),
        subject: subject.to_owned(),
        text: text.to_owned(),
        to: vec![Correspondent {
            name: Some("Lena".into()),
            address: "lena@garden.example".into(),
        }],
        mail: Some(Box::new(MailDraft::default())),
        ..DraftBody::default()
    }
}

fn save(store: &Store, key: Option<DraftKey>, body: &DraftBody) -> DraftKey {
    let body = body.clone();
    let work = move |tx: &onebox::store::Tx<'_>| drafts::save(tx, key, &body, Timestamp::now());
    store.write_now(Care::Kept, work).unwrap()
}

/// What lies in the drafts of an account with such a subject.
async fn there(client: &Client, account: &AccountId, subject: &str) -> Vec<Email> {
    let params = ListEmails {
        role: Some(FolderRole::Drafts),
        ..ListEmails::default()
    };
    let all = client.list_emails(account, &params).await.unwrap().items;
    let named = |mail: &Email| {
        mail.subject
            .as_deref()
            .unwrap_or_default()
            .starts_with(subject)
    };
    all.into_iter().filter(named).collect()
}

/// Waits until the drafts of that subject read so, each once.
async fn until_there(demo: &Demo, account: &AccountId, subject: &str, texts: &[&str]) {
    let client = client(demo.url(), KEY);
    let mut last = Vec::new();
    let same = async {
        loop {
            last = there(&client, account, subject)
                .await
                .into_iter()
                .map(|it| it.body_plain.unwrap_or_default())
                .collect::<Vec<_>>();
            last.sort();
            if last == texts {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let late = tokio::time::timeout(LONG, same).await.is_err();
    assert!(!late, "{subject}: {last:?}, and not {texts:?}");
}

fn here(store: &Store, subject: &str) -> Vec<Draft> {
    let mut all = store.read_now(drafts::all).unwrap();
    all.retain(|it| it.body.subject.starts_with(subject));
    all.sort_by_key(|it| it.key);
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_kept_at_the_provider_changes_there_and_goes_with_the_mail_that_it_becomes() {
    let demo = demo().await;
    let (desk, account) = desk(demo.url()).await;
    let first = body(&account, "Plants", "Dear Lena,\n\nthe roses");
    let key = save(&desk.store, None, &first);
    until_there(&demo, &account, "Plants", &["Dear Lena,\n\nthe roses"]).await;
    let whole = body(&account, "Plants", "Dear Lena,\n\nthe roses are here.");
    save(&desk.store, Some(key), &whole);
    until_there(
        &demo,
        &account,
        "Plants",
        &["Dear Lena,\n\nthe roses are here."],
    )
    .await;
    assert_eq!(
        here(&desk.store, "Plants").len(),
        1,
        "it was taken for one from elsewhere"
    );

    let mail = whole.mail().unwrap();
    let ids = desk
        .store
        .write_now(Care::Kept, move |tx| {
            outbox::submit_draft(
                tx,
                key,
                vec![Act::SendEmail(mail)],
                Timestamp::now(),
                When::Now,
            )
        })
        .unwrap();
    let item = desk.get(|db| outbox::get(db, ids[0])).unwrap();
    let Act::SendEmail(mail) = &item.act else {
        panic!("{item:?}");
    };
    assert!(
        mail.draft.is_some(),
        "it is not sent as the draft that it was"
    );
    desk.until("the mail to be sent", |db| {
        outbox::get(db, ids[0]).unwrap().unwrap().state == OutboxState::Sent
    })
    .await;
    until_there(&demo, &account, "Plants", &[]).await;
    desk.until("nothing to be left to do", |db| {
        db.query_row(
            "SELECT count(*) FROM draft_copies WHERE draft IS NULL",
            [],
            |row| row.get(0),
        ) == Ok(0)
    })
    .await;
    assert_eq!(here(&desk.store, "Plants"), []);
    let sent = client(demo.url(), KEY)
        .list_emails(
            &account,
            &ListEmails {
                to: Some("lena@garden.example".into()),
                ..ListEmails::default()
            },
        )
        .await
        .unwrap();
    assert_eq!(sent.items.len(), 1);
    assert_eq!(sent.items[0].role, FolderRole::Sent);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_ends_here_ends_there_and_one_that_ends_there_ends_here() {
    let demo = demo().await;
    let (desk, account) = desk(demo.url()).await;
    let key = save(&desk.store, None, &body(&account, "Thrown away here", "x"));
    save(&desk.store, None, &body(&account, "Thrown away there", "y"));
    until_there(&demo, &account, "Thrown", &["x", "y"]).await;
    desk.store
        .write_now(Care::Kept, move |tx| drafts::delete(tx, key))
        .unwrap();
    until_there(&demo, &account, "Thrown", &["y"]).await;
    desk.until("the copy to be known", |db| {
        one(db, "SELECT mail FROM draft_copies c JOIN drafts d ON d.id = c.draft WHERE instr(d.body, ?1)", "away there")
            .is_some()
    })
    .await;
    let client = client(demo.url(), KEY);
    let mail = there(&client, &account, "Thrown").await.remove(0);
    client.delete_email(&mail.id, Some(&account)).await.unwrap();
    desk.until("the draft to end", |db| {
        let all = drafts::all(db).unwrap();
        !all.iter().any(|it| it.body.subject == "Thrown away there")
    })
    .await;
    desk.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_there_once_whatever_becomes_of_the_answer_and_wherever_onebox_ends() {
    for end in 0..3 {
        let demo = demo().await;
        let line = Weather::before(demo.url()).await;
        let (desk, account) = desk(&line.url).await;
        let key = save(&desk.store, None, &body(&account, "Once", "one"));
        if end == 0 {
            until_there(&demo, &account, "Once", &["one"]).await;
        }
        let lost = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&lost);
        // The provider has it, and the answer says otherwise.
        line.twist(move |what, answer| {
            let step = if end == 2 {
                "DELETE /api/v1/emails/"
            } else {
                "POST /api/v1/drafts"
            };
            if what.starts_with(step) && !seen.swap(true, Ordering::SeqCst) {
                answer.say(500, "{}");
            }
        });
        save(&desk.store, Some(key), &body(&account, "Once", "two"));
        if end == 2 {
            until_there(&demo, &account, "Once", &["two"]).await;
            save(&desk.store, Some(key), &body(&account, "Once", "three"));
        }
        let waited = async {
            while !lost.load(Ordering::SeqCst) {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(LONG, waited).await.unwrap();
        // Ended in the middle of it, as by a crash.
        let Desk { dir, store, engine } = desk;
        drop(engine);
        drop(store);
        while onebox::sync::Lead::take(dir.path()).unwrap().is_none() {
            tokio::task::yield_now().await;
        }
        let again = Desk::with(dir, &line.url, eager()).await;
        again.settled().await;
        let last = if end == 2 { "three" } else { "two" };
        until_there(&demo, &account, "Once", &[last]).await;
        assert_eq!(here(&again.store, "Once").len(), 1);
        assert_eq!(here(&again.store, "Once")[0].body.text, last);
        again.engine.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_changed_on_both_sides_stays_on_both() {
    let demo = demo().await;
    let line = Weather::before(demo.url()).await;
    let (desk, account) = desk(&line.url).await;
    let key = save(&desk.store, None, &body(&account, "Both", "as it was"));
    until_there(&demo, &account, "Both", &["as it was"]).await;
    desk.until("the copy to be known", |db| {
        one(db, "SELECT mail FROM draft_copies c JOIN drafts d ON d.id = c.draft WHERE instr(d.body, ?1)", "Both")
            .is_some()
    })
    .await;
    let mail = there(&client(demo.url(), KEY), &account, "Both")
        .await
        .remove(0)
        .id;
    // Somebody goes on writing it on the phone.
    let id = mail.to_string();
    line.twist(move |what, answer| {
        if what.starts_with("GET /api/v1/emails") && answer.body.starts_with(b"{") {
            answer.edit(|page| {
                let Some(items) = page["items"].as_array_mut() else {
                    return;
                };
                for item in items.iter_mut().filter(|it| it["id"] == id.as_str()) {
                    item["body"] = "<p>as the phone has it</p>".into();
                    item["body_plain"] = "".into();
                }
            });
        }
    });
    save(
        &desk.store,
        Some(key),
        &body(&account, "Both", "as it is here"),
    );
    desk.until("both to be here", |db| {
        let all = drafts::all(db).unwrap();
        all.iter()
            .filter(|it| it.body.subject.starts_with("Both"))
            .count()
            == 2
    })
    .await;
    let both = here(&desk.store, "Both");
    assert_eq!(both[0].body.text, "as it is here");
    assert_eq!(both[1].body.text, "as the phone has it");
    assert_eq!(both[1].body.subject, "Both (changed elsewhere)");
    // The first one is the phone's; the other one has a copy of its own.
    until_there(&demo, &account, "Both", &["as it is here", "as it was"]).await;
    desk.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_written_elsewhere_goes_on_here_with_its_file() {
    let demo = demo().await;
    let (desk, account) = desk(demo.url()).await;
    let to = vec![Address::new("lena@garden.example").named("Lena")];
    let mut written = NewEmail::new(
        account.clone(),
        to,
        "<p>Dear <b>Lena</b>,</p><p>the bill</p>",
    );
    written.subject = Some("Begun on the phone".into());
    written.attachments = vec![Upload {
        name: "bill.txt".into(),
        mime: Some("text/plain".into()),
        source: Source::Bytes(b"12 roses".to_vec()),
    }];
    client(demo.url(), KEY)
        .create_draft(&written)
        .await
        .unwrap();
    desk.until("it to be a draft here", |db| {
        drafts::all(db)
            .unwrap()
            .iter()
            .any(|it| it.body.subject == "Begun on the phone")
    })
    .await;
    let draft = here(&desk.store, "Begun").remove(0);
    assert_eq!(draft.body.text, "Dear Lena,\n\nthe bill");
    assert_eq!(draft.body.to[0].address, "lena@garden.example");
    assert_eq!(draft.body.attachments[0].name, "bill.txt");
    let bytes = std::fs::read(&draft.body.attachments[0].path).unwrap();
    assert_eq!(bytes, b"12 roses");
    // It shows among what has a draft, as a draft and not as a mail.
    let uid = draft.body.conversation.clone().unwrap();
    let shown = "SELECT count(*) FROM conversations c WHERE c.has_draft = 1 AND c.uid = ?1
                 AND NOT EXISTS (SELECT 1 FROM messages WHERE conversation = c.id AND hidden = 0)";
    let shown: i64 = desk.get(|db| Ok(db.query_row(shown, [&uid], |row| row.get(0))?));
    assert_eq!(shown, 1);

    let longer = DraftBody {
        text: "Dear Lena,\n\nthe bill is here.".into(),
        ..draft.body
    };
    save(&desk.store, Some(draft.key), &longer);
    until_there(
        &demo,
        &account,
        "Begun",
        &["Dear Lena,\n\nthe bill is here."],
    )
    .await;
    let copy = there(&client(demo.url(), KEY), &account, "Begun")
        .await
        .remove(0);
    assert_eq!(copy.attachments.len(), 1);
    assert_eq!(here(&desk.store, "Begun").len(), 1);
    desk.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn at_the_end_a_draft_is_stored_however_lately_it_was_touched() {
    let demo = demo().await;
    let settings = Settings {
        pace: Pace::default(),
        ..eager()
    };
    let desk = Desk::with(tempfile::tempdir().unwrap(), demo.url(), settings).await;
    desk.settled().await;
    let accounts = desk.accounts();
    let account = accounts
        .iter()
        .find(|it| it.provider == Provider::Google)
        .unwrap()
        .id
        .clone();
    save(&desk.store, None, &body(&account, "Late", "good night"));
    desk.engine.stop().await;
    until_there(&demo, &account, "Late", &["good night"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_only_reads_or_does_not_want_it_leaves_the_drafts_of_the_provider_alone() {
    for settings in [
        Settings {
            sends: false,
            ..eager()
        },
        Settings {
            drafts: false,
            ..eager()
        },
    ] {
        let demo = demo().await;
        let line = Weather::before(demo.url()).await;
        let desk = Desk::with(tempfile::tempdir().unwrap(), &line.url, settings).await;
        desk.settled().await;
        let accounts = desk.accounts();
        let account = accounts
            .iter()
            .find(|it| it.provider == Provider::Google)
            .unwrap();
        save(&desk.store, None, &body(&account.id, "Mine", "alone"));
        desk.engine.now();
        desk.settled().await;
        desk.engine.stop().await;
        assert_eq!(line.count("drafts"), 0);
        assert_eq!(here(&desk.store, "").len(), 1);
    }
}
