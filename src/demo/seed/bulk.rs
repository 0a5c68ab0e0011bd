//! Makes up what nobody wrote by hand: more people, and conversations, from believable parts.
//!
//! Of a generated conversation only the moments of its messages are kept. What is said there follows from the seed and
//! the place, and is worked out when somebody asks, so that a million messages cost little.

use super::names;
use crate::demo::phrases::Talk;
use crate::demo::rng::{Rng, mix};
use crate::demo::world::account::Network;
use crate::demo::world::chat::{Attachment, AttachmentKind, Chat, Message, Muted, Shape};
use crate::demo::world::person::Person;
use crate::demo::world::{ME, World};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// Messages of one generated exchange.
const BLOCK: u32 = 6;

/// Adds conversations until there are so many, with so many messages in all.
pub(super) fn chats(world: &mut World, chats: usize, messages: usize) {
    let first = world.chats.len();
    let missing = chats.saturating_sub(first);
    let written: usize = world.chats.iter().map(|chat| chat.times.len()).sum();
    let mut rng = Rng::new(mix(world.seed, 0xc4a7));
    let mut crowd = Crowd::of(world);
    let mut sizes = sizes(missing, messages.saturating_sub(written));
    // The longest talks should not all be the latest ones.
    for at in (1..sizes.len()).rev() {
        sizes.swap(at, usize::try_from(rng.below(at as u64 + 1)).unwrap_or(0));
    }
    for (made, size) in sizes.into_iter().enumerate() {
        let chat = chat(world, &mut crowd, &mut rng, made, size);
        world.chats.push(chat);
    }
}

/// How many messages each of so many conversations gets: few get many, most get some, a few get none.
fn sizes(chats: usize, messages: usize) -> Vec<usize> {
    let weight = |rank: usize| 1.0 / (rank as f64 + 6.0).powf(0.8);
    let all: f64 = (0..chats).map(weight).sum();
    let mut left = messages;
    let mut sizes: Vec<usize> = (0..chats)
        .map(|rank| {
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a share of a small number"
            )]
            let share = (weight(rank) / all * messages as f64) as usize;
            let size = if rank + 1 == chats {
                0
            } else {
                share.min(left)
            };
            left -= size;
            size
        })
        .collect();
    if let Some(largest) = sizes.first_mut() {
        *largest += left;
    }
    sizes
}

fn chat(world: &mut World, crowd: &mut Crowd, rng: &mut Rng, made: usize, size: usize) -> Chat {
    let account = pick_account(world, rng);
    let network = world
        .accounts
        .get(account as usize)
        .map_or(Network::Whatsapp, |account| account.network);
    let group = rng.chance(14);
    let members: Vec<u32> = if group {
        let mut members: Vec<u32> = (0..3 + rng.below(6))
            .map(|_| crowd.anybody(world, network, rng))
            .collect();
        members.sort_unstable();
        members.dedup();
        members
    } else {
        vec![crowd.somebody_new(world, account, network, rng)]
    };
    let lang = members
        .first()
        .and_then(|at| world.person(*at))
        .map_or("en", |person| language(world, person));
    let mut chat = Chat {
        account,
        shape: if members.len() > 1 {
            Shape::Group
        } else {
            Shape::Single
        },
        lang: if group {
            "en".to_owned()
        } else {
            lang.to_owned()
        },
        name: (group && rng.chance(80)).then(|| names::group(rng)),
        members,
        muted: if rng.chance(7) {
            Muted::ForEver
        } else {
            Muted::No
        },
        archived: rng.chance(9),
        ..Chat::default()
    };
    chat.times = times(world.began, size, made, rng);
    chat.unread = if size > 0 && made % 9 == 4 {
        u32::try_from(1 + rng.below(4)).unwrap_or(1)
    } else {
        0
    };
    chat.provider_id = thread_id(world, &chat, mix(world.seed, made as u64 + 0x1000));
    chat
}

/// Moments of so many messages: exchanges of a few minutes, hours or days apart, the last one some days ago.
fn times(began: i64, size: usize, made: usize, rng: &mut Rng) -> Vec<i64> {
    let days = i64::try_from(made % 45).unwrap_or(0) * 2 / 3;
    let mut at = awake(began - days * DAY - rng.span(2 * HOUR, DAY));
    let mut times = Vec::with_capacity(size);
    for left in (0..size).rev() {
        times.push(at);
        let same_talk = left % BLOCK as usize != 0;
        at = if same_talk {
            at - rng.span(9_000, 14 * MINUTE)
        } else {
            awake(at - rng.span(3 * HOUR, 5 * DAY))
        };
    }
    times.reverse();
    times
}

/// The moment itself, or the evening before where people would be asleep.
fn awake(at: i64) -> i64 {
    if at.rem_euclid(DAY) < 7 * HOUR {
        at - 8 * HOUR
    } else {
        at
    }
}

fn pick_account(world: &World, rng: &mut Rng) -> u32 {
    let shares = [
        ("whatsapp", 30),
        ("linkedin", 25),
        ("telegram", 10),
        ("slack", 9),
        ("instagram", 8),
        ("messenger", 8),
        ("whatsapp-work", 6),
        ("x", 4),
    ];
    let mut ball = rng.below(100);
    let key = shares.iter().find(|(_, share)| {
        let hit = ball < *share;
        ball = ball.saturating_sub(*share);
        hit
    });
    let key = key.map_or("whatsapp", |(key, _)| key);
    (0_u32..)
        .zip(&world.accounts)
        .find(|(_, account)| account.key == key)
        .map_or(0, |(at, _)| at)
}

/// The language that generated talk with somebody is in.
fn language(world: &World, person: &Person) -> &'static str {
    let spoken = person.languages.first().map_or("", String::as_str);
    let code = names::LANGUAGES
        .iter()
        .find(|(name, _)| *name == spoken)
        .map_or("en", |(_, code)| code);
    if world.phrases.talk.iter().any(|talk| talk.lang == code) {
        code
    } else {
        "en"
    }
}

/// Who can still be met.
struct Crowd {
    /// People by network, in the order of the list.
    by_network: std::collections::HashMap<Network, Vec<u32>>,
    /// Who already has a conversation of their own on an account.
    met: std::collections::HashSet<(u32, u32)>,
}

impl Crowd {
    fn of(world: &World) -> Self {
        let mut by_network: std::collections::HashMap<Network, Vec<u32>> =
            std::collections::HashMap::new();
        for account in &world.accounts {
            by_network.entry(account.network).or_insert_with(|| {
                let people = (0_u32..).zip(&world.people).skip(1);
                people
                    .filter(|(_, person)| person.handle(account.network).is_some())
                    .map(|(at, _)| at)
                    .collect()
            });
        }
        let singles = world
            .chats
            .iter()
            .filter(|chat| chat.shape == Shape::Single);
        let met = singles
            .flat_map(|chat| chat.members.iter().map(|person| (chat.account, *person)))
            .collect();
        Self { by_network, met }
    }

    fn anybody(&mut self, world: &mut World, network: Network, rng: &mut Rng) -> u32 {
        let known = self
            .by_network
            .get(&network)
            .and_then(|people| rng.pick(people))
            .copied();
        known.unwrap_or_else(|| self.invent(world, network, rng))
    }

    /// Somebody without a conversation on this account; made up when all have one.
    fn somebody_new(
        &mut self,
        world: &mut World,
        account: u32,
        network: Network,
        rng: &mut Rng,
    ) -> u32 {
        for _ in 0..6 {
            let person = self.anybody(world, network, rng);
            if self.met.insert((account, person)) {
                return person;
            }
        }
        let person = self.invent(world, network, rng);
        self.met.insert((account, person));
        person
    }

    fn invent(&mut self, world: &mut World, network: Network, rng: &mut Rng) -> u32 {
        let at = u32::try_from(world.people.len()).unwrap_or(u32::MAX);
        world.people.push(names::person(at, network, rng));
        self.by_network.entry(network).or_default().push(at);
        at
    }
}

/// The thread id that a network would give to a conversation.
pub(in crate::demo) fn thread_id(world: &World, chat: &Chat, number: u64) -> String {
    let network = world
        .accounts
        .get(chat.account as usize)
        .map(|account| account.network);
    match (network, chat.shape) {
        (Some(Network::Linkedin), _) => {
            use base64::Engine as _;
            let bytes: Vec<u8> = (0..5).flat_map(|n| mix(number, n).to_be_bytes()).collect();
            format!("2-{}", base64::prelude::BASE64_STANDARD.encode(bytes))
        }
        (Some(Network::Whatsapp), Shape::Single) => {
            let person = chat.members.first().and_then(|at| world.person(*at));
            person
                .and_then(|person| person.provider_id(Network::Whatsapp))
                .unwrap_or_default()
        }
        (Some(Network::Whatsapp), _) => format!("1203{:014}@g.us", number % 100_000_000_000_000),
        (Some(Network::Slack), _) => format!("C0{:08X}", number & 0xffff_ffff),
        _ => (number % 9_000_000_000_000_000).to_string(),
    }
}

/// What is said at one place of a generated conversation.
pub(in crate::demo) fn message(world: &World, chat: u32, held: &Chat, n: u32) -> Message {
    let own = mix(mix(world.seed, u64::from(chat) + 1), u64::from(n) + 1);
    let mut rng = Rng::new(own);
    let block = mix(
        mix(world.seed, u64::from(chat) + 1),
        u64::from(n / BLOCK) << 20,
    );
    let line = (n % BLOCK) as usize;
    let at = held.times.get(n as usize).copied().unwrap_or_default();
    let (from, text) = if held.shape == Shape::Single {
        dialogue(world, held, block, line, &mut rng)
    } else {
        round(world, held, block, line, &mut rng)
    };
    let mut message = Message::said(from, at, text);
    let recent = held.times.len().saturating_sub(n as usize) <= 2;
    message.delivered = from == ME;
    message.seen = if from == ME {
        !recent || rng.chance(50)
    } else {
        n as usize + (held.unread as usize) < held.times.len()
    };
    if rng.chance(4) {
        message.attachments.push(attachment(&mut rng));
        if rng.chance(40) {
            message.text = None;
        }
    }
    if rng.chance(7) {
        let by = if from == ME {
            held.members.first().copied().unwrap_or(ME)
        } else {
            ME
        };
        message.reactions.push((
            by,
            rng.pick(&["👍", "❤️", "😂", "🙏", "🎉", "😮"])
                .copied()
                .unwrap_or("👍")
                .to_owned(),
        ));
    }
    message.edited = rng.chance(2);
    message
}

fn talks<'w>(all: &'w [Talk], lang: &str) -> Vec<&'w Talk> {
    all.iter().filter(|talk| talk.lang == lang).collect()
}

/// Two people taking turns.
fn dialogue(world: &World, held: &Chat, block: u64, line: usize, rng: &mut Rng) -> (u32, String) {
    let other = held.members.first().copied().unwrap_or(ME);
    let talks = talks(&world.phrases.talk, &held.lang);
    let mut choice = Rng::new(block);
    let said = choice.pick(&talks).and_then(|talk| talk.lines.get(line));
    let from = if line.is_multiple_of(2) { other } else { ME };
    let first = world.person(other).map_or("", Person::first);
    let text = said.map_or_else(
        || world.phrases.ack(&held.lang, rng),
        |text| world.phrases.fill(text, first, &mut choice),
    );
    (from, text)
}

/// Several people in turn.
fn round(world: &World, held: &Chat, block: u64, line: usize, rng: &mut Rng) -> (u32, String) {
    let mut talks = talks(&world.phrases.group, &held.lang);
    if talks.is_empty() {
        talks = world.phrases.group.iter().collect();
    }
    let mut choice = Rng::new(block);
    let said = choice.pick(&talks).and_then(|talk| talk.lines.get(line));
    let seats = held.members.len() + 1;
    let seat = usize::try_from(block % 97).unwrap_or(0) + line;
    let from = held.members.get(seat % seats).copied().unwrap_or(ME);
    let first = held
        .members
        .get((seat + 1) % seats)
        .and_then(|at| world.person(*at))
        .map_or("Ada", Person::first);
    let text = said.map_or_else(
        || world.phrases.ack(&held.lang, rng),
        |text| world.phrases.fill(text, first, &mut choice),
    );
    (from, text)
}

/// Files that generated messages carry.
pub(in crate::demo) const FILES: &[(AttachmentKind, &str)] = &[
    (AttachmentKind::Image, "photo-garden.jpg"),
    (AttachmentKind::Image, "IMG_2041-mountain.jpg"),
    (AttachmentKind::Image, "screenshot-dashboard.png"),
    (AttachmentKind::File, "notes.pdf"),
    (AttachmentKind::File, "offer.docx"),
    (AttachmentKind::File, "contact.vcf"),
    (AttachmentKind::Gif, "dance.gif"),
    (AttachmentKind::Sticker, "cat-sticker.webp"),
    (AttachmentKind::Voice, "voice.ogg"),
    (AttachmentKind::Video, "clip-sea.mp4"),
];

fn attachment(rng: &mut Rng) -> Attachment {
    let (kind, name) = rng.pick(FILES).cloned().unwrap_or_default();
    // A few lengths only: each is a file of its own.
    let seconds = matches!(kind, AttachmentKind::Voice | AttachmentKind::Video)
        .then(|| u32::try_from(4 + 7 * rng.below(5)).unwrap_or(4));
    Attachment {
        kind,
        name: name.to_owned(),
        seconds,
        ..Attachment::default()
    }
}
