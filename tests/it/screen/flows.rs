//! What people do on the screen arrives at the server, and what happens there is seen on the screen.

use std::time::Duration;

use onebox::model::chat::ChatKind;

use super::desk::{Desk, THREAD};
use crate::support::terminal::Terminal;
use crate::support::weather::Storm;

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_with_a_file_arrives_byte_for_byte() {
    let desk = Desk::open().await;
    let bytes: Vec<u8> = (0..70_000_u32).map(|it| (it % 251) as u8).collect();
    std::fs::write(desk.profile.folder().join("goat-report.pdf"), &bytes).unwrap();
    let mut terminal = desk.start();
    go(&mut terminal, "Noor Khalil");
    terminal.see("That's weirdly the thing I needed");
    terminal.press("i");
    terminal.see("Write as");
    terminal.press("^O");
    terminal.see("Attach a file");
    terminal.type_in("goat");
    terminal.see("1 ");
    terminal.see("goat-report.pdf");
    terminal.press("Enter");
    terminal.miss("Attach a file");
    terminal.see("▪ goat-report.pdf");
    terminal.type_in("The goat, as promised 🐐");
    terminal.press("Enter");
    let message = desk.said("The goat, as promised 🐐").await;
    assert_eq!(desk.people_of(&message).await, ["Noor Khalil"]);
    let files = &message.attachments;
    assert_eq!(files.len(), 1, "{files:?}");
    let fetched = desk
        .client
        .get_message_attachment_bytes(&message.id, &files[0].id);
    assert_eq!(fetched.await.unwrap().0, bytes);
    terminal.miss("unsent");
    in_thread(&terminal, "The goat, as promised");
    assert_eq!(desk.times("The goat, as promised 🐐").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_offline_goes_out_once_when_the_network_is_back() {
    let desk = Desk::open().await;
    let mut terminal = desk.start();
    go(&mut terminal, "Noor Khalil");
    desk.line.set(Storm::DEAD);
    terminal.see("offline since");
    terminal.press("i");
    terminal.see("Write as");
    for words in ["Written in a tunnel", "And one more"] {
        terminal.type_in(words);
        terminal.press("Enter");
        in_thread(&terminal, words);
    }
    terminal.see("2 unsent");
    desk.line.set(Storm::default());
    terminal.miss("offline since");
    terminal.miss("unsent");
    for words in ["Written in a tunnel", "And one more"] {
        desk.said(words).await;
        assert_eq!(desk.times(words).await, 1, "{words}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_being_typed_when_it_was_killed_is_there_again() {
    let desk = Desk::open().await;
    let words = "Half a thought about";
    let mut terminal = desk.start();
    go(&mut terminal, "Noor Khalil");
    terminal.press("i");
    terminal.see("Write as");
    terminal.type_in(words);
    terminal.see(words);
    terminal.see("draft saved");
    terminal.signal("KILL");
    assert_ne!(terminal.end().code, 0);
    let mut terminal = desk.start();
    go(&mut terminal, "Noor Khalil");
    in_thread(&terminal, words);
    terminal.press("i");
    terminal.see("Write as");
    terminal.type_in(" goats");
    terminal.press("Enter");
    desk.said("Half a thought about goats").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chat_is_started_with_somebody_who_was_only_in_a_group() {
    let desk = Desk::open().await;
    let (name, before) = desk.somebody_new().await;
    let mut terminal = desk.start();
    terminal.press("c");
    terminal.see("New message");
    terminal.type_in(&name);
    terminal.until("them to be offered", |screen| {
        screen.contents().matches(&name).count() >= 2
    });
    terminal.press("Enter");
    terminal.press("Enter");
    terminal.type_in("We have not written before");
    terminal.see("We have not written before");
    terminal.press("^S");
    let message = desk.said("We have not written before").await;
    assert_eq!(desk.people_of(&message).await, [name.as_str()]);
    assert_eq!(desk.chats().await.len(), before + 1);
    in_list(&terminal, "We have not written before");
    // It is opened by itself, and the words stand in it.
    terminal.see("+ react");
    in_thread(&terminal, &name);
    in_thread(&terminal, "We have not written before");
}

#[tokio::test(flavor = "multi_thread")]
async fn brackets_show_one_account_after_the_other_alone() {
    let desk = Desk::open().await;
    let mut terminal = desk.start();
    in_list(&terminal, "Noor Khalil");
    // The first account is LinkedIn, where Noor is not.
    terminal.press("]");
    terminal.see("─ Ada Martin ─");
    not_in_list(&terminal, "Noor Khalil");
    in_list(&terminal, "Léa Fontaine");
    terminal.press("]");
    in_list(&terminal, "Noor Khalil");
    not_in_list(&terminal, "incidents");
    terminal.press("[");
    terminal.press("[");
    in_list(&terminal, "incidents");
    in_list(&terminal, "Noor Khalil");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_leads_to_the_words_in_their_conversation() {
    let desk = Desk::open().await;
    let mut terminal = desk.start();
    terminal.press("/");
    terminal.see("Words, names, files");
    terminal.type_in("\"tea and silence\"");
    terminal.see("1 hit ");
    terminal.press("Enter");
    terminal.miss("1 hit ");
    in_thread(&terminal, "mate tea and silence");
    in_thread(&terminal, "incidents");
    terminal.press("r");
    terminal.see("Reply as");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_mouse_picks_opens_scrolls_and_takes_hints() {
    let desk = Desk::open().await;
    let mut terminal = desk.start();
    in_list(&terminal, "incidents");
    click(&mut terminal, "incidents", 1);
    in_thread(&terminal, "incidents sl");
    terminal.see("x mark");
    let (column, row) = terminal.find("Noor Khalil").unwrap();
    click(&mut terminal, "Noor Khalil", 2);
    in_thread(&terminal, "Noor Khalil wa");
    terminal.see("+ react");
    for _ in 0..12 {
        terminal.wheel(column, row, true);
    }
    not_in_list(&terminal, "Family");
    for _ in 0..12 {
        terminal.wheel(column, row, false);
    }
    in_list(&terminal, "Family");
    click(&mut terminal, "/ search", 1);
    terminal.see("Words, names, files");
    terminal.press("Esc");
    terminal.miss("Words, names, files");
    click(&mut terminal, "2 Accounts", 1);
    terminal.see("conversations ·");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_arrives_meanwhile_is_seen() {
    let desk = Desk::alive().await;
    let mut terminal = desk.start();
    go(&mut terminal, "Noor Khalil");
    terminal.press("i");
    terminal.see("Write as");
    terminal.type_in("What did you decide?");
    terminal.press("Enter");
    let question = desk.said("What did you decide?").await;
    let answer = desk.answer(&question.chat_id).await;
    let beginning: String = answer.chars().take(16).collect();
    in_thread(&terminal, beginning.trim_end());
}

#[tokio::test(flavor = "multi_thread")]
async fn archiving_and_taking_it_back_ends_the_same_on_screen_and_at_the_server() {
    let desk = Desk::open().await;
    let mut terminal = desk.start();
    in_list(&terminal, "Family");
    terminal.press("e");
    not_in_list(&terminal, "Family");
    Desk::until(async || desk.chat("Family ♥", ChatKind::Group).await.archived).await;
    terminal.see("z undo");
    terminal.press("z");
    in_list(&terminal, "Family");
    Desk::until(async || !desk.chat("Family ♥", ChatKind::Group).await.archived).await;
    in_list(&terminal, "Family");
    // Taken back before the server has heard of it, nothing remains of it either.
    desk.line.set(Storm {
        latency: Duration::from_millis(300),
        ..Storm::default()
    });
    terminal.press("e");
    not_in_list(&terminal, "Family");
    terminal.press("z");
    in_list(&terminal, "Family");
    desk.line.set(Storm::default());
    terminal.press("q");
    assert_eq!(terminal.end().code, 0);
    let terminal = desk.start();
    in_list(&terminal, "Family");
    Desk::until(async || {
        desk.is_settled() && !desk.chat("Family ♥", ChatKind::Group).await.archived
    })
    .await;
    in_list(&terminal, "Family");
}

#[tokio::test(flavor = "multi_thread")]
async fn with_nothing_set_up_one_key_opens_a_living_demo() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start((120, 36), folder.path(), &[], &[]);
    terminal.see("Look around");
    terminal.see("Log in");
    terminal.press("d");
    terminal.see("All inboxes");
    in_list(&terminal, "Family");
    terminal.press("Enter");
    terminal.see("+ react");
    in_thread(&terminal, "Family");
    terminal.press("Esc");
    terminal.see("x mark");
    terminal.press("q");
    assert_eq!(terminal.end().code, 0);
}

/// Opens a conversation by its name.
fn go(terminal: &mut Terminal, name: &str) {
    terminal.see("All inboxes");
    terminal.press("^K");
    terminal.see("Go to");
    terminal.type_in(name);
    terminal.see(&format!("▌ {name}"));
    terminal.press("Enter");
    terminal.miss("Go to ");
    in_thread(terminal, name);
    terminal.see("i write");
}

fn click(terminal: &mut Terminal, text: &str, times: usize) {
    let (column, row) = terminal.find(text).unwrap();
    for _ in 0..times {
        terminal.click(column + 1, row);
    }
}

/// Waits until words are in the right pane.
#[track_caller]
pub(super) fn in_thread(terminal: &Terminal, words: &str) {
    terminal.until(&format!("`{words}` in the conversation"), |screen| {
        screen.rows(THREAD, 120).any(|row| row.contains(words))
    });
}

/// Waits until a name is in the middle pane.
#[track_caller]
pub(super) fn in_list(terminal: &Terminal, name: &str) {
    terminal.until(&format!("`{name}` in the list"), |screen| {
        listed(screen, name)
    });
}

#[track_caller]
pub(super) fn not_in_list(terminal: &Terminal, name: &str) {
    terminal.until(&format!("`{name}` to leave the list"), |screen| {
        !listed(screen, name)
    });
}

fn listed(screen: &vt100::Screen, name: &str) -> bool {
    screen.rows(24, THREAD - 24).any(|row| row.contains(name))
}
