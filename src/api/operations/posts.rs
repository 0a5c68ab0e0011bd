//! The operations of the posts area; the tests compare them with `assets/openapi.yaml`, row by row.

use super::row::*;
use crate::api::operation::Area::Posts;
use crate::api::operation::Kind::*;
use crate::api::operation::Method::*;
use crate::api::operation::Standing::*;
use crate::api::operation::{Answer, Body, Operation};

/// Every operation of the area.
pub(super) const ALL: &[&Operation] = &[
    &GET_POST,
    &CREATE_POST,
    &LIST_POST_COMMENTS,
    &SEND_COMMENT,
    &LIST_POST_REACTIONS,
    &ADD_POST_REACTION,
];

pub const GET_POST: Operation = Operation {
    id: "getPost",
    method: Get,
    path: "/api/v1/posts/{post_id}",
    area: Posts,
    summary: "Read a post",
    params: &[
        path("post_id", Text, "Post id (LinkedIn: social_id)."),
        ACCOUNT,
    ],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const CREATE_POST: Operation = Operation {
    id: "createPost",
    method: Post,
    path: "/api/v1/posts",
    area: Posts,
    summary: "Publish a post",
    params: &[
        body("account_id", Text, "").required(),
        body("text", Text, "").required(),
        body("attachments", File, "").many(),
        body("mentions", Json, "").many(),
        body("external_link", Text, ""),
        body("as_organization", Text, ""),
        body("repost", Text, ""),
        body("in_reply_to", Text, "X only."),
        body("reply_policy", Text, "X only.").one_of(&[
            "EVERYONE",
            "FOLLOWING",
            "MENTIONED",
            "VERIFIED",
        ]),
    ],
    body: Body::Form,
    answer: Answer::Json,
    standing: Settled,
};

pub const LIST_POST_COMMENTS: Operation = Operation {
    id: "listPostComments",
    method: Get,
    path: "/api/v1/posts/{post_id}/comments",
    area: Posts,
    summary: "List comments of a post, or replies to a comment",
    params: &[
        path("post_id", Text, "Post id (LinkedIn: social_id)."),
        ACCOUNT,
        LIMIT_100,
        CURSOR,
        query("comment_id", Text, "List the replies to it instead."),
        query("sort_by", Text, "").one_of(&["MOST_RECENT", "MOST_RELEVANT"]),
    ],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const SEND_COMMENT: Operation = Operation {
    id: "sendComment",
    method: Post,
    path: "/api/v1/posts/{post_id}/comments",
    area: Posts,
    summary: "Comment a post or reply to a comment",
    params: &[
        path("post_id", Text, "Post id (LinkedIn: social_id)."),
        body("account_id", Text, "").required(),
        body("text", Text, "").required(),
        body("comment_id", Text, "Reply to this comment."),
        body("mentions", Json, "").many(),
        body("external_link", Text, ""),
        body("as_organization", Text, ""),
        body("attachments", File, "One image on LinkedIn.").many(),
    ],
    body: Body::JsonOrForm,
    answer: Answer::Json,
    standing: Settled,
};

pub const LIST_POST_REACTIONS: Operation = Operation {
    id: "listPostReactions",
    method: Get,
    path: "/api/v1/posts/{post_id}/reactions",
    area: Posts,
    summary: "List reactions to a post or comment",
    params: &[
        path("post_id", Text, "Post id (LinkedIn: social_id)."),
        ACCOUNT,
        LIMIT_100,
        CURSOR,
        query("comment_id", Text, ""),
    ],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const ADD_POST_REACTION: Operation = Operation {
    id: "addPostReaction",
    method: Post,
    path: "/api/v1/posts/reaction",
    area: Posts,
    summary: "React to a post or comment",
    params: &[
        body("account_id", Text, "").required(),
        body("post_id", Text, "LinkedIn: social_id.").required(),
        body("comment_id", Text, ""),
        body(
            "reaction_type",
            Text,
            "Defaults to like; Instagram knows only like.",
        )
        .one_of(&[
            "like",
            "celebrate",
            "support",
            "love",
            "insightful",
            "funny",
        ]),
        body("as_organization", Text, ""),
    ],
    body: Body::Json,
    answer: Answer::Json,
    standing: Settled,
};
