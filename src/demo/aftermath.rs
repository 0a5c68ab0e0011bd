//! What becomes of answers to requests that have taken effect: the mischief that makes people send things twice.

use std::io;
use std::time::Duration;

use axum::body::Body;
use axum::http::Response;
use futures_util::stream;
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use super::line::Scissors;
use super::mischief::Aftermath;
use super::problem::Problem;
use super::reply::{Reply, ReplyBody};
use super::server::write;

/// Nobody waits longer for an answer that does not come.
const SILENCE: Duration = Duration::from_secs(600);

pub(super) async fn befall(
    what: Aftermath,
    answer: Result<Reply, Problem>,
    scissors: Option<Scissors>,
    stop: &CancellationToken,
) -> Response<Body> {
    // A refusal has taken no effect and stays what it is.
    let Ok(reply) = answer else {
        return write(answer);
    };
    let cut = || {
        if let Some(scissors) = &scissors {
            scissors.cut();
        }
    };
    match what {
        Aftermath::Cut => {
            cut();
            write(Ok(reply))
        }
        Aftermath::CutOff => {
            let text = match &reply.body {
                ReplyBody::Json(value) => value.to_string(),
                ReplyBody::Html(_) | ReplyBody::Bytes { .. } => String::new(),
            };
            let half: String = text.chars().take(text.chars().count() / 2).collect();
            let mut response = write(Ok(reply));
            let pieces = [
                Ok(half),
                Err(io::Error::from(io::ErrorKind::ConnectionReset)),
            ];
            *response.body_mut() = Body::from_stream(stream::iter(pieces));
            response
        }
        Aftermath::Status(status) => write(Err(Problem::new(
            status,
            "unexpected_error",
            "Unexpected error",
        ))),
        Aftermath::Garbage => write(Ok(Reply {
            status: reply.status,
            body: ReplyBody::Html("<html>{]".to_owned()),
        })),
        Aftermath::NoIds => write(Ok(without_ids(reply))),
        Aftermath::Silence => {
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(SILENCE) => {}
            }
            cut();
            write(Ok(reply))
        }
    }
}

fn without_ids(mut reply: Reply) -> Reply {
    if let ReplyBody::Json(Value::Object(fields)) = &mut reply.body {
        for name in ["message_id", "chat_id"] {
            if let Some(id) = fields.get_mut(name) {
                *id = Value::Null;
            }
        }
    }
    reply
}
