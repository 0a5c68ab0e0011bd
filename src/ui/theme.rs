//! What everything looks like: roles, never colours at the place of use. The roles are filled in from theme files.

mod colour;
mod file;

pub use colour::Depth;
pub use file::{SHIPPED, read, shipped};

use ratatui::style::{Color, Modifier, Style};

use crate::model::account::Provider;

/// Styles by role.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    pub name: String,
    /// Nothing outside ASCII.
    pub ascii: bool,
    /// No boxes.
    pub plain: bool,
    /// Behind everything; all other roles but a few leave the background alone.
    pub back: Style,
    pub text: Style,
    pub strong: Style,
    pub muted: Style,
    pub faint: Style,
    pub border: Style,
    /// What has the focus, and what is unread.
    pub focus: Style,
    /// A badge with a number.
    pub badge: Style,
    /// The selected row of the pane with the focus, and of the others.
    pub selected: Style,
    pub selected_away: Style,
    /// The owner's own messages.
    pub own: Style,
    pub ok: Style,
    pub warn: Style,
    pub error: Style,
    pub link: Style,
    /// A hit of a search.
    pub hit: Style,
    /// Behind windows over the screen.
    pub window: Style,
    pub providers: Providers,
}

/// The colour of each network.
#[derive(Debug, Clone, PartialEq)]
pub struct Providers {
    pub linkedin: Style,
    pub whatsapp: Style,
    pub mail: Style,
    pub telegram: Style,
    pub instagram: Style,
    pub messenger: Style,
    pub x: Style,
    pub slack: Style,
}

/// A theme that draws nothing in colour, to be filled in.
fn bare() -> Theme {
    let style = Style::new();
    Theme {
        name: String::new(),
        ascii: false,
        plain: false,
        back: style,
        text: style,
        strong: style,
        muted: style,
        faint: style,
        border: style,
        focus: style,
        badge: style,
        selected: style,
        selected_away: style,
        own: style,
        ok: style,
        warn: style,
        error: style,
        link: style,
        hit: style,
        window: style,
        providers: Providers {
            linkedin: style,
            whatsapp: style,
            mail: style,
            telegram: style,
            instagram: style,
            messenger: style,
            x: style,
            slack: style,
        },
    }
}

impl Default for Theme {
    fn default() -> Self {
        // The shipped files are all readable, which a test sees to.
        file::shipped("dark", Depth::True).unwrap_or_else(bare)
    }
}

impl Theme {
    /// All roles, by the names theme files call them.
    fn roles(&mut self) -> [(&'static str, &mut Style); 17] {
        [
            ("background", &mut self.back),
            ("text", &mut self.text),
            ("strong", &mut self.strong),
            ("muted", &mut self.muted),
            ("faint", &mut self.faint),
            ("border", &mut self.border),
            ("focus", &mut self.focus),
            ("badge", &mut self.badge),
            ("selected", &mut self.selected),
            ("selected-away", &mut self.selected_away),
            ("own", &mut self.own),
            ("ok", &mut self.ok),
            ("warn", &mut self.warn),
            ("error", &mut self.error),
            ("link", &mut self.link),
            ("hit", &mut self.hit),
            ("window", &mut self.window),
        ]
    }
}

impl Providers {
    fn roles(&mut self) -> [(&'static str, &mut Style); 8] {
        [
            ("linkedin", &mut self.linkedin),
            ("whatsapp", &mut self.whatsapp),
            ("mail", &mut self.mail),
            ("telegram", &mut self.telegram),
            ("instagram", &mut self.instagram),
            ("messenger", &mut self.messenger),
            ("x", &mut self.x),
            ("slack", &mut self.slack),
        ]
    }
}

impl Theme {
    /// The colour of a network.
    pub fn provider(&self, provider: &Provider) -> Style {
        let all = &self.providers;
        match provider {
            Provider::Linkedin => all.linkedin,
            Provider::Whatsapp => all.whatsapp,
            Provider::Telegram => all.telegram,
            Provider::Instagram => all.instagram,
            Provider::Messenger => all.messenger,
            Provider::Twitter => all.x,
            Provider::Slack => all.slack,
            _ => all.mail,
        }
    }

    /// The colour of a person: that of the network, or one of their own where several write.
    pub fn person(&self, provider: &Provider, person: Option<u8>) -> Style {
        let all = &self.providers;
        let Some(person) = person else {
            return self.provider(provider);
        };
        let colours = [
            all.linkedin,
            all.whatsapp,
            all.mail,
            all.instagram,
            all.messenger,
            all.telegram,
            all.slack,
        ];
        let at = usize::from(person) % colours.len();
        colours.get(at).copied().unwrap_or(self.text)
    }

    /// Something filled with a style's colour: the place of a picture.
    pub fn filled(&self, style: Style) -> Style {
        let back = self.back.bg.unwrap_or(Color::Reset);
        match style.fg {
            Some(colour) => Style::new()
                .fg(back)
                .bg(colour)
                .add_modifier(Modifier::BOLD),
            None => style.add_modifier(Modifier::REVERSED),
        }
    }
}

/// Two letters for a network.
pub fn badge(provider: &Provider) -> &'static str {
    match provider {
        Provider::Linkedin => "in",
        Provider::Whatsapp => "wa",
        Provider::Telegram => "tg",
        Provider::Instagram => "ig",
        Provider::Messenger => "ms",
        Provider::Twitter => "x ",
        Provider::Slack => "sl",
        Provider::Mobile => "ph",
        _ => "@ ",
    }
}
