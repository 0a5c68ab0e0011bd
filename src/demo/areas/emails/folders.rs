//! Folders and labels.

use serde_json::{Value, json};

use crate::demo::ask::Ask;
use crate::demo::ids::Kind;
use crate::demo::problem::Problem;
use crate::demo::reply::Reply;
use crate::demo::world::World;
use crate::demo::world::mail::Mailbox;

pub(in crate::demo) fn list(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let world = &*world;
    let account = ask
        .query("account_id")
        .map(|id| world.account(id).map(|(at, _)| at))
        .transpose()?;
    let linked = |mailbox: &&Mailbox| {
        world
            .accounts
            .get(mailbox.account as usize)
            .is_some_and(|account| !account.gone)
    };
    let boxes = world
        .mailboxes
        .iter()
        .filter(linked)
        .filter(|mailbox| account.is_none_or(|at| at == mailbox.account));
    let items: Vec<Value> = boxes
        .flat_map(|mailbox| (0..mailbox.folders.len()).filter_map(move |n| wire(world, mailbox, n)))
        .collect();
    Ok(Reply::ok(json!({"object": "FolderList", "items": items})))
}

pub(in crate::demo) fn get(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let id = ask.part("folder_id");
    let by_id = world.ids().read(Kind::Folder, id).and_then(|(account, n)| {
        let mailbox = world
            .mailboxes
            .iter()
            .find(|mailbox| mailbox.account == account)?;
        wire(world, mailbox, n as usize)
    });
    let by_provider = || {
        let place = super::mailbox_of(world, ask.query("account_id")?).ok()?;
        let mailbox = world.mailboxes.get(place)?;
        let n = mailbox
            .folders
            .iter()
            .position(|folder| folder.provider_id == id)?;
        wire(world, mailbox, n)
    };
    by_id
        .or_else(by_provider)
        .map(Reply::ok)
        .ok_or_else(|| Problem::not_found("folder"))
}

fn wire(world: &World, mailbox: &Mailbox, n: usize) -> Option<Value> {
    let folder = mailbox.folders.get(n)?;
    let mails = mailbox.mails.iter().filter(|mail| !mail.gone);
    let count = mails
        .filter(|mail| folder.role == "all" || mail.folders.contains(&folder.name))
        .count();
    Some(json!({
        "object": "Folder",
        "id": world.ids().make(Kind::Folder, mailbox.account, u32::try_from(n).ok()?),
        "name": folder.name,
        "account_id": world.account_id(mailbox.account),
        "role": folder.role,
        "nb_mails": count,
        "provider_id": folder.provider_id,
    }))
}
