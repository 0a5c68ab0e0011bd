//! Bounds of the memory, and what a terminal is told when pictures move or are covered.

use std::num::NonZeroU16;

use super::*;
use crate::model::inbox::HandleKey;
use crate::ui::Theme;
use crate::ui::widgets::avatar::{self, Somebody};

const SCREEN: Rect = Rect::new(0, 0, 20, 10);

fn face(key: i64) -> Wanted {
    Wanted {
        of: Of::Face(PictureOwner::Handle(HandleKey(key))),
        width: avatar::WIDTH,
        height: avatar::HEIGHT,
    }
}

fn drawn(symbol: &str, way: Way) -> Drawn {
    let mut cells = vec![Cell::default(); usize::from(avatar::WIDTH * avatar::HEIGHT)];
    for (at, cell) in cells.iter_mut().enumerate() {
        cell.set_symbol(if at == 0 { symbol } else { "▌" });
        cell.set_diff_option(match way {
            Way::Blocks(_) => CellDiffOption::None,
            _ if at == 0 => CellDiffOption::ForcedWidth(NonZeroU16::MIN),
            _ => CellDiffOption::Skip,
        });
    }
    Drawn {
        width: avatar::WIDTH,
        height: avatar::HEIGHT,
        cells,
        id: None,
    }
}

fn pictures(way: Way) -> Pictures {
    let mut pictures = Pictures::default();
    pictures.set_medium(Medium {
        way,
        ..Medium::default()
    });
    pictures.put(face(1), Some(drawn("#", way)));
    pictures
}

/// A frame with a picture at a place, and what may lie over it.
fn frame(pictures: &mut Pictures, (x, y): (u16, u16), over: impl FnOnce(&mut Pen<'_>)) -> Buffer {
    let theme = Theme::default();
    let mut buf = Buffer::empty(SCREEN);
    pictures.begin();
    let mut pen = Pen::new(&mut buf, SCREEN, &theme);
    pen.paint(SCREEN, theme.back);
    let who = Somebody {
        name: "Léa Fontaine",
        picture: Some(PictureOwner::Handle(HandleKey(1))),
        style: theme.focus,
    };
    avatar::draw(&mut pen, x, y, who, pictures);
    over(&mut pen);
    pictures.settle(&mut buf, theme.back);
    buf
}

#[test]
fn pictures_never_take_more_memory_than_they_may() {
    let mut pictures = pictures(Way::Kitty);
    for key in 0..100 {
        let mut large = drawn(&"x".repeat(1 << 20), Way::Kitty);
        large.id = Some(u32::try_from(key).unwrap());
        pictures.begin();
        pictures.put(face(key), Some(large));
        assert!(pictures.bytes <= ROOM);
    }
    assert!(pictures.known.len() < 17);
    // What was looked at last is still here, and the terminal hears of what is not.
    assert!(pictures.size(&face(99)).is_some() && pictures.size(&face(3)).is_none());
    assert_eq!(pictures.take_dropped().len(), 100 - pictures.known.len());
    for key in 0..10_000 {
        pictures.put(face(key), None);
    }
    assert!(pictures.known.len() <= MOST);
    pictures.forget_all();
    assert_eq!((pictures.bytes, pictures.known.len()), (0, 0));
}

#[test]
fn what_is_missing_is_wanted_once_a_frame_and_initials_stand_for_it() {
    let mut pictures = pictures(Way::Blocks(Colours::True));
    let theme = Theme::default();
    let mut buf = Buffer::empty(SCREEN);
    pictures.begin();
    let mut pen = Pen::new(&mut buf, SCREEN, &theme);
    for y in [0, 2] {
        let who = Somebody {
            name: "Jonas Öberg",
            picture: Some(PictureOwner::Handle(HandleKey(7))),
            style: theme.focus,
        };
        avatar::draw(&mut pen, 0, y, who, &mut pictures);
    }
    assert_eq!(buf[(1, 0)].symbol(), "J");
    assert_eq!(pictures.take_wanted(), [face(7)]);
    // Where there is none, nobody asks again before there is news.
    pictures.put(face(7), None);
    pictures.begin();
    assert!(pictures.size(&face(7)).is_none() && pictures.take_wanted().is_empty());
    pictures.forget_missing();
    assert!(pictures.size(&face(7)).is_none());
    assert_eq!(pictures.take_wanted(), [face(7)]);
}

#[test]
fn pictures_out_of_blocks_stay_within_their_lines_and_their_pane() {
    let mut pictures = pictures(Way::Blocks(Colours::True));
    let theme = Theme::default();
    for (pane, expected) in [
        (Rect::new(2, 2, 10, 6), 8),
        (Rect::new(2, 2, 10, 2), 4),
        (Rect::new(2, 2, 3, 6), 4),
        (Rect::new(0, 0, 3, 3), 0),
    ] {
        let mut buf = Buffer::empty(SCREEN);
        pictures.begin();
        let mut pen = Pen::new(&mut buf, pane, &theme);
        pictures.draw(&mut pen, (3, 3), 0, &face(1));
        let place = Rect::new(3, 3, avatar::WIDTH, avatar::HEIGHT).intersection(pane);
        let touched = SCREEN.positions().filter(|at| buf[*at] != Cell::default());
        let touched: Vec<_> = touched.collect();
        assert!(touched.iter().all(|at| place.contains(*at)), "{pane:?}");
        assert_eq!(touched.len(), expected, "{pane:?}");
    }
}

#[test]
fn a_picture_that_stays_is_not_sent_again_and_one_that_moves_leaves_nothing_behind() {
    for way in [
        Way::Sixel,
        Way::Kitty,
        Way::Iterm2,
        Way::Blocks(Colours::True),
    ] {
        let mut pictures = pictures(way);
        let before = frame(&mut pictures, (3, 3), |_| {});
        let same = frame(&mut pictures, (3, 3), |_| {});
        assert!(before.diff(&same).is_empty(), "{way:?}");
        for place in [(3, 4), (3, 2), (4, 3), (12, 7)] {
            let after = frame(&mut pictures, place, |_| {});
            let told: Vec<_> = before.diff(&after).iter().map(|it| (it.0, it.1)).collect();
            let new = Rect::new(place.0, place.1, avatar::WIDTH, avatar::HEIGHT);
            for at in Rect::new(3, 3, avatar::WIDTH, avatar::HEIGHT).positions() {
                // What the new picture covers is erased by it.
                if !new.contains(at) {
                    assert!(told.contains(&(at.x, at.y)), "{way:?} {place:?} {at}");
                }
            }
            assert!(way == Way::Blocks(Colours::True) || told.contains(&place));
        }
    }
}

#[test]
fn what_is_drawn_over_graphics_takes_all_of_them_away_and_they_come_back_whole() {
    let mut pictures = pictures(Way::Sixel);
    let before = frame(&mut pictures, (3, 3), |_| {});
    let covered = frame(&mut pictures, (3, 3), |pen| {
        pen.text(5, 4, "hi", Style::new());
    });
    assert!(!covered.content.iter().any(is_graphic));
    let told = |from: &Buffer, to: &Buffer| -> Vec<(u16, u16)> {
        let changes = from.diff(to);
        changes.iter().map(|it| (it.0, it.1)).collect()
    };
    let erased = told(&before, &covered);
    let place = Rect::new(3, 3, avatar::WIDTH, avatar::HEIGHT);
    assert!(place.positions().all(|at| erased.contains(&(at.x, at.y))));
    let after = frame(&mut pictures, (3, 3), |_| {});
    assert!(told(&covered, &after).contains(&(3, 3)));
}

#[test]
fn graphics_that_do_not_fit_are_not_begun() {
    let mut pictures = pictures(Way::Sixel);
    let buf = frame(&mut pictures, (3, 9), |_| {});
    assert!(!buf.content.iter().any(is_graphic));
    assert_eq!(buf[(4, 9)].symbol(), "L");
}
