//! The screen of accounts: how each of them is doing, and what to do about it.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::State;
use crate::app::layout::inside;
use crate::app::places::{needs_user, remedy, status_words};
use crate::app::pointer::Target;
use crate::model::account::AccountStatus;
use crate::model::inbox::StoredAccount;
use crate::ui::pen::Pen;
use crate::ui::scratch::Scratch;
use crate::ui::theme::badge;
use crate::ui::when;
use crate::ui::widgets::{first_sync, frame};

/// Lines of an account, with the empty one behind it.
const LINES: u16 = 4;

/// Draws the screen.
pub fn draw(pen: &mut Pen<'_>, area: Rect, state: &State, scratch: &mut Scratch) {
    frame::draw(pen, area, "Accounts", true);
    let inner = inside(area);
    let mut pen = pen.part(inner);
    let accounts = &state.places.overview.accounts;
    if accounts.is_empty() {
        first_sync::draw(&mut pen, inner, state);
        return;
    }
    let page = usize::from(inner.height / LINES).max(1);
    let first = (state.accounts.cursor + 1).saturating_sub(page);
    for (line, (at, account)) in accounts.iter().enumerate().skip(first).enumerate() {
        let down = u16::try_from(line)
            .unwrap_or(u16::MAX)
            .saturating_mul(LINES);
        let y = inner.y.saturating_add(down);
        if y >= inner.bottom() {
            break;
        }
        let place = Rect::new(inner.x, y, inner.width, (LINES - 1).min(inner.bottom() - y));
        scratch.hits.add(place, Target::Account(at));
        let mut pen = pen.part(place);
        if at == state.accounts.cursor {
            pen.paint(place, pen.theme.selected);
            for y in place.top()..place.bottom() {
                pen.text(place.x, y, "▌", pen.theme.focus);
            }
        }
        row(&mut pen, place, account, state);
    }
}

fn row(pen: &mut Pen<'_>, place: Rect, account: &StoredAccount, state: &State) {
    let theme = pen.theme;
    let (x, end) = (place.x + 2, place.right().saturating_sub(2));
    let (sign, words, style) = status(account, pen);
    let since = when::short(account.status_since, state.now, &state.settings);
    let right = format!("{sign} {words} · since {since}");
    let right = pen.right(end, place.y, &right, style).saturating_sub(2);
    let mut next = pen.text(
        x,
        place.y,
        badge(&account.provider),
        theme.provider(&account.provider),
    );
    next = pen.fitted(next + 1, place.y, right, &account.name, theme.strong);
    let mut about = account.provider.label().to_owned();
    if let Some(identity) = account.identity.as_ref().filter(|it| **it != account.name) {
        about = format!("{about} · {identity}");
    }
    pen.fitted(next + 2, place.y, right, &about, theme.muted);
    pen.fitted(
        x + 3,
        place.y + 1,
        end,
        &stored(account, state),
        theme.muted,
    );
    let (words, style) = doing(account, state, pen);
    pen.fitted(x + 3, place.y + 2, end, &words, style);
}

/// How it is doing, never by colour alone.
fn status(account: &StoredAccount, pen: &Pen<'_>) -> (&'static str, String, Style) {
    let theme = pen.theme;
    let words = status_words(&account.status).to_owned();
    if needs_user(account) {
        return ("⚠", words, theme.warn);
    }
    if account.paused {
        return ("✕", "paused".to_owned(), theme.muted);
    }
    match account.status {
        AccountStatus::Ok => ("●", words, theme.ok),
        _ => ("◌", words, theme.muted),
    }
}

/// How fresh it is, and how much of it is here.
fn stored(account: &StoredAccount, state: &State) -> String {
    let synced = match account.synced_at {
        Some(at) if state.now.duration_since(at).as_secs() < 60 => "synced just now".to_owned(),
        Some(at) => format!("synced {}", when::short(at, state.now, &state.settings)),
        None => "not synced yet".to_owned(),
    };
    let totals = state.accounts.totals.as_ref();
    match totals.map(|all| all.get(&account.key).copied().unwrap_or_default()) {
        Some((conversations, entries)) => format!(
            "{synced} · {} · {}",
            counted(conversations, "conversation"),
            counted(entries, "message")
        ),
        None => synced,
    }
}

fn counted(count: u64, word: &str) -> String {
    let digits = count.to_string();
    let mut number = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            number.push(',');
        }
        number.push(digit);
    }
    let plural = if count == 1 { "" } else { "s" };
    format!("{number} {word}{plural}")
}

/// What is wrong and what to do, or what is going on.
fn doing(account: &StoredAccount, state: &State, pen: &Pen<'_>) -> (String, Style) {
    let theme = pen.theme;
    if let Some(remedy) = remedy(&account.status) {
        return (remedy.to_owned(), theme.warn);
    }
    if let Some(problem) = state.sync.problems.get(&account.id) {
        return (problem.clone(), theme.warn);
    }
    match state.sync.working.get(&account.id) {
        Some(work) if !work.is_empty() && !account.paused => {
            (format!("◌ fetching {}", work.join(", ")), theme.focus)
        }
        _ => (String::new(), theme.muted),
    }
}
