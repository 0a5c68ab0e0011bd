//! The operations of the emails area; the tests compare them with `assets/openapi.yaml`, row by row.

use super::row::*;
use crate::api::operation::Area::Emails;
use crate::api::operation::Kind::*;
use crate::api::operation::Method::*;
use crate::api::operation::Standing::*;
use crate::api::operation::{Answer, Body, Operation};

/// Every operation of the area.
pub(super) const ALL: &[&Operation] = &[
    &LIST_EMAILS,
    &SEND_EMAIL,
    &GET_EMAIL,
    &DELETE_EMAIL,
    &UPDATE_EMAIL,
    &GET_EMAIL_ATTACHMENT,
    &LIST_FOLDERS_SEED_FORM,
    &GET_FOLDER_SEED_FORM,
    &CREATE_DRAFT_SEED_FORM,
    &LIST_FOLDERS,
    &GET_FOLDER,
    &CREATE_DRAFT,
    &LIST_EMAIL_CONTACTS,
];

pub const LIST_EMAILS: Operation = Operation {
    id: "listEmails",
    method: Get,
    path: "/api/v1/emails",
    area: Emails,
    summary: "List mails, newest first",
    params: &[
        query(
            "account_id",
            Text,
            "Required in the SDK schema and on the reference page, although a seed sample and the SDK method leave it optional: always send it.",
        ),
        query("folder", Text, "Folder provider_id."),
        query("role", Text, "").one_of(&[
            "inbox",
            "sent",
            "archive",
            "drafts",
            "trash",
            "spam",
            "all",
            "important",
            "starred",
            "unknown",
        ]),
        query("from", Text, ""),
        query("to", Text, "To, cc or bcc."),
        query(
            "any_email",
            Text,
            "Sender or recipient; several joined by commas.",
        ),
        query("thread_id", Text, ""),
        query("message_id", Text, ""),
        query("exclude_folders", Text, "Joined by commas."),
        BEFORE,
        AFTER,
        query(
            "meta_only",
            Flag,
            "Leave out bodies and attachment lists: much faster.",
        ),
        query("include_headers", Flag, "Not together with meta_only."),
        LIMIT_250,
        CURSOR,
    ],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const SEND_EMAIL: Operation = Operation {
    id: "sendEmail",
    method: Post,
    path: "/api/v1/emails",
    area: Emails,
    summary: "Send a mail",
    params: &[
        header(
            "Idempotency-Key",
            Text,
            "Same key and same request: the first result again, for up to 24 hours, lost on a server restart.",
        ),
        body("account_id", Text, "").required(),
        body(
            "to",
            JsonText,
            "JSON text: array of {display_name, identifier}.",
        )
        .required(),
        body("cc", JsonText, "JSON text, like to."),
        body("bcc", JsonText, "JSON text, like to."),
        body(
            "from",
            JsonText,
            "JSON text: one {display_name, identifier}; an alias set up at the provider.",
        ),
        body("subject", Text, ""),
        body("body", Text, "HTML.").required(),
        body(
            "reply_to",
            Text,
            "Unipile id or provider id of the mail being answered: sets the threading headers.",
        ),
        body(
            "custom_headers",
            JsonText,
            "JSON text: array of {name, value}; names start with X-, a few standard ones are let through.",
        ),
        body(
            "tracking_options",
            JsonText,
            "JSON text: {opens, links, label}.",
        ),
        body("attachments", File, "").many(),
        body("draft_id", Text, "Send a stored draft."),
    ],
    body: Body::Form,
    answer: Answer::Json,
    standing: Settled,
};

pub const GET_EMAIL: Operation = Operation {
    id: "getEmail",
    method: Get,
    path: "/api/v1/emails/{email_id}",
    area: Emails,
    summary: "Read a mail",
    params: &[
        path(
            "email_id",
            Text,
            "Unipile id, or provider id together with account_id.",
        ),
        ACCOUNT_WHEN_PROVIDER_ID,
        query("include_headers", Flag, ""),
    ],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const DELETE_EMAIL: Operation = Operation {
    id: "deleteEmail",
    method: Delete,
    path: "/api/v1/emails/{email_id}",
    area: Emails,
    summary: "Delete or trash a mail",
    params: &[
        path(
            "email_id",
            Text,
            "Unipile id, or provider id together with account_id.",
        ),
        ACCOUNT_WHEN_PROVIDER_ID,
    ],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const UPDATE_EMAIL: Operation = Operation {
    id: "updateEmail",
    method: Put,
    path: "/api/v1/emails/{email_id}",
    area: Emails,
    summary: "Mark read or unread, move, label",
    params: &[
        path("email_id", Text, "Unipile id, or provider id together with account_id."),
        ACCOUNT_WHEN_PROVIDER_ID,
        body("unread", Flag, "When present the rest is ignored."),
        body("folders", Text, "Target folder names; Outlook and IMAP take one. Gmail creates an unknown label and moves the whole thread.").many(),
        body("categories", Text, "Outlook.").many(),
    ],
    body: Body::Json,
    answer: Answer::Json,
    standing: Settled,
};

pub const GET_EMAIL_ATTACHMENT: Operation = Operation {
    id: "getEmailAttachment",
    method: Get,
    path: "/api/v1/emails/{email_id}/attachments/{attachment_id}",
    area: Emails,
    summary: "Download a mail attachment",
    params: &[
        path(
            "email_id",
            Text,
            "Unipile id, or provider id together with account_id.",
        ),
        path("attachment_id", Text, "Attachment id; percent-encode it."),
        ACCOUNT_WHEN_PROVIDER_ID,
    ],
    body: Body::None,
    answer: Answer::Bytes,
    standing: Settled,
};

pub const LIST_FOLDERS_SEED_FORM: Operation = Operation {
    id: "listFoldersSeedForm",
    method: Get,
    path: "/api/v1/emails/folders",
    area: Emails,
    summary: "List folders (unconfirmed form)",
    params: &[ACCOUNT_FILTER_ONE],
    body: Body::None,
    answer: Answer::Json,
    standing: Unverified {
        other: "listFolders",
    },
};

pub const GET_FOLDER_SEED_FORM: Operation = Operation {
    id: "getFolderSeedForm",
    method: Get,
    path: "/api/v1/emails/folders/{folder_id}",
    area: Emails,
    summary: "Read a folder (unconfirmed form)",
    params: &[
        path(
            "folder_id",
            Text,
            "Unipile id, or provider id together with account_id.",
        ),
        ACCOUNT_WHEN_PROVIDER_ID,
    ],
    body: Body::None,
    answer: Answer::Json,
    standing: Unverified { other: "getFolder" },
};

pub const CREATE_DRAFT_SEED_FORM: Operation = Operation {
    id: "createDraftSeedForm",
    method: Post,
    path: "/api/v1/emails/drafts",
    area: Emails,
    summary: "Store a draft (unconfirmed form)",
    params: &[
        body("account_id", Text, "").required(),
        body(
            "to",
            JsonText,
            "JSON text: array of {display_name, identifier}.",
        )
        .required(),
        body("cc", JsonText, "JSON text, like to."),
        body("bcc", JsonText, "JSON text, like to."),
        body(
            "from",
            JsonText,
            "JSON text: one {display_name, identifier}; an alias set up at the provider.",
        ),
        body("subject", Text, ""),
        body("body", Text, "HTML.").required(),
        body(
            "reply_to",
            Text,
            "Unipile id or provider id of the mail being answered: sets the threading headers.",
        ),
        body(
            "custom_headers",
            JsonText,
            "JSON text: array of {name, value}; names start with X-, a few standard ones are let through.",
        ),
        body(
            "tracking_options",
            JsonText,
            "JSON text: {opens, links, label}.",
        ),
        body("attachments", File, "").many(),
    ],
    body: Body::Form,
    answer: Answer::Json,
    standing: Unverified {
        other: "createDraft",
    },
};

pub const LIST_FOLDERS: Operation = Operation {
    id: "listFolders",
    method: Get,
    path: "/api/v1/folders",
    area: Emails,
    summary: "List mail folders",
    params: &[ACCOUNT_FILTER_ONE],
    body: Body::None,
    answer: Answer::Json,
    standing: Verified {
        other: "listFoldersSeedForm",
    },
};

pub const GET_FOLDER: Operation = Operation {
    id: "getFolder",
    method: Get,
    path: "/api/v1/folders/{folder_id}",
    area: Emails,
    summary: "Read a mail folder",
    params: &[
        path(
            "folder_id",
            Text,
            "Unipile id, or provider id together with account_id.",
        ),
        ACCOUNT_WHEN_PROVIDER_ID,
    ],
    body: Body::None,
    answer: Answer::Json,
    standing: Verified {
        other: "getFolderSeedForm",
    },
};

pub const CREATE_DRAFT: Operation = Operation {
    id: "createDraft",
    method: Post,
    path: "/api/v1/drafts",
    area: Emails,
    summary: "Store a draft at the provider",
    params: &[
        body("account_id", Text, "").required(),
        body(
            "to",
            JsonText,
            "JSON text: array of {display_name, identifier}.",
        )
        .required(),
        body("cc", JsonText, "JSON text, like to."),
        body("bcc", JsonText, "JSON text, like to."),
        body(
            "from",
            JsonText,
            "JSON text: one {display_name, identifier}; an alias set up at the provider.",
        ),
        body("subject", Text, ""),
        body("body", Text, "HTML.").required(),
        body(
            "reply_to",
            Text,
            "Unipile id or provider id of the mail being answered: sets the threading headers.",
        ),
        body(
            "custom_headers",
            JsonText,
            "JSON text: array of {name, value}; names start with X-, a few standard ones are let through.",
        ),
        body(
            "tracking_options",
            JsonText,
            "JSON text: {opens, links, label}.",
        ),
        body("attachments", File, "").many(),
    ],
    body: Body::Form,
    answer: Answer::Json,
    standing: Verified {
        other: "createDraftSeedForm",
    },
};

pub const LIST_EMAIL_CONTACTS: Operation = Operation {
    id: "listEmailContacts",
    method: Get,
    path: "/api/v1/emails/contacts",
    area: Emails,
    summary: "List the address book",
    params: &[ACCOUNT, LIMIT_250, CURSOR],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};
