//! A conversation that was started: it opens by itself as soon as the server has it, unless the user went on meanwhile.

use super::Effects;
use crate::app::effect::{Begun, Effect, Read, Ticket};
use crate::app::state::{Pane, Screen, State, Then};
use crate::app::toast::Tone;
use crate::model::outbox::OutboxId;

/// A first message that is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Started {
    id: OutboxId,
    asked: Option<Ticket>,
    /// Whether the user has done something else since.
    went_on: bool,
}

impl Started {
    pub fn new(id: OutboxId) -> Self {
        Self {
            id,
            asked: None,
            went_on: false,
        }
    }
}

/// The user does something.
pub(in crate::app) fn went_on(state: &mut State) {
    if let Some(started) = &mut state.started {
        started.went_on = true;
    }
}

/// Asks whether the conversation is there by now.
pub(in crate::app) fn look(state: &mut State) -> Option<Effect> {
    let ticket = state.ticket();
    let started = state.started.as_mut()?;
    started.asked = Some(ticket);
    Some(Effect::Read(ticket, Read::Begun(started.id)))
}

/// Opens it when it is there.
pub(super) fn answered(state: &mut State, ticket: Ticket, begun: Begun) -> Effects {
    let Some(started) = state.started.filter(|it| it.asked == Some(ticket)) else {
        return Effects::new();
    };
    let there = match begun {
        Begun::Waits => return Effects::new(),
        Begun::Never => {
            state.started = None;
            return Effects::new();
        }
        Begun::There(conversation) => conversation,
    };
    state.started = None;
    let busy = !state.layers.is_empty() || state.focus == Pane::Compose;
    if started.went_on || busy || state.screen != Screen::Inbox {
        let word = format!("The conversation with {} has begun.", there.title);
        state.toasts.say(word, Tone::Good, state.now);
        return Effects::new();
    }
    state.list.moved = true;
    state.list.wanted = Some(there.key);
    let ticket = state.ticket();
    let mut effects = vec![state.list.look_again(ticket)];
    effects.extend(state.open(there.key, None, Then::Read));
    effects
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::msg::Changes;
    use crate::app::samples::{answer_thread, conversation, entry, inbox, press};
    use crate::app::{Answer, Msg, update};

    /// Sends a first message; gives the question whether its conversation is there.
    fn started(state: &mut State) -> Ticket {
        state.started = Some(Started::new(OutboxId(7)));
        let changes = Changes {
            overview: true,
            ..Changes::default()
        };
        let asked = update(state, Msg::Changed(changes));
        let asked = asked.iter().find_map(|it| match it {
            Effect::Read(ticket, Read::Begun(OutboxId(7))) => Some(*ticket),
            _ => None,
        });
        asked.unwrap()
    }

    fn there(state: &mut State, ticket: Ticket) -> Effects {
        let begun = Begun::There(Box::new(conversation(9, "grace")));
        update(state, Msg::Answer(ticket, Answer::Begun(begun)))
    }

    #[test]
    fn a_conversation_that_was_started_opens_as_soon_as_it_is_there() {
        let mut state = inbox(&["ada"]);
        let ticket = started(&mut state);
        let waits = Msg::Answer(ticket, Answer::Begun(Begun::Waits));
        assert_eq!(update(&mut state, waits), []);
        let ticket = started(&mut state);
        let effects = there(&mut state, ticket);
        answer_thread(&mut state, &effects, vec![entry(1, "hello grace")]);
        assert_eq!(state.focus, Pane::Thread);
        assert!(state.started.is_none());
    }

    #[test]
    fn whoever_went_on_to_something_else_is_told_and_stays_there() {
        let mut state = inbox(&["ada", "alan"]);
        let ticket = started(&mut state);
        press(&mut state, "j");
        assert_eq!(there(&mut state, ticket), []);
        assert_eq!(state.focus, Pane::List);
        let said = state.toasts.shown(state.now).map(|it| it.text.as_str());
        assert_eq!(said, Some("The conversation with grace has begun."));
    }
}
