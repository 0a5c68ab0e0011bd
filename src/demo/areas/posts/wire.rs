//! Posts and their authors as they go over the wire.

use serde_json::{Map, Value, json};

use crate::demo::areas::acting::Actor;
use crate::demo::areas::members::{headline, picture};
use crate::demo::areas::messages::provider_id;
use crate::demo::areas::words::moment;
use crate::demo::docs::posts::{Author, Poll, Post, Shown};
use crate::demo::world::World;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// A post as it goes over the wire.
pub(in crate::demo) fn post(world: &World, actor: Actor, at: usize) -> Option<Value> {
    let post = world.docs.feed.posts.get(at)?;
    let mut out = json!({
        "object": "Post",
        "provider": "LINKEDIN",
        "id": post.id,
        "social_id": format!("urn:li:activity:{}", post.id),
        "share_url": format!("https://linkedin.example/posts/activity-{}", post.id),
        "text": post.text,
        "date": age(world.now - post.at),
        "parsed_datetime": moment(post.at),
        "reaction_counter": post.reactions.count(),
        "comment_counter": post.comment_count(),
        "repost_counter": post.reposts,
        "impressions_counter": post.impressions,
        "user_reacted": post.reactions.mine,
        "author": author(world, actor, &post.author),
        "permissions": {"can_react": true, "can_share": true, "can_post_comments": true},
        "is_repost": post.repost_of.is_some(),
        "attachments": attachments(post),
    });
    let fields = out.as_object_mut()?;
    if let Some(shared) = post.repost_of.and_then(|at| world.docs.feed.posts.get(at)) {
        repost(world, actor, shared, fields);
    }
    if let Some(poll) = &post.poll {
        fields.insert("poll".into(), wire_poll(world, post, poll));
    }
    Some(out)
}

fn repost(world: &World, actor: Actor, shared: &Post, fields: &mut Map<String, Value>) {
    fields.insert("repost_id".into(), shared.id.as_str().into());
    fields.insert(
        "repost_content".into(),
        json!({
            "id": shared.id,
            "date": age(world.now - shared.at),
            "parsed_datetime": moment(shared.at),
            "author": author(world, actor, &shared.author),
            "text": shared.text,
        }),
    );
}

/// How LinkedIn writes an age: `now`, `5m`, `3h`, `2d`, `4w`, `3mo`, `1yr`.
pub(in crate::demo) fn age(age: i64) -> String {
    match age {
        age if age < 60_000 => "now".to_owned(),
        age if age < HOUR => format!("{}m", age / 60_000),
        age if age < DAY => format!("{}h", age / HOUR),
        age if age < 7 * DAY => format!("{}d", age / DAY),
        age if age < 30 * DAY => format!("{}w", age / (7 * DAY)),
        age if age < 365 * DAY => format!("{}mo", age / (30 * DAY)),
        age => format!("{}yr", age / (365 * DAY)),
    }
}

/// Who wrote something.
pub(in crate::demo) fn author(world: &World, actor: Actor, author: &Author) -> Value {
    match author {
        Author::Person(at) => {
            let person = world.person(*at);
            json!({
                "id": provider_id(world, actor.at, *at),
                "public_identifier": person.and_then(|person| person.linkedin.as_deref()),
                "name": person.map(|person| &person.name),
                "is_company": false,
                "headline": person.map(headline),
                "profile_picture_url": person.and_then(picture),
            })
        }
        Author::Company(key) => {
            let company = world.docs.companies.0.get(key);
            json!({
                "id": company.map(|company| &company.id),
                "public_identifier": company.map(|company| &company.slug),
                "name": company.map(|company| &company.name),
                "is_company": true,
                "headline": company.map(|company| format!("{} followers", company.followers)),
                "profile_picture_url": company.map(crate::demo::docs::companies::Company::logo),
            })
        }
    }
}

fn attachments(post: &Post) -> Vec<Value> {
    let files = post.files.iter().enumerate();
    files
        .map(|(n, file)| attachment(&post.id, n, file))
        .collect()
}

fn attachment(post: &str, n: usize, file: &Shown) -> Value {
    let kind = match file.mime.split('/').next() {
        Some("image") => "img",
        Some("video") => "video",
        _ => "file",
    };
    let mut out = json!({
        "type": kind,
        "id": format!("{post}-{n}"),
        "unavailable": false,
        "mimetype": file.mime,
        "url": format!("https://pictures.example/posts/{post}/{}", file.name),
    });
    if let Some(fields) = out.as_object_mut() {
        match kind {
            "img" => {
                fields.insert("size".into(), json!({"width": 1200, "height": 675}));
                fields.insert("sticker".into(), false.into());
            }
            "video" => {
                fields.insert("size".into(), json!({"width": 1280, "height": 720}));
                fields.insert("gif".into(), false.into());
            }
            _ => {
                fields.insert("file_name".into(), file.name.as_str().into());
            }
        }
        if let Some(size) = file.size {
            fields.insert("file_size".into(), size.into());
        }
    }
    out
}

fn wire_poll(world: &World, post: &Post, poll: &Poll) -> Value {
    let most = poll.options.iter().map(|option| option.votes).max();
    let total: u64 = poll.options.iter().map(|option| option.votes).sum();
    let options = poll.options.iter().enumerate().map(|(n, option)| {
        json!({
            "id": format!("{}-option-{n}", post.id),
            "text": option.text,
            "win": Some(option.votes) == most,
            "votes_count": option.votes,
        })
    });
    json!({
        "id": format!("{}-poll", post.id),
        "total_votes_count": total,
        "question": poll.question,
        "is_open": world.now - post.at < 7 * DAY,
        "options": options.collect::<Vec<_>>(),
    })
}
