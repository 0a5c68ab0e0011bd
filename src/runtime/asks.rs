//! Asks the server what the store cannot know, through the one door there is.

use super::online::Online;
use crate::api::Error;
use crate::api::operations::{emails, linkedin, users};
use crate::api::users::ReadProfile;
use crate::app::effect::{Answer, Ask, Reached};
use crate::model::id::{AccountId, EmailId, Identifier};
use crate::model::profile::Profile;
use crate::sync::Patience;

/// Asks; what cannot be answered is told in words.
pub async fn answer(online: Option<&Online>, ask: Ask) -> Answer {
    let Some(online) = online else {
        return Answer::Failed("There is no server to ask.".to_owned());
    };
    match ask {
        Ask::Person(account, name) => person(online, &account, &name).await,
        Ask::Headers(account, mail) => headers(online, &account, &mail).await,
        Ask::Inmails(account) => {
            let answer = online
                .asker
                .ask(
                    &linkedin::GET_INMAIL_BALANCE,
                    Some(account.as_str()),
                    &Patience::default(),
                    || online.client.get_inmail_balance(&account),
                )
                .await;
            // Without the number, the window is as good.
            let left = answer.ok().and_then(|it| {
                let all = [it.premium, it.sales_navigator, it.recruiter];
                all.into_iter().flatten().reduce(f64::max)
            });
            Answer::Inmails(left.map(whole))
        }
    }
}

async fn headers(online: &Online, account: &AccountId, mail: &EmailId) -> Answer {
    let answer = online
        .asker
        .ask(
            &emails::GET_EMAIL,
            Some(account.as_str()),
            &Patience::default(),
            || online.client.get_email(mail, Some(account), Some(true)),
        )
        .await;
    match answer {
        Ok(mail) => {
            let all = mail.headers.into_iter();
            Answer::Headers(all.map(|it| (it.name, it.value)).collect())
        }
        Err(error) => Answer::Failed(format!("The headers could not be fetched: {error}")),
    }
}

async fn person(online: &Online, account: &AccountId, name: &str) -> Answer {
    let who = Identifier::from(named(name));
    let params = ReadProfile::default();
    let answer = online
        .asker
        .ask(
            &users::GET_USER_PROFILE,
            Some(account.as_str()),
            &Patience::default(),
            || online.client.get_user_profile(account, &who, &params),
        )
        .await;
    match answer {
        Ok(profile) => reached(profile, name).map_or_else(
            || Answer::Failed(format!("{name} cannot be written to from here.")),
            Answer::Person,
        ),
        Err(error) => Answer::Failed(refused(name, &error)),
    }
}

fn refused(name: &str, error: &Error) -> String {
    match error.status() {
        Some(404 | 422) => format!("The network knows nobody called {name}."),
        _ => format!("{name} could not be looked up: {}", error.in_words()),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "credits are few and never below nothing"
)]
fn whole(credits: f64) -> u64 {
    credits.clamp(0.0, 1e9) as u64
}

/// What the network calls somebody: the end of an address, a name without its sign, the digits of a number.
fn named(typed: &str) -> String {
    let typed = typed.trim();
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let is_number = |c: char| c.is_ascii_digit() || "+-(). /".contains(c);
    if digits.len() >= 6 && typed.chars().all(is_number) {
        return digits;
    }
    let path = typed.split(['?', '#']).next().unwrap_or(typed);
    let last = path.trim_end_matches('/').rsplit('/').next();
    last.unwrap_or(path).trim_start_matches('@').to_owned()
}

/// Somebody found, as messages name them.
fn reached(profile: Profile, typed: &str) -> Option<Reached> {
    let text = |it: Option<Identifier>| it.map(|it| it.to_string()).unwrap_or_default();
    let names = |first: Option<String>, last: Option<String>| {
        let both: Vec<String> = [first, last].into_iter().flatten().collect();
        both.join(" ")
    };
    let (id, name, about) = match profile {
        Profile::Linkedin(it) => (
            it.id,
            names(it.first_name, it.last_name),
            it.headline.unwrap_or_default(),
        ),
        Profile::Whatsapp(it) => (it.id, typed.to_owned(), String::new()),
        Profile::Instagram(it) => (
            it.messaging_id.or(it.id)?,
            it.name.unwrap_or_default(),
            text(it.username),
        ),
        Profile::Telegram(it) => (it.id, names(it.first_name, it.last_name), text(it.username)),
        Profile::Twitter(it) => (it.id, it.name, it.username.to_string()),
        Profile::Other { .. } => return None,
    };
    let name = if name.trim().is_empty() {
        typed.to_owned()
    } else {
        name
    };
    Some(Reached { id, name, about })
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn people_are_named_as_networks_know_them() {
        for (typed, name) in [
            ("https://www.linkedin.com/in/lea-fontaine/", "lea-fontaine"),
            ("linkedin.com/in/lea?x=1", "lea"),
            ("@ada.codes", "ada.codes"),
            (" +33 6 12-34 56 78", "33612345678"),
            ("lea", "lea"),
        ] {
            assert_eq!(named(typed), name);
        }
    }
}
