//! What changes here make the engine do, and what it does for those who look at something.

use std::collections::BTreeSet;
use std::sync::Arc;

use tokio::sync::broadcast;
use tokio::time::Instant;

use super::Runner;
use crate::model::id::FolderId;
use crate::model::inbox::AccountKey;
use crate::store::Change;
use crate::sync::engine::ctx::Done;
use crate::sync::engine::jobs;
use crate::sync::engine::link::Link;
use crate::sync::engine::schedule::Job;

impl Runner {
    pub(super) fn noticed(
        &mut self,
        change: &std::result::Result<BTreeSet<Change>, broadcast::error::RecvError>,
    ) {
        let has = |wanted: Change| match change {
            Ok(changes) => changes.contains(&wanted),
            Err(_) => true,
        };
        if has(Change::Outbox) {
            self.schedule.now(&Job::Sending, Instant::now());
        }
        if has(Change::Drafts) || has(Change::Outbox) {
            self.drafts_changed();
        }
    }

    /// Drafts of mails may have changed. Nobody waits for that to be stored elsewhere too.
    pub(super) fn drafts_changed(&mut self) {
        let due = Instant::now() + self.ctx.settings.pace.drafts;
        for account in self.accounts.iter().filter(|it| it.has_mail && !it.paused) {
            self.schedule.soon(&Job::Mirror(account.id.clone()), due);
        }
    }

    /// At the end nobody waits until a draft has been left alone.
    pub(super) fn store_drafts(&mut self) {
        if self.watch.link != Link::Online {
            return;
        }
        for account in self.accounts.iter().filter(|it| it.has_mail && !it.paused) {
            let (ctx, id) = (Arc::clone(&self.ctx), account.id.clone());
            self.running.spawn(async move {
                jobs::at_end(&ctx, &id).await?;
                Ok(Done::default())
            });
        }
    }

    /// Somebody looks at a folder, or at more of it.
    pub(super) fn folder(&mut self, account: AccountKey, folder: FolderId, now: Instant) {
        let account = self.accounts.iter().find(|it| it.key == account);
        if let Some(account) = account {
            self.schedule
                .now(&Job::Folder(account.id.clone(), folder), now);
        }
    }
}
