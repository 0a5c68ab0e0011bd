//! Commands to pick from: by name in the palette, by key in the help.

use super::command::{ALL, About, Command};
use super::picker::{Item, Picker};
use super::state::State;

/// Commands and a line to find one.
#[derive(Debug, Clone)]
pub struct Commands {
    pub picker: Picker,
    commands: Vec<Command>,
}

impl Commands {
    /// What can be done here and now, what was used last first.
    pub fn here(state: &State) -> Self {
        let mut commands: Vec<Command> = ALL
            .iter()
            .filter(|row| row.about != About::Move)
            .map(|row| row.command)
            .filter(|it| !matches!(it, Command::Palette | Command::Interrupt) && works(state, *it))
            .collect();
        let last = |it: &Command| state.recent.iter().rposition(|used| used == it);
        commands.sort_by_key(|it| std::cmp::Reverse(last(it)));
        let item = |command: &Command| {
            let row = command.row();
            Item {
                key: keys(state, *command),
                ..Item::new(row.name, row.says)
            }
        };
        let items = commands.iter().map(item).collect();
        let mut picker = Picker::new("Commands", items);
        picker.hint = "What to do?".into();
        picker.nothing = "No command is called like that.".into();
        Self { picker, commands }
    }

    /// All of them, in the order of help.
    pub fn all(state: &State) -> Self {
        let mut rows: Vec<_> = ALL.iter().collect();
        rows.sort_by_key(|row| row.about);
        let item = |row: &&super::command::Row| Item {
            key: keys(state, row.command),
            also: format!("{} {}", row.name, row.about.title()),
            ..Item::new(row.says, "")
        };
        let items = rows.iter().map(item).collect();
        let mut picker = Picker::new("Keys", items);
        picker.hint = "Find a key by what it does; Enter does it".into();
        picker.nothing = "Nothing is called like that.".into();
        Self {
            picker,
            commands: rows.into_iter().map(|row| row.command).collect(),
        }
    }

    /// The command of an item, by the item's place.
    pub fn command(&self, place: usize) -> Option<Command> {
        self.commands.get(place).copied()
    }
}

/// Whether a command does something where the user is.
pub fn works(state: &State, command: Command) -> bool {
    let row = command.row();
    row.contexts.iter().any(|it| state.contexts().contains(it))
}

/// All keys of a command in one word; the most usual first.
fn keys(state: &State, command: Command) -> String {
    let settings = &state.settings;
    settings.keymap.keys(command, settings.ascii).join("  ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::key::{Code, Key};
    use crate::app::state::Pane;
    use crate::app::{Effect, Msg, samples, update};

    fn write(state: &mut State, text: &str) {
        for letter in text.chars() {
            update(state, Msg::Key(Key::char(letter)));
        }
    }

    fn labels(state: &State) -> Vec<String> {
        let Some(crate::app::layer::Layer::Palette(it)) = state.layers.last() else {
            return Vec::new();
        };
        let rows = it.picker.rows(0, 100);
        rows.into_iter().map(|(it, _)| it.label.clone()).collect()
    }

    #[test]
    fn the_palette_finds_a_command_by_its_name_or_words_and_runs_it() {
        let mut state = samples::inbox(&["Ada", "Bea", "Cleo"]);
        write(&mut state, ":");
        write(&mut state, "redr");
        assert_eq!(labels(&state).first().map(String::as_str), Some("redraw"));
        let enter = Msg::Key(Key::plain(Code::Enter));
        assert_eq!(update(&mut state, enter), [Effect::Redraw]);
        assert!(state.layers.is_empty());
        write(&mut state, ":");
        assert_eq!(
            labels(&state)[0],
            "redraw",
            "what was used last comes first"
        );
    }

    #[test]
    fn the_palette_offers_only_what_works_here() {
        let mut state = samples::inbox(&["Ada", "Bea", "Cleo"]);
        write(&mut state, ":");
        let here = labels(&state);
        assert!(here.contains(&"archive".to_owned()));
        assert!(!here.contains(&"react".to_owned()) && !here.contains(&"send".to_owned()));
        update(&mut state, Msg::Key(Key::plain(Code::Esc)));
        state.focus = Pane::Thread;
        write(&mut state, ":");
        assert!(labels(&state).contains(&"react".to_owned()));
    }

    #[test]
    fn help_shows_every_command_by_subject_and_does_the_one_picked() {
        let mut state = samples::inbox(&["Ada", "Bea", "Cleo"]);
        update(&mut state, Msg::Key(Key::char('?')));
        let Some(crate::app::layer::Layer::Help(help)) = state.layers.last() else {
            panic!("no help");
        };
        assert_eq!(help.picker.matches.len(), ALL.len());
        let subjects: Vec<About> = (0..ALL.len())
            .filter_map(|at| Some(help.command(at)?.row().about))
            .collect();
        assert!(subjects.is_sorted());
        write(&mut state, "draw the screen");
        let enter = Msg::Key(Key::plain(Code::Enter));
        assert_eq!(update(&mut state, enter), [Effect::Redraw]);
    }
}
