//! Whatever comes from outside: nothing of it acts on the terminal, breaks a border or stalls a frame.

use std::time::{Duration, Instant};

use onebox::app::Settings;
use onebox::model::chat::ChatKind;
use onebox::model::text::is_hidden;
use ratatui::buffer::Buffer;

use crate::support::profile::{Profile, chat, message};
use crate::support::stage::Screen;

/// Strings that somebody could send.
fn hostile() -> Vec<String> {
    let mut all: Vec<String> = [
        "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b]52;c;aGk=\x07 \x1b[2J\x1b[H",
        "\u{9b}31m\u{90}q\u{9c} \u{85} \u{7f} \0 \u{8}\u{8}\u{8} \r\rover",
        "\u{202e}evil\u{202c} \u{2066}isolate\u{2069} \u{200f}rtl \u{61c}",
        "line\u{2028}separator\u{2029}paragraph\u{b}\u{c}",
        "\u{e0041}\u{e0042}tag \u{fff9}anno\u{fffa}tation\u{fffb} \u{fdd0} \u{fffe} \u{feff}",
        "👨‍👩‍👧‍👦 🏳️‍🌈 🇫🇷🇩🇪 👍🏽 1️⃣ ❤️ 🫱🏻‍🫲🏿",
        "日本語の長い名前が入ります 한국어 中文字符",
        "नमस्ते क्षत्रिय สวัสดี ก็ தமிழ் العربية עברית",
        "\u{301}\u{301}\u{301} starts with marks",
        "﷽ ꧅ 𒐫 𒈙 ⸻ a\u{20dd}b\u{20e3}",
        "",
        " ",
        "\n\n\n",
        "\t\ttabs\t",
    ]
    .map(str::to_owned)
    .to_vec();
    all.push(format!("Z{}algo", "\u{300}\u{301}\u{35c}".repeat(2_000)));
    all.push("x".repeat(20_000));
    all.push("👨‍👩‍👧‍👦".repeat(500));
    all.push("\u{200d}".repeat(3_000));
    all
}

/// A store in which everything that has words is hostile.
fn stored() -> Profile {
    let profile = Profile::empty();
    let (mut chats, mut messages) = (Vec::new(), Vec::new());
    for (nth, text) in hostile().into_iter().enumerate() {
        let id = format!("chat{nth}");
        let mut it = chat(&id, &text);
        it.kind = if nth % 2 == 0 {
            ChatKind::Group
        } else {
            ChatKind::OneToOne
        };
        chats.push(it);
        for (line, words) in [
            text.clone(),
            format!("see https://a.example/{text} and {text}"),
        ]
        .into_iter()
        .enumerate()
        {
            let second = -i64::try_from(nth * 10 + line).unwrap();
            messages.push(message(&format!("m{nth}-{line}"), &id, second, &words));
        }
    }
    profile.put(chats, messages);
    profile
}

/// No cell holds anything that acts on a terminal, and no cell holds more than a terminal takes.
pub fn check(buffer: &Buffer, what: &str) {
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            assert!(!symbol.is_empty(), "{what}: an empty cell at {x}, {y}");
            assert!(
                !symbol.chars().any(|c| c.is_control() || is_hidden(c)),
                "{what}: {symbol:?} at {x}, {y}"
            );
            assert!(
                symbol.chars().count() <= 11,
                "{what}: {symbol:?} at {x}, {y}"
            );
            let width = u16::try_from(unicode_width::UnicodeWidthStr::width(symbol)).unwrap();
            assert!(
                width <= 2 && x + width.max(1) <= buffer.area.width,
                "{what}: {symbol:?} at {x}, {y}"
            );
            x += width.max(1);
        }
    }
}

/// The right border of every pane stands in one column from top to bottom.
pub fn borders(screen: &Screen, what: &str) {
    let areas = screen.state.areas();
    let buffer = screen.buffer();
    for pane in [areas.places, areas.list, areas.thread]
        .into_iter()
        .flatten()
    {
        for y in pane.top() + 1..pane.bottom() - 1 {
            for x in [pane.left(), pane.right() - 1] {
                let symbol = buffer[(x, y)].symbol();
                assert!(
                    matches!(symbol, "│" | "├" | "┤"),
                    "{what}: {symbol:?} in the border at {x}, {y}"
                );
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_was_sent_acts_on_the_terminal_or_breaks_a_border() {
    let profile = stored();
    let mut screen = Screen::open(profile.store(), (120, 36), Settings::default());
    for nth in 0..hostile().len() {
        screen.press("Enter");
        check(screen.buffer(), &format!("conversation {nth}"));
        borders(&screen, &format!("conversation {nth}"));
        for keys in ["k", "k", "r", "Esc", "Esc", "Esc", "j"] {
            screen.press(keys);
            check(screen.buffer(), &format!("conversation {nth}, {keys}"));
            borders(&screen, &format!("conversation {nth}, {keys}"));
        }
        screen.press("g i");
        for _ in 0..=nth {
            screen.press("j");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_size_of_the_terminal_is_too_much_or_too_little() {
    let profile = stored();
    let mut screen = Screen::open(profile.store(), (120, 36), Settings::default());
    screen.press("Enter");
    for width in 1..=200 {
        let height = 1 + (width * 7) % 60;
        screen.resize(width, height);
        check(screen.buffer(), &format!("{width} x {height}"));
    }
    for height in 1..=60 {
        screen.resize(100, height);
        check(screen.buffer(), &format!("100 x {height}"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_message_never_stalls_the_screen() {
    let long = [
        ("a line of a megabyte", "x".repeat(1 << 20)),
        ("a hundred thousand lines", "line\n".repeat(100_000)),
        ("marks", "\u{301}".repeat(300_000)),
        ("words", "word ".repeat(200_000)),
    ];
    for (what, text) in long {
        let profile = Profile::empty();
        profile.put(vec![chat("c", "Long")], vec![message("m", "c", 0, &text)]);
        let mut screen = Screen::open(profile.store(), (120, 36), Settings::default());
        let begun = Instant::now();
        screen.press("Enter");
        screen.press("k k j G g g");
        // A second in a release; tests are built without any care for speed.
        assert!(
            begun.elapsed() < Duration::from_secs(10),
            "{what}: {:?}",
            begun.elapsed()
        );
    }
}
