//! Files fetched to disk.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use onebox::api::{BadAnswer, Download, Error, Limits, Result};
use tempfile::TempDir;

use super::{client, usual};
use crate::support::script::{Piece, Script, answer};

async fn fetch(
    url: &str,
    limits: Limits,
    to: &Path,
    steps: &mut Vec<(u64, Option<u64>)>,
) -> Result<Download> {
    let client = client(url, limits);
    let note = |have, all| steps.push((have, all));
    client
        .get_message_attachment(&"message".into(), &"file".into(), to, note)
        .await
}

fn names(folder: &TempDir) -> Vec<String> {
    let entries = std::fs::read_dir(folder.path()).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[tokio::test]
async fn a_file_arrives_whole_private_and_with_its_progress_told() {
    let body = vec![7; 300_000];
    let headers = [("content-type", "image/png")];
    let server = Script::always(answer("200 OK", &headers, &body)).await;
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("picture.png");
    let mut steps = Vec::new();
    let done = fetch(&server.url, Limits::default(), &to, &mut steps).await;
    let done = done.unwrap();
    assert_eq!(
        (done.bytes, done.mime.as_deref()),
        (300_000, Some("image/png"))
    );
    assert_eq!(std::fs::read(&to).unwrap(), body);
    let mode = std::fs::metadata(&to).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(steps.is_sorted());
    assert_eq!(steps.last(), Some(&(300_000, Some(300_000))));
    assert_eq!(names(&folder), ["picture.png"]);
}

#[tokio::test]
async fn a_file_that_is_there_is_never_replaced() {
    let server = Script::always(answer("200 OK", &[], b"new")).await;
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("notes.txt");
    std::fs::write(&to, "old").unwrap();
    let done = fetch(&server.url, Limits::default(), &to, &mut Vec::new()).await;
    assert!(matches!(done, Err(Error::File { .. })), "{done:?}");
    assert_eq!(std::fs::read_to_string(&to).unwrap(), "old");
    assert_eq!(names(&folder), ["notes.txt"]);
}

#[tokio::test]
async fn nothing_is_left_of_a_file_that_is_too_large_or_cut() {
    let limits = Limits {
        disk_bytes: 1_000,
        ..Limits::default()
    };
    let large = Script::always(answer("200 OK", &[], &[7; 5_000])).await;
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("large.bin");
    let done = fetch(&large.url, limits.clone(), &to, &mut Vec::new()).await;
    let too_large = BadAnswer::TooLarge { limit: 1_000 };
    assert!(matches!(done, Err(Error::Answer { flaw, .. }) if flaw == too_large));

    let half = b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\nhalf".to_vec();
    let cut = Script::always(vec![Piece::Bytes(half)]).await;
    let done = fetch(&cut.url, limits.clone(), &to, &mut Vec::new()).await;
    assert!(matches!(done, Err(Error::Network { .. })), "{done:?}");

    let gone = Script::always(answer("404 Not Found", &[], b"{}")).await;
    let done = fetch(&gone.url, limits, &to, &mut Vec::new()).await;
    assert_eq!(done.unwrap_err().status(), Some(404));
    assert_eq!(names(&folder), Vec::<String>::new());
}

#[tokio::test]
async fn a_picture_in_memory_has_a_limit_too() {
    let server = Script::always(answer("200 OK", &[], &[7; 5_000])).await;
    let limits = Limits {
        memory_bytes: 1_000,
        ..Limits::default()
    };
    let small = client(&server.url, limits);
    let (message, file) = ("message".into(), "file".into());
    let held = small.get_message_attachment_bytes(&message, &file).await;
    assert!(matches!(held, Err(Error::Answer { .. })), "{held:?}");
    let usual = usual(&server.url);
    let held = usual.get_message_attachment_bytes(&message, &file).await;
    assert_eq!(held.unwrap().0.len(), 5_000);
}
