//! Paths as they are pasted, dropped and typed. Whether there is such a file, the runtime finds out.

use std::path::PathBuf;

/// More than this is a text that happens to begin like a path.
const MOST: usize = 50;

/// The files that a pasted text names, when it names nothing else: one or several, quoted, escaped or as addresses.
pub fn pasted(text: &str) -> Vec<String> {
    let text = text.trim();
    // A file manager gives one address a line; a terminal gives words as for a shell.
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let words = if lines.len() > 1 || text.starts_with("file://") {
        lines
            .iter()
            .filter(|it| !it.is_empty())
            .map(|it| Some(unquoted(it)))
            .collect()
    } else {
        shell_words(text)
    };
    let whole = is_path(text).then(|| text.to_owned());
    let found: Option<Vec<String>> = words.into_iter().map(|it| read(&it?)).collect();
    match found {
        Some(found) if !found.is_empty() && found.len() <= MOST => found,
        // A name with spaces that nobody has escaped.
        _ if lines.len() == 1 => whole.into_iter().collect(),
        _ => Vec::new(),
    }
}

fn is_path(text: &str) -> bool {
    text.starts_with("~/") || text.len() > 1 && text.starts_with('/') && !text.starts_with("//")
}

fn read(word: &str) -> Option<String> {
    if let Some(rest) = word.strip_prefix("file://") {
        let path = rest.strip_prefix("localhost").unwrap_or(rest);
        return path.starts_with('/').then(|| decoded(path));
    }
    is_path(word).then(|| word.to_owned())
}

/// `%20` as a space.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| *first == b'%');
        let code = code.and_then(|it| std::str::from_utf8(it).ok());
        let code = code.and_then(|it| u8::from_str_radix(it, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = after
            .get(if code.is_some() { 2.. } else { 0.. })
            .unwrap_or_default();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn unquoted(line: &str) -> String {
    for quote in ['\'', '"'] {
        let inner = line
            .strip_prefix(quote)
            .and_then(|it| it.strip_suffix(quote));
        if let Some(inner) = inner {
            return inner.to_owned();
        }
    }
    line.to_owned()
}

/// Words as a shell divides them; absent for one whose quote does not end.
fn shell_words(text: &str) -> Vec<Option<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, quote) {
            ('\\', None | Some('"')) => {
                let next = chars.next().unwrap_or('\\');
                word.get_or_insert_default().push(next);
            }
            (c, Some(open)) if c == open => quote = None,
            (c @ ('\'' | '"'), None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (c, None) if c.is_whitespace() => words.extend(word.take().map(Some)),
            (c, _) => word.get_or_insert_default().push(c),
        }
    }
    if quote.is_some() {
        return vec![None];
    }
    words.extend(word.map(Some));
    words
}

/// A path with the `~` of the user's own folder.
pub fn expanded(path: &str, home: Option<&std::path::Path>) -> PathBuf {
    match (path.strip_prefix('~'), home) {
        (Some(""), Some(home)) => home.to_owned(),
        (Some(rest), Some(home)) if rest.starts_with('/') => {
            home.join(rest.trim_start_matches('/'))
        }
        _ => PathBuf::from(path),
    }
}

/// What is typed, as the folder to look into and the start of a name in it.
pub fn divided(typed: &str) -> (&str, &str) {
    let at = typed.rfind('/').map_or(0, |at| at + 1);
    typed.split_at(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dropped_files_are_known_however_the_terminal_writes_them() {
        for (text, meant) in [
            ("/home/ada/deck.pdf", &["/home/ada/deck.pdf"][..]),
            ("'/home/ada/my deck.pdf' ", &["/home/ada/my deck.pdf"]),
            (
                r"/home/ada/my\ deck.pdf /tmp/b",
                &["/home/ada/my deck.pdf", "/tmp/b"],
            ),
            ("/home/ada/my deck.pdf", &["/home/ada/my deck.pdf"]),
            (
                "file:///tmp/a%20b.png\nfile:///tmp/c.png\n",
                &["/tmp/a b.png", "/tmp/c.png"],
            ),
            ("~/x.txt", &["~/x.txt"]),
            ("'/a''b'", &["/ab"]),
        ] {
            assert_eq!(pasted(text), meant, "{text}");
        }
        for text in [
            "",
            "hello",
            "/",
            "//comment",
            "see /tmp/x",
            "https://a.io/b",
            "a\n/tmp/b",
            "/me waves\nback",
        ] {
            assert_eq!(pasted(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_typed_path_is_a_folder_and_the_start_of_a_name() {
        assert_eq!(divided("~/Doc"), ("~/", "Doc"));
        assert_eq!(divided("x"), ("", "x"));
        let home = std::path::Path::new("/home/ada");
        assert_eq!(expanded("~/Doc", Some(home)), home.join("Doc"));
        assert_eq!(expanded("~ada", Some(home)), PathBuf::from("~ada"));
    }
}
