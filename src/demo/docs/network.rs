//! Who is connected to whom: followers, invitations, what the search can filter by, and the credits for InMails.
//! Read from `assets/demo/network.toml`.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Reader, long_number};
use crate::demo::assets::NETWORK;
use crate::demo::seed::BadText;
use crate::demo::world::World;
use crate::demo::world::account::Network;

/// The owner's circle at LinkedIn.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(in crate::demo) struct Circle {
    pub(in crate::demo) followers: Vec<u32>,
    pub(in crate::demo) following: Vec<u32>,
    pub(in crate::demo) received: Vec<Invitation>,
    pub(in crate::demo) sent: Vec<Invitation>,
    /// When those became relations who did so while the world lived.
    pub(in crate::demo) joined: BTreeMap<u32, i64>,
    /// Filters of the search, by kind.
    pub(in crate::demo) parameters: BTreeMap<String, Vec<Parameter>>,
    pub(in crate::demo) premium: u32,
    pub(in crate::demo) recruiter: u32,
    /// Skills that the owner has endorsed: whose, and the id of the skill.
    pub(in crate::demo) endorsed: BTreeSet<(u32, u64)>,
    /// What the owner wrote about themselves at other networks: headline and summary, by account.
    pub(in crate::demo) mottos: BTreeMap<u32, Motto>,
}

/// A few words about oneself.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub(in crate::demo) struct Motto {
    pub(in crate::demo) headline: Option<String>,
    pub(in crate::demo) summary: Option<String>,
    pub(in crate::demo) pictures: u32,
}

/// A connection request.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::demo) struct Invitation {
    pub(in crate::demo) id: String,
    pub(in crate::demo) account: u32,
    /// The other side.
    pub(in crate::demo) person: u32,
    pub(in crate::demo) at: i64,
    pub(in crate::demo) text: Option<String>,
    pub(in crate::demo) state: State,
    /// When it left the state of waiting.
    pub(in crate::demo) settled: Option<i64>,
}

/// What became of a connection request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::demo) enum State {
    Pending,
    Accepted,
    Declined,
    Withdrawn,
}

/// Something that the search can filter by.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::demo) struct Parameter {
    pub(in crate::demo) id: String,
    pub(in crate::demo) title: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    followers: Vec<String>,
    following: Vec<String>,
    received: Vec<TextInvitation>,
    sent: Vec<TextInvitation>,
    search: BTreeMap<String, Vec<Parameter>>,
    balance: Balance,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextInvitation {
    #[serde(alias = "by", alias = "to")]
    who: String,
    age: String,
    text: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Balance {
    premium: u32,
    recruiter: u32,
}

impl Circle {
    pub(super) fn load(world: &World) -> Result<Self, BadText> {
        let read = Reader {
            world,
            file: "network.toml",
        };
        let text: Text = toml::from_str(NETWORK).map_err(|error| read.fault("", error))?;
        let account = (0_u32..)
            .zip(&world.accounts)
            .find(|(_, account)| account.network == Network::Linkedin)
            .map_or(0, |(at, _)| at);
        let invitation = |n: u64, item: &TextInvitation| -> Result<Invitation, BadText> {
            Ok(Invitation {
                id: long_number(world.seed, n),
                account,
                person: read.person(&item.who)?,
                at: read.ago(&item.age)?,
                text: item.text.clone(),
                state: State::Pending,
                settled: None,
            })
        };
        let all = |start: u64, items: &[TextInvitation]| {
            (start..)
                .zip(items)
                .map(|(n, item)| invitation(n, item))
                .collect::<Result<Vec<_>, _>>()
        };
        Ok(Self {
            followers: read.people(&text.followers)?,
            following: read.people(&text.following)?,
            received: all(0x1000, &text.received)?,
            sent: all(0x2000, &text.sent)?,
            parameters: text.search,
            premium: text.balance.premium,
            recruiter: text.balance.recruiter,
            ..Self::default()
        })
    }

    /// An id for the next invitation that is sent.
    pub(in crate::demo) fn next_id(&self, seed: u64) -> String {
        long_number(seed, 0x2000 + self.sent.len() as u64)
    }

    /// The invitation that waits between the owner and somebody, and whether the owner sent it.
    pub(in crate::demo) fn waiting(&self, person: u32) -> Option<(&Invitation, bool)> {
        let find = |list: &'_ [Invitation]| {
            list.iter()
                .position(|item| item.person == person && item.state == State::Pending)
        };
        let sent = find(&self.sent).and_then(|at| self.sent.get(at));
        sent.map(|item| (item, true)).or_else(|| {
            find(&self.received)
                .and_then(|at| self.received.get(at))
                .map(|item| (item, false))
        })
    }
}
