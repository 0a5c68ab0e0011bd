//! What exactly stood in the way of a connection, read from the errors below; for those who ask about an address for
//! the first time.

use std::error::Error as StdError;
use std::io;

use rustls::CertificateError;

use super::error::{Error, Trouble};

/// Why there is no connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hurdle {
    /// No machine has this name.
    UnknownHost,
    /// The machine is there and nothing listens on this port.
    PortClosed,
    /// Nothing came back at all.
    Silence,
    /// Nobody this system trusts has signed the certificate.
    Untrusted,
    Expired,
    /// It becomes valid later, which mostly means that a clock is wrong.
    NotYetValid,
    /// The certificate is that of another name.
    OtherName,
    /// What listens there does not speak TLS.
    NoTls,
    Other,
}

impl Error {
    /// What kept the connection from being made; `None` when it was made.
    pub fn hurdle(&self) -> Option<Hurdle> {
        let Self::Network {
            trouble: Trouble::Connect | Trouble::Tls,
            source,
            ..
        } = self
        else {
            return None;
        };
        let source: Option<&(dyn StdError + 'static)> = match source {
            Some(source) => Some(&**source),
            None => None,
        };
        Some(chain(source).find_map(known).unwrap_or(Hurdle::Other))
    }
}

/// An error and all errors below it. One that is wrapped by an input error is not among its sources by itself.
pub(super) fn chain<'a>(
    first: Option<&'a (dyn StdError + 'static)>,
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(first, |&error| {
        let wrapped = error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        match wrapped {
            Some(wrapped) => Some(wrapped as &(dyn StdError + 'static)),
            None => error.source(),
        }
    })
}

fn known(error: &(dyn StdError + 'static)) -> Option<Hurdle> {
    if let Some(error) = error.downcast_ref::<rustls::Error>() {
        return Some(secure(error));
    }
    if let Some(error) = error.downcast_ref::<io::Error>() {
        return match error.kind() {
            io::ErrorKind::ConnectionRefused => Some(Hurdle::PortClosed),
            io::ErrorKind::TimedOut
            | io::ErrorKind::HostUnreachable
            | io::ErrorKind::NetworkUnreachable => Some(Hurdle::Silence),
            _ => None,
        };
    }
    // The resolver's errors have no type that others can name.
    match error.to_string().as_str() {
        "dns error" => Some(Hurdle::UnknownHost),
        "operation timed out" | "deadline has elapsed" => Some(Hurdle::Silence),
        _ => None,
    }
}

fn secure(error: &rustls::Error) -> Hurdle {
    let rustls::Error::InvalidCertificate(problem) = error else {
        return match error {
            rustls::Error::InvalidMessage(_) => Hurdle::NoTls,
            _ => Hurdle::Other,
        };
    };
    match problem {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => Hurdle::Expired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            Hurdle::NotYetValid
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            Hurdle::OtherName
        }
        _ => Hurdle::Untrusted,
    }
}
