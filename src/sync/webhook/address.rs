//! Where the server reaches the receiver, and which of its webhooks lead to a receiver of ours.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::Url;

use super::door::{FOLDER, SEGMENT};
use crate::api::BaseUrl;
use crate::model::webhook::Webhook;

/// Why the server cannot be told where the receiver is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadPublicUrl {
    #[error(
        "Webhooks need a `public_url` in [webhooks]: {server} cannot reach {address}. Until then onebox asks the server from time to time."
    )]
    Missing { server: String, address: SocketAddr },
    #[error(
        "`{0}` is not a public_url for webhooks. It looks like https://hooks.example.com/onebox-of-sam."
    )]
    Unreadable(String),
    #[error("`{0}` would let your messages travel in clear text. Use https for the public_url.")]
    ClearText(String),
}

/// The address that the server reaches the receiver at, without a slash at its end.
pub(super) fn base(
    server: &BaseUrl,
    address: SocketAddr,
    public_url: Option<&str>,
) -> Result<String, BadPublicUrl> {
    let Some(text) = public_url.map(str::trim) else {
        if server.is_local() {
            return Ok(format!("http://{}", reachable(address)));
        }
        return Err(BadPublicUrl::Missing {
            server: server.to_string(),
            address,
        });
    };
    let unreadable = || BadPublicUrl::Unreadable(text.to_owned());
    let url = Url::parse(text).map_err(|_| unreadable())?;
    let is_bare = url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&url) => {}
        "http" => return Err(BadPublicUrl::ClearText(text.to_owned())),
        _ => return Err(unreadable()),
    }
    if !is_bare {
        return Err(unreadable());
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// Listening everywhere includes this machine, which has an address to call.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(match address.ip() {
            IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
        });
    }
    address
}

/// Whether a webhook was made by this profile for a receiver at this base.
pub(super) fn is_ours(hook: &Webhook, profile: &str, base: &str) -> bool {
    let is_hex = |text: &str, length| {
        text.len() == length && text.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    let name = hook.name.as_deref().unwrap_or_default();
    let mark = name
        .strip_prefix("onebox ")
        .and_then(|rest| rest.strip_prefix(profile))
        .and_then(|rest| rest.strip_prefix(' '));
    let (Some(base), Some(url)) = (portless(base), portless(&hook.request_url)) else {
        return false;
    };
    let segment = url
        .as_str()
        .strip_prefix(base.as_str().trim_end_matches('/'))
        .and_then(|rest| rest.strip_prefix(FOLDER));
    mark.is_some_and(|mark| is_hex(mark, 8)) && segment.is_some_and(|rest| is_hex(rest, SEGMENT))
}

/// An address to compare. On this machine the port does not count: it may be another one at each start.
fn portless(text: &str) -> Option<Url> {
    let mut url = Url::parse(text).ok()?;
    if is_loopback(&url) {
        url.set_port(None).ok()?;
    }
    Some(url)
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(server: &str, public_url: Option<&str>) -> String {
        let server = BaseUrl::parse(server).unwrap();
        let address = "0.0.0.0:7777".parse().unwrap();
        base(&server, address, public_url).unwrap_or_else(|error| format!("{error:?}"))
    }

    #[test]
    fn a_server_on_this_machine_needs_no_public_address_and_any_other_does() {
        assert_eq!(shown("127.0.0.1:4010", None), "http://127.0.0.1:7777");
        assert!(shown("api1.unipile.com:13111", None).starts_with("Missing"));
    }

    #[test]
    fn a_public_address_keeps_messages_from_travelling_in_clear_text() {
        let given = |text| shown("api1.unipile.com:13111", Some(text));
        assert_eq!(given(" https://x.example/sam/ "), "https://x.example/sam");
        assert_eq!(given("https://x.example"), "https://x.example");
        assert_eq!(given("http://127.0.0.1:9"), "http://127.0.0.1:9");
        assert!(given("http://x.example").starts_with("ClearText"));
        for text in [
            "",
            "x.example",
            "ftp://x.example",
            "https://me:pw@x.example",
            "https://x.example?a=b",
        ] {
            assert!(given(text).starts_with("Unreadable"), "{text}");
        }
    }

    #[test]
    fn only_webhooks_of_this_profile_that_lead_here_are_ours() {
        let segment = "0123456789abcdef".repeat(2);
        let hook = |name: &str, url: String| Webhook {
            id: "w".into(),
            kind: None,
            enabled: true,
            name: Some(name.to_owned()),
            request_url: url,
            format: None,
            source: None,
            headers: vec![],
            accounts: vec![],
            events: vec![],
            data: vec![],
            trigger: None,
        };
        let here = "https://x.example/sam";
        let ours = format!("{here}/onebox/{segment}");
        assert!(is_ours(
            &hook("onebox work 01abcdef", ours.clone()),
            "work",
            here
        ));
        for name in [
            "onebox work 2 01abcdef",
            "onebox home 01abcdef",
            "onebox work",
            "Relay",
            "onebox work 01abcdeg",
        ] {
            assert!(!is_ours(&hook(name, ours.clone()), "work", here), "{name}");
        }
        for url in [
            format!("https://y.example/sam/onebox/{segment}"),
            format!("https://x.example:8443/sam/onebox/{segment}"),
            format!("{here}/onebox/{segment}/more"),
            format!("{here}/{segment}"),
            format!("{here}my/onebox/{segment}"),
            "nonsense".to_owned(),
        ] {
            assert!(
                !is_ours(&hook("onebox work 01abcdef", url.clone()), "work", here),
                "{url}"
            );
        }
        let earlier = format!("http://127.0.0.1:1234/onebox/{segment}");
        assert!(is_ours(
            &hook("onebox work 01abcdef", earlier),
            "work",
            "http://127.0.0.1:9"
        ));
    }
}
