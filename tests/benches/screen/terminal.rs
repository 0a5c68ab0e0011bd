//! A terminal that measures: when a program began, when it had answered a key, and how much it wrote.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// What is run, and what it shows when it is ready.
pub struct Program {
    pub command: PathBuf,
    pub arguments: Vec<String>,
    pub env: Vec<(String, String)>,
    pub ready: &'static str,
}

/// What came of a key.
pub struct Answer {
    /// When the last of it was written; absent when nothing was.
    pub settled: Option<Duration>,
    pub bytes: usize,
    /// In how many pieces it came.
    pub reads: usize,
}

/// A program in a terminal.
pub struct Terminal {
    /// From its start to its first useful frame.
    pub begun: Duration,
    output: Receiver<(Instant, Vec<u8>)>,
    written: Arc<AtomicUsize>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    _pty: Box<dyn MasterPty + Send>,
}

impl Terminal {
    pub fn start(program: &Program) -> Self {
        let size = PtySize {
            rows: 36,
            cols: 120,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(&program.command);
        command.args(&program.arguments);
        command.env("TERM", "xterm-256color");
        command.env("COLORTERM", "truecolor");
        for (name, value) in &program.env {
            command.env(name, value);
        }
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (told, output) = channel();
        let written = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&written);
        std::thread::spawn(move || {
            let mut part = vec![0; 1 << 16];
            while let Ok(count @ 1..) = reader.read(&mut part) {
                counted.fetch_add(count, Ordering::Relaxed);
                if told.send((Instant::now(), part[..count].to_vec())).is_err() {
                    return;
                }
            }
        });
        let keys = pair.master.take_writer().unwrap();
        let start = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap();
        let mut terminal = Self {
            begun: Duration::ZERO,
            output,
            written,
            keys,
            child,
            _pty: pair.master,
        };
        let mut parser = vt100::Parser::default();
        parser
            .screen_mut()
            .set_size(36.try_into().unwrap(), 120.try_into().unwrap());
        while let Ok((at, part)) = terminal.output.recv_timeout(Duration::from_secs(20)) {
            parser.process(&part);
            if parser.screen().contents().contains(program.ready) {
                terminal.begun = at - start;
                break;
            }
        }
        terminal.drain(Duration::from_millis(300));
        terminal
    }

    /// Presses keys, and waits until nothing was written for a while.
    pub fn press(&mut self, keys: &str, quiet: Duration) -> Answer {
        let start = Instant::now();
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
        let mut answer = Answer {
            settled: None,
            bytes: 0,
            reads: 0,
        };
        while let Ok((at, part)) = self.output.recv_timeout(quiet) {
            answer.settled = Some(at - start);
            answer.bytes += part.len();
            answer.reads += 1;
        }
        answer
    }

    fn drain(&self, quiet: Duration) {
        while !matches!(
            self.output.recv_timeout(quiet),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected)
        ) {}
    }

    pub fn bytes(&self) -> usize {
        self.written.load(Ordering::Relaxed)
    }

    /// Resident memory, in megabytes.
    pub fn memory(&self) -> f64 {
        let status = self.proc("status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
        kib.unwrap_or(0.0) / 1024.0
    }

    /// Time of the processor so far, of all threads.
    pub fn cpu(&self) -> Duration {
        let folder = format!("/proc/{}/task", self.child.process_id().unwrap());
        let Ok(tasks) = std::fs::read_dir(folder) else {
            return Duration::ZERO;
        };
        let spent = tasks.flatten().filter_map(|task| {
            let text = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
            text.split(' ').next()?.parse::<u64>().ok()
        });
        Duration::from_nanos(spent.sum())
    }

    fn proc(&self, name: &str) -> String {
        let path = format!("/proc/{}/{name}", self.child.process_id().unwrap());
        std::fs::read_to_string(path).unwrap_or_default()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
