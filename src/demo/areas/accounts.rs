//! Linked accounts: lists, one of them, unlinking, restarting, fetching history anew.

use serde_json::{Value, json};

use super::words::moment;
use super::{hooks, linking};
use crate::demo::ask::Ask;
use crate::demo::page::cut;
use crate::demo::problem::Problem;
use crate::demo::reply::Reply;
use crate::demo::world::World;
use crate::demo::world::account::{Account, Network, Status};
use crate::demo::world::plan::{Plan, What};

/// How long fetching the history anew takes.
const RESYNC: i64 = 4_000;
/// How long an account is connecting after a start.
pub(super) const CONNECTING: i64 = 5_000;

pub(in crate::demo) fn list(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let linked = |_: &Ask| {
        Ok((0_u32..)
            .zip(&world.accounts)
            .filter(|(_, account)| !account.gone)
            .collect())
    };
    let page = cut(ask, "accounts", 250, 100, linked)?;
    let page = page.map(|(at, account)| wire(world, at, account));
    Ok(Reply::ok(page.answer("AccountList")))
}

pub(in crate::demo) fn get(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let (at, account) = world.account(ask.part("id"))?;
    Ok(Reply::ok(wire(world, at, account)))
}

/// An account as it goes over the wire.
pub(super) fn wire(world: &World, at: u32, account: &Account) -> Value {
    let id = world.account_id(at);
    let kinds: &[&str] = match account.network {
        Network::Google | Network::Outlook => &["MAILS", "CALENDAR"],
        Network::Mail => &["MAILS"],
        _ => &["MESSAGING"],
    };
    let sources: Vec<Value> = kinds
        .iter()
        .map(|kind| json!({"id": format!("{id}_{kind}"), "status": account.status.word()}))
        .collect();
    let mut out = json!({
        "object": "Account",
        "type": account.network.word(),
        "id": id,
        "name": account.name,
        "created_at": moment(account.created_at),
        "connection_params": connection(account),
        "groups": [],
        "sources": sources,
    });
    if let Some(fields) = out.as_object_mut().filter(|_| account.network.is_mail()) {
        let content = format!("Ada Martin<br>{}", account.login);
        fields.insert("current_signature".into(), "Everyday".into());
        fields.insert(
            "signatures".into(),
            json!([{"title": "Everyday", "content": content}]),
        );
    }
    out
}

/// What the connection is made with, which every network shows in its own way.
fn connection(account: &Account) -> Value {
    let login = account.login.as_str();
    match account.network {
        Network::Linkedin => json!({"im": linkedin(account)}),
        Network::Whatsapp => json!({"im": {"phone_number": format!("+{login}")}}),
        Network::Telegram => json!({"im": {"user_id": account.own_id, "username": login}}),
        Network::Instagram | Network::Messenger | Network::Twitter => {
            json!({"im": {"id": account.own_id, "username": login}})
        }
        Network::Slack => json!({"im": {
            "url": format!("https://{}.slack.example/", account.name),
            "user": login,
            "user_id": account.own_id,
            "team": account.name,
            "team_id": "T04NUVEM01",
        }}),
        Network::Google | Network::Outlook => json!({
            "mail": {"id": account.own_id, "username": login},
            "calendar": {"id": account.own_id, "username": login},
        }),
        Network::Mail => json!({"mail": mail_servers(account)}),
    }
}

fn linkedin(account: &Account) -> Value {
    // The written account administers the company's page; accounts linked later do not.
    let written = account.key == "linkedin";
    let contract = account.setting("recruiter_contract_id");
    let premium = contract.is_some() || account.setting("premium").is_some();
    let mut features = Vec::new();
    if written {
        features.push("premium");
    }
    if premium {
        features.extend(["recruiter", "sales_navigator"]);
    }
    let organizations = if written {
        json!([{
            "name": "Nuvem",
            "messaging_enabled": true,
            "organization_urn": super::linkedin::ORGANIZATION_URN,
            "mailbox_urn": super::linkedin::MAILBOX_URN,
        }])
    } else {
        json!([])
    };
    json!({
        "id": account.own_id,
        "username": account.name,
        "publicIdentifier": account.login,
        "premiumId": premium.then(|| account.own_id.replacen("ACo", "AEM", 1)),
        "premiumContractId": contract,
        "premiumFeatures": features,
        "organizations": organizations,
    })
}

fn mail_servers(account: &Account) -> Value {
    let login = account.login.as_str();
    let domain = login.split_once('@').map_or(login, |(_, domain)| domain);
    let text = |name: &str, or: String| account.setting(name).map_or(or, str::to_owned);
    let port = |name: &str, or: u64| {
        account
            .made_with
            .get(name)
            .and_then(Value::as_u64)
            .unwrap_or(or)
    };
    json!({
        "imap_host": text("imap_host", format!("imap.{domain}")),
        "imap_port": port("imap_port", 993),
        "imap_user": text("imap_user", login.to_owned()),
        "imap_encryption": text("imap_encryption", "tls".to_owned()),
        "smtp_host": text("smtp_host", format!("smtp.{domain}")),
        "smtp_port": port("smtp_port", 465),
        "smtp_user": text("smtp_user", login.to_owned()),
    })
}

/// Unlinks an account: it and everything of it vanishes.
pub(in crate::demo) fn delete(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let (at, _) = world.account(ask.part("id"))?;
    if let Some(account) = world.accounts.get_mut(at as usize) {
        account.gone = true;
    }
    for chat in &mut world.chats {
        if chat.account == at {
            chat.gone = true;
            chat.later.clear();
        }
    }
    for mailbox in &mut world.mailboxes {
        if mailbox.account == at {
            mailbox.later.clear();
            mailbox.mails.iter_mut().for_each(|mail| mail.gone = true);
        }
    }
    linking::forget(world, at);
    world.version += 1;
    hooks::account(world, at, "deleted");
    Ok(Reply::ok(json!({"object": "AccountDeleted"})))
}

/// Starts a stopped account again. One that lost its login stays down, which is told with 200.
pub(in crate::demo) fn restart(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let (at, account) = world.account(ask.part("id"))?;
    let word = match account.status {
        Status::Credentials => "AccountFailedToRestart",
        Status::Ok | Status::Connecting => "AccountRestarted",
        Status::Stopped | Status::Error => {
            connect(world, at);
            hooks::account(world, at, "connecting");
            "AccountRestarted"
        }
    };
    Ok(Reply::ok(json!({"object": word})))
}

/// Lets an account start: it is connecting for a while, then healthy.
pub(super) fn connect(world: &mut World, at: u32) {
    if let Some(account) = world.accounts.get_mut(at as usize) {
        account.status = Status::Connecting;
    }
    let due = world.now + CONNECTING;
    world.plans.push(Plan {
        due,
        what: What::Connect { account: at },
    });
    world.version += 1;
}

/// An account that was connecting has become healthy. For `What::Connect`; anything else is left alone.
pub(in crate::demo) fn connected(world: &mut World, at: u32) {
    let starting = world
        .accounts
        .get_mut(at as usize)
        .filter(|account| !account.gone && account.status == Status::Connecting);
    let Some(account) = starting else { return };
    account.status = Status::Ok;
    let network = account.network;
    world.version += 1;
    linking::welcome(world, at);
    let tells = matches!(
        network,
        Network::Linkedin
            | Network::Mail
            | Network::Whatsapp
            | Network::Instagram
            | Network::Telegram
    );
    if tells {
        hooks::account(world, at, "sync_success");
    }
    hooks::account(world, at, "ok");
}

/// Starts fetching the history of an account, or tells how far that is; after the end it starts over.
pub(in crate::demo) fn sync(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let (at, account) = world.acting_account(ask.part("account_id"))?;
    if !matches!(account.network, Network::Linkedin | Network::Telegram) {
        let word = account.network.word();
        return Err(Problem::not_offered(format!("{word} does not resync.")));
    }
    ask.one_of(
        "linkedin_product",
        &["classic", "recruiter", "sales_navigator"],
    )?;
    ask.number("after", 0, u64::MAX)?;
    ask.number("before", 0, u64::MAX)?;
    ask.flag("partial")?;
    let in_chunks = ask.number("chunk_size", 1, 100_000)?.is_some();
    let now = world.now;
    let account = world
        .accounts
        .get_mut(at as usize)
        .ok_or_else(|| Problem::not_found("account"))?;
    let status = match account.resync_until {
        None => {
            account.resync_until = Some(now + RESYNC);
            account.chunk_told = false;
            "SYNC_STARTED"
        }
        Some(until) if in_chunks && !account.chunk_told && now >= until - RESYNC / 2 => {
            account.chunk_told = true;
            "CHUNK_DONE"
        }
        Some(until) if now < until => "SYNC_RUNNING",
        Some(_) => {
            account.resync_until = None;
            "SYNC_DONE"
        }
    };
    world.version += 1;
    Ok(Reply::ok(
        json!({"object": "AccountResync", "status": status}),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::areas::stage::{ask, at, bad, good, news, pass, place, world};
    use crate::demo::areas::{chats, messages};
    use crate::demo::world::plan::What;

    #[test]
    fn every_account_is_listed_once_as_its_network_shows_it() {
        let world = &mut world();
        let (mut seen, mut cursor) = (Vec::new(), None::<String>);
        loop {
            let mut page = ask(Value::Null);
            page.query.push(("limit".into(), "4".into()));
            page.query
                .extend(cursor.map(|cursor| ("cursor".into(), cursor)));
            let answer = good(world, list, &page, (200, "AccountList"));
            seen.extend(answer["items"].as_array().unwrap().clone());
            cursor = answer["cursor"].as_str().map(str::to_owned);
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(seen.len(), world.accounts.len());
        let kinds: std::collections::BTreeSet<_> = seen
            .iter()
            .map(|account| account["type"].as_str().unwrap())
            .collect();
        assert_eq!(kinds.len(), 10);
        for account in &seen {
            let id = account["id"].as_str().unwrap();
            let one = at("id", id, ask(Value::Null));
            assert_eq!(&good(world, get, &one, (200, "Account")), account);
        }
    }

    #[test]
    fn an_unlinked_account_takes_everything_with_it() {
        let world = &mut world();
        let account = place(world, "whatsapp");
        let id = world.account_id(account);
        let chat = world
            .chats
            .iter()
            .position(|chat| chat.account == account)
            .unwrap();
        let chat = chat.try_into().unwrap();
        let (chat_id, message) = (world.chat_id(chat), world.message_id(chat, 0));
        let one = at("id", &id, ask(Value::Null));
        good(world, delete, &one, (200, "AccountDeleted"));
        assert_eq!(news(world), ["deleted"]);
        for (handler, name, id) in [
            (get as crate::demo::routes::Handler, "id", &id),
            (chats::get, "chat_id", &chat_id),
            (messages::get, "message_id", &message),
        ] {
            let gone = at(name, id, ask(Value::Null));
            assert_eq!(bad(world, handler, &gone).0, 404, "{name}");
        }
        assert_eq!(bad(world, delete, &one).0, 404);
    }

    #[test]
    fn a_stopped_account_starts_again_over_connecting() {
        let world = &mut world();
        let account = place(world, "telegram");
        world.accounts[account as usize].status = Status::Stopped;
        let one = at("id", &world.account_id(account), ask(Value::Null));
        let answer = good(world, restart, &one, (200, "AccountRestarted"));
        assert_eq!(answer["object"], "AccountRestarted");
        assert_eq!(world.accounts[account as usize].status, Status::Connecting);
        let chats = world.chats.len();
        pass(world, CONNECTING);
        assert_eq!(world.accounts[account as usize].status, Status::Ok);
        assert_eq!(news(world), ["connecting", "sync_success", "ok"]);
        assert_eq!(world.chats.len(), chats, "nobody is welcomed twice");
    }

    #[test]
    fn a_plan_to_connect_does_not_heal_what_was_lost_meanwhile() {
        let world = &mut world();
        let account = place(world, "instagram");
        let due = world.now;
        world.plans.push(Plan {
            due,
            what: What::Connect { account },
        });
        pass(world, 1);
        assert_eq!(world.accounts[account as usize].status, Status::Credentials);
    }

    #[test]
    fn history_is_fetched_step_by_step_where_it_can_be() {
        let world = &mut world();
        let linkedin = world.account_id(place(world, "linkedin"));
        let mut request = at("account_id", &linkedin, ask(Value::Null));
        request.query.push(("chunk_size".into(), "50".into()));
        let mut told = Vec::new();
        for _ in 0..6 {
            let answer = good(world, sync, &request, (200, "AccountResync"));
            told.push(answer["status"].as_str().unwrap().to_owned());
            pass(world, 1_000);
        }
        assert_eq!(
            told,
            [
                "SYNC_STARTED",
                "SYNC_RUNNING",
                "CHUNK_DONE",
                "SYNC_RUNNING",
                "SYNC_DONE",
                "SYNC_STARTED"
            ]
        );
        let whatsapp = world.account_id(place(world, "whatsapp"));
        let request = at("account_id", &whatsapp, ask(Value::Null));
        assert_eq!(bad(world, sync, &request), (501, "feature_not_implemented"));
    }
}
