//! The operations of the accounts area; the tests compare them with `assets/openapi.yaml`, row by row.

use super::row::*;
use crate::api::operation::Area::Accounts;
use crate::api::operation::Kind::*;
use crate::api::operation::Method::*;
use crate::api::operation::Standing::*;
use crate::api::operation::{Answer, Body, Operation};

/// Every operation of the area.
pub(super) const ALL: &[&Operation] = &[
    &LIST_ACCOUNTS,
    &CONNECT_ACCOUNT,
    &GET_ACCOUNT,
    &RECONNECT_ACCOUNT,
    &DELETE_ACCOUNT,
    &RESYNC_ACCOUNT,
    &SOLVE_CHECKPOINT,
    &RESEND_CHECKPOINT,
    &RESTART_ACCOUNT,
    &CREATE_HOSTED_AUTH_LINK,
];

pub const LIST_ACCOUNTS: Operation = Operation {
    id: "listAccounts",
    method: Get,
    path: "/api/v1/accounts",
    area: Accounts,
    summary: "List linked accounts",
    params: &[CURSOR, LIMIT_250],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const CONNECT_ACCOUNT: Operation = Operation {
    id: "connectAccount",
    method: Post,
    path: "/api/v1/accounts",
    area: Accounts,
    summary: "Link an account with credentials, a cookie or a QR code",
    params: &[
        body("provider", Text, "").required().one_of(&[
            "LINKEDIN",
            "WHATSAPP",
            "TELEGRAM",
            "INSTAGRAM",
            "MESSENGER",
            "TWITTER",
            "MAIL",
            "GOOGLE_OAUTH",
            "OUTLOOK",
        ]),
        body("username", Text, "Mail address or phone number."),
        body("password", Text, ""),
        body(
            "user_agent",
            Text,
            "Browser user agent to imitate; helps against disconnections.",
        ),
        body("recruiter_contract_id", Text, ""),
        body("disabled_features", Text, "").many().one_of(&[
            "linkedin_recruiter",
            "linkedin_sales_navigator",
            "linkedin_organizations_mailboxes",
        ]),
        body(
            "country",
            Text,
            "Two-letter country of the proxy the server should pick.",
        ),
        body("ip", Text, "IPv4 used to pick a proxy location."),
        body("proxy", Json, ""),
        body(
            "sync_limit",
            Json,
            "How far back the first sync goes: chats per inbox, messages per chat. Support varies by provider.",
        )
        .one_of(&["NO_HISTORY_SYNC"]),
        body("access_token", Text, "Value of the li_at cookie."),
        body(
            "premium_token",
            Text,
            "Value of the li_a cookie; needed for Recruiter and Sales Navigator.",
        ),
        body(
            "pairing_phone_number",
            Text,
            "Beta: pair by phone number instead of a QR code.",
        ),
        body("sessionid", Text, "Value of the sessionid cookie."),
        body("email", Text, ""),
        body("imap_user", Text, ""),
        body("imap_password", Text, ""),
        body("imap_host", Text, ""),
        body("imap_port", Integer, ""),
        body("imap_encryption", Text, ""),
        body("smtp_user", Text, ""),
        body("smtp_password", Text, ""),
        body("smtp_host", Text, ""),
        body("smtp_port", Integer, ""),
        body("refresh_token", Text, ""),
        body("id", Text, ""),
    ],
    body: Body::Json,
    answer: Answer::Json,
    standing: Settled,
};

pub const GET_ACCOUNT: Operation = Operation {
    id: "getAccount",
    method: Get,
    path: "/api/v1/accounts/{id}",
    area: Accounts,
    summary: "Read one account",
    params: &[path("id", Text, "Resource id.")],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const RECONNECT_ACCOUNT: Operation = Operation {
    id: "reconnectAccount",
    method: Post,
    path: "/api/v1/accounts/{id}",
    area: Accounts,
    summary: "Give fresh credentials to a disconnected account",
    params: &[
        path("id", Text, "Resource id."),
        body("provider", Text, "").required().one_of(&[
            "LINKEDIN",
            "WHATSAPP",
            "TELEGRAM",
            "INSTAGRAM",
            "MESSENGER",
            "TWITTER",
            "MAIL",
            "GOOGLE_OAUTH",
            "OUTLOOK",
        ]),
        body("username", Text, "Mail address or phone number."),
        body("password", Text, ""),
        body(
            "user_agent",
            Text,
            "Browser user agent to imitate; helps against disconnections.",
        ),
        body("recruiter_contract_id", Text, ""),
        body("disabled_features", Text, "").many().one_of(&[
            "linkedin_recruiter",
            "linkedin_sales_navigator",
            "linkedin_organizations_mailboxes",
        ]),
        body(
            "country",
            Text,
            "Two-letter country of the proxy the server should pick.",
        ),
        body("ip", Text, "IPv4 used to pick a proxy location."),
        body("proxy", Json, ""),
        body(
            "sync_limit",
            Json,
            "How far back the first sync goes: chats per inbox, messages per chat. Support varies by provider.",
        )
        .one_of(&["NO_HISTORY_SYNC"]),
        body("access_token", Text, "Value of the li_at cookie."),
        body(
            "premium_token",
            Text,
            "Value of the li_a cookie; needed for Recruiter and Sales Navigator.",
        ),
        body(
            "pairing_phone_number",
            Text,
            "Beta: pair by phone number instead of a QR code.",
        ),
        body("sessionid", Text, "Value of the sessionid cookie."),
        body("email", Text, ""),
        body("imap_user", Text, ""),
        body("imap_password", Text, ""),
        body("imap_host", Text, ""),
        body("imap_port", Integer, ""),
        body("imap_encryption", Text, ""),
        body("smtp_user", Text, ""),
        body("smtp_password", Text, ""),
        body("smtp_host", Text, ""),
        body("smtp_port", Integer, ""),
        body("refresh_token", Text, ""),
        body("id", Text, ""),
    ],
    body: Body::Json,
    answer: Answer::Json,
    standing: Settled,
};

pub const DELETE_ACCOUNT: Operation = Operation {
    id: "deleteAccount",
    method: Delete,
    path: "/api/v1/accounts/{id}",
    area: Accounts,
    summary: "Unlink an account",
    params: &[path("id", Text, "Resource id.")],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const RESYNC_ACCOUNT: Operation = Operation {
    id: "resyncAccount",
    method: Get,
    path: "/api/v1/accounts/{account_id}/sync",
    area: Accounts,
    summary: "Start or watch a message resync",
    params: &[
        path("account_id", Text, "Account id."),
        query("linkedin_product", Text, "").one_of(&["classic", "recruiter", "sales_navigator"]),
        query("after", Number, "Epoch milliseconds."),
        query("before", Number, "Epoch milliseconds."),
        query("partial", Flag, "Keep what is already there."),
        query("chunk_size", Number, "Chats per chunk."),
    ],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const SOLVE_CHECKPOINT: Operation = Operation {
    id: "solveCheckpoint",
    method: Post,
    path: "/api/v1/accounts/checkpoint",
    area: Accounts,
    summary: "Answer a checkpoint with a code",
    params: &[
        body("provider", Text, "").required().one_of(&["LINKEDIN", "INSTAGRAM", "TWITTER", "MESSENGER"]),
        body("account_id", Text, "Opaque identifier. It may begin with \"-\" or \"_\" and must be percent-encoded in a path.").required(),
        body("code", Text, "The code; a phone number for PHONE_REGISTER; TRY_ANOTHER_WAY to leave an in-app validation; a contract id for CONTRACT_CHOOSER (inferred).").required(),
    ],
    body: Body::Json,
    answer: Answer::Json,
    standing: Settled,
};

pub const RESEND_CHECKPOINT: Operation = Operation {
    id: "resendCheckpoint",
    method: Post,
    path: "/api/v1/accounts/checkpoint/resend",
    area: Accounts,
    summary: "Send the checkpoint code again",
    params: &[
        body("provider", Text, "")
            .required()
            .one_of(&["LINKEDIN", "INSTAGRAM", "MESSENGER"]),
        body(
            "account_id",
            Text,
            "Opaque identifier. It may begin with \"-\" or \"_\" and must be percent-encoded in a path.",
        )
        .required(),
    ],
    body: Body::Json,
    answer: Answer::Json,
    standing: Settled,
};

pub const RESTART_ACCOUNT: Operation = Operation {
    id: "restartAccount",
    method: Post,
    path: "/api/v1/accounts/{id}/restart",
    area: Accounts,
    summary: "Restart the sources of a frozen account",
    params: &[path("id", Text, "Resource id.")],
    body: Body::None,
    answer: Answer::Json,
    standing: Settled,
};

pub const CREATE_HOSTED_AUTH_LINK: Operation = Operation {
    id: "createHostedAuthLink",
    method: Post,
    path: "/api/v1/hosted/accounts/link",
    area: Accounts,
    summary: "Make a link to the hosted connection wizard",
    params: &[
        body("type", Text, "").required().one_of(&["create", "reconnect"]),
        body(
            "providers",
            Json,
            "What the wizard offers. Guides also write MICROSOFT for OUTLOOK.",
        )
        .one_of(&["*", "*:MAILING", "*:MESSAGING"]),
        body("api_url", Text, "This same server, scheme and port included.").required(),
        body(
            "expiresOn",
            Text,
            "UTC, ISO 8601. Servers send three digits of milliseconds and Z; read leniently, write exactly so.",
        )
        .required(),
        body("name", Text, "Free text, echoed to notify_url."),
        body("notify_url", Text, ""),
        body("success_redirect_url", Text, ""),
        body("failure_redirect_url", Text, ""),
        body("disabled_features", Text, "").many().one_of(&[
            "linkedin_recruiter",
            "linkedin_sales_navigator",
            "linkedin_organizations_mailboxes",
        ]),
        body("sync_limit", Json, ""),
        body("bypass_success_screen", Flag, "Go straight to the success redirect."),
        body("disabled_options", Text, "Hide choices of the wizard.").many().one_of(&[
            "proxy",
            "cookie_auth",
            "credentials_auth",
        ]),
        body(
            "reconnect_account",
            Text,
            "Opaque identifier. It may begin with \"-\" or \"_\" and must be percent-encoded in a path.",
        ),
    ],
    body: Body::Json,
    answer: Answer::Json,
    standing: Settled,
};
