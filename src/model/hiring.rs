//! Hiring on LinkedIn: projects, job postings and those who apply.

use jiff::Timestamp;

use super::id::{ApplicantId, CompanyId, Identifier, JobId, ProjectId, ProviderId};

/// A project of LinkedIn Recruiter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HiringProject {
    pub id: ProjectId,
    pub name: String,
    pub owner_name: Option<String>,
    pub owner: Option<ProviderId>,
    pub created_at: Option<Timestamp>,
}

/// A job posting.
#[derive(Debug, Clone, PartialEq)]
pub struct JobPosting {
    pub id: JobId,
    pub state: JobState,
    pub title: String,
    pub description: Option<String>,
    pub company: Option<String>,
    pub company_id: Option<CompanyId>,
    pub location: Option<String>,
    pub applicants: Option<u64>,
    pub views: Option<u64>,
    pub cost: Option<f64>,
    pub created_at: Option<Timestamp>,
    pub published_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    pub apply_url: Option<String>,
    pub questions: Vec<JobQuestion>,
    pub team: Vec<HiringMember>,
    pub salary: Option<String>,
    pub workplace: Option<String>,
    pub seniority: Option<String>,
    pub skills: Vec<String>,
    pub functions: Vec<String>,
    pub industries: Vec<String>,
}

/// Where a job posting is in its life.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobState {
    Active,
    Draft,
    Review,
    Closed,
    Paused,
    Other(String),
}

/// A question that applicants are asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobQuestion {
    pub question: String,
    pub good_answers: Vec<String>,
}

/// Somebody who hires.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HiringMember {
    pub name: String,
    pub id: Option<ProviderId>,
    pub public_id: Option<Identifier>,
    pub profile_url: Option<String>,
    pub can_send_free_inmail: bool,
}

/// Where the work is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Workplace {
    OnSite,
    Hybrid,
    Remote,
    Other(String),
}

/// How somebody is employed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Employment {
    FullTime,
    PartTime,
    Contract,
    Temporary,
    Volunteer,
    Internship,
    /// LinkedIn's own catch-all.
    Else,
    Other(String),
}

/// A posting that was drafted and waits to be published.
#[derive(Debug, Clone, PartialEq)]
pub struct JobDraft {
    pub id: JobId,
    pub project: Option<ProjectId>,
    pub free: Option<FreePosting>,
    pub promoted: Option<PromotedPosting>,
}

/// What publishing for free would bring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreePosting {
    pub is_possible: bool,
    pub why_not: Option<String>,
    pub monthly_applicants: Option<u64>,
}

/// What publishing for money would bring and cost.
#[derive(Debug, Clone, PartialEq)]
pub struct PromotedPosting {
    pub monthly_applicants: Option<u64>,
    pub currency: Option<String>,
    pub daily: Option<BudgetRange>,
    pub monthly: Option<BudgetRange>,
}

/// Limits of a budget, and what LinkedIn suggests.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BudgetRange {
    pub min: Option<f64>,
    pub max: Option<f64>,
    pub recommended: Option<f64>,
}

/// Whether a posting is free or paid for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublishMode {
    Free,
    Promoted,
    Other(String),
}

/// What came of publishing a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Publication {
    Published {
        id: Option<JobId>,
        state: Option<JobState>,
    },
    /// LinkedIn asks for something first, told here as JSON text; answered with the code or address it wants.
    Checkpoint { raw: String },
    /// An answer that this version does not know, as JSON text.
    Other { raw: String },
}

/// Somebody who has applied for a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applicant {
    pub id: ApplicantId,
    pub name: String,
    pub profile: Option<ProviderId>,
    pub public_id: Option<Identifier>,
    pub profile_url: Option<String>,
    pub picture_url: Option<String>,
    pub headline: Option<String>,
    pub location: Option<String>,
    pub applied_at: Option<Timestamp>,
    pub rating: Option<Rating>,
    pub email: Option<String>,
    pub phone: Option<String>,
    /// Further addresses, where given.
    pub emails: Vec<String>,
    /// Further numbers, where given.
    pub phones: Vec<String>,
    pub work: Vec<AppliedWork>,
    pub education: Vec<AppliedEducation>,
    pub answers: Vec<ScreeningAnswer>,
}

/// How an applicant was rated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rating {
    Unrated,
    GoodFit,
    Maybe,
    NotAFit,
    Other(String),
}

/// A position that an applicant has or had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppliedWork {
    pub company: Option<String>,
    pub company_id: Option<CompanyId>,
    pub position: Option<String>,
    pub location: Option<String>,
    pub description: Option<String>,
    pub picture_url: Option<String>,
    pub start: Option<YearMonth>,
    pub end: Option<YearMonth>,
}

/// A school that an applicant went to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppliedEducation {
    pub school: Option<String>,
    pub school_id: Option<CompanyId>,
    pub degree: Option<String>,
    pub field: Option<String>,
    pub description: Option<String>,
    pub picture_url: Option<String>,
    pub start: Option<YearMonth>,
    pub end: Option<YearMonth>,
}

/// A year, or a month of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct YearMonth {
    pub year: i64,
    pub month: Option<i64>,
}

/// What an applicant answered to a question of the posting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScreeningAnswer {
    pub question: String,
    pub answers: Vec<String>,
    /// Whether the answer is a good one.
    pub is_good: Option<bool>,
}

/// In which order applicants are listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApplicantOrder {
    Relevance,
    Alphabetical,
    Newest,
    Screening,
    Other(String),
}

/// Something done with a member in one of LinkedIn's paid products.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MemberAction {
    AddCandidate {
        project: ProjectId,
        stage: Option<PipelineStage>,
    },
    AddApplicant {
        project: ProjectId,
        stage: Option<PipelineStage>,
    },
    MoveCandidate {
        project: ProjectId,
        stage: Option<PipelineStage>,
    },
    RejectApplicant {
        project: ProjectId,
        reason: RejectionReason,
        notice: Option<RejectionNotice>,
    },
    /// Saves a lead of Sales Navigator, on a list or on the default one.
    SaveLead { list: Option<String> },
}

/// How far the talk with a candidate has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PipelineStage {
    Uncontacted,
    Contacted,
    Replied,
    Other(String),
}

/// Why an applicant is rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RejectionReason {
    LacksQualifications,
    WrongLocation,
    OthersAreBetter,
    Withdrew,
    NotSpecified,
    Other(String),
}

/// What a rejected applicant is told, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectionNotice {
    pub message: String,
    pub send_at: Option<Timestamp>,
}
