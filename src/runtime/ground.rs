//! Whether the terminal's background is dark or light: asked after the first frame, heard whenever the answer comes.
//!
//! The answer arrives among the keys, and looks like keys to whatever reads them: alt-], then letters, then an end. This
//! takes it out again, however late it comes, and gives back every key that turns out to be none of it. So nothing has
//! to wait for a terminal that never answers, and no letter of an answer becomes a command.

use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::events::Events;

/// The question.
pub const ASK: &str = "\x1b]11;?\x1b\\";
/// What could be the beginning of an answer is held back no longer than this when nothing follows.
const HOLD: Duration = Duration::from_millis(40);
/// The rest of an answer that has begun is waited for so long; a far away terminal sends it in pieces.
const REST: Duration = Duration::from_millis(400);
/// A program that ends sooner than this after asking waits for the answer, or the shell would read it.
const FAREWELL: Duration = Duration::from_millis(250);
/// How an answer begins, behind its alt-].
const BEGIN: &str = "11;rgb";
/// The longest answer there is.
const LONGEST: usize = 32;

/// Listens for the answer.
#[derive(Debug, Default)]
pub struct Ground {
    asked: Option<Instant>,
    /// What may be an answer, as it came.
    held: Vec<Event>,
    held_at: Option<Instant>,
}

/// What came of an event.
#[derive(Debug, Default, PartialEq)]
pub struct Heard {
    /// What is no answer, in its order.
    pub events: Vec<Event>,
    /// Whether the background is light.
    pub light: Option<bool>,
}

impl Ground {
    /// The question was asked.
    pub fn asked(&mut self) {
        self.asked = Some(Instant::now());
    }

    /// Takes an event in.
    pub fn hear(&mut self, event: Event) -> Heard {
        let pass = |events| Heard {
            events,
            light: None,
        };
        if self.asked.is_none() {
            return pass(vec![event]);
        }
        // Where the window is looked at and how large it is has nothing to do with keys.
        let Event::Key(key) = &event else {
            return pass(vec![event]);
        };
        if key.kind == KeyEventKind::Release {
            return pass(vec![event]);
        }
        if self.held.is_empty() && !is_start(key) {
            return pass(vec![event]);
        }
        self.held.push(event);
        self.held_at = Some(Instant::now());
        match judge(&self.held) {
            Verdict::Perhaps => Heard::default(),
            Verdict::Answer(light) => {
                self.held.clear();
                self.asked = None;
                Heard {
                    events: Vec::new(),
                    light: Some(light),
                }
            }
            Verdict::No => {
                // The last one may begin an answer of its own.
                let last = self.held.pop();
                let mut heard = pass(std::mem::take(&mut self.held));
                if let Some(last) = last {
                    if heard.events.is_empty() {
                        heard.events.push(last);
                    } else {
                        let rest = self.hear(last);
                        heard.events.extend(rest.events);
                    }
                }
                heard
            }
        }
    }

    /// How long what is held back still waits; absent when nothing is.
    pub fn wake(&self) -> Option<Duration> {
        let at = self.held_at.filter(|_| !self.held.is_empty())?;
        let longest = if self.held.len() > 1 { REST } else { HOLD };
        Some(longest.saturating_sub(at.elapsed()))
    }

    /// What was held back and is no answer, since nothing followed it.
    pub fn give_back(&mut self) -> Vec<Event> {
        match self.wake() {
            Some(rest) if rest.is_zero() => std::mem::take(&mut self.held),
            _ => Vec::new(),
        }
    }

    /// Waits for an answer that is about to come, so that it is not read by whoever has the terminal next.
    pub async fn hear_out(&mut self, events: &mut Events) {
        let Some(rest) = self.asked.and_then(|at| FAREWELL.checked_sub(at.elapsed())) else {
            return;
        };
        let answered = async {
            loop {
                while let Ok(Some(event)) = events.take() {
                    if self.hear(event).light.is_some() {
                        return;
                    }
                }
                if !matches!(events.wait().await, Ok(true)) {
                    return;
                }
            }
        };
        let _ = tokio::time::timeout(rest, answered).await;
    }
}

fn is_start(key: &KeyEvent) -> bool {
    key.code == KeyCode::Char(']') && key.modifiers == KeyModifiers::ALT
}

enum Verdict {
    Perhaps,
    Answer(bool),
    No,
}

/// Whether these keys are an answer.
fn judge(held: &[Event]) -> Verdict {
    let mut text = String::new();
    for event in held.iter().skip(1) {
        let Event::Key(key) = event else {
            return Verdict::No;
        };
        let plain = key.modifiers.difference(KeyModifiers::SHIFT).is_empty();
        let (ctrl, alt) = (KeyModifiers::CONTROL, KeyModifiers::ALT);
        match key.code {
            KeyCode::Char('g') if key.modifiers == ctrl => return ended(&text),
            KeyCode::Char('\\') if key.modifiers == alt => return ended(&text),
            // The end came in two parts.
            KeyCode::Char('\\') if plain && text.ends_with('\x1b') => {
                return ended(text.trim_end_matches('\x1b'));
            }
            KeyCode::Esc => text.push('\x1b'),
            KeyCode::Char(letter) if plain && !text.ends_with('\x1b') => text.push(letter),
            _ => return Verdict::No,
        }
    }
    let fits = text.char_indices().all(|(at, letter)| {
        match BEGIN.get(at..).and_then(|it| it.chars().next()) {
            Some(wanted) => wanted == letter,
            None => matches!(letter, 'a' | ':' | '/' | '\x1b') || letter.is_ascii_hexdigit(),
        }
    });
    if fits && text.len() <= LONGEST {
        Verdict::Perhaps
    } else {
        Verdict::No
    }
}

/// A whole answer, such as `11;rgb:1414/1616/1b1b`.
fn ended(text: &str) -> Verdict {
    light(text).map_or(Verdict::No, Verdict::Answer)
}

fn light(text: &str) -> Option<bool> {
    let (_, colour) = text.strip_prefix(BEGIN)?.split_once(':')?;
    let parts: Vec<u32> = colour
        .split('/')
        .map(|part| {
            // Any number of digits means the same share of the whole.
            let most = 16_u32
                .checked_pow(u32::try_from(part.len()).ok()?)?
                .checked_sub(1)?;
            let value = u32::from_str_radix(part, 16).ok()?;
            (value * 1000).checked_div(most)
        })
        .collect::<Option<_>>()?;
    let [red, green, blue] = <[u32; 3]>::try_from(parts.get(..3)?).ok()?;
    Some(red * 299 + green * 587 + blue * 114 > 500_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(code: KeyCode, modifiers: KeyModifiers) -> Event {
        Event::Key(KeyEvent::new(code, modifiers))
    }

    fn letters(text: &str) -> Vec<Event> {
        let plain = |it| key(KeyCode::Char(it), KeyModifiers::NONE);
        text.chars().map(plain).collect()
    }

    /// An answer as it is read from the terminal.
    fn answer(colour: &str) -> Vec<Event> {
        let mut all = vec![key(KeyCode::Char(']'), KeyModifiers::ALT)];
        all.extend(letters(&format!("11;{colour}")));
        all.push(key(KeyCode::Char('\\'), KeyModifiers::ALT));
        all
    }

    fn hear(ground: &mut Ground, events: Vec<Event>) -> Heard {
        let mut all = Heard::default();
        for event in events {
            let heard = ground.hear(event);
            all.events.extend(heard.events);
            all.light = all.light.or(heard.light);
        }
        all
    }

    #[test]
    fn an_answer_is_heard_among_keys_and_none_of_it_becomes_one() {
        for (colour, is_light) in [
            ("rgb:ffff/ffff/ffff", true),
            ("rgb:14/16/1b", false),
            ("rgba:fafa/fafa/fafa/ffff", true),
        ] {
            let mut ground = Ground::default();
            ground.asked();
            let mut typed = letters("jk");
            typed.extend(answer(colour));
            typed.extend(letters("e"));
            let heard = hear(&mut ground, typed);
            assert_eq!(heard.light, Some(is_light), "{colour}");
            assert_eq!(heard.events, letters("jke"));
        }
    }

    #[test]
    fn keys_that_only_look_like_the_start_of_an_answer_all_come_back_in_order() {
        for rest in ["11;rgx", "j", "11;rgb:zz", "]"] {
            let mut ground = Ground::default();
            ground.asked();
            let mut typed = vec![key(KeyCode::Char(']'), KeyModifiers::ALT)];
            typed.extend(letters(rest));
            let heard = hear(&mut ground, typed.clone());
            assert_eq!(heard.events, typed, "{rest}");
        }
        let mut ground = Ground::default();
        ground.asked();
        let start = key(KeyCode::Char(']'), KeyModifiers::ALT);
        assert_eq!(ground.hear(start.clone()), Heard::default());
        ground.held_at = Instant::now().checked_sub(HOLD);
        assert_eq!(ground.give_back(), [start]);
    }

    #[test]
    fn nothing_is_held_back_when_nothing_was_asked() {
        let mut ground = Ground::default();
        let all = answer("rgb:ff/ff/ff");
        assert_eq!(hear(&mut ground, all.clone()).events, all);
    }
}
