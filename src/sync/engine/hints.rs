//! What a report of the server makes the engine look at. Reports can come late, twice or forged: they only say where to
//! look, and the API says what is there.

use super::schedule::{Job, Kind};
use crate::model::delivery::Delivery;
use crate::model::webhook::WebhookEvent;

/// The jobs that find out about a report.
pub fn jobs(delivery: &Delivery) -> Vec<Job> {
    match delivery {
        Delivery::Message(it) => {
            let one = Job::Message(it.account.clone(), it.message.clone());
            match it.event {
                WebhookEvent::MessageReceived => {
                    // The chat counts what is unread.
                    vec![
                        one,
                        Job::Chats(it.account.clone()),
                        Job::News(it.account.clone(), Kind::Chats),
                    ]
                }
                WebhookEvent::MessageRead => vec![one, Job::Chats(it.account.clone())],
                _ => vec![one],
            }
        }
        Delivery::Mail(it) => vec![Job::Mail(it.account.clone(), it.email.clone())],
        Delivery::Account(_) | Delivery::Linked(_) => vec![Job::Accounts],
        Delivery::Relation(it) => vec![Job::People(it.account.clone())],
        Delivery::Tracking(_) | Delivery::Calendar(_) | Delivery::Other(_) => Vec::new(),
    }
}
