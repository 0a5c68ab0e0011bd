//! From what a person names and says to the act that the outbox takes.

use crate::cli::Failure;
use crate::cli::target::{self, Whom};
use crate::mail::address;
use crate::mail::answer::{self, Answer, Mine, Recipients};
use crate::model::account::Provider;
use crate::model::act::{Act, Correspondent, FileRef, MailBody, NewChat, NewMail, NewMessage};
use crate::model::id::{AccountId, MessageId, ProviderId};
use crate::model::inbox::{Conversation, Entry, StoredAccount, StoredPerson};
use crate::store::read::correspondents;
use crate::store::{Store, read};

/// What is to be said, before it is known to whom.
#[derive(Debug, Default)]
pub(in crate::cli) struct Words {
    pub text: String,
    pub subject: Option<String>,
    pub title: Option<String>,
    pub inmail: bool,
    pub cc: Vec<String>,
    pub bcc: Vec<String>,
    pub files: Vec<FileRef>,
}

/// A message to somebody: into the conversation there is, or the first one.
pub(super) fn message(
    store: &Store,
    to: &[String],
    via: Option<&StoredAccount>,
    words: Words,
) -> Result<Act, Failure> {
    let is_mail = words.subject.is_some() && !words.inmail && via.is_none_or(|it| it.has_mail)
        || via.is_some_and(|it| it.has_mail && !it.has_chats);
    if is_mail {
        return mail(store, to, via, words).map(Act::SendEmail);
    }
    if let [one] = to {
        return match target::chat(store, one, via.map(|it| it.key)) {
            Ok(chat) if !chat.is_mail => into(store, &chat, None, words),
            Ok(_) => mail(store, to, via, words).map(Act::SendEmail),
            Err(unfound) => first(store, to, via, words, Some(unfound)),
        };
    }
    first(store, to, via, words, None)
}

/// A message into a chat.
pub(super) fn into(
    store: &Store,
    chat: &Conversation,
    quote: Option<MessageId>,
    words: Words,
) -> Result<Act, Failure> {
    if !chat.writable {
        return Err(Failure::usage(format!(
            "Nobody can write into {}: its network only lets it be read.",
            chat.title
        )));
    }
    Ok(Act::SendMessage(NewMessage {
        quote,
        attachments: words.files,
        ..NewMessage::text(
            account_id(store, chat)?,
            chat.uid.as_str().into(),
            words.text,
        )
    }))
}

fn account_id(store: &Store, chat: &Conversation) -> Result<AccountId, Failure> {
    let ids = store.read_now(read::accounts::ids)?;
    ids.get(&chat.account)
        .cloned()
        .ok_or_else(|| Failure::usage("Its account is not linked any more."))
}

/// The first message to one or more people.
fn first(
    store: &Store,
    to: &[String],
    via: Option<&StoredAccount>,
    words: Words,
    unfound: Option<Failure>,
) -> Result<Act, Failure> {
    let Some(via) = via else {
        return Err(unfound.unwrap_or_else(|| {
            Failure::usage("A group needs an account: say which with --via ACCOUNT.")
        }));
    };
    let mut attendees = Vec::new();
    for word in to {
        attendees.push(attendee(store, word, via)?);
    }
    Ok(Act::StartChat(NewChat {
        account: via.id.clone(),
        attendees,
        title: words.title,
        text: words.text,
        subject: words.subject,
        inmail: words.inmail,
        product: None,
        attachments: words.files,
        voice: None,
    }))
}

/// Somebody as an account can reach them.
fn attendee(store: &Store, word: &str, via: &StoredAccount) -> Result<ProviderId, Failure> {
    match target::whom(store, word) {
        Ok(Whom::Person(person)) => {
            if let Some(handle) = person.handles.iter().find(|it| it.account == via.key) {
                return Ok(handle.provider_id.clone());
            }
        }
        Ok(Whom::Chat(chat)) if chat.account == via.key => {
            let members = store.read_now(|db| read::people::members(db, chat.key))?;
            let mut others = members.into_iter().filter(|it| !it.is_self);
            if let (Some(one), None) = (others.next(), others.next()) {
                return Ok(one.provider_id);
            }
        }
        _ => {}
    }
    let digits: String = word.chars().filter(char::is_ascii_digit).collect();
    let is_number = word
        .chars()
        .all(|c| c.is_ascii_digit() || "+-(). /".contains(c));
    if is_number && digits.len() >= 6 && via.provider == Provider::Whatsapp {
        return Ok(format!("{digits}@s.whatsapp.net").into());
    }
    Err(Failure::usage(format!(
        "{} does not know anybody called `{}`. `onebox api getUserProfile identifier={} account_id={}` asks the network.",
        via.name, word, word, via.id
    )))
}

/// A new mail.
pub(in crate::cli) fn mail(
    store: &Store,
    to: &[String],
    via: Option<&StoredAccount>,
    words: Words,
) -> Result<NewMail, Failure> {
    let account = match via {
        Some(account) => account.clone(),
        None => only_mailbox(store)?,
    };
    let all = |list: &[String]| -> Result<Vec<Correspondent>, Failure> {
        list.iter().map(|word| correspondent(store, word)).collect()
    };
    Ok(NewMail {
        account: account.id,
        thread: None,
        from: None,
        to: all(to)?,
        cc: all(&words.cc)?,
        bcc: all(&words.bcc)?,
        subject: words.subject.unwrap_or_default(),
        body: MailBody::Plain(words.text),
        reply_to: None,
        forwards: None,
        attachments: words.files,
        draft: None,
        headers: Vec::new(),
        tracking: None,
        key: String::new(),
    })
}

fn only_mailbox(store: &Store) -> Result<StoredAccount, Failure> {
    let accounts = store.read_now(read::accounts::all)?;
    let mut boxes: Vec<StoredAccount> = accounts.into_iter().filter(|it| it.has_mail).collect();
    match (boxes.pop(), boxes.is_empty()) {
        (Some(one), true) => Ok(one),
        (None, _) => Err(Failure::usage(
            "No mailbox is linked, so no mail can be sent.",
        )),
        (Some(_), false) => Err(Failure::usage(
            "There are several mailboxes: say from which with --via ACCOUNT. `onebox accounts` lists them.",
        )),
    }
}

/// A mail address, as typed or that of a person.
fn correspondent(store: &Store, word: &str) -> Result<Correspondent, Failure> {
    let typed = address::one(word);
    if typed.flaw.is_none() {
        return Ok(typed.person);
    }
    let found = match target::whom(store, word)? {
        Whom::Person(person) => of_person(&person),
        Whom::Chat(_) => None,
    };
    found.ok_or_else(|| {
        Failure::usage(match typed.flaw {
            Some(flaw) if word.contains('@') => format!("`{word}` is no mail address: {flaw}."),
            _ => format!("No mail address of `{word}` is known. Give the address itself."),
        })
    })
}

/// An address as it was typed, with a name or without.
pub(in crate::cli) fn typed(word: &str) -> Result<Correspondent, Failure> {
    address(word).ok_or_else(|| Failure::usage(format!("`{word}` is no mail address.")))
}

fn of_person(person: &StoredPerson) -> Option<Correspondent> {
    let mut addresses = person.handles.iter().map(|it| it.provider_id.as_str());
    let address = addresses
        .find(|id| id.contains('@') && !id.ends_with("@s.whatsapp.net") && !id.ends_with("@lid"))?;
    Some(Correspondent {
        name: Some(person.name.clone()).filter(|name| !name.is_empty()),
        address: address.to_owned(),
    })
}

/// An answer to a conversation: into the chat, or to those who wrote the last mail.
pub(super) fn answer(
    store: &Store,
    chat: &Conversation,
    entry: Option<&Entry>,
    everybody: bool,
    words: Words,
) -> Result<Act, Failure> {
    if !chat.is_mail {
        return into(store, chat, entry.map(|it| it.uid.clone()), words);
    }
    let last;
    let entry = if let Some(entry) = entry {
        entry
    } else {
        last = last_mail(store, chat)?;
        &last
    };
    let head = entry
        .mail
        .as_deref()
        .ok_or_else(|| Failure::usage("That is no mail."))?;
    let accounts = store.read_now(read::accounts::all)?;
    let account = accounts
        .iter()
        .find(|it| it.key == chat.account)
        .ok_or_else(|| Failure::usage("Its account is not linked any more."))?;
    let how = if everybody {
        Answer::ReplyAll
    } else {
        Answer::Reply
    };
    let mine = Mine::new(store.read_now(correspondents::own_addresses)?);
    let Recipients { to, cc } = answer::recipients(how, head, entry.own, &mine);
    let subject = answer::subject(how, entry.subject.as_deref().unwrap_or_default());
    Ok(Act::SendEmail(NewMail {
        account: account.id.clone(),
        thread: Some(chat.uid.clone()),
        from: None,
        to,
        cc,
        bcc: Vec::new(),
        subject,
        body: MailBody::Plain(words.text),
        reply_to: Some(entry.uid.as_str().into()),
        forwards: None,
        attachments: words.files,
        draft: None,
        headers: Vec::new(),
        tracking: None,
        key: String::new(),
    }))
}

/// The mail that an answer to a thread answers: the last one of somebody else, or else the last.
fn last_mail(store: &Store, chat: &Conversation) -> Result<Entry, Failure> {
    let window = store.read_now(|db| read::entries::before(db, chat.key, None, 20))?;
    let theirs = window.iter().rev().find(|it| !it.own);
    theirs
        .or(window.last())
        .cloned()
        .ok_or_else(|| Failure::usage("There is no mail to answer in it."))
}
