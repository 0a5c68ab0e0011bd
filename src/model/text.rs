//! The one place where text from outside is made harmless: what it gives back cannot steer a terminal.

/// At most this many combining marks stay on one character.
pub const MARKS: usize = 8;

/// Removes what could act on a terminal or hide what is said: control characters (but line breaks and tabs), bidi
/// overrides and isolates, line and paragraph separators, tag, interlinear and other invisible characters, and all but
/// eight marks and joiners in a row. Joiners that emoji and scripts need stay.
pub fn clean(text: &str) -> String {
    if text
        .bytes()
        .all(|b| matches!(b, b'\n' | b'\t' | 0x20..=0x7e))
    {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut marks = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            _ if is_hidden(c) => {}
            _ if is_mark(c) => {
                marks += 1;
                if marks <= MARKS {
                    out.push(c);
                }
            }
            _ => {
                marks = 0;
                out.push(c);
            }
        }
    }
    out
}

/// The beginning of a text, not longer than so many bytes.
pub fn beginning(text: &str, most: usize) -> &str {
    let mut ends = (0..=most.min(text.len())).rev();
    let end = ends.find(|at| text.is_char_boundary(*at));
    text.get(..end.unwrap_or_default()).unwrap_or_default()
}

/// Characters that show nothing of their own but change what a terminal or a reader makes of the rest.
pub fn is_hidden(c: char) -> bool {
    match c {
        // Joiners and the variation selector build emoji and shape Persian, Hindi and others.
        '\n' | '\t' | '\u{200c}' | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}' => false,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{fdd0}'..='\u{fdef}'
        | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        // England, Scotland and Wales are flags spelled with tags; losing them is the price of no hidden text.
        | '\u{e0000}'..='\u{e0fff}' => true,
        _ => c.is_control() || u32::from(c) & 0xfffe == 0xfffe,
    }
}

/// Characters that lie on the one before.
pub fn is_mark(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}' |
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_steers_a_terminal_or_a_reader_survives() {
        assert_eq!(clean("a\x1b[31mb\x07\u{9b}2Jc\x00"), "a[31mb2Jc");
        assert_eq!(
            clean("\u{202e}evil\u{2066}\u{2069}\u{200f}\u{e0041}\u{feff}"),
            "evil"
        );
        assert_eq!(
            clean("one\r\ntwo\rthree\u{2028}four"),
            "one\ntwo\nthree\nfour"
        );
    }

    #[test]
    fn what_people_write_stays_as_it_is() {
        for text in [
            "héllo\tworld\n",
            "👨‍👩‍👧‍👦 ❤️",
            "नमस्ते",
            "שלום",
            "مرحبا",
            "了解です",
            "สวัสดี",
        ] {
            assert_eq!(clean(text), text);
        }
    }

    #[test]
    fn a_flood_of_marks_becomes_a_few() {
        let flood = format!("Z{}algo", "\u{301}".repeat(300_000));
        assert_eq!(clean(&flood), format!("Z{}algo", "\u{301}".repeat(8)));
    }
}
