//! The loop: takes in all that waits, then draws once.

use std::collections::BTreeSet;
use std::time::Duration;

use crossterm::event::EventStream;
use futures_util::{FutureExt as _, StreamExt as _};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::beside::{Beside, Running};
use super::deeds::Deeds;
use super::input::{self, Input};
use super::panic::Watch;
use super::pictures::{self, Made, Painters};
use super::reads;
use super::signals::{Signals, Stop};
use super::terminal::Screen;
use super::{Error, Left, Program};
use crate::api::Client;
use crate::app::effect::{Answer, Effect};
use crate::app::layout::Size;
use crate::app::msg::Changes;
use crate::app::pictures::{PictureNews, PictureWish};
use crate::app::pointer::Pointer;
use crate::app::status::{Link, Sync};
use crate::app::{Msg, Settings, State, update};
use crate::config::Images;
use crate::store::{Change, Store};
use crate::ui::pictures::Of;
use crate::ui::{self, Scratch, Theme};

/// How long the end waits for what is being written.
const FAREWELL: Duration = Duration::from_secs(3);

/// Runs the screen.
pub async fn run(program: Program) -> Result<Left, Error> {
    let settings = Settings {
        read_marks: program.config.read_marks,
        undo_seconds: program.config.sending.undo_seconds,
        readonly: program.readonly,
        zone: TimeZone::system(),
        ..Settings::default()
    };
    // Before the terminal is changed, so that no signal can leave it that way.
    let signals = Signals::listen();
    let mut screen = Screen::take(settings.mouse)?;
    let (width, height) = screen.size()?;
    let mut state = State::new(settings, Timestamp::now(), Size { width, height });
    for note in program.store.notes() {
        update(&mut state, Msg::Notice(note.clone()));
    }
    begin(&mut state, &program.store);
    let (told, inbox) = mpsc::unbounded_channel();
    let watch = Watch::begin(told.clone(), program.log.clone());
    let (done, made) = mpsc::unbounded_channel();
    let mut run = Run {
        deeds: Deeds {
            store: program.store.clone(),
            undo: Duration::from_secs(program.config.sending.undo_seconds.into()),
        },
        store: program.store.clone(),
        painters: Painters::new(&program.store, done),
        images: Images::default(),
        client: program.client.clone(),
        running: Running::default(),
        told,
        state,
        scratch: Scratch::default(),
        theme: Theme::default(),
        quits: false,
        suspends: false,
    };
    run.measure();
    run.draw(&mut screen)?;
    let stop = CancellationToken::new();
    let beside = run.start(program, stop.clone());
    let done = run.follow(&mut screen, inbox, made, signals).await;
    run.scratch.pictures.forget_all();
    let _ = run.forget_pictures(&mut screen);
    drop(screen);
    drop(watch);
    stop.cancel();
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
    deeds: Deeds,
    painters: Painters,
    images: Images,
    client: Option<Client>,
    running: Running,
    told: UnboundedSender<Msg>,
    quits: bool,
    suspends: bool,
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
            store: self.store.clone(),
            settings: program.engine,
            webhooks: program.config.webhooks.filter(|_| !program.readonly),
            profile: program.profile.name,
            told: self.told.clone(),
            running: self.running.clone(),
        };
        tokio::spawn(beside.run(stop))
    }

    async fn follow(
        &mut self,
        screen: &mut Screen,
        mut inbox: UnboundedReceiver<Msg>,
        mut made: UnboundedReceiver<Made>,
        mut signals: Signals,
    ) -> Result<Left, Error> {
        let mut events = EventStream::new();
        // Changes of size are heard of from the first look on; what happened before is caught up with.
        if let Some(Some(event)) = events.next().now_or_never() {
            self.take_in(event?, screen)?;
        }
        let (width, height) = screen.size()?;
        if (Size { width, height }) != self.state.size {
            self.update(Msg::Resize(Size { width, height }), screen)?;
            self.draw(screen)?;
        }
        loop {
            let wake = self.wake();
            tokio::select! {
                biased;
                event = events.next() => match event {
                    Some(event) => self.take_in(event?, screen)?,
                    None => return Ok(Left::Stopped),
                },
                Some(msg) = inbox.recv() => self.update(msg, screen)?,
                Some(made) = made.recv() => self.hang(made, screen)?,
                stop = signals.next() => if stop == Stop::Terminate {
                    return Ok(Left::Stopped);
                },
                () = tokio::time::sleep(wake) => {}
            }
            while let Some(Some(event)) = events.next().now_or_never() {
                self.take_in(event?, screen)?;
            }
            while let Ok(msg) = inbox.try_recv() {
                self.update(msg, screen)?;
            }
            while let Ok(made) = made.try_recv() {
                self.hang(made, screen)?;
            }
            self.update(Msg::Tick(Timestamp::now()), screen)?;
            if self.quits {
                return Ok(Left::Quit);
            }
            if std::mem::take(&mut self.suspends) {
                drop(events);
                screen.lend();
                super::signals::suspend().await;
                screen.resume()?;
                self.scratch.pictures.forget_all();
                events = EventStream::new();
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
        match &msg {
            // Letters may have another size now.
            Msg::Resize(_) => self.measure(),
            Msg::Changed(changes) if changes.pictures || changes.anything => {
                self.scratch.pictures.forget_missing();
            }
            Msg::Picture(PictureNews::Fetched(_)) => self.scratch.pictures.forget_missing(),
            _ => {}
        }
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
                let (deeds, told) = (self.deeds.clone(), self.told.clone());
                tokio::spawn(async move {
                    if let Some(done) = deeds.perform(deed).await {
                        let _ = told.send(Msg::Done(done));
                    }
                });
            }
            Effect::Engine(wish) => self.running.wish(wish),
            Effect::Mouse(on) => screen.mouse(on)?,
            Effect::Redraw => {
                self.scratch.pictures.forget_all();
                screen.redraw()?;
            }
            Effect::Picture(wish) => self.picture(wish),
            Effect::Quit => self.quits = true,
            Effect::Suspend => self.suspends = true,
            Effect::Copy(_) | Effect::OpenUrl(_) | Effect::Editor(_) => {}
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

impl Run {
    /// Finds out how pictures are drawn.
    fn measure(&mut self) {
        let medium = pictures::find_medium(self.images, &self.theme);
        self.scratch.pictures.set_medium(medium);
    }

    /// Takes in a picture that was worked out.
    fn hang(&mut self, made: Made, screen: &mut Screen) -> Result<(), Error> {
        let medium = self.scratch.pictures.medium();
        self.painters.done(&made, medium);
        if let Of::File(key) = &made.wanted.of
            && made.gone
        {
            let gone = PictureNews::Gone(key.clone());
            self.update(Msg::Picture(gone), screen)?;
        }
        // What was begun for another size of letters is of no use.
        if made.medium != medium {
            return Ok(());
        }
        let drawn = match made.picture {
            Some(picture) => {
                screen.send(&picture.sent)?;
                Some(picture.drawn)
            }
            None => None,
        };
        self.scratch.pictures.put(made.wanted, drawn);
        Ok(())
    }

    /// Lets the terminal forget pictures that are of no use any more.
    fn forget_pictures(&mut self, screen: &mut Screen) -> Result<(), Error> {
        let dropped = self.scratch.pictures.take_dropped();
        let words = pictures::forgotten(&dropped, self.scratch.pictures.medium());
        screen.send(&words)?;
        Ok(())
    }

    fn picture(&self, wish: PictureWish) {
        let (files, told) = (self.painters.files().clone(), self.told.clone());
        let tell = move |news| {
            let _ = told.send(Msg::Picture(news));
        };
        match wish {
            PictureWish::Look(asked) => {
                tokio::task::spawn_blocking(move || {
                    let here = files.here(&asked);
                    tell(PictureNews::Looked { asked, here });
                });
            }
            PictureWish::Fetch(key) => {
                let Some(client) = self.client.clone() else {
                    let why = "The picture cannot be fetched: no server is connected.";
                    return tell(PictureNews::Failed(key, why.to_owned()));
                };
                let asker = self.running.asker();
                tokio::spawn(async move {
                    let done = files.fetch(&client, &asker, &key).await;
                    tell(match done {
                        Ok(()) => PictureNews::Fetched(key),
                        Err(error) => PictureNews::Failed(key, error.to_string()),
                    });
                });
            }
        }
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
