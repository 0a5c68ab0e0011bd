//! Reads posts, comments and reactions.

use std::borrow::Cow;

use serde_json::Value;

use crate::api::fields::{Decode, Fields, Flaw};
use crate::api::request::{Json, Word};
use crate::api::words::{Spelled, words};
use crate::model::account::Provider;
use crate::model::id::{CommentId, PostId};
use crate::model::post::{
    AuthorKind, Comment, CommentAuthor, CommentOrder, Poll, PollOption, Post, PostAuthor,
    PostCounts, PostPermissions, PostReaction, Reaction, ReactionAuthor, ReplyPolicy, RepostedPost,
};
use crate::model::text::clean;

words! {
    AuthorKind { "INDIVIDUAL" => Person, "COMPANY" => Company }
    CommentOrder { "MOST_RECENT" => Newest, "MOST_RELEVANT" => MostRelevant }
    ReplyPolicy {
        "EVERYONE" => Everyone,
        "FOLLOWING" => Following,
        "MENTIONED" => Mentioned,
        "VERIFIED" => Verified,
    }
}

impl Spelled for Reaction {
    /// LinkedIn's inner words are read, those of its screen are written; either is understood in any case.
    fn from_word(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "like" => Self::Like,
            "celebrate" | "praise" => Self::Celebrate,
            "support" | "appreciation" => Self::Support,
            "love" | "empathy" => Self::Love,
            "insightful" | "interest" => Self::Insightful,
            "funny" | "entertainment" => Self::Funny,
            _ => Self::Other(clean(word)),
        }
    }

    fn to_word(&self) -> Cow<'_, str> {
        match self {
            Self::Like => "like".into(),
            Self::Celebrate => "celebrate".into(),
            Self::Support => "support".into(),
            Self::Love => "love".into(),
            Self::Insightful => "insightful".into(),
            Self::Funny => "funny".into(),
            Self::Other(word) => word.as_str().into(),
        }
    }
}

impl Word for &Reaction {
    fn word(self) -> Option<String> {
        Some(self.to_word().into_owned())
    }
}

impl From<&Reaction> for Json {
    fn from(reaction: &Reaction) -> Self {
        Self::from(reaction.to_word().into_owned())
    }
}

/// The answer to a new post.
pub(super) struct NewPost(pub(super) Option<PostId>);

impl Decode for NewPost {
    const NAME: &'static str = "NewPost";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self(f.id("post_id")))
    }
}

/// The answer to a new comment.
pub(super) struct NewComment(pub(super) Option<CommentId>);

impl Decode for NewComment {
    const NAME: &'static str = "NewComment";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self(f.id("comment_id")))
    }
}

impl Decode for Post {
    const NAME: &'static str = "Post";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        let provider = f.word("provider");
        let raw = (provider != Some(Provider::Linkedin)).then(|| f.raw());
        Ok(Self {
            id: f.need("id")?.into(),
            social_id: f.id("social_id"),
            provider,
            url: f.text("share_url"),
            title: f.text("title"),
            text: f.text("text"),
            posted_at: f.time("parsed_datetime").or_else(|| f.time("date")),
            posted_text: f.text("date"),
            counts: PostCounts {
                reactions: f.count("reaction_counter"),
                comments: f.count("comment_counter"),
                reposts: f.count("repost_counter"),
                impressions: f.count("impressions_counter"),
            },
            own_reaction: f.word("user_reacted"),
            author: f.one("author"),
            written_by: f.json_text("written_by"),
            permissions: f.inside("permissions").map(|may| PostPermissions {
                can_react: may.is("can_react"),
                can_share: may.is("can_share"),
                can_comment: may.is("can_post_comments"),
            }),
            is_repost: f.is("is_repost"),
            repost_id: f.id("repost_id"),
            reposted_by: f.one("reposted_by"),
            original: f.one("repost_content"),
            attachments: f.list("attachments"),
            poll: f.one("poll"),
            raw,
        })
    }
}

impl Decode for PostAuthor {
    const NAME: &'static str = "PostAuthor";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.id("id"),
            public_id: f.id("public_identifier"),
            name: f.text("name"),
            is_company: f.is("is_company"),
            headline: f.text("headline"),
            picture_url: f.text("profile_picture_url"),
        })
    }
}

impl Decode for RepostedPost {
    const NAME: &'static str = "RepostedPost";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.id("id"),
            posted_at: f.time("parsed_datetime").or_else(|| f.time("date")),
            posted_text: f.text("date"),
            author: f.one("author"),
            text: f.text("text"),
        })
    }
}

impl Decode for Poll {
    const NAME: &'static str = "Poll";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.token("id"),
            question: f.text_or_empty("question"),
            votes: f.count("total_votes_count"),
            is_open: f.is("is_open"),
            options: f.list("options"),
        })
    }
}

impl Decode for PollOption {
    const NAME: &'static str = "PollOption";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.token("id"),
            text: f.text_or_empty("text"),
            votes: f.count("votes_count"),
            has_won: f.is("win"),
        })
    }
}

impl Decode for Comment {
    const NAME: &'static str = "Comment";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.id("id"),
            post: f.id("post_id"),
            post_urn: f.text("post_urn"),
            thread_id: f.token("thread_id"),
            author: comment_author(f),
            posted_at: f.time("date"),
            posted_text: f.text("date"),
            text: f.text("text"),
            picture_url: f.text("picture_url"),
            reactions: f.count("reaction_counter"),
            replies: f.count("reply_counter"),
            impressions: f.count("impressions_counter"),
            own_reaction: f.word("user_reacted"),
        })
    }
}

/// Reads the author: a name with details beside it on LinkedIn, an object of no documented shape on Instagram.
fn comment_author(f: &Fields<'_>) -> CommentAuthor {
    let mut author = CommentAuthor::default();
    if let Some(details) = f.inside("author_details") {
        author = CommentAuthor {
            name: None,
            id: details.id("id"),
            headline: details.text("headline"),
            profile_url: details.text("profile_url"),
            picture_url: details.text("profile_picture_url"),
            distance: details.word("network_distance"),
            raw: None,
        };
    }
    if let Some(object) = f.inside("author") {
        let names = ["full_name", "name", "username"];
        author.name = names.iter().find_map(|name| object.text(name));
        author.id = author
            .id
            .or_else(|| object.id("id"))
            .or_else(|| object.id("pk"));
        author.raw = Some(object.raw());
    } else if let Some(Value::String(_)) = f.value("author") {
        author.name = f.text("author");
    }
    author
}

impl Decode for PostReaction {
    const NAME: &'static str = "PostReaction";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            reaction: f.need_word("value")?,
            post: f.id("post_id"),
            comment: f.id("comment_id"),
            author: f.one("author"),
        })
    }
}

impl Decode for ReactionAuthor {
    const NAME: &'static str = "ReactionAuthor";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.id("id"),
            kind: f.word("type"),
            name: f.text("name"),
            headline: f.text("headline"),
            profile_url: f.text("profile_url"),
            picture_url: f.text("profile_picture_url"),
            distance: f.word("network_distance"),
        })
    }
}
