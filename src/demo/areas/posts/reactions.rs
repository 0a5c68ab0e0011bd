//! Reactions to posts and comments.

use serde_json::{Value, json};

use super::{asked, find, post_mut, user};
use crate::demo::areas::acting::{self, Actor};
use crate::demo::areas::members::{self, headline, page, picture};
use crate::demo::areas::messages::provider_id;
use crate::demo::ask::Ask;
use crate::demo::docs::posts::{Post, Reactions};
use crate::demo::page::cut;
use crate::demo::problem::Problem;
use crate::demo::reply::Reply;
use crate::demo::rng::{hash, mix};
use crate::demo::world::{ME, World};

/// Kinds of reactions: as they are asked for, and as they are told.
const KINDS: &[(&str, &str)] = &[
    ("like", "LIKE"),
    ("celebrate", "PRAISE"),
    ("support", "APPRECIATION"),
    ("love", "EMPATHY"),
    ("insightful", "INTEREST"),
    ("funny", "ENTERTAINMENT"),
];
/// So many of those who reacted are listed at most; the counters know of more.
const LISTED: usize = 60;

pub(in crate::demo) fn list(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let actor = acting::by_query(world, ask)?.on_linkedin()?;
    let world = &*world;
    let post = asked(world, ask)?;
    let page = cut(ask, "post_reactions", 100, 100, |ask| {
        let Some(id) = ask.query("comment_id") else {
            return Ok(all(world, &post.id, &post.reactions, None));
        };
        let comment = post.comment(id);
        let comment = comment.ok_or_else(|| Problem::not_found("comment"))?;
        Ok(all(world, id, &comment.reactions, Some(id)))
    })?;
    Ok(Reply::ok(
        page.map(|one| wire(world, actor, post, &one))
            .counted("PostReactionList"),
    ))
}

/// A reaction: whose, which, and to which comment.
type Reaction = (u32, String, Option<String>);

/// Those who reacted, as far as they are listed: the owner, those who are written down, then others up to the count.
fn all(world: &World, id: &str, reactions: &Reactions, comment: Option<&str>) -> Vec<Reaction> {
    let comment = comment.map(str::to_owned);
    let mut found: Vec<Reaction> = Vec::new();
    if let Some(mine) = &reactions.mine {
        found.push((ME, mine.clone(), comment.clone()));
    }
    for (at, value) in &reactions.known {
        found.push((*at, value.clone(), comment.clone()));
    }
    let wanted = usize::try_from(reactions.count())
        .unwrap_or(LISTED)
        .min(LISTED);
    let mut more: Vec<(u64, u32)> = members::on_linkedin(world)
        .filter(|(at, _)| !reactions.known.iter().any(|(known, _)| known == at))
        .map(|(at, person)| (mix(person.number(), hash(id)), at))
        .collect();
    more.sort_unstable();
    for (number, at) in more {
        if found.len() >= wanted {
            break;
        }
        // Most people like; only some choose.
        let kind = usize::try_from(number % 12).ok();
        let kind = kind
            .and_then(|n| KINDS.get(n))
            .map_or("LIKE", |kind| kind.1);
        found.push((at, kind.to_owned(), comment.clone()));
    }
    found
}

/// Reactions that somebody gave, to the newest posts first.
pub(in crate::demo) fn by(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let actor = acting::by_query(world, ask)?.on_linkedin()?;
    let world = &*world;
    let page = cut(ask, "user_reactions", 100, 100, |ask| {
        let whose = user(world, ask, actor)?;
        let mut posts: Vec<&Post> = world.docs.feed.posts.iter().collect();
        posts.sort_by_key(|post| std::cmp::Reverse(post.at));
        let mut found: Vec<(&Post, Reaction)> = Vec::new();
        for post in posts {
            let on_post = all(world, &post.id, &post.reactions, None);
            found.extend(on_post.into_iter().map(|one| (post, one)));
            let comments = post
                .comments
                .iter()
                .flat_map(|one| std::iter::once(one).chain(&one.replies));
            for comment in comments {
                if let Some(mine) = comment.reactions.mine.as_ref() {
                    found.push((post, (ME, mine.clone(), Some(comment.id.clone()))));
                }
            }
        }
        found.retain(|(_, (at, _, _))| *at == whose);
        Ok(found)
    })?;
    Ok(Reply::ok(
        page.map(|(post, one)| wire(world, actor, post, &one))
            .counted("PostReactionList"),
    ))
}

fn wire(world: &World, actor: Actor, post: &Post, (at, value, comment): &Reaction) -> Value {
    let person = world.person(*at);
    let mut out = json!({
        "object": "PostReaction",
        "value": value,
        "post_id": post.id,
        "author": {
            "id": provider_id(world, actor.at, *at).unwrap_or_default(),
            "type": "INDIVIDUAL",
            "name": person.map(|person| &person.name),
            "headline": person.map(headline),
            "profile_url": person.and_then(page),
            "profile_picture_url": person.and_then(picture),
            "network_distance": members::distance(world, *at),
        },
    });
    if let (Some(comment), Some(fields)) = (comment, out.as_object_mut()) {
        fields.insert("comment_id".into(), comment.as_str().into());
    }
    out
}

pub(in crate::demo) fn react(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    acting::by_body(world, ask)?.on_linkedin()?;
    let at = find(world, &ask.need_text("post_id")?)?;
    let word = ask.text("reaction_type")?;
    let word = word.as_deref().unwrap_or("like");
    let kind = KINDS.iter().find(|(asked, _)| *asked == word);
    let (_, value) =
        kind.ok_or_else(|| Problem::invalid(format!("`{word}` is no type of reaction.")))?;
    // Page reactions look like the owner's own: the contract has no place to tell them apart.
    super::speaker(world, ask)?;
    let comment = ask.text("comment_id")?;
    let post = post_mut(world, at)?;
    let reactions = match comment {
        None => &mut post.reactions,
        Some(id) => post
            .comment_mut(&id)
            .map(|comment| &mut comment.reactions)
            .ok_or_else(|| Problem::not_found("comment"))?,
    };
    reactions.mine = Some((*value).to_owned());
    world.tick();
    Ok(Reply::created(json!({"object": "ReactionAdded"})))
}
