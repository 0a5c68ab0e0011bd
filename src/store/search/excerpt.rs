//! One line of a long text, around the first thing that was searched for.

use std::ops::Range;

use super::fold::belongs;
use super::highlight::{hits, merged};
use super::query::Query;

/// Code points of what is shown as one character; behind them it may be cut.
const LONGEST_CHARACTER: usize = 16;

/// A cut goes to the space between two words if one is so near.
const NEAR: usize = 16;

const ELLIPSIS: char = '…';

/// A part of a text on one line, and where in it the hits are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Excerpt {
    pub text: String,
    /// Byte ranges in `text`, in order, apart from each other.
    pub ranges: Vec<Range<usize>>,
}

/// Cuts what surrounds the first hit out of a text, or its beginning if there is none: at most `max_chars` code points
/// with the ellipses that mark the cuts, white space drawn together.
pub fn excerpt(text: &str, query: &Query, max_chars: usize) -> Excerpt {
    if max_chars == 0 {
        return Excerpt::default();
    }
    let hit = hits(text, query).next().unwrap_or(0..0);
    let window = Window::around(text, &hit, max_chars);
    let mut found = Vec::new();
    let mut hits = hits(text, query);
    while let Some(range) = hits.next() {
        found.push(range);
        if hits.reached() >= window.end {
            break;
        }
    }
    window.show(&merged(text, found))
}

/// A stretch of a text that takes one place on the line: a character with its marks, or white space of any length.
#[derive(Debug, Clone)]
struct Place<'t> {
    text: &'t str,
    start: usize,
    end: usize,
    chars: usize,
}

impl Place<'_> {
    fn is_space(&self) -> bool {
        self.text == " "
    }
}

/// What is shown of a text, and whether there is more on either side.
#[derive(Debug, Default)]
struct Window<'t> {
    places: Vec<Place<'t>>,
    end: usize,
    cut_before: bool,
    cut_after: bool,
}

impl<'t> Window<'t> {
    fn around(text: &'t str, hit: &Range<usize>, max: usize) -> Self {
        let text = text.trim_end();
        let begin = text.len() - text.trim_start().len();
        let from = back(text, hit.start, max).max(begin);
        let (mut before, mut after, mut length) = (Vec::new(), Vec::new(), 0);
        for place in walk(text, from) {
            if place.end <= hit.start {
                before.push(place);
                continue;
            }
            length += place.chars;
            after.push(place);
            if length > max {
                break;
            }
        }
        // A third of the line is for what comes before the hit, or more if little comes after it.
        let room = (max / 3).max(max.saturating_sub(length));
        let cut_before = from > begin || fitting(before.iter().rev(), room) < before.len();
        if cut_before {
            let count = fitting(before.iter().rev(), room.saturating_sub(1));
            let cut = before.len() - count;
            before.drain(..cut + inside_word(&before, cut));
        }
        let mut places = before;
        places.append(&mut after);
        let room = max - usize::from(cut_before);
        let cut_after = fitting(places.iter(), room) < places.len();
        if cut_after {
            let count = fitting(places.iter(), room.saturating_sub(1));
            places.truncate(count - part_of_word(&places, count, hit.end));
        }
        Self {
            end: places.last().map_or(0, |place| place.end),
            places,
            cut_before,
            cut_after,
        }
    }

    fn show(&self, found: &[Range<usize>]) -> Excerpt {
        let mut excerpt = Excerpt::default();
        if self.cut_before {
            excerpt.text.push(ELLIPSIS);
        }
        for place in &self.places {
            let start = excerpt.text.len();
            excerpt.text.push_str(place.text);
            let end = excerpt.text.len();
            let hit = |range: &Range<usize>| range.start < place.end && place.start < range.end;
            if !found.iter().any(hit) {
                continue;
            }
            match excerpt.ranges.last_mut() {
                Some(last) if last.end == start => last.end = end,
                _ => excerpt.ranges.push(start..end),
            }
        }
        if self.cut_after && !(self.cut_before && self.places.is_empty()) {
            excerpt.text.push(ELLIPSIS);
        }
        excerpt
    }
}

/// How many places fit, one after the other.
fn fitting<'p, 't: 'p>(places: impl Iterator<Item = &'p Place<'t>>, room: usize) -> usize {
    let mut left = Some(room);
    let fits = |place: &&Place<'_>| {
        left = left.and_then(|left| left.checked_sub(place.chars));
        left.is_some()
    };
    places.take_while(fits).count()
}

/// How many places after a cut belong to a word that began before it, with the space that ends it.
fn inside_word(places: &[Place<'_>], cut: usize) -> usize {
    if cut
        .checked_sub(1)
        .and_then(|last| places.get(last))
        .is_some_and(Place::is_space)
    {
        return 0;
    }
    let mut near = places.iter().skip(cut).take(NEAR);
    near.position(Place::is_space).map_or(0, |space| space + 1)
}

/// How many places before a cut belong to a word that goes on after it, with the space before it, but not the hit.
fn part_of_word(places: &[Place<'_>], cut: usize, hit_end: usize) -> usize {
    if places.get(cut).is_some_and(Place::is_space) {
        return 0;
    }
    let before = places.get(..cut).unwrap_or_default().iter().rev();
    let mut near = before.take(NEAR).take_while(|place| place.start >= hit_end);
    near.position(Place::is_space).map_or(0, |space| space + 1)
}

/// So many code points before a place, or the beginning of the text.
fn back(text: &str, at: usize, chars: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    let found = before.char_indices().rev().take(chars).last();
    found.map_or(at, |(start, _)| start)
}

fn walk(text: &str, mut at: usize) -> impl Iterator<Item = Place<'_>> {
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let first = rest.chars().next()?;
        let (length, chars) = if first.is_whitespace() {
            (rest.len() - rest.trim_start().len(), 1)
        } else {
            character(rest)
        };
        let start = at;
        at += length;
        let shown = if first.is_whitespace() {
            " "
        } else {
            rest.get(..length)?
        };
        Some(Place {
            text: shown,
            start,
            end: at,
            chars,
        })
    })
}

/// Bytes and code points of the first character of a text, as a reader counts.
fn character(text: &str) -> (usize, usize) {
    let is_flag = |c: char| matches!(c, '\u{1f1e6}'..='\u{1f1ff}');
    let (mut last, mut length, mut chars) = ('\0', 0, 0);
    for c in text.chars().take(LONGEST_CHARACTER) {
        let flag = chars == 1 && is_flag(last) && is_flag(c);
        if chars > 0 && !flag && !belongs(last, c) {
            break;
        }
        (last, length, chars) = (c, length + c.len_utf8(), chars + 1);
    }
    (length, chars)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> Query {
        Query::parse(text, &"2026-11-21T15:30[Europe/Paris]".parse().unwrap())
    }

    /// The excerpt with its hits in brackets.
    fn shown(text: &str, wanted: &str, max_chars: usize) -> String {
        let excerpt = excerpt(text, &query(wanted), max_chars);
        assert!(excerpt.text.chars().count() <= max_chars, "{excerpt:?}");
        let mut shown = excerpt.text.clone();
        for range in excerpt.ranges.iter().rev() {
            shown.insert(range.end, ']');
            shown.insert(range.start, '[');
        }
        shown
    }

    #[test]
    fn a_short_text_is_shown_whole_on_one_line() {
        assert_eq!(
            shown("  Bonjour Léa,\n\n\tça va ?\r\n", "lea ca", 60),
            "Bonjour [Léa], [ça] va ?"
        );
        assert_eq!(shown("", "x", 10), "");
        assert_eq!(shown(" \n ", "x", 10), "");
        assert_eq!(shown("text", "", 4), "text");
    }

    #[test]
    fn a_long_text_is_cut_between_words_around_the_hit() {
        let text =
            "The quick brown fox jumps over the lazy dog and runs far away from the angry farmer";
        assert_eq!(
            shown(text, "lazy", 40),
            "…over the [lazy] dog and runs far away…"
        );
        assert_eq!(shown(text, "quick", 30), "The [quick] brown fox jumps…");
        assert_eq!(shown(text, "farmer", 30), "…away from the angry [farmer]");
        assert_eq!(shown(text, "nothing", 12), "The quick…");
        assert_eq!(
            shown(text, "\"dog and\" over", 40),
            "…fox jumps [over] the lazy [dog and] runs…"
        );
    }

    #[test]
    fn a_tiny_excerpt_is_still_no_longer_than_asked() {
        for max in 0..12 {
            for wanted in ["e", "ef", "xyz", "\"abc def\""] {
                shown("abc def \n ghi 👨‍👩‍👧‍👦 xyz", wanted, max);
            }
        }
        assert_eq!(shown("abc def ghi", "ghi", 1), "…");
    }

    #[test]
    fn scripts_and_emoji_are_cut_between_characters() {
        let text = "昨日は東京で友達と一緒に美味しい寿司を食べました";
        assert_eq!(shown(text, "寿司", 9), "…しい[寿司]を食べ…");
        assert_eq!(shown("👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦 ok", "x", 10), "👨‍👩‍👧‍👦…");
        assert_eq!(shown("🇫🇷🇩🇪🇪🇸", "x", 6), "🇫🇷🇩🇪🇪🇸");
        assert_eq!(shown("🇫🇷🇩🇪🇪🇸", "x", 4), "🇫🇷…");
        assert_eq!(shown("e\u{301}e\u{301}e\u{301}", "x", 4), "e\u{301}…");
        assert_eq!(
            shown("مرحبا يا أحمد كيف حالك اليوم", "احمد", 20),
            "…يا [أحمد] كيف حالك…"
        );
    }
}
