//! What stands in the demo's documents: plausible lines for a title, tables and logs.

use std::fmt::Write as _;

use crate::demo::rng::Rng;

const SENTENCES: [&str; 16] = [
    "The first draft is ready and waits for your comments.",
    "We agreed to keep the scope small and to ship in two steps.",
    "Numbers are from last month and may still move a little.",
    "The café on the corner is booked for twelve people.",
    "Please read section two before our meeting on Thursday.",
    "Costs stay within the budget, travel is the largest part.",
    "Everyone who answered was in favour of the earlier date.",
    "There is one open question about the supplier's delivery.",
    "Support tickets fell by a third after the last release.",
    "The landlord will send somebody to look at the radiator.",
    "Bring good shoes: the path is steep and can be wet.",
    "Latency is back to normal, the write-up follows tomorrow.",
    "The contract runs for a year and renews if nobody objects.",
    "We should thank Inès, who found the error in the report.",
    "Photos are in the shared folder, add yours when you can.",
    "Next steps: review, sign, and tell the others.",
];
const GOODS: [&str; 8] = [
    "Consulting, day",
    "Hosting, month",
    "Workshop",
    "Design review",
    "Travel",
    "Licence, seat",
    "Support, hour",
    "Printing",
];
const PEOPLE: [&str; 8] = [
    "Amara Okafor",
    "Luc Martin",
    "Inès Duval",
    "Kenji Sato",
    "Marta Nowak",
    "Sven Lund",
    "Priya Rao",
    "Tom Byrne",
];

/// A title out of a file's name: `annual-report_v2.pdf` is "Annual report v2".
pub(super) fn title(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let spaced = stem.replace(['-', '_'], " ");
    let mut letters = spaced.trim().chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string());
    first.unwrap_or_else(|| "Document".to_owned()) + letters.as_str()
}

/// The lines of a document: an invoice where the name says so, prose otherwise.
pub(super) fn lines(name: &str, rng: &mut Rng) -> Vec<String> {
    let lower = name.to_lowercase();
    if ["invoice", "bill", "quote", "receipt", "facture"]
        .iter()
        .any(|word| lower.contains(word))
    {
        return invoice(rng);
    }
    let mut lines = Vec::new();
    for part in 1..=rng.range(3, 7) {
        lines.push(format!("{part}. {}", sentence(rng)));
        lines.push(String::new());
        for _ in 0..rng.range(2, 5) {
            lines.push(format!("{} {}", sentence(rng), sentence(rng)));
        }
        lines.push(String::new());
    }
    lines
}

fn invoice(rng: &mut Rng) -> Vec<String> {
    let mut lines = vec![
        format!("Invoice number 2026-{:04}", rng.range(10, 900)),
        format!("For {}", person(rng)),
        String::new(),
    ];
    let mut total = 0;
    for _ in 0..rng.range(3, 7) {
        let (count, price) = (rng.range(1, 9), rng.range(20, 700));
        total += count * price;
        let good = rng.pick(&GOODS).copied().unwrap_or_default();
        lines.push(format!(
            "{count} x {good} at {price}.00 € = {}.00 €",
            count * price
        ));
    }
    lines.push(String::new());
    lines.push(format!(
        "Total {total}.00 €, of which VAT {}.00 €",
        total / 6
    ));
    lines.push("To be paid within thirty days. Thank you!".to_owned());
    lines
}

/// A header and rows, of words and numbers.
pub(super) fn table(rng: &mut Rng) -> Vec<Vec<String>> {
    let mut rows = vec![
        ["Name", "City", "Meetings", "Amount"]
            .map(str::to_owned)
            .to_vec(),
    ];
    for _ in 0..rng.range(12, 30) {
        let city = rng.pick(&["Lyon", "Porto", "Gdańsk", "Oslo", "Cork", "Osaka"]);
        rows.push(vec![
            person(rng),
            city.copied().unwrap_or_default().to_owned(),
            rng.range(1, 20).to_string(),
            format!("{}.{:02}", rng.range(10, 9000), rng.below(100)),
        ]);
    }
    rows
}

pub(super) fn markdown(name: &str, rng: &mut Rng) -> String {
    let mut text = format!("# {}\n\n", title(name));
    for _ in 0..rng.range(2, 5) {
        let _ = write!(
            text,
            "## {}\n\n{} {}\n\n",
            person(rng),
            sentence(rng),
            sentence(rng)
        );
        for _ in 0..3 {
            let _ = writeln!(
                text,
                "- [{}] {}",
                if rng.chance(50) { 'x' } else { ' ' },
                sentence(rng)
            );
        }
        text.push('\n');
    }
    text
}

pub(super) fn json(rng: &mut Rng) -> String {
    let rows: Vec<String> = (0..rng.range(4, 12))
        .map(|id| {
            let (name, score, ok) = (person(rng), rng.below(1000), rng.chance(80));
            format!("  {{\"id\": {id}, \"name\": \"{name}\", \"score\": {score}, \"ok\": {ok}}}")
        })
        .collect();
    format!("[\n{}\n]\n", rows.join(",\n"))
}

pub(super) fn log(rng: &mut Rng) -> String {
    let mut text = String::new();
    let mut clock = rng.range(20_000, 50_000);
    for _ in 0..rng.range(60, 140) {
        clock += rng.below(40);
        let level = rng
            .pick(&["INFO ", "INFO ", "INFO ", "DEBUG", "WARN ", "ERROR"])
            .copied();
        let what = rng
            .pick(&[
                "request served",
                "cache refreshed",
                "upstream slow",
                "connection reset",
                "job finished",
            ])
            .copied();
        let (hour, minute, second) = (clock / 3600 % 24, clock / 60 % 60, clock % 60);
        let (level, what, took) = (
            level.unwrap_or_default(),
            what.unwrap_or_default(),
            rng.below(900),
        );
        let _ = writeln!(
            text,
            "2026-02-11T{hour:02}:{minute:02}:{second:02}Z {level} {what} took={took}ms"
        );
    }
    text
}

pub(super) fn person(rng: &mut Rng) -> String {
    rng.pick(&PEOPLE).copied().unwrap_or_default().to_owned()
}

fn sentence(rng: &mut Rng) -> &'static str {
    rng.pick(&SENTENCES).copied().unwrap_or_default()
}
