//! A PDF of plain lines in Helvetica, which every reader brings along.

use std::fmt::Write as _;

const LINES_PER_PAGE: usize = 44;
const LETTERS_PER_LINE: usize = 88;

/// Lays out a heading and lines, on as many A4 pages as they need.
pub(super) fn document(title: &str, lines: &[String]) -> Vec<u8> {
    let lines: Vec<String> = lines.iter().flat_map(|line| wrap(line)).collect();
    let mut pages: Vec<&[String]> = lines.chunks(LINES_PER_PAGE).collect();
    if pages.is_empty() {
        pages.push(&[]);
    }
    let kids: String = (0..pages.len()).fold(String::new(), |kids, page| {
        format!("{kids}{} 0 R ", 6 + page * 2)
    });
    let font = |name: &str| {
        format!("<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>")
    };
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [ {kids}] /Count {} >>", pages.len()),
        font("Helvetica"),
        font("Helvetica-Bold"),
        format!("<< /Title ({}) /Producer (onebox demo) >>", escape(title)),
    ];
    for (number, lines) in pages.iter().enumerate() {
        let content = content(title, lines, number + 1, pages.len());
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] /Contents {} 0 R \
             /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>",
            7 + number * 2
        ));
        objects.push(format!(
            "<< /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        ));
    }
    assemble(&objects)
}

fn assemble(objects: &[String]) -> Vec<u8> {
    let mut out = "%PDF-1.4\n".to_owned();
    let mut table = String::new();
    for (index, object) in objects.iter().enumerate() {
        let _ = writeln!(table, "{:010} 00000 n ", out.len());
        let _ = writeln!(out, "{} 0 obj\n{object}\nendobj", index + 1);
    }
    let (start, count) = (out.len(), objects.len() + 1);
    let _ = writeln!(
        out,
        "xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n\
         << /Size {count} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{start}\n%%EOF"
    );
    out.into_bytes()
}

fn content(title: &str, lines: &[String], page: usize, of: usize) -> String {
    let mut text = String::new();
    let mut top = 780;
    if page == 1 {
        let _ = writeln!(text, "0.15 0.35 0.75 rg 56 812 483 4 re f 0 g");
        let _ = writeln!(text, "BT /F2 20 Tf 56 {top} Td ({}) Tj ET", escape(title));
        top -= 34;
    }
    let _ = writeln!(text, "BT /F1 11 Tf 15.5 TL 56 {top} Td");
    for line in lines {
        let _ = writeln!(text, "({}) Tj T*", escape(line));
    }
    let _ = write!(text, "ET\nBT /F1 9 Tf 270 32 Td (- {page} / {of} -) Tj ET");
    text
}

fn wrap(line: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut room = LETTERS_PER_LINE;
    for word in line.split(' ') {
        let length = word.chars().count() + 1;
        if length > room && room < LETTERS_PER_LINE {
            lines.push(String::new());
            room = LETTERS_PER_LINE;
        }
        if let Some(last) = lines.last_mut() {
            if room < LETTERS_PER_LINE {
                last.push(' ');
            }
            last.push_str(word);
        }
        room = room.saturating_sub(length);
    }
    lines
}

/// Text as a PDF string in the Windows code page, all of it in ASCII.
fn escape(text: &str) -> String {
    let mut safe = String::new();
    for letter in text.chars() {
        match letter {
            '(' | ')' | '\\' => {
                safe.push('\\');
                safe.push(letter);
            }
            ' '..='~' => safe.push(letter),
            _ => {
                let _ = write!(safe, "\\{:03o}", code(letter));
            }
        }
    }
    safe
}

fn code(letter: char) -> u8 {
    match letter {
        '€' => 0x80,
        '…' => 0x85,
        'Œ' => 0x8C,
        '‘' => 0x91,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '•' => 0x95,
        '–' => 0x96,
        '—' => 0x97,
        'œ' => 0x9C,
        '\u{A0}'..='\u{FF}' => u8::try_from(u32::from(letter)).unwrap_or(b'?'),
        _ => b'?',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_points_at_every_object_of_a_long_document() {
        let lines: Vec<String> = (0..130).map(|n| format!("Ligne {n} (été)")).collect();
        let pdf = String::from_utf8(document("Café – reçu", &lines)).unwrap();
        let start: usize = pdf.lines().rev().nth(1).unwrap().parse().unwrap();
        let table: Vec<&str> = pdf[start..].lines().collect();
        assert_eq!(table[0], "xref");
        let count: usize = table[1].strip_prefix("0 ").unwrap().parse().unwrap();
        assert_eq!(count, 1 + 5 + 3 * 2);
        for number in 1..count {
            let offset: usize = table[2 + number][..10].parse().unwrap();
            assert!(pdf[offset..].starts_with(&format!("{number} 0 obj\n")));
        }
        assert!(pdf.contains("(Ligne 129 \\(\\351t\\351\\)) Tj"));
        assert!(pdf.contains("(Caf\\351 \\226 re\\347u) Tj"));
        for part in pdf.split("/Length ").skip(1) {
            let (length, rest) = part.split_once(" >>\nstream\n").unwrap();
            let length: usize = length.parse().unwrap();
            assert!(rest[length..].starts_with("\nendstream"));
        }
    }

    #[test]
    fn long_lines_are_broken_between_words() {
        let wrapped = wrap(&"word ".repeat(40));
        assert!(wrapped.len() > 1);
        assert!(
            wrapped
                .iter()
                .all(|line| line.chars().count() <= LETTERS_PER_LINE)
        );
    }
}
