//! How mails of many programs read: every file of `zoo` beside what is made of it.
//!
//! `INSTA_UPDATE=always cargo nextest run --test it mail::zoo` writes what is there now into `snapshots`.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use onebox::mail::letter::{Kind, Letter, Role, Words};
use onebox::mail::{html, text};

/// Words with marks for their looks.
fn words(words: &Words) -> String {
    let (mut out, mut done) = (String::new(), 0);
    for span in &words.spans {
        out.push_str(&words.text[done..span.at.start]);
        let looks = [
            (span.strong, "*"),
            (span.emphasis, "/"),
            (span.code, "`"),
            (span.struck, "~"),
        ];
        let marks: String = looks
            .iter()
            .filter(|(on, _)| *on)
            .map(|(_, mark)| *mark)
            .collect();
        let _ = write!(out, "{marks}{}{marks}", &words.text[span.at.clone()]);
        if let Some(link) = span.link {
            let _ = write!(out, "[{}]", link + 1);
        }
        done = span.at.end;
    }
    out.push_str(&words.text[done..]);
    out.replace('\u{a0}', "⍽")
}

/// A letter as a sheet to compare.
fn sheet(letter: &Letter) -> String {
    let mut out = String::new();
    for part in &letter.parts {
        if !part.close && !out.is_empty() {
            out.push('\n');
        }
        let text = match &part.kind {
            Kind::Paragraph(it) => words(it),
            Kind::Heading(level, it) => {
                format!("{} {}", "#".repeat(usize::from(*level)), words(it))
            }
            Kind::Item(marker, it) => format!("{marker} {}", words(it)),
            Kind::Code(code) => format!("```\n{code}\n```"),
            Kind::Table(rows) => {
                let row = |row: &Vec<Words>| row.iter().map(words).collect::<Vec<_>>().join(" | ");
                rows.iter().map(row).collect::<Vec<_>>().join("\n")
            }
            Kind::Picture { cid, words } => format!("(picture {cid}: {words})"),
            Kind::Rule => "-----".to_owned(),
        };
        let role = match part.role {
            Role::Said => "said",
            Role::History => "    ",
            Role::Signature => "sign",
        };
        let before = "> ".repeat(usize::from(part.quote)) + &"  ".repeat(usize::from(part.indent));
        for line in text.lines() {
            let _ = writeln!(out, "{role} {before}{line}");
        }
    }
    for (at, link) in letter.links.iter().enumerate() {
        let pretends = link.pretends.as_ref().map(|it| format!(" PRETENDS {it}"));
        let _ = write!(
            out,
            "\n[{}] {}{}",
            at + 1,
            link.target,
            pretends.unwrap_or_default()
        );
    }
    let _ = write!(
        out,
        "\n{} remote, {} of them trackers",
        letter.remote, letter.trackers
    );
    out
}

#[test]
fn mails_of_many_programs_read_as_they_were_meant() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/mail");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(here.join("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut files: Vec<_> = fs::read_dir(here.join("zoo"))
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() > 15);
    for file in files {
        let source = fs::read_to_string(&file).unwrap();
        let is_html = file.extension().is_some_and(|it| it == "html");
        let letter = if is_html {
            html::letter(&source)
        } else {
            text::letter(&source)
        };
        let name = file
            .file_name()
            .unwrap()
            .to_str()
            .unwrap()
            .replace('.', "-");
        settings.bind(|| insta::assert_snapshot!(name, sheet(&letter)));
    }
}
