//! Posts at LinkedIn: those of people and companies, one of them, writing one.

mod comments;
mod reactions;
mod wire;

#[cfg(test)]
mod tests;

use serde_json::{Value, json};

pub(in crate::demo) use comments::{by as comments_by, comment, list as comments};
pub(in crate::demo) use reactions::{by as reactions_by, list as reactions, react};
pub(in crate::demo) use wire::post as wire_post;

use super::acting::{self, Actor};
use super::members;
use crate::demo::ask::Ask;
use crate::demo::docs::posts::{Author, Post, Reactions, Shown};
use crate::demo::page::cut;
use crate::demo::problem::Problem;
use crate::demo::reply::Reply;
use crate::demo::world::{ME, World};

/// Longest text of a post.
const LONGEST: usize = 3000;
/// Company whose page the owner looks after.
const OWN_COMPANY: &str = "nuvem";

/// Posts of a person or a company; of the owner where the path names nobody.
pub(in crate::demo) fn of_user(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let actor = acting::by_query(world, ask)?.on_linkedin()?;
    let world = &*world;
    let page = cut(ask, "user_posts", 100, 100, |ask| {
        let whose = if ask.flag("is_company")?.unwrap_or(false) {
            let companies = &world.docs.companies;
            let found = companies.find(ask.part("identifier"));
            Author::Company(
                found
                    .map(|company| company.slug.clone())
                    .ok_or_else(|| Problem::not_found("company"))?,
            )
        } else {
            Author::Person(user(world, ask, actor)?)
        };
        let posts = world.docs.feed.posts.iter().enumerate();
        let mut found: Vec<(i64, usize)> = posts
            .filter(|(_, post)| post.author == whose)
            .map(|(at, post)| (post.at, at))
            .collect();
        found.sort_unstable_by(|a, b| b.cmp(a));
        Ok(found)
    })?;
    Ok(Reply::ok(
        page.map(|(_, at)| wire::post(world, actor, at).unwrap_or_default())
            .counted("PostList"),
    ))
}

/// The member that the path names, or the owner.
fn user(world: &World, ask: &Ask, actor: Actor) -> Result<u32, Problem> {
    match ask.part("identifier") {
        "" => Ok(ME),
        name => members::find(world, actor, name),
    }
}

pub(in crate::demo) fn get(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    let actor = acting::by_query(world, ask)?.on_linkedin()?;
    let at = find(world, ask.part("post_id"))?;
    let post = wire::post(world, actor, at).ok_or_else(|| Problem::not_found("post"))?;
    Ok(Reply::ok(post))
}

/// Place of a post, by either of its ids.
fn find(world: &World, id: &str) -> Result<usize, Problem> {
    world
        .docs
        .feed
        .find(id)
        .ok_or_else(|| Problem::not_found("post"))
}

/// The post that a request names in its path.
fn asked<'w>(world: &'w World, ask: &Ask) -> Result<&'w Post, Problem> {
    let at = find(world, ask.part("post_id"))?;
    let post = world.docs.feed.posts.get(at);
    post.ok_or_else(|| Problem::not_found("post"))
}

fn post_mut(world: &mut World, at: usize) -> Result<&mut Post, Problem> {
    world.version += 1;
    world
        .docs
        .feed
        .posts
        .get_mut(at)
        .ok_or_else(|| Problem::not_found("post"))
}

pub(in crate::demo) fn create(world: &mut World, ask: &Ask) -> Result<Reply, Problem> {
    acting::by_body(world, ask)?.on_linkedin()?;
    let text = ask.need_text("text")?;
    for name in ["in_reply_to", "reply_policy"] {
        if ask.text(name)?.is_some() {
            return Err(Problem::invalid(format!("`{name}` is for X.")));
        }
    }
    let text = mention(ask, text)?;
    if text.chars().count() > LONGEST {
        return Err(
            Problem::new(400, "too_many_characters", "Too many characters")
                .because(format!("A post has at most {LONGEST} characters.")),
        );
    }
    let link = ask.text("external_link")?;
    if link
        .as_ref()
        .is_some_and(|link| !link.starts_with("https://") && !link.starts_with("http://"))
    {
        return Err(Problem::new(400, "invalid_url", "Invalid URL"));
    }
    let files = files(ask)?;
    let author = speaker(world, ask)?;
    let repost_of = match ask.text("repost")? {
        None => None,
        Some(id) => Some(
            world
                .docs
                .feed
                .find(&id)
                .ok_or_else(|| Problem::refused("invalid_post", "Invalid post"))?,
        ),
    };
    let now = world.tick();
    let seed = world.seed;
    if let Some(shared) = repost_of.and_then(|at| world.docs.feed.posts.get_mut(at)) {
        shared.reposts += 1;
    }
    let id = world.docs.feed.number(seed);
    world.docs.feed.posts.push(Post {
        id: id.clone(),
        author,
        at: now,
        text,
        reactions: Reactions::default(),
        impressions: 0,
        reposts: 0,
        comments: Vec::new(),
        files,
        poll: None,
        repost_of,
        link,
    });
    Ok(Reply::created(
        json!({"object": "PostCreated", "post_id": id}),
    ))
}

/// Puts the names of those who are mentioned where the text says `{{0}}`, `{{1}}` and so on.
fn mention(ask: &Ask, mut text: String) -> Result<String, Problem> {
    let wrong = || Problem::invalid("`mentions` must be objects with `name` and `profile_id`.");
    let given: Vec<Value> = match ask.field("mentions") {
        Some(Value::Array(items)) => items,
        _ => ask
            .texts("mentions")
            .iter()
            .map(|item| serde_json::from_str(item).map_err(|_| wrong()))
            .collect::<Result<_, _>>()?,
    };
    // One part may hold them all as a list.
    let given = given.into_iter().flat_map(|item| match item {
        Value::Array(items) => items,
        item => vec![item],
    });
    for (n, item) in given.enumerate() {
        let part = |name: &str| item.get(name).and_then(Value::as_str).map(str::to_owned);
        let name = part("name").ok_or_else(wrong)?;
        part("profile_id").ok_or_else(wrong)?;
        text = text.replace(&format!("{{{{{n}}}}}"), &name);
    }
    Ok(text)
}

/// Who speaks: the owner, or a company whose page they look after.
fn speaker(world: &World, ask: &Ask) -> Result<Author, Problem> {
    let Some(id) = ask.text("as_organization")? else {
        return Ok(Author::Person(ME));
    };
    let company = world.docs.companies.find(&id).map(|company| &company.slug);
    if company.is_none_or(|slug| slug != OWN_COMPANY) {
        return Err(
            Problem::new(403, "insufficient_permissions", "Insufficient permissions")
                .because("The account does not look after this page."),
        );
    }
    Ok(Author::Company(OWN_COMPANY.to_owned()))
}

/// The files of a post: pictures, or one film, or one document.
fn files(ask: &Ask) -> Result<Vec<Shown>, Problem> {
    let parts = ask.files("attachments");
    let files: Vec<Shown> = parts
        .iter()
        .map(|part| Shown {
            name: part.file_name.clone().unwrap_or_default(),
            mime: part.mime.clone().unwrap_or_default(),
            size: Some(part.bytes.len() as u64),
        })
        .collect();
    let pictures = files.iter().all(|file| file.mime.starts_with("image/"));
    let single = match files.as_slice() {
        [file] => file.mime.starts_with("video/") || file.mime == "application/pdf",
        _ => false,
    };
    if !pictures && !single {
        return Err(Problem::new(
            415,
            "unsupported_media_type",
            "Unsupported media type",
        ));
    }
    if files.len() > 20 {
        return Err(Problem::invalid("A post has at most 20 pictures."));
    }
    Ok(files)
}
