//! Reads what comes back: in pieces, with a limit on each wait and on the whole size, and error bodies of any shape.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::Response;
use reqwest::header::{CONTENT_TYPE, DATE, HeaderName, RETRY_AFTER};
use tokio::io::AsyncWriteExt as _;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::error::{BadAnswer, Error, Refusal, Result, Trouble};
use super::fields::parse_json;
use super::hurdle::chain;
use super::operation::Operation;
use crate::model::text::clean;

/// How the body of an answer is read.
pub(super) struct Pieces {
    pub(super) operation: &'static Operation,
    pub(super) between: Duration,
    pub(super) cap: u64,
}

/// A body in memory. A large one holds the only place for such while it lives.
pub(super) struct Held {
    pub(super) body: Vec<u8>,
    pub(super) place: Option<OwnedSemaphorePermit>,
}

/// From here on a body is large.
const LARGE: usize = 2 << 20;
/// More values than this are in no answer of a real server, and each takes a hundred bytes or more.
const MOST_VALUES: usize = 500_000;

/// Whether there are more values in a JSON text than anybody should make room for.
pub(super) fn is_crowded(body: &[u8]) -> bool {
    if body.len() < MOST_VALUES {
        return false;
    }
    let (mut values, mut in_text, mut escaped) = (0_usize, false, false);
    for byte in body {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b',' | b'[' | b'{' if !in_text => values += 1,
            _ => {}
        }
    }
    values > MOST_VALUES
}

impl Pieces {
    /// Reads the whole body into memory. Of those that turn out large one at a time is read on.
    pub(super) async fn collect(
        &self,
        mut response: Response,
        places: &Arc<Semaphore>,
    ) -> Result<Held> {
        let mut held = Held {
            body: Vec::new(),
            place: None,
        };
        while let Some(piece) = self.next(&mut response, held.body.len() as u64).await? {
            held.body.extend_from_slice(&piece);
            if held.body.len() > LARGE && held.place.is_none() {
                held.place = Arc::clone(places).acquire_owned().await.ok();
            }
        }
        Ok(held)
    }

    /// Writes the body to a new file, which appears under its name only when it is complete.
    pub(super) async fn save(
        &self,
        mut response: Response,
        to: &Path,
        mut progress: impl FnMut(u64, Option<u64>) + Send,
    ) -> Result<u64> {
        let failed = |source| Error::File {
            path: to.display().to_string(),
            source,
        };
        let all = response.content_length();
        let folder = to
            .parent()
            .filter(|p| !p.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        // Temporary files are made with mode 0600 and removed when dropped unfinished.
        let part = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
        let mut file = tokio::fs::File::from_std(part.reopen().map_err(failed)?);
        let mut bytes = 0;
        while let Some(piece) = self.next(&mut response, bytes).await? {
            file.write_all(&piece).await.map_err(failed)?;
            bytes += piece.len() as u64;
            progress(bytes, all);
        }
        file.sync_all().await.map_err(failed)?;
        part.persist_noclobber(to)
            .map_err(|error| failed(error.error))?;
        Ok(bytes)
    }

    async fn next(
        &self,
        response: &mut Response,
        have: u64,
    ) -> Result<Option<impl std::ops::Deref<Target = [u8]> + use<>>> {
        let network = |trouble, source: Option<reqwest::Error>| Error::Network {
            operation: self.operation.id,
            trouble,
            reached: true,
            source: source.map(Into::into),
        };
        let piece = timeout(self.between, response.chunk())
            .await
            .map_err(|_| network(Trouble::Stalled, None))?
            .map_err(|error| network(Trouble::Cut, Some(error.without_url())))?;
        match piece {
            Some(piece) if have + piece.len() as u64 > self.cap => Err(Error::answer(
                self.operation,
                BadAnswer::TooLarge { limit: self.cap },
            )),
            piece => Ok(piece),
        }
    }
}

/// What an error answer says before its body.
pub(super) struct Head {
    status: u16,
    retry_after: Option<Duration>,
}

impl Head {
    pub(super) fn of(response: &Response) -> Self {
        Self {
            status: response.status().as_u16(),
            retry_after: retry_after(header(response, &RETRY_AFTER), header(response, &DATE)),
        }
    }

    /// Reads the problem that a body describes; a body of any other kind leaves the status to speak.
    pub(super) fn refusal(self, operation: &'static Operation, body: &[u8]) -> Refusal {
        let value = parse_json(body).unwrap_or_default();
        let text = |name: &str| match value.get(name) {
            Some(serde_json::Value::String(text)) => Some(clean(text)),
            _ => None,
        };
        Refusal {
            operation: operation.id,
            status: self.status,
            kind: text("type").unwrap_or_default(),
            title: text("title")
                .or_else(|| text("message"))
                .unwrap_or_default(),
            detail: text("detail"),
            instance: text("instance"),
            retry_after: self.retry_after,
        }
    }
}

/// The media type that an answer gives itself.
pub(super) fn media_type(response: &Response) -> Option<String> {
    header(response, &CONTENT_TYPE).map(str::to_owned)
}

fn header<'a>(response: &'a Response, name: &HeaderName) -> Option<&'a str> {
    response
        .headers()
        .get(name)
        .and_then(|value| value.to_str().ok())
}

/// Reads `Retry-After`: seconds, or a date, which is compared with the server's own clock where it tells it.
fn retry_after(value: Option<&str>, date: Option<&str>) -> Option<Duration> {
    let value = value?.trim();
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let until = moment(value)?;
    let now = date.and_then(moment).unwrap_or_else(Timestamp::now);
    Some(Duration::try_from(until.duration_since(now)).unwrap_or_default())
}

/// The server's own time at the answer, to the second.
pub(super) fn date(response: &Response) -> Option<Timestamp> {
    header(response, &DATE).and_then(moment)
}

fn moment(text: &str) -> Option<Timestamp> {
    jiff::fmt::rfc2822::parse(text)
        .ok()
        .map(|zoned| zoned.timestamp())
}

/// Tells what kept a request from being answered, and whether the server may have got it.
pub(super) fn classify(error: &reqwest::Error) -> (Trouble, bool) {
    let tls = chain(Some(error))
        .any(|inner| inner.is::<rustls::Error>() || inner.to_string().contains("certificate"));
    match (error.is_connect(), tls) {
        (true, true) => (Trouble::Tls, false),
        (true, false) => (Trouble::Connect, false),
        (false, _) if error.is_timeout() => (Trouble::NoAnswer, true),
        (false, _) => (Trouble::Cut, !error.is_builder()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_read_as_seconds_and_as_a_date_on_the_servers_clock() {
        assert_eq!(retry_after(Some("7"), None), Some(Duration::from_secs(7)));
        let date = Some("Sun, 06 Nov 1994 08:49:37 GMT");
        let until = Some("Sun, 06 Nov 1994 08:50:07 GMT");
        assert_eq!(retry_after(until, date), Some(Duration::from_secs(30)));
        assert_eq!(retry_after(date, until), Some(Duration::ZERO));
        assert_eq!(retry_after(Some("soon"), None), None);
        assert_eq!(retry_after(None, date), None);
    }
}
