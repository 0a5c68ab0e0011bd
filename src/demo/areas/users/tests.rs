//! Profiles and invitations, walked through as the owner would.

use serde_json::json;

use super::*;
use crate::demo::areas::stage::{account, body, fits, get_json, query, world};
use crate::demo::world::plan::What;

#[test]
fn an_invitation_is_sent_once_and_accepted_later() {
    let mut world = world();
    let linkedin = account(&world, "linkedin");
    let with = [("account_id", linkedin.as_str())];
    let of = |name: &'static str| [with[0], ("identifier", name), ("linkedin_sections", "*")];
    let stranger = world
        .people
        .iter()
        .find(|person| {
            person.degree == Some(2)
                && person.linkedin.is_some()
                && !crate::demo::rng::mix(person.number(), 77).is_multiple_of(3)
                && ![
                    "arjunk", "eleni", "giulia", "ploys", "bogdan", "lucia", "giorgi", "salma",
                    "tiago", "lin", "minjun",
                ]
                .contains(&person.key.as_str())
        })
        .and_then(|person| person.linkedin.clone())
        .unwrap();
    let stranger: &'static str = stranger.leak();
    let before = get_json(profile(&mut world, &query(&of(stranger))));
    fits("UserProfile", &before);
    assert_eq!(before["network_distance"], "SECOND_DEGREE");
    assert!(before.get("contact_info").is_none());

    let new = body(
        &[],
        json!({"account_id": linkedin, "provider_id": before["provider_id"], "message": "Hello"}),
    );
    let sent_now = get_json(invite(&mut world, &new));
    fits("UserInvitationSent", &sent_now);
    assert_eq!(
        invite(&mut world, &new).unwrap_err().slug,
        "already_invited_recently"
    );
    let waiting = get_json(sent(&mut world, &query(&with)));
    fits("InvitationSentList", &waiting);
    assert_eq!(waiting["items"][0]["id"], sent_now["invitation_id"]);
    let pending = get_json(profile(&mut world, &query(&of(stranger))));
    assert_eq!(pending["invitation"]["status"], "PENDING");

    let Some(What::Accept { invitation }) = world.plans.pop().map(|plan| plan.what) else {
        panic!("nobody will accept")
    };
    accepted(&mut world, &invitation);
    let event = world.events.pop().unwrap();
    assert_eq!(event.event, "new_relation");
    fits("NewRelationWebhookPayload", &event.payload);
    let known = get_json(relations(&mut world, &query(&with)));
    fits("UserRelationsList", &known);
    assert_eq!(known["items"][0]["public_identifier"], stranger);
    assert_eq!(
        invite(&mut world, &new).unwrap_err().slug,
        "already_connected"
    );
}

#[test]
fn a_received_invitation_needs_its_secret() {
    let mut world = world();
    let linkedin = account(&world, "linkedin");
    let with = [("account_id", linkedin.as_str())];
    let waiting = get_json(received(&mut world, &query(&with)));
    fits("InvitationReceivedList", &waiting);
    let first = &waiting["items"][0];
    let answer = |secret: &serde_json::Value| {
        body(
            &[("invitation_id", first["id"].as_str().unwrap())],
            json!({"provider": "LINKEDIN", "account_id": linkedin, "action": "accept", "shared_secret": secret}),
        )
    };
    assert_eq!(
        handle(&mut world, &answer(&json!("wrong")))
            .unwrap_err()
            .status,
        422
    );
    assert_eq!(
        handle(&mut world, &answer(&json!(null)))
            .unwrap_err()
            .status,
        400
    );
    let done = get_json(handle(
        &mut world,
        &answer(&first["specifics"]["shared_secret"]),
    ));
    assert_eq!(done["status"], "ACCEPTED");
    let left = get_json(received(&mut world, &query(&with)));
    assert_eq!(
        left["items"].as_array().unwrap().len() + 1,
        waiting["items"].as_array().unwrap().len()
    );
}

#[test]
fn the_owner_is_known_everywhere_and_an_edit_stays() {
    let mut world = world();
    for one in &mut world.accounts {
        one.status = crate::demo::world::account::Status::Ok;
    }
    for key in [
        "linkedin",
        "whatsapp",
        "telegram",
        "instagram",
        "x",
        "gmail",
        "outlook",
        "imap",
    ] {
        let id = account(&world, key);
        fits(
            "AccountOwnerProfile",
            &get_json(me(&mut world, &query(&[("account_id", &id)]))),
        );
    }
    let slack = account(&world, "slack");
    assert_eq!(
        me(&mut world, &query(&[("account_id", &slack)]))
            .unwrap_err()
            .status,
        501
    );
    let linkedin = account(&world, "linkedin");
    let change = json!({"account_id": linkedin, "type": "LINKEDIN", "headline": "Gardener", "location[id]": "900107"});
    get_json(edit(&mut world, &body(&[], change)));
    let now = get_json(me(&mut world, &query(&[("account_id", &linkedin)])));
    assert_eq!(
        (now["headline"].as_str(), now["location"].as_str()),
        (Some("Gardener"), Some("Berlin, Germany"))
    );
}

#[test]
fn people_are_found_by_every_name_that_their_network_gives_them() {
    let mut world = world();
    for (key, name) in [
        ("whatsapp", "+33 6 39 98 01 02"),
        ("whatsapp", "33639980102@s.whatsapp.net"),
        ("telegram", "noork"),
        ("linkedin", "lea-fontaine"),
    ] {
        let id = account(&world, key);
        let found = get_json(profile(
            &mut world,
            &query(&[("account_id", &id), ("identifier", name)]),
        ));
        fits("UserProfile", &found);
        assert!(found.get("work_experience").is_none());
    }
    let id = account(&world, "linkedin");
    let missing = profile(
        &mut world,
        &query(&[("account_id", &id), ("identifier", "nobody")]),
    );
    assert_eq!(missing.unwrap_err().status, 422);
    for list in [followers, following] {
        let some = get_json(list(
            &mut world,
            &query(&[
                ("account_id", &id),
                ("user_id", "lea-fontaine"),
                ("limit", "2"),
            ]),
        ));
        assert!(some["cursor"].is_string());
        fits("UserFollowersList", &{
            let mut some = some;
            some["object"] = json!("UserFollowersList");
            some
        });
    }
}
