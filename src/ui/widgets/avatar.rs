//! The picture of somebody, two lines high; initials on a colour of their own where there is none.

use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::model::inbox::PictureOwner;
use crate::ui::pen::Pen;
use crate::ui::pictures::{Of, Pictures, Wanted};
use crate::ui::text;

/// How wide a picture is: as wide as it is high, in most terminals.
pub const WIDTH: u16 = 4;
/// How high it is.
pub const HEIGHT: u16 = 2;

/// Up to two letters that stand for a name.
pub fn initials(name: &str) -> String {
    let words = name.split(|c: char| c.is_whitespace() || matches!(c, '-' | '.' | ',' | '_' | '@'));
    let mut letters = words.filter_map(|word| {
        word.graphemes(true)
            .find(|it| it.chars().any(char::is_alphanumeric))
    });
    let first = letters.next().map(str::to_uppercase);
    let Some(first) = first else {
        return name.graphemes(true).next().unwrap_or("…").to_owned();
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

/// Who is shown.
#[derive(Debug, Clone, Copy)]
pub struct Somebody<'s> {
    pub name: &'s str,
    pub picture: Option<PictureOwner>,
    /// The colour behind initials.
    pub style: Style,
}

/// Draws a picture or initials.
pub fn draw(pen: &mut Pen<'_>, x: u16, y: u16, who: Somebody<'_>, pictures: &mut Pictures) {
    if pen.theme.plain {
        return;
    }
    let wanted = who.picture.map(|owner| Wanted {
        of: Of::Face(owner),
        width: WIDTH,
        height: HEIGHT,
    });
    if wanted.is_some_and(|it| pictures.draw(pen, (x, y), 0, &it)) {
        return;
    }
    let style = pen.theme.filled(who.style);
    for row in y..y + HEIGHT {
        pen.rule(x, row, x + WIDTH, " ", style);
    }
    let letters = initials(who.name);
    let x = x + WIDTH.saturating_sub(text::width(&letters)) / 2;
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
            ("", "…"),
        ] {
            assert_eq!(initials(name), letters);
        }
    }
}
