//! Posts, their comments and the reactions to both.

use jiff::Timestamp;

use super::account::Provider;
use super::attachment::Attachment;
use super::id::{CommentId, Identifier, PostId, ProviderId};
use super::network::Distance;

/// A post.
#[derive(Debug, Clone, PartialEq)]
pub struct Post {
    pub id: PostId,
    /// LinkedIn's second id of the post; see [`Post::address`].
    pub social_id: Option<PostId>,
    pub provider: Option<Provider>,
    pub url: Option<String>,
    pub title: Option<String>,
    pub text: Option<String>,
    pub posted_at: Option<Timestamp>,
    /// When it was posted in the network's own words, such as "2w".
    pub posted_text: Option<String>,
    pub counts: PostCounts,
    /// The account's own reaction.
    pub own_reaction: Option<Reaction>,
    pub author: Option<PostAuthor>,
    /// Who wrote it in the author's name, as JSON text.
    pub written_by: Option<String>,
    pub permissions: Option<PostPermissions>,
    pub is_repost: bool,
    pub repost_id: Option<PostId>,
    pub reposted_by: Option<PostAuthor>,
    /// What is reposted.
    pub original: Option<RepostedPost>,
    pub attachments: Vec<Attachment>,
    pub poll: Option<Poll>,
    /// The whole post as JSON text, for networks whose posts have no documented shape.
    pub raw: Option<String>,
}

impl Post {
    /// The id by which a post is read, commented and reacted to.
    pub fn address(&self) -> &PostId {
        self.social_id.as_ref().unwrap_or(&self.id)
    }
}

/// How often a post was seen and answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PostCounts {
    pub reactions: Option<u64>,
    pub comments: Option<u64>,
    pub reposts: Option<u64>,
    pub impressions: Option<u64>,
}

/// Who published a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostAuthor {
    pub id: Option<ProviderId>,
    pub public_id: Option<Identifier>,
    pub name: Option<String>,
    pub is_company: bool,
    pub headline: Option<String>,
    pub picture_url: Option<String>,
}

/// What the account may do with a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostPermissions {
    pub can_react: bool,
    pub can_share: bool,
    pub can_comment: bool,
}

/// The post inside a repost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepostedPost {
    pub id: Option<PostId>,
    pub posted_at: Option<Timestamp>,
    pub posted_text: Option<String>,
    pub author: Option<PostAuthor>,
    pub text: Option<String>,
}

/// A poll inside a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Poll {
    pub id: Option<String>,
    pub question: String,
    pub votes: Option<u64>,
    pub is_open: bool,
    pub options: Vec<PollOption>,
}

/// One answer to choose in a poll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PollOption {
    pub id: Option<String>,
    pub text: String,
    pub votes: Option<u64>,
    pub has_won: bool,
}

/// A comment on a post, or a reply to one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    pub id: Option<CommentId>,
    pub post: Option<PostId>,
    pub post_urn: Option<String>,
    pub thread_id: Option<String>,
    pub author: CommentAuthor,
    pub posted_at: Option<Timestamp>,
    /// When it was written in the network's own words, such as "1w".
    pub posted_text: Option<String>,
    pub text: Option<String>,
    pub picture_url: Option<String>,
    pub reactions: Option<u64>,
    pub replies: Option<u64>,
    pub impressions: Option<u64>,
    /// The account's own reaction.
    pub own_reaction: Option<Reaction>,
}

/// Who wrote a comment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CommentAuthor {
    pub name: Option<String>,
    pub id: Option<ProviderId>,
    pub headline: Option<String>,
    pub profile_url: Option<String>,
    pub picture_url: Option<String>,
    pub distance: Option<Distance>,
    /// The author as JSON text, where the network sends an object instead of a name.
    pub raw: Option<String>,
}

/// The kinds of reaction; other networks than LinkedIn know only the first.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Reaction {
    Like,
    Celebrate,
    Support,
    Love,
    Insightful,
    Funny,
    Other(String),
}

/// A reaction to a post or a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostReaction {
    pub reaction: Reaction,
    pub post: Option<PostId>,
    pub comment: Option<CommentId>,
    pub author: Option<ReactionAuthor>,
}

/// Who reacted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReactionAuthor {
    pub id: Option<ProviderId>,
    pub kind: Option<AuthorKind>,
    pub name: Option<String>,
    pub headline: Option<String>,
    pub profile_url: Option<String>,
    pub picture_url: Option<String>,
    pub distance: Option<Distance>,
}

/// Whether a person or a company acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuthorKind {
    Person,
    Company,
    Other(String),
}

/// In which order comments are listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommentOrder {
    Newest,
    MostRelevant,
    Other(String),
}

/// Who may answer a post on X.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReplyPolicy {
    Everyone,
    Following,
    Mentioned,
    Verified,
    Other(String),
}
