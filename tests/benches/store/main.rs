//! How long the store takes.
#![allow(clippy::unwrap_used, reason = "a bench may fail")]
mod build;
mod world;
use world::World;

fn main() {
    let small = World {
        chats: 100,
        messages: 10_000,
    };
    let large = World {
        chats: 10_000,
        messages: 1_000_000,
    };
    let t = std::time::Instant::now();
    build::built(small);
    eprintln!("small {:?}", t.elapsed());
    if std::env::args().nth(1).as_deref() == Some("small") {
        return;
    }
    build::built(large);
    eprintln!("large {:?}", t.elapsed());
}
