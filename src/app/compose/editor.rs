//! The text that is being written. The one file that knows the text area.

use tui_textarea::{AtomicCursorBias, AtomicRange, CursorMove, TextArea};
use unicode_segmentation::UnicodeSegmentation as _;

use super::wrap::{self, Row};
use crate::app::key::{Code, Key};
use crate::model::text::clean;

/// Nobody types more; what is pasted is cut there. The text area counts columns in 16 bits.
pub const LONGEST: usize = 60_000;
/// How many steps can be undone.
const STEPS: usize = 1000;

/// The text and the cursor in it.
#[derive(Debug, Clone)]
pub struct Editor {
    area: TextArea<'static>,
    chars: usize,
    /// The column the cursor wants to be in while it moves up and down.
    goal: Option<usize>,
    /// Everything was replaced once, which the text area counts as two steps: taking out and putting in.
    rewrote: bool,
}

/// What a key did to the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edited {
    /// It is not for the text.
    Nothing,
    Moved,
    Changed,
}

impl Default for Editor {
    fn default() -> Self {
        Self::new("")
    }
}

impl Editor {
    /// A text with the cursor at its end; nothing can be undone yet.
    pub fn new(text: &str) -> Self {
        let text = clean(text);
        let lines = text.split('\n').map(str::to_owned).collect();
        let mut area = TextArea::new(lines);
        area.set_max_histories(STEPS);
        area.set_undo_coalescing(true);
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        let mut editor = Self {
            area,
            chars: text.chars().count(),
            goal: None,
            rewrote: false,
        };
        editor.changed();
        editor
    }

    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    pub fn lines(&self) -> &[String] {
        self.area.lines()
    }

    /// Whether nothing is written but spaces.
    pub fn is_blank(&self) -> bool {
        self.lines().iter().all(|line| line.trim().is_empty())
    }

    pub fn is_empty(&self) -> bool {
        self.area.is_empty()
    }

    /// Whether the cursor is before everything.
    pub fn at_start(&self) -> bool {
        self.area.cursor() == (0, 0)
    }

    /// The line of the cursor and the byte in it.
    pub fn cursor(&self) -> (usize, usize) {
        let (line, column) = self.area.cursor();
        let text = self.lines().get(line).map_or("", String::as_str);
        let byte = text
            .char_indices()
            .nth(column)
            .map_or(text.len(), |(at, _)| at);
        (line, byte)
    }

    /// What stands before the cursor on its line.
    pub fn before(&self) -> &str {
        let (line, byte) = self.cursor();
        let text = self.lines().get(line).map_or("", String::as_str);
        text.get(..byte).unwrap_or_default()
    }

    /// The rows as they are seen at this width, and the row and column of the cursor.
    pub fn laid(&self, width: u16) -> (Vec<Row>, (usize, usize)) {
        let rows = wrap::rows(self.lines(), width);
        let (line, byte) = self.cursor();
        let place = wrap::place(&rows, self.lines(), line, byte);
        (rows, place)
    }

    /// Puts a text in at the cursor, harmless. Gives whether all of it had room.
    pub fn insert(&mut self, text: &str) -> bool {
        let text = clean(text).replace('\t', "    ");
        let selected = if self.area.is_selecting() {
            self.chars
        } else {
            0
        };
        let room = LONGEST.saturating_sub(self.chars - selected);
        let end = text
            .char_indices()
            .nth(room)
            .map_or(text.len(), |(at, _)| at);
        self.area.insert_str(text.get(..end).unwrap_or_default());
        self.changed();
        end == text.len()
    }

    /// Replaces as many characters before the cursor, as one step.
    pub fn replace(&mut self, chars: usize, by: &str) {
        let (line, column) = self.area.cursor();
        let cell = |it: usize| u16::try_from(it).unwrap_or(u16::MAX);
        let start = CursorMove::Jump(cell(line), cell(column.saturating_sub(chars)));
        self.area.move_cursor(start);
        self.area.delete_str(chars);
        self.insert(by);
    }

    /// Replaces everything, as one step.
    pub fn rewrite(&mut self, text: &str) {
        self.rewrote |= !self.is_empty();
        self.area.select_all();
        self.insert(text);
    }

    /// A text with the cursor before it.
    pub fn before_all(text: &str) -> Self {
        let mut editor = Self::new(text);
        editor.area.move_cursor(CursorMove::Jump(0, 0));
        editor
    }

    /// Replaces everything, as one step; the cursor stays on its line.
    pub fn revise(&mut self, text: &str) {
        let (line, column) = self.area.cursor();
        self.rewrite(text);
        let cell = |it: usize| u16::try_from(it).unwrap_or(u16::MAX);
        let last = self.lines().len().saturating_sub(1);
        self.area
            .move_cursor(CursorMove::Jump(cell(line.min(last)), cell(column)));
        self.between_letters();
    }

    /// Begins a new line.
    pub fn break_line(&mut self) {
        if self.chars < LONGEST {
            self.area.insert_newline();
            self.changed();
        }
    }

    /// Takes the last change back.
    pub fn undo(&mut self) -> bool {
        let done = self.area.undo();
        if self.rewrote && self.is_empty() {
            self.area.undo();
        }
        self.changed();
        done
    }

    /// Does again what was taken back.
    pub fn redo(&mut self) -> bool {
        let done = self.area.redo();
        if self.rewrote && self.is_empty() {
            self.area.redo();
        }
        self.changed();
        done
    }

    /// Gives a key to the text, which is shown at this width.
    pub fn press(&mut self, key: Key, width: u16) -> Edited {
        let before = self.area.cursor();
        let (ctrl, alt) = (key.ctrl, key.alt);
        let word = ctrl || alt;
        let goal = self.goal.take();
        let changed = match key.code {
            Code::Up => self.vertically(-1, goal, width),
            Code::Down => self.vertically(1, goal, width),
            Code::PageUp => self.vertically(-8, goal, width),
            Code::PageDown => self.vertically(8, goal, width),
            Code::Left if word => self.go(CursorMove::WordBack),
            Code::Right if word => self.go(CursorMove::WordForward),
            Code::Left => self.go(CursorMove::Back),
            Code::Right => self.go(CursorMove::Forward),
            Code::Home if ctrl => self.go(CursorMove::Top),
            Code::End if ctrl => self.go(CursorMove::Bottom),
            Code::Home => self.go(CursorMove::Head),
            Code::End => self.go(CursorMove::End),
            Code::Backspace if word => self.area.delete_word(),
            Code::Backspace => self.area.delete_char(),
            Code::Delete if word => self.area.delete_next_word(),
            Code::Delete => self.area.delete_next_char(),
            Code::Char(letter) if ctrl => match letter {
                'a' => self.go(CursorMove::Head),
                'b' => self.go(CursorMove::Back),
                'f' => self.go(CursorMove::Forward),
                'h' => self.area.delete_char(),
                'w' => self.area.delete_word(),
                'u' => self.area.delete_line_by_head(),
                'd' => self.area.delete_next_char(),
                _ => return Edited::Nothing,
            },
            Code::Char(letter) if alt => match letter {
                'b' => self.go(CursorMove::WordBack),
                'f' => self.go(CursorMove::WordForward),
                'd' => self.area.delete_next_word(),
                _ => return Edited::Nothing,
            },
            Code::Char(letter) => {
                let harmless = clean(letter.encode_utf8(&mut [0; 4]));
                match harmless.chars().next() {
                    Some(letter) if self.chars < LONGEST => {
                        self.area.insert_char(letter);
                        true
                    }
                    _ => false,
                }
            }
            _ => return Edited::Nothing,
        };
        if changed {
            self.changed();
            Edited::Changed
        } else if self.area.cursor() == before {
            Edited::Nothing
        } else {
            Edited::Moved
        }
    }

    fn go(&mut self, to: CursorMove) -> bool {
        self.area.move_cursor(to);
        self.between_letters();
        false
    }

    /// Moves by rows as they are seen.
    fn vertically(&mut self, by: isize, goal: Option<usize>, width: u16) -> bool {
        let (rows, (row, column)) = self.laid(width);
        let goal = goal.unwrap_or(column);
        let to = row
            .saturating_add_signed(by)
            .min(rows.len().saturating_sub(1));
        if let Some(target) = rows.get(to).filter(|_| to != row) {
            self.put(target, goal);
            self.goal = Some(goal);
        } else {
            // There is no row: to the very start or end.
            self.go(if by < 0 {
                CursorMove::Head
            } else {
                CursorMove::End
            });
        }
        false
    }

    /// Puts the cursor where a row was clicked.
    pub fn click(&mut self, row: usize, column: usize, width: u16) {
        let rows = wrap::rows(self.lines(), width);
        if let Some(row) = rows.get(row).or(rows.last()) {
            self.put(row, column);
        }
    }

    fn put(&mut self, row: &Row, column: usize) {
        let byte = wrap::byte_at(row, self.lines(), column);
        let line = self.lines().get(row.line).map_or("", String::as_str);
        let chars = line.get(..byte).unwrap_or_default().chars().count();
        let cell = |it: usize| u16::try_from(it).unwrap_or(u16::MAX);
        self.area
            .move_cursor(CursorMove::Jump(cell(row.line), cell(chars)));
        self.between_letters();
    }

    fn changed(&mut self) {
        let lines = self.area.lines();
        let breaks = lines.len().saturating_sub(1);
        self.chars = breaks + lines.iter().map(|it| it.chars().count()).sum::<usize>();
        self.goal = None;
        self.hold_letters();
    }

    /// Every letter that is made of several characters is one to all keys.
    fn hold_letters(&mut self) {
        let mut ranges = Vec::new();
        for (row, line) in self.area.lines().iter().enumerate() {
            if line.is_ascii() {
                continue;
            }
            let mut column = 0;
            for letter in line.graphemes(true) {
                let chars = letter.chars().count();
                if chars > 1 {
                    ranges.push(AtomicRange {
                        row,
                        start_col: column,
                        end_col: column + chars,
                    });
                }
                column += chars;
            }
        }
        // They come from the text itself and cannot be wrong; if they were, letters would come apart and nothing else.
        let _ = self.area.try_set_atomic_ranges(ranges);
        self.between_letters();
    }

    fn between_letters(&mut self) {
        self.area
            .normalize_cursor_around_atomic_ranges(AtomicCursorBias::Forward);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_key_ever_parts_a_letter_or_loses_the_cursor(
            start in "[a-z 👩é\n]{0,12}",
            keys in prop::collection::vec((0_usize..20, any::<char>()), 0..60),
            width in 0_u16..30,
        ) {
            let mut editor = Editor::new(&start);
            for (which, letter) in keys {
                let key = match which {
                    0 => Key::plain(Code::Left),
                    1 => Key::plain(Code::Right),
                    2 => Key::plain(Code::Up),
                    3 => Key::plain(Code::Down),
                    4 | 5 => Key::plain(Code::Backspace),
                    6 => Key::plain(Code::Delete),
                    7 => Key::ctrl('w'),
                    8 => Key::plain(Code::Home),
                    9 => Key::plain(Code::End),
                    10 => Key::char('\u{200d}'),
                    11 => Key::char('👩'),
                    12 => Key::char('\u{301}'),
                    13 => Key::char('🇫'),
                    14 => Key::char(' '),
                    15 => { editor.insert("👨‍👩‍👧‍👦 héllo\nwörld"); continue }
                    16 => { editor.undo(); continue }
                    17 => { editor.redo(); continue }
                    18 => { editor.break_line(); continue }
                    _ => Key::char(letter),
                };
                editor.press(key, width);
                let (line, byte) = editor.cursor();
                let text = &editor.lines()[line];
                let between = text.grapheme_indices(true).any(|(at, _)| at == byte) || byte == text.len();
                prop_assert!(between, "{text:?} {byte}");
                let (rows, (row, _)) = editor.laid(width);
                prop_assert!(row < rows.len());
                let shown: String = rows.iter().map(|it| &editor.lines()[it.line][it.bytes.clone()]).collect();
                prop_assert_eq!(shown, editor.text().replace('\n', ""));
            }
        }
    }
}
