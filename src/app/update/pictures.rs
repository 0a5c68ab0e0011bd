//! Looking at the pictures of messages: first in their place, then over the whole screen.

use super::Effects;
use crate::app::key::{Code, Key};
use crate::app::layer::Layer;
use crate::app::pictures::{PictureNews, Viewer};
use crate::app::state::State;
use crate::app::thread::Picked;
use crate::app::toast::Tone;
use crate::model::inbox::{Entry, EntryKey};

/// The entry that is meant: the selected one, or the last one in view that has a picture.
fn meant(state: &State) -> Option<Viewer> {
    let thread = state.thread.as_ref()?;
    if let Some(entry) = thread.current() {
        return Viewer::of(entry);
    }
    let key = |it: Option<Picked>| match it {
        Some(Picked::Entry(key)) => Some(key),
        _ => None,
    };
    let first = key(thread.laid.first)?;
    let last = key(thread.laid.last);
    let entries = thread.entries.iter().rev();
    entries
        .skip_while(|it| last.is_some_and(|last| it.key > last))
        .take_while(|it| it.key >= first)
        .find_map(Viewer::of)
}

/// Shows a picture in its place; one that is shown there, over the whole screen.
pub(super) fn preview(state: &mut State) -> Effects {
    // What stands among the words of a mail is seen already.
    if super::mail::reads_first(state)
        && let Some(effects) = super::mail::read(state)
    {
        return effects;
    }
    let Some(viewer) = meant(state) else {
        if let Some(effects) = super::mail::read(state) {
            return effects;
        }
        let words = "There is no picture and no text file here.";
        state.toasts.say(words, Tone::Plain, state.now);
        return Effects::new();
    };
    let keys = viewer.files.iter().map(|it| {
        let entry = viewer.entry;
        crate::app::pictures::key(entry, it)
    });
    let effects: Effects = keys.filter_map(|key| state.pictures.fetch(key)).collect();
    if effects.is_empty() {
        return show(state, viewer);
    }
    effects
}

/// Opens the window.
fn show(state: &mut State, viewer: Viewer) -> Effects {
    let key = viewer.key();
    state.layers.push(Layer::Picture(viewer));
    let effect = key.and_then(|key| state.pictures.fetch(key));
    effect.into_iter().collect()
}

/// Opens the pictures of an entry over the whole screen, if it has any.
pub(super) fn open(state: &mut State, entry: &Entry) -> Option<Effects> {
    let viewer = Viewer::of(entry)?;
    Some(show(state, viewer))
}

/// Opens one file of an entry over the whole screen, if it is a picture that can be fetched.
pub(super) fn open_file(state: &mut State, entry: EntryKey, at: usize) -> Option<Effects> {
    let thread = state.thread.as_ref()?;
    let entry = thread.entries.iter().find(|it| it.key == entry)?;
    let file = entry.attachments.get(at)?;
    let viewer = Viewer::at(entry, file)?;
    Some(show(state, viewer))
}

/// A key for the window.
pub(super) fn pressed(state: &mut State, key: Key) -> Effects {
    let Some(Layer::Picture(viewer)) = state.layers.last_mut() else {
        return Effects::new();
    };
    match key.code {
        Code::Char('l' | 'j' | 'n' | ' ') | Code::Right | Code::Down => viewer.turn(true),
        Code::Char('h' | 'k' | 'N') | Code::Left | Code::Up => viewer.turn(false),
        Code::Char('p' | 'q') | Code::Esc | Code::Enter => {
            state.layers.pop();
            return Effects::new();
        }
        _ => return Effects::new(),
    }
    let key = viewer.key();
    let effect = key.and_then(|key| state.pictures.fetch(key));
    effect.into_iter().collect()
}

/// Something came of a wish.
pub(super) fn heard(state: &mut State, news: PictureNews) -> Effects {
    if let Some(words) = state.pictures.hear(news) {
        state.toasts.say(words, Tone::Bad, state.now);
    }
    Effects::new()
}

/// Looks which pictures of the conversation are on this machine.
pub(super) fn look(state: &State) -> Effects {
    let entries = state.thread.iter().flat_map(|it| it.entries.iter());
    state.pictures.look(entries).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::effect::Effect;
    use crate::app::pictures::{PictureWish, key};
    use crate::app::samples;
    use crate::app::{Command, Msg, update};
    use crate::model::inbox::{AttachmentKey, StoredAttachment};

    fn photo(id: &str) -> StoredAttachment {
        StoredAttachment {
            id: id.into(),
            kind: "img".to_owned(),
            name: None,
            mime: Some("image/jpeg".to_owned()),
            size: None,
            width: None,
            height: None,
            duration: None,
            variant: false,
            unavailable: false,
            cid: None,
        }
    }

    fn wishes(effects: &[Effect]) -> Vec<&PictureWish> {
        let wishes = effects.iter().filter_map(|it| match it {
            Effect::Picture(wish) => Some(wish),
            _ => None,
        });
        wishes.collect()
    }

    #[test]
    fn a_picture_is_fetched_on_a_key_press_only_then_shown_in_place_then_over_the_screen() {
        let mut state = samples::inbox(&["Léa"]);
        samples::open(&mut state, vec![samples::entry(1, "Look!")]);
        let thread = state.thread.as_mut().unwrap();
        let last = thread.entries.last_mut().unwrap();
        last.attachments = vec![photo("a"), photo("b")];
        let keys: Vec<AttachmentKey> = last
            .attachments
            .iter()
            .map(|it| key(last.key, it))
            .collect();
        thread.selected = Some(Picked::Entry(keys[0].entry));
        // What is opened and drawn is only looked for on this machine.
        assert_eq!(
            look(&state),
            [Effect::Picture(PictureWish::Look(keys.clone()))]
        );
        let asked = keys.clone();
        let looked = PictureNews::Looked {
            asked,
            here: vec![],
        };
        assert_eq!(update(&mut state, Msg::Picture(looked)), []);
        assert_eq!(look(&state), []);
        let effects = update(&mut state, Msg::Command(Command::Preview));
        let fetch = keys.iter().cloned().map(PictureWish::Fetch);
        assert_eq!(
            wishes(&effects),
            fetch.collect::<Vec<_>>().iter().collect::<Vec<_>>()
        );
        assert!(state.layers.is_empty());
        for key in keys.clone() {
            update(&mut state, Msg::Picture(PictureNews::Fetched(key)));
        }
        let effects = update(&mut state, Msg::Command(Command::Preview));
        assert!(wishes(&effects).is_empty());
        let Some(Layer::Picture(viewer)) = state.layers.last() else {
            panic!("{:?}", state.layers);
        };
        assert_eq!(viewer.key(), Some(keys[0].clone()));
        // A picture that went to make room is fetched again when it is turned to.
        update(&mut state, Msg::Picture(PictureNews::Gone(keys[1].clone())));
        let right = Msg::Key("Right".parse().unwrap());
        let effects = update(&mut state, right);
        assert_eq!(wishes(&effects), [&PictureWish::Fetch(keys[1].clone())]);
        let failed = PictureNews::Failed(keys[1].clone(), "Gone.".to_owned());
        update(&mut state, Msg::Picture(failed));
        assert_eq!(state.toasts.shown(state.now).unwrap().text, "Gone.");
        update(&mut state, Msg::Key("Esc".parse().unwrap()));
        assert!(state.layers.is_empty() && state.thread.is_some());
    }
}
