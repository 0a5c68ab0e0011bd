//! Hears when the program is asked to stop, in whatever way.

/// Requests to stop, from the moment this is made.
#[derive(Debug)]
pub struct Signals {
    #[cfg(unix)]
    heard: Option<[tokio::signal::unix::Signal; 3]>,
}

/// How the program was asked to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// With Ctrl-C, which a terminal tells all programs that run in it.
    Interrupt,
    /// By another program, or by a terminal that was closed.
    Terminate,
}

impl Signals {
    /// Begins to listen; needs the runtime.
    pub fn listen() -> Self {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            let all = [
                SignalKind::interrupt(),
                SignalKind::terminate(),
                SignalKind::hangup(),
            ]
            .map(signal);
            let heard = match all {
                [Ok(interrupt), Ok(terminate), Ok(hangup)] => Some([interrupt, terminate, hangup]),
                _ => None,
            };
            Self { heard }
        }
        #[cfg(not(unix))]
        Self {}
    }

    /// Waits for the next request to stop.
    pub async fn next(&mut self) -> Stop {
        #[cfg(unix)]
        if let Some([interrupt, terminate, hangup]) = &mut self.heard {
            return tokio::select! {
                _ = interrupt.recv() => Stop::Interrupt,
                _ = terminate.recv() => Stop::Terminate,
                _ = hangup.recv() => Stop::Terminate,
            };
        }
        // Without signals there is nothing to wait for but the end of the process.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        Stop::Interrupt
    }
}

/// Stops the program until the shell wakes it again.
pub async fn suspend() {
    #[cfg(unix)]
    {
        let stopped = tokio::task::spawn_blocking(|| {
            rustix::process::kill_current_process_group(rustix::process::Signal::TSTP)
        });
        let _ = stopped.await;
    }
}
