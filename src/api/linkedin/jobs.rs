//! Job postings: drafted, published, edited, closed.

use super::{rows, service};
use crate::api::client::Client;
use crate::api::error::Result;
use crate::api::json_text::JsonText;
use crate::api::page::{Page, Paging};
use crate::api::request::{Json, Request};
use crate::model::account::LinkedinProduct;
use crate::model::hiring::{Employment, JobDraft, JobPosting, Publication, PublishMode, Workplace};
use crate::model::id::{AccountId, FilterId, JobId};

/// Which of the own postings to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListJobPostings {
    /// State of the postings, in LinkedIn's words.
    pub category: Option<String>,
    pub paging: Paging,
}

/// Something LinkedIn knows by an id, or only by our words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wording {
    Known(FilterId),
    Free(String),
}

/// A posting to draft.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateJobPosting {
    pub title: Wording,
    pub company: Wording,
    pub workplace: Workplace,
    /// A number.
    pub location: FilterId,
    /// May hold HTML.
    pub description: String,
    pub extras: JobExtras,
}

/// What to change in a posting; absent fields stay.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EditJobPosting {
    pub title: Option<Wording>,
    pub company: Option<Wording>,
    pub workplace: Option<Workplace>,
    /// A number.
    pub location: Option<FilterId>,
    /// May hold HTML.
    pub description: Option<String>,
    pub extras: JobExtras,
}

/// What a posting may have besides.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct JobExtras {
    pub employment: Option<Employment>,
    /// What rejected applicants are told.
    pub rejection_template: Option<String>,
    /// Objects of no documented shape.
    pub questions: Vec<JsonText>,
    /// An object of no documented shape.
    pub apply_method: Option<JsonText>,
    /// An object of no documented shape.
    pub recruiter: Option<JsonText>,
}

/// How to publish a draft.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishJobPosting {
    pub mode: PublishMode,
    /// An object of no documented shape.
    pub budget: Option<JsonText>,
    pub product: Option<LinkedinProduct>,
    /// Further fields under their names on the wire.
    pub more: Vec<(String, JsonText)>,
}

impl Client {
    /// Lists the account's own job postings.
    pub async fn list_job_postings(
        &self,
        account: &AccountId,
        params: &ListJobPostings,
    ) -> Result<Page<JobPosting>> {
        let request = Request::to(&rows::LIST_JOB_POSTINGS)
            .query("category", params.category.as_ref())
            .page(&params.paging)
            .query("account_id", account);
        self.page(&request).await
    }

    /// Reads a job posting; LinkedIn wants to know the product it was made with.
    pub async fn get_job_posting(
        &self,
        account: &AccountId,
        job: &JobId,
        product: Option<&LinkedinProduct>,
    ) -> Result<JobPosting> {
        let request = Request::to(&rows::GET_JOB_POSTING)
            .path("job_id", job)
            .query("account_id", account)
            .query("service", service(product));
        self.one(&request).await
    }

    /// Drafts a job posting and tells what publishing it would bring and cost.
    pub async fn create_job_posting(
        &self,
        account: &AccountId,
        posting: &CreateJobPosting,
    ) -> Result<JobDraft> {
        let request = Request::to(&rows::CREATE_JOB_POSTING)
            .json("account_id", account.as_str())
            .json("job_title", &posting.title)
            .json("company", &posting.company)
            .json("workplace", &posting.workplace)
            .json("location", posting.location.as_str())
            .json("description", posting.description.as_str());
        self.one(&posting.extras.fill(request)).await
    }

    /// Changes a job posting.
    pub async fn edit_job_posting(
        &self,
        account: &AccountId,
        job: &JobId,
        edit: &EditJobPosting,
    ) -> Result<()> {
        let location = edit.location.as_ref().map(FilterId::as_str);
        let request = Request::to(&rows::EDIT_JOB_POSTING)
            .path("job_id", job)
            .json("account_id", account.as_str())
            .json("job_title", Json::maybe(edit.title.as_ref()))
            .json("company", Json::maybe(edit.company.as_ref()))
            .json("workplace", Json::maybe(edit.workplace.as_ref()))
            .json("location", Json::maybe(location))
            .json("description", Json::maybe(edit.description.as_deref()));
        self.done(&edit.extras.fill(request)).await
    }

    /// Publishes a drafted posting, unless LinkedIn asks for something first.
    pub async fn publish_job_posting(
        &self,
        account: &AccountId,
        draft: &JobId,
        params: &PublishJobPosting,
    ) -> Result<Publication> {
        let mut request = Request::to(&rows::PUBLISH_JOB_POSTING)
            .path("draft_id", draft)
            .json("account_id", account.as_str())
            .json("mode", &params.mode)
            .json("budget", Json::maybe(params.budget.as_ref()))
            .json("service", Json::maybe(service(params.product.as_ref())));
        for (name, value) in &params.more {
            request = request.json(name, value);
        }
        self.one(&request).await
    }

    /// Gives LinkedIn the code or address that it asked for when a draft was published.
    pub async fn solve_job_checkpoint(
        &self,
        account: &AccountId,
        draft: &JobId,
        input: &str,
    ) -> Result<()> {
        let request = Request::to(&rows::SOLVE_JOB_CHECKPOINT)
            .path("draft_id", draft)
            .json("account_id", account.as_str())
            .json("input", input);
        self.done(&request).await
    }

    /// Closes a job posting: nobody can apply any more.
    pub async fn close_job_posting(
        &self,
        account: &AccountId,
        job: &JobId,
        product: Option<&LinkedinProduct>,
    ) -> Result<()> {
        let request = Request::to(&rows::CLOSE_JOB_POSTING)
            .path("id", job)
            .query("account_id", account)
            .query("service", service(product));
        self.done(&request).await
    }
}

impl JobExtras {
    fn fill(&self, request: Request) -> Request {
        request
            .json("employment_status", Json::maybe(self.employment.as_ref()))
            .json(
                "auto_rejection_template",
                Json::maybe(self.rejection_template.as_deref()),
            )
            .json("screening_questions", Json::list_or_none(&self.questions))
            .json("apply_method", Json::maybe(self.apply_method.as_ref()))
            .json("recruiter", Json::maybe(self.recruiter.as_ref()))
    }
}

impl From<&Wording> for Json {
    fn from(wording: &Wording) -> Self {
        match wording {
            Wording::Known(id) => Self::object([("id", id.as_str().into())]),
            Wording::Free(text) => Self::object([("text", text.as_str().into())]),
        }
    }
}
