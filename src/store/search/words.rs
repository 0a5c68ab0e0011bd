//! The one place where text becomes words of the index: folded, each with its place in the original text.
//!
//! - Case, accents and typographic forms make no difference: `Ÿ` is `y`, `ﬁ` is `fi`, `ß` is `ss`, `ｋ` is `k`.
//! - Whatever is no letter or digit ends a word, so addresses and links fall into their parts.
//! - Each character of a script without spaces is a word, and so is each emoji. Korean has spaces and keeps its words.
//! - Words end after [`LONGEST_WORD`] bytes and texts after [`MOST_WORDS`] words: nobody searches for what lies behind.

use std::borrow::Cow;
use std::collections::VecDeque;

use unicode_normalization::char::compose;

use super::fold::{Piece, fold};

/// Bytes of a folded word; what is longer is cut.
pub const LONGEST_WORD: usize = 64;

/// Words of one text that can be found.
pub const MOST_WORDS: usize = 20_000;

/// A word as the index knows it, and where it stands in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'t> {
    pub folded: Cow<'t, str>,
    /// Byte range in the original text. Words out of one character, as in `½`, share it.
    pub start: usize,
    pub end: usize,
}

/// The words of a text, in their order.
pub fn words(text: &str) -> Words<'_> {
    Words {
        text,
        at: 0,
        left: MOST_WORDS,
        open: None,
        ready: VecDeque::new(),
    }
}

/// Adds the words of a text to what the index gets, with a space between them.
pub fn index_text(text: &str, index: &mut String) {
    for word in words(text) {
        if !index.is_empty() {
            index.push(' ');
        }
        index.push_str(&word.folded);
    }
}

/// Walks through the words of a text; made by [`words`].
#[derive(Debug, Clone)]
pub struct Words<'t> {
    text: &'t str,
    at: usize,
    left: usize,
    open: Option<Open<'t>>,
    ready: VecDeque<Word<'t>>,
}

/// A word that has begun.
#[derive(Debug, Clone)]
struct Open<'t> {
    text: &'t str,
    start: usize,
    end: usize,
    /// The folded word, once it differs from what stands in the text.
    folded: Option<String>,
    alone: bool,
    full: bool,
}

impl<'t> Iterator for Words<'t> {
    type Item = Word<'t>;

    fn next(&mut self) -> Option<Word<'t>> {
        self.left = self.left.checked_sub(1)?;
        loop {
            if let Some(word) = self.ready.pop_front() {
                return Some(word);
            }
            if self.open.is_none()
                && let Some(word) = self.ascii()
            {
                return Some(word);
            }
            let Some(c) = self.rest().chars().next() else {
                return self.open.take().map(Open::close);
            };
            let start = self.at;
            self.at += c.len_utf8();
            fold(c, |piece| self.take_in(piece, c, start));
        }
    }
}

impl<'t> Words<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next word, if all of it is ASCII: the common case, which needs no copy.
    fn ascii(&mut self) -> Option<Word<'t>> {
        let rest = self.rest();
        let is_break = |b: u8| b.is_ascii() && !b.is_ascii_alphanumeric();
        let skipped = rest.bytes().take_while(|b| is_break(*b)).count();
        self.at += skipped;
        let rest = rest.get(skipped..)?;
        let mut capitals = false;
        let letters = |b: &u8| {
            capitals |= b.is_ascii_uppercase();
            b.is_ascii_alphanumeric()
        };
        let length = rest.bytes().take_while(letters).count();
        let next_is_ascii = rest.as_bytes().get(length).is_none_or(u8::is_ascii);
        if length == 0 || !next_is_ascii {
            return None;
        }
        let (start, end) = (self.at, self.at + length);
        self.at = end;
        let word = rest.get(..length.min(LONGEST_WORD))?;
        let folded = if capitals {
            Cow::Owned(word.to_ascii_lowercase())
        } else {
            Cow::Borrowed(word)
        };
        Some(Word { folded, start, end })
    }

    /// Goes on with what a character means; it begins at `start` and ends where the walk stands.
    fn take_in(&mut self, piece: Piece, source: char, start: usize) {
        let end = self.at;
        let in_place = |c: char| c == source;
        match piece {
            Piece::Break => self.close(),
            Piece::Nothing => {}
            Piece::Attached => {
                if let Some(open) = &mut self.open {
                    open.attach(end);
                }
            }
            // A mark with nothing to stand on is not searched for.
            Piece::Mark(c) => {
                if let Some(open) = &mut self.open {
                    open.put_on(c, end);
                }
            }
            Piece::Letter(c) => match &mut self.open {
                Some(open) if open.alone => self.begin(c, in_place(c), start, false),
                Some(open) if is_jamo(c) => open.put_on(c, end),
                Some(open) => open.add(c, in_place(c) && start == open.end, end),
                None => self.begin(c, in_place(c), start, false),
            },
            Piece::Alone(c) => self.begin(c, in_place(c), start, true),
        }
    }

    fn begin(&mut self, c: char, in_place: bool, start: usize, alone: bool) {
        self.close();
        self.open = Some(Open {
            text: self.text,
            start,
            end: self.at,
            folded: (!in_place).then(|| c.into()),
            alone,
            full: false,
        });
    }

    fn close(&mut self) {
        self.ready.extend(self.open.take().map(Open::close));
    }
}

/// Vowels and finals of Korean, which become one character with what is before them.
fn is_jamo(c: char) -> bool {
    matches!(c, '\u{1161}'..='\u{11c2}')
}

impl<'t> Open<'t> {
    /// The folded word, no longer as it stands in the text.
    fn own(&mut self) -> &mut String {
        let (text, range) = (self.text, self.start..self.end);
        let own = || text.get(range).unwrap_or_default().to_owned();
        self.folded.get_or_insert_with(own)
    }

    fn attach(&mut self, end: usize) {
        // What one character brings along is within its own range and changes nothing.
        if end > self.end {
            self.own();
            self.end = end;
        }
    }

    /// Puts a mark on the last letter, as one character where there is one for both.
    fn put_on(&mut self, c: char, end: usize) {
        let folded = self.own();
        let last = folded.chars().next_back();
        match last.and_then(|last| compose(last, c)) {
            Some(both) if !self.full => {
                let folded = self.own();
                folded.pop();
                folded.push(both);
                self.end = end;
            }
            _ => self.add(c, false, end),
        }
    }

    fn add(&mut self, c: char, in_place: bool, end: usize) {
        let length = self
            .folded
            .as_ref()
            .map_or(self.end - self.start, String::len);
        let fits = length + c.len_utf8() <= LONGEST_WORD;
        if !(in_place && fits && self.folded.is_none()) {
            self.full |= !fits;
            let full = self.full;
            let folded = self.own();
            if !full {
                folded.push(c);
            }
        }
        self.end = end;
    }

    fn close(self) -> Word<'t> {
        let (start, end) = (self.start, self.end);
        let folded = match self.folded {
            Some(folded) => Cow::Owned(folded),
            None => Cow::Borrowed(self.text.get(start..end).unwrap_or_default()),
        };
        Word { folded, start, end }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization as _;

    use super::super::tests::same_every_time;
    use super::*;

    fn folded(text: &str) -> String {
        let mut index = String::new();
        index_text(text, &mut index);
        index
    }

    fn places(text: &str) -> Vec<&str> {
        words(text)
            .map(|word| &text[word.start..word.end])
            .collect()
    }

    #[test]
    fn case_accents_and_typography_make_no_difference() {
        for (text, expected) in [
            ("Café CAFÉ cafe\u{301}", "cafe cafe cafe"),
            ("Straße STRASSE GROẞ", "strasse strasse gross"),
            ("Łódź Þórr Ørsted Đorđe", "lodz thorr orsted dorde"),
            ("Œuvre Æsir ﬁn ｋａ ℌ 𝐀", "oeuvre aesir fin ka h a"),
            ("İstanbul ısı IŞIK", "istanbul isi isik"),
            ("Ὀδυσσεύς ΟΔΥΣΣΕΥΣ", "οδυσσευσ οδυσσευσ"),
            ("Ёлка й", "елка и"),
            ("Việt Nam", "viet nam"),
            ("مُحَمَّد أحمد مـــحمد", "محمد احمد محمد"),
            ("שָׁלוֹם", "שלום"),
            ("ca\u{ad}fé na\u{200d}me", "cafe name"),
        ] {
            assert_eq!(folded(text), expected, "{text}");
        }
    }

    #[test]
    fn addresses_and_links_fall_into_their_parts() {
        assert_eq!(
            folded("Léa <lea.f@nuvem.example> https://x.example/a_b?q=%20#c"),
            "lea lea f nuvem example https x example a b q 20 c"
        );
        assert_eq!(folded("don't l’été м\u{2bc}яч"), "don t l ete м яч");
    }

    #[test]
    fn characters_of_scripts_without_spaces_are_words() {
        assert_eq!(folded("東京タワーabc"), "東 京 タ ワ ー abc");
        assert_eq!(folded("了解です。OK"), "了 解 で す ok");
        assert_eq!(folded("กินข้าว"), "กิ น ข้ า ว");
        assert_eq!(folded("ｶﾞか\u{3099}が"), "ガ が が");
    }

    #[test]
    fn words_of_scripts_with_spaces_stay_whole() {
        assert_eq!(folded("한국어 공부"), "한국어 공부");
        assert_eq!(folded(&"한국어".nfd().to_string()), "한국어");
        assert_eq!(folded("दिल दाल"), "दिल दाल");
        assert_eq!(folded("नमस्ते"), "नमस्ते");
    }

    #[test]
    fn an_emoji_is_a_word_whatever_its_colour() {
        assert_eq!(folded("ok👍🏽go ❤️!👩‍💻"), "ok 👍 go ❤ 👩 💻");
        assert_eq!(places("ok👍🏽go ❤️!"), ["ok", "👍🏽", "go", "❤️"]);
    }

    #[test]
    fn a_word_knows_its_place_in_the_original() {
        let text = "Ça, STRAẞE… e\u{301}té½ 日本 ﷺ";
        assert_eq!(
            places(text)[..6],
            ["Ça", "STRAẞE", "e\u{301}té½", "½", "日", "本"]
        );
        assert_eq!(words(text).nth(2).unwrap().folded, "ete1");
    }

    #[test]
    fn endless_words_and_texts_are_cut() {
        let long = format!("{} {} end", "x".repeat(1_000_000), "é".repeat(1_000));
        let words: Vec<_> = super::words(&long).collect();
        assert_eq!(words.len(), 3);
        assert!(words.iter().all(|word| word.folded.len() <= LONGEST_WORD));
        assert_eq!(words[0].end, 1_000_000);
        assert_eq!(super::words(&"a ".repeat(50_000)).count(), MOST_WORDS);
    }

    #[test]
    fn every_character_folds_to_what_folds_to_itself() {
        // No letters or marks are behind these.
        for c in ('\0'..'\u{32000}').chain('\u{e0000}'..'\u{e0200}') {
            let text = format!("a{c}");
            let once = folded(&text);
            assert_eq!(folded(&once), once, "{c:?}");
            assert_eq!(folded(&text.nfd().to_string()), once, "{c:?}");
            assert!(
                once.bytes()
                    .all(|b| b == b' ' || b >= 0x80 || b.is_ascii_alphanumeric()),
                "{c:?} {once}"
            );
        }
    }

    proptest! {
        #![proptest_config(same_every_time())]
        #[test]
        fn words_lie_in_their_text_in_order(text in any::<String>()) {
            let mut before = 0;
            for word in words(&text) {
                prop_assert!(text.get(word.start..word.end).is_some_and(|place| !place.is_empty()));
                prop_assert!(word.start >= before && !word.folded.is_empty());
                before = word.start;
            }
        }
    }
}
