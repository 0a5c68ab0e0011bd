//! Profiles of companies.

use serde_json::{Map, Value, json};

use super::ORGANIZATION_URN;
use crate::demo::areas::acting;
use crate::demo::ask::Ask;
use crate::demo::problem::Problem;
use crate::demo::reply::Reply;
use crate::demo::world::{ME, World};

pub(in crate::demo) fn company(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    acting::by_query(world, ask)?.on_linkedin()?;
    let found = world.docs.companies.find(ask.part("identifier"));
    let company = found.ok_or_else(|| Problem::not_found("company"))?;
    let me = world.person(ME);
    let employee = me.is_some_and(|me| {
        let mut work = me.work.iter();
        work.any(|stage| stage.to.is_none() && stage.company == company.name)
    });
    let colleagues = world
        .people
        .iter()
        .filter(|person| {
            person.company.as_ref() == Some(&company.slug) && person.degree.unwrap_or(1) == 1
        })
        .count();
    let own = format!("urn:li:organization:{}", company.id) == ORGANIZATION_URN;
    Ok(Reply::ok(json!({
        "object": "CompanyProfile",
        "id": company.id,
        "name": company.name,
        "description": company.description.trim(),
        "tagline": company.tagline,
        "entity_urn": format!("urn:li:fsd_company:{}", company.id),
        "public_identifier": company.slug,
        "profile_url": company.url(),
        "logo": company.logo(),
        "website": company.website,
        "industry": company.industry,
        "activities": company.activities,
        "employee_count": company.employees,
        "followers_count": company.followers,
        "foundation_date": company.founded,
        "is_following": company.following,
        "is_employee": employee,
        "messaging": {
            "is_enabled": company.takes_messages(),
            "id": company.id,
            "entity_urn": format!("urn:li:fsd_company:{}", company.id),
        },
        "organization_type": company.kind,
        "default_locale": "en_US",
        "locations": [{"is_headquarter": true, "country": company.country, "city": company.city, "street": []}],
        "viewer_permissions": permissions(employee, own),
        "insights": {"relations_who_work_here": colleagues},
    })))
}

/// What the owner may do with the page of a company.
fn permissions(employee: bool, own: bool) -> Value {
    const ADMINISTRATORS: [&str; 14] = [
        "canReadContentSuggestions",
        "canReadMessages",
        "canUpdateOrganizationProfile",
        "canCreateOrganicShare",
        "canReadAdminDashboard",
        "canReadOrganizationActivity",
        "canEditCurators",
        "canManageOrganizationalPageFollow",
        "canReadOrganizationFollowerAnalytics",
        "canInviteMemberToFollow",
        "canReadOrganizationLeadsAnalytics",
        "canEditPendingAdministrators",
        "canManageMessagingAccess",
        "canSeeOrganizationAdministrativePage",
    ];
    const STAFF: [&str; 3] = [
        "canMembersInviteToFollow",
        "canEmployeesInviteToFollow",
        "canSeeEmployeeExperienceAsMember",
    ];
    let all = ADMINISTRATORS.iter().map(|name| (name, own));
    let all = all.chain(STAFF.iter().map(|name| (name, employee)));
    let all: Map<String, Value> = all
        .map(|(name, may)| ((*name).to_owned(), may.into()))
        .collect();
    all.into()
}
