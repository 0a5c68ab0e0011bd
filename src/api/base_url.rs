//! Where the server is: reads what people paste as an address and keeps the key away from plain http.

use reqwest::Url;

/// Address of one Unipile server: scheme, host and port, nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(Url);

/// Why an address cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadBaseUrl {
    #[error(
        "The server address is empty. It looks like api27.unipile.com:15796 and comes with your Unipile key."
    )]
    Empty,
    #[error("`{0}` is not a server address. It looks like api27.unipile.com:15796.")]
    Unreadable(String),
    #[error(
        "`{0}` would send your key in clear text. Use https, or an address of this machine such as 127.0.0.1."
    )]
    ClearText(String),
    #[error("Only http and https are spoken here, not `{0}`.")]
    Scheme(String),
    #[error("An address must not hold a user name or a password; the key is given separately.")]
    Credentials,
}

impl BaseUrl {
    /// Reads an address with or without scheme, trailing slash or `/api/v1`.
    pub fn parse(text: &str) -> Result<Self, BadBaseUrl> {
        let text = text.trim();
        if text.is_empty() {
            return Err(BadBaseUrl::Empty);
        }
        let unreadable = || BadBaseUrl::Unreadable(text.to_owned());
        let mut url = if text.contains("://") {
            Url::parse(text).map_err(|_| unreadable())?
        } else {
            let secure = Url::parse(&format!("https://{text}")).map_err(|_| unreadable())?;
            if is_this_machine(&secure) {
                Url::parse(&format!("http://{text}")).map_err(|_| unreadable())?
            } else {
                secure
            }
        };
        match url.scheme() {
            "https" => {}
            "http" if is_this_machine(&url) => {}
            "http" => return Err(BadBaseUrl::ClearText(text.to_owned())),
            other => return Err(BadBaseUrl::Scheme(other.to_owned())),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(BadBaseUrl::Credentials);
        }
        let path = url.path().trim_end_matches('/').to_owned();
        if url.host_str().is_none_or(str::is_empty) || !(path.is_empty() || path == "/api/v1") {
            return Err(unreadable());
        }
        url.set_path("/");
        url.set_query(None);
        url.set_fragment(None);
        Ok(Self(url))
    }

    /// The address of a path on this server; each segment must already be percent-encoded.
    pub(super) fn join(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(path);
        url
    }

    /// Whether the server is on this machine.
    pub fn is_local(&self) -> bool {
        is_this_machine(&self.0)
    }

    /// Whether requests travel unencrypted, which only happens inside this machine.
    pub(super) fn is_plain(&self) -> bool {
        self.0.scheme() == "http"
    }

    /// Whether another address is on the same scheme, host and port.
    pub(super) fn is_origin_of(&self, other: &Url) -> bool {
        self.0.origin() == other.origin()
    }
}

impl std::fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

fn is_this_machine(url: &Url) -> bool {
    url.host_str().is_some_and(|host| {
        let host = host.trim_start_matches('[').trim_end_matches(']');
        host == "localhost"
            || host
                .parse::<std::net::IpAddr>()
                .is_ok_and(|ip| ip.is_loopback())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        BaseUrl::parse(text).map_or_else(|e| format!("{e:?}"), |u| u.to_string())
    }

    #[test]
    fn every_way_to_write_an_address_gives_the_same_server() {
        for text in [
            "api27.unipile.com:15796",
            "https://api27.unipile.com:15796",
            "https://api27.unipile.com:15796/",
            "https://api27.unipile.com:15796/api/v1",
            " api27.unipile.com:15796/api/v1/ ",
        ] {
            assert_eq!(shown(text), "https://api27.unipile.com:15796", "{text}");
        }
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        assert_eq!(shown("127.0.0.1:4010"), "http://127.0.0.1:4010");
        assert_eq!(shown("localhost:4010/api/v1"), "http://localhost:4010");
        assert_eq!(shown("http://[::1]:4010"), "http://[::1]:4010");
        assert!(shown("http://api27.unipile.com:15796").starts_with("ClearText"));
        assert!(shown("http://127.0.0.1.evil.example").starts_with("ClearText"));
    }

    #[test]
    fn what_is_no_address_is_refused_in_words() {
        assert_eq!(shown(""), "Empty");
        assert!(shown("ftp://api27.unipile.com").starts_with("Scheme"));
        assert!(shown("https://me:key@api27.unipile.com").starts_with("Credentials"));
        assert!(shown("https://api27.unipile.com/somewhere/else").starts_with("Unreadable"));
    }
}
