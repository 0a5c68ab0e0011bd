//! How much room text takes on a terminal: measuring, cutting and wrapping by cells.
//!
//! Where terminals disagree, the wider answer counts, so that a line may end early but never runs over.

/// How many cells a character takes.
fn cells(c: char) -> usize {
    match u32::from(c) {
        0x00..=0x1f
        | 0x7f
        | 0x300..=0x36f
        | 0x483..=0x489
        | 0x591..=0x5bd
        | 0x610..=0x61a
        | 0x64b..=0x65f
        | 0xe31
        | 0xe34..=0xe3a
        | 0xe47..=0xe4e
        | 0x1ab0..=0x1aff
        | 0x1dc0..=0x1dff
        | 0x200b..=0x200f
        | 0x20d0..=0x20ff
        | 0xfe00..=0xfe0e
        | 0xfe20..=0xfe2f => 0,
        0x1100..=0x115f
        | 0x231a..=0x231b
        | 0x23e9..=0x23ec
        | 0x23f0
        | 0x23f3
        | 0x25fd..=0x25fe
        | 0x2614..=0x2615
        | 0x2648..=0x2653
        | 0x267f
        | 0x2693
        | 0x26a1
        | 0x26aa..=0x26ab
        | 0x26bd..=0x26be
        | 0x26c4..=0x26c5
        | 0x26ce
        | 0x26d4
        | 0x26ea
        | 0x26f2..=0x26f3
        | 0x26f5
        | 0x26fa
        | 0x26fd
        | 0x2705
        | 0x270a..=0x270b
        | 0x2728
        | 0x274c
        | 0x274e
        | 0x2753..=0x2755
        | 0x2757
        | 0x2795..=0x2797
        | 0x27b0
        | 0x27bf
        | 0x2b1b..=0x2b1c
        | 0x2b50
        | 0x2b55
        | 0x2e80..=0xa4cf
        | 0xa960..=0xa97f
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1_0000.. => 2,
        // U+FE0F too: it asks for an emoji and makes the character before it wide.
        _ => 1,
    }
}

/// How many cells a line takes.
pub(super) fn width(line: &str) -> usize {
    line.chars().map(cells).sum()
}

/// As much of a line as fits into so many cells, with a sign where something is missing.
pub(super) fn cut(line: &str, room: usize) -> String {
    if width(line) <= room {
        return line.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for c in line.chars() {
        used += cells(c);
        if used > room {
            break;
        }
        out.push(c);
    }
    if room > 0 {
        out.push('…');
    }
    out
}

/// A line cut or filled up to exactly so many cells, or one less where a wide character does not fit.
pub(super) fn fitted(line: &str, room: usize) -> String {
    let mut out = cut(line, room);
    let missing = room.saturating_sub(width(&out));
    out.extend(std::iter::repeat_n(' ', missing));
    out
}

/// Text broken into lines of at most so many cells, between words where it can be. Tabs become spaces.
pub(super) fn wrap(text: &str, room: usize) -> Vec<String> {
    let room = room.max(2);
    let text = text.replace('\t', "    ");
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        wrap_line(paragraph.trim_end(), room, &mut lines);
    }
    lines
}

fn wrap_line(paragraph: &str, room: usize, lines: &mut Vec<String>) {
    let mut line = String::new();
    let mut used = 0;
    for word in paragraph.split_inclusive(' ') {
        let solid = width(word.trim_end_matches(' '));
        if used + solid > room && used > 0 {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
            used = 0;
        }
        for c in word.chars() {
            if used + cells(c) > room {
                if c == ' ' {
                    continue;
                }
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            used += cells(c);
            line.push(c);
        }
    }
    lines.push(line.trim_end().to_owned());
}

/// Text on one line.
pub(super) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_its_room() {
        let texts = [
            "a text that is too long for one line",
            "明日の朝に送りますね、よろしくお願いします",
            "👨‍👩‍👧‍👦👍🏽❤️ family",
            "https://example.org/a-very-long-address-without-any-space",
            "Za\u{301}\u{301}lgo",
            "  indented\n\n\ttabbed",
        ];
        for text in texts {
            for room in 2..30 {
                assert!(width(&cut(&one_line(text), room)) <= room, "{text} {room}");
                for line in wrap(text, room) {
                    assert!(width(&line) <= room, "{line:?} in {room}");
                }
            }
        }
    }

    #[test]
    fn wrapping_loses_no_letter_and_prefers_the_ends_of_words() {
        assert_eq!(wrap("one two  three", 8), ["one two", "three"]);
        assert_eq!(wrap("abcdefghij k", 4), ["abcd", "efgh", "ij k"]);
        assert_eq!(wrap("a\n\nb", 10), ["a", "", "b"]);
        assert_eq!(cut("a text that is too long", 12), "a text that…");
        assert_eq!(fitted("明日", 5), "明日 ");
    }
}
