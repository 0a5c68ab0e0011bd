//! What is shown ahead of the server, taken back, and kept.

use super::*;

/// Everything that was ever done.
const ALL: Reach = Reach {
    since: Timestamp::UNIX_EPOCH,
    words: Duration::from_secs(8),
};

#[test]
fn undo_takes_back_what_has_not_gone_out_and_reverses_what_has() {
    let (_dir, store) = store();
    hand(&store, mark(ChatMark::Pinned, true), 10);
    let undone = write(&store, |tx| undo(tx, &ALL, at(11)));
    assert!(
        matches!(undone, Undone::Done { ref label, .. } if label.starts_with("Pin")),
        "{undone:?}"
    );
    assert!(!row(&store).pinned);
    let id = hand(&store, mark(ChatMark::Archived, true), 12);
    go(&store, id, 12);
    write(&store, move |tx| {
        succeed(tx, id, &Success::default(), Stamp(9), at(13))
    });
    write(&store, |tx| undo(tx, &ALL, at(14)));
    assert!(!row(&store).archived);
    let opposite = store.read_now(|db| next(db, at(15))).unwrap().remove(0);
    assert_eq!(opposite.act, mark(ChatMark::Archived, false));
    let sent = hand(&store, say("too late"), 16);
    go(&store, opposite.id, 16);
    write(&store, move |tx| {
        succeed(tx, opposite.id, &Success::default(), Stamp(10), at(16))
    });
    go(&store, sent, 17);
    let undone = write(&store, |tx| undo(tx, &ALL, at(18)));
    assert!(matches!(undone, Undone::TooLate { .. }));
    assert_eq!(write(&store, |tx| undo(tx, &ALL, at(18))), Undone::Nothing);
}

#[test]
fn undo_reaches_back_ten_seconds_for_words_as_long_as_they_wait_and_never_before_this_run() {
    let (_dir, store) = store();
    let words = Duration::from_secs(30);
    let reach = move |since| Reach {
        since: at(since),
        words,
    };
    write(&store, move |tx| {
        submit(tx, vec![say("sorry")], at(0), When::After(words))
    });
    hand(&store, mark(ChatMark::Pinned, true), 4);
    let before = write(&store, move |tx| undo(tx, &reach(5), at(6)));
    assert_eq!(before, Undone::Nothing);
    // The pin is too old by now, the words are not.
    let undone = write(&store, move |tx| undo(tx, &reach(0), at(15)));
    assert!(
        matches!(&undone, Undone::Done { drafts, .. } if drafts.len() == 1),
        "{undone:?}"
    );
    assert!(row(&store).pinned);
    let rest = write(&store, move |tx| undo(tx, &reach(0), at(15)));
    assert_eq!(rest, Undone::Nothing);
}

#[test]
fn words_that_are_taken_back_are_a_draft_again_above_those_that_were_begun_meanwhile() {
    let (_dir, store) = store();
    let body = |text: &str| DraftBody {
        account: Some("acc".into()),
        conversation: Some("chat".to_owned()),
        text: text.to_owned(),
        ..DraftBody::default()
    };
    let key = write(&store, {
        let body = body("first words");
        move |tx| drafts::save(tx, None, &body, at(1))
    });
    assert!(row(&store).has_draft);
    write(&store, move |tx| {
        submit_draft(
            tx,
            key,
            vec![say("first words")],
            at(2),
            When::After(Duration::from_secs(8)),
        )
    });
    assert!(!row(&store).has_draft);
    write(&store, {
        let body = body("next words");
        move |tx| drafts::save(tx, None, &body, at(3))
    });
    write(&store, |tx| undo(tx, &ALL, at(4)));
    let found = store
        .read_now(|db| drafts::of_conversation(db, "acc", "chat"))
        .unwrap()
        .unwrap();
    assert_eq!(found.body.text, "first words\n\nnext words");
    assert_eq!(next_ids(&store, 100), []);
    write(&store, move |tx| drafts::delete(tx, found.key));
    assert!(!row(&store).has_draft);
}

#[test]
fn a_star_is_known_here_only_and_can_be_undone() {
    let (_dir, store) = store();
    let ids = write(&store, |tx| {
        let acts = acts::star(tx, ConversationKey(1), Some("m1".into()), true)?;
        submit(tx, acts, at(1), When::Now)
    });
    assert!(ids.is_empty() && row(&store).starred);
    write(&store, |tx| undo(tx, &ALL, at(2)));
    assert!(!row(&store).starred);
}

#[test]
fn an_edited_message_a_deleted_one_and_a_reaction_are_shown_at_once_and_found_by_their_words() {
    let (_dir, store) = store();
    let (account, chat) = (|| "acc".into(), || "chat".into());
    let text = |store: &Store, uid: &'static str| {
        store
            .read_now(move |db| entries::with_uid(db, uid))
            .unwrap()
            .unwrap()
    };
    let edit = hand(
        &store,
        Act::EditMessage {
            account: account(),
            chat: chat(),
            message: "m2".into(),
            text: "fine".into(),
        },
        1,
    );
    let react = hand(
        &store,
        Act::React {
            account: account(),
            chat: chat(),
            message: "m1".into(),
            emoji: "🎉".into(),
        },
        1,
    );
    let delete = hand(
        &store,
        Act::DeleteMessage {
            account: account(),
            chat: chat(),
            message: "m2".into(),
        },
        2,
    );
    assert!(text(&store, "m2").deleted);
    assert_eq!(text(&store, "m1").reactions[0].value, "🎉");
    // The server's own news about the messages change nothing of that.
    see(
        &store,
        vec![
            Message {
                seen: Some(true),
                ..own("m2", 2, "ok")
            },
            message("m1", 1, "hello!"),
        ],
        7,
    );
    assert!(text(&store, "m2").deleted);
    assert_eq!(text(&store, "m1").reactions.len(), 1);
    for id in [edit, react, delete] {
        write(&store, move |tx| fail(tx, id, "no", at(3)));
    }
    let (m1, m2) = (text(&store, "m1"), text(&store, "m2"));
    assert_eq!(
        (m2.text.as_str(), m2.deleted, m2.edited),
        ("ok", false, false)
    );
    assert!(m1.reactions.is_empty() && m1.text == "hello!");
    let words = store.read_now(|db| {
        let count = |word: &str| -> Result<i64> {
            Ok(db.query_row(
                "SELECT count(*) FROM words WHERE words MATCH ?1",
                [word],
                |row| row.get(0),
            )?)
        };
        Ok((count("fine")?, count("ok")?, count("hello")?))
    });
    assert_eq!(words.unwrap(), (0, 1, 1));
}

#[test]
fn drafts_and_outbox_outlive_the_file_they_lie_in() {
    let (dir, store) = store();
    let body = DraftBody {
        text: "not sent yet".into(),
        ..DraftBody::default()
    };
    write(&store, move |tx| drafts::save(tx, None, &body, at(1)));
    let id = hand(&store, say("hi"), 10);
    go(&store, id, 11);
    drop(store);
    let profile = dir.path().join("profile");
    std::fs::write(profile.join("onebox.db"), vec![7; 40_000]).unwrap();
    let _ = std::fs::remove_file(profile.join("onebox.db-wal"));
    let store = Store::open(&profile).unwrap();
    assert_eq!(item(&store, id).state, OutboxState::Unknown);
    assert_eq!(
        store.read_now(drafts::all).unwrap()[0].body.text,
        "not sent yet"
    );
}

#[test]
fn two_drafts_for_threads_that_turn_out_to_be_one_are_both_kept() {
    let (_dir, store) = store();
    for (uid, text) in [("t1", "one"), ("t2", "two")] {
        write(&store, move |tx| {
            tx.execute(
                "INSERT INTO conversations (account, uid, is_mail, kind, stamp) VALUES (1, ?1, 1, '', 0)",
                [uid],
            )?;
            let body = DraftBody {
                account: Some("acc".into()),
                conversation: Some(uid.to_owned()),
                text: text.to_owned(),
                ..DraftBody::default()
            };
            drafts::save(tx, None, &body, at(1))
        });
    }
    write(&store, |tx| {
        let key = ConversationKey(tx.query_row(
            "SELECT id FROM conversations WHERE uid = 't2'",
            [],
            |row| row.get(0),
        )?);
        moved(tx, key, "t2", "t1")
    });
    let mut found: Vec<_> = store
        .read_now(drafts::all)
        .unwrap()
        .into_iter()
        .map(|it| (it.body.text, it.body.conversation))
        .collect();
    found.sort();
    assert_eq!(
        found,
        [
            ("one".to_owned(), Some("t1".to_owned())),
            ("two".to_owned(), None)
        ]
    );
}
