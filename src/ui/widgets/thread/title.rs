//! The title of the conversation: who it is with, over which network, and what is known about them.

use ratatui::layout::Rect;

use crate::app::State;
use crate::app::thread::Thread;
use crate::model::account::AccountStatus;
use crate::model::chat::ChatKind;
use crate::model::inbox::Handle;
use crate::ui::pen::Pen;
use crate::ui::theme::badge;
use crate::ui::{text, when};

/// Writes it into the border.
pub fn draw(pen: &mut Pen<'_>, area: Rect, thread: &Thread, state: &State, focused: bool) {
    let theme = pen.theme;
    let end = area.right().saturating_sub(2);
    if area.width < 8 {
        return;
    }
    let it = &thread.conversation;
    let badge = badge(&it.provider).trim_end();
    let name = match it.subject.as_deref() {
        Some(subject) if it.is_mail && !subject.trim().is_empty() => subject,
        _ => it.name(),
    };
    let style = if focused { theme.strong } else { theme.muted };
    let known = known(thread, state).join(" · ");
    let x = pen.text(area.x + 2, area.y, " ", style);
    // Behind the name of a mail, its sign alone would be taken for a part of that.
    let alone = x + text::width(name) + text::width(badge) + 7 >= end;
    if it.is_mail && (known.is_empty() || alone) {
        let x = pen.fitted(x, area.y, end.saturating_sub(1), name, style);
        pen.text(x, area.y, " ", style);
        return;
    }
    let room = end.saturating_sub(text::width(badge) + 2);
    let x = pen.fitted(x, area.y, room, name, style);
    let x = pen.text(x, area.y, " ", style);
    let mut x = pen.text(x, area.y, badge, theme.provider(&it.provider));
    if !known.is_empty() && x + 6 < end {
        x = pen.text(x, area.y, " ", theme.muted);
        x = pen.fitted(x, area.y, end.saturating_sub(1), &known, theme.muted);
    }
    pen.text(x, area.y, " ", style);
}

/// What is known, the most telling first.
fn known(thread: &Thread, state: &State) -> Vec<String> {
    let it = &thread.conversation;
    let mut known = Vec::new();
    let others: Vec<&Handle> = thread.members.iter().filter(|it| !it.is_self).collect();
    if it.is_mail {
        known.push(it.title.clone());
    } else if it.kind != ChatKind::OneToOne {
        // The owner is one of them, whether the network lists them or not.
        match others.len() + 1 {
            1 => {}
            people => known.push(format!("{people} people")),
        }
    } else if let [other] = others.as_slice() {
        known.extend(other.headline.clone());
        known.extend(other.public_id.as_ref().map(|it| {
            let bare = it.trim_start_matches('@');
            format!("@{bare}")
        }));
    }
    known.retain(|it| !it.trim().is_empty());
    let accounts = &state.places.overview.accounts;
    let same = accounts
        .iter()
        .filter(|other| other.provider == it.provider);
    if same.count() > 1
        && let Some(account) = state.places.account(it.account)
    {
        known.insert(0, format!("as {}", account.name));
    }
    if it.muted {
        known.push("muted".to_owned());
    }
    if !it.writable && !it.is_mail {
        known.push("read only".to_owned());
    }
    known
}

/// What the owner has to do before anything comes or goes here; nothing when all is well.
pub fn trouble(thread: &Thread, state: &State) -> Option<String> {
    let account = state.places.account(thread.conversation.account)?;
    if !crate::app::places::needs_user(account) {
        return None;
    }
    let how = match account.status {
        AccountStatus::Credentials => "is logged out",
        AccountStatus::Stopped => "is stopped",
        _ => "has a problem",
    };
    let since = when::short(account.status_since, state.now, &state.settings);
    Some(format!(
        "⚠ {} {} {how} since {since}: nothing comes or goes",
        account.provider.label(),
        account.name
    ))
}
