//! Companies, and what a LinkedIn search finds.

use super::id::{CompanyId, FilterId, Identifier, JobId, ProviderId};
use super::network::Distance;
use super::post::Post;

/// A company on LinkedIn.
#[derive(Debug, Clone, PartialEq)]
pub struct Company {
    pub id: CompanyId,
    pub name: String,
    pub description: Option<String>,
    pub tagline: Option<String>,
    pub urn: Option<String>,
    pub public_id: Option<Identifier>,
    pub profile_url: Option<String>,
    pub logo_url: Option<String>,
    pub website: Option<String>,
    pub phone: Option<String>,
    pub industries: Vec<String>,
    pub activities: Vec<String>,
    pub employees: Option<u64>,
    pub followers: Option<u64>,
    /// As LinkedIn writes it.
    pub founded: Option<String>,
    pub is_followed: bool,
    pub is_employer: bool,
    pub inbox: Option<CompanyInbox>,
    pub kind: Option<CompanyKind>,
    pub locale: Option<String>,
    pub locations: Vec<CompanyLocation>,
    /// The name in other languages, each a JSON text.
    pub localized_names: Vec<String>,
    /// The description in other languages, each a JSON text.
    pub localized_descriptions: Vec<String>,
    /// The tagline in other languages, each a JSON text.
    pub localized_taglines: Vec<String>,
    /// What the account may do on the company's page, as JSON text.
    pub permissions: Option<String>,
    /// Figures of the paid products, as JSON text.
    pub insights: Option<String>,
}

/// Whether and how a company can be written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompanyInbox {
    pub is_open: bool,
    /// Whom to write to.
    pub id: Option<ProviderId>,
    pub urn: Option<String>,
}

/// An address of a company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompanyLocation {
    pub is_headquarters: bool,
    pub country: Option<String>,
    pub area: Option<String>,
    pub city: Option<String>,
    pub postal_code: Option<String>,
    pub street: Vec<String>,
    pub description: Option<String>,
}

/// What sort of organization a company is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CompanyKind {
    PublicCompany,
    Educational,
    SelfEmployed,
    GovernmentAgency,
    NonProfit,
    SelfOwned,
    PrivatelyHeld,
    Partnership,
    Other(String),
}

/// Something a search has found.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    Person(Box<FoundPerson>),
    Company(FoundCompany),
    Post(Box<Post>),
    Job(FoundJob),
    /// A kind of result that this version does not know, as JSON text.
    Other {
        kind: String,
        raw: String,
    },
}

/// A person that a search has found.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundPerson {
    pub id: ProviderId,
    pub public_id: Option<Identifier>,
    /// Id of the person as a candidate, in Recruiter.
    pub candidate_id: Option<ProviderId>,
    pub member_urn: Option<String>,
    pub name: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub headline: Option<String>,
    pub location: Option<String>,
    pub industry: Option<String>,
    pub profile_url: Option<String>,
    pub public_profile_url: Option<String>,
    pub picture_url: Option<String>,
    pub large_picture_url: Option<String>,
    pub distance: Option<Distance>,
    /// Where the keywords were found.
    pub keywords_match: Option<String>,
    pub connections: Option<u64>,
    pub followers: Option<u64>,
    pub shared_connections: Option<u64>,
    pub is_invited: bool,
    pub can_receive_inmail: Option<bool>,
    pub is_premium: bool,
    pub is_open_profile: bool,
    /// What was last done to reach the person, as JSON text.
    pub last_outreach: Option<String>,
    /// Each a JSON text.
    pub current_positions: Vec<String>,
    /// Each a JSON text.
    pub education: Vec<String>,
    /// Each a JSON text.
    pub work: Vec<String>,
}

/// A company that a search has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundCompany {
    pub id: CompanyId,
    pub name: String,
    pub location: Option<String>,
    pub profile_url: Option<String>,
    pub industry: Option<String>,
    pub summary: Option<String>,
    pub followers: Option<u64>,
    pub job_offers: Option<u64>,
    /// A number, or a range such as "51-200".
    pub headcount: Option<String>,
}

/// A job that a search has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundJob {
    pub id: JobId,
    pub title: Option<String>,
    pub location: Option<String>,
    /// The company's name, where it is one.
    pub company: Option<String>,
    pub url: Option<String>,
    /// The whole job as JSON text: its shape is not documented.
    pub raw: String,
}

/// A value that a filter of the search takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterValue {
    pub id: FilterId,
    pub title: String,
}

/// What kind of value is looked up for a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilterKind {
    Location,
    People,
    Connections,
    Company,
    School,
    Industry,
    Service,
    JobFunction,
    JobTitle,
    EmploymentType,
    Skill,
    Groups,
    SalesIndustry,
    Department,
    Persona,
    AccountLists,
    LeadLists,
    Technologies,
    SavedAccounts,
    SavedSearches,
    RecentSearches,
    Region,
    PostalCode,
    HiringProjects,
    Other(String),
}
