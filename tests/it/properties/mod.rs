//! What holds for any input: whatever a server answers, and however a walk over pages is disturbed. The random choices
//! are the same in every run.

mod damage;
mod merge;
mod nonsense;
mod threads;
mod walks;

use std::sync::{Arc, Mutex};

use onebox::api::Client;
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use tokio::runtime::Runtime;

use crate::support::script::{Script, answer};

/// Tries so many values of a strategy.
fn hold<S: Strategy>(cases: u32, values: &S, test: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    runner
        .run(values, test)
        .unwrap_or_else(|error| panic!("{error}"));
}

/// A client whose server answers with what it is given.
struct Line {
    runtime: Runtime,
    client: Client,
    body: Arc<Mutex<Vec<u8>>>,
}

impl Line {
    fn open() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let body = Arc::<Mutex<Vec<u8>>>::default();
        let given = Arc::clone(&body);
        let server = runtime.block_on(Script::open(move |_| {
            let headers = [("content-type", "application/json")];
            answer("200 OK", &headers, &given.lock().unwrap())
        }));
        let client = crate::support::client(&server.url, "key");
        Self {
            runtime,
            client,
            body,
        }
    }

    /// What a call makes of a body.
    fn ask<T>(&self, body: Vec<u8>, call: impl AsyncFnOnce(&Client) -> T) -> T {
        *self.body.lock().unwrap() = body;
        self.runtime.block_on(call(&self.client))
    }
}
