//! The screen of accounts: counting, pausing, showing one alone.

use jiff::SignedDuration;

use super::{Effects, going};
use crate::app::effect::{Answer, Effect, Read, Ticket, Wish};
use crate::app::places::Place;
use crate::app::state::{Screen, State};
use crate::app::status::Link;
use crate::app::toast::Tone;
use crate::model::inbox::StoredAccount;

/// What is stored is not counted more often than this while the screen is open.
const COUNTS: SignedDuration = SignedDuration::from_secs(3);

pub(super) fn enter(state: &mut State) -> Effects {
    state.screen = Screen::Accounts;
    let shown = state.list.filter.account;
    let mut all = state.places.overview.accounts.iter();
    if let Some(at) = all.position(|it| Some(it.key) == shown) {
        state.accounts.cursor = at;
    }
    count(state)
}

/// Counts what is stored, unless that was just done.
pub(super) fn count(state: &mut State) -> Effects {
    let fresh = state
        .accounts
        .counted_at
        .is_some_and(|at| state.now.duration_since(at) < COUNTS);
    if state.screen != Screen::Accounts || state.accounts.asked.is_some() || fresh {
        return Effects::new();
    }
    let ticket = state.ticket();
    state.accounts.asked = Some(ticket);
    state.accounts.counted_at = Some(state.now);
    vec![Effect::Read(ticket, Read::Totals)]
}

pub(super) fn counted(state: &mut State, ticket: Ticket, answer: Answer) {
    if state.accounts.asked == Some(ticket) {
        state.accounts.asked = None;
        if let Answer::Totals(totals) = answer {
            state.accounts.totals = Some(totals);
        }
    }
}

fn current(state: &State) -> Option<&StoredAccount> {
    state.places.overview.accounts.get(state.accounts.cursor)
}

/// Shows the inbox of the account under the cursor.
pub(super) fn open(state: &mut State) -> Effects {
    match current(state).map(|it| it.key) {
        Some(key) => going::pick(state, Place::Account(key)),
        None => Effects::new(),
    }
}

pub(super) fn pause(state: &mut State) -> Effects {
    if elsewhere(state) {
        return Effects::new();
    }
    let Some(account) = current(state) else {
        return Effects::new();
    };
    let (key, paused) = (account.key, !account.paused);
    let words = if paused {
        format!("{} is paused: nothing is fetched for it.", account.name)
    } else {
        format!("{} is fetched again.", account.name)
    };
    if let Some(account) = state
        .places
        .overview
        .accounts
        .get_mut(state.accounts.cursor)
    {
        account.paused = paused;
    }
    state.toasts.say(words, Tone::Good, state.now);
    vec![Effect::Engine(Wish::Pause(key, paused))]
}

pub(super) fn resync(state: &mut State) -> Effects {
    if elsewhere(state) {
        return Effects::new();
    }
    let words = "Everything is fetched once more, in the background.";
    state.toasts.say(words, Tone::Good, state.now);
    vec![Effect::Engine(Wish::Repair)]
}

/// Says so where this onebox does not fetch.
fn elsewhere(state: &mut State) -> bool {
    let words = match state.sync.link {
        Link::Elsewhere => "Another onebox fetches for this profile: do it there.",
        Link::Nowhere => "There is no server to fetch from.",
        _ => return false,
    };
    state.toasts.say(words, Tone::Bad, state.now);
    true
}
