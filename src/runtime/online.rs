//! The server, for what the user asks for by hand: through the same door and budget as all the rest.

use std::sync::Arc;

use crate::api::Client;
use crate::sync::{Asker, Rates};

/// The server.
#[derive(Debug, Clone)]
pub struct Online {
    pub client: Client,
    pub asker: Arc<Asker>,
}

impl Online {
    pub fn new(client: Client, rates: Rates) -> Self {
        Self {
            client,
            asker: Arc::new(Asker::new(rates)),
        }
    }
}
