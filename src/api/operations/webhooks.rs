//! The operations of the webhooks area; the tests compare them with `assets/openapi.yaml`, row by row.

use super::row::*;
use crate::api::operation::Area::Webhooks;
use crate::api::operation::Kind::*;
use crate::api::operation::Method::*;
use crate::api::operation::Standing::*;
use crate::api::operation::{Answer, Body, Operation};

/// Every operation of the area.
pub(super) const ALL: &[&Operation] = &[&LIST_WEBHOOKS, &CREATE_WEBHOOK, &DELETE_WEBHOOK];

pub const LIST_WEBHOOKS: Operation = Operation {
    id: "listWebhooks",
    method: Get,
    path: "/api/v1/webhooks",
    area: Webhooks,
    summary: "List webhooks",
    params: &[CURSOR, LIMIT_250],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const CREATE_WEBHOOK: Operation = Operation {
    id: "createWebhook",
    method: Post,
    path: "/api/v1/webhooks",
    area: Webhooks,
    summary: "Create a webhook",
    params: &[
        body("source", Text, "").required().one_of(&["messaging", "email", "email_tracking", "account_status", "users", "calendar_event", "accounts"]),
        body("request_url", Text, "").required(),
        body("name", Text, "Comes back as webhook_name."),
        body("format", Text, "").one_of(&["json", "form"]),
        body("account_ids", Text, "Empty or absent: all accounts, future ones too.").many(),
        body("enabled", Flag, ""),
        body("headers", Json, "Sent with every delivery; the only way to authenticate them. Set Content-Type here, it is not set by default.").many(),
        body("data", Json, "").many(),
        body("events", Text, "").many().one_of(&[
            "message_received",
            "message_read",
            "message_reaction",
            "message_edited",
            "message_deleted",
            "message_delivered",
            "mail_received",
            "mail_sent",
            "mail_moved",
            "mail_opened",
            "mail_link_clicked",
            "creation_success",
            "creation_fail",
            "deleted",
            "reconnected",
            "sync_success",
            "stopped",
            "ok",
            "connecting",
            "error",
            "credentials",
            "new_relation",
            "calendar_event_created",
            "calendar_event_updated",
            "calendar_event_deleted",
        ]),
    ],
    body: Body::Json,
    answer: Answer::Json,
    standing: Settled,
};

pub const DELETE_WEBHOOK: Operation = Operation {
    id: "deleteWebhook",
    method: Delete,
    path: "/api/v1/webhooks/{webhook_id}",
    area: Webhooks,
    summary: "Delete a webhook",
    params: &[path("webhook_id", Text, "Webhook id.")],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};
