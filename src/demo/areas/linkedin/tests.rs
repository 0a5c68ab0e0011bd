//! Search, hiring and companies, walked through as the owner would.

use serde_json::{Value, json};

use super::*;
use crate::demo::areas::stage::{account, at, bad, body, fits, get_json, good, pass, query, world};

fn start() -> (World, String) {
    let world = world();
    let linkedin = account(&world, "linkedin");
    (world, linkedin)
}

#[test]
fn a_posting_goes_from_draft_through_the_check_to_its_end() {
    let (mut world, linkedin) = start();
    let new = json!({
        "account_id": linkedin, "job_title": {"id": "4006"}, "company": {"text": "Nuvem"},
        "workplace": "REMOTE", "location": "900107", "description": "<p>Come.</p>",
    });
    let made = get_json(create_job(&mut world, &body(&[], new)));
    fits("JobPostingDraftCreated", &made);
    let id = made["job_id"].as_str().unwrap().to_owned();
    let draft = [("draft_id", id.as_str())];
    let publish = body(&draft, json!({"account_id": linkedin, "mode": "FREE"}));
    let asked = get_json(publish_job(&mut world, &publish));
    fits("JobPostingPublished", &asked);
    assert_eq!(asked["object"], "Checkpoint");
    let code = |code: &str| body(&draft, json!({"account_id": linkedin, "input": code}));
    assert_eq!(
        solve_checkpoint(&mut world, &code("000000"))
            .unwrap_err()
            .slug,
        "invalid_checkpoint_solution"
    );
    fits(
        "JobActionDone",
        &get_json(solve_checkpoint(&mut world, &code("123456"))),
    );
    let again = get_json(publish_job(&mut world, &publish));
    assert_eq!(again["job_state"], "active");
    let change = json!({"account_id": linkedin, "workplace": "HYBRID"});
    get_json(edit_job(&mut world, &body(&[("job_id", &id)], change)));
    let shown = |world: &mut World| {
        let shown = get_json(job(
            world,
            &query(&[("account_id", &linkedin), ("job_id", &id)]),
        ));
        fits("LinkedinJobPosting", &shown);
        (shown["state"].clone(), shown["workplace"].clone())
    };
    assert_eq!(shown(&mut world), (json!("active"), json!("HYBRID")));
    let end = query(&[("account_id", &linkedin), ("id", &id)]);
    fits("JobActionDone", &get_json(close_job(&mut world, &end)));
    assert_eq!(shown(&mut world).0, "closed");
    assert_eq!(close_job(&mut world, &end).unwrap_err().status, 422);
}

#[test]
fn applicants_are_filtered_sorted_and_shown_in_full() {
    let (mut world, linkedin) = start();
    let with = ("account_id", linkedin.as_str());
    let all = get_json(jobs(&mut world, &query(&[with, ("category", "active")])));
    fits("LinkedinJobPostingList", &all);
    for item in all["items"].as_array().unwrap() {
        let id = item["id"].as_str().unwrap();
        let path = [
            with,
            ("id", id),
            ("ratings", "GOOD_FIT,MAYBE"),
            ("sort_by", "alphabetical"),
        ];
        let found = get_json(applicants(&mut world, &query(&path)));
        fits("LinkedinJobApplicantList", &found);
        let names: Vec<&str> = found["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["name"].as_str().unwrap())
            .collect();
        assert!(names.len() > 2 && names.is_sorted_by_key(|name| name.to_lowercase()));
        for one in found["items"].as_array().unwrap() {
            let path = [with, ("applicant_id", one["id"].as_str().unwrap())];
            let full = get_json(applicant(&mut world, &query(&path)));
            fits("LinkedinJobApplicant", &full);
            assert!(!full["screening_questions"].as_array().unwrap().is_empty());
            assert!(resume(&mut world, &query(&path)).is_ok());
        }
    }
}

#[test]
fn a_search_finds_filters_and_walks_on() {
    let (mut world, linkedin) = start();
    let with = ("account_id", linkedin.as_str());
    let mut ask = |limit: &str, request: Value| {
        let found = search(&mut world, &body(&[with, ("limit", limit)], request));
        let found = get_json(found);
        fits("LinkedinSearchResult", &found);
        found
    };
    let first = ask(
        "3",
        json!({"api": "classic", "category": "people", "keywords": "nuvem", "network_distance": [1]}),
    );
    assert_eq!(first["items"].as_array().unwrap().len(), 3);
    let total = first["paging"]["total_count"].as_u64().unwrap();
    let rest = ask("50", json!({"cursor": first["cursor"]}));
    assert_eq!(rest["items"].as_array().unwrap().len() as u64, total - 3);
    assert_eq!(rest["config"]["params"]["keywords"], "nuvem");
    assert_eq!(
        ask("0", json!({"api": "classic", "category": "people"}))["items"],
        json!([])
    );
    let lyon = ask(
        "50",
        json!({"api": "classic", "category": "people", "location": ["900102"], "company": {"include": [710_001]}}),
    );
    for one in lyon["items"].as_array().unwrap() {
        assert!(one["location"].as_str().unwrap().contains("Lyon"), "{one}");
    }
    for (category, word) in [
        ("companies", "database"),
        ("posts", "release"),
        ("jobs", "storage"),
    ] {
        let found = ask(
            "10",
            json!({"api": "classic", "category": category, "keywords": word}),
        );
        assert!(!found["items"].as_array().unwrap().is_empty(), "{category}");
    }
    let url = "https://www.linkedin.com/search/results/people/?keywords=rust%20OR%20procurement";
    assert!(
        ask("10", json!({"url": url}))["paging"]["total_count"]
            .as_u64()
            .unwrap()
            > 1
    );
    let too_many = json!({"api": "classic", "category": "people"});
    let refused = search(&mut world, &body(&[with, ("limit", "51")], too_many));
    assert_eq!(refused.unwrap_err().slug, "limit_too_high");
}

#[test]
fn the_rest_of_linkedin_answers_as_the_contract_says() {
    let (mut world, linkedin) = start();
    let with = ("account_id", linkedin.as_str());
    for (id, name) in [("nuvem", "Nuvem"), ("710003", "Kestrel Systems")] {
        let found = get_json(company(&mut world, &query(&[with, ("identifier", id)])));
        fits("LinkedinCompanyProfile", &found);
        assert_eq!(found["name"], name);
    }
    spend_inmail(&mut world);
    let left = get_json(inmail_balance(&mut world, &query(&[with])));
    fits("LinkedinInmailBalance", &left);
    assert_eq!(left["premium"], 11);
    let desk = get_json(projects(&mut world, &query(&[with, ("limit", "2")])));
    fits("LinkedinHiringProjectList", &desk);
    let kinds = get_json(parameters(
        &mut world,
        &query(&[with, ("type", "LOCATION"), ("keywords", "lyon")]),
    ));
    fits("LinkedinSearchParametersList", &kinds);
    assert_eq!(kinds["items"].as_array().unwrap().len(), 2);

    let noor = crate::demo::areas::users::profile;
    let path = [
        with,
        ("identifier", "noor-khalil"),
        ("linkedin_sections", "skills"),
        ("linkedin_api", "recruiter"),
    ];
    let before = get_json(noor(&mut world, &query(&path)));
    fits("UserProfile", &before);
    let skill = &before["skills"][0];
    let praise = json!({"account_id": linkedin, "profile_id": before["provider_id"], "skill_endorsement_id": skill["endorsement_id"]});
    fits(
        "ProfileEndorsed",
        &get_json(endorse(&mut world, &body(&[], praise))),
    );
    let after = get_json(noor(&mut world, &query(&path)));
    assert_eq!(
        after["skills"][0]["endorsement_count"].as_u64().unwrap(),
        skill["endorsement_count"].as_u64().unwrap() + 1
    );
    let act = |action: &str, reason: Value| json!({"account_id": linkedin, "api": "recruiter", "action": action, "hiring_project_id": desk["items"][0]["id"], "reason": reason});
    let member = [("user_id", before["provider_id"].as_str().unwrap())];
    let added = act_on_member(
        &mut world,
        &body(&member, act("addCandidateToPipeline", Value::Null)),
    );
    fits("LinkedinMemberActionDone", &get_json(added));
    let reasons = act_on_member(
        &mut world,
        &body(&member, act("rejectApplicant", Value::Null)),
    );
    assert_eq!(reasons.unwrap_err().slug, "missing_parameters");
    let outside =
        json!({"account_id": linkedin, "request_url": "https://evil.example/linkedin.com"});
    assert_eq!(
        raw(&mut world, &body(&[], outside)).unwrap_err().slug,
        "invalid_url"
    );
}

#[test]
fn a_company_is_written_to_under_a_topic_in_one_conversation() {
    let (mut world, linkedin) = start();
    let with = [("account_id", linkedin.as_str()), ("identifier", "kestrel")];
    let about = get_json(company(&mut world, &query(&with)));
    let page = &about["messaging"]["id"];
    let write = |options: Value| {
        let wish = json!({"account_id": linkedin, "attendees_ids": [page], "text": "Hello", "linkedin": options});
        body(&[], wish)
    };
    let start_chat = crate::demo::areas::messages::start_chat;
    let refused = bad(&mut world, start_chat, &write(json!({"api": "classic"})));
    assert_eq!(refused, (400, "missing_parameters"));
    let write = write(json!({"topic": "careers"}));
    let first = good(&mut world, start_chat, &write, (201, "ChatStarted"));
    pass(&mut world, 60_000);
    let second = good(&mut world, start_chat, &write, (201, "ChatStarted"));
    assert_eq!(first["chat_id"], second["chat_id"]);
    let chat = at("chat_id", first["chat_id"].as_str().unwrap(), query(&[]));
    let shown = good(
        &mut world,
        crate::demo::areas::chats::get,
        &chat,
        (200, "ChatDetails"),
    );
    assert_eq!(shown["name"], about["name"]);
    assert_eq!(shown["lastMessage"]["text"], "Hello");
}
