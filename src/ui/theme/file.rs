//! Theme files: TOML with a line for each role. A word nobody knows is a mistake that is told with its line.

use std::ops::Range;
use std::str::FromStr as _;

use ratatui::style::{Color, Modifier, Style};
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::colour::Depth;
use super::{Theme, bare};
use crate::config::Mistake;

/// The themes that come with the program, by name.
pub const SHIPPED: [(&str, &str); 4] = [
    ("dark", include_str!("../../../assets/themes/dark.toml")),
    ("light", include_str!("../../../assets/themes/light.toml")),
    (
        "high-contrast",
        include_str!("../../../assets/themes/high-contrast.toml"),
    ),
    ("mono", include_str!("../../../assets/themes/mono.toml")),
];

/// Roles that lie behind something: a colour alone is that of the ground.
const GROUNDS: [&str; 5] = ["background", "selected", "selected-away", "own", "window"];

/// One of the themes that come with the program.
pub fn shipped(name: &str, depth: Depth) -> Option<Theme> {
    let (name, text) = SHIPPED.iter().find(|(known, _)| *known == name)?;
    read(name, text, depth).ok()
}

/// Reads a theme file for a terminal with so many colours. What a file leaves out is as in the theme it names as its
/// `base`, or as in the dark one.
pub fn read(name: &str, text: &str, depth: Depth) -> Result<Theme, Vec<Mistake>> {
    let mut reader = Reader {
        text,
        depth,
        mistakes: Vec::new(),
    };
    let root = match DeTable::parse(text) {
        Ok(root) => root,
        Err(error) => {
            reader.mistake(error.span().unwrap_or_default(), error.message());
            return Err(reader.mistakes);
        }
    };
    let root = root.get_ref();
    let mut theme = reader.base(name, root);
    name.clone_into(&mut theme.name);
    reader.roles(&mut theme, root);
    if reader.mistakes.is_empty() {
        Ok(theme)
    } else {
        reader.mistakes.sort_by_key(|it| it.line);
        Err(reader.mistakes)
    }
}

struct Reader<'t> {
    text: &'t str,
    depth: Depth,
    mistakes: Vec<Mistake>,
}

impl Reader<'_> {
    fn mistake(&mut self, at: Range<usize>, problem: impl Into<String>) {
        self.mistakes.push(Mistake::at(self.text, at, problem));
    }

    /// What the theme begins with.
    fn base(&mut self, name: &str, root: &DeTable<'_>) -> Theme {
        if let Some((key, value)) = root.get_key_value("base") {
            let base = value.get_ref().as_str().unwrap_or_default();
            if let Some(theme) = shipped(base, self.depth) {
                return theme;
            }
            let names = SHIPPED.map(|(name, _)| name).join(", ");
            self.mistake(key.span(), format!("base is one of {names}"));
        }
        if SHIPPED.iter().any(|(known, _)| *known == name) {
            return bare();
        }
        Theme::default()
    }

    fn roles(&mut self, theme: &mut Theme, table: &DeTable<'_>) {
        for (key, value) in table {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("base", _) | ("sixteen", DeValue::Table(_)) => {}
                ("providers", DeValue::Table(inner)) => {
                    for (key, value) in inner {
                        self.role(theme.providers.roles(), key, value);
                    }
                }
                _ => self.role(theme.roles(), key, value),
            }
        }
        if let Some((_, value)) = table.get_key_value("sixteen")
            && let DeValue::Table(inner) = value.get_ref()
        {
            // Mistakes in it are told on every terminal.
            let mut aside = theme.clone();
            let few = self.depth == Depth::Sixteen;
            self.roles(if few { theme } else { &mut aside }, inner);
        }
    }

    /// Gives one of the roles its style.
    fn role<const N: usize>(
        &mut self,
        mut roles: [(&'static str, &mut Style); N],
        key: &Spanned<DeString<'_>>,
        value: &Spanned<DeValue<'_>>,
    ) {
        let name = key.get_ref().as_ref();
        let Some((_, role)) = roles.iter_mut().find(|(known, _)| *known == name) else {
            let known = roles.map(|(known, _)| known).join(", ");
            let problem = format!("no part of the screen is called `{name}`; there are {known}");
            self.mistake(key.span(), problem);
            return;
        };
        if let Some(style) = self.style(name, value) {
            **role = self.depth.style(style);
        }
    }

    /// A colour, or a table of two and of how letters stand.
    fn style(&mut self, name: &str, value: &Spanned<DeValue<'_>>) -> Option<Style> {
        let ground = GROUNDS.contains(&name);
        if let DeValue::Table(table) = value.get_ref() {
            return self.described(table);
        }
        let colour = self.colour(value)?;
        Some(if ground {
            Style::new().bg(colour)
        } else {
            Style::new().fg(colour)
        })
    }

    fn described(&mut self, table: &DeTable<'_>) -> Option<Style> {
        let mut style = Style::new();
        for (key, value) in table {
            let modifier = match key.get_ref().as_ref() {
                "fg" => {
                    style = style.fg(self.colour(value)?);
                    continue;
                }
                "bg" => {
                    style = style.bg(self.colour(value)?);
                    continue;
                }
                "bold" => Modifier::BOLD,
                "dim" => Modifier::DIM,
                "italic" => Modifier::ITALIC,
                "underlined" => Modifier::UNDERLINED,
                "reversed" => Modifier::REVERSED,
                other => {
                    let known = "fg, bg, bold, dim, italic, underlined, reversed";
                    self.mistake(key.span(), format!("`{other}` is none of {known}"));
                    return None;
                }
            };
            match value.get_ref() {
                DeValue::Boolean(true) => style = style.add_modifier(modifier),
                DeValue::Boolean(false) => {}
                _ => self.mistake(value.span(), "this is true or false"),
            }
        }
        Some(style)
    }

    fn colour(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Color> {
        let found = match value.get_ref() {
            DeValue::String(word) => Color::from_str(word).ok(),
            DeValue::Integer(number) => number.to_string().parse().ok().map(Color::Indexed),
            _ => None,
        };
        if found.is_none() {
            self.mistake(
                value.span(),
                "a colour is a name such as \"lightblue\", a number from 0 to 255, or \"#rrggbb\"",
            );
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::super::colour::tests::contrast;
    use super::*;

    #[test]
    fn every_shipped_theme_is_readable_and_names_every_role() {
        for (name, text) in SHIPPED {
            for depth in [Depth::Sixteen, Depth::Indexed, Depth::True] {
                let mut theme =
                    read(name, text, depth).unwrap_or_else(|wrong| panic!("{name}: {wrong:?}"));
                assert_eq!(theme.name, name);
                for (role, _) in theme.roles() {
                    assert!(text.contains(&format!("\n{role} = ")), "{name}: {role}");
                }
                for (role, _) in theme.providers.roles() {
                    assert!(text.contains(&format!("\n{role} = ")), "{name}: {role}");
                }
            }
        }
    }

    #[test]
    fn text_can_be_told_from_its_ground_in_every_shipped_theme() {
        let coloured = SHIPPED.iter().filter(|(name, _)| *name != "mono");
        for (name, depth) in coloured.flat_map(|(name, _)| {
            [Depth::Sixteen, Depth::Indexed, Depth::True].map(|depth| (*name, depth))
        }) {
            let mut theme = shipped(name, depth).unwrap();
            let grounds = [
                ("back", theme.back),
                ("selected", theme.selected),
                ("selected-away", theme.selected_away),
                ("own", theme.own),
                ("window", theme.window),
            ];
            let tell = |what: &str, style: Style, ground: Style, least: f64| {
                let (fg, bg) = (style.fg.unwrap(), ground.bg.unwrap());
                let found = contrast(fg, bg);
                assert!(
                    found >= least,
                    "{name} {depth:?}: {what} has a contrast of {found:.2}, {fg:?} on {bg:?}"
                );
            };
            for (on, ground) in grounds {
                tell(&format!("text on {on}"), theme.text, ground, 4.5);
                tell(&format!("strong on {on}"), theme.strong, ground, 4.5);
                tell(&format!("muted on {on}"), theme.muted, ground, 3.0);
            }
            for (what, style) in [
                ("focus", theme.focus),
                ("ok", theme.ok),
                ("warn", theme.warn),
                ("error", theme.error),
                ("link", theme.link),
            ] {
                tell(
                    what,
                    style,
                    theme.back,
                    if depth == Depth::Sixteen { 3.0 } else { 4.5 },
                );
            }
            tell("badge", theme.badge, theme.badge, 4.5);
            tell("hit", theme.hit, theme.hit, 4.5);
            let back = theme.back;
            if depth != Depth::Sixteen {
                for (provider, style) in theme.providers.roles() {
                    tell(provider, *style, back, 4.5);
                }
            }
        }
    }

    #[test]
    fn a_theme_of_the_users_own_changes_what_it_names_and_leaves_the_rest() {
        let text = "base = \"light\"\ntext = 16\nown = \"#ffeedd\"\nlink = { fg = \"blue\", bold = true }\n\
            [providers]\nx = \"lightcyan\"\n";
        let theme = read("mine", text, Depth::True).unwrap();
        let light = shipped("light", Depth::True).unwrap();
        assert_eq!(theme.name, "mine");
        assert_eq!(theme.text, Style::new().fg(Color::Indexed(16)));
        assert_eq!(theme.own, Style::new().bg(Color::Rgb(0xff, 0xee, 0xdd)));
        assert_eq!(
            theme.link,
            Style::new().fg(Color::Blue).add_modifier(Modifier::BOLD)
        );
        assert_eq!(theme.providers.x.fg, Some(Color::LightCyan));
        assert_eq!((theme.muted, theme.back), (light.muted, light.back));
    }

    #[test]
    fn all_mistakes_of_a_theme_are_told_with_their_lines() {
        let text = "# mine\ntexd = \"red\"\nmuted = \"#12\"\nfaint = { fgg = 3 }\nlink = 400\n\n[providers]\nicq = 3\n\
            [sixteen]\nwarn = true\n";
        let wrong = read("mine", text, Depth::True).unwrap_err();
        let lines: Vec<_> = wrong.iter().map(|it| it.line).collect();
        assert_eq!(lines, [2, 3, 4, 5, 8, 10]);
        assert!(wrong[0].to_string().contains("`texd`"), "{}", wrong[0]);
        assert!(wrong[1].to_string().contains("#rrggbb"), "{}", wrong[1]);
        let broken = read("mine", "text = \n", Depth::True).unwrap_err();
        assert_eq!(broken[0].line, 1);
    }
}
