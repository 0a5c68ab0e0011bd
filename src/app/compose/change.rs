//! Changing an own message that was sent. Until it is handed over, what was typed for it is a draft like any other.

use super::editor::Editor;
use super::sheet::Sheet;
use super::{Composer, Effects, To};
use crate::app::effect::{Deed, Effect, ThreadChange, Ticket};
use crate::app::state::{Pane, State};
use crate::model::id::MessageId;
use crate::model::inbox::{Entry, EntryKey};
use crate::model::outbox::{Draft, DraftBody, DraftEdit};

/// The own message that is being changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub entry: EntryKey,
    message: MessageId,
    /// What it says as long as nothing is changed.
    before: String,
}

impl Composer {
    /// Begins to change a message.
    pub(super) fn changing(to: To, entry: &Entry, ticket: Ticket) -> Self {
        let mut composer = Self::new(to, ticket);
        composer.sheet.editor = Editor::new(&entry.text);
        composer.edits = Some(Change {
            entry: entry.key,
            message: entry.uid.clone(),
            before: entry.text.clone(),
        });
        composer
    }

    /// Goes on with a change that was left.
    pub(super) fn of_change(to: To, change: &ThreadChange, ticket: Ticket) -> Option<Self> {
        let edits = change.draft.body.edits.as_ref()?;
        Some(Self {
            sheet: Sheet::of(&change.draft, ticket),
            edits: Some(Change {
                entry: change.entry,
                message: edits.message.clone(),
                before: change.before.clone(),
            }),
            ..Self::new(to, ticket)
        })
    }

    /// What a draft of the change holds; nothing as long as nothing is changed.
    pub(super) fn change_body(&self, change: &Change) -> DraftBody {
        let text = self.sheet.editor.text();
        if text == change.before {
            return DraftBody::default();
        }
        DraftBody {
            account: Some(self.to.account.clone()),
            text,
            edits: Some(DraftEdit {
                conversation: self.to.uid.clone(),
                message: change.message.clone(),
            }),
            ..DraftBody::default()
        }
    }
}

impl Change {
    /// The change as the conversation holds it while nobody types.
    pub(super) fn as_left(&self, draft: Draft) -> ThreadChange {
        ThreadChange {
            entry: self.entry,
            before: self.before.clone(),
            draft,
        }
    }
}

/// Goes on with a change of this message that was begun already; whether there was one.
pub(super) fn go_on(state: &mut State, entry: EntryKey) -> bool {
    let here = |it: &Composer| it.edits.as_ref().is_some_and(|it| it.entry == entry);
    let there = state.composer.as_ref().is_some_and(here);
    if there {
        state.focus = Pane::Compose;
    }
    there
}

/// Hands the change over; its draft ends with that.
pub(super) fn hand_over(state: &mut State) -> Option<Effects> {
    let composer = state.composer.as_ref()?;
    let entry = composer.edits.as_ref()?.entry;
    let sheet = &composer.sheet;
    let deed = Deed::Edit(sheet.ticket, sheet.draft, entry, sheet.editor.text());
    state.composer = None;
    forget(state);
    Some(vec![Effect::Do(deed)])
}

/// Gives the change up; whether there was one.
pub(super) fn give_up(state: &mut State) -> Option<Effects> {
    let now = state.now;
    let composer = state.composer.as_mut().filter(|it| it.edits.is_some())?;
    composer.sheet.touch(now);
    let dropped = composer.sheet.keep(DraftBody::default());
    state.composer = None;
    forget(state);
    Some(dropped.into_iter().collect())
}

fn forget(state: &mut State) {
    if let Some(thread) = &mut state.thread {
        thread.change = None;
    }
}

#[cfg(test)]
mod tests {
    use crate::app::compose::tests::{press, state_with, write};
    use crate::app::effect::{Deed, Done, Effect};
    use crate::app::key::{Code, Key};
    use crate::app::{Msg, Pane, State, update};
    use crate::model::outbox::{DraftBody, DraftKey};

    /// Somebody who has written one word more into a message that was sent.
    fn changing() -> State {
        let mut state = state_with(None);
        if let Some(thread) = &mut state.thread {
            thread.entries[0].own = true;
        }
        press(&mut state, Key::char('E'));
        write(&mut state, " soon");
        state
    }

    fn saved(effects: &[Effect]) -> Option<DraftBody> {
        effects.iter().find_map(|it| match it {
            Effect::Do(Deed::SaveDraft(_, _, body)) => Some((**body).clone()),
            _ => None,
        })
    }

    #[test]
    fn a_change_that_is_not_finished_is_a_draft_when_the_conversation_is_left() {
        let mut state = changing();
        press(&mut state, Key::plain(Code::Esc));
        state.thread = None;
        let mut state = changing();
        let left = update(&mut state, Msg::Command(crate::app::Command::GoInbox));
        let body = saved(&left).unwrap();
        assert_eq!(body.text, "Could you send the deck? soon");
        assert_eq!(body.edits.unwrap().message.as_str(), "m1");
        assert!(state.composer.is_none());
    }

    #[test]
    fn a_change_that_was_left_is_shown_again_until_it_is_sent_or_given_up() {
        let mut state = changing();
        let kept = press(&mut state, Key::plain(Code::Esc));
        let [Effect::Do(Deed::SaveDraft(ticket, None, body))] = &kept[..] else {
            panic!("{kept:?}");
        };
        let done = Done::DraftSaved(*ticket, DraftKey(4), body.clone());
        update(&mut state, Msg::Done(done));
        // As when it is opened anew.
        let thread = state.thread.take();
        update(&mut state, Msg::Looked(true));
        assert!(state.composer.is_none());
        state.thread = thread;
        update(&mut state, Msg::Looked(true));
        press(&mut state, Key::char('i'));
        assert_eq!(state.focus, Pane::Compose);
        let sent = press(&mut state, Key::plain(Code::Enter));
        assert!(
            matches!(&sent[..], [Effect::Do(Deed::Edit(_, Some(DraftKey(4)), _, text))] if text.ends_with("soon")),
            "{sent:?}"
        );
        update(&mut state, Msg::Looked(true));
        assert!(state.composer.is_none());
    }

    #[test]
    fn a_change_that_is_thrown_away_leaves_no_draft_and_the_message_as_it_was() {
        let mut state = changing();
        let kept = press(&mut state, Key::plain(Code::Esc));
        assert!(saved(&kept).is_some());
        press(&mut state, Key::char('i'));
        let gone = update(&mut state, Msg::Command(crate::app::Command::Discard));
        assert!(
            matches!(gone[..], [Effect::Do(Deed::DropDraft(..))]),
            "{gone:?}"
        );
        assert!(state.composer.is_none());
    }
}
