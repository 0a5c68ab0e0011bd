//! The error answers of the embedded server, as the contract words them.

use serde_json::{Value, json};

/// An error answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub status: u16,
    pub slug: &'static str,
    pub title: &'static str,
    pub detail: Option<String>,
}

impl Problem {
    pub(super) const fn new(status: u16, slug: &'static str, title: &'static str) -> Self {
        Self {
            status,
            slug,
            title,
            detail: None,
        }
    }

    pub(super) fn because(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// A parameter is missing or has a form that is not accepted.
    pub(super) fn invalid(detail: impl Into<String>) -> Self {
        Self::new(400, "invalid_parameters", "Invalid parameters").because(detail)
    }

    pub(super) fn missing(name: &str) -> Self {
        Self::new(400, "missing_parameters", "Missing parameters")
            .because(format!("`{name}` is required."))
    }

    pub(super) fn no_key() -> Self {
        Self::new(401, "missing_credentials", "Missing credentials")
            .because("The X-API-KEY header is missing or wrong.")
    }

    pub(super) fn not_found(what: &str) -> Self {
        Self::new(404, "resource_not_found", "Resource not found.")
            .because(format!("No {what} with this id."))
    }

    pub(super) fn no_route(method: &str, path: &str) -> Self {
        Self::new(404, "resource_not_found", "Resource not found.")
            .because(format!("Cannot {method} {path}"))
    }

    /// The network would refuse it.
    pub(super) fn refused(slug: &'static str, title: &'static str) -> Self {
        Self::new(422, slug, title)
    }

    pub(super) fn disconnected() -> Self {
        Self::new(401, "disconnected_account", "Disconnected account")
            .because("The account appears to be disconnected from the provider service.")
    }

    pub(super) fn not_offered(detail: impl Into<String>) -> Self {
        Self::new(501, "feature_not_implemented", "Feature not implemented").because(detail)
    }

    pub(super) fn body(&self) -> Value {
        let mut body = json!({
            "type": format!("errors/{}", self.slug),
            "title": self.title,
            "status": self.status,
        });
        if let (Some(detail), Some(fields)) = (&self.detail, body.as_object_mut()) {
            fields.insert("detail".into(), detail.as_str().into());
        }
        body
    }
}
