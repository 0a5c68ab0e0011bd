//! Copies of files live as long as something may need them.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::super::files::{check, keep, sweep};
use super::*;
use crate::model::act::FileRef;

/// Makes a file as old as one that nobody is about to refer to.
fn age(path: &Path) {
    let long_ago = SystemTime::now() - Duration::from_secs(7200);
    let file = File::options().write(true).open(path).unwrap();
    file.set_modified(long_ago).unwrap();
}

fn swept(store: &Store) -> usize {
    let profile = store.dir().to_owned();
    write(store, move |tx| sweep(tx, &profile))
}

fn copied(store: &Store, words: &str) -> FileRef {
    let original = store.dir().join("original.txt");
    fs::write(&original, words).unwrap();
    let kept = keep(store.dir(), &original).unwrap();
    age(&kept.path);
    kept
}

fn drafted(store: &Store, file: &FileRef) {
    let body = DraftBody {
        attachments: vec![file.clone()],
        ..DraftBody::default()
    };
    write(store, move |tx| drafts::save(tx, None, &body, at(10)));
}

/// An act with a file, brought to a state.
fn acted(store: &Store, file: &FileRef, state: OutboxState) {
    let mut message = NewMessage::text("acc".into(), "chat".into(), "see");
    message.attachments = vec![file.clone()];
    write(store, move |tx| {
        let id = submit(tx, vec![Act::SendMessage(message)], at(10), When::Now)?[0];
        match state {
            OutboxState::Canceled => {
                cancel(tx, id, at(11))?;
            }
            OutboxState::Queued => {}
            _ => {
                begin(tx, id, at(11), None)?;
            }
        }
        match state {
            OutboxState::Sent => {
                succeed(tx, id, &Success::default(), Stamp(9), at(12))?;
            }
            OutboxState::Failed => {
                fail(tx, id, "no", at(12))?;
            }
            OutboxState::Unknown => unknown(tx, id, "cut", at(13), at(12))?,
            _ => {}
        }
        assert_eq!(get(tx, id)?.unwrap().state, state);
        Ok(())
    });
}

#[test]
fn a_copy_of_a_file_stays_while_a_draft_or_an_act_may_need_it_and_goes_after_it_was_sent() {
    use OutboxState::{Canceled, Failed, Queued, Sending, Sent, Unknown};
    let (_dir, store) = store();
    let mut needed = Vec::new();
    for state in [Queued, Sending, Failed, Unknown, Canceled] {
        let file = copied(&store, state.as_str());
        acted(&store, &file, state);
        needed.push(file);
    }
    let of_draft = copied(&store, "in a draft");
    drafted(&store, &of_draft);
    let sent_and_written_again = copied(&store, "twice");
    acted(&store, &sent_and_written_again, Sent);
    drafted(&store, &sent_and_written_again);
    needed.extend([of_draft, sent_and_written_again]);
    let sent = copied(&store, "done");
    acted(&store, &sent, Sent);

    assert_eq!(swept(&store), 1);
    assert!(!sent.path.exists());
    for file in needed {
        check(&file).unwrap();
    }
    assert_eq!(swept(&store), 0);
}

#[test]
fn a_crash_between_a_copy_and_what_refers_to_it_costs_no_file_that_is_needed_and_no_room_for_long()
{
    let (_dir, store) = store();
    let profile: PathBuf = store.dir().to_owned();
    assert_eq!(swept(&store), 0, "there is no file yet");
    let left = copied(&store, "its process died");
    let part = profile.join("files/.part-x");
    fs::write(&part, "its process died earlier").unwrap();
    let strange = profile.join("files/notes.txt");
    fs::write(&strange, "somebody put it there").unwrap();
    age(&part);
    age(&strange);
    // Its process goes on: it has copied and not yet written what refers to it.
    let original = profile.join("original.txt");
    fs::write(&original, "almost there").unwrap();
    let under_way = keep(&profile, &original).unwrap();

    assert_eq!(swept(&store), 2);
    assert!(!left.path.exists() && !part.exists() && strange.exists());
    check(&under_way).unwrap();

    // The same bytes are copied anew just before the old copy of them would go.
    let old = copied(&store, "once more");
    fs::write(&original, "once more").unwrap();
    let anew = keep(&profile, &original).unwrap();
    assert_eq!(old.path, anew.path);
    assert_eq!(swept(&store), 0);
    drafted(&store, &anew);
    age(&anew.path);
    assert_eq!(swept(&store), 0);
    check(&anew).unwrap();
}
