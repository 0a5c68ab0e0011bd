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

use jiff::Timestamp;
use onebox::model::account::{Account, AccountSource, AccountStatus, Connection, Login, Provider};
use onebox::store::apply::{self, Stamp};
use onebox::store::{Care, Store};
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
    /// What is measured, one after the other.
    keys: &'static [&'static str],
    times: usize,
    /// What takes all of it back.
    after: &'static [&'static str],
    /// What leaves the place again.
    end: &'static [&'static str],
    reps: usize,
    /// The same for the floor.
    floor: &'static [&'static str],
}

const ACTS: &[Act] = &[
    act("move", "gg", &["j", "k"]),
    Act {
        floor: &["j"],
        ..act("move that scrolls", "gg", &["j"])
    },
    Act {
        floor: &["\x1b[6~"],
        ..act("page", "gg", &["\x1b[6~"])
    },
    Act {
        times: 200,
        reps: 30,
        floor: &["j"],
        ..act("200 moves at once", "gg", &["j"])
    },
    Act {
        after: &["\x1b", "j"],
        ..act("open a conversation", "gg", &["\r"])
    },
    Act {
        after: &["\x15"],
        end: &["\x1b"],
        ..act(
            "a letter of a search",
            "/",
            &["m", "e", "e", "t", "i", "n", "g", " ", "p", "r", "o"],
        )
    },
    Act {
        after: &["\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f"],
        end: &["\x1b", "\x1b"],
        ..act(
            "type a letter",
            "i",
            &["t", "y", "p", "e", " ", "t", "h", "e"],
        )
    },
];

const fn act(name: &'static str, before: &'static str, keys: &'static [&'static str]) -> Act {
    Act {
        name,
        before,
        keys,
        after: &[],
        end: &[],
        floor: &["k", "j"],
        times: 1,
        reps: 200,
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
        .unwrap();
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
    let store = Store::open(&place).unwrap();
    let list = accounts();
    let write = move |tx: &onebox::store::Tx<'_>| {
        apply::accounts(tx, &list, true, Stamp(3), Timestamp::UNIX_EPOCH)
    };
    store.write_now(Care::Cache, write).unwrap();
    home
}

/// The accounts of the conversations.
fn accounts() -> Vec<Account> {
    let providers = [
        Provider::Linkedin,
        Provider::Whatsapp,
        Provider::Telegram,
        Provider::Instagram,
        Provider::Messenger,
    ];
    let account = |(nth, provider): (usize, Provider)| {
        let name = format!("Account {nth}");
        Account {
            id: format!("account{nth}").into(),
            provider,
            connection: Connection::Messaging(Login {
                id: Some(format!("self{nth}")),
                username: Some(name.clone()),
            }),
            name,
            created_at: None,
            current_signature: None,
            signatures: vec![],
            groups: vec![],
            sources: vec![AccountSource {
                id: format!("account{nth}_MESSAGING"),
                status: AccountStatus::Ok,
            }],
            sync_token: None,
            last_fetched_at: None,
        }
    };
    providers.into_iter().enumerate().map(account).collect()
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
        let (of_floor, of_ours) = repeat(act, &mut floor, &mut ours);
        told(&format!("{}: hello", act.name), &of_floor);
        told(&format!("{}: onebox", act.name), &of_ours);
    }
    let before = ours.memory();
    for key in ["\x1b[6~", "\x1b[5~"] {
        for _ in 0..500 {
            ours.press(key, Duration::from_millis(5));
        }
    }
    println!(
        "\nmemory: {:.1} MB, after 1,000 pages {:.1} MB",
        before,
        ours.memory()
    );
}

/// In turns, so that noise meets both alike.
fn repeat(act: &Act, floor: &mut Terminal, ours: &mut Terminal) -> (Vec<Answer>, Vec<Answer>) {
    let (quiet, settle) = (Duration::from_millis(30), Duration::from_millis(300));
    ours.press(act.before, settle);
    let (mut of_floor, mut of_ours) = (Vec::new(), Vec::new());
    let keys = act.floor.iter().cycle().zip(act.keys.iter().cycle());
    for (nth, (same, keys)) in (0..act.reps).zip(keys) {
        of_floor.push(floor.press(&same.repeat(act.times), quiet));
        of_ours.push(ours.press(&keys.repeat(act.times), quiet));
        if (nth + 1) % act.keys.len() == 0 {
            for keys in act.after {
                ours.press(keys, quiet);
            }
        }
    }
    for keys in act.end {
        ours.press(keys, settle);
    }
    (of_floor, of_ours)
}

fn rests(onebox: &Program) {
    let terminal = Terminal::start(onebox);
    std::thread::sleep(Duration::from_secs(3));
    let (cpu, bytes) = (terminal.cpu(), terminal.bytes());
    let time = Duration::from_secs(10);
    std::thread::sleep(time);
    let spent = terminal.cpu().saturating_sub(cpu).as_secs_f64() * 1e3 / time.as_secs_f64();
    println!(
        "idle: {spent:.2} ms of CPU a second, {} bytes",
        terminal.bytes() - bytes
    );
}

fn told(name: &str, answers: &[Answer]) {
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
