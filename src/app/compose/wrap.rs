//! Where the lines of a text that is being written break. Unlike the lines of a text that is read, these keep every
//! space, so that the cursor can stand anywhere.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// A line as it is seen: which line of the text, and which bytes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub line: usize,
    pub bytes: Range<usize>,
}

/// How many cells a letter takes.
pub fn cells(letter: &str) -> usize {
    letter.width().clamp(1, 2)
}

/// How many cells a stretch of text takes.
pub fn width(text: &str) -> usize {
    text.graphemes(true).map(cells).sum()
}

/// The rows of a text at this width; the cursor has room behind the last letter of each.
pub fn rows(lines: &[String], width: u16) -> Vec<Row> {
    let room = usize::from(width).saturating_sub(1).max(2);
    let mut rows = Vec::with_capacity(lines.len());
    for (line, text) in lines.iter().enumerate() {
        split(text, room, |bytes| rows.push(Row { line, bytes }));
    }
    rows
}

fn split(text: &str, room: usize, mut found: impl FnMut(Range<usize>)) {
    let (mut start, mut taken, mut space) = (0, 0, None);
    for (at, letter) in text.grapheme_indices(true) {
        let wide = cells(letter);
        let end = at + letter.len();
        if letter == " " || letter == "\t" {
            // Spaces that do not fit hang over the end.
            taken = (taken + wide).min(room);
            space = Some(end);
            continue;
        }
        if taken + wide > room && at > start {
            // Between words, unless one word fills the row alone.
            let cut = space.filter(|it| *it > start).unwrap_or(at);
            found(start..cut);
            start = cut;
            taken = text.get(cut..at).map_or(0, self::width);
            space = None;
        }
        taken += wide;
    }
    found(start..text.len());
}

/// The row and the column of a place in the text.
pub fn place(rows: &[Row], lines: &[String], line: usize, byte: usize) -> (usize, usize) {
    let at = rows
        .iter()
        .rposition(|row| row.line == line && row.bytes.start <= byte)
        .unwrap_or(0);
    let before = rows.get(at).and_then(|row| {
        lines
            .get(row.line)?
            .get(row.bytes.start..byte.min(row.bytes.end))
    });
    (at, before.map_or(0, width))
}

/// The byte in a row that is closest to a column.
pub fn byte_at(row: &Row, lines: &[String], column: usize) -> usize {
    let text = lines
        .get(row.line)
        .and_then(|line| line.get(row.bytes.clone()));
    let mut taken = 0;
    for (at, letter) in text.unwrap_or_default().grapheme_indices(true) {
        if taken + cells(letter) > column {
            return row.bytes.start + at;
        }
        taken += cells(letter);
    }
    // Behind the last letter of a row that goes on is the start of the next one.
    let goes_on = lines
        .get(row.line)
        .is_some_and(|line| row.bytes.end < line.len());
    match text.and_then(|text| text.grapheme_indices(true).next_back()) {
        Some((last, _)) if goes_on => row.bytes.start + last,
        _ => row.bytes.end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, width: u16) -> Vec<String> {
        let lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        let rows = rows(&lines, width);
        rows.iter()
            .map(|row| lines[row.line][row.bytes.clone()].to_owned())
            .collect()
    }

    #[test]
    fn rows_break_between_words_and_keep_every_space() {
        assert_eq!(shown("the quick brown", 11), ["the quick ", "brown"]);
        assert_eq!(shown("abcdefgh ij", 6), ["abcde", "fgh ", "ij"]);
        assert_eq!(shown("a\n\n b ", 9), ["a", "", " b "]);
        assert_eq!(shown("了解です", 6), ["了解", "です"]);
        assert_eq!(shown("", 6), [""]);
    }

    #[test]
    fn the_cursor_stands_where_the_letter_is_seen() {
        let lines = vec!["the quick brown".to_owned()];
        let rows = rows(&lines, 11);
        assert_eq!(place(&rows, &lines, 0, 9), (0, 9));
        assert_eq!(place(&rows, &lines, 0, 10), (1, 0));
        assert_eq!(place(&rows, &lines, 0, 15), (1, 5));
        assert_eq!(byte_at(&rows[1], &lines, 2), 12);
        assert_eq!(byte_at(&rows[0], &lines, 99), 9);
        assert_eq!(byte_at(&rows[1], &lines, 99), 15);
    }
}
