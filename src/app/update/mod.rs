//! What each message changes. This file routes; the subjects decide.

mod going;
mod layers;
mod moving;
mod news;
mod pictures;
mod program;

use going::{in_thread, neighbour, open, show};
use moving::{back, half, jump, reach, step, turn};

use super::command::Command;
use super::effect::Effect;
use super::key::Key;
use super::keymap::Meaning;
use super::layer::{DateAsk, Layer};
use super::msg::Msg;
use super::state::{Screen, State};
use super::toast::Tone;
use crate::model::inbox::View;

type Effects = Vec<Effect>;

/// Changes the state as the message wants, and says what else is to be done.
pub fn update(state: &mut State, msg: Msg) -> Effects {
    match msg {
        Msg::Key(key) => pressed(state, key),
        Msg::Paste(_) => Effects::new(),
        Msg::Mouse(_) => Effects::new(),
        Msg::Resize(size) => {
            state.size = size;
            let page = state.list_page();
            state.list.into_view(page);
            reach(state)
        }
        Msg::Looked(looked) => {
            state.looked_at = looked;
            Effects::new()
        }
        Msg::Tick(now) => news::tick(state, now),
        Msg::Command(command) => act(state, command),
        Msg::Changed(changes) => news::changed(state, &changes),
        Msg::Answer(ticket, answer) => {
            let mut effects = news::answered(state, ticket, answer);
            effects.extend(pictures::look(state));
            effects
        }
        Msg::Picture(news) => pictures::heard(state, news),
        Msg::Done(done) => news::finished(state, done),
        Msg::Sync(sync) => {
            state.sync = sync;
            Effects::new()
        }
        Msg::Laid(laid) => {
            let ticket = state.ticket();
            let thread = state.thread.as_mut();
            let mut effects = thread.map_or_else(Effects::new, |it| it.lay(laid, ticket));
            effects.extend(pictures::look(state));
            effects
        }
        Msg::Edited(_) => Effects::new(),
        Msg::Settings(settings) => {
            state.settings = *settings;
            vec![Effect::Redraw]
        }
        Msg::Notice(text) => {
            state.toasts.say(text, Tone::Plain, state.now);
            Effects::new()
        }
    }
}

fn pressed(state: &mut State, key: Key) -> Effects {
    state.toasts.put_away_good(state.now);
    if let Some(effects) = layers::pressed(state, key) {
        return effects;
    }
    state.begun.push(key);
    match state
        .settings
        .keymap
        .meaning(&state.begun, state.contexts())
    {
        Meaning::Command(command) => {
            state.begun.clear();
            act(state, command)
        }
        Meaning::Begun => Effects::new(),
        Meaning::Nothing => {
            state.begun.clear();
            Effects::new()
        }
    }
}

/// Does what a command says.
fn act(state: &mut State, command: Command) -> Effects {
    match command {
        Command::Next => step(state, 1),
        Command::Previous => step(state, -1),
        Command::HalfDown => half(state, 1),
        Command::HalfUp => half(state, -1),
        Command::PageDown => half(state, 2),
        Command::PageUp => half(state, -2),
        Command::First => jump(state, false),
        Command::Last => jump(state, true),
        Command::PaneNext => turn(state, true),
        Command::PanePrevious => turn(state, false),
        Command::Open => open(state),
        Command::Back => back(state),
        Command::AccountNext => neighbour(state, true),
        Command::AccountPrevious => neighbour(state, false),
        Command::GoInbox => show(state, View::Inbox),
        Command::GoUnread => show(state, View::Unread),
        Command::GoNeedsReply => show(state, View::NeedsReply),
        Command::GoStarred => show(state, View::Starred),
        Command::GoDrafts => show(state, View::Drafts),
        Command::GoArchived => show(state, View::Archived),
        Command::GoAccounts => {
            state.screen = Screen::Accounts;
            Effects::new()
        }
        Command::GoDate => {
            if state.thread.is_some() {
                state.layers.push(Layer::Date(DateAsk::default()));
            }
            Effects::new()
        }
        Command::HitNext => in_thread(state, |it, ticket| it.go_hit(true, ticket)),
        Command::HitPrevious => in_thread(state, |it, ticket| it.go_hit(false, ticket)),
        Command::Preview => pictures::preview(state),
        Command::Mark => {
            let page = state.list_page();
            state.list.mark(page);
            reach(state)
        }
        Command::Messages => {
            state.layers.push(Layer::Messages(0));
            Effects::new()
        }
        Command::Refresh => program::refresh(state),
        Command::Mouse => {
            state.settings.mouse = !state.settings.mouse;
            let word = if state.settings.mouse {
                "The mouse is onebox's again."
            } else {
                "The mouse is the terminal's: select as usual."
            };
            state.toasts.say(word, Tone::Plain, state.now);
            vec![Effect::Mouse(state.settings.mouse)]
        }
        Command::Redraw => vec![Effect::Redraw],
        Command::Suspend => vec![Effect::Suspend],
        Command::Quit => program::quit(state),
        Command::Interrupt => program::interrupt(state),
        _ => Effects::new(),
    }
}
