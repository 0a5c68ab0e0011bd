//! Linking accounts: with credentials, over checkpoints, and through the hosted wizard.
//!
//! `request` reads what is asked, `attempts` leads an attempt over its checkpoints, `hosted` and `pages` are the wizard,
//! `welcome` fills what was linked. docs/demo.md tells users which name leads to which checkpoint and what solves it.

mod attempts;
mod hosted;
mod pages;
mod request;
mod welcome;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use serde_json::{Map, json};

pub(in crate::demo) use attempts::{approve, approve_page, resend, solve};
pub(in crate::demo) use hosted::{link as hosted_link, wizard, wizard_answer};
pub(in crate::demo) use welcome::welcome;

use super::{accounts, hooks};
use crate::demo::ask::Ask;
use crate::demo::problem::Problem;
use crate::demo::reply::Reply;
use crate::demo::seed;
use crate::demo::world::World;
use crate::demo::world::account::{Account, Network, Status};
use crate::demo::world::mail::Mailbox;
use crate::demo::world::plan::What;
use request::Login;

/// Attempts that are under way, and the links of the wizard.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::demo) struct Links {
    attempts: Vec<attempts::Attempt>,
    /// How many attempts there ever were.
    started: u32,
    wizards: Vec<hosted::Wizard>,
}

pub(in crate::demo) fn connect(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let login = request::read(ask, false)?;
    begin(world, ask, login, None)
}

pub(in crate::demo) fn reconnect(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let (at, _) = world.account(ask.part("id"))?;
    let login = request::read(ask, true)?;
    fits(world, at, &login)?;
    begin(world, ask, login, Some(at))
}

/// Credentials that are given anew must be for the same network, and the same mailbox.
fn fits(world: &World, at: u32, login: &Login) -> Result<(), Problem> {
    let account = world
        .accounts
        .get(at as usize)
        .ok_or_else(|| Problem::not_found("account"))?;
    if account.network != login.network {
        let word = account.network.word();
        return Err(Problem::invalid(format!(
            "`provider` must be {word}, as the account is."
        )));
    }
    let known = matches!(login.network, Network::Mail | Network::Outlook);
    if known && !login.who.is_empty() && login.who != account.login.to_lowercase() {
        return Err(Problem::new(401, "wrong_account", "Wrong account")
            .because(format!("This account belongs to {}.", account.login)));
    }
    Ok(())
}

/// Links at once, or starts an attempt that waits for more.
fn begin(world: &mut World, ask: &Ask, login: Login, again: Option<u32>) -> Result<Reply, Problem> {
    let Some(step) = login.step else {
        let at = match again {
            Some(at) => at,
            None => reserve(world, login.network)?,
        };
        finish(world, at, again.is_some(), &login);
        return Ok(linked(world, at, again.is_some()));
    };
    attempts::make_way(world, &login)?;
    let at = match again {
        Some(at) => at,
        None => reserve(world, login.network)?,
    };
    let waits = attempts::start(world, &ask.origin, at, again.is_some(), login, step);
    Ok(waits)
}

fn linked(world: &World, at: u32, again: bool) -> Reply {
    let object = if again {
        "AccountReconnected"
    } else {
        "AccountCreated"
    };
    Reply::created(json!({"object": object, "account_id": world.account_id(at)}))
}

/// Keeps a place, and so an id, for an account that is not linked yet.
fn reserve(world: &mut World, network: Network) -> Result<u32, Problem> {
    let at = u32::try_from(world.accounts.len())
        .map_err(|_| Problem::new(500, "unexpected_error", "Too many accounts"))?;
    world.accounts.push(Account {
        key: format!("linked-{at}"),
        network,
        name: String::new(),
        status: Status::Connecting,
        created_at: world.now,
        own_id: String::new(),
        login: String::new(),
        gone: true,
        resync_until: None,
        chunk_told: false,
        made_with: Map::new(),
    });
    Ok(at)
}

/// The account is linked, or linked again.
fn finish(world: &mut World, at: u32, again: bool, login: &Login) {
    let now = world.tick();
    let Some(account) = world.accounts.get_mut(at as usize) else {
        return;
    };
    account.made_with.extend(login.made_with.clone());
    if again {
        let starting = account.status == Status::Connecting;
        account.status = Status::Ok;
        if starting {
            welcome(world, at);
        }
        hooks::account(world, at, "reconnected");
        hooks::account(world, at, "ok");
        return;
    }
    (account.name, account.login) = login.label(at);
    account.own_id = seed::accounts::own_id(account.network, &account.key, &account.login);
    account.created_at = now;
    account.gone = false;
    if account.network.is_mail() {
        let folders = seed::folders(account.network);
        world.mailboxes.push(Mailbox {
            account: at,
            folders,
            ..Mailbox::default()
        });
    }
    hooks::account(world, at, "creation_success");
    accounts::connect(world, at);
}

/// Drops what waits for an account that was unlinked.
pub(super) fn forget(world: &mut World, at: u32) {
    world.links.attempts.retain(|attempt| attempt.account != at);
    world.plans.retain(|plan| match plan.what {
        What::Connect { account } | What::Drop { account } => account != at,
        _ => true,
    });
}
