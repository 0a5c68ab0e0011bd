//! Operations that are documented in two forms: which of the two a server answers is found out once and remembered.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use super::client::{Client, read_one, read_page};
use super::error::{Error, Result};
use super::fields::Decode;
use super::page::Page;
use super::request::Request;

/// Which form works here, for each operation with two, as far as known.
#[derive(Debug, Clone, Default)]
pub(super) struct Forms(Arc<Mutex<HashMap<&'static str, Form>>>);

/// Which of two documented forms of an operation a server answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Verified,
    Other,
    /// So often the verified form had no such resource and the other one knew nothing either.
    Neither(u8),
}

/// After so many times the other form is not tried any more for a resource that the verified form does not find.
const TRIES: u8 = 3;

impl Forms {
    fn known(&self, id: &str) -> Option<Form> {
        let forms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        forms.get(id).copied()
    }

    fn remember(&self, id: &'static str, form: Form) {
        let mut forms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        forms.insert(id, form);
    }
}

impl Client {
    /// Calls `verified`, or the other documented form of the same operation where a server knows only that one. Which
    /// one works is remembered; once the verified form has answered, the other is never tried.
    pub(super) async fn either(&self, verified: Request, other: Request) -> Result<Value> {
        let id = verified.operation.id;
        let known = self.forms.known(id);
        if known == Some(Form::Other) {
            return self.json(&other).await;
        }
        let first = self.json(&verified).await;
        if !first.as_ref().is_err_and(Error::is_unknown_route) {
            if first.is_ok() {
                self.forms.remember(id, Form::Verified);
            }
            return first;
        }
        let tries = match known {
            Some(Form::Verified | Form::Neither(TRIES..)) => return first,
            Some(Form::Neither(tries)) => tries,
            Some(Form::Other) | None => 0,
        };
        match self.json(&other).await {
            Err(error) if error.is_unknown_route() => {
                if first.as_ref().is_err_and(Error::is_missing_resource) {
                    self.forms.remember(id, Form::Neither(tries + 1));
                }
                first
            }
            second => {
                if second.is_ok() {
                    self.forms.remember(id, Form::Other);
                }
                second
            }
        }
    }

    /// As `either`, reading the answer as one object.
    pub(super) async fn either_one<T: Decode>(
        &self,
        verified: Request,
        other: Request,
    ) -> Result<T> {
        let operation = verified.operation;
        let value = self.either(verified, other).await?;
        read_one(operation, &value)
    }

    /// As `either`, reading the answer as one page of a list.
    pub(super) async fn either_page<T: Decode>(
        &self,
        verified: Request,
        other: Request,
    ) -> Result<Page<T>> {
        let operation = verified.operation;
        let value = self.either(verified, other).await?;
        read_page(operation, &value)
    }
}

#[cfg(test)]
mod tests {
    use crate::api::contract::Server;
    use crate::api::operations::emails as rows;

    #[tokio::test]
    async fn the_other_form_is_not_asked_for_ever_about_what_is_not_there() {
        let server = Server::start_without_resources().await;
        for _ in 0..5 {
            let folder = server.client.get_folder(&"f".into(), None).await;
            assert_eq!(folder.unwrap_err().status(), Some(404));
        }
        assert_eq!(server.times(&rows::GET_FOLDER), 5);
        assert_eq!(server.times(&rows::GET_FOLDER_SEED_FORM), 3);
    }
}
