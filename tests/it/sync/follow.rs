//! Keeping up with a world that lives: what changes at the server changes here.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use onebox::api::emails::{ListEmails, UpdateEmail};
use onebox::api::messaging::{ChatChange, ListChatMessages, ListChats, SendMessage};
use onebox::api::{Client, Paging};
use onebox::demo::{Clock, Demo, Options};
use onebox::model::account::Provider;
use onebox::model::chat::{Chat, ChatKind};
use onebox::model::email::Email;
use onebox::model::message::Message;
use onebox::store::read;

use super::truth::assert_equal;
use super::{Desk, one, small};
use crate::support::weather::{Storm, Weather};
use crate::support::{BEGAN, KEY, client};

/// A living world with somebody in it who uses other apps.
struct World {
    demo: Demo,
    client: Client,
    clock: Arc<AtomicI64>,
}

impl World {
    async fn open() -> Self {
        let clock = Arc::new(AtomicI64::new(BEGAN));
        let hand = Arc::clone(&clock);
        let options = Options {
            clock: Clock::by_hand(move || hand.load(Ordering::SeqCst)),
            live: true,
            ..small()
        };
        let demo = Demo::start(options).await.unwrap();
        let client = client(demo.url(), KEY);
        Self {
            demo,
            client,
            clock,
        }
    }

    fn pass(&self, time: Duration) {
        let millis = i64::try_from(time.as_millis()).unwrap();
        self.clock.fetch_add(millis, Ordering::SeqCst);
    }

    async fn whatsapp(&self, kind: ChatKind) -> Vec<Chat> {
        let params = ListChats {
            provider: Some(Provider::Whatsapp),
            ..ListChats::default()
        };
        let mut chats = self.client.list_chats(&params).await.unwrap().items;
        chats.retain(|chat| chat.kind == kind && chat.is_writable());
        chats
    }

    async fn say(&self, chat: &Chat, text: &str) -> Message {
        let message = SendMessage {
            text: Some(text.to_owned()),
            ..SendMessage::default()
        };
        let id = self.client.send_message(&chat.id, &message).await.unwrap();
        self.client.get_message(&id.unwrap()).await.unwrap()
    }

    async fn mails(&self) -> Vec<Email> {
        let accounts = self.client.list_accounts(&Paging::default()).await;
        let accounts = accounts.unwrap().items;
        let mailbox = accounts.iter().find(|it| it.provider == Provider::Imap);
        let (id, params) = (&mailbox.unwrap().id, ListEmails::default());
        self.client.list_emails(id, &params).await.unwrap().items
    }

    /// A few things that people do in other apps; which ones depends on the round.
    async fn act(&self, round: usize) {
        let (client, singles) = (&self.client, self.whatsapp(ChatKind::OneToOne).await);
        let chat = &singles[round % singles.len()];
        let said = self
            .say(chat, &format!("first words of round {round}"))
            .await;
        let gone = self.say(chat, &format!("words to take back {round}")).await;
        client
            .edit_message(&said.id, &format!("other words of round {round}"))
            .await
            .unwrap();
        client.delete_message(&gone.id).await.unwrap();
        let params = ListChatMessages::default();
        let list = client.list_chat_messages(&chat.id, &params).await;
        if let Some(theirs) = list.unwrap().items.iter().find(|it| !it.is_sender) {
            let _ = client.add_message_reaction(&theirs.id, "🎉").await;
        }
        let patch = async |chat: &Chat, change| client.patch_chat(&chat.id, &change).await;
        let other = &singles[(round * 3 + 1) % singles.len()];
        patch(other, ChatChange::Read(round.is_multiple_of(2)))
            .await
            .unwrap();
        patch(other, ChatChange::Archived(round.is_multiple_of(3)))
            .await
            .unwrap();
        patch(other, ChatChange::Pinned(round % 3 == 1))
            .await
            .unwrap();
        patch(other, ChatChange::Muted(round % 3 == 2))
            .await
            .unwrap();
        let groups = self.whatsapp(ChatKind::Group).await;
        let group = &groups[round % groups.len()];
        let members = client
            .list_chat_attendees(&group.id, &Paging::default())
            .await;
        if let Some(one) = members.unwrap().items.iter().find(|it| !it.is_self) {
            let _ = patch(
                group,
                ChatChange::RemoveParticipant(one.provider_id.clone()),
            )
            .await;
        }
        if round % 4 == 3 {
            client
                .delete_chat(&singles[singles.len() - 1].id)
                .await
                .unwrap();
        }
        let mails = self.mails().await;
        let mail = |n: usize| &mails[(round * 7 + n) % mails.len()];
        let update = async |mail: &Email, change: UpdateEmail| {
            let _ = client
                .update_email(&mail.id, Some(&mail.account_id), &change)
                .await;
        };
        let unread = Some(!mail(0).is_read);
        update(
            mail(0),
            UpdateEmail {
                unread,
                ..UpdateEmail::default()
            },
        )
        .await;
        let folders = Some(vec!["Archive".to_owned()]);
        update(
            mail(1),
            UpdateEmail {
                folders,
                ..UpdateEmail::default()
            },
        )
        .await;
        let _ = client
            .delete_email(&mail(2).id, Some(&mail(2).account_id))
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_any_storm_the_store_equals_the_server() {
    let world = World::open().await;
    let line = Weather::before(world.demo.url()).await;
    let desk = Desk::at(&line.url).await;
    desk.settled().await;
    let rounds = if std::env::var_os("ONEBOX_LONG").is_some() {
        60
    } else {
        8
    };
    for round in 0..rounds {
        line.set(Storm {
            errors: 0.15,
            cuts: 0.15,
            resets: 0.0,
            pages: 0.05,
            limits: 0.02,
            latency: Duration::from_millis(2),
        });
        world.pass(Duration::from_secs(90));
        world.act(round).await;
        let asked = line.asked().len();
        desk.until("some polls", |_| line.asked().len() > asked + 40)
            .await;
    }
    line.set(Storm::default());
    desk.repaired().await;
    assert_equal(&desk, &world.client).await;
    desk.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_conversation_on_screen_follows_edits_deletions_and_reactions() {
    let world = World::open().await;
    let line = Weather::before(world.demo.url()).await;
    let desk = Desk::at(&line.url).await;
    desk.settled().await;
    let client = &world.client;

    let chat = &world.whatsapp(ChatKind::OneToOne).await[0];
    let stored = desk.get(|db| read::conversations::with_uid(db, chat.id.as_str()));
    desk.engine.focus(Some(stored[0].key));
    let (said, gone) = (
        world.say(chat, "hello").await,
        world.say(chat, "oops").await,
    );
    let text = "SELECT text FROM messages WHERE uid = ?1";
    desk.until("a new message", |db| {
        one(db, text, said.id.as_str()).as_deref() == Some("hello")
    })
    .await;
    client.edit_message(&said.id, "hello again").await.unwrap();
    client.delete_message(&gone.id).await.unwrap();
    desk.until("an edit", |db| {
        one(db, text, said.id.as_str()).as_deref() == Some("hello again")
    })
    .await;
    let deleted = "SELECT 'x' FROM messages WHERE uid = ?1 AND deleted = 0";
    desk.until("a deletion", |db| {
        one(db, deleted, gone.id.as_str()).is_none()
    })
    .await;
    client.add_message_reaction(&said.id, "🙏").await.unwrap();
    let reaction =
        "SELECT value FROM reactions WHERE message = (SELECT id FROM messages WHERE uid = ?1)";
    desk.until("a reaction", |db| {
        one(db, reaction, said.id.as_str()).is_some()
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ordinary_polling_follows_marks_members_and_chats_that_go() {
    let world = World::open().await;
    let line = Weather::before(world.demo.url()).await;
    let desk = Desk::at(&line.url).await;
    desk.settled().await;
    let client = &world.client;

    let others = world.whatsapp(ChatKind::OneToOne).await;
    let row =
        |column: &str| format!("SELECT CAST({column} AS TEXT) FROM conversations WHERE uid = ?1");
    for (change, column, value) in [
        (ChatChange::Read(false), "unread > 0", "1"),
        (ChatChange::Read(true), "unread", "0"),
        (ChatChange::Archived(true), "archived", "1"),
        (ChatChange::Muted(true), "muted_until", "-1"),
    ] {
        let other = &others[1].id;
        client.patch_chat(other, &change).await.unwrap();
        desk.until(column, |db| {
            one(db, &row(column), other.as_str()).as_deref() == Some(value)
        })
        .await;
    }
    let group = &world.whatsapp(ChatKind::Group).await[0];
    let members = client
        .list_chat_attendees(&group.id, &Paging::default())
        .await;
    let members = members.unwrap().items;
    let leaver = members.iter().find(|it| !it.is_self).unwrap();
    let member = format!(
        "SELECT h.name FROM members m JOIN handles h ON h.id = m.handle
         WHERE h.provider_id = '{}' AND m.conversation = (SELECT id FROM conversations WHERE uid = ?1)",
        leaver.provider_id
    );
    desk.until("a member", |db| {
        one(db, &member, group.id.as_str()).is_some()
    })
    .await;
    let remove = ChatChange::RemoveParticipant(leaver.provider_id.clone());
    client.patch_chat(&group.id, &remove).await.unwrap();
    desk.until("somebody to leave", |db| {
        one(db, &member, group.id.as_str()).is_none()
    })
    .await;
    client.delete_chat(&others[2].id).await.unwrap();
    let there = "SELECT uid FROM conversations WHERE uid = ?1";
    desk.engine.focus(Some(
        desk.get(|db| read::conversations::with_uid(db, others[2].id.as_str()))[0].key,
    ));
    desk.until("a chat to vanish", |db| {
        one(db, there, others[2].id.as_str()).is_none()
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ordinary_polling_follows_flags_and_moves_of_mails() {
    let world = World::open().await;
    let line = Weather::before(world.demo.url()).await;
    let desk = Desk::at(&line.url).await;
    desk.settled().await;
    let client = &world.client;

    let mails = world.mails().await;
    let inbox: Vec<_> = mails
        .iter()
        .filter(|it| it.folders == ["INBOX"] || it.folders == ["Inbox"])
        .collect();
    let mail = inbox[0];
    let change = UpdateEmail {
        unread: Some(mail.is_read),
        ..UpdateEmail::default()
    };
    client
        .update_email(&mail.id, Some(&mail.account_id), &change)
        .await
        .unwrap();
    let flag = "SELECT CAST(unread AS TEXT) FROM messages WHERE uid = ?1";
    let want = if mail.is_read { "1" } else { "0" };
    desk.until("a flag", |db| {
        one(db, flag, mail.id.as_str()).as_deref() == Some(want)
    })
    .await;
    client
        .delete_email(&inbox[1].id, Some(&inbox[1].account_id))
        .await
        .unwrap();
    let role = "SELECT role FROM mails WHERE message = (SELECT id FROM messages WHERE uid = ?1)";
    desk.until("a mail to go", |db| {
        one(db, role, inbox[1].id.as_str()).as_deref() != Some("inbox")
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_whose_clock_is_a_day_off_and_is_set_right_loses_and_doubles_nothing() {
    for off in [-86_400_i64, 86_400] {
        let world = World::open().await;
        let line = Weather::before(world.demo.url()).await;
        let shift = off * 1000;
        world.clock.fetch_add(shift, Ordering::SeqCst);
        let chat = &world.whatsapp(ChatKind::OneToOne).await[0];
        let early = world.say(chat, "said while the clock was off").await;
        let desk = Desk::at(&line.url).await;
        desk.settled().await;
        world.clock.fetch_sub(shift, Ordering::SeqCst);
        let late = world.say(chat, "said when it was right").await;
        let text = "SELECT text FROM messages WHERE uid = ?1";
        desk.until("both", |db| {
            one(db, text, early.id.as_str()).is_some() && one(db, text, late.id.as_str()).is_some()
        })
        .await;
        desk.repaired().await;
        assert_equal(&desk, &world.client).await;
        let order = "SELECT count(*) FROM messages a JOIN messages b ON b.id > a.id AND (b.id >> 15) < (a.id >> 15)";
        assert_eq!(desk.number(order), 0);
        desk.engine.stop().await;
    }
}
