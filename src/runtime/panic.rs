//! What happens when something in the program breaks: the terminal is given back first, or the user is told and goes on.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::mpsc::UnboundedSender;

use super::terminal;
use crate::app::Msg;

thread_local! {
    /// Whether what this thread does may break without a word to the user.
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Does something that may break on what strangers have made, such as unpacking a picture; nothing when it did.
pub fn quietly<T>(work: impl FnOnce() -> T) -> Option<T> {
    QUIET.set(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    QUIET.set(false);
    done.ok()
}

type Hook = Arc<dyn Fn(&PanicHookInfo<'_>) + Send + Sync>;

/// While this lives, a broken screen gives the terminal back, and a broken worker becomes a notice.
pub struct Watch {
    before: Hook,
}

impl Watch {
    /// Begins to watch; the thread of the caller is the one of the screen.
    pub fn begin(told: UnboundedSender<Msg>, log: PathBuf) -> Self {
        let before: Hook = Arc::from(std::panic::take_hook());
        let (screen, usual) = (std::thread::current().id(), Arc::clone(&before));
        std::panic::set_hook(Box::new(move |panic| {
            tracing::error!(%panic, "something broke");
            if QUIET.get() {
                return;
            }
            if std::thread::current().id() == screen {
                terminal::restore();
                usual(panic);
                tell(&log);
            } else {
                let words = format!(
                    "Something in onebox broke; it goes on. The log has more: {}",
                    log.display()
                );
                let _ = told.send(Msg::Notice(words));
            }
        }));
        Self { before }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // A thread that is breaking must not change what happens then.
        if !std::thread::panicking() {
            let before = Arc::clone(&self.before);
            std::panic::set_hook(Box::new(move |panic| before(panic)));
        }
    }
}

#[allow(
    clippy::print_stderr,
    reason = "the terminal is itself again, and this is the last word"
)]
fn tell(log: &std::path::Path) {
    eprintln!(
        "onebox broke. Nothing that was sent or drafted is lost. The log is {}.",
        log.display()
    );
}
