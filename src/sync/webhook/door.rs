//! What protects the receiver: a path and a secret that nobody can guess, made anew at each start.

use axum::http::{HeaderMap, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};
use subtle::ConstantTimeEq as _;

/// The header that carries the secret.
pub(super) const SECRET_HEADER: &str = "x-onebox-secret";
/// The path below which all receivers have theirs.
pub(super) const FOLDER: &str = "/onebox/";
/// Letters of the last segment of the path.
pub(super) const SEGMENT: usize = 32;

/// The one address of a receiver and what must come along.
#[derive(Debug)]
pub(super) struct Door {
    path: SecretString,
    secret: SecretString,
    /// Tells the registrations of this run from those of others; no secret.
    pub(super) mark: String,
}

/// The system gave no random numbers.
#[derive(Debug)]
pub(super) struct NoRandom;

impl Door {
    pub(super) fn new() -> Result<Self, NoRandom> {
        Ok(Self {
            path: format!("{FOLDER}{}", random::<{ SEGMENT / 2 }>()?).into(),
            secret: random::<32>()?.into(),
            mark: random::<4>()?,
        })
    }

    /// Whether a request knows both. Takes as long whatever is wrong about it.
    pub(super) fn opens(&self, path: &str, headers: &HeaderMap) -> bool {
        let given = headers
            .get(SECRET_HEADER)
            .map(HeaderValue::as_bytes)
            .unwrap_or_default();
        let secret = given.ct_eq(self.secret.expose_secret().as_bytes());
        let path = path.as_bytes().ct_eq(self.path.expose_secret().as_bytes());
        bool::from(path & secret)
    }

    /// The address below a base that has no slash at its end.
    pub(super) fn address(&self, base: &str) -> String {
        format!("{base}{}", self.path.expose_secret())
    }

    pub(super) fn secret(&self) -> &str {
        self.secret.expose_secret()
    }
}

/// So many random bytes of the system's, in hex.
fn random<const N: usize>() -> Result<String, NoRandom> {
    let mut bytes = [0; N];
    rustls::crypto::ring::default_provider()
        .secure_random
        .fill(&mut bytes)
        .map_err(|_| NoRandom)?;
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let digits = digits.filter_map(|digit| char::from_digit(digit.into(), 16));
    Ok(digits.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_exact_path_with_the_exact_secret_opens() {
        let door = Door::new().ok().unwrap();
        let path = door.address("");
        let headers = |value: &str| {
            HeaderMap::from_iter([(
                axum::http::HeaderName::from_static(SECRET_HEADER),
                HeaderValue::from_str(value).unwrap(),
            )])
        };
        let secret = door.secret().to_owned();
        assert!(door.opens(&path, &headers(&secret)));
        assert!(!door.opens(&path, &headers("")));
        assert!(!door.opens(&path, &headers(&secret[1..])));
        assert!(!door.opens(&path, &headers(&secret.to_uppercase().replace('A', "B"))));
        assert!(!door.opens(&path, &HeaderMap::new()));
        assert!(!door.opens(&format!("{path}/"), &headers(&secret)));
        assert!(!door.opens(FOLDER, &headers(&secret)));
    }

    #[test]
    fn no_two_starts_share_a_secret_and_none_is_printed() {
        let (one, two) = (Door::new().ok().unwrap(), Door::new().ok().unwrap());
        assert_eq!(
            (one.secret().len(), one.address("").len()),
            (64, FOLDER.len() + SEGMENT)
        );
        assert_ne!(one.secret(), two.secret());
        assert_ne!(one.address(""), two.address(""));
        let shown = format!("{one:?}");
        assert!(!shown.contains(one.secret()) && !shown.contains(&one.address("")));
    }
}
