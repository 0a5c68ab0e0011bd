//! How everything looks: what stands on every screen, window and state at every size, and that ASCII is ASCII.
//!
//! `INSTA_UPDATE=always cargo nextest run --test it screen::looks` writes what is there now into `snapshots`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use onebox::app::Settings;
use onebox::app::layout::Size;
use onebox::app::welcome::{Step, Token, Welcome};
use onebox::config::Images;
use onebox::store::Store;
use onebox::ui::screens::welcome;
use onebox::ui::{Scratch, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

use super::scenes::{SCENES, Stored};
use crate::support::profile::Profile;
use crate::support::stage::{Screen, lines};

/// Columns and rows, from three panes to one.
pub const SIZES: [(u16, u16); 4] = [(120, 36), (80, 24), (60, 20), (40, 12)];

/// What scenes begin with, each from a copy of its own.
struct Stores {
    world: Profile,
    account: Profile,
    nothing: Profile,
}

impl Stores {
    async fn fill() -> Self {
        let account = Profile::empty();
        account.put(vec![], vec![]);
        let nothing = Profile::empty();
        drop(nothing.store());
        Self {
            world: Profile::of_demo().await,
            account,
            nothing,
        }
    }

    fn copy(&self, stored: Stored, to: &Path) -> Store {
        let from = match stored {
            Stored::World => &self.world,
            Stored::Account => &self.account,
            Stored::Nothing => &self.nothing,
        };
        let from = from.data().join("profiles").join("default");
        copy(&from, to);
        Store::open(to).unwrap()
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            std::fs::copy(&from, &to).unwrap();
        }
    }
}

/// What stands on the screen at every size, as one text.
pub fn sheet(mut draw: impl FnMut((u16, u16)) -> Buffer) -> String {
    let mut sheet = String::new();
    for size in SIZES {
        let text = lines(&draw(size));
        let (width, height) = size;
        writeln!(sheet, "== {width} x {height} ==\n{text}").unwrap();
    }
    sheet
}

pub fn compare(folder: &str, name: &str, sheet: &str) {
    let settings = || {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(PathBuf::from("snapshots").join(folder));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings
    };
    settings().bind(|| insta::assert_snapshot!(name, sheet));
}

/// Plays every scene at every size.
async fn play(ascii: bool, mut look: impl FnMut(&str, &str)) {
    let stores = Stores::fill().await;
    for (name, stored, play) in SCENES {
        let folder = tempfile::tempdir().unwrap();
        let store = stores.copy(*stored, &folder.path().join("profile"));
        let settings = Settings {
            ascii,
            images: Images::Off,
            ..Settings::default()
        };
        let mut screen = Screen::open(store, SIZES[0], settings);
        screen.theme.ascii = ascii;
        let files = folder.path().join("files");
        std::fs::create_dir(&files).unwrap();
        play(&mut screen, &files);
        let sheet = sheet(|(width, height)| {
            screen.resize(width, height);
            screen.buffer().clone()
        });
        look(name, &sheet);
    }
    for (name, state) in welcomes() {
        let theme = Theme {
            ascii,
            ..Theme::default()
        };
        let sheet = sheet(|(width, height)| welcomed(&state, &theme, Size { width, height }));
        look(name, &sheet);
    }
}

/// The screens of somebody who has set nothing up.
fn welcomes() -> [(&'static str, Welcome); 3] {
    let form = Welcome {
        step: Step::Form,
        address: "api27.unipile.com:15796".to_owned(),
        token: Token("secret".to_owned().into()),
        at: 1,
        ..Welcome::default()
    };
    let refused = Welcome {
        problem: Some(
            "The server refused the token. Copy it again from your Unipile dashboard.".to_owned(),
        ),
        ..form.clone()
    };
    [
        ("welcome", Welcome::default()),
        ("welcome-form", form),
        ("welcome-refused", refused),
    ]
}

fn welcomed(state: &Welcome, theme: &Theme, size: Size) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(size.width, size.height)).unwrap();
    let state = Welcome {
        size,
        ..state.clone()
    };
    let mut scratch = Scratch::default();
    terminal
        .draw(|frame| welcome::draw(&state, &mut scratch, theme, frame))
        .unwrap();
    terminal.backend().buffer().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_looks_as_it_did_at_every_size() {
    play(false, |name, sheet| compare("dark", name, sheet)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_ascii_every_screen_is_there_and_nothing_else_is_drawn() {
    play(true, |name, sheet| {
        let other = sheet.chars().find(|it| !it.is_ascii());
        assert_eq!(other, None, "{name}:\n{sheet}");
        compare("ascii", name, sheet);
    })
    .await;
}
