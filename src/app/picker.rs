//! Picking one of many by typing a few letters of it. What the items mean, their owner knows by their place.

use std::fmt;

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::input::{Input, Typed};
use super::key::{Code, Key};

/// How far PgUp and PgDn go.
const PAGE: isize = 10;

/// Something that can be picked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Item {
    pub label: String,
    /// Said dimly behind the label.
    pub detail: String,
    /// The key that does the same, or another short word at the right.
    pub key: String,
    /// What it is found by as well without being shown.
    pub also: String,
}

impl Item {
    pub fn new(label: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            detail: detail.into(),
            ..Self::default()
        }
    }

    /// All it is found by.
    fn all(&self) -> String {
        format!("{} {} {}", self.label, self.detail, self.also)
    }
}

/// A line to type in and the items that fit it.
#[derive(Clone, Default)]
pub struct Picker {
    pub title: String,
    /// What is said where nothing is typed yet.
    pub hint: String,
    /// What is said when nothing fits.
    pub nothing: String,
    pub input: Input,
    pub items: Vec<Item>,
    /// Places of the items that fit, the best first.
    pub matches: Vec<usize>,
    /// Which of the matches the cursor is on.
    pub selected: usize,
    /// Whether the owner sorts out and ranks the items itself, such as by asking the store.
    pub ranked: bool,
}

/// What a key did to a picker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picked {
    /// It is not for the picker.
    Nothing,
    Moved,
    /// The line has changed, and the matches with it.
    Typed,
    /// This item was picked.
    Item(usize),
    /// Enter, but nothing fits.
    Nobody,
    Closed,
}

impl Picker {
    /// A picker over these items; with nothing typed they stand in their own order.
    pub fn new(title: impl Into<String>, items: Vec<Item>) -> Self {
        let mut picker = Self {
            title: title.into(),
            nothing: "Nothing fits.".to_owned(),
            ..Self::default()
        };
        picker.offer(items);
        picker
    }

    /// Offers other items for the same line. The cursor stays on what it is on when that is still there.
    pub fn offer(&mut self, items: Vec<Item>) {
        let current = self.current().cloned();
        self.items = items;
        let at = self.selected;
        self.rank();
        let same = |place: &usize| self.items.get(*place) == current.as_ref();
        if at > 0 && current.is_some() {
            self.selected = self.matches.iter().position(same).unwrap_or(0);
        }
    }

    /// The item under the cursor.
    pub fn current(&self) -> Option<&Item> {
        self.items.get(self.place()?)
    }

    /// The place of the item under the cursor.
    pub fn place(&self) -> Option<usize> {
        self.matches.get(self.selected).copied()
    }

    /// Gives a key to the picker.
    pub fn press(&mut self, key: Key) -> Picked {
        match (key.code, key.ctrl) {
            (Code::Esc, _) => return Picked::Closed,
            (Code::Enter, _) => return self.place().map_or(Picked::Nobody, Picked::Item),
            (Code::Up, _) | (Code::Char('p' | 'k'), true) => self.move_by(-1),
            (Code::Down, _) | (Code::Char('n' | 'j'), true) => self.move_by(1),
            (Code::PageUp, _) => self.move_by(-PAGE),
            (Code::PageDown, _) => self.move_by(PAGE),
            _ => {
                return match self.input.press(key) {
                    Typed::Nothing => Picked::Nothing,
                    Typed::Moved => Picked::Moved,
                    Typed::Changed => {
                        self.rank();
                        Picked::Typed
                    }
                };
            }
        }
        Picked::Moved
    }

    /// Takes a pasted text into the line.
    pub fn paste(&mut self, text: &str) -> Picked {
        self.input.insert(text);
        self.rank();
        Picked::Typed
    }

    pub fn move_by(&mut self, by: isize) {
        let last = self.matches.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
    }

    /// A click on a row, by its place among the matches: gives the place of its item.
    pub fn click(&mut self, row: usize) -> Option<usize> {
        let place = self.matches.get(row).copied()?;
        self.selected = row;
        Some(place)
    }

    /// Finds what fits the line.
    fn rank(&mut self) {
        self.selected = 0;
        let query = self.input.text().trim();
        if query.is_empty() || self.ranked {
            self.matches = (0..self.items.len()).collect();
            return;
        }
        let (pattern, mut matcher) = (pattern(query), matcher());
        let mut buffer = Vec::new();
        let mut found: Vec<(u32, usize)> = Vec::new();
        for (place, item) in self.items.iter().enumerate() {
            let mut score =
                |text: &str| pattern.score(Utf32Str::new(text, &mut buffer), &mut matcher);
            // What is in the name counts for more than what is said about it.
            let score = match score(&item.label) {
                Some(score) => Some(score.saturating_mul(2).saturating_add(20)),
                None => score(&item.all()),
            };
            found.extend(score.map(|score| (score, place)));
        }
        found.sort_by_key(|(score, place)| (std::cmp::Reverse(*score), *place));
        self.matches = found.into_iter().map(|(_, place)| place).collect();
    }

    /// Some of the matches from one on, for drawing: item, and which letters of its label were typed, counted as people
    /// see them.
    pub fn rows(&self, first: usize, count: usize) -> Vec<(&Item, Vec<u32>)> {
        let query = self.input.text().trim();
        let (pattern, mut matcher) = (pattern(query), matcher());
        let mut buffer = Vec::new();
        let shown = self.matches.iter().skip(first).take(count);
        shown
            .filter_map(|place| self.items.get(*place))
            .map(|item| {
                let mut letters = Vec::new();
                if !query.is_empty() {
                    let label = Utf32Str::new(&item.label, &mut buffer);
                    pattern.indices(label, &mut matcher, &mut letters);
                    letters.sort_unstable();
                    letters.dedup();
                }
                (item, letters)
            })
            .collect()
    }
}

fn pattern(query: &str) -> Pattern {
    Pattern::parse(query, CaseMatching::Ignore, Normalization::Smart)
}

fn matcher() -> Matcher {
    Matcher::new(Config::DEFAULT)
}

impl fmt::Debug for Picker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Picker")
            .field("title", &self.title)
            .field("input", &self.input)
            .field("items", &self.items.len())
            .field("selected", &self.selected)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picker() -> Picker {
        let items = [
            "Léa Fontaine",
            "Tomasz Zieliński",
            "Family ♥",
            "lea-app team",
        ];
        let mut items: Vec<Item> = items.iter().map(|it| Item::new(*it, "LinkedIn")).collect();
        items[1].also = "polska".to_owned();
        Picker::new("Go to", items)
    }

    fn write(picker: &mut Picker, text: &str) {
        for letter in text.chars() {
            picker.press(Key::char(letter));
        }
    }

    #[test]
    fn a_few_letters_find_a_name_whatever_its_accents() {
        let mut picker = picker();
        assert_eq!(picker.matches, [0, 1, 2, 3]);
        write(&mut picker, "lea fo");
        assert_eq!(picker.matches, [0]);
        assert_eq!(picker.rows(0, 9)[0].1, [0, 1, 2, 4, 5]);
        assert_eq!(
            picker.press(Key::plain(Code::Enter)),
            Picked::Item(0),
            "Enter picks"
        );
        picker.input.clear();
        picker.paste("zielinski");
        assert_eq!(picker.matches, [1]);
    }

    #[test]
    fn what_is_said_about_an_item_finds_it_behind_what_it_is_called() {
        let mut picker = picker();
        write(&mut picker, "polska");
        assert_eq!(picker.matches, [1]);
        assert!(picker.rows(0, 1)[0].1.is_empty());
        write(&mut picker, "xyz");
        assert_eq!(picker.press(Key::plain(Code::Enter)), Picked::Nobody);
        assert_eq!(picker.press(Key::plain(Code::Esc)), Picked::Closed);
    }

    #[test]
    fn the_cursor_follows_its_item_when_others_are_offered() {
        let mut picker = picker();
        picker.move_by(2);
        let mut items = picker.items.clone();
        items.insert(0, Item::new("New", ""));
        picker.offer(items);
        assert_eq!(picker.current().unwrap().label, "Family ♥");
        picker.press(Key::plain(Code::PageDown));
        picker.press(Key::ctrl('n'));
        assert_eq!(picker.selected, 4);
        assert_eq!(picker.click(1), Some(1));
        assert_eq!(picker.click(9), None);
    }
}
