//! Small files of messages as words: from this machine when they were looked at before, else from the server.

use std::sync::Arc;

use super::online::Online;
use super::panic::quietly;
use super::pictures::Files;
use crate::app::smalls::{LARGEST, SmallNews, SmallWish};
use crate::mail::invite;
use crate::model::inbox::AttachmentKey;

/// Fetches a file, and says what is written in it.
pub async fn fetch(files: Files, online: Option<Online>, wish: SmallWish) -> SmallNews {
    match wish {
        SmallWish::Words(key) => {
            let bytes = bytes(files, online, &key).await;
            SmallNews::Words(key, bytes.and_then(|it| words(&it)))
        }
        SmallWish::Invite(key) => {
            let bytes = bytes(files, online, &key).await.ok();
            let small = bytes.filter(|it| is_small(it));
            // What breaks the reading of one costs that one.
            let invite = small.and_then(|it| quietly(|| invite::read(&it)).flatten());
            SmallNews::Invite(key, invite.map(Arc::new))
        }
    }
}

fn is_small(bytes: &[u8]) -> bool {
    u64::try_from(bytes.len()).is_ok_and(|it| it <= LARGEST)
}

async fn bytes(
    files: Files,
    online: Option<Online>,
    key: &AttachmentKey,
) -> Result<Vec<u8>, String> {
    let kept = || {
        let (files, key) = (files.clone(), key.clone());
        tokio::task::spawn_blocking(move || files.read(&key))
    };
    if let Ok(Some(bytes)) = kept().await {
        return Ok(bytes);
    }
    let online = online.ok_or("There is no server to fetch it from.")?;
    let fetched = files.fetch(&online, key).await;
    fetched.map_err(|error| error.to_string())?;
    let bytes = kept().await.ok().flatten();
    bytes.ok_or_else(|| "It is no longer on this machine.".to_owned())
}

/// What is written in a file, without anything that is no text.
fn words(bytes: &[u8]) -> Result<Arc<str>, String> {
    if !is_small(bytes) {
        return Err(
            "It is too large to be shown here. Save it to look at it elsewhere.".to_owned(),
        );
    }
    if bytes.contains(&0) {
        return Err("It is no text. Save it to look at it elsewhere.".to_owned());
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        // Every byte is a letter in the alphabet that was usual before.
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    };
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    Ok(crate::model::text::clean(&text).into())
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn what_is_no_text_is_not_shown_and_what_is_keeps_nothing_that_acts() {
        let said = |bytes: &[u8]| words(bytes).map(|it| it.to_string());
        assert_eq!(said("a\u{1b}[31mb\r\ncé".as_bytes()).unwrap(), "a[31mb\ncé");
        assert_eq!(said(b"caf\xe9").unwrap(), "café");
        assert!(said(b"\x00\x01").is_err());
        assert!(said(&vec![b'a'; 300 << 10]).is_err());
    }
}
