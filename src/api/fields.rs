//! Reads the fields of an answer: tolerant of every spelling seen in the field, never losing the rest for one of them.
//!
//! `null` and absent are the same; flags may be booleans, 0 and 1 or words; numbers may be quoted. Texts for people go
//! through `clean` here, the only door by which they enter; ids and other tokens stay exactly as they came.

use std::cell::RefCell;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::words::Spelled;
use crate::model::text::clean;

/// Something in an answer that could not be read; only that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// Where it was, such as `Message.timestamp`.
    pub place: String,
    pub problem: &'static str,
}

impl std::fmt::Display for Flaw {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.place, self.problem)
    }
}

/// Collects the flaws of one answer while it is read.
#[derive(Debug, Default)]
pub(super) struct Flaws(RefCell<Vec<Flaw>>);

impl Flaws {
    pub(super) fn note(&self, flaw: Flaw) {
        tracing::debug!(%flaw, "left out of an answer");
        self.0.borrow_mut().push(flaw);
    }

    pub(super) fn into_vec(self) -> Vec<Flaw> {
        self.0.into_inner()
    }
}

/// A value of the model that can be read from an answer.
pub(super) trait Decode: Sized {
    /// What it is called in reports, such as `Message`.
    const NAME: &'static str;

    fn decode(fields: &Fields<'_>) -> Result<Self, Flaw>;
}

/// The fields of one object of an answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields<'a> {
    map: &'a Map<String, Value>,
    owner: &'static str,
    flaws: &'a Flaws,
}

impl<'a> Fields<'a> {
    /// Reads one value as a `T`; the error says what is missing.
    pub(super) fn read<T: Decode>(value: &'a Value, flaws: &'a Flaws) -> Result<T, Flaw> {
        let map = value.as_object().ok_or_else(|| Flaw {
            place: T::NAME.to_owned(),
            problem: "is not an object",
        })?;
        T::decode(&Fields {
            map,
            owner: T::NAME,
            flaws,
        })
    }

    /// Reads every item of an array; one that cannot be read is noted and left out.
    pub(super) fn read_all<T: Decode>(items: &'a [Value], flaws: &'a Flaws) -> Vec<T> {
        items
            .iter()
            .filter_map(|item| match Self::read(item, flaws) {
                Ok(value) => Some(value),
                Err(flaw) => {
                    flaws.note(flaw);
                    None
                }
            })
            .collect()
    }

    /// Says what is wrong with a field of this object.
    pub(super) fn flaw(&self, name: &str, problem: &'static str) -> Flaw {
        Flaw {
            place: format!("{}.{name}", self.owner),
            problem,
        }
    }

    /// The field as it came, unless it is absent or null.
    pub(super) fn value(&self, name: &str) -> Option<&'a Value> {
        self.map.get(name).filter(|value| !value.is_null())
    }

    /// Whether the field is there, even as null.
    pub(super) fn has(&self, name: &str) -> bool {
        self.map.contains_key(name)
    }

    /// A token kept exactly as it came: ids, cursors, codes, addresses of resources.
    pub(super) fn token(&self, name: &str) -> Option<String> {
        match self.value(name)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(flag) => Some(flag.to_string()),
            _ => None,
        }
    }

    /// An id or another token without which the object is useless.
    pub(super) fn need(&self, name: &str) -> Result<String, Flaw> {
        self.token(name)
            .filter(|token| !token.is_empty())
            .ok_or_else(|| self.flaw(name, "is missing"))
    }

    /// Text for people, made harmless.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.token(name).map(|text| clean(&text))
    }

    /// Text for people, empty when absent.
    pub(super) fn text_or_empty(&self, name: &str) -> String {
        self.text(name).unwrap_or_default()
    }

    /// A word with a meaning; unknown words are kept.
    pub(super) fn word<T: Spelled>(&self, name: &str) -> Option<T> {
        self.token(name).map(|word| T::from_word(&word))
    }

    /// A word without which the object cannot be understood.
    pub(super) fn need_word<T: Spelled>(&self, name: &str) -> Result<T, Flaw> {
        self.need(name).map(|word| T::from_word(&word))
    }

    /// An id; an empty one counts as absent.
    pub(super) fn id<T: From<String>>(&self, name: &str) -> Option<T> {
        self.token(name).filter(|id| !id.is_empty()).map(T::from)
    }

    /// A list of words with a meaning; unknown words are kept.
    pub(super) fn words<T: Spelled>(&self, name: &str) -> Vec<T> {
        self.tokens(name)
            .iter()
            .map(|word| T::from_word(word))
            .collect()
    }

    /// A yes or no in any of its spellings.
    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        match self.value(name)? {
            Value::Bool(flag) => Some(*flag),
            Value::Number(number) => number.as_f64().map(|n| n != 0.0),
            Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
                "true" | "1" | "yes" => Some(true),
                "false" | "0" | "no" | "" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    /// A yes or no that is no when absent.
    pub(super) fn is(&self, name: &str) -> bool {
        self.flag(name).unwrap_or(false)
    }

    /// A number, quoted or not.
    pub(super) fn number(&self, name: &str) -> Option<f64> {
        let number = match self.value(name)? {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().parse().ok(),
            Value::Bool(flag) => Some(f64::from(u8::from(*flag))),
            _ => None,
        }?;
        number.is_finite().then_some(number)
    }

    /// A whole number, quoted or not; fractions are cut.
    #[allow(
        clippy::cast_possible_truncation,
        reason = "`as` saturates, which is the wish here"
    )]
    pub(super) fn whole(&self, name: &str) -> Option<i64> {
        match self.value(name)? {
            Value::Number(number) if number.is_i64() => number.as_i64(),
            _ => self.number(name).map(|number| number as i64),
        }
    }

    /// A count: a whole number that is not negative.
    pub(super) fn count(&self, name: &str) -> Option<u64> {
        self.whole(name)
            .and_then(|number| u64::try_from(number).ok())
    }

    /// The port of a server.
    pub(super) fn port(&self, name: &str) -> Option<u16> {
        self.whole(name)
            .and_then(|number| u16::try_from(number).ok())
    }

    /// A moment: RFC 3339 text in any precision, a bare date, or epoch milliseconds.
    pub(super) fn time(&self, name: &str) -> Option<Timestamp> {
        match self.value(name)? {
            Value::String(text) => parse_time(text),
            Value::Number(_) => Timestamp::from_millisecond(self.whole(name)?).ok(),
            _ => None,
        }
    }

    /// A moment without which the object is useless.
    pub(super) fn need_time(&self, name: &str) -> Result<Timestamp, Flaw> {
        self.time(name)
            .ok_or_else(|| self.flaw(name, "is not a moment in time"))
    }

    /// A list of tokens, kept exactly.
    pub(super) fn tokens(&self, name: &str) -> Vec<String> {
        match self.value(name) {
            Some(Value::Array(items)) => items
                .iter()
                .filter_map(|item| match item {
                    Value::String(text) => Some(text.clone()),
                    Value::Number(number) => Some(number.to_string()),
                    _ => None,
                })
                .collect(),
            Some(Value::String(text)) if !text.is_empty() => vec![text.clone()],
            _ => Vec::new(),
        }
    }

    /// A list of texts for people, made harmless.
    pub(super) fn texts(&self, name: &str) -> Vec<String> {
        self.tokens(name).iter().map(|text| clean(text)).collect()
    }

    /// A list whose items have no documented shape, each as JSON text.
    pub(super) fn json_texts(&self, name: &str) -> Vec<String> {
        let items = self.value(name).and_then(Value::as_array);
        let items = items.into_iter().flatten();
        items.map(|item| clean(&item.to_string())).collect()
    }

    /// A list of objects; one that cannot be read is noted and left out. A bare object counts as a list of one.
    pub(super) fn list<T: Decode>(&self, name: &str) -> Vec<T> {
        match self.value(name) {
            Some(Value::Array(items)) => Self::read_all(items, self.flaws),
            Some(value @ Value::Object(_)) => {
                Self::read_all(std::slice::from_ref(value), self.flaws)
            }
            _ => Vec::new(),
        }
    }

    /// An object inside; noted and left out when it cannot be read.
    pub(super) fn one<T: Decode>(&self, name: &str) -> Option<T> {
        let value = self.value(name)?;
        Self::read(value, self.flaws)
            .map_err(|flaw| self.flaws.note(flaw))
            .ok()
    }

    /// An object without which the one around it is useless.
    pub(super) fn need_one<T: Decode>(&self, name: &str) -> Result<T, Flaw> {
        let value = self
            .value(name)
            .ok_or_else(|| self.flaw(name, "is missing"))?;
        Self::read(value, self.flaws)
    }

    /// The fields of an object inside, to be read in place.
    pub(super) fn inside(&self, name: &str) -> Option<Fields<'a>> {
        self.value(name)?.as_object().map(|map| Fields {
            map,
            owner: self.owner,
            flaws: self.flaws,
        })
    }

    /// The names of all fields that are there.
    pub(super) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.map.keys().map(String::as_str)
    }

    /// The whole object as it came.
    pub(super) fn whole_object(&self) -> Value {
        Value::Object(self.map.clone())
    }

    /// The whole object as JSON text, for what this version does not know.
    pub(super) fn raw(&self) -> String {
        clean(&serde_json::to_string(self.map).unwrap_or_default())
    }

    /// A field as JSON text, for what has no documented shape.
    pub(super) fn json_text(&self, name: &str) -> Option<String> {
        self.value(name).map(|value| clean(&value.to_string()))
    }
}

/// Reads a moment leniently: any RFC 3339 text, with a space for the T, without zone (taken as UTC), or a bare date.
pub(super) fn parse_time(text: &str) -> Option<Timestamp> {
    use jiff::civil::DateTime;
    let text = text.trim();
    text.parse::<Timestamp>()
        .ok()
        .or_else(|| {
            let civil: DateTime = text.parse().ok()?;
            civil
                .to_zoned(jiff::tz::TimeZone::UTC)
                .ok()
                .map(|zoned| zoned.timestamp())
        })
        .or_else(|| Timestamp::from_millisecond(text.parse().ok()?).ok())
}

/// Reads a body as JSON, saying what is wrong with one that is not. Lone surrogates, which would cost the whole body,
/// are replaced first.
pub(super) fn parse_json(body: &[u8]) -> Result<Value, super::error::BadAnswer> {
    use super::error::BadAnswer;
    let body = body
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(body)
        .trim_ascii();
    if body.is_empty() {
        return Err(BadAnswer::Empty);
    }
    if body.first() == Some(&b'<') {
        return Err(BadAnswer::Html);
    }
    let text = std::str::from_utf8(body).map_err(|error| {
        // A character cut in half at the very end is a cut, not another encoding.
        if error.error_len().is_none() {
            BadAnswer::CutOff
        } else {
            BadAnswer::NotUtf8
        }
    })?;
    match serde_json::from_str(text) {
        Ok(value) => Ok(value),
        Err(error) if error.is_eof() => Err(BadAnswer::CutOff),
        Err(error) => mend_surrogates(text)
            .and_then(|mended| serde_json::from_str(&mended).ok())
            .ok_or_else(|| BadAnswer::NotJson(error.to_string())),
    }
}

/// Replaces `\udXXX` escapes that have no partner by the replacement character; `None` when there are none.
fn mend_surrogates(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut mended = false;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let length = match surrogate(escape) {
            Some(0xd800..=0xdbff)
                if matches!(escape.get(6..).and_then(surrogate), Some(0xdc00..=0xdfff)) =>
            {
                12
            }
            Some(_) => {
                out.push_str("\\ufffd");
                mended = true;
                rest = escape.get(6..).unwrap_or_default();
                continue;
            }
            None => 1 + escape.chars().nth(1).map_or(0, char::len_utf8),
        };
        let (kept, after) = escape.split_at_checked(length).unwrap_or((escape, ""));
        out.push_str(kept);
        rest = after;
    }
    out.push_str(rest);
    mended.then_some(out)
}

/// The surrogate that a text starts with, written as an escape.
fn surrogate(text: &str) -> Option<u16> {
    let hex = text.strip_prefix("\\u")?.get(..4)?;
    let unit = u16::from_str_radix(hex, 16).ok()?;
    (0xd800..=0xdfff).contains(&unit).then_some(unit)
}

#[cfg(test)]
mod tests {
    use super::super::error::BadAnswer;
    use super::*;
    use serde_json::json;

    #[derive(Debug, PartialEq)]
    struct Thing(String, Option<bool>, Option<i64>);

    impl Decode for Thing {
        const NAME: &'static str = "Thing";
        fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
            Ok(Self(f.need("id")?, f.flag("flag"), f.whole("n")))
        }
    }

    #[test]
    fn a_broken_item_costs_that_item_and_is_reported() {
        let items = [
            json!({"id": "a"}),
            json!(null),
            json!({"id": null}),
            json!({"id": 7}),
        ];
        let flaws = Flaws::default();
        let things: Vec<Thing> = Fields::read_all(&items, &flaws);
        assert_eq!(
            things,
            [Thing("a".into(), None, None), Thing("7".into(), None, None)]
        );
        let flaws: Vec<String> = flaws.into_vec().iter().map(ToString::to_string).collect();
        assert_eq!(flaws, ["Thing: is not an object", "Thing.id: is missing"]);
    }

    #[test]
    fn flags_and_numbers_come_in_every_spelling() {
        for (flag, n, expected) in [
            (json!(1), json!("42"), Some(true)),
            (json!("true"), json!(42.9), Some(true)),
            (json!(false), json!(42), Some(false)),
            (json!("0"), json!(" 42 "), Some(false)),
            (json!([]), json!(42), None),
        ] {
            let item = json!({"id": "x", "flag": flag, "n": n});
            let thing: Thing = Fields::read(&item, &Flaws::default()).unwrap();
            assert_eq!(thing, Thing("x".into(), expected, Some(42)));
        }
    }

    #[test]
    fn moments_are_read_leniently() {
        let want: Timestamp = "2026-03-02T08:15:30Z".parse().unwrap();
        for text in [
            "2026-03-02T08:15:30.000Z",
            "2026-03-02 08:15:30+00:00",
            "2026-03-02T08:15:30",
            "1772439330000",
        ] {
            assert_eq!(parse_time(text), Some(want), "{text}");
        }
        assert!(parse_time("2026-03-02").is_some());
        assert_eq!(parse_time("yesterday"), None);
    }

    #[test]
    fn a_body_that_is_no_answer_says_which_way() {
        assert_eq!(parse_json(b" \n"), Err(BadAnswer::Empty));
        assert_eq!(parse_json(b"<!doctype html>"), Err(BadAnswer::Html));
        assert_eq!(parse_json(br#"{"a": [1, 2"#), Err(BadAnswer::CutOff));
        assert_eq!(
            parse_json(b"{\"a\": \"\xff\xfe\"}"),
            Err(BadAnswer::NotUtf8)
        );
        assert!(matches!(parse_json(b"{oops}"), Err(BadAnswer::NotJson(_))));
        assert_eq!(parse_json(b"\xef\xbb\xbf{}"), Ok(json!({})));
    }

    #[test]
    fn a_lone_surrogate_costs_one_character() {
        let body = br#"{"a": "x\ud83dy", "b": "\\ud83d \ud83d\ude00", "c": "\udc00\n"}"#;
        let value = parse_json(body).unwrap();
        assert_eq!(
            value,
            json!({"a": "x\u{fffd}y", "b": "\\ud83d 😀", "c": "\u{fffd}\n"})
        );
    }
}
