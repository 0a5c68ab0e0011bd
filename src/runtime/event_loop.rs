//! The loop: takes in all that waits, then draws once.

mod dressing;
mod hanging;

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::Timestamp;
use tokio::runtime::Handle;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::asks;
use super::beside::{Beside, Running};
use super::browser;
use super::clipboard;
use super::deeds::{Deeds, attach};
use super::editor;
use super::events::Events;
use super::fetching::{self, Fetcher};
use super::ground::{self, Ground};
use super::input::{self, Input};
use super::look::{self, Look, Terminal};
use super::online::Online;
use super::panic::Watch;
use super::pictures::{Made, Painters};
use super::reader::Reader;
use super::reads;
use super::signals::{Signals, Stop};
use super::smalls;
use super::terminal::Screen;
use super::{Error, Left, Program};
use crate::app::effect::{Deed, Effect};
use crate::app::layout::Size;
use crate::app::msg::Changes;
use crate::app::pictures::PictureNews;
use crate::app::pointer::Pointer;
use crate::app::status::{Link, Sync};
use crate::app::{Msg, State, update};
use crate::store::{Change, Store};
use crate::ui::{self, Scratch, Theme};

/// How long the end waits for what is being written.
const FAREWELL: Duration = Duration::from_secs(3);

/// Runs the screen.
pub async fn run(program: Program) -> Result<Left, Error> {
    let look = Look {
        dir: program.profile.config_dir.clone(),
        flags: program.flags,
        terminal: Terminal::here(),
        readonly: program.readonly,
    };
    let (settings, theme) = look.read().map_err(Error::Settings)?;
    // Before the terminal is changed, so that no signal can leave it that way.
    let signals = Signals::listen();
    let mut screen = Screen::take(settings.mouse)?;
    let (width, height) = screen.size()?;
    let mut state = State::new(settings, Timestamp::now(), Size { width, height });
    for note in program.store.notes() {
        update(&mut state, Msg::Notice(note.clone()));
    }
    let begun = begin(&mut state, &program.store);
    let (told, inbox) = mpsc::unbounded_channel();
    let undo = Duration::from_secs(program.config.sending.undo_seconds.into());
    let deeds = Deeds::new(program.store.clone(), undo);
    let (deed, asked) = mpsc::unbounded_channel();
    let online = program
        .client
        .clone()
        .map(|client| Online::new(client, program.engine.rates.clone()));
    let watch = Watch::begin(told.clone(), program.log.clone());
    let (done, made) = mpsc::unbounded_channel();
    let crew = program.crew.clone();
    let mut run = Run {
        deeds: deed,
        online: online.clone(),
        fetcher: Fetcher::new(online.clone(), told.clone(), crew.clone()),
        store: program.store.clone(),
        reader: Reader::start(&program.store, &told),
        painters: Painters::new(&program.store, done, crew.clone()),
        running: Running::default(),
        told: told.clone(),
        state,
        scratch: Scratch::default(),
        look: look.clone(),
        ground: Ground::default(),
        theme,
        editor: None,
        quits: false,
        suspends: false,
        crew: crew.clone(),
    };
    run.measure();
    run.draw(&mut screen)?;
    if let Some(link) = program.link.clone() {
        let _ = run.told.send(Msg::Link(link));
    }
    if run.look.terminal.answers && !run.look.terminal.colourless {
        screen.send(ground::ASK)?;
        run.ground.asked();
    }
    // Everything else begins behind the first frame.
    let doing = crew.spawn(deeds.follow(asked, told.clone()));
    let looking = crew.spawn(look::follow(look, told));
    for effect in begun {
        run.perform(effect, &mut screen)?;
    }
    let stop = CancellationToken::new();
    let beside = run.start(program, online, stop.clone());
    let done = run.follow(&mut screen, inbox, made, signals).await;
    run.keep();
    run.scratch.pictures.forget_all();
    let _ = run.forget_pictures(&mut screen);
    drop(screen);
    looking.abort();
    // What was done in the last moment is written down before the end.
    drop(run);
    let _ = tokio::time::timeout(FAREWELL, doing).await;
    drop(watch);
    stop.cancel();
    let _ = tokio::time::timeout(FAREWELL, beside).await;
    done
}

/// Answers the first question, for the list, before the first frame, so that it shows something; gives what is left to
/// do. Where there is no list, that is soon done, and nothing is said of what is not known yet.
fn begin(state: &mut State, store: &Store) -> Vec<Effect> {
    let mut effects = state.begin();
    // A list, the counts, a conversation; and nothing that could go on for ever.
    for _ in 0..8 {
        if !state.list.rows.is_empty() {
            break;
        }
        let Some(at) = effects.iter().position(|it| matches!(it, Effect::Read(..))) else {
            break;
        };
        if let Effect::Read(ticket, read) = effects.remove(at) {
            let answer = reads::answer(store, &read);
            effects.extend(update(state, Msg::Answer(ticket, answer)));
        }
    }
    effects
}

struct Run {
    state: State,
    scratch: Scratch,
    look: Look,
    ground: Ground,
    theme: Theme,
    store: Store,
    reader: Reader,
    deeds: UnboundedSender<Deed>,
    online: Option<Online>,
    fetcher: Fetcher,
    painters: Painters,
    running: Running,
    told: UnboundedSender<Msg>,
    /// The text that `$EDITOR` is to begin with.
    editor: Option<String>,
    quits: bool,
    suspends: bool,
    /// Where what waits is done.
    crew: Handle,
}

impl Run {
    /// Starts what happens beside the screen.
    fn start(
        &mut self,
        program: Program,
        online: Option<Online>,
        stop: CancellationToken,
    ) -> JoinHandle<()> {
        self.crew
            .spawn(changes(self.store.clone(), self.told.clone()));
        let store = self.store.clone();
        self.crew.spawn_blocking(move || browser::sweep(&store));
        let Some(online) = online else {
            let nowhere = Sync {
                link: Link::Nowhere,
                ..Sync::default()
            };
            let _ = self.told.send(Msg::Sync(nowhere));
            return self.crew.spawn(async {});
        };
        let beside = Beside {
            online,
            store: self.store.clone(),
            settings: program.engine,
            webhooks: program.config.webhooks.filter(|_| !program.readonly),
            profile: program.profile.name,
            told: self.told.clone(),
            running: self.running.clone(),
        };
        self.crew.spawn(beside.run(stop))
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
        inbox: UnboundedReceiver<Msg>,
        made: UnboundedReceiver<Made>,
        signals: Signals,
    ) -> Result<Left, Error> {
        let mut events = Events::listen()?;
        let left = self.heed(&mut events, screen, inbox, made, signals).await;
        self.ground.hear_out(&mut events).await;
        left
    }

    async fn heed(
        &mut self,
        events: &mut Events,
        screen: &mut Screen,
        mut inbox: UnboundedReceiver<Msg>,
        mut made: UnboundedReceiver<Made>,
        mut signals: Signals,
    ) -> Result<Left, Error> {
        // Changes of size are heard of from here on; what happened before is caught up with.
        let (width, height) = screen.size()?;
        if (Size { width, height }) != self.state.size {
            self.update(Msg::Resize(Size { width, height }), screen)?;
            self.draw(screen)?;
        }
        loop {
            let wake = self.wake();
            tokio::select! {
                biased;
                here = events.wait() => if !here? {
                    return Ok(Left::Stopped);
                },
                Some(msg) = inbox.recv() => self.update(msg, screen)?,
                Some(made) = made.recv() => self.hang(made, screen)?,
                stop = signals.next() => if stop == Stop::Terminate {
                    return Ok(Left::Stopped);
                },
                () = tokio::time::sleep(wake) => {}
            }
            while let Some(event) = events.take()? {
                self.take_in(event, screen)?;
            }
            while let Ok(msg) = inbox.try_recv() {
                self.update(msg, screen)?;
            }
            while let Ok(made) = made.try_recv() {
                self.hang(made, screen)?;
            }
            if let Some(text) = self.editor.take() {
                Screen::lend();
                // The keyboard is the editor's as long as nothing is taken from it here.
                let written = editor::write(&text);
                screen.resume()?;
                self.scratch.pictures.forget_all();
                self.update(Msg::Edited(written), screen)?;
            }
            for event in self.ground.give_back() {
                self.mean(event, screen)?;
            }
            self.update(Msg::Tick(Timestamp::now()), screen)?;
            if self.quits {
                return Ok(Left::Quit);
            }
            if std::mem::take(&mut self.suspends) {
                Screen::lend();
                super::signals::suspend().await;
                screen.resume()?;
                self.scratch.pictures.forget_all();
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
        let all = wakes.into_iter().chain(self.ground.wake());
        all.fold(minute, Duration::min)
    }

    fn take_in(
        &mut self,
        event: crossterm::event::Event,
        screen: &mut Screen,
    ) -> Result<(), Error> {
        let heard = self.ground.hear(event);
        if let Some(light) = heard.light {
            self.stand_on(light);
        }
        for event in heard.events {
            self.mean(event, screen)?;
        }
        Ok(())
    }

    fn mean(&mut self, event: crossterm::event::Event, screen: &mut Screen) -> Result<(), Error> {
        match input::read(event) {
            Some(Input::Msg(msg)) => self.update(msg, screen),
            Some(Input::Mouse { press, x, y, shift }) => {
                let target = self.scratch.hits.at(x, y).cloned();
                self.update(
                    Msg::Mouse(Pointer {
                        press,
                        x,
                        y,
                        shift,
                        target,
                    }),
                    screen,
                )
            }
            None => Ok(()),
        }
    }

    fn update(&mut self, msg: Msg, screen: &mut Screen) -> Result<(), Error> {
        match &msg {
            // Letters may have another size now.
            Msg::Resize(_) => self.measure(),
            Msg::Changed(changes) if changes.pictures || changes.anything => {
                self.scratch.pictures.forget_missing();
            }
            Msg::Picture(PictureNews::Fetched(_)) => self.scratch.pictures.forget_missing(),
            _ => {}
        }
        let is_settings = matches!(msg, Msg::Settings(_));
        for effect in update(&mut self.state, msg) {
            self.perform(effect, screen)?;
        }
        if is_settings {
            self.measure();
        }
        Ok(())
    }

    fn perform(&mut self, effect: Effect, screen: &mut Screen) -> Result<(), Error> {
        match effect {
            Effect::Read(ticket, read) => {
                self.reader.ask(ticket, read);
            }
            Effect::Do(deed) => {
                // Big files hold up nobody's words.
                if let Deed::Attach(ticket, paths, pasted) = deed {
                    let told = self.told.clone();
                    self.crew.spawn(async move {
                        let _ = told.send(Msg::Done(attach(ticket, paths, pasted).await));
                    });
                } else {
                    let _ = self.deeds.send(deed);
                }
            }
            Effect::Ask(ticket, ask) => {
                let (online, told) = (self.online.clone(), self.told.clone());
                self.crew.spawn(async move {
                    let answer = asks::answer(online.as_ref(), ask).await;
                    let _ = told.send(Msg::Answer(ticket, answer));
                });
            }
            Effect::Editor(text) => self.editor = Some(text),
            Effect::Engine(wish) => self.running.wish(wish),
            Effect::Mouse(on) => screen.mouse(on)?,
            Effect::Redraw => {
                self.scratch.pictures.forget_all();
                screen.redraw()?;
            }
            Effect::Picture(wish) => self.picture(wish),
            Effect::Small(wish) => {
                let files = self.painters.files().clone();
                let (online, told) = (self.online.clone(), self.told.clone());
                self.crew.spawn(async move {
                    let _ = told.send(Msg::Small(smalls::fetch(files, online, wish).await));
                });
            }
            Effect::Page { mail, pictures } => {
                let (store, told) = (self.store.clone(), self.told.clone());
                self.crew.spawn_blocking(move || {
                    if let Some(done) = browser::show(&store, mail, pictures) {
                        let _ = told.send(Msg::Done(done));
                    }
                });
            }
            Effect::Theme { name, keep } => self.dress(&name, keep),
            Effect::Quit => self.quits = true,
            Effect::Suspend => self.suspends = true,
            Effect::Copy(text) => {
                screen.copy(&text)?;
                self.crew.spawn_blocking(move || clipboard::copy(&text));
            }
            Effect::OpenUrl(url) => {
                let told = self.told.clone();
                self.crew.spawn_blocking(move || {
                    let _ = told.send(Msg::Done(fetching::open_url(&url)));
                });
            }
            Effect::Fetch(files, what_for) => {
                let folder = self.state.settings.downloads.clone();
                self.fetcher.fetch(files, what_for, folder);
            }
            Effect::Gather(ticket, files) => {
                self.fetcher
                    .gather(ticket, files, self.store.dir().to_owned());
            }
            Effect::StopFetching => self.fetcher.stop(),
        }
        Ok(())
    }

    fn draw(&mut self, screen: &mut Screen) -> Result<(), Error> {
        let (state, scratch, theme) = (&self.state, &mut self.scratch, &self.theme);
        screen.draw(|frame| ui::draw(state, scratch, theme, frame))?;
        let medium = self.scratch.pictures.medium();
        let wanted = self.scratch.pictures.take_wanted();
        self.painters.want(wanted, medium);
        self.forget_pictures(screen)?;
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
