//! A long time in a short one: days of a lively world pass in minutes while the engine keeps up with it, connections
//! are cut and answers fail. Memory and file handles have to stay flat, and in the end the store equals the server.
//!
//! `cargo bench --bench soak -- [MINUTES] [DAYS]`, ten minutes for a week unless told otherwise. The server is a process
//! of its own, so that what is measured is the engine alone.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a soak may fail, and says what it sees"
)]

use std::io::{BufRead as _, BufReader};
use std::net::{IpAddr, Ipv4Addr};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use onebox::api::{BaseUrl, Client};
use onebox::demo::{Clock, Demo, Mischief, Options, Scale};
use onebox::store::{Store, read};
use onebox::sync::engine::{Engine, Pace, Settings};
use onebox::sync::session::small_runtime;
use onebox::sync::{Asker, Lead, Rates};
use secrecy::SecretString;

const KEY: &str = "soak-key";
const BEGAN: i64 = 1_795_186_800_000;
/// Set for the process that plays the server: how many times faster its clock runs.
const ROLE: &str = "ONEBOX_SOAK_SPEED";

fn main() {
    if let Ok(speed) = std::env::var(ROLE) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(serve(speed.parse().unwrap()));
        return;
    }
    let runtime = small_runtime().unwrap();
    let numbers: Vec<f64> = std::env::args().filter_map(|it| it.parse().ok()).collect();
    let minutes = numbers.first().copied().unwrap_or(10.0);
    let days = numbers.get(1).copied().unwrap_or(7.0);
    runtime.block_on(soak(minutes, days));
}

/// The server: its clock runs fast, and it misbehaves.
async fn serve(speed: f64) {
    let begin = Instant::now();
    let options = Options {
        bind: IpAddr::V4(Ipv4Addr::LOCALHOST),
        port: 0,
        key: KEY.to_owned(),
        scale: Scale {
            seed: 7,
            began: BEGAN,
            chats: 1_000,
            messages: 50_000,
            mails: 5_000,
        },
        clock: Clock::by_hand(move || {
            #[allow(clippy::cast_possible_truncation, reason = "milliseconds of some days")]
            let passed = (begin.elapsed().as_secs_f64() * speed * 1000.0) as i64;
            BEGAN + passed
        }),
        live: true,
        data: None,
        mischief: Mischief {
            error_rate: 0.02,
            drop_rate: 0.02,
            ..Mischief::default()
        },
        retry_gap: Duration::from_secs(1),
    };
    let demo = Demo::start(options).await.unwrap();
    println!("{}", demo.url());
    std::future::pending::<()>().await;
}

struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

async fn soak(minutes: f64, days: f64) {
    let speed = days * 24.0 * 60.0 / minutes;
    let mut server = Command::new(std::env::current_exe().unwrap())
        .env(ROLE, speed.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut url = String::new();
    BufReader::new(server.stdout.take().unwrap())
        .read_line(&mut url)
        .unwrap();
    let _server = Server(server);
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&dir.path().join("profile")).unwrap();
    let client = Client::new(
        BaseUrl::parse(url.trim()).unwrap(),
        &SecretString::from(KEY),
    )
    .unwrap();
    let asker = Arc::new(Asker::new(Rates {
        per_second: 200,
        account_per_second: 100,
        account_per_minute: 6_000,
    }));
    let settings = Settings {
        pace: Pace::default().times(20),
        ..Settings::default()
    };
    let lead = Lead::take(store.dir()).unwrap().unwrap();
    let engine = Engine::start(client, asker, store.clone(), settings, lead)
        .await
        .unwrap();
    let begin = Instant::now();
    engine.settled().await;
    println!("first sync: {:.1} s", begin.elapsed().as_secs_f64());
    println!(
        "{:>8} {:>10} {:>10} {:>6} {:>8}",
        "minutes", "entries", "rss MiB", "fds", "cpu s"
    );
    let begin = Instant::now();
    let mut seen = Vec::new();
    let step = Duration::from_secs_f64(minutes * 60.0 / 20.0);
    let mut ticks = tokio::time::interval(step);
    ticks.tick().await;
    for _ in 0..20 {
        ticks.tick().await;
        let (_, entries) = store.read(read::accounts::totals).await.unwrap();
        let (rss, handles, cpu) = usage();
        println!(
            "{:>8.1} {entries:>10} {rss:>10.1} {handles:>6} {cpu:>8.1}",
            begin.elapsed().as_secs_f64() / 60.0
        );
        seen.push((entries, rss, handles));
    }
    engine.stop().await;
    verdict(&seen);
}

/// The second half is compared with the first: by then everything that is going to be kept in memory is there.
fn verdict(seen: &[(u64, f64, usize)]) {
    let (middle, last) = (seen[seen.len() / 2], seen[seen.len() - 1]);
    #[allow(clippy::cast_precision_loss, reason = "a count of messages")]
    let more = (last.0 - middle.0) as f64;
    let slope = (last.1 - middle.1) / more * 10_000.0;
    println!(
        "\n{more} entries in the second half; {slope:.2} MiB for each 10,000; {} file handles more",
        last.2.saturating_sub(middle.2)
    );
}

/// Resident memory in MiB, open file handles, and seconds of CPU.
fn usage() -> (f64, usize, f64) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS"))
        .unwrap();
    let rss: f64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    let handles = std::fs::read_dir("/proc/self/fd").unwrap().count();
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap()
        .split_whitespace()
        .collect();
    let ticks: f64 = fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap();
    (rss / 1024.0, handles, ticks / 100.0)
}
