//! Reads what a search finds.

use crate::api::fields::{Decode, Fields, Flaw};
use crate::model::company::{FilterValue, Found, FoundCompany, FoundJob, FoundPerson};

impl Decode for FilterValue {
    const NAME: &'static str = "FilterValue";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.need("id")?.into(),
            title: f.text_or_empty("title"),
        })
    }
}

impl Decode for Found {
    const NAME: &'static str = "Found";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        let kind = f.text_or_empty("type");
        Ok(match kind.as_str() {
            "PEOPLE" => Self::Person(Decode::decode(f).map(Box::new)?),
            "COMPANY" => Self::Company(Decode::decode(f)?),
            "POST" => Self::Post(Decode::decode(f).map(Box::new)?),
            "JOB" => Self::Job(Decode::decode(f)?),
            _ => Self::Other { kind, raw: f.raw() },
        })
    }
}

impl Decode for FoundPerson {
    const NAME: &'static str = "FoundPerson";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.need("id")?.into(),
            public_id: f.id("public_identifier"),
            candidate_id: f.id("recruiter_candidate_id"),
            member_urn: f.text("member_urn"),
            name: f.text("name"),
            first_name: f.text("first_name"),
            last_name: f.text("last_name"),
            headline: f.text("headline"),
            location: f.text("location"),
            industry: f.text("industry"),
            profile_url: f.text("profile_url"),
            public_profile_url: f.text("public_profile_url"),
            picture_url: f.text("profile_picture_url"),
            large_picture_url: f.text("profile_picture_url_large"),
            distance: f.word("network_distance"),
            keywords_match: f.text("keywords_match"),
            connections: f.count("connections_count"),
            followers: f.count("followers_count"),
            shared_connections: f.count("shared_connections_count"),
            is_invited: f.is("pending_invitation"),
            can_receive_inmail: f.flag("can_send_inmail"),
            is_premium: f.is("premium"),
            is_open_profile: f.is("open_profile"),
            last_outreach: f.json_text("last_outreach_activity"),
            current_positions: f.json_texts("current_positions"),
            education: f.json_texts("education"),
            work: f.json_texts("work_experience"),
        })
    }
}

impl Decode for FoundCompany {
    const NAME: &'static str = "FoundCompany";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.need("id")?.into(),
            name: f.text_or_empty("name"),
            location: f.text("location"),
            profile_url: f.text("profile_url"),
            industry: f.text("industry"),
            summary: f.text("summary"),
            followers: f.count("followers_count"),
            job_offers: f.count("job_offers_count"),
            headcount: f.text("headcount"),
        })
    }
}

impl Decode for FoundJob {
    const NAME: &'static str = "FoundJob";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        let company = f.inside("company");
        Ok(Self {
            id: f.need("id")?.into(),
            title: f.text("title"),
            location: f.text("location"),
            company: f
                .text("company")
                .or_else(|| company.and_then(|company| company.text("name"))),
            url: f.text("url"),
            raw: f.raw(),
        })
    }
}
