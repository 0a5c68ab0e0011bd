//! Searching everything stored, as it is typed: names first, then hits by conversation.

use super::effect::{Effect, Read, Ticket};
use super::input::Input;
use super::seek::{Found, Hit, Known, Onward, Order, Seek};
use super::state::State;
use crate::model::inbox::{ConversationKey, EntryKey};

/// How close to the last hit more are asked for.
const CLOSE: usize = 15;
/// How many hits are kept; nobody scrolls further than that.
const MOST: usize = 2_000;

/// Words that narrow a search, and what may follow them.
const OPERATORS: [(&str, &[&str]); 9] = [
    ("from:", &[]),
    ("to:", &[]),
    ("in:", &[]),
    ("account:", &[]),
    (
        "is:",
        &[
            "unread",
            "read",
            "starred",
            "unanswered",
            "archived",
            "muted",
            "mine",
        ],
    ),
    (
        "has:",
        &["attachment", "image", "video", "audio", "file", "link"],
    ),
    ("before:", &["today", "yesterday", "monday"]),
    ("after:", &["today", "yesterday", "monday"]),
    ("on:", &["today", "yesterday", "monday"]),
];

/// A row of what was found.
#[derive(Debug, Clone, PartialEq)]
pub enum Row {
    Name(Known),
    /// The conversation of the hits below.
    Title(Hit),
    Hit(Hit),
}

impl Row {
    /// Where it leads.
    pub fn goal(&self) -> Option<(ConversationKey, Option<EntryKey>)> {
        match self {
            Self::Name(known) => Some((known.key, None)),
            Self::Title(_) => None,
            Self::Hit(hit) => Some((hit.conversation, Some(hit.key))),
        }
    }
}

/// A search.
#[derive(Debug, Clone, Default)]
pub struct Search {
    pub input: Input,
    pub order: Order,
    pub rows: Vec<Row>,
    pub selected: usize,
    pub notes: Vec<String>,
    /// How many entries were found so far, and whether there may be more.
    pub count: usize,
    pub more: Option<Onward>,
    /// Completions for the word before the cursor.
    pub offers: Vec<String>,
    asked: Option<(Ticket, bool)>,
    /// The operator before the cursor whose values only the store knows, and what is typed of one.
    wanted: Option<(String, String)>,
    values_asked: Option<Ticket>,
}

impl Search {
    pub fn new(state: &State) -> Self {
        let mut search = Self::default();
        search.complete(state);
        search
    }

    /// Whether an answer is still to come.
    pub fn is_busy(&self) -> bool {
        self.asked.is_some()
    }

    /// The line or the order has changed.
    pub fn ask(&mut self, state: &State, ticket: Ticket) -> Option<Effect> {
        self.complete(state);
        self.more = None;
        let words = self.input.text().trim().to_owned();
        if words.is_empty() {
            *self = Self {
                input: std::mem::take(&mut self.input),
                order: self.order,
                offers: std::mem::take(&mut self.offers),
                wanted: self.wanted.take(),
                ..Self::default()
            };
            return None;
        }
        self.asked = Some((ticket, false));
        Some(self.question(ticket, words, None))
    }

    /// Asks the store for the names that an operator before the cursor may mean.
    pub fn ask_values(&mut self, ticket: Ticket) -> Option<Effect> {
        let (operator, words) = self.wanted.clone()?;
        self.values_asked = Some(ticket);
        let people = !operator.ends_with("in:");
        Some(Effect::Read(
            ticket,
            Read::Seek(Seek::Values { people, words }),
        ))
    }

    /// Offers the names that the store knows.
    pub fn found_values(&mut self, ticket: Ticket, names: &[String]) {
        let newest = self.values_asked == Some(ticket);
        if let Some((operator, _)) = self.wanted.as_ref().filter(|_| newest) {
            let offers = names.iter().map(|it| format!("{operator}{}", quoted(it)));
            self.offers = offers.collect();
        }
    }

    /// Asks for more when the cursor comes close to the end.
    pub fn reach(&mut self, ticket: Ticket) -> Option<Effect> {
        let after = self.more?;
        if self.asked.is_some() || self.count >= MOST || self.selected + CLOSE < self.rows.len() {
            return None;
        }
        self.asked = Some((ticket, true));
        let words = self.input.text().trim().to_owned();
        Some(self.question(ticket, words, Some(after)))
    }

    fn question(&self, ticket: Ticket, words: String, after: Option<Onward>) -> Effect {
        let order = self.order;
        let seek = Seek::Everything {
            words,
            order,
            after,
        };
        Effect::Read(ticket, Read::Seek(seek))
    }

    /// Takes in what was found. Gives whether it was waited for.
    pub fn found(&mut self, ticket: Ticket, found: Found) -> bool {
        let Some((_, goes_on)) = self.asked.filter(|(newest, _)| *newest == ticket) else {
            return false;
        };
        self.asked = None;
        if !goes_on {
            self.rows = found.names.into_iter().map(Row::Name).collect();
            self.notes = found.notes;
            self.count = 0;
        }
        self.more = found.more;
        self.count += found.hits.len();
        self.group(&found.hits);
        if !goes_on {
            self.selected = 0;
            self.settle(1);
        }
        true
    }

    /// Adds hits below the titles of their conversations. Rows that are there stay where they are.
    fn group(&mut self, hits: &[Hit]) {
        let mut order: Vec<ConversationKey> = Vec::new();
        for hit in hits {
            if !order.contains(&hit.conversation) {
                order.push(hit.conversation);
            }
        }
        for conversation in order {
            let mut own = hits
                .iter()
                .filter(|it| it.conversation == conversation)
                .peekable();
            let goes_on = matches!(self.rows.last(), Some(Row::Hit(last)) if last.conversation == conversation);
            if let Some(first) = own.peek().filter(|_| !goes_on) {
                self.rows.push(Row::Title((*first).clone()));
            }
            self.rows.extend(own.cloned().map(Row::Hit));
        }
    }

    pub fn move_by(&mut self, by: isize) {
        let last = self.rows.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
        self.settle(by);
    }

    /// Goes on to a row that leads somewhere.
    fn settle(&mut self, by: isize) {
        let leads = |at: usize| self.rows.get(at).is_some_and(|it| it.goal().is_some());
        if leads(self.selected) {
            return;
        }
        let down = (self.selected..self.rows.len()).find(|at| leads(*at));
        let up = (0..self.selected).rev().find(|at| leads(*at));
        let next = if by < 0 { up.or(down) } else { down.or(up) };
        self.selected = next.unwrap_or(0);
    }

    pub fn current(&self) -> Option<&Row> {
        self.rows.get(self.selected)
    }

    /// Finds what the word before the cursor may become.
    fn complete(&mut self, state: &State) {
        let word = self.word().to_lowercase();
        let minus = if word.starts_with('-') { "-" } else { "" };
        let bare = word.trim_start_matches('-');
        self.wanted = None;
        self.offers = match bare.split_once(':') {
            None => {
                let fitting = OPERATORS.iter().filter(|(name, _)| name.starts_with(bare));
                fitting.map(|(name, _)| format!("{minus}{name}")).collect()
            }
            Some((name, value)) => {
                let name = format!("{name}:");
                if matches!(name.as_str(), "from:" | "to:" | "in:") {
                    let words = value.trim_matches('"').to_owned();
                    self.wanted = Some((format!("{minus}{name}"), words));
                }
                let known = OPERATORS.iter().find(|(known, _)| *known == name);
                let values = known.map_or(&[][..], |(_, values)| values);
                let mut all: Vec<String> = values.iter().map(|it| (*it).to_owned()).collect();
                if name == "account:" {
                    all = accounts(state);
                }
                all.retain(|it| it.to_lowercase().starts_with(value.trim_start_matches('"')));
                all.into_iter()
                    .map(|it| format!("{minus}{name}{it}"))
                    .collect()
            }
        };
    }

    /// The word before the cursor, or all of it that is in quotes.
    fn word(&self) -> &str {
        let before = self.input.before();
        let (mut start, mut quoted) = (0, false);
        for (at, letter) in before.char_indices() {
            quoted ^= letter == '"';
            if letter.is_whitespace() && !quoted {
                start = at + letter.len_utf8();
            }
        }
        before.get(start..).unwrap_or_default()
    }

    /// Finishes the word before the cursor as the first offer says.
    pub fn take_offer(&mut self) -> bool {
        let typed = self.word().len();
        let Some(offer) = self.offers.first().cloned() else {
            return false;
        };
        let before = self.input.before();
        let head = before.get(..before.len() - typed).unwrap_or_default();
        let after = self.input.text().get(before.len()..).unwrap_or_default();
        let gap = if offer.ends_with(':') { "" } else { " " };
        let rest = after.to_owned();
        self.input = Input::new(&format!("{head}{offer}{gap}"));
        // What stood behind the cursor is rare; it goes to the end.
        if !rest.trim().is_empty() {
            self.input = Input::new(&format!("{} {}", rest.trim(), self.input.text()));
        }
        true
    }
}

/// A name as one word of a search.
fn quoted(name: &str) -> String {
    let name = name.replace('"', " ");
    if name.contains(char::is_whitespace) {
        format!("\"{name}\"")
    } else {
        name
    }
}

/// What accounts are called, as a search understands it.
fn accounts(state: &State) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for account in &state.places.overview.accounts {
        let name = account.identity.as_deref().unwrap_or(&account.name);
        for word in [account.provider.label().to_lowercase(), quoted(name)] {
            if !all.contains(&word) {
                all.push(word);
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::layer::Layer;
    use crate::app::seek::{Marked, Sought};
    use crate::app::{Answer, Code, Key, Msg, samples, update};
    use crate::model::account::Provider;

    fn hit(key: i64, conversation: i64) -> Hit {
        Hit {
            key: EntryKey(key),
            conversation: ConversationKey(conversation),
            provider: Provider::Whatsapp,
            title: format!("chat {conversation}"),
            by: None,
            own: false,
            text: Marked::default(),
        }
    }

    fn write(state: &mut State, text: &str) -> Vec<Effect> {
        let mut effects = Vec::new();
        for letter in text.chars() {
            effects = update(state, Msg::Key(Key::char(letter)));
        }
        effects
    }

    fn ticket(effects: &[Effect]) -> Ticket {
        match effects {
            [Effect::Read(ticket, Read::Seek(_))] => *ticket,
            other => panic!("{other:?}"),
        }
    }

    fn search(state: &State) -> &Search {
        match state.layers.last() {
            Some(Layer::Search(search)) => search,
            other => panic!("{other:?}"),
        }
    }

    fn answer(state: &mut State, ticket: Ticket, hits: Vec<Hit>, more: bool) -> Vec<Effect> {
        let found = Found {
            hits,
            more: more.then_some(Onward {
                before: EntryKey(1),
                shown: 0,
            }),
            ..Found::default()
        };
        let sought = Sought::Everything(Box::new(found));
        update(state, Msg::Answer(ticket, Answer::Sought(sought)))
    }

    #[test]
    fn only_the_answer_to_the_last_letter_is_shown() {
        let mut state = samples::inbox(&["Ada", "Bea", "Cleo"]);
        write(&mut state, "/");
        let first = ticket(&write(&mut state, "d"));
        let last = ticket(&write(&mut state, "e"));
        answer(&mut state, first, vec![hit(9, 1)], false);
        assert!(search(&state).rows.is_empty() && search(&state).is_busy());
        answer(
            &mut state,
            last,
            vec![hit(9, 1), hit(8, 2), hit(7, 1)],
            false,
        );
        let rows = &search(&state).rows;
        assert!(matches!(rows[0], Row::Title(_)), "{rows:?}");
        assert_eq!(rows.len(), 5, "hits of a conversation stand together");
        assert_eq!(search(&state).selected, 1, "titles are no place to stop");
    }

    #[test]
    fn enter_opens_at_the_hit_and_asks_for_the_others_of_the_conversation() {
        let mut state = samples::inbox(&["Ada", "Bea", "Cleo"]);
        write(&mut state, "/");
        let asked = ticket(&write(&mut state, "deck"));
        answer(&mut state, asked, vec![hit(9, 1), hit(8, 2)], false);
        update(&mut state, Msg::Key(Key::plain(Code::Down)));
        let effects = update(&mut state, Msg::Key(Key::plain(Code::Enter)));
        assert!(state.layers.is_empty());
        let opening = state.opening.unwrap();
        assert_eq!(opening.key, ConversationKey(2));
        assert_eq!(opening.around, Some(EntryKey(8)));
        assert!(effects.iter().any(|it| matches!(
            it,
            Effect::Read(_, Read::Seek(Seek::Within { conversation: ConversationKey(2), words })) if words == "deck"
        )));
        // Keys wait for the conversation; Esc gives it up.
        update(&mut state, Msg::Key(Key::plain(Code::Esc)));
        write(&mut state, "/");
        assert_eq!(search(&state).input.text(), "deck", "the way back is short");
    }

    #[test]
    fn tab_finishes_operators_and_their_values() {
        let mut state = samples::inbox(&["Ada", "Bea", "Cleo"]);
        write(&mut state, "/deck ha");
        update(&mut state, Msg::Key(Key::plain(Code::Tab)));
        assert_eq!(search(&state).input.text(), "deck has:");
        assert_eq!(search(&state).offers[0], "has:attachment");
        write(&mut state, "im");
        update(&mut state, Msg::Key(Key::plain(Code::Tab)));
        assert_eq!(search(&state).input.text(), "deck has:image ");
    }

    #[test]
    fn tab_finishes_the_names_of_people_and_conversations_that_the_store_knows() {
        let mut state = samples::inbox(&["Ada", "Bea", "Cleo"]);
        let asked = write(&mut state, "/deck from:\"noor k");
        let ticket = asked.iter().find_map(|it| match it {
            Effect::Read(
                ticket,
                Read::Seek(Seek::Values {
                    people: true,
                    words,
                }),
            ) => {
                assert_eq!(words, "noor k");
                Some(*ticket)
            }
            _ => None,
        });
        let names = vec!["Noor Khalil".to_owned(), "Noor".to_owned()];
        let answer = Answer::Sought(Sought::Values(names));
        update(&mut state, Msg::Answer(ticket.unwrap(), answer));
        update(&mut state, Msg::Key(Key::plain(Code::Tab)));
        assert_eq!(search(&state).input.text(), "deck from:\"Noor Khalil\" ");
    }

    #[test]
    fn more_hits_come_while_scrolling_and_move_nothing() {
        let mut state = samples::inbox(&["Ada", "Bea", "Cleo"]);
        write(&mut state, "/");
        let asked = ticket(&write(&mut state, "e"));
        let hits = (0..10).map(|it| hit(100 - it, 1)).collect();
        let next = ticket(&answer(&mut state, asked, hits, true));
        update(&mut state, Msg::Key(Key::plain(Code::Down)));
        let current = search(&state).current().cloned();
        answer(&mut state, next, vec![hit(50, 1), hit(49, 2)], false);
        assert_eq!(search(&state).current().cloned(), current);
        assert_eq!(search(&state).rows.len(), 14);
    }
}
