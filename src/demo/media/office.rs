//! Word and Excel files: a zip of the fewest parts their programs accept.

use std::fmt::Write as _;

use super::zip::archive;

const XML: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const LINKS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const DOCUMENT: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const FORMAT: &str = "application/vnd.openxmlformats-officedocument";

/// A Word document: a heading and a paragraph for each line.
pub(super) fn docx(title: &str, lines: &[String]) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let mut body = paragraph(title, "<w:rPr><w:b/><w:sz w:val=\"36\"/></w:rPr>");
    for line in lines {
        body += &paragraph(line, "");
    }
    let text = format!("{XML}<w:document xmlns:w=\"{main}\"><w:body>{body}</w:body></w:document>");
    let kind = format!("{FORMAT}.wordprocessingml.document.main+xml");
    archive(&[
        (
            "[Content_Types].xml",
            types(&[("/word/document.xml", &kind)]),
        ),
        ("_rels/.rels", link("officeDocument", "word/document.xml")),
        ("word/document.xml", text.into_bytes()),
    ])
}

fn paragraph(text: &str, look: &str) -> String {
    let text = escape(text);
    format!("<w:p><w:r>{look}<w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

/// An Excel workbook of one sheet; what reads as a number becomes one.
pub(super) fn xlsx(title: &str, rows: &[Vec<String>]) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let mut cells = String::new();
    for row in rows {
        cells += "<row>";
        for cell in row {
            if cell.parse::<f64>().is_ok() {
                let _ = write!(cells, "<c><v>{cell}</v></c>");
            } else {
                let text = escape(cell);
                let _ = write!(cells, "<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
            }
        }
        cells += "</row>";
    }
    let name: String = escape(title)
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == ' ')
        .take(30)
        .collect();
    let sheet =
        format!("{XML}<worksheet xmlns=\"{main}\"><sheetData>{cells}</sheetData></worksheet>");
    let book = format!(
        "{XML}<workbook xmlns=\"{main}\" xmlns:r=\"{DOCUMENT}\"><sheets>\
         <sheet name=\"{name}\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let kinds = [
        (
            "/xl/workbook.xml",
            format!("{FORMAT}.spreadsheetml.sheet.main+xml"),
        ),
        (
            "/xl/worksheets/sheet1.xml",
            format!("{FORMAT}.spreadsheetml.worksheet+xml"),
        ),
    ];
    let kinds: Vec<(&str, &str)> = kinds
        .iter()
        .map(|(part, kind)| (*part, kind.as_str()))
        .collect();
    archive(&[
        ("[Content_Types].xml", types(&kinds)),
        ("_rels/.rels", link("officeDocument", "xl/workbook.xml")),
        ("xl/workbook.xml", book.into_bytes()),
        (
            "xl/_rels/workbook.xml.rels",
            link("worksheet", "worksheets/sheet1.xml"),
        ),
        ("xl/worksheets/sheet1.xml", sheet.into_bytes()),
    ])
}

fn types(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut list = String::new();
    for (part, kind) in parts {
        let _ = write!(
            list,
            "<Override PartName=\"{part}\" ContentType=\"{kind}\"/>"
        );
    }
    format!(
        "{XML}<Types xmlns=\"{TYPES}\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>{list}</Types>"
    )
    .into_bytes()
}

fn link(kind: &str, target: &str) -> Vec<u8> {
    format!(
        "{XML}<Relationships xmlns=\"{LINKS}\"><Relationship Id=\"rId1\" \
         Type=\"{DOCUMENT}/{kind}\" Target=\"{target}\"/></Relationships>"
    )
    .into_bytes()
}

fn escape(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_control())
        .map(|letter| match letter {
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            '"' => "&quot;".to_owned(),
            _ => letter.to_string(),
        })
        .collect()
}
