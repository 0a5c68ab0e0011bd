//! A line of recipients: those who are named, what is being typed, and whom it may mean.

use unicode_normalization::UnicodeNormalization as _;

use crate::app::input::{Input, Typed};
use crate::app::key::{Code, Key};
use crate::mail::address::{self, Named};
use crate::model::act::Correspondent;
use crate::model::correspondence::{Book, Circle};

/// So many are offered at once.
const MOST: usize = 7;

/// A line of recipients.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct People {
    pub chips: Vec<Named>,
    pub input: Input,
    pub offers: Offers,
}

/// Whom the typed letters may mean.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offers {
    pub list: Vec<Offer>,
    pub selected: usize,
    /// The cursor was moved to one of them.
    chosen: bool,
}

/// One who may be meant, or several at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offer {
    Person(Correspondent),
    Circle(Circle),
}

/// What a key did to the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pressed {
    /// It is not for the line.
    Nothing,
    Moved,
    Changed,
}

/// Everybody who may be meant, ready to be looked through at every key.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lookup {
    people: Vec<(String, Correspondent)>,
    circles: Vec<(String, Circle)>,
}

impl Lookup {
    pub fn new(book: Book) -> Self {
        let person = |it: Correspondent| {
            let name = it.name.as_deref().unwrap_or_default();
            (folded(&format!("{name} {}", it.address)), it)
        };
        let circle = |it: Circle| (folded(&it.title), it);
        Self {
            people: book.people.into_iter().map(person).collect(),
            circles: book.circles.into_iter().map(circle).collect(),
        }
    }

    /// Whom these letters may mean: every word of them begins a word of the name or the address.
    fn find(&self, typed: &str, named: &[Named]) -> Vec<Offer> {
        let words: Vec<String> = folded(typed)
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        if words.is_empty() {
            return Vec::new();
        }
        let is_named = |it: &Correspondent| {
            named
                .iter()
                .any(|one| one.person.address.eq_ignore_ascii_case(&it.address))
        };
        let people = self.people.iter().filter(|(known, _)| fits(known, &words));
        let people = people.map(|it| &it.1).filter(|it| !is_named(it));
        let mut found: Vec<Offer> = people.take(MOST).cloned().map(Offer::Person).collect();
        let circles = self.circles.iter().filter(|(known, _)| fits(known, &words));
        let circles = circles
            .map(|it| &it.1)
            .filter(|it| !it.people.iter().all(is_named));
        // There is room for a circle or two even where many people fit.
        let circles: Vec<Offer> = circles.take(3).cloned().map(Offer::Circle).collect();
        found.truncate(MOST - circles.len().min(2));
        found.extend(circles);
        found.truncate(MOST);
        found
    }
}

fn folded(text: &str) -> String {
    let bare = text
        .nfd()
        .filter(|it| !unicode_normalization::char::is_combining_mark(*it));
    bare.flat_map(char::to_lowercase).collect()
}

fn fits(known: &str, words: &[String]) -> bool {
    words.iter().all(|word| {
        known.match_indices(word.as_str()).any(|(at, _)| {
            let before = known.get(..at).and_then(|it| it.chars().next_back());
            before.is_none_or(|it| !it.is_alphanumeric())
        })
    })
}

impl People {
    pub fn of(people: &[Correspondent]) -> Self {
        let chip = |it: &Correspondent| Named {
            person: it.clone(),
            flaw: address::flaw(&it.address),
        };
        Self {
            chips: people.iter().map(chip).collect(),
            ..Self::default()
        }
    }

    pub fn is_empty(&self) -> bool {
        self.chips.is_empty() && self.input.is_empty()
    }

    pub fn persons(&self) -> Vec<Correspondent> {
        self.chips.iter().map(|it| it.person.clone()).collect()
    }

    /// What is wrong with what is typed, once it looks like an address and nobody known is meant.
    pub fn flaw(&self) -> Option<address::Flaw> {
        let typed = self.input.text().trim();
        let begun = typed.contains('@') && self.offers.list.is_empty();
        // Nobody has said yet what comes behind the @.
        let open = typed.ends_with(['@', '.', '<']) || typed.contains('<') && !typed.contains('>');
        if !begun || open {
            return None;
        }
        address::one(typed).flaw
    }

    /// Gives a key to the line. `others` are named in the other lines.
    pub fn press(&mut self, key: Key, lookup: &Lookup, others: &[Named]) -> Pressed {
        match (key.code, key.ctrl) {
            (Code::Up, _) | (Code::Char('p'), true) if !self.offers.list.is_empty() => {
                self.walk(-1);
            }
            (Code::Down, _) | (Code::Char('n'), true) if !self.offers.list.is_empty() => {
                self.walk(1);
            }
            (Code::Enter | Code::Tab, false) if !self.input.text().trim().is_empty() => {
                self.take();
                return Pressed::Changed;
            }
            (Code::Char(',' | ';'), false) if self.input.text().contains('@') && !self.quoted() => {
                self.take();
                return Pressed::Changed;
            }
            (Code::Backspace, _) if self.input.is_empty() => {
                let Some(last) = self.chips.pop() else {
                    return Pressed::Nothing;
                };
                // What is wrong is put right, and what is right goes.
                if last.flaw.is_some() {
                    self.input.set(&address::spelled(&last.person));
                }
                return Pressed::Changed;
            }
            _ => {
                return match self.input.press(key) {
                    Typed::Nothing => Pressed::Nothing,
                    Typed::Moved => Pressed::Moved,
                    Typed::Changed => {
                        self.look(lookup, others);
                        Pressed::Changed
                    }
                };
            }
        }
        Pressed::Moved
    }

    fn quoted(&self) -> bool {
        self.input.text().matches('"').count() % 2 == 1
    }

    fn walk(&mut self, by: isize) {
        let last = self.offers.list.len().saturating_sub(1);
        self.offers.selected = self.offers.selected.saturating_add_signed(by).min(last);
        self.offers.chosen = true;
    }

    /// Finds anew whom the line may mean.
    fn look(&mut self, lookup: &Lookup, others: &[Named]) {
        let mut named = self.chips.clone();
        named.extend_from_slice(others);
        self.offers = Offers {
            list: lookup.find(self.input.text(), &named),
            ..Offers::default()
        };
    }

    /// Takes whom the line means: the one under the cursor, or what is typed when that is a whole address.
    pub fn take(&mut self) {
        let typed = address::list(self.input.text());
        let whole = !typed.is_empty() && typed.iter().all(|it| it.flaw.is_none());
        let offers = std::mem::take(&mut self.offers);
        let same = |it: &Correspondent| {
            typed
                .first()
                .is_some_and(|one| one.person.address.eq_ignore_ascii_case(&it.address))
        };
        let mut list = offers.list;
        let meant = (offers.selected < list.len()).then(|| list.swap_remove(offers.selected));
        self.input.clear();
        match meant {
            Some(Offer::Person(it)) if offers.chosen || !whole || same(&it) => {
                self.add(Named {
                    person: it,
                    flaw: None,
                });
            }
            Some(Offer::Circle(it)) if offers.chosen || !whole => {
                for person in it.people {
                    let flaw = address::flaw(&person.address);
                    self.add(Named { person, flaw });
                }
            }
            _ => typed.into_iter().for_each(|it| self.add(it)),
        }
    }

    /// Takes what is typed as it stands.
    pub fn settle(&mut self) {
        let typed = address::list(self.input.text());
        self.input.clear();
        self.offers = Offers::default();
        for it in typed {
            self.add(it);
        }
    }

    /// Takes the one that was clicked.
    pub fn click(&mut self, at: usize) {
        if at < self.offers.list.len() {
            self.offers.selected = at;
            self.offers.chosen = true;
            self.take();
        }
    }

    /// Takes a pasted text: as people when it names some, or else into the line.
    pub fn paste(&mut self, text: &str, lookup: &Lookup, others: &[Named]) {
        let whole = format!("{}{text}", self.input.text());
        let people = address::list(&whole);
        let is_list = people.len() > 1 || people.iter().any(|it| it.flaw.is_none());
        if is_list {
            self.input.clear();
            self.offers = Offers::default();
            for it in people {
                self.add(it);
            }
        } else {
            self.input.insert(text.trim());
            self.look(lookup, others);
        }
    }

    fn add(&mut self, new: Named) {
        let key = address::mailbox(&new.person.address);
        let known = self
            .chips
            .iter()
            .any(|it| address::mailbox(&it.person.address) == key);
        if !known {
            self.chips.push(new);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lookup() -> Lookup {
        let person = |name: &str, address: &str| Correspondent {
            name: Some(name.to_owned()).filter(|it| !it.is_empty()),
            address: address.to_owned(),
        };
        let people = vec![
            person("Léa Fontaine", "lea@work.io"),
            person("Tomasz Zieliński", "tz@nuvem.example"),
            person("Lea Brandt", "brandt@x.io"),
            person("", "leanne@x.io"),
        ];
        let circles = vec![Circle {
            title: "Contract renewal".to_owned(),
            people: people.get(..3).unwrap().to_vec(),
        }];
        Lookup::new(Book { people, circles })
    }

    fn write(people: &mut People, text: &str) {
        for letter in text.chars() {
            people.press(Key::char(letter), &lookup(), &[]);
        }
    }

    fn named(people: &People) -> Vec<&str> {
        people
            .chips
            .iter()
            .map(|it| it.person.address.as_str())
            .collect()
    }

    #[test]
    fn a_few_letters_find_people_by_name_and_address_whatever_the_accents() {
        let mut it = People::default();
        write(&mut it, "lea");
        assert_eq!(it.offers.list.len(), 3);
        it.press(Key::plain(Code::Down), &lookup(), &[]);
        it.press(Key::plain(Code::Enter), &lookup(), &[]);
        assert_eq!(named(&it), ["brandt@x.io"]);
        write(&mut it, "zielinski");
        it.press(Key::plain(Code::Tab), &lookup(), &[]);
        assert_eq!(named(&it), ["brandt@x.io", "tz@nuvem.example"]);
        write(&mut it, "nuv");
        assert!(it.offers.list.is_empty(), "nobody is offered twice");
    }

    #[test]
    fn a_whole_address_is_taken_as_it_is_typed_whatever_is_offered() {
        let mut it = People::default();
        write(&mut it, "lea@work.io.example,");
        assert_eq!(named(&it), ["lea@work.io.example"]);
        write(&mut it, "LEA@work.io");
        it.press(Key::plain(Code::Enter), &lookup(), &[]);
        assert_eq!(
            it.chips[1].person.name.as_deref(),
            Some("Léa Fontaine"),
            "the name is known"
        );
        write(&mut it, "lea@work.io,");
        assert_eq!(it.chips.len(), 2, "nobody twice");
    }

    #[test]
    fn all_people_of_a_conversation_are_one_completion() {
        let mut it = People::default();
        write(&mut it, "contr ren");
        assert!(matches!(&it.offers.list[..], [Offer::Circle(circle)] if circle.people.len() == 3));
        it.press(Key::plain(Code::Enter), &lookup(), &[]);
        assert_eq!(
            named(&it),
            ["lea@work.io", "tz@nuvem.example", "brandt@x.io"]
        );
    }

    #[test]
    fn what_is_wrong_is_said_while_typing_and_comes_back_to_be_put_right() {
        let mut it = People::default();
        write(&mut it, "ada@");
        assert_eq!(it.flaw(), None, "it is not finished");
        write(&mut it, "x");
        assert_eq!(it.flaw(), Some(address::Flaw::NoDot));
        it.press(Key::plain(Code::Enter), &lookup(), &[]);
        assert!(it.chips[0].flaw.is_some());
        it.press(Key::plain(Code::Backspace), &lookup(), &[]);
        assert_eq!((it.input.text(), it.chips.len()), ("ada@x", 0));
        write(&mut it, ".io,");
        assert_eq!(it.chips[0].flaw, None);
        it.press(Key::plain(Code::Backspace), &lookup(), &[]);
        assert!(it.is_empty());
    }

    #[test]
    fn a_pasted_list_becomes_people() {
        let mut it = People::default();
        it.paste("Ada <a@x.io>, \"B, C\" <b@x.io>;\nnobody", &lookup(), &[]);
        assert_eq!(named(&it), ["a@x.io", "b@x.io", "nobody"]);
        assert!(it.chips[2].flaw.is_some());
        it.paste("Léa", &lookup(), &[]);
        assert_eq!((it.input.text(), it.offers.list.len()), ("Léa", 3));
    }
}
