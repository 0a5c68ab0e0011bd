//! Rows as a sentence, for those who hear the screen: "Anna, WhatsApp, 3 unread, 14:02".

use crate::app::State;
use crate::model::inbox::Conversation;
use crate::ui::when;

/// A conversation in words, the most important ones first.
pub fn conversation(row: &Conversation, state: &State) -> String {
    let mut facts = vec![row.title.clone(), row.provider.label().to_owned()];
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::samples;
    use ratatui::{Terminal, backend::TestBackend};

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
