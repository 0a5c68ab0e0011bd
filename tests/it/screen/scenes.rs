//! Every screen, window and state there is, as somebody gets there.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use onebox::app::layer::Layer;
use onebox::app::status::{Link, Sync};
use onebox::app::thread::Picked;
use onebox::app::{Command, Msg};
use onebox::model::act::{Act, NewMessage};
use onebox::model::inbox::{Conversation, Entry, StoredAttachment};
use onebox::model::outbox::{OutboxId, OutboxItem, OutboxState};

use crate::support::BEGAN;
use crate::support::stage::Screen;

/// What is stored when a scene begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    /// A small world of invented people.
    World,
    /// One account and nothing of it yet.
    Account,
    Nothing,
}

/// How to get there; the folder is there to put files into.
type Play = fn(&mut Screen, &Path);

/// All of them, by name.
pub const SCENES: &[(&str, Stored, Play)] = &[
    ("inbox", Stored::World, |_, _| {}),
    ("inbox-places", Stored::World, |it, _| it.press("h")),
    ("inbox-marked", Stored::World, |it, _| it.press("j x j x")),
    ("inbox-archived-one", Stored::World, |it, _| it.press("e")),
    ("inbox-account", Stored::World, |it, _| it.press("] ]")),
    ("folder", Stored::World, |it, _| {
        it.press("^K");
        it.type_in("travel ada@martin");
        it.press("Enter");
    }),
    ("folders", Stored::World, |it, _| {
        it.press("^K");
        it.type_in("trash ada@martin");
        it.press("Enter h l l");
    }),
    ("move", Stored::World, |it, _| {
        pick(it, |row| row.is_mail);
        it.press("v");
    }),
    ("move-typed", Stored::World, |it, _| {
        pick(it, |row| row.is_mail);
        it.press("v");
        it.type_in("arc");
    }),
    ("thread-group", Stored::World, |it, _| go(it, "Family")),
    ("thread-single", Stored::World, |it, _| {
        go(it, "Noor Khalil");
    }),
    ("thread-single-selected", Stored::World, |it, _| {
        go(it, "Noor Khalil");
        it.press("k k");
    }),
    ("thread-mail", Stored::World, |it, _| {
        pick(it, |row| row.is_mail);
        it.press("Enter");
    }),
    ("thread-peek", Stored::World, |it, _| {
        it.press("j");
        it.pass(std::time::Duration::from_millis(200));
    }),
    ("composer-empty", Stored::World, |it, _| {
        go(it, "Noor Khalil");
        it.press("i");
    }),
    ("composer", Stored::World, composer),
    ("composer-emoji", Stored::World, |it, _| {
        go(it, "Noor Khalil");
        it.press("i");
        it.type_in("So good :smil");
    }),
    ("composer-attach", Stored::World, attach),
    ("new-chat", Stored::World, |it, _| it.press("c")),
    ("new-chat-filled", Stored::World, new_chat),
    ("thread-unsent", Stored::World, unsent),
    ("picture", Stored::World, picture),
    ("plain", Stored::World, |it, _| {
        (it.theme.plain, it.state.settings.plain) = (true, true);
        go(it, "Noor Khalil");
    }),
    ("view-drafts", Stored::World, |it, folder| {
        new_chat(it, folder);
        it.press("Esc");
        go(it, "Noor Khalil");
        it.press("i");
        it.type_in("Tomorrow, then");
        it.press("Esc Esc g d");
        // Drafts have the time of this machine.
        it.state.list.rows[0].last_at = Some(it.state.now);
        it.send(Msg::Looked(true));
    }),
    ("mail-new", Stored::World, |it, _| {
        mailbox(it);
        it.press("c");
    }),
    ("mail-invalid", Stored::World, |it, _| {
        mailbox(it);
        it.press("c");
        it.type_in("lea");
        it.press("Enter");
        it.type_in("zoe@nowhere");
    }),
    ("mail-people", Stored::World, |it, _| {
        mailbox(it);
        it.press("c");
        it.type_in("contr");
    }),
    ("mail-reply-all", Stored::World, |it, folder| {
        contract(it);
        it.press("a");
        let file = folder.join("deck-final-v3.pdf");
        std::fs::write(&file, vec![b'%'; 1_234_567]).unwrap();
        it.send(Msg::Paste(file.to_str().unwrap().to_owned()));
        it.type_in("Dear Tomasz, thank you for the annex.");
    }),
    ("mail-reply-left", Stored::World, |it, _| {
        contract(it);
        it.press("a");
        it.type_in("Dear Tomasz, thank you for the annex.");
        it.press("Esc");
    }),
    ("mail-wide", Stored::World, |it, _| {
        contract(it);
        it.press("a alt-w");
    }),
    ("mail-forward", Stored::World, |it, _| {
        contract(it);
        it.press("f");
    }),
    ("mail-ask", Stored::World, |it, _| {
        contract(it);
        it.press("r");
        it.type_in("See the attached file.");
        it.press("^S");
    }),
    ("mail-options", Stored::World, |it, _| {
        contract(it);
        it.press("r alt-o");
    }),
    ("react", Stored::World, |it, _| {
        go(it, "Noor Khalil");
        it.press("k +");
    }),
    ("forward", Stored::World, |it, _| {
        go(it, "Noor Khalil");
        it.press("k f");
    }),
    ("date", Stored::World, |it, _| {
        go(it, "Family");
        it.press("g t");
        it.type_in("last monday");
    }),
    ("delete", Stored::World, |it, _| it.press("j #")),
    ("switcher", Stored::World, |it, _| it.press("^K")),
    ("switcher-typed", Stored::World, |it, _| {
        it.press("^K");
        it.type_in("mar");
    }),
    ("palette", Stored::World, |it, _| it.press(":")),
    ("palette-typed", Stored::World, |it, _| {
        it.press(":");
        it.type_in("unr");
    }),
    ("search-empty", Stored::World, |it, _| it.press("/")),
    ("search", Stored::World, |it, _| {
        it.press("/");
        it.type_in("photo");
    }),
    ("search-nothing", Stored::World, |it, _| {
        it.press("/");
        it.type_in("zzzyzx");
    }),
    ("help", Stored::World, |it, _| it.press("?")),
    ("help-typed", Stored::World, |it, _| {
        it.press("?");
        it.type_in("archive");
    }),
    ("which-key", Stored::World, |it, _| it.press("g")),
    ("themes", Stored::World, |it, _| {
        it.state.settings.themes = ["dark", "light", "sepia"].map(str::to_owned).to_vec();
        it.send(Msg::Command(Command::Theme));
    }),
    ("accounts", Stored::World, |it, _| it.press("g a")),
    ("messages", Stored::World, messages),
    ("messages-none", Stored::World, |it, _| {
        it.send(Msg::Command(Command::Messages));
    }),
    ("view-drafts-empty", Stored::World, |it, _| it.press("g d")),
    ("view-archived", Stored::World, |it, _| it.press("g e")),
    ("view-unread", Stored::World, |it, _| it.press("g u")),
    ("offline", Stored::World, offline),
    ("refused", Stored::World, |it, _| {
        it.send(link(Link::Refused {
            reason: "The key was refused.".to_owned(),
        }));
    }),
    ("first-sync-world", Stored::World, |it, _| {
        let working = working(it);
        it.send(Msg::Sync(Sync {
            link: Link::Online,
            working,
            ..Sync::default()
        }));
    }),
    ("first-sync", Stored::Account, |it, _| {
        let working = working(it);
        it.send(Msg::Sync(Sync {
            link: Link::Online,
            working,
            ..Sync::default()
        }));
    }),
    ("first-sync-offline", Stored::Account, offline),
    ("first-sync-refused", Stored::Account, |it, _| {
        it.send(link(Link::Refused {
            reason: "The key was refused.".to_owned(),
        }));
    }),
    ("account-without-anything", Stored::Account, |it, _| {
        it.send(Msg::Sync(Sync {
            link: Link::Online,
            settled: true,
            ..Sync::default()
        }));
    }),
    ("no-accounts", Stored::Nothing, |it, _| {
        it.send(Msg::Sync(Sync {
            link: Link::Online,
            settled: true,
            ..Sync::default()
        }));
    }),
];

fn composer(it: &mut Screen, folder: &Path) {
    let file = folder.join("deck-final-v3.pdf");
    std::fs::write(&file, vec![b'%'; 1_234_567]).unwrap();
    go(it, "Noor Khalil");
    it.press("k r");
    it.send(Msg::Paste(file.to_str().unwrap().to_owned()));
    it.type_in("Here it is! Tell me if the numbers on page 4 are the ones that Tomasz needs, ");
    it.press("alt-Enter");
    it.type_in("otherwise I'll send the other one");
}

fn attach(it: &mut Screen, _: &Path) {
    go(it, "Noor Khalil");
    it.press("i");
    // A folder that is called the same on every machine.
    it.state.attach_from = "assets/demo/".into();
    it.press("^O");
}

fn new_chat(it: &mut Screen, _: &Path) {
    it.press("c");
    it.type_in("Noor");
    it.press("Enter Enter");
    it.type_in("Are you coming on Saturday?");
}

/// Messages that have not arrived, however far they came.
fn unsent(it: &mut Screen, _: &Path) {
    go(it, "Noor Khalil");
    let thread = it.state.thread.as_mut().unwrap();
    let (now, chat) = (it.state.now, thread.conversation.uid.clone());
    let item = |id: i64, text: &str, state, error: Option<&str>| OutboxItem {
        id: OutboxId(id),
        account: "acc".into(),
        conversation: Some(chat.clone()),
        lane: String::new(),
        act: Act::SendMessage(NewMessage::text("acc".into(), chat.as_str().into(), text)),
        state,
        due_at: now + SignedDuration::from_secs(6),
        created_at: now,
        updated_at: now,
        attempted_at: None,
        tries: 1,
        looks: 0,
        error: error.map(str::to_owned),
        result: None,
    };
    let refused = "This person cannot be reached this way.";
    thread.waiting = vec![
        item(1, "Did you see it?", OutboxState::Failed, Some(refused)),
        item(
            2,
            "The numbers are in.",
            OutboxState::Unknown,
            Some("the connection was cut."),
        ),
        item(3, "Good night!", OutboxState::Scheduled, None),
    ];
    it.send(Msg::Looked(true));
}

fn picture(it: &mut Screen, _: &Path) {
    go(it, "Family");
    let thread = it.state.thread.as_mut().unwrap();
    let has_one = |it: &&Entry| it.attachments.iter().any(StoredAttachment::is_picture);
    let key = thread.entries.iter().rev().find(has_one).unwrap().key;
    thread.selected = Some(Picked::Entry(key));
    it.press("Enter");
    assert!(matches!(it.state.layers.last(), Some(Layer::Picture(_))));
}

/// Shows a mailbox alone.
fn mailbox(it: &mut Screen) {
    it.press("^K");
    it.type_in("ada@nuvem");
    it.press("Enter");
}

/// Opens a thread of mails of three people.
fn contract(it: &mut Screen) {
    it.press("^K");
    it.type_in("Re: Contract renewal");
    it.press("Enter");
}

fn messages(it: &mut Screen, _: &Path) {
    for words in [
        "The settings were read anew.",
        "Telegram asks for a new login: open https://onebox.example/reconnect to give it one.",
    ] {
        it.send(Msg::Notice(words.to_owned()));
        it.pass(std::time::Duration::from_secs(30));
    }
    it.send(Msg::Command(Command::Messages));
}

fn offline(it: &mut Screen, _: &Path) {
    let now = Timestamp::from_millisecond(BEGAN).unwrap();
    it.state.places.overview.outbox = (2, 1);
    it.send(link(Link::Offline {
        since: now - SignedDuration::from_mins(21),
        next_try: it.state.now + SignedDuration::from_secs(12),
        reason: "Nothing answers at api1.unipile.com.".to_owned(),
    }));
}

fn link(link: Link) -> Msg {
    Msg::Sync(Sync {
        link,
        ..Sync::default()
    })
}

/// Every account has something to fetch.
fn working(it: &Screen) -> BTreeMap<onebox::model::id::AccountId, Vec<&'static str>> {
    let accounts = &it.state.places.overview.accounts;
    let busy = |at: usize| {
        if at.is_multiple_of(2) {
            vec!["chats"]
        } else {
            vec!["chats", "history"]
        }
    };
    let all = accounts.iter().enumerate();
    all.map(|(at, it)| (it.id.clone(), busy(at))).collect()
}

/// Goes to a conversation by its name and opens it.
fn go(it: &mut Screen, name: &str) {
    it.press("^K");
    it.type_in(name);
    it.press("Enter");
    let title = it.state.thread.as_ref().map(|it| &it.conversation.title);
    assert!(title.is_some_and(|it| it.starts_with(name)), "{title:?}");
}

/// Goes down in the list until it is one of those.
fn pick(it: &mut Screen, is_one: fn(&Conversation) -> bool) {
    for _ in 0..200 {
        if it.state.list.current().is_some_and(is_one) {
            return;
        }
        it.press("j");
    }
    panic!("there is none");
}
