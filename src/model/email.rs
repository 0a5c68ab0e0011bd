//! Mails, folders, drafts, the address book.
