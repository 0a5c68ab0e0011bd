//! Turns words into the ids that the search filters by.

use serde_json::json;

use super::{SERVICES, not_subscribed};
use crate::demo::areas::acting::{self, Actor};
use crate::demo::areas::members;
use crate::demo::areas::messages::provider_id;
use crate::demo::ask::Ask;
use crate::demo::docs::network::Parameter;
use crate::demo::problem::Problem;
use crate::demo::reply::Reply;
use crate::demo::world::World;

const TYPES: &[&str] = &[
    "LOCATION",
    "PEOPLE",
    "CONNECTIONS",
    "COMPANY",
    "SCHOOL",
    "INDUSTRY",
    "SERVICE",
    "JOB_FUNCTION",
    "JOB_TITLE",
    "EMPLOYMENT_TYPE",
    "SKILL",
    "GROUPS",
    "SALES_INDUSTRY",
    "DEPARTMENT",
    "PERSONA",
    "ACCOUNT_LISTS",
    "LEAD_LISTS",
    "TECHNOLOGIES",
    "SAVED_ACCOUNTS",
    "SAVED_SEARCHES",
    "RECENT_SEARCHES",
    "REGION",
    "POSTAL_CODE",
    "HIRING_PROJECTS",
];

/// Filters that the texts of the world do not list.
const SMALL: &[(&str, &[(&str, &str)])] = &[
    (
        "EMPLOYMENT_TYPE",
        &[
            ("F", "Full-time"),
            ("P", "Part-time"),
            ("C", "Contract"),
            ("T", "Temporary"),
            ("I", "Internship"),
        ],
    ),
    (
        "JOB_FUNCTION",
        &[
            ("8", "Engineering"),
            ("13", "Information Technology"),
            ("12", "Human Resources"),
            ("19", "Product Management"),
            ("25", "Sales"),
        ],
    ),
    (
        "SERVICE",
        &[("220", "Consulting"), ("65", "Design"), ("602", "Writing")],
    ),
    (
        "GROUPS",
        &[
            ("88001", "Storage People"),
            ("88002", "Post-mortem Readers"),
        ],
    ),
];

pub(in crate::demo) fn list(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let actor = acting::by_query(world, ask)?.on_linkedin()?;
    ask.need_query("type")?;
    let kind = ask.one_of("type", TYPES)?.unwrap_or_default();
    let services = [SERVICES, &["SALES_NAVIGATOR"]].concat();
    if ask.one_of("service", &services)? == Some("SALES_NAVIGATOR") {
        return Err(not_subscribed());
    }
    let limit = ask.limit(100, 100)?;
    let wanted = ask.query("keywords").map(str::to_lowercase);
    let found: Vec<Parameter> = all(world, actor, kind)
        .into_iter()
        .filter(|item| {
            wanted
                .as_ref()
                .is_none_or(|wanted| item.title.to_lowercase().contains(wanted))
        })
        .collect();
    let items: Vec<_> = found
        .iter()
        .take(limit)
        .map(
            |item| json!({"object": "LinkedinSearchParameter", "id": item.id, "title": item.title}),
        )
        .collect();
    let paging = json!({"start": 0, "page_count": items.len(), "total_count": found.len()});
    Ok(Reply::ok(
        json!({"object": "LinkedinSearchParametersList", "items": items, "paging": paging}),
    ))
}

/// Everything of one kind.
fn all(world: &World, actor: Actor, kind: &str) -> Vec<Parameter> {
    let known = match kind {
        "REGION" => "LOCATION",
        "SALES_INDUSTRY" => "INDUSTRY",
        kind => kind,
    };
    if let Some(items) = world.docs.circle.parameters.get(known) {
        return items.clone();
    }
    let small = SMALL.iter().find(|(name, _)| *name == kind);
    if let Some((_, items)) = small {
        let item = |(id, title): &(&str, &str)| Parameter {
            id: (*id).to_owned(),
            title: (*title).to_owned(),
        };
        return items.iter().map(item).collect();
    }
    match kind {
        "HIRING_PROJECTS" => {
            let projects = world.docs.hiring.projects.iter();
            projects
                .map(|project| Parameter {
                    id: project.id.clone(),
                    title: project.name.clone(),
                })
                .collect()
        }
        "PEOPLE" | "CONNECTIONS" => members::on_linkedin(world)
            .filter(|(at, _)| kind == "PEOPLE" || members::degree(world, *at) == 1)
            .filter_map(|(at, person)| {
                Some(Parameter {
                    id: provider_id(world, actor.at, at)?,
                    title: person.name.clone(),
                })
            })
            .collect(),
        _ => Vec::new(),
    }
}
