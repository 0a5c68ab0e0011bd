//! The conversation looks as it was drawn, whatever is written in it.

use proptest::prelude::*;

use super::*;
use crate::app::effect::Ticket;
use crate::app::thread::samples::{key, waiting};
use crate::model::inbox::{Quote, StoredAttachment, StoredReaction};
use crate::model::outbox::OutboxState;

fn file(kind: &str, name: Option<&str>) -> StoredAttachment {
    StoredAttachment {
        id: "f".into(),
        kind: kind.to_owned(),
        name: name.map(str::to_owned),
        mime: None,
        size: Some(84_000),
        width: None,
        height: None,
        duration: None,
        variant: false,
        unavailable: false,
        cid: None,
    }
}

#[test]
fn a_talk_looks_as_it_was_drawn() {
    let reaction = |value: &str, own| StoredReaction {
        value: value.to_owned(),
        by: None,
        own,
    };
    let entries = vec![
        Entry {
            text: "Hi Ada! Great talking yesterday.\nCould you send the deck before Friday?"
                .to_owned(),
            attachments: vec![file("file", Some("agenda.pdf"))],
            reactions: vec![
                reaction("👍", false),
                reaction("🙏", true),
                reaction("🙏", false),
            ],
            ..entry(0)
        },
        Entry {
            text: "Sure, tomorrow morning.".to_owned(),
            own: true,
            seen: Some(true),
            ..entry(20)
        },
        Entry {
            text: "Perfect, see nuvem.example/roadmap".to_owned(),
            quote: Some(Quote {
                uid: None,
                by: None,
                text: "Sure, tomorrow morning.".to_owned(),
            }),
            ..entry(40)
        },
        Entry {
            text: "Bye".to_owned(),
            edited: true,
            ..entry(41)
        },
        Entry {
            deleted: true,
            ..entry(60)
        },
    ];
    let shown = shown(entries, 54, 28);
    // Behind each wide sign a cell stays empty; the picture is told by its letter.
    let expected = [
        "            the conversation begins here",
        "",
        " ───────────────────── Today ──────────────────────",
        "",
        "  A   Ana                                     22:13",
        "      Hi Ada! Great talking yesterday.",
        "      Could you send the deck before Friday?",
        "      ▏ 📄  agenda.pdf PDF · 84 KB  d save  o open",
        "       👍  1   🙏  2",
        "",
        "                    Sure, tomorrow morning.  22:33",
        "                    ✓✓ seen",
        "",
        "  A   Ana                                     22:53",
        "      ▎ Sure, tomorrow morning.",
        "      Perfect, see nuvem.example/roadmap [1]",
        "      Bye                              edited 22:54",
        "",
        "  A   Ana                                     23:13",
        "      message deleted",
    ];
    let rows = shown.rows();
    assert_eq!(rows.iter().position(|it| !it.is_empty()), Some(6));
    assert_eq!(rows[6..], expected);
}

#[test]
fn what_has_not_arrived_says_how_far_it_has_come_and_what_can_be_done() {
    let mut page = whole(vec![entry(0)]);
    let now = key(0).time();
    let mut soon = waiting(1, "soon", OutboxState::Scheduled);
    soon.due_at = now
        .checked_add(jiff::SignedDuration::from_millis(5500))
        .unwrap();
    let mut failed = waiting(2, "failed", OutboxState::Failed);
    failed.error = Some("the file is too large".to_owned());
    let unknown = waiting(3, "unknown", OutboxState::Unknown);
    page.waiting = vec![soon, failed, unknown];
    let mut shown = Shown::open(Vec::new(), page, 70, 24);
    let rows = shown.rows().join("\n");
    for words in [
        "◷ goes out in 6 s · z undo",
        "⚠ not sent: the file is too large",
        "R again",
        "# discard",
        "? may not have arrived",
    ] {
        assert!(rows.contains(words), "{words}: {rows}");
    }
    // It is drawn anew when a second less is left, and only while it is seen.
    let wakes = shown.state.wakes_at().unwrap();
    assert_eq!(wakes.duration_since(now).as_millis(), 500);
    shown.thread().waiting.clear();
    shown.draw();
    assert_eq!(shown.state.wakes_at(), None);
}

#[test]
fn a_flood_of_text_is_painted_at_once_and_unfolds_on_enter() {
    let floods = [
        "x".repeat(1_000_000),
        "line\n".repeat(100_000),
        format!("a{}", "\u{301}".repeat(300_000)),
        "a.b@c.d:".repeat(60_000),
        "https://".repeat(60_000),
        "www.".repeat(60_000),
        "👨‍👩‍👧‍👦".repeat(30_000),
    ];
    for text in floods {
        let flood = Entry { text, ..entry(1) };
        let begun = std::time::Instant::now();
        let mut shown = shown(vec![entry(0), flood], 60, 30);
        let took = begun.elapsed();
        assert!(took.as_millis() < 1000, "{took:?}");
        let begun = std::time::Instant::now();
        for _ in 0..10 {
            shown.scroll(-1);
        }
        assert!(begun.elapsed().as_millis() < 1000);
        assert!(shown.thread().folds_more(key(1)));
    }
    let lines = Entry {
        text: "line\n".repeat(100_000),
        ..entry(1)
    };
    let mut shown = shown(vec![entry(0), lines], 60, 30);
    assert!(
        shown
            .rows()
            .concat()
            .contains("… 99699 more lines, ⏎ shows all"),
        "{:?}",
        shown.rows()
    );
    shown.thread().select(Picked::Entry(key(1)));
    shown.thread().enter(Ticket(1));
    shown.draw();
    shown.scroll(1_000_000);
    assert_eq!(shown.thread().laid.below, 0);
    assert!(shown.thread().laid.above >= 300);
}

fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\u{202e}abc\u{2066}".to_owned()),
        Just("\u{1b}[31m\u{9b}2J\u{7}".to_owned()),
        Just("👨‍👩‍👧‍👦🏳️‍🌈❤️".to_owned()),
        Just("日本語の文字列".to_owned()),
        Just(format!("e{}", "\u{301}".repeat(40))),
        Just("\t\r\n\n".to_owned()),
        Just("https://x.example/".to_owned()),
        Just("क्षि नमस्ते".to_owned()),
        "\\PC{0,30}",
        "[a-z ]{0,60}",
    ];
    prop::collection::vec(piece, 0..6).prop_map(|it| it.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn no_words_of_anybody_reach_the_border_or_the_terminal(
        texts in prop::collection::vec((hostile(), hostile(), any::<bool>(), any::<u8>()), 1..6),
        width in 20_u16..120, height in 4_u16..40, is_mail in any::<bool>(),
    ) {
        let entries = texts.into_iter().enumerate().map(|(at, (text, name, own, kind))| Entry {
            attachments: if kind & 1 > 0 { vec![file("file", Some(&name)), file("img", None)] } else { Vec::new() },
            quote: (kind & 2 > 0).then(|| Quote { uid: None, by: Some(name.clone()), text: text.clone() }),
            reactions: (0..kind & 0b1_1100).map(|_| StoredReaction { value: name.clone(), by: None, own }).collect(),
            event: (kind > 230).then_some(crate::model::message::MessageEvent::Unknown),
            subject: (kind & 32 > 0).then(|| name.clone()),
            sender_name: Some(name), text, own, starred: own, edited: own, forwarded: own,
            ..entry(at * 3)
        }).collect();
        let mut page = whole(entries);
        page.conversation.is_mail = is_mail;
        page.conversation.title = page.entries[0].text.clone();
        let shown = Shown::open(Vec::new(), page, width, height);
        for y in 1..height - 1 {
            prop_assert_eq!(shown.buf[(0, y)].symbol(), "│");
            prop_assert_eq!(shown.buf[(width - 1, y)].symbol(), "│");
        }
        for cell in &shown.buf.content {
            prop_assert!(!cell.symbol().chars().any(|c| c.is_control() || crate::model::text::is_hidden(c)));
        }
    }
}
