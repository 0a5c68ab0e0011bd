//! What a person can rely on at the screen while things go wrong: keys are answered, failures are named soon, the key is
//! nowhere, and a terminal that answers late harms nothing.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::desk::Desk;
use super::inbox;
use crate::support::terminal::Terminal;
use crate::support::weather::Storm;
use crate::support::{KEY, demo};

/// Within this time every failure is named.
const NAMED: Duration = Duration::from_secs(5);
/// Within this time a key is answered, but for one in a hundred.
const ANSWERED: Duration = Duration::from_millis(100);

fn long() -> bool {
    std::env::var_os("ONEBOX_LONG").is_some()
}

/// Presses a key and waits until the screen is another one.
fn answer(terminal: &mut Terminal, key: &str) -> Duration {
    let before = terminal.with(vt100::Screen::contents_formatted);
    let pressed = Instant::now();
    terminal.press(key);
    terminal.until("an answer to the key", |screen| {
        screen.contents_formatted() != before
    });
    pressed.elapsed()
}

/// The time within which all but one in a hundred were answered.
fn slowest(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() * 99 / 100 - 1]
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_answered_at_once_whatever_the_server_does() {
    let desk = Desk::open().await;
    let mut terminal = desk.start();
    terminal.see("Family");
    let storms = [
        Storm::default(),
        Storm::DEAD,
        Storm {
            errors: 1.0,
            ..Storm::default()
        },
        Storm {
            pages: 1.0,
            ..Storm::default()
        },
        Storm {
            limits: 1.0,
            ..Storm::default()
        },
        Storm {
            latency: Duration::from_secs(3),
            ..Storm::default()
        },
    ];
    let rounds = if long() { 100 } else { 8 };
    let mut times = Vec::new();
    for storm in storms {
        desk.line.set(storm);
        for _ in 0..rounds {
            times.push(answer(&mut terminal, "j"));
            times.push(answer(&mut terminal, "k"));
        }
    }
    // How long that is depends on what else the machine has to do, so the figure is looked at when there is time for it.
    let most = if long() { ANSWERED } else { ANSWERED * 10 };
    let found = slowest(times);
    assert!(found <= most, "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_answered_at_once_while_everything_is_fetched_for_the_first_time() {
    let demo = demo().await;
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = inbox(&demo, &folder, (120, 36));
    terminal.see("All inboxes");
    let rounds = if long() { 200 } else { 20 };
    let times = (0..rounds).map(|at| {
        // A window that opens and closes: there need not be any conversation yet.
        answer(&mut terminal, if at % 2 == 0 { ":" } else { "Esc" })
    });
    let most = if long() { ANSWERED } else { ANSWERED * 10 };
    let found = slowest(times.collect());
    assert!(found <= most, "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_failure_is_named_within_five_seconds_in_words_and_nothing_is_sent_before_it_is() {
    let desk = Desk::open().await;
    let mut terminal = desk.start();
    terminal.see("Noor Khalil");
    let named = |terminal: &Terminal, words: &str| {
        let begun = Instant::now();
        terminal.see(words);
        let took = begun.elapsed();
        assert!(!long() || took <= NAMED, "{words}: {took:?}");
    };
    desk.line.set(Storm::DEAD);
    named(&terminal, "offline since");
    terminal.press("^K");
    terminal.see("Go to");
    terminal.type_in("Noor Khalil");
    terminal.see("▌ Noor Khalil");
    terminal.press("Enter");
    terminal.see("i write");
    terminal.press("i");
    terminal.see("Write as");
    terminal.type_in("Are you there?");
    terminal.press("Enter");
    named(&terminal, "1 unsent");
    let shown = terminal.with(vt100::Screen::contents).to_lowercase();
    assert!(
        !shown.replace("unsent", "").contains("sent"),
        "nothing has arrived:\n{shown}"
    );
    desk.line.set(Storm::default());
    terminal.miss("offline since");
    desk.said("Are you there?").await;
    terminal.miss("unsent");
    // What a network does not do is said as people say it.
    desk.line.twist(|what, answer| {
        if what.starts_with("PATCH") {
            let problem = "{\"type\": \"errors/feature_not_implemented\", \"title\": \"Not implemented\", \"status\": 501}";
            answer.say(501, problem);
        }
    });
    terminal.press("Esc");
    terminal.see("+ react");
    terminal.press("m");
    named(&terminal, "Could not mute Noor Khalil");
    let shown = terminal.with(vt100::Screen::contents);
    assert!(!shown.contains("patchChat"), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_terminal_is_given_back_in_every_of_many_endings() {
    let demo = demo().await;
    let folder = tempfile::tempdir().unwrap();
    let times = if long() { 100 } else { 10 };
    for time in 0..times {
        let mut terminal = inbox(&demo, &folder, (100, 30));
        terminal.see("All inboxes");
        // Wherever somebody is just then.
        let place = ["", "/", "?", "c", ":"][time % 5];
        if !place.is_empty() {
            terminal.see("Needs");
            terminal.press(place);
        }
        match ["TERM", "HUP", "q"][time % 3] {
            "q" => {
                terminal.press("^C");
                terminal.press("^C");
            }
            signal => terminal.signal(signal),
        }
        let ended = terminal.end();
        assert_eq!(ended.left_on, Vec::<String>::new(), "ending {time}");
        assert_eq!(ended.code, 0, "ending {time}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_is_in_no_file_but_the_one_that_is_its_own_and_in_no_log() {
    let demo = demo().await;
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config");
    std::fs::create_dir_all(&config).unwrap();
    let settings = config.join("config.toml");
    let text = format!("[server]\nurl = \"{}\"\nkey = \"{KEY}\"\n", demo.url());
    std::fs::write(&settings, text).unwrap();
    for (key, log) in [("", "trace"), ("wrong-key-of-somebody", "debug")] {
        // A key from outside, and one that is refused, are no more for the disk than the other.
        let mut env = vec![("ONEBOX_LOG", log)];
        if !key.is_empty() {
            env.push(("ONEBOX_KEY", key));
        }
        let mut terminal = Terminal::start((120, 36), folder.path(), &env, &[]);
        terminal.see("All inboxes");
        terminal.see(if key.is_empty() {
            "Family"
        } else {
            "key was refused"
        });
        terminal.press("q");
        assert_eq!(terminal.end().code, 0);
    }
    let files = below(folder.path());
    assert!(
        files.iter().any(|it| it.ends_with("onebox.log")),
        "{files:?}"
    );
    for file in files.iter().filter(|it| **it != settings) {
        let bytes = std::fs::read(file).unwrap();
        for key in [KEY, "wrong-key-of-somebody"] {
            let found = bytes.windows(key.len()).any(|it| it == key.as_bytes());
            assert!(!found, "{} holds the key", file.display());
        }
    }
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().flatten();
    let all = entries.flat_map(|entry| match entry.path() {
        path if path.is_dir() => below(&path),
        path => vec![path],
    });
    all.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_light_terminal_gets_the_light_theme_and_no_letter_of_its_answer_is_a_command() {
    let demo = demo().await;
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = inbox(&demo, &folder, (120, 36));
    terminal.see("Family");
    let ground = |screen: &vt100::Screen| screen.cell(0, 0).map(vt100::Cell::bgcolor);
    let dark = terminal.with(ground);
    // In two parts, as from far away.
    terminal.type_in("\x1b]11;rgb:ffff/ff");
    terminal.type_in("ff/eeee\x1b\\");
    terminal.until("a light screen", |screen| ground(screen) != dark);
    // A letter that got through would be in a window, or would have quit.
    terminal.type_in("j");
    terminal.press("q");
    assert_eq!(terminal.end().code, 0);
}
