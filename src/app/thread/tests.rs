//! What the conversation promises without being drawn.

use super::samples::{entry, key, page, waiting};
use super::*;
use crate::model::inbox::Quote;
use crate::model::outbox::OutboxState;

fn laid(above: u32, below: u32, top: usize) -> Laid {
    Laid {
        conversation: Some(ConversationKey(1)),
        top: Some(Spot {
            entry: key(top),
            line: 0,
            byte: 0,
        }),
        above,
        below,
        ..Laid::default()
    }
}

fn from_of(effect: Option<Effect>) -> From {
    match effect {
        Some(Effect::Read(_, Read::Thread { from, .. })) => from,
        other => panic!("{other:?}"),
    }
}

#[test]
fn enter_on_a_quote_goes_to_the_quoted_message_wherever_it_is() {
    let mut thread = Thread::new(page(100..180), None, false);
    let quote = |uid: &str| Quote {
        uid: Some(uid.into()),
        by: None,
        text: "…".to_owned(),
    };
    thread.entries[79].quote = Some(quote("m120"));
    thread.entries[78].quote = Some(quote("m3"));
    thread.select(Picked::Entry(key(179)));
    assert_eq!(thread.enter(Ticket(1)), None);
    assert_eq!(thread.selected, Some(Picked::Entry(key(120))));
    thread.select(Picked::Entry(key(178)));
    assert_eq!(from_of(thread.enter(Ticket(2))), From::Quoted(key(178)));
    let mut there = page(0..80);
    (there.has_newer, there.at) = (true, Some(key(3)));
    thread.answered(Ticket(2), there);
    assert_eq!(thread.selected, Some(Picked::Entry(key(3))));
    assert_eq!(thread.scroll, Scroll::Top(key(3)));
}

#[test]
fn hits_are_walked_in_order_and_around_the_ends() {
    let mut thread = Thread::new(page(0..80), None, false);
    thread.hits = vec![key(5), key(40), key(200)];
    for expected in [5, 40] {
        assert_eq!(thread.go_hit(true, Ticket(1)), None);
        assert_eq!(thread.selected, Some(Picked::Entry(key(expected))));
    }
    // The third one is not here, and is asked for.
    assert_eq!(
        from_of(thread.go_hit(true, Ticket(2))),
        From::Around(key(200))
    );
    thread.failed(Ticket(2));
    assert_eq!(thread.go_hit(false, Ticket(3)), None);
    assert_eq!(thread.selected, Some(Picked::Entry(key(5))));
    assert_eq!(
        from_of(thread.go_hit(false, Ticket(4))),
        From::Around(key(200))
    );
}

#[test]
fn an_answer_that_was_overtaken_or_failed_changes_nothing_and_holds_nothing_up() {
    let mut thread = Thread::new(page(100..180), None, false);
    let asked = thread.lay(laid(10, 0, 100), Ticket(1));
    assert!(matches!(
        asked.as_slice(),
        [Effect::Read(_, Read::Older { .. })]
    ));
    assert_eq!(thread.lay(laid(10, 0, 100), Ticket(2)), []);
    thread.failed(Ticket(1));
    assert!(!thread.older(Ticket(1), (0..80).map(entry).collect(), false));
    assert_eq!(thread.entries.len(), 80);
    assert_eq!(thread.lay(laid(10, 0, 100), Ticket(3)).len(), 1);
    // What changes while older ones are read is asked for afterwards.
    assert_eq!(thread.refresh(Ticket(4)), None);
    assert!(thread.older(Ticket(3), (20..100).map(entry).collect(), true));
    assert_eq!(thread.entries.len(), 160);
}

#[test]
fn what_comes_while_the_user_reads_above_is_counted_and_what_they_send_is_shown() {
    let mut thread = Thread::new(page(0..80), None, false);
    thread.lay(laid(200, 30, 40), Ticket(1));
    let scroll = thread.scroll;
    thread.refresh(Ticket(2));
    thread.answered(Ticket(2), page(0..82));
    assert_eq!((thread.unseen, thread.scroll), (2, scroll));
    thread.refresh(Ticket(3));
    let mut sent = page(0..82);
    sent.waiting = vec![waiting(1, "hi", OutboxState::Queued)];
    thread.answered(Ticket(3), sent);
    assert_eq!((thread.unseen, thread.scroll), (0, Scroll::End));
}

#[test]
fn a_selected_message_is_not_pushed_away_by_what_comes() {
    let mut thread = Thread::new(page(0..80), None, false);
    thread.lay(laid(200, 0, 60), Ticket(1));
    assert_eq!(thread.scroll, Scroll::End);
    thread.laid.last = Some(Picked::Entry(key(79)));
    thread.move_by(-1);
    thread.move_by(-1);
    assert_eq!(thread.selected, Some(Picked::Entry(key(78))));
    thread.lay(laid(200, 0, 60), Ticket(2));
    assert!(matches!(thread.scroll, Scroll::At(_)));
    thread.move_by(1);
    thread.move_by(1);
    assert_eq!((thread.selected, thread.scroll), (None, Scroll::End));
}
