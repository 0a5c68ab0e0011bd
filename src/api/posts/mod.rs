//! Posts, their comments and the reactions to both.
//!
//! On LinkedIn a post is addressed by its social id: pass [`Post::address`], never the plain id.

mod decode;
#[cfg(test)]
mod tests;

use super::client::Client;
use super::error::Result;
use super::json_text::JsonText;
use super::operations::posts as rows;
use super::page::{Page, Paging};
use super::request::{Json, Request, Upload};
use crate::model::id::{AccountId, CommentId, PostId};
use crate::model::post::{Comment, CommentOrder, Post, PostReaction, Reaction, ReplyPolicy};
use decode::{NewComment, NewPost};

/// A post to publish.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreatePost {
    pub text: String,
    pub attachments: Vec<Upload>,
    /// Whom the text names; the shape of a mention is not documented.
    pub mentions: Vec<JsonText>,
    pub external_link: Option<String>,
    /// The company to post for.
    pub as_organization: Option<String>,
    /// The post to pass on.
    pub repost: Option<PostId>,
    /// X only.
    pub in_reply_to: Option<PostId>,
    /// X only.
    pub reply_policy: Option<ReplyPolicy>,
}

/// Which comments of a post to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListPostComments {
    /// Lists the replies to this comment instead.
    pub comment: Option<CommentId>,
    pub order: Option<CommentOrder>,
    pub paging: Paging,
}

/// Which reactions to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListPostReactions {
    /// Lists the reactions to this comment instead.
    pub comment: Option<CommentId>,
    pub paging: Paging,
}

/// A comment to write.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SendComment {
    /// Up to 1250 characters.
    pub text: String,
    /// Replies to this comment.
    pub comment: Option<CommentId>,
    /// Whom the text names; the shape of a mention is not documented.
    pub mentions: Vec<JsonText>,
    pub external_link: Option<String>,
    /// The company to write for.
    pub as_organization: Option<String>,
    /// LinkedIn takes one picture.
    pub attachments: Vec<Upload>,
}

/// How to react.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AddPostReaction {
    /// Reacts to this comment instead of the post.
    pub comment: Option<CommentId>,
    /// A like when absent.
    pub reaction: Option<Reaction>,
    /// The company to react for.
    pub as_organization: Option<String>,
}

impl Client {
    /// Reads a post.
    pub async fn get_post(&self, account: &AccountId, post: &PostId) -> Result<Post> {
        let request = Request::to(&rows::GET_POST)
            .path("post_id", post)
            .query("account_id", account);
        self.one(&request).await
    }

    /// Publishes a post and tells its id, where the network does.
    pub async fn create_post(
        &self,
        account: &AccountId,
        post: &CreatePost,
    ) -> Result<Option<PostId>> {
        let request = Request::to(&rows::CREATE_POST)
            .field("account_id", account)
            .field("text", &post.text)
            .fields("mentions", &post.mentions)
            .field("external_link", post.external_link.as_ref())
            .field("as_organization", post.as_organization.as_ref())
            .field("repost", post.repost.as_ref())
            .field("in_reply_to", post.in_reply_to.as_ref())
            .field("reply_policy", post.reply_policy.as_ref())
            .files("attachments", post.attachments.iter().cloned());
        let NewPost(id) = self.one(&request).await?;
        Ok(id)
    }

    /// Lists the comments of a post, or the replies to one of them.
    pub async fn list_post_comments(
        &self,
        account: &AccountId,
        post: &PostId,
        params: &ListPostComments,
    ) -> Result<Page<Comment>> {
        let request = Request::to(&rows::LIST_POST_COMMENTS)
            .path("post_id", post)
            .query("comment_id", params.comment.as_ref())
            .query("sort_by", params.order.as_ref())
            .page(&params.paging)
            .query("account_id", account);
        self.page(&request).await
    }

    /// Comments a post, or replies to a comment, and tells the new comment's id, where the network does.
    pub async fn send_comment(
        &self,
        account: &AccountId,
        post: &PostId,
        comment: &SendComment,
    ) -> Result<Option<CommentId>> {
        let request = Request::to(&rows::SEND_COMMENT).path("post_id", post);
        let request = if comment.attachments.is_empty() {
            comment.as_json(request, account)
        } else {
            comment.as_form(request, account)
        };
        let NewComment(id) = self.one(&request).await?;
        Ok(id)
    }

    /// Lists the reactions to a post, or to one of its comments.
    pub async fn list_post_reactions(
        &self,
        account: &AccountId,
        post: &PostId,
        params: &ListPostReactions,
    ) -> Result<Page<PostReaction>> {
        let request = Request::to(&rows::LIST_POST_REACTIONS)
            .path("post_id", post)
            .query("comment_id", params.comment.as_ref())
            .page(&params.paging)
            .query("account_id", account);
        self.page(&request).await
    }

    /// Reacts to a post, or to one of its comments.
    pub async fn add_post_reaction(
        &self,
        account: &AccountId,
        post: &PostId,
        params: &AddPostReaction,
    ) -> Result<()> {
        let comment = params.comment.as_ref().map(CommentId::as_str);
        let request = Request::to(&rows::ADD_POST_REACTION)
            .json("account_id", account.as_str())
            .json("post_id", post.as_str())
            .json("comment_id", Json::maybe(comment))
            .json("reaction_type", Json::maybe(params.reaction.as_ref()))
            .json(
                "as_organization",
                Json::maybe(params.as_organization.as_deref()),
            );
        self.done(&request).await
    }
}

impl SendComment {
    fn as_json(&self, request: Request, account: &AccountId) -> Request {
        let comment = self.comment.as_ref().map(CommentId::as_str);
        request
            .json("account_id", account.as_str())
            .json("text", self.text.as_str())
            .json("comment_id", Json::maybe(comment))
            .json("mentions", Json::list_or_none(&self.mentions))
            .json("external_link", Json::maybe(self.external_link.as_deref()))
            .json(
                "as_organization",
                Json::maybe(self.as_organization.as_deref()),
            )
    }

    fn as_form(&self, request: Request, account: &AccountId) -> Request {
        request
            .field("account_id", account)
            .field("text", &self.text)
            .field("comment_id", self.comment.as_ref())
            .fields("mentions", &self.mentions)
            .field("external_link", self.external_link.as_ref())
            .field("as_organization", self.as_organization.as_ref())
            .files("attachments", self.attachments.iter().cloned())
    }
}
