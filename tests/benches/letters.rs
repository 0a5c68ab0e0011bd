//! How long a mail of a megabyte takes from Enter to the screen: reading and understanding it, and the first frame; and
//! the frames while it is scrolled, unfolded and the window is resized.
#![allow(clippy::unwrap_used, reason = "a bench may fail")]
#![allow(clippy::print_stdout, reason = "figures are what a bench is for")]

#[path = "../it/support/zoo.rs"]
#[allow(dead_code, reason = "the tests use the rest")]
mod zoo;

use std::time::{Duration, Instant};

use jiff::Timestamp;
use onebox::app::effect::Effect;
use onebox::app::layout::Size;
use onebox::app::{Msg, Settings, State, update};
use onebox::runtime::reads;
use onebox::store::Store;
use onebox::ui::{self, Scratch, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

/// When the zoo was made.
const BEGAN: i64 = 1_795_186_800_000;
const ROUNDS: usize = 40;

struct Screen {
    state: State,
    scratch: Scratch,
    theme: Theme,
    terminal: Terminal<TestBackend>,
    store: Store,
}

impl Screen {
    fn open(store: Store) -> Self {
        let size = Size {
            width: 120,
            height: 36,
        };
        let now = Timestamp::from_millisecond(BEGAN).unwrap();
        let mut screen = Self {
            state: State::new(Settings::default(), now, size),
            scratch: Scratch::default(),
            theme: Theme::default(),
            terminal: Terminal::new(TestBackend::new(120, 36)).unwrap(),
            store,
        };
        let effects = screen.state.begin();
        screen.settle(effects);
        screen
    }

    /// Does all that comes of a message, and draws.
    fn send(&mut self, msg: Msg) {
        let effects = update(&mut self.state, msg);
        self.settle(effects);
    }

    fn settle(&mut self, mut effects: Vec<Effect>) {
        loop {
            while let Some(effect) = effects.pop() {
                if let Effect::Read(ticket, read) = effect {
                    let answer = reads::answer(&self.store, &read);
                    effects.extend(update(&mut self.state, Msg::Answer(ticket, answer)));
                }
            }
            let (state, scratch, theme) = (&self.state, &mut self.scratch, &self.theme);
            self.terminal
                .draw(|frame| ui::draw(state, scratch, theme, frame))
                .unwrap();
            let Some(laid) = self.scratch.laid.take() else {
                return;
            };
            effects = update(&mut self.state, Msg::Laid(laid));
            if effects.is_empty() {
                return;
            }
        }
    }

    fn press(&mut self, key: &str) -> Duration {
        let begun = Instant::now();
        self.send(Msg::Key(key.parse().unwrap()));
        begun.elapsed()
    }
}

fn tell(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |part: usize| {
        times
            .get(times.len() * part / 100)
            .copied()
            .unwrap_or_default()
    };
    let worst = times.last().copied().unwrap_or_default();
    println!(
        "{what:<34} p50 {:>9.2?}  p95 {:>9.2?}  worst {worst:>9.2?}",
        at(50),
        at(95)
    );
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let large = zoo::mail("l", "Everything", Some(&zoo::large()), "");
    let small = zoo::mail("s", "Small", None, "Hello.");
    zoo::put(&store, vec![small, large]);
    let (mut opened, mut moved, mut unfolded, mut resized) = (vec![], vec![], vec![], vec![]);
    for _ in 0..ROUNDS {
        let mut screen = Screen::open(store.clone());
        screen.press("j");
        opened.push(screen.press("Enter"));
        for key in ["^D", "^D", "^U"] {
            moved.push(screen.press(key));
        }
        unfolded.push(screen.press("Enter"));
        for key in ["^D", "G", "g g"] {
            for key in key.split(' ') {
                moved.push(screen.press(key));
            }
        }
        let begun = Instant::now();
        screen.terminal.backend_mut().resize(110, 36);
        screen.send(Msg::Resize(Size {
            width: 110,
            height: 36,
        }));
        resized.push(begun.elapsed());
    }
    println!("a mail of a megabyte of HTML, {ROUNDS} times");
    tell("Enter until it is on the screen", opened);
    tell("a key while it is open", moved);
    tell("unfold all of it", unfolded);
    tell("another width, all of it unfolded", resized);
}
