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

/// Does something after which others wait for an answer, whatever becomes of it; the user is told when it breaks.
pub fn caught<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
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

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::sync::mpsc::unbounded_channel;

    #[tokio::test]
    async fn a_worker_that_breaks_is_told_of_and_the_program_goes_on() {
        let (told, mut inbox) = unbounded_channel();
        let watch = Watch::begin(told, "/somewhere/onebox.log".into());
        let worker = tokio::task::spawn_blocking(|| -> u8 { panic!("broken on purpose") });
        assert!(worker.await.is_err());
        let Some(Msg::Notice(words)) = inbox.recv().await else {
            panic!("nobody was told");
        };
        assert!(
            words.contains("it goes on") && words.contains("/somewhere/onebox.log"),
            "{words}"
        );
        // What strangers have made may break without a word.
        let quiet = tokio::task::spawn_blocking(|| quietly(|| -> u8 { panic!("a bad picture") }));
        assert_eq!(quiet.await.unwrap(), None);
        assert!(inbox.try_recv().is_err());
        drop(watch);
    }
}
