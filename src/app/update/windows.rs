//! Windows in which something is picked: the palette, the help, the switcher, the search, the themes.

use super::going::pick;
use super::{Effects, act};
use crate::app::command::Command;
use crate::app::effect::{Effect, Read, Ticket};
use crate::app::key::{Code, Key};
use crate::app::layer::Layer;
use crate::app::palette::{Commands, works};
use crate::app::picker::{Item, Picked, Picker};
use crate::app::search::Search;
use crate::app::seek::{Order, Seek, Sought};
use crate::app::state::{State, Then};
use crate::app::switcher::{Goal, Switcher};
use crate::app::toast::Tone;
use crate::model::inbox::{ConversationKey, EntryKey};

/// How many commands are remembered as used.
const REMEMBERED: usize = 12;
/// How far PgUp and PgDn go in what was found.
const PAGE: isize = 10;

/// Opens one of the windows.
pub(super) fn open(state: &mut State, command: Command) -> Effects {
    state.begun.clear();
    let (layer, effect) = match command {
        Command::Palette => (Layer::Palette(Commands::here(state)), None),
        Command::Help => (Layer::Help(Commands::all(state)), None),
        Command::Switch => {
            if matches!(state.layers.last(), Some(Layer::Switch(_))) {
                return Effects::new();
            }
            let ticket = state.ticket();
            let (switcher, effect) = Switcher::open(state, ticket);
            (Layer::Switch(Box::new(switcher)), Some(effect))
        }
        Command::Search => {
            let search = state.searched.take();
            let search = search.unwrap_or_else(|| Box::new(Search::new(state)));
            (Layer::Search(search), None)
        }
        Command::Theme => {
            let items = state.settings.themes.iter();
            let items = items.map(|name| Item::new(name.clone(), about(name)));
            let mut picker = Picker::new("Theme", items.collect());
            let now = state.settings.themes.iter();
            let now = now.into_iter().position(|it| *it == state.settings.theme);
            picker.selected = now.unwrap_or(0);
            let before = state.settings.theme.clone();
            (Layer::Theme(picker, before), None)
        }
        _ => return Effects::new(),
    };
    state.layers.push(layer);
    effect.into_iter().collect()
}

fn about(theme: &str) -> &'static str {
    match theme {
        "auto" => "dark or light, as the terminal says",
        "dark" => "for a dark terminal",
        "light" => "for a light terminal",
        "high-contrast" => "black and bright",
        "mono" => "without any colour",
        _ => "your own",
    }
}

/// What is done with a picker.
enum Way {
    Key(Key),
    Paste(String),
    Row(usize),
}

/// Gives a key to the window on top; absent when it is none of these.
pub(super) fn pressed(state: &mut State, key: Key) -> Option<Effects> {
    if let Some(Layer::Search(_)) = state.layers.last() {
        return Some(search_key(state, key));
    }
    on_picker(state, Way::Key(key))
}

/// Gives a pasted text to the window on top; absent when it is none of these.
pub(super) fn pasted(state: &mut State, text: &str) -> Option<Effects> {
    if let Some(Layer::Search(search)) = state.layers.last_mut() {
        search.input.insert(text);
        return Some(search_again(state));
    }
    on_picker(state, Way::Paste(text.to_owned()))
}

/// Picks a row of the window on top; absent when it is none of these.
pub(super) fn clicked(state: &mut State, row: usize) -> Option<Effects> {
    if let Some(Layer::Search(search)) = state.layers.last_mut() {
        let goal = search.rows.get(row)?.goal()?;
        search.selected = row;
        return Some(found(state, goal.0, goal.1));
    }
    on_picker(state, Way::Row(row))
}

fn on_picker(state: &mut State, way: Way) -> Option<Effects> {
    let picker = match state.layers.last_mut()? {
        Layer::Palette(it) | Layer::Help(it) => &mut it.picker,
        Layer::Switch(it) => &mut it.picker,
        Layer::Theme(it, _) => it,
        _ => return None,
    };
    let picked = match way {
        Way::Key(key) => picker.press(key),
        Way::Paste(text) => picker.paste(&text),
        Way::Row(row) => picker.click(row).map_or(Picked::Nothing, Picked::Item),
    };
    Some(match picked {
        Picked::Item(place) => chosen(state, place),
        Picked::Closed => closed(state),
        Picked::Moved | Picked::Typed => moved(state, picked),
        Picked::Nothing | Picked::Nobody => Effects::new(),
    })
}

fn chosen(state: &mut State, place: usize) -> Effects {
    match state.layers.pop() {
        Some(Layer::Palette(commands)) => {
            let command = commands.command(place);
            command.map_or_else(Effects::new, |it| run(state, it))
        }
        Some(Layer::Help(commands)) => match commands.command(place) {
            Some(command) if works(state, command) => run(state, command),
            Some(command) => {
                let places = places(command);
                state.toasts.say(
                    format!("`{}` works {places}.", command.row().name),
                    Tone::Plain,
                    state.now,
                );
                Effects::new()
            }
            None => Effects::new(),
        },
        Some(Layer::Switch(switcher)) => match switcher.goal(place) {
            Some(Goal::Conversation(key)) => {
                let page = state.list_page();
                state.list.select_key(key, page);
                state.open(key, None, Then::Read)
            }
            Some(Goal::Place(place)) => pick(state, place),
            Some(Goal::Command(command)) => act(state, command),
            None => Effects::new(),
        },
        Some(Layer::Theme(picker, _)) => {
            let name = picker.items.get(place).map(|it| it.label.clone());
            name.map_or_else(Effects::new, |name| {
                state.settings.theme.clone_from(&name);
                vec![Effect::Theme { name, keep: true }]
            })
        }
        _ => Effects::new(),
    }
}

fn run(state: &mut State, command: Command) -> Effects {
    state.recent.retain(|it| *it != command);
    state.recent.push(command);
    let far = state.recent.len().saturating_sub(REMEMBERED);
    state.recent.drain(..far);
    act(state, command)
}

/// Where a command works, in words.
fn places(command: Command) -> String {
    use crate::app::command::In;
    let names = command.row().contexts.iter().map(|it| match it {
        In::Everywhere | In::Main => "everywhere",
        In::Places => "among the accounts",
        In::List => "in the list",
        In::Thread => "in a conversation",
        In::Compose => "while writing",
        In::Accounts => "on the screen of accounts",
    });
    names.collect::<Vec<_>>().join(" and ")
}

fn closed(state: &mut State) -> Effects {
    match state.layers.pop() {
        Some(Layer::Theme(_, before)) => {
            state.settings.theme.clone_from(&before);
            vec![Effect::Theme {
                name: before,
                keep: false,
            }]
        }
        _ => Effects::new(),
    }
}

/// The cursor of a picker has moved, or its line has changed.
fn moved(state: &mut State, picked: Picked) -> Effects {
    let ticket = state.ticket();
    match state.layers.last_mut() {
        Some(Layer::Switch(switcher)) if picked == Picked::Typed => {
            switcher.typed(ticket).into_iter().collect()
        }
        Some(Layer::Theme(picker, _)) => {
            let name = picker.current().map(|it| it.label.clone());
            match name.filter(|name| *name != state.settings.theme) {
                Some(name) => {
                    state.settings.theme.clone_from(&name);
                    vec![Effect::Theme { name, keep: false }]
                }
                None => Effects::new(),
            }
        }
        _ => Effects::new(),
    }
}

fn search_key(state: &mut State, key: Key) -> Effects {
    let Some(Layer::Search(search)) = state.layers.last_mut() else {
        return Effects::new();
    };
    let by = match (key.code, key.ctrl) {
        (Code::Esc, _) => {
            state.layers.pop();
            return Effects::new();
        }
        (Code::Enter, _) => {
            let goal = search.current().and_then(super::super::search::Row::goal);
            return goal.map_or_else(Effects::new, |it| found(state, it.0, it.1));
        }
        (Code::Tab, _) => {
            if !search.take_offer() {
                return Effects::new();
            }
            return search_again(state);
        }
        (Code::Char('o'), true) => {
            search.order = match search.order {
                Order::Newest => Order::Best,
                Order::Best => Order::Newest,
            };
            return search_again(state);
        }
        (Code::Up, _) | (Code::Char('p' | 'k'), true) => -1,
        (Code::Down, _) | (Code::Char('n' | 'j'), true) => 1,
        (Code::PageUp, _) => -PAGE,
        (Code::PageDown, _) => PAGE,
        _ => {
            use crate::app::input::Typed;
            return match search.input.press(key) {
                Typed::Changed => search_again(state),
                Typed::Moved | Typed::Nothing => Effects::new(),
            };
        }
    };
    search.move_by(by);
    let ticket = state.ticket();
    with_search(state, |it, _| it.reach(ticket))
}

fn search_again(state: &mut State) -> Effects {
    let (ticket, values) = (state.ticket(), state.ticket());
    let mut effects = with_search(state, |it, state| it.ask(state, ticket));
    effects.extend(with_search(state, |it, _| it.ask_values(values)));
    effects
}

/// Works on the search on top while the rest of the state can be read.
fn with_search(
    state: &mut State,
    work: impl FnOnce(&mut Search, &State) -> Option<Effect>,
) -> Effects {
    let Some(Layer::Search(mut search)) = state.layers.pop_if(|it| matches!(it, Layer::Search(_)))
    else {
        return Effects::new();
    };
    let effect = work(&mut search, state);
    state.layers.push(Layer::Search(search));
    effect.into_iter().collect()
}

/// Opens what was found, and asks where else in the conversation the words are.
fn found(state: &mut State, key: ConversationKey, at: Option<EntryKey>) -> Effects {
    let Some(Layer::Search(search)) = state.layers.pop() else {
        return Effects::new();
    };
    let words = search.input.text().trim().to_owned();
    state.searched = Some(search);
    let mut effects = state.open(key, at, Then::Read);
    if at.is_some() {
        let seek = Seek::Within {
            words,
            conversation: key,
        };
        effects.push(Effect::Read(state.ticket(), Read::Seek(seek)));
    }
    effects
}

/// An answer for one of the windows.
pub(super) fn answered(state: &mut State, ticket: Ticket, sought: Sought) -> Effects {
    match sought {
        Sought::Recent(recent) => with_switcher(state, |it, state| it.recent(state, recent)),
        Sought::Names(named) => with_switcher(state, |it, state| it.named(state, ticket, named)),
        Sought::Values(names) => {
            return with_search(state, |it, _| {
                it.found_values(ticket, &names);
                None
            });
        }
        Sought::Everything(page) => {
            let next = state.ticket();
            return with_search(state, |it, _| {
                if it.found(ticket, *page) {
                    it.reach(next)
                } else {
                    None
                }
            });
        }
        Sought::Within {
            conversation,
            words,
            hits,
        } => {
            state.hits = Some((conversation, words, hits));
            give_hits(state);
        }
    }
    Effects::new()
}

/// Tells the open conversation where the words of the search are in it.
pub(super) fn give_hits(state: &mut State) {
    let (Some(thread), Some((conversation, _, _))) = (&mut state.thread, &state.hits) else {
        return;
    };
    // One that is still to come would take its place.
    let coming = state.opening.is_some_and(|it| it.key == *conversation);
    if thread.key() == *conversation
        && !coming
        && let Some((_, words, hits)) = state.hits.take()
    {
        thread.found = words;
        thread.hits = hits;
    }
}

fn with_switcher(state: &mut State, work: impl FnOnce(&mut Switcher, &State)) {
    if let Some(Layer::Switch(mut switcher)) =
        state.layers.pop_if(|it| matches!(it, Layer::Switch(_)))
    {
        work(&mut switcher, state);
        state.layers.push(Layer::Switch(switcher));
    }
}
