//! A server that answers each call with the contract's example, if the call is what the contract says.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method as HttpMethod, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use secrecy::SecretString;
use serde_json::json;

use super::answers;
use super::sent::Sent;
use crate::api::base_url::BaseUrl;
use crate::api::client::Client;
use crate::api::operation::{Answer, Area, Operation, Standing};
use crate::api::operations;

/// The server and a client that speaks to it.
pub(in crate::api) struct Server {
    pub(in crate::api) client: Client,
    calls: Arc<Calls>,
}

/// What a server knows.
#[derive(Default, PartialEq)]
enum Knows {
    #[default]
    Everything,
    /// Operations with two forms only in the other one.
    OtherForms,
    /// All operations, and no resource that they ask about.
    NoResource,
}

struct Calls {
    knows: Knows,
    /// Each call that was what the contract says.
    seen: Mutex<Vec<&'static str>>,
}

impl Server {
    /// Starts a server that knows everything.
    pub(in crate::api) async fn start() -> Self {
        Self::serve(Knows::Everything).await
    }

    /// Starts a server that knows operations with two forms only in the other one.
    pub(in crate::api) async fn start_with_other_forms() -> Self {
        Self::serve(Knows::OtherForms).await
    }

    /// Starts a server on which nothing is ever found.
    pub(in crate::api) async fn start_without_resources() -> Self {
        Self::serve(Knows::NoResource).await
    }

    async fn serve(knows: Knows) -> Self {
        let seen = Mutex::default();
        let calls = Arc::new(Calls { knows, seen });
        let router = Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&calls));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = BaseUrl::parse(&listener.local_addr().unwrap().to_string()).unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        let client = Client::new(base, &SecretString::from("key")).unwrap();
        Self { client, calls }
    }

    /// How often an operation was called.
    pub(in crate::api) fn times(&self, operation: &Operation) -> usize {
        let seen = self.calls.seen.lock().unwrap();
        seen.iter().filter(|id| **id == operation.id).count()
    }

    /// Checks that each operation of an area was called.
    pub(in crate::api) fn assert_called_all_of(&self, area: Area) {
        let seen = self.calls.seen.lock().unwrap();
        let missed: Vec<_> = operations::all()
            .filter(|operation| operation.area == area && !seen.contains(&operation.id))
            .map(|operation| operation.id)
            .collect();
        assert!(missed.is_empty(), "not called: {missed:?}");
    }
}

async fn answer(
    State(calls): State<Arc<Calls>>,
    method: HttpMethod,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let known = find(method.as_str(), uri.path()).filter(|operation| {
        let is_verified = matches!(operation.standing, Standing::Verified { .. });
        !(calls.knows == Knows::OtherForms && is_verified)
    });
    let Some(operation) = known else {
        return (StatusCode::NOT_FOUND, "{}").into_response();
    };
    let sent = Sent::over_http(operation, uri.query().unwrap_or_default(), &headers, &body);
    if let Err(title) = sent.check(operation) {
        let problem = json!({ "title": title }).to_string();
        return (StatusCode::BAD_REQUEST, problem).into_response();
    }
    calls.seen.lock().unwrap().push(operation.id);
    if calls.knows == Knows::NoResource {
        let problem = json!({ "type": "errors/resource_not_found" }).to_string();
        return (StatusCode::NOT_FOUND, problem).into_response();
    }
    match operation.answer {
        Answer::Bytes => ([(header::CONTENT_TYPE, "application/pdf")], "%PDF").into_response(),
        Answer::Json => answers(operation)[0].to_string().into_response(),
    }
}

/// The operation of a path; of several the one with the fewest placeholders.
fn find(method: &str, path: &str) -> Option<&'static Operation> {
    let fits = |operation: &&Operation| {
        let (mut given, mut wanted) = (path.split('/'), operation.path.split('/'));
        operation.method.as_str() == method
            && path.split('/').count() == operation.path.split('/').count()
            && given.all(|given| {
                let wanted = wanted.next().unwrap();
                wanted == given || wanted.starts_with('{')
            })
    };
    operations::all()
        .filter(fits)
        .min_by_key(|operation| operation.path.matches('{').count())
}
