//! What a character is to the index: letters without case and accents, characters that are words of their own, breaks.

use std::sync::OnceLock;

use unicode_normalization::char::{
    canonical_combining_class, decompose_compatible, is_combining_mark,
};

/// What a character, or a part of it, does to the word it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    /// Goes on with the word.
    Letter(char),
    /// Is a word of its own.
    Alone(char),
    /// Belongs to the letter before it and makes it another one, as the vowels of Hindi do.
    Mark(char),
    /// Belongs to the letter before it and makes no difference.
    Attached,
    /// Is not there for a reader; a word goes on across it.
    Nothing,
    /// Ends the word.
    Break,
}

/// Takes a character apart. Some give several pieces: `ﬁ`, `㎏`, `½`.
pub(super) fn fold(c: char, mut each: impl FnMut(Piece)) {
    match c {
        _ if c.is_ascii_alphanumeric() => each(Piece::Letter(c.to_ascii_lowercase())),
        _ if c.is_ascii() => each(Piece::Break),
        // Most of what is written behind the alphabets stays as it is; the tables of Unicode are slow to ask.
        '\u{2010}'..='\u{2027}' | '\u{3001}' | '\u{3002}' => each(Piece::Break),
        '\u{ac00}'..='\u{d7a3}' => each(Piece::Letter(c)),
        '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{1f300}'..='\u{1f3fa}'
        | '\u{1f400}'..='\u{1faff}' => {
            each(Piece::Alone(c));
        }
        _ => match remembered(c) {
            Some(piece) => each(piece),
            None => take_apart(c, each),
        },
    }
}

const BLOCK: usize = 256;

/// What the characters of a block come to, where that is one piece.
type Block = [Option<Piece>; BLOCK];

/// The alphabets, each block worked out when a text first needs it.
static BLOCKS: [OnceLock<Block>; 0x20] = [const { OnceLock::new() }; 0x20];

fn remembered(c: char) -> Option<Piece> {
    let code = c as usize;
    let block = BLOCKS.get(code / BLOCK)?;
    let block = block.get_or_init(|| {
        let code = |at: usize| u32::try_from(code / BLOCK * BLOCK + at).ok();
        std::array::from_fn(|at| char::from_u32(code(at)?).and_then(single))
    });
    *block.get(code % BLOCK)?
}

/// The only piece of a character; what is attached to it makes no difference.
fn single(c: char) -> Option<Piece> {
    let (mut first, mut others) = (None, 0);
    take_apart(c, |piece| match first {
        None => first = Some(piece),
        Some(_) => others += usize::from(piece != Piece::Attached),
    });
    first.filter(|_| others == 0)
}

fn take_apart(c: char, mut each: impl FnMut(Piece)) {
    decompose_compatible(c, |part| piece(part, &mut each));
}

fn piece(c: char, each: &mut impl FnMut(Piece)) {
    match c {
        _ if c.is_ascii_alphanumeric() => each(Piece::Letter(c.to_ascii_lowercase())),
        _ if is_combining_mark(c) => each(if is_accent(c) {
            Piece::Attached
        } else {
            Piece::Mark(c)
        }),
        // The stroke that stretches an Arabic word, and the colours of skin.
        '\u{640}' | '\u{1f3fb}'..='\u{1f3ff}' => each(Piece::Attached),
        _ if is_unseen(c) => each(Piece::Nothing),
        _ if is_picture(c) => each(Piece::Alone(c)),
        // Apostrophes that Unicode counts as letters.
        '\u{2b9}'..='\u{2df}' => each(Piece::Break),
        _ if !c.is_alphanumeric() => each(Piece::Break),
        _ if is_unspaced(c) => each(Piece::Alone(c)),
        _ => {
            for lower in c.to_lowercase() {
                match plain(lower) {
                    Some(letters) => letters.chars().for_each(|c| each(Piece::Letter(c))),
                    None => each(Piece::Letter(lower)),
                }
            }
        }
    }
}

/// Accents, points and harakat that people leave out when they type. The marks of Indic and South-East Asian scripts
/// are vowels: without them different words would be one.
fn is_accent(mark: char) -> bool {
    const NUKTA: u8 = 7;
    matches!(mark,
        '\0'..='\u{8ff}' | '\u{180b}'..='\u{180f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{302a}'..='\u{302d}' | '\u{fe00}'..='\u{fe2f}'
        | '\u{e0100}'..='\u{e01ef}')
        || canonical_combining_class(mark) == NUKTA
}

/// Joiners, directions, soft hyphens, fillers and tags.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200c}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// Emoji and symbols that are used like them.
fn is_picture(c: char) -> bool {
    matches!(c,
        '\u{231a}' | '\u{231b}' | '\u{2328}' | '\u{23cf}' | '\u{23e9}'..='\u{23fa}'
        | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// Scripts that put no spaces between words: Han and what is written beside it, Thai, Lao, Myanmar, Khmer, Tai. Their
/// characters are words of their own, so that any part of a sentence is found as a phrase.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{312f}' | '\u{31a0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{1b000}'..='\u{1b16f}'
        | '\u{20000}'..='\u{3ffff}')
        || has_clusters(c)
}

/// Unspaced scripts that write one character with several code points, which appear one after the other while typing.
pub(super) fn has_clusters(c: char) -> bool {
    matches!(c,
        '\u{e01}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{1950}'..='\u{19df}'
        | '\u{1a20}'..='\u{1aaf}' | '\u{a9e0}'..='\u{a9ff}' | '\u{aa60}'..='\u{aa7f}')
}

/// Letters that no normalization takes apart, as they are typed on other keyboards.
fn plain(lower: char) -> Option<&'static str> {
    Some(match lower {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' | 'ɖ' | 'ɗ' => "d",
        'ł' => "l",
        'ı' | 'ɨ' => "i",
        'ȷ' => "j",
        'ħ' => "h",
        'ŧ' => "t",
        'þ' => "th",
        'ŋ' => "n",
        'ĸ' | 'ƙ' => "k",
        'ƒ' => "f",
        'ƀ' | 'ɓ' => "b",
        'ǥ' => "g",
        'ς' => "σ",
        'ґ' => "г",
        // Arabic letters that keyboards of different countries write differently.
        'ى' | 'ی' => "ي",
        'ک' => "ك",
        'ة' => "ه",
        _ => return None,
    })
}

/// Whether two characters in a row are one to the reader, so that nothing may be cut or coloured between them.
pub(super) fn belongs(before: char, next: char) -> bool {
    if next.is_ascii() {
        return false;
    }
    is_combining_mark(next)
        || matches!(next, '\u{200c}' | '\u{200d}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}')
        || before == '\u{200d}' && is_picture(next)
        || matches!(next, '\u{1160}'..='\u{11ff}')
            && matches!(before, '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7a3}')
}
