//! The screen without a terminal: the state, the store behind it, and a buffer that is drawn into. Time stands still.

use std::time::Duration;

use jiff::Timestamp;
use onebox::app::effect::{Answer, Effect};
use onebox::app::layout::Size;
use onebox::app::{Msg, Settings, State, update};
use onebox::runtime::deeds::Deeds;
use onebox::runtime::reads;
use onebox::store::Store;
use onebox::ui::{self, Scratch, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

use super::BEGAN;

/// A screen and everything behind it.
pub struct Screen {
    pub state: State,
    pub theme: Theme,
    /// What was asked for and is no work for the store.
    pub left: Vec<Effect>,
    scratch: Scratch,
    terminal: Terminal<TestBackend>,
    store: Store,
    deeds: Deeds,
}

impl Screen {
    /// Opens the inbox of a store.
    pub fn open(store: Store, size: (u16, u16), settings: Settings) -> Self {
        let (width, height) = size;
        let now = Timestamp::from_millisecond(BEGAN + 60_000).unwrap();
        let mut screen = Self {
            state: State::new(settings, now, Size { width, height }),
            theme: Theme::default(),
            left: Vec::new(),
            scratch: Scratch::default(),
            terminal: Terminal::new(TestBackend::new(width, height)).unwrap(),
            deeds: Deeds::new(store.clone(), Duration::from_secs(8)),
            store,
        };
        let effects = screen.state.begin();
        screen.settle(effects);
        screen
    }

    /// Lets a message have all its consequences, and draws.
    pub fn send(&mut self, msg: Msg) {
        let effects = update(&mut self.state, msg);
        self.settle(effects);
    }

    /// Presses keys, written as in the settings, with spaces between them.
    pub fn press(&mut self, keys: &str) {
        for key in keys.split(' ') {
            self.send(Msg::Key(key.parse().unwrap()));
        }
    }

    /// Types letters.
    pub fn type_in(&mut self, text: &str) {
        for letter in text.chars() {
            self.send(Msg::Key(onebox::app::Key::char(letter)));
        }
    }

    /// Lets time pass.
    pub fn pass(&mut self, time: Duration) {
        let now = self.state.now.checked_add(time).unwrap();
        self.send(Msg::Tick(now));
    }

    fn settle(&mut self, mut effects: Vec<Effect>) {
        let mut steps = 0;
        loop {
            while let Some(effect) = effects.pop() {
                steps += 1;
                assert!(steps < 500, "it never comes to rest: {effect:?}");
                match effect {
                    Effect::Read(ticket, read) => {
                        let answer: Answer = reads::answer(&self.store, &read);
                        effects.extend(update(&mut self.state, Msg::Answer(ticket, answer)));
                    }
                    Effect::Do(deed) => {
                        let deeds = &mut self.deeds;
                        let done = tokio::task::block_in_place(|| {
                            tokio::runtime::Handle::current().block_on(deeds.perform(deed))
                        });
                        let changed = Msg::Changed(onebox::app::msg::Changes {
                            anything: true,
                            ..Default::default()
                        });
                        effects.extend(update(&mut self.state, changed));
                        if let Some(done) = done {
                            effects.extend(update(&mut self.state, Msg::Done(done)));
                        }
                    }
                    other => self.left.push(other),
                }
            }
            self.draw();
            match self.scratch.laid.take() {
                Some(laid) => effects = update(&mut self.state, Msg::Laid(laid)),
                None => return,
            }
            if effects.is_empty() {
                return;
            }
        }
    }

    fn draw(&mut self) {
        let (state, scratch, theme) = (&self.state, &mut self.scratch, &self.theme);
        self.terminal
            .draw(|frame| ui::draw(state, scratch, theme, frame))
            .unwrap();
    }

    pub fn resize(&mut self, width: u16, height: u16) {
        self.terminal.backend_mut().resize(width, height);
        self.send(Msg::Resize(Size { width, height }));
    }

    pub fn buffer(&self) -> &Buffer {
        self.terminal.backend().buffer()
    }
}

/// What is in a buffer, a line each, without the spaces at the end.
pub fn lines(buffer: &Buffer) -> String {
    let mut lines = Vec::new();
    for y in 0..buffer.area.height {
        let mut line = String::new();
        let mut hidden = 0;
        for x in 0..buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            if hidden == 0 {
                line.push_str(symbol);
                hidden = unicode_width::UnicodeWidthStr::width(symbol).max(1);
            }
            hidden -= 1;
        }
        lines.push(line.trim_end().to_owned());
    }
    lines.join("\n")
}
