//! Choosing the folder that mails go to, by a few letters of its name.

use super::picker::{Item, Picker};
use super::places::{Filter, Places};
use crate::model::account::Provider;
use crate::model::email::FolderRole;
use crate::model::inbox::{AccountKey, ConversationKey, FolderKey, StoredFolder};

/// The folders of a mailbox, and what goes into one of them.
#[derive(Debug, Clone)]
pub struct Mover {
    pub picker: Picker,
    pub keys: Vec<ConversationKey>,
    folders: Vec<FolderKey>,
}

impl Mover {
    /// Offers all folders of a mailbox that mails can be put into, but for the one that is shown.
    pub fn new(
        places: &Places,
        account: AccountKey,
        filter: &Filter,
        keys: Vec<ConversationKey>,
    ) -> Self {
        let shown = filter.folder.as_ref();
        let all = places.overview.folders.iter();
        let fitting = all
            .filter(|it| it.account == account && Some(&it.uid) != shown && takes_mails(&it.role));
        let (mut items, mut folders) = (Vec::new(), Vec::new());
        for folder in fitting {
            let name = places.folder_name(folder);
            let also = folder.name.clone();
            let detail = if name == also { String::new() } else { also };
            items.push(Item::new(name, detail));
            folders.push(folder.key);
        }
        let account = places.account(account);
        let labels = account.is_some_and(|it| it.provider == Provider::Google);
        let what = if labels { "label" } else { "folder" };
        let title = match keys.len() {
            1 => format!("Move to a {what}"),
            count => format!("Move {count} conversations to a {what}"),
        };
        let mut picker = Picker::new(title, items);
        picker.hint = format!(
            "A {what} of {}",
            account.map_or("", |it| it.identity.as_deref().unwrap_or(&it.name))
        );
        picker.nothing = format!("No {what} is called like that.");
        Self {
            picker,
            keys,
            folders,
        }
    }

    /// The folder of an item, by the item's place.
    pub fn folder(&self, place: usize) -> Option<FolderKey> {
        self.folders.get(place).copied()
    }
}

/// Whether the user can put mails there.
fn takes_mails(role: &FolderRole) -> bool {
    !matches!(
        role,
        FolderRole::Sent
            | FolderRole::Drafts
            | FolderRole::All
            | FolderRole::Starred
            | FolderRole::Important
    )
}

/// What people call a folder that is for this; absent where its own name says more.
fn usual_name(role: &FolderRole) -> Option<&'static str> {
    Some(match role {
        FolderRole::Inbox => "Inbox",
        FolderRole::Sent => "Sent",
        FolderRole::Archive => "Archive",
        FolderRole::Drafts => "Drafts",
        FolderRole::Trash => "Trash",
        FolderRole::Spam => "Spam",
        FolderRole::All => "All mail",
        FolderRole::Important => "Important",
        FolderRole::Starred => "Starred",
        FolderRole::Unknown | FolderRole::Other(_) => return None,
    })
}

impl Places {
    /// What a folder is called on the screen: the same in every mailbox where it is for the same, such as `Trash`.
    pub fn folder_name<'a>(&self, folder: &'a StoredFolder) -> &'a str {
        let same = |it: &&StoredFolder| it.account == folder.account && it.role == folder.role;
        match usual_name(&folder.role) {
            // Of two archives, each goes by its own name.
            Some(name) if self.overview.folders.iter().filter(same).count() < 2 => name,
            _ => &folder.name,
        }
    }

    /// The folder that the list shows, if it shows one.
    pub fn shown(&self, filter: &Filter) -> Option<&StoredFolder> {
        let uid = filter.folder.as_ref()?;
        let mut folders = self.overview.folders.iter();
        folders.find(|it| Some(it.account) == filter.account && it.uid == *uid)
    }
}
