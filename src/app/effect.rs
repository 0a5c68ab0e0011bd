//! What update wants done, and the answers that come back. All of it is data: no handle, no future, no lock.

use jiff::Timestamp;

use super::accounts::Totals;
use super::pictures::PictureWish;
use super::places::Filter;
use super::seek::{Seek, Sought};
use crate::model::act::FileRef;
use crate::model::correspondence::{Book, Desk};
use crate::model::id::{AccountId, AttachmentId, MessageId, ProviderId};
use crate::model::inbox::{
    AccountKey, Conversation, ConversationKey, Edge, Entry, EntryKey, FolderKey, Handle,
    StoredAccount, StoredFolder,
};
use crate::model::outbox::{Draft, DraftBody, DraftKey, OutboxId, OutboxItem};

/// Names a question, so that only the newest answer counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Ticket(pub u64);

/// Something to be done by the runtime.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Asks the store; an [`Answer`] comes back.
    Read(Ticket, Read),
    /// Asks the server something that the store cannot know; an [`Answer`] comes back.
    Ask(Ticket, Ask),
    /// Changes something, in the store at once and at the server behind it.
    Do(Deed),
    /// Wishes of the engine.
    Engine(Wish),
    /// Looks for pictures, or fetches one.
    Picture(PictureWish),
    /// Puts text into the clipboard.
    Copy(String),
    /// Hands an address to the system's opener.
    OpenUrl(String),
    /// Fetches files.
    Fetch(Vec<Fetch>, FetchFor),
    /// Fetches files that are to go out with what is written under this name.
    Gather(Ticket, Vec<Fetch>),
    StopFetching,
    /// Lets the user write in `$EDITOR`, starting with this text.
    Editor(String),
    /// Shows a theme; kept ones are written into the settings.
    Theme {
        name: String,
        keep: bool,
    },
    /// Whether the mouse is ours or the terminal's.
    Mouse(bool),
    Redraw,
    Suspend,
    Quit,
}

/// A file of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetch {
    /// Its place among the files of its message.
    pub place: usize,
    pub account: Option<AccountId>,
    pub message: MessageId,
    pub attachment: AttachmentId,
    pub is_mail: bool,
    /// As the sender calls it.
    pub name: String,
    pub mime: Option<String>,
}

/// What a file is fetched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FetchFor {
    /// To lie among the user's downloads.
    Keep,
    /// To be shown by the program that the system has for it.
    Open,
}

/// A question to the store.
#[derive(Debug, Clone, PartialEq)]
pub enum Read {
    /// Accounts, folders and how many of everything.
    Overview {
        account: Option<AccountKey>,
    },
    /// How much is stored of each account.
    Totals,
    /// A window of the list.
    List {
        filter: Filter,
        edge: Edge,
        limit: u32,
    },
    /// A conversation and a window of what was said in it.
    Thread {
        conversation: ConversationKey,
        from: From,
        limit: u32,
    },
    /// Entries before one.
    Older {
        conversation: ConversationKey,
        before: EntryKey,
        limit: u32,
    },
    /// Entries behind one.
    Newer {
        conversation: ConversationKey,
        after: EntryKey,
        limit: u32,
    },
    /// Something is looked for.
    Seek(Seek),
    /// What lies in a folder, as it is typed.
    Folder(String),
    Draft(DraftKey),
    /// The latest draft of a mail, or of a message, that belongs to no conversation.
    NewDraft {
        mail: bool,
    },
    /// What became of a first message.
    Begun(OutboxId),
    /// The user's own mailboxes.
    Desk,
    /// Everybody the user may write a mail to.
    Book,
    /// Everybody an account knows, those first who were written with last.
    People(AccountKey),
}

/// A question to the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// Who is called so: a public name, an address of a profile, a phone number.
    Person(AccountId, String),
    /// How many InMails are left.
    Inmails(AccountId),
}

/// Where the window of a conversation begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// Shows the first unread one, or the end.
    Unread,
    /// The last ones.
    End,
    /// Exactly from this one on, to go on showing what is shown.
    Entry(EntryKey),
    /// Around one, such as a hit, or around a moment.
    Around(EntryKey),
    /// Around the one that this one quotes.
    Quoted(EntryKey),
    /// The first ones.
    Start,
}

/// What came of a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    Overview(Box<Overview>),
    Totals(Totals),
    List {
        edge: Edge,
        rows: Vec<Conversation>,
        more: bool,
    },
    Thread(Box<ThreadPage>),
    Older {
        entries: Vec<Entry>,
        more: bool,
    },
    Newer {
        entries: Vec<Entry>,
        more: bool,
    },
    Sought(Sought),
    Folder {
        folder: String,
        names: Vec<Listed>,
    },
    Draft(Option<Box<Draft>>),
    Begun(Begun),
    People(Vec<Handle>),
    Desk(Box<Desk>),
    Book(Box<Book>),
    Person(Reached),
    /// Absent where the account has none.
    Inmails(Option<u64>),
    /// It could not be answered, and why.
    Failed(String),
}

/// What became of a first message.
#[derive(Debug, Clone, PartialEq)]
pub enum Begun {
    /// The server does not have it yet.
    Waits,
    /// This is its conversation.
    There(Box<Conversation>),
    /// It was taken back or refused.
    Never,
}

/// A file or a folder in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub name: String,
    /// Of a file, in bytes; absent for a folder.
    pub size: Option<u64>,
}

/// Somebody who can be written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    pub id: ProviderId,
    pub name: String,
    pub about: String,
}

/// Everything about the left pane.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Overview {
    pub accounts: Vec<StoredAccount>,
    pub folders: Vec<StoredFolder>,
    /// Of all accounts.
    pub counts: Counts,
    /// Of the account that is shown alone.
    pub shown: Counts,
    /// Acts that wait and that others will see, and acts that failed or are unknown.
    pub outbox: (u64, u64),
    /// What was refused, the latest first.
    pub failures: Vec<Failure>,
    /// Emoji the user has reacted with, the last one first.
    pub reacted: Vec<String>,
}

/// An act that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub id: OutboxId,
    /// What it was, and why it was refused.
    pub words: String,
    /// Whether it holds nothing that the user has written, so that there is nothing to keep.
    pub empty: bool,
}

/// How many conversations each view has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    pub inbox: u64,
    pub unread: u64,
    pub needs_reply: u64,
    pub starred: u64,
    pub drafts: u64,
}

/// A conversation and what is shown of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ThreadPage {
    pub conversation: Conversation,
    /// Oldest first.
    pub entries: Vec<Entry>,
    pub has_older: bool,
    pub has_newer: bool,
    /// Whether the store has everything from the beginning.
    pub complete: bool,
    /// Whether the first stored entry is the first there ever was.
    pub begins: bool,
    /// Before these moments something is missing.
    pub gaps: Vec<EntryKey>,
    /// The entry that the window was asked around, or the first one behind it.
    pub at: Option<EntryKey>,
    /// Where it was not read yet.
    pub unread_from: Option<EntryKey>,
    pub members: Vec<Handle>,
    /// Acts in it that have not arrived.
    pub waiting: Vec<OutboxItem>,
    pub draft: Option<Draft>,
    /// A message of the user's that is being changed, and is not finished.
    pub change: Option<ThreadChange>,
}

/// The change of a message that is not finished.
#[derive(Debug, Clone, PartialEq)]
pub struct ThreadChange {
    pub entry: EntryKey,
    /// What the message says.
    pub before: String,
    pub draft: Draft,
}

/// A change.
#[derive(Debug, Clone, PartialEq)]
pub enum Deed {
    /// Counts conversations as read because they were opened or answered; nothing to undo.
    Seen(Vec<ConversationKey>),
    /// Does the same to several conversations, as one act for undo, while this folder is shown. Always reported as
    /// [`Done::Triaged`].
    Triage(Vec<ConversationKey>, Triage, Option<FolderKey>),
    StarEntry(ConversationKey, MessageId, bool),
    Undo,
    /// Keeps what is being written. The ticket names it as long as no key is known.
    SaveDraft(Ticket, Option<DraftKey>, Box<DraftBody>),
    DropDraft(Ticket, Option<DraftKey>),
    /// Sends what the draft holds; at a time when there is one.
    Send(Ticket, Option<DraftKey>, Box<DraftBody>, Option<Timestamp>),
    React(EntryKey, String),
    /// Changes a message, and ends the draft of that.
    Edit(Ticket, Option<DraftKey>, EntryKey, String),
    Forward(EntryKey, ConversationKey),
    DeleteMessage(EntryKey),
    Cancel(OutboxId),
    Retry(OutboxId),
    /// Puts away an act that was refused and about which nothing is left to do.
    Forget(OutboxId),
    /// Takes the words of something unsent back into a draft.
    Rewrite(OutboxId),
    /// Looks at files that shall be attached; a pasted text is a text after all when not all of them are there.
    Attach(Ticket, Vec<String>, Option<String>),
}

/// What is done to whole conversations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Triage {
    Read(bool),
    Archive(bool),
    Star(bool),
    Pin(bool),
    Mute(bool),
    /// Mails are spam, or are none and belong into the inbox.
    Spam(bool),
    /// Mails go into a folder of their mailbox.
    Move(FolderKey),
    /// Chats are gone at the provider. Mails go to the trash, or from there for good when that is meant.
    Delete {
        for_good: bool,
    },
}

/// What came of a change that is worth a word.
#[derive(Debug, Clone, PartialEq)]
pub enum Done {
    /// Done; undo takes it back.
    Undoable(String),
    /// What came of [`Deed::Triage`]: words for what was done and can be undone, or why nothing was.
    Triaged(Result<String, String>),
    /// What came of [`Deed::Seen`].
    Seen(Result<(), String>),
    /// Something was taken back, and the conversations in which.
    Undone(String, Vec<ConversationKey>),
    Said(String),
    Failed(String),
    DraftSaved(Ticket, DraftKey, Box<DraftBody>),
    DraftUnsaved(Ticket, String),
    /// The outbox has it under this name, for now or for later.
    Sent(Ticket, OutboxId, Option<Timestamp>),
    /// The outbox does not have it, and why. It is a draft as before.
    Unsent(Ticket, String),
    /// Words that were taken back are a draft again; and what was taken back.
    GivenBack(DraftKey, String),
    /// Files that can go out, and what is wrong with the others.
    Attached(Ticket, Vec<FileRef>, Option<String>),
    /// These were no files.
    Pasted(Ticket, String),
    /// A file that is to go out has come, or why it has not.
    Gathered(Ticket, AttachmentId, Result<FileRef, String>),
}

/// What the engine should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    Focus(Option<ConversationKey>),
    Older(ConversationKey),
    /// A folder is looked at, or more of it; told by its uid.
    Folder(AccountKey, String),
    Now,
    Retry,
    Repair,
    Pause(AccountKey, bool),
}
