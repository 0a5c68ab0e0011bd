//! What is done is seen at once, told in words, and comes back under the cursor.

use crate::app::effect::{Deed, Done, Effect, Read, Triage};
use crate::app::layer::Layer;
use crate::app::samples::{answer_list, conversation, entry, inbox, open, press, titles};
use crate::app::state::Pane;
use crate::app::{Msg, State, update};
use crate::config::ReadMarks;
use crate::model::inbox::ConversationKey;
use crate::model::outbox::{DraftKey, OutboxId};

#[test]
fn a_draft_of_no_conversation_is_opened_from_the_list_and_thrown_away_only_when_that_is_meant() {
    let mut state = inbox(&["ada"]);
    state.list.rows[0].key = ConversationKey::of_draft(DraftKey(7));
    assert_eq!(press(&mut state, "e"), []);
    press(&mut state, "#");
    assert!(matches!(state.layers.last(), Some(Layer::Confirm(_))));
    let gone = press(&mut state, "y");
    assert!(
        matches!(
            gone[..],
            [Effect::Do(Deed::DropDraft(_, Some(DraftKey(7))))]
        ),
        "{gone:?}"
    );
    let opened = press(&mut state, "Enter");
    assert!(
        opened
            .iter()
            .any(|it| matches!(it, Effect::Read(_, Read::Draft(DraftKey(7))))),
        "{opened:?}"
    );
}

fn current(state: &State) -> &str {
    state.list.current().map_or("", |it| it.title.as_str())
}

fn deeds(effects: Vec<Effect>) -> Vec<Deed> {
    let deeds = effects.into_iter().filter_map(|it| match it {
        Effect::Do(deed) => Some(deed),
        _ => None,
    });
    deeds.collect()
}

fn keys(numbers: &[i64]) -> Vec<ConversationKey> {
    numbers.iter().copied().map(ConversationKey).collect()
}

fn said(state: &State) -> (&str, bool) {
    let toast = state.toasts.shown(state.now);
    toast.map_or(("", false), |it| (it.text.as_str(), it.undo))
}

#[test]
fn archiving_takes_the_row_away_at_once_and_goes_on_to_the_next() {
    let mut state = inbox(&["ada", "grace", "alan"]);
    let effects = press(&mut state, "j e");
    assert_eq!(
        deeds(effects),
        [Deed::Triage(keys(&[2]), Triage::Archive(true))]
    );
    assert_eq!(
        (titles(&state), current(&state)),
        (vec!["ada", "alan"], "alan")
    );
    // The store answers from before the act: it stays away all the same.
    let ticket = state.ticket();
    let asked = vec![state.list.look_again(ticket)];
    let rows = vec![
        conversation(1, "ada"),
        conversation(2, "grace"),
        conversation(3, "alan"),
    ];
    answer_list(&mut state, &asked, rows);
    assert_eq!(
        (titles(&state), current(&state)),
        (vec!["ada", "alan"], "alan")
    );
    let done = Done::Triaged(Ok("Archived grace".to_owned()));
    update(&mut state, Msg::Done(done));
    assert_eq!(said(&state), ("Archived grace", true));
}

#[test]
fn undo_puts_the_cursor_on_what_came_back() {
    let mut state = inbox(&["ada", "grace", "alan"]);
    press(&mut state, "e j");
    update(
        &mut state,
        Msg::Done(Done::Triaged(Ok("Archived ada".to_owned()))),
    );
    assert_eq!(deeds(press(&mut state, "z")), [Deed::Undo]);
    let done = Done::Undone("Taken back".to_owned(), keys(&[1]));
    let effects = update(&mut state, Msg::Done(done));
    let rows = ["ada", "grace", "alan"];
    let rows = (1..).zip(rows).map(|(at, it)| conversation(at, it));
    answer_list(&mut state, &effects, rows.collect());
    assert_eq!(current(&state), "ada");
}

#[test]
fn what_the_store_refuses_comes_back_with_the_reason() {
    let mut state = inbox(&["ada", "grace"]);
    press(&mut state, "e");
    assert_eq!(titles(&state), ["grace"]);
    let refused = Done::Triaged(Err("The disk is full".to_owned()));
    let effects = update(&mut state, Msg::Done(refused));
    assert_eq!(said(&state), ("The disk is full", false));
    let rows = vec![conversation(1, "ada"), conversation(2, "grace")];
    answer_list(&mut state, &effects, rows);
    assert_eq!(titles(&state), ["ada", "grace"]);
}

#[test]
fn several_are_marked_and_all_of_them_meant_by_the_next_act() {
    let mut state = inbox(&["ada", "grace", "alan", "edsger"]);
    let effects = press(&mut state, "x j x e");
    assert_eq!(
        deeds(effects),
        [Deed::Triage(keys(&[1, 3]), Triage::Archive(true))]
    );
    assert_eq!(titles(&state), ["grace", "edsger"]);
    assert!(state.list.marked.is_empty());
}

#[test]
fn a_switch_is_turned_on_for_all_before_it_is_turned_off_for_all() {
    let mut state = inbox(&["ada", "grace"]);
    press(&mut state, "s");
    assert!(state.list.rows[0].starred);
    let effects = press(&mut state, "x x s");
    assert_eq!(
        deeds(effects),
        [Deed::Triage(keys(&[1, 2]), Triage::Star(true))]
    );
    let effects = press(&mut state, "k k u");
    assert_eq!(
        deeds(effects),
        [Deed::Triage(keys(&[1]), Triage::Read(true))]
    );
    assert_eq!(state.list.rows[0].unread, 0);
}

#[test]
fn a_chat_is_deleted_only_after_a_question_that_names_it() {
    let mut state = inbox(&["Léa Fontaine", "grace"]);
    assert!(deeds(press(&mut state, "#")).is_empty());
    let Some(Layer::Confirm(confirm)) = state.layers.last() else {
        panic!("nothing was asked");
    };
    assert!(confirm.question.contains("Léa Fontaine"));
    assert!(deeds(press(&mut state, "n")).is_empty());
    assert_eq!(titles(&state).len(), 2);
    let effects = press(&mut state, "# y");
    let delete = Triage::Delete { for_good: false };
    assert_eq!(deeds(effects), [Deed::Triage(keys(&[1]), delete)]);
    assert_eq!(titles(&state), ["grace"]);
    update(
        &mut state,
        Msg::Done(Done::Triaged(Ok("Deleted".to_owned()))),
    );
    assert_eq!(said(&state), ("Deleted", false));
}

#[test]
fn in_the_conversation_a_star_is_for_the_selected_message_and_archiving_leaves_it() {
    let mut state = inbox(&["ada", "grace"]);
    open(&mut state, vec![entry(1, "one"), entry(2, "two")]);
    let effects = press(&mut state, "k s");
    assert_eq!(
        deeds(effects),
        [Deed::StarEntry(
            ConversationKey(1),
            "message-2".into(),
            true
        )]
    );
    let effects = press(&mut state, "e");
    assert_eq!(
        deeds(effects),
        [Deed::Triage(keys(&[1]), Triage::Archive(true))]
    );
    assert_eq!((state.focus, current(&state)), (Pane::List, "grace"));
}

#[test]
fn read_only_refuses_in_words_and_changes_nothing() {
    let mut state = inbox(&["ada"]);
    state.settings.readonly = true;
    for key in ["e", "u", "m", "P", "#", "z"] {
        assert!(deeds(press(&mut state, key)).is_empty(), "{key}");
        assert!(said(&state).0.contains("--readonly"), "{key}");
    }
    assert_eq!(titles(&state), ["ada"]);
}

#[test]
fn read_marks_are_made_when_the_user_wants_them() {
    for (marks, on_open, on_reply) in [
        (ReadMarks::Open, true, false),
        (ReadMarks::Reply, false, true),
        (ReadMarks::Manual, false, false),
    ] {
        let mut state = inbox(&["ada"]);
        state.settings.read_marks = marks;
        state.places.overview.accounts = vec![crate::app::samples::account(1, "Ada")];
        let seen = |effects| deeds(effects) == [Deed::Seen(keys(&[1]))];
        let opened = {
            let effects = press(&mut state, "Enter");
            crate::app::samples::answer_thread(&mut state, &effects, vec![])
        };
        assert_eq!(seen(opened), on_open, "{marks:?}");
        press(&mut state, "i");
        press(&mut state, "k");
        let ticket = press(&mut state, "Enter")
            .into_iter()
            .find_map(|it| match it {
                Effect::Do(Deed::Send(ticket, ..)) => Some(ticket),
                _ => None,
            });
        let sent = Done::Sent(ticket.unwrap(), OutboxId(1), None);
        assert_eq!(
            seen(update(&mut state, Msg::Done(sent))),
            on_reply,
            "{marks:?}"
        );
    }
}
