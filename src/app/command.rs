//! Everything the user can do, one row each: name, keys, where it works, and what it says about itself. Dispatch,
//! footer, help, palette, settings and the README's table all read these rows.

use std::fmt;

/// Where a command works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum In {
    /// Everywhere, also while typing.
    Everywhere,
    /// In every pane and screen where nothing is typed.
    Main,
    /// In the pane of views and accounts.
    Places,
    /// In the list of conversations.
    List,
    /// In the conversation.
    Thread,
    /// In the composer.
    Compose,
    /// On the screen of accounts.
    Accounts,
}

/// What a command is about; the order of help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    Move,
    Go,
    Conversation,
    Message,
    Write,
    Program,
}

impl About {
    pub fn title(self) -> &'static str {
        match self {
            Self::Move => "Moving",
            Self::Go => "Going somewhere",
            Self::Conversation => "Conversations",
            Self::Message => "Messages",
            Self::Write => "Writing",
            Self::Program => "The program",
        }
    }
}

/// One row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    pub command: Command,
    /// Name in settings and in the palette.
    pub name: &'static str,
    /// A word or two for the footer.
    pub short: &'static str,
    pub keys: &'static [&'static str],
    pub contexts: &'static [In],
    pub about: About,
    pub says: &'static str,
}

macro_rules! commands {
    ($($command:ident $name:literal $short:literal [$($key:literal)*] [$($context:ident)*] $about:ident $says:literal;)*) => {
        /// Something the user can do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Command {
            $(#[doc = $says] $command,)*
        }

        /// All commands, in the order of help.
        pub const ALL: &[Row] = &[$(*Command::$command.row(),)*];

        impl Command {
            /// Its row of the table.
            pub const fn row(self) -> &'static Row {
                match self {$(Self::$command => &Row {
                    command: Self::$command,
                    name: $name,
                    short: $short,
                    keys: &[$($key),*],
                    contexts: &[$(In::$context),*],
                    about: About::$about,
                    says: $says,
                },)*}
            }
        }
    };
}

commands! {
    Next "next" "next" ["j" "Down"] [Main] Move "Go to the next one";
    Previous "previous" "previous" ["k" "Up"] [Main] Move "Go to the one before";
    HalfDown "half-page-down" "half page" ["^D"] [Main] Move "Go down half a page";
    HalfUp "half-page-up" "half page" ["^U"] [Main] Move "Go up half a page";
    PageDown "page-down" "page" ["PgDn" "^F"] [Main] Move "Go down a page";
    PageUp "page-up" "page" ["PgUp" "^B"] [Main] Move "Go up a page";
    First "first" "first" ["g g" "Home"] [Main] Move "Go to the first one";
    Last "last" "last" ["G" "End"] [Main] Move "Go to the last one";
    PaneNext "next-pane" "next pane" ["Tab" "l" "Right"] [Main] Move "Go to the next pane";
    PanePrevious "previous-pane" "pane before" ["shift-Tab" "h" "Left"] [Main] Move "Go to the pane before";
    Open "open" "open" ["Enter"] [Main] Move "Open it, or unfold it";
    Back "back" "back" ["Esc"] [Main] Move "Go back one level";
    AccountNext "next-account" "account" ["]"] [Main] Go "Show the next account alone";
    AccountPrevious "previous-account" "account" ["["] [Main] Go "Show the account before alone";
    Switch "switch" "go to" ["^K"] [Everywhere] Go "Go to any conversation, person, account or folder";
    Search "search" "search" ["/"] [Main] Go "Search everything";
    HitNext "next-hit" "next hit" ["n"] [Thread] Go "Go to the next hit of the search";
    HitPrevious "previous-hit" "hit before" ["N"] [Thread] Go "Go to the hit before";
    GoInbox "inbox" "inbox" ["g i" "1"] [Main] Go "Show all conversations";
    GoUnread "unread" "unread" ["g u"] [Main] Go "Show what is unread";
    GoNeedsReply "needs-reply" "needs reply" ["g r"] [Main] Go "Show what waits for an answer";
    GoStarred "starred" "starred" ["g s"] [Main] Go "Show what is starred";
    GoDrafts "drafts" "drafts" ["g d"] [Main] Go "Show what has a draft";
    GoArchived "archived" "archived" ["g e"] [Main] Go "Show what is archived";
    GoAccounts "accounts" "accounts" ["g a" "2"] [Main] Go "Show the accounts and how they are";
    GoDate "go-to-date" "date" ["g t"] [Thread] Go "Go to a day of the conversation";
    Reply "reply" "reply" ["r"] [List Thread] Conversation "Answer; a selected message is quoted";
    ReplyAll "reply-all" "reply all" ["a"] [List Thread] Conversation "Answer everybody a mail went to";
    Write "write" "write" ["i"] [List Thread] Conversation "Write without quoting";
    Archive "archive" "archive" ["e"] [List Thread] Conversation "Archive, or bring back from the archive";
    Star "star" "star" ["s"] [List Thread] Conversation "Star, or take the star away";
    Pin "pin" "pin" ["P"] [List Thread] Conversation "Pin to the top, or unpin";
    Mute "mute" "mute" ["m"] [List Thread] Conversation "Mute, or let be heard again";
    Unread "mark-unread" "unread" ["u"] [List Thread] Conversation "Mark as read or unread";
    Delete "delete" "delete" ["#" "Del"] [List Thread] Conversation "Delete the conversation or the selected message";
    Spam "spam" "spam" ["!"] [List Thread] Conversation "Move mails to the spam, or from there to the inbox";
    Move "move" "move" ["v"] [List Thread] Conversation "Move mails to a folder or label";
    Mark "mark" "mark" ["x" "Space"] [List] Conversation "Mark several, then act on all of them";
    Undo "undo" "undo" ["z"] [Main] Conversation "Take the last action back";
    React "react" "react" ["+"] [Thread] Message "React with an emoji";
    Forward "forward" "forward" ["f"] [Thread] Message "Forward the selected message or mail";
    Edit "edit" "edit" ["E"] [Thread] Message "Edit your own message";
    Copy "copy" "copy" ["y"] [Thread] Message "Copy the text of the message";
    OpenLink "open-link" "open" ["o"] [Thread] Message "Open a link or an attachment of the message";
    Download "download" "save" ["d"] [Thread] Message "Save the attachments of the message";
    Preview "preview" "picture" ["p"] [Thread] Message "Show a picture over the whole screen";
    SendAgain "send-again" "send again" ["R"] [Thread] Message "Send again what was not sent";
    Compose "compose" "compose" ["c"] [Main] Write "Start a new conversation, or a new mail";
    Send "send" "send" ["Enter" "^S"] [Compose] Write "Send it";
    NewLine "new-line" "new line" ["alt-Enter" "shift-Enter" "^J"] [Compose] Write "Begin a new line";
    SendLater "send-later" "later" ["^L"] [Compose] Write "Send it at a time of your choice";
    Attach "attach" "attach" ["^O"] [Compose] Write "Attach a file";
    Detach "detach" "detach" ["^X"] [Compose] Write "Take the last attachment out again";
    Editor "editor" "editor" ["^E"] [Compose] Write "Write in $EDITOR";
    MailOptions "mail-options" "options" ["alt-o"] [Compose] Write "Mails: Markdown, signature, tracking, header lines";
    Enlarge "enlarge" "full width" ["alt-w"] [Compose] Write "Mails: write over the whole screen, or in place again";
    Sign "signature" "signature" ["alt-s"] [Compose] Write "Mails: put the signature in, or take it out";
    Markdown "markdown" "Markdown" ["alt-m"] [Compose] Write "Mails: send the words as Markdown, or as they stand";
    Snippet "snippet" "snippet" ["^T"] [Compose] Write "Insert a snippet";
    UndoTyping "undo-typing" "take back" ["alt-z" "^_" "^7" "^/"] [Compose] Write "Undo what was typed; with nothing typed, take back what was just sent";
    RedoTyping "redo-typing" "redo" ["alt-Z" "^Y"] [Compose] Write "Do again what was undone";
    Leave "leave" "keep draft" ["Esc"] [Compose] Write "Leave the composer and keep the draft";
    Discard "discard" "discard" ["^G"] [Compose] Write "Throw away what is written";
    Pause "pause" "pause" ["Space"] [Accounts] Program "Stop fetching an account, or go on";
    Resync "resync" "fetch again" ["S"] [Accounts] Program "Fetch everything of all accounts once more";
    Palette "commands" "command" [":" ] [Main] Program "Find any command by its name";
    Help "help" "keys" ["?" "F1"] [Main] Program "Show all keys";
    Messages "messages" "messages" [] [Main] Program "Show what onebox has said so far";
    Refresh "refresh" "refresh" ["^R" "F5"] [Main] Program "Look for news now";
    Theme "theme" "theme" [] [Main] Program "Choose the colours";
    Mouse "mouse" "mouse" ["M"] [Main] Program "Leave the mouse to the terminal, or take it back";
    Redraw "redraw" "redraw" ["^L"] [Main] Program "Draw the screen anew";
    Suspend "suspend" "suspend" ["^Z"] [Everywhere] Program "Go to the shell; `fg` comes back";
    Quit "quit" "quit" ["q"] [Main] Program "Quit";
    Interrupt "interrupt" "quit" ["^C"] [Everywhere] Program "Stop what is going on; twice quits";
}

impl Command {
    /// The command of a name.
    pub fn named(name: &str) -> Option<Self> {
        let row = ALL.iter().find(|row| row.name == name);
        row.map(|row| row.command)
    }
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.row().name)
    }
}
