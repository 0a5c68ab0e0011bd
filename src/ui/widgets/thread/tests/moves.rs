//! The conversation moves by exactly what is wanted.

use super::*;
use crate::app::effect::Ticket;
use crate::app::thread::Scroll;
use crate::app::thread::samples::key;

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
