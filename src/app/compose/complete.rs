//! What may be meant by the word before the cursor: an emoji after `:`, a person of the group after `@`.

use std::collections::BTreeSet;

use crate::app::key::{Code, Key};

/// How many are offered.
const MOST: usize = 8;
/// Letters after the colon before emoji are offered; one alone stands in every `:)` and `:D`.
const LEAST: usize = 2;

/// A list above the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complete {
    /// How many characters before the cursor are replaced.
    pub typed: usize,
    pub offers: Vec<Offer>,
    pub selected: usize,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub label: String,
    /// What takes the place of the word.
    pub text: String,
}

/// What a key did to the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    /// It is not for the list.
    Nothing,
    Moved,
    Closed,
    Offer(usize, String),
}

impl Complete {
    /// What may be meant by the end of this line, by these people.
    pub fn of(before: &str, people: &[String]) -> Option<Self> {
        let start = before.rfind([':', '@'])?;
        let word = before.get(start..)?;
        // Within a word they mean something else: 10:30, ada@work.io.
        let free = before.get(..start)?.chars().next_back();
        if free.is_some_and(char::is_alphanumeric) {
            return None;
        }
        let offers = match word.split_at_checked(1)? {
            (":", name) => emoji(name),
            (_, name) => persons(name, people),
        };
        (!offers.is_empty()).then(|| Self {
            typed: word.chars().count(),
            offers,
            selected: 0,
        })
    }

    pub fn press(&mut self, key: Key) -> Chosen {
        let last = self.offers.len().saturating_sub(1);
        match (key.code, key.ctrl, key.alt || key.shift) {
            (Code::Up, ..) | (Code::Char('p'), true, _) => {
                self.selected = self.selected.checked_sub(1).unwrap_or(last);
            }
            (Code::Down, ..) | (Code::Char('n'), true, _) => {
                self.selected = if self.selected == last {
                    0
                } else {
                    self.selected + 1
                };
            }
            (Code::Tab | Code::Enter, false, false) => return self.choose(self.selected),
            (Code::Esc, ..) => return Chosen::Closed,
            _ => return Chosen::Nothing,
        }
        Chosen::Moved
    }

    pub fn choose(&self, at: usize) -> Chosen {
        self.offers.get(at).map_or(Chosen::Closed, |offer| {
            Chosen::Offer(self.typed, offer.text.clone())
        })
    }
}

/// The emoji that a finished `:name:` at the end of a line means, and how long that is.
pub fn finished(before: &str) -> Option<(usize, &'static str)> {
    let rest = before.strip_suffix(':')?;
    let start = rest.rfind(':')?;
    let name = rest.get(start + 1..)?;
    let emoji = emojis::get_by_shortcode(name)?;
    Some((name.chars().count() + 2, emoji.as_str()))
}

fn emoji(name: &str) -> Vec<Offer> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-');
    if name.chars().count() < LEAST || !name.chars().all(is_name) {
        return Vec::new();
    }
    let name = name.to_ascii_lowercase();
    let codes = emojis::iter().flat_map(|it| it.shortcodes().map(move |code| (it, code)));
    let mut found: Vec<(usize, &str, &emojis::Emoji)> = codes
        .filter_map(|(it, code)| Some((rank(code, &name)?, code, it)))
        .collect();
    found.sort_by_key(|(rank, code, _)| (*rank, code.len()));
    let mut seen = BTreeSet::new();
    found.retain(|(_, _, it)| seen.insert(it.as_str()));
    found
        .into_iter()
        .take(MOST)
        .map(|(_, code, it)| Offer {
            label: format!("{} :{code}:", it.as_str()),
            text: it.as_str().to_owned(),
        })
        .collect()
}

/// How well a name fits: from its start, from the start of one of its words, anywhere.
fn rank(code: &str, name: &str) -> Option<usize> {
    if code.starts_with(name) {
        return Some(0);
    }
    let at = code.find(name)?;
    let word = code.get(..at).is_some_and(|it| it.ends_with('_'));
    Some(if word { 1 } else { 2 })
}

fn persons(name: &str, people: &[String]) -> Vec<Offer> {
    let name = name.to_lowercase();
    if name.starts_with(char::is_whitespace) || name.chars().count() > 40 {
        return Vec::new();
    }
    let fits = |person: &&String| {
        let whole = person.to_lowercase();
        whole.starts_with(&name) || whole.split_whitespace().any(|word| word.starts_with(&name))
    };
    let offer = |person: &String| Offer {
        label: person.clone(),
        text: format!("@{person} "),
    };
    let found: Vec<Offer> = people.iter().filter(fits).take(MOST).map(offer).collect();
    // A name that is written out asks for nothing more.
    match found.as_slice() {
        [only] if only.label.to_lowercase() == name => Vec::new(),
        _ => found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered(before: &str) -> Vec<String> {
        let people = ["Ada Martin".to_owned(), "Léa Fontaine".to_owned()];
        let complete = Complete::of(before, &people);
        complete.map_or_else(Vec::new, |it| {
            it.offers.into_iter().map(|it| it.text).collect()
        })
    }

    #[test]
    fn a_colon_and_two_letters_offer_emoji_and_a_smiley_or_a_time_do_not() {
        assert_eq!(offered("well :smile")[0], "😄");
        assert!(offered(":thumbsu").contains(&"👍".to_owned()));
        for text in [":)", ":D", "at 10:30", "x :", "http://ab", ": smile"] {
            assert_eq!(offered(text), Vec::<String>::new(), "{text}");
        }
        assert_eq!(finished("so :tada:"), Some((6, "🎉")));
        assert_eq!(finished("10:30:"), None);
    }

    #[test]
    fn an_at_sign_offers_the_people_of_the_group() {
        assert_eq!(offered("hi @").len(), 2);
        assert_eq!(offered("hi @fon"), ["@Léa Fontaine "]);
        assert_eq!(offered("hi @léa"), ["@Léa Fontaine "]);
        assert!(offered("ada@fon").is_empty() && offered("@Ada Martin").is_empty());
    }

    #[test]
    fn tab_takes_the_selected_one_and_escape_only_closes_the_list() {
        let mut it = Complete::of("@", &["Ada".to_owned(), "Bob".to_owned()]).unwrap();
        assert_eq!(it.press(Key::plain(Code::Down)), Chosen::Moved);
        assert_eq!(
            it.press(Key::plain(Code::Tab)),
            Chosen::Offer(1, "@Bob ".to_owned())
        );
        assert_eq!(it.press(Key::plain(Code::Esc)), Chosen::Closed);
        assert_eq!(it.press(Key::char('x')), Chosen::Nothing);
    }
}
