//! How long a mail takes from its HTML to something to read: a newsletter, a long answer and a hostile one, 1 MB each.
//!
//! `cargo bench --bench mails`

use divan::Bencher;
use onebox::mail::{html, page, text, write};

fn main() {
    divan::main();
}

const SIZE: usize = 1_000_000;

/// A mail of the demo again and again.
fn newsletter() -> String {
    let world = include_str!("../../assets/demo/mails/newsletters.txt");
    let begin = world.find("<!DOCTYPE").unwrap_or_default();
    let one = &world[begin
        ..world[begin..]
            .find("</html>")
            .map_or(world.len(), |end| begin + end)];
    one.repeat(SIZE / one.len() + 1)
}

fn answers() -> String {
    let one = "<div>Yes, that is fine: <b>Friday</b> at ten &amp; tea.<br>Ana</div><blockquote type=\"cite\"><div>Is it?</div>";
    one.repeat(SIZE / one.len())
}

fn words() -> String {
    "What is said here is nothing but words, and some é.\n> quoted\n\n".repeat(SIZE / 66)
}

#[divan::bench]
fn newsletter_to_letter(bencher: Bencher<'_, '_>) {
    let source = newsletter();
    bencher.bench(|| html::letter(&source));
}

#[divan::bench]
fn newsletter_to_text(bencher: Bencher<'_, '_>) {
    let source = newsletter();
    bencher.bench(|| html::letter(&source).plain());
}

#[divan::bench]
fn answers_to_letter(bencher: Bencher<'_, '_>) {
    let source = answers();
    bencher.bench(|| html::letter(&source));
}

#[divan::bench]
fn nesting_to_letter(bencher: Bencher<'_, '_>) {
    let source = "<div>".repeat(SIZE / 5);
    bencher.bench(|| html::letter(&source));
}

#[divan::bench]
fn chinese_to_letter(bencher: Bencher<'_, '_>) {
    let source = "<p>你好，请看这里。</p>".repeat(SIZE / 31);
    bencher.bench(|| html::letter(&source));
}

#[divan::bench]
fn plain_to_letter(bencher: Bencher<'_, '_>) {
    let source = words();
    bencher.bench(|| text::letter(&source));
}

#[divan::bench]
fn newsletter_to_page(bencher: Bencher<'_, '_>) {
    let source = newsletter();
    bencher.bench(|| page::safe(&source, false));
}

#[divan::bench]
fn plain_to_html(bencher: Bencher<'_, '_>) {
    let source = words();
    bencher.bench(|| write::html(&source));
}
