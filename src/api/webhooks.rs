//! Webhooks: where the server reports events.
