//! The operations of the linkedin area; the tests compare them with `assets/openapi.yaml`, row by row.

use super::row::*;
use crate::api::operation::Area::Linkedin;
use crate::api::operation::Kind::*;
use crate::api::operation::Method::*;
use crate::api::operation::Standing::*;
use crate::api::operation::{Answer, Body, Operation};

/// Every operation of the area.
pub(super) const ALL: &[&Operation] = &[
    &LIST_HIRING_PROJECTS,
    &GET_HIRING_PROJECT,
    &PERFORM_MEMBER_ACTION,
    &GET_COMPANY_PROFILE,
    &GET_RAW_DATA,
    &GET_INMAIL_BALANCE,
    &LIST_SEARCH_PARAMETERS,
    &SEARCH_LINKEDIN,
    &LIST_JOB_POSTINGS,
    &CREATE_JOB_POSTING,
    &GET_JOB_POSTING,
    &EDIT_JOB_POSTING,
    &PUBLISH_JOB_POSTING,
    &SOLVE_JOB_CHECKPOINT,
    &CLOSE_JOB_POSTING,
    &LIST_JOB_APPLICANTS,
    &GET_JOB_APPLICANT,
    &GET_JOB_APPLICANT_RESUME,
    &ENDORSE_SKILL,
];

pub const LIST_HIRING_PROJECTS: Operation = Operation {
    id: "listHiringProjects",
    method: Get,
    path: "/api/v1/linkedin/projects",
    area: Linkedin,
    summary: "List Recruiter projects",
    params: &[ACCOUNT, LIMIT_FREE, CURSOR],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const GET_HIRING_PROJECT: Operation = Operation {
    id: "getHiringProject",
    method: Get,
    path: "/api/v1/linkedin/projects/{id}",
    area: Linkedin,
    summary: "Read a Recruiter project",
    params: &[path("id", Text, "Resource id."), ACCOUNT],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const PERFORM_MEMBER_ACTION: Operation = Operation {
    id: "performMemberAction",
    method: Post,
    path: "/api/v1/linkedin/user/{user_id}",
    area: Linkedin,
    summary: "Act on a member: pipeline, reject, save lead",
    params: &[
        path(
            "user_id",
            Text,
            "Member id: AEM... for Recruiter, ACw... for Sales Navigator.",
        ),
        body("account_id", Text, "").required(),
        body("api", Text, "")
            .required()
            .one_of(&["recruiter", "sales_navigator"]),
        body("action", Text, "").required().one_of(&[
            "addCandidateToPipeline",
            "addApplicantToPipeline",
            "changeCandidatePipeline",
            "rejectApplicant",
            "saveLead",
        ]),
        body("hiring_project_id", Text, ""),
        body("stage", Text, "").one_of(&["UNCONTACTED", "CONTACTED", "REPLIED"]),
        body("reason", Text, "").one_of(&[
            "NOT_MEET_BASIC_QUALIFICATIONS",
            "NOT_IN_DESIRED_LOCATION",
            "MORE_QUALIFIED_CANDIDATES",
            "WITHDREW_APPLICATION",
            "NOT_CONSIDERED_OR_REASON_NOT_SPECIFIED",
        ]),
        body("rejection_notification", Json, ""),
        body("list_id", Text, ""),
    ],
    body: Body::Json,
    answer: Answer::Json,
    standing: Settled,
};

pub const GET_COMPANY_PROFILE: Operation = Operation {
    id: "getCompanyProfile",
    method: Get,
    path: "/api/v1/linkedin/company/{identifier}",
    area: Linkedin,
    summary: "Read a company profile",
    params: &[
        path("identifier", Text, "Provider-internal or public id."),
        ACCOUNT,
    ],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const GET_RAW_DATA: Operation = Operation {
    id: "getRawData",
    method: Post,
    path: "/api/v1/linkedin",
    area: Linkedin,
    summary: "Call any LinkedIn endpoint through the account",
    params: &[
        query("account_id", Text, "The SDK sample repeats it here."),
        body("account_id", Text, "").required(),
        body("request_url", Text, "A linkedin.com endpoint.").required(),
        body("method", Text, "").one_of(&["GET", "POST", "PUT", "PATCH", "DELETE"]),
        body("body", Json, ""),
        body("query_params", Json, ""),
        body("headers", Json, ""),
        body("encoding", Flag, "Let the server percent-encode the URL."),
    ],
    body: Body::Json,
    answer: Answer::Json,
    standing: Settled,
};

pub const GET_INMAIL_BALANCE: Operation = Operation {
    id: "getInmailBalance",
    method: Get,
    path: "/api/v1/linkedin/inmail_balance",
    area: Linkedin,
    summary: "InMail credits left",
    params: &[ACCOUNT],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const LIST_SEARCH_PARAMETERS: Operation = Operation {
    id: "listSearchParameters",
    method: Get,
    path: "/api/v1/linkedin/search/parameters",
    area: Linkedin,
    summary: "Turn words into LinkedIn filter ids",
    params: &[
        ACCOUNT,
        query("type", Text, "").required().one_of(&[
            "LOCATION",
            "PEOPLE",
            "CONNECTIONS",
            "COMPANY",
            "SCHOOL",
            "INDUSTRY",
            "SERVICE",
            "JOB_FUNCTION",
            "JOB_TITLE",
            "EMPLOYMENT_TYPE",
            "SKILL",
            "GROUPS",
            "SALES_INDUSTRY",
            "DEPARTMENT",
            "PERSONA",
            "ACCOUNT_LISTS",
            "LEAD_LISTS",
            "TECHNOLOGIES",
            "SAVED_ACCOUNTS",
            "SAVED_SEARCHES",
            "RECENT_SEARCHES",
            "REGION",
            "POSTAL_CODE",
            "HIRING_PROJECTS",
        ]),
        query("keywords", Text, ""),
        query("service", Text, "").one_of(&["CLASSIC", "RECRUITER", "SALES_NAVIGATOR"]),
        LIMIT_100,
    ],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const SEARCH_LINKEDIN: Operation = Operation {
    id: "searchLinkedin",
    method: Post,
    path: "/api/v1/linkedin/search",
    area: Linkedin,
    summary: "Search people, companies, posts or jobs",
    params: &[
        ACCOUNT,
        CURSOR,
        query("limit", Integer, "Classic: at most 50."),
        body("api", Text, "").one_of(&["classic", "sales_navigator", "recruiter"]),
        body("category", Text, "").one_of(&["people", "companies", "posts", "jobs"]),
        body("keywords", Text, ""),
        body(
            "url",
            Text,
            "A LinkedIn search page; overrides all the rest.",
        ),
        body("cursor", Text, "May stand here instead of in the query."),
        body("industry", Json, ""),
        body("location", Json, ""),
        body("company", Json, ""),
        body("past_company", Json, ""),
        body("school", Json, ""),
        body("service", Json, ""),
        body("connections_of", Text, "").many(),
        body("followers_of", Text, "").many(),
        body("network_distance", Integer, "").many(),
        body("profile_language", Text, "").many(),
        body("job_title", Json, ""),
        body("tenure", Json, "").many(),
        body("seniority", Json, ""),
        body("headcount", Json, "").many(),
        body("has_job_offers", Flag, ""),
        body("role", Json, "").many(),
        body("skills", Json, "").many(),
        body("sort_by", Text, "").one_of(&["relevance", "date"]),
        body("date_posted", Text, "").one_of(&["past_day", "past_week", "past_month"]),
        body("content_type", Text, ""),
        body("posted_by", Json, ""),
        body("mentioning", Json, ""),
        body("author", Json, ""),
        body("job_type", Text, "").many(),
        body("minimum_salary", Json, ""),
    ],
    body: Body::Json,
    answer: Answer::Json,
    standing: Settled,
};

pub const LIST_JOB_POSTINGS: Operation = Operation {
    id: "listJobPostings",
    method: Get,
    path: "/api/v1/linkedin/jobs",
    area: Linkedin,
    summary: "List own job postings",
    params: &[
        ACCOUNT,
        query("category", Text, "State of the postings."),
        LIMIT_100,
        CURSOR,
    ],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const CREATE_JOB_POSTING: Operation = Operation {
    id: "createJobPosting",
    method: Post,
    path: "/api/v1/linkedin/jobs",
    area: Linkedin,
    summary: "Draft a job posting",
    params: &[
        body("account_id", Text, "").required(),
        body(
            "job_title",
            Json,
            "An id from the search parameters, or free text.",
        )
        .required(),
        body(
            "company",
            Json,
            "An id from the search parameters, or free text.",
        )
        .required(),
        body("workplace", Text, "")
            .required()
            .one_of(&["ON_SITE", "HYBRID", "REMOTE"]),
        body("location", Text, "Numeric LOCATION id.").required(),
        body("employment_status", Text, "").one_of(&[
            "FULL_TIME",
            "PART_TIME",
            "CONTRACT",
            "TEMPORARY",
            "OTHER",
            "VOLUNTEER",
            "INTERNSHIP",
        ]),
        body("description", Text, "HTML allowed.").required(),
        body("auto_rejection_template", Text, ""),
        body("screening_questions", Json, "").many(),
        body("apply_method", Json, ""),
        body("recruiter", Json, ""),
    ],
    body: Body::Json,
    answer: Answer::Json,
    standing: Settled,
};

pub const GET_JOB_POSTING: Operation = Operation {
    id: "getJobPosting",
    method: Get,
    path: "/api/v1/linkedin/jobs/{job_id}",
    area: Linkedin,
    summary: "Read a job posting",
    params: &[
        path("job_id", Text, "Job posting id."),
        ACCOUNT,
        LINKEDIN_SERVICE,
    ],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const EDIT_JOB_POSTING: Operation = Operation {
    id: "editJobPosting",
    method: Patch,
    path: "/api/v1/linkedin/jobs/{job_id}",
    area: Linkedin,
    summary: "Edit a job posting",
    params: &[
        path("job_id", Text, "Job posting id."),
        body("account_id", Text, "").required(),
        body(
            "job_title",
            Json,
            "An id from the search parameters, or free text.",
        ),
        body(
            "company",
            Json,
            "An id from the search parameters, or free text.",
        ),
        body("workplace", Text, "").one_of(&["ON_SITE", "HYBRID", "REMOTE"]),
        body("location", Text, "Numeric LOCATION id."),
        body("employment_status", Text, "").one_of(&[
            "FULL_TIME",
            "PART_TIME",
            "CONTRACT",
            "TEMPORARY",
            "OTHER",
            "VOLUNTEER",
            "INTERNSHIP",
        ]),
        body("description", Text, "HTML allowed."),
        body("auto_rejection_template", Text, ""),
        body("screening_questions", Json, "").many(),
        body("apply_method", Json, ""),
        body("recruiter", Json, ""),
    ],
    body: Body::Json,
    answer: Answer::Json,
    standing: Settled,
};

pub const PUBLISH_JOB_POSTING: Operation = Operation {
    id: "publishJobPosting",
    method: Post,
    path: "/api/v1/linkedin/jobs/{draft_id}/publish",
    area: Linkedin,
    summary: "Publish a drafted posting",
    params: &[
        path("draft_id", Text, "Id of the draft posting."),
        body("account_id", Text, ""),
        body("mode", Text, "")
            .required()
            .one_of(&["FREE", "PROMOTED"]),
        body("budget", Json, ""),
        body("service", Text, "").one_of(&["CLASSIC", "RECRUITER"]),
    ],
    body: Body::Json,
    answer: Answer::Json,
    standing: Settled,
};

pub const SOLVE_JOB_CHECKPOINT: Operation = Operation {
    id: "solveJobCheckpoint",
    method: Post,
    path: "/api/v1/linkedin/jobs/{draft_id}/checkpoint",
    area: Linkedin,
    summary: "Answer a publishing checkpoint",
    params: &[
        path("draft_id", Text, "Id of the draft posting."),
        body("account_id", Text, "").required(),
        body("input", Text, "The code or address LinkedIn asked for.").required(),
    ],
    body: Body::Json,
    answer: Answer::Json,
    standing: Settled,
};

pub const CLOSE_JOB_POSTING: Operation = Operation {
    id: "closeJobPosting",
    method: Post,
    path: "/api/v1/linkedin/jobs/{id}/close",
    area: Linkedin,
    summary: "Close a posting",
    params: &[path("id", Text, "Resource id."), ACCOUNT, LINKEDIN_SERVICE],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const LIST_JOB_APPLICANTS: Operation = Operation {
    id: "listJobApplicants",
    method: Get,
    path: "/api/v1/linkedin/jobs/{id}/applicants",
    area: Linkedin,
    summary: "List applicants",
    params: &[
        path("id", Text, "Resource id."),
        ACCOUNT,
        LINKEDIN_SERVICE,
        LIMIT_250,
        CURSOR,
        query("keywords", Text, ""),
        query("ratings", Text, "Joined by commas."),
        query("sort_by", Text, "Recruiter.").one_of(&[
            "relevance",
            "alphabetical",
            "newest_first",
            "screening_requirements",
        ]),
    ],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const GET_JOB_APPLICANT: Operation = Operation {
    id: "getJobApplicant",
    method: Get,
    path: "/api/v1/linkedin/jobs/applicants/{applicant_id}",
    area: Linkedin,
    summary: "Read an applicant",
    params: &[path("applicant_id", Text, "Applicant id."), ACCOUNT],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const GET_JOB_APPLICANT_RESUME: Operation = Operation {
    id: "getJobApplicantResume",
    method: Get,
    path: "/api/v1/linkedin/jobs/applicants/{applicant_id}/resume",
    area: Linkedin,
    summary: "Download a résumé",
    params: &[
        path("applicant_id", Text, "Applicant id."),
        ACCOUNT,
        LINKEDIN_SERVICE,
    ],
    body: Body::None,
    answer: Answer::Bytes,
    standing: Settled,
};

pub const ENDORSE_SKILL: Operation = Operation {
    id: "endorseSkill",
    method: Post,
    path: "/api/v1/linkedin/profile/endorse",
    area: Linkedin,
    summary: "Endorse a skill",
    params: &[
        body("account_id", Text, "").required(),
        body("profile_id", Text, "ACo... or ADo...").required(),
        body(
            "skill_endorsement_id",
            Number,
            "From skills[] of the profile.",
        )
        .required(),
    ],
    body: Body::Json,
    answer: Answer::Json,
    standing: Settled,
};
