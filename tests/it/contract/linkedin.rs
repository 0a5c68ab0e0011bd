//! LinkedIn only: companies, search, the recruiting desk, job postings.

use onebox::api::linkedin::{
    Category, CreateJobPosting, EditJobPosting, Filter, JobExtras, ListFilterValues,
    ListJobApplicants, ListJobPostings, PostedWithin, PublishJobPosting, RawCall, RawMethod,
    Search, SearchOrder, Wording,
};
use onebox::api::operation::Area;
use onebox::api::users::{ReadProfile, Section};
use onebox::api::{JsonText, Paging};
use onebox::model::account::{LinkedinProduct, Provider};
use onebox::model::company::{FilterKind, Found};
use onebox::model::hiring::{
    ApplicantOrder, Employment, JobState, MemberAction, PipelineStage, Publication, PublishMode,
    Rating, RejectionNotice, RejectionReason, Workplace,
};
use onebox::model::id::{AccountId, ApplicantId, Identifier, JobId, ProjectId, ProviderId};
use onebox::model::profile::Profile;
use serde_json::json;

use super::{Scene, after, limit, refused, some};

#[tokio::test]
async fn linkedin_keeps_to_the_contract() {
    let scene = Scene::open().await;
    let account = scene.account(Provider::Linkedin).await;
    companies_and_credits_are_shown(&scene, &account).await;
    filters_are_looked_up(&scene, &account).await;
    everything_is_searched(&scene, &account).await;
    a_skill_is_endorsed(&scene, &account).await;
    members_are_moved_through_a_pipeline(&scene, &account).await;
    a_job_is_posted_and_closed(&scene, &account).await;
    applicants_are_read(&scene, &account).await;
    any_address_is_called(&scene, &account).await;
    what_is_not_there_is_refused(&scene, &account).await;
    jobs_that_are_not_there_are_refused(&scene, &account).await;
    scene.end(Area::Linkedin).await;
}

async fn companies_and_credits_are_shown(scene: &Scene, account: &AccountId) {
    let client = &scene.client;
    let name = Identifier::from("nuvem");
    let company = client.get_company_profile(account, &name).await.unwrap();
    assert_eq!(company.name, "Nuvem");
    let balance = client.get_inmail_balance(account).await.unwrap();
    assert!(balance.premium > Some(0.0));
}

async fn filter(
    scene: &Scene,
    account: &AccountId,
    kind: FilterKind,
) -> onebox::model::id::FilterId {
    let params = ListFilterValues {
        kind,
        keywords: None,
        product: None,
        limit: Some(5),
    };
    let values = scene.client.list_search_parameters(account, &params).await;
    some(values.unwrap()).remove(0).id
}

async fn filters_are_looked_up(scene: &Scene, account: &AccountId) {
    for kind in [
        FilterKind::Location,
        FilterKind::Company,
        FilterKind::School,
        FilterKind::Industry,
        FilterKind::JobTitle,
        FilterKind::Skill,
    ] {
        filter(scene, account, kind).await;
    }
    let params = ListFilterValues {
        kind: FilterKind::Location,
        keywords: Some("lyon".into()),
        product: Some(LinkedinProduct::Recruiter),
        limit: None,
    };
    let values = scene.client.list_search_parameters(account, &params).await;
    some(values.unwrap());
}

async fn everything_is_searched(scene: &Scene, account: &AccountId) {
    let client = &scene.client;
    let classic = |category: Category, keywords: &str| Search {
        product: Some(LinkedinProduct::Classic),
        category: Some(category),
        keywords: Some(keywords.to_owned()),
        paging: limit(3),
        ..Search::default()
    };
    let people = Search {
        network_distance: vec![1, 2],
        profile_language: vec!["en".into()],
        ..classic(Category::People, "nuvem")
    };
    let first = client.search_linkedin(account, &people).await.unwrap();
    assert!(matches!(first.items[0], Found::Person(_)));
    let next = Search {
        paging: after(first.cursor, 50),
        ..people.clone()
    };
    some(client.search_linkedin(account, &next).await.unwrap());
    let nearby = Search {
        location: Some(Filter::AnyOf(vec![
            filter(scene, account, FilterKind::Location).await,
        ])),
        company: Some(Filter::AnyOf(vec![
            filter(scene, account, FilterKind::Company).await,
        ])),
        keywords: None,
        ..people
    };
    client.search_linkedin(account, &nearby).await.unwrap();
    let posts = Search {
        order: Some(SearchOrder::Date),
        posted: Some(PostedWithin::Month),
        ..classic(Category::Posts, "release")
    };
    for search in [
        classic(Category::Companies, "database"),
        posts,
        classic(Category::Posts, "release"),
        classic(Category::Jobs, "storage"),
    ] {
        let found = client.search_linkedin(account, &search).await.unwrap();
        let unknown = |found: &Found| matches!(found, Found::Other { .. });
        assert!(!found.items.iter().any(unknown), "{:?}", search.category);
    }
    let by_url = Search {
        url: Some("https://www.linkedin.com/search/results/people/?keywords=rust".into()),
        ..Search::default()
    };
    client.search_linkedin(account, &by_url).await.unwrap();
    let too_many = Search {
        paging: limit(51),
        ..classic(Category::People, "nuvem")
    };
    refused(client.search_linkedin(account, &too_many).await, 400);
}

async fn a_skill_is_endorsed(scene: &Scene, account: &AccountId) {
    let client = &scene.client;
    let name = Identifier::from("noor-khalil");
    let read = ReadProfile {
        sections: vec![Section::Skills],
        ..ReadProfile::default()
    };
    let profile = client
        .get_user_profile(account, &name, &read)
        .await
        .unwrap();
    let Profile::Linkedin(profile) = profile else {
        panic!("not of LinkedIn");
    };
    let skill = profile.skills[0].endorsement_id.unwrap();
    let endorsed = client.endorse_skill(account, &profile.id, skill).await;
    assert!(endorsed.unwrap());
    refused(client.endorse_skill(account, &profile.id, 1).await, 404);
}

async fn members_are_moved_through_a_pipeline(scene: &Scene, account: &AccountId) {
    let client = &scene.client;
    let projects = client
        .list_hiring_projects(account, &limit(1))
        .await
        .unwrap();
    let next = after(projects.cursor.clone(), 50);
    let project = some(projects).remove(0);
    some(client.list_hiring_projects(account, &next).await.unwrap());
    let read = client.get_hiring_project(account, &project.id).await;
    assert_eq!(read.unwrap(), project);

    let name = Identifier::from("noor-khalil");
    let seat = ReadProfile {
        product: Some(LinkedinProduct::Recruiter),
        ..ReadProfile::default()
    };
    let profile = client
        .get_user_profile(account, &name, &seat)
        .await
        .unwrap();
    let Profile::Linkedin(profile) = profile else {
        panic!("not of LinkedIn");
    };
    let project = project.id;
    let contacted = Some(PipelineStage::Contacted);
    for action in [
        MemberAction::AddCandidate {
            project: project.clone(),
            stage: None,
        },
        MemberAction::AddApplicant {
            project: project.clone(),
            stage: contacted.clone(),
        },
        MemberAction::MoveCandidate {
            project: project.clone(),
            stage: contacted,
        },
        MemberAction::RejectApplicant {
            project,
            reason: RejectionReason::OthersAreBetter,
            notice: Some(RejectionNotice {
                message: "Thank you all the same.".into(),
                send_at: Some("2026-12-01T00:00:00Z".parse().unwrap()),
            }),
        },
    ] {
        let done = client.perform_member_action(account, &profile.id, &action);
        assert!(done.await.unwrap(), "{action:?}");
    }
    let save = MemberAction::SaveLead { list: None };
    let done = client.perform_member_action(account, &profile.id, &save);
    refused(done.await, 403);
}

async fn a_job_is_posted_and_closed(scene: &Scene, account: &AccountId) {
    let client = &scene.client;
    let posting = CreateJobPosting {
        title: Wording::Known(filter(scene, account, FilterKind::JobTitle).await),
        company: Wording::Free("Nuvem".into()),
        workplace: Workplace::Remote,
        location: filter(scene, account, FilterKind::Location).await,
        description: "<p>Come.</p>".into(),
        extras: JobExtras {
            employment: Some(Employment::FullTime),
            rejection_template: Some("Thank you.".into()),
            questions: vec![JsonText::from(json!({"question": "Rust?"}))],
            apply_method: Some(json!({"type": "linkedin"}).into()),
            recruiter: Some(json!({"name": "Ada"}).into()),
        },
    };
    let draft = client.create_job_posting(account, &posting).await.unwrap();
    let job = draft.id;
    let promoted = PublishJobPosting {
        mode: PublishMode::Promoted,
        budget: Some(json!({"amount": 18, "currency": "EUR"}).into()),
        product: Some(LinkedinProduct::Classic),
        more: Vec::new(),
    };
    let asked = client.publish_job_posting(account, &job, &promoted).await;
    assert!(matches!(asked.unwrap(), Publication::Checkpoint { .. }));
    refused(
        client.solve_job_checkpoint(account, &job, "000000").await,
        401,
    );
    client
        .solve_job_checkpoint(account, &job, "123456")
        .await
        .unwrap();
    let published = client.publish_job_posting(account, &job, &promoted).await;
    assert!(matches!(published.unwrap(), Publication::Published { .. }));
    let edit = EditJobPosting {
        title: Some(Wording::Free("Quiet engineer".into())),
        workplace: Some(Workplace::Hybrid),
        ..EditJobPosting::default()
    };
    client.edit_job_posting(account, &job, &edit).await.unwrap();
    let product = Some(&LinkedinProduct::Classic);
    let read = client
        .get_job_posting(account, &job, product)
        .await
        .unwrap();
    assert_eq!(read.title, "Quiet engineer");
    assert_eq!(read.state, JobState::Active);
    client
        .close_job_posting(account, &job, product)
        .await
        .unwrap();
    refused(client.close_job_posting(account, &job, None).await, 422);
    let closed = ListJobPostings {
        category: Some("closed".into()),
        paging: limit(50),
    };
    let closed = some(client.list_job_postings(account, &closed).await.unwrap());
    assert!(closed.iter().any(|one| one.id == job));
}

async fn applicants_are_read(scene: &Scene, account: &AccountId) {
    let client = &scene.client;
    let all = ListJobPostings::default();
    let jobs = some(client.list_job_postings(account, &all).await.unwrap());
    let mut seen = 0;
    for job in &jobs {
        client
            .get_job_posting(account, &job.id, None)
            .await
            .unwrap();
        let params = ListJobApplicants {
            product: Some(LinkedinProduct::Classic),
            ratings: vec![Rating::GoodFit, Rating::Maybe],
            order: Some(ApplicantOrder::Newest),
            paging: limit(3),
            keywords: None,
        };
        let page = client.list_job_applicants(account, &job.id, &params).await;
        for one in page.unwrap().items {
            let read = client.get_job_applicant(account, &one.id).await.unwrap();
            assert_eq!((&read.id, &read.name), (&one.id, &one.name));
            seen += 1;
        }
        let all = ListJobApplicants::default();
        let page = client
            .list_job_applicants(account, &job.id, &all)
            .await
            .unwrap();
        if let Some(one) = page.items.first().filter(|_| seen < 4) {
            let product = Some(&LinkedinProduct::Recruiter);
            let resume = client.get_job_applicant_resume_bytes(account, &one.id, product);
            assert!(resume.await.unwrap().0.starts_with(b"%PDF"));
            let folder = tempfile::tempdir().unwrap();
            let to = folder.path().join("resume.pdf");
            let saved = client.get_job_applicant_resume(account, &one.id, None, &to, |_, _| {});
            assert!(saved.await.unwrap().bytes > 0);
        }
    }
    assert!(seen > 2);
}

async fn any_address_is_called(scene: &Scene, account: &AccountId) {
    let call = RawCall {
        url: "https://www.linkedin.com/voyager/api/me".into(),
        method: Some(RawMethod::Get),
        body: Some(json!({"a": 1}).into()),
        query: Some(json!({"q": "x"}).into()),
        headers: Some(json!({"x-li-lang": "en_US"}).into()),
        encode: Some(true),
    };
    let answer = scene.client.get_raw_data(account, &call).await.unwrap();
    assert!(answer.0.contains("voyager"));
    let elsewhere = RawCall {
        url: "https://evil.example/linkedin.com".into(),
        ..RawCall::default()
    };
    refused(scene.client.get_raw_data(account, &elsewhere).await, 400);
}

async fn what_is_not_there_is_refused(scene: &Scene, account: &AccountId) {
    let client = &scene.client;
    let nobody = AccountId::from("nobody");
    let paging = Paging::default();
    let nothing = Identifier::from("no/such");
    refused(client.get_company_profile(account, &nothing).await, 404);
    refused(client.get_inmail_balance(&nobody).await, 404);
    let params = ListFilterValues {
        kind: FilterKind::Skill,
        keywords: None,
        product: None,
        limit: None,
    };
    refused(client.list_search_parameters(&nobody, &params).await, 404);
    refused(client.list_hiring_projects(&nobody, &paging).await, 404);
    let project = ProjectId::from("no/such");
    refused(client.get_hiring_project(account, &project).await, 404);
    let member = ProviderId::from("AEM/..");
    let add = MemberAction::AddCandidate {
        project,
        stage: None,
    };
    refused(
        client.perform_member_action(account, &member, &add).await,
        404,
    );
    let whatsapp = scene.account(Provider::Whatsapp).await;
    let raw = RawCall::default();
    refused(client.get_raw_data(&nobody, &raw).await, 404);
    refused(client.get_inmail_balance(&whatsapp).await, 501);
}

async fn jobs_that_are_not_there_are_refused(scene: &Scene, account: &AccountId) {
    let client = &scene.client;
    let nobody = AccountId::from("nobody");
    let job = JobId::from("no/such");
    let applicant = ApplicantId::from("no/such");
    let all = ListJobPostings::default();
    refused(client.list_job_postings(&nobody, &all).await, 404);
    refused(client.get_job_posting(account, &job, None).await, 404);
    let posting = CreateJobPosting {
        title: Wording::Free("Engineer".into()),
        company: Wording::Free("Nuvem".into()),
        workplace: Workplace::OnSite,
        location: "0".into(),
        description: "Come.".into(),
        extras: JobExtras::default(),
    };
    refused(client.create_job_posting(account, &posting).await, 400);
    let edit = EditJobPosting::default();
    refused(client.edit_job_posting(account, &job, &edit).await, 404);
    let free = PublishJobPosting {
        mode: PublishMode::Free,
        budget: None,
        product: None,
        more: Vec::new(),
    };
    refused(client.publish_job_posting(account, &job, &free).await, 404);
    refused(
        client.solve_job_checkpoint(account, &job, "123456").await,
        404,
    );
    refused(client.close_job_posting(account, &job, None).await, 404);
    let all = ListJobApplicants::default();
    refused(client.list_job_applicants(account, &job, &all).await, 404);
    refused(client.get_job_applicant(account, &applicant).await, 404);
    let resume = client.get_job_applicant_resume_bytes(account, &applicant, None);
    refused(resume.await, 404);
}
