//! Does something to whole conversations, in one transaction and as one act for undo, and says it in words.

use jiff::Timestamp;

use crate::app::effect::Triage;
use crate::model::act::Act;
use crate::model::inbox::{ConversationKey, EntryKey};
use crate::store::outbox::{self, When, acts};
use crate::store::read::{accounts, conversations, entries};
use crate::store::{Error, Result, Tx};

/// Does it to those where it is possible. Gives what was done, or why nothing was.
pub fn triage(
    tx: &Tx<'_>,
    keys: &[ConversationKey],
    what: Triage,
    now: Timestamp,
) -> Result<std::result::Result<String, String>> {
    let (mut all, mut done) = (Vec::new(), Vec::new());
    let mut refused: Option<Error> = None;
    for key in keys {
        match of(tx, *key, what) {
            Ok(found) if found.is_empty() => {}
            Ok(found) => {
                all.extend(found);
                done.push(*key);
            }
            // One that cannot be done does not hold up the others.
            Err(error @ (Error::NotPossible(_) | Error::Missing { .. })) => refused = Some(error),
            Err(error) => return Err(error),
        }
    }
    let Some(first) = done.first() else {
        return Ok(Err(
            refused.map_or_else(|| nothing(what, keys.len()), |it| it.to_string())
        ));
    };
    let name = match conversations::get(tx, *first)? {
        Some(it) if done.len() == 1 && !it.title.is_empty() => it.title,
        _ if done.len() == 1 => "the conversation".to_owned(),
        _ => format!("{} conversations", done.len()),
    };
    let trash = all.iter().any(|act| {
        matches!(
            act,
            Act::DeleteMail {
                for_good: false,
                ..
            }
        )
    });
    outbox::submit(tx, all, now, When::Now)?;
    let mut said = words(what, trash, &name);
    if let Some(error) = refused {
        let left = keys.len() - done.len();
        said = format!("{said}; {left} not: {error}");
    }
    Ok(Ok(said))
}

fn of(tx: &Tx<'_>, key: ConversationKey, what: Triage) -> Result<Vec<Act>> {
    match what {
        Triage::Read(read) => acts::read(tx, key, read),
        Triage::Archive(on) => acts::archive(tx, key, on),
        Triage::Star(on) => acts::star(tx, key, None, on),
        Triage::Pin(on) => acts::pin(tx, key, on),
        Triage::Mute(on) => acts::mute(tx, key, on),
        Triage::Delete { for_good: meant } => {
            let mut found = acts::delete(tx, key)?;
            // A mail that lies in the trash already is only gone for good when that is what was asked.
            found.retain(|act| meant || !matches!(act, Act::DeleteMail { for_good: true, .. }));
            Ok(found)
        }
    }
}

/// Deletes one message for everybody.
pub fn delete_message(tx: &Tx<'_>, key: EntryKey) -> Result<Vec<Act>> {
    let entry = entries::get(tx, key)?.ok_or(Error::Missing { what: "message" })?;
    let missing = Error::Missing {
        what: "conversation",
    };
    let chat = conversations::get(tx, entry.conversation)?.ok_or(missing)?;
    let mut all = accounts::all(tx)?.into_iter();
    let account = all.find(|it| it.key == chat.account);
    let account = account.ok_or(Error::Missing { what: "account" })?;
    Ok(vec![Act::DeleteMessage {
        account: account.id,
        chat: chat.uid.into(),
        message: entry.uid,
    }])
}

fn words(what: Triage, trash: bool, name: &str) -> String {
    match what {
        Triage::Read(true) => format!("Marked {name} as read"),
        Triage::Read(false) => format!("Marked {name} as unread"),
        Triage::Archive(true) => format!("Archived {name}"),
        Triage::Archive(false) => format!("Moved {name} to the inbox"),
        Triage::Star(true) => format!("Starred {name}"),
        Triage::Star(false) => format!("Unstarred {name}"),
        Triage::Pin(true) => format!("Pinned {name}"),
        Triage::Pin(false) => format!("Unpinned {name}"),
        Triage::Mute(true) => format!("Muted {name}"),
        Triage::Mute(false) => format!("Unmuted {name}"),
        Triage::Delete { .. } if trash => format!("Moved {name} to the trash"),
        Triage::Delete { .. } => format!("Deleted {name}"),
    }
}

/// Why there was nothing to do.
fn nothing(what: Triage, count: usize) -> String {
    let it = if count == 1 { "It is" } else { "They are" };
    let how = match what {
        Triage::Read(true) => "read already",
        Triage::Read(false) => "nothing that can be unread: nobody else wrote there",
        Triage::Archive(true) => "not in the inbox",
        Triage::Archive(false) => "not archived",
        Triage::Delete { .. } => "in the trash already; open that folder to delete for good",
        Triage::Star(_) | Triage::Pin(_) | Triage::Mute(_) => "so already",
    };
    format!("{it} {how}.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::inbox::Conversation;
    use crate::store::apply::samples::{chat, message};
    use crate::store::apply::{self, Stamp};
    use crate::store::outbox::{Reach, Undone, undo};
    use crate::store::{Care, Store};

    fn store() -> (tempfile::TempDir, Store) {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&dir.path().join("profile")).unwrap();
        let filled = store.write_now(Care::Kept, |tx| {
            let mut other = chat("other");
            other.name = Some("Choir".to_owned());
            apply::chats(tx, &[chat("chat"), other], Stamp(1))?;
            apply::messages(tx, &[message("m1", 1, "hello")], Stamp(2))
        });
        filled.unwrap();
        (dir, store)
    }

    fn row(store: &Store, key: i64) -> Conversation {
        let found = store.read_now(|db| conversations::get(db, ConversationKey(key)));
        found.unwrap().unwrap()
    }

    fn does(store: &Store, keys: &[i64], what: Triage) -> std::result::Result<String, String> {
        let keys: Vec<_> = keys.iter().copied().map(ConversationKey).collect();
        store
            .write_now(Care::Kept, move |tx| {
                triage(tx, &keys, what, Timestamp::now())
            })
            .unwrap()
    }

    const ALL: Reach = Reach {
        since: Timestamp::UNIX_EPOCH,
        words: std::time::Duration::from_secs(8),
    };

    fn back(store: &Store) -> Undone {
        store
            .write_now(Care::Kept, |tx| undo(tx, &ALL, Timestamp::now()))
            .unwrap()
    }

    #[test]
    fn whatever_is_done_by_hand_is_told_with_its_name_and_taken_back_as_a_whole() {
        let (_dir, store) = store();
        let before = [row(&store, 1), row(&store, 2)];
        for what in [
            Triage::Read(true),
            Triage::Archive(true),
            Triage::Star(true),
            Triage::Pin(true),
            Triage::Mute(true),
        ] {
            let said = does(&store, &[1, 2], what).unwrap();
            assert!(said.contains("2 conversations"), "{said}");
            assert_ne!([row(&store, 1), row(&store, 2)], before, "{what:?}");
            let Undone::Done { conversations, .. } = back(&store) else {
                panic!("{what:?}");
            };
            let keys: Vec<_> = conversations.iter().map(|it| it.0).collect();
            assert_eq!(keys, [2, 1], "{what:?}");
            assert_eq!([row(&store, 1), row(&store, 2)], before, "{what:?}");
        }
        assert_eq!(
            does(&store, &[2], Triage::Archive(true)).unwrap(),
            "Archived Choir"
        );
    }

    #[test]
    fn what_changes_nothing_leaves_the_undo_of_before_alone() {
        let (_dir, store) = store();
        does(&store, &[1], Triage::Read(true)).unwrap();
        let said = does(&store, &[1], Triage::Read(true)).unwrap_err();
        assert_eq!(said, "It is read already.");
        assert!(does(&store, &[99], Triage::Pin(true)).is_err());
        assert!(matches!(back(&store), Undone::Done { .. }));
        assert_eq!(row(&store, 1).unread, 1);
    }
}
