//! Reads companies.

use crate::api::fields::{Decode, Fields, Flaw};
use crate::api::words::words;
use crate::model::company::{Company, CompanyInbox, CompanyKind, CompanyLocation};

words! {
    CompanyKind {
        "PUBLIC_COMPANY" => PublicCompany,
        "EDUCATIONAL" => Educational,
        "SELF_EMPLOYED" => SelfEmployed,
        "GOVERNMENT_AGENCY" => GovernmentAgency,
        "NON_PROFIT" => NonProfit,
        "SELF_OWNED" => SelfOwned,
        "PRIVATELY_HELD" => PrivatelyHeld,
        "PARTNERSHIP" => Partnership,
    }
}

impl Decode for Company {
    const NAME: &'static str = "Company";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.need("id")?.into(),
            name: f.text_or_empty("name"),
            description: f.text("description"),
            tagline: f.text("tagline"),
            urn: f.text("entity_urn"),
            public_id: f.id("public_identifier"),
            profile_url: f.text("profile_url"),
            logo_url: f.text("logo"),
            website: f.text("website"),
            phone: f.text("phone"),
            industries: f.texts("industry"),
            activities: f.texts("activities"),
            employees: f.count("employee_count"),
            followers: f.count("followers_count"),
            founded: f.text("foundation_date"),
            is_followed: f.is("is_following"),
            is_employer: f.is("is_employee"),
            inbox: f.inside("messaging").map(|inbox| CompanyInbox {
                is_open: inbox.is("is_enabled"),
                id: inbox.id("id"),
                urn: inbox.text("entity_urn"),
            }),
            kind: f.word("organization_type"),
            locale: f.text("default_locale"),
            locations: f.list("locations"),
            localized_names: f.json_texts("localized_name"),
            localized_descriptions: f.json_texts("localized_description"),
            localized_taglines: f.json_texts("localized_tagline"),
            permissions: f.json_text("viewer_permissions"),
            insights: f.json_text("insights"),
        })
    }
}

impl Decode for CompanyLocation {
    const NAME: &'static str = "CompanyLocation";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            is_headquarters: f.is("is_headquarter"),
            country: f.text("country"),
            area: f.text("area"),
            city: f.text("city"),
            // Camel case on the wire, alone among its neighbours.
            postal_code: f.text("postalCode").or_else(|| f.text("postal_code")),
            street: f.texts("street"),
            description: f.text("description"),
        })
    }
}
