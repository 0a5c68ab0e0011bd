//! The place of a picture: initials on a colour of their own while there is no picture.

use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::ui::pen::Pen;
use crate::ui::text;

/// How wide a picture is in lists.
pub const WIDTH: u16 = 3;

/// Up to two letters that stand for a name.
pub fn initials(name: &str) -> String {
    let words = name.split(|c: char| c.is_whitespace() || matches!(c, '-' | '.' | ',' | '_' | '@'));
    let mut letters = words.filter_map(|word| {
        word.graphemes(true)
            .find(|it| it.chars().any(char::is_alphanumeric))
    });
    let first = letters.next().map(str::to_uppercase);
    let Some(first) = first else {
        return name.graphemes(true).next().unwrap_or("?").to_owned();
    };
    if text::width(&first) > 1 {
        return first;
    }
    let second = letters
        .next_back()
        .map(str::to_uppercase)
        .filter(|it| text::width(it) == 1);
    first + &second.unwrap_or_default()
}

/// Draws initials, two lines high.
pub fn draw(pen: &mut Pen<'_>, x: u16, y: u16, name: &str, style: Style) {
    if pen.theme.plain {
        return;
    }
    let style = pen.theme.filled(style);
    for row in [y, y + 1] {
        pen.text(x, row, "   ", style);
    }
    let letters = initials(name);
    let x = if text::width(&letters) == 1 { x + 1 } else { x };
    pen.text(x, y, &letters, style);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_stand_for_any_name() {
        for (name, letters) in [
            ("Léa Fontaine", "LF"),
            ("ada.codes", "AC"),
            ("Jean-Luc de la Tour", "JT"),
            ("田中 美咲", "田"),
            ("#launch", "L"),
            ("👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦"),
            ("", "?"),
        ] {
            assert_eq!(initials(name), letters);
        }
    }
}
