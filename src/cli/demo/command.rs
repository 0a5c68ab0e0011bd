//! Runs another command of onebox against the embedded server, in a profile that is thrown away.

use std::ffi::OsString;
use std::process::{Command, ExitCode, ExitStatus};
use std::time::Duration;

use tokio::task::{JoinError, JoinHandle};

use super::super::{Failure, Globals};
use crate::config::private;
use crate::demo::Demo;
use crate::runtime::signals::{Signals, Stop};

/// How long a command that was asked to stop may take for it.
const GRACE: Duration = Duration::from_secs(5);

/// Runs the command to its end and gives back how it ended.
pub(super) async fn run(
    demo: &Demo,
    words: &[OsString],
    globals: &Globals,
    mut signals: Signals,
) -> Result<ExitCode, Failure> {
    let failed = |error: std::io::Error| {
        Failure::usage(format!("The command could not be started: {error}."))
    };
    // Removed again when dropped, whatever becomes of the command.
    let folder = tempfile::Builder::new()
        .prefix("onebox-demo-")
        .tempdir()
        .map_err(failed)?;
    let (data, config) = (folder.path().join("data"), folder.path().join("config"));
    for folder in [&data, &config] {
        private::folder(folder).map_err(failed)?;
    }
    let mut command = Command::new(std::env::current_exe().map_err(failed)?);
    if globals.readonly {
        command.arg("--readonly");
    }
    command.arg("--own-server");
    // A key in the environment of another program would be a leak; this one is onebox itself, and the key is made up.
    command
        .args(words)
        .env("ONEBOX_URL", demo.url())
        .env("ONEBOX_KEY", demo.key())
        .env("ONEBOX_DATA", &data)
        .env("ONEBOX_CONFIG", &config)
        .env("ONEBOX_PROFILE", "demo");
    let mut child = command.spawn().map_err(failed)?;
    let id = child.id();
    let mut end = tokio::task::spawn_blocking(move || child.wait());
    let ended = tokio::select! {
        ended = &mut end => ended,
        stop = signals.next() => wind_up(end, id, stop).await,
    };
    let status = ended.map_err(std::io::Error::other).flatten();
    Ok(code(status.map_err(failed)?))
}

/// Brings a command to its end, more firmly with each step.
async fn wind_up<T>(mut end: JoinHandle<T>, id: u32, stop: Stop) -> Result<T, JoinError> {
    // Ctrl-C has reached the command as well, which may have something to finish.
    let steps: &[_] = match stop {
        Stop::Interrupt => &[None, Some("TERM"), Some("KILL")],
        Stop::Terminate => &[Some("TERM"), Some("KILL")],
    };
    for signal in steps {
        if let Some(signal) = signal {
            tell(id, signal);
        }
        if let Ok(ended) = tokio::time::timeout(GRACE, &mut end).await {
            return ended;
        }
    }
    end.await
}

/// Sends a signal to the command, which has not been waited for and so still owns its number.
fn tell(id: u32, signal: &str) {
    let kill = format!("kill -{signal} {id}");
    // The shell's own `kill`: the program of that name is not on every machine.
    let _ = Command::new("sh").args(["-c", &kill]).status();
}

/// The exit code of a command, as a shell would give it.
fn code(status: ExitStatus) -> ExitCode {
    #[cfg(unix)]
    let signal = std::os::unix::process::ExitStatusExt::signal(&status);
    #[cfg(not(unix))]
    let signal: Option<i32> = None;
    let number = status.code().or(signal.map(|signal| 128 + signal));
    ExitCode::from(
        number
            .and_then(|number| u8::try_from(number).ok())
            .unwrap_or(1),
    )
}
