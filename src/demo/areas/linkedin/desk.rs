//! The recruiting desk: projects, and what can be done with a member in them.

use serde_json::{Value, json};

use super::not_subscribed;
use crate::demo::areas::acting::{self, Actor};
use crate::demo::areas::members;
use crate::demo::areas::messages::provider_id;
use crate::demo::areas::words::moment;
use crate::demo::ask::Ask;
use crate::demo::docs::hiring::Project;
use crate::demo::page::cut;
use crate::demo::problem::Problem;
use crate::demo::reply::Reply;
use crate::demo::world::World;

pub(in crate::demo) fn projects(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let actor = acting::by_query(world, ask)?.on_linkedin()?;
    let world = &*world;
    let page = cut(ask, "projects", 10_000, 100, |_| {
        Ok(world.docs.hiring.projects.iter().collect())
    })?;
    Ok(Reply::ok(
        page.map(|project| wire(world, actor, project))
            .counted("LinkedinHiringProjectList"),
    ))
}

pub(in crate::demo) fn project(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let actor = acting::by_query(world, ask)?.on_linkedin()?;
    let found = find(world, ask.part("id"))?;
    Ok(Reply::ok(wire(world, actor, found)))
}

fn find<'a>(world: &'a World, id: &str) -> Result<&'a Project, Problem> {
    let mut projects = world.docs.hiring.projects.iter();
    projects
        .find(|project| project.id == id)
        .ok_or_else(|| Problem::not_found("project"))
}

fn wire(world: &World, actor: Actor, project: &Project) -> Value {
    json!({
        "object": "LinkedinHiringProject",
        "id": project.id,
        "name": project.name,
        "owner_name": world.person(project.owner).map_or("", |person| &person.name),
        "owner_id": provider_id(world, actor.at, project.owner).unwrap_or_default(),
        "created_at": moment(project.at),
    })
}

/// Puts a member into a pipeline, rejects an applicant, or saves a lead.
pub(in crate::demo) fn act_on_member(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let actor = acting::by_body(world, ask)?.on_linkedin()?;
    let product = ask.need_text("api")?;
    let action = ask.need_text("action")?;
    let stage = match (product.as_str(), action.as_str()) {
        ("sales_navigator", "saveLead") => return Err(not_subscribed()),
        (
            "recruiter",
            "addCandidateToPipeline" | "addApplicantToPipeline" | "changeCandidatePipeline",
        ) => stage(ask, action == "changeCandidatePipeline")?,
        ("recruiter", "rejectApplicant") => rejection(ask)?,
        _ => {
            return Err(Problem::new(400, "invalid_action", "Invalid action")
                .because(format!("{product} has no action `{action}`.")));
        }
    };
    let project = ask.need_text("hiring_project_id")?;
    find(world, &project)?;
    let member = ask.part("user_id");
    let applied = world
        .docs
        .hiring
        .jobs
        .iter()
        .flat_map(|job| &job.applicants)
        .any(|one| super::applicants::profile_id(world, actor, one) == member);
    if !applied && members::look_up(world, actor, member).is_none() {
        return Err(Problem::refused(
            "invalid_recipient",
            "Recipient cannot be reached",
        ));
    }
    let place = format!("{project}/{member}");
    if action == "changeCandidatePipeline" && !world.docs.hiring.stages.contains_key(&place) {
        return Err(
            Problem::refused("unprocessable_entity", "Unprocessable entity")
                .because("The member is not in this project."),
        );
    }
    world.docs.hiring.stages.insert(place, stage);
    world.tick();
    Ok(Reply::ok(
        json!({"object": "LinkedinPerformActionOnUser", "success": true}),
    ))
}

/// The stage of the pipeline that a member is put into.
fn stage(ask: &Ask, needed: bool) -> Result<String, Problem> {
    match ask.text("stage")? {
        None if needed => Err(Problem::missing("stage")),
        None => Ok("UNCONTACTED".to_owned()),
        Some(stage) if ["UNCONTACTED", "CONTACTED", "REPLIED"].contains(&stage.as_str()) => {
            Ok(stage)
        }
        Some(_) => Err(Problem::invalid(
            "`stage` must be UNCONTACTED, CONTACTED or REPLIED.",
        )),
    }
}

/// Why an applicant is rejected, and what they are told.
fn rejection(ask: &Ask) -> Result<String, Problem> {
    let reasons = [
        "NOT_MEET_BASIC_QUALIFICATIONS",
        "NOT_IN_DESIRED_LOCATION",
        "MORE_QUALIFIED_CANDIDATES",
        "WITHDREW_APPLICATION",
        "NOT_CONSIDERED_OR_REASON_NOT_SPECIFIED",
    ];
    if !reasons.contains(&ask.need_text("reason")?.as_str()) {
        return Err(Problem::invalid("`reason` is not one that is known."));
    }
    if let Some(note) = ask.field("rejection_notification") {
        note.get("message")
            .and_then(Value::as_str)
            .ok_or_else(|| Problem::missing("rejection_notification.message"))?;
    }
    Ok("REJECTED".to_owned())
}
