//! Keys, pastes, clicks and commands in the form of a mail.

use super::people::{People, Pressed};
use super::{Field, MailForm, send};
use crate::app::command::{Command, In};
use crate::app::compose::{Effects, choose, keys, text_width};
use crate::app::effect::Effect;
use crate::app::input::{Input, Typed};
use crate::app::key::{Code, Key};
use crate::app::keymap::Meaning;
use crate::app::layer::Layer;
use crate::app::layout::inside;
use crate::app::pointer::Target;
use crate::app::state::{Pane, State};
use crate::app::update::act;
use crate::mail::address::Named;
use crate::model::outbox::MailFormat;

/// Gives a key to the form.
pub(in crate::app) fn pressed(state: &mut State, key: Key) -> Effects {
    let Some(form) = state.form() else {
        return Effects::new();
    };
    if form.leaving.is_some() {
        return Effects::new();
    }
    let field = form.field;
    if field == Field::Text
        && let Some(effects) = keys::offered(state, key)
    {
        return effects;
    }
    let offering = state
        .form()
        .and_then(|it| it.people(field))
        .is_some_and(|it| !it.offers.list.is_empty());
    if offering && key.code == Code::Esc {
        if let Some(people) = state.form().and_then(|it| it.people_mut(field)) {
            people.offers.list.clear();
        }
        return Effects::new();
    }
    if let Some(command) = meant(state, key, field) {
        return if state.layers.is_empty() {
            act(state, command)
        } else {
            self::command(state, command)
        };
    }
    let onward = match state.form() {
        Some(form) => form.goes_on_to_chats(key),
        None => false,
    };
    if onward && let Some(effects) = super::precedes(state) {
        return effects;
    }
    in_form(state, key);
    Effects::new()
}

/// The command of a key. Enter is a new line here whatever the settings say: a mail that left too early is not undone
/// by anybody. In the lines above the words, keys that move in them come first.
fn meant(state: &State, key: Key, field: Field) -> Option<Command> {
    if key.code == Code::Enter && !key.ctrl || key.code == Code::Tab {
        return None;
    }
    let meaning = state
        .settings
        .keymap
        .meaning(&[key], &[In::Compose, In::Everywhere]);
    match meaning {
        Meaning::Command(
            Command::NewLine | Command::Snippet | Command::UndoTyping | Command::RedoTyping,
        ) if field != Field::Text => None,
        Meaning::Command(command) => Some(command),
        Meaning::Begun | Meaning::Nothing => None,
    }
}

fn in_form(state: &mut State, key: Key) {
    let width = words_width(state);
    let now = state.now;
    let lookup = std::mem::take(&mut state.book);
    if let Some(form) = state.form() {
        form.armed = None;
        let others: Vec<Named> = form.everybody().cloned().collect();
        match (key.code, key.shift) {
            (Code::Tab, back) if !takes_tab(form) || back => {
                form.step(if back { -1 } else { 1 }, true);
            }
            _ => match form.field {
                Field::From => from(form, key, now),
                Field::To | Field::Cc | Field::Bcc => {
                    let field = form.field;
                    let pressed = match form.people_mut(field) {
                        Some(people) => people.press(key, &lookup, &others),
                        None => Pressed::Nothing,
                    };
                    match pressed {
                        Pressed::Changed => form.sheet.touch(now),
                        Pressed::Moved => {}
                        Pressed::Nothing => form.walk(key),
                    }
                }
                Field::Subject => match form.subject.press(key) {
                    Typed::Changed => form.sheet.touch(now),
                    Typed::Moved => {}
                    Typed::Nothing => form.walk(key),
                },
                Field::Text if key.code == Code::Enter => {
                    form.sheet.editor.break_line();
                    form.sheet.complete = None;
                    form.sheet.touch(now);
                }
                Field::Text if key.code == Code::Up && form.sheet.editor.at_start() => {
                    form.step(-1, false);
                }
                Field::Text => keys::typed(&mut form.sheet, key, width, &[], now),
            },
        }
    }
    state.book = lookup;
}

/// Whether Tab is for the line of recipients: it takes whom the line means.
fn takes_tab(form: &MailForm) -> bool {
    let people = form.people(form.field);
    people.is_some_and(|it| !it.input.text().trim().is_empty())
}

fn from(form: &mut MailForm, key: Key, now: jiff::Timestamp) {
    let count = form.identities.len().max(1);
    let by = match key.code {
        Code::Left => count - 1,
        Code::Right | Code::Char(' ') => 1,
        _ => {
            form.walk(key);
            return;
        }
    };
    form.write_from((form.from + by) % count, now);
    form.sheet.touch(now);
}

impl MailForm {
    /// Whether a key goes on from the last address to the accounts with chats.
    fn goes_on_to_chats(&self, key: Key) -> bool {
        let last = self.from + 1 >= self.identities.len();
        let blank = self.to.is_empty() && self.place.is_none();
        match (self.field, key.code) {
            (Field::From, Code::Right | Code::Char(' ')) => last && blank,
            _ => false,
        }
    }

    /// Goes to another field; round and round with Tab.
    fn step(&mut self, by: isize, round: bool) {
        let mut fields = self.fields();
        // Beside the recipients are the copies and the sender, which are shown when one goes there.
        if self.field == Field::To {
            let beside = if by > 0 { Field::Cc } else { Field::From };
            let shown = |it: &Field| fields.contains(it) || *it == beside;
            fields = Field::ALL.into_iter().filter(shown).collect();
        }
        let at = fields.iter().position(|it| *it == self.field).unwrap_or(0);
        let last = fields.len().saturating_sub(1);
        let to = match at.checked_add_signed(by) {
            Some(to) if to <= last => to,
            Some(_) if round => 0,
            None if round => last,
            _ => at,
        };
        let from = self.field;
        self.field = fields.get(to).copied().unwrap_or(Field::Text);
        if self.field != from
            && let Some(people) = self.people_mut(from)
        {
            // What is a whole address is taken; a word without a meaning stays to be seen.
            people.offers = super::Offers::default();
        }
    }

    /// Up, down and Enter in a line go to the next one.
    fn walk(&mut self, key: Key) {
        match key.code {
            Code::Enter | Code::Down => self.step(1, false),
            Code::Up => self.step(-1, false),
            _ => {}
        }
    }
}

/// How wide the words are.
fn words_width(state: &State) -> u16 {
    let window = state.layers.iter().rev().find_map(|it| match it {
        Layer::Mail(form) => Some(form.wide),
        _ => None,
    });
    match window {
        Some(wide) => window_width(state.size.width, wide).saturating_sub(4),
        None => state
            .areas()
            .thread
            .map_or(40, |area| text_width(inside(area).width)),
    }
}

/// How wide the window is, borders included.
pub fn window_width(screen: u16, wide: bool) -> u16 {
    if wide || screen <= super::WIDEST + 2 {
        screen
    } else {
        super::WIDEST
    }
}

/// Does what a command says about the mail.
pub(in crate::app) fn command(state: &mut State, command: Command) -> Effects {
    let now = state.now;
    match command {
        Command::Send => return send::send(state, None),
        Command::Leave => return send::leave(state),
        Command::Discard => return send::throw_away(state),
        Command::SendLater => return choose::later(state),
        Command::MailOptions => return super::options(state),
        Command::Enlarge => return enlarge(state),
        Command::Sign => {
            let unsigned = state
                .form()
                .is_some_and(|it| it.identity().is_some_and(|it| it.signature.is_none()));
            if unsigned {
                let word =
                    "There is no signature: write one into the settings, under [signatures].";
                state.toasts.say(word, crate::app::toast::Tone::Plain, now);
            } else if let Some(form) = state.form() {
                form.sign(now);
            }
        }
        Command::Markdown => {
            if let Some(form) = state.form() {
                form.format = match form.format {
                    MailFormat::Markdown => MailFormat::Plain,
                    MailFormat::Plain | MailFormat::Html => MailFormat::Markdown,
                };
                form.sheet.touch(now);
            }
        }
        Command::Editor => {
            if let Some(form) = state.form() {
                form.field = Field::Text;
                return vec![Effect::Editor(form.sheet.editor.text())];
            }
        }
        other => return keys::on_sheet(state, other),
    }
    Effects::new()
}

/// Lifts the form over the whole screen, or puts it back.
pub(in crate::app) fn enlarge(state: &mut State) -> Effects {
    if let Some(Layer::Mail(form)) = state.layers.last_mut() {
        if form.place.is_none() {
            form.wide = !form.wide;
            return Effects::new();
        }
        let here = state
            .thread
            .as_ref()
            .map(super::super::super::thread::Thread::key);
        if form.place == here
            && let Some(Layer::Mail(mut form)) = state.layers.pop()
        {
            form.wide = false;
            state.letter = Some(form);
            state.focus = Pane::Compose;
        }
        return Effects::new();
    }
    if let Some(mut form) = state.letter.take_if(|_| state.focus == Pane::Compose) {
        form.wide = true;
        state.layers.push(Layer::Mail(form));
        state.focus = Pane::Thread;
    }
    Effects::new()
}

/// Takes a pasted text into the field.
pub(in crate::app) fn pasted(state: &mut State, text: &str) -> Effects {
    let now = state.now;
    let Some(form) = state.form().filter(|it| it.leaving.is_none()) else {
        return Effects::new();
    };
    let field = form.field;
    match field {
        Field::Text | Field::From => return keys::paste_on_sheet(state, text),
        Field::Subject => insert(&mut form.subject, text),
        Field::To | Field::Cc | Field::Bcc => {
            let lookup = std::mem::take(&mut state.book);
            if let Some(form) = state.form() {
                let others: Vec<Named> = form.everybody().cloned().collect();
                if let Some(people) = form.people_mut(field) {
                    people.paste(text, &lookup, &others);
                }
            }
            state.book = lookup;
        }
    }
    if let Some(form) = state.form() {
        form.armed = None;
        form.sheet.touch(now);
    }
    Effects::new()
}

fn insert(line: &mut Input, text: &str) {
    line.insert(text.trim_end());
}

/// A click on a line of the form, or on one of those who get it, who is then taken out.
pub(in crate::app) fn pointed(state: &mut State, target: &Target) {
    let now = state.now;
    let Some(form) = state.form().filter(|it| it.leaving.is_none()) else {
        return;
    };
    match target {
        Target::MailField(field) => form.field = *field,
        Target::Recipient(field, at) => {
            let here = form.field == *field;
            form.field = *field;
            if let Some(people) = form
                .people_mut(*field)
                .filter(|it| here && *at < it.chips.len())
            {
                people.chips.remove(*at);
                form.sheet.touch(now);
            }
        }
        _ => {}
    }
}

/// A click on a row of those who may be meant.
pub(in crate::app) fn clicked(state: &mut State, row: usize) -> Effects {
    let now = state.now;
    if let Some(form) = state.form() {
        let field = form.field;
        if let Some(people) = form.people_mut(field) {
            People::click(people, row);
            form.sheet.touch(now);
        }
    }
    Effects::new()
}
