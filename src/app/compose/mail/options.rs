//! What else can be said about a mail: its format, the signature, tracking, header lines.

use super::MailForm;
use crate::app::command::Command;
use crate::app::compose::Effects;
use crate::app::compose::choose::{Choose, What};
use crate::app::layer::Layer;
use crate::app::picker::{Item, Picker};
use crate::app::state::State;
use crate::model::outbox::MailFormat;

/// What can be picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    Command(Command),
    Opens,
    Links,
    /// A new header line.
    Header(String, String),
    /// One that is taken out again.
    Unheader(usize),
}

/// Headers that the server takes besides those that begin with `X-`.
const ALLOWED: [&str; 6] = [
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "In-Reply-To",
    "References",
    "Reply-To",
    "Importance",
];

/// Opens the window.
pub(in crate::app) fn open(state: &mut State) -> Effects {
    let Some(form) = state.form() else {
        return Effects::new();
    };
    let offers = offers(form, "");
    let mut picker = Picker::new("This mail", Vec::new());
    picker.ranked = true;
    "or a header line, such as X-Project: onebox".clone_into(&mut picker.hint);
    "Only X-… and Reply-To, Importance, References, In-Reply-To, List-Unsubscribe can be set, as Name: value."
        .clone_into(&mut picker.nothing);
    let (choices, items) = offers.into_iter().unzip();
    picker.offer(items);
    let choose = Choose::new(picker, What::Mail(choices));
    state.layers.push(Layer::Choose(Box::new(choose)));
    Effects::new()
}

/// What can be picked while this is typed.
pub(in crate::app::compose) fn offers(form: &MailForm, typed: &str) -> Vec<(Choice, Item)> {
    let on = |is: bool| if is { "on" } else { "off" };
    let mut all = vec![
        (
            Choice::Command(Command::Markdown),
            Item::new(
                "Markdown becomes HTML",
                on(form.format == MailFormat::Markdown),
            ),
        ),
        (
            Choice::Command(Command::Sign),
            Item::new("Signature", on(form.is_signed())),
        ),
        (
            Choice::Opens,
            Item::new("Tell me when it is read", on(form.tracking.opens)),
        ),
        (
            Choice::Links,
            Item::new("Tell me which links are opened", on(form.tracking.links)),
        ),
        (
            Choice::Command(Command::Enlarge),
            Item::new("Over the whole screen", on(form.wide)),
        ),
    ];
    for (at, (name, value)) in form.headers.iter().enumerate() {
        let item = Item::new(format!("Take out {name}: {value}"), "header line");
        all.push((Choice::Unheader(at), item));
    }
    let typed = typed.trim();
    if typed.is_empty() {
        return all;
    }
    if let Some((name, value)) = header(typed) {
        let item = Item::new(format!("Add {name}: {value}"), "header line");
        return vec![(Choice::Header(name, value), item)];
    }
    let words = typed.to_lowercase();
    all.retain(|(_, item)| item.label.to_lowercase().contains(&words));
    all
}

/// A header line as it may be set.
fn header(typed: &str) -> Option<(String, String)> {
    let (name, value) = typed.split_once(':')?;
    let (name, value) = (name.trim(), value.trim());
    let token = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let known = ALLOWED.iter().find(|it| it.eq_ignore_ascii_case(name));
    let own = name.len() > 2
        && name
            .get(..2)
            .is_some_and(|it| it.eq_ignore_ascii_case("x-"));
    let name = match known {
        Some(known) => (*known).to_owned(),
        None if own && name.chars().all(token) => name.to_owned(),
        None => return None,
    };
    let harmless = !value.is_empty() && !value.contains(char::is_control);
    harmless.then(|| (name, value.to_owned()))
}

/// One was picked.
pub(in crate::app) fn changed(state: &mut State, choice: &Choice) -> Effects {
    let now = state.now;
    if let Choice::Command(command) = choice {
        return super::command(state, *command);
    }
    if let Some(form) = state.form() {
        match choice {
            Choice::Opens => form.tracking.opens ^= true,
            Choice::Links => form.tracking.links ^= true,
            Choice::Header(name, value) => form.headers.push((name.clone(), value.clone())),
            Choice::Unheader(at) if *at < form.headers.len() => {
                form.headers.remove(*at);
            }
            Choice::Unheader(_) | Choice::Command(_) => {}
        }
        form.sheet.touch(now);
    }
    Effects::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_lines_are_taken_only_where_the_server_takes_them() {
        let set = |text: &str| header(text).map(|(name, value)| format!("{name}={value}"));
        assert_eq!(
            set("X-Project: onebox").as_deref(),
            Some("X-Project=onebox")
        );
        assert_eq!(set("reply-to:a@x.io").as_deref(), Some("Reply-To=a@x.io"));
        for text in [
            "Bcc: a@x.io",
            "From: b@x.io",
            "X-: a",
            "X-A b: c",
            "X-A:",
            "x",
            "X-A: b\u{1}",
        ] {
            assert_eq!(set(text), None, "{text}");
        }
    }
}
