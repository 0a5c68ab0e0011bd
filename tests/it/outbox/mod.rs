//! What the user does reaches the server once and in order, whatever the server and the network do meanwhile.

mod acts;
mod arrive;
mod crash;
mod folders;
mod mails;
mod refused;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use onebox::api::emails::ListEmails;
use onebox::api::messaging::{ListChatMessages, ListChats};
use onebox::api::{BaseUrl, Client, Limits, Paging};
use onebox::demo::{Clock, Demo, Mischief, Options};
use onebox::model::account::{Account, Provider};
use onebox::model::act::{Act, NewMessage};
use onebox::model::chat::Chat;
use onebox::model::id::{AccountId, ChatId};
use onebox::model::inbox::Conversation;
use onebox::model::message::Message;
use onebox::model::outbox::{OutboxId, OutboxItem, OutboxState};
use onebox::store::apply::{self, Stamp};
use onebox::store::outbox::{self, When};
use onebox::store::read::conversations;
use onebox::store::{Care, Store};
use onebox::sync::outbox::{Pace, Pass, Sender, Way};
use onebox::sync::{Asker, Rates};
use secrecy::SecretString;

use crate::support::{KEY, options};

/// A profile that sends to a server, as the engine would have it.
struct Desk {
    store: Store,
    client: Client,
    asker: Asker,
    sender: Sender,
    stamps: Arc<AtomicI64>,
    /// Milliseconds that this machine's clock is wrong by.
    skew: i64,
    /// Where the profile lies, when it ends with the desk.
    dir: Option<tempfile::TempDir>,
}

/// A server with the clock of the machine, in which nothing happens by itself.
async fn server(mischief: Mischief) -> Demo {
    let options = Options {
        clock: Clock::system(),
        mischief,
        ..options()
    };
    Demo::start(options).await.unwrap()
}

fn fast() -> Pace {
    Pace {
        lanes: 4,
        first_wait: Duration::from_millis(5),
        longest_wait: Duration::from_millis(200),
        looks: [Duration::from_millis(40); 3],
        longest_away: Duration::from_millis(100),
    }
}

impl Desk {
    /// One that does not wait long for an answer, since some of these servers give none.
    fn at(url: &str, store: Store) -> Self {
        let limits = Limits {
            first_byte_sending: Duration::from_millis(400),
            ..Limits::default()
        };
        Self::limited(url, store, limits)
    }

    fn limited(url: &str, store: Store, limits: Limits) -> Self {
        let base = BaseUrl::parse(url).unwrap();
        let client = Client::with_limits(base, &SecretString::from(KEY), limits).unwrap();
        let last = store
            .read_now(onebox::store::progress::stored_stamp)
            .unwrap();
        Self {
            store,
            client,
            asker: Asker::new(Rates {
                per_second: 10_000,
                account_per_second: 10_000,
                account_per_minute: 1_000_000,
            }),
            sender: Sender::new(fast()),
            stamps: Arc::new(AtomicI64::new(last.0)),
            skew: 0,
            dir: None,
        }
    }

    fn new(url: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&dir.path().join("profile")).unwrap();
        let mut desk = Self::at(url, store);
        desk.dir = Some(dir);
        desk
    }

    /// One whose server always answers, however busy the machine is.
    fn patient(url: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&dir.path().join("profile")).unwrap();
        let mut desk = Self::limited(url, store, Limits::default());
        desk.dir = Some(dir);
        desk
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(Timestamp::now().as_millisecond() + self.skew).unwrap()
    }

    fn stamp(&self) -> Stamp {
        Stamp(self.stamps.fetch_add(1, Ordering::SeqCst) + 1)
    }

    async fn pass(&self) -> Pass {
        let (stamp, now) = (|| self.stamp(), || self.now());
        let way = Way {
            store: &self.store,
            client: &self.client,
            asker: &self.asker,
            stamp: &stamp,
            now: &now,
        };
        self.sender.pass(&way).await.unwrap()
    }

    /// Passes until nothing waits any more: all is sent, refused, or known to be unknown.
    async fn settle(&self) {
        for _ in 0..2_000 {
            let pass = self.pass().await;
            let Some(due) = pass.next_due else { return };
            let wait = Duration::try_from(due.duration_since(self.now())).unwrap_or_default();
            tokio::time::sleep(wait.clamp(Duration::from_millis(1), Duration::from_secs(2))).await;
        }
        panic!(
            "it never comes to rest: {:?}",
            self.store.read_now(outbox::pending).unwrap()
        );
    }

    async fn submit(&self, acts: Vec<Act>) -> Vec<OutboxId> {
        let now = self.now();
        self.store
            .write(Care::Kept, move |tx| {
                outbox::submit(tx, acts, now, When::Now)
            })
            .await
            .unwrap()
    }

    async fn say(&self, chat: &Chat, text: &str) -> OutboxId {
        self.submit(vec![say(chat, text)]).await[0]
    }

    fn item(&self, id: OutboxId) -> OutboxItem {
        self.store
            .read_now(|db| outbox::get(db, id))
            .unwrap()
            .unwrap()
    }

    fn unsettled(&self) -> Vec<OutboxItem> {
        let mut found = self.store.read_now(outbox::pending).unwrap();
        found.retain(|it| it.state != OutboxState::Sent);
        found
    }

    fn row(&self, uid: &str) -> Conversation {
        self.store
            .read_now(|db| conversations::with_uid(db, uid))
            .unwrap()
            .remove(0)
    }

    /// Fetches accounts, folders, chats and the newest mails, as a first sync does.
    async fn fetch(&self) -> Vec<Account> {
        let accounts = self
            .client
            .list_accounts(&Paging::default())
            .await
            .unwrap()
            .items;
        let chats = chats(&self.client).await;
        let (now, stamp, list) = (self.now(), self.stamp(), accounts.clone());
        self.store
            .write(Care::Cache, move |tx| {
                apply::accounts(tx, &list, true, stamp, now)?;
                apply::chats(tx, &chats, stamp)
            })
            .await
            .unwrap();
        for account in accounts.iter().filter(|it| is_mail(it)) {
            let folders = self
                .client
                .list_folders(Some(&account.id))
                .await
                .unwrap()
                .items;
            let mails = self
                .client
                .list_emails(&account.id, &ListEmails::default())
                .await
                .unwrap()
                .items;
            let (stamp, id) = (self.stamp(), account.id.clone());
            self.store
                .write(Care::Cache, move |tx| {
                    apply::folders(tx, id.as_str(), &folders, stamp)?;
                    apply::mails(tx, &mails, stamp)
                })
                .await
                .unwrap();
        }
        accounts
    }

    /// Fetches what is in a chat.
    async fn fetch_chat(&self, chat: &ChatId) -> Vec<Message> {
        let page = messages(&self.client, chat).await;
        let (stamp, items) = (self.stamp(), page.clone());
        self.store
            .write(Care::Cache, move |tx| apply::messages(tx, &items, stamp))
            .await
            .unwrap();
        page
    }
}

fn is_mail(account: &Account) -> bool {
    matches!(
        account.provider,
        Provider::Google | Provider::Outlook | Provider::Imap
    )
}

fn say(chat: &Chat, text: &str) -> Act {
    Act::SendMessage(NewMessage::text(
        chat.account_id.clone(),
        chat.id.clone(),
        text,
    ))
}

/// Asks until there is an answer: the servers of these tests lose connections.
async fn sure<T, A: Future<Output = onebox::api::Result<T>>>(ask: impl Fn() -> A) -> T {
    for _ in 0..99 {
        if let Ok(answer) = ask().await {
            return answer;
        }
    }
    ask().await.unwrap()
}

async fn chats(client: &Client) -> Vec<Chat> {
    let all = ListChats::default();
    sure(|| client.list_chats(&all)).await.items
}

/// Writable chats of one network.
async fn chats_of(client: &Client, provider: Provider) -> Vec<Chat> {
    let mut found = chats(client).await;
    found.retain(|chat| chat.provider == Some(provider.clone()) && chat.is_writable());
    found
}

/// All messages of a chat, newest first.
async fn messages(client: &Client, chat: &ChatId) -> Vec<Message> {
    let mut found = Vec::new();
    let mut cursor = None;
    loop {
        let params = ListChatMessages {
            paging: Paging {
                cursor,
                limit: Some(250),
            },
            ..ListChatMessages::default()
        };
        let page = sure(|| client.list_chat_messages(chat, &params)).await;
        found.extend(page.items);
        cursor = page.cursor;
        if cursor.is_none() {
            return found;
        }
    }
}

/// Own texts of a chat that start with a word, oldest first.
async fn own_texts(client: &Client, chat: &ChatId, start: &str) -> Vec<String> {
    let mut found: Vec<String> = messages(client, chat)
        .await
        .into_iter()
        .filter(|it| it.is_sender)
        .filter_map(|it| it.text)
        .filter(|text| text.starts_with(start))
        .collect();
    found.reverse();
    found
}

fn first_of(accounts: &[Account], provider: &Provider) -> AccountId {
    let found = accounts.iter().find(|it| it.provider == *provider);
    found.unwrap().id.clone()
}
