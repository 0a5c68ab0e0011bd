//! However the screen ends, the terminal is as it was before.

use super::inbox;
use crate::support::demo;

#[tokio::test(flavor = "multi_thread")]
async fn quitting_and_being_stopped_give_the_terminal_back_as_it_was() {
    let demo = demo().await;
    for way in ["q", "TERM", "HUP"] {
        let folder = tempfile::tempdir().unwrap();
        let mut terminal = inbox(&demo, &folder, (100, 30));
        terminal.see("All inboxes");
        terminal.until("conversations", |screen| {
            screen.contents().contains("Needs")
        });
        match way {
            "q" => terminal.press("q"),
            signal => terminal.signal(signal),
        }
        let ended = terminal.end();
        assert_eq!(ended.left_on, Vec::<String>::new(), "{way}");
        assert_eq!(ended.code, 0, "{way}");
        // Who did not leave by themselves is told where to look.
        let told = ended.contents.contains("onebox.log");
        assert_eq!(told, way != "q", "{way}: {}", ended.contents);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_screen_follows_every_size_of_the_terminal() {
    let demo = demo().await;
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = inbox(&demo, &folder, (120, 36));
    terminal.see("All inboxes");
    for (columns, rows) in [(200, 60), (80, 24), (60, 20), (40, 12), (40, 10)] {
        terminal.resize(columns, rows);
        terminal.until(&format!("a frame of {columns} x {rows}"), |screen| {
            let lines: Vec<String> = screen.rows(0, columns).collect();
            let last = lines
                .get(usize::from(rows) - 2)
                .cloned()
                .unwrap_or_default();
            last.trim_end().ends_with('╯')
                && last.trim_end().chars().count() == usize::from(columns)
        });
    }
    terminal.resize(30, 8);
    terminal.see("onebox needs 40 x 10");
    terminal.resize(120, 36);
    terminal.see("All inboxes");
    terminal.press("q");
    assert_eq!(terminal.end().code, 0);
}
