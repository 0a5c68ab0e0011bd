//! What everything looks like: roles, never colours at the place of use.

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

const fn rgb(hex: u32) -> Color {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color::Rgb(red, green, blue)
}

impl Default for Theme {
    fn default() -> Self {
        let back = rgb(0x14_16_1b);
        let on = |colour| Style::new().fg(rgb(colour));
        Self {
            name: "dark".to_owned(),
            ascii: false,
            plain: false,
            back: on(0xd3_d7_e0).bg(back),
            text: on(0xd3_d7_e0),
            strong: on(0xf4_f6_fb).add_modifier(Modifier::BOLD),
            muted: on(0x7b_83_94),
            faint: on(0x4d_54_63),
            border: on(0x2c_31_3c),
            focus: on(0x7a_a2_f7),
            badge: Style::new()
                .fg(back)
                .bg(rgb(0x7a_a2_f7))
                .add_modifier(Modifier::BOLD),
            selected: Style::new().bg(rgb(0x22_28_34)),
            selected_away: Style::new().bg(rgb(0x1b_1f_28)),
            own: Style::new().bg(rgb(0x1c_27_38)),
            ok: on(0x7f_d0_8a),
            warn: on(0xf0_a3_5e),
            error: on(0xf0_7a_7a),
            link: on(0x7a_a2_f7).add_modifier(Modifier::UNDERLINED),
            hit: Style::new().fg(back).bg(rgb(0xe8_b1_5a)),
            window: on(0xd3_d7_e0).bg(rgb(0x1a_1d_24)),
            providers: Providers {
                linkedin: on(0x5a_a9_f0),
                whatsapp: on(0x4f_ce_72),
                mail: on(0xe8_b1_5a),
                telegram: on(0x55_c1_ec),
                instagram: on(0xec_6f_a6),
                messenger: on(0xa7_8b_fa),
                x: on(0xc3_c8_d2),
                slack: on(0xe0_78_8f),
            },
        }
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
