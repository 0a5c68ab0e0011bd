//! How the screen looks and which keys do what: read from the settings and the theme files, and anew when one is saved.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tokio::sync::mpsc::UnboundedSender;

use super::zone;
use crate::app::effect::Done;
use crate::app::keymap::{Keymap, Misbound};
use crate::app::{Msg, Settings};
use crate::config::{self, AUTO, Clock, Config, Enter, Mistake, private};
use crate::ui::Theme;
use crate::ui::theme::{self, Depth, SHIPPED};

/// How often it is looked whether a file was saved.
const LOOK: Duration = Duration::from_secs(1);

/// What the command line says about the screen; it comes before the settings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Flags {
    pub ascii: bool,
    pub plain: bool,
}

/// What the terminal says about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Terminal {
    pub depth: Depth,
    /// Whether its background is light, as far as it tells.
    pub light: bool,
    /// Whether the user wants no colours anywhere.
    pub colourless: bool,
    /// Whether it can be asked for its background without showing the question.
    pub answers: bool,
}

impl Terminal {
    /// Reads the environment.
    pub fn here() -> Self {
        Self::of(|name| std::env::var(name).unwrap_or_default())
    }

    fn of(variable: impl Fn(&str) -> String) -> Self {
        let (term, colours) = (variable("TERM"), variable("COLORTERM"));
        let modern = ["direct", "kitty", "ghostty", "alacritty", "wezterm", "foot"];
        let depth = if matches!(colours.as_str(), "truecolor" | "24bit")
            || modern.iter().any(|it| term.contains(it))
        {
            Depth::True
        } else if term.contains("256") {
            Depth::Indexed
        } else {
            Depth::Sixteen
        };
        // Such as `15;0`: the colours of text and background.
        let ground = variable("COLORFGBG");
        let ground = ground
            .rsplit(';')
            .next()
            .and_then(|it| it.parse::<u8>().ok());
        Self {
            depth,
            light: matches!(ground, Some(7 | 9..=15)),
            colourless: !variable("NO_COLOR").is_empty(),
            answers: cfg!(unix) && !matches!(term.as_str(), "" | "dumb" | "linux"),
        }
    }
}

/// Where the look of the screen comes from.
#[derive(Debug, Clone)]
pub struct Look {
    /// The folder of the settings.
    pub dir: PathBuf,
    pub flags: Flags,
    pub terminal: Terminal,
    /// Nothing is changed at the server.
    pub readonly: bool,
}

/// A mistake in one of the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    pub path: PathBuf,
    /// Absent when the file could not be read at all.
    pub line: Option<usize>,
    pub problem: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}, line {line}: {}", self.path.display(), self.problem),
            None => write!(f, "{}: {}", self.path.display(), self.problem),
        }
    }
}

impl Look {
    /// The settings file.
    pub fn file(&self) -> PathBuf {
        self.dir.join("config.toml")
    }

    fn themes(&self) -> PathBuf {
        self.dir.join("themes")
    }

    /// Reads settings and theme, or tells all that is wrong with what is used.
    pub fn read(&self) -> Result<(Settings, Theme), Vec<Wrong>> {
        let (config, text) = self.config()?;
        let keymap = keymap(&config, &text);
        let theme = self.named(&config.screen.theme, &text);
        let mut wrong = Vec::new();
        wrong.extend(
            keymap
                .as_ref()
                .err()
                .into_iter()
                .flatten()
                .map(|it| self.wrong(it)),
        );
        wrong.extend(theme.as_ref().err().into_iter().flatten().cloned());
        match (keymap, theme) {
            (Ok(keymap), Ok(theme)) => {
                let settings = self.settings(&config, keymap);
                let theme = self.finished(theme, &settings);
                Ok((settings, theme))
            }
            _ => Err(wrong),
        }
    }

    /// All that is wrong, with themes that are not used as well.
    pub fn mistakes(&self) -> Vec<Wrong> {
        let mut wrong = self.read().err().unwrap_or_default();
        wrong.extend(self.misplaced());
        for name in self.own() {
            for it in self.theme(&name).err().into_iter().flatten() {
                if !wrong.contains(&it) {
                    wrong.push(it);
                }
            }
        }
        wrong
    }

    /// Nothing can be saved in a folder that is a file.
    fn misplaced(&self) -> Option<Wrong> {
        let (config, text) = self.config().ok()?;
        let folder = config.downloads?.0;
        (folder.exists() && !folder.is_dir()).then(|| Wrong {
            path: self.file(),
            line: Some(config::line_of(&text, "", "downloads")),
            problem: format!("downloads: {} is no folder", folder.display()),
        })
    }

    fn config(&self) -> Result<(Config, String), Vec<Wrong>> {
        let text = match std::fs::read_to_string(self.file()) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(vec![unread(&self.file(), &error)]),
        };
        let all = |wrong: Vec<Mistake>| wrong.iter().map(|it| self.wrong(it)).collect::<Vec<_>>();
        let config = Config::read(&text).map_err(all)?;
        Ok((config, text))
    }

    fn wrong(&self, mistake: &Mistake) -> Wrong {
        misread(&self.file(), mistake)
    }

    fn settings(&self, config: &Config, keymap: Keymap) -> Settings {
        let screen = &config.screen;
        let mut themes = vec![AUTO.to_owned()];
        themes.extend(SHIPPED.map(|(name, _)| name.to_owned()));
        themes.extend(self.own());
        themes.dedup();
        Settings {
            keymap,
            read_marks: config.read_marks,
            enter_sends: screen.enter == Enter::Sends,
            clock24: screen.clock == Clock::Day,
            zone: zone::here(),
            ascii: screen.ascii || self.flags.ascii,
            plain: screen.plain || self.flags.plain,
            readonly: self.readonly,
            undo_seconds: config.sending.undo_seconds,
            mouse: screen.mouse,
            downloads: config.downloads.clone().map(|it| it.0),
            snippets: config.snippets.clone(),
            signatures: config.signatures.clone(),
            images: screen.images,
            theme: screen.theme.clone(),
            themes,
        }
    }

    /// Names of the user's own themes.
    fn own(&self) -> Vec<String> {
        let files = std::fs::read_dir(self.themes()).into_iter().flatten();
        let paths = files.flatten().map(|it| it.path());
        let mut names: Vec<String> = paths
            .filter(|path| path.extension().is_some_and(|it| it == "toml"))
            .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
            .collect();
        names.sort();
        names
    }

    /// The theme that the settings name.
    fn named(&self, name: &str, text: &str) -> Result<Theme, Vec<Wrong>> {
        let known = name == AUTO || self.own().iter().any(|it| it == name);
        if known || SHIPPED.iter().any(|(it, _)| *it == name) {
            return self.theme(name);
        }
        let shipped = SHIPPED.map(|(name, _)| name).join(", ");
        Err(vec![Wrong {
            path: self.file(),
            line: Some(config::line_of(text, "screen", "theme")),
            problem: format!(
                "no theme is called `{name}`; there are auto, {shipped}, and files in {}",
                self.themes().display()
            ),
        }])
    }

    fn theme(&self, name: &str) -> Result<Theme, Vec<Wrong>> {
        let depth = self.terminal.depth;
        let name = match name {
            AUTO if self.terminal.light => "light",
            AUTO => "dark",
            name => name,
        };
        let path = self.themes().join(format!("{name}.toml"));
        match std::fs::read_to_string(&path) {
            Ok(text) => theme::read(name, &text, depth)
                .map_err(|wrong| wrong.iter().map(|it| misread(&path, it)).collect()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                theme::shipped(name, depth).ok_or_else(|| vec![unread(&path, &error)])
            }
            Err(error) => Err(vec![unread(&path, &error)]),
        }
    }

    /// A theme as it is drawn.
    fn finished(&self, theme: Theme, settings: &Settings) -> Theme {
        let theme = if self.terminal.colourless {
            theme::shipped("mono", self.terminal.depth).unwrap_or(theme)
        } else {
            theme
        };
        Theme {
            ascii: settings.ascii,
            plain: settings.plain,
            ..theme
        }
    }

    /// A theme by its name, as it is drawn.
    pub fn pick(&self, name: &str, settings: &Settings) -> Result<Theme, Vec<Wrong>> {
        let theme = self.theme(name)?;
        Ok(self.finished(theme, settings))
    }

    /// Writes a theme's name into the settings.
    pub fn keep(&self, name: &str) -> Result<(), String> {
        let path = self.file();
        let by_hand = || {
            format!(
                "To keep it, write theme = \"{name}\" below [screen] in {}.",
                path.display()
            )
        };
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                config::DEFAULTS.to_owned()
            }
            Err(_) => return Err(by_hand()),
        };
        let text = config::edit::theme(&text, name).map_err(|_| by_hand())?;
        private::folder(&self.dir)
            .and_then(|()| private::write(&path, text.as_bytes()))
            .map_err(|_| by_hand())
    }

    /// When the files were written last, and how long they are.
    fn stamps(&self) -> Vec<(PathBuf, Option<(SystemTime, u64)>)> {
        let own = self.own().into_iter();
        let paths = own.map(|name| self.themes().join(format!("{name}.toml")));
        let all = std::iter::once(self.file()).chain(paths);
        all.map(|path| {
            let meta = path.metadata().ok();
            let stamp = meta.and_then(|it| Some((it.modified().ok()?, it.len())));
            (path, stamp)
        })
        .collect()
    }
}

/// The keys of the settings, or every mistake in them.
fn keymap(config: &Config, text: &str) -> Result<Keymap, Vec<Mistake>> {
    let mut changes = config.keys.all();
    let mut wrong = Vec::new();
    loop {
        let error = match Keymap::with(&changes) {
            Ok(map) if wrong.is_empty() => return Ok(map),
            Ok(_) => return Err(wrong),
            Err(error) => error,
        };
        let name = match &error {
            Misbound::NoCommand(name) | Misbound::NoKey { command: name, .. } => name.clone(),
            Misbound::Twice { second, .. } => second.row().name.to_owned(),
        };
        wrong.push(Mistake {
            line: config::line_of(text, "keys", &name),
            problem: error.to_string(),
        });
        if changes.remove(&name).is_none() {
            return Err(wrong);
        }
    }
}

fn misread(path: &Path, mistake: &Mistake) -> Wrong {
    Wrong {
        path: path.to_owned(),
        line: Some(mistake.line),
        problem: mistake.problem.clone(),
    }
}

fn unread(path: &Path, error: &std::io::Error) -> Wrong {
    Wrong {
        path: path.to_owned(),
        line: None,
        problem: format!("it cannot be read: {error}"),
    }
}

/// Reads everything anew whenever a file was saved.
pub async fn follow(look: Look, told: UnboundedSender<Msg>) {
    let mut before = None;
    loop {
        let at = look.clone();
        let Ok(stamps) = tokio::task::spawn_blocking(move || at.stamps()).await else {
            return;
        };
        let changed = before.as_ref().is_some_and(|it| *it != stamps);
        before = Some(stamps);
        if changed {
            let at = look.clone();
            let msg = tokio::task::spawn_blocking(move || match at.read() {
                Ok((settings, _)) => Msg::Settings(Box::new(settings)),
                Err(wrong) => Msg::Done(Done::Failed(told_of(&wrong))),
            });
            if msg.await.is_ok_and(|msg| told.send(msg).is_err()) {
                return;
            }
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// The first mistake and how many more there are.
fn told_of(wrong: &[Wrong]) -> String {
    let first = wrong.first().map(|it| {
        let file = it.path.file_name().unwrap_or_default().to_string_lossy();
        match it.line {
            Some(line) => format!("{file}, line {line}: {}", it.problem),
            None => format!("{file}: {}", it.problem),
        }
    });
    let more = match wrong.len() {
        0 | 1 => String::new(),
        more => format!(" ({} more: onebox config check)", more - 1),
    };
    format!("{}{more}", first.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(dir: &Path) -> Look {
        Look {
            dir: dir.to_owned(),
            flags: Flags::default(),
            terminal: Terminal::default(),
            readonly: false,
        }
    }

    #[test]
    fn the_terminal_says_how_many_colours_it_has_and_how_bright_it_is() {
        let of = |set: &[(&str, &str)]| {
            Terminal::of(|name| {
                let found = set.iter().find(|(it, _)| *it == name);
                found.map_or(String::new(), |(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(of(&[("TERM", "linux")]).depth, Depth::Sixteen);
        assert_eq!(of(&[("TERM", "tmux-256color")]).depth, Depth::Indexed);
        let full = [("TERM", "xterm-256color"), ("COLORTERM", "truecolor")];
        assert_eq!(of(&full).depth, Depth::True);
        assert_eq!(of(&[("TERM", "xterm-kitty")]).depth, Depth::True);
        assert!(of(&[("COLORFGBG", "0;15")]).light && of(&[("COLORFGBG", "0;default;7")]).light);
        assert!(!of(&[("COLORFGBG", "15;0")]).light && !of(&[]).light);
        assert!(of(&[("NO_COLOR", "1")]).colourless && !of(&[("NO_COLOR", "")]).colourless);
    }

    #[test]
    fn every_mistake_of_settings_keys_and_themes_is_told_with_its_file_and_line() {
        let dir = tempfile::tempdir().unwrap();
        let look = look(dir.path());
        assert_eq!(look.mistakes(), [], "without a file nothing is wrong");
        std::fs::create_dir(dir.path().join("themes")).unwrap();
        std::fs::write(
            look.file(),
            "[screen]\ntheme = \"darc\"\n[keys]\narchvie = \"a\"\nstar = \"Hyper-x\"\nmute = \"a\"\npin = \"a\"\n",
        )
        .unwrap();
        std::fs::write(dir.path().join("themes/own.toml"), "text = \"rde\"\n").unwrap();
        let wrong: Vec<_> = look.mistakes().iter().map(ToString::to_string).collect();
        for words in [
            "config.toml, line 2: no theme is called `darc`",
            "config.toml, line 4: no command is called `archvie`; did you mean `archive`?",
            "config.toml, line 5: star: `Hyper-x` is no key",
            "`a` would mean mute and pin in the same place",
            "themes/own.toml, line 1: a colour is",
        ] {
            assert!(
                wrong.iter().any(|it| it.contains(words)),
                "{words}: {wrong:?}"
            );
        }
        assert_eq!(wrong.len(), 5);
    }

    #[test]
    fn a_picked_theme_is_kept_in_the_settings_and_nothing_else_changes() {
        let dir = tempfile::tempdir().unwrap();
        let look = look(dir.path());
        look.keep("light").unwrap();
        let (settings, theme) = look.read().unwrap();
        assert_eq!(
            (settings.theme.as_str(), theme.name.as_str()),
            ("light", "light")
        );
        let text = std::fs::read_to_string(look.file()).unwrap();
        assert_eq!(text.replace("theme = \"light\"\n", ""), config::DEFAULTS);
        look.keep("mono").unwrap();
        assert_eq!(look.read().unwrap().1.name, "mono");
    }
}
