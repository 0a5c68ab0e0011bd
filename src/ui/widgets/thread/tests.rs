//! The conversation as it is drawn: how it looks, and that it moves by exactly what is wanted.

use jiff::Timestamp;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::*;
use crate::app::effect::{Answer, Effect, From, Read, ThreadPage, Ticket};
use crate::app::layout::Size;
use crate::app::msg::{Changes, Msg};
use crate::app::thread::Scroll;
use crate::app::thread::samples::{entry, key, page, waiting};
use crate::app::{Settings, update};
use crate::model::inbox::{Entry, EntryKey, Quote, StoredAttachment, StoredReaction};
use crate::model::outbox::OutboxState;
use crate::ui::theme::Theme;

/// A conversation with its store, drawn again and again as the loop does it.
struct Shown {
    state: State,
    scratch: Scratch,
    store: Vec<Entry>,
    area: Rect,
    buf: Buffer,
}

impl Shown {
    fn open(store: Vec<Entry>, page: ThreadPage, width: u16, height: u16) -> Self {
        let now = page
            .entries
            .last()
            .map_or(Timestamp::UNIX_EPOCH, |it| it.key.time());
        let size = Size { width, height };
        let mut state = State::new(Settings::default(), now, size);
        state.focus = Pane::Thread;
        state.thread = Some(Thread::new(page, None, false));
        let area = Rect::new(0, 0, width, height);
        let mut shown = Self {
            state,
            scratch: Scratch::default(),
            store,
            area,
            buf: Buffer::empty(area),
        };
        shown.draw();
        shown
    }

    /// Many messages, seen at the end.
    fn many(count: usize, height: u16) -> Self {
        let store: Vec<Entry> = (0..count).map(entry).collect();
        let mut last = page(count.saturating_sub(80)..count);
        last.has_older = count > 80;
        last.complete = true;
        Self::open(store, last, 60, height)
    }

    fn thread(&mut self) -> &mut Thread {
        self.state.thread.as_mut().unwrap()
    }

    /// Draws, and goes on until nothing is asked any more.
    fn draw(&mut self) {
        for _ in 0..20 {
            self.buf = Buffer::empty(self.area);
            let theme = Theme::default();
            let mut pen = Pen::new(&mut self.buf, self.area, &theme);
            self.scratch.hits.clear();
            super::draw(&mut pen, self.area, &self.state, &mut self.scratch);
            let Some(laid) = self.scratch.laid.take() else {
                return;
            };
            let effects = update(&mut self.state, Msg::Laid(laid));
            if !self.perform(effects) {
                return;
            }
        }
        panic!("the view does not come to rest");
    }

    fn perform(&mut self, effects: Vec<Effect>) -> bool {
        let mut answered = false;
        for effect in effects {
            if let Effect::Read(ticket, read) = effect
                && let Some(answer) = self.answer(&read)
            {
                answered = true;
                let effects = update(&mut self.state, Msg::Answer(ticket, answer));
                self.perform(effects);
            }
        }
        answered
    }

    fn answer(&self, read: &Read) -> Option<Answer> {
        let at = |key: EntryKey| self.store.partition_point(|it| it.key < key);
        let all = self.store.len();
        match read {
            Read::Older { before, limit, .. } => {
                let end = at(*before);
                let start = end.saturating_sub(*limit as usize);
                let entries = self.store[start..end].to_vec();
                let more = start > 0;
                Some(Answer::Older { entries, more })
            }
            Read::Newer { after, limit, .. } => {
                let start = at(EntryKey(after.0 + 1));
                let end = (start + *limit as usize).min(all);
                let entries = self.store[start..end].to_vec();
                let more = end < all;
                Some(Answer::Newer { entries, more })
            }
            Read::Thread { from, limit, .. } => {
                let limit = *limit as usize;
                let start = match from {
                    From::Start => 0,
                    From::Entry(key) => at(*key),
                    From::Around(key) => at(*key).saturating_sub(limit / 2),
                    _ => all.saturating_sub(limit),
                };
                let end = (start + limit).min(all);
                let found = ThreadPage {
                    entries: self.store[start..end].to_vec(),
                    has_older: start > 0,
                    has_newer: end < all,
                    complete: true,
                    at: match from {
                        From::Around(key) => self.store.get(at(*key)).map(|it| it.key),
                        _ => None,
                    },
                    ..page(0..0)
                };
                Some(Answer::Thread(Box::new(found)))
            }
            _ => None,
        }
    }

    /// Somebody writes.
    fn comes(&mut self) {
        self.store.push(entry(self.store.len()));
        let changes = Changes {
            anything: true,
            ..Changes::default()
        };
        let effects = update(&mut self.state, Msg::Changed(changes));
        self.perform(effects);
        self.draw();
    }

    fn scroll(&mut self, lines: i32) {
        self.thread().scroll_by(lines);
        self.draw();
    }

    /// The lines inside the border, without what fills them up.
    fn rows(&self) -> Vec<String> {
        let inner = inside(self.area);
        let row = |y| {
            let cells = (inner.left()..inner.right()).map(|x| self.buf[(x, y)].symbol());
            cells.collect::<String>().trim_end().to_owned()
        };
        (inner.top()..inner.bottom()).map(row).collect()
    }

    fn numbers(&self) -> Vec<usize> {
        let rows = self.rows();
        let found = rows.iter().filter_map(|row| row.split_once("message "));
        found
            .filter_map(|(_, it)| it.split(' ').next()?.parse().ok())
            .collect()
    }
}

/// A page that is all there is.
fn whole(entries: Vec<Entry>) -> ThreadPage {
    ThreadPage {
        entries,
        has_older: false,
        complete: true,
        ..page(0..1)
    }
}

fn shown(entries: Vec<Entry>, width: u16, height: u16) -> Shown {
    Shown::open(Vec::new(), whole(entries), width, height)
}

#[test]
fn scrolling_up_through_5000_messages_shows_each_exactly_once_and_in_order() {
    let mut shown = Shown::many(5000, 40);
    let height = i32::from(inside(shown.area).height);
    let mut all = Vec::new();
    loop {
        let page = shown.numbers();
        let before = all.last().copied().unwrap_or(usize::MAX);
        let ends = shown.thread().laid.above == 0;
        // The last page is the only one that can overlap the one before.
        all.extend(page.into_iter().rev().filter(|it| !ends || *it < before));
        if ends {
            break;
        }
        assert!(shown.thread().entries.len() <= 700);
        shown.scroll(-height);
    }
    assert_eq!(all, (0..5000).rev().collect::<Vec<_>>());
    // And down again, where newer ones are read behind the window.
    let mut down = shown.numbers();
    while shown.thread().laid.below > 0 || shown.thread().has_newer {
        shown.scroll(height);
        let last = *down.last().unwrap();
        let ends = shown.thread().laid.below == 0;
        down.extend(shown.numbers().into_iter().filter(|it| !ends || *it > last));
    }
    assert_eq!(down, (0..5000).collect::<Vec<_>>());
}

#[test]
fn what_comes_while_one_reads_above_moves_nothing_and_is_announced() {
    let mut shown = Shown::many(300, 30);
    shown.scroll(-100);
    let before = shown.rows();
    shown.comes();
    shown.comes();
    let (mut rows, mut old) = (shown.rows(), before.clone());
    assert!(rows.pop().unwrap().ends_with("↓ 2 new"));
    old.pop();
    assert_eq!(rows, old);
    let effects = shown.thread().go_end(Ticket(9000));
    shown.perform(effects.into_iter().collect());
    shown.draw();
    assert_eq!(shown.numbers().last(), Some(&301));
    // At the end the view follows what comes.
    shown.comes();
    assert_eq!(shown.numbers().last(), Some(&302));
}

#[test]
fn older_ones_that_arrive_above_do_not_move_the_view() {
    let mut shown = Shown::many(200, 30);
    shown.thread().has_older = false;
    shown.thread().entries.drain(..40);
    shown.scroll(-20);
    let before = shown.rows();
    // The engine has brought more than there was.
    shown.thread().has_older = true;
    shown.scroll(-1);
    shown.scroll(1);
    assert_eq!(shown.thread().entries.len(), 200);
    assert_eq!(shown.rows(), before);
}

#[test]
fn it_opens_where_the_unread_ones_begin() {
    let entries: Vec<Entry> = (0..80).map(entry).collect();
    let mut unread = whole(entries);
    unread.unread_from = Some(key(50));
    unread.conversation.unread = 30;
    let shown = Shown::open(Vec::new(), unread, 60, 20);
    let rows = shown.rows();
    let at = rows.iter().position(|it| it.contains(" 30 new ")).unwrap();
    assert!(at <= 5, "{rows:#?}");
    assert!(shown.numbers().contains(&50));
}

#[test]
fn the_first_and_the_last_are_a_key_away_and_a_day_can_be_gone_to() {
    let mut shown = Shown::many(3000, 30);
    let effects = shown.thread().go_start(Ticket(9001));
    shown.perform(effects.into_iter().collect());
    shown.draw();
    assert_eq!(shown.numbers().first(), Some(&0));
    assert!(
        shown
            .rows()
            .concat()
            .contains("the conversation begins here")
    );
    let effects = shown.thread().go_to(key(1500), false, Ticket(9002));
    shown.perform(effects.into_iter().collect());
    shown.draw();
    assert!(
        shown.numbers()[..5].contains(&1500),
        "{:?}",
        shown.numbers()
    );
    let effects = shown.thread().go_end(Ticket(9003));
    shown.perform(effects.into_iter().collect());
    shown.draw();
    assert_eq!(shown.numbers().last(), Some(&2999));
}

#[test]
fn another_width_keeps_the_words_in_view_however_often_it_changes() {
    let long = |number| Entry {
        text: format!("message {number} {}", "and so on and on ".repeat(30)),
        ..entry(number)
    };
    let mut shown = shown((0..60).map(long).collect(), 60, 24);
    shown.scroll(-200);
    let before = shown.rows();
    for turn in 0..50 {
        let width = 24 + (turn * 37) % 90;
        shown.area.width = width;
        shown.draw();
    }
    shown.area.width = 60;
    shown.draw();
    assert_eq!(shown.rows(), before);
}

#[test]
fn moving_selects_and_shows_what_is_selected() {
    let mut shown = Shown::many(300, 20);
    for _ in 0..200 {
        shown.thread().move_by(-1);
        shown.draw();
        let Some(Picked::Entry(key)) = shown.thread().selected else {
            panic!("nothing is selected");
        };
        let number = shown
            .thread()
            .entries
            .iter()
            .find(|it| it.key == key)
            .unwrap();
        let number = number.text.replace("message ", "").parse().unwrap();
        assert!(shown.numbers().contains(&number));
    }
    for _ in 0..200 {
        shown.thread().move_by(1);
        shown.draw();
    }
    assert_eq!(shown.thread().selected, None);
    assert_eq!(shown.thread().scroll, Scroll::End);
}

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
        "  A  Ana                                      22:13",
        "     Hi Ada! Great talking yesterday.",
        "     Could you send the deck before Friday?",
        "     ▏ 📄  agenda.pdf PDF · 84 KB  d save  o open",
        "      👍  1   🙏  2",
        "",
        "                    Sure, tomorrow morning.  22:33",
        "                    ✓✓ seen",
        "",
        "  A  Ana                                      22:53",
        "     ▎ Sure, tomorrow morning.",
        "     Perfect, see nuvem.example/roadmap [1]",
        "     Bye                               edited 22:54",
        "",
        "  A  Ana                                      23:13",
        "     message deleted",
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
            reactions: (0..kind & 28).map(|_| StoredReaction { value: name.clone(), by: None, own }).collect(),
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
