//! Acts that take mails to another folder: the spam, or one that is chosen.

use super::Effects;
use super::triage::{apply, forbidden, known, show, targets};
use crate::app::effect::Triage;
use crate::app::folders::Mover;
use crate::app::layer::Layer;
use crate::app::state::{Screen, State};
use crate::app::toast::Tone;
use crate::model::account::Provider;
use crate::model::email::FolderRole;
use crate::model::inbox::{ConversationKey, View};

/// Moves mails to the spam; from there to the inbox.
pub(super) fn spam(state: &mut State) -> Effects {
    let role = state.places.shown(&state.list.filter).map(|it| &it.role);
    let on = role != Some(&FolderRole::Spam);
    if !forbidden(state) && only_mails(state).is_some() {
        return apply(state, Triage::Spam(on));
    }
    Effects::new()
}

/// Asks to which folder mails go.
pub(super) fn choose_folder(state: &mut State) -> Effects {
    if forbidden(state) || state.screen != Screen::Inbox {
        return Effects::new();
    }
    let Some(keys) = only_mails(state) else {
        return Effects::new();
    };
    let mut accounts = keys
        .iter()
        .filter_map(|key| known(state, *key))
        .map(|it| it.account);
    let Some(account) = accounts.next() else {
        return Effects::new();
    };
    if accounts.any(|it| it != account) {
        let words = "These are in several mailboxes. Move those of one mailbox at a time.";
        state.toasts.say(words, Tone::Bad, state.now);
        return Effects::new();
    }
    if !state.places.has_folders(account) {
        let words = "The folders of this mailbox have not been fetched yet.";
        state.toasts.say(words, Tone::Bad, state.now);
        return Effects::new();
    }
    let mover = Mover::new(&state.places, account, &state.list.filter, keys);
    state.layers.push(Layer::Move(Box::new(mover)));
    Effects::new()
}

/// A folder was chosen.
pub(super) fn move_to(state: &mut State, mover: Mover, place: usize) -> Effects {
    match mover.folder(place) {
        Some(folder) => show(state, mover.keys, Triage::Move(folder)),
        None => Effects::new(),
    }
}

/// The conversations an act is for, if all are mails; otherwise it is said that chats lie in no folder.
fn only_mails(state: &mut State) -> Option<Vec<ConversationKey>> {
    let keys = targets(state);
    let chats = |key: &&ConversationKey| known(state, **key).is_some_and(|it| !it.is_mail);
    if keys.iter().any(|key| chats(&key)) {
        let words = "Chats lie in no folder: only mails can be moved.";
        state.toasts.say(words, Tone::Bad, state.now);
        return None;
    }
    Some(keys).filter(|keys| !keys.is_empty())
}

/// Whether it takes conversations somewhere else.
pub(super) fn moves(what: Triage) -> bool {
    match what {
        Triage::Archive(_) | Triage::Spam(_) | Triage::Move(_) | Triage::Delete { .. } => true,
        Triage::Read(_) | Triage::Star(_) | Triage::Pin(_) | Triage::Mute(_) => false,
    }
}

/// Whether what is shown does not show conversations any more to which that was done. Archiving is known by how they look.
pub(super) fn leaves(state: &State, what: Triage) -> bool {
    let filter = &state.list.filter;
    let mut folders = state.places.overview.folders.iter();
    let to_inbox = match what {
        Triage::Delete { .. } => return true,
        Triage::Spam(on) => !on,
        Triage::Move(to) => folders.any(|it| it.key == to && it.role == FolderRole::Inbox),
        Triage::Archive(on) => {
            let shown = state.places.shown(filter);
            // A label stays on what is archived.
            return shown.is_some_and(|it| {
                let mailbox = state.places.account(it.account);
                let labels = mailbox.is_some_and(|it| it.provider == Provider::Google);
                !(on && labels && it.role != FolderRole::Inbox)
            });
        }
        Triage::Read(_) | Triage::Star(_) | Triage::Pin(_) | Triage::Mute(_) => return false,
    };
    match filter.view {
        _ if filter.folder.is_some() => true,
        View::Inbox | View::Unread | View::NeedsReply => !to_inbox,
        View::Archived => to_inbox || matches!(what, Triage::Spam(_)),
        View::Starred | View::Drafts => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::effect::{Deed, Done, Effect};
    use crate::app::samples::{account, conversation, press, titles};
    use crate::app::{Msg, update};
    use crate::model::inbox::{AccountKey, FolderKey, StoredFolder};

    fn folder(key: i64, account: i64, name: &str, role: FolderRole) -> StoredFolder {
        StoredFolder {
            key: FolderKey(key),
            account: AccountKey(account),
            uid: format!("folder-{key}"),
            name: name.to_owned(),
            role,
            provider_id: format!("provider-{key}"),
            unread: 0,
        }
    }

    /// Two mailboxes; the first three conversations are in the first one.
    fn inbox() -> State {
        let mut state = crate::app::samples::inbox(&["ada", "grace", "alan", "edsger", "chat"]);
        for row in &mut state.list.rows {
            row.is_mail = row.key.0 < 5;
            row.account = AccountKey(if row.key.0 < 4 { 1 } else { 2 });
        }
        let mut google = account(2, "Gmail");
        google.provider = Provider::Google;
        let overview = &mut state.places.overview;
        overview.accounts = vec![account(1, "IMAP"), google];
        overview.folders = vec![
            folder(1, 1, "INBOX", FolderRole::Inbox),
            folder(2, 1, "INBOX/Junk", FolderRole::Spam),
            folder(3, 1, "INBOX/Trash", FolderRole::Trash),
            folder(4, 1, "INBOX/Sent", FolderRole::Sent),
            folder(5, 1, "Receipts", FolderRole::Unknown),
            folder(6, 1, "Travel", FolderRole::Unknown),
            folder(7, 2, "INBOX", FolderRole::Inbox),
            folder(8, 2, "Bees", FolderRole::Unknown),
        ];
        state
    }

    fn write(state: &mut State, text: &str) {
        for letter in text.chars() {
            update(state, Msg::Key(crate::app::Key::char(letter)));
        }
    }

    fn deeds(effects: Vec<Effect>) -> Vec<Deed> {
        let deeds = effects.into_iter().filter_map(|it| match it {
            Effect::Do(deed) => Some(deed),
            _ => None,
        });
        deeds.collect()
    }

    fn keys(numbers: &[i64]) -> Vec<ConversationKey> {
        numbers.iter().copied().map(ConversationKey).collect()
    }

    fn said(state: &State) -> String {
        let toast = state.toasts.shown(state.now);
        toast.map_or_else(String::new, |it| it.text.clone())
    }

    #[test]
    fn a_few_letters_choose_the_folder_that_all_marked_mails_go_to() {
        let mut state = inbox();
        press(&mut state, "x j x v");
        let Some(Layer::Move(mover)) = state.layers.last() else {
            panic!("no folder was asked for");
        };
        let names: Vec<_> = mover
            .picker
            .items
            .iter()
            .map(|it| it.label.as_str())
            .collect();
        assert_eq!(names, ["Inbox", "Spam", "Trash", "Receipts", "Travel"]);
        write(&mut state, "rece");
        let effects = press(&mut state, "Enter");
        let what = Triage::Move(FolderKey(5));
        assert_eq!(deeds(effects), [Deed::Triage(keys(&[1, 3]), what, None)]);
        assert_eq!(titles(&state), ["grace", "edsger", "chat"]);
        assert!(state.layers.is_empty() && state.list.marked.is_empty());
        let done = Done::Triaged(Ok("Moved 2 conversations to Receipts".to_owned()));
        update(&mut state, Msg::Done(done));
        assert!(state.toasts.shown(state.now).unwrap().undo);
    }

    #[test]
    fn chats_and_mails_of_two_mailboxes_are_moved_nowhere_and_it_is_said_why() {
        let mut state = inbox();
        press(&mut state, "G v");
        assert!(state.layers.is_empty() && said(&state).contains("only mails"));
        assert!(deeds(press(&mut state, "!")).is_empty());
        press(&mut state, "k x k k x v");
        assert!(
            state.layers.is_empty() && said(&state).contains("several mailboxes"),
            "{}",
            said(&state)
        );
    }

    #[test]
    fn spam_goes_there_and_comes_back_from_there() {
        let mut state = inbox();
        let effects = press(&mut state, "!");
        assert_eq!(
            deeds(effects),
            [Deed::Triage(keys(&[1]), Triage::Spam(true), None)]
        );
        assert_eq!(titles(&state)[0], "grace");
        let mut state = inbox();
        state.list.filter.account = Some(AccountKey(1));
        state.list.filter.folder = Some("folder-2".to_owned());
        let effects = press(&mut state, "!");
        let here = Some(FolderKey(2));
        assert_eq!(
            deeds(effects),
            [Deed::Triage(keys(&[1]), Triage::Spam(false), here)]
        );
        assert_eq!(titles(&state)[0], "grace");
    }

    #[test]
    fn in_the_trash_deleting_asks_and_in_any_other_folder_it_does_not() {
        let mut state = inbox();
        state.list.filter.account = Some(AccountKey(1));
        for (number, asks) in [(5, false), (3, true)] {
            state.list.filter.folder = Some(format!("folder-{number}"));
            state.list.rows.insert(0, {
                let mut row = conversation(9, "spare");
                row.is_mail = true;
                row
            });
            state.list.selected = 0;
            let effects = press(&mut state, "#");
            assert_eq!(deeds(effects).is_empty(), asks);
            assert_eq!(matches!(state.layers.last(), Some(Layer::Confirm(_))), asks);
        }
        let what = Triage::Delete { for_good: true };
        let effects = press(&mut state, "y");
        assert_eq!(
            deeds(effects),
            [Deed::Triage(keys(&[9]), what, Some(FolderKey(3)))]
        );
    }

    #[test]
    fn a_label_stays_on_what_is_archived_and_a_folder_is_left() {
        for (account, folder, stays) in [(1, 5, false), (2, 8, true)] {
            let mut state = inbox();
            state.list.filter.account = Some(AccountKey(account));
            state.list.filter.folder = Some(format!("folder-{folder}"));
            press(&mut state, "e");
            assert_eq!(titles(&state)[0] == "ada", stays, "{folder}");
        }
    }
}
