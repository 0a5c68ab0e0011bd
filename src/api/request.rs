//! A request as plain data: which operation, with what. It can be looked at, sent, and sent again.

use std::path::PathBuf;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::operation::Operation;
use super::page::Paging;

/// One call, ready to be sent.
#[derive(Debug, Clone)]
pub struct Request {
    pub(super) operation: &'static Operation,
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) payload: Payload,
    pub(super) account: Option<String>,
}

/// Body of a request. Shows the names of what it holds and no values: logins travel in it.
#[derive(Clone, Default)]
pub enum Payload {
    #[default]
    Nothing,
    Json(Map<String, Value>),
    Form(Vec<(String, Part)>),
}

impl std::fmt::Debug for Payload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Nothing => f.write_str("Nothing"),
            Self::Json(fields) => f.debug_list().entries(fields.keys()).finish(),
            Self::Form(parts) => f
                .debug_list()
                .entries(parts.iter().map(|(name, _)| name))
                .finish(),
        }
    }
}

/// One part of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Text(String),
    File(Upload),
}

/// A file on its way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Name that the other side sees.
    pub name: String,
    /// Media type, such as `image/png`; guessed from the name when absent.
    pub mime: Option<String>,
    pub source: Source,
}

/// Where the bytes of an upload come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Read from disk while sending, never held whole in memory.
    Path(PathBuf),
    Bytes(Vec<u8>),
}

impl Upload {
    /// A file on disk, under its own name.
    pub fn from_path(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let name = path.file_name().map_or_else(
            || "file".to_owned(),
            |name| name.to_string_lossy().into_owned(),
        );
        Self {
            name,
            mime: None,
            source: Source::Path(path),
        }
    }

    /// Bytes held in memory.
    pub fn from_bytes(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            name: name.into(),
            mime: None,
            source: Source::Bytes(bytes.into()),
        }
    }

    pub(super) fn media_type(&self) -> String {
        self.mime.clone().unwrap_or_else(|| {
            mime_guess::from_path(&self.name)
                .first_or_octet_stream()
                .to_string()
        })
    }
}

impl Request {
    /// Starts a request to an operation.
    pub fn to(operation: &'static Operation) -> Self {
        Self {
            operation,
            path: operation.path.to_owned(),
            query: Vec::new(),
            headers: Vec::new(),
            payload: Payload::Nothing,
            account: None,
        }
    }

    /// Starts a request for a page of a list that only needs to know the account.
    pub(super) fn list(
        operation: &'static Operation,
        account: &crate::model::id::AccountId,
        paging: &Paging,
    ) -> Self {
        Self::to(operation)
            .page(paging)
            .query("account_id", account)
    }

    /// Which operation this calls.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The account on whose behalf the call is made, where the request names one.
    pub fn account(&self) -> Option<&str> {
        self.account.as_deref()
    }

    /// Fills a placeholder of the path; the value is percent-encoded, whatever it holds.
    #[must_use]
    pub fn path(mut self, name: &str, value: impl AsRef<str>) -> Self {
        self.path = self
            .path
            .replace(&format!("{{{name}}}"), &encode_segment(value.as_ref()));
        self
    }

    /// Adds a query parameter, unless the value is absent.
    #[must_use]
    pub fn query(mut self, name: &str, value: impl Word) -> Self {
        if let Some(word) = value.word() {
            self.note_account(name, &word);
            self.query.push((name.to_owned(), word));
        }
        self
    }

    /// Adds where the page starts. A cursor already holds the filters of the first request, so those given before this
    /// are taken out again; the account stays known.
    #[must_use]
    pub(super) fn page(mut self, paging: &Paging) -> Self {
        if paging.cursor.is_some() {
            self.query.clear();
        }
        self.query("cursor", paging.cursor.as_ref())
            .query("limit", paging.limit)
    }

    /// Adds a header, unless the value is absent.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Word) -> Self {
        if let Some(word) = value.word() {
            self.headers.push((name, word));
        }
        self
    }

    /// Adds a text field to the form, unless the value is absent.
    #[must_use]
    pub fn field(mut self, name: &str, value: impl Word) -> Self {
        if let Some(word) = value.word() {
            self.note_account(name, &word);
            self.push_part(name, Part::Text(word));
        }
        self
    }

    /// Adds several text fields under one name.
    #[must_use]
    pub fn fields(mut self, name: &str, values: impl IntoIterator<Item = impl Word>) -> Self {
        for value in values {
            self = self.field(name, value);
        }
        self
    }

    /// Adds a file to the form, unless it is absent.
    #[must_use]
    pub fn file(mut self, name: &str, upload: impl Into<Option<Upload>>) -> Self {
        if let Some(upload) = upload.into() {
            self.push_part(name, Part::File(upload));
        }
        self
    }

    /// Adds several files under one name.
    #[must_use]
    pub fn files(mut self, name: &str, uploads: impl IntoIterator<Item = Upload>) -> Self {
        for upload in uploads {
            self = self.file(name, upload);
        }
        self
    }

    /// Puts a value into the JSON body, unless it is absent.
    #[must_use]
    pub fn json(mut self, name: &str, value: impl Into<Json>) -> Self {
        let Json(value) = value.into();
        if let Some(value) = value {
            if let Some(text) = value.as_str() {
                self.note_account(name, text);
            }
            if let Payload::Json(fields) = &mut self.payload {
                fields.insert(name.to_owned(), value);
            } else {
                let mut fields = Map::new();
                fields.insert(name.to_owned(), value);
                self.payload = Payload::Json(fields);
            }
        }
        self
    }

    /// Makes the body an empty JSON object when nothing was put into it.
    #[must_use]
    pub fn json_body(mut self) -> Self {
        if matches!(self.payload, Payload::Nothing) {
            self.payload = Payload::Json(Map::new());
        }
        self
    }

    fn push_part(&mut self, name: &str, part: Part) {
        let part = (name.to_owned(), part);
        match &mut self.payload {
            Payload::Form(parts) => parts.push(part),
            Payload::Nothing | Payload::Json(_) => self.payload = Payload::Form(vec![part]),
        }
    }

    fn note_account(&mut self, name: &str, value: &str) {
        if name == "account_id" {
            self.account = Some(value.to_owned());
        }
    }
}

/// What can stand in a query, a header or a form field; `None` leaves it out.
pub trait Word {
    fn word(self) -> Option<String>;
}

impl Word for &str {
    fn word(self) -> Option<String> {
        Some(self.to_owned())
    }
}

impl<T: AsRef<str>> Word for &T {
    fn word(self) -> Option<String> {
        Some(self.as_ref().to_owned())
    }
}

impl Word for String {
    fn word(self) -> Option<String> {
        Some(self)
    }
}

impl Word for bool {
    fn word(self) -> Option<String> {
        Some(self.to_string())
    }
}

impl Word for u16 {
    fn word(self) -> Option<String> {
        Some(self.to_string())
    }
}

impl Word for u32 {
    fn word(self) -> Option<String> {
        Some(self.to_string())
    }
}

impl Word for i64 {
    fn word(self) -> Option<String> {
        Some(self.to_string())
    }
}

impl Word for Timestamp {
    /// Exactly three digits and `Z`, or the server refuses it.
    fn word(self) -> Option<String> {
        Some(format!("{self:.3}"))
    }
}

impl<W: Word> Word for Option<W> {
    fn word(self) -> Option<String> {
        self.and_then(W::word)
    }
}

/// A value for a JSON body; absent values are left out.
#[derive(Debug, Clone, Default)]
pub struct Json(pub Option<Value>);

impl<T: Into<Value>> From<T> for Json {
    fn from(value: T) -> Self {
        Self(Some(value.into()))
    }
}

impl Json {
    /// A value that may be absent.
    pub fn maybe<T: Into<Self>>(value: Option<T>) -> Self {
        value.map(Into::into).unwrap_or_default()
    }

    /// A list, however short.
    pub fn list<T: Into<Self>>(items: impl IntoIterator<Item = T>) -> Self {
        let values = items.into_iter().filter_map(|item| item.into().0);
        Self(Some(values.collect()))
    }

    /// A list that is left out when it is empty.
    pub fn list_or_none<T: Into<Self>>(items: impl IntoIterator<Item = T>) -> Self {
        Self::list(items).unless_empty()
    }

    /// An object of the values that are there.
    pub fn object<const N: usize>(fields: [(&str, Self); N]) -> Self {
        let values = fields
            .into_iter()
            .filter_map(|(name, Self(value))| Some((name.to_owned(), value?)));
        Self(Some(Value::Object(values.collect())))
    }

    /// The same value, left out when it is a list or an object with nothing in it.
    #[must_use]
    pub fn unless_empty(self) -> Self {
        Self(
            self.0
                .filter(|value| *value != json!([]) && *value != json!({})),
        )
    }
}

/// Percent-encodes one path segment: nothing in it can act as a separator, and `..` stays a name.
fn encode_segment(value: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(value.len());
    let only_dots = !value.is_empty() && value.bytes().all(|b| b == b'.');
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric()
            || matches!(byte, b'-' | b'_' | b'~')
            || (byte == b'.' && !only_dots)
        {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::operations::{calendars, messaging};

    #[test]
    fn a_path_value_can_never_leave_its_segment() {
        let request = Request::to(&messaging::GET_MESSAGE_ATTACHMENT)
            .path("message_id", "-_a==")
            .path("attachment_id", "../x?y#z/é");
        assert_eq!(
            request.path,
            "/api/v1/messages/-_a%3D%3D/attachments/..%2Fx%3Fy%23z%2F%C3%A9"
        );
        let request = Request::to(&calendars::GET_CALENDAR).path("calendar_id", "..");
        assert_eq!(request.path, "/api/v1/calendars/%2E%2E");
    }

    #[test]
    fn moments_are_written_with_three_digits_and_z() {
        let at: Timestamp = "2026-03-02T08:15:30.120456+01:00".parse().unwrap();
        assert_eq!(at.word().unwrap(), "2026-03-02T07:15:30.120Z");
    }
}
