//! A server, the line to it, and somebody's inbox of it in a terminal.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use onebox::api::messaging::{ListChatMessages, ListChats, ListMessages};
use onebox::api::{Client, Paging};
use onebox::demo::{Clock, Demo, Options, Scale};
use onebox::model::account::Provider;
use onebox::model::chat::{Chat, ChatKind};
use onebox::model::id::ChatId;
use onebox::model::message::Message;
use onebox::store::outbox;

use crate::support::profile::Profile;
use crate::support::terminal::Terminal;
use crate::support::weather::Weather;
use crate::support::{BEGAN, KEY, client, options};

/// The first column of the conversation on a screen of 120 columns.
pub const THREAD: u16 = 67;
/// How long the server may take to hear of something, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// Somebody's inbox, with everything fetched already.
pub struct Desk {
    pub line: Weather,
    pub profile: Profile,
    /// Asks the server past the line.
    pub client: Client,
    clock: Arc<AtomicI64>,
    _demo: Demo,
}

impl Desk {
    /// Over a world in which nothing happens by itself.
    pub async fn open() -> Self {
        Self::over(false).await
    }

    /// Over a world in which people answer, as its clock goes on.
    pub async fn alive() -> Self {
        Self::over(true).await
    }

    async fn over(live: bool) -> Self {
        let clock = Arc::new(AtomicI64::new(BEGAN));
        let hand = Arc::clone(&clock);
        let all = options();
        let options = Options {
            clock: Clock::by_hand(move || hand.load(Ordering::SeqCst)),
            live,
            scale: Scale {
                chats: 40,
                messages: 500,
                mails: 40,
                ..all.scale
            },
            ..all
        };
        let demo = Demo::start(options).await.unwrap();
        let profile = Profile::on(&demo).await;
        let config = profile.folder().join("config");
        std::fs::create_dir_all(&config).unwrap();
        std::fs::write(config.join("config.toml"), "[sending]\nundo_seconds = 0\n").unwrap();
        Self {
            line: Weather::before(demo.url()).await,
            profile,
            client: client(demo.url(), KEY),
            clock,
            _demo: demo,
        }
    }

    /// The program, in a terminal of three panes.
    pub fn start(&self) -> Terminal {
        let terminal = self.start_with(&[]);
        terminal.see("All inboxes");
        terminal
    }

    /// The same, with arguments.
    pub fn start_with(&self, arguments: &[&str]) -> Terminal {
        let env = [("ONEBOX_URL", self.line.url.as_str()), ("ONEBOX_KEY", KEY)];
        Terminal::start((120, 36), self.profile.folder(), &env, arguments)
    }

    /// Asks again and again until it is so.
    #[track_caller]
    pub fn until(is_so: impl AsyncFn() -> bool) -> impl Future<Output = ()> {
        let place = std::panic::Location::caller();
        async move {
            let end = Instant::now() + PATIENCE;
            while !is_so().await {
                assert!(Instant::now() < end, "{place}: it never came so");
                tokio::time::sleep(Duration::from_millis(15)).await;
            }
        }
    }

    /// What the user has said in these words, when the server has it.
    pub async fn said(&self, words: &str) -> Message {
        Self::until(async || self.times(words).await > 0).await;
        let mut all = self.own(words).await;
        all.remove(0)
    }

    /// How often the server has these words of the user.
    pub async fn times(&self, words: &str) -> usize {
        self.own(words).await.len()
    }

    async fn own(&self, words: &str) -> Vec<Message> {
        // Whatever is said during a test is newer than the world.
        let params = ListMessages {
            paging: page(),
            ..ListMessages::default()
        };
        let mut all = self.client.list_messages(&params).await.unwrap().items;
        all.retain(|it| it.is_sender && it.text.as_deref() == Some(words));
        all
    }

    /// Names of those in the chat of a message, but for the user.
    pub async fn people_of(&self, message: &Message) -> Vec<String> {
        let people = self
            .client
            .list_chat_attendees(&message.chat_id, &page())
            .await;
        let others = people.unwrap().items.into_iter().filter(|it| !it.is_self);
        others.map(|it| it.name).collect()
    }

    pub async fn chats(&self) -> Vec<Chat> {
        let params = ListChats {
            paging: page(),
            ..ListChats::default()
        };
        self.client.list_chats(&params).await.unwrap().items
    }

    pub async fn chat(&self, name: &str, kind: ChatKind) -> Chat {
        let all = self.chats().await.into_iter();
        let mut found = all.filter(|it| it.kind == kind && it.name.as_deref() == Some(name));
        found.next().unwrap()
    }

    /// Somebody of a WhatsApp group whom the user has no chat with, and how many chats there are.
    pub async fn somebody_new(&self) -> (String, usize) {
        let chats = self.chats().await;
        let account = &self.chat("Family ♥", ChatKind::Group).await.account_id;
        let ours = chats
            .iter()
            .filter(|it| it.account_id == *account && it.provider == Some(Provider::Whatsapp));
        let known: BTreeSet<_> = ours
            .clone()
            .filter_map(|it| it.attendee_provider_id.clone())
            .collect();
        for group in ours.filter(|it| it.kind == ChatKind::Group) {
            let people = self.client.list_chat_attendees(&group.id, &page()).await;
            for person in people.unwrap().items {
                let name = person.name;
                let is_plain = name.starts_with(|it: char| it.is_ascii_alphabetic());
                if !person.is_self && is_plain && !known.contains(&person.provider_id) {
                    return (name, chats.len());
                }
            }
        }
        panic!("everybody is known");
    }

    /// Lets time pass until somebody else says something in a chat, and gives what.
    pub async fn answer(&self, chat: &ChatId) -> String {
        let before = self.others(chat).await.len();
        for _ in 0..600 {
            self.clock.fetch_add(10_000, Ordering::SeqCst);
            let now = self.others(chat).await;
            if now.len() > before {
                return now.into_iter().next().unwrap();
            }
        }
        panic!("nobody answers");
    }

    /// What others have said in a chat, the latest first.
    async fn others(&self, chat: &ChatId) -> Vec<String> {
        let params = ListChatMessages {
            paging: page(),
            ..ListChatMessages::default()
        };
        let all = self.client.list_chat_messages(chat, &params).await.unwrap();
        let others = all.items.into_iter().filter(|it| !it.is_sender);
        others.filter_map(|it| it.text).collect()
    }

    /// Whether nothing waits to go out.
    pub fn is_settled(&self) -> bool {
        let waiting = self.profile.store().read_now(outbox::open).unwrap();
        waiting.0 == 0
    }
}

fn page() -> Paging {
    Paging {
        limit: Some(250),
        ..Paging::default()
    }
}
