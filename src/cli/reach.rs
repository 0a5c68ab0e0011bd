//! Knocks at a server for the first time, and says what stands in the way so that a person can mend it.

use futures_util::{StreamExt as _, pin_mut};

use super::{Exit, Failure, output};
use crate::api::{BadAnswer, BaseUrl, Client, Error, Hurdle, Paging, pages};
use crate::model::account::Account;

/// Lists the accounts of a server nobody has spoken to yet.
pub(super) async fn accounts(client: &Client) -> Result<Vec<Account>, Failure> {
    let pages = pages(|cursor| async move {
        let limit = Some(250);
        client.list_accounts(&Paging { cursor, limit }).await
    });
    pin_mut!(pages);
    let mut accounts = Vec::new();
    while let Some(page) = pages.next().await {
        accounts.extend(page.map_err(|error| explain(error, client.base()))?.items);
    }
    Ok(accounts)
}

/// Says what went wrong at the first contact with a server.
fn explain(error: Error, base: &BaseUrl) -> Failure {
    if error.is_bad_key() {
        return Failure::auth(format!(
            "{base} is there and refuses the key. Copy the access token again from your Unipile dashboard; it belongs to this address only."
        ));
    }
    let not_unipile = match &error {
        Error::Answer { flaw, .. } => !matches!(flaw, BadAnswer::CutOff),
        // Unipile gives every refusal a type.
        Error::Refused(refusal) => refusal.kind.is_empty() && refusal.status < 500,
        _ => false,
    };
    if not_unipile {
        let page = match &error {
            Error::Answer {
                flaw: BadAnswer::Html,
                ..
            } => " with a web page",
            _ => "",
        };
        return Failure {
            exit: Exit::Api,
            message: format!(
                "{base} answers{page}, and not as a Unipile does. Check the address and its port; behind a login page of a hotel or a company, log in there first."
            ),
        };
    }
    match error.hurdle() {
        Some(hurdle) => Failure {
            exit: Exit::Network,
            message: output::safe(&words(hurdle, base)),
        },
        None => error.into(),
    }
}

fn words(hurdle: Hurdle, base: &BaseUrl) -> String {
    match hurdle {
        Hurdle::UnknownHost => format!(
            "The host of {base} is not known. Check the spelling of the address, and that you are online."
        ),
        Hurdle::PortClosed => format!(
            "Nothing listens at {base}. Check the port: it stands behind the colon of the address, such as api27.unipile.com:15796."
        ),
        Hurdle::Silence => format!(
            "{base} does not answer. Check the address and the port, and whether a firewall stands between."
        ),
        Hurdle::Untrusted => format!(
            "The certificate of {base} is signed by nobody this system trusts: it is self-signed, or something between you and the server reads along. The key was not sent."
        ),
        Hurdle::Expired => format!(
            "The certificate of {base} has expired, or the clock of this machine is wrong. The key was not sent."
        ),
        Hurdle::NotYetValid => format!(
            "The certificate of {base} is not valid yet: the clock of this machine may be wrong. The key was not sent."
        ),
        Hurdle::OtherName => format!(
            "The certificate of {base} belongs to another name. Check the spelling of the address. The key was not sent."
        ),
        Hurdle::NoTls => format!(
            "What listens at {base} does not speak TLS. Check the port. The key was not sent."
        ),
        Hurdle::Other => {
            format!("There is no way to {base}. Check the address, the port and your network.")
        }
    }
}
