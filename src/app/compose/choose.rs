//! Windows that pick something while writing: a file, a snippet, an emoji, where to forward to, when to send.

use std::collections::BTreeSet;

use jiff::{Timestamp, Zoned};

use super::mail::{self, Choice};
use super::{Effects, done, paths};
use crate::app::effect::{Answer, Deed, Effect, Listed, Read, Ticket};
use crate::app::key::{Code, Key};
use crate::app::layer::Layer;
use crate::app::picker::{Item, Picked, Picker};
use crate::app::state::State;
use crate::app::toast::Tone;
use crate::model::attachment;
use crate::model::inbox::{ConversationKey, EntryKey};
use crate::model::later;

/// A window that picks something.
#[derive(Debug, Clone)]
pub struct Choose {
    pub picker: Picker,
    pub what: What,
    /// The question whose answer it shows next.
    pub asked: Option<Ticket>,
}

/// What is picked.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// A file; what lies in the folder that is typed.
    Path(Vec<Listed>),
    Snippet(Vec<String>),
    Reaction(EntryKey, Vec<String>),
    Forward(EntryKey, Vec<ConversationKey>),
    Later(Vec<Timestamp>),
    /// Something about the mail that is written.
    Mail(Vec<Choice>),
}

/// Reactions that people use most, for those who have not reacted yet.
const USUAL: [&str; 8] = ["👍", "❤️", "😂", "😮", "😢", "🙏", "👏", "🎉"];

impl Choose {
    pub fn new(picker: Picker, what: What) -> Self {
        Self {
            picker,
            what,
            asked: None,
        }
    }

    /// Picks a file, beginning in a folder.
    pub fn path(folder: &str, ticket: Ticket) -> Self {
        let mut picker = Picker::new("Attach a file", Vec::new());
        "Nothing of that name is here.".clone_into(&mut picker.nothing);
        picker.input.set(folder);
        picker.skipped = folder.len();
        Self {
            asked: Some(ticket),
            ..Self::new(picker, What::Path(Vec::new()))
        }
    }

    /// Takes in what was asked for.
    pub fn answered(&mut self, answer: Answer) {
        self.asked = None;
        match (&mut self.what, answer) {
            (What::Path(names), Answer::Folder { folder, names: all })
                if paths::divided(self.picker.input.text()).0 == folder =>
            {
                *names = all;
                self.list();
            }
            (What::Path(_), Answer::Failed(why)) => {
                self.picker.nothing = why;
                self.picker.offer(Vec::new());
            }
            (What::Forward(_, to), Answer::List { rows, .. }) => {
                let rows = rows.into_iter().filter(|it| it.writable && !it.is_mail);
                let (keys, items) = rows.map(|it| (it.key, Item::new(it.title, ""))).unzip();
                *to = keys;
                self.picker.offer(items);
            }
            _ => {}
        }
    }

    /// Offers what lies in the folder; hidden things only to those who type the dot.
    fn list(&mut self) {
        let What::Path(names) = &self.what else {
            return;
        };
        let (folder, name) = paths::divided(self.picker.input.text());
        let hidden = name.starts_with('.');
        let item = |it: &Listed| {
            let (sign, size) = match it.size {
                Some(size) => ("", attachment::size(size)),
                None => ("/", String::new()),
            };
            Item::new(format!("{}{sign}", it.name), size)
        };
        let shown = names
            .iter()
            .filter(|it| hidden || !it.name.starts_with('.'));
        let items: Vec<Item> = shown.map(item).collect();
        let nothing = match (items.is_empty(), names.is_empty()) {
            (true, true) => "This folder is empty.",
            (true, false) => "Only hidden files are here: a dot shows them.",
            (false, _) => "Nothing of that name is here.",
        };
        nothing.clone_into(&mut self.picker.nothing);
        self.picker.skipped = folder.len();
        self.picker.offer(items);
    }
}

/// Gives a key to the window on top.
pub(in crate::app) fn pressed(state: &mut State, key: Key) -> Effects {
    let Some(Layer::Choose(choose)) = state.layers.last_mut() else {
        return Effects::new();
    };
    // Tab goes into a folder, as in a shell.
    let path = matches!(choose.what, What::Path(_));
    let key = if path && key.code == Code::Tab {
        Key::plain(Code::Enter)
    } else {
        key
    };
    let picked = choose.picker.press(key);
    act(state, picked)
}

/// A click on a row of it.
pub(in crate::app) fn clicked(state: &mut State, row: usize) -> Effects {
    let Some(Layer::Choose(choose)) = state.layers.last_mut() else {
        return Effects::new();
    };
    let place = choose.picker.click(row);
    place.map_or_else(Effects::new, |place| act(state, Picked::Item(place)))
}

/// Takes a pasted text into its line.
pub(in crate::app) fn pasted(state: &mut State, text: &str) -> Effects {
    let Some(Layer::Choose(choose)) = state.layers.last_mut() else {
        return Effects::new();
    };
    let picked = choose.picker.paste(text);
    act(state, picked)
}

fn act(state: &mut State, picked: Picked) -> Effects {
    match picked {
        Picked::Nothing | Picked::Moved | Picked::Nobody => Effects::new(),
        Picked::Closed => {
            state.layers.pop();
            Effects::new()
        }
        Picked::Typed => typed(state),
        Picked::Item(place) => {
            if let Some(effects) = path_picked(state) {
                return effects;
            }
            let Some(Layer::Choose(choose)) = state.layers.pop() else {
                return Effects::new();
            };
            done::picked(state, choose.what, place)
        }
    }
}

/// The line has changed: what is offered may have to change as well.
fn typed(state: &mut State) -> Effects {
    let (ticket, now) = (state.ticket(), zoned(state));
    let line = match state.layers.last() {
        Some(Layer::Choose(choose)) => choose.picker.input.text().to_owned(),
        _ => return Effects::new(),
    };
    let about_mail = state.form().map(|it| mail::offers(it, &line));
    let Some(Layer::Choose(choose)) = state.layers.last_mut() else {
        return Effects::new();
    };
    match &mut choose.what {
        What::Mail(choices) => {
            let (all, items) = about_mail.unwrap_or_default().into_iter().unzip();
            *choices = all;
            choose.picker.offer(items);
        }
        What::Later(moments) => {
            let offers = moments_for(choose.picker.input.text(), &now);
            *moments = offers.iter().map(|(at, _)| *at).collect();
            choose
                .picker
                .offer(offers.into_iter().map(|(_, item)| item).collect());
        }
        What::Path(names) => {
            let folder = paths::divided(choose.picker.input.text()).0.to_owned();
            if folder.len() == choose.picker.skipped && choose.asked.is_none() && !names.is_empty()
            {
                choose.list();
                return Effects::new();
            }
            choose.picker.skipped = folder.len();
            choose.asked = Some(ticket);
            return vec![Effect::Read(ticket, Read::Folder(folder))];
        }
        What::Snippet(_) | What::Reaction(..) | What::Forward(..) => {}
    }
    Effects::new()
}

/// Goes into the folder under the cursor, or attaches the file; absent in other windows.
fn path_picked(state: &mut State) -> Option<Effects> {
    let ticket = state.ticket();
    let Some(Layer::Choose(choose)) = state.layers.last_mut() else {
        return None;
    };
    if !matches!(choose.what, What::Path(_)) {
        return None;
    }
    let folder = paths::divided(choose.picker.input.text()).0.to_owned();
    let path = format!("{folder}{}", choose.picker.current()?.label);
    if path.ends_with('/') {
        choose.picker.skipped = path.len();
        choose.picker.input.set(&path);
        choose.picker.offer(Vec::new());
        "This folder is empty.".clone_into(&mut choose.picker.nothing);
        choose.asked = Some(ticket);
        return Some(vec![Effect::Read(ticket, Read::Folder(path))]);
    }
    state.layers.pop();
    state.attach_from = folder;
    let sheet = state.sheet()?;
    sheet.attaching += 1;
    Some(vec![Effect::Do(Deed::Attach(
        sheet.ticket,
        vec![path],
        None,
    ))])
}

/// Opens the window that picks a snippet.
pub(super) fn snippet(state: &mut State) {
    if state.settings.snippets.is_empty() {
        let word = "There are no snippets yet: they stand under [snippets] in the settings.";
        state.toasts.say(word, Tone::Plain, state.now);
        return;
    }
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let items = state.settings.snippets.iter();
    let items = items.map(|(name, text)| Item::new(name, one_line(text)));
    let picker = Picker::new("Insert a snippet", items.collect());
    let texts = state.settings.snippets.values().cloned().collect();
    let choose = Choose::new(picker, What::Snippet(texts));
    state.layers.push(Layer::Choose(Box::new(choose)));
}

/// Opens the window that asks when to send.
pub(in crate::app::compose) fn later(state: &mut State) -> Effects {
    let offers = moments_for("", &zoned(state));
    let (moments, items) = offers.into_iter().unzip();
    let mut picker = Picker::new("Send later", items);
    picker.ranked = true;
    "mon 9:00, tomorrow 8:30, in 2 h, 2026-12-24 18:00".clone_into(&mut picker.hint);
    "No moment is called so. Say it like mon 9:00 or 2h.".clone_into(&mut picker.nothing);
    let choose = Choose::new(picker, What::Later(moments));
    state.layers.push(Layer::Choose(Box::new(choose)));
    Effects::new()
}

fn zoned(state: &State) -> Zoned {
    state.now.to_zoned(state.settings.zone.clone())
}

/// What may be meant by what is typed, or usual moments.
fn moments_for(typed: &str, now: &Zoned) -> Vec<(Timestamp, Item)> {
    const USUAL: [(&str, &str); 5] = [
        ("In an hour", "1h"),
        ("This evening", "today 18:00"),
        ("Tomorrow morning", "tomorrow 9:00"),
        ("Tomorrow afternoon", "tomorrow 14:00"),
        ("Monday morning", "mon 9:00"),
    ];
    let offer = |label: &str, words: &str| {
        let at = later::moment(words, now).filter(|at| *at > now.timestamp())?;
        let exact = at.to_zoned(now.time_zone().clone());
        let exact = exact.strftime("%a %-d %b %Y, %H:%M").to_string();
        Some((at, Item::new(label, exact)))
    };
    let typed = typed.trim();
    if typed.is_empty() {
        let usual = USUAL.iter();
        return usual
            .filter_map(|(label, words)| offer(label, words))
            .collect();
    }
    offer(typed, typed).into_iter().collect()
}

/// A moment in words, for what is said.
pub(super) fn spelled(at: Timestamp, state: &State) -> String {
    let at = at.to_zoned(state.settings.zone.clone());
    at.strftime("%a %-d %b, %H:%M").to_string()
}

/// A window that picks a reaction: the user's last ones first.
pub(super) fn reactions(entry: EntryKey, recent: &[String]) -> Choose {
    let mut seen = BTreeSet::new();
    let first = recent.iter().map(String::as_str).chain(USUAL);
    let first = first.filter_map(emojis::get);
    let all = first.chain(emojis::iter());
    let (mut texts, mut items) = (Vec::new(), Vec::new());
    for emoji in all.filter(|it| seen.insert(it.as_str())) {
        let codes: Vec<&str> = emoji.shortcodes().collect();
        texts.push(emoji.as_str().to_owned());
        items.push(Item {
            also: codes.join(" ").replace('_', " "),
            ..Item::new(format!("{}  {}", emoji.as_str(), emoji.name()), "")
        });
    }
    Choose::new(Picker::new("React", items), What::Reaction(entry, texts))
}
