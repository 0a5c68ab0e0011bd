//! The good answers of the embedded server.

use serde_json::Value;

/// A successful answer.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub body: ReplyBody,
}

/// What an answer holds.
#[derive(Debug, Clone)]
pub enum ReplyBody {
    Json(Value),
    Bytes { bytes: Vec<u8>, mime: String },
    Html(String),
}

impl Reply {
    pub(super) fn ok(body: Value) -> Self {
        Self {
            status: 200,
            body: ReplyBody::Json(body),
        }
    }

    pub(super) fn created(body: Value) -> Self {
        Self {
            status: 201,
            body: ReplyBody::Json(body),
        }
    }

    pub(super) fn with_status(status: u16, body: Value) -> Self {
        Self {
            status,
            body: ReplyBody::Json(body),
        }
    }

    pub(super) fn bytes(bytes: Vec<u8>, mime: impl Into<String>) -> Self {
        Self {
            status: 200,
            body: ReplyBody::Bytes {
                bytes,
                mime: mime.into(),
            },
        }
    }

    pub(super) fn page(status: u16, page: String) -> Self {
        Self {
            status,
            body: ReplyBody::Html(page),
        }
    }
}
