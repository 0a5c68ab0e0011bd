//! How well a name fits what was typed. Case and diacritics make no difference.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// How well; the first is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    Exact,
    Starts,
    /// Each word that was typed begins a word of the name.
    Words,
    Contains,
}

/// What was typed.
#[derive(Debug)]
pub(super) struct Wanted {
    folded: String,
}

impl Wanted {
    pub(super) fn new(word: &str) -> Self {
        Self { folded: fold(word) }
    }

    pub(super) fn is(&self, name: &str) -> bool {
        !self.folded.is_empty() && self.folded == fold(name)
    }

    pub(super) fn fit(&self, name: &str) -> Option<Fit> {
        if self.folded.is_empty() {
            return None;
        }
        let name = fold(name);
        let begins_one = |word: &str| name.split(is_gap).any(|part| part.starts_with(word));
        if name == self.folded {
            Some(Fit::Exact)
        } else if name.starts_with(&self.folded) {
            Some(Fit::Starts)
        } else if self.folded.split(' ').all(begins_one) {
            Some(Fit::Words)
        } else if self.folded.chars().nth(1).is_some() && name.contains(&self.folded) {
            Some(Fit::Contains)
        } else {
            None
        }
    }

    /// From 0, nothing in common, to 1.
    pub(super) fn likeness(&self, name: &str) -> f64 {
        let name = fold(&name.chars().take(60).collect::<String>());
        let whole = strsim::jaro_winkler(&self.folded, &name);
        let first = name.split(is_gap).next().unwrap_or_default();
        whole.max(strsim::jaro_winkler(&self.folded, first))
    }
}

fn is_gap(c: char) -> bool {
    !c.is_alphanumeric()
}

/// A name without case, diacritics and doubled spaces.
fn fold(name: &str) -> String {
    let plain: String = name
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
