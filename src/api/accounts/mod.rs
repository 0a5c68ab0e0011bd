//! Accounts: linking, health, the hosted wizard.

mod connect;
mod decode;
mod hosted;
#[cfg(test)]
mod tests;

pub use connect::{Connect, ConnectOptions, Feature, ImapLogin, Proxy, Reach, SyncLimit};
pub use hosted::{HostedAuth, Offer, Purpose, WizardOption};

use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};

use super::client::Client;
use super::error::Result;
use super::operations::accounts as rows;
use super::page::{Page, Paging};
use super::request::Request;
use crate::model::account::{
    Account, CodeResent, HostedLink, LinkedinProduct, Linking, Provider, Restart, SyncStatus,
};
use crate::model::id::AccountId;

/// What to fetch again, and how.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResyncAccount {
    pub linkedin_product: Option<LinkedinProduct>,
    pub after: Option<Timestamp>,
    pub before: Option<Timestamp>,
    /// Whether to keep what is already there.
    pub partial: Option<bool>,
    /// Chats per chunk.
    pub chunk_size: Option<u32>,
}

/// What a checkpoint is answered with when the wish is to get a code instead of confirming in an app.
pub const TRY_ANOTHER_WAY: &str = "TRY_ANOTHER_WAY";

impl Client {
    /// Lists the linked accounts.
    pub async fn list_accounts(&self, paging: &Paging) -> Result<Page<Account>> {
        self.page(&Request::to(&rows::LIST_ACCOUNTS).page(paging))
            .await
    }

    /// Reads one account.
    pub async fn get_account(&self, id: &AccountId) -> Result<Account> {
        self.one(&Request::to(&rows::GET_ACCOUNT).path("id", id))
            .await
    }

    /// Links an account. Networks with a QR code always answer with a checkpoint first.
    pub async fn connect_account(
        &self,
        login: &Connect,
        options: &ConnectOptions,
    ) -> Result<Linking> {
        let request = Request::to(&rows::CONNECT_ACCOUNT);
        self.one(&login.write(request, options)).await
    }

    /// Gives fresh credentials to a disconnected account, which keeps its id and its history.
    pub async fn reconnect_account(
        &self,
        id: &AccountId,
        login: &Connect,
        options: &ConnectOptions,
    ) -> Result<Linking> {
        let request = Request::to(&rows::RECONNECT_ACCOUNT).path("id", id);
        self.one(&login.write(request, options)).await
    }

    /// Unlinks an account.
    pub async fn delete_account(&self, id: &AccountId) -> Result<()> {
        self.done(&Request::to(&rows::DELETE_ACCOUNT).path("id", id))
            .await
    }

    /// Starts fetching the messages of an account again, or tells how far that is.
    pub async fn resync_account(
        &self,
        id: &AccountId,
        params: &ResyncAccount,
    ) -> Result<SyncStatus> {
        self.one(&resync(id, params)).await
    }

    /// Answers a checkpoint: with a code, a phone number, the id of a contract or [`TRY_ANOTHER_WAY`]. The next
    /// checkpoint may follow.
    pub async fn solve_checkpoint(
        &self,
        account: &AccountId,
        provider: &Provider,
        code: &SecretString,
    ) -> Result<Linking> {
        self.one(&solve(account, provider, code)).await
    }

    /// Has the code of a checkpoint sent again.
    pub async fn resend_checkpoint(
        &self,
        account: &AccountId,
        provider: &Provider,
    ) -> Result<CodeResent> {
        self.one(&resend(account, provider)).await
    }

    /// Restarts the sources of a frozen account. A success may still say that the account is down.
    pub async fn restart_account(&self, id: &AccountId) -> Result<Restart> {
        self.one(&Request::to(&rows::RESTART_ACCOUNT).path("id", id))
            .await
    }

    /// Makes a link to the hosted connection wizard, to be opened at once in a browser.
    pub async fn create_hosted_auth_link(&self, wish: &HostedAuth) -> Result<HostedLink> {
        let request = Request::to(&rows::CREATE_HOSTED_AUTH_LINK);
        self.one(&wish.write(request)).await
    }
}

fn resync(id: &AccountId, params: &ResyncAccount) -> Request {
    Request::to(&rows::RESYNC_ACCOUNT)
        .path("account_id", id)
        .query("linkedin_product", params.linkedin_product.as_ref())
        // Epoch milliseconds here, unlike everywhere else.
        .query("after", params.after.map(Timestamp::as_millisecond))
        .query("before", params.before.map(Timestamp::as_millisecond))
        .query("partial", params.partial)
        .query("chunk_size", params.chunk_size)
}

fn solve(account: &AccountId, provider: &Provider, code: &SecretString) -> Request {
    Request::to(&rows::SOLVE_CHECKPOINT)
        .json("provider", provider)
        .json("account_id", account.as_str())
        .json("code", code.expose_secret())
}

fn resend(account: &AccountId, provider: &Provider) -> Request {
    Request::to(&rows::RESEND_CHECKPOINT)
        .json("provider", provider)
        .json("account_id", account.as_str())
}
