//! What only LinkedIn has: companies, the recruiting desk, InMail credits, endorsements, search, job postings.

mod applicants;
mod company;
mod desk;
mod edits;
mod filters;
mod found_posts;
mod jobs;
mod parameters;
mod people;
mod search;

#[cfg(test)]
mod tests;

use serde_json::{Value, json};

pub(in crate::demo) use applicants::{applicant, list as applicants, resume};
pub(in crate::demo) use company::company;
pub(in crate::demo) use desk::{act_on_member, project, projects};
pub(in crate::demo) use edits::{
    close as close_job, create as create_job, edit as edit_job, publish as publish_job,
    solve as solve_checkpoint,
};
pub(in crate::demo) use jobs::{get as job, list as jobs};
pub(in crate::demo) use parameters::list as parameters;
pub(in crate::demo) use search::search;

use super::acting;
use super::members;
use super::users::endorsement_id;
use crate::demo::ask::Ask;
use crate::demo::problem::Problem;
use crate::demo::reply::Reply;
use crate::demo::world::World;

/// The page whose mailbox the owner's account reads too; the number is that of the company.
pub(super) const ORGANIZATION_URN: &str = "urn:li:organization:710001";
pub(super) const MAILBOX_URN: &str = "urn:li:fsd_profile:ACoAANuvemPageMailbox";

/// The products that a posting may belong to.
const SERVICES: &[&str] = &["CLASSIC", "RECRUITER"];

pub(super) fn inmail_credits(world: &World) -> u32 {
    world.docs.circle.premium
}

pub(super) fn spend_inmail(world: &mut World) {
    let credits = &mut world.docs.circle.premium;
    *credits = credits.saturating_sub(1);
    world.version += 1;
}

pub(in crate::demo) fn inmail_balance(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    acting::by_query(world, ask)?.on_linkedin()?;
    let circle = &world.docs.circle;
    Ok(Reply::ok(json!({
        "object": "LinkedinInmailBalance",
        "premium": circle.premium,
        "recruiter": circle.recruiter,
        "sales_navigator": null,
    })))
}

/// Answers any address of LinkedIn with an echo: there is no LinkedIn behind this server.
pub(in crate::demo) fn raw(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    acting::by_body(world, ask)?.on_linkedin()?;
    let url = ask.need_text("request_url")?;
    let host = url
        .strip_prefix("https://")
        .and_then(|rest| rest.split(['/', '?']).next());
    let home = host.is_some_and(|host| host == "linkedin.com" || host.ends_with(".linkedin.com"));
    if !home {
        return Err(Problem::new(400, "invalid_url", "Invalid URL")
            .because("`request_url` must lead to linkedin.com."));
    }
    let method = ask.text("method")?.unwrap_or_else(|| "GET".to_owned());
    if !["GET", "POST", "PUT", "PATCH", "DELETE"].contains(&method.as_str()) {
        return Err(Problem::invalid("`method` is not one that is offered."));
    }
    ask.yes("encoding")?;
    let sent = |name: &str| ask.field(name).unwrap_or(Value::Null);
    Ok(Reply::ok(json!({
        "object": "LinkedinRawData",
        "data": {
            "echo": {"url": url, "method": method, "query_params": sent("query_params"), "body": sent("body")},
            "elements": [],
            "note": "The demo world has no LinkedIn behind it.",
        },
    })))
}

pub(in crate::demo) fn endorse(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let actor = acting::by_body(world, ask)?.on_linkedin()?;
    let at = members::find(world, actor, &ask.need_text("profile_id")?)?;
    let skill = ask
        .field("skill_endorsement_id")
        .ok_or_else(|| Problem::missing("skill_endorsement_id"))?;
    let skill = skill
        .as_u64()
        .ok_or_else(|| Problem::invalid("`skill_endorsement_id` must be a number."))?;
    if members::degree(world, at) != 1 || at == crate::demo::world::ME {
        return Err(Problem::refused(
            "no_connection_with_recipient",
            "No connection with recipient",
        ));
    }
    let person = world.person(at);
    let known = person.is_some_and(|person| {
        let mut skills = person.skills.iter();
        skills.any(|name| endorsement_id(person, name) == skill)
    });
    if !known {
        return Err(Problem::not_found("skill"));
    }
    world.docs.circle.endorsed.insert((at, skill));
    world.tick();
    Ok(Reply::ok(
        json!({"object": "LinkedinProfileEndorse", "endorsed": true}),
    ))
}

/// The account has no Sales Navigator.
fn not_subscribed() -> Problem {
    Problem::new(403, "feature_not_subscribed", "Feature not subscribed")
        .because("The account has no Sales Navigator.")
}
