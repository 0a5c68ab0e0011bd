//! Puts text into the clipboard with the programs a desktop has for it. The terminal is told beside, for those who work
//! on another machine.

use std::io::Write as _;
use std::process::{Command, Stdio};

/// Programs that take text for the clipboard, and what says that they can be used.
const PROGRAMS: [(&str, &[&str], &str); 3] = [
    ("wl-copy", &[], "WAYLAND_DISPLAY"),
    ("xclip", &["-selection", "clipboard"], "DISPLAY"),
    ("xsel", &["--clipboard", "--input"], "DISPLAY"),
];

/// Copies with the first program that is there. Waits for it, so it must not be called in the loop.
pub fn copy(text: &str) {
    if cfg!(target_os = "macos") && run("pbcopy", &[], text) {
        return;
    }
    for (program, arguments, needs) in PROGRAMS {
        if std::env::var_os(needs).is_some_and(|it| !it.is_empty()) && run(program, arguments, text)
        {
            return;
        }
    }
}

fn run(program: &str, arguments: &[&str], text: &str) -> bool {
    let child = Command::new(program)
        .args(arguments)
        .env_remove("ONEBOX_KEY")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = child else {
        return false;
    };
    let written = child
        .stdin
        .take()
        .is_some_and(|mut it| it.write_all(text.as_bytes()).is_ok());
    written && child.wait().is_ok_and(|it| it.success())
}
