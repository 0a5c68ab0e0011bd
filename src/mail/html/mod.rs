//! HTML as a letter: one pass over the tags with a stack of our own, so that the time it takes grows with the length of
//! the mail and with nothing else.

mod build;
mod elements;
mod entity;
pub(super) mod lex;
#[cfg(test)]
mod lex_tests;
mod open;
mod picture;
mod style;
mod table;
mod tags;
mod words;

use super::history;
use super::letter::Letter;
use crate::model::text::beginning;
use build::Builder;
use lex::{Lexer, Token};

/// So much HTML is read; a letter of a hundred pages has less.
const LONGEST: usize = 4 << 20;
/// So much text is kept of it.
const MOST_TEXT: usize = 1 << 20;
/// So many parts.
const MOST_PARTS: usize = 30_000;

/// What is to be read in an HTML mail.
pub fn letter(html: &str) -> Letter {
    let read = beginning(html, LONGEST);
    let mut lexer = Lexer::new(read);
    let mut builder = Builder::default();
    let mut cut = read.len() < html.len();
    let mut sheet = false;
    while let Some(token) = lexer.next() {
        match token {
            Token::Text(text) => builder.text(text),
            Token::Raw(text) if sheet => builder.sheet.read(text),
            Token::Raw(_) => {}
            Token::Open(name) => {
                sheet = name.eq_ignore_ascii_case("style");
                builder.open(name, &lexer);
            }
            Token::Close(name) => builder.close(name),
        }
        if builder.written > MOST_TEXT || builder.letter.parts.len() > MOST_PARTS {
            cut = true;
            break;
        }
    }
    let (mut letter, hints) = builder.finish();
    letter.cut = cut;
    history::settle(&mut letter, &hints);
    letter
}
