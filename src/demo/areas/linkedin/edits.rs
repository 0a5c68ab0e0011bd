//! The life of a job posting: draft, check, publication, edits, end.

use serde_json::{Value, json};

use super::SERVICES;
use crate::demo::areas::acting;
use crate::demo::ask::Ask;
use crate::demo::docs::hiring::{Check, Job, Question, State};
use crate::demo::problem::Problem;
use crate::demo::reply::Reply;
use crate::demo::world::World;

/// The code that LinkedIn sends before the first publication of a posting.
const CODE: &str = "123456";

const PLACES: &[&str] = &["ON_SITE", "HYBRID", "REMOTE"];
const KINDS: &[&str] = &[
    "FULL_TIME",
    "PART_TIME",
    "CONTRACT",
    "TEMPORARY",
    "OTHER",
    "VOLUNTEER",
    "INTERNSHIP",
];

pub(in crate::demo) fn create(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    acting::by_body(world, ask)?.on_linkedin()?;
    for name in [
        "job_title",
        "company",
        "workplace",
        "location",
        "description",
    ] {
        if ask.field(name).is_none() {
            return Err(Problem::missing(name));
        }
    }
    let mut job = Job {
        id: world.docs.hiring.next_id(world.seed),
        employment: "FULL_TIME".to_owned(),
        ..Job::default()
    };
    fill(world, &mut job, ask)?;
    job.created = world.tick();
    let id = job.id.clone();
    world.docs.hiring.jobs.push(job);
    Ok(Reply::ok(json!({
        "object": "LinkedinJobPostingDraftCreated",
        "job_id": id,
        "publish_options": {
            "free": {"eligible": true, "estimated_monthly_applicants": 12},
            "promoted": {
                "estimated_monthly_applicants": 48,
                "currency": "EUR",
                "daily_budget": {"min": 6, "max": 300, "recommended": 18},
                "monthly_budget": {"min": 180, "max": 9000, "recommended": 540},
            },
        },
    })))
}

/// Puts the fields of a body into a posting; those that are not there stay as they are.
fn fill(world: &World, job: &mut Job, ask: &Ask) -> Result<(), Problem> {
    if let Some(title) = named(world, ask, "job_title", "JOB_TITLE")? {
        job.title = title;
    }
    if let Some(name) = named(world, ask, "company", "COMPANY")? {
        let known = world.docs.companies.named(&name);
        job.company = known.map_or(name, |company| company.slug.clone());
    }
    if let Some(id) = ask.text("location")? {
        let known = world.docs.circle.parameters.get("LOCATION");
        let found = known.and_then(|items| items.iter().find(|item| item.id == id));
        let found = found.ok_or_else(|| {
            Problem::invalid("`location` must be the id of a location from the parameters.")
        })?;
        job.location.clone_from(&found.title);
    }
    for (name, words, slot) in [
        ("workplace", PLACES, &mut job.workplace),
        ("employment_status", KINDS, &mut job.employment),
    ] {
        if let Some(word) = ask.text(name)? {
            if !words.contains(&word.as_str()) {
                return Err(Problem::invalid(format!(
                    "`{name}` must be one of {}.",
                    words.join(", ")
                )));
            }
            *slot = word;
        }
    }
    if let Some(text) = ask.text("description")? {
        job.description = text;
    }
    if let Some(questions) = ask.field("screening_questions") {
        job.screening = read_questions(&questions)?;
    }
    for name in ["apply_method", "recruiter"] {
        if ask.field(name).is_some_and(|value| !value.is_object()) {
            return Err(Problem::invalid(format!("`{name}` must be an object.")));
        }
    }
    ask.text("auto_rejection_template")?;
    Ok(())
}

/// The title of `{id}` or `{text}`.
fn named(world: &World, ask: &Ask, name: &str, kind: &str) -> Result<Option<String>, Problem> {
    let Some(value) = ask.field(name) else {
        return Ok(None);
    };
    let part = |key: &str| value.get(key).and_then(Value::as_str);
    if let Some(id) = part("id") {
        let known = world.docs.circle.parameters.get(kind);
        let found = known.and_then(|items| items.iter().find(|item| item.id == id));
        return found
            .map(|item| Some(item.title.clone()))
            .ok_or_else(|| Problem::invalid(format!("`{name}.id` is not known.")));
    }
    let text = part("text").filter(|text| !text.is_empty());
    text.map(|text| Some(text.to_owned()))
        .ok_or_else(|| Problem::invalid(format!("`{name}` must hold `id` or `text`.")))
}

fn read_questions(value: &Value) -> Result<Vec<Question>, Problem> {
    let wrong = || Problem::invalid("`screening_questions` must be a list of objects.");
    let items = value.as_array().ok_or_else(wrong)?;
    items
        .iter()
        .map(|item| {
            let fields = item.as_object().ok_or_else(wrong)?;
            // The contract leaves the names open; these are the ones that answers use.
            let text = ["question", "text", "title"]
                .iter()
                .find_map(|name| fields.get(*name)?.as_str());
            let favorable = ["favorableAnswers", "favorable_answers"]
                .iter()
                .find_map(|name| fields.get(*name)?.as_array());
            Ok(Question {
                question: text.unwrap_or_default().to_owned(),
                favorable: favorable
                    .into_iter()
                    .flatten()
                    .filter_map(Value::as_str)
                    .map(str::to_owned)
                    .collect(),
            })
        })
        .collect()
}

pub(in crate::demo) fn edit(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    acting::by_body(world, ask)?.on_linkedin()?;
    let job = world.docs.hiring.job(ask.part("job_id")).cloned();
    let mut job = job.ok_or_else(|| Problem::not_found("job posting"))?;
    if job.state == State::Closed {
        return Err(invalid("A closed posting cannot be edited."));
    }
    fill(world, &mut job, ask)?;
    world.tick();
    let id = job.id.clone();
    if let Some(held) = world.docs.hiring.job_mut(&id) {
        *held = job;
    }
    Ok(Reply::ok(
        json!({"object": "LinkedinJobPostingEdited", "job_id": id}),
    ))
}

fn invalid(why: &str) -> Problem {
    Problem::refused("invalid_post", "Invalid post").because(why)
}

/// Publishes a draft. LinkedIn asks for a code first, once for each posting.
pub(in crate::demo) fn publish(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    if ask.text("account_id")?.is_some() || ask.query("account_id").is_some() {
        acting::by_body(world, ask)?.on_linkedin()?;
    }
    let promoted = match ask.need_text("mode")?.as_str() {
        "FREE" => false,
        "PROMOTED" => true,
        _ => return Err(Problem::invalid("`mode` must be FREE or PROMOTED.")),
    };
    if ask
        .text("service")?
        .is_some_and(|word| !SERVICES.contains(&word.as_str()))
    {
        return Err(Problem::invalid("`service` must be CLASSIC or RECRUITER."));
    }
    let cost = match (promoted, ask.field("budget")) {
        (false, _) => 0,
        (true, None) => return Err(Problem::missing("budget")),
        (true, Some(budget)) => daily(&budget),
    };
    let now = world.tick();
    let id = ask.part("draft_id");
    let job = world.docs.hiring.job_mut(id);
    let job = job.ok_or_else(|| Problem::not_found("job posting"))?;
    match job.state {
        State::Closed => return Err(invalid("A closed posting cannot be published again.")),
        // A second call after the check finds the work done.
        State::Active => return Ok(published(id)),
        State::Draft | State::Review | State::Paused => {}
    }
    job.daily_cost = cost;
    if job.check == Check::Solved {
        show(job, now);
        return Ok(published(id));
    }
    job.check = Check::Asked;
    Ok(Reply::ok(json!({
        "object": "Checkpoint",
        "job_id": id,
        "checkpoint": {"type": "OTP", "source": "EMAIL"},
    })))
}

/// What a day of promotion costs, as far as the budget says it in a form that is understood.
fn daily(budget: &Value) -> u64 {
    ["amount", "value", "daily"]
        .iter()
        .find_map(|name| budget.get(*name)?.as_f64())
        .filter(|amount| (0.0..100_000.0).contains(amount))
        .map_or(18, |amount| {
            format!("{amount:.0}").parse().unwrap_or_default()
        })
}

fn show(job: &mut Job, now: i64) {
    job.state = State::Active;
    job.published = Some(job.published.unwrap_or(now));
}

fn published(id: &str) -> Reply {
    Reply::ok(json!({"object": "LinkedinJobPostingPublished", "job_state": "active", "job_id": id}))
}

/// Takes the code and publishes what waited for it.
pub(in crate::demo) fn solve(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    acting::by_body(world, ask)?.on_linkedin()?;
    let code = ask.need_text("input")?;
    let now = world.tick();
    let job = world.docs.hiring.job_mut(ask.part("draft_id"));
    let job = job.ok_or_else(|| Problem::not_found("job posting"))?;
    if job.check != Check::Asked {
        return Err(invalid("Nothing is asked of this posting."));
    }
    if code.trim() != CODE {
        return Err(Problem::new(
            401,
            "invalid_checkpoint_solution",
            "Invalid checkpoint solution",
        ));
    }
    job.check = Check::Solved;
    show(job, now);
    Ok(published(ask.part("draft_id")))
}

pub(in crate::demo) fn close(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    acting::by_query(world, ask)?.on_linkedin()?;
    ask.one_of("service", SERVICES)?;
    let now = world.tick();
    let id = ask.part("id");
    let job = world.docs.hiring.job_mut(id);
    let job = job.ok_or_else(|| Problem::not_found("job posting"))?;
    if matches!(job.state, State::Draft | State::Closed) {
        return Err(invalid("Only a posting that was published can be closed."));
    }
    job.state = State::Closed;
    job.closed = Some(now);
    Ok(Reply::ok(
        json!({"object": "LinkedinJobPostingClosed", "job_id": id}),
    ))
}
