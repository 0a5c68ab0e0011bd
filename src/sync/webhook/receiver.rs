//! The server on this machine that deliveries are posted to.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, Response, StatusCode, header};
use futures_util::StreamExt as _;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::door::Door;
use super::line::Gate;
use super::memory::Memory;
use crate::api::webhooks::read_delivery;
use crate::model::delivery::Delivery;

/// How much is taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiverLimits {
    /// Deliveries that wait for somebody to look at them; what comes later is lost and counted.
    pub waiting: usize,
    /// Connections at a time.
    pub connections: usize,
    /// How long a connection may go without an answer.
    pub patience: Duration,
    /// The largest delivery that is read, in bytes.
    pub body: usize,
    /// Things whose last delivery is remembered.
    pub remembered: usize,
}

impl Default for ReceiverLimits {
    fn default() -> Self {
        Self {
            waiting: 256,
            connections: 64,
            patience: Duration::from_secs(15),
            body: 1 << 20,
            remembered: 4_096,
        }
    }
}

/// What has come so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Passed on.
    pub accepted: u64,
    /// Without the secret, or at another address.
    pub refused: u64,
    /// Delivered before.
    pub repeated: u64,
    /// Lost: too many were waiting, or it was too large, or it could not be read.
    pub missed: u64,
}

/// Why the receiver did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(
        "Webhooks cannot be received at {address}: {source}. Choose another `listen` address in [webhooks]; until then onebox asks the server from time to time."
    )]
    Bind {
        address: SocketAddr,
        #[source]
        source: std::io::Error,
    },
    #[error("Webhooks are off: the system gives no random numbers for their secret.")]
    NoRandom,
}

/// A running receiver. Dropping it stops it.
#[derive(Debug)]
pub struct Receiver {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
    stop: DropGuard,
    hang_up: DropGuard,
}

/// What all connections share.
#[derive(Debug)]
struct Shared {
    door: Door,
    limit: usize,
    memory: Mutex<Memory>,
    queue: mpsc::Sender<Delivery>,
    missing: AtomicBool,
    accepted: AtomicU64,
    refused: AtomicU64,
    repeated: AtomicU64,
    missed: AtomicU64,
}

/// How long requests under way may still take when the receiver stops.
const FAREWELL: Duration = Duration::from_secs(1);

impl Receiver {
    /// Starts to listen; a port of 0 takes any free one. Deliveries come out of the other end of the queue.
    pub async fn start(listen: SocketAddr) -> Result<(Self, mpsc::Receiver<Delivery>), StartError> {
        Self::start_with(listen, ReceiverLimits::default()).await
    }

    /// The same with other limits than the usual ones.
    pub async fn start_with(
        listen: SocketAddr,
        limits: ReceiverLimits,
    ) -> Result<(Self, mpsc::Receiver<Delivery>), StartError> {
        let failed = |source| StartError::Bind {
            address: listen,
            source,
        };
        let door = Door::new().map_err(|_| StartError::NoRandom)?;
        let listener = TcpListener::bind(listen).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let (queue, deliveries) = mpsc::channel(limits.waiting.max(1));
        let shared = Arc::new(Shared {
            door,
            limit: limits.body,
            memory: Mutex::new(Memory::new(limits.remembered)),
            queue,
            missing: AtomicBool::new(false),
            accepted: AtomicU64::new(0),
            refused: AtomicU64::new(0),
            repeated: AtomicU64::new(0),
            missed: AtomicU64::new(0),
        });
        let (stop, hang_up) = (CancellationToken::new(), CancellationToken::new());
        let gate = Gate::new(
            listener,
            limits.connections,
            limits.patience,
            hang_up.clone(),
        );
        let router = Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&shared));
        let server =
            axum::serve(gate, router).with_graceful_shutdown(stop.clone().cancelled_owned());
        let task = tokio::spawn(async move {
            if let Err(error) = server.await {
                tracing::error!(%error, "webhooks are not received any more");
            }
        });
        let receiver = Self {
            address,
            shared,
            task,
            stop: stop.drop_guard(),
            hang_up: hang_up.drop_guard(),
        };
        Ok((receiver, deliveries))
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn counts(&self) -> Counts {
        let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
        Counts {
            accepted: read(&self.shared.accepted),
            refused: read(&self.shared.refused),
            repeated: read(&self.shared.repeated),
            missed: read(&self.shared.missed),
        }
    }

    /// Whether a delivery was lost since this was last asked, so that the server should be asked for what is new.
    pub fn take_missed(&self) -> bool {
        self.shared.missing.swap(false, Ordering::AcqRel)
    }

    /// Stops listening. Requests under way get a moment, not more.
    pub async fn stop(self) {
        let Self {
            mut task,
            stop,
            hang_up,
            ..
        } = self;
        drop(stop);
        let ended = tokio::time::timeout(FAREWELL, &mut task).await.is_ok();
        drop(hang_up);
        if !ended {
            // Connections notice at once that they are cut; there is nothing to be done about a panic in one.
            let _ = task.await;
        }
    }

    pub(super) fn door(&self) -> &Door {
        &self.shared.door
    }
}

/// Answers every request there is. It never waits for anybody but the one who posts.
async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response<Body> {
    let (head, body) = request.into_parts();
    let known = shared.door.opens(head.uri.path(), &head.headers);
    if !known || head.method != Method::POST {
        return shared.refuse(StatusCode::NOT_FOUND);
    }
    let body = match collect(body, shared.limit).await {
        Ok(body) => body,
        Err(Uncollected::Flood) => return shared.refuse(StatusCode::PAYLOAD_TOO_LARGE),
        Err(Uncollected::Cut) => return closing(StatusCode::BAD_REQUEST),
    };
    let kind = head.headers.get(header::CONTENT_TYPE);
    match body {
        Some(body) => shared.take(kind.and_then(|kind| kind.to_str().ok()), &body),
        None => shared.miss(),
    }
    Response::new(Body::empty())
}

/// Why a body is not there.
enum Uncollected {
    Flood,
    Cut,
}

/// So many times the limit are read and thrown away: a mail may be large, and refusing it only brings it again.
const THROWN_AWAY: usize = 32;

/// Reads a body; `None` is one that is larger than the limit.
async fn collect(body: Body, limit: usize) -> Result<Option<Vec<u8>>, Uncollected> {
    let (mut kept, mut length) = (Vec::new(), 0_usize);
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| Uncollected::Cut)?;
        length = length.saturating_add(piece.len());
        if length > limit.saturating_mul(THROWN_AWAY) {
            return Err(Uncollected::Flood);
        }
        if length <= limit {
            kept.extend_from_slice(&piece);
        } else {
            kept = Vec::new();
        }
    }
    Ok((length <= limit).then_some(kept))
}

/// Says no and hangs up, whatever else there was to come.
fn closing(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

impl Shared {
    fn refuse(&self, status: StatusCode) -> Response<Body> {
        self.refused.fetch_add(1, Ordering::Relaxed);
        closing(status)
    }

    /// Passes a delivery on, unless it has been here before. One that cannot be read is not worth a repetition either.
    fn take(&self, kind: Option<&str>, body: &[u8]) {
        let delivery = match read_delivery(kind, body) {
            Ok(delivery) => delivery,
            Err(error) => {
                tracing::warn!(%error, "something that was reported cannot be read");
                return self.miss();
            }
        };
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        let print = memory.print(&delivery, body);
        if memory.is_known(print) {
            self.repeated.fetch_add(1, Ordering::Relaxed);
        } else if self.queue.try_send(delivery).is_ok() {
            memory.keep(print);
            self.accepted.fetch_add(1, Ordering::Relaxed);
        } else {
            self.miss();
        }
    }

    fn miss(&self) {
        self.missed.fetch_add(1, Ordering::Relaxed);
        self.missing.store(true, Ordering::Release);
    }
}
