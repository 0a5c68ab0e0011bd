//! Reads what an account is to be linked with, and checks it as the contract and the networks would.
//!
//! Nothing here is a real login. What the owner types decides what happens: a word after `+` in the user name asks for a
//! checkpoint, and `wrong` as a password or in a host name is refused.

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::attempts::Step;
use crate::demo::ask::{Ask, Given};
use crate::demo::problem::Problem;
use crate::demo::world::account::Network;

/// What somebody wants to link with.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Login {
    pub(super) network: Network,
    /// Who logs in, in lower case; empty where the network is told by a scan or a cookie.
    pub(super) who: String,
    /// What is kept of the request; never a secret.
    pub(super) made_with: Map<String, Value>,
    /// The first checkpoint; `None` links at once.
    pub(super) step: Option<Step>,
}

impl Login {
    /// The name that the account shows and the login it is known by.
    pub(super) fn label(&self, at: u32) -> (String, String) {
        let who = self.who.clone();
        let or = |made: String| if who.is_empty() { made } else { who.clone() };
        match self.network {
            Network::Whatsapp => {
                let number = or(format!("3363998{:04}", 2000 + at % 8000));
                let digits = number.trim_start_matches('+').to_owned();
                (format!("+{digits}"), digits)
            }
            Network::Linkedin => {
                let public = who.split('@').next().unwrap_or_default();
                let public = public.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
                let name = or("Ada Martin".to_owned());
                if public.is_empty() {
                    (name, format!("ada-martin-{at}"))
                } else {
                    (name, public)
                }
            }
            Network::Google => {
                let address = or(format!("ada.martin{at}@gmail.example"));
                (address.clone(), address)
            }
            _ => {
                let login = or(format!("ada_{at}"));
                (login.clone(), login)
            }
        }
    }
}

/// Reads the body of a request to link an account, for the first time or again.
pub(super) fn read(ask: &Ask, again: bool) -> Result<Login, Problem> {
    let network = match ask.need_text("provider")?.as_str() {
        "LINKEDIN" => Network::Linkedin,
        "WHATSAPP" => Network::Whatsapp,
        "TELEGRAM" => Network::Telegram,
        "INSTAGRAM" => Network::Instagram,
        "MESSENGER" => Network::Messenger,
        "TWITTER" => Network::Twitter,
        "GOOGLE_OAUTH" => Network::Google,
        "OUTLOOK" => Network::Outlook,
        "MAIL" => Network::Mail,
        other => {
            return Err(Problem::invalid(format!(
                "`provider`: {other} cannot be linked."
            )));
        }
    };
    common(ask, network)?;
    match network {
        Network::Whatsapp | Network::Telegram => scanned(ask, network),
        Network::Mail if again && ask.text("imap_user")?.is_none() => passwords(ask),
        Network::Mail => servers(ask),
        Network::Google | Network::Outlook => tokens(ask, network),
        Network::Linkedin | Network::Instagram if ask.text("username")?.is_none() => {
            cookie(ask, network)
        }
        _ => password(ask, network),
    }
}

fn scanned(ask: &Ask, network: Network) -> Result<Login, Problem> {
    let number = ask.text("pairing_phone_number")?.unwrap_or_default();
    let digits = number.trim_start_matches('+');
    let odd = !digits.chars().all(|c| c.is_ascii_digit()) || digits.len() > 15;
    if odd || (!digits.is_empty() && digits.len() < 7) {
        return Err(Problem::invalid(
            "`pairing_phone_number` must be a number with its country prefix.",
        ));
    }
    let who = if network == Network::Whatsapp {
        digits.to_owned()
    } else {
        String::new()
    };
    Ok(Login {
        network,
        who,
        made_with: Map::new(),
        step: Some(Step::QrCode),
    })
}

fn password(ask: &Ask, network: Network) -> Result<Login, Problem> {
    let who = ask.need_text("username")?.to_lowercase();
    if network == Network::Twitter {
        ask.need_text("email")?;
    }
    refuse_wrong(&ask.need_text("password")?)?;
    let asks_for = |word: &str| who.split(['+', '@']).skip(1).any(|part| part == word);
    let step = if asks_for("otp") {
        Step::Otp
    } else if asks_for("app") {
        Step::InApp
    } else if asks_for("phone") {
        Step::Phone
    } else if asks_for("captcha") {
        Step::Captcha
    } else if asks_for("contract") && network == Network::Linkedin {
        Step::Contract
    } else {
        Step::Code { by_sms: false }
    };
    Ok(Login {
        network,
        made_with: kept(ask, &["recruiter_contract_id"])?,
        who,
        step: Some(step),
    })
}

fn cookie(ask: &Ask, network: Network) -> Result<Login, Problem> {
    let name = if network == Network::Linkedin {
        "access_token"
    } else {
        "sessionid"
    };
    let value = ask
        .text(name)?
        .ok_or_else(|| Problem::missing(&format!("username` or `{name}")))?;
    refuse_wrong(&value)?;
    let mut made_with = kept(ask, &["recruiter_contract_id"])?;
    if network == Network::Linkedin && ask.text("premium_token")?.is_some() {
        made_with.insert("premium".into(), "yes".into());
    }
    Ok(Login {
        network,
        who: String::new(),
        made_with,
        step: None,
    })
}

fn tokens(ask: &Ask, network: Network) -> Result<Login, Problem> {
    refuse_wrong(&ask.need_text("refresh_token")?)?;
    refuse_wrong(&ask.need_text("access_token")?)?;
    let who = if network == Network::Outlook {
        ask.need_text("id")?;
        ask.need_text("username")?
    } else {
        // Only the wizard asks for it; a token tells Google's servers whose it is.
        ask.text("username")?.unwrap_or_default()
    };
    Ok(Login {
        network,
        who: who.to_lowercase(),
        made_with: Map::new(),
        step: None,
    })
}

/// A mailbox that is linked again needs its passwords alone; nobody is named, so the servers stay as they are.
fn passwords(ask: &Ask) -> Result<Login, Problem> {
    refuse_wrong(&ask.need_text("imap_password")?)?;
    refuse_wrong(&ask.need_text("smtp_password")?)?;
    Ok(Login {
        network: Network::Mail,
        who: String::new(),
        made_with: Map::new(),
        step: None,
    })
}

fn servers(ask: &Ask) -> Result<Login, Problem> {
    let user = ask.need_text("imap_user")?;
    let imap = ask.need_text("imap_password")?;
    let encryption = ask.need_text("imap_encryption")?.to_lowercase();
    let smtp = ask.need_text("smtp_password")?;
    let mut made_with = kept(ask, &["imap_user", "imap_host", "smtp_user", "smtp_host"])?;
    made_with.insert("imap_encryption".into(), encryption.into());
    for name in ["imap_host", "smtp_user", "smtp_host"] {
        ask.need_text(name)?;
    }
    for name in ["imap_port", "smtp_port"] {
        made_with.insert(name.into(), port(ask, name)?.into());
    }
    let refused = |part: &str| {
        let host = made_with.get(part).and_then(Value::as_str);
        host.is_some_and(|host| host.contains("wrong"))
    };
    if refused("imap_host") {
        return Err(bad_server("invalid_imap_configuration", "IMAP"));
    }
    if refused("smtp_host") {
        return Err(bad_server("invalid_smtp_configuration", "SMTP"));
    }
    refuse_wrong(&imap)?;
    refuse_wrong(&smtp)?;
    Ok(Login {
        network: Network::Mail,
        who: user.to_lowercase(),
        made_with,
        step: None,
    })
}

fn bad_server(slug: &'static str, name: &str) -> Problem {
    Problem::new(401, slug, "Invalid server configuration")
        .because(format!("The {name} server cannot be reached."))
}

fn port(ask: &Ask, name: &str) -> Result<u64, Problem> {
    let value = ask.field(name).ok_or_else(|| Problem::missing(name))?;
    let number = match (&value, &ask.body) {
        (Value::String(text), Given::Form(_)) => text.parse().ok(),
        (value, _) => value.as_u64(),
    };
    number
        .filter(|port| (1..=65_535).contains(port))
        .ok_or_else(|| Problem::invalid(format!("`{name}` must be a port number.")))
}

fn refuse_wrong(secret: &str) -> Result<(), Problem> {
    if secret == "wrong" {
        return Err(
            Problem::new(401, "invalid_credentials", "Invalid credentials")
                .because("The network refused this login."),
        );
    }
    Ok(())
}

fn kept(ask: &Ask, names: &[&str]) -> Result<Map<String, Value>, Problem> {
    let mut kept = Map::new();
    for name in names {
        if let Some(text) = ask.text(name)? {
            kept.insert((*name).to_owned(), text.into());
        }
    }
    Ok(kept)
}

/// What every provider takes.
fn common(ask: &Ask, network: Network) -> Result<(), Problem> {
    ask.text("user_agent")?;
    features(ask)?;
    if let Some(country) = ask.text("country")?
        && (country.len() != 2 || !country.chars().all(|c| c.is_ascii_alphabetic()))
    {
        return Err(Problem::invalid("`country` must be two letters."));
    }
    if let Some(ip) = ask.text("ip")?
        && ip.parse::<Ipv4Addr>().is_err()
    {
        return Err(Problem::invalid("`ip` must be an IPv4 address."));
    }
    let limit = ask.field("sync_limit");
    let fits = match &limit {
        None => true,
        Some(Value::String(word)) => network.is_mail() && word == "NO_HISTORY_SYNC",
        Some(Value::Object(_)) => !network.is_mail(),
        Some(_) => false,
    };
    if !fits {
        return Err(Problem::invalid("`sync_limit` has not the right form."));
    }
    proxy(ask)
}

/// The features that a request switches off.
pub(super) fn features(ask: &Ask) -> Result<(), Problem> {
    const FEATURES: [&str; 3] = [
        "linkedin_recruiter",
        "linkedin_sales_navigator",
        "linkedin_organizations_mailboxes",
    ];
    let known = match ask.field("disabled_features") {
        None => true,
        Some(Value::Array(items)) => items
            .iter()
            .all(|item| item.as_str().is_some_and(|word| FEATURES.contains(&word))),
        Some(_) => false,
    };
    if known {
        Ok(())
    } else {
        Err(Problem::invalid(format!(
            "`disabled_features` may list {}.",
            FEATURES.join(", ")
        )))
    }
}

fn proxy(ask: &Ask) -> Result<(), Problem> {
    let Some(proxy) = ask.field("proxy") else {
        return Ok(());
    };
    let text = |name: &str| proxy.get(name).and_then(Value::as_str);
    let host = text("host").is_some_and(|host| !host.is_empty());
    let port = proxy.get("port").is_some_and(Value::is_u64);
    let protocol = proxy.get("protocol").is_none()
        || text("protocol").is_some_and(|word| matches!(word, "http" | "https" | "socks5"));
    if !(host && port && protocol) {
        return Err(Problem::invalid("`proxy` needs a host and a port."));
    }
    if text("password") == Some("wrong") {
        return Err(Problem::new(
            401,
            "invalid_proxy_credentials",
            "Invalid proxy credentials",
        ));
    }
    Ok(())
}
