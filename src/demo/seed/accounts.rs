//! The accounts of the owner.

use serde_json::Map;

use crate::demo::rng::hash;
use crate::demo::world::account::{Account, Network, Status};
use crate::demo::world::person::linkedin_id;

/// All accounts, in the order in which they are listed. Messaging first, then mail.
pub(super) fn all(began: i64) -> Vec<Account> {
    use Network::{
        Google, Instagram, Linkedin, Mail, Messenger, Outlook, Slack, Telegram, Twitter, Whatsapp,
    };
    use Status::{Connecting, Credentials, Ok};
    let rows = [
        ("linkedin", Linkedin, "Ada Martin", "ada-martin-nuvem", Ok),
        ("whatsapp", Whatsapp, "+33639981234", "33639981234", Ok),
        ("whatsapp-work", Whatsapp, "+33639985678", "33639985678", Ok),
        ("telegram", Telegram, "ada_codes", "ada_codes", Ok),
        (
            "instagram",
            Instagram,
            "ada.codes",
            "ada.codes",
            Credentials,
        ),
        ("messenger", Messenger, "Ada M.", "ada.martin", Ok),
        ("x", Twitter, "adacodes", "adacodes", Connecting),
        ("slack", Slack, "nuvem-hq", "ada", Ok),
        (
            "gmail",
            Google,
            "ada@nuvem.example",
            "ada@nuvem.example",
            Ok,
        ),
        (
            "outlook",
            Outlook,
            "ada@atelier-martin.example",
            "ada@atelier-martin.example",
            Ok,
        ),
        ("imap", Mail, "ada@martin.example", "ada@martin.example", Ok),
    ];
    (1..)
        .zip(rows)
        .map(|(n, (key, network, name, login, status))| Account {
            key: key.into(),
            network,
            name: name.into(),
            status,
            created_at: began - n * 37 * 86_400_000 - 4_711_000,
            own_id: own_id(network, key, login),
            login: login.into(),
            gone: false,
            resync_until: None,
            chunk_told: false,
            made_with: Map::default(),
        })
        .collect()
}

/// What a network calls the owner of an account.
pub(in crate::demo) fn own_id(network: Network, key: &str, login: &str) -> String {
    let number = hash(key);
    match network {
        Network::Linkedin => linkedin_id("ACoAA", number),
        Network::Whatsapp => format!("{login}@s.whatsapp.net"),
        Network::Slack => format!("U0{:08X}", number & 0xffff_ffff),
        Network::Google | Network::Outlook | Network::Mail => login.to_owned(),
        Network::Telegram | Network::Instagram | Network::Messenger | Network::Twitter => {
            (1_000_000_000 + number % 5_000_000_000).to_string()
        }
    }
}
