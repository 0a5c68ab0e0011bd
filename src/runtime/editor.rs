//! Lets the user write in an editor of their own. The terminal is the editor's meanwhile.

use std::io::{Read as _, Write as _};
use std::process::Command;

/// More than this no network takes in one message.
const LONGEST: u64 = 1 << 20;

/// Runs the editor on a text and gives what came of it, or why nothing did.
pub fn write(text: &str) -> Result<String, String> {
    let failed =
        |what: &str, error: std::io::Error| format!("{what}: {error}. The text is as it was.");
    // Private from the beginning, and gone at the end.
    let mut file = tempfile::Builder::new()
        .prefix("onebox-")
        .suffix(".txt")
        .tempfile()
        .map_err(|error| failed("No file could be made for the editor", error))?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.flush())
        .map_err(|error| failed("The text could not be handed to the editor", error))?;
    let candidates = candidates();
    let mut last = None;
    for words in candidates {
        let Some((program, arguments)) = words.split_first() else {
            continue;
        };
        match Command::new(program)
            .args(arguments)
            .arg(file.path())
            .status()
        {
            Ok(status) if status.success() => {
                // Some editors write a new file in the place of the old one, so it is opened anew.
                let mut changed = String::new();
                let read = std::fs::File::open(file.path())
                    .and_then(|it| it.take(LONGEST).read_to_string(&mut changed));
                return match read {
                    Ok(_) => Ok(changed),
                    Err(error) => Err(failed("What was written cannot be read", error)),
                };
            }
            Ok(status) => {
                return Err(format!(
                    "{program} ended with {status}. The text is as it was."
                ));
            }
            Err(error) => last = Some(failed(&format!("{program} cannot be started"), error)),
        }
    }
    Err(last.unwrap_or_else(|| "No editor is known: set EDITOR.".to_owned()))
}

/// The editors to try: the one the user has named, or else those that are usually there.
fn candidates() -> Vec<Vec<String>> {
    let words =
        |text: String| -> Vec<String> { text.split_whitespace().map(str::to_owned).collect() };
    let named = ["VISUAL", "EDITOR"].into_iter();
    let named = named
        .filter_map(|name| std::env::var(name).ok())
        .map(words)
        .find(|words| !words.is_empty());
    match named {
        Some(named) => vec![named],
        None => vec![vec!["nano".to_owned()], vec!["vi".to_owned()]],
    }
}
