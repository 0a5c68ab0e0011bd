//! From what a person types to what is meant: conversations, people and accounts by id, name, address or number.
//!
//! A word that fits several is never guessed at: they are listed, and the command ends as wrongly used.

mod names;
#[cfg(test)]
mod tests;

use names::{Fit, Wanted};

use super::cells::{cut, fitted, width};
use super::when::When;
use super::{Failure, output};
use crate::model::account::Provider;
use crate::model::chat::ChatKind;
use crate::model::inbox::{
    AccountKey, Conversation, ConversationKey, PersonKey, StoredAccount, StoredPerson,
};
use crate::model::words::Spelled as _;
use crate::store::read::{accounts, conversations, people};
use crate::store::{Result as Stored, Store};

/// Most candidates that are listed.
const LISTED: usize = 12;
/// Most conversations of one person that are looked at.
const OF_PERSON: u32 = 500;
/// How many names are looked at in one go.
const WINDOW: u32 = 2_000;

/// A conversation, as commands take it.
#[derive(Debug, clap::Args)]
pub(super) struct Named {
    /// A conversation: its id or name, or the name, mail address or phone number of the person in it
    #[arg(value_name = "CHAT", allow_hyphen_values = true)]
    chat: String,
    /// The account it belongs to: id, name, address or network
    #[arg(long, value_name = "ACCOUNT", allow_hyphen_values = true)]
    account: Option<String>,
}

impl Named {
    pub(super) fn find(&self, store: &Store) -> Result<Conversation, Failure> {
        let account = match &self.account {
            Some(word) => Some(account(store, word)?.key),
            None => None,
        };
        chat(store, &self.chat, account)
    }
}

/// Whom or what a word means.
#[derive(Debug)]
pub enum Whom {
    Chat(Box<Conversation>),
    Person(StoredPerson),
}

/// The account that is meant: by id, name, identity, or its network where there is only one of it.
pub(super) fn account(store: &Store, word: &str) -> Result<StoredAccount, Failure> {
    let wanted = Wanted::new(word);
    let all = store.read_now(accounts::all)?;
    let levels: [&dyn Fn(&StoredAccount) -> bool; 3] = [
        &|it| it.id.as_str() == word,
        &|it| wanted.is(&it.name) || it.identity.as_deref().is_some_and(|name| wanted.is(name)),
        &|it| {
            wanted.is(it.provider.label())
                || wanted.is(&it.provider.to_word())
                || is_nickname(&wanted, &it.provider)
        },
    ];
    for fits in levels {
        let found: Vec<_> = all.iter().filter(|it| fits(it)).collect();
        match found.as_slice() {
            [] => {}
            [one] => return Ok((*one).clone()),
            several => {
                let rows = several.iter().map(|it| account_row(it)).collect();
                return Err(ambiguous(word, "accounts", "Name one by its id.", rows));
            }
        }
    }
    let mut message = format!(
        "No account is called `{}`. There are:\n",
        output::safe(word)
    );
    message.push_str(&listed(all.iter().map(account_row).collect()));
    Err(Failure::usage(message))
}

/// Other words for networks.
fn is_nickname(wanted: &Wanted, provider: &Provider) -> bool {
    let names: &[&str] = match provider {
        Provider::Twitter => &["twitter"],
        Provider::Imap => &["imap", "email", "mail"],
        Provider::Google => &["gmail"],
        Provider::Mobile => &["sms"],
        Provider::Messenger => &["facebook"],
        _ => &[],
    };
    names.iter().any(|name| wanted.is(name))
}

fn account_row(it: &StoredAccount) -> [String; 3] {
    let name = it.identity.clone().unwrap_or_else(|| it.name.clone());
    [name, it.provider.label().to_owned(), it.id.to_string()]
}

/// The conversation that is meant: by its id, its name, or the name, address, number or id of the person in it.
pub(super) fn chat(
    store: &Store,
    word: &str,
    account: Option<AccountKey>,
) -> Result<Conversation, Failure> {
    let of_account = |it: &Conversation| account.is_none_or(|key| it.account == key);
    let mut found = store.read_now(|db| conversations::with_uid(db, word))?;
    found.retain(of_account);
    if found.is_empty() {
        for person in by_id(store, word)? {
            found.extend(direct(store, person)?);
        }
        found.retain(of_account);
    }
    if found.is_empty() {
        found = by_title(store, &Wanted::new(word), account)?;
    }
    match prefer_chats(found).as_slice() {
        [] => Err(unknown(store, word, account)?),
        [one] => Ok(one.clone()),
        several => {
            let rows = several.iter().map(chat_row).collect();
            let hint = "Name one by its id, or narrow it down with --account.";
            Err(ambiguous(word, "conversations", hint, rows))
        }
    }
}

/// A conversation by its id, or else a person, or else a conversation by its name.
pub(super) fn whom(store: &Store, word: &str) -> Result<Whom, Failure> {
    let by_uid = store.read_now(|db| conversations::with_uid(db, word))?;
    if !by_uid.is_empty() {
        return chat(store, word, None).map(|it| Whom::Chat(Box::new(it)));
    }
    match people_called(store, word)?.as_slice() {
        [one] => Ok(Whom::Person(one.clone())),
        [] => chat(store, word, None).map(|it| Whom::Chat(Box::new(it))),
        several => Err(many_people(store, word, several)?),
    }
}

fn many_people(store: &Store, word: &str, several: &[StoredPerson]) -> Stored<Failure> {
    let accounts = store.read_now(accounts::all)?;
    let network = |key: AccountKey| {
        let account = accounts.iter().find(|it| it.key == key);
        account.map(|it| it.provider.label())
    };
    let row = |it: &StoredPerson| {
        let mut about: Vec<&str> = it
            .handles
            .iter()
            .filter_map(|it| network(it.account))
            .collect();
        about.dedup();
        about.extend(
            it.handles
                .iter()
                .filter_map(|it| it.headline.as_deref())
                .take(1),
        );
        let id = it.handles.first().map(super::records::handle_id);
        [
            it.name.clone(),
            about.join(", "),
            id.unwrap_or_default().to_owned(),
        ]
    };
    let rows = several.iter().map(row).collect();
    Ok(ambiguous(word, "people", "Name one by the id.", rows))
}

/// People by an id, a mail address or a phone number.
fn by_id(store: &Store, word: &str) -> Stored<Vec<PersonKey>> {
    let digits: String = word.chars().filter(char::is_ascii_digit).collect();
    let is_number = word
        .chars()
        .all(|c| c.is_ascii_digit() || "+-(). /".contains(c));
    let key = if is_number && digits.len() >= 6 {
        Some(format!("phone:{}", digits.trim_start_matches('0')))
    } else if word.contains('@') {
        Some(format!("mail:{}", word.to_lowercase()))
    } else {
        None
    };
    store.read_now(|db| people::with_id(db, word, key.as_deref()))
}

/// People by an id, or else the best fit of a name.
fn people_called(store: &Store, word: &str) -> Stored<Vec<StoredPerson>> {
    let mut keys = by_id(store, word)?;
    if keys.is_empty() {
        keys = people_named(store, &Wanted::new(word), Fit::Contains)?;
    }
    let people = keys
        .into_iter()
        .take(LISTED + 1)
        .map(|key| store.read_now(|db| people::get(db, key)));
    people.filter_map(Result::transpose).collect()
}

fn people_named(store: &Store, wanted: &Wanted, worst: Fit) -> Stored<Vec<PersonKey>> {
    let mut best = Best::new(worst);
    let mut place = PersonKey(0);
    loop {
        let window = store.read_now(|db| people::names_after(db, place, WINDOW))?;
        let Some(last) = window.last() else { break };
        place = last.0;
        for (key, name) in &window {
            best.offer(wanted.fit(name), *key);
        }
    }
    Ok(best.found)
}

/// The conversations with a person that are with nobody else; threads of mails where there are none.
fn direct(store: &Store, person: PersonKey) -> Stored<Vec<Conversation>> {
    let mut all = store.read_now(|db| conversations::with_person(db, person, OF_PERSON))?;
    all.retain(|it| it.is_mail || it.kind == ChatKind::OneToOne);
    Ok(all)
}

/// The conversations whose names fit best.
fn by_title(
    store: &Store,
    wanted: &Wanted,
    account: Option<AccountKey>,
) -> Stored<Vec<Conversation>> {
    let mut best = Best::new(Fit::Contains);
    let mut place = ConversationKey(0);
    loop {
        let window = store.read_now(|db| conversations::titles_after(db, place, WINDOW))?;
        let Some(last) = window.last() else { break };
        place = last.key;
        for it in &window {
            if account.is_none_or(|key| it.account == key) {
                let subject = it.subject.as_deref().and_then(|text| wanted.fit(text));
                let fit = match (wanted.fit(&it.title), subject) {
                    (Some(title), Some(subject)) => Some(title.min(subject)),
                    (title, subject) => title.or(subject),
                };
                best.offer(fit, it.key);
            }
        }
    }
    let mut found = Vec::new();
    for key in &best.found {
        found.extend(store.read_now(|db| conversations::get(db, *key))?);
    }
    if best.fit != Fit::Exact {
        // A chat may be called otherwise than the person in it.
        let mut of_people = Vec::new();
        for person in people_named(store, wanted, Fit::Exact)? {
            of_people.extend(direct(store, person)?);
        }
        of_people.retain(|it| account.is_none_or(|key| it.account == key));
        if !of_people.is_empty() {
            return Ok(of_people);
        }
    }
    Ok(found)
}

/// The best fits so far.
struct Best<K> {
    fit: Fit,
    found: Vec<K>,
}

impl<K> Best<K> {
    fn new(worst: Fit) -> Self {
        Self {
            fit: worst,
            found: Vec::new(),
        }
    }

    fn offer(&mut self, fit: Option<Fit>, key: K) {
        let Some(fit) = fit.filter(|fit| *fit <= self.fit) else {
            return;
        };
        if fit < self.fit {
            self.fit = fit;
            self.found.clear();
        }
        self.found.push(key);
    }
}

/// Chats win over threads of mails with the same people, which are many; the latest come first.
fn prefer_chats(mut found: Vec<Conversation>) -> Vec<Conversation> {
    if found.iter().any(|it| !it.is_mail) {
        found.retain(|it| !it.is_mail);
    }
    found.sort_by_key(|it| (std::cmp::Reverse(it.last_at), it.key));
    found.dedup_by_key(|it| it.key);
    found
}

fn chat_row(it: &Conversation) -> [String; 3] {
    let subject = it.subject.as_deref().filter(|text| !text.is_empty());
    let name = match subject {
        Some(subject) => format!("{}: {subject}", it.title),
        None => it.title.clone(),
    };
    let last = it.last_at.map(|at| format!(", {}", When::here().short(at)));
    let network = format!("{}{}", it.provider.label(), last.unwrap_or_default());
    [name, network, it.uid.clone()]
}

fn ambiguous(word: &str, what: &str, hint: &str, rows: Vec<[String; 3]>) -> Failure {
    Failure::usage(format!(
        "`{}` fits {} {what}. {hint}\n{}",
        output::safe(word),
        rows.len(),
        listed(rows)
    ))
}

/// Name, network and id of each, in columns. Ids are whole, so that they can be copied.
fn listed(rows: Vec<[String; 3]>) -> String {
    let more = rows.len().saturating_sub(LISTED);
    let rows: Vec<[String; 3]> = rows
        .into_iter()
        .take(LISTED)
        .map(|row| row.map(|cell| output::safe(&super::cells::one_line(&cell))))
        .collect();
    let widest = |column: fn(&[String; 3]) -> &String| {
        rows.iter().map(|row| width(column(row))).max().unwrap_or(0)
    };
    let (names, networks) = (widest(|row| &row[0]).min(40), widest(|row| &row[1]).min(30));
    let lines = rows.iter().map(|[name, network, id]| {
        format!(
            "  {}  {}  {id}",
            fitted(name, names),
            fitted(network, networks)
        )
    });
    let mut lines: Vec<String> = lines.collect();
    if more > 0 {
        lines.push(format!("  … and {more} more"));
    }
    lines.join("\n")
}

/// Nothing is called so; perhaps something nearly is.
fn unknown(store: &Store, word: &str, account: Option<AccountKey>) -> Stored<Failure> {
    let wanted = Wanted::new(word);
    let mut near: Vec<(f64, String)> = Vec::new();
    let mut place = ConversationKey(0);
    loop {
        let window = store.read_now(|db| conversations::titles_after(db, place, WINDOW))?;
        let Some(last) = window.last() else { break };
        place = last.key;
        for it in window {
            let likeness = wanted.likeness(&it.title);
            if account.is_none_or(|key| it.account == key) && likeness > 0.8 {
                near.push((likeness, it.title));
            }
        }
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        near.dedup_by(|a, b| a.1 == b.1);
        near.truncate(3);
    }
    let hint = if near.is_empty() {
        "`onebox chats` lists the latest; a name, an address, a number or an id will do.".to_owned()
    } else {
        let names: Vec<String> = near
            .iter()
            .map(|(_, name)| format!("`{}`", output::safe(&cut(name, 40))))
            .collect();
        format!("Did you mean {}?", names.join(" or "))
    };
    Ok(Failure::usage(format!(
        "No conversation is called `{}`. {hint}",
        output::safe(word)
    )))
}
