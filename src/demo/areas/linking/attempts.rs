//! Attempts to link an account, from the first checkpoint to the last.
//!
//! One attempt runs at a time for each network: the same login again must wait for it (425), another login or a new
//! QR code takes its place, and then the old one answers 409. After five minutes it is too late (408).

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::request::Login;
use super::{finish, hooks, linked, pages};
use crate::demo::ask::Ask;
use crate::demo::ids::Kind;
use crate::demo::problem::Problem;
use crate::demo::reply::Reply;
use crate::demo::world::World;
use crate::demo::world::account::Network;
use crate::demo::world::plan::{Plan, What};

/// How long an attempt lives.
const LIFE: i64 = 5 * 60_000;
/// How long it is remembered afterwards, so that it can say what became of it.
const MEMORY: i64 = 60 * 60_000;
/// Between two codes.
const RESEND: i64 = 30_000;
/// How long the owner takes to reach for the phone.
const APPROVAL: i64 = 20_000;
/// Wrong codes after which an attempt is over.
const TRIES: u8 = 3;
/// The code that every attempt waits for.
pub(super) const CODE: &str = "123456";
/// What solves a captcha.
pub(super) const CAPTCHA: &str = "human";
/// Recruiter contracts to choose from.
pub(super) const CONTRACTS: [(&str, &str); 2] = [
    ("512001", "Nuvem Recruiter"),
    ("512002", "Atelier Martin Recruiter Lite"),
];

/// One attempt.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Attempt {
    number: u32,
    /// Place of the account that it is for; before it is linked, that place is only kept.
    pub(super) account: u32,
    again: bool,
    login: Login,
    pub(super) step: Step,
    started: i64,
    /// When the last code was sent.
    sent: i64,
    wrong: u8,
    fate: Fate,
}

/// What an attempt waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Step {
    QrCode,
    Code { by_sms: bool },
    Otp,
    InApp,
    Phone,
    Captcha,
    Contract,
}

/// What became of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Fate {
    Waits,
    Superseded,
    Linked,
}

impl Attempt {
    /// Whether it still waits; otherwise why not.
    fn alive(&self, now: i64) -> Result<(), Problem> {
        match self.fate {
            Fate::Superseded => {
                let canceled = Problem::new(409, "resource_already_used", "Canceled attempt");
                Err(canceled.because("A newer attempt took the place of this one."))
            }
            Fate::Waits if now >= self.started + LIFE => {
                let late = Problem::new(408, "request_timeout", "Request timeout");
                Err(late.because("The attempt lived five minutes. Start again."))
            }
            Fate::Waits | Fate::Linked => Ok(()),
        }
    }

    fn wire(&self, world: &World, origin: &str) -> Value {
        let id = world.account_id(self.account);
        match self.step {
            Step::QrCode if self.login.who.is_empty() => {
                json!({"type": "QRCODE", "qrcode": format!("{origin}/demo/approve/{id}")})
            }
            Step::QrCode => json!({"type": "QRCODE", "qrcode": pairing_code(&id)}),
            Step::Code { by_sms } => {
                json!({"type": "2FA", "source": if by_sms { "SMS" } else { "APP" }})
            }
            Step::Otp => json!({"type": "OTP"}),
            Step::InApp => json!({"type": "IN_APP_VALIDATION"}),
            Step::Phone => json!({"type": "PHONE_REGISTER"}),
            Step::Captcha => {
                json!({"type": "CAPTCHA", "public_key": "DEMO-PUBLIC-KEY", "data": id})
            }
            Step::Contract => {
                let options = CONTRACTS.map(|(id, name)| json!({"id": id, "name": name}));
                json!({"type": "CONTRACT_CHOOSER", "contract_options": options})
            }
        }
    }
}

/// What is typed on the phone when a number is paired instead of a code scanned.
fn pairing_code(id: &str) -> String {
    let letters: Vec<char> = id
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let part = |from: usize| letters.iter().skip(from).take(4).collect::<String>();
    format!("{}-{}", part(0), part(4))
}

/// Refuses a second attempt for the same login; lets one for another take the place of what waits.
pub(super) fn make_way(world: &mut World, login: &Login) -> Result<(), Problem> {
    let now = world.now;
    let attempts = &mut world.links.attempts;
    attempts.retain(|attempt| now < attempt.started + MEMORY);
    let waiting = attempts.iter_mut().filter(|attempt| {
        attempt.login.network == login.network
            && attempt.fate == Fate::Waits
            && attempt.alive(now).is_ok()
    });
    for attempt in waiting {
        if attempt.login.who == login.who && login.step != Some(Step::QrCode) {
            let busy = Problem::new(425, "auth_in_progress", "Authentication in progress");
            return Err(busy.because("An attempt with this login waits for its checkpoint."));
        }
        attempt.fate = Fate::Superseded;
    }
    Ok(())
}

/// Starts an attempt and gives its first checkpoint.
pub(super) fn start(
    world: &mut World,
    origin: &str,
    account: u32,
    again: bool,
    login: Login,
    step: Step,
) -> Reply {
    world.links.started += 1;
    let attempt = Attempt {
        number: world.links.started,
        account,
        again,
        login,
        step,
        started: world.now,
        sent: world.now,
        wrong: 0,
        fate: Fate::Waits,
    };
    if matches!(step, Step::QrCode | Step::InApp) {
        let what = What::Approve {
            attempt: attempt.number,
        };
        let due = world.now + APPROVAL;
        world.plans.push(Plan { due, what });
    }
    let reply = required(world, origin, &attempt);
    world.links.attempts.push(attempt);
    world.version += 1;
    reply
}

fn required(world: &World, origin: &str, attempt: &Attempt) -> Reply {
    let id = world.account_id(attempt.account);
    let checkpoint = attempt.wire(world, origin);
    Reply::with_status(
        202,
        json!({"object": "Checkpoint", "account_id": id, "checkpoint": checkpoint}),
    )
}

/// The newest attempt for an account id, and its place.
fn find(world: &World, id: &str) -> Result<(usize, Attempt), Problem> {
    let unknown = || Problem::not_found("attempt");
    let (account, _) = world.ids().read(Kind::Account, id).ok_or_else(unknown)?;
    let attempts = &world.links.attempts;
    let place = attempts
        .iter()
        .rposition(|attempt| attempt.account == account)
        .ok_or_else(unknown)?;
    let attempt = attempts.get(place).cloned().ok_or_else(unknown)?;
    Ok((place, attempt))
}

/// Finds the attempt that a body names, of one of the networks that have such a route.
fn asked(world: &World, ask: &Ask, offered: &[Network]) -> Result<(usize, Attempt), Problem> {
    let provider = ask.need_text("provider")?;
    let network = offered
        .iter()
        .find(|network| network.word() == provider)
        .ok_or_else(|| Problem::invalid("`provider` has no checkpoints of this kind."))?;
    let (place, attempt) = find(world, &ask.need_text("account_id")?)?;
    if attempt.login.network != *network {
        return Err(Problem::invalid(
            "`provider` is not the one of this attempt.",
        ));
    }
    attempt.alive(world.now)?;
    Ok((place, attempt))
}

pub(in crate::demo) fn solve(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let code = ask.need_text("code")?;
    let (place, mut attempt) = asked(
        world,
        ask,
        &[
            Network::Linkedin,
            Network::Instagram,
            Network::Twitter,
            Network::Messenger,
        ],
    )?;
    if attempt.fate == Fate::Linked {
        return Ok(linked(world, attempt.account, attempt.again));
    }
    let next = match attempt.step {
        Step::InApp if code == "TRY_ANOTHER_WAY" => Next::Step(Step::Code { by_sms: true }),
        Step::InApp => Next::Step(Step::InApp),
        Step::Phone if is_phone(&code) => Next::Step(Step::Otp),
        Step::Code { .. } | Step::Otp if code == CODE => Next::Done,
        Step::Captcha if code == CAPTCHA => Next::Done,
        Step::Contract if CONTRACTS.iter().any(|(id, _)| *id == code) => {
            let made_with = &mut attempt.login.made_with;
            made_with.insert("recruiter_contract_id".into(), code.into());
            Next::Done
        }
        _ => Next::Wrong,
    };
    match next {
        Next::Done => {
            attempt.fate = Fate::Linked;
            put(world, place, attempt.clone());
            finish(world, attempt.account, attempt.again, &attempt.login);
            Ok(linked(world, attempt.account, attempt.again))
        }
        Next::Step(step) => {
            if step != attempt.step {
                attempt.step = step;
                attempt.sent = world.now;
            }
            let reply = required(world, &ask.origin, &attempt);
            put(world, place, attempt);
            Ok(reply)
        }
        Next::Wrong => Err(wrong(world, place, attempt)),
    }
}

/// What follows from an answer to a checkpoint.
enum Next {
    Done,
    Step(Step),
    Wrong,
}

/// Counts a wrong code; the last one ends the attempt.
fn wrong(world: &mut World, place: usize, mut attempt: Attempt) -> Problem {
    attempt.wrong += 1;
    if attempt.wrong < TRIES {
        put(world, place, attempt);
        let slug = "invalid_checkpoint_solution";
        return Problem::new(401, slug, "Invalid checkpoint solution")
            .because("The code is wrong. Try again.");
    }
    world.links.attempts.remove(place);
    world.version += 1;
    if !attempt.again {
        hooks::account(world, attempt.account, "creation_fail");
    }
    Problem::new(401, "checkpoint_error", "Checkpoint error")
        .because("Too many wrong codes. Start again.")
}

fn put(world: &mut World, place: usize, attempt: Attempt) {
    world.version += 1;
    if let Some(slot) = world.links.attempts.get_mut(place) {
        *slot = attempt;
    }
}

/// A phone number with its country prefix in brackets, such as `(+33)600000001`.
fn is_phone(text: &str) -> bool {
    let parts = text
        .strip_prefix("(+")
        .and_then(|rest| rest.split_once(')'));
    parts.is_some_and(|(prefix, number)| {
        let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
        (1..=3).contains(&prefix.len())
            && digits(prefix)
            && (4..=14).contains(&number.len())
            && digits(number)
    })
}

pub(in crate::demo) fn resend(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let offered = [Network::Linkedin, Network::Instagram, Network::Messenger];
    let (place, mut attempt) = asked(world, ask, &offered)?;
    let sends = matches!(attempt.step, Step::Code { .. } | Step::Otp);
    if attempt.fate == Fate::Linked || !sends {
        let none = Problem::refused("unprocessable_entity", "Unprocessable entity");
        return Err(none.because("This checkpoint sends no code."));
    }
    if world.now < attempt.sent + RESEND {
        let early = Problem::refused("cannot_resend_yet", "Cannot resend yet");
        return Err(early.because("Wait half a minute between two codes."));
    }
    attempt.sent = world.now;
    let id = world.account_id(attempt.account);
    put(world, place, attempt);
    Ok(Reply::ok(
        json!({"object": "CheckpointResend", "account_id": id, "success": true}),
    ))
}

/// The owner scans the code or confirms on the phone. For `What::Approve`; false when nothing waited for that.
pub(in crate::demo) fn approve(world: &mut World, attempt: u32) -> bool {
    let now = world.now;
    let waiting = world.links.attempts.iter_mut().find(|held| {
        held.number == attempt
            && held.fate == Fate::Waits
            && held.alive(now).is_ok()
            && matches!(held.step, Step::QrCode | Step::InApp)
    });
    let Some(held) = waiting else { return false };
    held.fate = Fate::Linked;
    let held = held.clone();
    finish(world, held.account, held.again, &held.login);
    true
}

/// The phone of the owner, as a page: opening it approves what waits for that, and shows codes.
pub(in crate::demo) fn approve_page(world: &mut World, ask: &Ask) -> Reply {
    let found = find(world, ask.part("account_id"))
        .and_then(|(_, attempt)| attempt.alive(world.now).map(|()| attempt));
    let attempt = match found {
        Ok(attempt) => attempt,
        Err(problem) => return pages::problem(&problem, None),
    };
    if attempt.fate == Fate::Linked || approve(world, attempt.number) {
        return pages::approved(attempt.login.network);
    }
    pages::phone(attempt.login.network, attempt.step)
}
