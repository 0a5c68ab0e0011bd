//! What update wants done, and the answers that come back. All of it is data: no handle, no future, no lock.

use jiff::Timestamp;

use super::places::Filter;
use crate::model::act::FileRef;
use crate::model::id::{AccountId, ProviderId};
use crate::model::inbox::{
    AccountKey, Conversation, ConversationKey, Edge, Entry, EntryKey, Handle, StoredAccount,
    StoredFolder,
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
    /// Puts text into the clipboard.
    Copy(String),
    /// Hands an address to the system's opener.
    OpenUrl(String),
    /// Lets the user write in `$EDITOR`, starting with this text.
    Editor(String),
    /// Whether the mouse is ours or the terminal's.
    Mouse(bool),
    Redraw,
    Suspend,
    Quit,
}

/// A question to the store.
#[derive(Debug, Clone, PartialEq)]
pub enum Read {
    /// Accounts, folders and how many of everything.
    Overview {
        account: Option<AccountKey>,
    },
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
    /// What lies in a folder, as it is typed.
    Folder(String),
    Draft(DraftKey),
    /// The latest draft that belongs to no conversation.
    NewDraft,
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
    /// Around one, such as a hit.
    Around(EntryKey),
}

/// What came of a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    Overview(Box<Overview>),
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
    Folder {
        folder: String,
        names: Vec<Listed>,
    },
    Draft(Option<Box<Draft>>),
    People(Vec<Handle>),
    Person(Reached),
    /// Absent where the account has none.
    Inmails(Option<u64>),
    /// It could not be answered, and why.
    Failed(String),
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
    /// Acts that wait, and acts that failed or are unknown.
    pub outbox: (u64, u64),
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
    /// Where it was not read yet.
    pub unread_from: Option<EntryKey>,
    pub members: Vec<Handle>,
    /// Acts in it that have not arrived.
    pub waiting: Vec<OutboxItem>,
    pub draft: Option<Draft>,
}

/// A change.
#[derive(Debug, Clone, PartialEq)]
pub enum Deed {
    Read(Vec<ConversationKey>, bool),
    Archive(Vec<ConversationKey>, bool),
    Star(Vec<ConversationKey>, Option<EntryKey>, bool),
    Pin(Vec<ConversationKey>, bool),
    Mute(Vec<ConversationKey>, bool),
    Delete(Vec<ConversationKey>),
    Undo,
    /// Keeps what is being written. The ticket names it as long as no key is known.
    SaveDraft(Ticket, Option<DraftKey>, DraftBody),
    DropDraft(Ticket, Option<DraftKey>),
    /// Sends what the draft holds; at a time when there is one.
    Send(Ticket, Option<DraftKey>, DraftBody, Option<Timestamp>),
    React(EntryKey, String),
    Edit(EntryKey, String),
    Forward(EntryKey, ConversationKey),
    DeleteMessage(EntryKey),
    Cancel(OutboxId),
    Retry(OutboxId),
    /// Takes the words of something unsent back into a draft.
    Rewrite(OutboxId),
    /// Looks at files that shall be attached; a pasted text is a text after all when not all of them are there.
    Attach(Ticket, Vec<String>, Option<String>),
}

/// What came of a change that is worth a word.
#[derive(Debug, Clone, PartialEq)]
pub enum Done {
    /// Done; undo takes it back.
    Undoable(String),
    Said(String),
    Failed(String),
    DraftSaved(Ticket, DraftKey, DraftBody),
    DraftUnsaved(Ticket, String),
    /// The outbox has it, for now or for later.
    Sent(Ticket, Option<Timestamp>),
    /// The outbox does not have it, and why. It is a draft as before.
    Unsent(Ticket, String),
    /// Words that were taken back are a draft again; and what was taken back.
    GivenBack(DraftKey, String),
    /// Files that can go out, and what is wrong with the others.
    Attached(Ticket, Vec<FileRef>, Option<String>),
    /// These were no files.
    Pasted(Ticket, String),
}

/// What the engine should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    Focus(Option<ConversationKey>),
    Older(ConversationKey),
    Now,
    Retry,
    Repair,
    Pause(AccountKey, bool),
}
