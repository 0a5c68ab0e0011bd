//! The hosted wizard: links to it, its page, and what its forms lead to.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{finish, fits, pages, request, reserve};
use crate::demo::areas::webhooks::web_address;
use crate::demo::ask::{Ask, exact_moment};
use crate::demo::ids::Kind;
use crate::demo::problem::Problem;
use crate::demo::reply::Reply;
use crate::demo::world::World;
use crate::demo::world::account::Network;

/// Tells the ids of links from others of their kind.
const TOKEN: u32 = 0x0011_0ced;

const MESSAGING: [Network; 6] = [
    Network::Linkedin,
    Network::Whatsapp,
    Network::Telegram,
    Network::Instagram,
    Network::Messenger,
    Network::Twitter,
];
const MAILING: [Network; 3] = [Network::Google, Network::Outlook, Network::Mail];

/// One link to the wizard.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Wizard {
    offered: Vec<Network>,
    /// The account that is to be linked again.
    again: Option<u32>,
    expires: i64,
    used: bool,
    name: Option<String>,
    notify_url: Option<String>,
    success: Option<String>,
    failure: Option<String>,
    at_once: bool,
}

pub(in crate::demo) fn link(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let again = match ask.need_text("type")?.as_str() {
        "create" => None,
        "reconnect" => Some(world.account(&ask.need_text("reconnect_account")?)?.0),
        _ => return Err(Problem::invalid("`type` must be create or reconnect.")),
    };
    web_address("api_url", &ask.need_text("api_url")?)?;
    let expires = exact_moment(&ask.need_text("expiresOn")?)
        .ok_or_else(|| Problem::invalid("`expiresOn` must look like 2026-03-02T08:15:30.120Z."))?;
    if expires <= world.now {
        return Err(Problem::invalid("`expiresOn` is over already."));
    }
    let offered = match again.and_then(|at| world.accounts.get(at as usize)) {
        Some(account) if account.network == Network::Slack => {
            let refused = Problem::refused("invalid_account", "Invalid account");
            return Err(refused.because("The wizard does not know Slack."));
        }
        Some(account) => vec![account.network],
        None => providers(ask)?,
    };
    request::features(ask)?;
    let address = |name: &str| {
        let url = ask.text(name)?;
        if let Some(url) = &url {
            web_address(name, url)?;
        }
        Ok::<_, Problem>(url)
    };
    let wizard = Wizard {
        offered,
        again,
        expires,
        used: false,
        name: ask.text("name")?,
        notify_url: address("notify_url")?,
        success: address("success_redirect_url")?,
        failure: address("failure_redirect_url")?,
        at_once: ask.yes("bypass_success_screen")?.unwrap_or_default(),
    };
    let place = u32::try_from(world.links.wizards.len())
        .map_err(|_| Problem::new(500, "unexpected_error", "Too many links"))?;
    world.links.wizards.push(wizard);
    world.version += 1;
    let token = world.ids().make(Kind::Other, place, TOKEN);
    let url = format!("{}/demo/wizard/{token}", ask.origin);
    Ok(Reply::created(
        json!({"object": "HostedAuthUrl", "url": url}),
    ))
}

/// What the wizard is to offer: one of three words, or a list of names.
fn providers(ask: &Ask) -> Result<Vec<Network>, Problem> {
    let unknown = |word: &str| Problem::invalid(format!("`providers`: {word} is not offered."));
    let mut offered = Vec::new();
    match ask.field("providers") {
        None => return Err(Problem::missing("providers")),
        Some(Value::String(word)) => match word.as_str() {
            "*" => offered.extend(MESSAGING.into_iter().chain(MAILING)),
            "*:MESSAGING" => offered.extend(MESSAGING),
            "*:MAILING" => offered.extend(MAILING),
            other => return Err(unknown(other)),
        },
        Some(Value::Array(names)) => {
            for name in &names {
                let word = name.as_str().unwrap_or_default();
                offered.push(provider(word).ok_or_else(|| unknown(word))?);
            }
        }
        Some(_) => return Err(Problem::invalid("`providers` must be a list or a text.")),
    }
    if offered.is_empty() {
        return Err(Problem::invalid("`providers` is empty."));
    }
    Ok(offered)
}

/// The wizard has its own names for some networks, and a guide yet another.
fn provider(word: &str) -> Option<Network> {
    Some(match word {
        "LINKEDIN" => Network::Linkedin,
        "WHATSAPP" => Network::Whatsapp,
        "INSTAGRAM" => Network::Instagram,
        "MESSENGER" => Network::Messenger,
        "TELEGRAM" => Network::Telegram,
        "TWITTER" => Network::Twitter,
        "GOOGLE" => Network::Google,
        "OUTLOOK" | "MICROSOFT" => Network::Outlook,
        "MAIL" | "IMAP" => Network::Mail,
        _ => return None,
    })
}

/// The page of the wizard.
pub(in crate::demo) fn wizard(world: &mut World, ask: &Ask) -> Reply {
    match find(world, ask.part("token")) {
        Ok((_, wizard)) => pages::wizard(
            &wizard.offered,
            wizard.again.is_some(),
            wizard.failure.as_deref(),
        ),
        Err(problem) => pages::problem(&problem, None),
    }
}

/// A form of the wizard came back.
pub(in crate::demo) fn wizard_answer(world: &mut World, ask: &Ask) -> Reply {
    let (place, wizard) = match find(world, ask.part("token")) {
        Ok(found) => found,
        Err(problem) => return pages::problem(&problem, None),
    };
    let (at, network) = match complete(world, ask, &wizard) {
        Ok(linked) => linked,
        Err(problem) => return pages::problem(&problem, wizard.failure.as_deref()),
    };
    if let Some(held) = world.links.wizards.get_mut(place) {
        held.used = true;
    }
    if let Some(url) = &wizard.notify_url {
        let status = if wizard.again.is_some() {
            "RECONNECTED"
        } else {
            "CREATION_SUCCESS"
        };
        let id = world.account_id(at);
        let body = json!({"status": status, "account_id": id, "name": wizard.name});
        // Not a webhook: it goes to the address of this link alone.
        world.emit("hosted", status, at, json!({"url": url, "body": body}));
    }
    pages::success(network, wizard.success.as_deref(), wizard.at_once)
}

/// Links what the form of the wizard names. The wizard solves checkpoints by itself.
fn complete(world: &mut World, ask: &Ask, wizard: &Wizard) -> Result<(u32, Network), Problem> {
    let login = request::read(ask, false)?;
    if !wizard.offered.contains(&login.network) {
        return Err(Problem::invalid("This link does not offer that network."));
    }
    let at = match wizard.again {
        Some(at) => {
            world.account(&world.account_id(at))?;
            fits(world, at, &login)?;
            at
        }
        None => reserve(world, login.network)?,
    };
    finish(world, at, wizard.again.is_some(), &login);
    Ok((at, login.network))
}

/// Finds the link with a token, as long as it can be used.
fn find(world: &World, token: &str) -> Result<(usize, Wizard), Problem> {
    let dead = |why: &str| Problem::new(401, "expired_link", "Expired link").because(why);
    let place = world
        .ids()
        .read(Kind::Other, token)
        .filter(|(_, kind)| *kind == TOKEN)
        .ok_or_else(|| Problem::not_found("link"))?;
    let place = place.0 as usize;
    let wizard = world
        .links
        .wizards
        .get(place)
        .ok_or_else(|| Problem::not_found("link"))?;
    if wizard.used {
        return Err(dead("This link was used. Ask for a new one."));
    }
    if world.now >= wizard.expires {
        return Err(dead("This link is too old. Ask for a new one."));
    }
    Ok((place, wizard.clone()))
}
