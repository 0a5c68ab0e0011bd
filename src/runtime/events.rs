//! What the terminal says. The loop waits for it on its own thread: nothing stands between a key and its frame.

use std::io;

use crossterm::event::Event;

pub use system::Events;

#[cfg(unix)]
mod system {
    use std::io::{Stdin, stdin};
    use std::time::Duration;

    use crossterm::event::{poll, read};
    use crossterm::terminal::size;
    use tokio::io::Interest;
    use tokio::io::unix::AsyncFd;
    use tokio::signal::unix::{Signal, SignalKind, signal};

    use super::{Event, io};

    /// What the terminal says, as long as somebody asks: in between, an editor can have the keyboard.
    #[derive(Debug)]
    pub struct Events {
        keyboard: AsyncFd<Stdin>,
        resizes: Signal,
        resized: bool,
        /// Whether more may have been read than was given.
        more: bool,
    }

    impl Events {
        /// Begins to listen; needs the runtime of those who wait.
        #[allow(
            deprecated,
            reason = "what took its place is unsafe, and standard input stays open for good"
        )]
        pub fn listen() -> io::Result<Self> {
            Ok(Self {
                keyboard: AsyncFd::with_interest(stdin(), Interest::READABLE)?,
                resizes: signal(SignalKind::window_change())?,
                resized: false,
                more: true,
            })
        }

        /// Waits until there may be something to take; false when the terminal is gone.
        pub async fn wait(&mut self) -> io::Result<bool> {
            tokio::select! {
                ready = self.keyboard.readable() => {
                    let mut ready = ready?;
                    if ready.ready().is_read_closed() {
                        return Ok(false);
                    }
                    // What comes from now on wakes again; what is there is taken before the next wait.
                    ready.clear_ready();
                }
                _ = self.resizes.recv() => {
                    self.resized = true;
                    // The reader of keys has heard of it as well, and would give that in place of the next key.
                    self.more = true;
                }
            }
            Ok(true)
        }

        /// What was said, without waiting for more.
        pub fn take(&mut self) -> io::Result<Option<Event>> {
            if std::mem::take(&mut self.resized) {
                let (width, height) = size()?;
                return Ok(Some(Event::Resize(width, height)));
            }
            // Reading where nothing is would wait, and for ever where the terminal is gone.
            if !self.more && rustix::io::ioctl_fionread(self.keyboard.get_ref())? == 0 {
                return Ok(None);
            }
            self.more = poll(Duration::ZERO)?;
            self.more.then(read).transpose()
        }
    }
}

#[cfg(not(unix))]
mod system {
    use crossterm::event::EventStream;
    use futures_util::{FutureExt as _, StreamExt as _};

    use super::{Event, io};

    /// What the terminal says, as long as somebody asks.
    #[derive(Debug, Default)]
    pub struct Events {
        stream: EventStream,
        next: Option<Event>,
    }

    impl Events {
        /// Begins to listen.
        pub fn listen() -> io::Result<Self> {
            Ok(Self::default())
        }

        /// Waits until there is something to take; false when the terminal is gone.
        pub async fn wait(&mut self) -> io::Result<bool> {
            self.next = self.stream.next().await.transpose()?;
            Ok(self.next.is_some())
        }

        /// What was said, without waiting for more.
        pub fn take(&mut self) -> io::Result<Option<Event>> {
            if let Some(event) = self.next.take() {
                return Ok(Some(event));
            }
            self.stream.next().now_or_never().flatten().transpose()
        }
    }
}
