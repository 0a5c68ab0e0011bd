//! Mails, folders, drafts and the address book.
