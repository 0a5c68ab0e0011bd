//! The connection pool, made when it is first needed: reading the certificates of a system takes longer than opening a
//! window on what is stored.

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use reqwest::header::HeaderMap;

use super::{Error, Result};

/// What requests go out through; copies share it.
#[derive(Clone)]
pub(super) struct Wire {
    inner: Arc<Inner>,
}

struct Inner {
    headers: HeaderMap,
    connect: Duration,
    /// To this machine, where no proxy is asked.
    plain: bool,
    http: OnceLock<std::result::Result<reqwest::Client, String>>,
}

impl Wire {
    pub(super) fn new(headers: HeaderMap, connect: Duration, plain: bool) -> Self {
        Self {
            inner: Arc::new(Inner {
                headers,
                connect,
                plain,
                http: OnceLock::new(),
            }),
        }
    }

    /// The pool; the first to ask waits some milliseconds.
    pub(super) fn http(&self) -> Result<&reqwest::Client> {
        let made = self.inner.http.get_or_init(|| self.inner.make());
        made.as_ref().map_err(|words| Error::Setup(words.clone()))
    }
}

impl Inner {
    fn make(&self) -> std::result::Result<reqwest::Client, String> {
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .connect_timeout(self.connect)
            .user_agent(concat!("onebox/", env!("CARGO_PKG_VERSION")))
            .default_headers(self.headers.clone());
        if self.plain {
            builder = builder.no_proxy();
        }
        builder.build().map_err(|error| error.to_string())
    }
}

impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wire").finish_non_exhaustive()
    }
}
