//! Going somewhere: opening what is under the cursor, and deciding what the list shows.

use super::moving::show_place;
use super::{Effects, accounts, pictures};
use crate::app::command::Command;
use crate::app::effect::{Effect, Ticket, Wish};
use crate::app::layer::{DateAsk, Layer};
use crate::app::places::{Filter, Place, view_name};
use crate::app::state::{Pane, Screen, State, Then};
use crate::app::thread::Thread;
use crate::app::toast::Tone;
use crate::model::inbox::View;

pub(super) fn open(state: &mut State) -> Effects {
    if state.screen == Screen::Accounts {
        return accounts::open(state);
    }
    match state.focus {
        Pane::Places => {
            let rows = state.places.rows();
            let place = rows
                .get(state.places.cursor)
                .and_then(|row| state.places.place(row));
            // A mailbox shows its folders, and the cursor stays among them.
            if let Some(Place::Account(account)) = place
                && state.places.unfold()
            {
                let filter = Filter {
                    account: Some(account),
                    ..Filter::default()
                };
                return filter_to(state, filter);
            }
            place.map_or_else(Effects::new, |place| pick(state, place))
        }
        Pane::List => match state.list.current().map(|it| it.key) {
            Some(key) => {
                state.list.moved = true;
                state.open(key, None, Then::Read)
            }
            None => Effects::new(),
        },
        Pane::Thread | Pane::Compose => {
            // What can be unfolded is unfolded; what has a picture shows it.
            let thread = state.thread.as_ref();
            let plain =
                thread.and_then(|it| it.current().filter(|entry| !it.folds_more(entry.key)));
            let shown = plain.cloned().and_then(|it| pictures::open(state, &it));
            shown.unwrap_or_else(|| in_thread(state, Thread::enter))
        }
    }
}

/// Asks the conversation for something, if there is one.
pub(super) fn in_thread(
    state: &mut State,
    act: impl FnOnce(&mut Thread, Ticket) -> Option<Effect>,
) -> Effects {
    let ticket = state.ticket();
    let thread = state.thread.as_mut();
    thread.and_then(|it| act(it, ticket)).into_iter().collect()
}

/// Shows what a place of the left pane stands for.
pub(super) fn pick(state: &mut State, place: Place) -> Effects {
    let filter = match place {
        Place::View(view) => Filter {
            view,
            ..Filter::default()
        },
        Place::Account(account) => Filter {
            account: Some(account),
            ..Filter::default()
        },
        Place::Folder(account, folder) => Filter {
            account: Some(account),
            folder: Some(folder),
            ..Filter::default()
        },
    };
    state.focus = Pane::List;
    filter_to(state, filter)
}

pub(super) fn filter_to(state: &mut State, filter: Filter) -> Effects {
    state.screen = Screen::Inbox;
    let ticket = state.ticket();
    state.thread = None;
    state.opening = None;
    let folder = filter.account.zip(filter.folder.clone());
    let mut effects = vec![
        state.list.show(filter, ticket),
        Effect::Engine(Wish::Focus(None)),
    ];
    effects.extend(folder.map(|(account, uid)| Effect::Engine(Wish::Folder(account, uid))));
    effects.extend(state.refresh_overview());
    show_place(state);
    effects
}

/// The view a command shows.
pub(super) fn view_of(command: Command) -> View {
    match command {
        Command::GoUnread => View::Unread,
        Command::GoNeedsReply => View::NeedsReply,
        Command::GoStarred => View::Starred,
        Command::GoDrafts => View::Drafts,
        Command::GoArchived => View::Archived,
        _ => View::Inbox,
    }
}

pub(super) fn show(state: &mut State, view: View) -> Effects {
    let account = state.list.filter.account;
    if state.focus != Pane::Places {
        state.focus = Pane::List;
    }
    filter_to(
        state,
        Filter {
            view,
            account,
            folder: None,
        },
    )
}

pub(super) fn neighbour(state: &mut State, forward: bool) -> Effects {
    let account = state.places.neighbour(state.list.filter.account, forward);
    let view = state.list.filter.view;
    let name = account
        .and_then(|key| state.places.account(key))
        .map_or_else(
            || view_name(View::Inbox).to_owned(),
            |it| format!("{} {}", it.provider.label(), it.name),
        );
    state.toasts.say(name, Tone::Plain, state.now);
    state.focus = Pane::List;
    filter_to(
        state,
        Filter {
            view,
            account,
            folder: None,
        },
    )
}

/// Asks to which day of the conversation to go.
pub(super) fn ask_date(state: &mut State) -> Effects {
    if state.thread.is_some() {
        state.layers.push(Layer::Date(DateAsk::default()));
    }
    Effects::new()
}
