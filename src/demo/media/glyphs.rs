//! A lettering of strokes on a grid four wide and six high, capitals only: enough for signs, receipts and
//! charts, and sharp at any size. A point is two digits, a stroke is points, a glyph is strokes.

use super::canvas::Canvas;
use super::colour::Colour;
use super::path::{Path, Point};

/// Writes a line of text whose capitals are `size` high, and says how wide it came out.
pub(crate) fn text(art: &mut Canvas, at: Point, size: f32, text: &str, ink: Colour) -> f32 {
    let unit = size / 6.0;
    let mut x = at.0;
    for letter in text.chars() {
        let mut path = Path::default();
        for stroke in strokes(letter).split('|').filter(|part| !part.is_empty()) {
            let points: Vec<Point> = stroke
                .split(' ')
                .filter_map(|pair| point(pair, (x, at.1), unit))
                .collect();
            path = path.and(Path::line(&points, unit * 1.05));
        }
        art.fill(&path, ink);
        x += advance(letter) * unit;
    }
    x - at.0
}

/// How wide the text will be.
pub(crate) fn width(text: &str, size: f32) -> f32 {
    text.chars().map(advance).sum::<f32>() * size / 6.0
}

/// Writes a line of text with its middle at a point.
pub(crate) fn centred(art: &mut Canvas, at: Point, size: f32, words: &str, ink: Colour) {
    let left = at.0 - (width(words, size) - size / 3.0) / 2.0;
    text(art, (left, at.1 - size / 2.0), size, words, ink);
}

fn advance(letter: char) -> f32 {
    match letter {
        ' ' | '.' | ',' | ':' | '!' | '\'' => 4.0,
        _ => 6.2,
    }
}

fn point(pair: &str, (left, top): Point, unit: f32) -> Option<Point> {
    let mut digits = pair.chars().filter_map(|digit| digit.to_digit(10));
    let (x, y) = (digits.next()? as f32, digits.next()? as f32);
    Some((left + x * unit, top + y * unit))
}

fn strokes(letter: char) -> &'static str {
    match plain(letter) {
        'A' => "06 20 46|14 34",
        'B' => "00 06 36 45 44 33 03|33 42 41 30 00",
        'C' => "41 30 10 01 05 16 36 45",
        'D' => "00 06 26 44 42 20 00",
        'E' => "40 00 06 46|03 33",
        'F' => "40 00 06|03 33",
        'G' => "41 30 10 01 05 16 36 45 43 23",
        'H' => "00 06|40 46|03 43",
        'I' => "10 30|20 26|16 36",
        'J' => "40 45 36 16 05",
        'K' => "00 06|40 03 46",
        'L' => "00 06 46",
        'M' => "06 00 23 40 46",
        'N' => "06 00 46 40",
        'O' | '0' => "10 30 41 45 36 16 05 01 10",
        'P' => "06 00 30 41 42 33 03",
        'Q' => "10 30 41 45 36 16 05 01 10|24 46",
        'R' => "06 00 30 41 42 33 03|23 46",
        'S' => "41 30 10 01 02 13 33 44 45 36 16 05",
        'T' => "00 40|20 26",
        'U' => "00 05 16 36 45 40",
        'V' => "00 26 40",
        'W' => "00 16 22 36 40",
        'X' => "00 46|40 06",
        'Y' => "00 23 40|23 26",
        'Z' => "00 40 06 46",
        '1' => "11 20 26|16 36",
        '2' => "01 10 30 41 42 06 46",
        '3' => "01 10 30 41 42 33 13|33 44 45 36 16 05",
        '4' => "36 30 04 44",
        '5' => "40 00 03 33 44 45 36 16 05",
        '6' => "41 30 10 01 05 16 36 45 44 33 03",
        '7' => "00 40 16",
        '8' => "10 30 41 42 33 13 02 01 10|13 04 05 16 36 45 44 33",
        '9' => "43 13 02 01 10 30 41 45 36 16 05",
        '.' => "16 16",
        ',' => "16 07",
        ':' => "12 12|15 15",
        '-' => "13 33",
        '+' => "03 43|21 25",
        '=' => "02 42|04 44",
        '/' => "06 40",
        '%' => "06 40|01 01|45 45",
        '!' => "10 14|16 16",
        '?' => "01 10 30 41 42 24|26 26",
        '\'' => "10 11",
        '<' => "30 03 36",
        '>' => "10 43 16",
        '&' => "46 01 10 20 31 04 05 16 26 44",
        '€' => "41 30 20 11 15 26 36 45|02 22|04 24",
        _ => "",
    }
}

/// The capital without its accent.
fn plain(letter: char) -> char {
    match letter {
        'à' | 'á' | 'â' | 'ä' | 'ã' | 'å' | 'À' | 'Á' | 'Â' | 'Ä' | 'Å' => 'A',
        'è' | 'é' | 'ê' | 'ë' | 'È' | 'É' | 'Ê' => 'E',
        'ì' | 'í' | 'î' | 'ï' | 'Î' => 'I',
        'ò' | 'ó' | 'ô' | 'ö' | 'õ' | 'ø' | 'Ö' | 'Ø' => 'O',
        'ù' | 'ú' | 'û' | 'ü' | 'Ü' => 'U',
        'ç' | 'Ç' => 'C',
        'ñ' => 'N',
        'ß' => 'S',
        _ => letter.to_ascii_uppercase(),
    }
}
