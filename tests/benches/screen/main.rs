//! How quick the screen is with 10,000 conversations and a million messages stored: to start, to answer a key, to be
//! idle. The program runs in a real terminal, beside the least that ratatui needs to show a list, in the same run;
//! docs/benchmarks.md has the figures.
#![allow(clippy::unwrap_used, reason = "a bench may fail")]
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "figures are what a bench is for"
)]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::indexing_slicing,
    reason = "numbers of an invented world are small"
)]

#[path = "../store/build.rs"]
#[allow(dead_code, reason = "the bench of the store uses the rest")]
mod build;
mod hello;
mod terminal;
#[path = "../store/world.rs"]
#[allow(dead_code, reason = "the bench of the store uses the rest")]
mod world;

use std::path::Path;
use std::time::Duration;

use onebox::sync::Lead;
use terminal::{Answer, Program, Terminal};

const LARGE: world::World = world::World {
    chats: 10_000,
    messages: 1_000_000,
};

/// One thing that is done again and again.
struct Act {
    name: &'static str,
    /// What brings the screen to where it is done.
    before: &'static str,
    keys: &'static str,
    times: usize,
    /// What takes it back each time.
    after: &'static str,
    /// What leaves the place again.
    end: &'static str,
    reps: usize,
    /// The same for the floor.
    floor: &'static str,
}

const ACTS: &[Act] = &[
    act("move down", "", "j", "", "", "j"),
    act("page down", "", "\x1b[6~", "", "", "\x1b[6~"),
    Act {
        times: 200,
        reps: 10,
        ..act("200 moves at once", "gg", "j", "", "", "j")
    },
    Act {
        reps: 60,
        ..act("open a conversation", "gg", "\r", "\x1b\x1bj", "", "j")
    },
    Act {
        reps: 60,
        ..act("a letter of a search", "/", "a", "\x7f", "\x1b", "j")
    },
    act("type a letter", "i", "a", "", "\x1b", "j"),
];

const fn act(
    name: &'static str,
    before: &'static str,
    keys: &'static str,
    after: &'static str,
    end: &'static str,
    floor: &'static str,
) -> Act {
    Act {
        name,
        before,
        keys,
        times: 1,
        after,
        end,
        reps: 100,
        floor,
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|it| it == "--hello") {
        return hello::run().unwrap();
    }
    let root = build::built(LARGE);
    let home = profile(&root);
    // Whoever has the lead fetches; here nobody shall, so that nothing but the screen is measured.
    let _lead = Lead::take(&home.join("data/profiles/default"))
        .unwrap()
        .expect("nobody else has it");
    let (hello, onebox) = (hello_program(), onebox_program(&home));
    starts(&hello, &onebox);
    answers(&hello, &onebox);
    rests(&onebox);
}

/// A home whose inbox is the large store.
fn profile(root: &Path) -> std::path::PathBuf {
    let home = root.join("home");
    let place = home.join("data/profiles/default");
    if !place.exists() {
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(root.join("store"), &place).unwrap();
    }
    home
}

fn hello_program() -> Program {
    Program {
        command: std::env::current_exe().unwrap(),
        arguments: vec!["--hello".to_owned()],
        env: Vec::new(),
        ready: "hello",
    }
}

fn onebox_program(home: &Path) -> Program {
    let path = |name: &str| home.join(name).to_string_lossy().into_owned();
    Program {
        command: env!("CARGO_BIN_EXE_onebox").into(),
        arguments: Vec::new(),
        env: vec![
            ("ONEBOX_URL".to_owned(), "http://127.0.0.1:9".to_owned()),
            ("ONEBOX_KEY".to_owned(), "none".to_owned()),
            ("ONEBOX_DATA".to_owned(), path("data")),
            ("ONEBOX_CONFIG".to_owned(), path("config")),
        ],
        ready: "All inboxes",
    }
}

fn starts(hello: &Program, onebox: &Program) {
    let (mut floor, mut ours) = (Vec::new(), Vec::new());
    for _ in 0..20 {
        floor.push(Terminal::start(hello).begun);
        ours.push(Terminal::start(onebox).begun);
    }
    println!("{:24} {:>9} {:>9}", "", "median", "p99");
    figures("start: hello", &mut floor);
    figures("start: onebox", &mut ours);
}

fn answers(hello: &Program, onebox: &Program) {
    let (mut floor, mut ours) = (Terminal::start(hello), Terminal::start(onebox));
    println!(
        "\n{:24} {:>9} {:>9} {:>9} {:>7}",
        "", "median", "p99", "bytes", "frames"
    );
    for act in ACTS {
        // In turns, so that noise meets both alike.
        let of_floor = repeat(&mut floor, act, act.floor, false);
        let of_ours = repeat(&mut ours, act, act.keys, true);
        told(&format!("{}: hello", act.name), of_floor);
        told(&format!("{}: onebox", act.name), of_ours);
    }
    let before = ours.memory();
    for _ in 0..1_000 {
        ours.press("\x1b[6~", Duration::from_millis(5));
    }
    println!(
        "\nmemory: {:.1} MB, after 1,000 pages {:.1} MB",
        before,
        ours.memory()
    );
}

fn repeat(terminal: &mut Terminal, act: &Act, keys: &str, ours: bool) -> Vec<Answer> {
    let settle = Duration::from_millis(if ours { 300 } else { 30 });
    if ours && !act.before.is_empty() {
        terminal.press(act.before, settle);
    }
    let keys = keys.repeat(act.times);
    let mut answers = Vec::new();
    for _ in 0..act.reps {
        answers.push(terminal.press(&keys, Duration::from_millis(30)));
        if ours && !act.after.is_empty() {
            terminal.press(act.after, Duration::from_millis(60));
        }
    }
    if ours && !act.end.is_empty() {
        terminal.press(act.end, settle);
    }
    answers
}

fn rests(onebox: &Program) {
    let terminal = Terminal::start(onebox);
    std::thread::sleep(Duration::from_secs(3));
    let (cpu, bytes) = (terminal.cpu(), terminal.bytes());
    let time = Duration::from_secs(10);
    std::thread::sleep(time);
    let spent = (terminal.cpu() - cpu).as_secs_f64() * 1e3 / time.as_secs_f64();
    println!(
        "idle: {spent:.2} ms of CPU a second, {} bytes",
        terminal.bytes() - bytes
    );
}

fn told(name: &str, answers: Vec<Answer>) {
    let mut times: Vec<Duration> = answers.iter().filter_map(|it| it.settled).collect();
    let missed = answers.len() - times.len();
    let mut bytes: Vec<usize> = answers.iter().map(|it| it.bytes).collect();
    let mut frames: Vec<usize> = answers.iter().map(|it| it.reads).collect();
    bytes.sort_unstable();
    frames.sort_unstable();
    times.sort_unstable();
    if times.is_empty() {
        println!("{name:24} nothing happened");
        return;
    }
    let ms = |time: Duration| format!("{:.2} ms", time.as_secs_f64() * 1e3);
    let p99 = times[(times.len() * 99 / 100).min(times.len() - 1)];
    println!(
        "{name:24} {:>9} {:>9} {:>9} {:>7}{}",
        ms(times[times.len() / 2]),
        ms(p99),
        bytes[bytes.len() / 2],
        frames[frames.len() / 2],
        if missed > 0 {
            format!("  ({missed} changed nothing)")
        } else {
            String::new()
        }
    );
}

fn figures(name: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let ms = |time: Duration| format!("{:.2} ms", time.as_secs_f64() * 1e3);
    println!(
        "{name:24} {:>9} {:>9}",
        ms(times[times.len() / 2]),
        ms(times[times.len() - 1])
    );
}
