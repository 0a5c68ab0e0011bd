//! The invented inbox that is measured: who writes to whom, when, and in which words. The same every time.

use jiff::Timestamp;
use onebox::model::attachment::{Attachment, AttachmentKind};
use onebox::model::chat::{Chat, ChatKind, Muted};
use onebox::model::message::{Message, Reaction};
use onebox::model::person::Attendee;

/// Accounts that share the conversations.
const ACCOUNTS: usize = 5;
/// Messages of a page, as the engine asks for history.
pub const PAGE: usize = 250;
/// The time of the newest message.
const END: i64 = 1_795_186_800_000;
/// Messages in a row that belong to one conversation.
const RUN: usize = 3;
const VOCABULARY: f64 = 20_000.0;

/// How much there is.
#[derive(Debug, Clone, Copy)]
pub struct World {
    pub chats: usize,
    pub messages: usize,
}

/// Random numbers that are the same every time.
struct Dice(u64);

impl Dice {
    fn new(seed: u64, nth: usize) -> Self {
        Self(
            seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)
                ^ (nth as u64).wrapping_mul(0xd134_2543_de82_ef95),
        )
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A rank of a vocabulary as Zipf saw them: the n-th word is there 1/n times as often as the first.
    fn rank(&mut self) -> usize {
        VOCABULARY.powf(self.part()) as usize - 1
    }
}

impl World {
    /// The chats of an account, or all those of a page's worth.
    pub fn chats(&self) -> impl Iterator<Item = Chat> + '_ {
        (0..self.chats).map(chat)
    }

    pub fn people(&self) -> impl Iterator<Item = Attendee> + '_ {
        (0..self.chats).map(attendee)
    }

    pub fn pages(&self) -> usize {
        self.messages.div_ceil(PAGE)
    }

    /// A page of one account, newest first; pages of all accounts take turns, from the newest to the oldest.
    pub fn page(&self, nth: usize) -> Vec<Message> {
        let (account, turn) = (nth % ACCOUNTS, nth / ACCOUNTS);
        let span = 5 * 365 * 24 * 3_600_000_i64;
        let step = span / (self.messages / ACCOUNTS).max(1) as i64;
        let at = |place: usize| END - (turn * PAGE + place) as i64 * step;
        (0..PAGE)
            .map(|place| self.message(account, nth * PAGE + place, at(place)))
            .collect()
    }

    /// A page of what is newer than everything.
    pub fn news(&self, nth: usize) -> Vec<Message> {
        let begin = self.messages + 10_000_000 + nth * PAGE;
        (0..PAGE)
            .map(|place| {
                let at = END + (nth * PAGE + PAGE - place) as i64 * 1_000;
                self.message(nth % ACCOUNTS, begin + place, at)
            })
            .collect()
    }

    fn message(&self, account: usize, nth: usize, at: i64) -> Message {
        // Few conversations hold most of what is said.
        let part = Dice::new(1, nth / RUN).part().powf(2.5);
        let chat = (part * (self.chats / ACCOUNTS) as f64) as usize * ACCOUNTS + account;
        let mut dice = Dice::new(2, nth);
        let own = dice.below(3) == 0;
        let group = is_group(chat);
        let sender = match (own, group) {
            (true, _) => format!("self{account}"),
            (false, false) => format!("p{chat}"),
            (false, true) => format!("p{}", (chat + dice.below(12) * ACCOUNTS) % self.chats),
        };
        let id = format!("{:016x}{nth:08x}", Dice::new(3, nth).next());
        let mut message = plain(id, account, chat, sender, own, at);
        message.text = Some(text(nth, chat, &mut dice));
        message.seen = own.then_some(true);
        if dice.below(20) == 0 {
            message.attachments.push(file(nth, &mut dice));
        }
        if dice.below(20) == 0 {
            message.reactions.push(Reaction {
                value: "👍".into(),
                sender_id: Some(format!("p{chat}").as_str().into()),
                is_sender: false,
            });
        }
        message
    }
}

fn is_group(chat: usize) -> bool {
    chat % 10 == 3
}

fn chat(nth: usize) -> Chat {
    let group = is_group(nth);
    Chat {
        id: format!("chat{nth:06}").into(),
        account_id: account(nth % ACCOUNTS).into(),
        provider: None,
        provider_id: Some(format!("{nth}@chat")),
        attendee_provider_id: (!group).then(|| format!("p{nth}").into()),
        name: group.then(|| format!("Team {}", name(nth))),
        kind: if group {
            ChatKind::Group
        } else {
            ChatKind::OneToOne
        },
        last_activity: None,
        unread_count: u64::from(nth.is_multiple_of(7)),
        archived: nth.is_multiple_of(9),
        pinned: None,
        muted: Muted::No,
        read_only: 0,
        disabled_features: vec![],
        subject: None,
        organization_id: None,
        mailbox_id: None,
        content: None,
        folders: vec![],
        last_message: None,
    }
}

fn attendee(nth: usize) -> Attendee {
    Attendee {
        id: format!("att{nth}").into(),
        account_id: account(nth % ACCOUNTS).into(),
        provider_id: format!("p{nth}").into(),
        name: name(nth),
        is_self: false,
        hidden: false,
        picture_url: None,
        profile_url: None,
        public_identifier: None,
        specifics: None,
    }
}

fn plain(id: String, of: usize, chat: usize, sender: String, own: bool, at: i64) -> Message {
    Message {
        provider_id: Some(format!("{id}@network")),
        id: id.into(),
        account_id: account(of).into(),
        chat_id: format!("chat{chat:06}").into(),
        chat_provider_id: Some(format!("{chat}@chat")),
        message_id: None,
        sender_id: Some(sender.into()),
        sender_attendee_id: None,
        text: None,
        subject: None,
        timestamp: Timestamp::from_millisecond(at).unwrap(),
        is_sender: own,
        attachments: vec![],
        reactions: vec![],
        quoted: None,
        reply_to: None,
        seen: None,
        seen_by: std::collections::BTreeMap::default(),
        delivered: Some(true),
        hidden: false,
        deleted: false,
        edited: false,
        event: None,
        behavior: None,
        replies: None,
        reply_by: vec![],
        parent: None,
        is_forwarded: Some(false),
        mentions: None,
        kind: None,
        attendee_kind: None,
        attendee_distance: None,
        sender_urn: None,
    }
}

fn file(nth: usize, dice: &mut Dice) -> Attachment {
    Attachment {
        id: format!("file{nth}").into(),
        kind: if dice.below(2) == 0 {
            let name = format!("{} {nth}.pdf", word(Tongue::English, dice.rank()));
            AttachmentKind::File { name }
        } else {
            AttachmentKind::Image {
                size: None,
                sticker: false,
            }
        },
        file_size: Some(40_000),
        unavailable: false,
        mime: Some("application/octet-stream".into()),
        url: None,
        url_expires_at: None,
    }
}

fn account(nth: usize) -> String {
    format!("account{nth}")
}

/// What the person of a chat is called.
pub fn name(nth: usize) -> String {
    const FIRST: [&str; 10] = [
        "Ada", "Léa", "Marek", "Sofia", "Yuki", "Omar", "Ines", "Jonas", "Mia", "Tomas",
    ];
    let last = word(Tongue::English, 300 + nth * 7 % 19_000);
    let (head, tail) = last.split_at(1);
    format!("{} {}{tail}", FIRST[nth % FIRST.len()], head.to_uppercase())
}

#[derive(Debug, Clone, Copy)]
enum Tongue {
    English,
    French,
    German,
    Russian,
    Japanese,
    Korean,
}

/// One in a thousand messages holds a rare word; one in a hundred is long.
fn text(nth: usize, chat: usize, dice: &mut Dice) -> String {
    let tongue = match chat % 20 {
        0..=9 => Tongue::English,
        10..=12 => Tongue::French,
        13 | 14 => Tongue::German,
        15 | 16 => Tongue::Russian,
        17 | 18 => Tongue::Japanese,
        _ => Tongue::Korean,
    };
    let length = match dice.below(100) {
        0 => 150,
        1..=9 => 30 + dice.below(40),
        10..=39 => 10 + dice.below(20),
        _ => 1 + dice.below(10),
    };
    let mut text = String::new();
    for place in 0..length {
        let apart = match tongue {
            Tongue::Japanese if place % 12 == 11 => "、",
            Tongue::Japanese => "",
            _ if place % 12 == 11 => ", ",
            _ => " ",
        };
        if place > 0 {
            text.push_str(apart);
        }
        text.push_str(&word(tongue, dice.rank()));
    }
    if nth % 20_000 == 17 {
        text.push_str(" zyzzyva");
    }
    text
}

fn word(tongue: Tongue, rank: usize) -> String {
    const COMMON: [&str; 30] = [
        "the", "to", "and", "you", "we", "is", "for", "it", "on", "meeting", "have", "that", "can",
        "with", "see", "project", "be", "tomorrow", "will", "thanks", "please", "report", "at",
        "invoice", "call", "are", "new", "team", "send", "time",
    ];
    let syllables: [&str; 16] = match tongue {
        Tongue::English if rank < COMMON.len() => return COMMON[rank].to_owned(),
        Tongue::English => [
            "ba", "con", "der", "fi", "gen", "in", "lo", "men", "pro", "ra", "sto", "ti", "ver",
            "wa", "ex", "ing",
        ],
        Tongue::French => [
            "é", "con", "ré", "tion", "la", "mê", "pré", "ou", "ça", "ment", "dé", "vi", "eux",
            "ai", "pro", "sœ",
        ],
        Tongue::German => [
            "ge", "ver", "ung", "ß", "ü", "schaft", "ein", "heit", "be", "an", "zu", "lö", "ter",
            "mä", "ken", "ar",
        ],
        Tongue::Russian => [
            "по", "при", "ре", "ста", "ние", "ко", "ми", "ле", "ва", "ёт", "ду", "со", "жи", "бы",
            "ра", "го",
        ],
        Tongue::Japanese => {
            let c = char::from_u32(0x4e00 + (rank % 2_000) as u32).unwrap();
            return c.to_string();
        }
        Tongue::Korean => [
            "가", "나", "다", "라", "마", "바", "사", "아", "자", "차", "카", "타", "파", "하",
            "고", "도",
        ],
    };
    let mut word = String::new();
    let mut rest = rank + 16;
    while rest > 0 {
        word.push_str(syllables[rest % 16]);
        rest /= 16;
    }
    word
}
