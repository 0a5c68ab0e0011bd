//! The search over people.

use serde_json::{Value, json};

use super::filters::{Titles, Wanted, Words};
use crate::demo::areas::acting::Actor;
use crate::demo::areas::members::{self, headline, location, page, picture, steps, urn};
use crate::demo::areas::messages::provider_id;
use crate::demo::docs::companies::Company;
use crate::demo::problem::Problem;
use crate::demo::rng::mix;
use crate::demo::world::World;
use crate::demo::world::person::Person;

/// Those who are found, the nearest first.
pub(super) fn search(world: &World, actor: Actor, wanted: &Wanted) -> Result<Vec<Value>, Problem> {
    let filter = Filter::read(world, actor, wanted)?;
    let mut found: Vec<(u8, u64, u32)> = members::on_linkedin(world)
        .filter(|(at, person)| filter.keeps(world, *at, person))
        .map(|(at, person)| (members::degree(world, at), person.number(), at))
        .collect();
    found.sort_unstable();
    Ok(found
        .into_iter()
        .filter_map(|(_, _, at)| wire(world, actor, at, wanted.is_recruiter()))
        .collect())
}

/// The filters of the search.
struct Filter {
    words: Words,
    place: Titles,
    company: Titles,
    past_company: Titles,
    school: Titles,
    industry: Titles,
    job_title: Titles,
    skills: Titles,
    steps: Vec<String>,
    /// Whose relations or followers are looked for: their number, and which of the two.
    of: Vec<(u64, u64)>,
}

impl Filter {
    fn read(world: &World, actor: Actor, wanted: &Wanted) -> Result<Self, Problem> {
        let titles = |name: &str, kind: &str| wanted.titles(world, name, kind);
        let mut of = Vec::new();
        for (name, salt) in [("connections_of", 43), ("followers_of", 41)] {
            for id in wanted.list(name)?.unwrap_or_default() {
                let at = members::find(world, actor, &id)?;
                of.push((world.person(at).map_or(0, Person::number), salt));
            }
        }
        let title = if wanted.field("job_title").is_some() {
            "job_title"
        } else {
            "role"
        };
        Ok(Self {
            words: wanted.words()?,
            place: titles("location", "LOCATION")?,
            company: titles("company", "COMPANY")?,
            past_company: titles("past_company", "COMPANY")?,
            school: titles("school", "SCHOOL")?,
            industry: titles("industry", "INDUSTRY")?,
            job_title: titles(title, "JOB_TITLE")?,
            skills: titles("skills", "SKILL")?,
            steps: wanted.list("network_distance")?.unwrap_or_default(),
            of,
        })
    }

    fn keeps(&self, world: &World, at: u32, person: &Person) -> bool {
        let employer = employer(world, person);
        let now = person.work.iter().filter(|one| one.to.is_none());
        let before = person.work.iter().filter(|one| one.to.is_some());
        let schools = person.education.iter().map(|one| one.school.as_str());
        let industries = employer.iter().flat_map(|one| &one.industry);
        let own = headline(person);
        let titles = now.map(|one| one.title.as_str()).chain([own.as_str()]);
        let degree = members::degree(world, at).to_string();
        self.words.keeps(&haystack(world, person))
            && self.place.keeps_place(&location(person))
            && self
                .company
                .keeps_same(employer.iter().map(|one| one.name.as_str()))
            && self
                .past_company
                .keeps_same(before.map(|one| one.company.as_str()))
            && self.school.keeps_same(schools)
            && self.industry.keeps_same(industries.map(String::as_str))
            && self.job_title.keeps_within(titles)
            && self
                .skills
                .keeps_same(person.skills.iter().map(String::as_str))
            && (self.steps.is_empty() || self.steps.contains(&degree))
            && self
                .of
                .iter()
                .all(|(number, salt)| mix(mix(*number, person.number()), *salt).is_multiple_of(3))
    }
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

fn wire(world: &World, actor: Actor, at: u32, recruiter: bool) -> Option<Value> {
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
