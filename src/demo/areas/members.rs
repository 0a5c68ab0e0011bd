//! People as members of a network: how they are found there and the few facts that many answers show of them.

use super::acting::Actor;
use super::attendees::by_provider_id;
use crate::demo::problem::Problem;
use crate::demo::rng::mix;
use crate::demo::world::account::Network;
use crate::demo::world::person::Person;
use crate::demo::world::{ME, World};

/// What people do whom nobody described.
const TRADES: &[&str] = &[
    "Product person, mostly listening",
    "Backend developer and cyclist",
    "Data analyst in public transport",
    "Teacher, formerly in IT",
    "Operations at a small museum",
    "Founder of something with bread",
    "Technical writer who likes tables",
    "Network engineer, retired twice",
    "Consultant for cold storage",
    "Designer of signs",
];
const TOWNS: &[&str] = &[
    "Lyon, France",
    "Grenoble, France",
    "Berlin, Germany",
    "Porto, Portugal",
    "Utrecht, Netherlands",
    "Turin, Italy",
    "Toronto, Canada",
];

/// Finds a member by any name that the network or one of its products gives them; the owner is one too.
pub(super) fn look_up(world: &World, actor: Actor, identifier: &str) -> Option<u32> {
    let account = world.accounts.get(actor.at as usize)?;
    let mut wanted = identifier.to_owned();
    if actor.network == Network::Linkedin {
        for prefix in ["AEMAA", "ACwAA", "ADoAA"] {
            if let Some(tail) = identifier.strip_prefix(prefix) {
                wanted = format!("ACoAA{tail}");
            }
        }
    }
    if actor.network == Network::Whatsapp && !identifier.contains('@') {
        let digits: String = identifier.chars().filter(char::is_ascii_digit).collect();
        wanted = format!("{digits}@s.whatsapp.net");
    }
    let wanted = wanted.trim_start_matches('@');
    let own = wanted == "me" || wanted == account.own_id || wanted == account.login;
    let me = own || world.person(ME)?.handle(actor.network) == Some(wanted);
    if me {
        return Some(ME);
    }
    by_provider_id(world, actor.network, wanted)
}

/// The same, or what networks say when there is nobody.
pub(super) fn find(world: &World, actor: Actor, identifier: &str) -> Result<u32, Problem> {
    look_up(world, actor, identifier).ok_or_else(|| {
        if actor.network == Network::Whatsapp {
            return Problem::not_found("user");
        }
        Problem::refused("invalid_recipient", "Recipient cannot be reached")
            .because(format!("`{identifier}` is nobody here."))
    })
}

/// Everybody on LinkedIn but the owner.
pub(super) fn on_linkedin(world: &World) -> impl Iterator<Item = (u32, &Person)> {
    (0_u32..)
        .zip(&world.people)
        .filter(|(at, person)| *at != ME && person.linkedin.is_some())
}

pub(super) fn degree(world: &World, person: u32) -> u8 {
    world
        .person(person)
        .map_or(3, |person| person.degree.unwrap_or(1))
}

/// How far somebody is, as profiles and comments write it; the owner is at no distance.
pub(super) fn distance(world: &World, person: u32) -> Option<&'static str> {
    match degree(world, person) {
        _ if person == ME => None,
        1 => Some("FIRST_DEGREE"),
        2 => Some("SECOND_DEGREE"),
        _ => Some("THIRD_DEGREE"),
    }
}

/// How far somebody is, as attendees and the search write it.
pub(super) fn steps(world: &World, person: u32) -> String {
    match degree(world, person) {
        _ if person == ME => "SELF".to_owned(),
        degree => format!("DISTANCE_{degree}"),
    }
}

pub(super) fn headline(person: &Person) -> String {
    if person.headline.is_empty() {
        pick(TRADES, person, 21)
    } else {
        person.headline.clone()
    }
}

pub(super) fn location(person: &Person) -> String {
    if person.location.is_empty() {
        pick(TOWNS, person, 22)
    } else {
        person.location.clone()
    }
}

fn pick(words: &[&str], person: &Person, salt: u64) -> String {
    let n = mix(person.number(), salt) % words.len() as u64;
    usize::try_from(n)
        .ok()
        .and_then(|n| words.get(n))
        .map_or_else(String::new, |word| (*word).to_owned())
}

/// Where somebody's picture lies; about one in six has none.
pub(super) fn picture(person: &Person) -> Option<String> {
    let has = !mix(person.number(), 9).is_multiple_of(6) || person.key == "me";
    has.then(|| format!("https://pictures.example/people/{}.jpg", person.key))
}

/// Page of somebody at LinkedIn.
pub(super) fn page(person: &Person) -> Option<String> {
    let name = person.linkedin.as_deref()?;
    Some(format!("https://linkedin.example/in/{name}"))
}

/// Number of a member in LinkedIn's older scheme.
pub(super) fn urn(person: &Person) -> String {
    format!("urn:li:member:{}", person.number() % 1_000_000_000)
}
