//! Posts, comments and reactions, walked through as the owner would.

use serde_json::json;

use super::*;
use crate::demo::areas::stage::{account, body, fits, get_json, query, world};

#[test]
fn a_reaction_counts_once_and_shows_as_the_owners() {
    let mut world = world();
    let linkedin = account(&world, "linkedin");
    let with = ("account_id", linkedin.as_str());
    let of_jack = get_json(of_user(
        &mut world,
        &query(&[with, ("identifier", "jack-osullivan-momentum")]),
    ));
    fits("PostList", &of_jack);
    let id = of_jack["items"][0]["social_id"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = [with, ("post_id", id.as_str())];
    let before = get_json(get(&mut world, &query(&path)));
    fits("Post", &before);
    for kind in ["funny", "insightful"] {
        let ask = json!({"account_id": linkedin, "post_id": id, "reaction_type": kind});
        get_json(react(&mut world, &body(&[], ask)));
    }
    let after = get_json(get(&mut world, &query(&path)));
    let count = |post: &Value| post["reaction_counter"].as_u64().unwrap();
    let had = u64::from(before["user_reacted"].is_string());
    assert_eq!(count(&after), count(&before) + 1 - had);
    assert_eq!(after["user_reacted"], "INTEREST");
    let list = get_json(reactions(&mut world, &query(&path)));
    fits("PostReactionList", &list);
    assert_eq!(list["items"][0]["value"], "INTEREST");
    let own = get_json(reactions_by(&mut world, &query(&[with])));
    fits("PostReactionList", &own);
    assert!(
        own["items"]
            .as_array()
            .unwrap()
            .iter()
            .any(|one| one["post_id"] == before["id"])
    );
}

#[test]
fn a_post_is_written_commented_and_answered() {
    let mut world = world();
    let linkedin = account(&world, "linkedin");
    let with = ("account_id", linkedin.as_str());
    let new = json!({"account_id": linkedin, "text": "Hello {{0}}", "mentions": [{"name": "Noor", "profile_id": "x"}]});
    let made = get_json(create(&mut world, &body(&[], new)));
    fits("PostCreated", &made);
    let id = made["post_id"].as_str().unwrap().to_owned();
    let path = [with, ("post_id", id.as_str())];
    let say = |text: &str, to: &Value| {
        body(
            &path,
            json!({"account_id": linkedin, "text": text, "comment_id": to}),
        )
    };
    let first = get_json(comment(&mut world, &say("First", &Value::Null)));
    let answer = get_json(comment(&mut world, &say("Second", &first["comment_id"])));
    get_json(comment(&mut world, &say("Third", &answer["comment_id"])));
    assert_eq!(
        comment(&mut world, &say(&"x".repeat(1251), &Value::Null))
            .unwrap_err()
            .slug,
        "too_many_characters"
    );
    let parent = first["comment_id"].as_str().unwrap();
    let replies = get_json(comments(
        &mut world,
        &query(&[path[0], path[1], ("comment_id", parent)]),
    ));
    fits("CommentList", &replies);
    assert_eq!(replies["total_items"], 2);
    let post = get_json(get(&mut world, &query(&path)));
    assert_eq!(
        (post["comment_counter"].as_u64(), post["text"].as_str()),
        (Some(3), Some("Hello Noor"))
    );
    let own = get_json(of_user(&mut world, &query(&[with, ("limit", "1")])));
    assert_eq!(own["items"][0]["id"], id);
    let mine = get_json(comments_by(&mut world, &query(&[with, ("limit", "2")])));
    fits("CommentList", &mine);
    assert_eq!(mine["items"][0]["text"], "Third");
}

#[test]
fn every_post_of_the_world_fits_the_contract() {
    let mut world = world();
    let linkedin = account(&world, "linkedin");
    let ids: Vec<String> = world
        .docs
        .feed
        .posts
        .iter()
        .map(|post| post.id.clone())
        .collect();
    for id in ids {
        let path = [("account_id", linkedin.as_str()), ("post_id", &id)];
        fits("Post", &get_json(get(&mut world, &query(&path))));
        fits(
            "CommentList",
            &get_json(comments(&mut world, &query(&path))),
        );
    }
}
