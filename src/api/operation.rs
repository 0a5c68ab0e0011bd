//! What an operation of the API is: one row of the table that the client, the shell and the tests all read.
//!
//! The rows themselves are in `operations/`, a file per area. A row says everything about a call that is not
//! code: how it is named, where it goes, what it takes and what kind of answer comes back.

/// One call that the API offers.
#[derive(Debug, PartialEq, Eq)]
pub struct Operation {
    /// Name of the operation in the contract, such as `listChats`.
    pub id: &'static str,
    pub method: Method,
    /// Path with its placeholders, such as `/api/v1/chats/{chat_id}`.
    pub path: &'static str,
    pub area: Area,
    /// What it does, in a few words.
    pub summary: &'static str,
    pub params: &'static [Param],
    pub body: Body,
    pub answer: Answer,
    pub standing: Standing,
}

impl Operation {
    /// Finds a parameter by its wire name.
    pub fn param(&self, name: &str) -> Option<&'static Param> {
        self.params.iter().find(|param| param.name == name)
    }

    /// Whether the answer comes in pages joined by a cursor.
    pub fn is_paged(&self) -> bool {
        self.method == Method::Get && self.param("cursor").is_some() || self.id == "searchLinkedin"
    }

    /// Whether the machine may ask again without the risk of doing something twice.
    pub fn is_repeatable(&self) -> bool {
        matches!(self.method, Method::Get | Method::Put | Method::Delete)
    }
}

/// HTTP method of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    /// The name as HTTP writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// Part of the API that an operation belongs to; also the file it lives in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    Accounts,
    Messaging,
    Users,
    Posts,
    Linkedin,
    Emails,
    Webhooks,
    Calendars,
}

impl Area {
    /// The tag that the contract gives to the area.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::Messaging => "messaging",
            Self::Users => "users",
            Self::Posts => "posts",
            Self::Linkedin => "linkedin",
            Self::Emails => "emails",
            Self::Webhooks => "webhooks",
            Self::Calendars => "calendars",
        }
    }
}

/// One parameter of an operation.
#[derive(Debug, PartialEq, Eq)]
pub struct Param {
    /// Name on the wire.
    pub name: &'static str,
    pub place: Place,
    pub kind: Kind,
    /// Whether it may be given several times.
    pub many: bool,
    pub required: bool,
    /// Known values; empty when any value goes.
    pub choices: &'static [&'static str],
    pub help: &'static str,
}

/// Where a parameter travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Path,
    Query,
    Header,
    Body,
}

/// What a parameter holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Integer,
    Number,
    Flag,
    /// Bytes sent as a part of a form.
    File,
    /// Any JSON value.
    Json,
    /// A JSON text inside a form field.
    JsonText,
}

/// How the body of a request is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    None,
    Json,
    Form,
    /// JSON, or a form when files come along.
    JsonOrForm,
}

/// What a successful answer holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Json,
    Bytes,
}

/// How sure the contract is of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// All sources agree.
    Settled,
    /// The form that the SDK or the reference pages use; the other form is named.
    Verified { other: &'static str },
    /// The form of a summary; the verified form is named.
    Unverified { other: &'static str },
}
