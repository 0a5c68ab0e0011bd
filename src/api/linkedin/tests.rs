//! Companies, search and hiring against the contract.

use serde_json::json;

use super::*;
use crate::api::contract::{Server, every_field_counts, items, one, read};
use crate::api::operation::Area;
use crate::api::page::{Cursor, Paging};
use crate::model::company::{
    CompanyKind, FilterKind, FilterValue, Found, FoundCompany, FoundJob, FoundPerson,
};
use crate::model::hiring::{
    Applicant, ApplicantOrder, Employment, HiringProject, JobDraft, JobPosting, JobState,
    MemberAction, PipelineStage, Publication, PublishMode, Rating, RejectionNotice,
    RejectionReason, Workplace,
};
use crate::model::id::{ApplicantId, FilterId, JobId, ProjectId};
use crate::model::network::Distance;

#[test]
fn the_examples_of_the_contract_are_read_without_a_flaw() {
    let company: Company = one(&rows::GET_COMPANY_PROFILE);
    assert_eq!(company.kind, Some(CompanyKind::PrivatelyHeld));
    assert!(company.inbox.is_some_and(|inbox| !inbox.is_open));
    let balance: InmailBalance = one(&rows::GET_INMAIL_BALANCE);
    assert_eq!((balance.premium, balance.recruiter), (Some(4.0), None));
    let places: Vec<FilterValue> = items(&rows::LIST_SEARCH_PARAMETERS);
    assert_eq!(places[0].title, "France");
    let [Found::Person(jane)] = &items(&rows::SEARCH_LINKEDIN)[..] else {
        panic!("found something else");
    };
    assert_eq!(jane.distance, Some(Distance::First));
    let project: HiringProject = one(&rows::GET_HIRING_PROJECT);
    assert_eq!(project.owner_name.as_deref(), Some("Sam Owner"));
    assert_eq!(
        items::<HiringProject>(&rows::LIST_HIRING_PROJECTS),
        [project]
    );
    let job: JobPosting = one(&rows::GET_JOB_POSTING);
    assert_eq!((&job.state, job.applicants), (&JobState::Active, Some(3)));
    assert_eq!(items::<JobPosting>(&rows::LIST_JOB_POSTINGS), [job]);
    let applicant: Applicant = one(&rows::GET_JOB_APPLICANT);
    assert_eq!(applicant.rating, Some(Rating::Unrated));
    assert_eq!(items::<Applicant>(&rows::LIST_JOB_APPLICANTS), [applicant]);
    let draft: JobDraft = one(&rows::CREATE_JOB_POSTING);
    assert_eq!(draft.id.as_str(), "4201234567");
}

#[test]
fn every_field_of_the_contract_reaches_the_model() {
    every_field_counts::<Company>("LinkedinCompanyProfile", &[]);
    every_field_counts::<InmailBalance>("LinkedinInmailBalance", &[]);
    every_field_counts::<FilterValue>("LinkedinSearchParameter", &[]);
    every_field_counts::<FoundPerson>("LinkedinSearchPeople", &["type"]);
    every_field_counts::<FoundCompany>("LinkedinSearchCompany", &["type"]);
    every_field_counts::<FoundJob>("LinkedinSearchJob", &[]);
    every_field_counts::<Found>("LinkedinSearchPost", &[]);
    every_field_counts::<HiringProject>("LinkedinHiringProject", &[]);
    every_field_counts::<JobPosting>("LinkedinJobPosting", &[]);
    every_field_counts::<JobDraft>("JobPostingDraftCreated", &[]);
    every_field_counts::<Publication>("JobPostingPublished", &[]);
    every_field_counts::<Applicant>("LinkedinJobApplicant", &[]);
}

#[test]
fn publishing_ends_published_or_at_a_checkpoint() {
    let published: Publication = one(&rows::PUBLISH_JOB_POSTING);
    let expected = Publication::Published {
        id: Some("4201234567".into()),
        state: Some(JobState::Active),
    };
    assert_eq!(published, expected);
    let checkpoint = read(&json!({ "object": "Checkpoint", "type": "EMAIL" }));
    assert!(matches!(checkpoint, Ok(Publication::Checkpoint { raw }) if raw.contains("EMAIL")));
    let other = read(&json!({ "object": "LinkedinJobPostingQueued" }));
    assert!(matches!(other, Ok(Publication::Other { .. })));
}

#[test]
fn an_unknown_result_is_kept_whole() {
    let group = json!({ "type": "GROUP", "id": "1", "name": "Typographers" });
    let Ok(Found::Other { kind, raw }) = read(&group) else {
        panic!("taken for another");
    };
    assert!(kind == "GROUP" && raw.contains("Typographers"));
}

#[tokio::test]
async fn every_call_is_what_the_contract_says() {
    let server = Server::start().await;
    let client = &server.client;
    let account = &AccountId::from("a");
    let company = &Identifier::from("example-foundry");
    client.get_company_profile(account, company).await.unwrap();
    client.get_inmail_balance(account).await.unwrap();
    let person = &ProviderId::from("ACo1");
    assert!(client.endorse_skill(account, person, 412).await.unwrap());
    let call = RawCall {
        url: "https://www.linkedin.com/voyager/api/me".into(),
        method: Some(RawMethod::Post),
        body: Some("[1, \"two\"]".parse().unwrap()),
        query: Some(r#"{"q": "x"}"#.parse().unwrap()),
        headers: Some(r#"{"x-a": "b"}"#.parse().unwrap()),
        encode: Some(false),
    };
    let answer = client.get_raw_data(account, &call).await.unwrap();
    assert_eq!(answer, RawAnswer(r#"{"data":{}}"#.into()));
    let params = ListFilterValues {
        kind: FilterKind::Location,
        keywords: Some("lyon".into()),
        product: Some(LinkedinProduct::SalesNavigator),
        limit: Some(10),
    };
    client
        .list_search_parameters(account, &params)
        .await
        .unwrap();
    client
        .search_linkedin(account, &full_search())
        .await
        .unwrap();
    let next = Search {
        paging: Paging {
            cursor: Some(Cursor::new("c")),
            limit: None,
        },
        ..Default::default()
    };
    client.search_linkedin(account, &next).await.unwrap();
    hire(client, account).await;
    post_a_job(client, account).await;
    server.assert_called_all_of(Area::Linkedin);
}

async fn hire(client: &Client, account: &AccountId) {
    let project = ProjectId::from("150001");
    let all = &Paging::default();
    client.list_hiring_projects(account, all).await.unwrap();
    client.get_hiring_project(account, &project).await.unwrap();
    let stage = Some(PipelineStage::Contacted);
    for action in [
        MemberAction::AddCandidate {
            project: project.clone(),
            stage: stage.clone(),
        },
        MemberAction::AddApplicant {
            project: project.clone(),
            stage: stage.clone(),
        },
        MemberAction::MoveCandidate {
            project: project.clone(),
            stage,
        },
        MemberAction::RejectApplicant {
            project,
            reason: RejectionReason::OthersAreBetter,
            notice: Some(RejectionNotice {
                message: "Thank you".into(),
                send_at: Some(jiff::Timestamp::UNIX_EPOCH),
            }),
        },
        MemberAction::SaveLead {
            list: Some("1".into()),
        },
    ] {
        let member = &ProviderId::from("AEM1");
        let done = client.perform_member_action(account, member, &action).await;
        assert!(done.unwrap());
    }
    let params = ListJobApplicants {
        product: Some(LinkedinProduct::Recruiter),
        keywords: Some("type".into()),
        ratings: vec![Rating::GoodFit, Rating::Maybe],
        order: Some(ApplicantOrder::Newest),
        paging: Paging {
            cursor: Some(Cursor::new("c")),
            limit: Some(250),
        },
    };
    let job = &JobId::from("4201234567");
    client
        .list_job_applicants(account, job, &params)
        .await
        .unwrap();
    let applicant = &ApplicantId::from("app-1");
    client.get_job_applicant(account, applicant).await.unwrap();
    let resume = client
        .get_job_applicant_resume_bytes(account, applicant, None)
        .await
        .unwrap();
    assert_eq!(resume, (b"%PDF".to_vec(), Some("application/pdf".into())));
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("jane.pdf");
    let download = client
        .get_job_applicant_resume(account, applicant, None, &to, |_, _| {})
        .await
        .unwrap();
    assert_eq!((download.bytes, download.path), (4, to));
}

async fn post_a_job(client: &Client, account: &AccountId) {
    let extras = JobExtras {
        employment: Some(Employment::Else),
        rejection_template: Some("Thank you".into()),
        questions: vec![r#"{"question": "Why?"}"#.parse().unwrap()],
        apply_method: Some(r#"{"email": "jobs@example.com"}"#.parse().unwrap()),
        recruiter: Some(r#"{"project_id": "150001"}"#.parse().unwrap()),
    };
    let posting = CreateJobPosting {
        title: Wording::Free("Type engineer".into()),
        company: Wording::Known("1000001".into()),
        workplace: Workplace::Remote,
        location: "105015875".into(),
        description: "<p>Draw letters.</p>".into(),
        extras: extras.clone(),
    };
    client.create_job_posting(account, &posting).await.unwrap();
    let (job, product) = (&JobId::from("4201234567"), Some(&LinkedinProduct::Classic));
    let edit = EditJobPosting {
        title: Some(posting.title),
        company: Some(posting.company),
        workplace: Some(posting.workplace),
        location: Some(posting.location),
        description: Some(posting.description),
        extras,
    };
    client.edit_job_posting(account, job, &edit).await.unwrap();
    let publish = PublishJobPosting {
        mode: PublishMode::Promoted,
        budget: Some(r#"{"daily": 10}"#.parse().unwrap()),
        product: product.cloned(),
        more: vec![],
    };
    client
        .publish_job_posting(account, job, &publish)
        .await
        .unwrap();
    client
        .solve_job_checkpoint(account, job, "123456")
        .await
        .unwrap();
    client.get_job_posting(account, job, product).await.unwrap();
    let params = ListJobPostings {
        category: Some("active".into()),
        ..Default::default()
    };
    client.list_job_postings(account, &params).await.unwrap();
    client
        .close_job_posting(account, job, product)
        .await
        .unwrap();
}

fn full_search() -> Search {
    let any = || Some(Filter::AnyOf(vec![FilterId::from("105015875")]));
    let object = || -> JsonText { r#"{"id": "1"}"#.parse().unwrap() };
    let choose = Filter::Choose {
        include: vec!["1".into()],
        exclude: vec!["2".into()],
    };
    Search {
        product: Some(LinkedinProduct::Classic),
        category: Some(Category::People),
        keywords: Some("typography".into()),
        url: Some("https://www.linkedin.com/search/results/people/".into()),
        industry: Some(choose),
        location: any(),
        company: any(),
        past_company: any(),
        school: any(),
        service: any(),
        job_title: any(),
        seniority: any(),
        connections_of: vec!["ACo1".into()],
        followers_of: vec!["ACo2".into()],
        network_distance: vec![1, 2],
        profile_language: vec!["en".into()],
        tenure: vec![Span {
            min: Some(1),
            max: None,
        }],
        headcount: vec![object()],
        has_job_offers: Some(true),
        role: vec![object()],
        skills: vec![object()],
        order: Some(SearchOrder::Date),
        posted: Some(PostedWithin::Week),
        content_type: Some("videos".into()),
        posted_by: Some(object()),
        mentioning: Some(object()),
        author: Some(object()),
        job_type: vec!["full_time".into()],
        minimum_salary: Some(object()),
        more: vec![("spotlight".into(), object())],
        paging: Paging {
            cursor: None,
            limit: Some(50),
        },
    }
}
