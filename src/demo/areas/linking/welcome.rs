//! What a newly linked account holds once it is connected: a greeting or two, so that there is something to see.

use crate::demo::rng::mix;
use crate::demo::seed;
use crate::demo::world::account::Network;
use crate::demo::world::chat::{Chat, Message};
use crate::demo::world::mail::{Address, Mail};
use crate::demo::world::{ME, World};

const GREETINGS: [&str; 4] = [
    "Hi Ada, good to see you here too!",
    "Is this really you? Then I finally know where to send the pictures from Sunday.",
    "Welcome! I hardly look at this one, but now there is a reason to.",
    "There you are. Everybody asked me how to reach you here.",
];

/// Fills an account that holds nothing yet.
pub(in crate::demo) fn welcome(world: &mut World, at: u32) {
    let Some(account) = world.accounts.get(at as usize) else {
        return;
    };
    if account.network.is_mail() {
        mail(world, at);
    } else if !world.chats.iter().any(|chat| chat.account == at) {
        chats(world, at, account.network);
    }
}

fn chats(world: &mut World, at: u32, network: Network) {
    let mut dice = world.dice();
    let mut people: Vec<u32> = (0_u32..)
        .zip(&world.people)
        .filter(|(person, about)| {
            *person != ME
                && about.provider_id(network).is_some()
                && (network != Network::Linkedin || about.degree.unwrap_or(1) == 1)
        })
        .map(|(person, _)| person)
        .collect();
    for n in 0..2 {
        let Some(person) = dice.pick(&people).copied() else {
            return;
        };
        people.retain(|other| *other != person);
        let text = dice.pick(&GREETINGS).copied().unwrap_or_default();
        let Ok(place) = u32::try_from(world.chats.len()) else {
            return;
        };
        let mut chat = Chat {
            account: at,
            members: vec![person],
            unread: 1,
            lang: "en".to_owned(),
            ..Chat::default()
        };
        let number = mix(world.seed, u64::from(at) << 8 | n);
        chat.provider_id = seed::thread_id(world, &chat, number);
        world.chats.push(chat);
        let said = world.tick();
        world.push_message(place, Message::said(person, said, text));
    }
}

fn mail(world: &mut World, at: u32) {
    let now = world.tick();
    let (seed, login) = match world.accounts.get(at as usize) {
        Some(account) => (world.seed, account.login.clone()),
        None => return,
    };
    let empty = world
        .mailboxes
        .iter_mut()
        .find(|mailbox| mailbox.account == at && mailbox.mails.is_empty());
    let Some(mailbox) = empty else { return };
    let inbox = mailbox.folders.iter().find(|folder| folder.role == "inbox");
    let plain = format!(
        "Hello Ada,\n\nyour mailbox {login} is connected. This is the first mail in it; the demo world will not send \
         anything to real people, whatever you write.\n\nThe postmaster"
    );
    let welcome = Mail {
        at: now,
        thread: format!("welcome-{at}"),
        folders: inbox
            .map(|folder| folder.name.clone())
            .into_iter()
            .collect(),
        message_id: format!("<{:016x}@unipile.example>", mix(seed, u64::from(at))),
        from: Address {
            name: "Postmaster".to_owned(),
            address: "postmaster@unipile.example".to_owned(),
        },
        to: vec![Address {
            name: "Ada Martin".to_owned(),
            address: login,
        }],
        subject: Some("Your mailbox is connected".to_owned()),
        html: seed::html_of(&plain),
        plain,
        ..Mail::default()
    };
    mailbox.mails.push(welcome);
}
