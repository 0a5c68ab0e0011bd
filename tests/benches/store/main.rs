//! How long the store takes, out of a small inbox and out of one with a million messages: to open, to list, to page, to
//! search, to write. Each stands beside its floor, which is bare rusqlite on the least schema that could do the same, in
//! the same run; docs/benchmarks.md has the figures.
#![allow(clippy::unwrap_used, reason = "a bench may fail")]
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "figures are what a bench is for"
)]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::indexing_slicing,
    reason = "numbers of an invented world are small"
)]

mod build;
mod reads;
mod world;
mod writes;

use std::path::Path;
use std::time::{Duration, Instant};

use world::World;

const SMALL: World = World {
    chats: 100,
    messages: 10_000,
};
const LARGE: World = World {
    chats: 10_000,
    messages: 1_000_000,
};

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|it| it != "--bench")
        .collect();
    if let [first, root] = &arguments[..]
        && first == "--memory-of"
    {
        return reads::memory(Path::new(root));
    }
    // As for every bench: only what has one of the given words in its name.
    let wanted =
        |name: &str| arguments.is_empty() || arguments.iter().any(|it| name.contains(it.as_str()));
    let (small, large) = (build::built(SMALL), build::built(LARGE));
    println!(
        "{:34} {:>10} {:>10} {:>10}   beside",
        "", "floor", "10,000", "1,000,000"
    );
    for measure in reads::MEASURES.iter().filter(|it| wanted(it.name)) {
        let floor = (measure.floor)(&large, LARGE);
        let of_small = (measure.ours)(&small, SMALL);
        let of_large = (measure.ours)(&large, LARGE);
        line(measure.name, floor, of_small, of_large);
    }
    if wanted("memory") {
        memory("10,000", &small);
        memory("1,000,000", &large);
    }
    if wanted("writes") {
        writes::measure(&small, SMALL);
        writes::measure(&large, LARGE);
    }
}

fn line(name: &str, floor: Duration, small: Duration, large: Duration) {
    let ms = |time: Duration| format!("{:.3} ms", time.as_secs_f64() * 1e3);
    let times = |a: Duration, b: Duration| a.as_secs_f64() / b.as_secs_f64();
    println!(
        "{name:34} {:>10} {:>10} {:>10}   {:.1} × the floor, {:.1} × the small one",
        ms(floor),
        ms(small),
        ms(large),
        times(large, floor),
        times(large, small)
    );
}

/// What a process needs that does all reads, in its own process.
fn memory(name: &str, root: &Path) {
    let program = std::env::current_exe().unwrap();
    let output = std::process::Command::new(program)
        .arg("--memory-of")
        .arg(root)
        .output()
        .unwrap();
    print!(
        "memory, {name}: {}",
        String::from_utf8_lossy(&output.stdout)
    );
}

/// The middle of many times that something takes.
pub fn median(mut work: impl FnMut(usize)) -> Duration {
    const RUNS: usize = 101;
    work(0);
    let mut times: Vec<Duration> = (1..=RUNS)
        .map(|nth| {
            let begun = Instant::now();
            work(nth);
            begun.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[RUNS / 2]
}
