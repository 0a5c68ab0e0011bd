//! How a mail goes on that was left or taken back.

use super::begin::{enter, show};
use super::people::People;
use super::{Field, Identity, MailForm};
use crate::app::compose::sheet::Sheet;
use crate::app::compose::{Effects, editor::Editor};
use crate::app::layer::Layer;
use crate::app::state::{Pane, State};
use crate::app::thread::Thread;
use crate::model::act::Correspondent;
use crate::model::id::AccountId;
use crate::model::outbox::{Draft, DraftBody};

impl MailForm {
    /// A form with what a draft holds.
    pub(in crate::app::compose) fn of(draft: &Draft, mut form: Self) -> Self {
        let body = &draft.body;
        let mail = body.mail.clone().unwrap_or_default();
        form.sheet = Sheet::of(draft, form.sheet.ticket);
        form.sheet.editor = Editor::before_all(&body.text);
        form.from = from_of(
            &mut form.identities,
            body.account.as_ref(),
            mail.from.as_ref(),
        );
        form.to = People::of(&body.to);
        form.cc = People::of(&body.cc);
        form.bcc = People::of(&body.bcc);
        form.subject.set(&body.subject);
        form.format = mail.format;
        form.headers.clone_from(&mail.headers);
        form.tracking = mail.tracking.clone().unwrap_or_default();
        form.conversation.clone_from(&body.conversation);
        form.answers.clone_from(&mail.answers);
        form.forwards.clone_from(&mail.forwards);
        form.awaited.clone_from(&mail.awaited);
        form.field = if form.to.is_empty() {
            Field::To
        } else {
            Field::Text
        };
        form.pristine = DraftBody::default();
        form
    }
}

/// Where an address stands; one that is not known any more is kept, as the user has chosen it.
fn from_of(
    identities: &mut Vec<Identity>,
    account: Option<&AccountId>,
    alias: Option<&Correspondent>,
) -> usize {
    let of_account = |it: &Identity| Some(&it.id) == account;
    let own = identities.iter().position(of_account).unwrap_or(0);
    let Some(alias) = alias else { return own };
    let is_it = |it: &Identity| {
        of_account(it) && it.is_alias && it.person.address.eq_ignore_ascii_case(&alias.address)
    };
    if let Some(at) = identities.iter().position(is_it) {
        return at;
    }
    let Some(base) = identities.get(own).cloned() else {
        return own;
    };
    identities.push(Identity {
        person: alias.clone(),
        is_alias: true,
        ..base
    });
    identities.len() - 1
}

/// Goes on with a mail that was left or taken back; under its conversation when that is shown.
pub(in crate::app) fn take_up(state: &mut State, draft: &Draft) -> Effects {
    let ticket = state.ticket();
    let identities = state.identities();
    let mut form = MailForm::of(draft, MailForm::new(identities, ticket));
    let here = state.thread.as_ref().filter(|it| {
        let conversation = &it.conversation;
        Some(&conversation.uid) == draft.body.conversation.as_ref()
    });
    if let Some(key) = here.map(Thread::key) {
        form.place = Some(key);
        if let Some(thread) = &mut state.thread {
            thread.draft = Some(draft.clone());
        }
        state.letter = Some(Box::new(form));
        enter(state);
        let mut effects = state.refresh_book();
        effects.extend(super::gather(state));
        return effects;
    }
    show(state, form)
}

/// Shows the draft of the thread while nobody types; one that is gone is not shown any longer.
pub(in crate::app) fn mirror(state: &mut State) {
    let Some(thread) = state.thread.as_ref().filter(|it| it.conversation.is_mail) else {
        return;
    };
    let lifted = state
        .layers
        .iter()
        .any(|it| matches!(it, Layer::Mail(form) if form.place == Some(thread.key())));
    let draft = thread.draft.as_ref();
    let stale = match &state.letter {
        None => draft.is_some() && !lifted,
        Some(it) => {
            let idle = state.focus != Pane::Compose && it.leaving.is_none() && it.armed.is_none();
            let saved = it.sheet.is_written(&it.body());
            let same = draft.is_some_and(|draft| draft.body == it.body());
            idle && saved && !same
        }
    };
    if !stale {
        return;
    }
    let Some(draft) = draft.cloned() else {
        state.letter = None;
        return;
    };
    let (key, ticket) = (thread.key(), state.ticket());
    let mut form = MailForm::of(&draft, MailForm::new(state.identities(), ticket));
    form.place = Some(key);
    state.letter = Some(Box::new(form));
}
