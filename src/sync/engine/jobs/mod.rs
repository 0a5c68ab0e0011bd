//! The doing of jobs: each asks the server for little, writes it, and says what it found to do next.

mod accounts;
mod book;
mod chats;
mod confirm;
mod drafts;
mod flow;
mod folder;
mod page;
mod people;
mod sending;

pub use chats::place;
pub use drafts::at_end;
pub use sending::sweep;

use super::ctx::{Ctx, Done, Result};
use super::schedule::Job;

/// Does one job.
pub async fn perform(ctx: &Ctx, job: &Job) -> Result<Done> {
    match job {
        Job::Sending => sending::sending(ctx).await,
        Job::Accounts => accounts::accounts(ctx).await,
        Job::Folders(account) => accounts::folders(ctx, account).await,
        Job::Chats(account) => chats::list(ctx, job, account).await,
        Job::Missing(account) => chats::missing(ctx, account).await,
        Job::Chat(account, chat) => chats::newest(ctx, account, chat).await,
        Job::Older(account, chat) => chats::older(ctx, account, chat).await,
        Job::Message(account, message) => confirm::message(ctx, account, message).await,
        Job::Mail(account, mail) => confirm::mail(ctx, account, mail).await,
        Job::News(account, kind) => flow::news(ctx, account, *kind).await,
        Job::Recent(account, kind) => flow::recent(ctx, account, *kind).await,
        Job::History(account, kind) => flow::history(ctx, account, *kind).await,
        Job::Repair(account, kind) => flow::repair(ctx, job, account, *kind).await,
        Job::Bodies(account) => confirm::bodies(ctx, account).await,
        Job::People(account) => people::list(ctx, job, account).await,
        Job::Book(account) => book::book(ctx, job, account).await,
        Job::Mirror(account) => drafts::mirror(ctx, account).await,
        Job::Drafts(account) => drafts::drafts(ctx, account).await,
        Job::Folder(account, folder) => folder::folder(ctx, account, folder).await,
        Job::Pictures => people::pictures(ctx).await,
    }
}
