//! The search over posts.

use serde_json::Value;

use super::filters::{Wanted, Words};
use super::search::oldest;
use crate::demo::areas::acting::Actor;
use crate::demo::areas::members;
use crate::demo::areas::messages::provider_id;
use crate::demo::areas::posts::wire_post;
use crate::demo::docs::posts::{Author, Post};
use crate::demo::problem::Problem;
use crate::demo::world::{ME, World};

/// Those that are found, the most liked first unless the newest are asked for.
pub(super) fn search(world: &World, actor: Actor, wanted: &Wanted) -> Result<Vec<Value>, Problem> {
    let filter = Filter::read(world, wanted)?;
    let posts = world.docs.feed.posts.iter().enumerate();
    let mut found: Vec<(usize, &Post)> = posts
        .filter(|(_, post)| filter.keeps(world, actor, post))
        .collect();
    match wanted.text("sort_by")?.as_deref() {
        Some("date") => found.sort_by_key(|(_, post)| std::cmp::Reverse(post.at)),
        _ => found.sort_by_key(|(_, post)| std::cmp::Reverse(post.reactions.count())),
    }
    let wire = |(at, _): (usize, &Post)| {
        let mut out = wire_post(world, actor, at)?;
        out.as_object_mut()?.insert("type".into(), "POST".into());
        Some(out)
    };
    Ok(found.into_iter().filter_map(wire).collect())
}

/// The filters of the search.
struct Filter {
    words: Words,
    oldest: i64,
    kind: Option<String>,
    mine: bool,
    relations: bool,
    companies: Option<Vec<String>>,
    members: Option<Vec<String>>,
}

impl Filter {
    fn read(world: &World, wanted: &Wanted) -> Result<Self, Problem> {
        let by = wanted.field("posted_by");
        let part = |name: &str| by.and_then(|by| by.get(name));
        let says = |name: &str| part(name).and_then(Value::as_bool).unwrap_or(false);
        let ids = |name: &str| -> Option<Vec<String>> {
            let list = part(name)?.as_array()?;
            let text = |id: &Value| id.as_str().map_or_else(|| id.to_string(), str::to_owned);
            Some(list.iter().map(text).collect())
        };
        Ok(Self {
            words: wanted.words()?,
            oldest: oldest(world, wanted)?,
            kind: wanted.text("content_type")?,
            mine: says("me"),
            relations: says("first_connections"),
            companies: ids("company"),
            members: ids("member"),
        })
    }

    fn keeps(&self, world: &World, actor: Actor, post: &Post) -> bool {
        post.at > self.oldest
            && self.shows(post)
            && match &post.author {
                Author::Person(at) => self.is_by(world, actor, *at),
                Author::Company(key) => self.is_by_company(world, key),
            }
            && self
                .words
                .keeps(&format!("{}\n{}", post.text, name(world, post)))
    }

    fn is_by(&self, world: &World, actor: Actor, at: u32) -> bool {
        let id = provider_id(world, actor.at, at).unwrap_or_default();
        self.companies.is_none()
            && (!self.mine || at == ME)
            && (!self.relations || (at != ME && members::degree(world, at) == 1))
            && self.members.as_ref().is_none_or(|ids| ids.contains(&id))
    }

    fn is_by_company(&self, world: &World, key: &str) -> bool {
        let company = world.docs.companies.0.get(key);
        self.members.is_none()
            && !self.mine
            && !self.relations
            && self
                .companies
                .as_ref()
                .is_none_or(|ids| company.is_some_and(|company| ids.contains(&company.id)))
    }

    fn shows(&self, post: &Post) -> bool {
        let any = |part: &str| post.files.iter().any(|file| file.mime.contains(part));
        match self.kind.as_deref() {
            Some("images") => any("image/"),
            Some("videos" | "live_videos") => any("video/"),
            Some("documents") => any("pdf"),
            _ => true,
        }
    }
}

/// Name of whoever wrote a post.
fn name<'a>(world: &'a World, post: &Post) -> &'a str {
    match &post.author {
        Author::Person(at) => world.person(*at).map_or("", |person| &person.name),
        Author::Company(key) => {
            let company = world.docs.companies.0.get(key);
            company.map_or("", |company| &company.name)
        }
    }
}
