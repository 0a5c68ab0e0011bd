//! Sends one request, once, and reads its answer. Waiting, repeating and rationing are for those who call.
//!
//! The key travels in one header to one origin. Redirects are followed here by hand and only on that origin, because
//! the http crate would take the key along to any host.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::base_url::BaseUrl;
use super::either::Forms;
use super::error::{BadAnswer, Error, Result, Trouble};
use super::fields::{Decode, Fields, Flaws, parse_json};
use super::operation::{Body, Operation};
use super::page::{Cursor, Page};
use super::request::{Payload, Request};
use super::wire::Wire;
use super::{answer, form};

/// A connection to one Unipile server. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Client {
    base: BaseUrl,
    wire: Wire,
    limits: Limits,
    /// Which form of the operations with two forms works here, as far as known.
    pub(super) forms: Forms,
    /// What the server's clock showed at its last answer, and when that was.
    clock: Arc<Mutex<Option<(Timestamp, Instant)>>>,
    /// The place for a large answer in memory: there is one, whoever asks.
    large: Arc<Semaphore>,
}

/// An answer, and its place where it is a large one.
struct Parsed {
    value: Value,
    _place: Option<OwnedSemaphorePermit>,
}

/// How long to wait and how much to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    pub connect: Duration,
    /// From the request to the first byte of the answer, for reading.
    pub first_byte: Duration,
    /// The same for requests that change or send something: they are relayed to the network and may carry files.
    pub first_byte_sending: Duration,
    /// Between two pieces of an answer.
    pub between: Duration,
    /// For a whole JSON answer, so that a trickle ends too.
    pub whole: Duration,
    /// Largest JSON answer, after decompression.
    pub json_bytes: u64,
    /// Largest picture or attachment held in memory.
    pub memory_bytes: u64,
    /// Largest download to disk.
    pub disk_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            first_byte: Duration::from_secs(30),
            first_byte_sending: Duration::from_secs(120),
            between: Duration::from_secs(30),
            whole: Duration::from_secs(180),
            json_bytes: 24 << 20,
            memory_bytes: 32 << 20,
            disk_bytes: 2 << 30,
        }
    }
}

/// A file fetched to disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    pub path: PathBuf,
    pub bytes: u64,
    pub mime: Option<String>,
}

/// Redirects followed on the same origin before giving up.
const HOPS: u32 = 5;

impl Client {
    /// Prepares a client; nothing is sent yet.
    pub fn new(base: BaseUrl, key: &SecretString) -> Result<Self> {
        Self::with_limits(base, key, Limits::default())
    }

    /// Prepares a client with other limits than the usual ones.
    pub fn with_limits(base: BaseUrl, key: &SecretString, limits: Limits) -> Result<Self> {
        // A second installation is refused, which is just as well: one provider is all that is needed.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut value =
            HeaderValue::from_str(key.expose_secret()).map_err(|_| Error::UnusableKey)?;
        value.set_sensitive(true);
        let mut headers = HeaderMap::new();
        headers.insert("x-api-key", value);
        headers.insert(
            "accept",
            HeaderValue::from_static("application/json, */*;q=0.5"),
        );
        let wire = Wire::new(headers, limits.connect, base.is_plain());
        Ok(Self {
            base,
            wire,
            limits,
            forms: Forms::default(),
            clock: Arc::default(),
            large: Arc::new(Semaphore::new(1)),
        })
    }

    /// The server this client speaks to.
    pub fn base(&self) -> &BaseUrl {
        &self.base
    }

    /// What the server's clock shows now, to the second, as far as its answers have told. Ours may be wrong, and may
    /// be set while we run.
    pub fn server_time(&self) -> Option<Timestamp> {
        let known = *self.clock.lock().unwrap_or_else(PoisonError::into_inner);
        known.and_then(|(date, seen)| date.checked_add(seen.elapsed()).ok())
    }

    /// Sends a request and gives its JSON answer as it came; for the shell, which passes answers on.
    pub async fn value(&self, request: &Request) -> Result<Value> {
        self.json(request).await
    }

    /// Sends a request whose answer is a picture or a file, held in memory up to the limit.
    pub async fn bytes(&self, request: &Request) -> Result<(Vec<u8>, Option<String>)> {
        let response = self.open(request).await?;
        let mime = answer::media_type(&response);
        let held = self
            .collect(request.operation, response, self.limits.memory_bytes)
            .await?;
        Ok((held.body, mime))
    }

    /// Fetches a file to disk, in pieces. The file appears under its name when it is complete, readable by its owner
    /// only, and never replaces another. `progress` hears how many bytes are there and how many there will be.
    pub async fn download(
        &self,
        request: &Request,
        to: &Path,
        progress: impl FnMut(u64, Option<u64>) + Send,
    ) -> Result<Download> {
        let response = self.open(request).await?;
        let mime = answer::media_type(&response);
        let pieces = answer::Pieces {
            operation: request.operation,
            between: self.limits.between,
            cap: self.limits.disk_bytes,
        };
        let bytes = pieces.save(response, to, progress).await?;
        Ok(Download {
            path: to.to_owned(),
            bytes,
            mime,
        })
    }

    /// Sends a request and reads its answer as one object.
    pub(super) async fn one<T: Decode>(&self, request: &Request) -> Result<T> {
        let answer = self.parsed(request).await?;
        read_one(request.operation, &answer.value)
    }

    /// Sends a request and reads its answer as one page of a list.
    pub(super) async fn page<T: Decode>(&self, request: &Request) -> Result<Page<T>> {
        let answer = self.parsed(request).await?;
        read_page(request.operation, &answer.value)
    }

    /// Sends a request whose answer only confirms.
    pub(super) async fn done(&self, request: &Request) -> Result<()> {
        self.json(request).await.map(drop)
    }

    pub(super) async fn json(&self, request: &Request) -> Result<Value> {
        Ok(self.parsed(request).await?.value)
    }

    async fn parsed(&self, request: &Request) -> Result<Parsed> {
        let read = async {
            let response = self.open(request).await?;
            self.collect(request.operation, response, self.limits.json_bytes)
                .await
        };
        let whole = self
            .limits
            .whole
            .max(self.first_byte(request.operation) * 2);
        let held = timeout(whole, read)
            .await
            .map_err(|_| self.trouble(request.operation, Trouble::Stalled, true, None))??;
        let answer::Held { body, place } = held;
        let is_small = body.len() < 1 << 20;
        let parse = move || {
            if answer::is_crowded(&body) {
                return Err(BadAnswer::Shape("far too many values".into()));
            }
            parse_json(&body)
        };
        // A large page takes longer to parse than the runtime should be held; small ones are not worth a hop.
        let value = if is_small {
            parse()
        } else {
            let parsed = tokio::task::spawn_blocking(parse).await;
            parsed.unwrap_or_else(|error| Err(BadAnswer::NotJson(error.to_string())))
        };
        Ok(Parsed {
            value: value.map_err(|flaw| Error::answer(request.operation, flaw))?,
            _place: place,
        })
    }

    fn first_byte(&self, operation: &Operation) -> Duration {
        if operation.body == Body::None {
            self.limits.first_byte
        } else {
            self.limits.first_byte_sending
        }
    }

    /// Sends and waits for a successful head; an error answer becomes an error.
    async fn open(&self, request: &Request) -> Result<reqwest::Response> {
        let operation = request.operation;
        let mut url = self.base.join(&request.path);
        if !request.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&request.query);
        }
        for _ in 0..HOPS {
            let response = self.once(request, url.clone()).await?;
            let status = response.status();
            if status.is_success() {
                return Ok(response);
            }
            if !status.is_redirection() {
                return Err(self.refusal(operation, response).await);
            }
            let target = response
                .headers()
                .get(LOCATION)
                .and_then(|value| value.to_str().ok())
                .and_then(|target| url.join(target).ok())
                .ok_or_else(|| {
                    Error::answer(
                        operation,
                        BadAnswer::Shape("a redirect without a target".into()),
                    )
                })?;
            let keeps_method = matches!(status.as_u16(), 307 | 308) || operation.body == Body::None;
            if !self.base.is_origin_of(&target) || !keeps_method {
                return Err(Error::Redirected {
                    operation: operation.id,
                    target: origin(&target),
                });
            }
            url = target;
        }
        Err(Error::answer(
            operation,
            BadAnswer::Shape("too many redirects".into()),
        ))
    }

    async fn once(&self, request: &Request, url: reqwest::Url) -> Result<reqwest::Response> {
        let operation = request.operation;
        let method = match operation.method {
            super::operation::Method::Get => reqwest::Method::GET,
            super::operation::Method::Post => reqwest::Method::POST,
            super::operation::Method::Put => reqwest::Method::PUT,
            super::operation::Method::Patch => reqwest::Method::PATCH,
            super::operation::Method::Delete => reqwest::Method::DELETE,
        };
        let mut call = self.wire.http()?.request(method, url);
        for (name, value) in &request.headers {
            call = call.header(*name, value);
        }
        call = match &request.payload {
            Payload::Nothing => call,
            Payload::Json(fields) => {
                let text = serde_json::to_vec(fields).map_err(|error| {
                    Error::answer(operation, BadAnswer::NotJson(error.to_string()))
                })?;
                call.header(CONTENT_TYPE, "application/json").body(text)
            }
            Payload::Form(parts) => call.multipart(form::build(parts).await?),
        };
        tracing::debug!(
            operation = operation.id,
            account = request.account(),
            "asking"
        );
        match timeout(self.first_byte(operation), call.send()).await {
            Ok(Ok(response)) => {
                if let Some(date) = answer::date(&response) {
                    let mut clock = self.clock.lock().unwrap_or_else(PoisonError::into_inner);
                    *clock = Some((date, Instant::now()));
                }
                Ok(response)
            }
            Ok(Err(error)) => {
                let (trouble, reached) = answer::classify(&error);
                Err(self.trouble(operation, trouble, reached, Some(error.without_url())))
            }
            Err(_) => Err(self.trouble(operation, Trouble::NoAnswer, true, None)),
        }
    }

    async fn collect(
        &self,
        operation: &'static Operation,
        response: reqwest::Response,
        cap: u64,
    ) -> Result<answer::Held> {
        answer::Pieces {
            operation,
            between: self.limits.between,
            cap,
        }
        .collect(response, &self.large)
        .await
    }

    async fn refusal(&self, operation: &'static Operation, response: reqwest::Response) -> Error {
        let head = answer::Head::of(&response);
        let pieces = answer::Pieces {
            operation,
            between: self.limits.between,
            cap: 1 << 20,
        };
        let held = timeout(self.limits.whole, pieces.collect(response, &self.large)).await;
        let body = held.ok().and_then(Result::ok).map(|held| held.body);
        Error::Refused(Box::new(head.refusal(operation, &body.unwrap_or_default())))
    }

    fn trouble(
        &self,
        operation: &Operation,
        trouble: Trouble,
        reached: bool,
        source: Option<reqwest::Error>,
    ) -> Error {
        tracing::debug!(operation = operation.id, %trouble, base = %self.base, "no answer");
        Error::Network {
            operation: operation.id,
            trouble,
            reached,
            source: source.map(Into::into),
        }
    }
}

/// Scheme, host and port of an address; the rest may hold secrets.
fn origin(url: &reqwest::Url) -> String {
    url.origin().ascii_serialization()
}

/// Reads an answer as one object. What could not be read inside of it is told in the log, as a page tells it with its
/// items.
pub(super) fn read_one<T: Decode>(operation: &'static Operation, value: &Value) -> Result<T> {
    let flaws = Flaws::default();
    let thing = Fields::read(value, &flaws)
        .map_err(|flaw| Error::answer(operation, BadAnswer::Shape(flaw.to_string())))?;
    for flaw in flaws.into_vec() {
        tracing::warn!(operation = operation.id, %flaw, "left out of an answer");
    }
    Ok(thing)
}

/// Reads an answer as a page: `items` and `cursor`, or `data` and `next_cursor` as the calendars write it.
pub(super) fn read_page<T: Decode>(
    operation: &'static Operation,
    value: &Value,
) -> Result<Page<T>> {
    let items = value
        .get("items")
        .or_else(|| value.get("data"))
        .and_then(Value::as_array)
        .ok_or_else(|| Error::answer(operation, BadAnswer::Shape("a list without items".into())))?;
    let flaws = Flaws::default();
    let items = Fields::read_all(items, &flaws);
    let cursor = value
        .get("cursor")
        .or_else(|| value.get("next_cursor"))
        .and_then(Value::as_str)
        .filter(|token| !token.is_empty())
        .map(Cursor::new);
    let total = value
        .get("total_items")
        .or_else(|| value.pointer("/paging/total_count"))
        .and_then(Value::as_u64);
    Ok(Page {
        items,
        cursor,
        total,
        flaws: flaws.into_vec(),
    })
}
