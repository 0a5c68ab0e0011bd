//! The operations of the messaging area; the tests compare them with `assets/openapi.yaml`, row by row.

use super::row::*;
use crate::api::operation::Area::Messaging;
use crate::api::operation::Kind::*;
use crate::api::operation::Method::*;
use crate::api::operation::Standing::*;
use crate::api::operation::{Answer, Body, Operation};

/// Every operation of the area.
pub(super) const ALL: &[&Operation] = &[
    &LIST_CHATS,
    &START_CHAT,
    &GET_CHAT,
    &PATCH_CHAT,
    &DELETE_CHAT,
    &LIST_CHAT_MESSAGES,
    &SEND_MESSAGE,
    &LIST_CHAT_ATTENDEES,
    &SYNC_CHAT_HISTORY,
    &LIST_MESSAGES,
    &GET_MESSAGE,
    &EDIT_MESSAGE,
    &DELETE_MESSAGE,
    &FORWARD_MESSAGE,
    &ADD_MESSAGE_REACTION,
    &GET_MESSAGE_ATTACHMENT,
    &LIST_ATTENDEES,
    &GET_ATTENDEE,
    &GET_ATTENDEE_PICTURE,
    &LIST_ATTENDEE_CHATS,
    &LIST_ATTENDEE_MESSAGES,
];

pub const LIST_CHATS: Operation = Operation {
    id: "listChats",
    method: Get,
    path: "/api/v1/chats",
    area: Messaging,
    summary: "List chats",
    params: &[
        query(
            "unread",
            Flag,
            "true: only unread chats; false: only read ones.",
        ),
        CURSOR,
        BEFORE,
        AFTER,
        LIMIT_250,
        query("account_type", Text, "").one_of(&[
            "WHATSAPP",
            "LINKEDIN",
            "SLACK",
            "TWITTER",
            "MESSENGER",
            "INSTAGRAM",
            "TELEGRAM",
        ]),
        ACCOUNT_FILTER,
    ],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const START_CHAT: Operation = Operation {
    id: "startChat",
    method: Post,
    path: "/api/v1/chats",
    area: Messaging,
    summary: "Start a chat and send its first message",
    params: &[
        body("account_id", Text, "").required(),
        body(
            "attendees_ids",
            Text,
            "Provider ids, one part each; two or more make a group.",
        )
        .many()
        .required(),
        body("text", Text, ""),
        body(
            "subject",
            Text,
            "Conversation subject; the reference page name for a group title.",
        ),
        body("title", Text, "Group name as one guide writes it."),
        body(
            "attachments",
            File,
            "Repeat the part for each file; about 15 MB is the usual ceiling.",
        )
        .many(),
        body("voice_message", File, ""),
        body("video_message", File, ""),
        body("linkedin[api]", Text, "").one_of(&["classic", "recruiter", "sales_navigator"]),
        body("linkedin[inmail]", Text, "Classic: send as InMail.").one_of(&["true", "false"]),
        body("linkedin[signature]", Text, "Recruiter."),
        body("linkedin[hiring_project_id]", Text, "Recruiter."),
        body(
            "linkedin[email_address]",
            Text,
            "Recruiter: reach by mail instead.",
        ),
        body(
            "linkedin[topic]",
            Text,
            "Classic: required when writing to a company page.",
        ),
        body(
            "linkedin[applicant_id]",
            Text,
            "Classic: writing to a job applicant.",
        ),
        body(
            "linkedin[invitation_id]",
            Text,
            "Classic: answering a received invitation.",
        ),
    ],
    body: Body::Form,
    answer: Answer::Json,
    standing: Settled,
};

pub const GET_CHAT: Operation = Operation {
    id: "getChat",
    method: Get,
    path: "/api/v1/chats/{chat_id}",
    area: Messaging,
    summary: "Read one chat with its last message",
    params: &[path("chat_id", Text, "Chat id."), ACCOUNT_WHEN_PROVIDER_ID],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const PATCH_CHAT: Operation = Operation {
    id: "patchChat",
    method: Patch,
    path: "/api/v1/chats/{chat_id}",
    area: Messaging,
    summary: "Mark read, mute, archive, pin, change members",
    params: &[
        path("chat_id", Text, "Chat id."),
        body("action", Text, "setReadStatus is in the SDK, the others only on newer pages. setReadStatus and setMuteStatus: WhatsApp, LinkedIn. setArchiveStatus, setPinnedStatus, setLabel: WhatsApp. addParticipant, removeParticipant, getInviteLink: WhatsApp, Telegram.").required().one_of(&["setReadStatus", "setMuteStatus", "setArchiveStatus", "setPinnedStatus", "addParticipant", "removeParticipant", "setLabel", "getInviteLink"]),
        body("value", Json, "Boolean for the status actions, text for participants and labels, absent for getInviteLink."),
    ],
    body: Body::Json,
    answer: Answer::Json,
    standing: Settled,
};

pub const DELETE_CHAT: Operation = Operation {
    id: "deleteChat",
    method: Delete,
    path: "/api/v1/chats/{chat_id}",
    area: Messaging,
    summary: "Delete a chat",
    params: &[path("chat_id", Text, "Chat id.")],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const LIST_CHAT_MESSAGES: Operation = Operation {
    id: "listChatMessages",
    method: Get,
    path: "/api/v1/chats/{chat_id}/messages",
    area: Messaging,
    summary: "List messages of a chat, newest first",
    params: &[
        path("chat_id", Text, "Chat id."),
        CURSOR,
        BEFORE,
        AFTER,
        LIMIT_250,
        query("sender_id", Text, "Provider id of a sender."),
    ],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const SEND_MESSAGE: Operation = Operation {
    id: "sendMessage",
    method: Post,
    path: "/api/v1/chats/{chat_id}/messages",
    area: Messaging,
    summary: "Send a message into a chat",
    params: &[
        path("chat_id", Text, "Chat id."),
        body("text", Text, ""),
        body(
            "account_id",
            Text,
            "Guard: refuses when the chat is not of this account.",
        ),
        body("quote_id", Text, "Message to quote."),
        body("thread_id", Text, "Slack only."),
        body(
            "attachments",
            File,
            "Repeat the part for each file; about 15 MB is the usual ceiling.",
        )
        .many(),
        body(
            "voice_message",
            File,
            "LinkedIn, and WhatsApp on newer servers; m4a (or mp3 on WhatsApp).",
        ),
        body("video_message", File, "LinkedIn only."),
        body(
            "typing_duration",
            Text,
            "WhatsApp only: milliseconds of simulated typing before the send.",
        ),
    ],
    body: Body::Form,
    answer: Answer::Json,
    standing: Settled,
};

pub const LIST_CHAT_ATTENDEES: Operation = Operation {
    id: "listChatAttendees",
    method: Get,
    path: "/api/v1/chats/{chat_id}/attendees",
    area: Messaging,
    summary: "List the people of a chat",
    params: &[path("chat_id", Text, "Chat id."), CURSOR, LIMIT_250],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const SYNC_CHAT_HISTORY: Operation = Operation {
    id: "syncChatHistory",
    method: Get,
    path: "/api/v1/chats/{chat_id}/sync",
    area: Messaging,
    summary: "Fetch the whole history of a chat, or watch it",
    params: &[path("chat_id", Text, "Chat id.")],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const LIST_MESSAGES: Operation = Operation {
    id: "listMessages",
    method: Get,
    path: "/api/v1/messages",
    area: Messaging,
    summary: "List messages over all chats",
    params: &[
        CURSOR,
        BEFORE,
        AFTER,
        LIMIT_250,
        query("sender_id", Text, ""),
        ACCOUNT_FILTER_ONE,
    ],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const GET_MESSAGE: Operation = Operation {
    id: "getMessage",
    method: Get,
    path: "/api/v1/messages/{message_id}",
    area: Messaging,
    summary: "Read one message",
    params: &[path("message_id", Text, "Message id.")],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const EDIT_MESSAGE: Operation = Operation {
    id: "editMessage",
    method: Patch,
    path: "/api/v1/messages/{message_id}",
    area: Messaging,
    summary: "Edit an own message",
    params: &[
        path("message_id", Text, "Message id."),
        body("text", Text, "").required(),
    ],
    body: Body::Json,
    answer: Answer::Json,
    standing: Settled,
};

pub const DELETE_MESSAGE: Operation = Operation {
    id: "deleteMessage",
    method: Delete,
    path: "/api/v1/messages/{message_id}",
    area: Messaging,
    summary: "Delete a message",
    params: &[path("message_id", Text, "Message id.")],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const FORWARD_MESSAGE: Operation = Operation {
    id: "forwardMessage",
    method: Post,
    path: "/api/v1/messages/{message_id}/forward",
    area: Messaging,
    summary: "Forward a message to another chat",
    params: &[
        path("message_id", Text, "Message id."),
        body("chat_id", Text, "").required(),
    ],
    body: Body::Json,
    answer: Answer::Json,
    standing: Settled,
};

pub const ADD_MESSAGE_REACTION: Operation = Operation {
    id: "addMessageReaction",
    method: Post,
    path: "/api/v1/messages/{message_id}/reaction",
    area: Messaging,
    summary: "React to a message",
    params: &[
        path("message_id", Text, "Message id."),
        body(
            "reaction",
            Text,
            "A native emoji; which call removes it again is not documented.",
        )
        .required(),
    ],
    body: Body::Json,
    answer: Answer::Json,
    standing: Settled,
};

pub const GET_MESSAGE_ATTACHMENT: Operation = Operation {
    id: "getMessageAttachment",
    method: Get,
    path: "/api/v1/messages/{message_id}/attachments/{attachment_id}",
    area: Messaging,
    summary: "Download an attachment",
    params: &[
        path("message_id", Text, "Message id."),
        path("attachment_id", Text, "Attachment id; percent-encode it."),
    ],
    body: Body::None,
    answer: Answer::Bytes,
    standing: Settled,
};

pub const LIST_ATTENDEES: Operation = Operation {
    id: "listAttendees",
    method: Get,
    path: "/api/v1/chat_attendees",
    area: Messaging,
    summary: "List all known people",
    params: &[CURSOR, LIMIT_250, ACCOUNT_FILTER_ONE],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const GET_ATTENDEE: Operation = Operation {
    id: "getAttendee",
    method: Get,
    path: "/api/v1/chat_attendees/{id}",
    area: Messaging,
    summary: "Read one attendee",
    params: &[
        path("id", Text, "Resource id."),
        query("account_id", Text, "Helps when the id is a provider id."),
    ],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const GET_ATTENDEE_PICTURE: Operation = Operation {
    id: "getAttendeePicture",
    method: Get,
    path: "/api/v1/chat_attendees/{id}/picture",
    area: Messaging,
    summary: "Download a picture of a person or group",
    params: &[path("id", Text, "Resource id.")],
    body: Body::None,
    answer: Answer::Bytes,
    standing: Settled,
};

pub const LIST_ATTENDEE_CHATS: Operation = Operation {
    id: "listAttendeeChats",
    method: Get,
    path: "/api/v1/chat_attendees/{attendee_id}/chats",
    area: Messaging,
    summary: "List one-to-one chats with a person",
    params: &[
        path(
            "attendee_id",
            Text,
            "Attendee id: Unipile or provider id; several joined by commas.",
        ),
        CURSOR,
        BEFORE,
        AFTER,
        LIMIT_250,
        ACCOUNT_FILTER,
    ],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const LIST_ATTENDEE_MESSAGES: Operation = Operation {
    id: "listAttendeeMessages",
    method: Get,
    path: "/api/v1/chat_attendees/{attendee_id}/messages",
    area: Messaging,
    summary: "List messages involving a person",
    params: &[
        path(
            "attendee_id",
            Text,
            "Attendee id: Unipile or provider id; several joined by commas.",
        ),
        CURSOR,
        BEFORE,
        AFTER,
        LIMIT_250,
        ACCOUNT_FILTER,
    ],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};
