//! Mails, folders, drafts, the address book.
//!
//! Ids of mails and folders may be the network's own instead of the server's; the account has to be named then. Three
//! calls are documented in two forms: the main method tries the verified one first, the `…_seed_form` methods call the
//! other one alone.

mod decode;
#[cfg(test)]
mod tests;
mod write;

pub use write::{NewEmail, SendEmail, Tracking};

use std::path::Path;

use jiff::Timestamp;

use super::client::{Client, Download};
use super::error::Result;
use super::fields::{Decode, Fields, Flaw};
use super::operation::Operation;
use super::operations::emails as rows;
use super::page::{Page, Paging};
use super::request::{Json, Request};
use crate::model::email::{Contact, Email, EmailRemoval, Folder, FolderRole, SentEmail};
use crate::model::id::{AccountId, AttachmentId, DraftId, EmailId, FolderId};

/// Which mails to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListEmails {
    /// The `provider_id` of a folder.
    pub folder: Option<String>,
    pub role: Option<FolderRole>,
    pub from: Option<String>,
    /// To, cc or bcc.
    pub to: Option<String>,
    /// Senders or recipients.
    pub any_email: Vec<String>,
    pub thread_id: Option<String>,
    /// The `Message-ID` header.
    pub message_id: Option<String>,
    pub exclude_folders: Vec<String>,
    pub before: Option<Timestamp>,
    pub after: Option<Timestamp>,
    /// Leaves out bodies and attachments, which is much faster.
    pub meta_only: Option<bool>,
    /// Not together with `meta_only`.
    pub include_headers: Option<bool>,
    pub paging: Paging,
}

/// What to change about a mail. The server ignores the rest when `unread` is there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UpdateEmail {
    pub unread: Option<bool>,
    /// Names of the folders to move it to; Outlook and mailboxes take one.
    pub folders: Option<Vec<String>>,
    /// Outlook only.
    pub categories: Option<Vec<String>>,
}

impl Client {
    /// Lists the mails of an account, newest first.
    pub async fn list_emails(
        &self,
        account: &AccountId,
        params: &ListEmails,
    ) -> Result<Page<Email>> {
        self.page(&list(account, params)).await
    }

    /// Sends a mail.
    pub async fn send_email(&self, params: &SendEmail) -> Result<SentEmail> {
        let request = Request::to(&rows::SEND_EMAIL);
        self.one(&params.write(request)).await
    }

    /// Reads a mail, with all its header lines if they are wanted.
    pub async fn get_email(
        &self,
        id: &EmailId,
        account: Option<&AccountId>,
        include_headers: Option<bool>,
    ) -> Result<Email> {
        let request =
            email(&rows::GET_EMAIL, id, account).query("include_headers", include_headers);
        self.one(&request).await
    }

    /// Deletes a mail, or moves it to the trash, as the provider does it.
    pub async fn delete_email(
        &self,
        id: &EmailId,
        account: Option<&AccountId>,
    ) -> Result<EmailRemoval> {
        self.one(&email(&rows::DELETE_EMAIL, id, account)).await
    }

    /// Marks a mail as read or unread, or moves or labels it.
    pub async fn update_email(
        &self,
        id: &EmailId,
        account: Option<&AccountId>,
        params: &UpdateEmail,
    ) -> Result<()> {
        let request = email(&rows::UPDATE_EMAIL, id, account)
            .json("unread", Json::maybe(params.unread))
            .json("folders", Json::maybe(params.folders.clone()))
            .json("categories", Json::maybe(params.categories.clone()))
            .json_body();
        self.done(&request).await
    }

    /// Fetches an attachment into memory, with the media type that the server gives it.
    pub async fn get_email_attachment_bytes(
        &self,
        id: &EmailId,
        attachment: &AttachmentId,
        account: Option<&AccountId>,
    ) -> Result<(Vec<u8>, Option<String>)> {
        let request =
            email(&rows::GET_EMAIL_ATTACHMENT, id, account).path("attachment_id", attachment);
        self.bytes(&request).await
    }

    /// Fetches an attachment to disk; see [`Client::download`].
    pub async fn get_email_attachment(
        &self,
        id: &EmailId,
        attachment: &AttachmentId,
        account: Option<&AccountId>,
        to: &Path,
        progress: impl FnMut(u64, Option<u64>) + Send,
    ) -> Result<Download> {
        let request =
            email(&rows::GET_EMAIL_ATTACHMENT, id, account).path("attachment_id", attachment);
        self.download(&request, to, progress).await
    }

    /// Lists the folders of one or all mail accounts.
    pub async fn list_folders(&self, account: Option<&AccountId>) -> Result<Page<Folder>> {
        let [verified, other] = [&rows::LIST_FOLDERS, &rows::LIST_FOLDERS_SEED_FORM]
            .map(|operation| folders(operation, account));
        self.either_page(verified, other).await
    }

    /// Lists the folders, in the other form of the call.
    pub async fn list_folders_seed_form(
        &self,
        account: Option<&AccountId>,
    ) -> Result<Page<Folder>> {
        self.page(&folders(&rows::LIST_FOLDERS_SEED_FORM, account))
            .await
    }

    /// Reads a folder.
    pub async fn get_folder(&self, id: &FolderId, account: Option<&AccountId>) -> Result<Folder> {
        let [verified, other] = [&rows::GET_FOLDER, &rows::GET_FOLDER_SEED_FORM]
            .map(|operation| folder(operation, id, account));
        self.either_one(verified, other).await
    }

    /// Reads a folder, in the other form of the call.
    pub async fn get_folder_seed_form(
        &self,
        id: &FolderId,
        account: Option<&AccountId>,
    ) -> Result<Folder> {
        self.one(&folder(&rows::GET_FOLDER_SEED_FORM, id, account))
            .await
    }

    /// Stores a draft at the provider. It can be sent later by its id; drafts are listed as mails of that role.
    pub async fn create_draft(&self, draft: &NewEmail) -> Result<DraftId> {
        let [verified, other] = [&rows::CREATE_DRAFT, &rows::CREATE_DRAFT_SEED_FORM]
            .map(|operation| draft.write(Request::to(operation)));
        let Stored(id) = self.either_one(verified, other).await?;
        Ok(id)
    }

    /// Stores a draft, in the other form of the call.
    pub async fn create_draft_seed_form(&self, draft: &NewEmail) -> Result<DraftId> {
        let request = Request::to(&rows::CREATE_DRAFT_SEED_FORM);
        let Stored(id) = self.one(&draft.write(request)).await?;
        Ok(id)
    }

    /// Lists the address book of an account. Google and Outlook have one.
    pub async fn list_email_contacts(
        &self,
        account: &AccountId,
        paging: &Paging,
    ) -> Result<Page<Contact>> {
        self.page(&Request::list(&rows::LIST_EMAIL_CONTACTS, account, paging))
            .await
    }
}

fn list(account: &AccountId, params: &ListEmails) -> Request {
    let joined = |list: &[String]| (!list.is_empty()).then(|| list.join(","));
    Request::to(&rows::LIST_EMAILS)
        .query("folder", params.folder.as_ref())
        .query("role", params.role.as_ref())
        .query("from", params.from.as_ref())
        .query("to", params.to.as_ref())
        .query("any_email", joined(&params.any_email))
        .query("thread_id", params.thread_id.as_ref())
        .query("message_id", params.message_id.as_ref())
        .query("exclude_folders", joined(&params.exclude_folders))
        .query("before", params.before)
        .query("after", params.after)
        .query("meta_only", params.meta_only)
        .query("include_headers", params.include_headers)
        .page(&params.paging)
        // Wanted on every page, unlike the filters.
        .query("account_id", account)
}

fn email(operation: &'static Operation, id: &EmailId, account: Option<&AccountId>) -> Request {
    Request::to(operation)
        .path("email_id", id)
        .query("account_id", account)
}

fn folders(operation: &'static Operation, account: Option<&AccountId>) -> Request {
    Request::to(operation).query("account_id", account)
}

fn folder(operation: &'static Operation, id: &FolderId, account: Option<&AccountId>) -> Request {
    folders(operation, account).path("folder_id", id)
}

struct Stored(DraftId);

impl Decode for Stored {
    const NAME: &'static str = "DraftCreated";

    fn decode(f: &Fields<'_>) -> std::result::Result<Self, Flaw> {
        Ok(Self(f.need("draft_id")?.into()))
    }
}
