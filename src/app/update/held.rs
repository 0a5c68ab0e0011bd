//! Keys that come before the conversation they are meant for: they wait for it, so that no word becomes a command.

use super::{Effects, act};
use crate::app::command::Command;
use crate::app::key::{Code, Key};
use crate::app::msg::Msg;
use crate::app::state::State;

/// Whether it is something that is typed.
pub(super) fn is_typed(msg: &Msg) -> bool {
    matches!(msg, Msg::Key(_) | Msg::Paste(_))
}

/// Keeps what is typed until the conversation is here. Esc gives that up.
pub(super) fn hold(state: &mut State, msg: Msg) -> Effects {
    let gives_up = |key: &Key| key.code == Code::Esc || *key == Key::ctrl('c');
    match msg {
        Msg::Key(key) if gives_up(&key) => {
            state.opening = None;
            state.early = false;
            state.held.clear();
            // Whoever wants to leave is not kept waiting for a second time.
            if key.ctrl {
                return act(state, Command::Interrupt);
            }
        }
        msg => state.held.push(msg),
    }
    Effects::new()
}

#[cfg(test)]
mod tests {
    use crate::app::effect::Effect;
    use crate::app::samples::{account, answer_thread, entry, inbox, press, titles};
    use crate::app::state::Pane;

    #[test]
    fn words_typed_before_the_composer_is_there_are_words_and_no_commands() {
        let mut state = inbox(&["ada", "grace"]);
        state.places.overview.accounts = vec![account(1, "Ada")];
        let asked = press(&mut state, "i");
        // Archive, star, mute, delete: if these were commands.
        assert!(press(&mut state, "e s m #").is_empty());
        let effects = answer_thread(&mut state, &asked, vec![entry(1, "hello")]);
        assert_eq!(titles(&state), ["ada", "grace"], "{effects:?}");
        assert_eq!(state.focus, Pane::Compose);
        let written = state.composer.as_ref().map(|it| it.sheet.editor.text());
        assert_eq!(written.as_deref(), Some("esm#"));
    }

    #[test]
    fn whoever_presses_ctrl_c_twice_leaves_from_wherever_they_are() {
        for keys in ["^C ^C", "i ^C ^C", "? ^C ^C", "/ ^C ^C", "c ^C ^C"] {
            let mut state = inbox(&["ada"]);
            let effects = press(&mut state, keys);
            assert!(effects.contains(&Effect::Quit), "{keys}: {effects:?}");
        }
    }

    #[test]
    fn esc_gives_up_waiting() {
        let mut state = inbox(&["ada"]);
        press(&mut state, "i x Esc");
        assert!(state.opening.is_none() && state.held.is_empty());
        assert_eq!(state.focus, Pane::List);
    }
}
