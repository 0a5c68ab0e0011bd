//! Promises of writing, on state alone.

use jiff::{SignedDuration, Timestamp};

use crate::app::effect::{Answer, Deed, Done, Effect, Read, ThreadPage, Ticket};
use crate::app::key::{Code, Key};
use crate::app::layer::Layer;
use crate::app::layout::Size;
use crate::app::samples;
use crate::app::thread::Thread;
use crate::app::{Msg, Pane, Settings, State, update};
use crate::model::act::FileRef;
use crate::model::inbox::{
    AccountKey, Conversation, ConversationKey, Entry, EntryKey, StoredAccount,
};
use crate::model::outbox::{Draft, DraftBody, DraftKey, OutboxId};

const NOW: Timestamp = Timestamp::constant(1_800_000_000, 0);
const ENTER: Key = Key::plain(Code::Enter);
const ESC: Key = Key::plain(Code::Esc);

fn account() -> StoredAccount {
    StoredAccount {
        id: "acc".into(),
        ..samples::account(1, "Ada Martin")
    }
}

fn conversation(key: i64) -> Conversation {
    Conversation {
        last_at: Some(NOW),
        unread: 0,
        needs_reply: false,
        ..samples::conversation(key, "Léa")
    }
}

fn entry(own: bool) -> Entry {
    Entry {
        key: EntryKey::at(NOW, 1),
        uid: "m1".into(),
        sender_name: Some("Léa".to_owned()),
        own,
        ..samples::entry(1, "Could you send the deck?")
    }
}

fn page(key: i64, own: bool, draft: Option<Draft>) -> ThreadPage {
    ThreadPage {
        draft,
        ..samples::page(conversation(key), vec![entry(own)])
    }
}

pub(crate) fn state_with(draft: Option<Draft>) -> State {
    let size = Size {
        width: 120,
        height: 36,
    };
    let mut state = State::new(Settings::default(), NOW, size);
    state.places.overview.accounts = vec![account()];
    state.thread = Some(Thread::new(page(1, false, draft), None, false));
    state.focus = Pane::Thread;
    state
}

pub(crate) fn press(state: &mut State, key: Key) -> Vec<Effect> {
    update(state, Msg::Key(key))
}

pub(crate) fn write(state: &mut State, text: &str) {
    for letter in text.chars() {
        press(state, Key::char(letter));
    }
}

fn text(state: &State) -> String {
    let composer = state.composer.as_ref().unwrap();
    composer.sheet.editor.text()
}

fn file(name: &str, size: u64) -> FileRef {
    FileRef {
        path: format!("/tmp/{name}").into(),
        name: name.to_owned(),
        size,
        mime: None,
        sha256: String::new(),
    }
}

fn saved(effects: &[Effect]) -> Option<(Ticket, DraftBody)> {
    effects.iter().find_map(|it| match it {
        Effect::Do(Deed::SaveDraft(ticket, _, body)) => Some((*ticket, (**body).clone())),
        _ => None,
    })
}

fn later(state: &mut State, millis: i64) -> Vec<Effect> {
    let now = state.now + SignedDuration::from_millis(millis);
    update(state, Msg::Tick(now))
}

#[test]
fn every_word_is_on_disk_within_a_second_and_only_once() {
    let mut state = state_with(None);
    press(&mut state, Key::char('i'));
    write(&mut state, "Here it is");
    assert!(state.wakes_at().unwrap() < NOW + SignedDuration::from_secs(1));
    assert_eq!(saved(&later(&mut state, 200)), None);
    let (ticket, body) = saved(&later(&mut state, 600)).unwrap();
    assert_eq!(body.text, "Here it is");
    assert_eq!(body.conversation.as_deref(), Some("chat-1"));
    assert_eq!(saved(&later(&mut state, 5000)), None);
    update(
        &mut state,
        Msg::Done(Done::DraftSaved(ticket, DraftKey(7), Box::new(body))),
    );
    assert!(state.composer.as_ref().unwrap().sheet.saved);
    write(&mut state, "!");
    assert!(!state.composer.as_ref().unwrap().sheet.saved);
}

#[test]
fn leaving_quitting_being_ended_and_going_elsewhere_all_keep_the_draft() {
    let begun = || {
        let mut state = state_with(None);
        press(&mut state, Key::char('i'));
        write(&mut state, "half a tho");
        state
    };
    let mut state = begun();
    assert!(saved(&press(&mut state, ESC)).is_some());
    assert_eq!(state.focus, Pane::Thread);
    assert_eq!(text(&state), "half a tho", "it stays in sight");
    for end in [Msg::End, Msg::Key(Key::ctrl('c'))] {
        let mut state = begun();
        let mut effects = update(&mut state, end.clone());
        effects.extend(update(&mut state, end));
        let kept = effects
            .iter()
            .position(|it| matches!(it, Effect::Do(Deed::SaveDraft(..))));
        let quits = effects.iter().position(|it| *it == Effect::Quit);
        assert!(kept.unwrap() < quits.unwrap());
    }
    let mut state = begun();
    let effects = state.open(ConversationKey(2), None, crate::app::state::Then::Peek);
    let Some(Effect::Read(ticket, Read::Thread { .. })) = effects.first() else {
        panic!()
    };
    let page = Answer::Thread(Box::new(page(2, false, None)));
    let effects = update(&mut state, Msg::Answer(*ticket, page));
    assert_eq!(saved(&effects).unwrap().1.text, "half a tho");
    assert!(state.composer.is_none());
}

#[test]
fn a_draft_is_shown_when_its_conversation_opens_and_not_ended_by_that() {
    let body = DraftBody {
        account: Some("acc".into()),
        conversation: Some("chat-1".to_owned()),
        text: "from yesterday".to_owned(),
        quote: Some("m1".into()),
        attachments: vec![file("deck.pdf", 5)],
        ..DraftBody::default()
    };
    let draft = Draft {
        key: DraftKey(3),
        body,
        created_at: NOW,
        updated_at: NOW,
    };
    let mut state = state_with(Some(draft));
    let effects = later(&mut state, 1000);
    assert!(effects.is_empty(), "{effects:?}");
    let composer = state.composer.as_ref().unwrap();
    assert_eq!(composer.sheet.editor.text(), "from yesterday");
    assert_eq!(
        composer.quote.as_ref().unwrap().text,
        "Could you send the deck?"
    );
    assert_eq!(state.focus, Pane::Thread);
    press(&mut state, Key::char('i'));
    write(&mut state, "!");
    let effects = press(&mut state, ENTER);
    let Some(Effect::Do(Deed::Send(_, Some(DraftKey(3)), body, None))) = effects.first() else {
        panic!("{effects:?}")
    };
    assert_eq!(body.text, "from yesterday!");
    assert!(body.quote.is_some() && body.attachments.len() == 1);
}

#[test]
fn enter_sends_and_breaks_the_line_as_the_settings_say() {
    for (enter_sends, sends, breaks) in [
        (true, "Enter", "alt-Enter"),
        (true, "^S", "shift-Enter"),
        (true, "^S", "^J"),
        (false, "alt-Enter", "Enter"),
        (false, "shift-Enter", "^J"),
        (false, "^S", "Enter"),
    ] {
        let mut state = state_with(None);
        state.settings.enter_sends = enter_sends;
        press(&mut state, Key::char('i'));
        write(&mut state, "a");
        assert!(press(&mut state, breaks.parse().unwrap()).is_empty());
        write(&mut state, "b");
        let effects = press(&mut state, sends.parse().unwrap());
        assert!(
            matches!(&effects[..], [Effect::Do(Deed::Send(_, _, body, None))] if body.text == "a\nb"),
            "{enter_sends} {sends} {breaks}: {effects:?}"
        );
    }
}

#[test]
fn words_are_never_in_two_places_and_come_back_when_the_outbox_refuses_them() {
    let mut state = state_with(None);
    press(&mut state, Key::char('i'));
    write(&mut state, "one");
    press(&mut state, ENTER);
    write(&mut state, "two");
    let effects = press(&mut state, ENTER);
    assert!(
        matches!(&effects[..], [Effect::Do(Deed::Send(_, _, body, None))] if body.text == "two"),
        "no Enter is lost while the first one is on its way: {effects:?}"
    );
    let leaving = &state.composer.as_ref().unwrap().leaving;
    let (ticket, second) = (leaving[0].0, leaving[1].0);
    for refused in [ticket, second] {
        let why = "The disk is full.".to_owned();
        update(&mut state, Msg::Done(Done::Unsent(refused, why)));
    }
    assert_eq!(text(&state), "one\ntwo");
    let effects = press(&mut state, ENTER);
    assert!(matches!(&effects[..], [Effect::Do(Deed::Send(it, ..))] if *it == ticket));
    update(&mut state, Msg::Done(Done::Sent(ticket, OutboxId(1), None)));
    assert!(text(&state).is_empty() && state.composer.as_ref().unwrap().leaving.is_empty());
    assert_eq!(
        state.focus,
        Pane::Compose,
        "the next message can be typed at once"
    );
}

#[test]
fn taking_back_gives_the_words_the_quote_and_the_files_again() {
    let mut state = state_with(None);
    press(&mut state, Key::char('i'));
    write(&mut state, "oops");
    press(&mut state, ENTER);
    let ticket = state.composer.as_ref().unwrap().leaving[0].0;
    update(&mut state, Msg::Done(Done::Sent(ticket, OutboxId(1), None)));
    let effects = press(&mut state, "alt-z".parse().unwrap());
    assert_eq!(effects, [Effect::Do(Deed::Undo)]);
    let done = Done::GivenBack(DraftKey(9), "Send message".to_owned());
    let effects = update(&mut state, Msg::Done(done));
    let [Effect::Read(ticket, Read::Draft(DraftKey(9)))] = effects[..] else {
        panic!("{effects:?}")
    };
    let body = DraftBody {
        account: Some("acc".into()),
        conversation: Some("chat-1".to_owned()),
        text: "oops".to_owned(),
        quote: Some("m1".into()),
        attachments: vec![file("deck.pdf", 5)],
        ..DraftBody::default()
    };
    let draft = Draft {
        key: DraftKey(9),
        body: body.clone(),
        created_at: NOW,
        updated_at: NOW,
    };
    update(
        &mut state,
        Msg::Answer(ticket, Answer::Draft(Some(Box::new(draft)))),
    );
    assert_eq!(state.composer.as_ref().unwrap().body(), body);
    assert_eq!(state.focus, Pane::Compose);
}

#[test]
fn r_quotes_the_selected_message_and_backspace_at_the_start_drops_the_quote() {
    let mut state = state_with(None);
    press(&mut state, Key::char('k'));
    press(&mut state, Key::char('r'));
    assert!(state.composer.as_ref().unwrap().quote.is_some());
    write(&mut state, "a");
    press(&mut state, Key::plain(Code::Backspace));
    assert!(state.composer.as_ref().unwrap().quote.is_some());
    press(&mut state, Key::plain(Code::Backspace));
    assert!(state.composer.as_ref().unwrap().quote.is_none());
    press(&mut state, ESC);
    assert!(
        state.composer.is_none(),
        "nothing was written, so nothing stays"
    );
    press(&mut state, Key::char('i'));
    assert!(state.composer.as_ref().unwrap().quote.is_none());
}

#[test]
fn a_completed_emoji_takes_the_place_of_its_name_and_enter_does_not_send_then() {
    let mut state = state_with(None);
    press(&mut state, Key::char('i'));
    write(&mut state, "yes :tada");
    assert!(press(&mut state, ENTER).is_empty());
    assert_eq!(text(&state), "yes 🎉");
    write(&mut state, " :heart:");
    assert_eq!(text(&state), "yes 🎉 ❤️");
    press(&mut state, Key::plain(Code::Backspace));
    assert_eq!(text(&state), "yes 🎉 ");
}

#[test]
fn pasted_paths_become_files_and_text_that_only_looks_like_them_stays_text() {
    let mut state = state_with(None);
    press(&mut state, Key::char('i'));
    let effects = update(&mut state, Msg::Paste("/tmp/deck.pdf".to_owned()));
    let [Effect::Do(Deed::Attach(ticket, paths, Some(pasted)))] = &effects[..] else {
        panic!("{effects:?}")
    };
    assert_eq!(paths, &["/tmp/deck.pdf"]);
    let files = vec![file("deck.pdf", 20_000_000), file("film.mp4", 30 << 20)];
    let again = Done::Pasted(*ticket, pasted.clone());
    update(&mut state, Msg::Done(Done::Attached(*ticket, files, None)));
    let sheet = &state.composer.as_ref().unwrap().sheet;
    assert_eq!(
        sheet.files.len(),
        1,
        "what is over 25 MB is refused at once"
    );
    assert!(state.toasts.shown(NOW).unwrap().text.contains("25 MB"));
    update(&mut state, Msg::Done(again));
    assert_eq!(text(&state), "/tmp/deck.pdf");
    press(&mut state, Key::ctrl('x'));
    assert!(state.composer.as_ref().unwrap().sheet.files.is_empty());
    update(&mut state, Msg::Paste("\x1b[31mred\r\nline".to_owned()));
    assert!(text(&state).ends_with("[31mred\nline"));
}

#[test]
fn what_is_thrown_away_can_be_brought_back_and_the_empty_draft_ends() {
    let mut state = state_with(None);
    press(&mut state, Key::char('i'));
    write(&mut state, "never mind");
    let (ticket, _) = saved(&later(&mut state, 1000)).unwrap();
    press(&mut state, Key::ctrl('g'));
    assert!(text(&state).is_empty());
    let effects = later(&mut state, 1000);
    assert_eq!(effects, [Effect::Do(Deed::DropDraft(ticket, None))]);
    press(&mut state, "alt-z".parse().unwrap());
    assert_eq!(text(&state), "never mind");
    assert!(saved(&later(&mut state, 1000)).is_some());
}

#[test]
fn only_own_fresh_messages_can_be_changed() {
    let mut state = state_with(None);
    press(&mut state, Key::char('k'));
    press(&mut state, Key::char('E'));
    assert!(state.composer.is_none());
    state.thread = Some(Thread::new(page(1, true, None), None, false));
    press(&mut state, Key::char('E'));
    write(&mut state, "!");
    let sent = press(&mut state, ENTER);
    let [Effect::Do(Deed::Edit(_, None, entry, text))] = &sent[..] else {
        panic!("{sent:?}");
    };
    assert_eq!(*entry, EntryKey::at(NOW, 1));
    assert_eq!(text, "Could you send the deck?!");
    assert_eq!(state.focus, Pane::Thread);
    later(&mut state, 3_600_000);
    press(&mut state, Key::char('E'));
    assert!(state.composer.is_none(), "WhatsApp allows 15 minutes");
}

#[test]
fn a_first_message_names_its_people_and_is_handed_over_as_a_whole() {
    let mut state = state_with(None);
    let effects = press(&mut state, Key::char('c'));
    let asked = effects.iter().find_map(|it| match it {
        Effect::Read(ticket, Read::People(_)) => Some(*ticket),
        _ => None,
    });
    let handle = |id: &str, name: &str| crate::model::inbox::Handle {
        key: crate::model::inbox::HandleKey(1),
        account: AccountKey(1),
        uid: None,
        provider_id: id.into(),
        name: name.to_owned(),
        public_id: None,
        headline: None,
        is_self: false,
    };
    let people = Answer::People(vec![handle("a", "Ana Ribeiro"), handle("b", "Bob")]);
    update(&mut state, Msg::Answer(asked.unwrap(), people));
    write(&mut state, "ana");
    press(&mut state, ENTER);
    write(&mut state, "bob");
    press(&mut state, ENTER);
    press(&mut state, ENTER);
    write(&mut state, "The team");
    press(&mut state, ENTER);
    write(&mut state, "Hello");
    let effects = press(&mut state, Key::ctrl('s'));
    let [Effect::Do(Deed::Send(ticket, None, body, None))] = &effects[..] else {
        panic!("{effects:?}")
    };
    assert_eq!(body.attendees, ["a".into(), "b".into()]);
    assert_eq!(body.title.as_deref(), Some("The team"));
    assert_eq!(
        (body.text.as_str(), body.conversation.as_ref()),
        ("Hello", None)
    );
    update(
        &mut state,
        Msg::Done(Done::Sent(*ticket, OutboxId(1), None)),
    );
    assert!(state.layers.is_empty());
    let mut state = state_with(None);
    press(&mut state, Key::char('c'));
    write(&mut state, "+33 6 12 34 56");
    assert!(matches!(
        &press(&mut state, ENTER)[..],
        [Effect::Ask(_, crate::app::effect::Ask::Person(..))]
    ));
    assert!(matches!(state.layers.last(), Some(Layer::NewChat(_))));
}
