//! Profiles of people, as each network tells them.

use serde_json::{Map, Value, json};

use super::sections;
use crate::demo::areas::acting::{self};
use crate::demo::areas::members::{self, headline, location, page, picture};
use crate::demo::areas::messages::provider_id;
use crate::demo::ask::Ask;
use crate::demo::docs::network::State;
use crate::demo::problem::Problem;
use crate::demo::reply::Reply;
use crate::demo::rng::mix;
use crate::demo::world::account::Network;
use crate::demo::world::person::Person;
use crate::demo::world::{ME, World};

pub(in crate::demo) fn profile(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let actor = acting::by_query(world, ask)?.on(&[
        Network::Linkedin,
        Network::Whatsapp,
        Network::Instagram,
        Network::Telegram,
        Network::Twitter,
    ])?;
    ask.flag("notify")?;
    let product = ask.one_of("linkedin_api", &["recruiter", "sales_navigator"])?;
    let identifier = ask.part("identifier");
    let digits = identifier.chars().filter(char::is_ascii_digit).count();
    if actor.network == Network::Whatsapp && digits < 6 {
        return Err(
            Problem::refused("invalid_recipient", "Recipient cannot be reached")
                .because("WhatsApp knows people by their number."),
        );
    }
    let at = members::find(world, actor, identifier)?;
    let nobody = || Problem::not_found("user");
    let person = world.person(at).ok_or_else(nobody)?;
    let id = provider_id(world, actor.at, at).ok_or_else(nobody)?;
    let mut profile = match actor.network {
        Network::Linkedin => linkedin(world, ask, at, id, product)?,
        Network::Whatsapp => json!({"provider": "WHATSAPP", "id": id}),
        Network::Instagram => instagram(person, &id),
        Network::Telegram => telegram(person, &id, at == ME),
        _ => twitter(person, &id),
    };
    if let Some(fields) = profile.as_object_mut() {
        if actor.network == Network::Twitter {
            fields.extend(seldom_read(person));
        }
        fields.insert("object".into(), "UserProfile".into());
    }
    Ok(Reply::ok(profile))
}

fn linkedin(
    world: &World,
    ask: &Ask,
    at: u32,
    id: String,
    product: Option<&str>,
) -> Result<Value, Problem> {
    let id = match (product, id.strip_prefix("ACoAA")) {
        (Some("sales_navigator"), _) => {
            return Err(
                Problem::new(403, "feature_not_subscribed", "Feature not subscribed")
                    .because("The account has no Sales Navigator."),
            );
        }
        (Some(_), Some(tail)) => format!("AEMAA{tail}"),
        _ => id,
    };
    let person = world.person(at).ok_or_else(|| Problem::not_found("user"))?;
    let mut out = head(world, at, person, &id);
    if let Some(url) = picture(person) {
        out.insert(
            "profile_picture_url_large".into(),
            format!("{url}?size=large").into(),
        );
        out.insert("profile_picture_url".into(), url.into());
    }
    if at == ME || members::degree(world, at) == 1 {
        out.insert("contact_info".into(), contact(person));
    }
    if let Some(invitation) = invitation(world, at) {
        out.insert("invitation".into(), invitation);
    }
    sections::add(world, ask, at, person, &mut out);
    Ok(Value::Object(out))
}

fn head(world: &World, at: u32, person: &Person, id: &str) -> Map<String, Value> {
    let own = at == ME;
    let degree = if own { 0 } else { members::degree(world, at) };
    let number = |salt: u64, below: u64| mix(person.number(), salt) % below;
    let mut out = json!({
        "provider": "LINKEDIN",
        "provider_id": id,
        "public_identifier": person.linkedin,
        "public_profile_url": page(person),
        "first_name": person.first(),
        "last_name": person.last(),
        "headline": headline(person),
        "location": location(person),
        "primary_locale": {"country": "US", "language": "en"},
        "is_open_profile": number(51, 5) == 0,
        "is_premium": own || number(52, 4) == 0,
        "is_influencer": person.headline.contains("Momentum"),
        "is_creator": number(53, 6) == 0,
        "is_hiring": own || person.headline.to_lowercase().contains("recruit"),
        "is_open_to_work": number(54, 11) == 0,
        "is_relationship": degree == 1,
        "is_self": own,
        "can_send_inmail": !own && degree > 1,
        "websites": [],
        "follower_count": 60 + number(55, 5200),
        "connections_count": 40 + number(56, 460),
        "shared_connections_count": if degree == 1 { number(57, 60) } else { number(57, 9) },
    });
    let mut out = match out.as_object_mut() {
        Some(fields) => std::mem::take(fields),
        None => Map::new(),
    };
    if let Some(distance) = members::distance(world, at) {
        out.insert("network_distance".into(), distance.into());
    }
    out
}

/// What relations see of each other.
fn contact(person: &Person) -> Value {
    let emails: Vec<&String> = person.email.iter().collect();
    let phones: Vec<&String> = person.whatsapp.iter().collect();
    let socials = person
        .x
        .iter()
        .map(|name| json!({"type": "TWITTER", "name": name}));
    json!({"emails": emails, "phones": phones, "adresses": [], "socials": socials.collect::<Vec<_>>()})
}

/// The state of the invitation between the owner and somebody.
fn invitation(world: &World, at: u32) -> Option<Value> {
    let circle = &world.docs.circle;
    if let Some((_, own)) = circle.waiting(at) {
        let kind = if own { "SENT" } else { "RECEIVED" };
        return Some(json!({"type": kind, "status": "PENDING"}));
    }
    if members::degree(world, at) == 1 {
        return None;
    }
    let withdrawn = circle
        .sent
        .iter()
        .any(|item| item.person == at && item.state == State::Withdrawn);
    let ignored = circle
        .received
        .iter()
        .any(|item| item.person == at && item.state == State::Declined);
    match (withdrawn, ignored) {
        (true, _) => Some(json!({"type": "SENT", "status": "WITHDRAWN"})),
        (_, true) => Some(json!({"type": "RECEIVED", "status": "IGNORED"})),
        _ => None,
    }
}

fn instagram(person: &Person, id: &str) -> Value {
    let number = |salt: u64, below: u64| mix(person.number(), salt) % below;
    let business = person.company.is_some() && number(61, 3) == 0;
    let url = format!("https://pictures.example/people/{}.jpg", person.key);
    json!({
        "provider": "INSTAGRAM",
        "provider_id": id,
        "provider_messaging_id": id,
        "public_identifier": person.instagram,
        "full_name": person.name,
        "pk": person.number() % 1_000_000_000,
        "username": person.instagram,
        "profile_pic_url": url,
        "profile_picture_url": url,
        "profile_picture_url_large": format!("{url}?size=large"),
        "biography": if person.about.is_empty() { &person.headline } else { &person.about },
        "category": null,
        "follower_count": 30 + number(62, 2400),
        "followers_count": 30 + number(62, 2400),
        "mutual_followers_count": number(63, 30),
        "following_count": 50 + number(64, 800),
        "posts_count": number(65, 300),
        "profile_type": if business { "BUSINESS" } else { "PERSONAL" },
        "is_verified": false,
        "is_business": business,
        "is_private": number(66, 3) == 0,
    })
}

fn telegram(person: &Person, id: &str, own: bool) -> Value {
    let seen = mix(person.number(), 67) % 3;
    json!({
        "provider": "TELEGRAM",
        "provider_id": id,
        "first_name": person.first(),
        "last_name": if person.last().is_empty() { Value::Null } else { person.last().into() },
        "username": person.telegram,
        "phone": person.whatsapp.as_deref().map(|phone| phone.trim_start_matches('+')),
        "profile_picture_url": format!("https://pictures.example/people/{}.jpg", person.key),
        "lang_code": null,
        "self": own,
        "contact": seen != 0,
        "mutual_contact": seen == 1,
        "deleted": false,
        "bot": person.name.to_lowercase().ends_with("bot"),
        "verified": false,
        "restricted": false,
        "fake": false,
        "premium": mix(person.number(), 68).is_multiple_of(4),
        "close_friend": false,
        "status": {"name": "UserStatusRecently"},
        "restriction_reason": null,
    })
}

fn twitter(person: &Person, id: &str) -> Value {
    let number = |salt: u64, below: u64| mix(person.number(), salt) % below;
    json!({
        "provider": "TWITTER",
        "id": id,
        "name": person.name,
        "screen_name": person.x.as_deref().unwrap_or_default(),
        "location": location(person),
        "description": headline(person),
        "url": null,
        "protected": number(71, 8) == 0,
        "verified": number(72, 9) == 0,
        "followers_count": 12 + number(73, 9000),
        "friends_count": 40 + number(74, 900),
        "statuses_count": number(75, 12_000),
        "created_at": "Mon Apr 06 18:20:11 +0000 2015",
        "profile_image_url_https": format!("https://pictures.example/people/{}.jpg", person.key),
        "profile_banner_url": null,
        "following": number(76, 2) == 0,
        "followed_by": number(77, 2) == 0,
    })
}

/// What else a profile on X has.
pub(super) fn seldom_read(person: &Person) -> Map<String, Value> {
    let number = |salt: u64, below: u64| mix(person.number(), salt) % below;
    let fields = [
        ("entities", json!({"description": {"urls": []}})),
        ("listed_count", number(78, 90).into()),
        ("favourites_count", number(79, 5000).into()),
        ("default_profile", false.into()),
        ("default_profile_image", false.into()),
        ("withheld_in_countries", json!([])),
    ];
    fields
        .map(|(name, value)| (name.to_owned(), value))
        .into_iter()
        .collect()
}
