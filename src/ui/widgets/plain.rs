//! Rows as a sentence, for those who hear the screen: "Anna, WhatsApp, 3 unread, 14:02".

use crate::app::State;
use crate::app::places::{Places, Row, needs_user, status_words, view_name};
use crate::model::inbox::Conversation;
use crate::ui::when;

/// A conversation in words, the most important ones first.
pub fn conversation(row: &Conversation, state: &State) -> String {
    let mut facts = vec![row.name().to_owned(), row.provider.label().to_owned()];
    if row.unread > 0 {
        facts.push(format!("{} unread", row.unread));
    }
    for (holds, word) in [
        (row.pinned, "pinned"),
        (row.starred, "starred"),
        (row.muted, "muted"),
        (row.has_draft, "draft"),
        (state.list.marked.contains(&row.key), "marked"),
    ] {
        if holds {
            facts.push(word.to_owned());
        }
    }
    let at = row.last_at;
    facts.extend(at.map(|at| when::short(at, state.now, &state.settings)));
    facts.join(", ")
}

/// The last thing that was said in it.
pub fn last(row: &Conversation) -> String {
    let words = row.subject.as_deref().filter(|_| row.is_mail);
    let words = words.unwrap_or(&row.snippet);
    match &row.snippet_by {
        _ if row.last_own => format!("you: {words}"),
        Some(by) => format!("{by}: {words}"),
        None => words.to_owned(),
    }
}

/// A place of the left pane in words.
pub fn place(row: &Row, state: &State) -> String {
    let overview = &state.places.overview;
    let unread = |count: u64| (count > 0).then(|| format!("{count} unread"));
    let mut facts = Vec::new();
    match row {
        Row::Gap => {}
        Row::View(view) => {
            facts.push(view_name(*view).to_owned());
            let count = Places::count(&overview.counts, *view);
            facts.extend((count > 0).then(|| count.to_string()));
        }
        Row::Account(at) => {
            let Some(account) = overview.accounts.get(*at) else {
                return String::new();
            };
            facts.push(account.provider.label().to_owned());
            facts.push(account.name.clone());
            facts.extend(unread(account.unread));
            if needs_user(account) {
                facts.push(status_words(&account.status).to_owned());
            }
        }
        Row::Folder(at) => {
            let folder = overview.folders.get(*at);
            facts.extend(folder.map(|it| format!("Folder {}", it.name)));
            facts.extend(folder.and_then(|it| unread(it.unread)));
        }
    }
    facts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::samples;
    use ratatui::{Terminal, backend::TestBackend};

    #[test]
    fn a_plain_conversation_is_read_as_sentences_and_so_is_the_left_pane() {
        let mut state = samples::inbox(&["Anna"]);
        state.settings.plain = true;
        state.places.overview.accounts = vec![samples::account(1, "Ada")];
        state.places.overview.accounts[0].unread = 3;
        let mut own = samples::entry(2 << 15, "See you there");
        (own.own, own.seen) = (true, Some(true));
        let other = samples::entry(1 << 15, "Tomorrow at nine?");
        samples::open(&mut state, vec![other, own]);
        let theme = crate::ui::Theme {
            plain: true,
            ..crate::ui::Theme::default()
        };
        let mut scratch = crate::ui::Scratch::default();
        let mut terminal = Terminal::new(TestBackend::new(120, 30)).unwrap();
        terminal
            .draw(|frame| crate::ui::draw(&state, &mut scratch, &theme, frame))
            .unwrap();
        let screen = terminal.backend().to_string();
        for said in [
            "Ada, 00:00: Tomorrow at nine?",
            "You, 00:00: See you there; seen",
            "WhatsApp, Ada, 2 u",
        ] {
            assert!(screen.contains(said), "{said}: {screen}");
        }
    }

    #[test]
    fn a_plain_screen_says_one_fact_on_a_line_and_draws_no_box() {
        let mut state = samples::inbox(&["Anna", "Bea"]);
        state.settings.plain = true;
        let row = state.list.rows.first().unwrap();
        let said = conversation(row, &state);
        assert!(said.starts_with("Anna, WhatsApp, 1 unread, "), "{said}");
        let theme = crate::ui::Theme {
            plain: true,
            ..crate::ui::Theme::default()
        };
        let mut scratch = crate::ui::Scratch::default();
        let mut terminal = Terminal::new(TestBackend::new(120, 30)).unwrap();
        terminal
            .draw(|frame| crate::ui::draw(&state, &mut scratch, &theme, frame))
            .unwrap();
        let screen = terminal.backend().to_string();
        assert!(screen.contains("> Anna, WhatsApp, 1 unread"), "{screen}");
        for glyph in ["│", "─", "╭", "▌", "◌"] {
            assert!(!screen.contains(glyph), "{glyph}: {screen}");
        }
    }
}
