//! Hears when the program is asked to end by somebody else than its user: another program, or a terminal that is closed.

/// Requests to end, from the moment this is made.
pub struct Ends {
    #[cfg(unix)]
    heard: Option<[tokio::signal::unix::Signal; 2]>,
}

impl Ends {
    pub fn listen() -> Self {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            let both = [SignalKind::terminate(), SignalKind::hangup()].map(signal);
            let heard = match both {
                [Ok(terminate), Ok(hangup)] => Some([terminate, hangup]),
                _ => None,
            };
            Self { heard }
        }
        #[cfg(not(unix))]
        Self {}
    }

    /// Waits for a request.
    pub async fn asked(&mut self) {
        #[cfg(unix)]
        if let Some([terminate, hangup]) = &mut self.heard {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = hangup.recv() => {}
            }
            return;
        }
        std::future::pending::<()>().await;
    }
}
