//! Going anywhere by a few letters of its name: conversations, people, accounts, folders, views, screens.

use std::collections::BTreeSet;

use super::command::Command;
use super::effect::{Effect, Read, Ticket};
use super::picker::{Item, Picker};
use super::places::{Place, VIEWS, view_name};
use super::seek::{Known, Seek};
use super::state::State;
use crate::model::inbox::ConversationKey;

/// How many conversations are held while the switcher is open; all others are found by their words.
const HELD: u32 = 1_500;

/// Where a pick leads.
#[derive(Debug, Clone, PartialEq)]
pub enum Goal {
    Conversation(ConversationKey),
    Place(Place),
    Command(Command),
}

/// The switcher.
#[derive(Debug, Clone)]
pub struct Switcher {
    pub picker: Picker,
    goals: Vec<Goal>,
    /// Accounts, folders, views: known without asking.
    fixed: Vec<(Item, Goal)>,
    recent: Vec<Known>,
    named: Vec<Known>,
    asked: Option<Ticket>,
}

impl Switcher {
    /// A switcher and its first question.
    pub fn open(state: &State, ticket: Ticket) -> (Self, Effect) {
        let mut picker = Picker::new("Go to", Vec::new());
        picker.hint = "A conversation, person, account or folder".into();
        picker.nothing = "Nobody and nothing is called like that.".into();
        let mut switcher = Self {
            picker,
            goals: Vec::new(),
            fixed: fixed(state),
            recent: Vec::new(),
            named: Vec::new(),
            asked: None,
        };
        switcher.offer(state);
        let recent = Seek::Recent { limit: HELD };
        (switcher, Effect::Read(ticket, Read::Seek(recent)))
    }

    /// The line has changed: those who are not held are asked for.
    pub fn typed(&mut self, ticket: Ticket) -> Option<Effect> {
        let words = self.picker.input.text().trim().to_owned();
        self.asked = None;
        if words.is_empty() {
            return None;
        }
        self.asked = Some(ticket);
        Some(Effect::Read(ticket, Read::Seek(Seek::Names { words })))
    }

    pub fn recent(&mut self, state: &State, recent: Vec<Known>) {
        self.recent = recent;
        self.offer(state);
    }

    /// Takes in who has the words that were typed last.
    pub fn named(&mut self, state: &State, ticket: Ticket, named: Vec<Known>) {
        if self.asked != Some(ticket) {
            return;
        }
        self.asked = None;
        if self.named != named {
            self.named = named;
            self.offer(state);
        }
    }

    pub fn goal(&self, place: usize) -> Option<Goal> {
        self.goals.get(place).cloned()
    }

    /// Offers all that is known, each conversation once.
    fn offer(&mut self, state: &State) {
        let (mut items, mut goals) = (Vec::new(), Vec::new());
        let mut seen = BTreeSet::new();
        for known in self.recent.iter().chain(&self.named) {
            if seen.insert(known.key) {
                items.push(item(state, known));
                goals.push(Goal::Conversation(known.key));
            }
        }
        for (item, goal) in &self.fixed {
            items.push(item.clone());
            goals.push(goal.clone());
        }
        self.goals = goals;
        self.picker.offer(items);
    }
}

fn item(state: &State, known: &Known) -> Item {
    let account = state.places.account(known.account);
    let account = account.map_or("", |it| it.name.as_str());
    let mut detail = format!("{} {account}", known.provider.label());
    if let Some(subject) = &known.subject {
        detail = format!("{subject} · {detail}");
    }
    match &known.person {
        Some(person) => Item::new(
            person.text.clone(),
            format!("in {} · {detail}", known.title.text),
        ),
        None => Item::new(known.title.text.clone(), detail),
    }
}

fn fixed(state: &State) -> Vec<(Item, Goal)> {
    let mut all = Vec::new();
    let key = |command| {
        let settings = &state.settings;
        settings.keymap.key(command, settings.ascii)
    };
    for account in &state.places.overview.accounts {
        let detail = format!("{} account", account.provider.label());
        let item = Item {
            also: account.identity.clone().unwrap_or_default(),
            ..Item::new(account.name.clone(), detail)
        };
        all.push((item, Goal::Place(Place::Account(account.key))));
    }
    for folder in &state.places.overview.folders {
        let account = state.places.account(folder.account);
        let account = account.map_or("", |it| it.identity.as_deref().unwrap_or(&it.name));
        let name = state.places.folder_name(folder);
        let item = Item {
            also: folder.name.clone(),
            ..Item::new(name, format!("folder of {account}"))
        };
        let place = Place::Folder(folder.account, folder.uid.clone());
        all.push((item, Goal::Place(place)));
    }
    for view in VIEWS {
        let item = Item::new(view_name(view), "view");
        all.push((item, Goal::Place(Place::View(view))));
    }
    let accounts = Item {
        key: key(Command::GoAccounts).unwrap_or_default(),
        ..Item::new("Accounts", "screen")
    };
    all.push((accounts, Goal::Command(Command::GoAccounts)));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::seek::{Marked, Sought};
    use crate::app::{Answer, Code, Key, Msg, samples, update};
    use crate::model::account::Provider;
    use crate::model::inbox::AccountKey;

    fn known(key: i64, title: &str) -> Known {
        Known {
            key: ConversationKey(key),
            account: AccountKey(1),
            provider: Provider::Whatsapp,
            title: Marked {
                text: title.to_owned(),
                ranges: Vec::new(),
            },
            subject: None,
            person: None,
        }
    }

    fn asked(effects: &[Effect]) -> Ticket {
        match effects.first() {
            Some(Effect::Read(ticket, Read::Seek(_))) => *ticket,
            other => panic!("no question: {other:?}"),
        }
    }

    #[test]
    fn the_switcher_opens_a_conversation_that_only_the_store_knows() {
        let mut state = samples::inbox(&["Ada", "Bea", "Cleo"]);
        let first = asked(&update(&mut state, Msg::Key(Key::ctrl('k'))));
        let recent = Answer::Sought(Sought::Recent(vec![known(1, "Ada"), known(2, "Bea")]));
        update(&mut state, Msg::Answer(first, recent));
        let stale = asked(&update(&mut state, Msg::Key(Key::char('z'))));
        let newest = asked(&update(&mut state, Msg::Key(Key::char('o'))));
        let late = Answer::Sought(Sought::Names(vec![known(8, "zola")]));
        update(&mut state, Msg::Answer(stale, late));
        let named = Answer::Sought(Sought::Names(vec![known(9, "Zoë Okafor")]));
        update(&mut state, Msg::Answer(newest, named));
        let effects = update(&mut state, Msg::Key(Key::plain(Code::Enter)));
        assert!(state.layers.is_empty());
        assert!(
            effects.iter().any(|it| matches!(
                it,
                Effect::Read(
                    _,
                    Read::Thread {
                        conversation: ConversationKey(9),
                        ..
                    }
                )
            )),
            "{effects:?}"
        );
    }

    #[test]
    fn views_and_accounts_are_a_few_letters_away() {
        let mut state = samples::inbox(&["Ada", "Bea", "Cleo"]);
        update(&mut state, Msg::Key(Key::ctrl('k')));
        for letter in "archived".chars() {
            update(&mut state, Msg::Key(Key::char(letter)));
        }
        update(&mut state, Msg::Key(Key::plain(Code::Enter)));
        assert_eq!(state.list.filter.view, crate::model::inbox::View::Archived);
    }
}
