//! Job postings, who applied, and the projects of the recruiting desk. Read from `assets/demo/jobs.toml`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Reader, long_number};
use crate::demo::assets::JOBS;
use crate::demo::rng::mix;
use crate::demo::seed::BadText;
use crate::demo::world::World;

const DAY: i64 = 86_400_000;

/// Everything about hiring.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(in crate::demo) struct Hiring {
    pub(in crate::demo) jobs: Vec<Job>,
    pub(in crate::demo) projects: Vec<Project>,
    /// Where a candidate stands in a project, by project and member.
    pub(in crate::demo) stages: BTreeMap<String, String>,
}

/// A job posting.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(in crate::demo) struct Job {
    pub(in crate::demo) id: String,
    pub(in crate::demo) title: String,
    pub(in crate::demo) state: State,
    pub(in crate::demo) company: String,
    pub(in crate::demo) location: String,
    pub(in crate::demo) workplace: String,
    pub(in crate::demo) seniority: String,
    pub(in crate::demo) employment: String,
    pub(in crate::demo) description: String,
    pub(in crate::demo) salary: String,
    pub(in crate::demo) skills: Vec<String>,
    pub(in crate::demo) views: u64,
    pub(in crate::demo) created: i64,
    pub(in crate::demo) published: Option<i64>,
    pub(in crate::demo) closed: Option<i64>,
    pub(in crate::demo) screening: Vec<Question>,
    pub(in crate::demo) applicants: Vec<Applicant>,
    /// Whether a code from LinkedIn is waited for, or was given.
    pub(in crate::demo) check: Check,
    pub(in crate::demo) daily_cost: u64,
}

/// State of a posting.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::demo) enum State {
    Active,
    #[default]
    Draft,
    Review,
    Closed,
    Paused,
}

impl State {
    pub(in crate::demo) fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Draft => "draft",
            Self::Review => "review",
            Self::Closed => "closed",
            Self::Paused => "paused",
        }
    }
}

/// How far the check before publishing has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::demo) enum Check {
    #[default]
    NotAsked,
    Asked,
    Solved,
}

/// A question that applicants answer.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::demo) struct Question {
    pub(in crate::demo) question: String,
    #[serde(default)]
    pub(in crate::demo) favorable: Vec<String>,
}

/// Somebody who applied.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(in crate::demo) struct Applicant {
    pub(in crate::demo) id: String,
    /// When it is somebody of the world.
    pub(in crate::demo) person: Option<u32>,
    pub(in crate::demo) name: String,
    pub(in crate::demo) headline: String,
    pub(in crate::demo) location: String,
    pub(in crate::demo) at: i64,
    pub(in crate::demo) rating: String,
    pub(in crate::demo) email: String,
    pub(in crate::demo) phone: Option<String>,
    pub(in crate::demo) answers: Vec<Vec<String>>,
}

/// A project of the recruiting desk.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::demo) struct Project {
    pub(in crate::demo) id: String,
    pub(in crate::demo) name: String,
    pub(in crate::demo) owner: u32,
    pub(in crate::demo) at: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    jobs: Vec<TextJob>,
    projects: Vec<TextProject>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextJob {
    key: String,
    title: String,
    state: State,
    company: String,
    location: String,
    workplace: String,
    seniority: String,
    description: String,
    salary: String,
    skills: Vec<String>,
    age_days: i64,
    views: u64,
    screening: Vec<Question>,
    applicants: Vec<TextApplicant>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextApplicant {
    by: Option<String>,
    name: Option<String>,
    #[serde(default)]
    headline: String,
    #[serde(default)]
    location: String,
    age: String,
    rating: String,
    email: String,
    phone: Option<String>,
    answers: Vec<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextProject {
    name: String,
    owner: String,
    age_days: i64,
}

impl Hiring {
    pub(super) fn load(world: &World) -> Result<Self, BadText> {
        let read = Reader {
            world,
            file: "jobs.toml",
        };
        let text: Text = toml::from_str(JOBS).map_err(|error| read.fault("", error))?;
        let mut hiring = Self::default();
        for (n, item) in (1_u64..).zip(text.jobs) {
            hiring.jobs.push(job(&read, n, item)?);
        }
        for (n, item) in (1_u64..).zip(text.projects) {
            hiring.projects.push(Project {
                id: (1_300_000_000 + mix(world.seed, 0x5000 + n) % 99_999_999).to_string(),
                name: item.name,
                owner: read.person(&item.owner)?,
                at: world.began - item.age_days * DAY,
            });
        }
        Ok(hiring)
    }

    pub(in crate::demo) fn job(&self, id: &str) -> Option<&Job> {
        self.jobs.iter().find(|job| job.id == id)
    }

    pub(in crate::demo) fn job_mut(&mut self, id: &str) -> Option<&mut Job> {
        self.jobs.iter_mut().find(|job| job.id == id)
    }

    pub(in crate::demo) fn applicant(&self, id: &str) -> Option<(&Job, &Applicant)> {
        self.jobs.iter().find_map(|job| {
            let found = job.applicants.iter().find(|applicant| applicant.id == id)?;
            Some((job, found))
        })
    }

    /// An id for the next posting.
    pub(in crate::demo) fn next_id(&self, seed: u64) -> String {
        number(seed, self.jobs.len() as u64 + 1)
    }
}

/// Number of a posting, as long as LinkedIn's.
fn number(seed: u64, n: u64) -> String {
    (4_100_000_000 + mix(seed, 0x4000 + n) % 99_999_999).to_string()
}

fn job(read: &Reader<'_>, n: u64, item: TextJob) -> Result<Job, BadText> {
    let created = read.world.began - item.age_days * DAY;
    let questions = item.screening.len();
    let mut applicants = Vec::new();
    for (m, one) in (1_u64..).zip(item.applicants) {
        if one.answers.len() != questions {
            return Err(read.fault(&item.key, "an applicant answers other questions"));
        }
        applicants.push(applicant(read, n * 1000 + m, one)?);
    }
    let public = !matches!(item.state, State::Draft | State::Review);
    Ok(Job {
        id: number(read.world.seed, n),
        title: item.title,
        state: item.state,
        company: item.company,
        location: item.location,
        workplace: item.workplace.replace('-', "_").to_uppercase(),
        seniority: item.seniority,
        employment: "FULL_TIME".to_owned(),
        description: item.description.trim().to_owned(),
        salary: item.salary,
        skills: item.skills,
        views: item.views,
        created,
        published: public.then_some(created + DAY / 4),
        closed: (item.state == State::Closed).then_some(created + 60 * DAY),
        screening: item.screening,
        applicants,
        check: if public {
            Check::Solved
        } else {
            Check::NotAsked
        },
        daily_cost: 0,
    })
}

fn applicant(read: &Reader<'_>, n: u64, item: TextApplicant) -> Result<Applicant, BadText> {
    let person = item.by.as_deref().map(|key| read.person(key)).transpose()?;
    let known = person.and_then(|at| read.world.person(at));
    let or_known = |given: String, known: Option<&String>| match known {
        Some(known) if given.is_empty() => known.clone(),
        _ => given,
    };
    Ok(Applicant {
        id: long_number(read.world.seed, 0x6_0000 + n),
        person,
        name: or_known(
            item.name.unwrap_or_default(),
            known.map(|person| &person.name),
        ),
        headline: or_known(item.headline, known.map(|person| &person.headline)),
        location: or_known(item.location, known.map(|person| &person.location)),
        at: read.ago(&item.age)?,
        rating: item.rating,
        email: item.email,
        phone: item.phone,
        answers: item.answers,
    })
}
