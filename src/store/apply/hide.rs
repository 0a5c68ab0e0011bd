//! Mails that are not shown since a draft stands for them.

use rusqlite::OptionalExtension as _;

use super::{index, refresh};
use crate::model::inbox::ConversationKey;
use crate::store::error::Result;
use crate::store::tx::Tx;

/// Shows a mail no longer, or again. One that is not stored is none to hide.
pub fn hide(tx: &Tx<'_>, uid: &str, hidden: bool) -> Result<()> {
    let conversation = tx
        .prepare_cached(
            "UPDATE messages SET hidden = ?2 WHERE uid = ?1 AND hidden <> ?2 AND is_mail = 1
             RETURNING conversation",
        )?
        .query_row((uid, hidden), |row| row.get(0).map(ConversationKey))
        .optional()?;
    let Some(conversation) = conversation else {
        return Ok(());
    };
    index::entry_again(tx, uid)?;
    refresh(tx, conversation)
}
