//! What makes the world live: answers, read marks, reactions, new messages and mails at human intervals.
//!
//! Everything that is going to happen is a `Plan` with its moment. `advance` lets happen what is due; whoever turns the
//! clock calls it. So a test can let an hour pass at once, and the same seed lives the same hour again.

use super::areas::{accounts, emails, hooks, linking, users};
use super::rng::Rng;
use super::world::account::Status;
use super::world::chat::{Message, Shape};
use super::world::plan::{Plan, What};
use super::world::{ME, World};

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;

/// Lets the world begin to live: from now on things happen by themselves.
pub(super) fn begin(world: &mut World) {
    if world
        .plans
        .iter()
        .any(|plan| matches!(plan.what, What::Stir))
    {
        return;
    }
    plan(world, 6 * SECOND, What::Stir);
    let at = |key: &str| {
        (0_u32..)
            .zip(&world.accounts)
            .find(|(_, account)| account.key == key)
            .map(|(at, _)| at)
    };
    let (x, telegram) = (at("x"), at("telegram"));
    if let Some(account) = x {
        plan(world, 45 * SECOND, What::Connect { account });
    }
    if let Some(account) = telegram {
        plan(world, 9 * MINUTE, What::Drop { account });
    }
}

/// Lets happen what is due.
pub(super) fn advance(world: &mut World) {
    // A plan may lead to another that is due as well; a bound keeps a jump of years from taking for ever.
    for _ in 0..10_000 {
        let due = (0..)
            .zip(&world.plans)
            .filter(|(_, plan)| plan.due <= world.now)
            .min_by_key(|(_, plan)| plan.due);
        let Some(at) = due.map(|(at, _): (usize, _)| at) else {
            return;
        };
        let plan = world.plans.remove(at);
        happen(world, plan);
    }
}

fn plan(world: &mut World, wait: i64, what: What) {
    let due = world.now + wait;
    world.plans.push(Plan { due, what });
    world.version += 1;
}

fn happen(world: &mut World, plan: Plan) {
    match plan.what {
        What::Deliver { chat, n } => {
            if let Some(message) = world.message_mut(chat, n) {
                message.delivered = true;
                hooks::message(world, "message_delivered", chat, n);
            }
        }
        What::Read { chat, n } => {
            let by = world
                .chats
                .get(chat as usize)
                .and_then(|chat| chat.members.first().copied())
                .unwrap_or(ME);
            if let Some(message) = world.message_mut(chat, n) {
                (message.delivered, message.seen) = (true, true);
                hooks::read(world, chat, n, by);
            }
        }
        What::Say { chat, message } => receive(world, chat, message),
        What::React { chat, n, by, emoji } => {
            if let Some(message) = world.message_mut(chat, n) {
                message.reactions.retain(|(who, _)| *who != by);
                message.reactions.push((by, emoji.clone()));
                hooks::reaction(world, chat, n, by, &emoji);
            }
        }
        What::Stir => stir(world),
        What::AnswerMail { mailbox, n } => answer_mail(world, mailbox as usize, n as usize),
        What::Open { mailbox, n } => emails::opened(world, mailbox as usize, n as usize),
        What::Connect { account } => accounts::connected(world, account),
        What::Drop { account } => set_status(world, account, Status::Credentials, "credentials"),
        What::Approve { attempt } => {
            linking::approve(world, attempt);
        }
        What::Accept { invitation } => users::accepted(world, &invitation),
    }
}

fn set_status(world: &mut World, at: u32, status: Status, event: &'static str) {
    if let Some(account) = world
        .accounts
        .get_mut(at as usize)
        .filter(|account| !account.gone && account.status != status)
    {
        account.status = status;
        world.version += 1;
        hooks::account(world, at, event);
    }
}

/// Somebody writes.
fn receive(world: &mut World, chat: u32, mut message: Message) {
    if !is_reachable(world, chat) {
        return;
    }
    message.at = world.tick();
    let own = message.from == ME;
    let Some(n) = world.push_message(chat, message) else {
        return;
    };
    if let (false, Some(held)) = (own, world.chats.get_mut(chat as usize)) {
        held.unread += 1;
    }
    hooks::message(world, "message_received", chat, n);
}

fn is_reachable(world: &World, chat: u32) -> bool {
    let held = world.chats.get(chat as usize).filter(|chat| !chat.gone);
    let account = held.and_then(|chat| world.accounts.get(chat.account as usize));
    account.is_some_and(|account| !account.gone && account.status == Status::Ok)
}

/// Sets in motion what follows from a message of the owner.
pub(super) fn after_sending(world: &mut World, chat: u32, n: u32) {
    let mut dice = world.dice();
    let Some(held) = world.chats.get(chat as usize) else {
        return;
    };
    let group = held.shape != Shape::Single;
    let length = world
        .message(chat, n)
        .and_then(|message| message.text)
        .map_or(0, |text| text.len());
    // Pages of companies are read by nobody in particular.
    let alone = held.members.is_empty();
    let reading = SECOND * 2 + i64::try_from(length.min(600)).unwrap_or(0) * 12;
    plan(
        world,
        dice.span(SECOND / 2, 2 * SECOND),
        What::Deliver { chat, n },
    );
    if alone {
        return;
    }
    let read = reading + dice.span(2 * SECOND, 9 * SECOND);
    plan(world, read, What::Read { chat, n });
    if dice.chance(18) {
        let by = somebody(world, chat, &mut dice);
        let emoji = dice
            .pick(&["👍", "❤️", "😂", "🙏", "🎉"])
            .copied()
            .unwrap_or("👍")
            .to_owned();
        plan(
            world,
            read + dice.span(SECOND, 6 * SECOND),
            What::React { chat, n, by, emoji },
        );
    }
    if dice.chance(if group { 55 } else { 90 }) {
        let message = answer(world, chat, &mut dice);
        plan(
            world,
            read + dice.span(4 * SECOND, 22 * SECOND),
            What::Say { chat, message },
        );
    }
}

fn somebody(world: &World, chat: u32, dice: &mut Rng) -> u32 {
    let members = world
        .chats
        .get(chat as usize)
        .map(|chat| chat.members.as_slice())
        .unwrap_or_default();
    dice.pick(members).copied().unwrap_or(ME)
}

/// What somebody says next in a conversation: what was written for it, else something short in its language.
fn answer(world: &mut World, chat: u32, dice: &mut Rng) -> Message {
    if let Some((_, message)) = world
        .chats
        .get_mut(chat as usize)
        .and_then(|chat| chat.later.pop_front())
    {
        return message;
    }
    let from = somebody(world, chat, dice);
    let lang = language(world, chat, from);
    Message::said(from, 0, world.phrases.ack(lang, dice))
}

/// The language of a conversation: its own, or the first one of somebody in it.
fn language(world: &World, chat: u32, person: u32) -> &'static str {
    let held = world
        .chats
        .get(chat as usize)
        .map_or("", |chat| chat.lang.as_str());
    let spoken = world
        .person(person)
        .and_then(|person| person.languages.first())
        .map_or("", String::as_str);
    super::seed::LANGUAGES
        .iter()
        .find(|(name, code)| *code == held || *name == spoken)
        .map_or("en", |(_, code)| code)
}

/// Something happens by itself, and the next thing is planned.
fn stir(world: &mut World) {
    let mut dice = world.dice();
    if dice.chance(22) {
        new_mail(world, &mut dice);
    } else {
        new_message(world, &mut dice);
    }
    // Human, and yet nobody who looks should wait for half a minute.
    let wait = dice.span(5 * SECOND, 27 * SECOND);
    plan(world, wait, What::Stir);
}

fn new_message(world: &mut World, dice: &mut Rng) {
    let reachable: Vec<u32> = (0_u32..)
        .zip(&world.chats)
        .filter(|(at, chat)| {
            !chat.members.is_empty()
                && chat.read_only == 0
                && !chat.archived
                && is_reachable(world, *at)
        })
        .map(|(at, _)| at)
        .collect();
    let written: Vec<u32> = reachable
        .iter()
        .copied()
        .filter(|at| {
            world
                .chats
                .get(*at as usize)
                .is_some_and(|chat| !chat.later.is_empty())
        })
        .collect();
    let Some(chat) = dice
        .pick(if written.is_empty() {
            &reachable
        } else {
            &written
        })
        .copied()
    else {
        return;
    };
    let message = answer(world, chat, dice);
    let follow = dice.chance(35)
        && world
            .chats
            .get(chat as usize)
            .is_some_and(|chat| !chat.later.is_empty());
    receive(world, chat, message);
    if follow {
        let next = answer(world, chat, dice);
        plan(
            world,
            dice.span(3 * SECOND, 9 * SECOND),
            What::Say {
                chat,
                message: next,
            },
        );
    }
}

fn new_mail(world: &mut World, dice: &mut Rng) {
    let boxes: Vec<usize> = (0..)
        .zip(&world.mailboxes)
        .filter(|(_, mailbox)| {
            world
                .accounts
                .get(mailbox.account as usize)
                .is_some_and(|account| account.status == Status::Ok && !account.gone)
        })
        .map(|(at, _)| at)
        .collect();
    let waiting: Vec<usize> = boxes
        .iter()
        .copied()
        .filter(|at| {
            world
                .mailboxes
                .get(*at)
                .is_some_and(|mailbox| !mailbox.later.is_empty())
        })
        .collect();
    if dice.chance(8) {
        if let Some(at) = dice.pick(&boxes).copied() {
            emails::begun_elsewhere(world, at, dice);
        }
    } else if let Some(at) = dice.pick(&waiting).copied() {
        if let Some(mail) = world
            .mailboxes
            .get_mut(at)
            .and_then(|mailbox| mailbox.later.pop_front())
        {
            emails::receive(world, at, mail);
        }
    } else if let Some(at) = dice.pick(&boxes).copied() {
        emails::receive_any(world, at, dice);
    }
}

/// Sets in motion what follows from a mail of the owner.
pub(super) fn after_mail(world: &mut World, mailbox: usize, n: usize, tracked: bool) {
    let mut dice = world.dice();
    let (Ok(mailbox), Ok(n)) = (u32::try_from(mailbox), u32::try_from(n)) else {
        return;
    };
    if tracked {
        plan(
            world,
            dice.span(20 * SECOND, 3 * MINUTE),
            What::Open { mailbox, n },
        );
    }
    if dice.chance(70) {
        plan(
            world,
            dice.span(40 * SECOND, 4 * MINUTE),
            What::AnswerMail { mailbox, n },
        );
    }
}

fn answer_mail(world: &mut World, mailbox: usize, n: usize) {
    let mut dice = world.dice();
    emails::answered(world, mailbox, n, &mut dice);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::super::areas::stage::{account, at, body, fits, form, get_json, pass, world};
    use super::super::areas::{calendars, emails, messages};
    use super::*;

    /// The payload that the contract gives to a source.
    fn schema(source: &str) -> &'static str {
        match source {
            "messaging" => "MessageWebhookPayload",
            "email" => "EmailWebhookPayload",
            "email_tracking" => "EmailTrackingWebhookPayload",
            "account_status" => "AccountStatusWebhookPayload",
            "calendar_event" => "CalendarEventWebhookPayload",
            _ => "NewRelationWebhookPayload",
        }
    }

    #[test]
    fn an_hour_is_lively_and_every_event_of_it_is_what_the_contract_says() {
        let mut world = world();
        begin(&mut world);
        let (gmail, whatsapp) = (account(&world, "gmail"), account(&world, "whatsapp"));
        let to = json!([{"identifier": "lea.fontaine@nuvem.example"}]).to_string();
        let mail = form(&[
            ("account_id", &gmail),
            ("to", &to),
            ("body", "<p>Hi</p>"),
            ("tracking_options", r#"{"opens": true}"#),
        ]);
        get_json(emails::send(&mut world, &mail));
        let chat = (0..).zip(&world.chats).find(|(_, chat)| {
            world.account_id(chat.account) == whatsapp && chat.read_only == 0 && !chat.gone
        });
        let chat = world.chat_id(chat.unwrap().0);
        get_json(messages::send(
            &mut world,
            &at("chat_id", &chat, form(&[("text", "Hello?")])),
        ));
        let lunch = json!({
            "title": "Lunch",
            "start": {"date": "2026-12-01"},
            "end": {"date": "2026-12-02"},
            "attendees": [],
        });
        let calendar = [
            ("calendar_id", "ada@nuvem.example"),
            ("account_id", gmail.as_str()),
        ];
        get_json(calendars::create(&mut world, &body(&calendar, lunch)));
        let mut seen = BTreeSet::new();
        for _ in 0..360 {
            pass(&mut world, 10 * SECOND);
            for event in std::mem::take(&mut world.events) {
                fits(schema(event.source), &event.payload);
                seen.insert((event.source, event.event));
            }
        }
        for expected in [
            ("messaging", "message_received"),
            ("messaging", "message_delivered"),
            ("messaging", "message_read"),
            ("email", "mail_received"),
            ("email", "mail_sent"),
            ("email_tracking", "mail_opened"),
            ("account_status", "ok"),
            ("account_status", "credentials"),
            ("calendar_event", "calendar_event_created"),
        ] {
            assert!(
                seen.contains(&expected),
                "no {expected:?} in an hour: {seen:?}"
            );
        }
    }
}
