//! What the mouse means where it is.

use std::collections::BTreeMap;

use jiff::SignedDuration;

use crate::app::effect::{Deed, Done, Effect, Failure, FetchFor, Overview, Wish};
use crate::app::layer::Layer;
use crate::app::pointer::{Pointer, Press, Target};
use crate::app::samples::{account, entry, inbox, open, press};
use crate::app::state::{Pane, Screen};
use crate::app::status::{Link, Sync};
use crate::app::{Answer, Msg, State, update};
use crate::model::account::AccountStatus;
use crate::model::inbox::{AccountKey, ConversationKey, EntryKey, StoredAttachment};
use crate::model::outbox::OutboxId;

fn mouse(state: &mut State, press: Press, target: Target, x: u16, shift: bool) -> Vec<Effect> {
    let target = Some(target);
    let pointer = Pointer {
        press,
        x,
        y: 5,
        shift,
        target,
    };
    update(state, Msg::Mouse(pointer))
}

fn click(state: &mut State, target: Target) -> Vec<Effect> {
    mouse(state, Press::Click, target, 0, false)
}

fn row(number: i64) -> Target {
    Target::Conversation(ConversationKey(number))
}

fn reads(effects: &[Effect]) -> bool {
    let mut all = effects.iter();
    all.any(|it| matches!(it, Effect::Read(..)))
}

#[test]
fn one_click_selects_and_a_second_soon_after_opens() {
    let mut state = inbox(&["ada", "grace", "alan"]);
    assert!(!reads(&click(&mut state, row(2))));
    assert_eq!(state.list.selected, 1);
    assert!(reads(&click(&mut state, row(2))));
    // Too late, or somewhere else, it is a first one again.
    assert!(!reads(&click(&mut state, row(2))));
    state.now += SignedDuration::from_millis(500);
    assert!(!reads(&click(&mut state, row(2))));
    assert!(!reads(&click(&mut state, row(3))));
}

#[test]
fn the_marker_marks_and_shift_marks_all_between() {
    let mut state = inbox(&["ada", "grace", "alan", "edsger"]);
    click(&mut state, Target::Marker(ConversationKey(1)));
    assert_eq!(state.list.marked.len(), 1);
    mouse(&mut state, Press::Click, row(3), 0, true);
    assert_eq!(state.list.marked.len(), 3);
    click(&mut state, Target::Marker(ConversationKey(1)));
    assert_eq!(state.list.marked.len(), 2);
}

#[test]
fn the_wheel_scrolls_what_is_under_it_and_leaves_the_keys_where_they_are() {
    let names: Vec<String> = (0..60).map(|it| it.to_string()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut state = inbox(&names);
    state.focus = Pane::Places;
    mouse(&mut state, Press::WheelDown, row(1), 0, false);
    assert_eq!((state.list.offset, state.focus), (2, Pane::Places));
    mouse(&mut state, Press::WheelUp, row(1), 0, false);
    assert_eq!(state.list.offset, 0);
}

#[test]
fn a_border_follows_the_mouse_until_it_is_let_go() {
    let mut state = inbox(&["ada"]);
    mouse(&mut state, Press::Drag, Target::Pane(Pane::List), 40, false);
    assert_eq!(state.widths.places, None);
    click(&mut state, Target::Border(Pane::Places));
    mouse(&mut state, Press::Drag, Target::Pane(Pane::List), 29, false);
    assert_eq!(state.areas().places.map(|it| it.width), Some(30));
    mouse(
        &mut state,
        Press::Release,
        Target::Pane(Pane::List),
        29,
        false,
    );
    mouse(&mut state, Press::Drag, Target::Pane(Pane::List), 50, false);
    assert_eq!(state.areas().places.map(|it| it.width), Some(30));
}

#[test]
fn a_click_outside_closes_the_window_and_never_says_yes() {
    let mut state = inbox(&["ada"]);
    press(&mut state, "#");
    assert!(matches!(state.layers.last(), Some(Layer::Confirm(_))));
    assert!(click(&mut state, row(1)).is_empty());
    assert!(state.layers.is_empty());
    state.layers.push(Layer::Messages(0));
    click(&mut state, Target::Outside);
    assert!(state.layers.is_empty());
}

#[test]
fn one_link_opens_several_are_picked_from_and_the_text_is_copied() {
    let mut state = inbox(&["ada"]);
    let one = entry(1, "see https://a.example/x");
    let two = entry(2, "https://b.example and https://c.example");
    open(&mut state, vec![one, two]);
    assert!(press(&mut state, "o").is_empty());
    assert!(matches!(state.layers.last(), Some(Layer::Openables(it)) if it.items.len() == 2));
    let opened = |url: &str| vec![Effect::OpenUrl(url.to_owned())];
    assert_eq!(press(&mut state, "j Enter"), opened("https://c.example"));
    assert!(state.layers.is_empty());
    assert_eq!(press(&mut state, "k k o"), opened("https://a.example/x"));
    let copied = Effect::Copy("see https://a.example/x".to_owned());
    assert_eq!(press(&mut state, "y"), [copied]);
    let clicked = click(&mut state, Target::Link(EntryKey(2), 0));
    assert_eq!(clicked, opened("https://b.example"));
}

#[test]
fn files_are_fetched_one_at_a_time_and_esc_stops_it() {
    let mut state = inbox(&["ada"]);
    let mut with = entry(1, "");
    with.attachments.push(StoredAttachment {
        id: "att".into(),
        kind: "file".to_owned(),
        name: Some("agenda.pdf".to_owned()),
        mime: None,
        size: None,
        width: None,
        height: None,
        duration: None,
        variant: false,
        unavailable: false,
        cid: None,
    });
    open(&mut state, vec![with]);
    let effects = press(&mut state, "d");
    assert!(
        matches!(effects.as_slice(), [Effect::Fetch(files, FetchFor::Keep)] if files[0].name == "agenda.pdf")
    );
    assert!(press(&mut state, "d").is_empty());
    assert_eq!(press(&mut state, "Esc"), [Effect::StopFetching]);
    assert_eq!(state.focus, Pane::Thread, "Esc goes back one level");
    let done = Msg::Done(Done::Said("Saved".to_owned()));
    update(&mut state, Msg::Fetching(None));
    update(&mut state, done);
    assert_eq!(state.fetching, None);
}

#[test]
fn what_goes_wrong_is_said_once_with_the_name_of_the_account() {
    let mut state = inbox(&["ada"]);
    state.places.overview.accounts = vec![account(1, "ada@work")];
    let problems = BTreeMap::from([("acc-1".into(), "The mailbox is locked.".to_owned())]);
    let sync = Sync {
        link: Link::Online,
        problems,
        ..Sync::default()
    };
    update(&mut state, Msg::Sync(sync.clone()));
    update(&mut state, Msg::Sync(sync));
    let said: Vec<&str> = state.toasts.all().map(|it| it.text.as_str()).collect();
    assert_eq!(said, ["ada@work: The mailbox is locked."]);
}

#[test]
fn an_account_that_stops_to_work_says_what_to_do_when_it_happens() {
    let mut state = inbox(&["ada"]);
    state.places.overview.accounts = vec![account(1, "ada.codes"), account(2, "other")];
    let mut overview = Overview {
        accounts: state.places.overview.accounts.clone(),
        ..Overview::default()
    };
    overview.accounts[0].status = AccountStatus::Credentials;
    let ticket = state.overview_asked.unwrap();
    let answer = Answer::Overview(Box::new(overview));
    update(&mut state, Msg::Answer(ticket, answer));
    let said: Vec<&str> = state.toasts.all().map(|it| it.text.as_str()).collect();
    assert_eq!(said.len(), 1);
    assert!(said[0].starts_with("ada.codes is logged out. Reconnect"));
    assert!(state.places.trouble(AccountKey(1)).is_some());
    assert_eq!(state.places.trouble(AccountKey(2)), None);
}

#[test]
fn what_the_network_refuses_is_told_with_its_reason_and_put_away() {
    let mut state = inbox(&["ada"]);
    let refused = |id, empty| Failure {
        id: OutboxId(id),
        words: format!("Archive ada: no {id}"),
        empty,
    };
    let overview = Overview {
        failures: vec![refused(2, true), refused(1, false)],
        ..Overview::default()
    };
    let ticket = state.overview_asked.unwrap();
    let answer = Answer::Overview(Box::new(overview));
    let effects = update(&mut state, Msg::Answer(ticket, answer));
    assert_eq!(effects, [Effect::Do(Deed::Forget(OutboxId(2)))]);
    assert_eq!(state.toasts.all().len(), 2);
}

#[test]
fn seconds_are_counted_down_only_offline_and_while_somebody_looks() {
    let mut state = inbox(&["ada"]);
    state.peek_at = None;
    assert_eq!(state.wakes_at(), None);
    let next_try = state.now + SignedDuration::from_secs(12);
    state.sync.link = Link::Offline {
        since: state.now,
        next_try,
        reason: "gone".to_owned(),
    };
    assert_eq!(
        state.wakes_at(),
        Some(state.now + SignedDuration::from_secs(1))
    );
    update(&mut state, Msg::Looked(false));
    assert_eq!(state.wakes_at(), None);
}

#[test]
fn the_screen_of_accounts_pauses_one_fetches_anew_and_opens_its_inbox() {
    let mut state = inbox(&["ada"]);
    state.places.overview.accounts = vec![account(1, "one"), account(2, "two")];
    assert!(reads(&press(&mut state, "g a")));
    let effects = press(&mut state, "j Space");
    assert_eq!(effects, [Effect::Engine(Wish::Pause(AccountKey(2), true))]);
    let again = [Effect::Engine(Wish::Repair)];
    assert_eq!(press(&mut state, "S"), again);
    let archives = press(&mut state, "e");
    assert!(
        !archives
            .iter()
            .any(|it| matches!(it, Effect::Do(Deed::Triage(..))))
    );
    press(&mut state, "Enter");
    let account = state.list.filter.account;
    assert_eq!(
        (state.screen, account),
        (Screen::Inbox, Some(AccountKey(2)))
    );
}
