//! What each message changes. This file routes; the subjects decide.

mod accounts;
mod folders;
mod going;
mod held;
mod layers;
mod message;
mod mouse;
#[cfg(test)]
mod mouse_tests;
mod moving;
mod news;
mod pictures;
mod program;
pub(in crate::app) mod triage;
#[cfg(test)]
mod triage_tests;
mod windows;

pub use mouse::Clicked;

use going::{in_thread, neighbour, open, show};
use moving::{back, half, jump, reach, show_place, step, turn};

use super::command::{Command, In};
use super::compose;
use super::compose::mail::Start;
use super::effect::Effect;
use super::key::Key;
use super::keymap::Meaning;
use super::layer::Layer;
use super::msg::Msg;
use super::pointer::Press;
use super::state::{Pane, Screen, State, Then};
use super::toast::Tone;
use crate::mail::answer::Answer;

type Effects = Vec<Effect>;

/// Changes the state as the message wants, and says what else is to be done.
pub fn update(state: &mut State, msg: Msg) -> Effects {
    if held::is_typed(&msg) || matches!(&msg, Msg::Mouse(it) if it.press == Press::Click) {
        compose::started::went_on(state);
    }
    let mut effects = if state.holds_keys() && held::is_typed(&msg) {
        held::hold(state, msg)
    } else {
        route(state, msg)
    };
    if !state.holds_keys() {
        state.early = false;
        // Each may open something else, which the rest then waits for.
        for msg in std::mem::take(&mut state.held) {
            effects.extend(update(state, msg));
        }
    }
    compose::follow(state, &mut effects);
    effects
}

fn route(state: &mut State, msg: Msg) -> Effects {
    match msg {
        Msg::Key(key) => pressed(state, key),
        Msg::Paste(text) => layers::pasted(state, &text),
        Msg::Mouse(pointer) => mouse::moved(state, pointer),
        Msg::Resize(size) => {
            state.size = size;
            let page = state.list_page();
            state.list.into_view(page);
            show_place(state);
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
        Msg::Sync(sync) => news::told(state, sync),
        Msg::Fetching(fetching) => {
            state.fetching = fetching;
            Effects::new()
        }
        Msg::Laid(laid) => {
            let ticket = state.ticket();
            let thread = state.thread.as_mut();
            let mut effects = thread.map_or_else(Effects::new, |it| it.lay(laid, ticket));
            effects.extend(pictures::look(state));
            effects
        }
        Msg::Edited(text) => {
            compose::edited(state, text);
            Effects::new()
        }
        Msg::End => vec![Effect::Quit],
        Msg::Settings(settings) => {
            let before = std::mem::replace(&mut state.settings, *settings);
            let (name, mouse) = (state.settings.theme.clone(), state.settings.mouse);
            let mut effects = vec![Effect::Theme { name, keep: false }];
            if mouse != before.mouse {
                effects.push(Effect::Mouse(mouse));
            }
            state
                .toasts
                .say("The settings were read anew.", Tone::Plain, state.now);
            effects
        }
        Msg::Link(_) if state.knows_nobody_yet() => {
            state.early = true;
            state.held.push(msg);
            Effects::new()
        }
        Msg::Link(link) => compose::mail::from_link(state, &link),
        Msg::Notice(text) => {
            state.toasts.say(text, Tone::Plain, state.now);
            Effects::new()
        }
    }
}

fn pressed(state: &mut State, key: Key) -> Effects {
    state.toasts.put_away_good(state.now);
    // Wherever somebody is, there is a way out.
    let everywhere = state.settings.keymap.meaning(&[key], &[In::Everywhere]);
    if !state.layers.is_empty() && matches!(everywhere, Meaning::Command(Command::Interrupt)) {
        return act(state, Command::Interrupt);
    }
    if let Some(effects) = layers::pressed(state, key) {
        return effects;
    }
    if state.screen == Screen::Inbox && state.focus == Pane::Compose {
        return compose::pressed(state, key);
    }
    state.begun.push(key);
    match state
        .settings
        .keymap
        .meaning(&state.begun, state.contexts())
    {
        Meaning::Command(Command::Compose | Command::AccountNext | Command::AccountPrevious)
            if state.knows_nobody_yet() =>
        {
            state.early = true;
            let begun = state.begun.drain(..).map(Msg::Key);
            state.held.extend(begun);
            Effects::new()
        }
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
pub(in crate::app) fn act(state: &mut State, command: Command) -> Effects {
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
        Command::GoInbox
        | Command::GoUnread
        | Command::GoNeedsReply
        | Command::GoStarred
        | Command::GoDrafts
        | Command::GoArchived => show(state, going::view_of(command)),
        Command::GoDate => going::ask_date(state),
        Command::HitNext => in_thread(state, |it, ticket| it.go_hit(true, ticket)),
        Command::HitPrevious => in_thread(state, |it, ticket| it.go_hit(false, ticket)),
        Command::Preview => pictures::preview(state),
        Command::GoAccounts => accounts::enter(state),
        Command::Pause => accounts::pause(state),
        Command::Resync => accounts::resync(state),
        Command::Copy => message::copy(state),
        Command::OpenLink => message::open(state),
        Command::Download => message::download(state),
        Command::Mark => {
            let page = state.list_page();
            state.list.mark(page);
            reach(state)
        }
        Command::Archive => triage::archive(state),
        Command::Star => triage::star(state),
        Command::Pin => triage::pin(state),
        Command::Mute => triage::mute(state),
        Command::Unread => triage::unread(state),
        Command::Spam => folders::spam(state),
        Command::Move => folders::choose_folder(state),
        Command::Delete => match compose::discard(state) {
            Some(effects) => effects,
            None => triage::delete(state),
        },
        Command::Undo => triage::undo(state),
        Command::Palette | Command::Help | Command::Switch | Command::Search | Command::Theme => {
            windows::open(state, command)
        }
        Command::Messages => {
            state.layers.push(Layer::Messages(0));
            Effects::new()
        }
        Command::Refresh => program::refresh(state),
        Command::Mouse => program::mouse(state),
        Command::Redraw => vec![Effect::Redraw],
        Command::Suspend => vec![Effect::Suspend],
        Command::Quit => program::quit(state),
        Command::Interrupt => program::interrupt(state),
        Command::Reply => write(state, Start::Answer(Answer::Reply)),
        Command::ReplyAll => write(state, Start::Answer(Answer::ReplyAll)),
        Command::Write => write(state, Start::GoOn),
        Command::Compose => compose::new_chat::begin(state),
        Command::React => compose::react(state),
        Command::Forward => compose::forward(state),
        Command::Edit => compose::edit(state),
        Command::SendAgain => compose::send_again(state),
        other => compose::command(state, other),
    }
}

/// Opens the composer of the conversation at hand.
fn write(state: &mut State, start: Start) -> Effects {
    let shown = state.thread.as_ref().map(super::thread::Thread::key);
    if state.focus == Pane::List {
        let Some(key) = state.list.current().map(|it| it.key) else {
            return Effects::new();
        };
        if shown != Some(key) {
            return state.open(key, None, Then::Write(start));
        }
        return compose::begin(state, start, None);
    }
    let selected = state.thread.as_ref().and_then(|it| it.current());
    let selected = selected.map(|it| it.key).filter(|_| start != Start::GoOn);
    compose::begin(state, start, selected)
}
