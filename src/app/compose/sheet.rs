//! What is being written, whatever it is for: the words, the files, and the draft they are on disk.

use jiff::{SignedDuration, Timestamp};

use super::complete::Complete;
use super::editor::Editor;
use crate::app::effect::{Deed, Effect, Ticket};
use crate::model::act::{FileRef, LARGEST_FILE};
use crate::model::outbox::{Draft, DraftBody, DraftKey};

/// How long after the first key that is not on disk it is written there.
const REST: SignedDuration = SignedDuration::from_millis(700);

/// What is being written.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Names it to the runtime, before and after it is a draft.
    pub ticket: Ticket,
    pub editor: Editor,
    pub files: Vec<FileRef>,
    /// Files that are being looked at.
    pub attaching: usize,
    pub draft: Option<DraftKey>,
    pub complete: Option<Complete>,
    /// What is on disk, or on its way there.
    written: Option<DraftBody>,
    /// Whether the disk has it all.
    pub saved: bool,
    changed_at: Option<Timestamp>,
}

impl Sheet {
    pub fn new(ticket: Ticket) -> Self {
        Self {
            ticket,
            ..Self::default()
        }
    }

    /// A sheet with what a draft holds.
    pub fn of(draft: &Draft, ticket: Ticket) -> Self {
        Self {
            editor: Editor::new(&draft.body.text),
            files: draft.body.attachments.clone(),
            draft: Some(draft.key),
            written: Some(draft.body.clone()),
            saved: true,
            ..Self::new(ticket)
        }
    }

    /// Something was changed.
    pub fn touch(&mut self, now: Timestamp) {
        self.saved = false;
        self.changed_at.get_or_insert(now);
    }

    /// Whether this is on disk, and nothing is on its way there.
    pub fn is_written(&self, body: &DraftBody) -> bool {
        self.saved && self.changed_at.is_none() && self.written.as_ref() == Some(body)
    }

    /// When it has to be written down.
    pub fn due(&self) -> Option<Timestamp> {
        self.changed_at?.checked_add(REST).ok()
    }

    /// Writes it down, if anything has changed.
    pub fn keep(&mut self, body: DraftBody) -> Option<Effect> {
        self.changed_at.take()?;
        if self.written.as_ref() == Some(&body) {
            self.saved = true;
            return None;
        }
        if body.is_empty() {
            let known = self.written.take().is_some() || self.draft.is_some();
            let draft = self.draft.take();
            return known.then_some(Effect::Do(Deed::DropDraft(self.ticket, draft)));
        }
        self.written = Some(body.clone());
        Some(Effect::Do(Deed::SaveDraft(
            self.ticket,
            self.draft,
            Box::new(body),
        )))
    }

    /// It is on disk.
    pub fn kept(&mut self, key: DraftKey, body: &DraftBody) {
        if let Some(written) = &mut self.written {
            self.draft = Some(key);
            self.saved = self.changed_at.is_none() && written == body;
        }
    }

    /// It could not be written down; that is tried again.
    pub fn unkept(&mut self, now: Timestamp) {
        self.written = None;
        self.touch(now);
    }

    /// Empties it, as one step that can be undone.
    pub fn throw_away(&mut self, now: Timestamp) {
        self.editor.rewrite("");
        self.files.clear();
        self.complete = None;
        self.touch(now);
    }

    /// Takes files in that have been looked at. Gives what is to be said about them.
    pub fn attach(&mut self, files: Vec<FileRef>, now: Timestamp) -> Option<String> {
        let mut said = None;
        for file in files {
            if file.size > LARGEST_FILE {
                said = Some(format!("{} is over 25 MB and cannot be sent.", file.name));
                continue;
            }
            if file.is_large() {
                said = Some(format!(
                    "{} is over 15 MB: some networks refuse it.",
                    file.name
                ));
            }
            if !self.files.iter().any(|it| it.path == file.path) {
                self.files.push(file);
            }
        }
        self.touch(now);
        said
    }
}
