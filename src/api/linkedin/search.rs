//! Search: people, companies, posts and jobs, and the values that its filters take.

use super::{rows, service};
use crate::api::client::Client;
use crate::api::error::Result;
use crate::api::json_text::JsonText;
use crate::api::page::{Page, Paging};
use crate::api::request::{Json, Request};
use crate::api::words::words;
use crate::model::account::LinkedinProduct;
use crate::model::company::{FilterKind, FilterValue, Found};
use crate::model::id::{AccountId, FilterId, ProviderId};

/// A search. Either `url`, or a cursor, or a product and a category with filters; which filters there are depends on
/// the product and the category. Filters take the ids of [`Client::list_search_parameters`], not words.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Search {
    pub product: Option<LinkedinProduct>,
    pub category: Option<Category>,
    pub keywords: Option<String>,
    /// A search page of LinkedIn as a browser shows it; overrides all the rest.
    pub url: Option<String>,
    pub industry: Option<Filter>,
    pub location: Option<Filter>,
    pub company: Option<Filter>,
    pub past_company: Option<Filter>,
    pub school: Option<Filter>,
    pub service: Option<Filter>,
    pub job_title: Option<Filter>,
    pub seniority: Option<Filter>,
    pub connections_of: Vec<ProviderId>,
    pub followers_of: Vec<ProviderId>,
    /// 1, 2 or 3 steps away.
    pub network_distance: Vec<u8>,
    /// Such as `en`.
    pub profile_language: Vec<String>,
    /// Years.
    pub tenure: Vec<Span>,
    pub headcount: Vec<JsonText>,
    pub has_job_offers: Option<bool>,
    pub role: Vec<JsonText>,
    pub skills: Vec<JsonText>,
    pub order: Option<SearchOrder>,
    pub posted: Option<PostedWithin>,
    pub content_type: Option<String>,
    pub posted_by: Option<JsonText>,
    pub mentioning: Option<JsonText>,
    pub author: Option<JsonText>,
    pub job_type: Vec<String>,
    pub minimum_salary: Option<JsonText>,
    /// Further filters under their names on the wire.
    pub more: Vec<(String, JsonText)>,
    /// 10 when absent; classic at most 50, the others 100.
    pub paging: Paging,
}

/// What is searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Category {
    People,
    Companies,
    Posts,
    Jobs,
    Other(String),
}

/// In which order results come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SearchOrder {
    Relevance,
    Date,
    Other(String),
}

/// How old results may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PostedWithin {
    Day,
    Week,
    Month,
    Other(String),
}

/// Which values of a field to find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// Any of these; the form of the classic search.
    AnyOf(Vec<FilterId>),
    /// Any of some and none of others; the form of the paid products.
    Choose {
        include: Vec<FilterId>,
        exclude: Vec<FilterId>,
    },
}

/// A range with two open ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Span {
    pub min: Option<u32>,
    pub max: Option<u32>,
}

/// Which values of a filter to look up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListFilterValues {
    pub kind: FilterKind,
    pub keywords: Option<String>,
    /// The product whose search is to be filtered.
    pub product: Option<LinkedinProduct>,
    pub limit: Option<u16>,
}

impl Client {
    /// Looks up the ids that a filter of the search takes.
    pub async fn list_search_parameters(
        &self,
        account: &AccountId,
        params: &ListFilterValues,
    ) -> Result<Page<FilterValue>> {
        let request = Request::to(&rows::LIST_SEARCH_PARAMETERS)
            .query("account_id", account)
            .query("type", &params.kind)
            .query("keywords", params.keywords.as_ref())
            .query("service", service(params.product.as_ref()))
            .query("limit", params.limit);
        self.page(&request).await
    }

    /// Searches LinkedIn.
    pub async fn search_linkedin(
        &self,
        account: &AccountId,
        search: &Search,
    ) -> Result<Page<Found>> {
        let request = Request::list(&rows::SEARCH_LINKEDIN, account, &search.paging).json_body();
        // A cursor holds the search that it belongs to.
        let request = match search.paging.cursor {
            Some(_) => request,
            None => search.fill(request),
        };
        self.page(&request).await
    }
}

impl Search {
    fn fill(&self, request: Request) -> Request {
        let mut request = self
            .fill_filters(request)
            .json("api", Json::maybe(self.product.as_ref()))
            .json("category", Json::maybe(self.category.as_ref()))
            .json("keywords", Json::maybe(self.keywords.as_deref()))
            .json("url", Json::maybe(self.url.as_deref()))
            .json("sort_by", Json::maybe(self.order.as_ref()))
            .json("date_posted", Json::maybe(self.posted.as_ref()))
            .json("content_type", Json::maybe(self.content_type.as_deref()))
            .json("posted_by", Json::maybe(self.posted_by.as_ref()))
            .json("mentioning", Json::maybe(self.mentioning.as_ref()))
            .json("author", Json::maybe(self.author.as_ref()))
            .json("job_type", words_of(&self.job_type))
            .json("minimum_salary", Json::maybe(self.minimum_salary.as_ref()));
        for (name, value) in &self.more {
            request = request.json(name, value);
        }
        request
    }

    fn fill_filters(&self, request: Request) -> Request {
        request
            .json("industry", Json::maybe(self.industry.as_ref()))
            .json("location", Json::maybe(self.location.as_ref()))
            .json("company", Json::maybe(self.company.as_ref()))
            .json("past_company", Json::maybe(self.past_company.as_ref()))
            .json("school", Json::maybe(self.school.as_ref()))
            .json("service", Json::maybe(self.service.as_ref()))
            .json("job_title", Json::maybe(self.job_title.as_ref()))
            .json("seniority", Json::maybe(self.seniority.as_ref()))
            .json("connections_of", words_of(&self.connections_of))
            .json("followers_of", words_of(&self.followers_of))
            .json(
                "network_distance",
                Json::list_or_none(self.network_distance.iter().copied()),
            )
            .json("profile_language", words_of(&self.profile_language))
            .json("tenure", Json::list_or_none(&self.tenure))
            .json("headcount", Json::list_or_none(&self.headcount))
            .json("has_job_offers", Json::maybe(self.has_job_offers))
            .json("role", Json::list_or_none(&self.role))
            .json("skills", Json::list_or_none(&self.skills))
    }
}

impl From<&Filter> for Json {
    fn from(filter: &Filter) -> Self {
        match filter {
            Filter::AnyOf(ids) => Self::list(ids.iter().map(FilterId::as_str)),
            Filter::Choose { include, exclude } => Self::object([
                ("include", words_of(include)),
                ("exclude", words_of(exclude)),
            ]),
        }
    }
}

impl From<&Span> for Json {
    fn from(span: &Span) -> Self {
        Self::object([
            ("min", Self::maybe(span.min)),
            ("max", Self::maybe(span.max)),
        ])
    }
}

/// A list of words or ids, left out when it is empty.
fn words_of<T: AsRef<str>>(items: &[T]) -> Json {
    Json::list_or_none(items.iter().map(AsRef::as_ref))
}

words! {
    Category {
        "people" => People,
        "companies" => Companies,
        "posts" => Posts,
        "jobs" => Jobs,
    }
    SearchOrder { "relevance" => Relevance, "date" => Date }
    PostedWithin { "past_day" => Day, "past_week" => Week, "past_month" => Month }
    FilterKind {
        "LOCATION" => Location,
        "PEOPLE" => People,
        "CONNECTIONS" => Connections,
        "COMPANY" => Company,
        "SCHOOL" => School,
        "INDUSTRY" => Industry,
        "SERVICE" => Service,
        "JOB_FUNCTION" => JobFunction,
        "JOB_TITLE" => JobTitle,
        "EMPLOYMENT_TYPE" => EmploymentType,
        "SKILL" => Skill,
        "GROUPS" => Groups,
        "SALES_INDUSTRY" => SalesIndustry,
        "DEPARTMENT" => Department,
        "PERSONA" => Persona,
        "ACCOUNT_LISTS" => AccountLists,
        "LEAD_LISTS" => LeadLists,
        "TECHNOLOGIES" => Technologies,
        "SAVED_ACCOUNTS" => SavedAccounts,
        "SAVED_SEARCHES" => SavedSearches,
        "RECENT_SEARCHES" => RecentSearches,
        "REGION" => Region,
        "POSTAL_CODE" => PostalCode,
        "HIRING_PROJECTS" => HiringProjects,
    }
}
