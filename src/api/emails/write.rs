//! The mails that are sent or stored as drafts: what a person writes, and how it becomes a form.

use serde_json::{Value, json};

use crate::api::request::{Request, Upload};
use crate::model::email::{Address, Header};
use crate::model::id::{AccountId, DraftId, EmailId};

/// A mail as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEmail {
    pub account_id: AccountId,
    pub to: Vec<Address>,
    pub cc: Vec<Address>,
    pub bcc: Vec<Address>,
    /// An alias that is set up at the provider; the account's own address when absent.
    pub from: Option<Address>,
    pub subject: Option<String>,
    /// HTML.
    pub body: String,
    /// The mail that this one answers; makes it part of the same conversation.
    pub reply_to: Option<EmailId>,
    /// Names start with `X-`; a few standard ones are let through.
    pub headers: Vec<Header>,
    pub tracking: Option<Tracking>,
    pub attachments: Vec<Upload>,
}

impl NewEmail {
    /// A mail with nothing but a body.
    pub fn new(account_id: AccountId, to: Vec<Address>, body: impl Into<String>) -> Self {
        Self {
            account_id,
            to,
            cc: Vec::new(),
            bcc: Vec::new(),
            from: None,
            subject: None,
            body: body.into(),
            reply_to: None,
            headers: Vec::new(),
            tracking: None,
            attachments: Vec::new(),
        }
    }

    /// Puts the mail into the form of a request; its structured parts are JSON texts.
    pub(super) fn write(&self, request: Request) -> Request {
        request
            .field("account_id", &self.account_id)
            .field("to", addresses(&self.to))
            .field("cc", some_addresses(&self.cc))
            .field("bcc", some_addresses(&self.bcc))
            .field(
                "from",
                self.from.as_ref().map(|from| address(from).to_string()),
            )
            .field("subject", self.subject.as_ref())
            .field("body", &self.body)
            .field("reply_to", self.reply_to.as_ref())
            .field("custom_headers", headers(&self.headers))
            .field(
                "tracking_options",
                self.tracking.as_ref().map(Tracking::to_text),
            )
            .files("attachments", self.attachments.iter().cloned())
    }
}

/// What to find out about a mail after it was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tracking {
    pub opens: Option<bool>,
    pub links: Option<bool>,
    /// Comes back with what was found out.
    pub label: Option<String>,
    pub custom_domain: Option<String>,
}

impl Tracking {
    fn to_text(&self) -> String {
        let mut options = json!({
            "opens": self.opens,
            "links": self.links,
            "label": self.label,
            "custom_domain": self.custom_domain,
        });
        drop_nulls(&mut options);
        options.to_string()
    }
}

/// A mail to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendEmail {
    pub email: NewEmail,
    /// The stored draft that this was.
    pub draft_id: Option<DraftId>,
    /// The same key with the same mail gives the first result again, for up to a day and until the server restarts.
    pub idempotency_key: Option<String>,
}

impl From<NewEmail> for SendEmail {
    fn from(email: NewEmail) -> Self {
        Self {
            email,
            draft_id: None,
            idempotency_key: None,
        }
    }
}

impl SendEmail {
    pub(super) fn write(&self, request: Request) -> Request {
        self.email
            .write(request)
            .field("draft_id", self.draft_id.as_ref())
            .header("idempotency-key", self.idempotency_key.as_ref())
    }
}

fn address(address: &Address) -> Value {
    let mut value = json!({ "display_name": address.name, "identifier": address.address });
    drop_nulls(&mut value);
    value
}

fn addresses(list: &[Address]) -> String {
    list.iter().map(address).collect::<Value>().to_string()
}

fn some_addresses(list: &[Address]) -> Option<String> {
    (!list.is_empty()).then(|| addresses(list))
}

fn headers(list: &[Header]) -> Option<String> {
    let headers: Value = list
        .iter()
        .map(|header| json!({ "name": header.name, "value": header.value }))
        .collect();
    (!list.is_empty()).then(|| headers.to_string())
}

fn drop_nulls(value: &mut Value) {
    if let Value::Object(fields) = value {
        fields.retain(|_, field| !field.is_null());
    }
}
