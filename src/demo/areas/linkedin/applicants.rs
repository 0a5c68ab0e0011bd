//! Those who applied for a posting.

use serde_json::{Map, Value, json};

use super::SERVICES;
use crate::demo::areas::acting::{self, Actor};
use crate::demo::areas::members;
use crate::demo::areas::messages::provider_id;
use crate::demo::ask::Ask;
use crate::demo::docs::hiring::{Applicant, Job};
use crate::demo::media;
use crate::demo::page::cut;
use crate::demo::problem::Problem;
use crate::demo::reply::Reply;
use crate::demo::rng::{hash, mix};
use crate::demo::world::World;
use crate::demo::world::person::linkedin_id;

const RATINGS: &[&str] = &["GOOD_FIT", "MAYBE", "UNRATED", "NOT_A_FIT"];

pub(in crate::demo) fn list(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let actor = acting::by_query(world, ask)?.on_linkedin()?;
    let world = &*world;
    let job = world.docs.hiring.job(ask.part("id"));
    let job = job.ok_or_else(|| Problem::not_found("job posting"))?;
    let page = cut(ask, "applicants", 250, 100, |ask| chosen(ask, job))?;
    let mut out = page
        .map(|one| Value::Object(head(world, actor, one)))
        .counted("LinkedinJobApplicantList");
    if let Some(fields) = out.as_object_mut() {
        fields.insert("job_posting_id".into(), job.id.as_str().into());
    }
    Ok(Reply::ok(out))
}

/// The applicants that pass the filters, in the order that is asked for.
fn chosen<'a>(ask: &Ask, job: &'a Job) -> Result<Vec<&'a Applicant>, Problem> {
    ask.one_of("service", SERVICES)?;
    let order = ask.one_of(
        "sort_by",
        &[
            "relevance",
            "alphabetical",
            "newest_first",
            "screening_requirements",
        ],
    )?;
    let ratings = ask.names("ratings");
    if let Some(unknown) = ratings
        .iter()
        .flatten()
        .find(|rating| !RATINGS.contains(rating))
    {
        return Err(Problem::invalid(format!("`{unknown}` is no rating.")));
    }
    let words = ask.query("keywords").map(str::to_lowercase);
    let mut found: Vec<&Applicant> = job
        .applicants
        .iter()
        .filter(|one| {
            let text = format!("{} {} {}", one.name, one.headline, one.location).to_lowercase();
            ratings
                .as_ref()
                .is_none_or(|ratings| ratings.contains(&one.rating.as_str()))
                && words
                    .as_ref()
                    .is_none_or(|words| words.split_whitespace().all(|word| text.contains(word)))
        })
        .collect();
    let rank = |one: &Applicant| RATINGS.iter().position(|rating| *rating == one.rating);
    match order {
        Some("alphabetical") => found.sort_by_key(|one| one.name.to_lowercase()),
        Some("newest_first") => found.sort_by_key(|one| std::cmp::Reverse(one.at)),
        Some("screening_requirements") => {
            found.sort_by_key(|one| {
                let passed = answers(job, one).filter(|(_, _, good)| *good).count();
                std::cmp::Reverse(passed)
            });
        }
        _ => found.sort_by_key(|one| (rank(one), std::cmp::Reverse(one.at))),
    }
    Ok(found)
}

/// The questions with somebody's answers, and whether these are what was hoped for.
fn answers<'a>(
    job: &'a Job,
    one: &'a Applicant,
) -> impl Iterator<Item = (&'a str, &'a [String], bool)> {
    job.screening
        .iter()
        .zip(&one.answers)
        .map(|(asked, answers)| {
            let good = asked.favorable.is_empty()
                || answers
                    .iter()
                    .any(|answer| asked.favorable.contains(answer));
            (asked.question.as_str(), answers.as_slice(), good)
        })
}

/// Number of an applicant among the members, in the recruiters' product.
pub(super) fn profile_id(world: &World, actor: Actor, one: &Applicant) -> String {
    let known = one.person.and_then(|at| provider_id(world, actor.at, at));
    let known = known.and_then(|id| id.strip_prefix("ACoAA").map(|tail| format!("AEMAA{tail}")));
    known.unwrap_or_else(|| linkedin_id("AEMAA", hash(&one.name)))
}

/// What lists tell of an applicant.
fn head(world: &World, actor: Actor, one: &Applicant) -> Map<String, Value> {
    let person = one.person.and_then(|at| world.person(at));
    let mut out = Map::new();
    let mut put = |name: &str, value: Value| {
        out.insert(name.to_owned(), value);
    };
    put("object", "LinkedinJobApplicant".into());
    put("id", one.id.as_str().into());
    put("profile_id", profile_id(world, actor, one).into());
    put("name", one.name.as_str().into());
    put("location", one.location.as_str().into());
    put("headline", one.headline.as_str().into());
    put("applied_at", one.at.into());
    put("rating", one.rating.as_str().into());
    if let Some(person) = person {
        if let Some(name) = &person.linkedin {
            put("public_identifier", name.as_str().into());
        }
        if let Some(url) = members::page(person) {
            put("public_profile_url", url.into());
        }
        if let Some(url) = members::picture(person) {
            put("profile_picture_url", url.into());
        }
    }
    out
}

pub(in crate::demo) fn applicant(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let actor = acting::by_query(world, ask)?.on_linkedin()?;
    let found = world.docs.hiring.applicant(ask.part("applicant_id"));
    let (job, one) = found.ok_or_else(|| Problem::not_found("applicant"))?;
    let mut out = head(world, actor, one);
    out.insert("email_address".into(), one.email.as_str().into());
    if let Some(phone) = &one.phone {
        out.insert("phone_number".into(), phone.as_str().into());
    }
    let phones: Vec<&String> = one.phone.iter().collect();
    out.insert(
        "contact_info".into(),
        json!({"email_addresses": [one.email], "phone_numbers": phones}),
    );
    out.insert("work_experience".into(), work(world, one));
    out.insert("education".into(), education(world, one));
    let questions = answers(job, one).map(|(question, answers, good)| {
        json!({"question": question, "answers": answers, "success": good})
    });
    out.insert(
        "screening_questions".into(),
        Value::Array(questions.collect()),
    );
    Ok(Reply::ok(Value::Object(out)))
}

/// A month such as `2021-03`, or a year.
fn month(text: &str) -> Value {
    let (year, month) = text.split_once('-').unwrap_or((text, "1"));
    match (year.parse::<u32>(), month.parse::<u32>()) {
        (Ok(year), Ok(month)) => json!({"year": year, "month": month}),
        _ => Value::Null,
    }
}

fn work(world: &World, one: &Applicant) -> Value {
    let known = one.person.and_then(|at| world.person(at));
    let Some(person) = known.filter(|person| !person.work.is_empty()) else {
        let year = 2014 + mix(hash(&one.name), 1) % 9;
        return json!([{
            "position": one.headline,
            "company": null,
            "location": one.location,
            "start": {"year": year, "month": 1 + mix(hash(&one.name), 2) % 12},
            "end": null,
        }]);
    };
    let stages = person.work.iter().map(|stage| {
        json!({
            "position": stage.title,
            "company": stage.company,
            "start": month(&stage.from),
            "end": stage.to.as_deref().map(month),
        })
    });
    Value::Array(stages.collect())
}

fn education(world: &World, one: &Applicant) -> Value {
    let known = one.person.and_then(|at| world.person(at));
    if let Some(person) = known.filter(|person| !person.education.is_empty()) {
        let schools = person.education.iter().map(|school| {
            json!({
                "school": school.school,
                "degree": school.degree.as_deref().unwrap_or_default(),
                "field_of_study": school.field.as_deref().unwrap_or_default(),
                "start": school.from.as_deref().map(month),
                "end": school.to.as_deref().map(month),
            })
        });
        return Value::Array(schools.collect());
    }
    let schools = world.docs.circle.parameters.get("SCHOOL");
    let school = schools.and_then(|all| {
        let n = mix(hash(&one.name), 3) % (all.len() as u64).max(1);
        all.get(usize::try_from(n).ok()?)
    });
    let items = school.map(|school| {
        json!({"school": school.title, "school_id": school.id, "degree": "Diploma", "start": null, "end": null})
    });
    Value::Array(items.into_iter().collect())
}

pub(in crate::demo) fn resume(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    acting::by_query(world, ask)?.on_linkedin()?;
    ask.one_of("service", SERVICES)?;
    let found = world.docs.hiring.applicant(ask.part("applicant_id"));
    let (_, one) = found.ok_or_else(|| Problem::not_found("applicant"))?;
    let name = one.name.to_lowercase().replace(' ', "-");
    let drawn = media::file(&format!("{name}.pdf"), hash(&one.id));
    Ok(Reply::bytes(drawn.bytes, drawn.mime))
}
