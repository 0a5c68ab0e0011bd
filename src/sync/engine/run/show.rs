//! Tells those who watch how the engine is doing.

use tokio::time::Instant;

use super::Runner;
use crate::sync::engine::door::Door;
use crate::sync::engine::link::Link;
use crate::sync::engine::status::word;

impl Runner {
    pub(super) fn show(&mut self) {
        let Self {
            schedule,
            status,
            watch,
            accounts,
            ..
        } = self;
        status.link = watch.link.clone();
        status.working.clear();
        for job in schedule.unfinished() {
            let label = word(job);
            if let Some(account) = job.account() {
                let list = status.working.entry(account.clone()).or_default();
                if !list.contains(&label) {
                    list.push(label);
                }
            }
        }
        let now = Instant::now();
        let door = Door {
            watch,
            accounts,
            stuck_until: None,
            now,
        };
        status.settled = watch.link == Link::Online
            && !watch.is_doubtful()
            && schedule.is_settled(now, |job| door.is_open_for(job));
        self.shown.send_if_modified(|old| {
            let changed = *old != *status;
            if changed {
                old.clone_from(status);
            }
            changed
        });
    }
}
