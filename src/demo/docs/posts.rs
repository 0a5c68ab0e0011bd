//! The feed: posts with their comments, reactions, polls and pictures. Read from `assets/demo/posts.toml`.

use serde::{Deserialize, Serialize};

use super::{Reader, long_number};
use crate::demo::assets::POSTS;
use crate::demo::rng::mix;
use crate::demo::seed::BadText;
use crate::demo::world::{ME, World};

/// All posts.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(in crate::demo) struct Feed {
    pub(in crate::demo) posts: Vec<Post>,
    /// Next number for something new.
    pub(in crate::demo) next: u64,
}

/// Who speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::demo) enum Author {
    Person(u32),
    /// Key of a company.
    Company(String),
}

/// A post.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::demo) struct Post {
    /// Number at LinkedIn; with a prefix it is the social id.
    pub(in crate::demo) id: String,
    pub(in crate::demo) author: Author,
    pub(in crate::demo) at: i64,
    pub(in crate::demo) text: String,
    pub(in crate::demo) reactions: Reactions,
    pub(in crate::demo) impressions: u64,
    pub(in crate::demo) reposts: u64,
    pub(in crate::demo) comments: Vec<Comment>,
    pub(in crate::demo) files: Vec<Shown>,
    pub(in crate::demo) poll: Option<Poll>,
    /// Place of the post that this one shares.
    pub(in crate::demo) repost_of: Option<usize>,
    pub(in crate::demo) link: Option<String>,
}

/// A comment, or a reply to one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::demo) struct Comment {
    pub(in crate::demo) id: String,
    pub(in crate::demo) author: Author,
    pub(in crate::demo) at: i64,
    pub(in crate::demo) text: String,
    pub(in crate::demo) reactions: Reactions,
    pub(in crate::demo) replies: Vec<Comment>,
    pub(in crate::demo) picture: bool,
}

/// How many reacted, and those of them who are known.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(in crate::demo) struct Reactions {
    /// All but the owner's own.
    pub(in crate::demo) others: u64,
    pub(in crate::demo) known: Vec<(u32, String)>,
    /// The owner's own.
    pub(in crate::demo) mine: Option<String>,
}

/// A file on a post.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::demo) struct Shown {
    pub(in crate::demo) name: String,
    pub(in crate::demo) mime: String,
    pub(in crate::demo) size: Option<u64>,
}

/// A question with answers to choose from.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::demo) struct Poll {
    pub(in crate::demo) question: String,
    pub(in crate::demo) options: Vec<Choice>,
}

/// An answer of a poll.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::demo) struct Choice {
    pub(in crate::demo) text: String,
    pub(in crate::demo) votes: u64,
}

impl Reactions {
    pub(in crate::demo) fn count(&self) -> u64 {
        self.others + u64::from(self.mine.is_some())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    posts: Vec<TextPost>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextPost {
    author: Option<String>,
    company: Option<String>,
    age: String,
    text: String,
    reactions: u64,
    impressions: u64,
    #[serde(default)]
    reposts: u64,
    reacted: Option<String>,
    #[serde(default)]
    reactors: Vec<TextReaction>,
    #[serde(default)]
    comments: Vec<TextComment>,
    image: Option<String>,
    poll: Option<Poll>,
    repost_of: Option<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextReaction {
    by: String,
    value: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextComment {
    by: String,
    age: String,
    text: String,
    #[serde(default)]
    replies: Vec<TextComment>,
}

impl Feed {
    pub(super) fn load(world: &World) -> Result<Self, BadText> {
        let read = Reader {
            world,
            file: "posts.toml",
        };
        let text: Text = toml::from_str(POSTS).map_err(|error| read.fault("", error))?;
        let mut feed = Self::default();
        let count = text.posts.len();
        for (n, item) in text.posts.into_iter().enumerate() {
            if item.repost_of.is_some_and(|of| of >= count || of == n) {
                return Err(read.fault(n, "shares a post that is not there"));
            }
            let post = feed.post(&read, item)?;
            feed.posts.push(post);
        }
        Ok(feed)
    }

    /// A number for something new.
    pub(in crate::demo) fn number(&mut self, seed: u64) -> String {
        self.next += 1;
        long_number(seed, 0x9_0000 + self.next)
    }

    fn post(&mut self, read: &Reader<'_>, item: TextPost) -> Result<Post, BadText> {
        let author = match (item.author, item.company) {
            (Some(key), None) => Author::Person(read.person(&key)?),
            (None, Some(key)) => Author::Company(key),
            _ => return Err(read.fault(item.age, "needs an author or a company")),
        };
        let known = item
            .reactors
            .into_iter()
            .map(|reaction| Ok((read.person(&reaction.by)?, reaction.value)))
            .collect::<Result<Vec<_>, BadText>>()?;
        let files = item.image.into_iter().map(|name| {
            let png = std::path::Path::new(&name)
                .extension()
                .is_some_and(|end| end == "png");
            let mime = if png { "image/png" } else { "image/jpeg" };
            Shown {
                name,
                mime: mime.to_owned(),
                size: None,
            }
        });
        Ok(Post {
            id: self.number(read.world.seed),
            author,
            at: read.ago(&item.age)?,
            text: item.text.trim().to_owned(),
            reactions: Reactions {
                others: item
                    .reactions
                    .saturating_sub(u64::from(item.reacted.is_some())),
                known,
                mine: item.reacted,
            },
            impressions: item.impressions,
            reposts: item.reposts,
            comments: self.comments(read, item.comments)?,
            files: files.collect(),
            poll: item.poll,
            repost_of: item.repost_of,
            link: None,
        })
    }

    fn comments(
        &mut self,
        read: &Reader<'_>,
        items: Vec<TextComment>,
    ) -> Result<Vec<Comment>, BadText> {
        items
            .into_iter()
            .map(|item| {
                let id = self.number(read.world.seed);
                let by = read.person(&item.by)?;
                Ok(Comment {
                    author: Author::Person(by),
                    at: read.ago(&item.age)?,
                    text: item.text,
                    reactions: Reactions {
                        others: mix(self.next, 3) % if by == ME { 24 } else { 11 },
                        ..Reactions::default()
                    },
                    replies: self.comments(read, item.replies)?,
                    picture: false,
                    id,
                })
            })
            .collect()
    }

    /// Place of a post, by number or social id.
    pub(in crate::demo) fn find(&self, id: &str) -> Option<usize> {
        let bare = id.rsplit(':').next().unwrap_or(id);
        self.posts.iter().position(|post| post.id == bare)
    }
}

impl Post {
    pub(in crate::demo) fn comment(&self, id: &str) -> Option<&Comment> {
        let all = self
            .comments
            .iter()
            .flat_map(|comment| std::iter::once(comment).chain(&comment.replies));
        all.into_iter().find(|comment| comment.id == id)
    }

    pub(in crate::demo) fn comment_mut(&mut self, id: &str) -> Option<&mut Comment> {
        for comment in &mut self.comments {
            if comment.id == id {
                return Some(comment);
            }
            if let Some(reply) = comment.replies.iter_mut().find(|reply| reply.id == id) {
                return Some(reply);
            }
        }
        None
    }

    /// How many comments there are, replies included.
    pub(in crate::demo) fn comment_count(&self) -> usize {
        self.comments
            .iter()
            .map(|comment| 1 + comment.replies.len())
            .sum()
    }
}
