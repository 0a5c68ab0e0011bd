//! One line that is being typed. The cursor stands between letters as people see them, never within one.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation as _};

use super::key::{Code, Key};
use crate::model::text::clean;

/// Nobody types more than this into one line; what is pasted is cut there.
const LONGEST: usize = 4096;

/// A line and the cursor in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Input {
    text: String,
    /// In bytes, always between letters.
    cursor: usize,
}

/// What a key did to a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// It is not for the line.
    Nothing,
    Moved,
    Changed,
}

impl Input {
    /// A line with the cursor at its end.
    pub fn new(text: &str) -> Self {
        let mut input = Self::default();
        input.insert(text);
        input
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// What stands before the cursor.
    pub fn before(&self) -> &str {
        self.text.get(..self.cursor).unwrap_or_default()
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Replaces everything.
    pub fn set(&mut self, text: &str) {
        *self = Self::new(text);
    }

    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Puts a text in at the cursor, on one line and harmless.
    pub fn insert(&mut self, text: &str) {
        let text: String = clean(text)
            .chars()
            .map(|it| if matches!(it, '\n' | '\t') { ' ' } else { it })
            .take(LONGEST.saturating_sub(self.text.len()))
            .collect();
        self.text.insert_str(self.cursor, &text);
        self.cursor = self.whole(self.cursor + text.len());
    }

    /// Gives a key to the line.
    pub fn press(&mut self, key: Key) -> Typed {
        let before = (self.text.len(), self.cursor);
        match (key.code, key.ctrl, key.alt) {
            (Code::Backspace, false, false) | (Code::Char('h'), true, _) => {
                self.remove(self.previous(), self.cursor);
            }
            (Code::Backspace, ..) | (Code::Char('w'), true, _) => {
                self.remove(self.word_before(), self.cursor);
            }
            (Code::Delete, ..) | (Code::Char('d'), true, _) => {
                self.remove(self.cursor, self.next());
            }
            (Code::Char('u'), true, _) => self.remove(0, self.cursor),
            (Code::Left, false, false) | (Code::Char('b'), true, _) => {
                self.cursor = self.previous();
            }
            (Code::Right, false, false) | (Code::Char('f'), true, _) => self.cursor = self.next(),
            (Code::Left, ..) | (Code::Char('b'), _, true) => self.cursor = self.word_before(),
            (Code::Right, ..) | (Code::Char('f'), _, true) => self.cursor = self.word_after(),
            (Code::Home, ..) | (Code::Char('a'), true, _) => self.cursor = 0,
            (Code::End, ..) | (Code::Char('e'), true, _) => self.cursor = self.text.len(),
            _ => {
                let Some(letter) = key.typed() else {
                    return Typed::Nothing;
                };
                self.insert(letter.encode_utf8(&mut [0; 4]));
            }
        }
        if self.text.len() != before.0 {
            Typed::Changed
        } else if self.cursor != before.1 {
            Typed::Moved
        } else {
            Typed::Nothing
        }
    }

    fn remove(&mut self, from: usize, to: usize) {
        if from < to {
            self.text.replace_range(from..to, "");
            // What is left may grow together into one letter.
            self.cursor = self.whole(from);
        }
    }

    /// The end of the letter in which a place lies.
    fn whole(&self, at: usize) -> usize {
        let mut cursor = GraphemeCursor::new(at, self.text.len(), true);
        match cursor.is_boundary(&self.text, 0) {
            Ok(true) | Err(_) => at,
            Ok(false) => cursor
                .next_boundary(&self.text, 0)
                .ok()
                .flatten()
                .unwrap_or(self.text.len()),
        }
    }

    fn previous(&self) -> usize {
        let last = self.before().grapheme_indices(true).next_back();
        last.map_or(0, |(at, _)| at)
    }

    fn next(&self) -> usize {
        let after = self.text.get(self.cursor..).unwrap_or_default();
        self.cursor + after.graphemes(true).next().map_or(0, str::len)
    }

    fn word_before(&self) -> usize {
        let mut words = self.before().unicode_word_indices();
        words.next_back().map_or(0, |(at, _)| at)
    }

    fn word_after(&self) -> usize {
        let after = self.text.get(self.cursor..).unwrap_or_default();
        let word = after.unicode_word_indices().next();
        self.cursor + word.map_or(after.len(), |(at, word)| at + word.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_family_of_emoji_is_one_letter_to_every_key() {
        let mut input = Input::new("a👨‍👩‍👧‍👦é🇫🇷");
        assert_eq!(input.press(Key::plain(Code::Backspace)), Typed::Changed);
        assert_eq!(input.text(), "a👨‍👩‍👧‍👦é");
        input.press(Key::plain(Code::Left));
        assert_eq!(input.before(), "a👨‍👩‍👧‍👦");
        input.press(Key::plain(Code::Backspace));
        assert_eq!((input.text(), input.before()), ("aé", "a"));
        assert_eq!(input.press(Key::plain(Code::F(5))), Typed::Nothing);
    }

    #[test]
    fn words_go_with_one_key_and_a_paste_stays_on_the_line() {
        let mut input = Input::new("one two\nthree\x1b[31m");
        assert_eq!(input.text(), "one two three[31m");
        for _ in 0..2 {
            input.press(Key::ctrl('w'));
        }
        assert_eq!(input.text(), "one two ");
        input.press(Key::ctrl('u'));
        assert!(input.is_empty());
    }

    proptest! {
        #[test]
        fn the_cursor_never_stands_within_a_letter(
            start in ".{0,20}",
            keys in prop::collection::vec((0_usize..12, any::<char>()), 0..40),
        ) {
            let mut input = Input::new(&start);
            for (which, letter) in keys {
                let key = match which {
                    0 | 1 => Key::plain(Code::Left),
                    2 => Key::plain(Code::Right),
                    3 => Key::plain(Code::Backspace),
                    4 => Key::plain(Code::Delete),
                    5 => Key::ctrl('w'),
                    6 => Key::char('\u{200d}'),
                    7 => Key::char('👩'),
                    8 => Key::char('\u{301}'),
                    9 => Key::char('🇫'),
                    _ => Key::char(letter),
                };
                input.press(key);
                let ends = input.text.grapheme_indices(true).map(|(at, _)| at).chain([input.text.len()]);
                prop_assert!(ends.into_iter().any(|at| at == input.cursor));
            }
        }
    }
}
