//! A real terminal with the program in it, and somebody who presses keys and looks at the screen.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long anything may take to be seen, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// Modes of a terminal that a program may switch on and has to switch off again, but for the cursor, which is on at
/// first.
const MODES: [u16; 9] = [1000, 1002, 1003, 1004, 1006, 1015, 1049, 2004, 2026];

/// A terminal and the program in it.
pub struct Terminal {
    shown: Arc<(Mutex<Shown>, Condvar)>,
    keys: Box<dyn Write + Send>,
    pty: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
}

struct Shown {
    parser: vt100::Parser,
    /// Everything that was written.
    raw: Vec<u8>,
    ended: bool,
}

impl Terminal {
    /// Starts the program in a terminal of so many columns and rows.
    pub fn start(size: (u16, u16), data: &Path, env: &[(&str, &str)], arguments: &[&str]) -> Self {
        let (columns, rows) = size;
        let pair = native_pty_system()
            .openpty(pty_size(columns, rows))
            .unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_onebox"));
        command.args(arguments);
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("COLORTERM", "truecolor");
        command.env("LANG", "C.UTF-8");
        command.env("TZ", "UTC");
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", data);
        command.env("ONEBOX_DATA", data.join("data"));
        command.env("ONEBOX_CONFIG", data.join("config"));
        command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
        for (name, value) in env {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let shown = Shown {
            parser: vt100::Parser::new(cells(rows), cells(columns), 0),
            raw: Vec::new(),
            ended: false,
        };
        let shown = Arc::new((Mutex::new(shown), Condvar::new()));
        let mut output = pair.master.try_clone_reader().unwrap();
        let seen = Arc::clone(&shown);
        std::thread::spawn(move || {
            let mut part = [0; 1 << 14];
            loop {
                let count = output.read(&mut part).unwrap_or(0);
                let mut shown = seen.0.lock().unwrap();
                shown.ended = count == 0;
                shown.raw.extend_from_slice(&part[..count]);
                shown.parser.process(&part[..count]);
                seen.1.notify_all();
                if count == 0 {
                    return;
                }
            }
        });
        Self {
            shown,
            keys: pair.master.take_writer().unwrap(),
            pty: pair.master,
            child,
        }
    }

    /// Types text as it is.
    pub fn type_in(&mut self, text: &str) {
        self.keys.write_all(text.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Presses a key by its name.
    pub fn press(&mut self, key: &str) {
        let bytes = match key {
            "Enter" => "\r",
            "Esc" => "\x1b",
            "Tab" => "\t",
            "Backspace" => "\x7f",
            "Up" => "\x1b[A",
            "Down" => "\x1b[B",
            "PgUp" => "\x1b[5~",
            "PgDn" => "\x1b[6~",
            "alt-Enter" => "\x1b\r",
            ctrl if ctrl.starts_with('^') && ctrl.len() == 2 => {
                let code = ctrl.as_bytes()[1].to_ascii_uppercase() & 0x1f;
                return self.type_in(&char::from(code).to_string());
            }
            other => other,
        };
        self.type_in(bytes);
    }

    /// Clicks on a cell; the first one is 0, 0.
    pub fn click(&mut self, column: u16, row: u16) {
        let (x, y) = (column + 1, row + 1);
        self.type_in(&format!("\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m"));
    }

    /// Turns the wheel over a cell by one notch.
    pub fn wheel(&mut self, column: u16, row: u16, down: bool) {
        let (x, y) = (column + 1, row + 1);
        let button = if down { 65 } else { 64 };
        self.type_in(&format!("\x1b[<{button};{x};{y}M"));
    }

    /// Waits until the screen is as it should be.
    #[track_caller]
    pub fn until(&self, what: &str, is_so: impl Fn(&vt100::Screen) -> bool) {
        let end = Instant::now() + PATIENCE;
        let mut shown = self.shown.0.lock().unwrap();
        while !is_so(shown.parser.screen()) {
            let left = end.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero() && !shown.ended,
                "waited for {what}, and saw:\n{}",
                shown.parser.screen().contents()
            );
            shown = self.shown.1.wait_timeout(shown, left).unwrap().0;
        }
    }

    /// Waits until a text is on the screen.
    #[track_caller]
    pub fn see(&self, text: &str) {
        self.until(text, |screen| screen.contents().contains(text));
    }

    /// Waits until a text is on the screen no more.
    #[track_caller]
    pub fn miss(&self, text: &str) {
        self.until(&format!("`{text}` to go"), |screen| {
            !screen.contents().contains(text)
        });
    }

    /// Looks at the whole screen.
    pub fn with<T>(&self, look: impl FnOnce(&vt100::Screen) -> T) -> T {
        look(self.shown.0.lock().unwrap().parser.screen())
    }

    /// Where a text is on the screen, as column and row.
    pub fn find(&self, text: &str) -> Option<(u16, u16)> {
        let contents = self.shown.0.lock().unwrap().parser.screen().contents();
        let (row, line) = contents
            .lines()
            .enumerate()
            .find(|(_, line)| line.contains(text))?;
        let column = line.split(text).next()?.chars().count();
        Some((u16::try_from(column).ok()?, u16::try_from(row).ok()?))
    }

    /// Makes the terminal another size.
    pub fn resize(&self, columns: u16, rows: u16) {
        self.shown
            .0
            .lock()
            .unwrap()
            .parser
            .screen_mut()
            .set_size(cells(rows), cells(columns));
        self.pty.resize(pty_size(columns, rows)).unwrap();
    }

    /// The process of the program.
    pub fn id(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Sends the program a signal, by its name.
    pub fn signal(&self, name: &str) {
        let command = format!("kill -{name} {}", self.id());
        let done = std::process::Command::new("sh")
            .args(["-c", &command])
            .status();
        assert!(done.unwrap().success());
    }

    /// Waits until the program has ended; gives its exit code and everything it wrote.
    pub fn end(mut self) -> Ended {
        let mut shown = self.shown.0.lock().unwrap();
        let end = Instant::now() + PATIENCE;
        while !shown.ended {
            let left = end.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero(),
                "it does not end:\n{}",
                shown.parser.screen().contents()
            );
            shown = self.shown.1.wait_timeout(shown, left).unwrap().0;
        }
        let left_on = left_on(&shown.raw);
        let contents = shown.parser.screen().contents();
        drop(shown);
        Ended {
            code: self.child.wait().unwrap().exit_code(),
            left_on,
            contents,
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What is left when a program has ended.
#[derive(Debug)]
pub struct Ended {
    pub code: u32,
    /// Modes of the terminal that are still on.
    pub left_on: Vec<String>,
    /// What the terminal shows.
    pub contents: String,
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap()
}

fn pty_size(columns: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols: columns,
        pixel_width: 0,
        pixel_height: 0,
    }
}

/// The modes that were switched on and never off again.
fn left_on(raw: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(raw);
    let last = |mode: u16| {
        let on = text.rfind(&format!("\x1b[?{mode}h"));
        (on, text.rfind(&format!("\x1b[?{mode}l")))
    };
    let mut left: Vec<String> = MODES
        .into_iter()
        .filter(|mode| matches!(last(*mode), (on @ Some(_), off) if on > off))
        .map(|mode| mode.to_string())
        .collect();
    if matches!(last(25), (on, off @ Some(_)) if off > on) {
        left.push("hidden cursor".to_owned());
    }
    left
}
