//! Comments and replies to them.

use serde_json::{Value, json};

use super::{asked, find, mention, post_mut, speaker, user};
use crate::demo::areas::acting::{self, Actor};
use crate::demo::areas::members::{self, headline, page, picture};
use crate::demo::areas::messages::provider_id;
use crate::demo::areas::words::moment;
use crate::demo::ask::Ask;
use crate::demo::docs::posts::{Author, Comment, Post, Reactions};
use crate::demo::page::{Cut, cut};
use crate::demo::problem::Problem;
use crate::demo::reply::Reply;
use crate::demo::world::World;

/// Longest text of a comment.
const LONGEST: usize = 1250;

pub(in crate::demo) fn list(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let actor = acting::by_query(world, ask)?.on_linkedin()?;
    let world = &*world;
    let post = asked(world, ask)?;
    let page = cut(ask, "post_comments", 100, 100, |ask| {
        let order = ask.one_of("sort_by", &["MOST_RECENT", "MOST_RELEVANT"])?;
        let mut found: Vec<&Comment> = match ask.query("comment_id") {
            None => post.comments.iter().collect(),
            Some(id) => {
                let parent = post.comment(id);
                let parent = parent.ok_or_else(|| Problem::not_found("comment"))?;
                parent.replies.iter().collect()
            }
        };
        match order {
            Some("MOST_RECENT") => found.sort_by_key(|item| std::cmp::Reverse(item.at)),
            _ => found.sort_by_key(|item| {
                std::cmp::Reverse(item.reactions.count() + 3 * item.replies.len() as u64)
            }),
        }
        Ok(found)
    })?;
    Ok(answer(page, |item| wire(world, actor, post, item)))
}

/// Comments that somebody wrote, newest first.
pub(in crate::demo) fn by(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let actor = acting::by_query(world, ask)?.on_linkedin()?;
    let world = &*world;
    let page = cut(ask, "user_comments", 100, 100, |ask| {
        let whose = Author::Person(user(world, ask, actor)?);
        let mut found: Vec<(&Post, &Comment)> = Vec::new();
        for post in &world.docs.feed.posts {
            let all = post
                .comments
                .iter()
                .flat_map(|one| std::iter::once(one).chain(&one.replies));
            found.extend(all.filter(|one| one.author == whose).map(|one| (post, one)));
        }
        found.sort_by_key(|(_, item)| std::cmp::Reverse(item.at));
        Ok(found)
    })?;
    Ok(answer(page, |(post, item)| wire(world, actor, post, item)))
}

fn answer<T>(page: Cut<T>, wire: impl FnMut(T) -> Value) -> Reply {
    let total = page.total;
    let mut out = page.map(wire).counted("CommentList");
    if let Some(fields) = out.as_object_mut() {
        fields.insert("total_items".into(), total.into());
    }
    Reply::ok(out)
}

fn wire(world: &World, actor: Actor, post: &Post, item: &Comment) -> Value {
    let (name, details) = match &item.author {
        Author::Person(at) => {
            let person = world.person(*at);
            let details = json!({
                "id": provider_id(world, actor.at, *at),
                "headline": person.map(headline),
                "profile_url": person.and_then(page),
                "profile_picture_url": person.and_then(picture),
                "network_distance": members::distance(world, *at),
            });
            (person.map(|person| person.name.clone()), details)
        }
        Author::Company(key) => {
            let company = world.docs.companies.0.get(key);
            let details = json!({
                "id": company.map(|company| &company.id),
                "headline": company.map(|company| &company.tagline),
                "profile_url": company.map(crate::demo::docs::companies::Company::url),
                "profile_picture_url": company.map(crate::demo::docs::companies::Company::logo),
                "network_distance": null,
            });
            (company.map(|company| company.name.clone()), details)
        }
    };
    let parent = post
        .comments
        .iter()
        .find(|one| one.replies.iter().any(|reply| reply.id == item.id));
    json!({
        "object": "Comment",
        "id": item.id,
        "post_id": post.id,
        "post_urn": format!("urn:li:activity:{}", post.id),
        "thread_id": parent.map(|parent| &parent.id),
        "author": name,
        "author_details": details,
        "date": moment(item.at),
        "text": item.text,
        "picture_url": item.picture.then(|| format!("https://pictures.example/comments/{}.jpg", item.id)),
        "reaction_counter": item.reactions.count(),
        "reply_counter": item.replies.len(),
        "impressions_counter": 40 * (1 + item.reactions.count()),
        "user_reacted": item.reactions.mine,
    })
}

pub(in crate::demo) fn comment(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    acting::by_body(world, ask)?.on_linkedin()?;
    let at = find(world, ask.part("post_id"))?;
    let text = mention(ask, ask.need_text("text")?)?;
    if text.chars().count() > LONGEST {
        return Err(
            Problem::new(400, "too_many_characters", "Too many characters")
                .because(format!("A comment has at most {LONGEST} characters.")),
        );
    }
    let files = ask.files("attachments");
    let image = |mime: &Option<String>| mime.as_ref().is_none_or(|mime| mime.starts_with("image/"));
    if files.len() > 1 || !files.iter().all(|part| image(&part.mime)) {
        return Err(Problem::invalid("A comment takes one image."));
    }
    let author = speaker(world, ask)?;
    let parent = ask.text("comment_id")?;
    let now = world.tick();
    let id = world.docs.feed.number(world.seed);
    let new = Comment {
        id: id.clone(),
        author,
        at: now,
        text,
        reactions: Reactions::default(),
        replies: Vec::new(),
        picture: !files.is_empty(),
    };
    let post = post_mut(world, at)?;
    let list = match parent {
        None => &mut post.comments,
        // A reply to a reply stands beside it.
        Some(parent) => post
            .comments
            .iter_mut()
            .find(|one| one.id == parent || one.replies.iter().any(|reply| reply.id == parent))
            .map(|one| &mut one.replies)
            .ok_or_else(|| Problem::not_found("comment"))?,
    };
    list.push(new);
    Ok(Reply::created(
        json!({"object": "CommentSent", "comment_id": id}),
    ))
}
