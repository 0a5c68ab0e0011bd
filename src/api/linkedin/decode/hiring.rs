//! Reads job postings, applicants and projects.

use crate::api::fields::{Decode, Fields, Flaw};
use crate::api::words::words;
use crate::model::hiring::{
    Applicant, ApplicantOrder, AppliedEducation, AppliedWork, BudgetRange, Employment, FreePosting,
    HiringMember, HiringProject, JobDraft, JobPosting, JobQuestion, JobState, PipelineStage,
    PromotedPosting, Publication, PublishMode, Rating, RejectionReason, ScreeningAnswer, Workplace,
    YearMonth,
};

words! {
    JobState {
        "active" => Active,
        "draft" => Draft,
        "review" => Review,
        "closed" => Closed,
        "paused" => Paused,
    }
    Workplace { "ON_SITE" => OnSite, "HYBRID" => Hybrid, "REMOTE" => Remote }
    Employment {
        "FULL_TIME" => FullTime,
        "PART_TIME" => PartTime,
        "CONTRACT" => Contract,
        "TEMPORARY" => Temporary,
        "VOLUNTEER" => Volunteer,
        "INTERNSHIP" => Internship,
        "OTHER" => Else,
    }
    PublishMode { "FREE" => Free, "PROMOTED" => Promoted }
    Rating {
        "UNRATED" => Unrated,
        "GOOD_FIT" => GoodFit,
        "MAYBE" => Maybe,
        "NOT_A_FIT" => NotAFit,
    }
    ApplicantOrder {
        "relevance" => Relevance,
        "alphabetical" => Alphabetical,
        "newest_first" => Newest,
        "screening_requirements" => Screening,
    }
    PipelineStage { "UNCONTACTED" => Uncontacted, "CONTACTED" => Contacted, "REPLIED" => Replied }
    RejectionReason {
        "NOT_MEET_BASIC_QUALIFICATIONS" => LacksQualifications,
        "NOT_IN_DESIRED_LOCATION" => WrongLocation,
        "MORE_QUALIFIED_CANDIDATES" => OthersAreBetter,
        "WITHDREW_APPLICATION" => Withdrew,
        "NOT_CONSIDERED_OR_REASON_NOT_SPECIFIED" => NotSpecified,
    }
}

impl Decode for HiringProject {
    const NAME: &'static str = "HiringProject";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.need("id")?.into(),
            name: f.text_or_empty("name"),
            owner_name: f.text("owner_name"),
            owner: f.id("owner_id"),
            created_at: f.time("created_at"),
        })
    }
}

impl Decode for JobPosting {
    const NAME: &'static str = "JobPosting";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.need("id")?.into(),
            state: f.need_word("state")?,
            title: f.text_or_empty("title"),
            description: f.text("description"),
            company: f.text("company"),
            company_id: f.id("company_id"),
            location: f.text("location"),
            applicants: f.count("applicants_counter"),
            views: f.count("views_counter"),
            cost: f.number("cost"),
            created_at: f.time("created_at"),
            published_at: f.time("published_at"),
            closed_at: f.time("closed_at"),
            apply_url: f.text("apply_url"),
            questions: f.list("screening_questions"),
            team: f.list("hiring_team"),
            salary: f.text("salary"),
            workplace: f.text("workplace"),
            seniority: f.text("seniority"),
            skills: f.texts("skills"),
            functions: f.texts("functions"),
            industries: f.texts("industries"),
        })
    }
}

impl Decode for JobQuestion {
    const NAME: &'static str = "JobQuestion";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            question: f.text_or_empty("question"),
            good_answers: f.texts("favorableAnswers"),
        })
    }
}

impl Decode for HiringMember {
    const NAME: &'static str = "HiringMember";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            name: f.text_or_empty("name"),
            id: f.id("provider_id"),
            public_id: f.id("public_identifier"),
            profile_url: f.text("profile_url"),
            can_send_free_inmail: f.is("can_send_free_inmail"),
        })
    }
}

impl Decode for JobDraft {
    const NAME: &'static str = "JobDraft";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        let options = f.inside("publish_options");
        Ok(Self {
            id: f.need("job_id")?.into(),
            project: f.id("project_id"),
            free: options.and_then(|options| options.one("free")),
            promoted: options.and_then(|options| options.one("promoted")),
        })
    }
}

impl Decode for FreePosting {
    const NAME: &'static str = "FreePosting";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            is_possible: f.is("eligible"),
            why_not: f.text("ineligible_reason"),
            monthly_applicants: f.count("estimated_monthly_applicants"),
        })
    }
}

impl Decode for PromotedPosting {
    const NAME: &'static str = "PromotedPosting";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            monthly_applicants: f.count("estimated_monthly_applicants"),
            currency: f.text("currency"),
            daily: f.one("daily_budget"),
            monthly: f.one("monthly_budget"),
        })
    }
}

impl Decode for BudgetRange {
    const NAME: &'static str = "BudgetRange";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            min: f.number("min"),
            max: f.number("max"),
            recommended: f.number("recommended"),
        })
    }
}

impl Decode for Publication {
    const NAME: &'static str = "Publication";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        let tag = f.need("object")?;
        Ok(match tag.as_str() {
            "LinkedinJobPostingPublished" => Self::Published {
                id: f.id("job_id"),
                state: f.word("job_state"),
            },
            "Checkpoint" => Self::Checkpoint { raw: f.raw() },
            _ => Self::Other { raw: f.raw() },
        })
    }
}

impl Decode for Applicant {
    const NAME: &'static str = "Applicant";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        let contact = f.inside("contact_info");
        let further = |name| contact.map(|contact| contact.texts(name));
        Ok(Self {
            id: f.need("id")?.into(),
            name: f.text_or_empty("name"),
            profile: f.id("profile_id"),
            public_id: f.id("public_identifier"),
            profile_url: f.text("public_profile_url"),
            picture_url: f.text("profile_picture_url"),
            headline: f.text("headline"),
            location: f.text("location"),
            applied_at: f.time("applied_at"),
            rating: f.word("rating"),
            email: f.text("email_address"),
            phone: f.text("phone_number"),
            emails: further("email_addresses").unwrap_or_default(),
            phones: further("phone_numbers").unwrap_or_default(),
            work: f.list("work_experience"),
            education: f.list("education"),
            answers: f.list("screening_questions"),
        })
    }
}

impl Decode for AppliedWork {
    const NAME: &'static str = "AppliedWork";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            company: f.text("company"),
            company_id: f.id("company_id"),
            position: f.text("position"),
            location: f.text("location"),
            description: f.text("description"),
            picture_url: f.text("picture_url"),
            start: f.one("start"),
            end: f.one("end"),
        })
    }
}

impl Decode for AppliedEducation {
    const NAME: &'static str = "AppliedEducation";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            school: f.text("school"),
            school_id: f.id("school_id"),
            degree: f.text("degree"),
            field: f.text("field_of_study"),
            description: f.text("description"),
            picture_url: f.text("picture_url"),
            start: f.one("start"),
            end: f.one("end"),
        })
    }
}

impl Decode for YearMonth {
    const NAME: &'static str = "YearMonth";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            year: f
                .whole("year")
                .ok_or_else(|| f.flaw("year", "is missing"))?,
            month: f.whole("month"),
        })
    }
}

impl Decode for ScreeningAnswer {
    const NAME: &'static str = "ScreeningAnswer";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            question: f.text_or_empty("question"),
            answers: f.texts("answers"),
            is_good: f.flag("success"),
        })
    }
}
