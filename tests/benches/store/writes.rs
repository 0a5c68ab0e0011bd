//! What the engine writes: pages of 250 messages, on top of all that is there.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use onebox::model::message::Message;
use onebox::store::Store;

use crate::build::{apply_page, insert_page, open_floor};
use crate::world::{PAGE, World};

/// What brings a page.
type Pages = fn(World, usize) -> Vec<Message>;
/// Pages that are written of each kind.
const PAGES: usize = 80;

/// Writes history and news into copies of the store and of the floor, and prints both rates.
pub fn measure(root: &Path, world: World) {
    let scratch = copied(root);
    let store = Store::open(&scratch.join("store")).unwrap();
    let mut floor = open_floor(&scratch);
    let kinds: [(&str, Pages); 2] = [
        ("history", |world, nth| world.page(world.pages() + nth)),
        ("news", |world, nth| world.news(nth)),
    ];
    for (kind, pages) in kinds {
        let (mut ours, mut least) = (Duration::ZERO, Duration::ZERO);
        // Turn by turn, so that whatever else the machine does hits both.
        for nth in 0..PAGES {
            let page = pages(world, nth);
            let begun = Instant::now();
            insert_page(&mut floor, &page, nth * PAGE);
            least += begun.elapsed();
            let begun = Instant::now();
            apply_page(&store, page);
            ours += begun.elapsed();
        }
        let rate = |time: Duration| (PAGES * PAGE) as f64 / time.as_secs_f64();
        println!(
            "{kind} on top of {}: {:.0} messages/s, the floor {:.0}/s: {:.2} ×",
            world.messages,
            rate(ours),
            rate(least),
            rate(least) / rate(ours)
        );
    }
    drop(store);
    let _ = fs::remove_dir_all(scratch);
}

fn copied(root: &Path) -> PathBuf {
    let scratch = root.with_extension("scratch");
    let _ = fs::remove_dir_all(&scratch);
    fs::create_dir_all(scratch.join("store")).unwrap();
    for file in fs::read_dir(root)
        .unwrap()
        .chain(fs::read_dir(root.join("store")).unwrap())
    {
        let path = file.unwrap().path();
        if path.is_file() {
            fs::copy(&path, scratch.join(path.strip_prefix(root).unwrap())).unwrap();
        }
    }
    scratch
}
