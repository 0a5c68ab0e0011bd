//! What a sender could try against a terminal, a table or a file.

use crate::support::profile::{Profile, chat, message};

const NASTY: &str = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{202e}evil\u{2066}\u{9b}31m\r\u{2028}line\u{e0041} # <b>x</b>\nFrom nobody";

#[test]
fn nothing_that_steers_a_terminal_reaches_standard_output() {
    let profile = Profile::empty();
    let floods = format!("Z{}", "\u{301}".repeat(5_000));
    profile.put(
        vec![chat("c1", NASTY), chat("\u{1b}c2", &floods)],
        vec![
            message("m1", "c1", 1, NASTY),
            message("m2", "\u{1b}c2", 2, &floods),
        ],
    );
    let commands: [&[&str]; 12] = [
        &["search", "evil", "--ids"],
        &["search", "evil", "--json"],
        &["accounts", "--ids"],
        &["chats", "--ids"],
        &["chats", "--json"],
        &["read", "c1", "--ids"],
        &["messages", "c1"],
        &["messages", "\u{1b}c2", "--ids"],
        &["show", "m1"],
        &["export"],
        &["export", "--format", "md"],
        &["read", NASTY],
    ];
    for arguments in commands {
        let output = profile.onebox(arguments).output().unwrap();
        for bytes in [&output.stdout, &output.stderr] {
            let text = String::from_utf8(bytes.clone()).unwrap();
            let bad = text.chars().find(|c| {
                c.is_control() && *c != '\n'
                    || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}')
            });
            assert_eq!(bad, None, "{arguments:?}");
        }
    }
    assert_eq!(
        profile.out(&["messages", "c1"]).lines().count(),
        2,
        "a row is one line"
    );
}
