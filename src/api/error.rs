//! What can go wrong between us and the server, typed for the program and told in plain words to people.

use std::time::Duration;

use super::operation::Operation;

/// Result of a call.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The server answered with an error.
    #[error("{0}")]
    Refused(Box<Refusal>),
    /// No complete answer came.
    #[error("{operation}: {trouble}. {}", trouble.advice())]
    Network {
        operation: &'static str,
        trouble: Trouble,
        /// Whether the server may have acted on the request all the same.
        reached: bool,
        #[source]
        source: Option<Box<dyn std::error::Error + Send + Sync>>,
    },
    /// An answer came that is not what the contract says.
    #[error("{operation}: {flaw}. {}", flaw.advice())]
    Answer {
        operation: &'static str,
        flaw: BadAnswer,
    },
    /// The server pointed to another place.
    #[error(
        "{operation}: the server sends the request to another address ({target}). The key stays here, so the request \
         was not repeated there. Check the server address in your settings."
    )]
    Redirected {
        operation: &'static str,
        target: String,
    },
    /// A file to send or to write could not be used.
    #[error("{path}: {source}. Nothing was sent; choose the file again.")]
    File {
        path: String,
        #[source]
        source: std::io::Error,
    },
    /// The request could not be built.
    #[error(
        "The key holds characters that cannot stand in a request. Copy it again from your Unipile dashboard."
    )]
    UnusableKey,
    /// The machine has no usable certificates or another part of the http client would not start.
    #[error(
        "The secure connection could not be prepared: {0}. Check that the system's CA certificates are installed."
    )]
    Setup(String),
}

impl Error {
    /// Whether asking again later can help.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Refused(refusal) => matches!(
                refusal.status,
                407 | 408 | 425 | 429 | 500 | 502 | 503 | 504
            ),
            Self::Network { trouble, .. } => *trouble != Trouble::Tls,
            Self::Answer { flaw, .. } => {
                matches!(flaw, BadAnswer::Empty | BadAnswer::CutOff | BadAnswer::Html)
            }
            Self::Redirected { .. } | Self::File { .. } | Self::UnusableKey | Self::Setup(_) => {
                false
            }
        }
    }

    /// Whether less would have been an answer that can be read.
    pub fn is_too_large(&self) -> bool {
        matches!(
            self,
            Self::Answer {
                flaw: BadAnswer::TooLarge { .. },
                ..
            }
        )
    }

    /// Whether the server may have done what was asked although this error came back.
    pub fn may_have_happened(&self) -> bool {
        match self {
            Self::Refused(refusal) => {
                refusal.status == 408 || refusal.status >= 500 && refusal.status != 501
            }
            Self::Network { reached, .. } => *reached,
            Self::Answer { .. } => true,
            Self::Redirected { .. } | Self::File { .. } | Self::UnusableKey | Self::Setup(_) => {
                false
            }
        }
    }

    /// What happened and what to do, for people: without the names and numbers by which programs know it.
    pub fn in_words(&self) -> String {
        match self {
            Self::Refused(refusal) => refusal.in_words(),
            Self::Network { trouble, .. } => format!("{trouble}. {}.", trouble.advice()),
            Self::Answer { flaw, .. } => format!("{flaw}. {}.", flaw.advice()),
            Self::Redirected { target, .. } => format!(
                "the server sends the request to another address ({target}), and the key stays here. Check the server \
                 address in your settings."
            ),
            Self::File { .. } | Self::UnusableKey | Self::Setup(_) => self.to_string(),
        }
    }

    /// How long the server asks us to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused(refusal) => refusal.retry_after,
            _ => None,
        }
    }

    /// The status of the answer, if there was one.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Refused(refusal) => Some(refusal.status),
            _ => None,
        }
    }

    /// Whether the server does not know the path or the method at all.
    pub(super) fn is_unknown_route(&self) -> bool {
        matches!(self.status(), Some(404 | 405))
    }

    /// Whether the server knows the path and has nothing there.
    pub(super) fn is_missing_resource(&self) -> bool {
        matches!(self, Self::Refused(refusal) if refusal.slug() == "resource_not_found")
    }

    /// Whether the key itself was refused (and not one account's login).
    pub fn is_bad_key(&self) -> bool {
        matches!(self, Self::UnusableKey)
            || matches!(self, Self::Refused(refusal) if refusal.status == 401 && refusal.slug() == "missing_credentials")
    }
}

/// An error answer of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Which operation was refused, such as `sendMessage`.
    pub operation: &'static str,
    pub status: u16,
    /// Unipile's machine-readable type, such as `errors/resource_not_found`; empty when the answer had none.
    pub kind: String,
    pub title: String,
    pub detail: Option<String>,
    /// Reference for Unipile's support.
    pub instance: Option<String>,
    pub retry_after: Option<Duration>,
}

impl Refusal {
    /// The type without its prefix.
    pub fn slug(&self) -> &str {
        self.kind.strip_prefix("errors/").unwrap_or(&self.kind)
    }

    fn in_words(&self) -> String {
        let detail = self.detail.as_deref().unwrap_or_default();
        let said = [detail, &self.title].into_iter().find(|it| !it.is_empty());
        let said = said.map_or("it was refused", |it| it.trim_end_matches('.'));
        format!("{said}. {}", advice(self.status, self.slug()))
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let title = if self.title.is_empty() {
            "the server refused"
        } else {
            self.title.trim_end_matches('.')
        };
        write!(f, "{}: {} ({}", self.operation, title, self.status)?;
        if !self.slug().is_empty() {
            write!(f, " {}", self.slug())?;
        }
        f.write_str(")")?;
        if let Some(detail) = self.detail.as_deref().filter(|detail| !detail.is_empty()) {
            write!(f, ". {}", detail.trim_end_matches('.'))?;
        }
        write!(f, ". {}", advice(self.status, self.slug()))?;
        if let Some(wait) = self.retry_after {
            write!(f, " The server asks to wait {} s.", wait.as_secs())?;
        }
        Ok(())
    }
}

/// What to do about a refusal, in one sentence.
fn advice(status: u16, slug: &str) -> &'static str {
    match (status, slug) {
        (_, "missing_credentials") => {
            "The key is missing or wrong: check ONEBOX_KEY or your config."
        }
        (
            _,
            "disconnected_account"
            | "expired_credentials"
            | "invalid_credentials"
            | "multiple_sessions",
        ) => "That account has lost its login: reconnect it; the others go on.",
        (_, "disconnected_feature") => {
            "This part of the account has lost its login: reconnect the account."
        }
        (_, "invalid_checkpoint_solution" | "checkpoint_error") => {
            "The code was not accepted: ask for a new one and try again."
        }
        (_, "expired_link") => "The link is too old: make a new one.",
        (_, "too_many_characters" | "content_too_large") => {
            "It is too long or too large for this network: shorten it and send again."
        }
        (_, "limit_too_high") => "Ask for fewer items at once (1 to 250).",
        (_, "feature_not_subscribed" | "subscription_required") => {
            "The account's plan does not include this."
        }
        (_, "action_required") => "Open the network's own app once and finish what it asks for.",
        (_, "no_connection_with_recipient") => {
            "You are not connected with this person: send an invitation or an InMail."
        }
        (_, "insufficient_credits") => "No InMail credits are left.",
        (_, "cannot_resend_yet" | "limit_exceeded" | "already_invited_recently") => {
            "The network's limit is reached: leave this action for today."
        }
        (_, "already_connected") => "You are connected already: just write.",
        (
            _,
            "blocked_recipient" | "user_unreachable" | "invalid_recipient" | "recipient_rejected",
        ) => "This person cannot be reached this way.",
        (_, "feature_not_implemented") => "This network does not offer it.",
        (_, "no_client_session") => {
            "Check the server address; if it is right, restart the account."
        }
        (400, _) => "Something in the request is not accepted; repeating it will not help.",
        (401, _) => "The login of this account was refused: reconnect it.",
        (403, _) => "The account is not allowed to do this.",
        (404, _) => "It does not exist (any more).",
        (409, _) => "It was done already, or another attempt took over: start again.",
        (415, _) => "This kind of file is not accepted.",
        (408 | 504, _) => "No answer in time: look whether it happened before sending it again.",
        (422, _) => "The network does not accept this.",
        (501, _) => "This network does not offer it.",
        (425, _) => "Another attempt is still running: wait for it.",
        (429, _) => "Too many requests: wait before asking again.",
        (500, _) => "The server or the network failed: try again later.",
        (407 | 502 | 503, _) => "The server cannot be reached right now: try again later.",
        _ => "Try again later.",
    }
}

/// What kept an answer from coming.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    #[error("the server cannot be reached")]
    Connect,
    #[error("a secure connection to the server could not be made")]
    Tls,
    #[error("the server did not answer in time")]
    NoAnswer,
    #[error("the answer stopped in the middle")]
    Stalled,
    #[error("the connection was cut")]
    Cut,
}

impl Trouble {
    fn advice(self) -> &'static str {
        match self {
            Self::Connect => "Check the address and your network",
            Self::Tls => "Check the address; nothing was sent",
            Self::NoAnswer | Self::Stalled | Self::Cut => {
                "Look whether it happened before sending anything again"
            }
        }
    }
}

/// What is wrong with an answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadAnswer {
    #[error("the answer is empty")]
    Empty,
    #[error("the answer is a web page instead of data")]
    Html,
    #[error("the answer is cut off")]
    CutOff,
    #[error("the answer is not valid UTF-8")]
    NotUtf8,
    #[error("the answer is not valid JSON ({0})")]
    NotJson(String),
    #[error("the answer is larger than {limit} bytes")]
    TooLarge { limit: u64 },
    #[error("the answer has another shape than expected: {0}")]
    Shape(String),
}

impl BadAnswer {
    fn advice(&self) -> &'static str {
        match self {
            Self::Html => {
                "Perhaps a proxy or a login page stands between; check the address and your network"
            }
            Self::Empty | Self::CutOff => "Try again",
            Self::TooLarge { .. } => "Ask for less at once",
            Self::NotUtf8 | Self::NotJson(_) | Self::Shape(_) => {
                "Check that the address is that of a Unipile server"
            }
        }
    }
}

impl Error {
    pub(super) fn answer(operation: &Operation, flaw: BadAnswer) -> Self {
        Self::Answer {
            operation: operation.id,
            flaw,
        }
    }
}
