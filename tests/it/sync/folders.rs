//! A folder somebody looks at does not wait for the rest of the history.

use std::collections::BTreeSet;
use std::time::Duration;

use onebox::api::Paging;
use onebox::api::emails::ListEmails;
use onebox::demo::Demo;
use onebox::model::account::Provider;
use onebox::sync::engine::{Pace, Settings};

use super::{Desk, brisk, small};
use crate::support::weather::Weather;
use crate::support::{KEY, client};

/// The mails that are here.
fn here(db: &rusqlite::Connection) -> BTreeSet<String> {
    let mut query = db
        .prepare("SELECT uid FROM messages WHERE is_mail = 1")
        .unwrap();
    let rows = query.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_is_opened_is_fetched_first_and_goes_on_as_it_is_read() {
    let mut options = small();
    options.scale.mails = 1_500;
    let demo = Demo::start(options).await.unwrap();
    let line = Weather::before(demo.url()).await;
    // After its first page the history takes an hour.
    let slow = Settings {
        pace: Pace {
            background: Duration::from_secs(3_600),
            ..brisk().pace
        },
        ..brisk()
    };
    let desk = Desk::with(tempfile::tempdir().unwrap(), &line.url, slow).await;
    desk.until("the history of mails to begin", |db| {
        let begun = "SELECT EXISTS (SELECT 1 FROM accounts a JOIN folders f ON f.account = a.id
                     JOIN ranges r ON r.scope = 'mails:' || a.id WHERE a.provider = 'GOOGLE_OAUTH')";
        db.query_row(begun, [], |row| row.get(0)) == Ok(true)
    })
    .await;
    let accounts = desk.accounts();
    let account = accounts
        .iter()
        .find(|it| it.provider == Provider::Google)
        .unwrap();
    let client = client(demo.url(), KEY);
    let folders = client.list_folders(Some(&account.id)).await.unwrap().items;
    let sent = folders
        .iter()
        .max_by_key(|it| it.mails.filter(|_| it.name.contains("SENT")))
        .unwrap();
    let params = ListEmails {
        folder: Some(sent.provider_id.clone()),
        meta_only: Some(true),
        paging: Paging {
            cursor: None,
            limit: Some(250),
        },
        ..ListEmails::default()
    };
    let there: Vec<String> = client
        .list_emails(&account.id, &params)
        .await
        .unwrap()
        .items
        .into_iter()
        .map(|it| it.id.to_string())
        .collect();
    assert!(
        there.len() >= 120,
        "{} has {} mails",
        sent.name,
        there.len()
    );
    let newest = |db: &rusqlite::Connection| {
        let here = here(db);
        there.iter().take_while(|id| here.contains(*id)).count()
    };
    assert!(
        desk.get(|db| Ok(newest(db))) < 80,
        "all of it is here already"
    );
    desk.engine.folder(account.key, sent.id.to_string());
    desk.until("the newest hundred to be here", |db| newest(db) >= 100)
        .await;
    assert!(
        line.count("folder=") <= 3,
        "more requests than two pages need"
    );
    desk.engine.folder(account.key, sent.id.to_string());
    desk.until("more of it to be here", |db| {
        newest(db) >= 120.min(there.len())
    })
    .await;
    desk.engine.stop().await;
}
