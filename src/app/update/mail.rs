//! What can be done with one mail: other looks at it, its addresses, the browser; and what an open mail wants by itself.

use super::Effects;
use crate::app::effect::{Effect, Ticket, Wish};
use crate::app::key::{Code, Key};
use crate::app::layer::Layer;
use crate::app::pictures;
use crate::app::smalls::{Reading, SmallNews};
use crate::app::state::State;
use crate::app::thread::{Fold, Picked, Scroll, stands_in};
use crate::app::toast::Tone;
use crate::config::Images;
use crate::mail::letter::{Kind, Letter};
use crate::model::id::AccountId;
use crate::model::inbox::{AttachmentKey, Entry, MailSource};

/// Pictures of a mail that are larger are fetched when they are asked for.
const INLINE: u64 = 3 << 20;
/// So many pictures of a mail are fetched by themselves.
const PICTURES: usize = 12;

/// The mail that is meant.
fn meant(state: &State) -> Option<&Entry> {
    let thread = state.thread.as_ref()?;
    thread.meant().filter(|it| it.mail.is_some())
}

fn account(state: &State) -> Option<AccountId> {
    let thread = state.thread.as_ref()?;
    let account = state.places.account(thread.conversation.account)?;
    Some(account.id.clone())
}

fn no_mail(state: &mut State) -> Effects {
    let words = "That is for mails, and there is none here.";
    state.toasts.say(words, Tone::Plain, state.now);
    Effects::new()
}

/// Shows the mail as plain text, then its source, then its headers, then as it was.
pub(super) fn turn_aside(state: &mut State) -> Effects {
    let Some(key) = meant(state).map(|it| it.key) else {
        return no_mail(state);
    };
    let (ticket, account) = (state.ticket(), account(state));
    let Some(thread) = state.thread.as_mut() else {
        return Effects::new();
    };
    thread.unfold(key);
    let effect = thread.turn_aside(key, ticket, account.as_ref());
    // It begins where its head is seen.
    thread.scroll = Scroll::Show(Picked::Entry(key));
    thread.pending = 0;
    effect.into_iter().collect()
}

/// Shows all addresses of the mail, or their names only.
pub(super) fn turn_addresses(state: &mut State) -> Effects {
    let Some(key) = meant(state).map(|it| it.key) else {
        return no_mail(state);
    };
    if let Some(thread) = &mut state.thread {
        thread.turn_addresses(key);
        if thread.scroll == Scroll::End {
            thread.scroll = Scroll::Show(Picked::Entry(key));
        }
    }
    Effects::new()
}

/// Shows the mail in the browser. Pictures of others are fetched when the user asks for the same mail again at once.
pub(super) fn browse(state: &mut State, pictures: bool) -> Effects {
    let Some(entry) = meant(state) else {
        return no_mail(state);
    };
    let (mail, has_html) = (entry.key, entry.mail.as_ref().is_some_and(|it| it.has_html));
    if !has_html {
        let words = "The mail has no HTML: what is here is all of it.";
        state.toasts.say(words, Tone::Plain, state.now);
        return Effects::new();
    }
    let again = state
        .paged
        .take()
        .is_some_and(|(key, until)| key == mail && state.now < until);
    let pictures = pictures || again;
    let letter = state.thread.as_ref().and_then(|it| it.letter(mail));
    let remote = letter.map_or(0, |it| it.remote);
    if pictures {
        let words = "Opening it in the browser, which may fetch its pictures";
        state.toasts.say(words, Tone::Good, state.now);
    } else if remote == 0 {
        let words = "Opening it in the browser";
        state.toasts.say(words, Tone::Good, state.now);
    } else {
        let key = state
            .settings
            .keymap
            .key(crate::app::Command::Browser, state.settings.ascii);
        let how = key.map_or(String::new(), |key| format!(" · {key} again fetches them"));
        let words = format!("Opening it in the browser, without remote pictures{how}");
        let until = state.toasts.ask(words, state.now);
        state.paged = Some((mail, until));
    }
    vec![Effect::Page { mail, pictures }]
}

/// Whether the message that is meant has no pictures but those that stand among its words.
pub(super) fn reads_first(state: &State) -> bool {
    let thread = state.thread.as_ref();
    let entry = thread.and_then(|it| it.meant());
    let letter = entry.and_then(|it| thread?.letter(it.key));
    let (Some(entry), Some(letter)) = (entry, letter) else {
        return false;
    };
    pictures::of_entry(entry).all(|it| stands_in(letter, it.cid.as_deref()))
}

/// Shows the text files of the message that is meant in a window; nothing when it has none.
pub(super) fn read(state: &mut State) -> Option<Effects> {
    let entry = state.thread.as_ref()?.meant()?;
    let mut reading = Reading::of(entry, state.size)?;
    let effect = reading.wish();
    state.layers.push(Layer::Reading(Box::new(reading)));
    Some(effect.into_iter().collect())
}

/// A key for the window with a text file.
pub(super) fn pressed(state: &mut State, key: Key) -> Effects {
    let Some(Layer::Reading(reading)) = state.layers.last_mut() else {
        return Effects::new();
    };
    let page = isize::try_from(reading.height).unwrap_or(1).max(2) - 1;
    match (key.code, key.ctrl) {
        (Code::Char('d'), true) => reading.scroll(page / 2),
        (Code::Char('u'), true) => reading.scroll(-page / 2),
        (Code::Char('j') | Code::Down, _) => reading.scroll(1),
        (Code::Char('k') | Code::Up, _) => reading.scroll(-1),
        (Code::Char(' ' | 'f') | Code::PageDown, _) => reading.scroll(page),
        (Code::Char('b') | Code::PageUp, _) => reading.scroll(-page),
        (Code::Char('g') | Code::Home, _) => reading.scroll(isize::MIN),
        (Code::Char('G') | Code::End, _) => reading.scroll(isize::MAX),
        (Code::Char('l' | 'n') | Code::Right, _) if reading.turn(true) => {
            return reading.wish().into_iter().collect();
        }
        (Code::Char('h' | 'N') | Code::Left, _) if reading.turn(false) => {
            return reading.wish().into_iter().collect();
        }
        (Code::Char('p' | 'q') | Code::Esc | Code::Enter, _) => {
            state.layers.pop();
        }
        _ => {}
    }
    Effects::new()
}

/// A small file has come, or has not.
pub(super) fn heard(state: &mut State, news: SmallNews) -> Effects {
    let (key, words) = match news {
        SmallNews::Words(key, words) => (key, words),
        SmallNews::Invite(key, invite) => {
            state.invites.heard(&key, invite);
            return Effects::new();
        }
    };
    for layer in &mut state.layers {
        if let Layer::Reading(reading) = layer {
            reading.heard(&key, &words);
        }
    }
    Effects::new()
}

/// What the mails that are unfolded want by themselves: what they read like, their text when it is not here, and the
/// pictures that stand in it.
pub(super) fn follow(state: &mut State) -> Effects {
    if state
        .thread
        .as_ref()
        .is_none_or(|it| !it.conversation.is_mail)
    {
        return Effects::new();
    }
    let (ticket, account) = (state.ticket(), account(state));
    let Some(thread) = state.thread.as_mut() else {
        return Effects::new();
    };
    let mut effects: Effects = thread.ask_letters(ticket).into_iter().collect();
    effects.extend(thread.ask_headers(ticket, account.as_ref()));
    if thread.peek {
        return effects;
    }
    let open = thread
        .entries
        .iter()
        .filter(|it| thread.fold(it) != Fold::Line);
    effects.extend(open.flat_map(|it| state.invites.wish(it)));
    let draws = state.settings.images != Images::Off;
    let missing = thread.missing().into_iter();
    effects.extend(missing.map(|key| Effect::Engine(Wish::Mail(key))));
    let open = thread.entries.iter().filter_map(|entry| {
        let letter = thread.letter(entry.key)?;
        (draws && thread.fold(entry) != Fold::Line).then_some((entry, letter))
    });
    let wanted = open.flat_map(|(entry, letter)| inline(entry, letter));
    let wanted: Vec<_> = wanted.collect();
    effects.extend(
        wanted
            .into_iter()
            .filter_map(|it| state.pictures.inline(it)),
    );
    effects
}

/// The pictures that stand in a mail and are small enough.
fn inline<'e>(entry: &'e Entry, letter: &'e Letter) -> impl Iterator<Item = AttachmentKey> + 'e {
    let shown = letter.parts.iter().filter_map(|part| match &part.kind {
        Kind::Picture { cid, .. } => Some(cid.as_str()),
        _ => None,
    });
    let files = shown.filter_map(|cid| {
        let mut all = entry.attachments.iter();
        all.find(|it| it.cid.as_deref() == Some(cid) && it.is_picture() && !it.unavailable)
    });
    let small = files.filter(|it| it.size.is_some_and(|size| size <= INLINE));
    small.take(PICTURES).map(|it| pictures::key(entry.key, it))
}

/// The source of a mail has come.
pub(super) fn sourced(state: &mut State, ticket: Ticket, source: MailSource) -> Effects {
    if let Some(thread) = &mut state.thread {
        thread.sourced(ticket, source);
    }
    Effects::new()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::app::effect::{Answer, Effect, Read, Readable};
    use crate::app::layer::Layer;
    use crate::app::samples;
    use crate::app::smalls::{SmallNews, SmallWish};
    use crate::app::thread::samples::mail;
    use crate::app::{Command, Msg, State, update};
    use crate::mail::letter::{Letter, Link};

    /// A thread with one mail, of which what is asked is answered.
    fn opened(letter: &Letter) -> (State, Vec<Effect>) {
        let mut state = samples::inbox(&["Ana"]);
        for row in &mut state.list.rows {
            row.is_mail = true;
        }
        let effects = samples::press(&mut state, "Enter");
        let effects = samples::answer_thread(&mut state, &effects, vec![mail(1)]);
        let mut left = Vec::new();
        for effect in effects {
            let Effect::Read(ticket, Read::Letters(keys)) = effect else {
                left.push(effect);
                continue;
            };
            let thread = state.thread.as_ref().unwrap();
            // As long as it cannot be read, it is a line.
            assert!(keys.iter().all(|key| thread.letter(*key).is_none()));
            let one = |key| Readable {
                key,
                body: 1,
                letter: Arc::new(letter.clone()),
            };
            let all = keys.into_iter().map(one).collect();
            left.extend(update(
                &mut state,
                Msg::Answer(ticket, Answer::Letters(all)),
            ));
        }
        (state, left)
    }

    fn page(effects: &[Effect]) -> Option<bool> {
        effects.iter().find_map(|it| match it {
            Effect::Page { pictures, .. } => Some(*pictures),
            _ => None,
        })
    }

    #[test]
    fn remote_pictures_are_shown_only_to_those_who_ask_again_at_once_or_by_name() {
        let letter = Letter {
            remote: 3,
            ..Letter::default()
        };
        let (mut state, _) = opened(&letter);
        let press = |state: &mut State| page(&samples::press(state, "O"));
        assert_eq!(press(&mut state), Some(false));
        assert_eq!(press(&mut state), Some(true));
        assert_eq!(press(&mut state), Some(false));
        let later = state.now.checked_add(jiff::SignedDuration::from_secs(60));
        update(&mut state, Msg::Tick(later.unwrap()));
        assert_eq!(press(&mut state), Some(false));
        let asked = update(&mut state, Msg::Command(Command::BrowserPictures));
        assert_eq!(page(&asked), Some(true));
    }

    #[test]
    fn a_link_that_pretends_is_opened_only_when_both_hosts_were_seen() {
        let link = Link {
            target: "https://evil.example/login".to_owned(),
            pretends: Some("paypal.com".to_owned()),
        };
        let links = vec![link];
        let (mut state, _) = opened(&Letter {
            links,
            ..Letter::default()
        });
        let thread = state.thread.as_mut().unwrap();
        thread.entries[0].attachments.clear();
        assert_eq!(samples::press(&mut state, "o"), []);
        let Some(Layer::Confirm(asked)) = state.layers.last() else {
            panic!("{:?}", state.layers);
        };
        let question = "This link shows paypal.com and leads to evil.example. Open it?";
        assert_eq!(asked.question, question);
        let open = Effect::OpenUrl("https://evil.example/login".to_owned());
        assert_eq!(samples::press(&mut state, "y"), [open]);
    }

    #[test]
    fn a_text_file_is_shown_in_a_window_that_scrolls_and_an_invitation_is_fetched_once() {
        let (mut state, effects) = opened(&Letter::default());
        let invites = |effects: &[Effect]| {
            let is_one = |it: &&Effect| matches!(it, Effect::Small(SmallWish::Invite(_)));
            effects.iter().filter(is_one).count()
        };
        assert_eq!(invites(&effects), 1);
        let effects = samples::press(&mut state, "p");
        assert_eq!(invites(&effects), 0);
        let wish = effects.iter().find_map(|it| match it {
            Effect::Small(SmallWish::Words(key)) => Some(key.clone()),
            _ => None,
        });
        let words = Ok("line\n".repeat(500).as_str().into());
        update(
            &mut state,
            Msg::Small(SmallNews::Words(wish.unwrap(), words)),
        );
        let top = |state: &State| match state.layers.last() {
            Some(Layer::Reading(it)) => it.top,
            other => panic!("{other:?}"),
        };
        samples::press(&mut state, "j j");
        assert_eq!(top(&state), 2);
        samples::press(&mut state, "G");
        let end = top(&state);
        assert!((470..500).contains(&end), "{end}");
        samples::press(&mut state, "g");
        assert_eq!(top(&state), 0);
        samples::press(&mut state, "Esc");
        assert!(state.layers.is_empty());
    }
}
