//! The owner of an account: what the network knows of them, and editing it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::profiles::seldom_read;
use crate::demo::areas::acting::{self, Actor};
use crate::demo::areas::linkedin::ORGANIZATION_URN;
use crate::demo::areas::members::{headline, location, page, picture, urn};
use crate::demo::ask::Ask;
use crate::demo::problem::Problem;
use crate::demo::reply::Reply;
use crate::demo::rng::mix;
use crate::demo::world::account::{Account, Network};
use crate::demo::world::person::Person;
use crate::demo::world::{ME, World};

pub(in crate::demo) fn me(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let actor = acting::by_query(world, ask)?;
    let nobody = || Problem::not_found("account");
    let account = world.accounts.get(actor.at as usize).ok_or_else(nobody)?;
    let person = world.person(ME).ok_or_else(nobody)?;
    let mut profile = match actor.network {
        Network::Linkedin => linkedin(account, person),
        Network::Whatsapp => whatsapp(world, actor, account, person),
        Network::Telegram => telegram(account, person),
        Network::Twitter => twitter(account, person),
        Network::Instagram => {
            json!({"provider": "INSTAGRAM", "provider_id": account.own_id, "public_identifier": account.login, "full_name": person.name})
        }
        Network::Google => gmail(world, actor, account, person),
        Network::Outlook => outlook(account, person),
        Network::Mail => imap(account),
        Network::Messenger | Network::Slack => {
            return Err(Problem::not_offered(format!(
                "{} has no profile of the owner.",
                actor.network.word()
            )));
        }
    };
    if let Some(fields) = profile.as_object_mut() {
        if actor.network == Network::Twitter {
            fields.extend(seldom_read(person));
        }
        fields.insert("object".into(), "AccountOwnerProfile".into());
    }
    Ok(Reply::ok(profile))
}

fn linkedin(account: &Account, person: &Person) -> Value {
    json!({
        "provider": "LINKEDIN",
        "provider_id": account.own_id,
        "entity_urn": format!("urn:li:fsd_profile:{}", account.own_id),
        "object_urn": urn(person),
        "first_name": person.first(),
        "last_name": person.last(),
        "public_identifier": account.login,
        "public_profile_url": page(person).unwrap_or_default(),
        "profile_picture_url": picture(person),
        "headline": headline(person),
        "occupation": headline(person),
        "location": location(person),
        "email": "ada@martin.example",
        "premium": true,
        "open_profile": false,
        "recruiter": {"owner_seat_id": "urn:li:ts_seat:410077", "contract_id": "urn:li:ts_contract:220033"},
        "sales_navigator": null,
        "organizations": [{"name": "Nuvem", "messaging_enabled": true, "organization_urn": ORGANIZATION_URN}],
    })
}

fn whatsapp(world: &World, actor: Actor, account: &Account, person: &Person) -> Value {
    let motto = world.docs.circle.mottos.get(&actor.at);
    let said = motto.and_then(|motto| motto.headline.clone().or_else(|| motto.summary.clone()));
    let pictures = motto.map_or(0, |motto| motto.pictures);
    json!({
        "provider": "WHATSAPP",
        "id": account.own_id,
        "name": person.name,
        "about": said.unwrap_or_else(|| "Climbing. Call twice.".to_owned()),
        "profile_picture_url": format!("https://pictures.example/people/me.jpg?v={pictures}"),
    })
}

fn telegram(account: &Account, person: &Person) -> Value {
    json!({
        "provider": "TELEGRAM",
        "provider_id": account.own_id,
        "first_name": person.first(),
        "last_name": person.last(),
        "username": account.login,
        "phone": "33639981234",
        "profile_picture_url": "https://pictures.example/people/me.jpg",
        "lang_code": "fr",
        "self": true,
        "contact": true,
        "mutual_contact": true,
        "deleted": false,
        "bot": false,
        "verified": false,
        "restricted": false,
        "fake": false,
        "premium": false,
        "close_friend": false,
        "status": null,
        "restriction_reason": null,
    })
}

fn twitter(account: &Account, person: &Person) -> Value {
    json!({
        "provider": "TWITTER",
        "id": account.own_id,
        "name": person.name,
        "screen_name": account.login,
        "location": location(person),
        "description": "Storage, people, wooden keyboards.",
        "url": null,
        "protected": false,
        "verified": false,
        "followers_count": 1204,
        "friends_count": 311,
        "statuses_count": 2087,
        "created_at": "Tue Mar 08 09:41:00 +0000 2011",
        "profile_image_url_https": "https://pictures.example/people/me.jpg",
        "profile_banner_url": null,
        "following": null,
        "followed_by": null,
    })
}

fn gmail(world: &World, actor: Actor, account: &Account, person: &Person) -> Value {
    let mails = world
        .mailboxes
        .iter()
        .filter(|mailbox| mailbox.account == actor.at)
        .flat_map(|mailbox| &mailbox.mails)
        .filter(|mail| !mail.gone);
    let threads: BTreeSet<&str> = mails.clone().map(|mail| mail.thread.as_str()).collect();
    json!({
        "provider": "GMAIL",
        "email": account.login,
        "messages_total": mails.count(),
        "threads_total": threads.len(),
        "aliases": [
            {"email": account.login, "display_name": person.name, "is_primary": true, "is_default": true, "signature": "<p>Ada Martin<br>VP Engineering, Nuvem</p>", "verification_status": "accepted"},
            {"email": "engineering@nuvem.example", "display_name": "Nuvem Engineering", "reply_to": account.login, "is_primary": false, "is_default": false, "verification_status": "accepted"},
        ],
    })
}

fn outlook(account: &Account, person: &Person) -> Value {
    let number = mix(person.number(), 365);
    json!({
        "provider": "OUTLOOK",
        "id": format!("{number:016x}"),
        "email": account.login,
        "display_name": "Atelier Martin",
        "given_name": person.first(),
        "surname": person.last(),
        "user_principal_name": account.login,
        "job_title": "Chair repairer",
        "mobile_phone": "+33639981234",
        "preferred_language": "fr-FR",
    })
}

fn imap(account: &Account) -> Value {
    let host = account
        .login
        .split_once('@')
        .map_or("martin.example", |(_, host)| host);
    json!({
        "provider": "IMAP",
        "connection_params": {
            "imap": {"username": account.login, "port": 993, "host": format!("imap.{host}")},
            "smtp": {"username": account.login, "port": 465, "host": format!("smtp.{host}")},
        },
    })
}

pub(in crate::demo) fn edit(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let actor = acting::by_body(world, ask)?.on(&[Network::Linkedin, Network::Whatsapp])?;
    let kind = ask.need_text("type")?;
    if kind != actor.network.word() {
        return Err(Problem::invalid("`type` is not the type of this account."));
    }
    let headline = ask.text("headline")?;
    let summary = ask.text("summary")?;
    let too_long = |text: &Option<String>, most: usize| {
        text.as_ref()
            .is_some_and(|text| text.chars().count() > most)
    };
    if too_long(&headline, 220) || too_long(&summary, 2600) {
        return Err(Problem::new(
            400,
            "too_many_characters",
            "Too many characters",
        ));
    }
    let files = ask.files("picture");
    let image = |mime: &Option<String>| {
        mime.as_ref()
            .is_none_or(|mime| mime.starts_with("image/") || mime == "application/octet-stream")
    };
    if !files.iter().all(|part| image(&part.mime)) {
        return Err(Problem::invalid("`picture` must be an image."));
    }
    let pictures = u32::from(!files.is_empty());
    if actor.network == Network::Whatsapp {
        world.tick();
        let motto = world.docs.circle.mottos.entry(actor.at).or_default();
        motto.headline = headline.or_else(|| motto.headline.take());
        motto.summary = summary.or_else(|| motto.summary.take());
        motto.pictures += pictures;
    } else {
        edit_linkedin(world, ask, headline, summary)?;
    }
    Ok(Reply::ok(json!({"object": "ProfileEdited"})))
}

fn edit_linkedin(
    world: &mut World,
    ask: &Ask,
    headline: Option<String>,
    summary: Option<String>,
) -> Result<(), Problem> {
    let town = match ask.text("location[id]")? {
        None => None,
        Some(id) => {
            let known = world.docs.circle.parameters.get("LOCATION");
            let town = known
                .and_then(|items| items.iter().find(|item| item.id == id))
                .map(|item| item.title.clone());
            Some(town.ok_or_else(|| Problem::invalid("`location[id]` is not a known location."))?)
        }
    };
    let skills = ask.texts("experience[skills]");
    world.tick();
    let person = world
        .people
        .first_mut()
        .ok_or_else(|| Problem::not_found("account"))?;
    if let Some(headline) = headline {
        person.headline = headline;
    }
    if let Some(summary) = summary {
        person.about = summary;
    }
    if let Some(town) = town {
        person.location = town;
    }
    for skill in skills {
        if !person.skills.contains(&skill) {
            person.skills.push(skill);
        }
    }
    Ok(())
}
