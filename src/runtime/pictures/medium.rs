//! Finds out how this terminal shows pictures, from what it says in the environment and how large its cells are. It is
//! never asked: a terminal that does not answer would eat keys.

use crossterm::terminal::window_size;
use ratatui::style::Color;

use crate::config::Images;
use crate::ui::Theme;
use crate::ui::pictures::{Colours, Medium, Way};

/// How pictures are drawn here and now.
pub fn find(images: Images, theme: &Theme) -> Medium {
    let cell = window_size().map_or((0, 0), |it| {
        let side = |pixels: u16, cells: u16| pixels.checked_div(cells).unwrap_or(0);
        (side(it.width, it.columns), side(it.height, it.rows))
    });
    let environment = |name: &str| {
        let value = std::env::var_os(name)?;
        let value = value.to_string_lossy().into_owned();
        Some(value).filter(|it| !it.is_empty())
    };
    let back = match theme.back.bg {
        Some(Color::Rgb(red, green, blue)) => [red, green, blue],
        _ => [0, 0, 0],
    };
    let colourless = theme.focus.fg.is_none();
    Medium {
        way: if theme.ascii || theme.plain || colourless {
            Way::Off
        } else {
            way(images, cell, &environment)
        },
        cell,
        back,
        wrapped: is_tmux(&environment),
    }
}

type Environment<'e> = &'e dyn Fn(&str) -> Option<String>;

fn is_tmux(environment: Environment<'_>) -> bool {
    let is = |name: &str, word: &str| environment(name).is_some_and(|it| it.starts_with(word));
    environment("TMUX").is_some() || is("TERM", "tmux") || is("TERM_PROGRAM", "tmux")
}

fn way(images: Images, cell: (u16, u16), environment: Environment<'_>) -> Way {
    let has = |name: &str| environment(name).is_some();
    if images == Images::Off || has("NO_COLOR") {
        return Way::Off;
    }
    let blocks = colours(environment).map_or(Way::Off, Way::Blocks);
    // Graphics of the wrong size would cover their neighbours.
    let is_measured = cell.0 >= 4 && cell.1 >= 4;
    match images {
        Images::Off => Way::Off,
        Images::Halfblocks => blocks,
        _ if !is_measured => blocks,
        Images::Kitty => Way::Kitty,
        Images::Sixel => Way::Sixel,
        Images::Iterm2 => Way::Iterm2,
        Images::Auto => known(environment).unwrap_or(blocks),
    }
}

/// The graphics of a terminal that is known to have them.
fn known(environment: Environment<'_>) -> Option<Way> {
    let term = environment("TERM").unwrap_or_default();
    let program = environment("TERM_PROGRAM").unwrap_or_default();
    let has = |name: &str| environment(name).is_some();
    // What a multiplexer lets through, nobody knows.
    let is_within = is_tmux(environment)
        || ["STY", "ZELLIJ"].into_iter().any(has)
        || term.starts_with("screen");
    if is_within {
        return None;
    }
    let is_one_of = |word: &str, names: &[&str]| names.iter().any(|name| word.starts_with(name));
    if is_one_of(&term, &["xterm-kitty", "xterm-ghostty"]) || is_one_of(&program, &["ghostty"]) {
        return Some(Way::Kitty);
    }
    let iterm = environment("LC_TERMINAL").is_some_and(|it| it.starts_with("iTerm"));
    if iterm || is_one_of(&program, &["iTerm", "WezTerm", "mintty", "rio"]) {
        return Some(Way::Iterm2);
    }
    is_one_of(&term, &["foot", "mlterm", "contour"]).then_some(Way::Sixel)
}

/// The colours that blocks may have; too few are worse than initials.
fn colours(environment: Environment<'_>) -> Option<Colours> {
    let term = environment("TERM").unwrap_or_default();
    let told = environment("COLORTERM").unwrap_or_default();
    let modern = ["kitty", "ghostty", "foot", "alacritty", "wezterm", "direct"];
    if ["truecolor", "24bit"].contains(&told.as_str())
        || modern.iter().any(|name| term.contains(name))
    {
        return Some(Colours::True);
    }
    term.contains("256color").then_some(Colours::Indexed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(images: Images, cell: (u16, u16), set: &[(&str, &str)]) -> Way {
        let environment = |name: &str| {
            let it = set.iter().find(|(it, _)| *it == name);
            it.map(|(_, value)| (*value).to_owned())
        };
        way(images, cell, &environment)
    }

    #[test]
    fn pictures_are_drawn_as_well_as_the_terminal_is_known_to_do_it() {
        let colours = ("COLORTERM", "truecolor");
        let xterm = ("TERM", "xterm-256color");
        let blocks = Way::Blocks(Colours::True);
        let measured = (10, 20);
        for (set, way) in [
            (&[xterm][..], Way::Blocks(Colours::Indexed)),
            (&[xterm, colours], blocks),
            (&[("TERM", "linux")], Way::Off),
            (&[("TERM", "dumb")], Way::Off),
            (&[("TERM", "xterm-kitty")], Way::Kitty),
            (&[xterm, ("TERM_PROGRAM", "ghostty")], Way::Kitty),
            (&[xterm, ("TERM_PROGRAM", "iTerm.app")], Way::Iterm2),
            (&[xterm, ("TERM_PROGRAM", "WezTerm")], Way::Iterm2),
            (&[("TERM", "foot")], Way::Sixel),
            (&[("TERM", "xterm-kitty"), ("NO_COLOR", "1")], Way::Off),
            (&[("TERM", "xterm-kitty"), ("TMUX", "x"), colours], blocks),
            (&[("TERM", "tmux-256color"), colours], blocks),
            (&[("TERM", "foot"), ("ZELLIJ", "0")], blocks),
        ] {
            assert_eq!(found(Images::Auto, measured, set), way, "{set:?}");
        }
        let kitty = &[("TERM", "xterm-kitty")][..];
        // A terminal that does not tell the size of its cells gets none of its own graphics.
        assert_eq!(found(Images::Auto, (0, 0), kitty), blocks);
        assert_eq!(found(Images::Off, measured, kitty), Way::Off);
        assert_eq!(found(Images::Halfblocks, measured, kitty), blocks);
        let inside = &[("TERM", "tmux-256color"), ("TMUX", "x")][..];
        assert_eq!(found(Images::Sixel, measured, inside), Way::Sixel);
    }
}
