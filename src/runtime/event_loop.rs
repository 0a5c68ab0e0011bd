//! The loop: takes in all that waits, then draws once.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use crossterm::event::EventStream;
use futures_util::{FutureExt as _, StreamExt as _};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::asks::Asks;
use super::beside::{Beside, Running};
use super::deeds::{Deeds, attach};
use super::ends::Ends;
use super::input::{self, Input};
use super::terminal::Screen;
use super::{Error, Program};
use super::{editor, reads};
use crate::app::effect::{Answer, Deed, Effect};
use crate::app::layout::Size;
use crate::app::msg::Changes;
use crate::app::pointer::Pointer;
use crate::app::status::{Link, Sync};
use crate::app::{Msg, Settings, State, update};
use crate::store::{Change, Store};
use crate::ui::{self, Scratch, Theme};

/// How long the end waits for what is being written.
const FAREWELL: Duration = Duration::from_secs(3);

/// Runs the screen.
pub async fn run(program: Program) -> Result<(), Error> {
    let settings = Settings {
        read_marks: program.config.read_marks,
        undo_seconds: program.config.sending.undo_seconds,
        readonly: program.readonly,
        zone: TimeZone::system(),
        snippets: program.config.snippets.clone(),
        ..Settings::default()
    };
    let mut screen = Screen::take(settings.mouse)?;
    let (width, height) = screen.size()?;
    let mut state = State::new(settings, Timestamp::now(), Size { width, height });
    for note in program.store.notes() {
        update(&mut state, Msg::Notice(note.clone()));
    }
    begin(&mut state, &program.store);
    let (told, inbox) = mpsc::unbounded_channel();
    let (asked, deeds) = mpsc::unbounded_channel();
    let undo = Duration::from_secs(program.config.sending.undo_seconds.into());
    let worker = Deeds::new(program.store.clone(), undo).work(deeds, told.clone());
    let worker = tokio::spawn(worker);
    let mut run = Run {
        deeds: asked,
        asks: Asks {
            client: program.client.clone(),
            asker: Arc::default(),
        },
        store: program.store.clone(),
        running: Running::default(),
        told,
        state,
        scratch: Scratch::default(),
        theme: Theme::default(),
        editor: None,
        quits: false,
    };
    run.draw(&mut screen)?;
    let stop = CancellationToken::new();
    let beside = run.start(program, stop.clone());
    let done = run.follow(&mut screen, inbox).await;
    run.keep();
    drop(screen);
    stop.cancel();
    // What was written last is on disk before anything else ends.
    drop(run);
    let _ = tokio::time::timeout(FAREWELL, worker).await;
    let _ = tokio::time::timeout(FAREWELL, beside).await;
    done
}

/// Answers the first questions before the first frame, so that it shows something.
fn begin(state: &mut State, store: &Store) {
    let mut effects = state.begin();
    // A list, the counts, a conversation; and nothing that could go on for ever.
    for _ in 0..8 {
        let Some(at) = effects.iter().position(|it| matches!(it, Effect::Read(..))) else {
            return;
        };
        if let Effect::Read(ticket, read) = effects.swap_remove(at) {
            let answer = reads::answer(store, &read);
            effects.extend(update(state, Msg::Answer(ticket, answer)));
        }
    }
}

struct Run {
    state: State,
    scratch: Scratch,
    theme: Theme,
    store: Store,
    /// Does what changes the store, one after the other.
    deeds: UnboundedSender<Deed>,
    asks: Asks,
    running: Running,
    told: UnboundedSender<Msg>,
    /// The text that `$EDITOR` is to begin with.
    editor: Option<String>,
    quits: bool,
}

impl Run {
    /// Starts what happens beside the screen.
    fn start(&mut self, program: Program, stop: CancellationToken) -> JoinHandle<()> {
        tokio::spawn(changes(self.store.clone(), self.told.clone()));
        let Some(client) = program.client else {
            let nowhere = Sync {
                link: Link::Nowhere,
                ..Sync::default()
            };
            let _ = self.told.send(Msg::Sync(nowhere));
            return tokio::spawn(async {});
        };
        let beside = Beside {
            client,
            asker: Arc::clone(&self.asks.asker),
            store: self.store.clone(),
            settings: program.engine,
            webhooks: program.config.webhooks.filter(|_| !program.readonly),
            profile: program.profile.name,
            told: self.told.clone(),
            running: self.running.clone(),
        };
        tokio::spawn(beside.run(stop))
    }

    /// Writes down what is not on disk yet, however the end came.
    fn keep(&mut self) {
        for effect in update(&mut self.state, Msg::End) {
            if let Effect::Do(deed) = effect {
                let _ = self.deeds.send(deed);
            }
        }
    }

    async fn follow(
        &mut self,
        screen: &mut Screen,
        mut inbox: UnboundedReceiver<Msg>,
    ) -> Result<(), Error> {
        let mut events = EventStream::new();
        let mut ends = Ends::listen();
        loop {
            let wake = self.wake();
            tokio::select! {
                biased;
                event = events.next() => match event {
                    Some(event) => self.take_in(event?, screen)?,
                    None => return Ok(()),
                },
                Some(msg) = inbox.recv() => self.update(msg, screen)?,
                () = ends.asked() => self.update(Msg::End, screen)?,
                () = tokio::time::sleep(wake) => {}
            }
            while let Some(Some(event)) = events.next().now_or_never() {
                self.take_in(event?, screen)?;
            }
            while let Ok(msg) = inbox.try_recv() {
                self.update(msg, screen)?;
            }
            if let Some(text) = self.editor.take() {
                // Two cannot read one keyboard.
                drop(events);
                screen.lend();
                let written = tokio::task::block_in_place(|| editor::write(&text));
                screen.resume()?;
                events = EventStream::new();
                self.update(Msg::Edited(written), screen)?;
            }
            self.update(Msg::Tick(Timestamp::now()), screen)?;
            if self.quits {
                return Ok(());
            }
            self.draw(screen)?;
        }
    }

    /// How long nothing changes by itself.
    fn wake(&self) -> Duration {
        let now = Timestamp::now();
        let second = now.as_second().rem_euclid(60);
        let minute = Duration::from_secs(u64::try_from(60 - second).unwrap_or(60));
        let wakes = self.state.wakes_at().map(|at| at.duration_since(now));
        let wakes = wakes.map(|it| Duration::try_from(it).unwrap_or(Duration::ZERO));
        wakes.map_or(minute, |it| it.min(minute))
    }

    fn take_in(
        &mut self,
        event: crossterm::event::Event,
        screen: &mut Screen,
    ) -> Result<(), Error> {
        match input::read(event) {
            Some(Input::Msg(msg)) => self.update(msg, screen),
            Some(Input::Mouse { press, x, y }) => {
                let target = self.scratch.hits.at(x, y).cloned();
                self.update(
                    Msg::Mouse(Pointer {
                        press,
                        x,
                        y,
                        target,
                    }),
                    screen,
                )
            }
            None => Ok(()),
        }
    }

    fn update(&mut self, msg: Msg, screen: &mut Screen) -> Result<(), Error> {
        for effect in update(&mut self.state, msg) {
            self.perform(effect, screen)?;
        }
        Ok(())
    }

    fn perform(&mut self, effect: Effect, screen: &mut Screen) -> Result<(), Error> {
        match effect {
            Effect::Read(ticket, read) => {
                let (store, told) = (self.store.clone(), self.told.clone());
                tokio::task::spawn_blocking(move || {
                    let answer: Answer = reads::answer(&store, &read);
                    let _ = told.send(Msg::Answer(ticket, answer));
                });
            }
            Effect::Do(deed) => {
                // Big files hold up nobody's words.
                if let Deed::Attach(ticket, paths, pasted) = deed {
                    let told = self.told.clone();
                    tokio::spawn(async move {
                        let _ = told.send(Msg::Done(attach(ticket, paths, pasted).await));
                    });
                } else {
                    let _ = self.deeds.send(deed);
                }
            }
            Effect::Ask(ticket, ask) => {
                let (asks, told) = (self.asks.clone(), self.told.clone());
                tokio::spawn(async move {
                    let _ = told.send(Msg::Answer(ticket, asks.answer(ask).await));
                });
            }
            Effect::Editor(text) => self.editor = Some(text),
            Effect::Engine(wish) => self.running.wish(wish),
            Effect::Mouse(on) => screen.mouse(on)?,
            Effect::Redraw => screen.redraw()?,
            Effect::Quit => self.quits = true,
            Effect::Copy(_) | Effect::OpenUrl(_) | Effect::Suspend => {}
        }
        Ok(())
    }

    fn draw(&mut self, screen: &mut Screen) -> Result<(), Error> {
        let (state, scratch, theme) = (&self.state, &mut self.scratch, &self.theme);
        screen.draw(|frame| ui::draw(state, scratch, theme, frame))?;
        if let Some(laid) = self.scratch.laid.take() {
            self.update(Msg::Laid(laid), screen)?;
        }
        Ok(())
    }
}

/// Tells the screen what is written.
async fn changes(store: Store, told: UnboundedSender<Msg>) {
    let mut changes = store.changes();
    loop {
        let written = match changes.recv().await {
            Ok(written) => understood(&written),
            Err(RecvError::Lagged(_)) => Changes {
                anything: true,
                ..Changes::default()
            },
            Err(RecvError::Closed) => return,
        };
        if told.send(Msg::Changed(written)).is_err() {
            return;
        }
    }
}

fn understood(written: &BTreeSet<Change>) -> Changes {
    let mut all = Changes::default();
    for change in written {
        match change {
            Change::Conversation(key) => {
                all.conversations.insert(*key);
            }
            Change::Accounts
            | Change::Drafts
            | Change::Outbox
            | Change::People
            | Change::Progress(_) => {
                all.overview = true;
            }
            Change::Pictures => all.pictures = true,
            Change::Anything => all.anything = true,
        }
    }
    all
}
