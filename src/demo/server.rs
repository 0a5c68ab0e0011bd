//! Speaks HTTP: checks the key, asks the areas, writes answers.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, RawPathParams, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use axum::routing::{MethodFilter, on};
use subtle::ConstantTimeEq as _;
use tokio::net::TcpListener;
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::aftermath;
use super::deliver::Deliverer;
use super::incoming::{Door, read};
use super::line::{Lines, Scissors};
use super::live;
use super::mischief::{Fate, Fates, Mischief};
use super::news::{self, About, News};
use super::post::{self, Line};
use super::problem::Problem;
use super::reply::{Reply, ReplyBody};
use super::routes::{self, Handler};
use super::save::{self, SaveError, Shelf};
use super::seed::{self, BadText, Scale};
use super::world::World;

/// How to run the server.
#[derive(Debug, Clone)]
pub struct Options {
    pub bind: IpAddr,
    /// 0 takes any free port.
    pub port: u16,
    pub key: String,
    pub scale: Scale,
    pub clock: Clock,
    /// Whether things happen by themselves.
    pub live: bool,
    /// Where the world is kept; nowhere when absent.
    pub data: Option<PathBuf>,
    pub mischief: Mischief,
    /// The gap before a webhook that failed is sent again; each further gap is twice as long.
    pub retry_gap: Duration,
}

/// Where the server takes the time from.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> i64 + Send + Sync>);

impl Clock {
    /// The clock of the machine.
    pub fn system() -> Self {
        Self(Arc::new(|| jiff::Timestamp::now().as_millisecond()))
    }

    /// A clock that somebody else turns, in milliseconds.
    pub fn by_hand(read: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self(Arc::new(read))
    }

    pub(super) fn now(&self) -> i64 {
        (self.0)()
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Clock").finish()
    }
}

/// Why the server did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("The address {address} cannot be used: {source}. Choose another port with --port.")]
    Bind {
        address: SocketAddr,
        #[source]
        source: std::io::Error,
    },
    #[error(transparent)]
    World(#[from] BadText),
    #[error(transparent)]
    Save(#[from] SaveError),
}

/// A running server. Dropping it stops it.
#[derive(Debug)]
pub struct Demo {
    address: SocketAddr,
    shared: Arc<Shared>,
    stop: CancellationToken,
    tasks: TaskTracker,
}

/// What all requests share.
#[derive(Debug)]
pub(super) struct Shared {
    world: Mutex<World>,
    key: String,
    origin: String,
    clock: Clock,
    fates: Fates,
    deliver: Deliverer,
    news: broadcast::Sender<News>,
    stop: CancellationToken,
}

impl Shared {
    /// The world at this moment.
    pub(super) fn world(&self) -> MutexGuard<'_, World> {
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        world.now = self.clock.now();
        world
    }

    /// Passes on what has happened, while the world is held, so that everybody hears of it in order.
    pub(super) fn tell(&self, world: &mut World) {
        for event in std::mem::take(&mut world.events) {
            for post in post::of(world, &event) {
                self.deliver.push(post);
            }
            if let Some(news) = news::of(world, &event) {
                // Nobody may be listening, which is fine.
                let _ = self.news.send(news);
            }
        }
        let gone = |at: u32| world.webhooks.get(at as usize).is_none_or(|hook| hook.gone);
        self.deliver
            .forget(|line| matches!(line, Line::Webhook(at) if gone(*at)));
    }
}

impl Demo {
    /// Makes the world and starts to listen.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let Options {
            bind,
            port,
            key,
            scale,
            clock,
            live,
            data,
            mischief,
            retry_gap,
        } = options;
        let shelf = data.as_deref().map(Shelf::open).transpose()?;
        let kept = shelf.clone();
        let seed = scale.seed;
        let made = tokio::task::spawn_blocking(move || match &kept {
            Some(shelf) => shelf.load(&scale).map_err(StartError::from),
            None => seed::world(&scale).map_err(StartError::from),
        });
        let mut world = made
            .await
            .unwrap_or_else(|error| Err(BadText::new("", "", error).into()))?;
        world.now = clock.now();
        if live {
            live::begin(&mut world);
        }
        let address = SocketAddr::new(bind, port);
        let failed = |source| StartError::Bind { address, source };
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let origin = format!("http://{address}");
        let fates = Fates::new(mischief, seed);
        let stop = CancellationToken::new();
        let tasks = TaskTracker::new();
        let deliver = Deliverer::new(retry_gap, stop.clone(), tasks.clone());
        let news = broadcast::Sender::new(256);
        let shared = Arc::new(Shared {
            world: Mutex::new(world),
            key,
            origin,
            clock,
            fates,
            deliver,
            news,
            stop: stop.clone(),
        });
        let service = router(Arc::clone(&shared)).into_make_service_with_connect_info::<Scissors>();
        let server = axum::serve(Lines(listener), service)
            .with_graceful_shutdown(stop.clone().cancelled_owned());
        tasks.spawn(async move {
            if let Err(error) = server.await {
                tracing::error!(%error, "the embedded server stopped");
            }
        });
        tasks.spawn(tend(Arc::clone(&shared), shelf, stop.clone()));
        Ok(Self {
            address,
            shared,
            stop,
            tasks,
        })
    }

    /// Where the server is reached.
    pub fn url(&self) -> &str {
        &self.shared.origin
    }

    /// The key that requests must bring.
    pub fn key(&self) -> &str {
        &self.shared.key
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What happens in the world from now on.
    pub fn news(&self) -> broadcast::Receiver<News> {
        self.shared.news.subscribe()
    }

    /// How much there is in the world.
    pub fn about(&self) -> About {
        About::of(&self.shared.world())
    }

    /// Stops listening and waits for requests under way.
    pub async fn stop(self) {
        self.stop.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// How often the world is looked after.
const TICK: Duration = Duration::from_millis(200);
/// Ticks between two savings.
const SAVE_EVERY: u32 = 10;

/// Lets the world move on, and keeps it.
async fn tend(shared: Arc<Shared>, shelf: Option<Shelf>, stop: CancellationToken) {
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut saved = shared.world().version;
    for count in 1_u32.. {
        let last = tokio::select! {
            () = stop.cancelled() => true,
            _ = ticks.tick() => false,
        };
        let text = {
            let mut world = shared.world();
            live::advance(&mut world);
            shared.tell(&mut world);
            let due = last || count % SAVE_EVERY == 0;
            let changed = due && shelf.is_some() && world.version != saved;
            saved = if changed { world.version } else { saved };
            changed.then(|| save::text(&world))
        };
        if let (Some(text), Some(shelf)) = (text, shelf.clone()) {
            let stored = tokio::task::spawn_blocking(move || shelf.store(&text)).await;
            if let Ok(Err(error)) = stored {
                tracing::error!(%error, "the world could not be saved");
            }
        }
        if last {
            return;
        }
    }
}

/// All routes, nearly all behind the check of the key.
pub(super) fn router(shared: Arc<Shared>) -> Router {
    let mut router = Router::new();
    let doors = routes::all().map(|route| (route, Door::Key));
    let pages = routes::pages().map(|route| (route, Door::Open));
    for ((method, path, handler), door) in doors.chain(pages) {
        let filter = match *method {
            "POST" => MethodFilter::POST,
            "PUT" => MethodFilter::PUT,
            "PATCH" => MethodFilter::PATCH,
            "DELETE" => MethodFilter::DELETE,
            _ => MethodFilter::GET,
        };
        let handler = *handler;
        let answer = move |State(shared): State<Arc<Shared>>,
                           parts: RawPathParams,
                           request: Request| async move {
            answer(&shared, handler, door, &parts, request).await
        };
        router = router.route(path, on(filter, answer));
    }
    router
        .fallback(unknown)
        .method_not_allowed_fallback(unknown)
        .with_state(shared)
}

async fn unknown(State(shared): State<Arc<Shared>>, request: Request) -> Response<Body> {
    if let Err(problem) = check_key(&shared, request.headers()) {
        return write(Err(problem));
    }
    write(Err(Problem::no_route(
        request.method().as_str(),
        request.uri().path(),
    )))
}

async fn answer(
    shared: &Shared,
    handler: Handler,
    door: Door,
    parts: &RawPathParams,
    request: Request,
) -> Response<Body> {
    if door == Door::Key
        && let Err(problem) = check_key(shared, request.headers())
    {
        return write(Err(problem));
    }
    if let Some(delay) = shared.fates.delay() {
        tokio::time::sleep(delay).await;
    }
    let writes = request.method() == Method::POST;
    let scissors = request.extensions().get::<ConnectInfo<Scissors>>().cloned();
    let fate = match door {
        Door::Key => shared.fates.of(shared.clock.now(), writes),
        Door::Open => Fate::Answer(None),
    };
    let aftermath = match fate {
        Fate::Answer(aftermath) => aftermath,
        Fate::Lose => {
            if let Some(ConnectInfo(scissors)) = scissors {
                scissors.cut();
            }
            return Response::new(Body::empty());
        }
        Fate::Refuse(problem, wait) => return refuse(problem, wait),
        Fate::Page => {
            let page =
                "<!doctype html><title>502 Bad Gateway</title><h1>502 Bad Gateway</h1>".to_owned();
            return write(Ok(Reply {
                status: 502,
                body: ReplyBody::Html(page),
            }));
        }
    };
    let ask = match read(&shared.origin, door, parts, request).await {
        Ok(ask) => ask,
        Err(problem) => return write(Err(problem)),
    };
    let answer = {
        let mut world = shared.world();
        live::advance(&mut world);
        let answer = handler(&mut world, &ask);
        shared.tell(&mut world);
        answer
    };
    let mut response = match aftermath {
        None => write(answer),
        Some(aftermath) => {
            let scissors = scissors.map(|ConnectInfo(scissors)| scissors);
            aftermath::befall(aftermath, answer, scissors, &shared.stop).await
        }
    };
    // The clock of the world is the server's clock.
    if let Ok(now) = jiff::Timestamp::from_millisecond(shared.clock.now())
        && let Ok(date) =
            jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&now)
        && let Ok(date) = HeaderValue::from_str(&date)
    {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

fn refuse(problem: Problem, wait: Option<u64>) -> Response<Body> {
    let mut response = write(Err(problem));
    if let Some(seconds) = wait {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn check_key(shared: &Shared, headers: &HeaderMap) -> Result<(), Problem> {
    let given = headers
        .get("x-api-key")
        .map(HeaderValue::as_bytes)
        .unwrap_or_default();
    if bool::from(given.ct_eq(shared.key.as_bytes())) {
        Ok(())
    } else {
        Err(Problem::no_key())
    }
}

pub(super) fn write(answer: Result<Reply, Problem>) -> Response<Body> {
    let (status, kind, body) = match answer {
        Ok(Reply {
            status,
            body: ReplyBody::Json(value),
        }) => (
            status,
            "application/json".to_owned(),
            Body::from(value.to_string()),
        ),
        Ok(Reply {
            status,
            body: ReplyBody::Bytes { bytes, mime },
        }) => (status, mime, Body::from(bytes)),
        Ok(Reply {
            status,
            body: ReplyBody::Html(page),
        }) => (
            status,
            "text/html; charset=utf-8".to_owned(),
            Body::from(page),
        ),
        Err(problem) => (
            problem.status,
            "application/json".to_owned(),
            Body::from(problem.body().to_string()),
        ),
    };
    let mut response = Response::new(body);
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let Ok(kind) = HeaderValue::from_str(&kind) {
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    response
}
