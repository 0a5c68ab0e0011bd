//! Placeholder until the folding of words arrives.

/// Appends the words of a text.
pub fn index_text(text: &str, out: &mut String) {
    out.push_str(&text.to_lowercase());
}
