//! Answers the questions of update from the store.

use rusqlite::Connection;

use super::loose;
use super::seek::seek;
use crate::app::compose::paths;
use crate::app::effect::{
    Answer, Begun, Counts, Failure, From, Listed, Overview, Read, ThreadChange, ThreadPage,
};
use crate::app::places::{Filter, folder_order};
use crate::model::act::Act;
use crate::model::inbox::{AccountKey, Conversation, ConversationKey, Edge, Entry, EntryKey, View};
use crate::model::outbox::{OutboxId, OutboxState};
use crate::store::progress::ranges;
use crate::store::read::{accounts, conversations, correspondents, entries, folders, people};
use crate::store::{Error, Result, Store, outbox, recent};

/// How many refused acts the screen is told of.
const FAILURES: u32 = 8;
/// So many files of a folder are looked at.
const FOLDER: usize = 20_000;
/// So many people of an account are offered.
const PEOPLE: u32 = 20_000;

/// Answers a question; what cannot be answered is told in words.
pub fn answer(store: &Store, read: &Read) -> Answer {
    if let Read::Folder(folder) = read {
        return listed(folder);
    }
    match store.read_now(|db| found(db, read)) {
        Ok(answer) => answer,
        Err(error) => Answer::Failed(error.to_string()),
    }
}

fn found(db: &Connection, read: &Read) -> Result<Answer> {
    match read {
        Read::Seek(it) => Ok(Answer::Sought(seek(db, it)?)),
        Read::Overview { account } => Ok(Answer::Overview(Box::new(overview(db, *account)?))),
        Read::Totals => Ok(Answer::Totals(accounts::stored(db)?)),
        Read::List {
            filter,
            edge,
            limit,
        } => list(db, filter, *edge, *limit),
        Read::Thread {
            conversation,
            from,
            limit,
        } => Ok(Answer::Thread(Box::new(thread(
            db,
            *conversation,
            *from,
            *limit,
        )?))),
        Read::Older {
            conversation,
            before,
            limit,
        } => {
            let mut found = entries::before(db, *conversation, Some(*before), limit + 1)?;
            let more = cut_front(&mut found, *limit);
            Ok(Answer::Older {
                entries: found,
                more,
            })
        }
        Read::Newer {
            conversation,
            after,
            limit,
        } => {
            let mut found = entries::from(
                db,
                *conversation,
                EntryKey(after.0.saturating_add(1)),
                limit + 1,
            )?;
            let more = cut_back(&mut found, *limit);
            Ok(Answer::Newer {
                entries: found,
                more,
            })
        }
        Read::Draft(key) => Ok(Answer::Draft(outbox::drafts::get(db, *key)?.map(Box::new))),
        Read::Desk => Ok(Answer::Desk(Box::new(correspondents::desk(db)?))),
        Read::Book => Ok(Answer::Book(Box::new(correspondents::book(db)?))),
        Read::NewDraft { mail } => {
            let all = outbox::drafts::loose(db)?.into_iter();
            let mut new = all.filter(|it| it.body.mail.is_some() == *mail);
            Ok(Answer::Draft(new.next().map(Box::new)))
        }
        Read::Begun(id) => Ok(Answer::Begun(begun(db, *id)?)),
        Read::People(account) => Ok(Answer::People(people::of_account(db, *account, PEOPLE)?)),
        Read::Folder(folder) => Ok(listed(folder)),
    }
}

fn begun(db: &Connection, id: OutboxId) -> Result<Begun> {
    let Some(item) = outbox::get(db, id)? else {
        return Ok(Begun::Never);
    };
    if matches!(item.state, OutboxState::Failed | OutboxState::Canceled) {
        return Ok(Begun::Never);
    }
    let Some(uid) = item
        .conversation
        .filter(|_| item.state == OutboxState::Sent)
    else {
        return Ok(Begun::Waits);
    };
    for found in conversations::with_uid(db, &uid)? {
        if accounts::id(db, found.account)?.as_ref() == Some(&item.account) {
            return Ok(Begun::There(Box::new(found)));
        }
    }
    Ok(Begun::Waits)
}

/// What lies in a folder, folders first, by name.
fn listed(folder: &str) -> Answer {
    let place = if folder.is_empty() { "./" } else { folder };
    let path = paths::expanded(place, std::env::home_dir().as_deref());
    let entries = match std::fs::read_dir(&path) {
        Ok(entries) => entries,
        Err(error) => return Answer::Failed(format!("{folder} cannot be read: {error}.")),
    };
    let one = |entry: std::fs::DirEntry| {
        // What a link points to counts; what is neither file nor folder cannot be attached.
        let about = std::fs::metadata(entry.path()).ok()?;
        let known = about.is_dir() || about.is_file();
        known.then(|| Listed {
            name: entry.file_name().to_string_lossy().into_owned(),
            size: about.is_file().then_some(about.len()),
        })
    };
    let mut names: Vec<Listed> = entries
        .flatten()
        .take(FOLDER)
        .filter_map(one)
        // A name that no text can hold could not be found again.
        .filter(|it| !it.name.contains(['/', '\u{fffd}']))
        .collect();
    names.sort_by_key(|it| (it.size.is_some(), it.name.to_lowercase()));
    Answer::Folder {
        folder: folder.to_owned(),
        names,
    }
}

fn overview(db: &Connection, account: Option<AccountKey>) -> Result<Overview> {
    let mut accounts = accounts::all(db)?;
    // Those of one network stand together, the networks in the order of their first account.
    let order: Vec<_> = accounts.iter().map(|it| it.provider.clone()).collect();
    accounts.sort_by_key(|it| order.iter().position(|known| *known == it.provider));
    let mut folders = Vec::new();
    for mailbox in accounts.iter().filter(|it| it.has_mail) {
        let mut own = accounts::folders(db, mailbox.key)?;
        own.sort_by_key(|it| folder_order(&it.role));
        folders.extend(own);
    }
    let all = counts(db, None)?;
    let shown = match account {
        Some(_) => counts(db, account)?,
        None => all,
    };
    Ok(Overview {
        accounts,
        folders,
        counts: all,
        shown,
        outbox: outbox::unsent(db)?,
        failures: failures(db)?,
        reacted: recent::reactions(db)?,
    })
}

/// What was refused last, in words.
fn failures(db: &Connection) -> Result<Vec<Failure>> {
    let mut all = Vec::new();
    for item in outbox::failed(db, FAILURES)? {
        let found = match &item.conversation {
            Some(uid) => conversations::with_uid(db, uid)?,
            None => Vec::new(),
        };
        let title = found.first().map_or("", |it| it.title.as_str());
        let why = item.error.as_deref().unwrap_or("it was refused.");
        let aim = outbox::aim(&item.act, title);
        all.push(Failure {
            id: item.id,
            words: format!("Could not {aim}: {why}"),
            empty: !item.act.is_message() && !matches!(item.act, Act::EditMessage { .. }),
        });
    }
    Ok(all)
}

fn counts(db: &Connection, account: Option<AccountKey>) -> Result<Counts> {
    let count = |view| conversations::count_of(db, view, account);
    Ok(Counts {
        inbox: count(View::Inbox)?,
        unread: count(View::Unread)?,
        needs_reply: count(View::NeedsReply)?,
        starred: count(View::Starred)?,
        drafts: count(View::Drafts)? + loose::count(db, account)?,
    })
}

fn list(db: &Connection, filter: &Filter, edge: Edge, limit: u32) -> Result<Answer> {
    let mut rows: Vec<Conversation> = match (filter.account, &filter.folder) {
        (Some(account), Some(folder)) => folders::window(db, account, folder, edge, limit + 1)?,
        _ => conversations::window(db, filter.view, filter.account, edge, limit + 1)?,
    };
    let more = if edge.is_backward() {
        cut_front(&mut rows, limit)
    } else {
        cut_back(&mut rows, limit)
    };
    let begins = edge == Edge::Top || edge.is_backward() && !more;
    if filter.view == View::Drafts && filter.folder.is_none() && begins {
        rows.splice(..0, loose::rows(db, filter.account)?);
    }
    Ok(Answer::List { edge, rows, more })
}

/// Drops what was read only to know whether there is more.
fn cut_back<T>(found: &mut Vec<T>, limit: u32) -> bool {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    more
}

fn cut_front<T>(found: &mut Vec<T>, limit: u32) -> bool {
    let far = found
        .len()
        .saturating_sub(usize::try_from(limit).unwrap_or(usize::MAX));
    found.drain(..far);
    far > 0
}

fn thread(db: &Connection, key: ConversationKey, from: From, limit: u32) -> Result<ThreadPage> {
    let conversation = conversations::get(db, key)?.ok_or(Error::Missing {
        what: "conversation",
    })?;
    let unread_from = unread_from(db, &conversation)?;
    let mut at = match from {
        From::Around(entry) => Some(entry),
        _ => None,
    };
    let window = match from {
        From::End => last(db, key, limit)?,
        From::Unread => match unread_from {
            Some(first) => around(db, key, first, limit)?,
            None => last(db, key, limit)?,
        },
        From::Around(entry) => around(db, key, entry, limit)?,
        From::Quoted(entry) => match quoted(db, entry)? {
            Some(entry) => {
                at = Some(entry);
                around(db, key, entry, limit)?
            }
            None => return Err(Error::NotPossible("The quoted message is not stored here")),
        },
        From::Start => {
            let mut found = entries::from(db, key, EntryKey(i64::MIN), limit + 1)?;
            let newer = cut_back(&mut found, limit);
            (found, false, newer)
        }
        From::Entry(entry) => {
            let mut found = entries::from(db, key, entry, limit + 1)?;
            let newer = cut_back(&mut found, limit);
            let older = !entries::before(db, key, Some(entry), 1)?.is_empty();
            (found, older, newer)
        }
    };
    let account = accounts::id(db, conversation.account)?;
    let account = account.ok_or(Error::Missing { what: "account" })?;
    let (entries, has_older, has_newer) = window;
    let stretches = stretches(db, &conversation)?;
    // A day after the last entry goes to the last one.
    let near = |at: EntryKey| {
        let behind = entries.iter().find(|it| it.key >= at);
        behind.or(entries.last()).map(|it| it.key)
    };
    Ok(ThreadPage {
        at: at.and_then(near),
        complete: stretches.complete,
        begins: stretches.begins,
        gaps: stretches.gaps,
        unread_from,
        members: people::members(db, key)?,
        waiting: outbox::of_conversation(db, account.as_str(), &conversation.uid)?,
        draft: outbox::drafts::of_conversation(db, account.as_str(), &conversation.uid)?,
        change: change(db, account.as_str(), &conversation.uid)?,
        conversation,
        entries,
        has_older,
        has_newer,
    })
}

/// The change of a message that was begun; one whose message is gone has nothing to change any more.
fn change(db: &Connection, account: &str, uid: &str) -> Result<Option<ThreadChange>> {
    let Some(draft) = outbox::drafts::change_of(db, account, uid)? else {
        return Ok(None);
    };
    let message = draft.body.edits.as_ref().map(|it| it.message.as_str());
    let entry = entries::with_uid(db, message.unwrap_or_default())?;
    Ok(entry.map(|entry| ThreadChange {
        entry: entry.key,
        before: entry.text,
        draft,
    }))
}

fn unread_from(db: &Connection, conversation: &Conversation) -> Result<Option<EntryKey>> {
    if conversation.unread == 0 {
        return Ok(None);
    }
    if conversation.is_mail {
        return entries::first_unread(db, conversation.key);
    }
    entries::start_of_unread(db, conversation.key, conversation.unread)
}

type Window = (Vec<Entry>, bool, bool);

fn last(db: &Connection, key: ConversationKey, limit: u32) -> Result<Window> {
    let mut found = entries::before(db, key, None, limit + 1)?;
    let older = cut_front(&mut found, limit);
    Ok((found, older, false))
}

fn around(db: &Connection, key: ConversationKey, entry: EntryKey, limit: u32) -> Result<Window> {
    let mut found = entries::before(db, key, Some(entry), limit / 2 + 1)?;
    let older = cut_front(&mut found, limit / 2);
    let mut rest = entries::from(db, key, entry, limit + 1)?;
    let newer = cut_back(&mut rest, limit);
    found.extend(rest);
    Ok((found, older, newer))
}

/// The entry that another one quotes, as far as it is stored.
fn quoted(db: &Connection, entry: EntryKey) -> Result<Option<EntryKey>> {
    let quote = entries::get(db, entry)?.and_then(|it| it.quote);
    let Some(uid) = quote.and_then(|it| it.uid) else {
        return Ok(None);
    };
    Ok(entries::with_uid(db, uid.as_str())?.map(|it| it.key))
}

/// What of a conversation is stored.
struct Stretches {
    /// Everything from the first message on.
    complete: bool,
    /// The first message there ever was.
    begins: bool,
    /// Before these moments something is missing.
    gaps: Vec<EntryKey>,
}

fn stretches(db: &Connection, conversation: &Conversation) -> Result<Stretches> {
    if conversation.is_mail {
        // A thread of mails is what is known of it.
        return Ok(Stretches {
            complete: true,
            begins: false,
            gaps: Vec::new(),
        });
    }
    let stored = ranges::all(db, &ranges::of_chat(&conversation.uid))?;
    let begins = stored.last().is_some_and(|it| it.lo == ranges::START);
    let later = stored.iter().rev().skip(1);
    let gaps: Vec<EntryKey> = later
        .filter_map(|it| jiff::Timestamp::from_millisecond(it.lo).ok())
        .map(EntryKey::first_at)
        .collect();
    Ok(Stretches {
        complete: begins && gaps.is_empty(),
        begins,
        gaps,
    })
}
