//! How the screen looks: what the terminal's background asks for, and what the user picks.

use super::Run;
use crate::app::toast::Tone;
use crate::config::AUTO;

impl Run {
    /// The terminal has told how its background is.
    pub(super) fn stand_on(&mut self, light: bool) {
        let before = std::mem::replace(&mut self.look.terminal.light, light);
        if before != light && self.state.settings.theme == AUTO {
            self.dress(AUTO, false);
        }
    }

    /// Puts on another theme; one that cannot be read changes nothing.
    pub(super) fn dress(&mut self, name: &str, keep: bool) {
        match self.look.pick(name, &self.state.settings) {
            Ok(theme) => {
                self.theme = theme;
                self.measure();
            }
            Err(wrong) => {
                let words = wrong.first().map(ToString::to_string);
                let state = &mut self.state;
                state
                    .toasts
                    .say(words.unwrap_or_default(), Tone::Bad, state.now);
            }
        }
        if keep && let Err(words) = self.look.keep(name) {
            let state = &mut self.state;
            state.toasts.say(words, Tone::Plain, state.now);
        }
    }
}
