//! Job postings: the list, and one of them.

use serde_json::{Value, json};

use super::SERVICES;
use crate::demo::areas::acting::{self, Actor};
use crate::demo::areas::members::page;
use crate::demo::areas::messages::provider_id;
use crate::demo::ask::Ask;
use crate::demo::docs::hiring::Job;
use crate::demo::page::cut;
use crate::demo::problem::Problem;
use crate::demo::reply::Reply;
use crate::demo::world::{ME, World};

const STATES: &[&str] = &["active", "draft", "review", "closed", "paused"];

pub(in crate::demo) fn list(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let actor = acting::by_query(world, ask)?.on_linkedin()?;
    let world = &*world;
    let page = cut(ask, "jobs", 100, 100, |ask| {
        let state = ask.query("category").map(str::to_lowercase);
        if state
            .as_ref()
            .is_some_and(|state| !STATES.contains(&state.as_str()))
        {
            return Err(Problem::invalid(format!(
                "`category` must be one of {}.",
                STATES.join(", ")
            )));
        }
        let mut found: Vec<&Job> = world
            .docs
            .hiring
            .jobs
            .iter()
            .filter(|job| state.as_ref().is_none_or(|state| state == job.state.word()))
            .collect();
        found.sort_by_key(|job| std::cmp::Reverse(job.created));
        Ok(found)
    })?;
    Ok(Reply::ok(
        page.map(|job| wire(world, actor, job))
            .counted("LinkedinJobPostingList"),
    ))
}

pub(in crate::demo) fn get(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let actor = acting::by_query(world, ask)?.on_linkedin()?;
    ask.one_of("service", SERVICES)?;
    let job = world.docs.hiring.job(ask.part("job_id"));
    let job = job.ok_or_else(|| Problem::not_found("job posting"))?;
    Ok(Reply::ok(wire(world, actor, job)))
}

/// A posting as it goes over the wire.
fn wire(world: &World, actor: Actor, job: &Job) -> Value {
    let companies = &world.docs.companies;
    let company = companies.0.get(&job.company);
    let days = job.published.map_or(0, |at| {
        let end = job.closed.unwrap_or(world.now);
        u64::try_from((end - at) / 86_400_000).unwrap_or(0)
    });
    let questions = job
        .screening
        .iter()
        .map(|one| json!({"question": one.question, "favorableAnswers": one.favorable}));
    let mut out = json!({
        "object": "LinkedinJobPosting",
        "id": job.id,
        "state": job.state.word(),
        "title": job.title,
        "description": job.description,
        "company": company.map_or(job.company.as_str(), |company| &company.name),
        "location": job.location,
        "applicants_counter": job.applicants.len(),
        "views_counter": job.views,
        "cost": job.daily_cost * days,
        "created_at": job.created,
        "screening_questions": questions.collect::<Vec<_>>(),
        "hiring_team": team(world, actor),
        "workplace": job.workplace,
        "seniority": job.seniority,
        "skills": job.skills,
        "functions": ["Engineering"],
        "industries": company.map(|company| company.industry.clone()).unwrap_or_default(),
    });
    let Some(fields) = out.as_object_mut() else {
        return out;
    };
    if let Some(company) = company {
        fields.insert("company_id".into(), company.id.as_str().into());
    }
    if !job.salary.is_empty() {
        fields.insert("salary".into(), job.salary.as_str().into());
    }
    if let Some(at) = job.published {
        fields.insert("published_at".into(), at.into());
    }
    if let Some(at) = job.closed {
        fields.insert("closed_at".into(), at.into());
    }
    out
}

/// The owner and the recruiter who helps.
fn team(world: &World, actor: Actor) -> Vec<Value> {
    let recruiter = world.person_by_key("fatou");
    let team = [Some(ME), recruiter].into_iter().flatten();
    team.filter_map(|at| {
        let person = world.person(at)?;
        Some(json!({
            "name": person.name,
            "provider_id": provider_id(world, actor.at, at),
            "public_identifier": person.linkedin,
            "profile_url": page(person).unwrap_or_default(),
            "can_send_free_inmail": at != ME,
        }))
    })
    .collect()
}
