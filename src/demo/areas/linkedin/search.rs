//! The search over the people, companies, posts and jobs of the world.

use serde_json::{Map, Value, json};

use super::filters::Wanted;
use crate::demo::areas::acting::{self, Actor};
use crate::demo::ask::Ask;
use crate::demo::docs::companies::Company;
use crate::demo::docs::hiring::{Job, State};
use crate::demo::page::cut;
use crate::demo::problem::Problem;
use crate::demo::reply::Reply;
use crate::demo::world::World;

const DAY: i64 = 86_400_000;
/// LinkedIn shows no more results than this.
const MOST: usize = 1000;

pub(in crate::demo) fn search(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let actor = acting::by_query(world, ask)?.on_linkedin()?;
    let world = &*world;
    let (ask, none) = walk(ask)?;
    let request = |ask: &Ask| -> Result<Map<String, Value>, Problem> {
        let text = ask.query("request").unwrap_or("{}");
        serde_json::from_str(text).map_err(|_| Problem::invalid("The request cannot be read."))
    };
    let mut echo = Map::new();
    let page = cut(&ask, "search", 100, 10, |first| {
        let fields = request(first)?;
        echo.clone_from(&fields);
        let wanted = Wanted::read(fields)?;
        if !wanted.is_recruiter() && first.number("limit", 0, 100)?.is_some_and(|n| n > 50) {
            return Err(Problem::new(400, "limit_too_high", "Limit too high")
                .because("The classic search gives at most 50 at a time."));
        }
        let mut found = found(world, actor, &wanted)?;
        found.truncate(MOST);
        Ok(found)
    })?;
    let mut page = page;
    if none {
        page.page.clear();
        page.cursor = None;
    }
    let mut out = page.counted("LinkedinSearch");
    if let Some(fields) = out.as_object_mut() {
        fields.insert("config".into(), json!({"params": echo}));
    }
    Ok(Reply::ok(out))
}

/// Puts the body into the query, where the cursor keeps it; tells whether no results at all are asked for.
fn walk(ask: &Ask) -> Result<(Ask, bool), Problem> {
    let mut body = ask.json();
    let none = ask.number("limit", 0, 100)? == Some(0);
    let mut out = ask.clone();
    if none {
        out.query.retain(|(name, _)| name != "limit");
    }
    if let Some(cursor) = body.remove("cursor").filter(|cursor| !cursor.is_null()) {
        let cursor = cursor
            .as_str()
            .ok_or_else(|| Problem::invalid("`cursor` must be a text."))?;
        if ask.query("cursor").is_none() {
            out.query.push(("cursor".into(), cursor.to_owned()));
        }
    }
    out.query
        .push(("request".into(), Value::Object(body).to_string()));
    Ok((out, none))
}

fn found(world: &World, actor: Actor, wanted: &Wanted) -> Result<Vec<Value>, Problem> {
    match wanted.category()?.as_str() {
        "people" => super::people::search(world, actor, wanted),
        "companies" => companies(world, wanted),
        "posts" => super::found_posts::search(world, actor, wanted),
        _ => jobs(world, wanted),
    }
}

fn companies(world: &World, wanted: &Wanted) -> Result<Vec<Value>, Problem> {
    let words = wanted.words()?;
    let place = wanted.titles(world, "location", "LOCATION")?;
    let industry = wanted.titles(world, "industry", "INDUSTRY")?;
    let hiring = wanted.flag("has_job_offers");
    let sizes = sizes(wanted);
    let offers = |company: &Company| {
        let jobs = world.docs.hiring.jobs.iter();
        jobs.filter(|job| job.state == State::Active && job.company == company.slug)
            .count()
    };
    let keeps = |company: &Company| {
        let text = format!(
            "{}\n{}\n{}\n{}",
            company.name,
            company.tagline,
            company.description,
            company.activities.join(" ")
        );
        words.keeps(&text)
            && place.keeps_place(&company.place())
            && industry.keeps_same(company.industry.iter().map(String::as_str))
            && (!hiring || offers(company) > 0)
            && (sizes.is_empty()
                || sizes
                    .iter()
                    .any(|(low, high)| (*low..=*high).contains(&company.employees)))
    };
    let wire = |company: &Company| {
        json!({
            "object": "SearchResult",
            "type": "COMPANY",
            "id": company.id,
            "name": company.name,
            "location": company.place(),
            "profile_url": company.url(),
            "industry": company.industry.first(),
            "summary": company.tagline,
            "followers_count": company.followers,
            "job_offers_count": offers(company),
            "headcount": company.employees,
        })
    };
    let all = world.docs.companies.0.values();
    Ok(all.filter(|company| keeps(company)).map(wire).collect())
}

/// Sizes of companies that are asked for, as pairs of bounds.
fn sizes(wanted: &Wanted) -> Vec<(u64, u64)> {
    let items = wanted.field("headcount").and_then(Value::as_array);
    items
        .into_iter()
        .flatten()
        .map(|item| {
            let bound = |name: &str| item.get(name).and_then(Value::as_u64);
            (bound("min").unwrap_or(0), bound("max").unwrap_or(u64::MAX))
        })
        .collect()
}

/// The oldest moment that `date_posted` lets through.
pub(super) fn oldest(world: &World, wanted: &Wanted) -> Result<i64, Problem> {
    let days = match wanted.text("date_posted")?.as_deref() {
        None => return Ok(i64::MIN),
        Some("past_day") => 1,
        Some("past_week") => 7,
        Some("past_month") => 30,
        Some(_) => {
            return Err(Problem::invalid(
                "`date_posted` must be past_day, past_week or past_month.",
            ));
        }
    };
    Ok(world.now - days * DAY)
}

fn jobs(world: &World, wanted: &Wanted) -> Result<Vec<Value>, Problem> {
    let words = wanted.words()?;
    let place = wanted.titles(world, "location", "LOCATION")?;
    let company = wanted.titles(world, "company", "COMPANY")?;
    let title = wanted.titles(world, "job_title", "JOB_TITLE")?;
    let oldest = oldest(world, wanted)?;
    let kinds = wanted.list("job_type")?;
    let employer = |job: &Job| {
        let known = world.docs.companies.0.get(&job.company);
        known.map_or_else(|| job.company.clone(), |company| company.name.clone())
    };
    let keeps = |job: &&Job| {
        let text = format!(
            "{}\n{}\n{}\n{}",
            job.title,
            job.description,
            job.skills.join(" "),
            employer(job)
        );
        let kind = job.employment.to_lowercase();
        job.state == State::Active
            && words.keeps(&text)
            && job.published.is_none_or(|at| at > oldest)
            && place.keeps_place(&job.location)
            && company.keeps_same([employer(job).as_str()].into_iter())
            && title.keeps_within([job.title.as_str()].into_iter())
            && kinds
                .as_ref()
                .is_none_or(|kinds| kinds.is_empty() || kinds.contains(&kind))
    };
    let wire = |job: &Job| {
        let id = world.docs.companies.0.get(&job.company).map(|one| &one.id);
        json!({
            "object": "SearchResult",
            "type": "JOB",
            "id": job.id,
            "title": job.title,
            "location": job.location,
            "company": {"id": id, "name": employer(job)},
            "url": format!("https://linkedin.example/jobs/view/{}", job.id),
            "posted_at": job.published,
        })
    };
    let all = world.docs.hiring.jobs.iter();
    Ok(all.filter(keeps).map(wire).collect())
}
