//! Webhooks: who wants to hear of what.

use serde::{Deserialize, Serialize};

/// Somebody who wants to hear of events.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::demo) struct Webhook {}
