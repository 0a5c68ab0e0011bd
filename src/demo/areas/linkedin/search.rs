//! The search over the people, companies, posts and jobs of the world.

use serde_json::{Map, Value, json};

use super::filters::Wanted;
use crate::demo::areas::acting::{self, Actor};
use crate::demo::areas::members::{self, headline, location, page, picture, steps, urn};
use crate::demo::areas::messages::provider_id;
use crate::demo::areas::posts::wire_post;
use crate::demo::ask::Ask;
use crate::demo::docs::companies::Company;
use crate::demo::docs::hiring::{Job, State};
use crate::demo::docs::posts::{Author, Post};
use crate::demo::page::cut;
use crate::demo::problem::Problem;
use crate::demo::reply::Reply;
use crate::demo::rng::mix;
use crate::demo::world::person::Person;
use crate::demo::world::{ME, World};

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
        echo = fields.clone();
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
        "people" => people(world, actor, wanted),
        "companies" => companies(world, wanted),
        "posts" => posts(world, actor, wanted),
        _ => jobs(world, wanted),
    }
}

fn people(world: &World, actor: Actor, wanted: &Wanted) -> Result<Vec<Value>, Problem> {
    let words = wanted.words()?;
    let titles = |name: &str, kind: &str| wanted.titles(world, name, kind);
    let place = titles("location", "LOCATION")?;
    let company = titles("company", "COMPANY")?;
    let past = titles("past_company", "COMPANY")?;
    let school = titles("school", "SCHOOL")?;
    let industry = titles("industry", "INDUSTRY")?;
    let job = match titles("job_title", "JOB_TITLE")? {
        None => titles("role", "JOB_TITLE")?,
        some => some,
    };
    let skills = titles("skills", "SKILL")?;
    let steps = wanted.list("network_distance")?;
    let of = [("connections_of", 43_u64), ("followers_of", 41)];
    let mut of_whom = Vec::new();
    for (name, salt) in of {
        for id in wanted.list(name)?.unwrap_or_default() {
            let at = members::find(world, actor, &id)?;
            of_whom.push((world.person(at).map_or(0, Person::number), salt));
        }
    }
    let lower = |texts: &mut dyn Iterator<Item = &str>| -> Vec<String> {
        texts.map(str::to_lowercase).collect()
    };
    let keeps = |at: u32, person: &Person| {
        let employer = employer(world, person);
        let past_work = || {
            lower(
                &mut person
                    .work
                    .iter()
                    .filter(|one| one.to.is_some())
                    .map(|one| one.company.as_str()),
            )
        };
        let titles_of = || {
            let own = headline(person);
            let current = person.work.iter().filter(|one| one.to.is_none());
            let mut texts = lower(&mut current.map(|one| one.title.as_str()));
            texts.push(own.to_lowercase());
            texts
        };
        let company_names = || lower(&mut employer.iter().map(|one| one.name.as_str()));
        let industries = || {
            lower(
                &mut employer
                    .iter()
                    .flat_map(|one| one.industry.iter().map(String::as_str)),
            )
        };
        words.keeps(&haystack(world, person))
            && place
                .as_ref()
                .is_none_or(|f| f.keeps_place(&location(person)))
            && company
                .as_ref()
                .is_none_or(|f| f.keeps_same(&company_names()))
            && past.as_ref().is_none_or(|f| f.keeps_same(&past_work()))
            && school.as_ref().is_none_or(|f| {
                f.keeps_same(&lower(
                    &mut person.education.iter().map(|one| one.school.as_str()),
                ))
            })
            && industry
                .as_ref()
                .is_none_or(|f| f.keeps_same(&industries()))
            && job.as_ref().is_none_or(|f| f.keeps_within(&titles_of()))
            && skills
                .as_ref()
                .is_none_or(|f| f.keeps_same(&lower(&mut person.skills.iter().map(String::as_str))))
            && steps.as_ref().is_none_or(|steps| {
                steps.is_empty() || steps.contains(&members::degree(world, at).to_string())
            })
            && of_whom
                .iter()
                .all(|(number, salt)| mix(mix(*number, person.number()), *salt) % 3 == 0)
    };
    let mut found: Vec<(u8, u64, u32)> = members::on_linkedin(world)
        .filter(|(at, person)| keeps(*at, person))
        .map(|(at, person)| (members::degree(world, at), person.number(), at))
        .collect();
    found.sort_unstable();
    Ok(found
        .into_iter()
        .filter_map(|(_, _, at)| person(world, actor, at, wanted.is_recruiter()))
        .collect())
}

fn employer<'a>(world: &'a World, person: &Person) -> Option<&'a Company> {
    let companies = &world.docs.companies;
    companies.0.get(person.company.as_deref()?)
}

/// Everything of a person that words are looked for in.
fn haystack(world: &World, person: &Person) -> String {
    let company = employer(world, person).map_or("", |company| &company.name);
    let work = person
        .work
        .iter()
        .map(|one| format!("{} {}", one.title, one.company));
    [
        person.name.clone(),
        headline(person),
        location(person),
        company.to_owned(),
        person.about.clone(),
        person.skills.join(" "),
    ]
    .into_iter()
    .chain(work)
    .collect::<Vec<_>>()
    .join("\n")
}

fn person(world: &World, actor: Actor, at: u32, recruiter: bool) -> Option<Value> {
    let person = world.person(at)?;
    let id = provider_id(world, actor.at, at)?;
    let degree = members::degree(world, at);
    let employer = employer(world, person);
    let waiting = world.docs.circle.waiting(at).is_some();
    let number = |salt: u64, below: u64| mix(person.number(), salt) % below;
    let mut out = json!({
        "object": "SearchResult",
        "type": "PEOPLE",
        "id": id,
        "public_identifier": person.linkedin,
        "public_profile_url": page(person),
        "profile_url": page(person),
        "profile_picture_url": picture(person),
        "profile_picture_url_large": picture(person).map(|url| format!("{url}?size=large")),
        "member_urn": urn(person),
        "name": person.name,
        "first_name": person.first(),
        "last_name": person.last(),
        "network_distance": steps(world, at),
        "location": location(person),
        "industry": employer.and_then(|company| company.industry.first()),
        "headline": headline(person),
        "connections_count": 40 + number(56, 460),
        "followers_count": 60 + number(55, 5200),
        "shared_connections_count": if degree == 1 { number(57, 60) } else { number(57, 9) },
        "pending_invitation": waiting,
        "can_send_inmail": degree > 1,
        "premium": number(52, 4) == 0,
        "open_profile": number(51, 5) == 0,
    });
    let fields = out.as_object_mut()?;
    if let Some(company) = employer {
        let role = person.work.iter().find(|one| one.to.is_none());
        fields.insert(
            "current_positions".into(),
            json!([{
                "company": company.name,
                "company_id": company.id,
                "role": role.map(|one| &one.title),
            }]),
        );
    }
    if let Some(tail) = id.strip_prefix("ACoAA").filter(|_| recruiter) {
        fields.insert("id".into(), format!("AEMAA{tail}").into());
        fields.insert(
            "recruiter_candidate_id".into(),
            (person.number() % 1_000_000_000).to_string().into(),
        );
    }
    Some(out)
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
        let fields: Vec<String> = company
            .industry
            .iter()
            .map(|one| one.to_lowercase())
            .collect();
        words.keeps(&text)
            && place
                .as_ref()
                .is_none_or(|f| f.keeps_place(&company.place()))
            && industry.as_ref().is_none_or(|f| f.keeps_same(&fields))
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
fn oldest(world: &World, wanted: &Wanted) -> Result<i64, Problem> {
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

fn posts(world: &World, actor: Actor, wanted: &Wanted) -> Result<Vec<Value>, Problem> {
    let words = wanted.words()?;
    let oldest = oldest(world, wanted)?;
    let kind = wanted.text("content_type")?;
    let by = wanted.field("posted_by");
    let says = |name: &str| {
        by.and_then(|by| by.get(name))
            .and_then(Value::as_bool)
            .unwrap_or(false)
    };
    let ids = |name: &str| -> Option<Vec<&str>> {
        let list = by?.get(name)?.as_array()?;
        Some(list.iter().filter_map(Value::as_str).collect())
    };
    let companies = ids("company");
    let members = ids("member");
    let by_whom = |post: &Post| match &post.author {
        Author::Person(at) => {
            let id = provider_id(world, actor.at, *at).unwrap_or_default();
            companies.is_none()
                && (!says("me") || *at == ME)
                && (!says("first_connections") || (*at != ME && members::degree(world, *at) == 1))
                && members
                    .as_ref()
                    .is_none_or(|ids| ids.contains(&id.as_str()))
        }
        Author::Company(key) => {
            let id = world.docs.companies.0.get(key).map(|company| &company.id);
            members.is_none()
                && !says("me")
                && !says("first_connections")
                && companies
                    .as_ref()
                    .is_none_or(|ids| id.is_some_and(|id| ids.contains(&id.as_str())))
        }
    };
    let shows = |post: &Post| match kind.as_deref() {
        Some("images") => post.files.iter().any(|file| file.mime.starts_with("image")),
        Some("videos" | "live_videos") => {
            post.files.iter().any(|file| file.mime.starts_with("video"))
        }
        Some("documents") => post.files.iter().any(|file| file.mime.ends_with("pdf")),
        _ => true,
    };
    let name = |post: &Post| match &post.author {
        Author::Person(at) => world.person(*at).map_or("", |person| &person.name),
        Author::Company(key) => world
            .docs
            .companies
            .0
            .get(key)
            .map_or("", |company| &company.name),
    };
    let mut found: Vec<(usize, &Post)> = world
        .docs
        .feed
        .posts
        .iter()
        .enumerate()
        .filter(|(_, post)| {
            post.at > oldest
                && by_whom(post)
                && shows(post)
                && words.keeps(&format!("{}\n{}", post.text, name(post)))
        })
        .collect();
    match wanted.text("sort_by")?.as_deref() {
        Some("date") => found.sort_by_key(|(_, post)| std::cmp::Reverse(post.at)),
        _ => found.sort_by_key(|(_, post)| std::cmp::Reverse(post.reactions.count())),
    }
    let wire = |(at, _): (usize, &Post)| {
        let mut out = wire_post(world, actor, at)?;
        out.as_object_mut()?.insert("type".into(), "POST".into());
        Some(out)
    };
    Ok(found.into_iter().filter_map(wire).collect())
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
            && place.as_ref().is_none_or(|f| f.keeps_place(&job.location))
            && company
                .as_ref()
                .is_none_or(|f| f.keeps_same(&[employer(job).to_lowercase()]))
            && title
                .as_ref()
                .is_none_or(|f| f.keeps_within(&[job.title.to_lowercase()]))
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
