//! The lexer beside html5ever's tokenizer, which browsers would agree with.

use std::cell::RefCell;

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    TagKind, Token as Theirs, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts, states::RawKind,
};
use proptest::prelude::*;

use super::entity;
use super::lex::{Lexer, Token};

#[derive(Default)]
struct Sink(RefCell<Vec<String>>);

fn push_text(all: &mut Vec<String>, text: &str) {
    match all.last_mut().filter(|it| it.starts_with("text ")) {
        Some(last) => last.push_str(text),
        None if text.is_empty() => {}
        None => all.push(format!("text {text}")),
    }
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Theirs, _line: u64) -> TokenSinkResult<()> {
        let mut all = self.0.borrow_mut();
        match token {
            Theirs::CharacterTokens(text) => push_text(&mut all, &text),
            Theirs::TagToken(tag) if tag.kind == TagKind::EndTag => {
                all.push(format!("close {}", &*tag.name));
            }
            Theirs::TagToken(tag) => {
                let one =
                    |it: &html5ever::Attribute| format!("{}={:?}", &*it.name.local, &*it.value);
                let attributes: Vec<String> = tag.attrs.iter().map(one).collect();
                all.push(format!("open {} {}", &*tag.name, attributes.join(" ")));
                if &*tag.name == "style" {
                    return TokenSinkResult::RawData(RawKind::Rawtext);
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn theirs(html: &str) -> Vec<String> {
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(html));
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    tokenizer.sink.0.take()
}

/// Text with its entities resolved as the letter resolves them.
fn resolved(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some((spelled, len)) = entity::at_start(rest, false) else {
            out.push('&');
            rest = &rest[1..];
            continue;
        };
        out.push(spelled.first);
        out.extend(spelled.second);
        rest = &rest[len..];
    }
    out + rest
}

fn ours(html: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut lexer = Lexer::new(html);
    while let Some(token) = lexer.next() {
        match token {
            Token::Text(text) => push_text(&mut all, &resolved(text)),
            Token::Raw(text) => push_text(&mut all, text),
            Token::Close(name) => all.push(format!("close {}", name.to_ascii_lowercase())),
            Token::Open(name) => {
                let mut seen: Vec<String> = Vec::new();
                let mut attributes = Vec::new();
                for it in lexer.attributes() {
                    let name = it.name.to_ascii_lowercase();
                    if !seen.contains(&name) {
                        attributes.push(format!("{name}={:?}", it.value()));
                        seen.push(name);
                    }
                }
                all.push(format!(
                    "open {} {}",
                    name.to_ascii_lowercase(),
                    attributes.join(" ")
                ));
            }
        }
    }
    all
}

proptest! {
    #[test]
    fn tags_and_text_are_told_apart_as_browsers_do(
        pieces in prop::collection::vec("</?[a-c]|>|/>| [a-c]=?|=|\"|'|&[a-z]{1,6};?|&#x?[0-9a-f]{1,4};?|<!--|--!?>|<[!?]|<|</style>|<style>|[a-c ]{1,3}|-|/|é", 0..40)
    ) {
        let html: String = pieces.concat();
        prop_assert_eq!(ours(&html), theirs(&html), "{}", html);
    }
}
