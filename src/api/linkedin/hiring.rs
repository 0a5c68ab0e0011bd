//! Recruiter projects, applicants, and what is done with members.

use std::path::Path;

use super::decode::Performed;
use super::{rows, service};
use crate::api::client::{Client, Download};
use crate::api::error::Result;
use crate::api::page::{Page, Paging};
use crate::api::request::{Json, Request};
use crate::api::words::Spelled as _;
use crate::model::account::LinkedinProduct;
use crate::model::hiring::{
    Applicant, ApplicantOrder, HiringProject, MemberAction, PipelineStage, Rating, RejectionNotice,
};
use crate::model::id::{AccountId, ApplicantId, JobId, ProjectId, ProviderId};

/// Which applicants of a posting to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListJobApplicants {
    /// The product the posting was made with.
    pub product: Option<LinkedinProduct>,
    pub keywords: Option<String>,
    /// Only those rated so.
    pub ratings: Vec<Rating>,
    /// Recruiter only.
    pub order: Option<ApplicantOrder>,
    pub paging: Paging,
}

impl Client {
    /// Lists the Recruiter projects.
    pub async fn list_hiring_projects(
        &self,
        account: &AccountId,
        paging: &Paging,
    ) -> Result<Page<HiringProject>> {
        self.page(&Request::list(&rows::LIST_HIRING_PROJECTS, account, paging))
            .await
    }

    /// Reads a Recruiter project.
    pub async fn get_hiring_project(
        &self,
        account: &AccountId,
        project: &ProjectId,
    ) -> Result<HiringProject> {
        let request = Request::to(&rows::GET_HIRING_PROJECT)
            .path("id", project)
            .query("account_id", account);
        self.one(&request).await
    }

    /// Does something with a member in Recruiter or Sales Navigator and tells whether it took. The id is the one that
    /// this product sees.
    pub async fn perform_member_action(
        &self,
        account: &AccountId,
        member: &ProviderId,
        action: &MemberAction,
    ) -> Result<bool> {
        let request = Request::to(&rows::PERFORM_MEMBER_ACTION)
            .path("user_id", member)
            .json("account_id", account.as_str());
        let Performed(success) = self.one(&fill_action(request, action)).await?;
        Ok(success)
    }

    /// Lists those who have applied for a job.
    pub async fn list_job_applicants(
        &self,
        account: &AccountId,
        job: &JobId,
        params: &ListJobApplicants,
    ) -> Result<Page<Applicant>> {
        let ratings: Vec<_> = params.ratings.iter().map(Rating::to_word).collect();
        let ratings = (!ratings.is_empty()).then(|| ratings.join(","));
        let request = Request::to(&rows::LIST_JOB_APPLICANTS)
            .path("id", job)
            .query("service", service(params.product.as_ref()))
            .query("keywords", params.keywords.as_ref())
            .query("ratings", ratings)
            .query("sort_by", params.order.as_ref())
            .page(&params.paging)
            .query("account_id", account);
        self.page(&request).await
    }

    /// Reads an applicant.
    pub async fn get_job_applicant(
        &self,
        account: &AccountId,
        applicant: &ApplicantId,
    ) -> Result<Applicant> {
        let request = Request::to(&rows::GET_JOB_APPLICANT)
            .path("applicant_id", applicant)
            .query("account_id", account);
        self.one(&request).await
    }

    /// Reads the résumé of an applicant into memory, with its media type.
    pub async fn get_job_applicant_resume_bytes(
        &self,
        account: &AccountId,
        applicant: &ApplicantId,
        product: Option<&LinkedinProduct>,
    ) -> Result<(Vec<u8>, Option<String>)> {
        self.bytes(&resume(account, applicant, product)).await
    }

    /// Fetches the résumé of an applicant to disk.
    pub async fn get_job_applicant_resume(
        &self,
        account: &AccountId,
        applicant: &ApplicantId,
        product: Option<&LinkedinProduct>,
        to: &Path,
        progress: impl FnMut(u64, Option<u64>) + Send,
    ) -> Result<Download> {
        self.download(&resume(account, applicant, product), to, progress)
            .await
    }
}

fn resume(
    account: &AccountId,
    applicant: &ApplicantId,
    product: Option<&LinkedinProduct>,
) -> Request {
    Request::to(&rows::GET_JOB_APPLICANT_RESUME)
        .path("applicant_id", applicant)
        .query("account_id", account)
        .query("service", service(product))
}

fn fill_action(request: Request, action: &MemberAction) -> Request {
    match action {
        MemberAction::AddCandidate { project, stage } => {
            fill_pipeline(request, "addCandidateToPipeline", project, stage.as_ref())
        }
        MemberAction::AddApplicant { project, stage } => {
            fill_pipeline(request, "addApplicantToPipeline", project, stage.as_ref())
        }
        MemberAction::MoveCandidate { project, stage } => {
            fill_pipeline(request, "changeCandidatePipeline", project, stage.as_ref())
        }
        MemberAction::RejectApplicant {
            project,
            reason,
            notice,
        } => request
            .json("api", &LinkedinProduct::Recruiter)
            .json("action", "rejectApplicant")
            .json("hiring_project_id", project.as_str())
            .json("reason", reason)
            .json("rejection_notification", Json::maybe(notice.as_ref())),
        MemberAction::SaveLead { list } => request
            .json("api", &LinkedinProduct::SalesNavigator)
            .json("action", "saveLead")
            .json("list_id", Json::maybe(list.as_deref())),
    }
}

fn fill_pipeline(
    request: Request,
    action: &str,
    project: &ProjectId,
    stage: Option<&PipelineStage>,
) -> Request {
    request
        .json("api", &LinkedinProduct::Recruiter)
        .json("action", action)
        .json("hiring_project_id", project.as_str())
        .json("stage", Json::maybe(stage))
}

impl From<&RejectionNotice> for Json {
    fn from(notice: &RejectionNotice) -> Self {
        Self::object([
            ("message", notice.message.as_str().into()),
            (
                "send_notification_at",
                Self::maybe(notice.send_at.map(jiff::Timestamp::as_millisecond)),
            ),
        ])
    }
}
