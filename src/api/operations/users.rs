//! The operations of the users area; the tests compare them with `assets/openapi.yaml`, row by row.

use super::row::*;
use crate::api::operation::Area::Users;
use crate::api::operation::Kind::*;
use crate::api::operation::Method::*;
use crate::api::operation::Standing::*;
use crate::api::operation::{Answer, Body, Operation};

/// Every operation of the area.
pub(super) const ALL: &[&Operation] = &[
    &LIST_INVITATIONS_SENT,
    &LIST_INVITATIONS_RECEIVED,
    &HANDLE_INVITATION,
    &GET_OWN_PROFILE,
    &EDIT_OWN_PROFILE,
    &LIST_RELATIONS,
    &LIST_FOLLOWERS,
    &LIST_FOLLOWING,
    &GET_USER_PROFILE,
    &SEND_INVITATION,
    &LIST_POSTS_SEED_FORM,
    &LIST_COMMENTS_SEED_FORM,
    &LIST_REACTIONS_SEED_FORM,
    &LIST_USER_POSTS,
    &LIST_USER_COMMENTS,
    &LIST_USER_REACTIONS,
    &CANCEL_INVITATION,
    &CANCEL_INVITATION_SEED_FORM,
];

pub const LIST_INVITATIONS_SENT: Operation = Operation {
    id: "listInvitationsSent",
    method: Get,
    path: "/api/v1/users/invite/sent",
    area: Users,
    summary: "List pending invitations sent",
    params: &[ACCOUNT, LIMIT_100, CURSOR],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const LIST_INVITATIONS_RECEIVED: Operation = Operation {
    id: "listInvitationsReceived",
    method: Get,
    path: "/api/v1/users/invite/received",
    area: Users,
    summary: "List invitations received",
    params: &[ACCOUNT, LIMIT_100, CURSOR],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const HANDLE_INVITATION: Operation = Operation {
    id: "handleInvitation",
    method: Post,
    path: "/api/v1/users/invite/received/{invitation_id}",
    area: Users,
    summary: "Accept or decline an invitation",
    params: &[
        path("invitation_id", Text, "Invitation id."),
        body("provider", Text, "")
            .required()
            .one_of(&["LINKEDIN", "INSTAGRAM"]),
        body("account_id", Text, "").required(),
        body("action", Text, "")
            .required()
            .one_of(&["accept", "decline"]),
        body(
            "shared_secret",
            Text,
            "LinkedIn: from specifics of the list entry.",
        ),
    ],
    body: Body::Json,
    answer: Answer::Json,
    standing: Settled,
};

pub const GET_OWN_PROFILE: Operation = Operation {
    id: "getOwnProfile",
    method: Get,
    path: "/api/v1/users/me",
    area: Users,
    summary: "Profile of the account owner",
    params: &[ACCOUNT],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const EDIT_OWN_PROFILE: Operation = Operation {
    id: "editOwnProfile",
    method: Patch,
    path: "/api/v1/users/me/edit",
    area: Users,
    summary: "Edit the own profile",
    params: &[
        body("type", Text, "")
            .required()
            .one_of(&["LINKEDIN", "WHATSAPP"]),
        body("account_id", Text, "").required(),
        body("headline", Text, ""),
        body("summary", Text, ""),
        body("picture", File, ""),
        body("location[id]", Text, ""),
        body("picture_settings[filter]", Text, ""),
        body("experience[skills]", Text, "Repeat the part per value.").many(),
    ],
    body: Body::Form,
    answer: Answer::Json,
    standing: Settled,
};

pub const LIST_RELATIONS: Operation = Operation {
    id: "listRelations",
    method: Get,
    path: "/api/v1/users/relations",
    area: Users,
    summary: "List connections",
    params: &[
        ACCOUNT,
        LIMIT_1000,
        CURSOR,
        query("filter", Text, "Match on the name."),
    ],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const LIST_FOLLOWERS: Operation = Operation {
    id: "listFollowers",
    method: Get,
    path: "/api/v1/users/followers",
    area: Users,
    summary: "List followers",
    params: &[
        ACCOUNT,
        query("user_id", Text, "Somebody else."),
        LIMIT_250,
        CURSOR,
    ],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const LIST_FOLLOWING: Operation = Operation {
    id: "listFollowing",
    method: Get,
    path: "/api/v1/users/following",
    area: Users,
    summary: "List followed accounts",
    params: &[
        ACCOUNT,
        query("user_id", Text, "Somebody else."),
        LIMIT_250,
        CURSOR,
    ],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const GET_USER_PROFILE: Operation = Operation {
    id: "getUserProfile",
    method: Get,
    path: "/api/v1/users/{identifier}",
    area: Users,
    summary: "Read a profile",
    params: &[
        path("identifier", Text, "Provider-internal or public id."),
        ACCOUNT,
        query(
            "linkedin_sections",
            Text,
            "*, *_preview, or names: about, experience, education, languages, skills, certifications and more; repeat or join by commas.",
        ),
        query("linkedin_api", Text, "").one_of(&["recruiter", "sales_navigator"]),
        query(
            "notify",
            Flag,
            "Let the person see the visit; off by default.",
        ),
    ],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const SEND_INVITATION: Operation = Operation {
    id: "sendInvitation",
    method: Post,
    path: "/api/v1/users/invite",
    area: Users,
    summary: "Send a connection request",
    params: &[
        body("account_id", Text, "").required(),
        body(
            "provider_id",
            Text,
            "Provider-internal id, not the public one.",
        )
        .required(),
        body(
            "message",
            Text,
            "Up to 300 characters; free LinkedIn accounts get 200.",
        ),
        body("user_email", Text, "LinkedIn sometimes insists on it."),
    ],
    body: Body::Json,
    answer: Answer::Json,
    standing: Settled,
};

pub const LIST_POSTS_SEED_FORM: Operation = Operation {
    id: "listPostsSeedForm",
    method: Get,
    path: "/api/v1/users/posts",
    area: Users,
    summary: "List posts (unconfirmed form)",
    params: &[ACCOUNT, LIMIT_100, CURSOR],
    body: Body::None,
    answer: Answer::Json,
    standing: Unverified {
        other: "listUserPosts",
    },
};

pub const LIST_COMMENTS_SEED_FORM: Operation = Operation {
    id: "listCommentsSeedForm",
    method: Get,
    path: "/api/v1/users/comments",
    area: Users,
    summary: "List comments (unconfirmed form)",
    params: &[ACCOUNT, LIMIT_100, CURSOR],
    body: Body::None,
    answer: Answer::Json,
    standing: Unverified {
        other: "listUserComments",
    },
};

pub const LIST_REACTIONS_SEED_FORM: Operation = Operation {
    id: "listReactionsSeedForm",
    method: Get,
    path: "/api/v1/users/reactions",
    area: Users,
    summary: "List reactions (unconfirmed form)",
    params: &[ACCOUNT, LIMIT_100, CURSOR],
    body: Body::None,
    answer: Answer::Json,
    standing: Unverified {
        other: "listUserReactions",
    },
};

pub const LIST_USER_POSTS: Operation = Operation {
    id: "listUserPosts",
    method: Get,
    path: "/api/v1/users/{identifier}/posts",
    area: Users,
    summary: "List posts of a person or company",
    params: &[
        path("identifier", Text, "Provider-internal or public id."),
        ACCOUNT,
        query("is_company", Flag, ""),
        LIMIT_100,
        CURSOR,
    ],
    body: Body::None,
    answer: Answer::Json,
    standing: Verified {
        other: "listPostsSeedForm",
    },
};

pub const LIST_USER_COMMENTS: Operation = Operation {
    id: "listUserComments",
    method: Get,
    path: "/api/v1/users/{identifier}/comments",
    area: Users,
    summary: "List comments written by a person",
    params: &[
        path("identifier", Text, "Provider-internal or public id."),
        ACCOUNT,
        LIMIT_100,
        CURSOR,
    ],
    body: Body::None,
    answer: Answer::Json,
    standing: Verified {
        other: "listCommentsSeedForm",
    },
};

pub const LIST_USER_REACTIONS: Operation = Operation {
    id: "listUserReactions",
    method: Get,
    path: "/api/v1/users/{identifier}/reactions",
    area: Users,
    summary: "List reactions given by a person",
    params: &[
        path("identifier", Text, "Provider-internal or public id."),
        ACCOUNT,
        LIMIT_100,
        CURSOR,
    ],
    body: Body::None,
    answer: Answer::Json,
    standing: Verified {
        other: "listReactionsSeedForm",
    },
};

pub const CANCEL_INVITATION: Operation = Operation {
    id: "cancelInvitation",
    method: Delete,
    path: "/api/v1/users/invite/sent/{invitation_id}",
    area: Users,
    summary: "Withdraw a pending invitation",
    params: &[path("invitation_id", Text, "Invitation id."), ACCOUNT],
    body: Body::None,
    answer: Answer::Json,
    standing: Verified {
        other: "cancelInvitationSeedForm",
    },
};

pub const CANCEL_INVITATION_SEED_FORM: Operation = Operation {
    id: "cancelInvitationSeedForm",
    method: Post,
    path: "/api/v1/users/cancel-invite",
    area: Users,
    summary: "Withdraw a pending invitation (unconfirmed form)",
    params: &[
        body("account_id", Text, "").required(),
        body("invitation_id", Text, "").required(),
    ],
    body: Body::Json,
    answer: Answer::Json,
    standing: Unverified {
        other: "cancelInvitation",
    },
};
